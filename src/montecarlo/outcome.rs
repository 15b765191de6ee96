//! What a run found: plain data, ready for any report.
//!
//! The types mirror the results contract key by key, so that `serde_json::to_value(&outcome)` is the published
//! object. Counts are per day of counted opening, times in seconds, shares 0–1. A figure that does not apply — no
//! patience, so no abandonment — is `None` and left out, never zero. Keys of features that the engine does not play
//! are added together with the feature. What only a chart needs is not serialised.

pub use super::felt::Felt;
pub use super::figures::{AnnouncedWait, CallbackScoring, DoneWithin, FirstAttempts, KeptWithin};
use crate::stats::Estimate;
pub use crate::stats::Verdict;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Everything that was found about one scenario under one staffing.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// The scenario's name.
    pub scenario: String,
    /// Seed of every stream.
    pub seed: u64,
    /// Replications behind every figure.
    pub replications: u64,
    /// Whether the run was cut short: what is reported is what was finished.
    #[serde(skip_serializing_if = "is_false")]
    pub interrupted: bool,
    /// Confidence level of every interval, 0.95 unless asked otherwise.
    pub level: f64,
    /// Contacts simulated over all replications, those of the warm-up included.
    pub contacts_simulated: u64,
    /// The whole centre.
    pub total: Total,
    /// One per queue of the model, in its order.
    pub queues: Vec<QueueOutcome>,
    /// One per group of the model, in its order.
    pub groups: Vec<GroupOutcome>,
    /// Every promise, queue by queue, then the groups' caps on occupancy.
    pub targets: Vec<TargetOutcome>,
    /// What customers felt, one per outcome of the model, in its order; left out where the model has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Felt>,
}

impl Outcome {
    /// The verdict on all targets together: missed if any is, else undecided if any is; `None` without targets.
    pub fn verdict(&self) -> Option<Verdict> {
        let badness = |verdict: &Verdict| match verdict {
            Verdict::Met => 0,
            Verdict::Undecided => 1,
            Verdict::Missed => 2,
        };
        self.targets.iter().map(|target| target.verdict).max_by_key(badness)
    }
}

/// The whole centre, per day.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Total {
    /// Contacts offered; one that moves to another queue is offered in both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Estimate>,
    /// Contacts answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Estimate>,
    /// Abandoned and balked over offered, all queues together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abandonment: Option<Estimate>,
    /// Scheduled hours × rate, all groups that have a rate; and where there are any, prices of answered contacts and
    /// penalties less bonuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Estimate>,
    /// The scheduled hours' part of `cost`; this and the next four only where `cost` has another part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff_cost: Option<Estimate>,
    /// The part that is paid by the answered contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_cost: Option<Estimate>,
    /// Penalties less bonuses, all targets; negative where bonuses exceed penalties.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub penalty_cost: Option<Estimate>,
    /// `cost` over contacts answered (in the first place: connected callbacks are not among them).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_per_contact: Option<Estimate>,
    /// `cost` over cases resolved, where any queue counts cases; an answered contact of a queue that does not is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_per_resolved: Option<Estimate>,
    /// What all outcomes that have a value are worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Estimate>,
}

