//! How the shifts cover the day: interval by interval for one day, day by day for more.

use super::super::assumed::day_name;
use super::super::table::Style;
use super::super::words;
use super::clock;
use crate::model::Model;
use crate::shifts::coverage::{Coverage, Hours, coverage, hours};
use crate::shifts::{Answer, Schedule};

/// Heading, hours, table.
pub(super) fn table(model: &Model, answer: &Answer, style: Style) -> String {
    let groups = coverage(model, &answer.schedule);
    let mut out = style.heading("How they cover the day");
    let shared = answer.jointly.as_ref().is_some_and(|shared| shared.judged.is_some());
    let all = hours(model, &answer.schedule, &groups, |_| true);
    out.push_str(&style.paragraph(&if shared { of_paid(&all) } else { sum(&all, &groups) }, 0));
    let (header, rows) = if model.grid().days == 1 {
        intervals(model, &groups, shared)
    } else {
        days(model, &answer.schedule, &groups, shared)
    };
    out.push_str(&style.grid(&header, rows));
    out.push('\n');
    out
}

fn of_paid(sum: &Hours) -> String {
    format!(
        "Of {} paid hours {} are on shift and {} at work after shrinkage ({}).",
        words::hours(sum.paid),
        words::hours(sum.on_shift),
        words::hours(sum.at_work),
        words::percent(sum.productive())
    )
}

fn sum(sum: &Hours, groups: &[Coverage]) -> String {
    let of_paid = of_paid(sum);
    if groups.iter().all(|group| group.is_floor) {
        let floors =
            format!("The floors of the intervals alone would take {} on shift.", words::hours(sum.needed));
        return format!("{of_paid} {floors}");
    }
    let short = if sum.short > 0.0 { format!(", {} short", words::hours(sum.short)) } else { String::new() };
    format!(
        "{of_paid} Needed on shift: {}; beyond the need: {}{short}. Schedule efficiency (needed of those on shift): {}.",
        words::hours(sum.needed),
        words::hours(sum.over),
        words::percent(sum.efficiency())
    )
}

type Grid = (Vec<String>, Vec<Vec<String>>);

/// A row for every interval in which anybody is needed or there. Groups that are `shared` have their floors together: most
/// have none of their own.
fn intervals(model: &Model, groups: &[Coverage], shared: bool) -> Grid {
    let several = groups.len() > 1;
    let mut rows = Vec::new();
    for i in 0..model.grid().intervals() {
        for group in groups.iter().filter(|group| group.needed[i] + group.on_shift[i] > 0) {
            let difference = i64::from(group.on_shift[i]) - i64::from(group.needed[i]);
            let mut row = vec![clock(model, i)];
            row.extend(several.then(|| model.groups[group.group.0].name.clone()));
            let none = shared && group.is_floor && group.needed[i] == 0;
            let or_none = |text: String| if none { words::NONE.to_owned() } else { text };
            row.extend([or_none(group.needed[i].to_string()), group.on_shift[i].to_string()]);
            row.extend([group.at_work[i].to_string(), or_none(format!("{difference:+}"))]);
            rows.push(row);
        }
    }
    let floors = groups.iter().all(|group| group.is_floor);
    let (needed, beyond) = if floors { ("floor", "beyond") } else { ("needed", "over (+) or short (-)") };
    let mut header = vec!["from"];
    header.extend(several.then_some("group"));
    header.extend([needed, "on shift", "at work", beyond]);
    (header.into_iter().map(str::to_owned).collect(), rows)
}

/// A row for every day, all groups together. What is needed of `shared` groups is needed of them together, and not told.
fn days(model: &Model, schedule: &Schedule, groups: &[Coverage], shared: bool) -> Grid {
    let row = |day: usize| {
        let on = |i: usize| model.grid().day_of(i) == day;
        let sum = hours(model, schedule, groups, on);
        let people: u32 = schedule.used().filter(|(pattern, _)| on(pattern.start)).map(|(_, n)| n).sum();
        let mut row = vec![day_name(&model.calendar, day), people.to_string()];
        if shared {
            row.extend([sum.paid, sum.on_shift, sum.at_work].map(words::hours));
        } else {
            let all = [sum.paid, sum.needed, sum.on_shift, sum.at_work, sum.over, sum.short];
            row.extend(all.map(words::hours));
        }
        row
    };
    let needed = if groups.iter().all(|group| group.is_floor) { "floors" } else { "needed" };
    let header = if shared {
        vec!["day", "shifts", "paid h", "on shift", "at work"]
    } else {
        vec!["day", "shifts", "paid h", needed, "on shift", "at work", "over", "short"]
    };
    (header.into_iter().map(str::to_owned).collect(), (0..model.grid().days).map(row).collect())
}
