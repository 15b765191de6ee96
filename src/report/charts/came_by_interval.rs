//! What came in every interval, on the band in which nine in ten such intervals end.

use super::canvas::Drawing;
use super::frame::{self, Key, Mark, Panel, Words};
use super::slots::Slots;
use super::style::{GRID, INK, MAIN, MAIN_LIGHT, PAPER, SECOND};
use super::ticks::Ticks;
use crate::history::reconcile::{Cause, IntervalFound, QueueReconciled, Reconciled};
use crate::model::{Calendar, Grid, Model};
use crate::report::reconcile::{date, days, points};
use crate::report::words::{goal_percent, percent, plural, threshold};

/// The chart of one queue.
pub(super) fn draw(model: &Model, found: &Reconciled, queue: &QueueReconciled) -> Drawing {
    let words = words(model, found, queue);
    let mut keys = vec![
        Key::new(Mark::Line, MAIN, "came"),
        Key::new(Mark::Block, MAIN_LIGHT, "nine in ten such intervals"),
        Key::new(Mark::Block, SECOND, "came, outside the band (square)"),
    ];
    keys.extend(queue.goal.map(|goal| Key::new(Mark::Goal, INK, format!("goal {}", goal_percent(goal)))));
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let calendar = calendar(model, found);
    let per_minute = model.grid().interval.0 as i32 / 60_000_000;
    let index = |one: &IntervalFound| ((one.at - found.days.0 * 1440) / per_minute) as usize;
    let slots = Slots::new(&calendar, queue.intervals.iter().map(index).collect());
    let least = queue.intervals.iter().map(|one| one.low.min(one.came)).chain(queue.goal).fold(1.0, f64::min);
    let panel = Panel {
        rect: room.inset(54.0, 26.0, 16.0, 48.0),
        across: (0.0, slots.width()),
        up: Ticks::covering((least - 0.02).max(0.0), 1.0, 6),
    };
    let name = format!("answered within {}", threshold(queue.within_s));
    panel.rule(&mut drawing, &name, goal_percent);
    slots.draw(&mut drawing, &panel);
    for one in &queue.intervals {
        if let Some(slot) = slots.slot(index(one)) {
            let (left, right) = (panel.x(slot as f64), panel.x(slot as f64 + 1.0));
            // A hair is left between bars while there is room for it.
            let gap = if right - left > 6.0 { 1.0 } else { 0.0 };
            let flat = if panel.y(one.low) - panel.y(one.high) < 2.0 { 1.0 } else { 0.0 };
            let (top, bottom) = (panel.y(one.high) - flat, panel.y(one.low) + flat);
            drawing.block((left + gap, top), (right - gap, bottom), MAIN_LIGHT);
        }
    }
    for mark in panel.up.marks() {
        let y = panel.y(mark);
        drawing.line(vec![(panel.rect.left, y), (panel.rect.right, y)], GRID, 0.5);
    }
    queue.goal.iter().for_each(|goal| panel.goal_line(&mut drawing, *goal));
    line(&mut drawing, &panel, &slots, queue, &index);
    panel.floor(&mut drawing);
    drawing
}

/// The line of what came, broken where it was closed, with a mark for every interval outside its band.
fn line(
    drawing: &mut Drawing,
    panel: &Panel,
    slots: &Slots<'_>,
    queue: &QueueReconciled,
    index: &dyn Fn(&IntervalFound) -> usize,
) {
    let all = slots.indices.len();
    let place = |one: &IntervalFound| {
        slots.slot(index(one)).map(|slot| (slot, panel.at(slot as f64 + 0.5, one.came)))
    };
    for stretch in slots.stretches() {
        let inside = queue.intervals.iter().filter_map(place).filter(|(slot, _)| stretch.contains(slot));
        let points: Vec<(f64, f64)> = inside.map(|(_, point)| point).collect();
        if all <= 60 || points.len() == 1 {
            for point in &points {
                drawing.dot(*point, 4.0, MAIN);
            }
        }
        drawing.line(points, MAIN, if all > 200 { 1.2 } else { 2.4 });
    }
    let size = if all > 200 { 2.6 } else { 4.6 };
    for one in queue.intervals.iter().filter(|one| !one.is_inside()) {
        if let Some((_, (x, y))) = place(one) {
            drawing.block((x - size - 1.0, y - size - 1.0), (x + size + 1.0, y + size + 1.0), PAPER);
            drawing.block((x - size, y - size), (x + size, y + size), SECOND);
        }
    }
}

/// The days of the file as a calendar of their own.
fn calendar(model: &Model, found: &Reconciled) -> Calendar {
    let (first, last) = found.days;
    let grid = Grid { days: (last - first + 1).max(1) as usize, ..model.grid().clone() };
    Calendar { start: date(first), grid, ..model.calendar.clone() }
}

/// What the chart found and what it supposed.
fn words(model: &Model, found: &Reconciled, queue: &QueueReconciled) -> Words {
    let title = format!(
        "{}: {} came where {} was planned",
        queue.name,
        percent(queue.came),
        percent(queue.planned.mean)
    );
    let part = |cause: Cause| {
        let one = queue.causes.iter().find(|one| one.cause == cause);
        let told = one.filter(|one| one.came.is_some() || cause == Cause::Luck);
        told.map(|one| format!("{} {}", one.name(), points(one.effect.mean)))
    };
    let causes = [Cause::Volume, Cause::Staff, Cause::HandleTime, Cause::Patience, Cause::Luck];
    let parts: Vec<String> = causes.into_iter().filter_map(part).collect();
    let caption = format!(
        "{}. {}. The band has the volume and the staff of every interval as they came, handle times and patience as \
         planned. {}, seed {}.",
        model.name.trim().trim_end_matches('.'),
        days(found),
        plural(found.replications, "replication"),
        model.run.seed
    );
    Words { title, subtitle: format!("Points of service level: {}", parts.join(", ")), caption }
}
