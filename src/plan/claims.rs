//! What must hold of a staffing: the scenario's targets, each in the sense in which it is to be kept.

use super::job::Job;
use crate::model::{Goal, Limit, Model, Per, Target};
use crate::montecarlo::{Pair, QueueReading, Reading, controlled};
use crate::stats::{Margin, SequentialTest};

/// Days in ten on which the second answer keeps the promise, as a share.
pub(super) const NINE_IN_TEN: f64 = 0.9;

/// In which sense the promises are to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// As the scenario says.
    Asked,
    /// In the long run.
    OnAverage,
    /// All of them, each at the level of the day, on nine days in ten.
    NineInTen,
}

/// One thing that must hold. Targets are given by their position in the queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Claim {
    /// The long-run figure of a target reaches its goal.
    Average(usize),
    /// A target is kept on at least this share of its stretches.
    Share(usize, f64),
    /// Every target is kept on at least this share of the days.
    Days(f64),
    /// The long-run figure of a target in one counted open interval of the queue reaches its goal.
    Interval {
        /// The target.
        target: usize,
        /// Its position among the targets that are read by interval.
        slot: usize,
        /// Position of the interval among the counted open ones.
        interval: usize,
    },
    /// The group is busy for at most this share of its time.
    Occupancy(f64),
}

/// Everything that must hold of a staffing.
#[derive(Clone, Debug)]
pub(super) struct Claims {
    pub(super) list: Vec<Claim>,
    /// The targets that are read by interval.
    pub(super) by_interval: Vec<usize>,
}

impl Claims {
    /// What the targets of a job's queue, and its group's cap on occupancy, claim in one sense.
    pub(super) fn of(job: &Job<'_>, sense: Sense) -> Self {
        let mut claims = Self { list: Vec::new(), by_interval: Vec::new() };
        if sense == Sense::NineInTen && !job.queue_facts().targets.is_empty() {
            claims.list.push(Claim::Days(NINE_IN_TEN));
        } else {
            for (t, target) in job.queue_facts().targets.iter().enumerate() {
                claims.add(job, t, target, sense);
            }
        }
        claims.list.extend(job.group_facts().max_occupancy.map(Claim::Occupancy));
        claims
    }

    fn add(&mut self, job: &Job<'_>, t: usize, target: &Target, sense: Sense) {
        match (target.on_days, target.per) {
            (Some(share), _) if sense == Sense::Asked => self.list.push(Claim::Share(t, share)),
            (_, Per::Interval) => {
                let slot = self.by_interval.len();
                self.by_interval.push(t);
                let some = |interval| Claim::Interval { target: t, slot, interval };
                self.list.extend(busy_intervals(job).map(some));
            }
            _ => self.list.push(Claim::Average(t)),
        }
    }

    /// The same without what is claimed of single intervals.
    pub(super) fn over_the_run(&self) -> Self {
        let long = self.list.iter().filter(|claim| !matches!(claim, Claim::Interval { .. }));
        Self { list: long.copied().collect(), by_interval: Vec::new() }
    }

    /// Whether anything is claimed of single intervals.
    pub(super) fn any_by_interval(&self) -> bool {
        !self.by_interval.is_empty()
    }
}

/// The counted open intervals of a job's queue, as intervals of the run.
pub(super) fn counted(job: &Job<'_>) -> Vec<usize> {
    let from = job.model.counted_from();
    let counts = |i: &usize| job.model.grid().start_of(*i) >= from;
    job.queue_facts().opening.intervals().filter(counts).collect()
}

/// Positions, among the counted open intervals, of those in which anyone is expected.
fn busy_intervals(job: &Job<'_>) -> impl Iterator<Item = usize> {
    let volumes = &job.queue_facts().volumes;
    let busy: Vec<usize> =
        counted(job).into_iter().enumerate().filter(|(_, i)| volumes[*i] > 0.0).map(|(k, _)| k).collect();
    busy.into_iter()
}

impl Claim {
    /// How one replication stands to this claim, where the job's queue is the only one that was read.
    pub(super) fn margin(self, job: &Job<'_>, intervals: usize, reading: &Reading) -> Margin {
        self.margin_in(job, intervals, &reading.queues[0], reading.days)
    }

    /// How one replication stands to this claim: what it says of the job's queue, and of the days as a whole.
    pub(super) fn margin_in(
        self,
        job: &Job<'_>,
        intervals: usize,
        queue: &QueueReading,
        days: Pair,
    ) -> Margin {
        let targets = &job.queue_facts().targets;
        match self {
            Self::Average(t) => {
                let margin = against(&targets[t].goal, queue.figures[t]);
                queue.spells[t].map_or(margin, |spells| margin.in_spells(spells))
            }
            Self::Share(t, share) => Margin::share_at_least(queue.kept[t].0, queue.kept[t].1, share),
            Self::Days(share) => Margin::share_at_least(days.0, days.1, share),
            Self::Interval { target, slot, interval } => {
                against(&targets[target].goal, queue.intervals[slot * intervals + interval])
            }
            Self::Occupancy(most) => Margin::share_at_most(queue.occupancy.0, queue.occupancy.1, most),
        }
    }

    /// Whether its margin is a share, rather than a time.
    pub(super) fn is_share(self, job: &Job<'_>) -> bool {
        match self {
            Self::Average(t) | Self::Interval { target: t, .. } => {
                job.queue_facts().targets[t].goal.is_share()
            }
            Self::Share(..) | Self::Days(_) | Self::Occupancy(_) => true,
        }
    }

    /// A test of this claim, with the tape's controls where they explain part of its noise.
    pub(super) fn controlled(self, model: &Model, test: SequentialTest) -> SequentialTest {
        if matches!(self, Self::Interval { .. }) { test } else { controlled(model, test) }
    }

    /// The half-width below which telling apart from the goal is not worth more work, in the margin's units. Shares of
    /// days and levels of single intervals are known less well than the level of a run.
    pub(super) fn indifference(self, job: &Job<'_>, share: f64) -> f64 {
        let of = |t: usize, times: f64| match job.queue_facts().targets[t].goal.limit() {
            Limit::AtLeast(_) | Limit::AtMost(_) => share * times,
            Limit::WaitAtMost(most) => most.0 as f64 * share * times * 10.0,
        };
        match self {
            Self::Average(t) => of(t, 1.0),
            Self::Interval { target, .. } => of(target, 10.0),
            Self::Share(..) | Self::Days(_) => share * 20.0,
            Self::Occupancy(_) => share,
        }
    }
}

/// How a figure stands to a goal.
pub(super) fn against(goal: &Goal, (x, y): (u64, u64)) -> Margin {
    match goal.limit() {
        Limit::AtLeast(share) => Margin::share_at_least(x, y, share),
        Limit::AtMost(share) => Margin::share_at_most(x, y, share),
        Limit::WaitAtMost(most) => Margin::mean_at_most(x, y, most.0 as f64),
    }
}
