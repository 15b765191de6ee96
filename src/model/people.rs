//! People rather than numbers: who stays away, who comes late, who is still learning.

use super::Law;

/// What is uncertain, or changes, about a group's people. Everything is off by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// Chance that a person at work on a day stays away that day: a risk, drawn anew for each day and seat.
    pub absence: f64,
    /// Coming late to the start of a shift.
    pub late: Option<Late>,
    /// Being slower at first.
    pub learning: Option<Learning>,
}

/// Coming late.
#[derive(Clone, Debug, PartialEq)]
pub struct Late {
    /// Chance that a person comes late on a day.
    pub share: f64,
    /// How late.
    pub by: Law,
}

/// Being slower at first: handle times are multiplied by 1 + (`factor` − 1) · exp(−3 · week / `weeks`), week from 0 at
/// the start of the run, so that 95% of the lag is gone after `weeks`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learning {
    /// The multiplier on the first day.
    pub factor: f64,
    /// Weeks until it is nearly gone.
    pub weeks: f64,
}
