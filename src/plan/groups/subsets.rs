//! What theory says of several groups: any set of queues must be served by those who can, and needs as many of them as
//! one pooled Erlang A queue would.
//!
//! For every set S of queues, the agents of all groups that serve any of S number at least `n_S`: the fewest for which
//! one queue with all their calls, served in order of arrival by agents who can take any of them, keeps what the
//! targets of S ask for together. These *subset cuts* bound the staff from below in the manner of a polymatroid; where
//! every target is a share answered within one time, pooling is the best that any first-come-first-served routing can
//! do. They assume just that, and Erlang A; they are no bound for other routing.
//!
//! What the targets of S ask for together: the volume-weighted share within the longest of their times, the
//! volume-weighted share who may hang up, the longest mean wait. Work that may wait for hours adds its load: agents must
//! at least be as many as are kept busy.

use super::demand::Demand;
use super::task::Task;
use crate::erlang::{Definition, ErlangA};
use crate::model::{self, Goal, GroupId, Per, Target};

/// Up to so many queues every set is looked at; beyond, only those that no other groups serve, and single queues.
const ALL_SETS: usize = 6;
/// Agents are told apart to a hundredth where they need not be whole.
const FINE: f64 = 0.01;
/// Where nothing is promised, a bound supposes so much of the work to be done.
const MOST_WORK: f64 = 0.9;

/// So many times the load, and as many more, is beyond what any goal within reach needs.
const PLENTY: f64 = 20.0;

/// How much of the work agents must have time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// As much as the targets ask for at least: a bound.
    Promised,
    /// All of it: a start.
    All,
}

/// A set of queues, by position among the task's pairs, and the planned groups that serve any of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Set {
    pub(super) queues: Vec<usize>,
    pub(super) groups: Vec<bool>,
}

/// The sets worth a cut.
pub(super) fn sets(task: &Task<'_>) -> Vec<Set> {
    let (queues, groups) = (task.queues, task.groups.len());
    let serving = |q: usize| (0..groups).filter(|&g| task.serves(g, q)).fold(0_u64, |mask, g| mask | 1 << g);
    let members = |mask: u64| (0..queues).filter(|q| mask & (1 << q) != 0).collect::<Vec<usize>>();
    let mut found: Vec<Vec<usize>> = if queues <= ALL_SETS {
        (1..1_u64 << queues).map(members).collect()
    } else {
        let closed = |mask: u64| (0..queues).filter(|&q| serving(q) & !mask == 0).collect::<Vec<usize>>();
        let of_groups = (1..1_u64 << groups.min(10)).map(closed).filter(|set| !set.is_empty());
        of_groups.chain((0..queues).map(|q| vec![q])).collect()
    };
    found.sort();
    found.dedup();
    let set = |queues: Vec<usize>| {
        let groups = (0..groups).map(|g| queues.iter().any(|&q| task.serves(g, q))).collect();
        Set { queues, groups }
    };
    found.into_iter().map(set).collect()
}

/// What a set asks for together, in one interval or over several.
struct Asked {
    /// Share within a time (s), and how it is counted.
    answered: Option<(f64, f64, Definition)>,
    lost: Option<f64>,
    wait_s: Option<f64>,
}

/// Theory's table of sets.
pub(super) struct Subsets<'a, 'm> {
    task: &'a Task<'m>,
    demands: &'a [Demand],
    /// What is asked of each queue.
    goals: Vec<Vec<Goal>>,
    /// Where no share is asked for, so much of the work is done.
    unasked: f64,
}

impl<'a, 'm> Subsets<'a, 'm> {
    pub(super) fn new(task: &'a Task<'m>, demands: &'a [Demand]) -> Self {
        let goals = |q: usize| task.queue(q).targets.iter().map(|target| target.goal.clone()).collect();
        Self { task, demands, goals: (0..task.queues).map(goals).collect(), unasked: MOST_WORK }
    }

    /// The same for single intervals of a promise over longer: of each only the floor is asked, the target's own or
    /// `floor`; what is promised of every interval stays.
    pub(super) fn of_floors(task: &'a Task<'m>, demands: &'a [Demand], floor: f64) -> Self {
        let goals = |q: usize| task.queue(q).targets.iter().filter_map(|target| of_interval(target, floor));
        let goals = (0..task.queues).map(|q| goals(q).collect()).collect();
        Self { task, demands, goals, unasked: floor }
    }

