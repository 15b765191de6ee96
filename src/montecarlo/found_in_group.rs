//! What a run found about one group: keys of the results contract (see [`super::outcome`]).

use super::outcome::KeptWithin;
use crate::stats::Estimate;
use serde::Serialize;
use std::collections::BTreeMap;

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
