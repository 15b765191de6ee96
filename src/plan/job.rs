//! What is to be planned: one group, the one queue it serves, and the bounds within which its staff may move.
//!
//! The staff of a group is written as a [`Crew`]: agents at work in each interval in which the group is open, in time
//! order. Everything else about the staffing — other groups, given or planned before — stays as it is.

use super::fault::PlanError;
use crate::model::{Group, GroupId, Model, PlanBy, Queue, QueueId};
use crate::montecarlo::Staffing;

/// Agents at work in each interval in which the planned group is open.
pub(super) type Crew = Vec<u32>;

/// One group to be planned for its one queue.
#[derive(Clone, Debug)]
pub(super) struct Job<'m> {
    pub(super) model: &'m Model,
    pub(super) group: GroupId,
    pub(super) queue: QueueId,
    /// The intervals in which the group is open.
    pub(super) open: Vec<usize>,
    /// Least agents in each of `open`.
    pub(super) least: Vec<u32>,
    /// Most agents in each of `open`.
    pub(super) most: Vec<u32>,
    /// Whether the group has one number for all its intervals.
    pub(super) flat: bool,
    others: Staffing,
}

/// The groups to be planned, each with the queue that it serves.
pub(super) fn pairs(model: &Model) -> Result<Vec<(QueueId, GroupId)>, PlanError> {
    let pairs: Result<Vec<_>, _> = model.planned_groups().map(|id| Ok((its_queue(model, id)?, id))).collect();
    let pairs = pairs?;
    if pairs.is_empty() {
        return Err(PlanError::NothingPlanned);
    }
    Ok(pairs)
}

/// The one queue of a planned group.
fn its_queue(model: &Model, id: GroupId) -> Result<QueueId, PlanError> {
    let group = &model.groups[id.0];
    let name = group.name.clone();
    let queue = match group.serves.as_slice() {
        [] => return Err(PlanError::ServesNothing { group: name }),
        // Groups that serve several are planned together.
        [skill, ..] => skill.queue,
    };
    let facts = &model.queues[queue.0];
    if facts.targets.is_empty() && group.max_occupancy.is_none() {
        return Err(PlanError::NoTarget { group: name, queue: facts.name.clone() });
    }
    Ok(queue)
}

impl<'m> Job<'m> {
    /// The job of planning `group` for `queue`, while all others work as in `others`.
    pub(super) fn new(model: &'m Model, queue: QueueId, group: GroupId, others: &Staffing) -> Self {
        let facts = &model.groups[group.0];
        let open: Vec<usize> = facts.opening.intervals().collect();
        let most = open.iter().map(|&i| most_at(model, group, others, i)).collect();
        let least = vec![facts.at_least; open.len()];
        let flat = facts.plan == PlanBy::Flat || is_constant(&model.queues[queue.0], facts, &open);
        Self { model, group, queue, open, least, most, flat, others: others.clone() }
    }

    pub(super) fn queue_facts(&self) -> &'m Queue {
        &self.model.queues[self.queue.0]
    }

    pub(super) fn group_facts(&self) -> &'m Group {
        &self.model.groups[self.group.0]
    }

    /// The whole centre's staffing when the group works as `crew`.
    pub(super) fn staffing(&self, crew: &[u32]) -> Staffing {
        let mut staffing = self.others.clone();
        for (&i, &agents) in self.open.iter().zip(crew) {
            staffing.set(self.group, i, agents);
        }
        staffing
    }

    /// Agents of other groups who may serve the queue in interval `i`.
    pub(super) fn others_at(&self, i: usize) -> u32 {
        let serving = self.queue_facts().route.iter().filter(|step| step.group != self.group);
        serving.map(|step| self.others.at(step.group, i)).sum()
    }

    /// Hours of `crew` over the run.
    pub(super) fn hours(&self, crew: &[u32]) -> f64 {
        let agents: u64 = crew.iter().map(|&n| u64::from(n)).sum();
        agents as f64 * self.model.grid().interval.as_hours_f64()
    }
}

/// Most agents of a group in interval `i`: its own bound and what the others leave of the centre's headcount.
fn most_at(model: &Model, group: GroupId, others: &Staffing, i: usize) -> u32 {
    let own = model.groups[group.0].at_most.unwrap_or(u32::MAX);
    let taken: u32 =
        (0..model.groups.len()).map(GroupId).filter(|id| *id != group).map(|id| others.at(id, i)).sum();
    model.plan.headcount.map_or(own, |all| own.min(all.saturating_sub(taken)))
}

/// Whether every open interval is like every other: then one number says all.
pub(super) fn is_constant(queue: &Queue, group: &Group, open: &[usize]) -> bool {
    let Some(&first) = open.first() else { return true };
    let alike = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    let patience = |i: usize| queue.patience.as_ref().map_or(0.0, |law| law.mean.at(i));
    let shrinkage = |i: usize| group.shrinkage.at(i);
    open.iter().all(|&i| {
        alike(queue.volumes[i], queue.volumes[first])
            && alike(queue.aht(i), queue.aht(first))
            && alike(patience(i), patience(first))
            && alike(shrinkage(i), shrinkage(first))
    })
}
