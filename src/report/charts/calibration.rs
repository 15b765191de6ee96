//! Predicted against actual: a dot per interval, on the diagonal if the model is right but for chance.

use super::canvas::{Anchor, Drawing, Pen};
use super::frame::{self, Key, Mark, Panel, Words};
use super::style::{GRID, INK, LABEL, MAIN, PENCIL, SECOND};
use super::ticks::Ticks;
use crate::history::reconcile::{IntervalFound, QueueReconciled, Reconciled};
use crate::model::Model;
use crate::report::reconcile::days;
use crate::report::words::{goal_percent, percent, plural, thousands, threshold};

/// The chart of one queue.
pub(super) fn draw(model: &Model, found: &Reconciled, queue: &QueueReconciled) -> Drawing {
    let words = words(model, found, queue);
    let keys = [
        Key::new(Mark::Block, MAIN, "interval inside its band (dot)"),
        Key::new(Mark::Block, SECOND, "outside (square)"),
        Key::new(Mark::Fine, PENCIL, "as predicted"),
    ];
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let all = queue.intervals.iter().flat_map(|one| [one.came, one.predicted]);
    let least = all.fold(1.0, f64::min);
    let ticks = Ticks::covering((least - 0.02).max(0.0), 1.0, 6);
    let panel = Panel {
        rect: room.inset(54.0, 26.0, 24.0, 48.0),
        across: (ticks.low, ticks.high),
        up: ticks.clone(),
    };
    panel.rule(&mut drawing, "service level that came", goal_percent);
    for mark in ticks.marks() {
        let x = panel.x(mark);
        drawing.line(vec![(x, panel.rect.top), (x, panel.rect.bottom)], GRID, 1.0);
        panel.notch(&mut drawing, mark, &goal_percent(mark));
    }
    panel.floor(&mut drawing);
    panel.name_across(&mut drawing, "service level that the model predicts for the same volume and staff");
    let diagonal = vec![panel.at(ticks.low, ticks.low), panel.at(ticks.high, ticks.high)];
    drawing.dashed(diagonal, PENCIL, 1.8, super::style::FINE_DASH);
    let size = if queue.intervals.len() > 200 { 2.6 } else { 4.2 };
    for one in queue.intervals.iter().filter(|one| one.is_inside()) {
        drawing.dot(panel.at(one.predicted, one.came), size, MAIN);
    }
    for one in queue.intervals.iter().filter(|one| !one.is_inside()) {
        let (x, y) = panel.at(one.predicted, one.came);
        drawing.block((x - size, y - size), (x + size, y + size), SECOND);
    }
    name_furthest(&mut drawing, &panel, queue);
    drawing
}

/// The interval that lies furthest outside is named, if it is one of few.
fn name_furthest(drawing: &mut Drawing, panel: &Panel, queue: &QueueReconciled) {
    let far = |one: &&IntervalFound| (one.low - one.came).max(one.came - one.high);
    let furthest =
        queue.intervals.iter().filter(|one| !one.is_inside()).max_by(|a, b| far(a).total_cmp(&far(b)));
    let Some(one) = furthest else { return };
    let (x, y) = panel.at(one.predicted, one.came);
    let right = x < f64::midpoint(panel.rect.left, panel.rect.right);
    let (x, anchor) = if right { (x + 10.0, Anchor::Start) } else { (x - 10.0, Anchor::End) };
    let label = format!("{} {}", crate::report::reconcile::moment(one.at), percent(one.came));
    let y = (y + LABEL * 0.36).clamp(panel.rect.top + LABEL, panel.rect.bottom - LABEL * 0.6);
    drawing.text((x, y), label, Pen::new(LABEL, INK).anchored(anchor).on(super::style::PAPER));
}

/// What the chart found and what it supposed.
fn words(model: &Model, found: &Reconciled, queue: &QueueReconciled) -> Words {
    let inside = &queue.inside;
    let title = format!(
        "{}: {} of {} as the model predicts, where chance leaves {}",
        queue.name,
        inside.count,
        plural(inside.of as u64, "interval"),
        thousands(inside.expected)
    );
    let caption = format!(
        "{}. {}. Answered within {}. The model has the volume and the staff of every interval as they came, handle times \
         and patience as planned; an interval is inside where nine in ten such intervals end. {}, seed {}.",
        model.name.trim().trim_end_matches('.'),
        days(found),
        threshold(queue.within_s),
        plural(found.replications, "replication"),
        model.run.seed
    );
    Words { title, subtitle: String::new(), caption }
}
