//! Pauses of a messaging session.

use super::Law;
use crate::units::Micros;

/// The customer falls silent now and then; after a while the session is parked and the agent's place is free. When the
/// customer writes again, the session goes on with the same agent if that person is still there and has room, else it
/// joins the queue's line at that instant, behind those who came earlier; it is not offered or answered anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Silence {
    /// Work between two silences: exponential with this mean, so that long sessions pause more often.
    pub every: Micros,
    /// How long a silence lasts.
    pub lasts: Law,
    /// Silences longer than this park the session.
    pub park_after: Micros,
}
