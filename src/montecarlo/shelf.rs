//! Tapes kept in memory, as many as a limit allows, and the runs that threads play them with.
//!
//! A tape beyond the limit is drawn again each time it is wanted, to the same bytes.

use crate::engine::{QueueTape, Run, Tape};
use crate::model::Model;
use rayon::prelude::*;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most replications that a thread takes at a time.
const CHUNK: usize = 32;

/// Replications `first ..` of one seed.
#[derive(Debug)]
pub(super) struct Shelf<'m> {
    model: &'m Model,
    seed: u64,
    first: u64,
    /// Tapes of the first replications; never more than `most` of them.
    tapes: Vec<Tape>,
    most: usize,
    hands: Vec<Mutex<Hand>>,
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
        let thread = rayon::current_thread_index().unwrap_or(0) % self.hands.len();
        // What a panic left half-done is overwritten before it is read.
        self.hands[thread].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A run and a tape for each thread.
fn hands(model: &Model) -> Vec<Mutex<Hand>> {
    let hand = |_| Mutex::new(Hand { run: Run::new(model), tape: Tape::default() });
    (0..rayon::current_num_threads()).map(hand).collect()
}

/// How many of so many replications a thread takes at a time.
pub(super) fn chunk(replications: usize) -> usize {
    replications.div_ceil(4 * rayon::current_num_threads()).clamp(1, CHUNK)
}

/// Memory that a tape takes, in bytes: what one with as many contacts as are expected would take, going by the first.
fn of_one(model: &Model, seed: u64, first: u64) -> f64 {
    let tape = Tape::draw(model, seed, first);
    let bytes: usize = tape.queues.iter().map(QueueTape::bytes).sum();
    let share = model.expected_contacts() / tape.contacts().max(1) as f64;
    (bytes as f64 * share).max(1.0)
}
