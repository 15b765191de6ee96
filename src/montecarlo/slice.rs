//! Counts of the contacts that arrived in some stretch of time: an interval, a day, the whole run.

use crate::engine::{Cell, QueueTally};

/// What was counted about the contacts of one stretch, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct Slice<'a> {
    /// Counts by fate.
    pub cell: &'a Cell,
    /// Answered contacts by class of wait.
    pub answered_in: &'a [u64],
    /// Abandoned contacts by class of wait; balkers are not among them.
    pub abandoned_in: &'a [u64],
}

impl<'a> Slice<'a> {
    /// One interval of a tally.
    #[inline]
    pub fn of(tally: &'a QueueTally, interval: usize) -> Self {
        let classes = interval * tally.classes..(interval + 1) * tally.classes;
        Self {
            cell: &tally.cells[interval],
            answered_in: &tally.answered_in[classes.clone()],
            abandoned_in: &tally.abandoned_in[classes],
        }
    }

    /// Answered within threshold number `threshold`: A_T of rule 1.
    #[inline]
    pub fn answered_within(self, threshold: usize) -> u64 {
        self.answered_in[..=threshold].iter().sum()
    }

    /// Hung up within threshold number `threshold`, at once or later: B_T of rule 1.
    #[inline]
    pub fn lost_within(self, threshold: usize) -> u64 {
        self.cell.balked + self.abandoned_in[..=threshold].iter().sum::<u64>()
    }

    /// Hung up, at once or later: B of rule 1.
    #[inline]
    pub fn lost(self) -> u64 {
        self.cell.abandoned + self.cell.balked
    }

    /// All who wanted an answer of this queue: D of rule 1. Who moved on to another queue is counted there.
    #[inline]
    pub fn demand(self) -> u64 {
        self.admitted() + self.cell.blocked + self.cell.turned_away
    }

    /// The demand that found an open door: D′ of rule 1.
    #[inline]
    pub fn admitted(self) -> u64 {
        self.cell.answered + self.lost() + self.cell.unfinished
    }

    /// Answered and abandoned: those whose wait is known.
    #[inline]
    pub fn waiters(self) -> u64 {
        self.cell.answered + self.cell.abandoned
    }

    /// Their total wait, µs.
    #[inline]
    pub fn wait(self) -> u64 {
        self.cell.answered_wait.saturating_add(self.cell.abandoned_wait)
    }
}

/// Sums of slices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    cell: Cell,
    answered_in: Vec<u64>,
    abandoned_in: Vec<u64>,
}

impl Sums {
    /// All zero, for a queue with so many classes of wait.
    pub(super) fn new(classes: usize) -> Self {
        Self { cell: Cell::default(), answered_in: vec![0; classes], abandoned_in: vec![0; classes] }
    }

    /// Back to all zero.
    pub(super) fn clear(&mut self) {
        self.cell = Cell::default();
        self.answered_in.fill(0);
        self.abandoned_in.fill(0);
    }

    /// Adds a slice; the longest wait is the longer one.
    #[inline]
    pub(super) fn add(&mut self, slice: Slice<'_>) {
        self.cell.add(slice.cell);
        for (mine, theirs) in self.answered_in.iter_mut().zip(slice.answered_in) {
            *mine += theirs;
        }
        for (mine, theirs) in self.abandoned_in.iter_mut().zip(slice.abandoned_in) {
            *mine += theirs;
        }
    }

    /// The sums, to be read like any slice.
    pub(super) fn slice(&self) -> Slice<'_> {
        Slice { cell: &self.cell, answered_in: &self.answered_in, abandoned_in: &self.abandoned_in }
    }
}
