//! Promises: what is measured, over what, and how it must be kept.

use super::Clock;
use crate::units::Micros;
use serde::Serialize;

/// A promise made for one queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What is promised.
    pub goal: Goal,
    /// Over which stretch of time it is measured.
    pub per: Per,
    /// Share of the stretches (days, weeks, months; interval-days for [`Per::Interval`]) on which it must hold.
    /// `None`: the long-run average must hold.
    pub on_days: Option<f64>,
    /// No interval's long-run level may be below this while planning. `None`: the planner's default.
    pub floor: Option<f64>,
    /// What missing it costs, and what exceeding it brings.
    pub penalties: Vec<Penalty>,
}

/// A sum that is due for each stretch (day, week, month) whose figure lies on the wrong side, or the right one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Penalty {
    /// The figure, as in the goal: a share, or seconds.
    pub at: f64,
    /// Due when the stretch's figure is below `at` (a penalty), else when it is at or above it (a bonus).
    pub below: bool,
    /// The sum for one stretch; negative for a bonus.
    pub cost: f64,
}

/// What is promised. Shares are 0–1.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// At least `share` answered within `within`, by the given definition of the service level.
    Answered {
        /// The least share.
        share: f64,
        /// Waits up to and including this count.
        within: Micros,
        /// What is divided by what.
        definition: Definition,
    },
    /// The mean wait of answered contacts is at most this.
    Asa(Micros),
    /// At most this share of the offered hang up.
    Abandoned(f64),
    /// No answered contact waits longer than this (`on_days` says how often).
    Longest(Micros),
    /// At least `share` of the arrived are done within `within`; what is open and overdue is a miss.
    Done {
        /// The least share.
        share: f64,
        /// From the case's first arrival to its end.
        within: Micros,
        /// The clock that counts.
        clock: Clock,
    },
    /// At least `share` of the replies inside chats come within `within` (see [`super::Typing`]).
    Replied {
        /// The least share.
        share: f64,
        /// From the customer's message to the agent's reply.
        within: Micros,
    },
    /// At least `share` of accepted callbacks are connected within their promise.
    CalledBack {
        /// The least share.
        share: f64,
    },
}

/// What a figure is held to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// A share that must be at least this.
    AtLeast(f64),
    /// A share that must be at most this.
    AtMost(f64),
    /// A time that must be at most this.
    WaitAtMost(Micros),
}

impl Goal {
    /// What the goal's figure is held to.
    pub fn limit(&self) -> Limit {
        match self {
            Self::Answered { share, .. }
            | Self::Done { share, .. }
            | Self::Replied { share, .. }
            | Self::CalledBack { share } => Limit::AtLeast(*share),
            Self::Abandoned(share) => Limit::AtMost(*share),
            Self::Asa(most) | Self::Longest(most) => Limit::WaitAtMost(*most),
        }
    }

    /// Whether the figure of several stretches together is that of their sums. A longest wait is not: it is the worst one's.
    pub fn adds_up(&self) -> bool {
        !matches!(self, Self::Longest(_))
    }

    /// Whether the figure is a share, 0–1, rather than a time.
    pub fn is_share(&self) -> bool {
        !matches!(self.limit(), Limit::WaitAtMost(_))
    }
}

/// The service-level definitions of rule 1. A answered, `A_T` answered within T, B abandoned, `B_T` abandoned within T,
/// D all offered, D′ = D − blocked − turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// `A_T / D`.
    Offered,
    /// `A_T / A`.
    Answered,
    /// `A_T / (D′ − B_T)`.
    IgnoreEarly,
    /// `(A_T + B_T) / D′`.
    CreditEarly,
    /// `A_T / (D′ − B_s)`.
    IgnoreShort {
        /// The short-abandonment threshold s.
        short: Micros,
    },
    /// `(A_T + B_s) / D′`.
    CreditShort {
        /// The short-abandonment threshold s.
        short: Micros,
    },
}

impl Definition {
    /// The key as written in a scenario file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Answered => "answered",
            Self::IgnoreEarly => "ignore_early",
            Self::CreditEarly => "credit_early",
            Self::IgnoreShort { .. } => "ignore_short",
            Self::CreditShort { .. } => "credit_short",
        }
    }
}

/// The stretch of time over which a promise is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// Every interval on its own.
    Interval,
    /// The day (the default).
    Day,
    /// Seven days from the start of the run.
    Week,
    /// The calendar month, or thirty days where days are numbered.
    Month,
    /// The whole run.
    Run,
}

impl Per {
    /// The key as written in a scenario file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Interval => "interval",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Run => "run",
        }
    }

    /// What is counted when it is asked how often a promise was kept.
    ///
    /// ```
    /// use headcount::model::Per;
    /// assert_eq!((Per::Month.stretches(), Per::Interval.stretches()), ("months", "interval-days"));
    /// ```
    pub fn stretches(self) -> &'static str {
        match self {
            Self::Interval => "interval-days",
            Self::Day => "days",
            Self::Week => "weeks",
            Self::Month => "months",
            Self::Run => "runs",
        }
    }

    /// How many independent runs with so many counted days make one stretch: 1 where the run holds it, or any run will do
    /// (see [`Model::runs_of`](super::Model::runs_of)).
    pub(super) fn runs_of(self, days: usize) -> usize {
        let working = match self {
            Self::Interval | Self::Day | Self::Run => return 1,
            Self::Week => 5,
            Self::Month => 21,
        };
        let inside = if days <= 5 { days } else { (days * 5 / 7).max(5) };
        (working / inside.max(1)).max(1)
    }

    /// The days it covers at least; 0 where any run will do.
    pub fn days(self) -> usize {
        match self {
            Self::Interval | Self::Run => 0,
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 28,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_made_of_working_days() {
        let months = [1, 3, 5, 7, 14, 28].map(|days| Per::Month.runs_of(days));
        assert_eq!(months, [21, 7, 4, 4, 2, 1]);
        assert_eq!([1, 2, 5, 7].map(|days| Per::Week.runs_of(days)), [5, 2, 1, 1]);
        assert_eq!([Per::Interval, Per::Day, Per::Run].map(|per| per.runs_of(1)), [1, 1, 1]);
    }
}
