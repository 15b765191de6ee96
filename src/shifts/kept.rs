//! What customers get when people work the shifts: the schedule, simulated on customers that no search has seen.

use super::needs::Need;
use super::patterns::Pattern;
use super::schedule::{Schedule, people};
use crate::model::Model;
use crate::montecarlo::{Bench, Outcome, Staffing};
use crate::plan::after_shrinkage;

/// Replications from here on are used by no search.
const FRESH: u64 = 1 << 41;
/// Confidence level of every interval.
const LEVEL: f64 = 0.95;

/// The centre staffed by the shifts, simulated so many times; after shrinkage, whole people.
pub fn kept(model: &Model, schedule: &Schedule, replications: u64) -> Outcome {
    let staffing = staffing(model, schedule);
    Bench::new(model, model.run.seed, FRESH, 0).measured(&staffing, replications, LEVEL)
}

/// Who is at work in each interval: those on shift, less shrinkage, rounded down.
pub fn staffing(model: &Model, schedule: &Schedule) -> Staffing {
    at_work(model, &schedule.patterns, &schedule.solved.x, &schedule.needs)
}

/// The same for a choice of patterns.
pub(super) fn at_work(model: &Model, patterns: &[Pattern], x: &[u32], needs: &[Need]) -> Staffing {
    let mut staffing = Staffing::given(model);
    for Need { group, .. } in needs {
        for (i, n) in people(model, patterns, x, *group).into_iter().enumerate() {
            staffing.set(*group, i, after_shrinkage(model, *group, i, n));
        }
    }
    staffing
}
