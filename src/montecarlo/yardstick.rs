//! What a target measures, as a fraction of whole numbers, and the goal held against it.

use super::level::Level;
use super::slice::Slice;
use crate::model::{Goal, Per, Queue};
use std::cmp::Ordering;

/// A target, ready to be held against tallies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yardstick {
    measure: Measure,
    /// What the figure is held against.
    pub goal: Fraction,
    /// Over which stretch it is measured.
    pub per: Per,
    /// The share of the stretches on which it must hold; nothing where the long-run average must.
    pub share: Option<Fraction>,
}

/// What is divided by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// A service level: at least the goal.
    Level(Level),
    /// Wait of the answered over answered: at most the goal.
    Asa,
    /// Abandoned and balked over offered: at most the goal.
    Abandoned,
    /// The longest wait of the answered over one, for a stretch that answered anybody: at most the goal.
    Longest,
    /// Cases done in time, of the queue's `done` promise of this number, over all that are done or due: at least the goal.
    Done(usize),
    /// Parked sessions resumed in time over those resumed: at least the goal.
    Resumed,
    /// Replies inside chats in time over all, by the queue's promise of this number: at least the goal.
    Replied(usize),
    /// Callbacks connected within the promise over those accepted: at least the goal.
    CalledBack,
}

/// A goal as a fraction: billionths for shares, so that 55% of 100 is exactly 55; whole µs for waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction(u64, u64);

impl Fraction {
    /// The share, to the nearest billionth.
    pub fn share(share: f64) -> Self {
        Self((share * 1e9).round() as u64, 1_000_000_000)
    }

    /// As a real number.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / self.1 as f64
    }

    /// What one whole is cut into.
    pub fn denominator(self) -> u64 {
        self.1
    }

    /// `x` compared with `y` times this fraction.
    pub fn compare(self, (x, y): (u64, u64)) -> Ordering {
        (u128::from(x) * u128::from(self.1)).cmp(&(u128::from(self.0) * u128::from(y)))
    }

    /// How far `x` is from `y` times this fraction, in units of the denominator.
    pub fn distance(self, (x, y): (u64, u64)) -> u128 {
        (u128::from(x) * u128::from(self.1)).abs_diff(u128::from(self.0) * u128::from(y))
    }
}

impl Yardstick {
    /// The yardstick of target number `target` of `queue`; nothing if the queue does not count its waits exactly.
    pub fn of(queue: &Queue, target: usize) -> Option<Self> {
        let (before, target) = (&queue.targets[..target], &queue.targets[target]);
        let (measure, goal) = match target.goal {
            Goal::Answered { share, within, definition } => {
                (Measure::Level(Level::of(queue, definition, within)?), Fraction::share(share))
            }
            Goal::Asa(most) => (Measure::Asa, Fraction(most.0, 1)),
            Goal::Abandoned(share) => (Measure::Abandoned, Fraction::share(share)),
            Goal::Longest(most) => (Measure::Longest, Fraction(most.0, 1)),
            Goal::Done { share, .. } => {
                let number = before.iter().filter(|t| matches!(t.goal, Goal::Done { .. })).count();
                (Measure::Done(number), Fraction::share(share))
            }
            Goal::Replied { share, .. } if queue.journey.silence.is_some() => {
                (Measure::Resumed, Fraction::share(share))
            }
            Goal::Replied { share, .. } => {
                let number = before.iter().filter(|t| matches!(t.goal, Goal::Replied { .. })).count();
                (Measure::Replied(number), Fraction::share(share))
            }
            Goal::CalledBack { share } => (Measure::CalledBack, Fraction::share(share)),
        };
        Some(Self { measure, goal, per: target.per, share: target.on_days.map(Fraction::share) })
    }

    /// Numerator and denominator over one stretch. Sums of both over stretches, divided, are the long-run figure.
    #[inline]
    pub fn fraction(&self, counts: Slice<'_>) -> (u64, u64) {
        let cell = counts.cell;
        match self.measure {
            Measure::Level(level) => level.fraction(counts),
            Measure::Asa => (cell.answered_wait, cell.answered),
            Measure::Abandoned => (counts.lost(), cell.offered()),
            Measure::Longest => (cell.longest_wait, u64::from(cell.answered > 0)),
            Measure::Replied(number) => counts.replied[number],
            Measure::Done(number) => counts.beyond.map_or((0, 0), |beyond| beyond.completed(number)),
            Measure::Resumed => {
                counts.beyond.map_or((0, 0), |beyond| (beyond.more.resumed_in_time, beyond.more.resumed))
            }
            Measure::CalledBack => {
                counts.beyond.map_or((0, 0), |beyond| (beyond.more.connected_in_time, cell.callbacks))
            }
        }
    }

    /// Whether the figure of two stretches together is that of their sums. A longest wait is not: there the long-run
    /// figure is the mean over stretches.
    pub fn adds_up(&self) -> bool {
        self.measure != Measure::Longest
    }

    /// How far a figure lies on the good side of the goal, in units of the goal's denominator; negative on the other. Those of
    /// several stretches add up to that of all together, where [`Self::adds_up`].
    pub fn beyond(&self, (x, y): (u64, u64)) -> i128 {
        let good = i128::from(x) * i128::from(self.goal.1);
        let asked = i128::from(self.goal.0) * i128::from(y);
        if self.more_is_better() { good - asked } else { asked - good }
    }

