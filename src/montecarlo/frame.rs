//! What is counted and by which yardsticks: worked out once, before the first replication.

use super::beyond::Extent;
use super::hands::HandsFrame;
use super::level::Level;
use super::replies::ReplyPromise;
use super::spells::busy;
use super::worth::WorthFrame;
use super::yardstick::{Fraction, Yardstick};
use crate::engine::Staffing;
use crate::model::{Definition, Goal, Grid, GroupId, Model, Opening, Per, Queue, QueueId, Scored, Start};
use crate::units::Micros;
use std::ops::Range;

/// The counted part of a run and everything that is to be measured in it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The first interval that counts: that of the first opening, or the end of the warm-up.
    pub from: usize,
    /// Days on which any queue has counted opening.
    pub days: usize,
    /// One per queue of the model.
    pub queues: Vec<QueueFrame>,
    /// One per group of the model.
    pub groups: Vec<GroupFrame>,
    /// What is priced.
    pub worth: WorthFrame,
}

/// What is measured in one queue.
#[derive(Clone, Debug)]
pub struct QueueFrame {
    /// Counted open intervals.
    pub open: Vec<usize>,
    /// Those of them in which spells of misses are counted ([`super::spells`]).
    pub busy: Vec<usize>,
    /// Counted intervals that are shown: those open, and those closed ones in which customers are expected all the same.
    pub shown: Vec<usize>,
    /// Every counted day of the run.
    pub days: Vec<DayFrame>,
    /// How many classes of wait the queue counts.
    pub classes: usize,
    /// The level shown by interval and by day.
    pub level: Option<Level>,
    /// Its goal, if it is a target's.
    pub goal: Option<f64>,
    /// At each threshold: `offered`, `answered`, `ignore_early`, `credit_early`.
    pub levels: Vec<[Level; 4]>,
    /// Levels by the short-abandonment definitions that targets use.
    pub shorts: Vec<Level>,
    /// What is counted of its behaviours; nothing where none is on.
    pub extent: Option<Extent>,
    /// Where callbacks are offered: the shown level with each way to score them — apart, by promise, clock continues.
    pub scorings: Option<[Level; 3]>,
    /// Its promises about replies inside chats, in the order of the targets; empty where sessions are parked instead.
    pub replies: Vec<ReplyPromise>,
    /// The targets, in the queue's order.
    pub targets: Vec<TargetFrame>,
}

/// One counted day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayFrame {
    /// Which day of the run.
    pub day: usize,
    /// Its counted intervals, closed ones included: contacts may come there, to be turned away or called back.
    pub intervals: Range<usize>,
    /// Whether the queue has counted opening on it. A day without is no day to keep a promise on, but what comes on it
    /// counts in the run, the week and the month.
    pub open: bool,
}

/// One target of a queue and the stretches it is measured over.
#[derive(Clone, Debug)]
pub struct TargetFrame {
    /// The yardstick.
    pub yardstick: Yardstick,
    /// Stretches as ranges of [`QueueFrame::days`]; empty where every interval is a stretch.
    pub stretches: Vec<Range<usize>>,
    /// Independent runs that make one stretch, where the run is shorter: 21 days a month.
    pub runs: usize,
}

/// What is measured in one group.
#[derive(Clone, Debug)]
pub struct GroupFrame {
    /// Counted open intervals.
    pub open: Vec<usize>,
    /// The days with counted opening, as ranges of `open`.
    pub days: Vec<Range<usize>>,
    /// Agent time at work in each of `open`, µs.
    pub staffed: Vec<u64>,
    /// What is measured of several contacts in hand; nothing for a group that holds one at a time.
    pub hands: Option<HandsFrame>,
    /// The most occupancy; 1 where the scenario sets none.
    pub cap: Fraction,
}

