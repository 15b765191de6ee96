//! The day interval by interval, or the run day by day where that would be too long to read.

use std::collections::BTreeMap;

use super::sections;
use super::style::Style;
use crate::model::{Calendar, Model};
use crate::montecarlo::{Outcome, QueueInterval};
use crate::plan::Answer;
use crate::report::scheduled;
use crate::report::words::{NONE, count, hours, percent, share};
use crate::stats::Estimate;

/// More rows than this are summed by day.
const MOST_ROWS: usize = 100;

/// One row per open interval; per day for long runs; nothing for a single interval.
pub(super) fn table(model: &Model, outcome: &Outcome, answer: Option<&Answer>, style: Style) -> String {
    let mut indices: Vec<usize> =
        outcome.queues.iter().flat_map(|queue| &queue.intervals).map(|at| at.index).collect();
    indices.sort_unstable();
    indices.dedup();
    match indices.len() {
        0 | 1 => String::new(),
        n if n > MOST_ROWS => by_day(model, outcome, &indices, style),
        _ => by_interval(model, outcome, answer, &indices, style),
    }
}

fn by_interval(
    model: &Model,
    outcome: &Outcome,
    answer: Option<&Answer>,
    indices: &[usize],
    style: Style,
) -> String {
    let many = outcome.queues.len() > 1;
    let mut titles = vec!["from".to_owned(), "contacts".to_owned(), "at work".to_owned()];
    let scheduled = scheduled::by_interval(model, outcome, answer);
    if scheduled.is_some() {
        titles.push("scheduled".to_owned());
    }
    let shown = outcome.queues.len().min(3);
    for queue in &outcome.queues[..shown] {
        titles.push(if many { queue.name.clone() } else { "service level".to_owned() });
    }
    titles.push("hang up".to_owned());
    let agents = agents(outcome);
    let mut last_day = None;
    let rows = indices.iter().map(|&index| {
        let here: Vec<Option<&QueueInterval>> =
            outcome.queues.iter().map(|queue| queue.intervals.iter().find(|at| at.index == index)).collect();
        let sum = |pick: fn(&QueueInterval) -> Option<Estimate>| -> Option<f64> {
            here.iter().flatten().filter_map(|at| pick(at)).map(|e| e.mean).reduce(|a, b| a + b)
        };
        let day = model.grid().day_of(index);
        let named = model.grid().days > 1 && last_day != Some(day);
        last_day = Some(day);
        let clock = model.grid().clock(index);
        let mut row = vec![
            if named { format!("{} {clock}", day_name(&model.calendar, day)) } else { clock },
            sum(|at| at.offered).map_or(NONE.to_owned(), count),
            agents.get(&index).map_or(NONE.to_owned(), u32::to_string),
        ];
        if let Some(scheduled) = &scheduled {
            row.push(scheduled.get(&index).map_or(NONE.to_owned(), u32::to_string));
        }
        for at in &here[..shown] {
            row.push(at.and_then(|at| at.service_level).map_or(NONE.to_owned(), share));
        }
        row.push(sum(|at| at.abandoned).map_or(NONE.to_owned(), |n| format!("{n:.1}")));
        row
    });
    let rows = rows.collect();
    let heading =
        style.heading(if many { "By interval (service level of each queue)" } else { "By interval" });
    format!("\n{heading}{}", style.grid(&titles, rows))
}

/// Agents at work in each interval, all groups.
fn agents(outcome: &Outcome) -> BTreeMap<usize, u32> {
    let mut agents = BTreeMap::new();
    for at in outcome.groups.iter().flat_map(|group| &group.intervals) {
        *agents.entry(at.index).or_insert(0) += at.agents;
    }
    agents
}

fn by_day(model: &Model, outcome: &Outcome, indices: &[usize], style: Style) -> String {
    let titles =
        ["day", "contacts", "agents", "agent hours", "lowest interval", "hang up"].map(str::to_owned);
    let agents = agents(outcome);
    let mut days: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &index in indices {
        days.entry(model.grid().day_of(index)).or_default().push(index);
    }
    let rows = days.into_iter().map(|(day, inside)| {
        let here = || outcome.queues.iter().flat_map(|queue| &queue.intervals).filter(|at| at.day == day + 1);
        let sum = |pick: fn(&QueueInterval) -> Option<Estimate>| {
            here().filter_map(pick).map(|e| e.mean).reduce(|a, b| a + b).map_or(NONE.to_owned(), count)
        };
        let staff = || inside.iter().filter_map(|index| agents.get(index)).copied();
        let length = model.grid().interval.as_hours_f64();
        let worst = here()
            .filter_map(|at| Some((at, at.service_level?)))
            .min_by(|a, b| a.1.mean.total_cmp(&b.1.mean))
            .map_or(NONE.to_owned(), |(at, e)| format!("{} at {}", percent(e.mean), at.start));
        let range = (staff().min().unwrap_or(0), staff().max().unwrap_or(0));
        vec![
            day_name(&model.calendar, day),
            sum(|at| at.offered),
            sections::agents_range(range.0, range.1).replace(" agents", "").replace(" agent", ""),
            hours(staff().map(f64::from).sum::<f64>() * length),
            worst,
            sum(|at| at.abandoned),
        ]
    });
    let rows = rows.collect();
    let heading = style.heading("By day (every interval is in intervals.csv)");
    format!("\n{heading}{}", style.grid(&titles, rows))
}

fn day_name(calendar: &Calendar, day: usize) -> String {
    crate::report::assumed::day_name(calendar, day)
}
