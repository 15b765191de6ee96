//! Replications paused at one boundary, to try staffings of what follows on the same customers.
//!
//! A search over the staffing of a day asks again and again: what if this interval had one agent more? Contacts that
//! arrived before it have had their fate; what comes long after it does not matter. So a [`Stage`] keeps many
//! replications paused where the interval starts, copies each onto a spare run, and plays it only until the contacts of
//! that interval have ended. A trial costs an interval, not a day.
//!
//! Memory: one paused run per replication (agents and waiting contacts at the pause, and the tally of the run: about
//! 120 bytes per interval and queue), and the tapes, up to a limit; a tape beyond the limit is drawn again for every
//! trial, to the same bytes.

use super::frame;
use super::level::Level;
use super::shelf::{Hand, Shelf, chunk};
use super::slice::Slice;
use crate::engine::{QueueTally, Run, Staffing};
use crate::model::{Model, QueueId};
use rayon::prelude::*;
use std::ops::{AddAssign, Range};

/// What is asked of every trial: counts of one queue, by one way to measure its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The queue.
    pub queue: QueueId,
    /// What [`Counts::good`] and [`Counts::of`] count.
    pub level: Level,
}

impl Ask {
    /// The level that a queue is reported by: its first `answered` target's, else the usual one.
    pub fn reported(model: &Model, queue: QueueId) -> Option<Self> {
        Some(Self { queue, level: Level::reported(&model.queues[queue.0])? })
    }
}

/// What became of the contacts of one queue that arrived in one interval or day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Good contacts, by the definition asked for.
    pub good: u64,
    /// The contacts among which they are counted.
    pub of: u64,
    /// Contacts offered.
    pub offered: u64,
    /// Contacts answered.
    pub answered: u64,
    /// Abandoned and balked.
    pub lost: u64,
    /// Total wait of the answered, µs.
    pub answered_wait: u64,
}

impl Counts {
    fn of(level: Level, tally: &QueueTally, interval: usize) -> Self {
        let slice = Slice::of(tally, interval);
        let (good, of) = level.fraction(slice);
        let cell = slice.cell;
        let (offered, answered) = (cell.offered(), cell.answered);
        Self { good, of, offered, answered, lost: slice.lost(), answered_wait: cell.answered_wait }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.good += other.good;
        self.of += other.of;
        self.offered += other.offered;
        self.answered += other.answered;
        self.lost += other.lost;
        self.answered_wait = self.answered_wait.saturating_add(other.answered_wait);
    }
}

/// Replications paused at the same interval boundary.
///
/// Work is spread over the rayon pool in which a method is called; results come in replication order and do not
/// depend on the pool.
#[derive(Debug)]
pub struct Stage<'m> {
    shelf: Shelf<'m>,
    /// Counted intervals of each day with counted opening.
    days: Vec<Range<usize>>,
    paused: Vec<Run>,
    at: usize,
}

impl<'m> Stage<'m> {
    /// Memory for tapes unless said otherwise: 256 MiB.
    pub const TAPE_BYTES: usize = 256 << 20;

    /// Opens replications `first .. first + count` and pauses them at the start of the run.
    pub fn open(model: &'m Model, seed: u64, first: u64, count: usize) -> Self {
        Self::with_limit(model, seed, first, count, Self::TAPE_BYTES)
    }

    /// As [`Self::open`], with another limit on the memory for tapes, in bytes.
    pub fn with_limit(model: &'m Model, seed: u64, first: u64, count: usize, tape_bytes: usize) -> Self {
        let mut shelf = Shelf::new(model, seed, first, tape_bytes);
        shelf.keep(count);
        let mut stage =
            Self { shelf, days: frame::counted_days(model), paused: vec![Run::new(model); count], at: 0 };
        stage.rewind();
        stage
    }

    /// How many replications there are.
    pub fn len(&self) -> usize {
        self.paused.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.paused.is_empty()
    }

