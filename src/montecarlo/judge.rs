//! Is a target met? Verdicts at the plan's error, from sums over replications.
//!
//! A figure is met when it is shown, at the stated error, to lie on the good side of the goal, missed when on the other,
//! else undecided ([`decide`](super::decide)). When results were looked at several times, look `j` spends `6/(π²j²)` of the
//! error.
//!
//! * `per = "interval"`: every counted interval must meet the goal. Each is tested at the full error, for a claim about
//!   all of them is an intersection–union test; that one is missed is said at the error divided by their number.
//! * `on_days`: the share of stretches that kept the goal is held against the share asked for. Where several runs make one
//!   stretch (a month of days), by the interval of [`RunsTogether`](super::runs_together::RunsTogether) at that error, once
//!   the runs fill ten stretches.
//! * Otherwise the long-run average is held against the goal. Where nothing lasts all day, a replication holds several
//!   events on either side of it ([`spells`](super::spells)), as in the test of a plan.

use super::decide::{Bar, decide};
use super::frame::{Frame, GroupFrame, QueueFrame, TargetFrame};
use super::gather::{Gather, GroupSums, QueueSums, TargetSums};
use super::outcome::{Place, TargetKind, TargetOutcome, Verdict};
use super::runs_together;
use super::tested::Tested;
use crate::engine::Staffing;
use crate::model::{Goal, Group, Model, Per, Queue, Target};
use crate::stats::{Auto, Estimate, Need, Stopping, wilson};
use std::f64::consts::PI;

/// Half-width of a level over days below which more replications are not worth their time, and of one over an interval
/// or of a share of days.
const NARROW: [f64; 2] = [0.0025, 0.01];

/// Every target: those of the queues in order, then the groups' caps on occupancy. `looks` is how often a stopping rule
/// saw results, `level` the confidence level of what is shown.
pub(super) fn targets(
    model: &Model,
    frame: &Frame,
    gather: &Gather,
    looks: u32,
    level: f64,
) -> Vec<TargetOutcome> {
    let court = Court { model, error: spent(model.plan.error, looks), level, is_shown: true };
    court.judge(frame, gather)
}

