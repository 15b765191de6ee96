//! Finalists on new customers: the cheapest that is shown to keep every goal.
//!
//! What the search found was chosen because it did well on the customers of the search. So the finalists meet customers
//! that nobody has seen, each tested by [`SequentialTest`] at its share of the error, one test for every goal; the
//! cheapest that meets all of them is the answer. All finalists may be tested, so the error is divided by their number.

use super::super::customers::{Customers, RowId};
use super::super::errand::Errand;
use super::super::together::Together;
use super::super::trial::{Judged, Tried};
use super::super::watch::{Event, cancelled};
use super::pledges::{Pledge, Pledges};
use super::task::Task;
use crate::montecarlo::{Reading, Staffing, Verdict};
use crate::stats::{SequentialTest, replications_left};

/// Contacts after which a test looks up, to be ended from outside.
const CONTACTS_BETWEEN_LOOKS: f64 = 1e6;
/// A finalist whose figure lies so far below its goal, in half-widths of its interval at the test's error (some five
/// standard errors), will hardly be shown to keep it.
const GIVE_UP: f64 = 0.4;
/// A finalist that would take so many times the most replications is given up too.
const TOO_LONG: f64 = 2.0;
/// Contacts after which the test of a finalist ends undecided where staff follows the day: many lie close together.
const CONTACTS: f64 = 8e6;
/// Replications that it may take in any case.
const FEWEST: u64 = 1000;
/// Replications before anything is given up.
const EARLIEST: usize = 256;

/// Tests staffings of several groups on new customers.
pub(super) struct Court<'a, 'm> {
    pub(super) task: &'a Task<'m>,
    pub(super) pledges: &'a Pledges,
    pub(super) errand: &'a Errand<'a>,
    /// Replications after which a test ends undecided.
    pub(super) most: u64,
}

/// How a staffing did in court.
pub(super) struct Heard {
    pub(super) tried: Tried,
    pub(super) row: RowId,
}

/// The test of one pledge, and how it stands.
struct Hearing {
    test: SequentialTest,
    together: Together,
    judged: Judged,
}

impl Hearing {
    /// How many more replications its next look needs.
    fn wanted(&self) -> u64 {
        self.together.replications(self.test.wanted())
    }
}

impl<'a, 'm> Court<'a, 'm> {
    /// A court for finalists.
    pub(super) fn new(task: &'a Task<'m>, pledges: &'a Pledges, errand: &'a Errand<'a>) -> Self {
        let affordable = ((CONTACTS / task.model.expected_contacts().max(1.0)) as u64).max(FEWEST);
        let most = errand.settings.most_replications;
        Self { task, pledges, errand, most: if task.is_flat() { most } else { most.min(affordable) } }
    }

    /// Tests one staffing at the given error. One that looks missed is given up, undecided, unless `to_the_end`.
    pub(super) fn hear(
        &self,
        customers: &mut Customers<'_>,
        staffing: &Staffing,
        by_interval: &[Vec<usize>],
        error: f64,
        to_the_end: bool,
    ) -> Heard {
        let row = customers.row(staffing, Some(by_interval.to_vec()), 0);
        let mut tests = self.tests(error);
        let mut done = 0;
        let mut interrupted = false;
        loop {
            let wanted = tests.iter().map(Hearing::wanted).max().unwrap_or(0) as usize;
            if wanted == 0 {
                break;
            }
            interrupted = !self.read(customers, row, done + wanted);
            if interrupted {
                break;
            }
            let new = &customers.read(row, done + wanted)[done..];
            for (k, hearing) in tests.iter_mut().enumerate() {
                self.look(k, hearing, new);
            }
            done += wanted;
            self.tell(&tests);
            let missed = tests.iter().any(|hearing| hearing.judged.verdict == Verdict::Missed);
            let vain = |hearing: &Hearing| is_vain(&hearing.judged, done as f64, self.most as f64);
            if missed || (!to_the_end && done >= EARLIEST && tests.iter().any(vain)) {
                break;
            }
        }
        Heard { tried: tried(tests, done, interrupted), row }
    }