    /// The interval before whose start the replications are paused.
    pub fn at(&self) -> usize {
        self.at
    }

    /// How many of the replications have their tape in memory.
    pub fn tapes_kept(&self) -> usize {
        self.shelf.kept()
    }

    /// How many days [`Self::day_counts`] tells apart: those with counted opening.
    pub fn days(&self) -> usize {
        self.days.len()
    }

    /// Back to the start of the run.
    pub fn rewind(&mut self) {
        self.at = 0;
        self.paused.par_iter_mut().for_each(Run::begin);
    }

    /// Plays all replications on to the start of interval `until`.
    pub fn advance(&mut self, staffing: &Staffing, until: usize) {
        self.at = until;
        let mut paused = std::mem::take(&mut self.paused);
        let chunk = chunk(paused.len());
        let stage = &*self;
        paused.par_chunks_mut(chunk).enumerate().for_each(|(c, runs)| {
            let mut hand = stage.shelf.hand();
            for (k, run) in runs.iter_mut().enumerate() {
                let tape = stage.shelf.tape(c * chunk + k, &mut hand.tape);
                run.advance(tape, staffing, until, &mut ());
            }
        });
        self.paused = paused;
    }

    /// Tries a staffing of what follows: plays the replications numbered `which` from the pause until every contact of
    /// `interval` or before has its fate, and returns the counts of that interval — replication by replication,
    /// within one in the order of `asks`. The stage itself does not move.
    pub fn trial(
        &self,
        staffing: &Staffing,
        interval: usize,
        asks: &[Ask],
        which: Range<usize>,
    ) -> Vec<Counts> {
        self.play(asks.len(), which, |r, hand, out| {
            let Hand { run, tape } = hand;
            let tape = self.shelf.tape(r, tape);
            run.clone_from(&self.paused[r]);
            run.settle(tape, staffing, interval, &mut ());
            for (counts, ask) in out.iter_mut().zip(asks) {
                *counts = Counts::of(ask.level, &run.tally().queues[ask.queue.0], interval);
            }
        })
    }

    /// Plays the replications numbered `which` from start to end with one staffing and returns the counts of every day
    /// — replication by replication, within one day by day ([`Self::days`]), within a day in the order of `asks`. The
    /// stage itself does not move.
    pub fn day_counts(&self, staffing: &Staffing, asks: &[Ask], which: Range<usize>) -> Vec<Counts> {
        self.play(self.days.len() * asks.len(), which, |r, hand, out| {
            let Hand { run, tape } = hand;
            let tape = self.shelf.tape(r, tape);
            let tally = run.play(tape, staffing, &mut ());
            for (day, out) in self.days.iter().zip(out.chunks_exact_mut(asks.len())) {
                for (counts, ask) in out.iter_mut().zip(asks) {
                    let queue = &tally.queues[ask.queue.0];
                    day.clone().for_each(|i| *counts += Counts::of(ask.level, queue, i));
                }
            }
        })
    }