    /// Whether a stretch kept the promise; nothing if there was nobody to keep it to.
    pub fn kept(&self, fraction: (u64, u64)) -> Option<bool> {
        let order = (fraction.1 > 0).then(|| self.goal.compare(fraction))?;
        Some(if self.more_is_better() { order.is_ge() } else { order.is_le() })
    }

    /// Another figure to hold a stretch against: a share, or seconds where the figure is a time.
    pub fn mark(&self, at: f64) -> Fraction {
        if self.is_share() { Fraction::share(at) } else { Fraction((at * 1e6).round() as u64, 1) }
    }

    /// Whether it measures how long customers wait or whether they hang up, interval by interval.
    pub fn is_of_waits(&self) -> bool {
        matches!(self.measure, Measure::Level(_) | Measure::Asa | Measure::Abandoned)
    }

    /// Whether the promise is a floor rather than a cap.
    pub fn more_is_better(&self) -> bool {
        !matches!(self.measure, Measure::Asa | Measure::Abandoned | Measure::Longest)
    }

    /// Whether the figure is a share, 0–1, rather than a time in µs.
    pub fn is_share(&self) -> bool {
        !matches!(self.measure, Measure::Asa | Measure::Longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Cell, DoneCell, More};
    use crate::model::{Clock, Silence};
    use crate::montecarlo::beyond::Beyond;
    use crate::montecarlo::fixture::{answered, model, secs, slice, target};

    fn yardstick(goal: Goal) -> Yardstick {
        let mut queue = model(1, 8..20).queues.remove(0);
        queue.targets = vec![target(goal)];
        Yardstick::of(&queue, 0).unwrap()
    }

    #[test]
    fn shares_are_held_exactly() {
        let yard = yardstick(answered(0.55, 20));
        assert_eq!(yard.kept((55, 100)), Some(true));
        assert_eq!(yard.kept((54, 100)), Some(false));
        assert_eq!(yard.kept((0, 0)), None);
        let yard = yardstick(Goal::Abandoned(0.07));
        assert_eq!((yard.kept((7, 100)), yard.kept((8, 100))), (Some(true), Some(false)));
    }

    #[test]
    fn every_goal_measures_what_it_says() {
        let cell = Cell {
            answered: 3,
            abandoned: 2,
            balked: 1,
            moved_on: 4,
            answered_wait: 60_000_000,
            abandoned_wait: 99,
            longest_wait: 50_000_000,
            ..Cell::default()
        };
        let counts = slice(&cell, &[1, 1, 1, 0], &[0, 2, 0, 0]);
        let asa = yardstick(Goal::Asa(secs(20)));
        assert_eq!(asa.fraction(counts), (60_000_000, 3));
        assert_eq!(asa.kept((60_000_000, 3)), Some(true));
        assert_eq!(asa.kept((60_000_001, 3)), Some(false));
        // a balker is an abandonment; offered counts who moved on
        assert_eq!(yardstick(Goal::Abandoned(0.05)).fraction(counts), (3, 10));
        let longest = yardstick(Goal::Longest(secs(50)));
        assert_eq!(longest.fraction(counts), (50_000_000, 1));
        assert_eq!(longest.kept((50_000_001, 1)), Some(false));
        assert_eq!(yardstick(answered(0.8, 20)).fraction(counts), (2, 6));
    }

    /// Ten cases: seven done in time by the first promise, two open and not yet due; nine by the second.
    #[test]
    fn deferred_goals_measure_what_is_due() {
        let cell = Cell { answered: 10, callbacks: 8, ..Cell::default() };
        let more = More {
            cases: 10,
            connected: 7,
            connected_in_time: 6,
            resumed: 5,
            resumed_in_time: 4,
            ..More::default()
        };
        let done = [
            DoneCell { started: 9, done: 7, not_started_not_due: 1, open_not_due: 2 },
            DoneCell { done: 9, ..DoneCell::default() },
        ];
        let beyond = Beyond { more: &more, first_answered_in: &[0; 4], connected_in: &[0; 4], done: &done };
        let counts = Slice {
            beyond: Some(beyond),
            replied: &[(700_000, 1_000_000), (900_000, 1_000_000)],
            ..slice(&cell, &[10, 0, 0, 0], &[0; 4])
        };
        let goal = |within| Goal::Done { share: 0.9, within: secs(within), clock: Clock::Elapsed };
        let replied = |within| Goal::Replied { share: 0.8, within: secs(within) };
        let mut queue = model(1, 8..20).queues.remove(0);
        let goals = [
            goal(60),
            replied(30),
            Goal::CalledBack { share: 0.75 },
            goal(120),
            replied(60),
            answered(0.8, 20),
        ];
        queue.targets = goals.into_iter().map(target).collect();
        let fractions = |queue: &Queue| -> Vec<(u64, u64)> {
            (0..6).map(|t| Yardstick::of(queue, t).unwrap().fraction(counts)).collect()
        };
        let expected = [(7, 8), (700_000, 1_000_000), (6, 8), (9, 10), (900_000, 1_000_000), (10, 10)];
        assert_eq!(fractions(&queue), expected);
        // parked sessions are counted one by one
        queue.journey.silence =
            Some(Silence { every: secs(60), lasts: queue.handle.clone(), park_after: secs(120) });
        assert_eq!(fractions(&queue)[1], (4, 5));
        assert!(
            Yardstick::of(&queue, 0).unwrap().more_is_better()
                && Yardstick::of(&queue, 2).unwrap().is_share()
        );
        assert_eq!((beyond.started(0), beyond.started(1)), ((9, 9), (0, 10)));
    }
}
