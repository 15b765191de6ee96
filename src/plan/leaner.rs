//! The leanest staffing that cannot be told apart from the promise.
//!
//! An answer has to be *shown* to keep its promise, at the plan's error. Below it on its line lie staffings that are
//! neither shown to keep it nor shown to miss it, and a planner who pays for the difference should know the leanest of
//! them. On the customers of the search it is the lowest level of which no 95% interval lies below its goal; what is said
//! of it comes from customers that the search never saw. Where those show it below its goal, or an interval below its
//! floor, the next level up is looked at.

use super::answer::{Leaner, Sample};
use super::assemble::group_plan;
use super::claims::{Claim, Claims};
use super::confirm::{Rule, standings};
use super::customers::Customers;
use super::job::Job;
use super::ladder::Ladder;
use super::search::Found;
use super::settings::Settings;
use super::show::LEVEL;
use super::together::Together;
use super::trial::Ring;
use super::watch::{Event, Watch, cancelled};
use super::words;
use crate::model::Model;
use crate::montecarlo::{Reading, Staffing, Verdict};
use crate::stats::{Estimate, SequentialTest};

/// Levels that are looked at on new customers before nothing is said.
const STEPS: usize = 8;

/// Looks below one answer.
pub(super) struct Scout<'a, 'm> {
    pub(super) job: &'a Job<'m>,
    /// What must hold over the run, and which targets are read by interval.
    pub(super) claims: &'a Claims,
    /// What must hold of every interval.
    pub(super) rules: &'a [Rule],
    pub(super) ladder: &'a Ladder,
    pub(super) settings: &'a Settings,
    pub(super) watch: &'a dyn Watch,
}

/// How the claim that is worst kept stands to its goal: positive is above.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worst {
    /// Its position among the claims.
    pub(super) claim: usize,
    /// The distance, with its 95% interval.
    pub(super) margin: Estimate,
}

impl<'m> Scout<'_, 'm> {
    /// The lowest level that is not shown below its goals on these customers, where it lies below the one that was found.
    pub(super) fn lowest(
        &self,
        found: &Found,
        replications: u64,
        customers: &mut Customers<'m>,
    ) -> Option<usize> {
        let (mut low, mut high) = (found.missed().map_or(0, |level| level + 1), found.level);
        while low < high {
            let middle = low + (high - low) / 2;
            let seen = self.look(middle, replications, customers);
            customers.forget();
            if cancelled(self.watch) {
                return None;
            }
            if seen.is_some() { high = middle } else { low = middle + 1 }
        }
        (high < found.level).then_some(high)
    }

    /// What customers that the search never saw say of the lowest level from `from` on that they do not show below its
    /// goals; nothing where that is as much as the answer's `hours`.
    pub(super) fn tell(
        &self,
        from: usize,
        hours: f64,
        replications: u64,
        customers: &mut Customers<'m>,
    ) -> Option<Leaner> {
        let levels = (from..=self.ladder.top()).take(STEPS);
        let cheaper = levels.take_while(|&level| self.job.hours(&self.ladder.crew(level)) < hours);
        for level in cheaper {
            let seen = self.look(level, replications, customers);
            if cancelled(self.watch) {
                return None;
            }
            if let Some(worst) = seen {
                let staffing = self.job.staffing(&self.ladder.crew(level));
                let sample = Sample { seed: self.job.model.run.seed, first: customers.first(), replications };
                return Some(leaner(
                    &[self.job],
                    &staffing,
                    self.claims.list[worst.claim],
                    self.job,
                    worst.margin,
                    sample,
                ));
            }
        }
        None
    }

    /// How a level stands; nothing where a claim is shown below its goal or an interval below its floor, or nobody came.
    fn look(&self, level: usize, replications: u64, customers: &mut Customers<'m>) -> Option<Worst> {
        let row = customers.try_on(self.job, &self.ladder.crew(level), &self.claims.by_interval);
        let agents = self.ladder.crew(level).iter().copied().max().unwrap_or(0);
        self.watch.event(&Event::Candidate { agents, agent_hours: self.job.hours(&self.ladder.crew(level)) });
        let (job, settings, watch) = (self.job, self.settings, self.watch);
        let mut ring = Ring { job, customers, settings, watch, only_met: false };
        if !ring.read(row, replications as usize) {
            return None;
        }
        let readings = customers.known_readings(row, replications as usize);
        let broken = standings(self.job, self.rules, readings, 0);
        if broken.iter().any(|one| one.verdict == Verdict::Missed) {
            return None;
        }
        let intervals = super::claims::counted(self.job).len();
        let margin = |&claim: &Claim| {
            let mut together = Together::of(claim, self.job);
            margin(self.job.model, claim, readings, |reading| {
                let alone = claim.margin(self.job, intervals, reading);
                together.push(claim, self.job, &reading.queues[0], alone)
            })
        };
        worst(self.claims.list.iter().map(margin), |k| self.claims.list[k].indifference(self.job, 1.0))
    }
}

/// How one claim stands to its goal on some replications, with a 95% interval; `whole` is what a replication completes.
pub(super) fn margin(
    model: &Model,
    claim: Claim,
    readings: &[Reading],
    mut whole: impl FnMut(&Reading) -> Option<(crate::stats::Margin, [f64; crate::montecarlo::CONTROLS])>,
) -> Option<Estimate> {
    let mut test = claim.controlled(model, SequentialTest::new(0.0, 0.0, u64::MAX));
    for (margin, controls) in readings.iter().filter_map(&mut whole) {
        test.push(margin, &controls);
    }
    test.estimate(LEVEL)
}

/// The claim that is worst kept, each by its own measure; nothing where one is shown below its goal or has no figure.
pub(super) fn worst(
    margins: impl Iterator<Item = Option<Estimate>>,
    scale: impl Fn(usize) -> f64,
) -> Option<Worst> {
    let known: Option<Vec<Estimate>> = margins.collect();
    let known = known?;
    if known.iter().any(|margin| margin.high < 0.0) {
        return None;
    }
    let by = |worst: &Worst| worst.margin.mean / scale(worst.claim).max(f64::MIN_POSITIVE);
    let all = known.into_iter().enumerate().map(|(claim, margin)| Worst { claim, margin });
    all.min_by(|a, b| by(a).total_cmp(&by(b)))
}

/// A staffing of these groups, and how the claim stands that is worst kept: one of `judged`.
pub(super) fn leaner(
    groups: &[&Job<'_>],
    staffing: &Staffing,
    claim: Claim,
    judged: &Job<'_>,
    margin: Estimate,
    sample: Sample,
) -> Leaner {
    let (figure, is_share) = (claim.figure(judged, margin), claim.is_share(judged));
    Leaner {
        groups: groups.iter().map(|job| group_plan(job.model, job.group, staffing)).collect(),
        target: words::claim(judged, claim),
        is_share,
        level: if is_share { figure } else { figure.scale(1e-6) },
        sample,
    }
}
