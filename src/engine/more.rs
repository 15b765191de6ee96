//! What is counted about behaviours that are switched on: contained, coming back, callbacks, deferred work.
//!
//! A queue that switches nothing on has none of these counters and pays nothing for them.

/// Counts of the contacts that arrived in one interval of the run, beyond those of [`super::Cell`]; the last group of
/// fields is of the interval itself. Times are µs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Settled by self-service, by the interval of entering.
    pub contained: u64,
    /// Entered self-service in this interval, contained or not.
    pub entered: u64,
    /// Offered because they hung up before.
    pub redials: u64,
    /// Offered because they were blocked before.
    pub redials_blocked: u64,
    /// Offered because an earlier contact did not solve the problem.
    pub repeats: u64,
    /// Offered because another queue passed them on: transferred, moved by `after_wait`, or left as a message.
    pub transferred: u64,
    /// Offered because a late item made the customer call.
    pub chases: u64,
    /// Offered because the customer answered what was asked.
    pub replies: u64,
    /// Who arrived in this interval and would come again, but only after the end of the run.
    pub unseen: u64,
    /// First attempts that were answered.
    pub first_answered: u64,
    /// First attempts that were blocked.
    pub first_blocked: u64,
    /// First attempts that moved on or accepted a callback: the answer, if any, is counted elsewhere.
    pub first_apart: u64,
    /// Who was offered a callback.
    pub callbacks_offered: u64,
    /// Callbacks that connected.
    pub connected: u64,
    /// Of those, within the promise.
    pub connected_in_time: u64,
    /// Callbacks given up after the last attempt.
    pub not_reached: u64,
    /// Callbacks neither connected nor given up when the run or the opening ended.
    pub callbacks_unfinished: u64,
    /// From acceptance to connection, all connected callbacks.
    pub connected_wait: u64,
    /// Who heard an expected wait and then waited to an answer.
    pub announced: u64,
    /// What they heard, in all.
    pub announced_wait: u64,
    /// What they then waited, in all.
    pub real_wait: u64,
    /// The differences between the two, without sign, in all.
    pub announced_error: u64,
    /// Cases that arrived here (touches after asking back are not cases of their own).
    pub cases: u64,
    /// Cases that an agent has been done with for the first time, ended or not.
    pub first_touches: u64,
    /// Cases that ended.
    pub resolved: u64,
    /// From the case's first arrival to its end, asking back not counted.
    pub resolution_time: u64,
    /// Cases that ended with one touch: not transferred, nothing asked, never to come back.
    pub resolved_at_once: u64,
    /// Touches of the cases that ended.
    pub touches: u64,
    /// Parked sessions that came back to an agent.
    pub resumed: u64,
    /// Of those, within the reply promise.
    pub resumed_in_time: u64,
    /// What they waited for.
    pub resumed_wait: u64,

    /// Time that accepted callbacks spent waiting during this interval, all together.
    pub callback_time: u64,
    /// Items open (waiting or in work) at the end of this interval.
    pub backlog: u64,
    /// Age of the oldest of them.
    pub oldest: u64,
}

impl More {
    /// Adds another one. Backlogs are those of the later one, which is how days add up to a run; the oldest is the
    /// oldest of all.
    pub fn add(&mut self, other: &Self) {
        self.contained += other.contained;
        self.entered += other.entered;
        self.redials += other.redials;
        self.redials_blocked += other.redials_blocked;
        self.repeats += other.repeats;
        self.transferred += other.transferred;
        self.chases += other.chases;
        self.replies += other.replies;
        self.unseen += other.unseen;
        self.first_answered += other.first_answered;
        self.first_blocked += other.first_blocked;
        self.first_apart += other.first_apart;
        self.callbacks_offered += other.callbacks_offered;
        self.connected += other.connected;
        self.connected_in_time += other.connected_in_time;
        self.not_reached += other.not_reached;
        self.callbacks_unfinished += other.callbacks_unfinished;
        self.connected_wait = self.connected_wait.saturating_add(other.connected_wait);
        self.announced += other.announced;
        self.announced_wait = self.announced_wait.saturating_add(other.announced_wait);
        self.real_wait = self.real_wait.saturating_add(other.real_wait);
        self.announced_error = self.announced_error.saturating_add(other.announced_error);
        self.cases += other.cases;
        self.first_touches += other.first_touches;
        self.resolved += other.resolved;
        self.resolution_time = self.resolution_time.saturating_add(other.resolution_time);
        self.resolved_at_once += other.resolved_at_once;
        self.touches += other.touches;
        self.resumed += other.resumed;
        self.resumed_in_time += other.resumed_in_time;
        self.resumed_wait = self.resumed_wait.saturating_add(other.resumed_wait);
        self.callback_time = self.callback_time.saturating_add(other.callback_time);
        self.backlog = other.backlog;
        self.oldest = self.oldest.max(other.oldest);
    }
}

/// How one `done` promise stands for the cases that arrived in one interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoneCell {
    /// First touched in time.
    pub started: u64,
    /// Ended in time.
    pub done: u64,
    /// Not touched at the end of the run, and not yet due then: neither kept nor missed.
    pub not_started_not_due: u64,
    /// Still open at the end of the run, and not yet due then.
    pub open_not_due: u64,
}

impl DoneCell {
    /// Adds another one.
    pub fn add(&mut self, other: &Self) {
        self.started += other.started;
        self.done += other.done;
        self.not_started_not_due += other.not_started_not_due;
        self.open_not_due += other.open_not_due;
    }
}
