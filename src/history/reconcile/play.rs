//! Plays the scenario's days with chosen inputs, stretch by stretch; what every replication counted over all of them.

use super::Watch;
use super::actual::Actual;
use super::world::{Swaps, world};
use crate::model::{Model, QueueId};
use crate::montecarlo::{Played, replay};
use crate::stats::Estimate;

/// Replications played between two looks at whether to go on.
const AT_A_TIME: u64 = 250;
/// Normal quantile of a 95% interval.
const Z: f64 = 1.959_963_984_540_054;

/// By replication and queue of the scenario, over all stretches.
pub(super) type Leg = Vec<Vec<Played>>;

/// Where legs are played.
pub(super) struct Stage<'a> {
    pub(super) plan: &'a Model,
    pub(super) actual: &'a Actual,
    replications: u64,
    watch: Watch<'a>,
    done: u64,
    total: u64,
}

impl<'a> Stage<'a> {
    pub(super) fn new(plan: &'a Model, actual: &'a Actual, replications: u64, watch: Watch<'a>) -> Self {
        Self { plan, actual, replications, watch, done: 0, total: 0 }
    }

    /// Says that so many more legs will be played.
    pub(super) fn expect(&mut self, legs: u64) {
        self.total += legs * self.replications * self.actual.stretches.len() as u64;
    }

    /// All replications of one world, each interval kept; nothing if the work was ended from outside.
    pub(super) fn leg_by_interval(&mut self, swaps: &Swaps) -> Option<Leg> {
        self.play(swaps, self.replications)
    }

    /// The same without its intervals, which take most of the memory.
    pub(super) fn leg(&mut self, swaps: &Swaps) -> Option<Leg> {
        let mut leg = self.leg_by_interval(swaps)?;
        leg.iter_mut().flatten().for_each(|played| played.levels = Vec::new());
        Some(leg)
    }

    /// The first `replications` of each stretch.
    pub(super) fn play(&mut self, swaps: &Swaps, replications: u64) -> Option<Leg> {
        let mut leg: Leg = vec![vec![Played::default(); self.plan.queues.len()]; replications as usize];
        for (number, stretch) in self.actual.stretches.iter().enumerate() {
            let (model, staffing) = world(self.plan, self.actual, stretch, swaps);
            let first = number as u64 * self.replications;
            let mut from = 0;
            while from < replications {
                let until = (from + AT_A_TIME).min(replications);
                let which = first + from..first + until;
                let found = replay(&model, &staffing, &stretch.chosen, &self.actual.levels, which);
                for (sum, one) in leg[from as usize..].iter_mut().zip(&found) {
                    sum.iter_mut().zip(one).for_each(|(sum, one)| sum.append(one));
                }
                self.done += until - from;
                from = until;
                if !(self.watch)(self.done, self.total.max(self.done)) {
                    return None;
                }
            }
        }
        Some(leg)
    }
}

/// The service level of a queue in each replication.
pub(super) fn levels(leg: &Leg, queue: QueueId) -> Vec<f64> {
    figures(leg, queue, |played| share(played.level.0, played.level.1))
}

/// A figure of a queue in each replication.
pub(super) fn figures(leg: &Leg, queue: QueueId, figure: impl Fn(&Played) -> f64) -> Vec<f64> {
    leg.iter().map(|queues| figure(&queues[queue.0])).collect()
}

/// A share; of nobody, 1.
pub(super) fn share(good: u64, of: u64) -> f64 {
    if of == 0 { 1.0 } else { good as f64 / of as f64 }
}

/// The mean with its computing error, 95%.
pub(super) fn mean(figures: &[f64]) -> Estimate {
    let n = figures.len().max(1) as f64;
    let mean = figures.iter().sum::<f64>() / n;
    let square: f64 = figures.iter().map(|x| (x - mean) * (x - mean)).sum();
    let half = Z * (square / (n - 1.0) / n).sqrt();
    Estimate::around(mean, half, 0.95, figures.len() as u64).unwrap_or(Estimate::exact(0.0))
}

/// The mean difference of the second to the first, replication by replication.
pub(super) fn difference(first: &[f64], second: &[f64]) -> Estimate {
    mean(&first.iter().zip(second).map(|(a, b)| b - a).collect::<Vec<_>>())
}
