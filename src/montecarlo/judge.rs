//! Is a target met? Verdicts at the plan's error, from sums over replications.
//!
//! A figure is met when its interval at the stated error lies on the good side of the goal, missed when it lies on the
//! other, else undecided. A t interval alone errs when misses are rare — a sample without a miss looks certain — so it
//! decides only once at least 30 replications lay on the other side of the goal. Where that does not happen, the figure
//! being far from its goal, an empirical Bernstein bound decides (Maurer and Pontil 2009, theorem 4); a tenth of the
//! error is set aside for it. When results were looked at several times, look `j` spends `6/(π²j²)` of the error.
//!
//! * `per = "interval"`: every counted interval must meet the goal. Each is tested at the full error, for a claim about
//!   all of them is an intersection–union test; that one is missed is said at the error divided by their number.
//! * `on_days`: the share of stretches that kept the goal is held against the share asked for.
//! * Otherwise the long-run average is held against the goal.

use super::frame::{Frame, GroupFrame, QueueFrame, TargetFrame};
use super::gather::{Gather, GroupSums, QueueSums, TargetSums};
use super::outcome::{Place, TargetKind, TargetOutcome, Verdict};
use super::tested::Tested;
use super::yardstick::{Fraction, Yardstick};
use crate::model::{Goal, Group, Model, Per, Queue, Target};
use crate::engine::Staffing;
use crate::stats::{Auto, Estimate, Need, Stopping, wilson};
use std::f64::consts::PI;

/// Replications that must lie on the other side of the goal before the t interval may decide.
const OTHER_SIDE: u64 = 30;
/// The share of the error that the Bernstein bound may spend.
const BERNSTEIN: f64 = 0.1;
/// What a replication may hold beyond the largest seen.
const HEADROOM: f64 = 1.25;
/// A mean wait is taken never to exceed its goal by more than this factor within one replication.
const WORST_MEAN: f64 = 10.0;
/// Half-width of a share over days below which more replications are not worth their time, and of one over an interval.
const NARROW: [f64; 2] = [0.0025, 0.01];

/// Every target: those of the queues in order, then the groups' caps on occupancy. `looks` is how often a stopping rule
/// saw results, `level` the confidence level of what is shown.
pub(super) fn targets(model: &Model, frame: &Frame, gather: &Gather, looks: u32, level: f64) -> Vec<TargetOutcome> {
    let court = Court { model, error: spent(model.plan.error, looks), level };
    let mut found = Vec::new();
    for ((queue, frame), sums) in model.queues.iter().zip(&frame.queues).zip(&gather.queues) {
        for ((target, yard), sums) in queue.targets.iter().zip(&frame.targets).zip(&sums.targets) {
            found.push(court.target(queue, frame, target, yard, sums));
        }
    }
    for ((group, frame), sums) in model.groups.iter().zip(&frame.groups).zip(&gather.groups) {
        found.extend(group.max_occupancy.map(|cap| court.occupancy(group, frame, sums, cap)));
    }
    found
}

/// The rule behind `replications = "auto"`: doubling rounds, at most `most` replications, until every target is decided
/// or too close to its goal to be told apart; without targets, until every queue's service level is known to a quarter
/// of a point.
pub fn until_decided(model: &Model, most: u64) -> impl Stopping<Gather> + '_ {
    let frame = Frame::new(model, &Staffing::given(model));
    let mut looks = 0;
    Auto::new(most, move |gather: &Gather| {
        looks += 1;
        let needs: Vec<Need> = targets(model, &frame, gather, looks, 0.95).iter().map(need).collect();
        if needs.is_empty() { widths(&frame, gather) } else { needs }
    })
}

/// Without targets: the width of every queue's service level.
fn widths(frame: &Frame, gather: &Gather) -> Vec<Need> {
    let width = |(queue, sums): (&QueueFrame, &QueueSums)| {
        let at = queue.levels.iter().position(|levels| Some(levels[0]) == queue.level);
        Need::Width(at.and_then(|at| sums.levels[at][0].ratio_share(0.95)), NARROW[0])
    };
    frame.queues.iter().zip(&gather.queues).map(width).collect()
}

