//! Replications paused at one boundary, to try staffings of what follows on the same customers.
//!
//! A search over the staffing of a day asks again and again: what if this interval had one agent more? Contacts that
//! arrived before it have had their fate; what comes long after it does not matter. So a [`Stage`] keeps many
//! replications paused where the interval starts, copies each onto a spare run, and plays it only until the contacts of
//! that interval have ended. A trial costs an interval, not a day.
//!
//! The staffing that is expected to do is played on rather than tried ([`Stage::step`]): should it do, the stage goes on
//! from there ([`Stage::go_on`]), and nothing is played twice. One step back is kept too ([`Stage::go_back`]).
//!
//! Memory: three paused runs per replication (agents and waiting contacts at the pause, and the tally of the run: about
//! 120 bytes per interval and queue), and the tapes, up to a limit; a tape beyond the limit is drawn again for every
//! trial, to the same bytes.

use super::bench::Bench;
use super::chunks::chunk;
use super::frame;
use super::level::Level;
use super::shelf::{Hand, Shelf};
use super::slice::Slice;
use crate::engine::{Method, QueueTally, QueueTape, Run, Staffing, Tally, Tape};
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
    /// The replications at the start of the next interval, as far as [`Stage::step`] played them.
    ahead: Vec<Run>,
    /// The replications where they were paused before.
    behind: Vec<Run>,
    /// Whether contacts come by the tape alone, so that counting tells when all of an interval have their fate.
    only_tape: bool,
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
        Self::on(model, Shelf::new(model, seed, first, tape_bytes), count)
    }

    /// Opens the first `count` replications of a bench, with the tapes it has; [`Self::give_back`] returns them.
    pub fn over(model: &'m Model, bench: &mut Bench<'m>, count: usize) -> Self {
        Self::on(model, bench.shelf.lend(), count)
    }

    /// Returns the tapes to the bench they came from.
    pub fn give_back(self, bench: &mut Bench<'m>) {
        bench.shelf.take_back(self.shelf);
    }

    fn on(model: &'m Model, mut shelf: Shelf<'m>, count: usize) -> Self {
        shelf.keep(count);
        let runs = || vec![Run::new(model); count];
        let mut stage = Self {
            shelf,
            days: frame::counted_days(model),
            paused: runs(),
            at: 0,
            ahead: runs(),
            behind: runs(),
            only_tape: Method::is_one_line(model),
        };
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
            count(out, asks, run.tally(), interval);
        })
    }

    /// Tries a staffing of what follows, as [`Self::trial`], until every contact of `span` has its fate: the counts of each
    /// of its intervals, within one in the order of `asks`, all replications together.
    pub fn span(&self, staffing: &Staffing, span: Range<usize>, asks: &[Ask]) -> Vec<Counts> {
        let per = asks.len() * span.len();
        let each = self.play(per, 0..self.len(), |r, hand, out| {
            let Hand { run, tape } = hand;
            let tape = self.shelf.tape(r, tape);
            run.clone_from(&self.paused[r]);
            run.settle(tape, staffing, span.end.saturating_sub(1), &mut ());
            for (i, out) in span.clone().zip(out.chunks_exact_mut(asks.len())) {
                count(out, asks, run.tally(), i);
            }
        });
        let mut all = vec![Counts::default(); per];
        for one in each.chunks_exact(per.max(1)) {
            all.iter_mut().zip(one).for_each(|(sum, one)| *sum += *one);
        }
        all
    }

    /// Plays all replications on to the start of the next interval with `staffing`, beside the pause, and tries `besides`
    /// on the way: the counts of the interval at the pause, for `staffing` first, then for each of `besides`. The stage
    /// itself does not move.
    pub fn step(&mut self, staffing: &Staffing, besides: &[Staffing], asks: &[Ask]) -> Vec<Vec<Counts>> {
        let interval = self.at;
        let per = asks.len() * (1 + besides.len());
        let mut ahead = std::mem::take(&mut self.ahead);
        let stage = &*self;
        let mut all = vec![Counts::default(); ahead.len() * per];
        let chunk = chunk(ahead.len());
        let parts = ahead.par_chunks_mut(chunk).zip(all.par_chunks_mut((chunk * per).max(1))).enumerate();
        parts.for_each(|(c, (runs, counts))| {
            let mut hand = stage.shelf.hand();
            let Hand { run: spare, tape } = &mut *hand;
            for (k, (next, counts)) in runs.iter_mut().zip(counts.chunks_exact_mut(per.max(1))).enumerate() {
                let r = c * chunk + k;
                let tape = stage.shelf.tape(r, tape);
                let (mine, others) = counts.split_at_mut(asks.len());
                next.clone_from(&stage.paused[r]);
                next.advance(tape, staffing, interval + 1, &mut ());
                stage.settled(next, spare, tape, staffing, |tally| count(mine, asks, tally, interval));
                for (other, counts) in besides.iter().zip(others.chunks_exact_mut(asks.len().max(1))) {
                    spare.clone_from(&stage.paused[r]);
                    spare.settle(tape, other, interval, &mut ());
                    count(counts, asks, spare.tally(), interval);
                }
            }
        });
        self.ahead = ahead;
        let of = |k: usize| {
            let one = |counts: &[Counts]| counts[k * asks.len()..(k + 1) * asks.len()].to_vec();
            all.chunks_exact(per.max(1)).flat_map(one).collect()
        };
        (0..=besides.len()).map(of).collect()
    }

    /// Lets `read` see the tally once every contact of the interval at the pause has its fate; `next` was played on to
    /// that interval's end, and `spare` is played further where someone still waits then.
    fn settled(
        &self,
        next: &Run,
        spare: &mut Run,
        tape: &Tape,
        staffing: &Staffing,
        read: impl FnOnce(&Tally),
    ) {
        if self.only_tape && has_ended(tape, next.tally(), self.at) {
            return read(next.tally());
        }
        spare.clone_from(next);
        spare.settle(tape, staffing, self.at, &mut ());
        read(spare.tally());
    }

    /// Moves the pause to where [`Self::step`] played last.
    pub fn go_on(&mut self) {
        self.at += 1;
        std::mem::swap(&mut self.behind, &mut self.paused);
        std::mem::swap(&mut self.paused, &mut self.ahead);
    }

    /// Takes back the last [`Self::go_on`]; another one goes on again to what is there now.
    pub fn go_back(&mut self) {
        self.at -= 1;
        std::mem::swap(&mut self.paused, &mut self.ahead);
        std::mem::swap(&mut self.behind, &mut self.paused);
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

/// Reads what was asked from a tally.
fn count(out: &mut [Counts], asks: &[Ask], tally: &Tally, interval: usize) {
    for (counts, ask) in out.iter_mut().zip(asks) {
        *counts = Counts::of(ask.level, &tally.queues[ask.queue.0], interval);
    }
}

/// Whether every contact of an interval has its fate, where all contacts stand on the tape of one queue.
fn has_ended(tape: &Tape, tally: &Tally, interval: usize) -> bool {
    let (intervals, cells) = (&tape.queues[0].interval, &tally.queues[0].cells);
    let before = |end: usize| intervals.partition_point(|&i| i == QueueTape::RUN_IN || (i as usize) < end);
    (before(interval + 1) - before(interval)) as u64 == cells[interval].offered()
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn a_span_is_its_trials_together() {
        let model = model(1, 8..12);
        let mut staffing = Staffing::given(&model);
        staffing.set(CREW, 9, 2);
        let mut stage = Stage::open(&model, 3, 10, 40);
        stage.advance(&staffing, 8);
        let sum = |interval| {
            let mut sum = Counts::default();
            stage.trial(&staffing, interval, &ask(&model), 0..40).iter().for_each(|one| sum += *one);
            sum
        };
        assert_eq!(stage.span(&staffing, 8..11, &ask(&model)), [8, 9, 10].map(sum));
        assert!(stage.span(&staffing, 8..8, &ask(&model)).is_empty());
    }

    #[test]
    fn a_step_tells_what_trials_would_and_can_be_taken_back() {
        let model = model(1, 8..12);
        let asks = ask(&model);
        let with = |staffing: &Staffing, interval, agents| {
            let mut other = staffing.clone();
            other.set(CREW, interval, agents);
            other
        };
        let staffing = with(&Staffing::given(&model), 9, 3);
        let mut stage = Stage::open(&model, 3, 10, 40);
        let mut plain = Stage::open(&model, 3, 10, 40);
        stage.advance(&staffing, 8);
        plain.advance(&staffing, 8);
        for interval in 8..12 {
            let others = [2, 6].map(|agents| with(&staffing, interval, agents));
            let counts = stage.step(&staffing, &others, &asks);
            let trials = [&staffing, &others[0], &others[1]].map(|s| plain.trial(s, interval, &asks, 0..40));
            assert_eq!(counts, trials, "{interval}");
            stage.go_on();
            if interval > 8 {
                stage.go_back();
                assert_eq!(stage.trial(&staffing, interval, &asks, 0..40), counts[0]);
                stage.go_on();
            }
            plain.advance(&staffing, interval + 1);
        }
        assert_eq!(stage.at(), 12);
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
