//! What is to be planned together: groups, the queues they serve, and the bounds within which their staff may move.
//!
//! A **pair** is a queue with a group: what one replication is read for (see [`crate::montecarlo::Reader`]). Every queue
//! that a planned group serves has one, so that its targets are read; a planned group that no such pair names gets one
//! more, so that its occupancy is.

use super::super::fault::PlanError;
use super::super::job::{Job, is_constant};
use crate::model::{GroupId, Model, PlanBy, Queue, QueueId};
use crate::montecarlo::Staffing;

/// Groups that are planned together.
pub(super) struct Task<'m> {
    pub(super) model: &'m Model,
    /// What is read of every replication: queues that the groups serve, then pairs for groups that are left.
    pub(super) pairs: Vec<(QueueId, GroupId)>,
    /// A job for every pair, which tells the claims of its queue and the cap of its group.
    pub(super) jobs: Vec<Job<'m>>,
    /// How many pairs speak for a queue.
    pub(super) queues: usize,
    /// The planned groups in the model's order, each as a job: where it is open, its bounds, whether it is flat.
    pub(super) groups: Vec<Job<'m>>,
    /// The staff that is given; planned groups have nobody.
    pub(super) given: Staffing,
}

/// Whether the planned groups have to be planned together: two of them share a queue, or one serves several.
pub(in super::super) fn are_shared(model: &Model) -> bool {
    let mut seen = Vec::new();
    model.planned_groups().any(|id| {
        let serves = &model.groups[id.0].serves;
        let shared = serves.len() > 1 || serves.iter().any(|skill| seen.contains(&skill.queue));
        seen.extend(serves.iter().map(|skill| skill.queue));
        shared
    })
}

impl<'m> Task<'m> {
    /// The planned groups of a model; a fault where one of them has nothing to be planned for.
    pub(super) fn new(model: &'m Model) -> Result<Self, PlanError> {
        let ids: Vec<GroupId> = model.planned_groups().collect();
        for &id in &ids {
            has_a_purpose(model, id)?;
        }
        let given = Staffing::given(model);
        let mut pairs: Vec<(QueueId, GroupId)> = (0..model.queues.len())
            .filter_map(|q| {
                let serves = |id: &&GroupId| model.groups[id.0].skill(QueueId(q)).is_some();
                Some((QueueId(q), *ids.iter().find(serves)?))
            })
            .collect();
        // The first target's queue comes first: it is the one that is shown.
        pairs.sort_by_key(|(queue, _)| model.queues[queue.0].targets.is_empty());
        let queues = pairs.len();
        for &id in &ids {
            if pairs.iter().all(|(_, group)| *group != id) {
                pairs.push((model.groups[id.0].serves[0].queue, id));
            }
        }
        let job = |&(queue, group): &(QueueId, GroupId)| Job::new(model, queue, group, &given);
        let jobs = pairs.iter().map(job).collect();
        let all_constant = |id: GroupId| {
            let facts = &model.groups[id.0];
            let open: Vec<usize> = facts.opening.intervals().collect();
            pairs[..queues].iter().all(|(queue, _)| is_constant(&model.queues[queue.0], facts, &open))
        };
        let constant = ids.iter().all(|&id| all_constant(id));
        let group = |&id: &GroupId| {
            let facts = &model.groups[id.0];
            let mut job = Job::new(model, facts.serves[0].queue, id, &given);
            job.flat = facts.plan == PlanBy::Flat || constant;
            job
        };
        let groups = ids.iter().map(group).collect();
        Ok(Self { model, pairs, jobs, queues, groups, given })
    }

    /// The queue of a pair.
    pub(super) fn queue(&self, pair: usize) -> &'m Queue {
        self.jobs[pair].queue_facts()
    }

    /// Whether a planned group serves the queue of a pair.
    pub(super) fn serves(&self, group: usize, pair: usize) -> bool {
        self.groups[group].group_facts().skill(self.pairs[pair].0).is_some()
    }

    /// Whether every planned group has one number for all its intervals.
    pub(super) fn is_flat(&self) -> bool {
        self.groups.iter().all(|job| job.flat)
    }

    /// One pair for every planned group: what its size is summed over. The first pair's queue comes first.
    pub(super) fn group_pairs(&self) -> Vec<(QueueId, GroupId)> {
        let shown = self.pairs[0].0;
        let pair = |job: &Job<'_>| {
            let serves_shown = job.group_facts().skill(shown).is_some();
            (if serves_shown { shown } else { job.queue }, job.group)
        };
        let mut pairs: Vec<(QueueId, GroupId)> = self.groups.iter().map(pair).collect();
        pairs.sort_by_key(|(queue, _)| *queue != shown);
        pairs
    }

    /// The whole centre's staffing when the planned groups work as `crews`.
    pub(super) fn staffing(&self, crews: &[Vec<u32>]) -> Staffing {
        let mut staffing = self.given.clone();
        for (job, crew) in self.groups.iter().zip(crews) {
            for (&i, &agents) in job.open.iter().zip(crew) {
                staffing.set(job.group, i, agents);
            }
        }
        staffing
    }

    /// Whether a staffing keeps within the centre's headcount in every interval.
    pub(super) fn fits(&self, staffing: &Staffing) -> bool {
        let Some(most) = self.model.plan.headcount else { return true };
        let at = |i: usize| (0..self.model.groups.len()).map(|g| staffing.at(GroupId(g), i)).sum::<u32>();
        (0..self.model.grid().intervals()).all(|i| at(i) <= most)
    }

    /// Agents of all groups that are given, in interval `i`.
    pub(super) fn given_at(&self, i: usize) -> u32 {
        (0..self.model.groups.len()).map(|g| self.given.at(GroupId(g), i)).sum()
    }
}

/// A group without a queue, or whose queues promise nothing, cannot be planned.
fn has_a_purpose(model: &Model, id: GroupId) -> Result<(), PlanError> {
    let facts = &model.groups[id.0];
    let group = facts.name.clone();
    let Some(first) = facts.serves.first() else { return Err(PlanError::ServesNothing { group }) };
    let promises = |queue: QueueId| !model.queues[queue.0].targets.is_empty();
    if facts.max_occupancy.is_some() || facts.serves.iter().any(|skill| promises(skill.queue)) {
        return Ok(());
    }
    Err(PlanError::NoTarget { group, queue: model.queues[first.queue.0].name.clone() })
}
