//! Whole runs of many staffings on the same customers, replication by replication.
//!
//! A sequential search asks for a few replications of one staffing, then of another, then for more of the first. A
//! [`Bench`] keeps the tapes that were drawn, up to a limit, so that every further staffing is a replay; beyond the
//! limit a tape is drawn again, to the same bytes. What is read from each replication is up to the caller.

use super::sweep::bytes;
use crate::engine::{Run, Staffing, Tally, Tape};
use crate::model::Model;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most replications that a thread takes at a time.
const CHUNK: usize = 32;

/// Replications `first ..` of one seed, to play staffings on.
#[derive(Debug)]
pub struct Bench<'m> {
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
struct Hand {
    run: Run,
    tape: Tape,
}

impl<'m> Bench<'m> {
    /// A bench that has drawn nothing yet and will keep at most `tape_bytes` bytes of tapes.
    pub fn new(model: &'m Model, seed: u64, first: u64, tape_bytes: usize) -> Self {
        let sample = Tape::draw(model, seed, first);
        let hand = |_| Mutex::new(Hand { run: Run::new(model), tape: Tape::default() });
        Self {
            model,
            seed,
            first,
            tapes: Vec::new(),
            most: tape_bytes / bytes(&sample).max(1),
            hands: (0..rayon::current_num_threads()).map(hand).collect(),
        }
    }

    /// Number of the first replication.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// Plays the replications `which`, counted from the first, with one staffing; what `read` made of each, in
    /// replication order. The result does not depend on the number of threads.
    pub fn read<T, F>(&mut self, staffing: &Staffing, which: Range<usize>, read: F) -> Vec<T>
    where
        T: Send,
        F: Fn(&Tape, &Tally) -> T + Sync,
    {
        self.keep(which.end);
        let bench = &*self;
        let one = |hand: &mut Hand, r: usize| {
            let Hand { run, tape } = hand;
            let tape = bench.tape(r, tape);
            read(tape, run.play(tape, staffing, &mut ()))
        };
        let share = which.len().div_ceil(4 * rayon::current_num_threads()).clamp(1, CHUNK);
        let starts: Vec<usize> = which.clone().step_by(share).collect();
        let parts: Vec<Vec<T>> = starts
            .into_par_iter()
            .map(|start| {
                let mut hand = bench.hand();
                (start..(start + share).min(which.end)).map(|r| one(&mut hand, r)).collect()
            })
            .collect();
        parts.into_iter().flatten().collect()
    }

    /// Draws the tapes up to replication `end` that are not there yet, as far as the limit allows.
    fn keep(&mut self, end: usize) {
        let (have, want) = (self.tapes.len(), end.min(self.most));
        let draw = |r: usize| Tape::draw(self.model, self.seed, self.first + r as u64);
        let new: Vec<Tape> = (have..want.max(have)).into_par_iter().map(draw).collect();
        self.tapes.extend(new);
    }

    /// The tape of replication `r`: that in memory, or drawn onto `spare`.
    fn tape<'t>(&'t self, r: usize, spare: &'t mut Tape) -> &'t Tape {
        if let Some(tape) = self.tapes.get(r) {
            return tape;
        }
        spare.redraw(self.model, self.seed, self.first + r as u64);
        spare
    }

    /// This thread's run and tape.
    fn hand(&self) -> MutexGuard<'_, Hand> {
        let thread = rayon::current_thread_index().unwrap_or(0) % self.hands.len();
        // What a panic left half-done is overwritten before it is read.
        self.hands[thread].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
