//! What one replication says about the promises of planned queues: whole numbers, kept replication by replication.
//!
//! [`super::Gather`] adds replications up and forgets them; a sequential test needs each of them, together with what
//! the tape alone tells (its controls). A [`Reading`] is small: a few numbers per target, and one pair per interval
//! where intervals are asked for.

use super::busyness::{self, Busyness, ORDERS};
use super::digest::{Digest, QueueDigest};
use super::frame::Frame;
use super::spells::spells;
use crate::engine::{Staffing, Tally, Tape};
use crate::model::{GroupId, Model, Queue, QueueId};
use crate::stats::SequentialTest;

/// A numerator and its denominator.
pub type Pair = (u64, u64);

/// Quantities of the tape that a reading has, at most ([`controlled`]).
pub const CONTROLS: usize = PLAIN_CONTROLS + ORDERS;
/// Those that stand in straight proportion to what happens: contacts, work, busyness.
const PLAIN_CONTROLS: usize = 3;

/// A test that uses a reading's controls, as many as may explain anything: those of the rank of days only where days differ
/// by a known law, and only once there are events on both sides of the goal to fit them to.
pub fn controlled(model: &Model, test: SequentialTest) -> SequentialTest {
    let ranks = if busyness::is_known(&model.demand) { ORDERS } else { 0 };
    test.with_controls(PLAIN_CONTROLS + ranks).with_late_controls(ranks)
}

/// What one replication says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// One per planned queue, in the order asked for.
    pub queues: Vec<QueueReading>,
    /// Days on which every target of every planned queue was kept, over days with anybody to keep it to.
    pub days: Pair,
    /// Who hung up, at once or later, all queues of the model.
    pub lost: u64,
}

/// What one replication says about one queue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueReading {
    /// The figure of every target over the counted run.
    pub figures: Vec<Pair>,
    /// The stretches of every target that kept it, over those with anybody.
    pub kept: Vec<Pair>,
    /// For every target, spells of busy intervals below and at or above its goal; nothing where one cause can make the
    /// whole day worse, or the target is no figure of intervals.
    pub spells: Vec<Option<Pair>>,
    /// For every target that was asked for by interval, in that order: its figure in each counted open interval.
    pub intervals: Vec<Pair>,
    /// The reported level of each counted day.
    pub levels: Vec<Pair>,
    /// The reported level over the counted run.
    pub level: Pair,
    /// Abandoned and balked, over offered.
    pub lost: Pair,
    /// Balked, blocked, turned away and unfinished.
    pub refused: [u64; 4],
    /// Time busy over time at work of the group that is planned for this queue, during its counted opening, µs.
    pub occupancy: Pair,
    /// Quantities of the tape with mean 0: contacts, work in seconds and busyness of the days, each minus its mean; then
    /// what the rank of that busyness tells ([`Busyness`]).
    pub controls: [f64; CONTROLS],
}

/// Reads replications.
#[derive(Clone, Debug)]
pub struct Reader {
    frame: Frame,
    asks: Vec<Ask>,
}

/// A queue to be read.
#[derive(Clone, Debug)]
struct Ask {
    queue: usize,
    group: usize,
    by_interval: Vec<usize>,
    column: usize,
    /// Contacts expected from the first opening on, and their work in seconds.
    contacts: f64,
    work_s: f64,
    first: usize,
    busyness: Busyness,
}

/// Every queue, together with the first group of its route.
pub fn every_queue(model: &Model) -> Vec<(QueueId, GroupId)> {
    let first = |queue: &Queue| queue.route.first().map_or(GroupId(0), |step| step.group);
    model.queues.iter().enumerate().map(|(q, queue)| (QueueId(q), first(queue))).collect()
}

impl Reader {
    /// Reads the queues of `pairs`, each together with the group that is planned for it. `by_interval` are the targets
    /// (by position) of each queue that are to be read interval by interval.
    pub fn new(
        model: &Model,
        staffing: &Staffing,
        pairs: &[(QueueId, GroupId)],
        by_interval: &[Vec<usize>],
    ) -> Self {
        let frame = Frame::new(model, staffing);
        let ask = |(&(queue, group), targets): (&(QueueId, GroupId), &Vec<usize>)| {
            let column = model.handle_column(queue, group);
            let facts = &model.queues[queue.0];
            // Who comes before the first opening is no part of the run.
            let first = model.first_open().unwrap_or(0);
            let volumes = facts.volumes.iter().enumerate().skip(first);
            let mean = |i: usize| model.handle_laws(queue)[column].mean.at(i);
            let work = |(i, volume): (usize, &f64)| if *volume > 0.0 { volume * mean(i) } else { 0.0 };
            Ask {
                queue: queue.0,
                group: group.0,
                by_interval: targets.clone(),
                column,
                contacts: volumes.clone().map(|(_, volume)| volume).sum(),
                busyness: Busyness::new(model, volumes.clone()),
                work_s: volumes.map(work).sum(),
                first,
            }
        };
        Self { asks: pairs.iter().zip(by_interval).map(ask).collect(), frame }
    }

