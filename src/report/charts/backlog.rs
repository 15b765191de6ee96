//! Work that waits: how much of it is open at the end of every interval, and how old the oldest of it is beside the age at
//! which the promise breaks.

use super::canvas::Drawing;
use super::frame::{self, Key, Mark, Panel, Words};
use super::slots::Slots;
use super::style::{GOAL_DASH, INK, MAIN, MAIN_LIGHT};
use super::ticks::{Ticks, round_seconds};
use super::traffic_and_queue::{finite, halves, number, series, when};
use crate::model::{Clock, Goal, Model, Queue};
use crate::montecarlo::{Outcome, QueueInterval, QueueOutcome};
use crate::report::assumed;
use crate::report::promise::by_clock;
use crate::report::words::{count, threshold};
use crate::stats::Estimate;
use crate::units::Micros;

/// The chart of one queue; nothing where no backlog was counted.
pub(super) fn draw(model: &Model, outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Option<Drawing> {
    let known = |of: fn(&QueueInterval) -> Option<Estimate>| -> Vec<(usize, Estimate)> {
        found.intervals.iter().filter_map(|at| Some((at.index, finite(of(at))?))).collect()
    };
    let (open, oldest) = (known(|at| at.backlog), known(|at| at.oldest_s));
    if open.is_empty() || oldest.is_empty() {
        return None;
    }
    let promise = promise(queue);
    let slots = Slots::new(&model.calendar, found.intervals.iter().map(|at| at.index).collect());
    let limits = promise.map_or_else(Vec::new, |promise| limits(model, queue, &slots, promise));
    let up = age_ticks(&oldest, &limits);
    let is_drawn = limits.iter().flatten().any(|&limit| limit <= up.high);
    let words = words(model, outcome, queue, &open, &oldest, promise.map(|promise| (promise, is_drawn)));
    let mut keys = vec![
        Key::new(Mark::Line, MAIN, "at the end of the interval, on average"),
        Key::new(Mark::Block, MAIN_LIGHT, "95% computing error"),
    ];
    keys.extend(is_drawn.then(|| Key::new(Mark::Goal, INK, "age at which the promise breaks")));
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let [upper, lower] = halves(room);
    let across = (0.0, slots.width());
    let most = open.iter().map(|(_, e)| e.high).fold(1.0, f64::max);
    let items = Panel { rect: upper, across, up: Ticks::covering(0.0, most * 1.04, 4) };
    let decimals = items.up.decimals();
    items.rule(&mut drawing, "items open", |mark| number(mark, decimals));
    series(&mut drawing, &slots, &items, found, |at| finite(at.backlog));
    items.floor(&mut drawing);
    let ages = Panel { rect: lower, across, up };
    ages.rule(
        &mut drawing,
        "age of the oldest",
        |mark| if mark == 0.0 { "0".to_owned() } else { threshold(mark) },
    );
    slots.draw(&mut drawing, &ages);
    series(&mut drawing, &slots, &ages, found, |at| finite(at.oldest_s));
    line_of(&mut drawing, &slots, &ages, &limits);
    ages.floor(&mut drawing);
    Some(drawing)
}

/// The first promise about the end of the work.
fn promise(queue: &Queue) -> Option<(Micros, Clock)> {
    queue.targets.iter().find_map(|target| match target.goal {
        Goal::Done { within, clock, .. } => Some((within, clock)),
        _ => None,
    })
}

/// Slot by slot, how old an item may be at the end of the interval without being late, seconds. By a clock that runs only
/// while it is open that age grows over night: it is found by going back until as much opening time has passed.
/// Nothing where that lies before the run.
fn limits(
    model: &Model,
    queue: &Queue,
    slots: &Slots<'_>,
    (within, clock): (Micros, Clock),
) -> Vec<Option<f64>> {
    if clock == Clock::Elapsed {
        return vec![Some(within.as_secs_f64()); slots.indices.len()];
    }
    let step = model.grid().interval.0;
    let of = |&index: &usize| {
        let (mut left, mut age) = (within.0, 0);
        for i in (0..=index).rev() {
            if queue.opening.is_open(i) {
                if left <= step {
                    return Some(Micros(age + left).as_secs_f64());
                }
                left -= step;
            }
            age += step;
        }
        None
    };
    slots.indices.iter().map(of).collect()
}

/// An axis of ages in round clock times; a promise far above all ages is left off the sheet.
fn age_ticks(oldest: &[(usize, Estimate)], limits: &[Option<f64>]) -> Ticks {
    let high = oldest.iter().map(|(_, e)| e.high).fold(60.0, f64::max);
    let limit = limits.iter().flatten().copied().filter(|&limit| limit < 4.0 * high).fold(0.0, f64::max);
    let step = round_seconds(high.max(limit) * 1.04 / 4.0);
    Ticks { low: 0.0, high: step * 4.0, step }
}

fn line_of(drawing: &mut Drawing, slots: &Slots<'_>, panel: &Panel, limits: &[Option<f64>]) {
    let inside = |slot: usize| limits.get(slot).copied().flatten().filter(|&limit| limit <= panel.up.high);
    for stretch in slots.stretches() {
        let mut line = Vec::new();
        for slot in stretch {
            match inside(slot) {
                Some(limit) => {
                    line.extend([panel.at(slot as f64, limit), panel.at(slot as f64 + 1.0, limit)]);
                }
                None => drawing.dashed(std::mem::take(&mut line), INK, 1.8, GOAL_DASH),
            }
        }
        drawing.dashed(line, INK, 1.8, GOAL_DASH);
    }
}

/// The time of day at which an interval ends.
fn closing(model: &Model, index: usize) -> String {
    let grid = model.grid();
    if (index + 1).is_multiple_of(grid.per_day.max(1)) { "24:00".to_owned() } else { grid.clock(index + 1) }
}

/// An age as one says it: to the hour from a day on, else to the minute.
fn rounded(age_s: f64) -> String {
    let step = if age_s >= 86_400.0 { 3600.0 } else { 60.0 };
    threshold((age_s / step).round() * step)
}

fn words(
    model: &Model,
    outcome: &Outcome,
    queue: &Queue,
    open: &[(usize, Estimate)],
    oldest: &[(usize, Estimate)],
    promise: Option<((Micros, Clock), bool)>,
) -> Words {
    let most = |all: &[(usize, Estimate)]| all.iter().copied().max_by(|a, b| a.1.mean.total_cmp(&b.1.mean));
    let title = match (most(open), most(oldest)) {
        (Some((at, items)), Some((_, age))) => format!(
            "{}: up to {} open {}, the oldest up to {}",
            queue.name,
            count(items.mean),
            when(model, at, &closing(model, at)),
            rounded(age.mean)
        ),
        _ => format!("{}: work that is open", queue.name),
    };
    let clock = promise.map_or_else(
        || "Nothing is promised about its end.".to_owned(),
        |((within, clock), is_drawn)| {
            let key = if clock == Clock::Business { "business" } else { "elapsed" };
            let within = by_clock(within.as_secs_f64(), key);
            match (is_drawn, clock) {
                (false, _) => format!("Promised within {within}, more than any age on this sheet."),
                (true, Clock::Business) => {
                    format!("Promised within {within}: the dashed line is the age, nights included, at which that is over.")
                }
                (true, Clock::Elapsed) => format!("Promised within {within}."),
            }
        },
    );
    let caption = format!(
        "{} {} {clock} The oldest is averaged over all runs; in any one run it is younger and older than that.",
        assumed::run(model, outcome),
        assumed::queue(model, queue)
    );
    Words { title, subtitle: String::new(), caption }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{self, Size};

    /// By hand: open from nine to twelve on two days. Two hours of opening time before ten on the second day began at eleven
    /// on the first, 23 hours earlier; before eleven on the second they began at nine that day.
    #[test]
    fn a_promise_in_opening_hours_grows_older_over_night() {
        let model = fixture::model(Size { days: 2, minutes: 60, open: (9, 12), dated: true });
        let queue = &model.queues[0];
        let slots = Slots::new(&model.calendar, queue.opening.intervals().collect());
        let hours = |within: u64, clock| -> Vec<Option<f64>> {
            let all = limits(&model, queue, &slots, (Micros::from_mins(within), clock));
            all.into_iter().map(|limit| limit.map(|s| s / 3600.0)).collect()
        };
        let two = [None, Some(2.0), Some(2.0), Some(23.0), Some(2.0), Some(2.0)];
        assert_eq!(hours(120, Clock::Business), two);
        assert_eq!(
            hours(90, Clock::Business),
            [None, Some(1.5), Some(1.5), Some(22.5), Some(1.5), Some(1.5)]
        );
        assert_eq!(hours(120, Clock::Elapsed), [Some(2.0); 6]);
    }
}
