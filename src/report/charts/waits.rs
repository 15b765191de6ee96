//! How long answered customers waited, with the threshold where waits are what is promised.

use super::canvas::{Anchor, Drawing, Pen};
use super::frame::{self, Key, Mark, Panel, Words};
use super::style::{Colour, GOAL_DASH, INK, LABEL, MAIN, MAIN_LIGHT, QUIET, SECOND};
use super::ticks::{Ticks, round_seconds};
use crate::model::{Model, Queue};
use crate::montecarlo::{Bin, Outcome, QueueOutcome};
use crate::report::assumed;
use crate::report::promise::Measure;
use crate::report::words::{percent, seconds, threshold, trimmed};

/// About so many bars.
const BARS: f64 = 30.0;

/// The waits, counted into bars of one width.
struct Bars {
    /// Width, s.
    width: f64,
    /// Share of all answered in each bar; those who did not wait at all are left out.
    shares: Vec<f64>,
    /// Share that waited longer than the last bar reaches.
    beyond: f64,
    /// Share that was answered at once.
    at_once: f64,
}

/// The chart of one queue; says so where nobody was answered.
pub(super) fn draw(model: &Model, outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Drawing {
    let within = threshold_of(outcome, queue, found);
    let Some(bars) = Bars::of(&found.wait_bins, within) else {
        let words = words(model, outcome, queue, found, None, within);
        return frame::empty(&words, "Nobody was answered.");
    };
    let words = words(model, outcome, queue, found, Some(&bars), within);
    if bars.shares.iter().all(|share| *share == 0.0) && bars.beyond == 0.0 {
        return frame::empty(&words, "Everybody who is answered is answered at once.");
    }
    let in_sight = within.filter(|within| *within <= bars.reach() + 1e-9);
    let (mut drawing, room) = frame::sheet(&words, &keys(&bars, within, in_sight.is_some()));
    let count = bars.shares.len() as f64;
    let most = bars.shares.iter().copied().chain([bars.beyond]).fold(0.0, f64::max);
    let panel = Panel {
        rect: room.inset(62.0, 26.0, 16.0, 48.0),
        across: (0.0, count + 2.0),
        up: Ticks::covering(0.0, if most > 0.0 { most * 1.06 } else { 0.01 }, 5),
    };
    let decimals = Ticks { step: panel.up.step * 100.0, ..panel.up.clone() }.decimals();
    panel.rule(&mut drawing, "share of all answered", |share| {
        format!("{}%", trimmed(share * 100.0, decimals))
    });
    for (k, &share) in bars.shares.iter().enumerate() {
        let late = within.is_some_and(|within| k as f64 * bars.width >= within - 1e-9);
        bar(&mut drawing, &panel, k as f64, share, if late { SECOND } else { MAIN_LIGHT });
    }
    if bars.beyond > 0.0 {
        bar(&mut drawing, &panel, count + 1.0, bars.beyond, if in_sight.is_some() { SECOND } else { QUIET });
        panel.notch(&mut drawing, count + 1.5, "more");
    }
    if let Some(within) = in_sight {
        mark(&mut drawing, &panel, within / bars.width, within);
    }
    panel.floor(&mut drawing);
    let every = round_seconds(bars.reach() / 9.0).max(bars.width);
    let labels = (bars.reach() / every + 1e-9).floor() as usize;
    for k in 0..=labels {
        panel.notch(&mut drawing, k as f64 * every / bars.width, &threshold(every * k as f64));
    }
    panel.name_across(&mut drawing, &format!("wait until answered, in steps of {}", threshold(bars.width)));
    drawing
}

/// The threshold to be seen: none where not the wait is promised, but the end of the work, or nothing.
fn threshold_of(outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Option<f64> {
    let reported = || found.service_level.as_ref().map_or(queue.within.as_secs_f64(), |level| level.within_s);
    Measure::of(outcome, queue).is_waits().then(reported)
}

fn keys(bars: &Bars, within: Option<f64>, in_sight: bool) -> Vec<Key> {
    let name = within.map(|within| format!("answered within {}", threshold(within)));
    let mut keys = vec![Key::new(Mark::Block, MAIN_LIGHT, name.unwrap_or_else(|| "answered".to_owned()))];
    if in_sight {
        keys.push(Key::new(Mark::Block, SECOND, "answered later"));
    } else if bars.beyond > 0.0 {
        let reach = threshold(bars.reach());
        keys.push(Key::new(Mark::Block, QUIET, format!("answered after more than {reach}")));
    }
    keys
}

impl Bars {
    /// Nothing if nobody was answered. The threshold is the edge of a bar, if it can be seen at all.
    fn of(bins: &[Bin], within: Option<f64>) -> Option<Self> {
        let whole = bins.iter().map(|bin| bin.count as f64).sum::<f64>();
        if whole == 0.0 {
            return None;
        }
        let sum = |bins: &[Bin]| bins.iter().map(|bin| bin.count as f64).sum::<f64>() / whole;
        let (at_once, waited): (Vec<Bin>, Vec<Bin>) = bins.iter().partition(|bin| bin.high <= 0.0);
        let (inner, rest) = waited.split_at(waited.len() - usize::from(ends_open(&waited)));
        let reach = rest.first().map_or_else(|| seen_to(inner, within), |rest| rest.low);
        let all_seen = within.is_none() && rest.iter().all(|bin| bin.count == 0);
        let reach = if all_seen { last_filled(inner).map_or(reach, |last| last.min(reach)) } else { reach };
        let coarsest = inner.iter().map(|bin| bin.high - bin.low).fold(0.0, f64::max);
        let wished = round_seconds((reach / BARS).max(coarsest));
        let width = match within {
            Some(within) if within > 0.0 && within <= reach => within / (within / wished).round().max(1.0),
            _ => wished,
        };
        let count = (reach / width - 1e-6).ceil().clamp(1.0, 4.0 * BARS) as usize;
        let up_to =
            |wait: f64| inner.iter().map(|bin| bin.count as f64 * part(bin, wait)).sum::<f64>() / whole;
        let edge = |k: usize| up_to(width * k as f64);
        let beyond = sum(inner) - edge(count) + sum(rest);
        Some(Self {
            width,
            shares: (0..count).map(|k| (edge(k + 1) - edge(k)).max(0.0)).collect(),
            beyond: if beyond * whole < 0.5 { 0.0 } else { beyond },
            at_once: sum(&at_once),
        })
    }

    /// Where the last bar ends.
    fn reach(&self) -> f64 {
        self.width * self.shares.len() as f64
    }
}

/// Whether the last bin holds all the rest: it is wider than its neighbour.
fn ends_open(bins: &[Bin]) -> bool {
    matches!(bins, [.., before, last] if last.high - last.low > 1.5 * (before.high - before.low))
}

/// The end of the last bin that holds anybody.
fn last_filled(bins: &[Bin]) -> Option<f64> {
    bins.iter().rfind(|bin| bin.count > 0).map(|bin| bin.high)
}

/// As far as all but one in 200, and far enough to see the threshold.
fn seen_to(bins: &[Bin], within: Option<f64>) -> f64 {
    let most = 0.995 * bins.iter().map(|bin| bin.count as f64).sum::<f64>();
    let mut seen = 0.0;
    let tail = bins.iter().find(|bin| {
        seen += bin.count as f64;
        seen >= most
    });
    let seen = tail.map_or(0.0, |bin| bin.high);
    within.map_or(seen, |within| seen.max(within * 1.25).min(within.max(1.0) * 20.0))
}

/// How much of a bin lies below `wait`, if it is filled evenly.
fn part(bin: &Bin, wait: f64) -> f64 {
    if bin.high <= wait { 1.0 } else { ((wait - bin.low) / (bin.high - bin.low)).clamp(0.0, 1.0) }
}

fn bar(drawing: &mut Drawing, panel: &Panel, slot: f64, share: f64, colour: Colour) {
    let (left, right) = (panel.x(slot) + 1.0, panel.x(slot + 1.0) - 1.0);
    drawing.block((left, panel.y(share)), (right, panel.rect.bottom), colour);
    if colour == MAIN_LIGHT && share > 0.0 {
        drawing.line(vec![(left, panel.y(share)), (right, panel.y(share))], MAIN, 1.6);
    }
}

/// The promised threshold.
fn mark(drawing: &mut Drawing, panel: &Panel, slot: f64, within: f64) {
    let x = panel.x(slot);
    drawing.dashed(vec![(x, panel.rect.top), (x, panel.rect.bottom)], INK, 1.8, GOAL_DASH);
    let label = format!("threshold {}", threshold(within));
    let to_right = x < panel.rect.right - 150.0;
    let (at, anchor) = if to_right { (x + 8.0, Anchor::Start) } else { (x - 8.0, Anchor::End) };
    drawing.text((at, panel.rect.top + LABEL), label, Pen::new(LABEL, INK).bold().anchored(anchor));
}

fn words(
    model: &Model,
    outcome: &Outcome,
    queue: &Queue,
    found: &QueueOutcome,
    bars: Option<&Bars>,
    within: Option<f64>,
) -> Words {
    let nine = found.wait_percentiles_s.as_ref().and_then(|waits| waits.p90);
    let title = match nine {
        Some(nine) if nine.mean < 0.5 => {
            format!("{}: nine in ten of the answered do not wait at all", queue.name)
        }
        Some(nine) => {
            format!("{}: nine in ten of the answered wait at most {}", queue.name, seconds(nine.mean))
        }
        None => format!("{}: waits of the answered", queue.name),
    };
    let subtitle = bars.map_or_else(String::new, |bars| {
        let later = 1.0 - bars.at_once;
        if later <= 0.0 || bars.at_once <= 0.0 {
            return String::new();
        }
        format!(
            "{} are answered at once and left out below; the other {} wait.",
            percent(bars.at_once),
            percent(later)
        )
    });
    let level = found.service_level.as_ref().and_then(|level| level.answered).zip(within);
    let level = level.map_or_else(String::new, |(e, within)| {
        format!(" {} of the answered waited at most {}.", percent(e.mean), threshold(within))
    });
    let out =
        if within.is_some() { "Those who hung up are" } else { "What is open at the end of the run is" };
    let caption = format!(
        "{} {} {out} not in this chart.{level}",
        assumed::run(model, outcome),
        assumed::queue(model, queue)
    );
    Words { title, subtitle, caption }
}
