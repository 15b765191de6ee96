//! Customers who hear the expected wait, and act on it.

use super::Curve;

/// What customers do with an announced wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Announced {
    /// Share that hangs up at once, over the announced wait; in place of the queue's `balk`.
    pub balk: Option<Curve>,
    /// Factor on patience, over the announced wait.
    pub patience: Option<Curve>,
}
