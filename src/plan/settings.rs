//! How hard a plan looks, and how sure it has to be.

use crate::model::{Intervals, Model};
use crate::montecarlo::Stage;

/// The least level of any interval, while planning, where a target over a longer time does not say.
pub const FLOOR: f64 = 0.6;
/// Contacts after which a test of one candidate ends undecided; so many tapes fit into the usual memory.
const CONTACTS: f64 = 16e6;
/// Bounds on what that gives.
const FEWEST: f64 = 1000.0;
const MOST: f64 = 50_000.0;

/// How a plan is searched for. [`Settings::of`] takes from the scenario what it says and the usual values for the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Seed of every stream.
    pub seed: u64,
    /// Chance that a certified answer is wrong, over the whole search.
    pub error: f64,
    /// Replications of a search by interval, of the published outcome and of everything beside it; a test may take
    /// more.
    pub replications: u64,
    /// Replications after which a test ends undecided.
    pub most_replications: u64,
    /// Shares closer to their goal than this are not told apart: 0.001 is a tenth of a point.
    pub indifference: f64,
    /// Chance of error of what is said besides, such as the staffing for nine days in ten where it was not asked for.
    pub error_besides: f64,
    /// When an interval is good enough.
    pub bound: Bound,
    /// Whether theory may answer where it is exact.
    pub use_exact: bool,
    /// Memory for the customers of a search, in bytes; beyond, they are drawn again for every candidate.
    pub tape_bytes: usize,
    /// The least level of any interval where a target over a longer time does not say.
    pub floor: f64,
    /// Whether the answer comes with what stands beside it: nine days in ten, the formulas, the neighbours. Without, a
    /// plan is the staffing that was asked for and its confirmation, and takes a fraction of the time.
    pub beside: bool,
}

/// When an interval whose target is measured by interval is good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// When its estimate reaches the goal, and new replications do not show it below (by 3 standard errors).
    PointEstimate,
    /// When the lower end of its one-sided 95% interval does.
    LowerBound,
}

impl Settings {
    /// Replications of a walk through the day. Bounds ask for more than estimates: the nearer they lie to the estimates,
    /// the fewer agents they cost.
    pub(super) fn to_walk(&self) -> u64 {
        self.replications * if self.bound == Bound::LowerBound { 2 } else { 1 }
    }

    /// Replications by which intervals are confirmed.
    pub(super) fn to_confirm(&self) -> u64 {
        self.replications * if self.bound == Bound::LowerBound { 4 } else { 1 }
    }

    /// What the scenario says, and the usual values for the rest.
    pub fn of(model: &Model) -> Self {
        Self {
            seed: model.run.seed,
            error: model.plan.error,
            replications: model.run.replications.number().max(2),
            most_replications: (CONTACTS / model.expected_contacts().max(1.0)).clamp(FEWEST, MOST) as u64,
            indifference: 0.001,
            error_besides: 0.05,
            bound: match model.plan.intervals {
                Intervals::Estimate => Bound::PointEstimate,
                Intervals::Certain => Bound::LowerBound,
            },
            use_exact: true,
            tape_bytes: Stage::TAPE_BYTES,
            floor: FLOOR,
            beside: true,
        }
    }
}
