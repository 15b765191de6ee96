//! `[shifts.*]` and `[schedule]`: what a schedule may be built from, and the rules it keeps.

use super::calendar::Days;
use super::duration;
use super::fault::{Trouble, quoted};
use super::hours::{clock, range};
use super::item::{Item, Scalar};
use super::keys::{BREAK, PREMIUM, SCHEDULE, SHIFT, WEEKDAYS};
use super::limits;
use super::links::{Links, find_all};
use super::number;
use super::part::name_is_fit;
use super::queue::bounded;
use super::section::Section;
use super::{contract, crew};
use crate::model::{Break, GroupId, Premium, Shifts, Template};
use crate::units::Micros;

/// Everything that is said of shifts.
pub(super) fn shifts(root: &Section<'_>, links: Links<'_, '_>) -> Option<Shifts> {
    let rules = root.maybe("schedule", schedule);
    let templates = root.or("shifts", Vec::new(), |item| templates(item, links));
    let contracts = contract::contracts(root, links);
    let crew = crew::crew(root, links, contracts.as_deref());
    let (repeats, seats, people) = rules?.unwrap_or_default();
    let (templates, (contracts, crew)) = (templates?, contract::counted(root, contracts?, crew?)?);
    Some(Shifts { templates, repeats, seats, people, contracts, crew })
}

fn schedule(item: Item<'_>) -> Option<(bool, Option<u32>, Option<u32>)> {
    let section = Section::open(item, &SCHEDULE)?;
    let repeats = section.or("repeats", false, Item::flag);
    let count = |key| section.maybe(key, |item| bounded(item, 1, limits::AGENTS as u32));
    let (seats, people) = (count("seats"), count("people"));
    Some((repeats?, seats?, people?))
}

fn templates(item: Item<'_>, links: Links<'_, '_>) -> Option<Vec<Template>> {
    let written = item.children()?;
    if written.len() > limits::NAMES {
        let title = format!("{} kinds of shifts are too many", written.len());
        let help = "join those that differ in start or length alone: `starts` and `length` take several";
        return item.fault(Trouble::new(title, format!("at most {}", limits::NAMES), help));
    }
    let read: Vec<Option<Template>> = written.into_iter().map(|item| template(item, links)).collect();
    read.into_iter().collect()
}

fn template(item: Item<'_>, links: Links<'_, '_>) -> Option<Template> {
    name_is_fit(item);
    let section = Section::open(item, &SHIFT)?;
    let days = links.days;
    let everyone: Vec<usize> = (0..links.groups.len()).collect();
    let groups = section.or("groups", everyone, |item| find_all(item, links.groups, "group"));
    let on = section.or("days", (0..days.grid.days).collect(), |item| weekdays(item, days));
    let every = section.or("every", 1, |item| some_steps(item, days));
    let help = "add `starts = \"06:00-10:00\"`: the first and the last time at which it may start";
    let starts = section.need("starts", help, |item| starts(item, days, every.unwrap_or(1)));
    let help = "add `length = \"8h 30m\"`: from start to end, breaks included";
    let lengths = section.need("length", help, |item| lengths(item, days));
    let breaks = section.or("breaks", Vec::new(), |item| breaks(item, days));
    let most = limits::AGENTS as u32;
    let at_least = section.or("at_least", 0, |item| bounded(item, 0, most));
    let at_most = section.maybe("at_most", |item| bounded(item, 0, most));
    let extra = section.or("extra", Micros::ZERO, |item| item.leaf(duration::micros));
    let premiums = section.or("premium", Vec::new(), |item| item.each(|item| premium(item, days)));
    let template = Template {
        name: item.name.to_owned(),
        groups: groups?.into_iter().map(GroupId).collect(),
        days: on?,
        starts: starts?,
        lengths: lengths?,
        breaks: breaks?,
        at_least: at_least?,
        at_most: at_most?,
        extra_hours: extra?.as_hours_f64(),
        premiums: premiums?,
    };
    every?;
    sound(section, &template)?;
    Some(template)
}

