//! Targets in every interval: a walk through the day, as for one group, but in each interval among all groups.
//!
//! Replications pause where an interval starts; staffings of that interval alone are tried from there, on the same
//! customers. From what theory would give, agents are added where they help most for their price until every target of
//! the interval is kept, then cheaper neighbours are tried until none keeps them. The replications play on with what was
//! found. Who still waits at the end of an interval is served by the agents of the next, which the first walk takes
//! from theory and a second one from the first.

use super::super::claims::counted;
use super::super::errand::Errand;
use super::super::job::{Crew, Job};
use super::super::sweep::{ask, figure, is_good};
use super::super::watch::{Event, cancelled};
use super::descent::moves;
use super::pledges::Pledges;
use super::price::weight;
use super::task::Task;
use crate::model::{Goal, Limit};
use crate::montecarlo::{Ask, Bench, Counts, Stage};
use std::collections::BTreeMap;

/// Walks through the run.
const WALKS: usize = 2;
/// Contacts of all replications of a walk.
const CONTACTS: f64 = 1e6;
/// Fewest replications of a walk.
const FEWEST: u64 = 100;
/// Agents that are added at once at most, where fewer do not help.
const LONGEST: u32 = 16;

/// What a walk found.
pub(super) struct Walked {
    pub(super) crews: Vec<Crew>,
    pub(super) candidates: u64,
    pub(super) replications: u64,
    /// Intervals in which no staff within the bounds kept every target.
    pub(super) stuck: Vec<usize>,
}

/// A target that is asked of every interval.
struct Wanted {
    pair: usize,
    goal: Goal,
}

/// A walk in progress.
struct Walk<'a, 'm> {
    task: &'a Task<'m>,
    errand: &'a Errand<'a>,
    stage: Stage<'m>,
    asks: Vec<Ask>,
    wanted: Vec<Wanted>,
    crews: Vec<Crew>,
    candidates: u64,
    stuck: Vec<usize>,
}

/// How one staffing of an interval did.
#[derive(Clone, Debug)]
struct Seen {
    good: bool,
    /// By target: how far above its goal, in the goal's unit for shares, in goals for waits.
    margins: Vec<f64>,
}

/// The staff of every interval for the targets that are claimed by interval; `guess` is a first idea.
pub(super) fn walk(task: &Task<'_>, pledges: &Pledges, errand: &Errand<'_>, guess: Vec<Crew>) -> Walked {
    errand.stage("walking through the day");
    let settings = errand.settings;
    let contacts = task.model.expected_contacts().max(1.0);
    let replications = settings.to_walk().min(((CONTACTS / contacts) as u64).max(FEWEST));
    let mut bench = Bench::new(task.model, settings.seed, 0, settings.tape_bytes);
    let stage = Stage::over(task.model, &mut bench, replications as usize);
    let mut walk = Walk::new(task, pledges, errand, stage, guess);
    for _ in 0..WALKS {
        walk.through();
    }
    Walked { crews: walk.crews, candidates: walk.candidates, replications, stuck: walk.stuck }
}

impl<'a, 'm> Walk<'a, 'm> {
    fn new(
        task: &'a Task<'m>,
        pledges: &Pledges,
        errand: &'a Errand<'a>,
        stage: Stage<'m>,
        guess: Vec<Crew>,
    ) -> Self {
        let (mut asks, mut wanted) = (Vec::new(), Vec::new());
        for (pair, targets) in pledges.by_interval.iter().enumerate() {
            for &t in targets {
                asks.push(ask(&task.jobs[pair], t));
                wanted.push(Wanted { pair, goal: task.queue(pair).targets[t].goal.clone() });
            }
        }
        Self { task, errand, stage, asks, wanted, crews: guess, candidates: 0, stuck: Vec::new() }
    }

