//! What each input that came otherwise than planned did to the service level.
//!
//! The inputs are exchanged one after the other, planned for real: first who came, then who was at work, then how long
//! contacts took, then how long customers waited before they hung up. The step of the service level at each exchange is
//! what that input did; what is left between the last step and what came is luck: the same customers with the same staff
//! might have had it better or worse. The steps add up to the whole. Inputs act together (one agent missing costs more on
//! a busy day), so another order would share out the same whole somewhat differently; what each would have done by itself
//! stands beside it.

use super::actual::Actual;
use super::play::{Leg, Stage, difference, figures, levels, mean, share};
use super::world::Swaps;
use crate::model::{GroupId, Model, QueueId};
use crate::montecarlo::Played;
use crate::stats::{Estimate, rank_chance};

/// What chance alone does more rarely than this is called a cause.
pub const RARE: f64 = 0.01;
/// Steps of halving between an eighth and eight times the planned patience.
const HALVINGS: u32 = 9;
/// Replications over which patience is fitted.
const TO_FIT: u64 = 200;

/// Something that can come otherwise than planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// How many contacts came, and when.
    Volume,
    /// How many agents were at work.
    Staff,
    /// How long contacts took.
    HandleTime,
    /// How long customers waited before they hung up.
    Patience,
    /// What is left.
    Luck,
}

impl Cause {
    /// As it is called in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::Staff => "staff",
            Self::HandleTime => "handle time",
            Self::Patience => "patience",
            Self::Luck => "luck",
        }
    }

    /// The key in results.
    pub fn key(self) -> &'static str {
        if self == Self::HandleTime { "handle_time" } else { self.name() }
    }
}

/// What one input did. Volume in contacts, staff in agent-hours, handle time and patience in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Which.
    pub cause: Cause,
    /// What the scenario says.
    pub planned: Option<f64>,
    /// What came; nothing if the file does not tell.
    pub came: Option<f64>,
    /// The step of the service level when it is exchanged in its turn, with its computing error.
    pub effect: Estimate,
    /// The step if nothing else is exchanged.
    pub alone: Option<Estimate>,
    /// The chance of something at least so far from the plan, if the scenario is right; nothing where chance has no part.
    pub chance: Option<f64>,
}

impl Found {
    /// As it is called in reports: what is left is luck only as far as luck goes.
    pub fn name(&self) -> &'static str {
        if self.cause == Cause::Luck && self.is_beyond_chance() { "none of these" } else { self.cause.name() }
    }

    /// Whether chance alone does so more rarely than [`RARE`].
    pub fn is_beyond_chance(&self) -> bool {
        self.chance.is_some_and(|chance| chance <= RARE)
    }
}

/// The worlds that were played.
pub(super) struct Legs {
    pub(super) plan: Leg,
    volume: Leg,
    /// Volume and staff as they came.
    pub(super) same: Leg,
    handle: Leg,
    last: Leg,
    staff_alone: Leg,
    handle_alone: Leg,
    patience_alone: Option<Leg>,
    swaps: Swaps,
}

/// Plays every world that is needed; nothing if it was ended from outside.
pub(super) fn play(stage: &mut Stage<'_>) -> Option<Legs> {
    stage.expect(7);
    let plan = stage.leg(&Swaps::default())?;
    let volume = Swaps { volume: true, ..Swaps::default() };
    let by_volume = stage.leg(&volume)?;
    let staff = Swaps { staff: true, ..volume };
    let same = stage.leg_by_interval(&staff)?;
    let factors = longer(stage.plan, stage.actual, &same);
    let handle = Swaps { handle: factors.clone(), ..staff };
    let by_handle = stage.leg(&handle)?;
    let patience = fit_patience(stage, &handle, &by_handle)?;
    let changed = patience.iter().any(|factor| *factor != 1.0);
    let swaps = Swaps { patience: patience.clone(), ..handle };
    let last = if changed { stage.leg(&swaps)? } else { by_handle.clone() };
    let staff_alone = stage.leg(&Swaps { staff: true, ..Swaps::default() })?;
    let handle_alone = stage.leg(&Swaps { handle: factors, ..Swaps::default() })?;
    let alone = Swaps { patience, ..Swaps::default() };
    let patience_alone = if changed { Some(stage.leg(&alone)?) } else { None };
    Some(Legs {
        plan,
        volume: by_volume,
        same,
        handle: by_handle,
        last,
        staff_alone,
        handle_alone,
        patience_alone,
        swaps,
    })
}

