//! Runs that are shorter than a promise's stretch: what each of them adds to a month, and how often a month keeps it.
//!
//! A run of one day is a day of many: a month of 21 such days keeps its promise if the contacts of all of them together do.
//! How often that is follows from the days, drawn into months ([`PutTogether`]). The runs are independent, so is a month's
//! make-up: that a busy day is followed by a busy day is not supposed.

use super::decide::OTHER_SIDE;
use super::yardstick::Yardstick;
use crate::stats::{PutTogether, Verdict};
use std::collections::BTreeMap;

/// Stretches that the runs must fill before a verdict is given.
const FEWEST: u64 = 10;

/// How far every run lay above the goal, in whole units of the goal's fraction; negative below. Empty where the run is as
/// long as the stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunsTogether {
    seen: BTreeMap<i128, u64>,
    /// Runs in which nobody came to whom the promise could be kept.
    nobody: u64,
}

impl RunsTogether {
    /// Counts one run: its figure, and whether it kept the promise by itself.
    pub fn push(&mut self, yardstick: Yardstick, figure: (u64, u64), kept: (u64, u64)) {
        if kept.1 == 0 {
            self.nobody += 1;
            return;
        }
        // A longest wait is that of the worst run: one that misses spoils the stretch.
        let value = if yardstick.adds_up() { yardstick.beyond(figure) } else { -i128::from(kept.1 - kept.0) };
        *self.seen.entry(value).or_insert(0) += 1;
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: &Self) {
        other.seen.iter().for_each(|(value, count)| *self.seen.entry(*value).or_insert(0) += count);
        self.nobody += other.nobody;
    }

    /// The share of stretches of so many runs that keep the promise, of those in which anybody came.
    pub fn kept(&self, runs: usize, seed: u64) -> PutTogether {
        let values: Vec<(i128, u64)> = self.seen.iter().map(|(value, count)| (*value, *count)).collect();
        PutTogether::draw(&values, self.nobody, runs as u64, seed)
    }
}

/// Whether at least this share of the stretches keeps the promise, at this error on each side. A promise to nobody is
/// kept, once thirty runs have brought nobody.
pub(super) fn verdict(stretches: &PutTogether, share: f64, error: f64) -> Verdict {
    let enough = stretches.stretches() >= FEWEST;
    match stretches.at(1.0 - 2.0 * error) {
        None if stretches.runs() >= OTHER_SIDE => Verdict::Met,
        Some(kept) if enough && kept.low >= share => Verdict::Met,
        Some(kept) if enough && kept.high < share => Verdict::Missed,
        _ => Verdict::Undecided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::montecarlo::fixture::{answered, model, target};

    /// Nine days in ten bring nobody, the others all miss: every week in which anybody came missed, whatever the empty ones.
    #[test]
    fn a_week_without_anybody_is_no_week() {
        let mut queue = model(1, 8..12).queues.remove(0);
        queue.targets = vec![target(answered(0.8, 20))];
        let yardstick = Yardstick::of(&queue, 0).expect("its waits are counted");
        let mut runs = RunsTogether::default();
        (0..900).for_each(|_| runs.push(yardstick, (0, 0), (0, 0)));
        assert_eq!((runs.kept(5, 1).at(0.95), verdict(&runs.kept(5, 1), 0.9, 1e-3)), (None, Verdict::Met));
        (0..100).for_each(|_| runs.push(yardstick, (1, 2), (0, 1)));
        let weeks = runs.kept(5, 1);
        assert_eq!(weeks.at(0.95).map(|e| e.mean), Some(0.0));
        assert_eq!(verdict(&weeks, 0.5, 1e-3), Verdict::Missed);
    }
}
