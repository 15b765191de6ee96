//! One replication's tally, summed by day and over the counted run.

use super::frame::{Frame, QueueFrame, TargetFrame};
use super::slice::{Slice, Sums};
use crate::engine::{QueueTally, Tally};

/// Working memory for one replication, used again for the next.
#[derive(Clone, Debug)]
pub struct Digest {
    queues: Vec<QueueDigest>,
}

/// One queue's sums.
#[derive(Clone, Debug)]
pub struct QueueDigest {
    /// One per day with counted opening.
    days: Vec<Sums>,
    /// Everything that counts.
    run: Sums,
    /// Working memory for a stretch of several days.
    stretch: Sums,
    /// Good and all contacts of each day, by the reported level.
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
            digest.take(frame.from, queue, counted);
        }
    }

    /// One per queue of the model.
    pub fn queues_mut(&mut self) -> &mut [QueueDigest] {
        &mut self.queues
    }
}

impl QueueDigest {
    fn new(queue: &QueueFrame) -> Self {
        let sums = Sums::new(queue.classes);
        Self {
            days: vec![sums.clone(); queue.days.len()],
            run: sums.clone(),
            stretch: sums,
            levels: Vec::with_capacity(queue.days.len()),
        }
    }

    fn take(&mut self, from: usize, queue: &QueueFrame, tally: &QueueTally) {
        self.run.clear();
        let mut counted = from;
        for (sums, (_, range)) in self.days.iter_mut().zip(&queue.days) {
            sums.clear();
            // Days without opening of this queue count for the run: contacts may have been turned away.
            (counted..range.start).for_each(|i| self.run.add(Slice::of(tally, i)));
            range.clone().for_each(|i| sums.add(Slice::of(tally, i)));
            self.run.add(sums.slice());
            counted = range.end;
        }
        (counted..tally.cells.len()).for_each(|i| self.run.add(Slice::of(tally, i)));
        self.levels.clear();
        if let Some(level) = queue.level {
            self.levels.extend(self.days.iter().map(|day| level.fraction(day.slice())));
        }
    }

    /// What was counted on each day with counted opening.
    pub fn days(&self) -> impl Iterator<Item = Slice<'_>> {
        self.days.iter().map(Sums::slice)
    }

    /// Everything that counts.
    pub fn run(&self) -> Slice<'_> {
        self.run.slice()
    }

    /// Good and all contacts of each day, by the reported level.
    pub fn levels(&self) -> &[(u64, u64)] {
        &self.levels
    }

    /// What a target saw: its figure as a sum over the stretches, how many stretches kept it, how many there were.
    pub fn judge(&mut self, target: &TargetFrame) -> ((u64, u64), (u64, u64)) {
        let (mut figure, mut kept) = ((0_u64, 0), (0, 0));
        for range in &target.stretches {
            let slice = if range.len() == 1 {
                self.days[range.start].slice()
            } else {
                self.stretch.clear();
                self.days[range.clone()].iter().for_each(|day| self.stretch.add(day.slice()));
                self.stretch.slice()
            };
            let fraction = target.yardstick.fraction(slice);
            figure = (figure.0.saturating_add(fraction.0), figure.1 + fraction.1);
            if let Some(held) = target.yardstick.kept(fraction) {
                kept = (kept.0 + u64::from(held), kept.1 + 1);
            }
        }
        (figure, kept)
    }
}
