//! Method B1: a target in every interval, by one walk through the day.
//!
//! What happens in an interval depends on the agents of that interval and of those before it, and only what still waits
//! at its end on the next one. So intervals are settled in time order: replications pause where an interval starts,
//! candidates are tried for that interval alone, the fewest that do are kept, and the replications play on. Whoever still
//! waits at the end of an interval is served by the next one's agents, who are not known yet and taken from theory; where
//! they turn out to be others, the interval before is looked at again. The guess is played on rather than tried, and the
//! one below it on the same customers, so a walk costs a little more than two days a replication, where a search over
//! whole days would cost hundreds.
//!
//! Among 48 intervals chosen on the same customers some look better than they are (the optimiser's curse): what comes
//! out must be confirmed on new ones.

use super::claims::{Claims, counted};
use super::errand::Errand;
use super::job::{Crew, Job};
use super::search::bracket;
use super::settings::{Bound, Settings};
use super::warm_start::beyond;
use super::watch::{Event, Watch, cancelled};
use crate::model::{Goal, Limit};
use crate::montecarlo::{Ask, Bench, Counts, Level, Staffing, Stage};
use crate::stats::{Margin, RatioMoments};
use std::collections::BTreeMap;

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
    /// The target that asked for the last agent of each interval.
    asked: Vec<Option<usize>>,
    /// How many intervals in a row the stage has gone on through.
    walked: usize,
}

/// What a search of one interval found.
struct Searched {
    agents: u32,
    /// The target that asked for the last of them.
    asked: Option<usize>,
    /// Whether no number of agents did.
    stuck: bool,
}

/// The fewest agents of every interval for the targets that are claimed by interval, on the first customers of the
/// bench; `guess` is a first idea.
pub(super) fn sweep<'m>(
    job: &Job<'m>,
    claims: &Claims,
    guess: Crew,
    bench: &mut Bench<'m>,
    Errand { settings, watch, .. }: &Errand<'_>,
) -> Swept {
    let stage = Stage::over(job.model, bench, replications(job, settings, bench.most()));
    let asks = claims.by_interval.iter().map(|&t| ask(job, t)).collect();
    let asked = vec![None; job.open.len()];
    let tops = (guess.iter().zip(&job.most)).map(|(&agents, &most)| beyond(agents).min(most)).collect();
    let (crew, stuck, watch) = (guess, Vec::new(), *watch);
    let mut sweep = Sweep {
        job,
        claims,
        settings,
        watch,
        stage,
        asks,
        crew,
        tops,
        candidates: 0,
        stuck,
        asked,
        walked: 0,
    };
    let interrupted = !sweep.walk();
    let swept = Swept {
        replications: sweep.stage.len() as u64,
        candidates: sweep.candidates,
        binding: sweep.binding(),
        stuck: sweep.stuck,
        interrupted,
        crew: sweep.crew,
    };
    sweep.stage.give_back(bench);
    swept
}

/// As many replications as asked for, as far as memory goes: their tapes are all kept, at most `most`, and together with
/// the paused runs they take no more than twice the memory for tapes.
fn replications(job: &Job<'_>, settings: &Settings, most: usize) -> usize {
    // A contact takes some 20 bytes of tape, an interval some 120 of paused run.
    let model = job.model;
    let tally = 120.0 * (model.grid().intervals() * (model.queues.len() + model.groups.len())) as f64;
    let each = 20.0 * model.expected_contacts() + tally;
    let fit = (2.0 * settings.tape_bytes as f64 / each.max(1.0)) as u64;
    settings.to_walk().min(fit.min(most as u64).max(FEWEST_REPLICATIONS)) as usize
}

/// What a target needs to see of an interval.
pub(super) fn ask(job: &Job<'_>, target: usize) -> Ask {
    let queue = job.queue_facts();
    let level = match queue.targets[target].goal {
        Goal::Answered { within, definition, .. } => Level::of(queue, definition, within),
        _ => Level::reported(queue),
    };
    Ask { queue: job.queue, level: level.expect("a scenario counts every wait that a target names") }
}

impl Sweep<'_, '_> {
    /// The walk through the day; false if ended from outside.
    fn walk(&mut self) -> bool {
        let judged = counted(self.job);
        // Work is in proportion to contacts.
        let volumes = &self.job.queue_facts().volumes;
        let volume: f64 = self.job.open.iter().map(|&i| volumes[i]).sum::<f64>().max(f64::MIN_POSITIVE);
        let mut walked = 0.0;
        for j in 0..self.job.open.len() {
            if cancelled(self.watch) {
                return false;
            }
            self.watch.event(&Event::Next {
                what: "interval",
                number: j as u64 + 1,
                of: self.job.open.len() as u64,
                done: Some(walked / volume),
            });
            let i = self.job.open[j];
            let busy = self.job.queue_facts().volumes[i] > 0.0;
            walked += self.job.queue_facts().volumes[i];
            if busy && judged.binary_search(&i).is_ok() {
                self.visit(j);
            } else if !busy {
                self.crew[j] = self.job.least[j];
            }
        }
        true
    }

