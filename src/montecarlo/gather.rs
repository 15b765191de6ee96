//! Running sums over replications: all that is kept of them.
//!
//! Sums are whole numbers, so they are exact, and adding or merging in any order gives the same bytes. Their memory
//! depends on the model — queues, counted intervals, thresholds, targets — and not on the number of replications. One
//! replication of a 48-interval day costs a few microseconds per queue.

use super::digest::{Digest, QueueDigest};
use super::frame::{Frame, GroupFrame, QueueFrame};
use super::hands::HandsSums;
use super::journey::JourneySums;
use super::listener::Listener;
use super::runs_together::RunsTogether;
use super::slice::Slice;
use super::spells::spells;
use super::tested::Tested;
use super::worth::WorthSums;
use super::yardstick::{Fraction, Yardstick};
use crate::engine::{GroupTally, QueueTally, Tally};
use crate::model::Per;
use crate::stats::{DayLevels, MeanMoments, RatioMoments, SectionedHistogram};

/// Sums over all replications so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Gather {
    /// How many replications.
    pub replications: u64,
    /// Contacts simulated, the uncounted included.
    pub contacts: u64,
    /// The whole centre.
    pub total: TotalSums,
    /// One per queue.
    pub queues: Vec<QueueSums>,
    /// One per group.
    pub groups: Vec<GroupSums>,
    /// Waits of answered counted contacts, one per queue.
    pub waits: Vec<SectionedHistogram>,
    /// What customers felt and what it cost.
    pub worth: WorthSums,
}

/// Sums for the whole centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TotalSums {
    /// Answered over offered.
    pub answered: RatioMoments,
    /// Abandoned and balked over offered.
    pub lost: RatioMoments,
}

/// Sums for one queue over the counted run. A pair is numerator over denominator.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueSums {
    /// New customers.
    pub first_attempts: MeanMoments,
    /// Answered over offered.
    pub answered: RatioMoments,
    /// Hung up while waiting.
    pub abandoned: MeanMoments,
    /// Hung up at once.
    pub balked: MeanMoments,
    /// Came while closed.
    pub turned_away: MeanMoments,
    /// Left for another queue.
    pub moved_on: MeanMoments,
    /// Still waiting at the end.
    pub unfinished: MeanMoments,
    /// Abandoned and balked over offered.
    pub lost: RatioMoments,
    /// Blocked over offered.
    pub blocked: RatioMoments,
    /// Those who waited over the answered and abandoned.
    pub waited: RatioMoments,
    /// Wait in µs over the answered and abandoned.
    pub wait: RatioMoments,
    /// Wait of the answered in µs over the answered.
    pub asa: RatioMoments,
    /// The longest wait of an answered contact in µs; replications that answered nobody left out.
    pub longest: MeanMoments,
    /// Time in line during counted open intervals, µs.
    pub queue_time: MeanMoments,
    /// At each threshold, by the four definitions of [`QueueFrame::levels`].
    pub levels: Vec<[RatioMoments; 4]>,
    /// By the levels of [`QueueFrame::shorts`].
    pub shorts: Vec<RatioMoments>,
    /// The reported level day by day.
    pub days: DayLevels,
    /// One per interval shown.
    pub intervals: Vec<IntervalSums>,
    /// One per target.
    pub targets: Vec<TargetSums>,
    /// Behaviours; nothing where none is on.
    pub journey: Option<Box<JourneySums>>,
}

/// Sums for one interval of one queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IntervalSums {
    /// Contacts offered.
    pub offered: MeanMoments,
    /// Answered.
    pub answered: MeanMoments,
    /// Hung up while waiting.
    pub abandoned: MeanMoments,
    /// Wait in µs over the answered and abandoned.
    pub wait: RatioMoments,
    /// The reported level.
    pub level: RatioMoments,
    /// Time in line, µs.
    pub queue_time: MeanMoments,
}

