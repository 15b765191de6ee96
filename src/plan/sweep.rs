//! Method B1: a target in every interval, by one walk through the day.
//!
//! What happens in an interval depends on the agents of that interval and of those before it, and only what still waits
//! at its end on the next one. So intervals are settled in time order: replications pause where an interval starts,
//! candidates are tried for that interval alone, the fewest that do are kept, and the replications play on. A second
//! walk corrects the guesses that the first had to make about what comes next. A walk costs about three days a
//! replication, where a search over whole days would cost hundreds.
//!
//! Among 48 intervals chosen on the same customers some look better than they are (the optimiser's curse): what comes
//! out must be confirmed on new ones.

use super::claims::{Claims, counted};
use super::job::{Crew, Job};
use super::search::bracket;
use super::settings::{Bound, Settings};
use super::warm_start::beyond;
use super::watch::{Event, Watch, cancelled};
use crate::model::{Goal, Limit};
use crate::montecarlo::{Ask, Counts, Level, Stage};
use crate::stats::{Margin, RatioMoments};

/// Walks through the day: the second corrects what the first guessed of the intervals to come.
const WALKS: usize = 2;
/// Confidence level of the two-sided interval whose lower end is the one-sided 95% bound.
pub(super) const ONE_SIDED_95: f64 = 0.9;
/// Fewest replications of a walk, however much memory they take.
const FEWEST_REPLICATIONS: u64 = 100;

/// What a sweep found.
#[derive(Clone, Debug)]
pub(super) struct Swept {
    pub(super) crew: Crew,
    /// Replications that were walked through the day.
    pub(super) replications: u64,
    /// How many candidates were tried, each in one interval.
    pub(super) candidates: u64,
    /// Positions (among the group's open intervals) in which no number of agents did.
    pub(super) stuck: Vec<usize>,
    /// The target, by position, that most often asked for the last agent.
    pub(super) binding: Option<usize>,
    pub(super) interrupted: bool,
}

/// A sweep in progress.
struct Sweep<'a, 'm> {
    job: &'a Job<'m>,
    claims: &'a Claims,
    settings: &'a Settings,
    watch: &'a dyn Watch,
    stage: Stage<'m>,
    asks: Vec<Ask>,
    crew: Crew,
    /// The most agents tried in each interval.
    tops: Crew,
    candidates: u64,
    stuck: Vec<usize>,
    /// How often each target asked for the last agent.
    asked: Vec<usize>,
}

/// The fewest agents of every interval for the targets that are claimed by interval; `guess` is a first idea.
pub(super) fn sweep(
    job: &Job<'_>,
    claims: &Claims,
    guess: Crew,
    settings: &Settings,
    watch: &dyn Watch,
) -> Swept {
    let stage = open(job, settings);
    let asks = claims.by_interval.iter().map(|&t| ask(job, t)).collect();
    let asked = vec![0; claims.by_interval.len()];
    let tops = (guess.iter().zip(&job.most)).map(|(&agents, &most)| beyond(agents).min(most)).collect();
    let crew = guess;
    let stuck = Vec::new();
    let mut sweep =
        Sweep { job, claims, settings, watch, stage, asks, crew, tops, candidates: 0, stuck, asked };
    let mut interrupted = false;
    for _ in 0..WALKS {
        let before = sweep.crew.clone();
        interrupted = !sweep.walk();
        if interrupted || sweep.crew == before {
            break;
        }
    }
    let most = sweep.asked.iter().enumerate().max_by_key(|(slot, times)| (**times, usize::MAX - slot));
    Swept {
        replications: sweep.stage.len() as u64,
        candidates: sweep.candidates,
        stuck: sweep.stuck,
        binding: most.map(|(slot, _)| claims.by_interval[slot]),
        interrupted,
        crew: sweep.crew,
    }
}

/// As many replications as asked for, as far as memory goes.
fn open<'m>(job: &Job<'m>, settings: &Settings) -> Stage<'m> {
    // A contact takes some 36 bytes of tape, an interval some 120 of paused run.
    let model = job.model;
    let tally = 120.0 * (model.grid().intervals() * (model.queues.len() + model.groups.len())) as f64;
    let each = 36.0 * model.expected_contacts() + tally;
    let fit = (settings.tape_bytes as f64 / each.max(1.0)) as u64;
    let count = settings.to_walk().min(fit.max(FEWEST_REPLICATIONS));
    Stage::with_limit(model, settings.seed, 0, count as usize, settings.tape_bytes)
}

