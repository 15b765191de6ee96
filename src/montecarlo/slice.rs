//! Counts of the contacts that arrived in some stretch of time: an interval, a day, the whole run.

use super::beyond::{Beyond, BeyondSums, Extent};
use crate::engine::{Cell, QueueTally};
use crate::model::Scored;

/// What was counted about the contacts of one stretch, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct Slice<'a> {
    /// Counts by fate.
    pub cell: &'a Cell,
    /// Answered contacts by class of wait.
    pub answered_in: &'a [u64],
    /// Abandoned contacts by class of wait; balkers are not among them.
    pub abandoned_in: &'a [u64],
    /// Counts of behaviours; nothing where none is on.
    pub beyond: Option<Beyond<'a>>,
    /// For each promise about replies inside chats: those in time and all, in millionths of a reply.
    pub replied: &'a [(u64, u64)],
}

/// Callbacks that a service level counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Callbacks {
    /// Connected in time.
    pub in_time: u64,
    /// Connected at all.
    pub connected: u64,
    /// Accepted.
    pub accepted: u64,
}

impl<'a> Slice<'a> {
    /// One interval of a tally; replies inside chats are not in it (see [`super::digest`]).
    #[inline]
    pub fn of(tally: &'a QueueTally, interval: usize) -> Self {
        let classes = interval * tally.classes..(interval + 1) * tally.classes;
        Self {
            cell: &tally.cells[interval],
            answered_in: &tally.answered_in[classes.clone()],
            abandoned_in: &tally.abandoned_in[classes],
            beyond: Beyond::of(tally, interval),
            replied: &[],
        }
    }

    /// The callbacks that a level scored in this way counts at threshold number `threshold`: none where they stand
    /// apart.
    #[inline]
    pub fn callbacks(self, scored: Scored, threshold: usize) -> Callbacks {
        let Some(beyond) = self.beyond.filter(|_| scored != Scored::Apart) else {
            return Callbacks::default();
        };
        let in_time = match scored {
            Scored::Apart => 0,
            Scored::ByPromise => beyond.more.connected_in_time,
            Scored::ClockContinues => beyond.connected_within(threshold),
        };
        Callbacks { in_time, connected: beyond.more.connected, accepted: self.cell.callbacks }
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
    beyond: Option<Box<BeyondSums>>,
    replied: Vec<(u64, u64)>,
}

impl Sums {
    /// All zero, for a queue with so many classes of wait, these behaviours, and so many promises about replies.
    pub(super) fn new(classes: usize, extent: Option<Extent>, replied: usize) -> Self {
        Self {
            cell: Cell::default(),
            answered_in: vec![0; classes],
            abandoned_in: vec![0; classes],
            beyond: extent.map(|extent| Box::new(BeyondSums::new(extent))),
            replied: vec![(0, 0); replied],
        }
    }

    /// Back to all zero.
    pub(super) fn clear(&mut self) {
        self.cell = Cell::default();
        self.answered_in.fill(0);
        self.abandoned_in.fill(0);
        self.replied.fill((0, 0));
        if let Some(beyond) = &mut self.beyond {
            beyond.clear();
        }
    }

    /// Adds a later slice; the longest wait is the longer one.
    #[inline]
    pub(super) fn add(&mut self, slice: Slice<'_>) {
        self.cell.add(slice.cell);
        for (mine, theirs) in self.answered_in.iter_mut().zip(slice.answered_in) {
            *mine += theirs;
        }
        for (mine, theirs) in self.abandoned_in.iter_mut().zip(slice.abandoned_in) {
            *mine += theirs;
        }
        for (mine, theirs) in self.replied.iter_mut().zip(slice.replied) {
            *mine = (mine.0.saturating_add(theirs.0), mine.1.saturating_add(theirs.1));
        }
        if let (Some(mine), Some(theirs)) = (&mut self.beyond, slice.beyond) {
            mine.add(theirs);
        }
    }

    /// The sums, to be read like any slice.
    pub(super) fn slice(&self) -> Slice<'_> {
        Slice {
            cell: &self.cell,
            answered_in: &self.answered_in,
            abandoned_in: &self.abandoned_in,
            beyond: self.beyond.as_deref().map(BeyondSums::beyond),
            replied: &self.replied,
        }
    }
}
