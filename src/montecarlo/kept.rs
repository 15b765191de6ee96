//! Whether one replication kept its promises: on each day, and in each interval of each queue.
//!
//! [`super::Reading`] counts the days that kept everything; a roster is judged by which days, and by which hours of them.

use super::digest::Digest;
use super::frame::{Frame, QueueFrame};
use super::yardstick::Yardstick;
use crate::engine::{Staffing, Tally};
use crate::model::{Goal, Model};

/// What one replication kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// For each of [`Keeper::days`] whether every promise held, each at the level of the day; nothing if there was nobody
    /// to keep it to.
    pub days: Vec<Option<bool>>,
    /// For each of [`Keeper::intervals`] the figure of that queue's promise about waits.
    pub intervals: Vec<(u64, u64)>,
}

/// An interval of a queue that promises something about waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptAt {
    /// The queue's position in the model.
    pub queue: usize,
    /// The target's position among those of the queue.
    pub target: usize,
    /// The interval of the run.
    pub interval: usize,
}

/// Reads replications.
#[derive(Clone, Debug)]
pub struct Keeper {
    frame: Frame,
    days: Vec<usize>,
    /// Per queue its first promise about waits.
    waits: Vec<Option<usize>>,
    intervals: Vec<KeptAt>,
}

impl Keeper {
    /// For a model under a staffing.
    pub fn new(model: &Model, staffing: &Staffing) -> Self {
        let frame = Frame::new(model, staffing);
        let open = frame.queues.iter().flat_map(|queue| queue.days.iter().filter(|day| day.open));
        let mut days: Vec<usize> = open.map(|day| day.day).collect();
        days.sort_unstable();
        days.dedup();
        let first = |queue: &QueueFrame| queue.targets.iter().position(|t| t.yardstick.is_of_waits());
        let waits: Vec<Option<usize>> = frame.queues.iter().map(first).collect();
        let of_queue = |(queue, target): (usize, &Option<usize>)| {
            let open = if target.is_some() { &frame.queues[queue].open[..] } else { &[] };
            let target = target.unwrap_or(0);
            open.iter().map(move |&interval| KeptAt { queue, target, interval }).collect::<Vec<_>>()
        };
        let intervals = waits.iter().enumerate().flat_map(of_queue).collect();
        Self { frame, days, waits, intervals }
    }

    /// The days of the run, from 0, on which any queue has counted opening.
    pub fn days(&self) -> &[usize] {
        &self.days
    }

    /// Counted open intervals of the queues that promise something about waits, queue by queue.
    pub fn intervals(&self) -> &[KeptAt] {
        &self.intervals
    }

    /// Reads one replication.
    pub fn read(&self, tally: &Tally) -> Kept {
        let mut digest = Digest::new(&self.frame);
        digest.take(&self.frame, tally);
        let intervals = self.intervals.iter().map(|at| {
            let counts = digest.queues_mut()[at.queue].at(&tally.queues[at.queue], at.interval);
            self.yardstick(at).fraction(counts)
        });
        let intervals = intervals.collect();
        Kept { days: self.days_kept(&mut digest), intervals }
    }

    fn days_kept(&self, digest: &mut Digest) -> Vec<Option<bool>> {
        let mut kept = vec![None; self.days.len()];
        for (frame, queue) in self.frame.queues.iter().zip(digest.queues_mut()) {
            let open = frame.days.iter().filter(|day| day.open);
            for (day, counts) in open.zip(queue.open_days()) {
                let held =
                    frame.targets.iter().filter_map(|t| t.yardstick.kept(t.yardstick.fraction(counts)));
                let Ok(at) = self.days.binary_search(&day.day) else { continue };
                held.for_each(|held| kept[at] = Some(held && kept[at] != Some(false)));
            }
        }
        kept
    }

    /// Whether a figure of an interval, of one replication or summed over many, keeps its promise; nothing if there was
    /// nobody.
    pub fn holds(&self, at: &KeptAt, figure: (u64, u64)) -> Option<bool> {
        self.yardstick(at).kept(figure)
    }

    /// By how many contacts the figure of an interval lies on the good side of its goal; negative on the other.
    pub fn beyond(&self, at: &KeptAt, figure: (u64, u64)) -> f64 {
        let yardstick = self.yardstick(at);
        let (x, y, goal) = (figure.0 as f64, figure.1 as f64, yardstick.goal.as_f64());
        let over = if yardstick.is_share() { x - goal * y } else { x / goal.max(1.0) - y };
        if yardstick.more_is_better() { over } else { -over }
    }

    /// Whether the figure of an interval is a share, 0–1, rather than a time in µs.
    pub fn is_share(&self, at: &KeptAt) -> bool {
        self.yardstick(at).is_share()
    }

    /// Whether promises about waits of a queue are read by interval.
    pub fn reads(&self, queue: usize) -> bool {
        self.waits[queue].is_some()
    }

    fn yardstick(&self, at: &KeptAt) -> Yardstick {
        self.frame.queues[at.queue].targets[at.target].yardstick
    }
}

impl KeptAt {
    /// What is promised there.
    pub fn goal(self, model: &Model) -> &Goal {
        &model.queues[self.queue].targets[self.target].goal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GroupId, QueueId};
    use crate::montecarlo::fixture::{answered, model, target};
    use crate::montecarlo::{Bench, Reader};

    #[test]
    fn days_and_intervals_are_those_of_other_readers() {
        let mut model = model(3, 8..12);
        model.queues[0].targets = vec![target(answered(0.8, 20)), target(Goal::Abandoned(0.05))];
        let staffing = Staffing::given(&model);
        let keeper = Keeper::new(&model, &staffing);
        let reader = Reader::new(&model, &staffing, &[(QueueId(0), GroupId(0))], &[vec![0]]);
        let mut bench = Bench::new(&model, 3, 0, 0);
        let both = bench.read(&staffing, 0..60, |tape, tally| (keeper.read(tally), reader.read(tape, tally)));
        assert_eq!(keeper.days(), [0, 1, 2]);
        let mut days_held = 0;
        for (kept, reading) in &both {
            let held = kept.days.iter().filter(|day| **day == Some(true)).count() as u64;
            assert_eq!((held, kept.days.iter().flatten().count() as u64), reading.days);
            assert_eq!(kept.intervals, reading.queues[0].intervals);
            days_held += held;
        }
        assert!((1..180).contains(&days_held), "nothing is compared: {days_held}");
    }

    #[test]
    fn beyond_is_positive_exactly_where_the_promise_holds() {
        let mut model = model(1, 8..12);
        for goal in [answered(0.8, 20), Goal::Abandoned(0.05), Goal::Asa(crate::units::Micros::from_secs(20))]
        {
            model.queues[0].targets = vec![target(goal)];
            let keeper = Keeper::new(&model, &Staffing::given(&model));
            let at = keeper.intervals()[0];
            for x in (0..40_000_000).step_by(10_007) {
                let figure = if keeper.yardstick(&at).is_share() { (x % 101, 100) } else { (x, 1) };
                let held = keeper.holds(&at, figure).unwrap();
                assert_eq!(held, keeper.beyond(&at, figure) >= -1e-9, "{figure:?}");
            }
        }
    }
}
