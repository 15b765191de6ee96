//! Everything that must hold of a staffing of several groups: the targets of all their queues, the caps of all groups.

use super::super::claims::{Claim, Claims, Sense, counted};
use super::super::together::Together;
use super::task::Task;
use crate::model::Limit;
use crate::montecarlo::{CONTROLS, Reading};
use crate::stats::Margin;

/// One claim, and the pair that it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pledge {
    pub(super) pair: usize,
    pub(super) claim: Claim,
}

/// All that must hold.
#[derive(Clone, Debug)]
pub(super) struct Pledges {
    pub(super) list: Vec<Pledge>,
    /// For every pair, the targets that are read by interval.
    pub(super) by_interval: Vec<Vec<usize>>,
    /// For every pair, how many counted open intervals its queue has.
    intervals: Vec<usize>,
}

impl Pledges {
    /// What must hold in one sense.
    pub(super) fn of(task: &Task<'_>, sense: Sense) -> Self {
        let mut pledges = Self {
            list: Vec::new(),
            by_interval: vec![Vec::new(); task.pairs.len()],
            intervals: task.jobs.iter().map(|job| counted(job).len()).collect(),
        };
        for (pair, job) in task.jobs.iter().enumerate() {
            let claims = Claims::of(job, sense);
            let first = task.pairs[..pair].iter().all(|(_, group)| *group != job.group);
            if pair < task.queues {
                pledges.by_interval[pair].clone_from(&claims.by_interval);
            }
            let mine = |claim: &Claim| match claim {
                Claim::Occupancy(_) => first,
                // Days are kept by all queues together: said once.
                Claim::Days(_) => pair == 0,
                _ => pair < task.queues,
            };
            pledges.list.extend(claims.list.into_iter().filter(mine).map(|claim| Pledge { pair, claim }));
        }
        pledges
    }

    /// The same without what is claimed of single intervals.
    pub(super) fn over_the_run(&self) -> Self {
        let long = |pledge: &&Pledge| !matches!(pledge.claim, Claim::Interval { .. });
        let list = self.list.iter().filter(long).copied().collect();
        Self {
            list,
            by_interval: vec![Vec::new(); self.by_interval.len()],
            intervals: self.intervals.clone(),
        }
    }

    /// Whether anything is claimed of single intervals.
    pub(super) fn any_by_interval(&self) -> bool {
        self.by_interval.iter().any(|targets| !targets.is_empty())
    }

    /// How one replication stands to the k-th pledge.
    pub(super) fn margin(&self, task: &Task<'_>, k: usize, reading: &Reading) -> Margin {
        let Pledge { pair, claim } = self.list[k];
        claim.margin_in(&task.jobs[pair], self.intervals[pair], &reading.queues[pair], reading.days)
    }

    /// The same of what a replication completes, where several make one stretch.
    pub(super) fn margin_together(
        &self,
        task: &Task<'_>,
        k: usize,
        reading: &Reading,
        together: &mut Together,
    ) -> Option<(Margin, [f64; CONTROLS])> {
        let Pledge { pair, claim } = self.list[k];
        let alone = self.margin(task, k, reading);
        together.push(claim, &task.jobs[pair], &reading.queues[pair], alone)
    }
}

impl Pledge {
    /// What a distance from the goal is divided by, so that those of shares and of waits can be compared.
    pub(super) fn scale(&self, task: &Task<'_>) -> f64 {
        let of = |t: usize| match task.queue(self.pair).targets[t].goal.limit() {
            Limit::WaitAtMost(most) => (most.0 as f64).max(1.0),
            Limit::AtLeast(_) | Limit::AtMost(_) => 1.0,
        };
        match self.claim {
            Claim::Average(t) | Claim::Interval { target: t, .. } => of(t),
            Claim::Share(..) | Claim::Days(_) | Claim::Occupancy(_) => 1.0,
        }
    }
}
