//! How many are scheduled, before shrinkage, in each interval: what was planned, and what the scenario gave.

use std::collections::BTreeMap;

use crate::model::{Group, Model, Staff};
use crate::montecarlo::{GroupInterval, Outcome};
use crate::plan::{Answer, GroupPlan};

/// By position in the grid, all groups together; nothing where nobody speaks of schedules. A group of which only the
/// number at work is known counts with that.
pub(super) fn by_interval(
    model: &Model,
    outcome: &Outcome,
    answer: Option<&Answer>,
) -> Option<BTreeMap<usize, u32>> {
    let plans = answer.map_or(&[][..], |answer| &answer.groups);
    let given = model.groups.iter().any(|group| given(group).is_some());
    if plans.is_empty() && !given {
        return None;
    }
    let mut all = BTreeMap::new();
    for (group, found) in model.groups.iter().zip(&outcome.groups) {
        let plan = plans.iter().find(|plan| plan.name == group.name);
        for at in &found.intervals {
            *all.entry(at.index).or_insert(0) += of(group, plan, at);
        }
    }
    Some(all)
}

fn of(group: &Group, plan: Option<&GroupPlan>, at: &GroupInterval) -> u32 {
    let planned = plan.and_then(|plan| plan.scheduled.get(at.index));
    let known = planned.or_else(|| given(group)?.get(at.index));
    known.copied().unwrap_or(at.agents)
}

/// What the scenario gave, where it gave schedules.
fn given(group: &Group) -> Option<&Vec<u32>> {
    match &group.staff {
        Staff::Given { scheduled, .. } => scheduled.as_ref(),
        Staff::Planned => None,
    }
}
