//! One run, scored by every wording of a promise at once: how a contact counts, in which interval, and how intervals and
//! days are summed up. A pass over the fates of single contacts, apart from the sums that every run makes.
//!
//! A wording is a [`Definition`] of the service level (rule 1), an [`Attribution`] to intervals and an [`Aggregation`].
//! Callbacks that were accepted stand apart in all of them.

use super::bench::Bench;
use crate::engine::{Ended, Fate, Staffing, Witness};
use crate::model::{Definition, Goal, Model, Per, Queue, Target};
use crate::stats::{Estimate, RatioMoments, Verdict};
use crate::units::Micros;
use serde::Serialize;

/// Confidence level of every interval.
const LEVEL: f64 = 0.95;
/// Hanging up within so long is short, where the promise does not say.
const SHORT: Micros = Micros::from_secs(5);
/// Replications that are kept one by one before they are added up.
const BLOCK: usize = 32;
/// Shares are added up as whole millionths.
const MILLION: u64 = 1_000_000;

/// The interval to which a contact counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribution {
    /// That of its arrival (the default here).
    Arrival,
    /// That in which its wait ended: it was answered, or hung up.
    WaitEnds,
    /// That in which it ended, wrap-up included ("when call ends").
    ContactEnds,
}

/// How intervals and days become one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregation {
    /// All good contacts over all contacts: weighted by volume.
    Run,
    /// The mean of the days' figures, each day counting the same.
    MeanOfDays,
    /// The share of days that reached the goal.
    DaysKept,
    /// The mean of the intervals' figures, each interval of each day counting the same.
    MeanOfIntervals,
    /// The share of intervals that reached the goal.
    IntervalsKept,
    /// The interval of the run whose long-run figure is lowest.
    WorstInterval,
}

impl Attribution {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Arrival, Self::WaitEnds, Self::ContactEnds];
}

impl Aggregation {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Run,
        Self::MeanOfDays,
        Self::DaysKept,
        Self::MeanOfIntervals,
        Self::IntervalsKept,
        Self::WorstInterval,
    ];

    /// Whether it is a share of days or intervals, not a service level.
    pub fn is_share_kept(self) -> bool {
        matches!(self, Self::DaysKept | Self::IntervalsKept)
    }
}

/// A figure under one wording.
#[derive(Clone, Debug, Serialize)]
pub struct Worded {
    /// What is divided by what.
    #[serde(serialize_with = "key")]
    pub definition: Definition,
    /// In which interval a contact counts.
    pub attribution: Attribution,
    /// How intervals and days are summed up.
    pub aggregation: Aggregation,
    /// The figure; nothing where there was nobody to count.
    pub figure: Option<Estimate>,
    /// Whether the promise would be kept: nothing for a share of days or intervals of which the promise says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Whether it is the wording of the promise.
    pub as_promised: bool,
}

/// One queue's promise under every wording.
#[derive(Clone, Debug, Serialize)]
pub struct Wordings {
    /// The queue.
    pub queue: String,
    /// The share that is promised.
    pub goal: f64,
    /// Answered within so many seconds is in time.
    pub within_s: f64,
    /// On this share of days or intervals, where that is promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_days: Option<f64>,
    /// Every wording.
    pub wordings: Vec<Worded>,
}

fn key<S: serde::Serializer>(definition: &Definition, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(definition.key())
}

/// The first promise on a service level of every queue that makes one, under every wording; nothing if `goes_on`, told
/// how many replications are done, said no. The result does not depend on the number of threads.
pub fn wordings(
    model: &Model,
    staffing: &Staffing,
    replications: u64,
    goes_on: &dyn Fn(u64) -> bool,
) -> Option<Vec<Wordings>> {
    let asks: Vec<Ask> = model.queues.iter().enumerate().filter_map(Ask::of).collect();
    let mut sums: Vec<Vec<Sum>> =
        asks.iter().map(|_| Ask::ways().map(|_| Sum::new(model)).collect()).collect();
    let mut bench = Bench::new(model, model.run.seed, 0, 0);
    for start in (0..replications as usize).step_by(BLOCK) {
        if !goes_on(start as u64) {
            return None;
        }
        let end = (start + BLOCK).min(replications as usize);
        let counts = bench.play(1, start..end, |_, run, tape, _| {
            let mut counts = Counts::new(model, &asks);
            run.play(tape, staffing, &mut counts);
            counts
        });
        for replication in &counts {
            for ((ask, sums), cells) in asks.iter().zip(&mut sums).zip(&replication.cells) {
                for ((definition, attribution), sum) in ask.definitions_and_ways().zip(sums) {
                    sum.add(model, ask, definition, &cells[attribution as usize]);
                }
            }
        }
    }
    Some(asks.iter().zip(&sums).map(|(ask, sums)| ask.wordings(model, sums)).collect())
}

