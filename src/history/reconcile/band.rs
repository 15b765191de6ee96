//! The band of every interval: between which levels nine in ten such intervals end, given who came and who was at work.

use super::Expected;
use super::actual::Actual;
use super::play::{Leg, share};
use crate::model::QueueId;
use crate::stats::{band, rank_chance};

/// The share of such intervals, and days, that a band holds at least.
pub(super) const HOLDS: f64 = 0.9;

/// One interval that was compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalFound {
    /// Its start: minutes since 1970 on the wall clock.
    pub at: i32,
    /// Contacts that came.
    pub offered: f64,
    /// Agents at work, where the file tells them.
    pub staffed: Option<f64>,
    /// The service level that came, 0–1.
    pub came: f64,
    /// The mean level of such intervals.
    pub predicted: f64,
    /// Lower end of the band of nine in ten.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl IntervalFound {
    /// Whether what came lies inside the band.
    pub fn is_inside(&self) -> bool {
        (self.low..=self.high).contains(&self.came)
    }
}

/// How many intervals lie inside their band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inside {
    /// So many.
    pub count: usize,
    /// Of so many.
    pub of: usize,
    /// How many chance leaves inside: somewhat more than nine in ten, because a level of few contacts moves in steps.
    pub expected: f64,
    /// The chance of a number at least so far from it. Neighbouring intervals go together; the simulation's do too.
    pub chance: f64,
}

/// Every compared interval of a queue, and how many lie inside.
pub(super) fn intervals(actual: &Actual, id: QueueId, same: &Leg) -> (Vec<IntervalFound>, Inside) {
    let mut found = Vec::new();
    let mut counts = vec![0.0; same.len()];
    let places =
        actual.stretches.iter().flat_map(|stretch| stretch.chosen[id.0].iter().map(move |&i| (stretch, i)));
    for (k, (stretch, i)) in places.enumerate() {
        let Some(seen) = stretch.seen[id.0][i] else { continue };
        let like: Vec<f64> = same.iter().map(|queues| level(queues[id.0].levels[k])).collect();
        let mean = like.iter().sum::<f64>() / like.len().max(1) as f64;
        let (low, high) = band(&mut like.clone(), HOLDS).unwrap_or((0.0, 1.0));
        for (count, level) in counts.iter_mut().zip(&like) {
            *count += f64::from(u8::from((low..=high).contains(level)));
        }
        found.push(IntervalFound {
            at: stretch.starts(i),
            offered: seen.offered,
            staffed: seen.staffed,
            came: seen.level(actual.levels[id.0]),
            predicted: mean,
            low,
            high,
        });
    }
    let count = found.iter().filter(|one| one.is_inside()).count();
    let expected = counts.iter().sum::<f64>() / counts.len().max(1) as f64;
    let inside = Inside { count, of: found.len(), expected, chance: rank_chance(&counts, count as f64) };
    (found, inside)
}

fn level((good, of): (u32, u32)) -> f64 {
    share(u64::from(good), u64::from(of))
}

/// What the model expects of a figure, and how unusual the one that came is.
pub(super) fn expected(mut like: Vec<f64>, came: f64) -> Expected {
    let chance = rank_chance(&like, came);
    let mean = like.iter().sum::<f64>() / like.len().max(1) as f64;
    let (low, high) = band(&mut like, HOLDS).unwrap_or((0.0, 1.0));
    Expected { mean, low, high, chance }
}
