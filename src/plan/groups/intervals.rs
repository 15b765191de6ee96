//! Single intervals on new customers: whether each keeps what it is promised, and none falls below its floor; repair
//! where one does not.

use super::super::confirm::{Rule, Standing, rules, standings};
use super::super::job::Crew;
use super::super::settings::{Bound, Settings};
use super::super::solve::worse;
use super::pledges::Pledges;
use super::price::weight;
use super::task::Task;
use crate::montecarlo::{Reading, Verdict};

/// What must hold of single intervals, pair by pair.
pub(super) struct Watched {
    /// Targets that are read by interval.
    pub(super) by_interval: Vec<Vec<usize>>,
    pub(super) rules: Vec<Vec<Rule>>,
}

impl Watched {
    /// The rules of a task whose staff may follow the day; none where it may not.
    pub(super) fn of(task: &Task<'_>, pledges: &Pledges, settings: &Settings) -> Self {
        let flat = task.is_flat();
        let of = |pair: usize| {
            if flat || pair >= task.queues {
                return (pledges.by_interval[pair].clone(), Vec::new());
            }
            let targets = &task.queue(pair).targets;
            let all: Vec<usize> = (0..targets.len()).collect();
            let rules = rules(targets, &all, &pledges.by_interval[pair], settings.floor);
            (all, rules)
        };
        let (by_interval, rules) = (0..task.pairs.len()).map(of).unzip();
        Self { by_interval, rules }
    }

    /// The same, judging nothing.
    pub(super) fn without_rules(self) -> Self {
        let rules = vec![Vec::new(); self.rules.len()];
        Self { rules, ..self }
    }

    /// Whether there is anything to watch.
    pub(super) fn is_empty(&self) -> bool {
        self.rules.iter().all(Vec::is_empty)
    }

    /// How all intervals stand, pair by pair.
    pub(super) fn standings(&self, task: &Task<'_>, readings: &[Reading]) -> Vec<Vec<Standing>> {
        let of = |pair: usize| standings(&task.jobs[pair], &self.rules[pair], readings, pair);
        (0..task.pairs.len()).map(of).collect()
    }

    /// Whether an interval needs more agents.
    fn wants_repair(&self, pair: usize, standing: &Standing, settings: &Settings) -> bool {
        let strict = settings.bound == Bound::LowerBound && self.rules[pair][standing.rule].promised;
        if strict { standing.verdict != Verdict::Met } else { standing.verdict == Verdict::Missed }
    }

    /// One agent more where an interval needs one, in the cheapest group that may have one; whether any was added.
    pub(super) fn repair(
        &self,
        task: &Task<'_>,
        crews: &mut [Crew],
        standings: &[Vec<Standing>],
        settings: &Settings,
    ) -> bool {
        let mut repaired: Vec<(usize, usize)> = Vec::new();
        for (pair, of_pair) in standings.iter().enumerate() {
            for standing in of_pair.iter().filter(|one| self.wants_repair(pair, one, settings)) {
                let i = standing.interval;
                let may = |g: &usize| {
                    let job = &task.groups[*g];
                    let place = job.open.iter().position(|&open| open == i);
                    task.serves(*g, pair) && !job.flat && place.is_some_and(|j| crews[*g][j] < job.most[j])
                };
                let all: u32 = task.given_at(i) + at(task, crews, i);
                let room = task.model.plan.headcount.is_none_or(|most| all < most);
                let cheapest = (0..task.groups.len())
                    .filter(may)
                    .min_by(|&a, &b| weight(task, a, i).total_cmp(&weight(task, b, i)));
                if let Some(g) = cheapest.filter(|&g| room && !repaired.contains(&(g, i))) {
                    let j = task.groups[g].open.iter().position(|&open| open == i).unwrap_or(0);
                    crews[g][j] += 1;
                    repaired.push((g, i));
                }
            }
        }
        !repaired.is_empty()
    }

    /// The verdict of every target of a pair that is promised by interval, or broken at its floor.
    pub(super) fn verdict(&self, pair: usize, target: usize, standings: &[Vec<Standing>]) -> Option<Verdict> {
        let mine = standings[pair].iter().filter(|one| self.rules[pair][one.rule].target == target);
        mine.filter_map(|one| {
            let promised = self.rules[pair][one.rule].promised;
            (promised || one.verdict == Verdict::Missed).then_some(one.verdict)
        })
        .reduce(worse)
    }
}

/// Agents of the planned groups in interval `i`.
fn at(task: &Task<'_>, crews: &[Crew], i: usize) -> u32 {
    let of = |(job, crew): (&super::super::job::Job<'_>, &Crew)| {
        job.open.iter().position(|&open| open == i).map_or(0, |j| crew[j])
    };
    task.groups.iter().zip(crews).map(of).sum()
}