    /// Settles one interval, and the one before again if that had counted on other agents in this one. Leaves the stage
    /// at the end of the interval.
    fn visit(&mut self, j: usize) {
        let i = self.job.open[j];
        let follows = j > 0 && self.stage.at() == i && self.job.open[j - 1] + 1 == i && self.walked > 0;
        if self.stage.at() != i {
            self.stage.advance(&self.job.staffing(&self.crew), i);
            self.walked = 0;
        }
        let guess = self.crew[j];
        self.settle(j);
        if follows && self.crew[j] != guess && self.look_back(j - 1) {
            self.settle(j);
        }
        self.stage.go_on();
        self.walked += 1;
    }

    /// Settles an interval again, the stage being at the start of the next one; whether anything changed.
    fn look_back(&mut self, j: usize) -> bool {
        let before = self.crew[j];
        self.stage.go_back();
        let found = self.search(j, BTreeMap::new());
        self.conclude(j, &found);
        if self.crew[j] != before {
            self.play_on();
        }
        self.stage.go_on();
        self.crew[j] != before
    }

    /// Finds the fewest agents of one interval, from the pause at its start, and plays on with them.
    fn settle(&mut self, j: usize) {
        let (least, top) = self.range(j);
        let start = self.crew[j].clamp(least, top);
        let below = start.checked_sub(1).filter(|&fewer| fewer >= least);
        let besides: Vec<Staffing> = below.iter().map(|&fewer| self.with(j, fewer)).collect();
        let counts = self.stage.step(&self.with(j, start), &besides, &self.asks);
        let seen = std::iter::once(start).chain(below).zip(&counts);
        let known = seen.map(|(agents, counts)| (agents, self.first_failing(counts))).collect();
        let found = self.search(j, known);
        self.conclude(j, &found);
        if self.crew[j] != start {
            self.play_on();
        }
    }

    /// Plays on through one interval with what the crew has there now.
    fn play_on(&mut self) {
        self.stage.step(&self.job.staffing(&self.crew), &[], &self.asks);
    }

    /// The fewest and the most agents tried in an interval.
    fn range(&self, j: usize) -> (u32, u32) {
        (self.job.least[j], self.tops[j].max(self.job.least[j]))
    }

    /// Searches one interval, from the pause at its start; `known` are the targets that some numbers of agents fail.
    fn search(&mut self, j: usize, mut known: BTreeMap<u32, Option<usize>>) -> Searched {
        let (least, top) = self.range(j);
        let start = self.crew[j].clamp(least, top) - least;
        let mut asked = None;
        let ends = bracket((top - least) as usize, start as usize, |level| {
            let agents = least + level as u32;
            self.candidates += 1;
            let failed = *known.entry(agents).or_insert_with(|| {
                let which = 0..self.stage.len();
                let trial = self.stage.trial(&self.with(j, agents), self.job.open[j], &self.asks, which);
                self.first_failing(&trial)
            });
            asked = failed.or(asked);
            Some(failed.is_none())
        });
        let agents = least + ends.good.or(ends.bad).unwrap_or(0) as u32;
        Searched { agents, asked, stuck: ends.good.is_none() }
    }

    /// Writes down what a search found.
    fn conclude(&mut self, j: usize, found: &Searched) {
        self.crew[j] = found.agents;
        self.stuck.retain(|&other| other != j);
        if found.stuck {
            self.stuck.push(j);
            self.stuck.sort_unstable();
        }
        self.asked[j] = found.asked;
    }

    /// The staffing of the crew with other agents in interval `j`.
    fn with(&self, j: usize, agents: u32) -> Staffing {
        let mut crew = self.crew.clone();
        crew[j] = agents;
        self.job.staffing(&crew)
    }

    /// The first target that these counts of an interval fail.
    fn first_failing(&self, counts: &[Counts]) -> Option<usize> {
        (0..self.asks.len()).find(|&slot| {
            let mine = counts.iter().skip(slot).step_by(self.asks.len());
            !is_good(&self.goal(slot), mine, self.settings.bound)
        })
    }

    /// The target, by position, that most often asked for the last agent.
    fn binding(&self) -> Option<usize> {
        let times = |slot: usize| self.asked.iter().filter(|asked| **asked == Some(slot)).count();
        let most = (0..self.asks.len()).max_by_key(|&slot| (times(slot), usize::MAX - slot));
        most.map(|slot| self.claims.by_interval[slot])
    }

    fn goal(&self, slot: usize) -> Goal {
        self.job.queue_facts().targets[self.claims.by_interval[slot]].goal.clone()
    }
}

/// Whether the counts of an interval reach a goal, by their estimate or by its one-sided 95% bound.
pub(super) fn is_good<'a>(goal: &Goal, counts: impl Iterator<Item = &'a Counts>, bound: Bound) -> bool {
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
pub(super) fn figure(goal: &Goal, counts: &Counts) -> (u64, u64) {
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
