//! What one stretch of a day brings, gathered and then written down at once: the contacts that arrived in one interval,
//! and the work that one group began in one.
//!
//! It writes what [`ledger`] would write contact by contact: nothing about the interval is looked up again for each of
//! them, and in the recursion, which meets the contacts of an interval one after another, the sums stay in registers.

use super::facts::Facts;
use super::ledger;
use super::tally::{Cell, Fate, GroupTally, QueueTally};

/// The contacts of one queue that arrived in one interval, or before the run.
pub(super) struct Cohort<'a> {
    thresholds: Thresholds<'a>,
    interval: usize,
    /// When the interval ends.
    ends: u64,
    /// Whether its contacts count; if not, only their time in line may.
    counted: bool,
    balked: u64,
    waited: u64,
    longest_wait: u64,
    /// Wide, so that nothing has to be asked: cells saturate.
    answered_wait: u128,
    abandoned_wait: u128,
    /// Of the time in line, what has been written down already.
    written: u128,
    /// At `c` those whose wait exceeds `c` thresholds. There are as many classes here as most queues have; the others are
    /// written down at once.
    answered: [u64; CLASSES],
    abandoned: [u64; CLASSES],
}

/// So many thresholds are compared at once.
const FEW: usize = 3;
/// And make so many classes.
const CLASSES: usize = FEW + 1;

impl<'a> Cohort<'a> {
    pub(super) fn open(facts: &'a Facts, queue: usize, interval: usize) -> Self {
        let counted = facts.counts(interval);
        Self {
            thresholds: Thresholds::of(&facts.queues[queue].thresholds),
            interval,
            ends: if counted { facts.start_of(interval + 1) } else { 0 },
            counted,
            balked: 0,
            waited: 0,
            longest_wait: 0,
            answered_wait: 0,
            abandoned_wait: 0,
            written: 0,
            answered: [0; CLASSES],
            abandoned: [0; CLASSES],
        }
    }

    /// One who came at `arrived` reached an agent after `wait`.
    #[inline]
    pub(super) fn answered(&mut self, tally: &mut QueueTally, facts: &Facts, arrived: u64, wait: u64) {
        self.in_line(tally, facts, arrived, wait);
        if !self.counted {
            return;
        }
        self.waited += u64::from(wait > 0);
        self.answered_wait += u128::from(wait);
        self.longest_wait = self.longest_wait.max(wait);
        let class = self.thresholds.class_of(wait);
        match self.answered.get_mut(class) {
            Some(answered) => *answered += 1,
            None => self.answered_beyond(tally, class),
        }
    }

    /// So many found an agent idle.
    pub(super) fn found_idle(&mut self, contacts: u64) {
        self.answered[0] += contacts;
    }

    /// One who came at `arrived` hung up after `wait`.
    #[inline]
    pub(super) fn abandoned(&mut self, tally: &mut QueueTally, facts: &Facts, arrived: u64, wait: u64) {
        self.in_line(tally, facts, arrived, wait);
        if !self.counted {
            return;
        }
        self.waited += u64::from(wait > 0);
        self.abandoned_wait += u128::from(wait);
        let class = self.thresholds.class_of(wait);
        match self.abandoned.get_mut(class) {
            Some(abandoned) => *abandoned += 1,
            None => self.abandoned_beyond(tally, class),
        }
    }

    /// Whether it is the cohort of an interval, and its contacts count.
    #[inline]
    pub(super) fn is_of(&self, interval: u32) -> bool {
        self.counted && self.interval == interval as usize
    }

    /// One who came at `arrived` left the line at `left`; whether that is written down here.
    #[inline]
    pub(super) fn take(
        &mut self,
        tally: &mut QueueTally,
        facts: &Facts,
        arrived: u64,
        left: u64,
        fate: Fate,
    ) -> bool {
        match fate {
            Fate::Answered { .. } => self.answered(tally, facts, arrived, left - arrived),
            Fate::Abandoned => self.abandoned(tally, facts, arrived, left - arrived),
            Fate::Balked => self.balked(),
            _ => return false,
        }
        true
    }

    /// One hung up at once.
    #[inline]
    pub(super) fn balked(&mut self) {
        self.balked += 1;
    }

    /// Time in line, nearly always within the interval of arrival.
    #[inline]
    fn in_line(&mut self, tally: &mut QueueTally, facts: &Facts, arrived: u64, wait: u64) {
        if arrived + wait > self.ends {
            self.in_line_for_long(tally, facts, arrived, wait);
        }
    }

    /// Time in line of one who leaves after the interval, or came before the run.
    #[cold]
    #[inline(never)]
    fn in_line_for_long(&mut self, tally: &mut QueueTally, facts: &Facts, arrived: u64, wait: u64) {
        self.written += u128::from(wait);
        let count = |i: usize, time| tally.cells[i].queue_time += time;
        ledger::spread(facts, arrived, arrived + wait, self.interval, count);
    }

    /// An answered contact of a class that is not gathered here.
    #[cold]
    #[inline(never)]
    fn answered_beyond(&self, tally: &mut QueueTally, class: usize) {
        tally.answered_in[self.interval * tally.classes + class] += 1;
        let cell = &mut tally.cells[self.interval];
        (cell.first_attempts, cell.answered) = (cell.first_attempts + 1, cell.answered + 1);
    }

