//! Charts: one file per chart, drawn once, which plotters writes as SVG or as PNG.
//!
//! Every chart has a title that states what was found, axes with units, and a caption that says what was supposed.
//! None needs a font or a display: the letters are in the binary.

mod agents_by_interval;
mod announced_waits;
mod backlog;
mod calibration;
mod came_by_interval;
mod canvas;
mod compared;
mod coverage;
mod day_levels;
mod font;
mod frame;
mod frontier;
mod handle_times;
mod level_by_interval;
mod level_by_weekday;
mod occupancy_by_interval;
mod paint;
mod patience;
mod png;
mod rows;
mod shifts_by_agent;
mod slots;
mod staffing_curve;
mod style;
mod svg;
mod ticks;
mod tornado;
mod traffic_and_queue;
mod waits;
mod waterfall;

use std::collections::HashSet;

use crate::history::Findings;
use crate::history::reconcile::{QueueReconciled, Reconciled};
use crate::model::{Model, Queue};
use crate::montecarlo::{Outcome, QueueOutcome};
use crate::plan::Answer;
use crate::plan::why::Why;
use crate::report::compare::Comparison;
use crate::report::promise::{self, Measure};

/// A chart, ready to be written.
#[derive(Clone, Debug)]
pub struct Chart {
    stem: String,
    drawing: canvas::Drawing,
}

impl Chart {
    /// Its file name without extension, as `service-level-by-interval-phone`.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// What it found, in plain words.
    pub fn title(&self) -> &str {
        &self.drawing.title
    }

    /// As an SVG document.
    pub fn svg(&self) -> String {
        svg::svg(&self.drawing)
    }

    /// As a PNG file of twice as many pixels each way.
    pub fn png(&self) -> Vec<u8> {
        png::png(&self.drawing)
    }
}

/// Draws one kind of chart of one queue.
type PerQueue = fn(&Model, &Outcome, &Queue, &QueueOutcome) -> canvas::Drawing;

/// Draws one that only some results have something for.
type Sometimes = fn(&Model, &Outcome, &Queue, &QueueOutcome) -> Option<canvas::Drawing>;