    /// Contacts of the set's queues in interval `i` that `n` agents of the planned groups would serve as promised, were
    /// all of them one queue; and how many there are.
    pub(super) fn served(&self, set: &Set, i: usize, n: f64) -> (f64, f64) {
        let Some((_, within, definition)) = self.asked(set, &[i]).answered else { return (0.0, 0.0) };
        let pool = self.pool(set, i, n + f64::from(self.given(set, i)));
        pool.map_or((0.0, 0.0), |(volume, queue)| (volume * queue.service_level(definition, within), volume))
    }

    /// How many of the contacts of the set's queues in interval `i` must be served as promised.
    pub(super) fn promised(&self, set: &Set, i: usize) -> f64 {
        let share = self.asked(set, &[i]).answered.map_or(0.0, |(share, ..)| share);
        set.queues.iter().map(|&q| self.demands[q].volumes[i]).sum::<f64>() * share
    }

    /// The fewest agents of the planned groups that a set needs in these intervals, the same number in each; not whole.
    pub(super) fn need(&self, set: &Set, intervals: &[usize], work: Work) -> f64 {
        let busy: Vec<usize> = intervals
            .iter()
            .copied()
            .filter(|&i| set.queues.iter().any(|&q| self.demands[q].slots[i] > 0.0))
            .collect();
        if busy.is_empty() {
            return 0.0;
        }
        let asked = self.asked(set, &busy);
        let work = self.work(set, &busy, &asked, work);
        let enough = |n: f64| self.is_enough(set, &busy, &asked, work, n);
        // A goal that no number of agents reaches is no cut: then a bit more than the load is a start.
        let load = |i: &usize| set.queues.iter().map(|&q| self.demands[q].load(*i)).sum::<f64>();
        let most = busy.iter().map(load).fold(0.0, f64::max);
        let mut high = 1.0;
        while !enough(high) {
            if high > PLENTY * most + PLENTY {
                return most + 3.0 * most.sqrt() + 1.0;
            }
            high *= 2.0;
        }
        let mut low = 0.0;
        while high - low > FINE {
            let middle = f64::midpoint(low, high);
            if enough(middle) { high = middle } else { low = middle }
        }
        high
    }

    /// The same in whole agents.
    pub(super) fn whole(&self, set: &Set, intervals: &[usize]) -> f64 {
        (self.need(set, intervals, Work::Promised) - FINE).ceil().max(0.0)
    }

    /// What the targets of the set's queues ask for together.
    fn asked(&self, set: &Set, busy: &[usize]) -> Asked {
        let volume = |q: usize| busy.iter().map(|&i| self.demands[q].volumes[i]).sum::<f64>();
        let live: Vec<usize> = set.queues.iter().copied().filter(|&q| !self.demands[q].may_wait).collect();
        let all: f64 = live.iter().map(|&q| volume(q)).sum::<f64>().max(f64::MIN_POSITIVE);
        let goals = |q: usize| self.goals[q].iter();
        let level = |q: usize| {
            goals(q).find_map(|goal| match goal {
                Goal::Answered { share, within, definition } => {
                    Some((*share, within.as_secs_f64(), known(*definition)))
                }
                Goal::Done { share, within, .. } => Some((*share, within.as_secs_f64(), Definition::Offered)),
                _ => None,
            })
        };
        let levels: Vec<(usize, (f64, f64, Definition))> =
            live.iter().filter_map(|&q| Some((q, level(q)?))).collect();
        let share = levels.iter().map(|(q, (share, ..))| volume(*q) * share).sum::<f64>() / all;
        let within = levels.iter().map(|(_, (_, within, _))| *within).fold(0.0, f64::max);
        let same = levels.windows(2).all(|pair| pair[0].1.2 == pair[1].1.2);
        let definition = levels.first().map(|(_, (.., definition))| *definition);
        let lost = |q: usize| {
            goals(q).find_map(|goal| if let Goal::Abandoned(most) = goal { Some(*most) } else { None })
        };
        let losses: Vec<(f64, Option<f64>)> = live.iter().map(|&q| (volume(q), lost(q))).collect();
        let wait = |q: usize| {
            goals(q).find_map(|goal| if let Goal::Asa(most) = goal { Some(most.as_secs_f64()) } else { None })
        };
        let waits: Option<Vec<f64>> = live.iter().map(|&q| wait(q)).collect();
        Asked {
            answered: definition.map(|d| (share, within, if same { d } else { Definition::CreditEarly })),
            lost: losses
                .iter()
                .any(|(_, most)| most.is_some())
                .then(|| losses.iter().map(|(volume, most)| volume * most.unwrap_or(1.0)).sum::<f64>() / all),
            wait_s: waits
                .filter(|waits| !waits.is_empty())
                .map(|waits| waits.into_iter().fold(0.0, f64::max)),
        }
    }

