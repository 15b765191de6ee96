//! Before and after: the service level and the queue of several scenarios by interval, on the same customers.

use super::canvas::{Dash, Drawing};
use super::frame::{self, Key, Mark, Panel, Words};
use super::slots::Slots;
use super::style::{Colour, FINE_DASH, INK, MAIN, SECOND};
use super::ticks::Ticks;
use super::traffic_and_queue::{finite, halves, number};
use crate::model::Queue;
use crate::montecarlo::{Outcome, QueueInterval, QueueOutcome};
use crate::report::compare::{Comparison, Named};
use crate::report::promise::{self, Measure};
use crate::report::words::{goal_percent, percent, plural, threshold};

/// Scenarios on one sheet: more lines cannot be told apart.
pub(super) const MOST: usize = 3;
/// How each is drawn: width, dash, colour. Without colour they differ by weight and dash.
const PENS: [(f64, Option<Dash>, Colour, Mark); MOST] =
    [(2.8, None, MAIN, Mark::Line), (2.6, Some(FINE_DASH), SECOND, Mark::Fine), (1.2, None, INK, Mark::Thin)];

/// One scenario's part in the chart.
struct Line<'a> {
    one: &'a Named,
    outcome: &'a Outcome,
    found: &'a QueueOutcome,
    queue: &'a Queue,
}

/// The chart of one queue of the first scenario; nothing where no other scenario has it on the same intervals.
pub(super) fn draw(found: &Comparison, name: &str) -> Option<Drawing> {
    let first = found.scenarios.first()?;
    let lines: Vec<Line<'_>> =
        found.scenarios.iter().filter_map(|one| line(one, first, name)).take(MOST).collect();
    let base = lines.first().filter(|line| std::ptr::eq(line.one, first) && lines.len() > 1)?;
    let measure = Measure::of(base.outcome, base.queue);
    let level = |line: &Line<'_>, at: &QueueInterval| {
        let of = Measure::of(line.outcome, line.queue);
        finite(of.of_interval(at)).map(|e| e.mean.clamp(0.0, 1.0))
    };
    let known = lines.iter().flat_map(|line| line.found.intervals.iter().filter_map(|at| level(line, at)));
    let least = known.fold(f64::INFINITY, f64::min);
    if least.is_infinite() {
        return None;
    }
    let goal = match &measure {
        Measure::Done(target) => Some(target.goal),
        _ => promise::answered(base.outcome, Some(name)).map(|target| target.goal),
    };
    let mut keys: Vec<Key> =
        lines.iter().zip(PENS).map(|(line, pen)| Key::new(pen.3, pen.2, line.one.name.clone())).collect();
    keys.extend(goal.map(|goal| Key::new(Mark::Goal, INK, format!("goal {}", goal_percent(goal)))));
    let (mut drawing, room) = frame::sheet(&words(found, &lines, name), &keys);
    let slots =
        Slots::new(&base.one.model.calendar, base.found.intervals.iter().map(|at| at.index).collect());
    let [upper, lower] = halves(room);
    let across = (0.0, slots.width());
    let least = goal.map_or(least, |goal| least.min(goal));
    let levels = Panel { rect: upper, across, up: Ticks::covering((least - 0.02).max(0.0), 1.0, 4) };
    levels.rule(&mut drawing, &axis(&measure, base), goal_percent);
    if let Some(goal) = goal {
        levels.goal_line(&mut drawing, goal);
    }
    let waiting = |_: &Line<'_>, at: &QueueInterval| finite(at.backlog.or(at.mean_queue)).map(|e| e.mean);
    let most = lines.iter().flat_map(|line| line.found.intervals.iter().filter_map(|at| waiting(line, at)));
    let queues = Panel { rect: lower, across, up: Ticks::covering(0.0, most.fold(0.1, f64::max) * 1.04, 4) };
    let decimals = queues.up.decimals();
    let what =
        if base.found.intervals.iter().any(|at| at.backlog.is_some()) { "items open" } else { "waiting" };
    queues.rule(&mut drawing, what, |mark| number(mark, decimals));
    slots.draw(&mut drawing, &queues);
    for (line, pen) in lines.iter().zip(PENS).rev() {
        trace(&mut drawing, &slots, &levels, line, pen, &level);
        trace(&mut drawing, &slots, &queues, line, pen, &waiting);
    }
    levels.floor(&mut drawing);
    queues.floor(&mut drawing);
    Some(drawing)
}