/// Bounds that contradict each other, and breaks that no length has room for.
fn sound(section: Section<'_>, template: &Template) -> Option<()> {
    if let (Some(most), Some(item)) = (template.at_most, section.get("at_most"))
        && most < template.at_least
    {
        let help = format!("raise it to {}, or lower `at_least`", template.at_least);
        return item.fault(Trouble::new("`at_most` is below `at_least`", "fewer than must be", help));
    }
    let together: usize = template.breaks.iter().map(|pause| pause.length + 1).sum();
    let shortest = template.lengths.first().copied().unwrap_or(0);
    let earliest = template.breaks.iter().filter_map(|pause| Some(pause.after?.0 + pause.length)).max();
    if together >= shortest || earliest.is_some_and(|end| end >= shortest) {
        let item = section.get("breaks").filter(|_| !template.breaks.is_empty())?;
        let help = "begin them earlier or make them shorter; a break has work before and after it";
        return item.fault(Trouble::new(
            "the breaks do not fit into the shift",
            "too long or too late",
            help,
        ));
    }
    Some(())
}

/// A length as a number of intervals, at least one.
fn some_steps(item: Item<'_>, days: &Days) -> Option<usize> {
    steps(item, item.leaf(duration::some_micros)?, days)
}

/// Time as a number of intervals.
fn steps(item: Item<'_>, time: Micros, days: &Days) -> Option<usize> {
    let interval = days.grid.interval;
    if time.0 > Micros::DAY.0 {
        return item.fault(Trouble::new(
            format!("`{}` is too long", item.name),
            "more than a day",
            "write at most \"24h\"",
        ));
    }
    if time.0.is_multiple_of(interval.0) {
        return Some((time.0 / interval.0) as usize);
    }
    if !days.sound {
        return None;
    }
    let title = format!("`{}` must be a multiple of the interval", item.name);
    let help = format!("write a multiple of {interval}, or choose a shorter `calendar.interval`");
    item.fault(Trouble::new(title, format!("{time} is none of {interval}"), help))
}

fn lengths(item: Item<'_>, days: &Days) -> Option<Vec<usize>> {
    let mut lengths = item.one_or_each(|item| some_steps(item, days))?;
    lengths.sort_unstable();
    lengths.dedup();
    if lengths.is_empty() {
        return item.fault(Trouble::new("`length` is empty", "no length at all", "write \"8h\""));
    }
    Some(lengths)
}

pub(super) fn weekdays(item: Item<'_>, days: &Days) -> Option<Vec<usize>> {
    if days.start.is_none() && days.sound {
        let help = "add `start = \"2026-11-23\"` to [calendar]";
        return item.fault(Trouble::new("weekdays need a date to count from", "by weekday", help));
    }
    let words: Vec<(&str, usize)> = WEEKDAYS.iter().copied().zip(0..).collect();
    let wanted = item.each(|day| day.word(&words))?;
    let on = |day: &usize| days.weekday(*day).is_some_and(|weekday| wanted.contains(&weekday));
    Some((0..days.grid.days).filter(on).collect())
}

