//! Traffic and queue over time: how many come in each interval, and how many wait meanwhile. The second follows the first
//! with a lag, which is what a table of intervals does not show.

use super::canvas::Drawing;
use super::frame::{self, Key, Mark, Panel, Rect, Words};
use super::level_by_interval::stretches;
use super::slots::Slots;
use super::style::{MAIN, MAIN_LIGHT, PENCIL, QUIET};
use super::ticks::Ticks;
use crate::model::{Model, Queue};
use crate::montecarlo::{Outcome, QueueInterval, QueueOutcome};
use crate::report::assumed;
use crate::report::words::{count, thousands, trimmed};
use crate::stats::Estimate;
use crate::units::Micros;

/// The chart of one queue; says so where nobody came.
pub(super) fn draw(model: &Model, outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Drawing {
    let words = words(model, outcome, queue, found);
    if found.intervals.is_empty() {
        return frame::empty(&words, "No interval was open and counted.");
    }
    let keys = [
        Key::new(Mark::Block, QUIET, "contacts that come"),
        Key::new(Mark::Line, MAIN, "waiting, on average over the interval"),
        Key::new(Mark::Block, MAIN_LIGHT, "95% computing error"),
    ];
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let slots = Slots::new(&model.calendar, found.intervals.iter().map(|at| at.index).collect());
    let [upper, lower] = halves(room);
    let across = (0.0, slots.width());
    let busiest = found.intervals.iter().map(offered).fold(0.1, f64::max);
    let traffic = Panel { rect: upper, across, up: Ticks::covering(0.0, busiest * 1.04, 4) };
    bars(&mut drawing, &slots, found, &traffic);
    let decimals = traffic.up.decimals();
    traffic.rule(&mut drawing, &per_interval(model), |mark| number(mark, decimals));
    traffic.floor(&mut drawing);
    let most = found.intervals.iter().filter_map(|at| finite(at.mean_queue)).map(|e| e.high);
    let most = most.filter(|high| high.is_finite()).fold(0.1, f64::max);
    let waiting = Panel { rect: lower, across, up: Ticks::covering(0.0, most * 1.04, 4) };
    let decimals = waiting.up.decimals();
    waiting.rule(&mut drawing, "waiting", |mark| number(mark, decimals));
    slots.draw(&mut drawing, &waiting);
    series(&mut drawing, &slots, &waiting, found, |at| finite(at.mean_queue));
    waiting.floor(&mut drawing);
    drawing
}

/// Two panels, one above the other, on one axis of time.
pub(super) fn halves(room: Rect) -> [Rect; 2] {
    let all = room.inset(54.0, 26.0, 16.0, 48.0);
    let middle = f64::midpoint(all.top, all.bottom);
    [Rect { bottom: middle - 6.0, ..all }, Rect { top: middle + 34.0, ..all }]
}

/// "contacts per 30m".
pub(super) fn per_interval(model: &Model) -> String {
    let interval = model.grid().interval;
    let length = if interval == Micros::HOUR { "hour".to_owned() } else { interval.to_string() };
    format!("contacts per {length}")
}

/// "at 10:30", with the day where there are several.
pub(super) fn when(model: &Model, index: usize, clock: &str) -> String {
    let grid = model.grid();
    if grid.days < 2 {
        format!("at {clock}")
    } else {
        format!("on {} at {clock}", assumed::day_name(&model.calendar, grid.day_of(index)))
    }
}

/// A mark's label with as many decimals as tell it from its neighbours.
pub(super) fn number(mark: f64, decimals: usize) -> String {
    if decimals == 0 { thousands(mark) } else { trimmed(mark, decimals) }
}

/// An estimate whose figures are figures.
pub(super) fn finite(e: Option<Estimate>) -> Option<Estimate> {
    e.filter(|e| e.mean.is_finite() && e.low.is_finite() && e.high.is_finite())
}

fn offered(at: &QueueInterval) -> f64 {
    finite(at.offered).map_or(0.0, |e| e.mean.max(0.0))
}

fn bars(drawing: &mut Drawing, slots: &Slots<'_>, found: &QueueOutcome, panel: &Panel) {
    let wide = panel.x(1.0) - panel.x(0.0);
    // Narrow bars touch, and overlap by a hair so that no light shines through.
    let gap = if wide > 8.0 { (wide * 0.08).min(4.0) } else { -0.25 };
    for at in &found.intervals {
        let Some(slot) = slots.slot(at.index) else { continue };
        let (left, right) = (panel.x(slot as f64) + gap, panel.x(slot as f64 + 1.0) - gap);
        drawing.block((left, panel.y(offered(at))), (right, panel.rect.bottom), QUIET);
    }
}

/// A line with its computing error, broken where it was closed or where there is no figure.
pub(super) fn series(
    drawing: &mut Drawing,
    slots: &Slots<'_>,
    panel: &Panel,
    found: &QueueOutcome,
    of: impl Fn(&QueueInterval) -> Option<Estimate>,
) {
    let mut by_slot = vec![None; slots.indices.len()];
    for at in &found.intervals {
        if let Some(slot) = slots.slot(at.index) {
            by_slot[slot] = of(at);
        }
    }
    let width = if slots.indices.len() > 200 { 1.6 } else { 2.6 };
    for points in stretches(slots, &by_slot) {
        let up = points.iter().map(|(x, e)| panel.at(*x, e.high));
        let down = points.iter().rev().map(|(x, e)| panel.at(*x, e.low));
        drawing.area(up.chain(down).collect(), MAIN_LIGHT);
        drawing.line(points.iter().map(|(x, e)| panel.at(*x, e.mean)).collect(), MAIN, width);
        if let [(x, e)] = points.as_slice() {
            drawing.line(vec![panel.at(*x, e.low), panel.at(*x, e.high)], PENCIL, 1.5);
            drawing.dot(panel.at(*x, e.mean), 4.0, MAIN);
        }
    }
}

/// Where the quietest interval brings at least so much of what the busiest does, none is spoken of as the busiest.
const EVEN: f64 = 0.9;

fn words(model: &Model, outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Words {
    let name = &queue.name;
    let place = |at: &QueueInterval| when(model, at.index, &at.start);
    let busiest = found.intervals.iter().max_by(|a, b| offered(a).total_cmp(&offered(b)));
    let waiting = |at: &&QueueInterval| finite(at.mean_queue).map_or(0.0, |e| e.mean);
    let longest = found.intervals.iter().max_by(|a, b| waiting(a).total_cmp(&waiting(b)));
    let title = match (busiest, longest) {
        (Some(busiest), Some(longest)) => {
            let most = offered(busiest);
            let open = || found.intervals.iter().map(offered).filter(|&n| n > 0.0);
            let come = if open().count() > 1 && open().all(|n| n >= EVEN * most) {
                format!("{} come every {}", count(most), model.grid().interval)
            } else {
                format!("most come {} ({})", place(busiest), count(most))
            };
            let wait = match waiting(&longest) {
                at_a_time if at_a_time < 0.05 => "hardly anyone waits".to_owned(),
                at_a_time => format!("most wait {} ({} at a time)", place(longest), trimmed(at_a_time, 1)),
            };
            format!("{name}: {come}, {wait}")
        }
        _ => format!("{name}: traffic and queue"),
    };
    let caption = format!(
        "{} {} Both are long-run averages; on any one day the line is longer and shorter in turns.",
        assumed::run(model, outcome),
        assumed::queue(model, queue)
    );
    Words { title, subtitle: String::new(), caption }
}
