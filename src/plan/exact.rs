//! Where theory is exact, nothing needs to be searched: Erlang C and A in a steady state.
//!
//! Exact means: one queue and one group, constant rates from a steady start, one session, exponential handle times and
//! patience, no busyness of the day, and no rule that the formulas do not know. A contact's wait then depends only on
//! what came before it, so the closing of the session changes nothing for those who arrived before.

use super::job::Job;
use super::warm_start::goal;
use crate::erlang::{self, Demand, agents_needed_for_all};
use crate::model::{Definition, Factor, Goal, Shape, Start, Target};

/// What theory says for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exact {
    /// The fewest agents that keep every target.
    pub(super) agents: u32,
    /// The target that binds.
    pub(super) binding: usize,
}

/// The exact answer; nothing where theory is not exact, or where no number of agents does.
pub(super) fn solve(job: &Job<'_>) -> Option<Exact> {
    let demand = demand(job)?;
    let goals: Vec<erlang::Goal> = job.queue_facts().targets.iter().map(goal).collect();
    let (agents, binding) = agents_needed_for_all(&demand, &goals)?;
    let least = job.least.iter().copied().max().unwrap_or(0);
    let most = job.most.iter().copied().min().unwrap_or(0);
    (agents <= most).then_some(Exact { agents: agents.max(least), binding })
}

/// Whether theory is exact for this job, and the demand if so.
fn demand(job: &Job<'_>) -> Option<Demand> {
    let (model, queue, group) = (job.model, job.queue_facts(), job.group_facts());
    let alone = model.queues.len() == 1 && model.groups.len() == 1 && queue.opening.sessions().len() == 1;
    let steady =
        matches!(model.run.start, Start::Steady { .. }) && job.flat && queue.opening == group.opening;
    let sure = model.demand.is_exact();
    let plain = queue.wrap.is_none()
        && queue.balk == 0.0
        && queue.max_waiting.is_none()
        && queue.after_wait.is_none();
    let direct = queue.route.iter().all(|step| step.after.0 == 0) && group.max_occupancy.is_none();
    let skill = group.skill(job.queue)?;
    let served = skill.factor == Factor::ONE && skill.handle.is_none();
    let memoryless = queue.handle.shape == Shape::Exponential
        && queue.patience.as_ref().is_none_or(|law| law.shape == Shape::Exponential);
    let known = queue.targets.iter().all(|target| is_known(target, queue.lines.is_some()))
        && !queue.targets.is_empty();
    let first = queue.opening.first()?;
    let constant = queue.opening.intervals().all(|i| queue.volumes[i] == queue.volumes[first]);
    let all = [alone, steady, sure, plain, direct, served, memoryless, known, constant];
    let aht_s = queue.aht(first);
    all.into_iter().all(|holds| holds).then(|| Demand {
        load: queue.volumes[first] / model.grid().interval.as_secs_f64() * aht_s,
        aht_s,
        patience_s: queue.patience.as_ref().map_or(f64::INFINITY, |law| law.mean.at(first)),
        lines: queue.lines,
    })
}

/// Whether the formulas measure a target as the scenario does.
fn is_known(target: &Target, limited: bool) -> bool {
    let measured = match target.goal {
        Goal::Answered { definition, .. } => {
            !matches!(definition, Definition::IgnoreShort { .. } | Definition::CreditShort { .. })
        }
        Goal::Asa(_) => true,
        // The formula's share is of those who were let in.
        Goal::Abandoned(_) => !limited,
        Goal::Longest(_) | Goal::Done { .. } | Goal::Replied { .. } | Goal::CalledBack { .. } => false,
    };
    measured && target.on_days.is_none()
}
