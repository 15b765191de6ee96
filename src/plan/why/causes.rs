//! From bare work to the answer: the centre stripped of everything that asks for more people than its work, or fewer;
//! then each cause is put back, and the plan made again. What a cause adds depends on what is there already, so the order
//! is part of the statement.

use super::alone;
use super::ask::{Asker, Needed};
use crate::model::{Goal, Group, Model, PlanBy, Queue, Shape, Start, Target};
use crate::montecarlo::Staffing;
use serde::Serialize;

/// One bar between work and answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What is put in: `handle times vary`.
    pub cause: &'static str,
    /// Hours a day that it adds, negative where it saves; of the first step, the hours of work.
    pub hours: f64,
    /// Hours a day with it and everything before it.
    pub after: f64,
}

/// What makes a centre need other people than its bare work, in the order in which it is put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Contacts come at random and still have their promise: everything else is stripped.
    Arrivals,
    /// Handle times vary.
    Spread,
    /// Several contacts at once.
    Several,
    /// Customers hang up.
    Patience,
    /// Absence, late starts, learning.
    People,
    /// Busy and quiet days.
    Demand,
    /// The promise holds on a share of days, not on average.
    Days,
    /// A cap on occupancy.
    Cap,
    /// Least and most people.
    Bounds,
    /// One number all day.
    Flat,
}

/// Whether a queue promises nothing else than that few hang up: without impatience it would promise nothing, and any staff
/// would do.
fn is_all_about_hanging_up(queue: &Queue) -> bool {
    let hang_up = |target: &Target| matches!(target.goal, Goal::Abandoned(_));
    !queue.targets.is_empty() && queue.targets.iter().all(hang_up)
}

impl Cause {
    const REST: [Self; 9] = [
        Self::Spread,
        Self::Several,
        Self::Patience,
        Self::People,
        Self::Demand,
        Self::Days,
        Self::Cap,
        Self::Bounds,
        Self::Flat,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Arrivals => "contacts come at random",
            Self::Spread => "handle times vary",
            Self::Several => "several at once",
            Self::Patience => "some hang up",
            Self::People => "absence, late starts, learning",
            Self::Demand => "some days are busier",
            Self::Days => "kept on most days, not on average",
            Self::Cap => "cap on occupancy",
            Self::Bounds => "least and most people",
            Self::Flat => "one number all day",
        }
    }

    /// Takes this cause out of a queue; whether there was any of it.
    fn strip_queue(self, queue: &mut Queue) -> bool {
        match self {
            Self::Spread => {
                let laws = [Some(&mut queue.handle), queue.wrap.as_mut()].into_iter().flatten();
                laws.fold(false, |any, law| {
                    any | (std::mem::replace(&mut law.shape, Shape::Fixed) != Shape::Fixed)
                })
            }
            Self::Patience => !is_all_about_hanging_up(queue) && queue.patience.take().is_some(),
            Self::Days => {
                let plain =
                    queue.targets.iter_mut().filter(|target| !matches!(target.goal, Goal::Longest(_)));
                plain.fold(false, |any, target| any | target.on_days.take().is_some())
            }
            _ => false,
        }
    }

    /// Takes this cause out of a group; whether there was any of it.
    fn strip_group(self, group: &mut Group, promised: bool) -> bool {
        match self {
            Self::Spread => {
                let laws = group.serves.iter_mut().filter_map(|skill| skill.handle.as_mut());
                laws.fold(false, |any, law| {
                    any | (std::mem::replace(&mut law.shape, Shape::Fixed) != Shape::Fixed)
                })
            }
            Self::Several => {
                let all = group.hands.capacity;
                let needs = group.serves.iter_mut();
                needs.fold(false, |any, skill| any | (std::mem::replace(&mut skill.need, all) != all))
            }
            Self::People => std::mem::take(&mut group.people) != crate::model::People::default(),
            // Without a promise the cap is all that asks for anybody.
            Self::Cap => promised && group.max_occupancy.take().is_some(),
            Self::Bounds => std::mem::take(&mut group.at_least) > 0 || group.at_most.take().is_some(),
            Self::Flat => std::mem::replace(&mut group.plan, PlanBy::PerInterval) != PlanBy::PerInterval,
            _ => false,
        }
    }

    /// Takes this cause out of a model; whether there was any of it.
    fn strip(self, model: &mut Model) -> bool {
        let mut any = match self {
            Self::Demand => !std::mem::take(&mut model.demand).is_exact(),
            Self::Bounds => model.plan.headcount.take().is_some(),
            _ => false,
        };
        let planned: Vec<usize> = model.planned_groups().map(|id| id.0).collect();
        for g in planned {
            let promised =
                model.groups[g].serves.iter().any(|skill| !model.queues[skill.queue.0].targets.is_empty());
            any |= self.strip_group(&mut model.groups[g], promised);
        }
        model.queues.iter_mut().fold(any, |any, queue| any | self.strip_queue(queue))
    }
}