/// Sums for one target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetSums {
    /// The long-run figure over all stretches.
    pub overall: Tested,
    /// Stretches that kept it over stretches that had anybody.
    pub kept: Tested,
    /// The figure of each counted open interval, where every interval is a stretch; else empty.
    pub intervals: Vec<Tested>,
    /// Every run by itself, where several make one stretch; else empty.
    pub runs: RunsTogether,
}

/// Sums for one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupSums {
    /// Busy to the last contact, µs.
    pub busy: MeanMoments,
    /// Overtime to the last contact, µs.
    pub overtime: MeanMoments,
    /// Busy over staffed and overtime during counted open intervals.
    pub occupancy: Tested,
    /// Days that kept the cap over days that had staff.
    pub kept: Tested,
    /// Busy over staffed and overtime of each counted open interval.
    pub intervals: Vec<RatioMoments>,
    /// Several contacts in hand; nothing for a group that holds one at a time.
    pub hands: Option<Box<HandsSums>>,
}

impl Gather {
    /// Without replications yet.
    pub fn new(frame: &Frame) -> Self {
        Self {
            replications: 0,
            contacts: 0,
            total: TotalSums::default(),
            queues: frame.queues.iter().map(QueueSums::new).collect(),
            groups: frame.groups.iter().map(GroupSums::new).collect(),
            waits: vec![SectionedHistogram::default(); frame.queues.len()],
            worth: WorthSums::new(&frame.worth),
        }
    }

    /// A witness for the run of one replication, who writes down the waits of answered contacts and what customers felt.
    pub fn listen<'a>(&'a mut self, frame: &'a Frame, replication: u64) -> Listener<'a> {
        let section = SectionedHistogram::section_of(replication);
        let waits = &mut self.waits;
        for waits in waits.iter_mut() {
            waits.open(replication);
        }
        Listener { section, waits, felt: self.worth.listen(&frame.worth) }
    }

    /// Counts one replication of `contacts` contacts; `digest` is working memory.
    pub fn add(&mut self, frame: &Frame, tally: &Tally, contacts: u64, digest: &mut Digest) {
        digest.take(frame, tally);
        self.replications += 1;
        self.contacts += contacts;
        let (mut offered, mut answered, mut lost) = (0, 0, 0);
        for (q, (queue, day)) in frame.queues.iter().zip(digest.queues_mut()).enumerate() {
            self.queues[q].add(queue, &tally.queues[q], day);
            offered += day.run().cell.offered();
            answered += day.run().cell.answered;
            lost += day.run().lost();
        }
        self.total.answered.push(answered, offered);
        self.total.lost.push(lost, offered);
        for ((sums, group), spent) in self.groups.iter_mut().zip(&frame.groups).zip(&tally.groups) {
            sums.add(group, spent);
        }
        self.worth.add(frame, tally, digest);
    }

    /// Adds what another one gathered, of the same frame.
    pub fn merge(&mut self, other: &Self) {
        self.replications += other.replications;
        self.contacts += other.contacts;
        self.total.answered.merge(&other.total.answered);
        self.total.lost.merge(&other.total.lost);
        self.queues.iter_mut().zip(&other.queues).for_each(|(mine, theirs)| mine.merge(theirs));
        self.groups.iter_mut().zip(&other.groups).for_each(|(mine, theirs)| mine.merge(theirs));
        self.waits.iter_mut().zip(&other.waits).for_each(|(mine, theirs)| mine.merge(theirs));
        self.worth.merge(&other.worth);
    }
}

