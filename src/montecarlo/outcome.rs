//! What a run found: plain data, ready for any report.
//!
//! The types mirror the results contract key by key, so that `serde_json::to_value(&outcome)` is the published
//! object. Counts are per day of counted opening, times in seconds, shares 0–1. A figure that does not apply — no
//! patience, so no abandonment — is `None` and left out, never zero. Keys of features that the engine does not play
//! are added together with the feature. What only a chart needs is not serialised.

pub use super::felt::Felt;
pub use super::figures::{AnnouncedWait, CallbackScoring, DoneWithin, FirstAttempts, KeptWithin};
pub use super::found_in_group::{GroupInterval, GroupOutcome};
pub use super::found_in_queue::{QueueInterval, QueueOutcome};
pub use super::found_levels::{Bin, DayPercentiles, DayServiceLevel, ServiceLevel, WaitPercentiles};
use crate::model::Per;
use crate::stats::Estimate;
pub use crate::stats::Verdict;
use serde::{Serialize, Serializer};

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
    /// Over which stretch it is measured.
    pub per: Per,
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
pub(super) fn some_whole_or_real<S: Serializer>(
    value: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => whole_or_real(value, serializer),
        None => serializer.serialize_none(),
    }
}
