//! Counts of behaviours over a stretch of time: contained, coming back, callbacks, deferred work.
//!
//! They lie apart from the counts that every queue has ([`super::slice::Slice`]): a queue that switches nothing on has
//! none of them and adds none up.

use crate::engine::{DoneCell, More, QueueTally};
use crate::model::{Goal, Model, QueueId};

/// What was counted of one stretch about behaviours, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct Beyond<'a> {
    /// Counts by behaviour.
    pub more: &'a More,
    /// First attempts answered by class of wait.
    pub first_answered_in: &'a [u64],
    /// Callbacks connected by class of the time from the offer on; empty without callbacks.
    pub connected_in: &'a [u64],
    /// One per `done` promise of the queue.
    pub done: &'a [DoneCell],
}

impl<'a> Beyond<'a> {
    /// One interval of a tally; nothing where no behaviour is on.
    #[inline]
    pub fn of(tally: &'a QueueTally, interval: usize) -> Option<Self> {
        let more = tally.more.get(interval)?;
        let classes = interval * tally.classes..(interval + 1) * tally.classes;
        let promises = interval * tally.promises..(interval + 1) * tally.promises;
        Some(Self {
            more,
            first_answered_in: &tally.first_answered_in[classes.clone()],
            connected_in: tally.connected_in.get(classes).unwrap_or_default(),
            done: &tally.done[promises],
        })
    }

    /// Cases first touched in time by `done` promise number `promise`, and the cases whose touch is done or due.
    pub fn started(self, promise: usize) -> (u64, u64) {
        let cell = &self.done[promise];
        (cell.started, self.more.cases.saturating_sub(cell.not_started_not_due))
    }

    /// Cases ended in time by `done` promise number `promise`, and the cases that are ended or due (rule 6).
    pub fn completed(self, promise: usize) -> (u64, u64) {
        let cell = &self.done[promise];
        (cell.done, self.more.cases.saturating_sub(cell.open_not_due))
    }

    /// Callbacks connected within threshold number `threshold` of the offer.
    pub fn connected_within(self, threshold: usize) -> u64 {
        self.connected_in.iter().take(threshold + 1).sum()
    }
}

/// How much of a queue's behaviours is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Classes of waiting time.
    classes: usize,
    /// Whether callbacks are offered.
    callbacks: bool,
    /// How many `done` promises there are.
    promises: usize,
}

impl Extent {
    /// That of a queue of the model; nothing where no behaviour is on.
    pub fn of(model: &Model, id: QueueId) -> Option<Self> {
        let queue = &model.queues[id.0];
        model.counts_more(id).then(|| Self {
            classes: queue.thresholds.len() + 1,
            callbacks: queue.journey.callback.is_some(),
            promises: queue.targets.iter().filter(|t| matches!(t.goal, Goal::Done { .. })).count(),
        })
    }

    /// How many `done` promises there are.
    pub fn promises(self) -> usize {
        self.promises
    }
}

/// Sums of such counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BeyondSums {
    more: More,
    first_answered_in: Vec<u64>,
    connected_in: Vec<u64>,
    done: Vec<DoneCell>,
}

impl BeyondSums {
    /// All zero.
    pub(super) fn new(extent: Extent) -> Self {
        Self {
            more: More::default(),
            first_answered_in: vec![0; extent.classes],
            connected_in: vec![0; if extent.callbacks { extent.classes } else { 0 }],
            done: vec![DoneCell::default(); extent.promises],
        }
    }

    /// Back to all zero.
    pub(super) fn clear(&mut self) {
        self.more = More::default();
        self.first_answered_in.fill(0);
        self.connected_in.fill(0);
        self.done.fill(DoneCell::default());
    }

    /// Adds a later stretch: its backlog is the one that is left.
    pub(super) fn add(&mut self, later: Beyond<'_>) {
        self.more.add(later.more);
        self.first_answered_in.iter_mut().zip(later.first_answered_in).for_each(|(mine, n)| *mine += n);
        self.connected_in.iter_mut().zip(later.connected_in).for_each(|(mine, n)| *mine += n);
        self.done.iter_mut().zip(later.done).for_each(|(mine, theirs)| mine.add(theirs));
    }

    /// The sums, to be read like any stretch.
    pub(super) fn beyond(&self) -> Beyond<'_> {
        Beyond {
            more: &self.more,
            first_answered_in: &self.first_answered_in,
            connected_in: &self.connected_in,
            done: &self.done,
        }
    }
}