/// A queue whose promise is scored.
struct Ask {
    queue: usize,
    target: Target,
    share: f64,
    within: Micros,
    definition: Definition,
    short: Micros,
}

impl Ask {
    fn of((queue, facts): (usize, &Queue)) -> Option<Self> {
        facts.targets.iter().find_map(|target| {
            let Goal::Answered { share, within, definition } = target.goal else { return None };
            let short = match definition {
                Definition::IgnoreShort { short } | Definition::CreditShort { short } => short,
                _ => SHORT,
            };
            Some(Self { queue, target: target.clone(), share, within, definition, short })
        })
    }

    fn definitions(short: Micros) -> [Definition; 6] {
        [
            Definition::Offered,
            Definition::Answered,
            Definition::IgnoreEarly,
            Definition::CreditEarly,
            Definition::IgnoreShort { short },
            Definition::CreditShort { short },
        ]
    }

    /// Every definition with every attribution, in order; the definitions' own times are left to [`Self`].
    fn ways() -> impl Iterator<Item = (Definition, Attribution)> {
        let definitions = Self::definitions(SHORT).into_iter();
        definitions.flat_map(|definition| Attribution::ALL.map(move |attribution| (definition, attribution)))
    }

    fn definitions_and_ways(&self) -> impl Iterator<Item = (Definition, Attribution)> {
        let definitions = Self::definitions(self.short).into_iter();
        definitions.flat_map(|definition| Attribution::ALL.map(move |attribution| (definition, attribution)))
    }

    /// The aggregation of the promise as it was made.
    fn aggregation(&self) -> Aggregation {
        match (self.target.per, self.target.on_days.is_some()) {
            (Per::Interval, true) => Aggregation::IntervalsKept,
            (Per::Interval, false) => Aggregation::WorstInterval,
            (Per::Day, true) => Aggregation::DaysKept,
            _ => Aggregation::Run,
        }
    }

    fn wordings(&self, model: &Model, sums: &[Sum]) -> Wordings {
        let each = |((definition, attribution), sum): ((Definition, Attribution), &Sum)| {
            Aggregation::ALL.map(|aggregation| {
                let figure = sum.figure(aggregation);
                let as_promised = definition == self.definition
                    && attribution == Attribution::Arrival
                    && aggregation == self.aggregation();
                let verdict = figure.and_then(|e| self.verdict(aggregation, e));
                Worded { definition, attribution, aggregation, figure, verdict, as_promised }
            })
        };
        Wordings {
            queue: model.queues[self.queue].name.clone(),
            goal: self.share,
            within_s: self.within.as_secs_f64(),
            on_days: self.target.on_days,
            wordings: self.definitions_and_ways().zip(sums).flat_map(each).collect(),
        }
    }

    /// Met or missed if the 95% interval says so.
    fn verdict(&self, aggregation: Aggregation, e: Estimate) -> Option<Verdict> {
        let goal = if aggregation.is_share_kept() { self.target.on_days? } else { self.share };
        Some(if e.low >= goal {
            Verdict::Met
        } else if e.high < goal {
            Verdict::Missed
        } else {
            Verdict::Undecided
        })
    }
}

/// What is counted of one queue in one interval: the letters of rule 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cell {
    answered: u64,
    answered_in_time: u64,
    lost: u64,
    lost_in_time: u64,
    lost_short: u64,
    refused: u64,
    unfinished: u64,
}

