//! Runs that are shorter than a promise's stretch: what each of them adds to a month, and how often a month keeps it.
//!
//! A run of one day is a day of many: a month of 21 such days keeps its promise if the contacts of all of them together do.
//! How often that is follows from the days, drawn into months ([`sum_reaches`]). The runs are independent, so is a month's
//! make-up: that a busy day is followed by a busy day is not supposed.

use super::yardstick::Yardstick;
use crate::stats::{Estimate, Verdict, sum_reaches};
use std::collections::BTreeMap;

/// Stretches that the runs must fill before a verdict is given.
const FEWEST: u64 = 10;

/// How far every run lay above the goal, in whole units of the goal's fraction; negative below. Empty where the run is as
/// long as the stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunsTogether {
    seen: BTreeMap<i128, u64>,
}

impl RunsTogether {
    /// Counts one run: its figure, and whether it kept the promise by itself.
    pub fn push(&mut self, yardstick: Yardstick, figure: (u64, u64), kept: (u64, u64)) {
        // A longest wait is that of the worst run: one that misses spoils the stretch.
        let value = if yardstick.adds_up() { yardstick.beyond(figure) } else { -i128::from(kept.1 - kept.0) };
        *self.seen.entry(value).or_insert(0) += 1;
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: &Self) {
        other.seen.iter().for_each(|(value, count)| *self.seen.entry(*value).or_insert(0) += count);
    }

    /// The share of stretches of so many runs that keep the promise.
    pub fn kept(&self, runs: usize, seed: u64, level: f64) -> Option<Estimate> {
        let values: Vec<(i128, u64)> = self.seen.iter().map(|(value, count)| (*value, *count)).collect();
        sum_reaches(&values, runs as u64, seed, level)
    }

    /// Whether at least this share of them does, at this error on each side.
    pub fn verdict(&self, runs: usize, seed: u64, share: f64, error: f64) -> Verdict {
        let seen: u64 = self.seen.values().sum();
        match self.kept(runs, seed, 1.0 - 2.0 * error) {
            Some(kept) if seen / runs.max(1) as u64 >= FEWEST && kept.low >= share => Verdict::Met,
            Some(kept) if seen / runs.max(1) as u64 >= FEWEST && kept.high < share => Verdict::Missed,
            _ => Verdict::Undecided,
        }
    }
}