/// How much longer contacts of each queue took than the model has it for the same volumes and staff; 1 where the file
/// does not tell, or agents hold several contacts at once.
fn longer(plan: &Model, actual: &Actual, same: &Leg) -> Vec<f64> {
    let factor = |q: usize| {
        let came = handle_time(plan, actual, QueueId(q))?;
        let modelled = modelled_handle_time(same, QueueId(q))?;
        (came > 0.0).then(|| came / modelled)
    };
    (0..plan.queues.len()).map(|q| factor(q).unwrap_or(1.0)).collect()
}

/// The mean handle time that came, s.
fn handle_time(plan: &Model, actual: &Actual, id: QueueId) -> Option<f64> {
    let route = &plan.queues[id.0].route;
    if route.iter().any(|step| plan.holds_several(GroupId(step.group.0))) {
        return None;
    }
    let sum = actual.sum(id);
    (sum.answered > 0.0).then(|| Some(sum.handle_s? / sum.answered))?
}

/// The mean handle time that the model has, s.
fn modelled_handle_time(leg: &Leg, id: QueueId) -> Option<f64> {
    let total =
        |figure: fn(&Played) -> u64| figures(leg, id, |played| figure(played) as f64).iter().sum::<f64>();
    let (busy, answered) = (total(|played| played.busy), total(|played| played.answered));
    (busy > 0.0 && answered > 0.0).then(|| busy / answered / 1e6)
}

/// How much longer customers of each queue wait than planned, where more or fewer hung up than chance does: so that as
/// many hang up as did.
fn fit_patience(stage: &mut Stage<'_>, swaps: &Swaps, leg: &Leg) -> Option<Vec<f64>> {
    let (plan, actual) = (stage.plan, stage.actual);
    let odd: Vec<usize> = (0..plan.queues.len())
        .filter(|&q| plan.queues[q].patience.is_some())
        .filter(|&q| hang_ups(actual, leg, QueueId(q)).is_some_and(|chance| chance <= RARE))
        .collect();
    let mut power = vec![(-3.0, 3.0); plan.queues.len()];
    let factors = |power: &[(f64, f64)]| -> Vec<f64> {
        let middle = |q: usize| libm::exp2(f64::midpoint(power[q].0, power[q].1));
        (0..power.len()).map(|q| if odd.contains(&q) { middle(q) } else { 1.0 }).collect()
    };
    let replications = TO_FIT.min(leg.len() as u64);
    for _ in 0..if odd.is_empty() { 0 } else { HALVINGS } {
        let tried = Swaps { patience: factors(&power), ..swaps.clone() };
        let leg = stage.play(&tried, replications)?;
        for &q in &odd {
            let lost = mean(&figures(&leg, QueueId(q), |played| played.lost as f64)).mean;
            let (low, high) = power[q];
            let middle = f64::midpoint(low, high);
            let more = actual.sum(QueueId(q)).abandoned.is_some_and(|came| came > lost);
            power[q] = if more { (low, middle) } else { (middle, high) };
        }
    }
    Some(factors(&power))
}

/// The chance of so many or so few hang-ups; nothing where the file does not tell them.
fn hang_ups(actual: &Actual, leg: &Leg, id: QueueId) -> Option<f64> {
    let came = actual.sum(id).abandoned?;
    Some(rank_chance(&figures(leg, id, |played| played.lost as f64), came))
}

