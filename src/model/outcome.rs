//! What customers feel and what it is worth: curves over wait or resolution time. They read the queueing numbers and
//! change none of them.

use super::{Curve, QueueId};

/// One thing that follows from how long a customer waited.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its name in the scenario, such as `satisfied` or `lost`.
    pub name: String,
    /// Whose customers.
    pub queue: QueueId,
    /// What the curve is over.
    pub over: Over,
    /// Share of customers, over that time.
    pub share: Curve,
    /// Share of those who were never answered (abandoned, balked, blocked, turned away, unfinished).
    pub unanswered: Option<f64>,
    /// What one such customer is worth, or costs if negative.
    pub value: Option<f64>,
}

/// The time an outcome depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Wait of the answered.
    Wait,
    /// From the case's first arrival to its end, asking back not counted.
    Resolution,
}