/// The stripped centre, then with one cause after the other put back; those that are not there are left out, and the
/// last one, which is the scenario itself.
pub(super) fn models(model: &Model) -> Vec<(Cause, Model)> {
    // Stripped from the last cause to the first: what is left before each.
    let mut stages = Vec::new();
    let mut rest = model.clone();
    for cause in Cause::REST.into_iter().rev() {
        let mut without = rest.clone();
        if cause.strip(&mut without) {
            stages.push((cause, rest));
            rest = without;
        }
    }
    stages.push((Cause::Arrivals, rest));
    stages.reverse();
    stages
}

/// The bars, from the work on.
pub(super) fn steps(
    model: &Model,
    stages: &[(Cause, Model)],
    whole: &Needed,
    asker: &Asker<'_>,
) -> Vec<Step> {
    let Some(work) = work(model, asker) else { return Vec::new() };
    let mut steps = vec![Step { cause: "the work itself", hours: work, after: work }];
    let mut now = work;
    let mut add = |cause: &'static str, after: f64| {
        steps.push(Step { cause, hours: after - now, after });
        now = after;
    };
    let Some(((last, _), before)) = stages.split_last() else { return Vec::new() };
    let alone = stages.first().and_then(|(_, stage)| alone::alone(stage, asker));
    if let Some(alone) = alone {
        add(Cause::Arrivals.name(), alone.fractional);
        add("whole agents in every interval", alone.whole);
    }
    // What is left of the first plan, once its intervals were looked at one by one.
    let hang_up = stages[0].1.queues.iter().any(|queue| queue.patience.is_some());
    let name = |cause: Cause| match cause {
        Cause::Arrivals if alone.is_some() => "intervals hang together",
        Cause::Arrivals if hang_up => "contacts come at random, some hang up",
        cause => cause.name(),
    };
    for (cause, stage) in before {
        // A stage that cannot be planned is part of the next one's bar.
        if let Some((needed, _)) = asker.needs(cause.name(), stage) {
            add(name(*cause), needed.agent_hours);
        }
    }
    if asker.is_over() {
        return Vec::new();
    }
    add(name(*last), whole.agent_hours);
    if whole.scheduled_hours > whole.agent_hours {
        add("shrinkage", whole.scheduled_hours);
    }
    steps
}

/// Hours a day that agents of the planned groups would be busy if nobody ever waited: with what is done after closing,
/// unless as much lies there from before the start.
fn work(model: &Model, asker: &Asker<'_>) -> Option<f64> {
    asker.stage("measuring the work");
    let mut alone = model.clone();
    Cause::Several.strip(&mut alone);
    let outcome = asker.look(&alone, &Staffing::plenty(&alone));
    let steady = matches!(model.run.start, Start::Steady { .. });
    let busy = |g: usize| {
        let after = outcome.groups[g].overtime_hours.filter(|_| steady).map_or(0.0, |hours| hours.mean);
        outcome.groups[g].busy_hours.map(|hours| hours.mean - after)
    };
    model.planned_groups().map(|id| busy(id.0)).sum()
}