    /// Reads replications until there are `total`; false if ended from outside.
    pub(super) fn read(&self, customers: &mut Customers<'_>, row: RowId, total: usize) -> bool {
        let contacts = self.task.model.expected_contacts().max(1.0) * customers.expected() as f64;
        let block = (CONTACTS_BETWEEN_LOOKS / contacts).ceil() as usize;
        while customers.known(row) < total {
            if cancelled(self.errand.watch) {
                return false;
            }
            let done = total.min(customers.known(row) + block);
            customers.read(row, done);
            self.errand.watch.event(&Event::Progress { done: done as u64, total: total as u64 });
        }
        true
    }

    /// Tells the watch of the pledge that will take longest.
    fn tell(&self, tests: &[Hearing]) {
        let standing = |(pledge, hearing): (&Pledge, &Hearing)| {
            let margin = hearing.judged.margin.filter(|_| hearing.wanted() > 0)?;
            let job = &self.task.jobs[pledge.pair];
            let indifference = pledge.claim.indifference(job, self.errand.settings.indifference);
            let left = replications_left(margin, indifference, hearing.together.most(self.most));
            let left = left.map(|n| hearing.together.replications(n));
            Some((margin, pledge.claim.is_share(job), left))
        };
        let all = self.pledges.list.iter().zip(tests).filter_map(standing);
        if let Some((margin, is_share, left)) = all.max_by_key(|(_, _, left)| left.number()) {
            self.errand.watch.event(&Event::Standing { margin, is_share, left });
        }
    }

    fn tests(&self, error: f64) -> Vec<Hearing> {
        let settings = self.errand.settings;
        let each = error / self.pledges.list.len().max(1) as f64;
        let test = |pledge: &Pledge| {
            let indifference = pledge.claim.indifference(&self.task.jobs[pledge.pair], settings.indifference);
            let together = Together::of(pledge.claim, &self.task.jobs[pledge.pair]);
            let test = SequentialTest::new(each, indifference, together.most(self.most));
            let judged = Judged { verdict: Verdict::Undecided, margin: None };
            Hearing { test: pledge.claim.controlled(self.task.model, test), together, judged }
        };
        self.pledges.list.iter().map(test).collect()
    }

    fn look(&self, k: usize, hearing: &mut Hearing, new: &[Reading]) {
        if hearing.test.wanted() == 0 {
            return;
        }
        for reading in new {
            if let Some((margin, controls)) =
                self.pledges.margin_together(self.task, k, reading, &mut hearing.together)
            {
                hearing.test.push(margin, &controls);
            }
        }
        if let Some(look) = hearing.test.look() {
            hearing.judged =
                Judged { verdict: look.verdict.unwrap_or(Verdict::Undecided), margin: look.margin };
        }
    }
}

/// Whether a test of what is not shown yet will hardly end well: it looks missed, or is too close to its goal. The width
/// of an interval shrinks with the root of the replications.
fn is_vain(judged: &Judged, done: f64, most: f64) -> bool {
    let Some(margin) = judged.margin.filter(|margin| margin.high.is_finite()) else { return false };
    if judged.verdict != Verdict::Undecided {
        return false;
    }
    let half = margin.high - margin.mean;
    margin.mean + GIVE_UP * half < 0.0
        || (margin.mean > 0.0 && (half / margin.mean).powi(2) * done > TOO_LONG * most)
}

fn tried(tests: Vec<Hearing>, done: usize, interrupted: bool) -> Tried {
    let claims: Vec<Judged> = tests.into_iter().map(|hearing| hearing.judged).collect();
    let any = |verdict| claims.iter().any(|claim| claim.verdict == verdict);
    let verdict = if any(Verdict::Missed) {
        Verdict::Missed
    } else if interrupted || any(Verdict::Undecided) {
        Verdict::Undecided
    } else {
        Verdict::Met
    };
    Tried { verdict, claims, replications: done as u64, interrupted }
}