/// A scenario's queue of this name, if its run has the intervals of the first.
fn line<'a>(one: &'a Named, first: &Named, name: &str) -> Option<Line<'a>> {
    let (grid, other) = (one.model.grid(), first.model.grid());
    let same = (grid.interval, grid.days, grid.per_day) == (other.interval, other.days, other.per_day);
    let outcome = &one.side.outcome;
    let found = outcome.queues.iter().find(|queue| queue.name == name).filter(|_| same)?;
    let queue = one.model.queues.iter().find(|queue| queue.name == name)?;
    Some(Line { one, outcome, found, queue })
}

/// A line that breaks where it was closed or where there is no figure.
fn trace(
    drawing: &mut Drawing,
    slots: &Slots<'_>,
    panel: &Panel,
    line: &Line<'_>,
    (width, dash, colour, _): (f64, Option<Dash>, Colour, Mark),
    of: &dyn Fn(&Line<'_>, &QueueInterval) -> Option<f64>,
) {
    let width = if slots.indices.len() > 200 { width * 0.6 } else { width };
    let mut put = |points: Vec<(f64, f64)>| match (points.as_slice(), dash) {
        ([point], _) => drawing.dot(*point, 2.0 + width, colour),
        (_, Some(dash)) => drawing.dashed(points, colour, width, dash),
        (_, None) => drawing.line(points, colour, width),
    };
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut last = None;
    for at in &line.found.intervals {
        let Some(slot) = slots.slot(at.index) else { continue };
        let follows = last == slot.checked_sub(1) && slots.continues(slot);
        let value = of(line, at);
        if !follows || value.is_none() {
            put(std::mem::take(&mut points));
        }
        points.extend(value.map(|value| panel.at(slot as f64 + 0.5, value)));
        last = Some(slot);
    }
    put(points);
}

fn axis(measure: &Measure<'_>, base: &Line<'_>) -> String {
    if let Measure::Done(target) = measure {
        let within = target.within_s.unwrap_or_default();
        return format!("done within {}", promise::by_clock(within, target.definition.unwrap_or_default()));
    }
    let within = base.found.service_level.as_ref().map(|level| level.within_s);
    format!("answered within {}", threshold(within.unwrap_or(base.queue.within.as_secs_f64())))
}

fn words(found: &Comparison, lines: &[Line<'_>], name: &str) -> Words {
    let over_all = |line: &Line<'_>| {
        let done = match Measure::of(line.outcome, line.queue) {
            Measure::Done(target) => target.achieved,
            _ => line.found.service_level.as_ref().and_then(|level| level.offered),
        };
        done.map(|e| percent(e.mean))
    };
    let figures: Vec<String> =
        lines.iter().filter_map(|line| Some(format!("{} {}", line.one.name, over_all(line)?))).collect();
    let title = if figures.is_empty() {
        format!("{name}: side by side")
    } else {
        format!("{name}: {}", figures.join(", "))
    };
    let more = if found.scenarios.len() > lines.len() {
        format!(" {} of {} scenarios are drawn.", lines.len(), found.scenarios.len())
    } else {
        String::new()
    };
    let caption = format!(
        "Each was played on the same customers: {}, seed {}. Long-run averages of every interval; whether a difference can be told \
         from chance stands in the table.{more}",
        plural(found.replications, "replication"),
        found.seed
    );
    Words { title, subtitle: String::new(), caption }
}