fn need(target: &TargetOutcome) -> Need {
    let shown = if target.on_days.is_some() { target.days_met } else { target.achieved };
    let scale = match target.kind {
        TargetKind::Asa | TargetKind::Longest if target.on_days.is_none() => target.goal,
        _ => 1.0,
    };
    let wide = if target.per == Per::Interval.key() { NARROW[1] } else { NARROW[0] };
    match target.verdict {
        Verdict::Undecided => Need::Width(shown, wide * scale),
        _ => Need::Decided,
    }
}

/// The part of the error that the last of so many looks may spend.
fn spent(error: f64, looks: u32) -> f64 {
    let looks = f64::from(looks);
    if looks > 1.0 { error * 6.0 / (PI * PI * looks * looks) } else { error }
}

/// Which way the goal lies, and what it is in the units of the sums.
#[derive(Clone, Copy)]
struct Bar {
    goal: Fraction,
    more_is_better: bool,
    is_share: bool,
}

impl Bar {
    fn of(yardstick: Yardstick) -> Self {
        let (more_is_better, is_share) = (yardstick.more_is_better(), yardstick.is_share());
        Self { goal: yardstick.goal, more_is_better, is_share }
    }

    fn at_least(goal: Fraction) -> Self {
        Self { goal, more_is_better: true, is_share: true }
    }

    fn at_most(goal: Fraction) -> Self {
        Self { goal, more_is_better: false, is_share: true }
    }
}

struct Court<'a> {
    model: &'a Model,
    error: f64,
    level: f64,
}

impl Court<'_> {
    fn target(
        &self,
        queue: &Queue,
        frame: &QueueFrame,
        target: &Target,
        yard: &TargetFrame,
        sums: &TargetSums,
    ) -> TargetOutcome {
        let bar = Bar::of(yard.yardstick);
        let (kind, goal, within_s, definition) = words(&target.goal);
        let by_interval = target.per == Per::Interval && target.on_days.is_none();
        let worst = worst(&sums.intervals, bar.more_is_better).filter(|_| by_interval);
        let shown = worst.map_or(&sums.overall, |k| &sums.intervals[k]);
        let verdict = match yard.yardstick.share {
            Some(share) => decide(&sums.kept, Bar::at_least(share), self.error),
            None if by_interval => self.every(&sums.intervals, bar),
            None => decide(&sums.overall, bar, self.error),
        };
        TargetOutcome {
            queue: Some(queue.name.clone()),
            group: None,
            kind,
            goal,
            within_s,
            per: target.per.key(),
            definition,
            on_days: target.on_days,
            achieved: self.shown(shown, bar.is_share),
            days_met: self.days_met(&sums.kept),
            worst_interval: worst.map(|k| self.place(frame.open[k])),
            verdict,
        }
    }

    fn occupancy(&self, group: &Group, frame: &GroupFrame, sums: &GroupSums, cap: f64) -> TargetOutcome {
        TargetOutcome {
            queue: None,
            group: Some(group.name.clone()),
            kind: TargetKind::MaxOccupancy,
            goal: cap,
            within_s: None,
            per: Per::Day.key(),
            definition: None,
            on_days: None,
            achieved: self.shown(&sums.occupancy, true),
            days_met: self.days_met(&sums.kept),
            worst_interval: None,
            verdict: decide(&sums.occupancy, Bar::at_most(frame.cap), self.error),
        }
    }

    fn shown(&self, tested: &Tested, is_share: bool) -> Option<Estimate> {
        if is_share {
            tested.moments.ratio_share(self.level)
        } else {
            tested.moments.ratio(self.level).map(|e| e.scale(1e-6))
        }
    }

    /// The share of stretches that kept the goal: Wilson's interval where every replication is one stretch.
    fn days_met(&self, kept: &Tested) -> Option<Estimate> {
        let [hits, stretches] = [kept.moments.numerator(), kept.moments.denominator()].map(|m| m.sum());
        if kept.most > 1 {
            kept.moments.ratio_share(self.level)
        } else {
            wilson(u64::try_from(hits).ok()?, u64::try_from(stretches).ok()?, self.level)
        }
    }

    fn place(&self, index: usize) -> Place {
        let grid = self.model.grid();
        Place { index, day: grid.day_of(index) + 1, start: grid.clock(index) }
    }

    /// Whether every interval meets the goal.
    fn every(&self, intervals: &[Tested], bar: Bar) -> Verdict {
        let each = self.error / intervals.len().max(1) as f64;
        if intervals.iter().any(|tested| decide(tested, bar, each) == Verdict::Missed) {
            Verdict::Missed
        } else if intervals.iter().all(|tested| decide(tested, bar, self.error) == Verdict::Met) {
            Verdict::Met
        } else {
            Verdict::Undecided
        }
    }
}