impl QueueSums {
    fn new(queue: &QueueFrame) -> Self {
        let target = |per| TargetSums {
            intervals: vec![Tested::default(); if per == Per::Interval { queue.open.len() } else { 0 }],
            ..TargetSums::default()
        };
        let mean = MeanMoments::default();
        let ratio = RatioMoments::default();
        Self {
            first_attempts: mean,
            answered: ratio,
            abandoned: mean,
            balked: mean,
            turned_away: mean,
            moved_on: mean,
            unfinished: mean,
            lost: ratio,
            blocked: ratio,
            waited: ratio,
            wait: ratio,
            asa: ratio,
            longest: mean,
            queue_time: mean,
            levels: vec![[ratio; 4]; queue.levels.len()],
            shorts: vec![ratio; queue.shorts.len()],
            days: DayLevels::new(queue.goal),
            intervals: vec![IntervalSums::default(); queue.shown.len()],
            targets: queue.targets.iter().map(|t| target(t.yardstick.per)).collect(),
            journey: JourneySums::new(queue),
        }
    }

    fn add(&mut self, queue: &QueueFrame, tally: &QueueTally, digest: &mut QueueDigest) {
        self.add_run(queue, digest.run());
        self.days.record(digest.levels());
        for (sums, &i) in self.intervals.iter_mut().zip(&queue.shown) {
            sums.add(queue, Slice::of(tally, i));
        }
        let queue_time = queue.open.iter().map(|&i| tally.cells[i].queue_time);
        self.queue_time.push(queue_time.fold(0, u64::saturating_add));
        for (sums, target) in self.targets.iter_mut().zip(&queue.targets) {
            if target.yardstick.per == Per::Interval {
                sums.add_intervals(queue, target.yardstick, tally, digest);
            } else {
                let (figure, kept) = digest.judge(target);
                let sides =
                    queue.counts_spells(target).then(|| sides(queue, target.yardstick, tally, digest));
                sums.push(target.yardstick, figure, kept, sides);
                if target.runs > 1 {
                    sums.runs.push(target.yardstick, figure, kept);
                }
            }
        }
        if let Some(journey) = &mut self.journey {
            journey.add(queue, tally, digest);
        }
    }

    fn add_run(&mut self, queue: &QueueFrame, run: Slice<'_>) {
        let cell = run.cell;
        let offered = cell.offered();
        self.first_attempts.push(cell.first_attempts);
        self.answered.push(cell.answered, offered);
        self.abandoned.push(cell.abandoned);
        self.balked.push(cell.balked);
        self.turned_away.push(cell.turned_away);
        self.moved_on.push(cell.moved_on);
        self.unfinished.push(cell.unfinished);
        self.lost.push(run.lost(), offered);
        self.blocked.push(cell.blocked, offered);
        self.waited.push(cell.waited, run.waiters());
        self.wait.push(run.wait(), run.waiters());
        self.asa.push(cell.answered_wait, cell.answered);
        if cell.answered > 0 {
            self.longest.push(cell.longest_wait);
        }
        for (sums, levels) in self.levels.iter_mut().zip(&queue.levels) {
            sums.iter_mut().zip(levels).for_each(|(sum, level)| push(sum, level.fraction(run)));
        }
        self.shorts.iter_mut().zip(&queue.shorts).for_each(|(sum, level)| push(sum, level.fraction(run)));
    }

    fn merge(&mut self, other: &Self) {
        self.first_attempts.merge(&other.first_attempts);
        self.answered.merge(&other.answered);
        self.abandoned.merge(&other.abandoned);
        self.balked.merge(&other.balked);
        self.turned_away.merge(&other.turned_away);
        self.moved_on.merge(&other.moved_on);
        self.unfinished.merge(&other.unfinished);
        self.lost.merge(&other.lost);
        self.blocked.merge(&other.blocked);
        self.waited.merge(&other.waited);
        self.wait.merge(&other.wait);
        self.asa.merge(&other.asa);
        self.longest.merge(&other.longest);
        self.queue_time.merge(&other.queue_time);
        let levels = self.levels.iter_mut().flatten().zip(other.levels.iter().flatten());
        levels.for_each(|(mine, theirs)| mine.merge(theirs));
        self.shorts.iter_mut().zip(&other.shorts).for_each(|(mine, theirs)| mine.merge(theirs));
        self.days.merge(&other.days);
        self.intervals.iter_mut().zip(&other.intervals).for_each(|(mine, theirs)| mine.merge(theirs));
        self.targets.iter_mut().zip(&other.targets).for_each(|(mine, theirs)| mine.merge(theirs));
        if let (Some(mine), Some(theirs)) = (&mut self.journey, &other.journey) {
            mine.merge(theirs);
        }
    }
}