    /// Whether `n` agents, and those of other groups who serve any of the set, are enough.
    fn is_enough(&self, set: &Set, busy: &[usize], asked: &Asked, work: f64, n: f64) -> bool {
        let agents = |i: usize| n + f64::from(self.given(set, i));
        let capacity: f64 = busy.iter().map(|&i| agents(i)).sum();
        if capacity < work {
            return false;
        }
        let (mut all, mut good, mut lost, mut wait) = (0.0, 0.0, 0.0, 0.0);
        for &i in busy {
            let Some((volume, queue)) = self.pool(set, i, agents(i)) else { continue };
            all += volume;
            if let Some((_, within, definition)) = asked.answered {
                good += volume * queue.service_level(definition, within);
            }
            lost += volume * queue.abandonment();
            wait += volume * queue.asa_s().min(1e6);
        }
        let keeps = |least: Option<bool>| least.unwrap_or(true);
        keeps(asked.answered.map(|(share, ..)| good >= all * share))
            && keeps(asked.lost.map(|most| lost <= all * most))
            && keeps(asked.wait_s.map(|most| wait <= all * most))
    }

    /// Work that must be done, in agents × intervals: of live queues as much as they may not lose.
    fn work(&self, set: &Set, busy: &[usize], asked: &Asked, work: Work) -> f64 {
        let live = asked.answered.map_or(self.unasked, |(share, ..)| share.min(MOST_WORK));
        let part = |q: usize| match work {
            Work::All => 1.0,
            Work::Promised => {
                if self.demands[q].may_wait {
                    MOST_WORK
                } else {
                    live
                }
            }
        };
        busy.iter().flat_map(|&i| set.queues.iter().map(move |&q| part(q) * self.demands[q].load(i))).sum()
    }

    /// The live queues of a set as one, in interval `i`; nothing where nobody comes.
    fn pool(&self, set: &Set, i: usize, agents: f64) -> Option<(f64, ErlangA)> {
        let live: Vec<&Demand> =
            set.queues.iter().map(|&q| &self.demands[q]).filter(|demand| !demand.may_wait).collect();
        let volume: f64 = live.iter().map(|demand| demand.volumes[i]).sum();
        let first = live.first()?;
        let alike = live.iter().all(|demand| demand.per_agent == first.per_agent);
        let slots = if alike { first.per_agent } else { 1.0 };
        let load: f64 = live.iter().map(|demand| demand.slots[i] / demand.per_agent * slots).sum();
        if volume <= 0.0 || load <= 0.0 {
            return None;
        }
        let mean = |figure: &dyn Fn(&Demand) -> f64| {
            live.iter().map(|demand| demand.volumes[i] * figure(demand)).sum::<f64>() / volume
        };
        let slot_s = mean(&|demand| demand.slot_s / demand.per_agent * slots).max(1e-3);
        let rate = mean(&|demand| 1.0 / demand.patience_s);
        let patience_s = if rate > 0.0 { 1.0 / rate } else { f64::INFINITY };
        ErlangA::new(load, agents * slots, slot_s, patience_s).ok().map(|queue| (volume, queue))
    }

    /// Agents of groups that are given who serve any queue of the set.
    fn given(&self, set: &Set, i: usize) -> u32 {
        let model = self.task.model;
        let serves =
            |g: &usize| set.queues.iter().any(|&q| model.groups[*g].skill(self.task.pairs[q].0).is_some());
        (0..model.groups.len()).filter(serves).map(|g| self.task.given.at(GroupId(g), i)).sum()
    }
}

/// What a target asks of one interval: all of it, or its floor.
fn of_interval(target: &Target, floor: f64) -> Option<Goal> {
    if target.per == Per::Interval {
        return Some(target.goal.clone());
    }
    match target.goal {
        Goal::Answered { share, within, definition } => {
            Some(Goal::Answered { share: target.floor.unwrap_or(floor).min(share), within, definition })
        }
        _ => None,
    }
}

fn known(definition: model::Definition) -> Definition {
    match definition {
        model::Definition::Offered => Definition::Offered,
        model::Definition::Answered => Definition::Answered,
        model::Definition::IgnoreEarly | model::Definition::IgnoreShort { .. } => Definition::IgnoreEarly,
        model::Definition::CreditEarly | model::Definition::CreditShort { .. } => Definition::CreditEarly,
    }
}