impl Cell {
    /// Good contacts, and those among which they count.
    fn fraction(&self, definition: Definition) -> (u64, u64) {
        let open_door = self.answered + self.lost + self.unfinished;
        match definition {
            Definition::Offered => (self.answered_in_time, open_door + self.refused),
            Definition::Answered => (self.answered_in_time, self.answered),
            Definition::IgnoreEarly => (self.answered_in_time, open_door - self.lost_in_time),
            Definition::CreditEarly => (self.answered_in_time + self.lost_in_time, open_door),
            Definition::IgnoreShort { .. } => (self.answered_in_time, open_door - self.lost_short),
            Definition::CreditShort { .. } => (self.answered_in_time + self.lost_short, open_door),
        }
    }
}

/// One replication: for each queue that is asked for and each attribution, a cell for every interval.
struct Counts<'a> {
    model: &'a Model,
    asks: &'a [Ask],
    cells: Vec<[Vec<Cell>; 3]>,
}

impl<'a> Counts<'a> {
    fn new(model: &'a Model, asks: &'a [Ask]) -> Self {
        let empty = || vec![Cell::default(); model.grid().intervals()];
        Self { model, asks, cells: asks.iter().map(|_| [empty(), empty(), empty()]).collect() }
    }
}

impl Witness for Counts<'_> {
    fn ended(&mut self, story: &Ended) {
        let Some(k) = self.asks.iter().position(|ask| ask.queue == story.queue) else { return };
        if !story.counted || matches!(story.fate, Fate::MovedOn | Fate::Callback) {
            return;
        }
        let ask = &self.asks[k];
        let busy = if let Fate::Answered { busy, .. } = story.fate { busy } else { Micros::ZERO };
        let waited = story.arrived + story.wait;
        for (cells, at) in self.cells[k].iter_mut().zip([story.arrived, waited, waited + busy]) {
            // What ends after the last interval counts to it.
            let last = cells.len() - 1;
            let cell = &mut cells[self.model.grid().interval_at(at).unwrap_or(last)];
            match story.fate {
                Fate::Answered { .. } => {
                    cell.answered += 1;
                    cell.answered_in_time += u64::from(story.wait <= ask.within);
                }
                Fate::Abandoned | Fate::Balked => {
                    cell.lost += 1;
                    cell.lost_in_time += u64::from(story.wait <= ask.within);
                    cell.lost_short += u64::from(story.wait <= ask.short);
                }
                Fate::Blocked | Fate::TurnedAway => cell.refused += 1,
                Fate::Unfinished => cell.unfinished += 1,
                Fate::MovedOn | Fate::Callback => {}
            }
        }
    }
}

/// All replications under one definition and attribution.
struct Sum {
    run: RatioMoments,
    days: RatioMoments,
    days_kept: RatioMoments,
    mean: RatioMoments,
    kept: RatioMoments,
    intervals: Vec<RatioMoments>,
}

impl Sum {
    fn new(model: &Model) -> Self {
        let zero = RatioMoments::default();
        let intervals = vec![zero; model.grid().intervals()];
        Self { run: zero, days: zero, days_kept: zero, mean: zero, kept: zero, intervals }
    }

    fn add(&mut self, model: &Model, ask: &Ask, definition: Definition, cells: &[Cell]) {
        let pairs: Vec<(u64, u64)> = cells.iter().map(|cell| cell.fraction(definition)).collect();
        let mut days = vec![(0, 0); model.grid().days];
        for (i, &(good, of)) in pairs.iter().enumerate() {
            self.intervals[i].push(good, of);
            let day = &mut days[model.grid().day_of(i)];
            *day = (day.0 + good, day.1 + of);
        }
        let all = days.iter().fold((0, 0), |sum, day| (sum.0 + day.0, sum.1 + day.1));
        self.run.push(all.0, all.1);
        Summary::of(&days, ask.share).push(&mut self.days, &mut self.days_kept);
        Summary::of(&pairs, ask.share).push(&mut self.mean, &mut self.kept);
    }

    fn figure(&self, aggregation: Aggregation) -> Option<Estimate> {
        let moments = match aggregation {
            Aggregation::Run => &self.run,
            Aggregation::MeanOfDays => &self.days,
            Aggregation::DaysKept => &self.days_kept,
            Aggregation::MeanOfIntervals => &self.mean,
            Aggregation::IntervalsKept => &self.kept,
            Aggregation::WorstInterval => {
                let level = |moments: &&RatioMoments| moments.value().unwrap_or(f64::INFINITY);
                self.intervals.iter().min_by(|a, b| level(a).total_cmp(&level(b)))?
            }
        };
        moments.ratio_share(LEVEL)
    }
}