/// The rule behind `replications = "auto"`: doubling rounds, at most `most` replications, until every target is decided
/// or too close to its goal to be told apart; without targets, until every queue's service level is known to a quarter
/// of a point.
pub fn until_decided(model: &Model, most: u64) -> impl Stopping<Gather> + '_ {
    let frame = Frame::new(model, &Staffing::given(model));
    let mut looks = 0;
    Auto::new(most, move |gather: &Gather| {
        looks += 1;
        let court = Court { model, error: spent(model.plan.error, looks), level: 0.95, is_shown: false };
        let needs: Vec<Need> = court.judge(&frame, gather).iter().map(need).collect();
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

/// What the rule still needs of a target: nothing once it is decided, a verdict while its interval lies clear of the goal,
/// else that the two are too close to be told apart.
fn need(target: &TargetOutcome) -> Need {
    let (shown, goal) = match target.on_days {
        Some(share) => (target.days_met, share),
        None => (target.achieved, target.goal),
    };
    let wide = match target.kind {
        _ if target.on_days.is_some() || target.per == Per::Interval => NARROW[1],
        TargetKind::Asa | TargetKind::Longest => NARROW[0] * target.goal,
        _ => NARROW[0],
    };
    match target.verdict {
        Verdict::Undecided if shown.is_some_and(|shown| !shown.contains(goal)) => Need::Open,
        Verdict::Undecided => Need::Width(shown, wide),
        _ => Need::Decided,
    }
}

/// The part of the error that the last of so many looks may spend.
fn spent(error: f64, looks: u32) -> f64 {
    let looks = f64::from(looks);
    if looks > 1.0 { error * 6.0 / (PI * PI * looks * looks) } else { error }
}

struct Court<'a> {
    model: &'a Model,
    error: f64,
    level: f64,
    /// Whether anybody sees what is found; a stopping rule asks for what is promised alone.
    is_shown: bool,
}

impl Court<'_> {
    /// Every target: those of the queues in order, then the groups' caps.
    fn judge(&self, frame: &Frame, gather: &Gather) -> Vec<TargetOutcome> {
        let model = self.model;
        let mut found = Vec::new();
        for ((queue, frame), sums) in model.queues.iter().zip(&frame.queues).zip(&gather.queues) {
            for ((target, yard), sums) in queue.targets.iter().zip(&frame.targets).zip(&sums.targets) {
                found.push(self.target(queue, frame, target, yard, sums));
            }
        }
        for ((group, frame), sums) in model.groups.iter().zip(&frame.groups).zip(&gather.groups) {
            found.extend(group.max_occupancy.map(|cap| self.occupancy(group, frame, sums, cap)));
        }
        found
    }

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
        // Drawn once: for the verdict, and for what is shown.
        let wanted = yard.runs > 1 && (self.is_shown || yard.yardstick.share.is_some());
        let together = wanted.then(|| sums.runs.kept(yard.runs, self.model.run.seed));
        let verdict = match (yard.yardstick.share, &together) {
            (Some(share), Some(together)) => runs_together::verdict(together, share.as_f64(), self.error),
            (Some(share), None) => decide(&sums.kept, Bar::at_least(share), self.error),
            (None, _) if by_interval => self.every(&sums.intervals, bar),
            (None, _) => decide(&sums.overall, bar, self.error),
        };
        let days_met = if yard.runs > 1 {
            together.and_then(|months| months.at(self.level))
        } else {
            self.days_met(&sums.kept)
        };
        TargetOutcome {
            queue: Some(queue.name.clone()),
            group: None,
            kind,
            goal,
            within_s,
            per: target.per,
            definition,
            on_days: target.on_days,
            achieved: self.shown(shown, bar.is_share),
            days_met,
            worst_interval: worst.map(|k| self.place(frame.open[k])),
            verdict,
            penalty_cost: None,
        }
    }

    fn occupancy(&self, group: &Group, frame: &GroupFrame, sums: &GroupSums, cap: f64) -> TargetOutcome {
        TargetOutcome {
            queue: None,
            group: Some(group.name.clone()),
            kind: TargetKind::MaxOccupancy,
            goal: cap,
            within_s: None,
            per: Per::Day,
            definition: None,
            on_days: None,
            achieved: self.shown(&sums.occupancy, true),
            days_met: self.days_met(&sums.kept),
            worst_interval: None,
            verdict: decide(&sums.occupancy, Bar::at_most(frame.cap), self.error),
            penalty_cost: None,
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
pub(super) fn words(goal: &Goal) -> (TargetKind, f64, Option<f64>, Option<&'static str>) {
    match goal {
        Goal::Answered { share, within, definition } => {
            (TargetKind::Answered, *share, Some(within.as_secs_f64()), Some(definition.key()))
        }
        Goal::Asa(most) => (TargetKind::Asa, most.as_secs_f64(), None, None),
        Goal::Abandoned(share) => (TargetKind::Abandoned, *share, None, None),
        Goal::Longest(most) => (TargetKind::Longest, most.as_secs_f64(), None, None),
        Goal::Done { share, within, clock } => {
            (TargetKind::Done, *share, Some(within.as_secs_f64()), Some(clock.key()))
        }
        Goal::Replied { share, within } => (TargetKind::Replied, *share, Some(within.as_secs_f64()), None),
        Goal::CalledBack { share } => (TargetKind::CalledBack, *share, None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Tally;
    use crate::montecarlo::digest::Digest;
    use crate::montecarlo::fixture::{answered, model, target};
    use crate::units::Micros;

    #[test]
    fn looking_often_spends_the_error() {
        assert_eq!((spent(1e-4, 0), spent(1e-4, 1)), (1e-4, 1e-4));
        let all: f64 = (2..10_000).map(|looks| spent(1e-4, looks)).sum();
        assert!(all < 1e-4);
    }

    /// Outcomes of targets when replication r answers `good(r, hour)` of 100 contacts an hour in time, 8–12 h.
    fn judged(model: &Model, replications: u64, good: impl Fn(u64, usize) -> u64) -> Vec<TargetOutcome> {
        let frame = Frame::new(model, &Staffing::given(model));
        let (mut gather, mut digest) = (Gather::new(&frame), Digest::new(&frame));
        for r in 0..replications {
            let mut tally = Tally::new(model);
            let queue = &mut tally.queues[0];
            for i in model.queues[0].opening.intervals() {
                queue.cells[i].answered = 100;
                queue.answered_in[i * 4] = good(r, i);
                queue.answered_in[i * 4 + 3] = 100 - good(r, i);
                queue.cells[i].answered_wait = (100 - good(r, i)) * 200_000_000;
                queue.cells[i].longest_wait = (100 - good(r, i)) * 1_000_000;
            }
            gather.add(&frame, &tally, 400, &mut digest);
        }
        targets(model, &frame, &gather, 1, 0.95)
    }

    fn with(targets: Vec<Target>) -> Model {
        let mut model = model(1, 8..12);
        model.queues[0].targets = targets;
        model
    }

    #[test]
    fn every_interval_must_meet_and_the_worst_is_named() {
        let model = with(vec![Target { per: Per::Interval, ..target(answered(0.8, 20)) }]);
        let ten = |r: u64, hour: usize| if hour == 10 { 70 } else { 82 } + r % 11;
        let missed = &judged(&model, 400, ten)[0];
        assert_eq!(missed.verdict, Verdict::Missed);
        let place = missed.worst_interval.as_ref().unwrap();
        assert_eq!((place.index, place.day, place.start.as_str()), (10, 1, "10:00"));
        assert!((missed.achieved.unwrap().mean - 0.75).abs() < 0.001);
        // interval-days: hour 10 keeps it when r % 11 = 10, the others always
        assert!((missed.days_met.unwrap().mean - (3.0 + 1.0 / 11.0) / 4.0).abs() < 0.001);
        let good = |r: u64, hour: usize| 77 + hour as u64 / 10 + r % 11;
        assert_eq!(judged(&model, 600, good)[0].verdict, Verdict::Met);
        let close = |r: u64, hour: usize| if hour == 10 { 75 } else { 77 } + r % 11;
        assert_eq!(judged(&model, 400, close)[0].verdict, Verdict::Undecided);
    }

    #[test]
    fn on_days_holds_the_share_of_days_against_its_goal() {
        let days = |share| with(vec![Target { on_days: Some(share), ..target(answered(0.8, 20)) }]);
        // three days in four are good
        let good = |r: u64, _| if r.is_multiple_of(4) { 70 } else { 90 };
        assert_eq!(judged(&days(0.5), 1000, good)[0].verdict, Verdict::Met);
        assert_eq!(judged(&days(0.9), 1000, good)[0].verdict, Verdict::Missed);
        let close = &judged(&days(0.75), 1000, good)[0];
        assert_eq!((close.verdict, close.on_days), (Verdict::Undecided, Some(0.75)));
        assert_eq!(close.days_met.unwrap().mean, 0.75);
        assert_eq!(close.days_met, wilson(750, 1000, 0.95));
        assert!((close.achieved.unwrap().mean - 0.85).abs() < 1e-12);
    }

    /// A month of 21 independent days, three in four of which lie 10 points above the goal, the fourth 10 (or 38) below it:
    /// the number of bad days is binomial, and with it the exact chance of a month. Four comparisons.
    #[test]
    fn a_month_is_put_together_from_its_days() {
        use statrs::distribution::{Binomial, DiscreteCDF};
        let month =
            |share| with(vec![Target { per: Per::Month, on_days: Some(share), ..target(answered(0.8, 20)) }]);
        let exact = |bad: u64| Binomial::new(0.25, 21).unwrap().cdf(bad);
        // 10 up and 10 down: at most 10 bad days of 21; 10 up and 38 down: at most 4 of 21
        for (low, bad) in [(70, 10), (42, 4)] {
            let good = move |r: u64, _| if r.is_multiple_of(4) { low } else { 90 };
            let found = &judged(&month(0.9), 20_000, good)[0];
            let met = found.days_met.unwrap();
            assert!(met.contains(exact(bad)), "{met:?} {}", exact(bad));
            assert!(met.half_width() < 0.03, "{met:?}");
            let verdict = if bad == 10 { Verdict::Met } else { Verdict::Missed };
            assert_eq!((found.verdict, found.per, found.on_days), (verdict, Per::Month, Some(0.9)));
            // The long run knows nothing of months.
            let mean = 0.75 * 0.9 + 0.25 * low as f64 / 100.0;
            assert!((found.achieved.unwrap().mean - mean).abs() < 1e-9);
        }
        // Nine months in the sample decide nothing.
        let few = &judged(&month(0.5), 9 * 21, |_, _| 95)[0];
        assert_eq!((few.verdict, few.days_met.unwrap().mean), (Verdict::Undecided, 1.0));
        // A longest wait: one bad day spoils the week of five.
        let longest =
            Target { per: Per::Week, on_days: Some(0.5), ..target(Goal::Longest(Micros::from_secs(25))) };
        let found = judged(&with(vec![longest]), 20_000, |r, _| if r.is_multiple_of(4) { 70 } else { 90 });
        assert!(found[0].days_met.unwrap().contains(0.75_f64.powi(5)), "{:?}", found[0].days_met);
        assert_eq!(found[0].verdict, Verdict::Missed);
    }

    #[test]
    fn interval_days_cluster_by_replication() {
        let goal = Target { per: Per::Interval, on_days: Some(0.9), ..target(answered(0.8, 20)) };
        let model = with(vec![goal]);
        let good = |r: u64, _| if r.is_multiple_of(4) { 70 } else { 90 };
        let found = &judged(&model, 400, good)[0];
        assert_eq!((found.verdict, found.worst_interval.is_some()), (Verdict::Missed, false));
        let met = found.days_met.unwrap();
        // 1,600 interval-days, and no more known than 400 replications tell
        assert!(met.half_width() > 0.95 * wilson(300, 400, 0.95).unwrap().half_width());
    }

    #[test]
    fn waits_have_caps() {
        let goals = [Goal::Asa(Micros::from_secs(40)), Goal::Longest(Micros::from_secs(25))];
        let model = with(goals.into_iter().map(target).collect());
        // 15 of 100 wait 200 s on average over replications: asa 30 s, longest 15 s
        let found = judged(&model, 1000, |r, _| 80 + r % 11);
        assert!((found[0].achieved.unwrap().mean - 30.0).abs() < 0.1);
        assert!((found[1].achieved.unwrap().mean - 15.0).abs() < 0.1);
        assert_eq!(found.iter().map(|t| t.verdict).collect::<Vec<_>>(), [Verdict::Met, Verdict::Met]);
        assert_eq!((found[0].kind, found[1].kind), (TargetKind::Asa, TargetKind::Longest));
        assert_eq!((found[0].goal, found[1].goal), (40.0, 25.0));
        let low = with(vec![target(Goal::Asa(Micros::from_secs(25)))]);
        assert_eq!(judged(&low, 1000, |r, _| 80 + r % 11)[0].verdict, Verdict::Missed);
    }
}