impl Frame {
    /// The frame of a model under a staffing.
    pub fn new(model: &Model, staffing: &Staffing) -> Self {
        let from = first_counted(model);
        let queues: Vec<_> =
            (0..model.queues.len()).map(|q| QueueFrame::new(model, QueueId(q), from)).collect();
        Self {
            from,
            days: counted_days(model).len(),
            worth: WorthFrame::new(model, staffing, from, &queues),
            queues,
            groups: (0..model.groups.len())
                .map(|g| GroupFrame::new(model, staffing, GroupId(g), from))
                .collect(),
        }
    }
}

/// The first interval that counts (rule 3).
pub(super) fn first_counted(model: &Model) -> usize {
    let grid = model.grid();
    let since = model.counted_from().saturating_sub(grid.lead);
    (since.0.div_ceil(grid.interval.0) as usize).min(grid.intervals())
}

/// The open intervals that count.
fn counted(opening: &Opening, from: usize) -> impl Iterator<Item = usize> + '_ {
    opening.intervals().filter(move |i| *i >= from)
}

/// The counted intervals, closed ones included, of each day on which any queue has counted opening.
pub(super) fn counted_days(model: &Model) -> Vec<Range<usize>> {
    let from = first_counted(model);
    let grid = model.grid();
    let mut open = vec![false; grid.days];
    for queue in &model.queues {
        counted(&queue.opening, from).for_each(|i| open[grid.day_of(i)] = true);
    }
    (0..grid.days).filter(|&day| open[day]).map(|day| whole_day(grid, day, from)).collect()
}

/// The counted intervals of a day.
fn whole_day(grid: &Grid, day: usize, from: usize) -> Range<usize> {
    (day * grid.per_day).max(from)..(day + 1) * grid.per_day
}

/// Ranges of `open` that lie on one day each, with that day.
fn by_day(model: &Model, open: &[usize]) -> Vec<(usize, Range<usize>)> {
    let mut days: Vec<(usize, Range<usize>)> = Vec::new();
    for (k, &i) in open.iter().enumerate() {
        let day = model.grid().day_of(i);
        match days.last_mut() {
            Some((last, range)) if *last == day => range.end = k + 1,
            _ => days.push((day, k..k + 1)),
        }
    }
    days
}

impl QueueFrame {
    fn new(model: &Model, id: QueueId, from: usize) -> Self {
        let queue = &model.queues[id.0];
        let open: Vec<usize> = counted(&queue.opening, from).collect();
        let days = days(model, &open, from);
        let level = Level::reported(queue);
        Self {
            shown: (from..model.grid().intervals())
                .filter(|&i| queue.opening.is_open(i) || queue.volumes.get(i).is_some_and(|v| *v > 0.0))
                .collect(),
            busy: busy(model, queue, &open),
            open,
            classes: queue.thresholds.len() + 1,
            level,
            goal: queue.targets.iter().find_map(|target| match target.goal {
                Goal::Answered { share, .. } => Some(share),
                _ => None,
            }),
            levels: queue.thresholds.iter().filter_map(|&within| four(queue, within)).collect(),
            shorts: shorts(queue),
            extent: Extent::of(model, id),
            scorings: level.filter(|_| queue.journey.callback.is_some()).map(|level| {
                [Scored::Apart, Scored::ByPromise, Scored::ClockContinues].map(|scored| level.scored(scored))
            }),
            replies: replies(model, queue),
            targets: targets(model, queue, &days),
            days,
        }
    }

    /// Whether a replication has several events for the verdict on a target: spells of intervals on either side.
    pub fn counts_spells(&self, target: &TargetFrame) -> bool {
        target.yardstick.is_of_waits() && !self.busy.is_empty()
    }

    /// How many days have counted opening.
    pub fn open_days(&self) -> usize {
        self.days.iter().filter(|day| day.open).count()
    }
}

/// Every counted day, given the counted open intervals of a queue.
fn days(model: &Model, open: &[usize], from: usize) -> Vec<DayFrame> {
    let grid = model.grid();
    let frame = |day| {
        let intervals = whole_day(grid, day, from);
        let first = open.get(open.partition_point(|i| *i < intervals.start));
        DayFrame { day, open: first.is_some_and(|i| intervals.contains(i)), intervals }
    };
    (from / grid.per_day..grid.days).map(frame).collect()
}

