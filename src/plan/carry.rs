//! Figures of a neighbour that was played on some replications, carried over to all on which the plan was played.
//!
//! On the same customers both fare much alike, so that the plan's figures tell most of what the neighbour's would be
//! where it was not played ([`carried`]). Whether it keeps a day is foretold by how well the plan does on that day: the
//! line is drawn where as many of the common days lie above as the neighbour kept.

use super::show::{LEVEL, Shown, day_range};
use crate::montecarlo::{Pair, Reading};
use crate::stats::{Estimate, carried};

/// A neighbour beside the plan.
pub(super) struct Carry<'a> {
    /// The plan, on all replications.
    pub(super) plan: &'a [Reading],
    /// The neighbour, on the first of them.
    pub(super) readings: &'a [Reading],
}

impl Carry<'_> {
    /// What `shown` says of the neighbour, known better; figures that cannot be carried over stay.
    pub(super) fn over(&self, shown: &Shown, days: f64) -> Shown {
        let share = |old: Estimate, figure: &dyn Fn(&Reading) -> Pair, x: &[f64], width| {
            self.ratio(figure, x, width).map_or(old, |new| new.clip(0.0, 1.0))
        };
        let run: Vec<f64> = self.plan.iter().flat_map(of_run).collect();
        let lost: Vec<f64> = self.readings.iter().map(|reading| reading.lost as f64 / days).collect();
        let kept = self.foretold();
        Shown {
            level: share(shown.level, &|reading| reading.queues[0].level, &run, RUN),
            abandonment: share(shown.abandonment, &|reading| reading.queues[0].lost, &run, RUN),
            lost_per_day: carried(&lost, &run, RUN, LEVEL)
                .map_or(shown.lost_per_day, |lost| lost.clip(0.0, f64::INFINITY)),
            days_met: kept.map_or(shown.days_met, |kept| share(shown.days_met, &|one| one.days, &kept, 3)),
            days: self.range().or(shown.days),
            ..shown.clone()
        }
    }

    /// A ratio of expectations: its value on the common replications, and what is carried over of `(x − θy)/ȳ`.
    fn ratio(&self, figure: &dyn Fn(&Reading) -> Pair, known: &[f64], width: usize) -> Option<Estimate> {
        let pairs: Vec<(f64, f64)> =
            self.readings.iter().map(figure).map(|(x, y)| (x as f64, y as f64)).collect();
        let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0, y + pair.1));
        let (theta, mean) = (x / y, y / pairs.len() as f64);
        let rest: Vec<f64> = pairs.iter().map(|(x, y)| (x - theta * y) / mean).collect();
        let found = carried(&rest, known, width, LEVEL)?;
        found.mean.is_finite().then(|| found.map(|rest| theta + rest))
    }

    /// For every replication of the plan: whether it kept its day, and whether the neighbour should have, by the day's
    /// level and by the share lost. Nothing where replications have several days, or where the neighbour fared alike on
    /// all of them: then Wilson's interval says more.
    fn foretold(&self) -> Option<Vec<f64>> {
        let kept = self.readings.iter().filter(|one| one.days == (1, 1)).count();
        let alike = kept == 0 || kept == self.readings.len();
        if alike || self.plan.iter().chain(self.readings).any(|one| one.days.1 != 1) {
            return None;
        }
        let levels: Vec<f64> = self.plan.iter().map(|one| share(one.queues[0].level)).collect();
        let losses: Vec<f64> = self.plan.iter().map(|one| -share(one.queues[0].lost)).collect();
        let [level, loss] = [&levels, &losses].map(|scores| line(&scores[..self.readings.len()], kept));
        let sign = |holds: bool| f64::from(u8::from(holds));
        let of = |(one, (a, b)): (&Reading, (&f64, &f64))| {
            [one.days.0 as f64, sign(*a >= level), sign(*b >= loss)]
        };
        Some(self.plan.iter().zip(levels.iter().zip(&losses)).flat_map(of).collect())
    }

    /// Where nine days in ten lie: as on the common replications, moved by as much as the plan's do between those and all.
    fn range(&self) -> Option<super::answer::DayRange> {
        let (few, all) = (day_range(&self.plan[..self.readings.len()])?, day_range(self.plan)?);
        let mine = day_range(self.readings)?;
        let moved = |mine: f64, few: f64, all: f64| (mine + all - few).clamp(0.0, 1.0);
        let (p5, p95) = (moved(mine.p5, few.p5, all.p5), moved(mine.p95, few.p95, all.p95));
        Some(super::answer::DayRange { p5, p95 })
    }
}

/// How many numbers [`of_run`] gives.
const RUN: usize = 3;

/// What the plan's run tells: the good, those they are of, and the lost.
fn of_run(reading: &Reading) -> [f64; RUN] {
    let queue = &reading.queues[0];
    [queue.level.0 as f64, queue.level.1 as f64, queue.lost.0 as f64]
}

fn share((x, y): Pair) -> f64 {
    if y == 0 { 1.0 } else { x as f64 / y as f64 }
}

/// The score that `above` of `scores` reach.
fn line(scores: &[f64], above: usize) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() - above.clamp(1, sorted.len())]
}
