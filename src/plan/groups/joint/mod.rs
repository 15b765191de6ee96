//! Groups that share queues, opened up for whoever chooses their staff by other means than a plan, such as shifts.
//!
//! What one person more brings depends here on who else is at work, and no formula knows it. So whoever chooses staff is
//! told three things:
//!
//! * [`floors`]: how many people any set of groups must have together in an interval, by the subset cuts of a plan
//!   (Atlason, Epelman and Henderson 2004; Cezik and L'Ecuyer 2008);
//! * [`brings`]: from a staffing that was chosen, what one person more or less in each group and interval brings to every
//!   promise, found by simulating it on the same customers;
//! * [`judge`]: how a staffing stands to every promise, on the customers of the search or on new ones, by the tests,
//!   errors and floors of a plan.
//!
//! [`pooled`] is what theory alone would ask for: it bounds the cost from below.

mod brings;
mod floors;
mod judge;
mod pooled;

pub use brings::Lever;
pub use floors::Together;
pub use judge::{Ahead, Judged};
pub use pooled::Pool;

use super::super::claims::Claim;
use super::super::claims::Sense;
use super::super::customers::Customers;
use super::super::errand::Errand;
use super::super::purse::Purse;
use super::super::settings::Settings;
use super::super::trade;
use super::super::watch::Watch;
use super::demand::{Demand, demands};
use super::intervals::Watched;
use super::pledges::Pledges;
use super::task::{Task, are_shared};
use crate::model::{Goal, GroupId, Model};
use crate::montecarlo::Bench;

/// Shares of customers that are not told apart.
const INDIFFERENCE: f64 = 0.0005;

/// Everything that is known of planned groups that share queues.
pub struct Joint<'w, 'm> {
    errand: Errand<'w>,
    task: Task<'m>,
    demands: Vec<Demand>,
    /// What is promised over the run.
    pledges: Pledges,
    /// What must hold of single intervals.
    watched: Watched,
    stakes: Vec<Stake>,
    floors: Vec<Together>,
    search: Customers<'m>,
    bench: Bench<'m>,
    purse: Purse,
    round: u32,
}

/// One thing that must hold: a promise over the run, or a promise or a floor in one interval.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stake {
    pair: usize,
    target: usize,
    /// The interval of the run; nothing where the promise is over longer.
    interval: Option<usize>,
    /// Position of what must hold of the interval among the rules of the pair.
    rule: usize,
}

/// How promises are judged for shifts: as in a plan, but as closely as the cheapest choice may need.
pub fn settings(model: &Model) -> Settings {
    Settings { indifference: INDIFFERENCE, ..trade::settings(model) }
}

/// Whether the planned groups of a scenario share queues, and all that their customers are promised is about waits and
/// hang-ups of those who are on the line.
pub fn is_for(model: &Model) -> bool {
    let capped = model.planned_groups().any(|id| model.groups[id.0].max_occupancy.is_some());
    let served = || {
        let skills = model.planned_groups().flat_map(|id| &model.groups[id.0].serves);
        skills.map(|skill| &model.queues[skill.queue.0])
    };
    let of_waits = |goal: &Goal| matches!(goal, Goal::Answered { .. } | Goal::Asa(_) | Goal::Abandoned(_));
    let all_of_waits = served().flat_map(|queue| &queue.targets).all(|target| of_waits(&target.goal));
    let promised = served().any(|queue| !queue.targets.is_empty());
    are_shared(model)
        && !capped
        && promised
        && all_of_waits
        && served().all(|queue| !queue.channel.is_deferred())
}

impl<'w, 'm> Joint<'w, 'm> {
    /// Of a scenario's planned groups; nothing where [`is_for`] says no, a plan could not be made, or nobody is promised
    /// anything while it counts.
    pub fn new(model: &'m Model, settings: &'w Settings, watch: &'w dyn Watch) -> Option<Self> {
        let mut task = if is_for(model) { Task::new(model).ok()? } else { return None };
        // Shifts come and go: no group has one number for all its intervals.
        task.groups.iter_mut().for_each(|job| job.flat = false);
        let errand = Errand::new(settings, watch);
        let all = Pledges::of(&task, Sense::Asked);
        let watched = Watched::of(&task, &all, settings);
        let pledges = all.over_the_run();
        let stakes = stakes(&task, &pledges, &watched);
        if stakes.is_empty() {
            return None;
        }
        let demands = demands(&task, settings.seed);
        let floors = floors::floors(&task, &demands, settings.floor);
        Some(Self {
            search: Customers::new(model, &task.pairs, settings.seed, 0, settings.tape_bytes / 2),
            bench: Bench::new(model, settings.seed, 0, settings.tape_bytes / 2),
            purse: Purse::new(settings.error / 2.0),
            round: 0,
            errand,
            task,
            demands,
            pledges,
            watched,
            stakes,
            floors,
        })
    }

    /// The groups, in the order in which people are given to [`Self::brings`] and [`Self::ease`].
    pub fn groups(&self) -> Vec<GroupId> {
        self.task.groups.iter().map(|job| job.group).collect()
    }

    /// What a stake is held against.
    fn goal(&self, stake: Stake) -> &Goal {
        match stake.interval {
            Some(_) => &self.watched.rules[stake.pair][stake.rule].goal,
            None => &self.task.queue(stake.pair).targets[stake.target].goal,
        }
    }
}

/// Everything that must hold: over the run, in the order of the pledges, then interval by interval.
fn stakes(task: &Task<'_>, pledges: &Pledges, watched: &Watched) -> Vec<Stake> {
    let over = |pledge: &super::pledges::Pledge| match pledge.claim {
        Claim::Average(target) | Claim::Share(target, _) => {
            Some(Stake { pair: pledge.pair, target, interval: None, rule: 0 })
        }
        _ => None,
    };
    let mut stakes: Vec<Stake> = pledges.list.iter().filter_map(over).collect();
    for pair in 0..task.queues {
        let queue = task.queue(pair);
        let busy = super::super::claims::counted(&task.jobs[pair]);
        let busy: Vec<usize> = busy.into_iter().filter(|&i| queue.volumes[i] > 0.0).collect();
        for (k, rule) in watched.rules[pair].iter().enumerate() {
            let target = rule.target;
            stakes.extend(busy.iter().map(|&i| Stake { pair, target, interval: Some(i), rule: k }));
        }
    }
    stakes
}