/// The promises of a queue about replies inside chats.
fn replies(model: &Model, queue: &Queue) -> Vec<ReplyPromise> {
    let promise = |goal: &Goal| match goal {
        Goal::Replied { within, .. } => Some(ReplyPromise::new(model, queue, *within)),
        _ => None,
    };
    let goals = queue.targets.iter().map(|target| &target.goal);
    goals.filter(|_| queue.journey.silence.is_none()).filter_map(promise).collect()
}

/// The four definitions that every threshold is reported by.
fn four(queue: &Queue, within: Micros) -> Option<[Level; 4]> {
    let level = |definition| Level::of(queue, definition, within);
    Some([
        level(Definition::Offered)?,
        level(Definition::Answered)?,
        level(Definition::IgnoreEarly)?,
        level(Definition::CreditEarly)?,
    ])
}

/// The distinct levels by short-abandonment definitions that targets use.
fn shorts(queue: &Queue) -> Vec<Level> {
    let mut found = Vec::new();
    for target in &queue.targets {
        let Goal::Answered { within, definition, .. } = target.goal else { continue };
        let is_short = matches!(definition, Definition::IgnoreShort { .. } | Definition::CreditShort { .. });
        let level = Level::of(queue, definition, within).filter(|level| is_short && !found.contains(level));
        found.extend(level);
    }
    found
}

/// The targets of a queue with these counted days.
fn targets(model: &Model, queue: &Queue, days: &[DayFrame]) -> Vec<TargetFrame> {
    let frame = |target| {
        let yardstick =
            Yardstick::of(queue, target).expect("a scenario counts every wait that a target names");
        let runs = model.runs_of(yardstick.per);
        // Part of a stretch is one part, though the calendar may turn a page in it.
        let per = if runs > 1 { Per::Run } else { yardstick.per };
        TargetFrame { yardstick, stretches: stretches(model, days, per), runs }
    };
    (0..queue.targets.len()).map(frame).collect()
}

/// The days of each stretch that has any opening, as ranges of `days`; none where every interval is a stretch.
fn stretches(model: &Model, days: &[DayFrame], per: Per) -> Vec<Range<usize>> {
    if per == Per::Interval {
        return Vec::new();
    }
    let mut found: Vec<(i64, Range<usize>)> = Vec::new();
    for (k, frame) in days.iter().enumerate() {
        let number = stretch_of(model, frame.day, per);
        match found.last_mut() {
            Some((last, range)) if *last == number => range.end = k + 1,
            _ => found.push((number, k..k + 1)),
        }
    }
    let opens = |range: &Range<usize>| days[range.clone()].iter().any(|day| day.open);
    found.into_iter().map(|(_, range)| range).filter(opens).collect()
}

/// The number of the stretch that a day of the run belongs to: weeks are seven days from the start, months those of
/// the calendar, or thirty days where days are numbered.
fn stretch_of(model: &Model, day: usize, per: Per) -> i64 {
    let number = day as i64;
    let month = || {
        let date = model.calendar.start?.checked_add(jiff::Span::new().days(number)).ok()?;
        Some(i64::from(date.year()) * 12 + i64::from(date.month()))
    };
    match per {
        Per::Interval | Per::Day => number,
        Per::Week => number / 7,
        Per::Month => month().unwrap_or(number / 30),
        Per::Run => 0,
    }
}

