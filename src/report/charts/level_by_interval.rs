//! The service level of every interval, or the share of its work that was done in time, with its computing error and the
//! goal.

use super::canvas::{Drawing, Pen};
use super::frame::{self, Key, Mark, Panel, Words};
use super::slots::Slots;
use super::style::{GRID, INK, LABEL, MAIN, MAIN_LIGHT, PAPER, SECOND};
use super::ticks::Ticks;
use crate::model::{Model, Queue};
use crate::montecarlo::{Outcome, QueueInterval, QueueOutcome, TargetOutcome};
use crate::report::promise::Measure;
use crate::report::words::{goal_percent, percent, plural, threshold};
use crate::report::{assumed, promise};
use crate::stats::Estimate;

/// The chart of one queue; says so where no interval had a level.
pub(super) fn draw(model: &Model, outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Drawing {
    let measure = Measure::of(outcome, queue);
    let shown = Level::of(&measure, outcome, queue, found);
    let goal = shown.goal;
    let of = |at| Some(measure.of_interval(at)?.clip(0.0, 1.0));
    let known: Vec<(&QueueInterval, Estimate)> =
        found.intervals.iter().filter_map(|at| Some((at, of(at)?))).collect();
    let words = words(model, outcome, queue, &known, &shown);
    if known.is_empty() {
        return frame::empty(&words, "No interval had contacts.");
    }
    let mut keys =
        vec![Key::new(Mark::Line, MAIN, shown.key), Key::new(Mark::Block, MAIN_LIGHT, "95% computing error")];
    if let Some(goal) = goal {
        keys.push(Key::new(Mark::Goal, INK, format!("goal {}", goal_percent(goal))));
    }
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let slots = Slots::new(&model.calendar, found.intervals.iter().map(|at| at.index).collect());
    let least = known.iter().map(|(_, e)| e.low).chain(goal).fold(1.0, f64::min);
    let panel = Panel {
        rect: room.inset(54.0, 26.0, 16.0, 48.0),
        across: (0.0, slots.width()),
        up: Ticks::covering((least - 0.02).max(0.0), 1.0, 6),
    };
    let mut by_slot = vec![None; slots.indices.len()];
    for (at, e) in &known {
        if let Some(slot) = slots.slot(at.index) {
            by_slot[slot] = Some(*e);
        }
    }
    let stretches = stretches(&slots, &by_slot);
    panel.rule(&mut drawing, &shown.name, goal_percent);
    slots.draw(&mut drawing, &panel);
    for stretch in &stretches {
        band(&mut drawing, &panel, stretch);
    }
    for mark in panel.up.marks() {
        let y = panel.y(mark);
        drawing.line(vec![(panel.rect.left, y), (panel.rect.right, y)], GRID, 0.5);
    }
    if let Some(goal) = goal {
        panel.goal_line(&mut drawing, goal);
    }
    for stretch in &stretches {
        level(&mut drawing, &panel, stretch, slots.indices.len(), goal);
    }
    panel.floor(&mut drawing);
    mark_worst(&mut drawing, &panel, &slots, &known);
    drawing
}

/// What is drawn of an interval: the share answered in time, or done in time.
struct Level {
    goal: Option<f64>,
    /// On the axis: "answered within 20s".
    name: String,
    /// Beside the line.
    key: &'static str,
    /// What is lowest somewhere.
    what: &'static str,
    /// How it is counted, as two sentences.
    counted: String,
}

impl Level {
    fn of(measure: &Measure<'_>, outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Self {
        match measure {
            Measure::Done(target) => Self::done(target),
            _ => Self::answered(outcome, queue, found),
        }
    }

    fn answered(outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Self {
        let definition = found.day_service_level.as_ref().map_or("offered", |days| days.definition);
        let within = found.service_level.as_ref().map(|level| level.within_s);
        let named = within.map(|within| format!("answered within {}", threshold(within)));
        let counted = assumed::definition(definition, within.unwrap_or(queue.within.as_secs_f64()));
        Self {
            goal: promise::answered(outcome, Some(&queue.name)).map(|target| target.goal),
            name: named.unwrap_or_else(|| "service level".to_owned()),
            key: "service level of the interval",
            what: "service level",
            counted: format!(
                "Service level: {counted}. An interval's level is its long-run average; single days spread around it."
            ),
        }
    }

    fn done(target: &TargetOutcome) -> Self {
        let within =
            promise::by_clock(target.within_s.unwrap_or_default(), target.definition.unwrap_or_default());
        Self {
            goal: Some(target.goal),
            name: format!("done within {within}"),
            key: "done in time, of what came in the interval",
            what: "share done in time",
            counted: format!(
                "Done within {within}, of what came in the interval and was done or fell due before the end of the run."
            ),
        }
    }
}

fn words(
    model: &Model,
    outcome: &Outcome,
    queue: &Queue,
    known: &[(&QueueInterval, Estimate)],
    level: &Level,
) -> Words {
    let (name, goal, what) = (&queue.name, level.goal, level.what);
    let below = goal.map(|goal| (goal, known.iter().filter(|(_, e)| e.mean < goal).count()));
    let total = plural(known.len() as u64, "interval");
    let title = match (below, worst(known)) {
        (_, None) => format!("{name}: {what} by interval"),
        (Some((goal, below)), Some((_, e))) if known.len() == 1 => {
            let side = if below == 0 { "above" } else { "below" };
            format!(
                "{name}: {} in the only interval, {side} the goal of {}",
                percent(e.mean),
                goal_percent(goal)
            )
        }
        (Some((goal, 0)), _) => {
            format!("{name}: every one of {total} reaches {} in the long run", goal_percent(goal))
        }
        (Some((goal, count)), Some((at, e))) => {
            let goal = goal_percent(goal);
            let place = place(model, at);
            format!("{name}: {count} of {total} below {goal}, the lowest {} {place}", percent(e.mean))
        }
        (None, Some((at, e))) => {
            format!("{name}: the {what} is lowest {} with {}", place(model, at), percent(e.mean))
        }
    };
    let caption =
        format!("{} {} {}", assumed::run(model, outcome), assumed::queue(model, queue), level.counted);
    Words { title, subtitle: String::new(), caption }
}

/// "at 09:30", with the day if there are several.
fn place(model: &Model, at: &QueueInterval) -> String {
    if model.grid().days < 2 {
        format!("at {}", at.start)
    } else {
        format!("{} at {}", assumed::day_name(&model.calendar, at.day.saturating_sub(1)), at.start)
    }
}

fn worst<'a>(known: &[(&'a QueueInterval, Estimate)]) -> Option<(&'a QueueInterval, Estimate)> {
    known.iter().copied().min_by(|a, b| a.1.mean.total_cmp(&b.1.mean))
}