/// What did what to a queue's service level.
pub(super) fn of(plan: &Model, actual: &Actual, legs: &Legs, id: QueueId) -> Vec<Found> {
    let at = |leg: &Leg| levels(leg, id);
    let (start, volume, same, handle, last) =
        (at(&legs.plan), at(&legs.volume), at(&legs.same), at(&legs.handle), at(&legs.last));
    let came = actual.sum(id).level(actual.levels[id.0]);
    let left: Vec<f64> = last.iter().map(|level| came - level).collect();
    vec![
        volume_found(actual, legs, id, difference(&start, &volume)),
        staff_found(plan, actual, id, difference(&volume, &same), difference(&start, &at(&legs.staff_alone))),
        handle_found(
            plan,
            actual,
            legs,
            id,
            [difference(&same, &handle), difference(&start, &at(&legs.handle_alone))],
        ),
        patience_found(
            plan,
            actual,
            legs,
            id,
            difference(&handle, &last),
            difference(&start, &legs.patience_alone.as_ref().map_or(start.clone(), at)),
        ),
        Found {
            cause: Cause::Luck,
            planned: None,
            came: None,
            effect: mean(&left),
            alone: None,
            chance: Some(rank_chance(&last, came)),
        },
    ]
}

fn volume_found(actual: &Actual, legs: &Legs, id: QueueId, effect: Estimate) -> Found {
    let planned = figures(&legs.plan, id, |played| played.offered as f64);
    let came = actual.sum(id).offered;
    Found {
        cause: Cause::Volume,
        planned: Some(mean(&planned).mean),
        came: Some(came),
        effect,
        alone: Some(effect),
        chance: Some(rank_chance(&planned, came)),
    }
}

fn staff_found(plan: &Model, actual: &Actual, id: QueueId, effect: Estimate, alone: Estimate) -> Found {
    let given = crate::montecarlo::Staffing::given(plan);
    let hours = plan.grid().interval.as_hours_f64();
    let group =
        plan.queues[id.0].route.first().map(|step| step.group).filter(|group| actual.staffed[group.0]);
    let planned = |group: GroupId| -> f64 {
        let each = actual.stretches.iter().flat_map(|stretch| &stretch.chosen[id.0]);
        each.map(|&i| f64::from(given.at(group, i))).sum::<f64>() * hours
    };
    let came = |_: GroupId| -> f64 {
        let each =
            actual.stretches.iter().flat_map(|s| s.chosen[id.0].iter().filter_map(|&i| s.seen[id.0][i]));
        each.filter_map(|seen| seen.staffed).sum::<f64>() * hours
    };
    let unplanned = group.is_some_and(|group| plan.planned_groups().any(|one| one == group));
    Found {
        cause: Cause::Staff,
        planned: group.filter(|_| !unplanned).map(planned),
        came: group.map(came),
        effect,
        alone: Some(alone),
        chance: None,
    }
}

fn handle_found(plan: &Model, actual: &Actual, legs: &Legs, id: QueueId, steps: [Estimate; 2]) -> Found {
    let came = handle_time(plan, actual, id);
    let each = figures(&legs.same, id, |played| share(played.busy, played.answered) / 1e6);
    Found {
        cause: Cause::HandleTime,
        planned: modelled_handle_time(&legs.same, id),
        came,
        effect: steps[0],
        alone: Some(steps[1]),
        chance: came.map(|came| rank_chance(&each, came)),
    }
}

fn patience_found(
    plan: &Model,
    actual: &Actual,
    legs: &Legs,
    id: QueueId,
    effect: Estimate,
    alone: Estimate,
) -> Found {
    let law = plan.queues[id.0].patience.as_ref();
    let first = plan.queues[id.0].opening.first();
    let planned = law.zip(first).map(|(law, first)| law.mean.at(first));
    let factor = legs.swaps.patience.get(id.0).copied().unwrap_or(1.0);
    let chance = hang_ups(actual, &legs.handle, id);
    Found {
        cause: Cause::Patience,
        planned,
        came: planned.filter(|_| chance.is_some()).map(|mean| mean * factor),
        effect,
        alone: Some(alone),
        chance,
    }
}
