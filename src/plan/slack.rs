//! How many people can be taken off for a while, and the promises still hold: for training, a meeting, a late lunch.
//!
//! For every stretch of the day the staffing is played with ever fewer people of one group in that stretch, all else as it
//! is, on the same customers: by doubling steps, then by halves. Who waits at the end of the stretch is served after it,
//! so that what training costs afterwards is counted too. Stretches are looked at one by one: what can be spared in two
//! of them at once is less.
//!
//! A promise over the day would let a quiet hour go unserved. As in a plan, no interval of a queue with such a promise may
//! fall below a floor (60%, or the target's `floor`), or below what it has now, where that is less.

use super::kept::{End, keeps};
use crate::model::{Goal, GroupId, Model, Per, Queue};
use crate::montecarlo::{Bench, Outcome, Staffing, TargetOutcome};
use crate::stats::Estimate;

/// Confidence level of the interval whose end must lie on the right side of a goal.
const LEVEL: f64 = 0.95;
/// The least level of any interval where a target over a longer time does not say, as in a plan.
const FLOOR: f64 = 0.6;
/// Memory for customers, in bytes; beyond, they are drawn again.
const TAPES: usize = 256 << 20;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// The staffing from which people are taken.
    pub staffing: &'a Staffing,
    /// For how many intervals at a stretch.
    pub intervals: usize,
    /// Replications of each trial.
    pub replications: u64,
}

/// What was found for one group.
#[derive(Clone, Debug)]
pub struct Slack {
    /// The group.
    pub group: GroupId,
    /// Every stretch in which it is at work throughout, in order.
    pub stretches: Vec<Spare>,
}

/// One stretch.
#[derive(Clone, Debug)]
pub struct Spare {
    /// Its first interval, and one past its last.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// Fewest at work in it.
    pub at_work: u32,
    /// How many of them can be taken off.
    pub people: u32,
    /// The promises with these taken off.
    pub targets: Vec<TargetOutcome>,
}

/// Why nothing can be spared anywhere.
#[derive(Clone, Debug)]
pub enum NoSlack {
    /// A promise is not shown to be kept as it stands.
    NotKept(Box<TargetOutcome>),
    /// There is no promise.
    NoPromise,
    /// It was ended from outside.
    Interrupted,
}

/// Slack of every group; `goes_on` is told how many stretches are done, of how many, and ends it by saying no. The result
/// does not depend on the number of threads.
///
/// # Errors
/// The promises do not hold even as it stands, there are none, or it was ended.
pub fn slack(question: &Question<'_>, goes_on: &dyn Fn(u64, u64) -> bool) -> Result<Vec<Slack>, NoSlack> {
    let mut trials =
        Trials { question, bench: Bench::new(question.model, question.model.run.seed, 0, TAPES) };
    let now = trials.play(question.staffing);
    if now.targets.is_empty() {
        return Err(NoSlack::NoPromise);
    }
    if let Some(broken) = now.targets.iter().find(|target| !is_kept(target)) {
        return Err(NoSlack::NotKept(Box::new(broken.clone())));
    }
    let groups: Vec<(GroupId, Vec<usize>)> =
        (0..question.model.groups.len()).map(|g| (GroupId(g), question.starts(GroupId(g)))).collect();
    let total = groups.iter().map(|(_, starts)| starts.len() as u64).sum();
    let mut done = 0;
    let mut found = Vec::new();
    for (group, starts) in groups {
        let mut stretches = Vec::new();
        for from in starts {
            if !goes_on(done, total) {
                return Err(NoSlack::Interrupted);
            }
            stretches.push(trials.spare(group, from, &now));
            done += 1;
        }
        found.push(Slack { group, stretches });
    }
    Ok(found)
}

impl Question<'_> {
    /// Where a stretch may start: the group is at work, and open, all through it, on one day.
    fn starts(&self, group: GroupId) -> Vec<usize> {
        let (grid, opening) = (self.model.grid(), &self.model.groups[group.0].opening);
        let fits = |from: &usize| {
            let mut stretch = *from..*from + self.intervals;
            *from + self.intervals <= grid.intervals()
                && grid.day_of(*from) == grid.day_of(*from + self.intervals - 1)
                && stretch.all(|i| opening.is_open(i) && self.staffing.at(group, i) > 0)
        };
        (0..grid.intervals()).filter(fits).collect()
    }
}

/// Staffings played on the same customers.
struct Trials<'a, 'q> {
    question: &'q Question<'a>,
    bench: Bench<'a>,
}

impl Trials<'_, '_> {
    fn play(&mut self, staffing: &Staffing) -> Outcome {
        self.bench.measured(staffing, self.question.replications, LEVEL)
    }

    /// The most people of a group that can be taken off from interval `from` on; `now` is what holds with all of them.
    fn spare(&mut self, group: GroupId, from: usize, now: &Outcome) -> Spare {
        let to = from + self.question.intervals;
        let at_work = (from..to).map(|i| self.question.staffing.at(group, i)).min().unwrap_or(0);
        let (mut people, mut targets) = (0, now.targets.clone());
        let (mut too_many, mut step) = (at_work + 1, 1);
        while people + 1 < too_many {
            let wanted =
                if too_many > at_work { (people + step).min(at_work) } else { people.midpoint(too_many) };
            let mut staffing = self.question.staffing.clone();
            (from..to).for_each(|i| staffing.set(group, i, staffing.at(group, i) - wanted));
            let outcome = self.play(&staffing);
            if outcome.targets.iter().all(is_kept) && self.above_floors(&outcome, now) {
                (people, targets) = (wanted, outcome.targets);
                step *= 2;
            } else {
                too_many = wanted;
            }
        }
        Spare { from, to, at_work, people, targets }
    }
}

impl Trials<'_, '_> {
    /// Whether no interval lies below its floor that did not before.
    fn above_floors(&self, outcome: &Outcome, now: &Outcome) -> bool {
        let queues = self.question.model.queues.iter().zip(outcome.queues.iter().zip(&now.queues));
        queues.into_iter().all(|(facts, (then, now))| {
            let Some(floor) = floor(facts) else { return true };
            then.intervals.iter().zip(&now.intervals).all(|(then, now)| {
                let level = |e: Option<Estimate>| e.map_or(1.0, |e| e.mean);
                level(then.service_level) >= floor.min(level(now.service_level))
            })
        })
    }
}

/// The least level of any interval of a queue that promises a level over longer.
fn floor(queue: &Queue) -> Option<f64> {
    queue.targets.iter().find_map(|target| match target.goal {
        Goal::Answered { share, .. } if target.per != Per::Interval => {
            Some(target.floor.unwrap_or(FLOOR).min(share))
        }
        _ => None,
    })
}

/// Whether a promise is shown to be kept: the end of its interval lies on the right side. Of a promise in every interval
/// the worst one counts, by its estimate.
pub(crate) fn is_kept(target: &TargetOutcome) -> bool {
    keeps(target, if target.per == Per::Interval { End::Estimate } else { End::Worse })
}
