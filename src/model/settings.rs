//! How sure the forecast is, how the run is made and what the plan aims for.

use crate::units::Micros;
use std::fmt;

/// How uncertain the forecast is. Every factor is gamma with mean 1, given by its coefficient of variation; 0: none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Demand {
    /// Of the factor on the volumes of a day that all queues share.
    pub day_factor_cv: f64,
    /// The same for the part shared by a week of the run (seven days from its start).
    pub week_factor_cv: f64,
    /// Of the factor on the volume of one interval of one queue, each for itself.
    pub interval_factor_cv: f64,
    /// Of the factor on all handle times and wrap-ups of a day.
    pub handle_factor_cv: f64,
}

impl Demand {
    /// Whether nothing varies but who happens to come, and how long each takes.
    pub fn is_exact(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the days differ as a whole.
    pub fn days_differ(&self) -> bool {
        self.day_factor_cv > 0.0 || self.week_factor_cv > 0.0 || self.handle_factor_cv > 0.0
    }
}

/// How the run is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How many replications.
    pub replications: Replications,
    /// Seed of every stream.
    pub seed: u64,
    /// State at the first opening.
    pub start: Start,
    /// Leading stretch that is simulated, not counted: a multiple of the interval, from the first opening.
    pub warm_up: Micros,
    /// What happens to those who wait at the end of the last day.
    pub at_end: AtEnd,
}

/// How many replications to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replications {
    /// This many.
    Fixed(u64),
    /// Until every target is decided or its interval is narrow enough.
    Auto,
}

impl Replications {
    /// What is played where the number is left to the program and nothing is decided on the way.
    const USUAL: u64 = 1000;

    /// This many, or the usual number.
    pub fn number(self) -> u64 {
        match self {
            Self::Fixed(number) => number,
            Self::Auto => Self::USUAL,
        }
    }
}

/// As a scenario writes it.
impl fmt::Display for Replications {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(number) => number.fmt(f),
            Self::Auto => f.write_str("auto"),
        }
    }
}

/// State of the centre at the first opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Nobody waits, everybody is free.
    Empty,
    /// As if it had been running for ever at the first interval's rates: reached by a run-in of this length, not counted.
    Steady {
        /// Length of the run-in.
        run_in: Micros,
    },
}

/// What happens to those who wait at the end of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtEnd {
    /// The last staffing stays until every contact has ended.
    Finish,
    /// They are unfinished.
    Drop,
}

/// What the plan aims for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// What is made as small as possible.
    pub objective: Objective,
    /// Chance that a certified answer is wrong, over the whole search.
    pub error: f64,
    /// Most people at once, all groups.
    pub headcount: Option<u32>,
    /// When an interval with a promise of its own has agents enough.
    pub intervals: Intervals,
}

/// When an interval with a promise of its own has agents enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intervals {
    /// When its estimate reaches the goal, and new replications do not show it below.
    Estimate,
    /// When the lower end of its one-sided 95% interval does.
    Certain,
}

/// What a plan makes as small as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// Hours of agents at work.
    AgentHours,
    /// Scheduled hours × rate.
    Cost,
    /// Most people at once.
    Headcount,
}
