//! The definitions of the service level (rule 1), in whole numbers.

use super::slice::Slice;
use crate::model::{Definition, Queue};
use crate::units::Micros;

/// One way to measure the service level of a queue: a definition at a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// What is divided by what.
    pub definition: Definition,
    /// Where T stands among the queue's thresholds.
    threshold: usize,
    /// Where the threshold for early hang-ups stands among them: that of T itself, or of a short abandonment.
    early: usize,
}

impl Level {
    /// The level of `queue` within `within` by `definition`; nothing if the queue does not count such waits exactly.
    pub fn of(queue: &Queue, definition: Definition, within: Micros) -> Option<Self> {
        let early = match definition {
            Definition::IgnoreShort { short } | Definition::CreditShort { short } => short,
            _ => within,
        };
        Some(Self {
            definition,
            threshold: queue.threshold_index(within)?,
            early: queue.threshold_index(early)?,
        })
    }

    /// The level that a queue is reported by: its first `answered` target's, else `offered` at the usual threshold.
    pub fn reported(queue: &Queue) -> Option<Self> {
        use crate::model::Goal;
        let promised = queue.targets.iter().find_map(|target| match target.goal {
            Goal::Answered { within, definition, .. } => Self::of(queue, definition, within),
            _ => None,
        });
        promised.or_else(|| Self::of(queue, Definition::Offered, queue.within))
    }

    /// The threshold T of this level, given its queue.
    pub fn within(self, queue: &Queue) -> Micros {
        queue.thresholds[self.threshold]
    }

    /// Good contacts, and the contacts among which they are counted.
    ///
    /// | definition | good | among |
    /// |---|---|---|
    /// | `offered` | A_T | D |
    /// | `answered` | A_T | A |
    /// | `ignore_early`, `ignore_short` | A_T | D′ − B_e |
    /// | `credit_early`, `credit_short` | A_T + B_e | D′ |
    ///
    /// B_e hung up within T, or within the short threshold; a balker hung up at wait 0.
    #[inline]
    pub fn fraction(self, counts: Slice<'_>) -> (u64, u64) {
        let good = counts.answered_within(self.threshold);
        match self.definition {
            Definition::Offered => (good, counts.demand()),
            Definition::Answered => (good, counts.cell.answered),
            Definition::IgnoreEarly | Definition::IgnoreShort { .. } => {
                (good, counts.admitted() - counts.lost_within(self.early))
            }
            Definition::CreditEarly | Definition::CreditShort { .. } => {
                (good + counts.lost_within(self.early), counts.admitted())
            }
        }
    }
}