impl GroupFrame {
    fn new(model: &Model, staffing: &Staffing, group: GroupId, from: usize) -> Self {
        // Staff that is there before the first queue opens waits for work: idle, unless that is run-in or warm-up.
        let whole = model.run.start == Start::Empty && model.run.warm_up == Micros::ZERO;
        let open: Vec<usize> =
            counted(&model.groups[group.0].opening, if whole { 0 } else { from }).collect();
        let interval = model.grid().interval.0;
        Self {
            days: by_day(model, &open).into_iter().map(|(_, range)| range).collect(),
            staffed: open.iter().map(|&i| u64::from(staffing.at(group, i)) * interval).collect(),
            cap: Fraction::share(model.groups[group.0].max_occupancy.unwrap_or(1.0)),
            hands: HandsFrame::of(model, group),
            open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Target;
    use crate::montecarlo::fixture::{answered, model, secs, target};

    fn frame(model: &Model) -> Frame {
        Frame::new(model, &Staffing::given(model))
    }

    #[test]
    fn warm_up_takes_the_first_hours_after_the_opening() {
        let mut model = model(2, 8..12);
        model.run.warm_up = secs(2 * 3600);
        let queue = &frame(&model).queues[0];
        assert_eq!(queue.open, [10, 11, 32, 33, 34, 35]);
        let day = |day, intervals, open| DayFrame { day, intervals, open };
        assert_eq!(queue.days, [day(0, 10..24, true), day(1, 24..48, true)]);
        assert_eq!(frame(&model).groups[0].days, [0..2, 2..6]);
        model.run.warm_up = secs(24 * 3600);
        assert_eq!(
            (frame(&model).days, frame(&model).queues[0].days.clone()),
            (1, vec![day(1, 32..48, true)])
        );
    }

    #[test]
    fn stretches_follow_the_calendar() {
        let mut model = model(40, 8..9);
        model.calendar.start = Some(jiff::civil::date(2026, 1, 20));
        let lengths = |model: &Model, per| {
            stretches(model, &frame(model).queues[0].days, per)
                .iter()
                .map(ExactSizeIterator::len)
                .collect::<Vec<_>>()
        };
        assert_eq!(lengths(&model, Per::Week), [7, 7, 7, 7, 7, 5]);
        assert_eq!(lengths(&model, Per::Month), [12, 28]);
        assert_eq!(lengths(&model, Per::Run), [40]);
        assert_eq!(lengths(&model, Per::Day).len(), 40);
        assert!(lengths(&model, Per::Interval).is_empty());
        model.calendar.start = None;
        assert_eq!(lengths(&model, Per::Month), [30, 10]);
    }

    #[test]
    fn staff_before_the_first_opening_is_idle_on_every_day() {
        let mut model = model(2, 8..12);
        let flags: Vec<bool> = (0..48).map(|i| (7..12).contains(&(i % 24))).collect();
        model.groups[0].opening = Opening::from_flags(&flags);
        assert_eq!(frame(&model).groups[0].days, [0..5, 5..10]);
        assert_eq!(frame(&model).groups[0].open[..2], [7, 8]);
        model.run.warm_up = secs(3600);
        assert_eq!(frame(&model).groups[0].days, [0..3, 3..8]);
    }

    #[test]
    fn days_without_opening_are_no_days() {
        let mut model = model(3, 8..10);
        let flags: Vec<bool> = (0..72).map(|i| i == 30).collect();
        model.queues[0].opening = Opening::from_flags(&flags);
        model.queues[0].targets = vec![target(answered(0.8, 20))];
        model.queues[0].targets.push(Target { per: Per::Week, ..target(answered(0.8, 20)) });
        let queue = &frame(&model).queues[0];
        let day = |day, intervals, open| DayFrame { day, intervals, open };
        assert_eq!(queue.days, [day(1, 30..48, true), day(2, 48..72, false)]);
        assert_eq!((queue.open_days(), queue.open.as_slice()), (1, &[30][..]));
        // customers are expected from 8 to 10 on the closed day all the same
        assert_eq!(queue.shown, [30, 32, 33, 56, 57]);
        let stretch = |target: usize| {
            (queue.targets[target].stretches.len(), queue.targets[target].stretches[0].clone())
        };
        assert_eq!((stretch(0), stretch(1)), ((1, 0..1), (1, 0..2)), "the week has them");
    }
}
