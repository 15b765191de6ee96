//! Confirmation on new customers, and repair where they contradict the search.
//!
//! A candidate was chosen because it did well on the customers of the search, so on those it looks better than it is.
//! It is tested again on replications that the search never saw. If they contradict it, it gets more agents and is
//! tested on new ones again, at a smaller share of the error each time ([`super::fresh`] has the rounds).

use super::answer::Sample;
use super::claims::{Claims, counted};
use super::customers::Customers;
use super::errand::Errand;
use super::fresh::Fresh;
use super::job::{Crew, Job};
use super::settings::Bound;
use super::sweep::{ONE_SIDED_95, is_reached};
use super::trial::{Ring, Tried};
use crate::model::{Goal, Limit, Target};
use crate::montecarlo::{Reading, Verdict};
use crate::stats::{Estimate, RatioMoments};

/// Confirmations before a contradiction is reported instead of repaired.
const ROUNDS: u32 = 8;
/// Confidence level of ± 3 standard errors.
const THREE_SIGMA: f64 = 0.9973;

/// What must hold of every counted interval with customers: a target's goal, or its floor.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Position among the targets read by interval.
    pub(super) slot: usize,
    pub(super) target: usize,
    pub(super) goal: Goal,
    /// Whether it is a promise; else a floor, which need only not be shown broken.
    pub(super) promised: bool,
}

/// How one interval stands to a rule.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// Interval of the run.
    pub(super) interval: usize,
    pub(super) rule: usize,
    pub(super) verdict: Verdict,
    pub(super) figure: Estimate,
}

/// What a confirmation found.
pub(super) struct Confirmed {
    /// The staffing, with what repairs it needed.
    pub(super) crew: Crew,
    pub(super) tried: Tried,
    pub(super) standings: Vec<Standing>,
    pub(super) sample: Sample,
    /// Whether what was confirmed is what was asked to be.
    pub(super) repaired: bool,
    /// The round of new customers that had the last word.
    pub(super) round: u32,
}

/// A confirmation to be done.
pub(super) struct Confirm<'a, 'm> {
    pub(super) errand: &'a Errand<'a>,
    pub(super) job: &'a Job<'m>,
    /// What must hold over the run, and which targets are read by interval.
    pub(super) claims: &'a Claims,
    /// What must hold of every interval.
    pub(super) rules: &'a [Rule],
    pub(super) error: f64,
}

impl<'m> Confirm<'_, 'm> {
    /// Confirms `crew`, or what it takes; `more` adds agents where the run as a whole was contradicted.
    pub(super) fn run(
        &self,
        crew: &Crew,
        fresh: &mut Fresh<'_, 'm>,
        mut more: impl FnMut(&[u32]) -> Crew,
    ) -> Confirmed {
        self.errand.stage("confirming on new customers");
        let mut now = crew.clone();
        let first = fresh.round();
        loop {
            let round = fresh.round();
            let (tried, standings, sample) = self.once(&now, round, fresh.customers(round));
            let refuted = tried.verdict == Verdict::Missed || !tried.looks_met();
            let below: Vec<usize> = standings
                .iter()
                .filter(|standing| self.wants_repair(standing))
                .map(|standing| standing.interval)
                .collect();
            let mut next = if refuted { more(&now) } else { now.clone() };
            self.raise(&mut next, &below);
            if tried.interrupted || round + 1 == first + ROUNDS || next == now {
                return Confirmed { repaired: now != *crew, crew: now, tried, standings, sample, round };
            }
            now = next;
            fresh.next_round();
        }
    }

    fn once(&self, crew: &Crew, round: u32, customers: &mut Customers<'m>) -> (Tried, Vec<Standing>, Sample) {
        let Errand { settings, watch, .. } = *self.errand;
        let mut ring = Ring { job: self.job, customers, settings, watch, only_met: false };
        let share = self.error / f64::from(round * (round + 1));
        let (mut tried, row) = ring.test(self.claims, crew, share);
        let mut read = tried.replications as usize;
        if !self.rules.is_empty() {
            let wanted = settings.to_confirm() as usize;
            tried.interrupted |= !ring.read(row, wanted);
            read = read.max(wanted);
        }
        read = read.min(customers.known(row));
        let sample = self.errand.sample(customers.first(), read as u64);
        (tried, self.standings(customers.read(row, read)), sample)
    }

    fn wants_repair(&self, standing: &Standing) -> bool {
        let strict = self.errand.settings.bound == Bound::LowerBound && self.rules[standing.rule].promised;
        if strict { standing.verdict != Verdict::Met } else { standing.verdict == Verdict::Missed }
    }

    /// One agent more in each of these intervals of the run, where the group is open and may have them.
    fn raise(&self, crew: &mut Crew, intervals: &[usize]) {
        for (j, i) in self.job.open.iter().enumerate() {
            if intervals.contains(i) && crew[j] < self.job.most[j] {
                crew[j] += 1;
            }
        }
    }

    /// How every counted interval with customers stands to every rule.
    pub(super) fn standings(&self, readings: &[Reading]) -> Vec<Standing> {
        standings(self.job, self.rules, readings, 0)
    }
}

