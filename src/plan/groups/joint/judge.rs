//! How a staffing stands to every promise, in customers: on those of the search, then on new ones.

use super::super::super::answer::Sample;
use super::super::super::claims::Claim;
use super::super::super::confirm::Standing;
use super::super::super::customers::Customers;
use super::super::super::settings::Bound;
use super::super::super::solve::{FLOOR_REPLICATIONS, worse};
use super::super::super::trial::{Judged as Heard, Tried};
use super::super::finalists::Court;
use super::super::pledges::Pledge;
use super::{Joint, Stake};
use crate::model::{Limit, QueueId};
use crate::montecarlo::{Staffing, Verdict};

/// Contacts after which a test of the search ends, and one of a confirmation.
const CONTACTS: f64 = 2e6;
const CONTACTS_TO_CONFIRM: f64 = 10e6;
/// Contacts by which the floors of what is kept over the run are confirmed, at least.
const CONTACTS_OF_FLOORS: f64 = 2e6;
/// Replications that either may take in any case.
const FEWEST: u64 = 1000;
/// A tenth of the days more or fewer that keep a promise weighs as much as so large a share of the customers.
const DAYS_IN_CUSTOMERS: f64 = 0.05;

/// How far a promise is from being just kept.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ahead {
    /// By how much it is exceeded, in customers of a run (of a promise about waits: customers × seconds); negative: missed.
    pub by: f64,
    /// By how much it must be exceeded to be told apart from just kept.
    pub closest: f64,
    /// Whether it is no promise but the floor of an interval.
    pub is_floor: bool,
}

impl Ahead {
    /// Whether it is exceeded by enough to be shown.
    pub fn is_enough(&self) -> bool {
        self.by >= self.closest
    }
}

/// How a staffing stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Met: every promise is shown to be kept and no interval to lie below its floor. Missed: one of them is shown not to.
    pub verdict: Verdict,
    /// Everything that must hold: promises over the run, then promises and floors interval by interval.
    pub stakes: Vec<Ahead>,
    /// Whether nothing looks missed: over the run by enough to be shown.
    pub looks_good: bool,
    /// Intervals of the run in which a queue is shown to lie below its floor.
    pub low: Vec<(QueueId, usize)>,
    /// The verdict on every target.
    pub targets: Vec<(QueueId, usize, Verdict)>,
    /// The customers.
    pub sample: Sample,
    /// Whether it was ended from outside.
    pub interrupted: bool,
}

impl Joint<'_, '_> {
    /// How a staffing stands on the customers of the search.
    pub fn judge(&mut self, staffing: &Staffing) -> Judged {
        let most = self.most(CONTACTS);
        let error = self.purse.next();
        let court = Court { task: &self.task, pledges: &self.pledges, errand: &self.errand, most };
        let first = self.search.first();
        let by_interval = &self.watched.by_interval;
        let heard = court.hear(&mut self.search, staffing, by_interval, error, true);
        // Floors are of interest where nothing worse is known.
        let for_floors = match heard.tried.verdict {
            Verdict::Missed => 0,
            Verdict::Undecided => FLOOR_REPLICATIONS,
            Verdict::Met => FLOOR_REPLICATIONS.max(self.most(CONTACTS_OF_FLOORS / 4.0)),
        };
        let wanted = heard.tried.replications.max(for_floors) as usize;
        let interrupted = heard.tried.interrupted || !court.read(&mut self.search, heard.row, wanted);
        let known = self.search.known(heard.row).min(wanted);
        let standings = self.watched.standings(&self.task, self.search.known_readings(heard.row, known));
        self.search.forget();
        let sample = self.errand.sample(first, known as u64);
        self.judged(&heard.tried, &standings, sample, interrupted)
    }

