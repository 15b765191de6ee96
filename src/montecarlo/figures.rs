//! Parts of the results that only queues and groups with behaviours have: first attempts, callbacks, announced waits,
//! work done in time, replies. Keys are those of the results contract.

use super::outcome::whole_or_real;
use crate::stats::Estimate;
use serde::Serialize;

/// The service level of new customers alone, callbacks standing apart: who tries again has had bad luck before, and
/// would be counted twice.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FirstAttempts {
    /// The threshold T.
    #[serde(serialize_with = "whole_or_real")]
    pub within_s: f64,
    /// First attempts answered within T over first attempts, less those that moved on or accepted a callback.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Estimate>,
    /// First attempts answered within T over first attempts answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Estimate>,
}

/// The reported service level with each way to count accepted callbacks, side by side, so that none can hide too few
/// agents.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CallbackScoring {
    /// Callbacks are not in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apart: Option<Estimate>,
    /// A callback is in time if connected within its promise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_promise: Option<Estimate>,
    /// A callback is in time if connected within the threshold of the offer, as if the customer had held the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_continues: Option<Estimate>,
}

/// A share kept within a time.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KeptWithin {
    /// The time promised.
    #[serde(serialize_with = "whole_or_real")]
    pub within_s: f64,
    /// The share that kept it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Estimate>,
}

/// What customers were told and what they then had: those who heard a wait and waited to an answer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AnnouncedWait {
    /// Mean of the waits heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_announced_s: Option<Estimate>,
    /// Mean of the waits had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_real_s: Option<Estimate>,
    /// Mean difference between the two, whichever is longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_error_s: Option<Estimate>,
}

/// How a promise on deferred work was kept. What is open at the end and not yet due then counts neither way.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DoneWithin {
    /// The time promised.
    #[serde(serialize_with = "whole_or_real")]
    pub within_s: f64,
    /// The clock that counts, as written in a scenario.
    pub clock: &'static str,
    /// Share of cases first touched within it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Estimate>,
    /// Share of cases ended within it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<Estimate>,
}