/// Every chart of a result: the plan's first, then those of each queue and of each group in the model's order.
pub fn all(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> Vec<Chart> {
    let mut charts = Vec::new();
    let mut add = |stem: String, drawing| charts.push(Chart { stem, drawing });
    if let Some(answer) = answer.filter(|_| promise::plans_for_waits(model, outcome)) {
        add("service-level-by-agents".to_owned(), staffing_curve::draw(model, answer));
    }
    add("agents-by-interval".to_owned(), agents_by_interval::draw(model, outcome, answer));
    if let Some(drawing) = announced_waits::draw(model, outcome) {
        add("announced-waits".to_owned(), drawing);
    }
    let names = file_names(model.queues.iter().map(|queue| queue.name.as_str()));
    for ((queue, found), name) in model.queues.iter().zip(&outcome.queues).zip(names) {
        for (kind, draw) in kinds(outcome, queue) {
            add(format!("{kind}-{name}"), draw(model, outcome, queue, found));
        }
        for (kind, draw) in sometimes(outcome, queue) {
            if let Some(drawing) = draw(model, outcome, queue, found) {
                add(format!("{kind}-{name}"), drawing);
            }
        }
    }
    let names = file_names(model.groups.iter().map(|group| group.name.as_str()));
    for ((group, found), name) in model.groups.iter().zip(&outcome.groups).zip(names) {
        if let Some(drawing) = occupancy_by_interval::draw(model, outcome, group, found) {
            add(format!("occupancy-by-interval-{name}"), drawing);
        }
    }
    charts
}

/// The charts that explain an answer: those that have something to show.
pub fn why(model: &Model, why: &Why) -> Vec<Chart> {
    let mut charts = Vec::new();
    let mut add = |stem: &str, any: bool, draw: fn(&Model, &Why) -> canvas::Drawing| {
        if any {
            charts.push(Chart { stem: stem.to_owned(), drawing: draw(model, why) });
        }
    };
    add("from-work-to-agents", !why.steps.is_empty(), waterfall::draw);
    add("what-would-change-it", !why.levers.is_empty(), tornado::draw);
    let shares = why.promises.iter().filter(|other| other.share.is_some() && other.needed.is_some());
    add("what-a-promise-costs", shares.count() > 1, frontier::draw);
    charts
}

/// The charts of what was found in history: handle times and patience of every queue that has them.
pub fn history(found: &Findings) -> Vec<Chart> {
    let names = file_names(found.queues.iter().map(|queue| queue.name.as_str()));
    let mut charts = Vec::new();
    for (queue, name) in found.queues.iter().zip(names) {
        if let Some(handle) = &queue.handle {
            charts.push(Chart {
                stem: format!("handle-times-{name}"),
                drawing: handle_times::draw(queue, handle),
            });
        }
        if let Some(patience) = queue.patience.as_ref().filter(|patience| !patience.curve.is_empty()) {
            charts.push(Chart { stem: format!("patience-{name}"), drawing: patience::draw(queue, patience) });
        }
    }
    charts
}

/// The charts of what came against what the model says: two of every queue that was compared.
pub fn reconciled(model: &Model, found: &Reconciled) -> Vec<Chart> {
    let names = file_names(found.queues.iter().map(|queue| queue.name.as_str()));
    let two = |(queue, name): (&QueueReconciled, String)| {
        [
            Chart { stem: format!("calibration-{name}"), drawing: calibration::draw(model, found, queue) },
            Chart {
                stem: format!("came-by-interval-{name}"),
                drawing: came_by_interval::draw(model, found, queue),
            },
        ]
    };
    found.queues.iter().zip(names).flat_map(two).collect()
}

/// The charts of several scenarios side by side: one of every queue that the first shares with another. Scenarios that are
/// one thing turned down and up have what each of them moves instead.
pub fn compared(found: &Comparison) -> Vec<Chart> {
    let [first, _, ..] = found.scenarios.as_slice() else { return Vec::new() };
    if !found.swings.is_empty() {
        return turned(found);
    }
    let queues = || first.model.queues.iter().map(|queue| queue.name.as_str());
    let one = |(queue, name): (&str, String)| {
        Some(Chart { stem: format!("side-by-side-{name}"), drawing: compared::draw(found, queue)? })
    };
    queues().zip(file_names(queues())).filter_map(one).collect()
}

/// What everything that was turned down and up does to the first promise of every queue and group.
fn turned(found: &Comparison) -> Vec<Chart> {
    let moved = found.moved();
    let names = file_names(moved.iter().map(|one| one.of.as_str()));
    let chart = |(one, name)| Chart {
        stem: format!("what-would-change-{name}"),
        drawing: tornado::draw_moved(found, one),
    };
    moved.iter().zip(names).map(chart).collect()
}

/// Most days whose shifts have a chart.
const MOST_DAYS: usize = 14;

/// The charts of shifts: how each group is covered, and the shifts of every day (of the first fourteen) as bars.
pub fn shifts(model: &Model, answer: &crate::shifts::Answer) -> Vec<Chart> {
    let groups = crate::shifts::coverage::coverage(model, &answer.schedule);
    let names = file_names(groups.iter().map(|one| model.groups[one.group.0].name.as_str()));
    let covered = groups.iter().zip(names).map(|(group, name)| Chart {
        stem: format!("coverage-{name}"),
        drawing: coverage::draw(model, answer, group),
    });
    let mut charts: Vec<Chart> = covered.collect();
    let duties = crate::shifts::dealt(model, answer);
    for day in 0..model.grid().days.min(MOST_DAYS) {
        let of_day = |duty: &&crate::shifts::Duty<'_>| model.grid().day_of(duty.pattern.start) == day;
        let mine: Vec<_> = duties.iter().filter(of_day).collect();
        if !mine.is_empty() {
            let stem = format!("shifts-day-{}", day + 1);
            charts.push(Chart {
                stem,
                drawing: shifts_by_agent::draw(model, day, &mine, answer.tours.is_some()),
            });
        }
    }
    charts
}

/// The charts that say something true about a queue. A service level counts waits: work that is to be done in time, and
/// may be open at the end without being late, has none; a day's share of it is not counted.
fn kinds(outcome: &Outcome, queue: &Queue) -> Vec<(&'static str, PerQueue)> {
    let waits: (&str, PerQueue) = ("waits", waits::draw);
    match Measure::of(outcome, queue) {
        Measure::Answered => vec![
            ("service-level-by-interval", level_by_interval::draw),
            ("service-level-by-day", day_levels::draw),
            ("traffic-and-queue", traffic_and_queue::draw),
            waits,
        ],
        Measure::Done(_) => vec![("done-by-interval", level_by_interval::draw), waits],
        Measure::Nothing => vec![waits],
    }
}

/// The charts that some queues have something for: weeks, work that waits.
fn sometimes(outcome: &Outcome, queue: &Queue) -> Vec<(&'static str, Sometimes)> {
    let backlog: (&str, Sometimes) = ("backlog", backlog::draw);
    match Measure::of(outcome, queue) {
        Measure::Answered => vec![("service-level-by-weekday", level_by_weekday::draw), backlog],
        Measure::Done(_) => vec![("done-by-weekday", level_by_weekday::draw), backlog],
        Measure::Nothing => vec![backlog],
    }
}

/// Names as parts of file names; where two would be one to a file system, the later gets a number.
fn file_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut free = |name: &String| taken.insert(name.to_lowercase());
    names
        .map(|name| {
            let plain = file_name(name);
            let numbered = (2..).map(|k| format!("{plain}-{k}"));
            [plain.clone()].into_iter().chain(numbered).find(&mut free).unwrap_or(plain)
        })
        .collect()
}

/// A queue's name as part of a file name: letters, digits, `-` and `_` stay, anything else becomes `-`.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests;