/// What was found about one queue.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QueueOutcome {
    /// Its name.
    pub name: String,
    /// Its channel, as written in a scenario.
    pub channel: &'static str,
    /// Contacts per day that reached the queue or were contained before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered: Option<Estimate>,
    /// Settled by self-service, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contained: Option<Estimate>,
    /// Contained, over those who entered self-service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub containment: Option<Estimate>,
    /// Contacts offered per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Estimate>,
    /// New customers per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_attempts: Option<Estimate>,
    /// Answered per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Estimate>,
    /// Hung up while waiting, per day; balkers apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abandoned: Option<Estimate>,
    /// Hung up at once when they would have had to wait, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub balked: Option<Estimate>,
    /// Found all lines or places taken, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Estimate>,
    /// Came while closed, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turned_away: Option<Estimate>,
    /// Left for another queue, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_on: Option<Estimate>,
    /// Still waiting when the opening or the run ended, or out of everybody's reach, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unfinished: Option<Estimate>,
    /// Would come again, but only after the end of the run, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unseen: Option<Estimate>,
    /// Offered because they hung up before, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redials: Option<Estimate>,
    /// Offered because they were blocked before, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redials_blocked: Option<Estimate>,
    /// Offered because an earlier contact did not solve the problem, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<Estimate>,
    /// Offered because another queue passed them on, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transferred: Option<Estimate>,
    /// Offered because a late item made the customer call, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chases: Option<Estimate>,
    /// Offered because the customer answered what was asked, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<Estimate>,
    /// Offered a callback, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callbacks_offered: Option<Estimate>,
    /// Accepted a callback instead of waiting, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callbacks: Option<Estimate>,
    /// Callbacks connected, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callbacks_connected: Option<Estimate>,
    /// Callbacks given up after the last attempt, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callbacks_not_reached: Option<Estimate>,
    /// Callbacks neither connected nor given up at the end, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callbacks_unfinished: Option<Estimate>,
    /// Share of the answered and abandoned that had to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_probability: Option<Estimate>,
    /// Mean wait of the answered and abandoned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_wait_s: Option<Estimate>,
    /// Mean wait of the answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asa_s: Option<Estimate>,
    /// Abandoned and balked over offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abandonment: Option<Estimate>,
    /// Blocked over offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocking: Option<Estimate>,
    /// Blocked over offered, first attempts alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_attempt_blocked: Option<Estimate>,
    /// The service level at the first target's threshold, else at the channel's usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_level: Option<ServiceLevel>,
    /// The service level at every threshold counted, in rising order.
    pub service_levels: Vec<ServiceLevel>,
    /// The reported service level of new customers alone, where others come as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_attempt_service_level: Option<FirstAttempts>,
    /// The reported service level with each way to count callbacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_scoring: Option<CallbackScoring>,
    /// Percentiles of the wait of answered contacts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_percentiles_s: Option<WaitPercentiles>,
    /// Mean over replications of the longest wait of an answered contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest_wait_s: Option<Estimate>,
    /// Contacts waiting, averaged over counted opening time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_queue: Option<Estimate>,
    /// Callbacks connected within their promise, over those accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_promise: Option<KeptWithin>,
    /// Mean time from accepting a callback to its connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_wait_s: Option<Estimate>,
    /// Accepted callbacks waiting, averaged over counted opening time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_callback_queue: Option<Estimate>,
    /// Waits as announced, and as they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced: Option<AnnouncedWait>,
    /// Parked sessions that came back to an agent, per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resumed: Option<Estimate>,
    /// Mean wait of a parked session for an agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_wait_s: Option<Estimate>,
    /// Parked sessions that came back to an agent in time, where that is promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replied: Option<KeptWithin>,
    /// Items open, waiting or in work, at the end of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backlog_end: Option<Estimate>,
    /// Mean time from a case's first arrival to its end, what customers took to answer not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution_time_s: Option<Estimate>,
    /// Cases that ended with one touch, over those that ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_contact_resolution: Option<Estimate>,
    /// Touches of a case that ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub touches_per_case: Option<Estimate>,
    /// One per `done` target: how it was kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<DoneWithin>,
    /// The service level day by day: what tomorrow may bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_service_level: Option<DayServiceLevel>,
    /// Every counted interval that is open, and every closed one in which customers come all the same.
    pub intervals: Vec<QueueInterval>,
    /// Waits of answered contacts, for a chart.
    #[serde(skip)]
    pub wait_bins: Vec<Bin>,
}

/// One threshold, every definition of the service level.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ServiceLevel {
    /// The threshold T.
    #[serde(serialize_with = "whole_or_real")]
    pub within_s: f64,
    /// Answered within T over all offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Estimate>,
    /// Answered within T over answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Estimate>,
    /// Who hangs up within T does not count at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_early: Option<Estimate>,
    /// Who hangs up within T counts as answered in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_early: Option<Estimate>,
    /// Who hangs up within the short threshold of a target does not count at all; only where a target says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_short: Option<Estimate>,
    /// Who hangs up within the short threshold of a target counts as answered in time; only where a target says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_short: Option<Estimate>,
}

/// Percentiles of waits, in seconds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WaitPercentiles {
    /// The median.
    #[serde(rename = "50", skip_serializing_if = "Option::is_none")]
    pub p50: Option<Estimate>,
    /// Nine in ten wait no longer.
    #[serde(rename = "90", skip_serializing_if = "Option::is_none")]
    pub p90: Option<Estimate>,
    /// Nineteen in twenty wait no longer.
    #[serde(rename = "95", skip_serializing_if = "Option::is_none")]
    pub p95: Option<Estimate>,
    /// Ninety-nine in a hundred wait no longer.
    #[serde(rename = "99", skip_serializing_if = "Option::is_none")]
    pub p99: Option<Estimate>,
}

/// The service level day by day. Its spread is chance that no number of replications takes away.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DayServiceLevel {
    /// Mean of the days' service levels: busy days weigh no more than quiet ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<Estimate>,
    /// Where most days lie.
    pub percentiles: DayPercentiles,
    /// The threshold at which the days are measured, in seconds.
    #[serde(skip)]
    pub within_s: f64,
    /// The definition by which the days are measured.
    #[serde(skip)]
    pub definition: &'static str,
    /// The share promised by the first `answered` target, if there is one.
    #[serde(skip)]
    pub goal: Option<f64>,
    /// Share of days at or above `goal`.
    #[serde(skip)]
    pub days_met: Option<Estimate>,
    /// Days by service level, for a chart.
    #[serde(skip)]
    pub bins: Vec<Bin>,
}

/// Percentiles over days.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DayPercentiles {
    /// One day in twenty is worse.
    #[serde(rename = "5", skip_serializing_if = "Option::is_none")]
    pub p5: Option<Estimate>,
    /// The median day.
    #[serde(rename = "50", skip_serializing_if = "Option::is_none")]
    pub p50: Option<Estimate>,
    /// One day in twenty is better.
    #[serde(rename = "95", skip_serializing_if = "Option::is_none")]
    pub p95: Option<Estimate>,
}

