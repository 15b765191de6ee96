//! Whole runs of many staffings on the same customers, replication by replication.
//!
//! A sequential search asks for a few replications of one staffing, then of another, then for more of the first. A
//! [`Bench`] keeps the tapes that were drawn, up to a limit, so that every further staffing is a replay; beyond the
//! limit a tape is drawn again, to the same bytes. Staffings that are wanted together are played one after the other
//! while their tape is at hand, and it need not be kept at all. What is read from each replication is up to the caller.

use super::chunks::in_chunks;
use super::gathering::Gathering;
use super::measure::measure;
use super::outcome::Outcome;
use super::shelf::{Hand, Shelf};
use crate::engine::{Run, Staffing, Tally, Tape};
use crate::model::Model;
use std::ops::Range;

/// Replications `first ..` of one seed, to play staffings on.
#[derive(Debug)]
pub struct Bench<'m> {
    pub(super) shelf: Shelf<'m>,
}

impl<'m> Bench<'m> {
    /// A bench that has drawn nothing yet and will keep at most `tape_bytes` bytes of tapes.
    pub fn new(model: &'m Model, seed: u64, first: u64, tape_bytes: usize) -> Self {
        Self { shelf: Shelf::new(model, seed, first, tape_bytes) }
    }

    /// How many replications' tapes it can keep at most.
    pub fn most(&self) -> usize {
        self.shelf.most()
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
        self.play(1, which, |_, run, tape, _| read(tape, run.play(tape, staffing, &mut ())))
    }

    /// Everything that the first replications say of one staffing, at a confidence level.
    pub fn measured(&mut self, staffing: &Staffing, replications: u64, level: f64) -> Outcome {
        let (model, seed) = self.shelf.drawn_from();
        let gathering = Gathering::new(model, staffing);
        self.play(1, 0..replications as usize, |_, run, tape, r| {
            gathering.play(run, tape, staffing, r);
        });
        measure(model, staffing, &gathering.finished(seed, self.first()), level)
    }

    /// The replications `which`, each `times` times on the same tape: `play` is told which time it is (from 0), the run
    /// to play with, the tape and the replication's number. What it made of each, replication by replication, within
    /// one time by time.
    pub fn play<T, F>(&mut self, times: usize, which: Range<usize>, play: F) -> Vec<T>
    where
        T: Send,
        F: Fn(usize, &mut Run, &Tape, u64) -> T + Sync,
    {
        self.shelf.keep(which.end);
        let shelf = &self.shelf;
        let one = |hand: &mut Hand, r: usize, made: &mut Vec<T>| {
            let Hand { run, tape } = hand;
            let tape = shelf.tape(r, tape);
            made.extend((0..times).map(|k| play(k, run, tape, shelf.first() + r as u64)));
        };
        in_chunks(which, |chunk| {
            let mut hand = shelf.hand();
            let mut made = Vec::with_capacity(chunk.len() * times);
            chunk.for_each(|r| one(&mut hand, r, &mut made));
            made
        })
    }
}
