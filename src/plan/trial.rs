//! One candidate held against everything it must keep, on as many replications as that takes.

use super::claims::{Claim, Claims};
use super::customers::{Customers, RowId};
use super::job::{Crew, Job};
use super::settings::Settings;
use super::together::Together;
use super::watch::{Event, Watch, cancelled};
use crate::montecarlo::{Reading, Verdict};
use crate::stats::{Estimate, SequentialTest, replications_left};

/// Contacts after which a trial looks up, to be ended from outside.
const CONTACTS_BETWEEN_LOOKS: f64 = 4e6;

/// How a candidate did.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    /// Met if every claim is, missed if any is, else undecided.
    pub(super) verdict: Verdict,
    /// For every claim, its verdict and how far above its goal the figure lies, in the claim's units.
    pub(super) claims: Vec<Judged>,
    pub(super) replications: u64,
    /// Whether it was ended from outside.
    pub(super) interrupted: bool,
}

/// How one claim did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) margin: Option<Estimate>,
}

impl Tried {
    /// The first claim that is not met: missed before undecided.
    pub(super) fn worst(&self) -> Option<usize> {
        let with = |verdict| self.claims.iter().position(|claim| claim.verdict == verdict);
        with(Verdict::Missed).or_else(|| with(Verdict::Undecided))
    }

    /// Whether no estimate lies below its goal.
    pub(super) fn looks_met(&self) -> bool {
        self.claims.iter().all(|claim| claim.margin.is_none_or(|margin| margin.mean >= 0.0))
    }
}

/// Where and how hard a candidate is tried.
pub(super) struct Ring<'a, 'm> {
    pub(super) job: &'a Job<'m>,
    pub(super) customers: &'a mut Customers<'m>,
    pub(super) settings: &'a Settings,
    pub(super) watch: &'a dyn Watch,
    /// Whether only candidates that meet everything are of use: others are given up once they look hopeless, undecided.
    pub(super) only_met: bool,
}

impl<'a> Ring<'a, '_> {
    /// Tests one candidate at the given error; also where its replications are read.
    pub(super) fn test(&mut self, claims: &Claims, crew: &Crew, error: f64) -> (Tried, RowId) {
        let agents = crew.iter().copied().max().unwrap_or(0);
        self.watch.event(&Event::Candidate { agents, agent_hours: self.job.hours(crew) });
        let row = self.customers.try_on(self.job, crew, &claims.by_interval);
        let mut tests = self.tests(claims, error);
        let mut done = 0;
        let mut interrupted = false;
        loop {
            let wanted = tests.iter().map(Sequence::wanted).max().unwrap_or(0);
            if wanted == 0 {
                break;
            }
            let total = done + wanted as usize;
            interrupted = !self.read(row, total);
            if interrupted {
                break;
            }
            let new = &self.customers.read(row, total)[done..];
            for test in &mut tests {
                test.look(new);
            }
            done = total;
            self.tell(&tests);
            let hopeless = self.only_met && self.is_late(done) && tests.iter().any(Sequence::looks_missed);
            if hopeless || tests.iter().any(|test| test.judged.verdict == Verdict::Missed) {
                break;
            }
        }
        (tried(&tests, done, interrupted), row)
    }

    /// Tells the watch of the claim that will take longest.
    fn tell(&self, tests: &[Sequence<'_>]) {
        let standing = |test: &Sequence<'_>| {
            let margin = test.judged.margin.filter(|_| test.wanted() > 0)?;
            let indifference = test.claim.indifference(self.job, self.settings.indifference);
            let most = test.together.most(self.settings.most_replications);
            let left = replications_left(margin, indifference, most).map(|n| test.together.replications(n));
            Some((margin, test.claim.is_share(self.job), left))
        };
        let longest = tests.iter().filter_map(standing).max_by_key(|(_, _, left)| left.number());
        if let Some((margin, is_share, left)) = longest {
            self.watch.event(&Event::Standing { margin, is_share, left });
        }
    }

    /// Whether a candidate that looks bad now will hardly be met in the end: a quarter of all replications are done.
    fn is_late(&self, done: usize) -> bool {
        4 * done as u64 >= self.settings.most_replications
    }

    /// Reads replications of one staffing until there are `total`; false if ended from outside.
    pub(super) fn read(&mut self, row: RowId, total: usize) -> bool {
        let contacts = self.job.model.expected_contacts().max(1.0) * self.customers.expected() as f64;
        let block = (CONTACTS_BETWEEN_LOOKS / contacts).ceil() as usize;
        loop {
            let done = self.customers.known(row);
            if done >= total {
                return true;
            }
            if cancelled(self.watch) {
                return false;
            }
            let done = total.min(done + block);
            self.customers.read(row, done);
            self.watch.event(&Event::Progress { done: done as u64, total: total as u64 });
        }
    }

    fn tests(&self, claims: &Claims, error: f64) -> Vec<Sequence<'a>> {
        let job = self.job;
        let each = error / claims.list.len().max(1) as f64;
        let intervals = super::claims::counted(job).len();
        let sequence = |&claim: &Claim| {
            let indifference = claim.indifference(job, self.settings.indifference);
            let together = Together::of(claim, job);
            let most = together.most(self.settings.most_replications);
            let test = SequentialTest::new(each, indifference, most);
            let judged = Judged { verdict: Verdict::Undecided, margin: None };
            Sequence { job, claim, intervals, together, test: claim.controlled(job.model, test), judged }
        };
        claims.list.iter().map(sequence).collect()
    }
}

/// The test of one claim.
struct Sequence<'a> {
    job: &'a Job<'a>,
    claim: Claim,
    intervals: usize,
    together: Together,
    test: SequentialTest,
    judged: Judged,
}

impl Sequence<'_> {
    /// How many more replications the next look needs.
    fn wanted(&self) -> u64 {
        self.together.replications(self.test.wanted())
    }

    /// Whether the estimate lies below the goal.
    fn looks_missed(&self) -> bool {
        self.judged.margin.is_some_and(|margin| margin.mean < 0.0)
    }

    /// Counts new replications, unless the test has ended, and looks.
    fn look(&mut self, new: &[Reading]) {
        if self.test.wanted() == 0 {
            return;
        }
        for reading in new {
            let margin = self.claim.margin(self.job, self.intervals, reading);
            let whole = self.together.push(self.claim, self.job, &reading.queues[0], margin);
            if let Some((margin, controls)) = whole {
                self.test.push(margin, &controls);
            }
        }
        if let Some(look) = self.test.look() {
            self.judged = Judged { verdict: look.verdict.unwrap_or(Verdict::Undecided), margin: look.margin };
        }
    }
}

fn tried(tests: &[Sequence<'_>], replications: usize, interrupted: bool) -> Tried {
    let claims: Vec<Judged> = tests.iter().map(|test| test.judged).collect();
    let any = |verdict| claims.iter().any(|claim| claim.verdict == verdict);
    let verdict = if any(Verdict::Missed) {
        Verdict::Missed
    } else if interrupted || any(Verdict::Undecided) {
        Verdict::Undecided
    } else {
        Verdict::Met
    };
    Tried { verdict, claims, replications: replications as u64, interrupted }
}
