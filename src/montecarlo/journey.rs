//! Sums over replications of what behaviours bring: who comes back, callbacks, deferred work. A queue that switches
//! nothing on has none of them.

use super::digest::QueueDigest;
use super::frame::QueueFrame;
use super::slice::Slice;
use crate::engine::{More, QueueTally};
use crate::stats::{MeanMoments, RatioMoments};

/// Something counted over the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Contained and offered.
    Entered,
    /// Settled by self-service.
    Contained,
    /// Offered because they hung up before.
    Redials,
    /// Offered because they were blocked before.
    RedialsBlocked,
    /// Offered because an earlier contact did not solve the problem.
    Repeats,
    /// Offered because another queue passed them on.
    Transferred,
    /// Offered because a late item made the customer call.
    Chases,
    /// Offered because the customer answered what was asked.
    Replies,
    /// Would come again, but only after the end of the run.
    Unseen,
    /// Were offered a callback.
    CallbacksOffered,
    /// Accepted it.
    Callbacks,
    /// Callbacks connected.
    Connected,
    /// Callbacks given up.
    NotReached,
    /// Callbacks neither connected nor given up.
    CallbacksUnfinished,
    /// Parked sessions that came back to an agent.
    Resumed,
    /// Items open at the end of the run.
    BacklogEnd,
}

impl Count {
    /// Every one, in order.
    const ALL: [Self; 16] = [
        Self::Entered,
        Self::Contained,
        Self::Redials,
        Self::RedialsBlocked,
        Self::Repeats,
        Self::Transferred,
        Self::Chases,
        Self::Replies,
        Self::Unseen,
        Self::CallbacksOffered,
        Self::Callbacks,
        Self::Connected,
        Self::NotReached,
        Self::CallbacksUnfinished,
        Self::Resumed,
        Self::BacklogEnd,
    ];

    fn of(self, run: Slice<'_>, more: &More) -> u64 {
        match self {
            Self::Entered => more.contained + run.cell.offered(),
            Self::Contained => more.contained,
            Self::Redials => more.redials,
            Self::RedialsBlocked => more.redials_blocked,
            Self::Repeats => more.repeats,
            Self::Transferred => more.transferred,
            Self::Chases => more.chases,
            Self::Replies => more.replies,
            Self::Unseen => more.unseen,
            Self::CallbacksOffered => more.callbacks_offered,
            Self::Callbacks => run.cell.callbacks,
            Self::Connected => more.connected,
            Self::NotReached => more.not_reached,
            Self::CallbacksUnfinished => more.callbacks_unfinished,
            Self::Resumed => more.resumed,
            Self::BacklogEnd => more.backlog,
        }
    }
}

/// A numerator over a denominator, both counted over the run. Times are µs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ratio {
    /// Contained, over those who entered self-service.
    Containment,
    /// First attempts blocked, over first attempts.
    FirstBlocked,
    /// From acceptance to connection, over callbacks connected.
    CallbackWait,
    /// Callbacks connected within the promise, over those accepted.
    CallbackKept,
    /// Waits heard, over those who heard one and waited to an answer.
    AnnouncedWait,
    /// Waits had, over the same.
    RealWait,
    /// Differences between the two without sign, over the same.
    AnnouncedError,
    /// From a case's first arrival to its end, over cases that ended.
    Resolution,
    /// Cases that ended with one touch, over cases that ended.
    ResolvedAtOnce,
    /// Touches, over cases that ended.
    Touches,
    /// Waits of parked sessions for an agent, over those resumed.
    ReplyWait,
    /// Parked sessions resumed in time, over those resumed.
    ReplyKept,
}

impl Ratio {
    /// Every one, in order.
    const ALL: [Self; 12] = [
        Self::Containment,
        Self::FirstBlocked,
        Self::CallbackWait,
        Self::CallbackKept,
        Self::AnnouncedWait,
        Self::RealWait,
        Self::AnnouncedError,
        Self::Resolution,
        Self::ResolvedAtOnce,
        Self::Touches,
        Self::ReplyWait,
        Self::ReplyKept,
    ];

    fn of(self, run: Slice<'_>, more: &More) -> (u64, u64) {
        match self {
            Self::Containment => (more.contained, more.entered),
            Self::FirstBlocked => (more.first_blocked, run.cell.first_attempts),
            Self::CallbackWait => (more.connected_wait, more.connected),
            Self::CallbackKept => (more.connected_in_time, run.cell.callbacks),
            Self::AnnouncedWait => (more.announced_wait, more.announced),
            Self::RealWait => (more.real_wait, more.announced),
            Self::AnnouncedError => (more.announced_error, more.announced),
            Self::Resolution => (more.resolution_time, more.resolved),
            Self::ResolvedAtOnce => (more.resolved_at_once, more.first_touches),
            Self::Touches => (more.touches, more.resolved),
            Self::ReplyWait => (more.resumed_wait, more.resumed),
            Self::ReplyKept => (more.resumed_in_time, more.resumed),
        }
    }
}