    /// Fills `per` counts for each replication of `which`, on all threads.
    fn play<F>(&self, per: usize, which: Range<usize>, one: F) -> Vec<Counts>
    where
        F: Fn(usize, &mut Hand, &mut [Counts]) + Sync,
    {
        let mut all = vec![Counts::default(); which.len() * per];
        if all.is_empty() {
            return all;
        }
        let chunk = chunk(which.len());
        all.par_chunks_mut(chunk * per).enumerate().for_each(|(c, part)| {
            let mut hand = self.shelf.hand();
            for (k, out) in part.chunks_exact_mut(per).enumerate() {
                one(which.start + c * chunk + k, &mut hand, out);
            }
        });
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Tape;
    use crate::model::GroupId;
    use crate::montecarlo::Job;
    use crate::montecarlo::fixture::model;
    use crate::stats::Fixed;

    const CREW: GroupId = GroupId(0);

    fn ask(model: &Model) -> [Ask; 1] {
        [Ask::reported(model, QueueId(0)).unwrap()]
    }

    /// Counts of one interval on a replay from the start.
    fn replayed(model: &Model, staffing: &Staffing, replication: u64, interval: usize) -> Counts {
        let mut run = Run::new(model);
        let tally = run.play(&Tape::draw(model, 3, replication), staffing, &mut ());
        Counts::of(ask(model)[0].level, &tally.queues[0], interval)
    }

    #[test]
    fn a_trial_tells_what_a_replay_would() {
        let model = model(1, 8..12);
        let mut staffing = Staffing::given(&model);
        let mut stage = Stage::open(&model, 3, 10, 40);
        for interval in 8..12 {
            for agents in [2, 4, 6] {
                staffing.set(CREW, interval, agents);
                let counts = stage.trial(&staffing, interval, &ask(&model), 5..40);
                let same =
                    |(k, c): (usize, &Counts)| *c == replayed(&model, &staffing, 15 + k as u64, interval);
                assert!(counts.iter().enumerate().all(same), "{interval} {agents}");
            }
            stage.advance(&staffing, interval + 1);
            assert_eq!(stage.at(), interval + 1);
        }
        stage.rewind();
        assert_eq!(stage.trial(&staffing, 8, &ask(&model), 0..1), [replayed(&model, &staffing, 10, 8)]);
    }

    #[test]
    fn a_tape_beyond_the_limit_is_drawn_again_to_the_same_bytes() {
        let model = model(1, 8..12);
        let mut staffing = Staffing::given(&model);
        let mut kept = Stage::open(&model, 3, 0, 30);
        let mut drawn = Stage::with_limit(&model, 3, 0, 30, 20_000);
        assert!(kept.tapes_kept() == 30 && drawn.tapes_kept() < 30);
        kept.advance(&staffing, 9);
        drawn.advance(&staffing, 9);
        staffing.set(CREW, 9, 3);
        let trial = |stage: &Stage| stage.trial(&staffing, 9, &ask(&model), 0..30);
        assert_eq!(trial(&kept), trial(&drawn));
        let days = |stage: &Stage| stage.day_counts(&staffing, &ask(&model), 0..30);
        assert_eq!(days(&kept), days(&drawn));
    }

    #[test]
    fn day_counts_add_up_to_the_replications() {
        let model = model(3, 8..12);
        let staffing = Staffing::given(&model);
        let stage = Stage::open(&model, 3, 0, 25);
        let twice = [ask(&model)[0]; 2];
        let counts = stage.day_counts(&staffing, &twice, 0..25);
        assert_eq!((stage.days(), counts.len()), (3, 25 * 3 * 2));
        assert!(counts.chunks(2).all(|pair| pair[0] == pair[1]));
        let mut sum = Counts::default();
        counts.iter().step_by(2).for_each(|c| sum += *c);
        let gather = Job::new(&model, &staffing, 3).run(&mut Fixed(25)).gather;
        let queue = &gather.queues[0];
        assert_eq!(u128::from(sum.offered), queue.answered.denominator().sum());
        assert_eq!(u128::from(sum.answered), queue.answered.numerator().sum());
        assert_eq!(u128::from(sum.lost), queue.lost.numerator().sum());
        assert_eq!(u128::from(sum.answered_wait), queue.asa.numerator().sum());
        assert_eq!(u128::from(sum.good), queue.levels[1][0].numerator().sum());
    }

    #[test]
    fn nothing_asked_is_nothing_played() {
        let model = model(1, 8..12);
        let stage = Stage::open(&model, 3, 0, 4);
        assert!(stage.trial(&Staffing::given(&model), 8, &[], 0..4).is_empty());
        assert!(stage.day_counts(&Staffing::given(&model), &ask(&model), 2..2).is_empty());
        assert!(Stage::open(&model, 3, 0, 0).is_empty());
    }
}
