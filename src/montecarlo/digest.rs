//! One replication's tally, summed by day and over the counted run.

use super::frame::{Frame, QueueFrame, TargetFrame};
use super::slice::{Slice, Sums};
use crate::engine::{GroupTally, QueueTally, Tally};
use std::ops::Range;

/// Working memory for one replication, used again for the next.
#[derive(Clone, Debug)]
pub struct Digest {
    queues: Vec<QueueDigest>,
}

/// One queue's sums.
#[derive(Clone, Debug)]
pub struct QueueDigest {
    /// One per counted day.
    days: Vec<Sums>,
    /// Which of them have opening.
    open: Vec<bool>,
    /// Replies of each interval of the run, promise by promise: in time and all.
    replied: Vec<(u64, u64)>,
    /// How many promises about replies there are.
    promises: usize,
    /// Everything that counts.
    run: Sums,
    /// Working memory for a stretch of several days.
    stretch: Sums,
    /// Good and all contacts of each open day, by the reported level.
    levels: Vec<(u64, u64)>,
}

impl Digest {
    /// Of a frame's size.
    pub fn new(frame: &Frame) -> Self {
        Self { queues: frame.queues.iter().map(QueueDigest::new).collect() }
    }

    /// Reads one replication's tally.
    pub fn take(&mut self, frame: &Frame, tally: &Tally) {
        for ((digest, queue), counted) in self.queues.iter_mut().zip(&frame.queues).zip(&tally.queues) {
            digest.take(queue, counted, &tally.groups);
        }
    }

    /// One per queue of the model.
    pub fn queues_mut(&mut self) -> &mut [QueueDigest] {
        &mut self.queues
    }
}

impl QueueDigest {
    fn new(queue: &QueueFrame) -> Self {
        let sums = Sums::new(queue.classes, queue.extent, queue.replies.len());
        Self {
            days: vec![sums.clone(); queue.days.len()],
            open: queue.days.iter().map(|day| day.open).collect(),
            replied: Vec::new(),
            promises: queue.replies.len(),
            run: sums.clone(),
            stretch: sums,
            levels: Vec::with_capacity(queue.days.len()),
        }
    }

    fn take(&mut self, queue: &QueueFrame, tally: &QueueTally, groups: &[GroupTally]) {
        self.reply(queue, tally.cells.len(), groups);
        let mut days = std::mem::take(&mut self.days);
        self.run.clear();
        for (sums, day) in days.iter_mut().zip(&queue.days) {
            sums.clear();
            day.intervals.clone().for_each(|i| sums.add(self.at(tally, i)));
            self.run.add(sums.slice());
        }
        self.days = days;
        let mut levels = std::mem::take(&mut self.levels);
        levels.clear();
        if let Some(level) = queue.level {
            levels.extend(self.open_days().map(|day| level.fraction(day)));
        }
        self.levels = levels;
    }

    /// Works out the replies of every interval, where any are promised.
    fn reply(&mut self, queue: &QueueFrame, intervals: usize, groups: &[GroupTally]) {
        self.replied.clear();
        for i in (0..intervals).filter(|_| self.promises > 0) {
            self.replied.extend(queue.replies.iter().map(|promise| promise.replied(groups, i)));
        }
    }

    /// One interval of the tally that was read last.
    #[inline]
    pub fn at<'a>(&'a self, tally: &'a QueueTally, interval: usize) -> Slice<'a> {
        let replied = &self.replied[interval * self.promises..(interval + 1) * self.promises];
        Slice { replied, ..Slice::of(tally, interval) }
    }

    /// What was counted on each day with counted opening.
    pub fn open_days(&self) -> impl Iterator<Item = Slice<'_>> {
        self.days.iter().zip(&self.open).filter(|(_, open)| **open).map(|(day, _)| day.slice())
    }

    /// Everything that counts.
    pub fn run(&self) -> Slice<'_> {
        self.run.slice()
    }

    /// Good and all contacts of each open day, by the reported level.
    pub fn levels(&self) -> &[(u64, u64)] {
        &self.levels
    }

    /// What a target saw: its long-run figure, how many stretches kept it, how many there were.
    pub fn judge(&mut self, target: &TargetFrame) -> ((u64, u64), (u64, u64)) {
        let yardstick = target.yardstick;
        let (mut figure, mut kept) = ((0_u64, 0), (0, 0));
        for range in &target.stretches {
            let fraction = yardstick.fraction(self.stretch(range.clone()));
            figure = (figure.0.saturating_add(fraction.0), figure.1 + fraction.1);
            if let Some(held) = yardstick.kept(fraction) {
                kept = (kept.0 + u64::from(held), kept.1 + 1);
            }
        }
        (if yardstick.adds_up() { yardstick.fraction(self.run()) } else { figure }, kept)
    }

    /// What was counted on some days in a row.
    pub fn stretch(&mut self, days: Range<usize>) -> Slice<'_> {
        if days.len() == 1 {
            return self.days[days.start].slice();
        }
        self.stretch.clear();
        self.days[days].iter().for_each(|day| self.stretch.add(day.slice()));
        self.stretch.slice()
    }
}
