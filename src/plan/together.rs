//! Replications that make one stretch only together: a month of days, held against "on nine months in ten".
//!
//! The test of such a claim counts stretches: 21 days one after the other are a month, it keeps its promise or not, and
//! months made of different days are independent. Every other claim is held against each replication by itself.

use super::claims::{Claim, against};
use super::job::Job;
use crate::montecarlo::{CONTROLS, Pair, QueueReading};
use crate::stats::Margin;

/// Replications of one claim, put together.
#[derive(Clone, Debug)]
pub(super) struct Together {
    /// Replications that make one.
    runs: usize,
    /// Replications of the one that is not complete.
    seen: usize,
    figure: Pair,
    /// Of them, those that kept the promise by themselves, over those that had anybody.
    kept: Pair,
    controls: [f64; CONTROLS],
}

impl Together {
    /// As many replications as make one stretch of what is claimed; one of anything but a share of stretches.
    pub(super) fn of(claim: Claim, job: &Job<'_>) -> Self {
        let runs = match claim {
            Claim::Share(t, _) => job.model.runs_of(job.queue_facts().targets[t].per),
            _ => 1,
        };
        Self { runs, seen: 0, figure: (0, 0), kept: (0, 0), controls: [0.0; CONTROLS] }
    }

    /// The most of them that so many replications make.
    pub(super) fn most(&self, replications: u64) -> u64 {
        (replications / self.runs as u64).max(1)
    }

    /// Replications that so many more of them take.
    pub(super) fn replications(&self, wanted: u64) -> u64 {
        (wanted * self.runs as u64).saturating_sub(self.seen as u64)
    }

    /// Counts one replication; how the stretch that it completes stands to the claim, and its controls.
    pub(super) fn push(
        &mut self,
        claim: Claim,
        job: &Job<'_>,
        queue: &QueueReading,
        alone: Margin,
    ) -> Option<(Margin, [f64; CONTROLS])> {
        let Claim::Share(t, share) = claim else { return Some((alone, queue.controls)) };
        if self.runs < 2 {
            return Some((alone, queue.controls));
        }
        self.controls.iter_mut().zip(queue.controls).for_each(|(sum, one)| *sum += one);
        let (kept, of) = self.stretch(t, job, queue)?;
        let controls = std::mem::take(&mut self.controls).map(|sum| sum / self.runs as f64);
        Some((Margin::share_at_least(kept, of, share), controls))
    }

    /// Counts what one replication shows of target `t`; whether the stretch that it completes kept it, over whether
    /// anybody came. Where a replication holds whole stretches: how many kept it, and of how many.
    pub(super) fn stretch(&mut self, t: usize, job: &Job<'_>, queue: &QueueReading) -> Option<Pair> {
        let (figure, kept) = (queue.figures[t], queue.kept[t]);
        if self.runs < 2 {
            return Some(kept);
        }
        self.figure = (self.figure.0.saturating_add(figure.0), self.figure.1.saturating_add(figure.1));
        self.kept = (self.kept.0 + kept.0, self.kept.1 + kept.1);
        self.seen += 1;
        if self.seen < self.runs {
            return None;
        }
        let stretch = (u64::from(self.holds(job, t)), u64::from(self.kept.1 > 0));
        (self.seen, self.figure, self.kept) = (0, (0, 0), (0, 0));
        Some(stretch)
    }

    /// Whether the stretch kept the promise: by all its contacts, or, of a longest wait, in every replication.
    fn holds(&self, job: &Job<'_>, t: usize) -> bool {
        let goal = &job.queue_facts().targets[t].goal;
        if self.kept.1 == 0 {
            return false;
        }
        if goal.adds_up() { against(goal, self.figure).z >= 0.0 } else { self.kept.0 == self.kept.1 }
    }
}