/// How every counted interval with customers stands to every rule, by the queue that was read at this position.
pub(super) fn standings(
    job: &Job<'_>,
    rules: &[Rule],
    readings: &[Reading],
    position: usize,
) -> Vec<Standing> {
    let intervals = counted(job);
    let mut found = Vec::new();
    for (r, rule) in rules.iter().enumerate() {
        for (k, &i) in intervals.iter().enumerate() {
            if job.queue_facts().volumes[i] <= 0.0 {
                continue;
            }
            let at = rule.slot * intervals.len() + k;
            let mut moments = RatioMoments::default();
            readings
                .iter()
                .map(|one| one.queues[position].intervals[at])
                .for_each(|(x, y)| moments.push(x, y));
            if let Some((verdict, figure)) = stands(&rule.goal, &moments) {
                found.push(Standing { interval: i, rule: r, verdict, figure });
            }
        }
    }
    found
}

/// Met if the one-sided 95% bound reaches the goal, missed if the figure is shown below it by 3 standard errors.
fn stands(goal: &Goal, moments: &RatioMoments) -> Option<(Verdict, Estimate)> {
    let [wide, narrow] = [THREE_SIGMA, ONE_SIDED_95].map(|level| figure(goal, moments, level));
    let (wide, narrow) = (wide?, narrow?);
    let missed = match goal.limit() {
        Limit::AtLeast(share) => wide.high < share,
        Limit::AtMost(share) => wide.low > share,
        Limit::WaitAtMost(most) => wide.low > most.0 as f64,
    };
    let met = is_reached(goal, (0, 0), moments, Bound::LowerBound);
    let verdict = match (missed, met) {
        (true, _) => Verdict::Missed,
        (_, true) => Verdict::Met,
        _ => Verdict::Undecided,
    };
    Some((verdict, narrow))
}

fn figure(goal: &Goal, moments: &RatioMoments, level: f64) -> Option<Estimate> {
    if goal.is_share() { moments.ratio_share(level) } else { moments.ratio(level) }
}

/// The rules that follow from targets: a promise for each that is measured by interval, a floor for each level that is
/// measured over longer.
pub(super) fn rules(targets: &[Target], by_interval: &[usize], promised: &[usize], floor: f64) -> Vec<Rule> {
    let rule = |(slot, &t): (usize, &usize)| {
        let target = &targets[t];
        if promised.contains(&t) {
            return Some(Rule { slot, target: t, goal: target.goal.clone(), promised: true });
        }
        match target.goal {
            Goal::Answered { share, within, definition } => {
                let share = target.floor.unwrap_or(floor).min(share);
                let goal = Goal::Answered { share, within, definition };
                Some(Rule { slot, target: t, goal, promised: false })
            }
            _ => None,
        }
    };
    by_interval.iter().enumerate().filter_map(rule).collect()
}
