//! What a run found about one queue: keys of the results contract (see [`super::outcome`]).

use super::outcome::{
    AnnouncedWait, Bin, CallbackScoring, DayServiceLevel, DoneWithin, FirstAttempts, KeptWithin,
    ServiceLevel, WaitPercentiles,
};
use crate::stats::Estimate;
use serde::Serialize;

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
    /// Would come again, or answer what they were asked, but only after the end of the run, per day.
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
