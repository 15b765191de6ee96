//! Customers that no search has seen, round by round.
//!
//! A staffing is confirmed on the customers of a round; where they contradict it, what replaces it is confirmed on those
//! of the next. All senses of a plan share the rounds: a sense begins with the round in which the one before it ended, for
//! its candidate may have learned from every earlier round, but from that one only that it was the last. What round `r`
//! may wrongly confirm costs `1/(r(r + 1))` of the sense's error, so that all rounds together cost no more than all of it.

use super::customers::Customers;
use super::errand::Errand;
use crate::model::{GroupId, Model, QueueId};

/// Rounds of new customers.
pub(super) struct Fresh<'a, 'm> {
    errand: &'a Errand<'a>,
    model: &'m Model,
    pairs: Vec<(QueueId, GroupId)>,
    rounds: Vec<Customers<'m>>,
}

impl<'a, 'm> Fresh<'a, 'm> {
    /// The first round, to be read for the queues and groups of `pairs`.
    pub(super) fn new(errand: &'a Errand<'a>, model: &'m Model, pairs: &[(QueueId, GroupId)]) -> Self {
        let mut fresh = Self { errand, model, pairs: pairs.to_vec(), rounds: Vec::new() };
        fresh.next_round();
        fresh
    }

    /// Goes on to customers that were never used before. Their tapes are not kept: what is wanted of them is expected.
    pub(super) fn next_round(&mut self) {
        let (seed, first) = (self.errand.settings.seed, self.errand.fresh());
        self.rounds.push(Customers::new(self.model, &self.pairs, seed, first, 0));
    }

    /// Number of the last round, from 1.
    pub(super) fn round(&self) -> u32 {
        self.rounds.len() as u32
    }

    /// The customers of a round.
    pub(super) fn customers(&mut self, round: u32) -> &mut Customers<'m> {
        &mut self.rounds[round as usize - 1]
    }
}