    /// One walk through the run.
    fn through(&mut self) {
        self.stage.rewind();
        self.stuck.clear();
        let judged: Vec<Vec<usize>> =
            self.wanted.iter().map(|one| counted(&self.task.jobs[one.pair])).collect();
        let intervals = self.task.model.grid().intervals();
        // Work is in proportion to contacts.
        let model = self.task.model;
        let contacts_in = |i: usize| model.queues.iter().map(|queue| queue.volumes[i]).sum::<f64>();
        let volume = (0..intervals).map(contacts_in).sum::<f64>().max(f64::MIN_POSITIVE);
        let mut walked = 0.0;
        for i in 0..intervals {
            if cancelled(self.errand.watch) {
                return;
            }
            self.errand.watch.event(&Event::Next {
                what: "interval",
                number: i as u64 + 1,
                of: intervals as u64,
                done: Some(walked / volume),
            });
            walked += contacts_in(i);
            let asked = |k: usize| {
                let busy = self.task.queue(self.wanted[k].pair).volumes[i] > 0.0;
                busy && judged[k].binary_search(&i).is_ok()
            };
            let asked: Vec<usize> = (0..self.wanted.len()).filter(|&k| asked(k)).collect();
            if asked.is_empty() {
                self.rest(i);
            } else {
                self.stage.advance(&self.task.staffing(&self.crews), i);
                self.settle(i, &asked);
            }
        }
    }

    /// Where nothing is asked, nobody more than must be there.
    fn rest(&mut self, i: usize) {
        for (job, crew) in self.task.groups.iter().zip(&mut self.crews) {
            if let Some(j) = job.open.iter().position(|&open| open == i).filter(|_| !job.flat) {
                crew[j] = job.least[j];
            }
        }
    }

    /// Finds the cheapest staff of one interval, from the pause at its start.
    fn settle(&mut self, i: usize, asked: &[usize]) {
        // Groups with one number keep what they have.
        let place = |job: &Job<'_>| job.open.iter().position(|&open| open == i).filter(|_| !job.flat);
        let places: Vec<Option<usize>> = self.task.groups.iter().map(place).collect();
        let at: Vec<u32> = places.iter().zip(&self.crews).map(|(j, crew)| j.map_or(0, |j| crew[j])).collect();
        let mut spot = Spot { walk: self, i, asked, places, known: BTreeMap::new() };
        let (at, good) = spot.climb(at);
        let at = if good { spot.descend(at) } else { at };
        let places = spot.places;
        for (g, place) in places.iter().enumerate() {
            if let Some(j) = *place {
                self.crews[g][j] = at[g];
            }
        }
        if !good {
            self.stuck.push(i);
        }
    }
}

/// One interval's search.
struct Spot<'w, 'a, 'm> {
    walk: &'w mut Walk<'a, 'm>,
    i: usize,
    asked: &'w [usize],
    /// Where the interval stands among each group's open ones.
    places: Vec<Option<usize>>,
    known: BTreeMap<Vec<u32>, Seen>,
}