/// The interval with the worst long-run figure, among those that had anybody.
fn worst(intervals: &[Tested], more_is_better: bool) -> Option<usize> {
    let known = intervals.iter().enumerate().filter_map(|(k, tested)| Some((k, tested.moments.value()?)));
    let sign = if more_is_better { 1.0 } else { -1.0 };
    known.min_by(|a, b| (sign * a.1).total_cmp(&(sign * b.1))).map(|(k, _)| k)
}

/// Kind, goal (a share, or seconds), threshold in seconds and definition, as results name them.
fn words(goal: &Goal) -> (TargetKind, f64, Option<f64>, Option<&'static str>) {
    match goal {
        Goal::Answered { share, within, definition } => {
            (TargetKind::Answered, *share, Some(within.as_secs_f64()), Some(definition.key()))
        }
        Goal::Asa(most) => (TargetKind::Asa, most.as_secs_f64(), None, None),
        Goal::Abandoned(share) => (TargetKind::Abandoned, *share, None, None),
        Goal::Longest(most) => (TargetKind::Longest, most.as_secs_f64(), None, None),
    }
}

/// The verdict on one figure at this error on each side. A promise to nobody is kept, once thirty replications have
/// brought nobody.
fn decide(tested: &Tested, bar: Bar, error: f64) -> Verdict {
    let Some(interval) = tested.moments.ratio(1.0 - 2.0 * (1.0 - BERNSTEIN) * error) else {
        let enough = tested.most == 0 && tested.moments.replications() >= OTHER_SIDE;
        return if enough { Verdict::Met } else { Verdict::Undecided };
    };
    let goal = bar.goal.as_f64();
    let bernstein = bernstein(tested, bar, BERNSTEIN * error);
    let above = (interval.low > goal && tested.below >= OTHER_SIDE) || bernstein > 0;
    let below = (interval.high < goal && tested.above >= OTHER_SIDE) || bernstein < 0;
    match (above, below, bar.more_is_better) {
        (true, false, true) | (false, true, false) => Verdict::Met,
        (false, true, true) | (true, false, false) => Verdict::Missed,
        _ => Verdict::Undecided,
    }
}

/// On which side of the goal the expectation of `x − goal·y` is shown to lie: 1, −1, or 0 where it is not.
fn bernstein(tested: &Tested, bar: Bar, error: f64) -> i32 {
    let n = tested.moments.replications() as f64;
    let goal = bar.goal.as_f64();
    let [x, y] = [tested.moments.numerator(), tested.moments.denominator()].map(|m| m.sum() as f64);
    let mean = (x - goal * y) / n;
    let squares = tested.squares as f64 / (bar.goal.denominator() as f64).powi(2);
    let variance = ((squares - n * mean * mean) / (n - 1.0)).max(0.0);
    let range = HEADROOM * tested.most as f64 * if bar.is_share { 1.0 } else { WORST_MEAN * goal };
    let log = (2.0 / error).ln();
    let reach = (2.0 * variance * log / n).sqrt() + 7.0 * range * log / (3.0 * (n - 1.0));
    if n < 2.0 || mean.abs().partial_cmp(&reach) != Some(std::cmp::Ordering::Greater) {
        0
    } else if mean > 0.0 {
        1
    } else {
        -1
    }
}