/// What a target needs to see of an interval.
fn ask(job: &Job<'_>, target: usize) -> Ask {
    let queue = job.queue_facts();
    let level = match queue.targets[target].goal {
        Goal::Answered { within, definition, .. } => Level::of(queue, definition, within),
        _ => Level::reported(queue),
    };
    Ask { queue: job.queue, level: level.expect("a scenario counts every wait that a target names") }
}

impl Sweep<'_, '_> {
    /// One walk through the day; false if ended from outside.
    fn walk(&mut self) -> bool {
        self.stage.rewind();
        self.stuck.clear();
        self.asked.fill(0);
        let judged = counted(self.job);
        for j in 0..self.job.open.len() {
            if cancelled(self.watch) {
                return false;
            }
            self.watch.event(&Event::Progress { done: j as u64, total: self.job.open.len() as u64 });
            let i = self.job.open[j];
            let busy = self.job.queue_facts().volumes[i] > 0.0;
            if busy && judged.binary_search(&i).is_ok() {
                self.stage.advance(&self.job.staffing(&self.crew), i);
                self.settle(j);
            } else if !busy {
                self.crew[j] = self.job.least[j];
            }
        }
        true
    }

    /// Finds the fewest agents of one interval, from the pause at its start.
    fn settle(&mut self, j: usize) {
        let least = self.job.least[j];
        let top = self.tops[j].max(least);
        let start = self.crew[j].clamp(least, top) - least;
        let mut asked = None;
        let ends = bracket((top - least) as usize, start as usize, |level| {
            let failed = self.first_failing(j, least + level as u32);
            asked = failed.or(asked);
            Some(failed.is_none())
        });
        if ends.good.is_none() {
            self.stuck.push(j);
        }
        self.crew[j] = least + ends.good.or(ends.bad).unwrap_or(0) as u32;
        if let Some(slot) = asked {
            self.asked[slot] += 1;
        }
    }

    /// The first target that `agents` agents fail in interval `j`.
    fn first_failing(&mut self, j: usize, agents: u32) -> Option<usize> {
        self.candidates += 1;
        let mut crew = self.crew.clone();
        crew[j] = agents;
        let staffing = self.job.staffing(&crew);
        let counts = self.stage.trial(&staffing, self.job.open[j], &self.asks, 0..self.stage.len());
        (0..self.asks.len()).find(|&slot| {
            let mine = counts.iter().skip(slot).step_by(self.asks.len());
            !is_good(&self.goal(slot), mine, self.settings.bound)
        })
    }

    fn goal(&self, slot: usize) -> Goal {
        self.job.queue_facts().targets[self.claims.by_interval[slot]].goal.clone()
    }
}

/// Whether the counts of an interval reach a goal, by their estimate or by its one-sided 95% bound.
fn is_good<'a>(goal: &Goal, counts: impl Iterator<Item = &'a Counts>, bound: Bound) -> bool {
    let mut moments = RatioMoments::default();
    let mut sum = Counts::default();
    for one in counts {
        let (x, y) = figure(goal, one);
        moments.push(x, y);
        sum += *one;
    }
    let (x, y) = figure(goal, &sum);
    y == 0 || is_reached(goal, (x, y), &moments, bound)
}

/// Numerator and denominator of a goal's figure.
fn figure(goal: &Goal, counts: &Counts) -> (u64, u64) {
    match goal {
        Goal::Answered { .. } => (counts.good, counts.of),
        Goal::Asa(_) | Goal::Longest(_) => (counts.answered_wait, counts.answered),
        Goal::Abandoned(_) => (counts.lost, counts.offered),
        // Such promises are not planned by interval (see `Job`).
        Goal::Done { .. } | Goal::Replied { .. } | Goal::CalledBack { .. } => (0, 0),
    }
}

/// Whether a figure reaches its goal.
pub(super) fn is_reached(goal: &Goal, (x, y): (u64, u64), moments: &RatioMoments, bound: Bound) -> bool {
    let margin = match goal.limit() {
        Limit::AtLeast(share) => Margin::share_at_least(x, y, share),
        Limit::AtMost(share) => Margin::share_at_most(x, y, share),
        Limit::WaitAtMost(most) => Margin::mean_at_most(x, y, most.0 as f64),
    };
    if bound == Bound::PointEstimate {
        return margin.z >= 0.0;
    }
    match goal.limit() {
        Limit::AtLeast(share) => moments.ratio_share(ONE_SIDED_95).is_some_and(|e| e.low >= share),
        Limit::AtMost(share) => moments.ratio_share(ONE_SIDED_95).is_some_and(|e| e.high <= share),
        Limit::WaitAtMost(most) => moments.ratio(ONE_SIDED_95).is_some_and(|e| e.high <= most.0 as f64),
    }
}