impl Spot<'_, '_, '_> {
    /// Adds agents where they help most until every target is kept; whether one is.
    fn climb(&mut self, from: Vec<u32>) -> (Vec<u32>, bool) {
        let mut at = from;
        let mut step = 1;
        loop {
            let seen = self.see(&at);
            if seen.good {
                return (at, true);
            }
            let best = (0..at.len())
                .filter_map(|g| {
                    let next = self.moved(&at, g, step)?;
                    let there = self.see(&next);
                    let gain = gain(&seen, &there) / (self.weight(g) * f64::from(step));
                    (gain > 0.0).then_some((gain, next))
                })
                .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
            match best {
                Some((_, next)) => (at, step) = (next, 1),
                None if step < LONGEST => step *= 2,
                None => return (at, false),
            }
        }
    }

    /// Cheaper neighbours that keep every target, the cheapest first.
    fn descend(&mut self, from: Vec<u32>) -> Vec<u32> {
        let mut at = from;
        let all = moves(at.len());
        let mut bad: Vec<Vec<u32>> = Vec::new();
        'again: loop {
            let mut cheaper: Vec<(i64, Vec<u32>)> = Vec::new();
            for change in &all {
                let cost: f64 = change.iter().enumerate().map(|(g, &d)| f64::from(d) * self.weight(g)).sum();
                if let Some(next) = self.changed(&at, change).filter(|_| cost < -1e-9) {
                    cheaper.push(((cost * 1e9) as i64, next));
                }
            }
            cheaper.sort();
            for (_, next) in cheaper {
                if bad.iter().any(|bad| next.iter().zip(bad).all(|(a, b)| a <= b)) {
                    continue;
                }
                if self.see(&next).good {
                    at = next;
                    continue 'again;
                }
                bad.push(next);
            }
            return at;
        }
    }

    fn weight(&self, g: usize) -> f64 {
        weight(self.walk.task, g, self.i)
    }

    /// One group with so many more, within its bounds.
    fn moved(&self, at: &[u32], g: usize, step: u32) -> Option<Vec<u32>> {
        let mut change = vec![0; at.len()];
        change[g] = step as i32;
        self.changed(at, &change)
    }

    /// The staff after a change, where every group may have it.
    fn changed(&self, at: &[u32], change: &[i32]) -> Option<Vec<u32>> {
        let next = |g: usize| {
            let agents = at[g].checked_add_signed(change[g])?;
            if change[g] == 0 {
                return Some(agents);
            }
            let (job, j) = (&self.walk.task.groups[g], self.places[g]?);
            (agents >= job.least[j] && agents <= job.most[j]).then_some(agents)
        };
        let next: Option<Vec<u32>> = (0..at.len()).map(next).collect();
        let next = next?;
        let all = next.iter().sum::<u32>() + self.walk.task.given_at(self.i);
        self.walk.task.model.plan.headcount.is_none_or(|most| all <= most).then_some(next)
    }

    /// How a staff of this interval does.
    fn see(&mut self, at: &[u32]) -> Seen {
        if let Some(seen) = self.known.get(at) {
            return seen.clone();
        }
        self.walk.candidates += 1;
        let mut crews = self.walk.crews.clone();
        for (g, place) in self.places.iter().enumerate() {
            if let Some(j) = *place {
                crews[g][j] = at[g];
            }
        }
        let staffing = self.walk.task.staffing(&crews);
        let (asks, which) = (&self.walk.asks, 0..self.walk.stage.len());
        let counts = self.walk.stage.trial(&staffing, self.i, asks, which);
        let bound = self.walk.errand.settings.bound;
        let of = |k: usize| counts.iter().skip(k).step_by(asks.len());
        let good = self.asked.iter().all(|&k| is_good(&self.walk.wanted[k].goal, of(k), bound));
        let margins = self.asked.iter().map(|&k| margin(&self.walk.wanted[k].goal, of(k))).collect();
        let seen = Seen { good, margins };
        self.known.insert(at.to_vec(), seen.clone());
        seen
    }
}

/// How much closer to the goals that are missed; a little counts beyond them, for bounds ask for more than estimates.
fn gain(here: &Seen, there: &Seen) -> f64 {
    const BEYOND: f64 = 0.01;
    let towards = |(a, b): (&f64, &f64)| (b.min(BEYOND) - a.min(BEYOND)).max(0.0);
    here.margins.iter().zip(&there.margins).map(towards).sum()
}

/// How far the counts of an interval lie above a goal.
fn margin<'c>(goal: &Goal, counts: impl Iterator<Item = &'c Counts>) -> f64 {
    let mut sum = Counts::default();
    counts.for_each(|one| sum += *one);
    let (x, y) = figure(goal, &sum);
    if y == 0 {
        return 0.0;
    }
    let figure = x as f64 / y as f64;
    match goal.limit() {
        Limit::AtLeast(share) => figure - share,
        Limit::AtMost(share) => share - figure,
        Limit::WaitAtMost(most) => 1.0 - figure / (most.0 as f64).max(1.0),
    }
}