/// One bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Its left end (seconds, or a share).
    pub low: f64,
    /// Its right end.
    pub high: f64,
    /// How many fell into it, over all replications.
    pub count: u64,
}

/// One counted interval of a queue. Counts are means of that interval; a closed one has no service level.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QueueInterval {
    /// Position in the run's grid.
    #[serde(skip)]
    pub index: usize,
    /// Day of the run, from 1.
    pub day: usize,
    /// Time of day at which it starts, as `08:30`.
    pub start: String,
    /// Contacts offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Estimate>,
    /// Contacts answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Estimate>,
    /// Hung up while waiting; balkers apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abandoned: Option<Estimate>,
    /// Mean wait of the answered and abandoned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_wait_s: Option<Estimate>,
    /// The service level, by the first `answered` target's definition, else `offered`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_level: Option<Estimate>,
    /// Contacts waiting, averaged over the interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_queue: Option<Estimate>,
    /// Items open, waiting or in work, at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backlog: Option<Estimate>,
    /// Age of the oldest of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest_s: Option<Estimate>,
    /// Cases that arrived in it and ended in time, by the first `done` target, over those ended or due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<Estimate>,
}

/// What was found about one group. Hours and cost are per day.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GroupOutcome {
    /// Its name.
    pub name: String,
    /// Hours at work as staffed, overtime not included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staffed_hours: Option<Estimate>,
    /// Hours handling and wrapping up, to the last contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub busy_hours: Option<Estimate>,
    /// Part of the busy hours worked by agents who were due to have left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overtime_hours: Option<Estimate>,
    /// Busy over busy and idle, up to closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupancy: Option<Estimate>,
    /// Contacts in hand over agents at work, up to closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_in_hand: Option<Estimate>,
    /// Share of the time at work with so many in hand, up to closing; empty for a group that holds one at a time.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub load_shares: BTreeMap<usize, Estimate>,
    /// Contacts in hand over the most that the agents at work could hold, up to closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot_occupancy: Option<Estimate>,
    /// Mean time from a customer's message to the reply, inside chats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_reply_s: Option<Estimate>,
    /// Replies inside chats in time, for each time that a queue of the group promises.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replied: Vec<KeptWithin>,
    /// Scheduled hours × rate, and price × contacts answered where the group is paid by the contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Estimate>,
    /// Every counted open interval.
    pub intervals: Vec<GroupInterval>,
}

/// One counted open interval of a group.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GroupInterval {
    /// Position in the run's grid.
    #[serde(skip)]
    pub index: usize,
    /// Day of the run, from 1.
    pub day: usize,
    /// Time of day at which it starts, as `08:30`.
    pub start: String,
    /// Agents at work.
    pub agents: u32,
    /// Busy over busy and idle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupancy: Option<Estimate>,
}

/// One promise and how it was kept.
#[derive(Clone, Debug, Serialize)]
pub struct TargetOutcome {
    /// The queue that it was made for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// The group, for a cap on occupancy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What is promised.
    pub kind: TargetKind,
    /// The goal: a share, or seconds for `asa` and `longest`.
    #[serde(serialize_with = "whole_or_real")]
    pub goal: f64,
    /// The threshold of an `answered` target.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "some_whole_or_real")]
    pub within_s: Option<f64>,
    /// Over which stretch it is measured, as written in a scenario.
    pub per: &'static str,
    /// The definition of an `answered` target, as written in a scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<&'static str>,
    /// Share of the stretches on which it must hold; left out where the long-run average must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_days: Option<f64>,
    /// The long-run figure, in the goal's unit; with `per = "interval"` that of the worst interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achieved: Option<Estimate>,
    /// Share of the stretches (days, weeks, months, interval-days, runs) on which it held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_met: Option<Estimate>,
    /// The interval that `achieved` speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst_interval: Option<Place>,
    /// Whether the promise is kept, at the plan's error.
    pub verdict: Verdict,
    /// Penalties less bonuses, per day on which the centre is open; only where the promise has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub penalty_cost: Option<Estimate>,
}

/// Where in the run an interval lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Position in the run's grid.
    #[serde(skip)]
    pub index: usize,
    /// Day of the run, from 1.
    pub day: usize,
    /// Time of day at which it starts, as `08:30`.
    pub start: String,
}

/// What a target promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// At least a share answered in time.
    Answered,
    /// A mean wait of the answered of at most so many seconds.
    Asa,
    /// At most a share abandons.
    Abandoned,
    /// No answered contact waits longer than so many seconds.
    Longest,
    /// At least a share done in time, by the clock that `definition` names.
    Done,
    /// At least a share of replies inside chats in time.
    Replied,
    /// At least a share of callbacks connected within their promise.
    CalledBack,
    /// A group is busy for at most a share of its time.
    MaxOccupancy,
}

/// For `skip_serializing_if`, which passes a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Seconds and shares as a person would write them: 120, not 120.0.
#[allow(clippy::trivially_copy_pass_by_ref)]
pub(super) fn whole_or_real<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

/// The same where there may be none.
#[allow(clippy::ref_option)]
fn some_whole_or_real<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => whole_or_real(value, serializer),
        None => serializer.serialize_none(),
    }
}
