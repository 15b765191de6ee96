//! What single days bring: how the daily service level spreads, and on how many days the promise is kept.

use super::canvas::{Anchor, Drawing, Pen};
use super::frame::{self, Key, Mark, Panel, Words};
use super::style::{GOAL_DASH, INK, LABEL, MAIN, MAIN_LIGHT, SECOND};
use super::ticks::Ticks;
use crate::model::{Model, Queue};
use crate::montecarlo::{Bin, DayServiceLevel, Outcome, QueueOutcome};
use crate::report::assumed;
use crate::report::words::{goal_percent, share, threshold, whole_percent};

/// The chart of one queue; says so where no day had a level.
pub(super) fn draw(model: &Model, outcome: &Outcome, queue: &Queue, found: &QueueOutcome) -> Drawing {
    let days = found.day_service_level.as_ref();
    let words = words(model, outcome, queue, days);
    let bars = days.map(|days| Bars::of(&days.bins, days.goal)).filter(|bars| !bars.shares.is_empty());
    let (Some(days), Some(bars)) = (days, bars) else {
        return frame::empty(&words, "No day had contacts.");
    };
    let keys = match days.goal {
        Some(goal) => vec![
            Key::new(Mark::Block, MAIN_LIGHT, format!("days at or above {}", goal_percent(goal))),
            Key::new(Mark::Block, SECOND, "days below"),
        ],
        None => vec![Key::new(Mark::Block, MAIN_LIGHT, "days")],
    };
    let (mut drawing, room) = frame::sheet(&words, &keys);
    let most = bars.shares.iter().copied().fold(0.0, f64::max);
    let panel = Panel {
        rect: room.inset(54.0, 26.0, 24.0, 48.0),
        across: (bars.low, bars.high()),
        up: Ticks::covering(0.0, (most.max(0.01) * 1.06).min(1.0), 5),
    };
    panel.rule(&mut drawing, "share of days", goal_percent);
    for (k, &height) in bars.shares.iter().enumerate() {
        let (low, high) = (bars.edge(k), bars.edge(k + 1));
        let below = days.goal.is_some_and(|goal| high <= goal + 1e-9);
        let (left, right) = (panel.x(low) + 1.0, panel.x(high) - 1.0);
        drawing.block(
            (left, panel.y(height)),
            (right, panel.rect.bottom),
            if below { SECOND } else { MAIN_LIGHT },
        );
        if !below && height > 0.0 {
            drawing.line(vec![(left, panel.y(height)), (right, panel.y(height))], MAIN, 1.6);
        }
    }
    if let Some(goal) = days.goal {
        mark(&mut drawing, &panel, goal);
    }
    panel.floor(&mut drawing);
    // The bars reach up to 100%, the marks need not begin where they do.
    let marks = Ticks::covering(bars.low, bars.high(), 9).marks();
    for at in marks.into_iter().filter(|at| *at >= bars.low - 1e-9 && *at <= bars.high() + 1e-9) {
        panel.notch(&mut drawing, at, &goal_percent(at));
    }
    panel.name_across(
        &mut drawing,
        &format!("service level of the day: answered within {}", threshold(days.within_s)),
    );
    drawing
}

/// Days counted into bars of one width, from `low` upwards; the goal is the edge of a bar.
struct Bars {
    low: f64,
    width: f64,
    shares: Vec<f64>,
}

impl Bars {
    fn of(bins: &[Bin], goal: Option<f64>) -> Self {
        let total: u64 = bins.iter().map(|bin| bin.count).sum();
        let least = bins.iter().filter(|bin| bin.count > 0).map(|bin| bin.low).fold(1.0, f64::min);
        let reach = 1.0 - least.min(goal.unwrap_or(1.0) - 0.02).max(0.0);
        // No finer than the days were counted.
        let coarsest = bins.iter().map(|bin| bin.high - bin.low).fold(0.0, f64::max);
        let widths = [0.005, 0.01, 0.025, 0.05];
        let fits = |width: &f64| *width >= reach / 45.0 && *width >= coarsest * (1.0 - 1e-9);
        let width = widths.into_iter().find(fits).unwrap_or(0.05);
        // Edges lie at whole widths from the goal, the last at or just above 100%.
        let anchor = goal.unwrap_or(1.0);
        let above = ((1.0 - anchor) / width - 1e-9).ceil().max(0.0);
        let count = ((above * width + anchor - (1.0 - reach)) / width - 1e-9).ceil().max(4.0) as usize;
        let low = anchor + above * width - width * count as f64;
        let mut shares = vec![0.0; if total == 0 { 0 } else { count }];
        for bin in bins.iter().filter(|bin| bin.count > 0) {
            let share = bin.count as f64 / total as f64;
            let slot = |level: f64| ((level - low) / width).clamp(0.0, count as f64);
            let (from, to) = (slot(bin.low), slot(bin.high));
            if to - from < 1e-6 {
                shares[((from + 1e-6).floor() as usize).min(count - 1)] += share;
                continue;
            }
            // A bin across an edge is shared out as if its days were spread evenly.
            for (k, part) in shares.iter_mut().enumerate() {
                let inside = (to.min((k + 1) as f64) - from.max(k as f64)).max(0.0);
                *part += share * inside / (to - from);
            }
        }
        Self { low, width, shares }
    }

    fn edge(&self, k: usize) -> f64 {
        self.low + self.width * k as f64
    }

    fn high(&self) -> f64 {
        self.edge(self.shares.len())
    }
}

fn mark(drawing: &mut Drawing, panel: &Panel, goal: f64) {
    let x = panel.x(goal);
    drawing.dashed(vec![(x, panel.rect.top), (x, panel.rect.bottom)], INK, 1.8, GOAL_DASH);
    let pen = Pen::new(LABEL, INK).bold().anchored(Anchor::End);
    drawing.text((x - 8.0, panel.rect.top + LABEL), format!("goal {}", goal_percent(goal)), pen);
}

fn words(model: &Model, outcome: &Outcome, queue: &Queue, days: Option<&DayServiceLevel>) -> Words {
    let name = &queue.name;
    let title = match days.and_then(|days| Some((days.goal?, days.days_met?))) {
        Some((goal, met)) => {
            format!("{name}: {} is reached on {} of days", goal_percent(goal), said(met.mean))
        }
        None => format!("{name}: the service level of single days"),
    };
    let p = days.map(|days| &days.percentiles);
    let spread = p.and_then(|p| Some((said(p.p5?.mean), said(p.p95?.mean))));
    let spread = spread.map_or_else(String::new, |(low, high)| {
        let span = if low == high { format!("at {low}") } else { format!("between {low} and {high}") };
        format!("What tomorrow may bring: nine days in ten {span}.")
    });
    let met = days
        .and_then(|days| days.days_met)
        .map_or_else(String::new, |met| format!(" Days that reach the goal: {}.", share(met)));
    let definition = days.map_or_else(String::new, |days| {
        format!("Service level: {}.", assumed::definition(days.definition, days.within_s))
    });
    let caption =
        format!("{} {} {definition}{met}", assumed::run(model, outcome), assumed::queue(model, queue));
    Words { title, subtitle: spread, caption }
}

/// A share of days in a sentence.
fn said(share: f64) -> String {
    whole_percent(share).replace('>', "more than ").replace('<', "less than ")
}