    /// Reads one replication.
    pub fn read(&self, tape: &Tape, tally: &Tally) -> Reading {
        let mut digest = Digest::new(&self.frame);
        digest.take(&self.frame, tally);
        let lost = digest.queues_mut().iter().map(|queue| queue.run().lost()).sum();
        let queues = self.asks.iter().map(|ask| self.queue(ask, tape, tally, &mut digest)).collect();
        Reading { queues, days: self.days(&mut digest), lost }
    }

    fn queue(&self, ask: &Ask, tape: &Tape, tally: &Tally, digest: &mut Digest) -> QueueReading {
        let (frame, counted) = (&self.frame.queues[ask.queue], &tally.queues[ask.queue]);
        let digest = &mut digest.queues_mut()[ask.queue];
        let mut reading = QueueReading::default();
        let run = digest.run();
        let cell = run.cell;
        reading.lost = (run.lost(), cell.offered());
        reading.refused = [cell.balked, cell.blocked, cell.turned_away, cell.unfinished];
        reading.level = frame.level.map_or((0, 0), |level| level.fraction(run));
        reading.levels = digest.levels().to_vec();
        for target in &frame.targets {
            let (mut figure, kept) = digest.judge(target);
            if target.stretches.is_empty() {
                figure = target.yardstick.fraction(digest.run());
            }
            reading.figures.push(figure);
            reading.kept.push(kept);
            let held = |&i: &usize| target.yardstick.kept(target.yardstick.fraction(digest.at(counted, i)));
            reading
                .spells
                .push(frame.counts_spells(target).then(|| spells(frame.busy.iter().filter_map(held))));
        }
        for &t in &ask.by_interval {
            let yardstick = frame.targets[t].yardstick;
            reading.intervals.extend(frame.open.iter().map(|&i| yardstick.fraction(digest.at(counted, i))));
        }
        self.kept_by_interval(ask, tally, digest, &mut reading);
        reading.occupancy = self.occupancy(ask, tally);
        reading.controls = ask.controls(tape);
        reading
    }

    /// Interval-days that kept a target whose every interval is a stretch.
    fn kept_by_interval(&self, ask: &Ask, tally: &Tally, digest: &QueueDigest, reading: &mut QueueReading) {
        let frame = &self.frame.queues[ask.queue];
        for (kept, target) in reading.kept.iter_mut().zip(&frame.targets) {
            if target.stretches.is_empty() {
                let fraction = |&i: &usize| target.yardstick.fraction(digest.at(&tally.queues[ask.queue], i));
                for held in frame.open.iter().filter_map(|i| target.yardstick.kept(fraction(i))) {
                    *kept = (kept.0 + u64::from(held), kept.1 + 1);
                }
            }
        }
    }

    fn occupancy(&self, ask: &Ask, tally: &Tally) -> Pair {
        let (group, spent) = (&self.frame.groups[ask.group], &tally.groups[ask.group]);
        let busy = group.open.iter().map(|&i| spent.busy[i]).sum();
        let overtime: u64 = group.open.iter().map(|&i| spent.overtime[i]).sum();
        let away: u64 = group.open.iter().map(|&i| spent.away_in(i)).sum();
        (busy, group.staffed.iter().sum::<u64>() + overtime - away)
    }

    /// Days on which every target of every queue was kept, each at the level of the day.
    fn days(&self, digest: &mut Digest) -> Pair {
        let mut days: Vec<(usize, bool)> = Vec::new();
        for ask in &self.asks {
            let frame = &self.frame.queues[ask.queue];
            let queue = &digest.queues_mut()[ask.queue];
            let open = frame.days.iter().filter(|day| day.open);
            for (day, counts) in open.zip(queue.open_days()) {
                let held =
                    frame.targets.iter().filter_map(|t| t.yardstick.kept(t.yardstick.fraction(counts)));
                days.extend(held.map(|held| (day.day, held)));
            }
        }
        days.sort_unstable();
        // Broken promises sort first.
        days.dedup_by_key(|(day, _)| *day);
        (days.iter().filter(|(_, held)| *held).count() as u64, days.len() as u64)
    }
}

impl Ask {
    fn controls(&self, tape: &Tape) -> [f64; CONTROLS] {
        let queue = &tape.queues[self.queue];
        let days = tape.day_factors.len().max(1) as f64;
        let busyness = tape.day_factors.iter().sum::<f64>() / days;
        let [a, b, c, d] = self.busyness.controls(&tape.day_factors);
        // Behind self-service only the number of who enters has a mean that is known beforehand.
        if !queue.entered.is_empty() {
            let entered: u64 = queue.entered[self.first..].iter().sum();
            return [entered as f64 - self.contacts, 0.0, busyness - 1.0, a, b, c, d];
        }
        let work: u64 = queue.handle[self.column].sum_from(queue.run_in);
        let contacts = (queue.len() - queue.run_in) as f64;
        [contacts - self.contacts, work as f64 / 1e6 - self.work_s, busyness - 1.0, a, b, c, d]
    }
}