/// Runs of slots that have a level and no closed time between them.
pub(super) fn stretches(slots: &Slots<'_>, levels: &[Option<Estimate>]) -> Vec<Vec<(f64, Estimate)>> {
    let mut stretches: Vec<Vec<(f64, Estimate)>> = Vec::new();
    let mut joined = false;
    for (slot, level) in levels.iter().enumerate() {
        if let Some(level) = level {
            let point = (slot as f64 + 0.5, *level);
            match stretches.last_mut() {
                Some(last) if joined && slots.continues(slot) => last.push(point),
                _ => stretches.push(vec![point]),
            }
        }
        joined = level.is_some();
    }
    stretches
}

pub(super) fn band(drawing: &mut Drawing, panel: &Panel, stretch: &[(f64, Estimate)]) {
    if let [(x, e)] = stretch {
        let (middle, half) = (panel.x(*x), ((panel.x(0.6) - panel.x(0.0)) / 2.0).min(16.0));
        return drawing.block((middle - half, panel.y(e.high)), (middle + half, panel.y(e.low)), MAIN_LIGHT);
    }
    let up = stretch.iter().map(|(x, e)| panel.at(*x, e.high));
    let down = stretch.iter().rev().map(|(x, e)| panel.at(*x, e.low));
    drawing.area(up.chain(down).collect(), MAIN_LIGHT);
}

pub(super) fn level(
    drawing: &mut Drawing,
    panel: &Panel,
    stretch: &[(f64, Estimate)],
    all: usize,
    goal: Option<f64>,
) {
    let width = if all > 200 { 1.8 } else { 2.8 };
    drawing.line(stretch.iter().map(|(x, e)| panel.at(*x, e.mean)).collect(), MAIN, width);
    for (x, e) in stretch.iter().filter(|_| all <= 100 || stretch.len() == 1) {
        let colour = if goal.is_some_and(|goal| e.mean < goal) { SECOND } else { MAIN };
        drawing.dot(panel.at(*x, e.mean), if all <= 60 { 4.5 } else { 3.0 }, colour);
    }
}

fn mark_worst(drawing: &mut Drawing, panel: &Panel, slots: &Slots<'_>, known: &[(&QueueInterval, Estimate)]) {
    let Some((at, e)) = worst(known) else { return };
    if known.len() > 1 && known.iter().all(|(_, other)| other.mean <= e.mean) {
        return;
    }
    let Some(slot) = slots.slot(at.index) else { return };
    let (x, y) = panel.at(slot as f64 + 0.5, e.mean);
    let label = format!("{} {}", at.start, percent(e.mean));
    let below = (y + 22.0).min(panel.rect.bottom - 6.0);
    drawing.text((x, below), label, Pen::new(LABEL, INK).bold().anchored(panel.anchor(x)).on(PAPER));
}
