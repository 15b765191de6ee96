//! Several centres on the same customers, replication by replication: what-ifs, policies, other staffings.
//!
//! The tape of a replication is drawn once, for the first centre, and turned from each to the next
//! ([`Otherwise`]): of what they share, nothing is drawn again. The busiest centre comes first, so that the marks of its
//! customers are enough for the others (of queues that are busier in another one they are drawn again). No tape is kept.

use super::by_thread::ByThread;
use super::chunks::in_chunks;
use crate::engine::{Otherwise, Run, Tape};
use crate::model::Model;
use std::ops::Range;

/// Centres to be played.
#[derive(Debug)]
pub(super) struct SameCustomers<'m> {
    /// In the order in which they are played.
    centres: Vec<Centre<'m>>,
    seed: u64,
    hands: ByThread<Hand>,
}

#[derive(Debug)]
struct Centre<'m> {
    /// Its place among those that were given.
    place: usize,
    model: &'m Model,
    /// What it draws otherwise than the one played before; nothing for the first.
    otherwise: Option<Otherwise>,
}

/// One thread's tape, and a run of each centre.
#[derive(Debug)]
struct Hand {
    tape: Tape,
    runs: Vec<Run>,
}

impl<'m> SameCustomers<'m> {
    /// The centres to be played on the customers of a seed.
    pub(super) fn new(models: &[&'m Model], seed: u64) -> Self {
        let mut order: Vec<usize> = (0..models.len()).collect();
        let contacts = |k: usize| models[k].expected_contacts();
        order.sort_by(|&a, &b| contacts(b).total_cmp(&contacts(a)));
        let before = std::iter::once(None).chain(order.iter().map(|&place| Some(models[place])));
        let centre = |(before, &place): (Option<&Model>, &usize)| {
            let model = models[place];
            Centre { place, model, otherwise: before.map(|before| Otherwise::between(before, model)) }
        };
        let centres = before.zip(&order).map(centre).collect();
        let runs = || order.iter().map(|&place| Run::new(models[place])).collect();
        Self { centres, seed, hands: ByThread::new(|| Hand { tape: Tape::default(), runs: runs() }) }
    }

    /// Plays some replications of every centre. `play` is told which centre it is, the run to play with, the tape, and the
    /// replication's number. What it made of each, replication by replication, within one in the order in which the
    /// centres were given.
    pub(super) fn play<T, F>(&self, which: Range<usize>, play: F) -> Vec<T>
    where
        T: Send,
        F: Fn(usize, &mut Run, &Tape, u64) -> T + Sync,
    {
        let one = |Hand { tape, runs }: &mut Hand, r: u64| {
            let centre = |(centre, run): (&Centre<'_>, &mut Run)| {
                match &centre.otherwise {
                    None => tape.redraw(centre.model, self.seed, r),
                    Some(otherwise) => tape.turn(centre.model, otherwise),
                }
                (centre.place, play(centre.place, run, tape, r))
            };
            let mut made: Vec<(usize, T)> = self.centres.iter().zip(runs).map(centre).collect();
            made.sort_by_key(|(place, _)| *place);
            made.into_iter().map(|(_, made)| made)
        };
        in_chunks(which, |chunk| {
            let mut hand = self.hands.mine();
            chunk.flat_map(|r| one(&mut hand, r as u64)).collect()
        })
    }
}
