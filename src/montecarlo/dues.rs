//! Penalties and bonuses: a sum that is due for each stretch whose figure lies on one side of a mark.
//!
//! A stretch is what the promise is measured over: a day, a week, a month, a run, or every interval. Its figure is held
//! against the mark exactly, in whole numbers, as against the goal. A stretch that had nobody has no figure and owes
//! nothing. Several marks add up: below 85% and below 80% are both due at 75%.

use super::digest::Digest;
use super::frame::{Frame, QueueFrame};
use super::money::amount;
use super::yardstick::Fraction;
use crate::engine::Tally;
use crate::model::{Model, Penalty, Per};
use std::ops::Range;

/// The sums that one target may bring.
#[derive(Clone, Debug)]
pub(super) struct DueFrame {
    /// Position among all targets of all queues.
    pub(super) position: usize,
    queue: usize,
    target: usize,
    dues: Vec<Due>,
    /// The least and the most that one replication can bring.
    pub(super) range: (f64, f64),
}

/// A sum for one stretch.
#[derive(Clone, Copy, Debug)]
struct Due {
    at: Fraction,
    below: bool,
    /// In millionths; negative for a bonus.
    sum: i128,
}

/// The targets that have penalties or bonuses.
pub(super) fn frames(model: &Model, queues: &[QueueFrame]) -> Vec<DueFrame> {
    let mut found = Vec::new();
    let mut before = 0;
    for (q, (queue, frame)) in model.queues.iter().zip(queues).enumerate() {
        for (t, target) in queue.targets.iter().enumerate().filter(|(_, t)| !t.penalties.is_empty()) {
            found.push(DueFrame { position: before + t, ..DueFrame::new(q, t, &target.penalties, frame) });
        }
        before += queue.targets.len();
    }
    found
}

impl DueFrame {
    /// Of target number `target` of queue `queue`, as if its queue were the first.
    fn new(queue: usize, target: usize, penalties: &[Penalty], frame: &QueueFrame) -> Self {
        let facts = &frame.targets[target];
        let per_interval = facts.yardstick.per == Per::Interval;
        let stretches = if per_interval { frame.open.len() } else { facts.stretches.len() } as f64;
        let due = |p: &Penalty| Due { at: facts.yardstick.mark(p.at), below: p.below, sum: amount(p.cost) };
        let all = |sign: f64| penalties.iter().map(|p| (p.cost * sign).max(0.0)).sum::<f64>() * sign;
        Self {
            position: target,
            queue,
            target,
            dues: penalties.iter().map(due).collect(),
            range: (stretches * all(-1.0), stretches * all(1.0)),
        }
    }

    /// What one replication brings, in millionths.
    pub(super) fn due(&self, frame: &Frame, tally: &Tally, digest: &mut Digest) -> i128 {
        let queue = &frame.queues[self.queue];
        let target = &queue.targets[self.target];
        let yardstick = &target.yardstick;
        let digest = &mut digest.queues_mut()[self.queue];
        if yardstick.per == Per::Interval {
            let counted = &tally.queues[self.queue];
            let slice = |&i: &usize| yardstick.fraction(digest.at(counted, i));
            return queue.open.iter().map(|i| self.charge(slice(i))).sum();
        }
        let due = |days: &Range<usize>| self.charge(yardstick.fraction(digest.stretch(days.clone())));
        target.stretches.iter().map(due).sum()
    }

    /// What is due for a stretch with this figure.
    fn charge(&self, figure: (u64, u64)) -> i128 {
        if figure.1 == 0 {
            return 0;
        }
        let due = self.dues.iter().filter(|due| due.at.compare(figure).is_lt() == due.below);
        due.map(|due| due.sum).sum()
    }
}
