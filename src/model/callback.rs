//! Callbacks: an offer made to who would have to wait (rule 9).

use super::{Curve, Factor, Law};
use crate::units::Micros;

/// How a queue offers and keeps callbacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback {
    /// When it is offered.
    pub offer: Offer,
    /// Share of those who qualify to whom it is offered.
    pub share: f64,
    /// Chance that it is accepted, over the announced wait.
    pub accept: Curve,
    /// Where the customer waits meanwhile.
    pub place: Place,
    /// Within what time the call is promised.
    pub promise: Micros,
    /// `Separate`: dialled while more than this many agents of the group are idle, the dialler included.
    pub reserve: u32,
    /// Chance that an attempt reaches the customer.
    pub reached: f64,
    /// Most attempts.
    pub attempts: u32,
    /// Time to the next attempt.
    pub retry_after: Law,
    /// Agent time of an attempt that reaches nobody.
    pub dialling: Option<Law>,
    /// Multiplier on the handle time of a callback.
    pub factor: Factor,
    /// How callbacks count in the queue's service level.
    pub scored: Scored,
}

/// When a callback is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// To everyone who would have to wait.
    Always,
    /// When at least so many are waiting.
    Waiting(u32),
    /// When the expected wait is at least this.
    ExpectedWait(Micros),
}

/// Where who accepted waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In line, as if still on the telephone.
    Keep,
    /// In a line of their own, behind live contacts.
    Separate,
}

/// How callbacks count in the queue's service level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scored {
    /// Not at all; they have a promise of their own.
    #[default]
    Apart,
    /// In time if connected within the promise, whatever the threshold.
    ByPromise,
    /// As if the customer had waited on the line.
    ClockContinues,
}

impl Scored {
    /// The key as written in a scenario file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::ByPromise => "by_promise",
            Self::ClockContinues => "clock_continues",
        }
    }
}
