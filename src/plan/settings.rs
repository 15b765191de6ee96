//! How hard a plan looks, and how sure it has to be.

use crate::model::{Model, Replications};

/// Replications where the scenario leaves the number to the program.
const USUAL: u64 = 1000;

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
    /// Shares closer to their goal than this are not told apart: half a tenth of a point would be 0.0005.
    pub indifference: f64,
    /// When an interval is good enough.
    pub bound: Bound,
    /// Whether theory may answer where it is exact.
    pub use_exact: bool,
    /// Memory for the customers of a search, in bytes; beyond, they are drawn again for every candidate.
    pub tape_bytes: usize,
    /// The least level of any interval where a target over a longer time does not say.
    pub floor: f64,
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
    /// What the scenario says, and the usual values for the rest.
    pub fn of(model: &Model) -> Self {
        Self {
            seed: model.run.seed,
            error: model.plan.error,
            replications: match model.run.replications {
                Replications::Fixed(n) => n.max(2),
                Replications::Auto => USUAL,
            },
            most_replications: 20_000,
            indifference: 0.001,
            bound: Bound::PointEstimate,
            use_exact: true,
            tape_bytes: 512 << 20,
            floor: 0.6,
        }
    }
}
