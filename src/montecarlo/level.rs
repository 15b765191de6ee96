//! The definitions of the service level (rule 1), in whole numbers.

use super::slice::Slice;
use crate::model::{Definition, Queue, Scored};
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
    /// How accepted callbacks count in it.
    scored: Scored,
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
            scored: queue.journey.callback.as_ref().map_or(Scored::Apart, |callback| callback.scored),
        })
    }

    /// The same level with callbacks counted in another way.
    #[must_use]
    pub fn scored(self, scored: Scored) -> Self {
        Self { scored, ..self }
    }

    /// Where its threshold stands among the queue's.
    pub fn threshold(self) -> usize {
        self.threshold
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
    /// B_e hung up within T, or within the short threshold; a balker hung up at wait 0. Where callbacks do not stand
    /// apart, every accepted one is in D and D′, a connected one in A, and one connected in time — within the promise,
    /// or within T of the offer — in A_T.
    #[inline]
    pub fn fraction(self, counts: Slice<'_>) -> (u64, u64) {
        let callbacks = counts.callbacks(self.scored, self.threshold);
        let good = counts.answered_within(self.threshold) + callbacks.in_time;
        match self.definition {
            Definition::Offered => (good, counts.demand() + callbacks.accepted),
            Definition::Answered => (good, counts.cell.answered + callbacks.connected),
            Definition::IgnoreEarly | Definition::IgnoreShort { .. } => {
                (good, counts.admitted() + callbacks.accepted - counts.lost_within(self.early))
            }
            Definition::CreditEarly | Definition::CreditShort { .. } => {
                (good + counts.lost_within(self.early), counts.admitted() + callbacks.accepted)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Cell, More};
    use crate::model::Callback;
    use crate::montecarlo::beyond::Beyond;
    use crate::montecarlo::fixture::{answered, callback, model, secs, slice, target};

    /// 100 contacts: 60 answered, 15 abandoned, 5 balked, 7 blocked, 3 turned away, 6 moved on, 4 unfinished.
    const CELL: Cell = Cell {
        first_attempts: 100,
        answered: 60,
        abandoned: 15,
        balked: 5,
        blocked: 7,
        turned_away: 3,
        moved_on: 6,
        callbacks: 0,
        unfinished: 4,
        waited: 50,
        answered_wait: 0,
        abandoned_wait: 0,
        longest_wait: 0,
        queue_time: 0,
    };
    /// Waits up to 5 s, 20 s, 120 s, longer.
    const ANSWERED: [u64; 4] = [30, 10, 15, 5];
    const ABANDONED: [u64; 4] = [2, 4, 6, 3];

    fn fraction(definition: Definition, within: u64) -> (u64, u64) {
        let model = model(1, 8..20);
        let level = Level::of(&model.queues[0], definition, secs(within)).unwrap();
        level.fraction(slice(&CELL, &ANSWERED, &ABANDONED))
    }

    #[test]
    fn rule_one_by_hand() {
        // D = 60 + 15 + 5 + 7 + 3 + 4 = 94 (who moved on is in the other queue's D), D′ = 94 − 7 − 3 = 84
        let short = secs(5);
        let cases = [
            (Definition::Offered, 20, (40, 94)),
            (Definition::Offered, 120, (55, 94)),
            (Definition::Answered, 20, (40, 60)),
            (Definition::IgnoreEarly, 20, (40, 84 - (5 + 2 + 4))),
            (Definition::CreditEarly, 20, (40 + 5 + 2 + 4, 84)),
            (Definition::IgnoreEarly, 120, (55, 84 - (5 + 12))),
            (Definition::IgnoreShort { short }, 20, (40, 84 - (5 + 2))),
            (Definition::CreditShort { short }, 120, (55 + 5 + 2, 84)),
        ];
        for (definition, within, expected) in cases {
            assert_eq!(fraction(definition, within), expected, "{definition:?} within {within} s");
        }
    }

    /// Twenty accepted callbacks on top: 15 connected — 1 within 5 s of the offer, 2 more within 20 s, 5 more within
    /// 120 s — and 12 of them within the promise.
    #[test]
    fn callbacks_are_scored_in_three_ways() {
        let (cell, connected_in) = (Cell { callbacks: 20, ..CELL }, [1, 2, 5, 7]);
        let more = More { connected: 15, connected_in_time: 12, ..More::default() };
        let beyond =
            Beyond { more: &more, first_answered_in: &[0; 4], connected_in: &connected_in, done: &[] };
        let counts = Slice { beyond: Some(beyond), ..slice(&cell, &ANSWERED, &ABANDONED) };
        let queue = &model(1, 8..20).queues[0];
        let fraction = |scored, definition, within| {
            Level::of(queue, definition, secs(within)).unwrap().scored(scored).fraction(counts)
        };
        let cases = [
            (Scored::Apart, Definition::Offered, 20, (40, 94)),
            (Scored::ByPromise, Definition::Offered, 20, (40 + 12, 94 + 20)),
            (Scored::ByPromise, Definition::Offered, 120, (55 + 12, 94 + 20)),
            (Scored::ClockContinues, Definition::Offered, 20, (40 + 3, 94 + 20)),
            (Scored::ClockContinues, Definition::Offered, 120, (55 + 8, 94 + 20)),
            // connected callbacks were answered
            (Scored::Apart, Definition::Answered, 20, (40, 60)),
            (Scored::ByPromise, Definition::Answered, 20, (40 + 12, 60 + 15)),
            (Scored::ClockContinues, Definition::IgnoreEarly, 20, (40 + 3, 84 + 20 - 11)),
            (Scored::ByPromise, Definition::CreditEarly, 20, (40 + 12 + 11, 84 + 20)),
        ];
        for (scored, definition, within, expected) in cases {
            assert_eq!(fraction(scored, definition, within), expected, "{scored:?} {definition:?} {within}");
        }
    }

    #[test]
    fn a_queue_scores_its_callbacks_as_it_says() {
        let mut queue = model(1, 8..20).queues.remove(0);
        let apart = Level::reported(&queue).unwrap();
        queue.journey.callback = Some(Callback { scored: Scored::ByPromise, ..callback() });
        assert_eq!(Level::reported(&queue), Some(apart.scored(Scored::ByPromise)));
    }

    #[test]
    fn waits_that_are_not_counted_have_no_level() {
        let model = model(1, 8..20);
        assert_eq!(Level::of(&model.queues[0], Definition::Offered, secs(21)), None);
        let definition = Definition::CreditShort { short: secs(4) };
        assert_eq!(Level::of(&model.queues[0], definition, secs(20)), None);
    }

    #[test]
    fn the_first_answered_target_is_reported() {
        let mut model = model(1, 8..20);
        let queue = &mut model.queues[0];
        assert_eq!(Level::reported(queue), Level::of(queue, Definition::Offered, secs(20)));
        queue.targets = vec![target(crate::model::Goal::Abandoned(0.05)), target(answered(0.9, 120))];
        assert_eq!(Level::reported(queue).map(|level| level.within(queue)), Some(secs(120)));
    }
}