/// The intervals of the day at which a shift may start.
fn starts(item: Item<'_>, days: &Days, every: usize) -> Option<Vec<usize>> {
    let read = item.one_or_each(|part| {
        let text = part.text()?;
        let span = text.split_once(['-', '–']).map_or((text, text), |both| both);
        let (first, last) = (clock(span.0.trim()), clock(span.1.trim()));
        match (first, last) {
            (Some(first), Some(last)) if first <= last && last < 24 * 60 => {
                let (first, last) = (on_grid(part, first, days)?, on_grid(part, last, days)?);
                Some((first..=last).step_by(every).collect::<Vec<_>>())
            }
            (Some(_), Some(_)) => {
                let help = "write two: [\"22:00-23:30\", \"00:00-02:00\"]";
                part.fault(Trouble::new(
                    "these starts run through midnight",
                    "the last lies before the first",
                    help,
                ))
            }
            _ => {
                let help = "write a time as \"08:00\", or the first and the last as \"06:00-10:00\"";
                part.fault(Trouble::new("this is no time to start", format!("\"{}\"", quoted(text)), help))
            }
        }
    })?;
    let mut starts: Vec<usize> = read.into_iter().flatten().collect();
    starts.sort_unstable();
    starts.dedup();
    if starts.is_empty() {
        return item.fault(Trouble::new("`starts` is empty", "no start at all", "write \"06:00-10:00\""));
    }
    Some(starts)
}

/// A minute of the day as an interval of the day.
fn on_grid(item: Item<'_>, minute: u32, days: &Days) -> Option<usize> {
    if minute.is_multiple_of(days.minutes()) {
        return Some((minute / days.minutes()) as usize);
    }
    if !days.sound {
        return None;
    }
    let title = format!("`{}` must lie on interval boundaries", item.name);
    let label = format!(
        "{:02}:{:02} does not with intervals of {} minutes",
        minute / 60,
        minute % 60,
        days.minutes()
    );
    item.fault(Trouble::new(title, label, "choose a shorter `calendar.interval` or another time"))
}

/// Hours of the day, such as "22:00-06:00".
fn hours_of_day(item: Item<'_>, days: &Days) -> Option<(usize, usize)> {
    let (from, to) = range(item.text()?.trim()).map_err(|trouble| item.fault::<()>(trouble)).ok()?;
    let (from, length) = (on_grid(item, from, days)?, on_grid(item, to - from, days)?);
    Some((from, from + length))
}

fn breaks(item: Item<'_>, days: &Days) -> Option<Vec<Break>> {
    item.each(|item| pause(item, days))
}

fn pause(item: Item<'_>, days: &Days) -> Option<Break> {
    let section = Section::open(item, &BREAK)?;
    let length = section.need("length", "add `length = \"30m\"`", |item| some_steps(item, days));
    let after = section.maybe("after", |item| after(item, days));
    let between = section.maybe("between", |item| hours_of_day(item, days));
    let paid = section.or("paid", false, Item::flag);
    let (after, between) = (after?, between?);
    if after.is_none() && between.is_none() {
        let help =
            "add `after = \"3h-5h\"`: how long after the shift's start, or `between = \"11:30-14:00\"`";
        return section.missing("after", help);
    }
    Some(Break { length: length?, after, between, paid: paid? })
}

/// "3h-5h" or "4h", in intervals.
fn after(item: Item<'_>, days: &Days) -> Option<(usize, usize)> {
    let text = item.text()?;
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let read = |text: &str| {
        let time = duration::micros(Scalar::Text(text.trim()), item.name);
        steps(item, time.map_err(|trouble| item.fault::<()>(trouble)).ok()?, days)
    };
    let (first, last) = (read(first)?, read(last)?);
    if first > last {
        let help = "write the earlier time first: \"3h-5h\"";
        return item.fault(Trouble::new("this window ends before it begins", "earliest after latest", help));
    }
    if first == 0 {
        let help = "let the shift start later instead, or write a later time";
        return item.fault(Trouble::new("a break cannot begin with the shift", "no work before it", help));
    }
    Some((first, last))
}

fn premium(item: Item<'_>, days: &Days) -> Option<Premium> {
    let section = Section::open(item, &PREMIUM)?;
    let hours = section.need("hours", "add `hours = \"22:00-06:00\"`", |item| hours_of_day(item, days));
    let help = "add `share = \"25%\"`: by how much more they cost";
    let share = section.need("share", help, |item| item.leaf(number::factor_or_zero));
    Some(Premium { hours: hours?, share: share? })
}
