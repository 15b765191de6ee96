//! What theory says before anything is simulated: where a search starts, and where an agent helps most.
//!
//! Each interval is taken for a steady queue, offered the *modified* load: the mean number of agents that would be busy
//! if there were always enough, which remembers the intervals before (Jennings, Mandelbaum, Massey and Whitt 1996).
//! The queue itself is Erlang A with the mean patience, or Erlang C where nobody hangs up. What theory leaves out —
//! skewed patience, balking, places to wait, staff that comes and goes — only costs the search a few steps more.

use super::claims::Claim;
use super::job::{Crew, Job};
use super::settings::Settings;
use crate::erlang::{self, Definition, Demand, ErlangA, Gamma, Law as _, Lognormal, interval_loads};
use crate::model::{self, Goal, Shape, Start, Target};
use crate::montecarlo::side_by_side;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// A goal that does not say how bad a single interval may be lets it be so many times worse.
const LOOSER: f64 = 3.0;
/// A search looks no further than this many times the agents of the warm start.
const MOST_TIMES: u32 = 4;
/// Where theory sees no more than this share of customers left to help, more agents are not tried.
const ALL_HELPED: f64 = 1e-5;

/// Theory's view of a job, by position of the interval among the group's open ones.
#[derive(Debug)]
pub(super) struct Theory<'j> {
    job: &'j Job<'j>,
    spots: Vec<Spot>,
    lines: Option<u32>,
    /// Agents that keep every target in every interval.
    every: OnceLock<Crew>,
    /// What a target measures, by the target, the first interval that is alike, and agents.
    seen: Mutex<HashMap<(usize, usize, u32), f64>>,
}

/// One interval.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// Contacts expected.
    volume: f64,
    /// Load with memory, in erlangs.
    load: f64,
    /// Contacts × handle time, in erlangs: what planners compute.
    plain: f64,
    aht_s: f64,
    patience_s: f64,
    /// Agents of other groups who serve the queue too.
    others: u32,
    /// The first interval with the same load, the same handle time and the same patience.
    like: usize,
}

impl<'j> Theory<'j> {
    pub(super) fn new(job: &'j Job<'j>) -> Self {
        let queue = job.queue_facts();
        let length = job.model.grid().interval.as_secs_f64();
        let loads = loads(job);
        let spot = |&i: &usize| Spot {
            volume: queue.volumes[i],
            load: loads[i],
            plain: queue.volumes[i] / length * aht(job, i),
            aht_s: aht(job, i),
            patience_s: queue.patience.as_ref().map_or(f64::INFINITY, |law| law.mean.at(i)),
            others: job.others_at(i),
            like: 0,
        };
        let mut spots: Vec<Spot> = job.open.iter().map(spot).collect();
        let mut firsts = HashMap::new();
        for (j, spot) in spots.iter_mut().enumerate() {
            let facts = [spot.load, spot.aht_s, spot.patience_s].map(f64::to_bits);
            spot.like = *firsts.entry(facts).or_insert(j);
        }
        Self { job, spots, lines: queue.lines, every: OnceLock::new(), seen: Mutex::default() }
    }

    /// Agents for which theory sees every target kept in every interval, within the job's bounds.
    pub(super) fn every_interval(&self) -> Crew {
        if let Some(every) = self.every.get() {
            return every.clone();
        }
        // Worked out before it is kept: whoever waits for the other threads may be given work that asks for it as well.
        let goals: Vec<erlang::Goal> = self.job.queue_facts().targets.iter().map(goal).collect();
        let every = self.needs(&goals);
        self.every.get_or_init(|| every).clone()
    }

    fn needs(&self, goals: &[erlang::Goal]) -> Crew {
        side_by_side(self.spots.len(), |j| self.need(j, goals))
    }

    /// Agents below which theory sees an interval served worse than any may be while planning.
    pub(super) fn floors(&self, settings: &Settings) -> Crew {
        let targets = self.job.queue_facts().targets.iter();
        let goals: Vec<erlang::Goal> = targets.map(|target| loosest(target, settings)).collect();
        self.needs(&goals)
    }

