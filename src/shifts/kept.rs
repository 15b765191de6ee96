//! What customers get when people work the shifts: the schedule, simulated on customers that no search has seen.

use super::cover::Cover;
use crate::model::{GroupId, Model};
use crate::montecarlo::{Bench, Outcome, Staffing};

/// Replications from here on are used by no search.
const FRESH: u64 = 1 << 41;
/// Confidence level of every interval.
const LEVEL: f64 = 0.95;

/// The centre staffed by the shifts, simulated so many times; after shrinkage, whole people.
pub fn kept(model: &Model, cover: &Cover, replications: u64) -> Outcome {
    let staffing = staffing(model, cover);
    Bench::new(model, model.run.seed, FRESH, 0).measured(&staffing, replications, LEVEL)
}

/// Who is at work in each interval: those on shift, less shrinkage, rounded down.
pub fn staffing(model: &Model, cover: &Cover) -> Staffing {
    let mut staffing = Staffing::given(model);
    for need in &cover.needs {
        let people = cover.people(model, need.group);
        people
            .iter()
            .enumerate()
            .for_each(|(i, &n)| staffing.set(need.group, i, at_work(model, need.group, i, n)));
    }
    staffing
}

/// Of so many on shift, how many are at work after shrinkage.
fn at_work(model: &Model, group: GroupId, i: usize, people: u32) -> u32 {
    (f64::from(people) * (1.0 - model.groups[group.0].shrinkage.at(i)) + 1e-9).floor() as u32
}
