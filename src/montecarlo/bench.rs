//! Whole runs of many staffings on the same customers, replication by replication.
//!
//! A sequential search asks for a few replications of one staffing, then of another, then for more of the first. A
//! [`Bench`] keeps the tapes that were drawn, up to a limit, so that every further staffing is a replay; beyond the
//! limit a tape is drawn again, to the same bytes. What is read from each replication is up to the caller.

use super::shelf::{Hand, Shelf, chunk};
use crate::engine::{Staffing, Tally, Tape};
use crate::model::Model;
use rayon::prelude::*;
use std::ops::Range;

/// Replications `first ..` of one seed, to play staffings on.
#[derive(Debug)]
pub struct Bench<'m> {
    shelf: Shelf<'m>,
}

impl<'m> Bench<'m> {
    /// A bench that has drawn nothing yet and will keep at most `tape_bytes` bytes of tapes.
    pub fn new(model: &'m Model, seed: u64, first: u64, tape_bytes: usize) -> Self {
        Self { shelf: Shelf::new(model, seed, first, tape_bytes) }
    }

    /// Number of the first replication.
    pub fn first(&self) -> u64 {
        self.shelf.first()
    }

    /// Plays the replications `which`, counted from the first, with one staffing; what `read` made of each, in
    /// replication order. The result does not depend on the number of threads.
    pub fn read<T, F>(&mut self, staffing: &Staffing, which: Range<usize>, read: F) -> Vec<T>
    where
        T: Send,
        F: Fn(&Tape, &Tally) -> T + Sync,
    {
        self.shelf.keep(which.end);
        let shelf = &self.shelf;
        let one = |hand: &mut Hand, r: usize| {
            let Hand { run, tape } = hand;
            let tape = shelf.tape(r, tape);
            read(tape, run.play(tape, staffing, &mut ()))
        };
        let share = chunk(which.len());
        let starts: Vec<usize> = which.clone().step_by(share).collect();
        let parts: Vec<Vec<T>> = starts
            .into_par_iter()
            .map(|start| {
                let mut hand = shelf.hand();
                (start..(start + share).min(which.end)).map(|r| one(&mut hand, r)).collect()
            })
            .collect();
        parts.into_iter().flatten().collect()
    }
}
