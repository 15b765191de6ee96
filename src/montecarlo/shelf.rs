//! Tapes kept in memory, as many as a limit allows, and the runs that threads play them with.
//!
//! A tape beyond the limit is drawn again each time it is wanted, to the same bytes.

use super::by_thread::ByThread;
use crate::engine::{QueueTape, Run, Tape};
use crate::model::Model;
use rayon::prelude::*;
use std::sync::MutexGuard;

/// Replications `first ..` of one seed.
#[derive(Debug)]
pub(super) struct Shelf<'m> {
    model: &'m Model,
    seed: u64,
    first: u64,
    /// Tapes of the first replications; never more than `most` of them.
    tapes: Vec<Tape>,
    most: usize,
    hands: ByThread<Hand>,
}

/// One thread's run, and a tape for replications that have none.
#[derive(Debug)]
pub(super) struct Hand {
    pub(super) run: Run,
    pub(super) tape: Tape,
}

impl<'m> Shelf<'m> {
    /// A shelf that has drawn nothing yet and will keep at most `tape_bytes` bytes of tapes.
    pub(super) fn new(model: &'m Model, seed: u64, first: u64, tape_bytes: usize) -> Self {
        let most =
            if tape_bytes == 0 { 0 } else { (tape_bytes as f64 / of_one(model, seed, first)) as usize };
        Self { model, seed, first, tapes: Vec::new(), most, hands: hands(model) }
    }

    /// How many tapes are kept at most.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// The same replications with the tapes that are here, which go with it; see [`Self::take_back`].
    pub(super) fn lend(&mut self) -> Self {
        let tapes = std::mem::take(&mut self.tapes);
        Self {
            model: self.model,
            seed: self.seed,
            first: self.first,
            tapes,
            most: self.most,
            hands: hands(self.model),
        }
    }

    /// Takes the tapes of one that was lent, drawn since or before.
    pub(super) fn take_back(&mut self, lent: Self) {
        self.tapes = lent.tapes;
    }

    /// The model, and the seed of its customers.
    pub(super) fn drawn_from(&self) -> (&'m Model, u64) {
        (self.model, self.seed)
    }

    /// Number of the first replication.
    pub(super) fn first(&self) -> u64 {
        self.first
    }

    /// How many tapes are kept.
    pub(super) fn kept(&self) -> usize {
        self.tapes.len()
    }

    /// Draws the tapes up to replication `end` that are not there yet, as far as the limit allows.
    pub(super) fn keep(&mut self, end: usize) {
        let (have, want) = (self.tapes.len(), end.min(self.most));
        // Drawn onto a spare one and copied: a copy takes no more memory than its contacts need.
        let draw = |spare: &mut Tape, r: usize| {
            spare.redraw(self.model, self.seed, self.first + r as u64);
            spare.clone()
        };
        let new = (have..want.max(have)).into_par_iter().map_init(Tape::default, draw);
        let new: Vec<Tape> = new.collect();
        self.tapes.extend(new);
    }

    /// The tape of replication `r`: that in memory, or drawn onto `spare`.
    pub(super) fn tape<'t>(&'t self, r: usize, spare: &'t mut Tape) -> &'t Tape {
        if let Some(tape) = self.tapes.get(r) {
            return tape;
        }
        spare.redraw(self.model, self.seed, self.first + r as u64);
        spare
    }

    /// This thread's run and tape.
    pub(super) fn hand(&self) -> MutexGuard<'_, Hand> {
        self.hands.mine()
    }
}

/// A run and a tape for each thread.
fn hands(model: &Model) -> ByThread<Hand> {
    ByThread::new(|| Hand { run: Run::new(model), tape: Tape::default() })
}

/// Memory that a tape takes, in bytes, going by the first: what that would take if as many had come in its run as are
/// expected. The backlog and the run-in stand on it besides, and who self-service settles does not.
fn of_one(model: &Model, seed: u64, first: u64) -> f64 {
    let tape = Tape::draw(model, seed, first);
    let before = |queue: &QueueTape| queue.interval.partition_point(|&i| i == QueueTape::RUN_IN);
    let came = |queue: &QueueTape| match queue.entered.as_slice() {
        [] => (queue.len() - before(queue)) as u64,
        entered => entered.iter().sum(),
    };
    let all: u64 = tape.queues.iter().map(came).sum();
    let share = if all == 0 { 1.0 } else { model.expected_contacts() / all as f64 };
    let bytes = |queue: &QueueTape| {
        let before = before(queue) as f64;
        let rows = before + (queue.len() as f64 - before) * share;
        queue.bytes() as f64 * rows / queue.len().max(1) as f64
    };
    tape.queues.iter().map(bytes).sum::<f64>().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Factor, SelfService, Series, Start};
    use crate::montecarlo::fixture::model;
    use crate::units::Micros;

    /// Of a plain day, one with a backlog, one with a long run-in, and one whose self-service settles a third.
    #[test]
    fn the_memory_of_a_tape_is_known_from_the_first_one() {
        let plain = model(1, 8..20);
        let [mut waiting, mut steady, mut contained] = [plain.clone(), plain.clone(), plain.clone()];
        waiting.queues[0].journey.backlog = 5_000;
        steady.run.start = Start::Steady { run_in: Micros(72 * Micros::HOUR.0) };
        steady.calendar.grid.lead = Micros(72 * Micros::HOUR.0);
        let contains = Series::Constant(1.0 / 3.0);
        contained.queues[0].journey.self_service =
            Some(SelfService { contained: contains, takes: None, factor: Factor::ONE, back: None });
        for model in [plain, waiting, steady, contained] {
            let size = |r| Tape::draw(&model, 5, r).queues.iter().map(QueueTape::bytes).sum::<usize>();
            let mean = (0..100).map(size).sum::<usize>() as f64 / 100.0;
            let told = of_one(&model, 5, 0);
            assert!((told / mean - 1.0).abs() < 0.05, "{told} for {mean}");
        }
    }
}