    /// How it stands on customers that were never used before, as many as that takes.
    pub fn confirm(&mut self, staffing: &Staffing) -> Judged {
        self.round += 1;
        let error = self.errand.settings.error / 2.0 / f64::from(self.round * (self.round + 1));
        let (task, settings) = (&self.task, self.errand.settings);
        let most = self.most(CONTACTS_TO_CONFIRM);
        let court = Court { task, pledges: &self.pledges, errand: &self.errand, most };
        let first = self.errand.fresh();
        let mut customers = Customers::new(task.model, &task.pairs, settings.seed, first, 0);
        let heard = court.hear(&mut customers, staffing, &self.watched.by_interval, error, true);
        let is_met = heard.tried.verdict == Verdict::Met;
        let for_floors = if is_met { self.most(CONTACTS_OF_FLOORS) } else { 0 };
        let wanted = heard.tried.replications.max(settings.to_confirm()).max(for_floors) as usize;
        let interrupted = heard.tried.interrupted || !court.read(&mut customers, heard.row, wanted);
        let known = customers.known(heard.row).min(wanted);
        let standings = self.watched.standings(task, customers.known_readings(heard.row, known));
        let sample = self.errand.sample(first, known as u64);
        self.judged(&heard.tried, &standings, sample, interrupted)
    }

    /// Replications that so many contacts make.
    fn most(&self, contacts: f64) -> u64 {
        let affordable = (contacts / self.task.model.expected_contacts().max(1.0)) as u64;
        self.errand.settings.most_replications.min(affordable.max(FEWEST))
    }

    fn judged(
        &self,
        tried: &Tried,
        standings: &[Vec<Standing>],
        sample: Sample,
        interrupted: bool,
    ) -> Judged {
        let over_run = self.pledges.list.iter().zip(&tried.claims);
        let mut stakes: Vec<Ahead> =
            over_run.clone().map(|(pledge, heard)| self.over_the_run(*pledge, heard, tried)).collect();
        let by_interval = self.stakes.iter().filter(|stake| stake.interval.is_some());
        stakes.extend(by_interval.map(|stake| self.in_interval(*stake, standings, sample.replications)));
        let enough = |(ahead, k): (&Ahead, usize)| {
            ahead.is_enough() || tried.claims.get(k).is_some_and(|heard| heard.verdict == Verdict::Met)
        };
        let all_enough = stakes.iter().zip(0..).all(enough);
        let low = self.low(standings);
        let verdict = self.verdict(tried, standings, &low, interrupted);
        let looks_good = all_enough && low.is_empty() && !interrupted && verdict != Verdict::Missed;
        let targets = self.targets(tried, standings);
        Judged { verdict, stakes, looks_good, low, targets, sample, interrupted }
    }

    /// A promise over the run.
    fn over_the_run(&self, pledge: Pledge, heard: &Heard, tried: &Tried) -> Ahead {
        let job = &self.task.jobs[pledge.pair];
        let Some(margin) = heard.margin else { return Ahead::default() };
        let longer = tried.replications as f64 / self.most(CONTACTS_TO_CONFIRM).max(1) as f64;
        let half = Some(margin.half_width()).filter(|half| half.is_finite()).unwrap_or(0.0);
        let least = pledge.claim.indifference(job, self.errand.settings.indifference);
        let closest = (half * longer.sqrt().min(1.0)).max(least);
        let volume: f64 = job.queue_facts().volumes.iter().sum();
        let unit = match pledge.claim {
            Claim::Average(t) => volume * unit(&job.queue_facts().targets[t].goal.limit()),
            _ => volume * DAYS_IN_CUSTOMERS,
        };
        Ahead { by: margin.mean * unit, closest: closest * unit, is_floor: false }
    }