    /// The most agents worth a trial in each interval.
    pub(super) fn tops(&self) -> Crew {
        let wanted = self.every_interval();
        side_by_side(wanted.len(), |j| self.top(j, wanted[j]))
    }

    fn top(&self, j: usize, wanted: u32) -> u32 {
        let most = beyond(wanted).min(self.job.most[j]).max(self.job.least[j]);
        let full = self.gain(j, most) - ALL_HELPED * self.spots[j].volume;
        let (mut low, mut high) = (self.job.least[j], most);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.gain(j, middle) >= full { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// Whether theory sees a claim kept by `crew`; claims about days, which it knows nothing of, as if about the run.
    pub(super) fn keeps(&self, claim: Claim, crew: &[u32]) -> bool {
        let targets = &self.job.queue_facts().targets;
        match claim {
            Claim::Average(t) | Claim::Share(t, _) => self.keeps_over_the_run(t, crew),
            Claim::Days(_) => (0..targets.len()).all(|t| self.keeps_over_the_run(t, crew)),
            Claim::Interval { target, .. } => {
                let goals = [goal(&targets[target])];
                let spots = 0..self.spots.len();
                spots.filter(|&j| self.spots[j].volume > 0.0).all(|j| crew[j] >= self.need(j, &goals))
            }
            Claim::Occupancy(most) => {
                let load: f64 = self.spots.iter().map(|spot| spot.load).sum();
                load <= most * crew.iter().map(|&n| f64::from(n)).sum::<f64>()
            }
        }
    }

    /// What all customers together must gain for the first target to be kept, in the unit of [`Self::gain`].
    pub(super) fn wanted(&self) -> f64 {
        let all: f64 = self.spots.iter().map(|spot| spot.volume).sum();
        all * self.job.queue_facts().targets.first().map_or(0.0, bar)
    }

    fn keeps_over_the_run(&self, target: usize, crew: &[u32]) -> bool {
        let all: f64 = self.spots.iter().map(|spot| spot.volume).sum();
        let value: f64 =
            (0..self.spots.len()).map(|j| self.spots[j].volume * self.value(j, crew[j], target)).sum();
        value >= all * bar(&self.job.queue_facts().targets[target])
    }

    /// The measure of the first target over the run.
    pub(super) fn level(&self, crew: &[u32]) -> f64 {
        let all: f64 = self.spots.iter().map(|spot| spot.volume).sum();
        let helped: f64 = crew.iter().enumerate().map(|(j, &agents)| self.gain(j, agents)).sum();
        helped / all.max(f64::MIN_POSITIVE)
    }

    /// Customers of interval `j` that `agents` agents help, by the measure of the first target; for waits, customers ×
    /// seconds spared.
    pub(super) fn gain(&self, j: usize, agents: u32) -> f64 {
        let spot = &self.spots[j];
        if self.job.queue_facts().targets.is_empty() {
            return spot.volume * f64::from(agents).min(spot.load);
        }
        spot.volume * self.value(j, agents, 0)
    }

    /// The measure of a target in interval `j`, the more the better.
    fn value(&self, j: usize, agents: u32, target: usize) -> f64 {
        let spot = &self.spots[j];
        let facts = &self.job.queue_facts().targets[target];
        if spot.volume <= 0.0 {
            return bar(facts).max(0.0);
        }
        let agents = agents + spot.others;
        let key = (target, spot.like, agents);
        let seen = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let known = seen().get(&key).copied();
        known.unwrap_or_else(|| {
            let value = self.measure(spot, agents, facts);
            seen().insert(key, value);
            value
        })
    }

    /// The measure of a target with so many agents of all groups, worked out.
    fn measure(&self, spot: &Spot, agents: u32, target: &Target) -> f64 {
        let Ok(queue) = ErlangA::with_lines(spot.load, agents, spot.aht_s, spot.patience_s, self.lines)
        else {
            return f64::MIN;
        };
        match goal(target) {
            erlang::Goal::ServiceLevel { definition, within_s, .. } => {
                queue.service_level(definition, within_s)
            }
            erlang::Goal::SpeedOfAnswer(_) => -queue.asa_s().min(1e9),
            _ => 1.0 - queue.abandonment(),
        }
    }

    /// The fewest agents for which theory sees `goals` kept in interval `j`, within the job's bounds.
    fn need(&self, j: usize, goals: &[erlang::Goal]) -> u32 {
        let spot = &self.spots[j];
        let needed =
            if spot.volume <= 0.0 { 0 } else { agents(spot, spot.load, spot.patience_s, self.lines, goals) };
        needed.saturating_sub(spot.others).clamp(self.job.least[j], self.job.most[j].max(self.job.least[j]))
    }

    /// What a planner would put into every interval on its own, by Erlang C or by Erlang A: contacts × handle time, each
    /// interval for itself. Nothing where the formula knows no answer.
    pub(super) fn interval_by_interval(&self, with_patience: bool) -> Option<Crew> {
        let goals: Vec<erlang::Goal> = self.job.queue_facts().targets.iter().map(goal).collect();
        let one = |(spot, &least): (&Spot, &u32)| {
            let patience_s = if with_patience { spot.patience_s } else { f64::INFINITY };
            let lines = if with_patience { self.lines } else { None };
            let demand = Demand { load: spot.plain, aht_s: spot.aht_s, patience_s, lines };
            let needed =
                if spot.volume <= 0.0 { 0 } else { erlang::agents_needed_for_all(&demand, &goals)?.0 };
            Some(needed.saturating_sub(spot.others).max(least))
        };
        self.spots.iter().zip(&self.job.least).map(one).collect()
    }
}

/// How far above a warm start a search looks.
pub(super) fn beyond(agents: u32) -> u32 {
    agents.saturating_mul(MOST_TIMES).saturating_add(10)
}

/// The fewest agents in a steady queue, or a bit more than the load where the formula knows no answer.
fn agents(spot: &Spot, load: f64, patience_s: f64, lines: Option<u32>, goals: &[erlang::Goal]) -> u32 {
    let demand = Demand { load, aht_s: spot.aht_s, patience_s, lines };
    let enough = load + 3.0 * load.sqrt() + 1.0;
    erlang::agents_needed_for_all(&demand, goals).map_or(enough.ceil() as u32, |(agents, _)| agents)
}

/// A target as theory knows it.
pub(super) fn goal(target: &Target) -> erlang::Goal {
    match target.goal {
        Goal::Answered { share, within, definition } => erlang::Goal::ServiceLevel {
            definition: match definition {
                model::Definition::Offered => Definition::Offered,
                model::Definition::Answered => Definition::Answered,
                model::Definition::IgnoreEarly | model::Definition::IgnoreShort { .. } => {
                    Definition::IgnoreEarly
                }
                model::Definition::CreditEarly | model::Definition::CreditShort { .. } => {
                    Definition::CreditEarly
                }
            },
            share,
            within_s: within.as_secs_f64(),
        },
        Goal::Asa(most) => erlang::Goal::SpeedOfAnswer(most.as_secs_f64()),
        Goal::Abandoned(most) => erlang::Goal::Abandonment(most),
        // "Nobody waits longer" is, to theory, "hardly anybody".
        Goal::Longest(most) => {
            let within_s = most.as_secs_f64();
            erlang::Goal::ServiceLevel { definition: Definition::Answered, share: 0.99, within_s }
        }
        // Work done in time starts in time; of replies and callbacks theory knows nothing but that people must be free.
        Goal::Done { share, within, .. } | Goal::Replied { share, within } => erlang::Goal::ServiceLevel {
            definition: Definition::Offered,
            share,
            within_s: within.as_secs_f64(),
        },
        Goal::CalledBack { .. } => erlang::Goal::Occupancy(0.95),
    }
}

/// What the measure of a target must reach, the more the better.
fn bar(target: &Target) -> f64 {
    match goal(target) {
        erlang::Goal::ServiceLevel { share, .. } => share,
        erlang::Goal::SpeedOfAnswer(most) => -most,
        erlang::Goal::Abandonment(most) => 1.0 - most,
        _ => 0.0,
    }
}

/// How bad a single interval may be while planning: the target's floor or the usual one, never above the goal itself.
fn loosest(target: &Target, settings: &Settings) -> erlang::Goal {
    match goal(target) {
        erlang::Goal::ServiceLevel { definition, share, within_s } => {
            let share = target.floor.unwrap_or(settings.floor).min(share);
            erlang::Goal::ServiceLevel { definition, share, within_s }
        }
        erlang::Goal::SpeedOfAnswer(most) => erlang::Goal::SpeedOfAnswer(most * LOOSER),
        erlang::Goal::Abandonment(most) => {
            let least = target.floor.map_or(f64::INFINITY, |floor| 1.0 - floor);
            erlang::Goal::Abandonment((most * LOOSER).min(0.5).min(least).max(most))
        }
        other => other,
    }
}

/// Mean time that the planned group is busy with a contact of interval `i`, in seconds.
pub(super) fn aht(job: &Job<'_>, i: usize) -> f64 {
    let queue = job.queue_facts();
    let wrap = queue.wrap.as_ref().map_or(0.0, |law| law.mean.at(i));
    let Some(skill) = job.group_facts().skill(job.queue) else { return queue.aht(i) };
    skill.handle.as_ref().unwrap_or(&queue.handle).mean.at(i) * skill.factor.as_f64() + wrap
}

/// The load with memory of every interval of the run, in erlangs.
fn loads(job: &Job<'_>) -> Vec<f64> {
    loads_of(job, &job.queue_facts().volumes)
}

/// The same for other volumes than those that the scenario expects, such as with what other queues pass on.
pub(super) fn loads_of(job: &Job<'_>, volumes: &[f64]) -> Vec<f64> {
    let (queue, grid) = (job.queue_facts(), job.model.grid());
    let length = grid.interval.as_secs_f64();
    let busy = (0..grid.intervals()).filter(|&i| volumes[i] > 0.0);
    let work = |i: usize| volumes[i] * aht(job, i);
    let (contacts, total) = busy.fold((0.0, 0.0), |(n, w), i| (n + volumes[i], w + work(i)));
    if contacts == 0.0 {
        return vec![0.0; grid.intervals()];
    }
    let mean = total / contacts;
    // Handle times that change over the day weigh as so many more contacts of the mean length.
    let mut rates: Vec<f64> =
        (0..grid.intervals()).map(|i| if volumes[i] > 0.0 { work(i) / mean / length } else { 0.0 }).collect();
    let before = run_up(job, mean);
    let first = job.model.first_open().unwrap_or(0);
    let steady = vec![rates[first]; before];
    rates.splice(first..first, steady);
    let cv = cv(job);
    let mut loads = match &queue.handle.shape {
        Shape::Lognormal { .. } => Lognormal::new(mean, cv)
            .ok()
            .and_then(|law| interval_loads(&rates, length, |x| law.partial(x)).ok()),
        _ => Gamma::new(mean, cv.max(0.01))
            .ok()
            .and_then(|law| interval_loads(&rates, length, |x| law.partial(x)).ok()),
    }
    .unwrap_or_else(|| rates.iter().map(|rate| rate * mean).collect());
    loads.drain(first..first + before);
    loads
}

/// Intervals to put before a steady start, so that the load has settled.
fn run_up(job: &Job<'_>, mean_s: f64) -> usize {
    match job.model.run.start {
        Start::Empty => 0,
        Start::Steady { .. } => {
            (20.0 * mean_s / job.model.grid().interval.as_secs_f64()).ceil().min(1000.0) as usize + 1
        }
    }
}

/// Coefficient of variation of the whole time an agent is busy.
fn cv(job: &Job<'_>) -> f64 {
    let queue = job.queue_facts();
    let i = job.open.iter().copied().find(|&i| queue.volumes[i] > 0.0).unwrap_or(0);
    let spread = |law: &model::Law| (law.shape.cv() * law.mean.at(i)).powi(2);
    let handle =
        job.group_facts().skill(job.queue).and_then(|skill| skill.handle.as_ref()).unwrap_or(&queue.handle);
    let all = spread(handle) + queue.wrap.as_ref().map_or(0.0, spread);
    all.sqrt() / aht(job, i).max(1e-9)
}