    /// The same of one who hung up.
    #[cold]
    #[inline(never)]
    fn abandoned_beyond(&self, tally: &mut QueueTally, class: usize) {
        tally.abandoned_in[self.interval * tally.classes + class] += 1;
        let cell = &mut tally.cells[self.interval];
        (cell.first_attempts, cell.abandoned) = (cell.first_attempts + 1, cell.abandoned + 1);
    }

    /// Whether its contacts count.
    pub(super) fn counts(&self) -> bool {
        self.counted
    }

    /// Writes everything down; all who were gathered were first attempts.
    pub(super) fn close(self, tally: &mut QueueTally) {
        if !self.counted {
            return;
        }
        let classes = self.interval * tally.classes..(self.interval + 1) * tally.classes;
        let add = |to: &mut [u64], some: &[u64]| to.iter_mut().zip(some).for_each(|(to, n)| *to += n);
        add(&mut tally.answered_in[classes.clone()], &self.answered);
        add(&mut tally.abandoned_in[classes], &self.abandoned);
        let (answered, abandoned) = (self.answered.iter().sum(), self.abandoned.iter().sum());
        let time = |sum: u128| u64::try_from(sum).unwrap_or(u64::MAX);
        let sums = Cell {
            first_attempts: answered + abandoned + self.balked,
            answered,
            abandoned,
            balked: self.balked,
            waited: self.waited,
            answered_wait: time(self.answered_wait),
            abandoned_wait: time(self.abandoned_wait),
            longest_wait: self.longest_wait,
            queue_time: time(self.answered_wait + self.abandoned_wait - self.written),
            ..Cell::default()
        };
        tally.cells[self.interval].add(&sums);
    }
}

/// Thresholds of a queue, rising; most have one or two.
#[derive(Clone, Copy)]
struct Thresholds<'a> {
    /// The first ones, then some that no wait exceeds.
    few: [u64; FEW],
    more: &'a [u64],
}

impl<'a> Thresholds<'a> {
    fn of(all: &'a [u64]) -> Self {
        let few = std::array::from_fn(|k| all.get(k).copied().unwrap_or(u64::MAX));
        Self { few, more: all.get(FEW..).unwrap_or_default() }
    }

    /// How many of them `wait` exceeds. All are compared: stopping at the first that is not exceeded would be a guess,
    /// and often a wrong one.
    #[inline]
    fn class_of(&self, wait: u64) -> usize {
        let exceeded =
            |thresholds: &[u64]| thresholds.iter().map(|&most| usize::from(wait > most)).sum::<usize>();
        exceeded(&self.few) + if self.more.is_empty() { 0 } else { exceeded(self.more) }
    }
}

/// An interval in which work is begun.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stint {
    interval: usize,
    /// From when, and for how long, work begun in it is gathered: nothing outside the run or before it counts.
    begins: u64,
    length: u64,
    /// When it ends, and the next interval; never, if there is none.
    ends: u64,
    next_ends: u64,
    /// Whether those who work were due to leave.
    late: bool,
}

/// Work that one group began in a stint.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Work {
    all: u64,
    /// Of it, what is done after the interval.
    after: u64,
    /// Of that, what is done after the next one; it is written down already.
    beyond: u64,
}

impl Stint {
    /// Of people who are `late`, due to leave already, nothing is gathered.
    pub(super) fn of(facts: &Facts, interval: usize, late: bool) -> Self {
        let begins = facts.start_of(interval).max(facts.counted_from);
        let ends = if interval < facts.intervals { facts.start_of(interval + 1) } else { 0 };
        let length = if late { 0 } else { ends.saturating_sub(begins) };
        let next_ends = if interval + 1 < facts.intervals { ends + facts.interval } else { u64::MAX };
        Self { interval, begins, length, ends, next_ends, late }
    }

    /// An agent is busy from `from` to `to`.
    #[inline]
    pub(super) fn busy(&self, work: &mut Work, tally: &mut GroupTally, facts: &Facts, from: u64, to: u64) {
        // One question instead of two: what begins before the interval wraps to more than any length.
        if from.wrapping_sub(self.begins) >= self.length {
            return self.at_the_edge(tally, facts, from, to);
        }
        // Every other contact or so is still in hand when the interval ends: a sum that may be zero, not a guess.
        work.all += to - from;
        work.after += to.saturating_sub(self.ends);
        if to > self.next_ends {
            work.beyond += to - self.next_ends;
            self.carry_over(tally, facts, to);
        }
    }

    /// Work that goes on in the intervals after the next one, until `to`.
    #[cold]
    #[inline(never)]
    fn carry_over(&self, tally: &mut GroupTally, facts: &Facts, to: u64) {
        let mut from = self.next_ends;
        for busy in &mut tally.busy[self.interval + 2..] {
            let end = (from + facts.interval).min(to);
            *busy += end - from;
            from = end;
            if from == to {
                break;
            }
        }
    }

    /// Work begun outside the interval or outside what counts, or by someone who was due to leave.
    #[cold]
    #[inline(never)]
    fn at_the_edge(&self, tally: &mut GroupTally, facts: &Facts, from: u64, to: u64) {
        ledger::group_busy(tally, facts, from, to, self.interval);
        if self.late {
            ledger::group_overtime(tally, facts, from, to, self.interval);
        }
    }

    /// Writes everything down.
    pub(super) fn close(&self, work: Work, tally: &mut GroupTally) {
        tally.busy_total += work.all;
        let parts = [(self.interval, work.all - work.after), (self.interval + 1, work.after - work.beyond)];
        for (i, work) in parts {
            if let Some(busy) = tally.busy.get_mut(i) {
                *busy += work;
            }
        }
    }
}