/// Parts of one replication, days or intervals, those with anybody.
struct Summary {
    millionths: u64,
    kept: u64,
    parts: u64,
}

impl Summary {
    fn of(parts: &[(u64, u64)], goal: f64) -> Self {
        let mut summary = Self { millionths: 0, kept: 0, parts: 0 };
        for &(good, of) in parts.iter().filter(|(_, of)| *of > 0) {
            summary.millionths += (MILLION * good + of / 2) / of;
            // As a promise is judged: good ≥ goal × of, with a hair for goals that binary fractions miss.
            summary.kept += u64::from(good as f64 >= goal * of as f64 - 1e-9);
            summary.parts += 1;
        }
        summary
    }

    fn push(&self, mean: &mut RatioMoments, kept: &mut RatioMoments) {
        mean.push(self.millionths, self.parts * MILLION);
        kept.push(self.kept, self.parts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::montecarlo::fixture::{answered, model, target};
    use crate::montecarlo::{Job, Level, measure};
    use crate::stats::Fixed;

    /// Against the sums that every run makes: every definition over the run, and the worst interval by arrival.
    #[test]
    fn what_both_count_is_the_same() {
        let mut model = model(2, 8..12);
        model.queues[0].targets = vec![target(answered(0.8, 20))];
        let staffing = Staffing::given(&model);
        let found = wordings(&model, &staffing, 60, &|_| true).expect("nobody stopped it").remove(0);
        let finished = Job::new(&model, &staffing, model.run.seed).run(&mut Fixed(60));
        let outcome = measure(&model, &staffing, &finished, LEVEL);
        let figure = |definition: &str, aggregation| {
            let is = |one: &&Worded| {
                let same = one.definition.key() == definition && one.aggregation == aggregation;
                same && one.attribution == Attribution::Arrival
            };
            found.wordings.iter().find(is).and_then(|one| one.figure).expect("it was counted")
        };
        let level = outcome.queues[0].service_level.as_ref().unwrap();
        let pairs = [
            ("offered", level.offered),
            ("answered", level.answered),
            ("ignore_early", level.ignore_early),
            ("credit_early", level.credit_early),
        ];
        for (definition, wanted) in pairs {
            assert_eq!(Some(figure(definition, Aggregation::Run)), wanted, "{definition}");
        }
        let levels = outcome.queues[0].intervals.iter().filter_map(|interval| interval.service_level);
        let worst = levels.map(|e| e.mean).fold(1.0, f64::min);
        assert!((figure("offered", Aggregation::WorstInterval).mean - worst).abs() < 1e-12);
        let kept = outcome.targets[0].days_met.expect("days were judged");
        assert!((figure("offered", Aggregation::DaysKept).mean - kept.mean).abs() < 1e-12);
        assert!(Level::reported(&model.queues[0]).is_some());
        // The run does not care in which interval somebody counts.
        for one in found.wordings.iter().filter(|one| one.aggregation == Aggregation::Run) {
            assert_eq!(one.figure, Some(figure(one.definition.key(), Aggregation::Run)));
        }
        assert_eq!(found.wordings.iter().filter(|one| one.as_promised).count(), 1);
        assert_eq!(found.wordings.len(), 108);
    }

    /// ICMI's example (Cleveland): of 100 offered, 82 answered in time, 4 late, 9 hung up within T, 5 later; of the early
    /// ones 3 within a few seconds.
    #[test]
    fn the_letters_of_rule_1_by_hand() {
        let cell = Cell {
            answered: 86,
            answered_in_time: 82,
            lost: 14,
            lost_in_time: 9,
            lost_short: 3,
            refused: 2,
            unfinished: 1,
        };
        let found = Ask::definitions(SHORT).map(|definition| cell.fraction(definition));
        assert_eq!(found, [(82, 103), (82, 86), (82, 92), (91, 101), (82, 98), (85, 101)]);
    }

    #[test]
    fn a_run_that_is_stopped_gives_nothing() {
        let model = model(1, 8..12);
        assert!(wordings(&model, &Staffing::given(&model), 50, &|_| false).is_none());
    }
}
