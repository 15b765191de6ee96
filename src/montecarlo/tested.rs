//! Sums over replications of a figure that has a goal: its moments, and on which side of the goal replications lay.

use super::yardstick::Fraction;
use crate::stats::{RatioMoments, Side};

/// A ratio over replications and how it stands to a goal, in whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tested {
    /// The ratio itself.
    pub moments: RatioMoments,
    /// Replications above the goal, or events in them.
    pub above: u64,
    /// Replications below the goal, or events in them.
    pub below: u64,
    /// The greatest denominator of a replication.
    pub most: u64,
    /// The distances `x − goal·y`, in units of the goal's denominator.
    pub side: Side,
}

impl Tested {
    /// Counts one replication, an event by itself. One that had nobody, `0 / 0`, lies on no side.
    #[inline]
    pub fn push(&mut self, fraction: (u64, u64), goal: Fraction) {
        let order = goal.compare(fraction);
        self.push_events(fraction, goal, (u64::from(order.is_lt()), u64::from(order.is_gt())));
    }

    /// Counts one replication that holds so many events below and above the goal.
    #[inline]
    pub fn push_events(&mut self, fraction: (u64, u64), goal: Fraction, (below, above): (u64, u64)) {
        self.moments.push(fraction.0, fraction.1);
        self.most = self.most.max(fraction.1);
        self.side.push(goal.compare(fraction).is_gt(), goal.distance(fraction));
        self.below += below;
        self.above += above;
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
        self.above += other.above;
        self.below += other.below;
        self.most = self.most.max(other.most);
        self.side.merge(&other.side);
    }
}
