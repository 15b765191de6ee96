//! The answer to `which shifts?`: the shifts, what customers get, and what may be said of the promises.

use super::jointly::Found;
use super::kept::kept;
use super::promise::Promised;
use super::schedule::Schedule;
use super::tours::Tours;
use crate::model::Model;
use crate::montecarlo::{Outcome, Verdict};
use crate::plan::joint::Judged;
use crate::plan::trade::Judgement;
use crate::plan::{self};

/// What is known of the shifts of groups that share queues.
#[derive(Clone, Debug)]
pub struct Shared {
    /// What covering their plan costs.
    pub covering: f64,
    /// How the shifts were confirmed; nothing where they cover the plan, because nothing cheaper was confirmed.
    pub judged: Option<Judged>,
}

/// Shifts, and what is known of them.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The shifts.
    pub schedule: Schedule,
    /// What customers get, simulated on customers that no search has seen; verdicts are those of the search where it
    /// was for a promise.
    pub outcome: Outcome,
    /// How the promises over the day were kept on the customers that confirmed them, group by group; empty: what a plan
    /// asks for, or was given, is covered.
    pub traded: Vec<Judgement>,
    /// Every choice that was tried for such a promise: its cost, and whether it was kept on the customers of the search.
    pub tried: Vec<(f64, Verdict)>,
    /// What was found for groups that share queues; nothing where there are none, or they were only to cover the plan.
    pub jointly: Option<Shared>,
    /// Everybody's weeks; nothing where the scenario has no contracts.
    pub tours: Option<Tours>,
    /// Whether it was ended from outside.
    pub interrupted: bool,
}

impl Answer {
    /// Of shifts that cover what is needed; `planned` is the plan that says how much that is.
    pub fn covered(
        model: &Model,
        schedule: Schedule,
        planned: Option<&plan::Answer>,
        replications: u64,
    ) -> Self {
        let mut outcome = kept(model, &schedule, replications);
        trust(&mut outcome, planned);
        Self {
            schedule,
            outcome,
            traded: Vec::new(),
            tried: Vec::new(),
            jointly: None,
            tours: None,
            interrupted: false,
        }
    }

    /// Of shifts for a promise over the day, whose other groups follow `planned`.
    pub fn promised(
        model: &Model,
        found: Promised,
        planned: Option<&plan::Answer>,
        replications: u64,
    ) -> Self {
        let mut outcome = kept(model, &found.schedule, replications);
        trust(&mut outcome, planned);
        for judged in &found.verdicts {
            let queue =
                model.groups[judged.group.0].serves.first().map(|skill| &model.queues[skill.queue.0].name);
            let targets = outcome.targets.iter_mut().filter(|target| target.queue.as_ref() == queue);
            judge(targets.map(|target| &mut target.verdict).collect(), judged.verdict);
        }
        let Promised { schedule, verdicts, tried, interrupted } = found;
        Self { schedule, outcome, traded: verdicts, tried, jointly: None, tours: None, interrupted }
    }

    /// Of shifts for groups that share queues, whose plan is `planned`.
    pub fn shared(model: &Model, found: Found, planned: Option<&plan::Answer>, replications: u64) -> Self {
        let Found { schedule, covering, judged, tried, interrupted } = found;
        let mut answer = Self::covered(model, schedule, planned.filter(|_| judged.is_none()), replications);
        for (queue, t, verdict) in judged.iter().flat_map(|judged| &judged.targets) {
            let name = &model.queues[queue.0].name;
            let of_queue = answer.outcome.targets.iter_mut().filter(|one| one.queue.as_ref() == Some(name));
            of_queue.skip(*t).take(1).for_each(|target| target.verdict = *verdict);
        }
        Self { tried, jointly: Some(Shared { covering, judged }), interrupted, ..answer }
    }

    /// Whether the shifts keep a promise itself, rather than cover what is needed.
    pub fn keeps(&self) -> bool {
        !self.traded.is_empty() || self.jointly.as_ref().is_some_and(|shared| shared.judged.is_some())
    }

    /// Whether every promise is kept, for certain, and every shift has somebody.
    pub fn is_met(&self) -> bool {
        let staffed = self.tours.as_ref().is_none_or(|tours| tours.open().next().is_none());
        staffed && self.outcome.targets.iter().all(|target| target.verdict == Verdict::Met)
    }
}

/// Nowhere fewer people than the plan are at work: what the plan keeps and the simulation does not contradict is kept.
fn trust(outcome: &mut Outcome, planned: Option<&plan::Answer>) {
    let Some(planned) = planned else { return };
    for (target, plan) in outcome.targets.iter_mut().zip(&planned.outcome.targets) {
        if target.verdict == Verdict::Undecided && plan.verdict == Verdict::Met {
            target.verdict = Verdict::Met;
        }
    }
}

/// The verdict on all targets of a queue together, written to each: all are kept, or the worst of them is not.
fn judge(mut verdicts: Vec<&mut Verdict>, all: Verdict) {
    if all == Verdict::Met {
        for verdict in verdicts {
            *verdict = Verdict::Met;
        }
        return;
    }
    if verdicts.iter().all(|verdict| **verdict == Verdict::Met)
        && let Some(first) = verdicts.first_mut()
    {
        **first = all;
    }
}
