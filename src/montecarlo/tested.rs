//! Sums over replications of a figure that has a goal: its moments, and on which side of the goal replications lay.

use super::yardstick::Fraction;
use crate::stats::{RatioMoments, Side};
use std::cmp::Ordering;

/// A ratio over replications and how it stands to a goal, in whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tested {
    /// The ratio itself.
    pub moments: RatioMoments,
    /// Replications above the goal.
    pub above: u64,
    /// Replications below the goal.
    pub below: u64,
    /// The greatest denominator of a replication.
    pub most: u64,
    /// The distances `x − goal·y`, in units of the goal's denominator.
    pub side: Side,
}

impl Tested {
    /// Counts one replication. One that had nobody, `0 / 0`, lies on no side.
    #[inline]
    pub fn push(&mut self, fraction: (u64, u64), goal: Fraction) {
        self.moments.push(fraction.0, fraction.1);
        self.most = self.most.max(fraction.1);
        let order = goal.compare(fraction);
        self.side.push(order.is_gt(), goal.distance(fraction));
        match order {
            Ordering::Less => self.below += 1,
            Ordering::Equal => {}
            Ordering::Greater => self.above += 1,
        }
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