/// Counts one replication of a fraction.
#[inline]
fn push(moments: &mut RatioMoments, (x, y): (u64, u64)) {
    moments.push(x, y);
}

/// Spells of intervals with a figure below and above the goal.
fn sides(queue: &QueueFrame, yardstick: Yardstick, tally: &QueueTally, digest: &QueueDigest) -> (u64, u64) {
    let held = |&i: &usize| yardstick.kept(yardstick.fraction(digest.at(tally, i)));
    let (missed, held) = spells(queue.busy.iter().filter_map(held));
    if yardstick.more_is_better() { (missed, held) } else { (held, missed) }
}

impl IntervalSums {
    #[inline]
    fn add(&mut self, queue: &QueueFrame, slice: Slice<'_>) {
        let cell = slice.cell;
        self.offered.push(cell.offered());
        self.answered.push(cell.answered);
        self.abandoned.push(cell.abandoned);
        self.wait.push(slice.wait(), slice.waiters());
        self.queue_time.push(cell.queue_time);
        if let Some(level) = queue.level {
            push(&mut self.level, level.fraction(slice));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.offered.merge(&other.offered);
        self.answered.merge(&other.answered);
        self.abandoned.merge(&other.abandoned);
        self.wait.merge(&other.wait);
        self.level.merge(&other.level);
        self.queue_time.merge(&other.queue_time);
    }
}

impl TargetSums {
    /// `sides`: events of this replication below and above the goal, where it is not itself the one event.
    fn push(
        &mut self,
        yardstick: Yardstick,
        figure: (u64, u64),
        kept: (u64, u64),
        sides: Option<(u64, u64)>,
    ) {
        match sides {
            Some(sides) => self.overall.push_events(figure, yardstick.goal, sides),
            None => self.overall.push(figure, yardstick.goal),
        }
        self.kept.push(kept, yardstick.share.unwrap_or(Fraction::share(1.0)));
    }

    /// Where every interval is a stretch.
    fn add_intervals(
        &mut self,
        queue: &QueueFrame,
        yardstick: Yardstick,
        tally: &QueueTally,
        digest: &QueueDigest,
    ) {
        let (mut figure, mut kept) = ((0_u64, 0), (0, 0));
        for (sums, &i) in self.intervals.iter_mut().zip(&queue.open) {
            let fraction = yardstick.fraction(digest.at(tally, i));
            sums.push(fraction, yardstick.goal);
            figure = (figure.0.saturating_add(fraction.0), figure.1 + fraction.1);
            if let Some(held) = yardstick.kept(fraction) {
                kept = (kept.0 + u64::from(held), kept.1 + 1);
            }
        }
        if yardstick.adds_up() {
            figure = yardstick.fraction(digest.run());
        }
        self.push(yardstick, figure, kept, None);
    }

    fn merge(&mut self, other: &Self) {
        self.overall.merge(&other.overall);
        self.kept.merge(&other.kept);
        self.intervals.iter_mut().zip(&other.intervals).for_each(|(mine, theirs)| mine.merge(theirs));
        self.runs.merge(&other.runs);
    }
}

impl GroupSums {
    fn new(group: &GroupFrame) -> Self {
        Self {
            intervals: vec![RatioMoments::default(); group.open.len()],
            hands: HandsSums::new(group),
            ..Self::default()
        }
    }