    /// A promise or a floor of one interval. Estimates are enough where the plan says so; else by how much they must lie
    /// above. A floor is kept as long as it is not shown to be broken.
    fn in_interval(&self, stake: Stake, standings: &[Vec<Standing>], replications: u64) -> Ahead {
        let mine = |one: &&Standing| one.rule == stake.rule && Some(one.interval) == stake.interval;
        let Some(standing) = standings[stake.pair].iter().find(mine) else { return Ahead::default() };
        let limit = self.goal(stake).limit();
        let figure = standing.figure;
        let (by, half) = match limit {
            Limit::AtLeast(share) => (figure.mean - share, figure.mean - figure.low),
            Limit::AtMost(share) => (share - figure.mean, figure.high - figure.mean),
            Limit::WaitAtMost(most) => (most.0 as f64 - figure.mean, figure.high - figure.mean),
        };
        let promised = self.watched.rules[stake.pair][stake.rule].promised;
        let by = if promised || standing.verdict == Verdict::Missed { by } else { by.max(0.0) };
        let settings = self.errand.settings;
        let strict = promised && settings.bound == Bound::LowerBound && half.is_finite();
        let longer = (replications as f64 / settings.to_confirm() as f64).sqrt().min(1.0);
        let volume = stake.interval.map_or(0.0, |i| self.task.queue(stake.pair).volumes[i]);
        let unit = volume * unit(&limit);
        Ahead { by: by * unit, closest: if strict { half * longer * unit } else { 0.0 }, is_floor: !promised }
    }

    /// Queues and intervals shown to lie below their floor.
    fn low(&self, standings: &[Vec<Standing>]) -> Vec<(QueueId, usize)> {
        let of_pair = |(pair, list): (usize, &Vec<Standing>)| {
            let low = |one: &&Standing| {
                !self.watched.rules[pair][one.rule].promised && one.verdict == Verdict::Missed
            };
            list.iter().filter(low).map(|one| (self.task.pairs[pair].0, one.interval)).collect::<Vec<_>>()
        };
        standings.iter().enumerate().flat_map(of_pair).collect()
    }

    fn verdict(
        &self,
        tried: &Tried,
        standings: &[Vec<Standing>],
        low: &[(QueueId, usize)],
        interrupted: bool,
    ) -> Verdict {
        let strict = self.errand.settings.bound == Bound::LowerBound;
        let promised = standings.iter().enumerate().flat_map(|(pair, list)| {
            list.iter().filter(move |one| self.watched.rules[pair][one.rule].promised)
        });
        let of_interval = |one: &Standing| match one.verdict {
            Verdict::Undecided if !strict => Verdict::Met,
            verdict => verdict,
        };
        let floors = if low.is_empty() { Verdict::Met } else { Verdict::Missed };
        let all = promised.map(of_interval).fold(worse(tried.verdict, floors), worse);
        if interrupted { worse(all, Verdict::Undecided) } else { all }
    }

    /// The verdict on every target: that of its test, and of its intervals.
    fn targets(&self, tried: &Tried, standings: &[Vec<Standing>]) -> Vec<(QueueId, usize, Verdict)> {
        let mut targets = Vec::new();
        for (pair, (queue, _)) in self.task.pairs.iter().enumerate().take(self.task.queues) {
            for t in 0..self.task.queue(pair).targets.len() {
                let mine = |pledge: &Pledge| pledge.pair == pair && pledge.claim.target() == Some(t);
                let tests = self.pledges.list.iter().zip(&tried.claims);
                let by_run = tests.filter(|(pledge, _)| mine(pledge)).map(|(_, heard)| heard.verdict);
                let by_interval = self.watched.verdict(pair, t, standings);
                if let Some(verdict) = by_run.chain(by_interval).reduce(worse) {
                    targets.push((*queue, t, verdict));
                }
            }
        }
        targets
    }
}

/// What one unit of a goal's figure is, for each customer: one of them, or a second of waiting.
pub(super) fn unit(limit: &Limit) -> f64 {
    match limit {
        Limit::WaitAtMost(_) => 1e-6,
        Limit::AtLeast(_) | Limit::AtMost(_) => 1.0,
    }
}