/// Sums for one queue over the counted run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JourneySums {
    counts: [MeanMoments; Count::ALL.len()],
    ratios: [RatioMoments; Ratio::ALL.len()],
    /// Time that accepted callbacks spent waiting during counted open intervals, µs.
    pub callback_time: MeanMoments,
    /// First attempts answered within the reported threshold, over first attempts of rule 1's D.
    pub first_offered: RatioMoments,
    /// The same over first attempts answered.
    pub first_answered: RatioMoments,
    /// The reported level by [`QueueFrame::scorings`].
    pub scorings: [RatioMoments; 3],
    /// For each `done` promise: cases first touched in time, and cases ended in time, over cases done or due.
    pub done: Vec<[RatioMoments; 2]>,
    /// One per interval shown.
    pub intervals: Vec<StockSums>,
}

/// Sums for the work that lies open at the end of an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StockSums {
    /// Items open.
    pub backlog: MeanMoments,
    /// Age of the oldest, µs.
    pub oldest: MeanMoments,
    /// Cases that arrived in it and ended in time by the first `done` promise, over those done or due.
    pub done: RatioMoments,
}

impl JourneySums {
    /// Of a queue's frame; nothing where no behaviour is on.
    pub(super) fn new(queue: &QueueFrame) -> Option<Box<Self>> {
        let extent = queue.extent?;
        Some(Box::new(Self {
            done: vec![<[RatioMoments; 2]>::default(); extent.promises()],
            intervals: vec![StockSums::default(); queue.shown.len()],
            ..Self::default()
        }))
    }

    /// A count per replication.
    pub fn count(&self, count: Count) -> &MeanMoments {
        &self.counts[count as usize]
    }

    /// A ratio over replications.
    pub fn ratio(&self, ratio: Ratio) -> &RatioMoments {
        &self.ratios[ratio as usize]
    }

    /// Counts one replication.
    pub(super) fn add(&mut self, queue: &QueueFrame, tally: &QueueTally, digest: &QueueDigest) {
        let run = digest.run();
        let Some(beyond) = run.beyond else { return };
        for (sums, count) in self.counts.iter_mut().zip(Count::ALL) {
            sums.push(count.of(run, beyond.more));
        }
        for (sums, ratio) in self.ratios.iter_mut().zip(Ratio::ALL) {
            push(sums, ratio.of(run, beyond.more));
        }
        if let Some(level) = queue.level {
            let good = beyond.first_answered_in.iter().take(level.threshold() + 1).sum();
            let offered = run.cell.first_attempts.saturating_sub(beyond.more.first_apart);
            self.first_offered.push(good, offered);
            self.first_answered.push(good, beyond.more.first_answered);
        }
        for (sums, level) in self.scorings.iter_mut().zip(queue.scorings.iter().flatten()) {
            push(sums, level.fraction(run));
        }
        for (promise, [started, completed]) in self.done.iter_mut().enumerate() {
            push(started, beyond.started(promise));
            push(completed, beyond.completed(promise));
        }
        self.add_intervals(queue, tally, digest);
    }

    fn add_intervals(&mut self, queue: &QueueFrame, tally: &QueueTally, digest: &QueueDigest) {
        let waiting = queue.open.iter().map(|&i| tally.more[i].callback_time);
        self.callback_time.push(waiting.fold(0, u64::saturating_add));
        for (sums, &i) in self.intervals.iter_mut().zip(&queue.shown) {
            let Some(beyond) = digest.at(tally, i).beyond else { continue };
            sums.backlog.push(beyond.more.backlog);
            sums.oldest.push(beyond.more.oldest);
            if !beyond.done.is_empty() {
                push(&mut sums.done, beyond.completed(0));
            }
        }
    }

    /// Adds what another one counted.
    pub(super) fn merge(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(mine, theirs)| mine.merge(theirs));
        self.ratios.iter_mut().zip(&other.ratios).for_each(|(mine, theirs)| mine.merge(theirs));
        self.callback_time.merge(&other.callback_time);
        self.first_offered.merge(&other.first_offered);
        self.first_answered.merge(&other.first_answered);
        self.scorings.iter_mut().zip(&other.scorings).for_each(|(mine, theirs)| mine.merge(theirs));
        let done = self.done.iter_mut().flatten().zip(other.done.iter().flatten());
        done.for_each(|(mine, theirs)| mine.merge(theirs));
        self.intervals.iter_mut().zip(&other.intervals).for_each(|(mine, theirs)| mine.merge(theirs));
    }
}

impl StockSums {
    fn merge(&mut self, other: &Self) {
        self.backlog.merge(&other.backlog);
        self.oldest.merge(&other.oldest);
        self.done.merge(&other.done);
    }
}

/// Counts one replication of a fraction.
fn push(moments: &mut RatioMoments, (x, y): (u64, u64)) {
    moments.push(x, y);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_own_place() {
        assert!(Count::ALL.into_iter().enumerate().all(|(place, count)| place == count as usize));
        assert!(Ratio::ALL.into_iter().enumerate().all(|(place, ratio)| place == ratio as usize));
    }
}