    fn add(&mut self, group: &GroupFrame, tally: &GroupTally) {
        self.busy.push(tally.busy_total);
        self.overtime.push(tally.overtime_total);
        let (mut run, mut kept) = ((0, 0), (0, 0));
        for days in &group.days {
            let mut day = (0, 0);
            for k in days.clone() {
                let i = group.open[k];
                let fraction = (tally.busy[i], group.staffed[k] + tally.overtime[i] - tally.away_in(i));
                push(&mut self.intervals[k], fraction);
                day = (day.0 + fraction.0, day.1 + fraction.1);
            }
            run = (run.0 + day.0, run.1 + day.1);
            kept.0 += u64::from(day.1 > 0 && group.cap.compare(day).is_le());
            kept.1 += u64::from(day.1 > 0);
        }
        self.occupancy.push(run, group.cap);
        self.kept.push(kept, Fraction::share(1.0));
        if let Some(hands) = &mut self.hands {
            hands.add(group, tally);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.busy.merge(&other.busy);
        self.overtime.merge(&other.overtime);
        self.occupancy.merge(&other.occupancy);
        self.kept.merge(&other.kept);
        self.intervals.iter_mut().zip(&other.intervals).for_each(|(mine, theirs)| mine.merge(theirs));
        if let (Some(mine), Some(theirs)) = (&mut self.hands, &other.hands) {
            mine.merge(theirs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{DoneCell, More, Staffing};
    use crate::model::{Clock, Goal, Scored, Typing};
    use crate::montecarlo::fixture::{callback, model, secs, target};

    /// Every kind of counter, different in every replication.
    fn tally(model: &crate::model::Model, r: u64) -> Tally {
        let mut tally = Tally::new(model);
        let queue = &mut tally.queues[0];
        for i in 8..12 {
            (queue.cells[i].answered, queue.cells[i].callbacks) = (10 + r, 5 + r % 3);
            queue.answered_in[i * 4] = 7 + r;
            queue.first_answered_in[i * 4] = 3 + r;
            queue.connected_in[i * 4 + 1] = 2 + r % 2;
            queue.done[i] = DoneCell { started: r, done: r / 2, not_started_not_due: 1, open_not_due: r % 4 };
            queue.more[i] = More {
                cases: 10 + r,
                connected: 4,
                connected_in_time: r % 4,
                backlog: r * i as u64,
                oldest: 1_000_000 * r,
                callback_time: 7_000_000 * r,
                ..More::default()
            };
            tally.groups[0].at_load[i * 3 + 1] = 600_000_000 + r;
            tally.groups[0].at_load[i * 3 + 2] = 60_000_000 * r;
        }
        tally
    }

    #[test]
    fn the_order_of_merging_does_not_matter() {
        let mut model = model(1, 8..12);
        model.queues[0].journey.callback =
            Some(crate::model::Callback { scored: Scored::ClockContinues, ..callback() });
        let hands = &mut model.groups[0].hands;
        (hands.capacity, hands.typing) =
            (2, Some(Typing { think: secs(45), compose: secs(15), switching: 0.1 }));
        model.queues[0].targets = vec![
            target(Goal::Done { share: 0.5, within: secs(3600), clock: Clock::Business }),
            target(Goal::Replied { share: 0.5, within: secs(20) }),
            target(Goal::CalledBack { share: 0.5 }),
        ];
        let frame = Frame::new(&model, &Staffing::given(&model));
        let gathered = |replications: &[u64]| {
            let (mut gather, mut digest) = (Gather::new(&frame), Digest::new(&frame));
            for &r in replications {
                gather.add(&frame, &tally(&model, r), 100, &mut digest);
            }
            gather
        };
        let whole = gathered(&[0, 1, 2, 3, 4, 5]);
        for (first, second) in [(&[5, 3, 1][..], &[0, 2, 4][..]), (&[2], &[5, 4, 3, 1, 0])] {
            let mut sum = gathered(first);
            sum.merge(&gathered(second));
            assert!(sum == whole);
        }
        assert!(whole.queues[0].targets.iter().all(|target| target.overall.moments.denominator().sum() > 0));
    }
}
