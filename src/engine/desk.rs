//! What a day is played from, and where it is written down.

use super::facts::{Facts, Link};
use super::ledger::{self, Joined};
use super::tally::{Fate, Tally, Witness};
use super::waiting::Contact;
use super::{QueueTape, Staffing, Tape};
use crate::model::Law;
use crate::random::{Purpose, later};
use crate::units::Micros;

/// Everything an engine reads and the tally it writes; the state it plays with is its own.
pub(super) struct Desk<'a, W> {
    pub(super) facts: &'a Facts,
    pub(super) tape: &'a Tape,
    pub(super) staffing: &'a Staffing,
    pub(super) tally: &'a mut Tally,
    pub(super) witness: &'a mut W,
}

impl<W: Witness> Desk<'_, W> {
    /// Writes down a contact's end in queue `q`.
    pub(super) fn end(&mut self, q: usize, contact: &Contact, left: u64, fate: Fate) {
        let joined = Joined {
            queue: q,
            position: contact.k as usize,
            at: contact.joined,
            interval: contact.interval as usize,
            first: contact.attempt == 0,
        };
        ledger::ended(self.tally, self.facts, &joined, left, fate, self.witness);
    }

    /// Handle time and wrap-up, µs: from the tape, or made for a contact that came from another queue.
    pub(super) fn work(&self, link: Link, contact: &Contact) -> (u64, u64) {
        let k = contact.k as usize;
        if contact.attempt == 0 {
            let queue = &self.tape.queues[link.queue];
            return (link.factor.of(Micros(queue.handle[link.column][k])).0, queue.wrap(k));
        }
        let facts = &self.facts.queues[link.queue];
        let seed = self.tape.contact_seed(contact.home as usize, k);
        let i = match contact.interval {
            QueueTape::RUN_IN => self.facts.first,
            i => (i as usize).min(self.facts.intervals - 1),
        };
        let draw = |purpose, law: &Law| later::duration(seed, contact.attempt, link.queue, purpose, law, i);
        let handle = link.factor.of(draw(Purpose::Handle(link.column), &facts.laws[link.column]));
        let wrap = facts.wrap.as_ref().map_or(Micros::ZERO, |law| draw(Purpose::Wrap, law));
        (handle.0, wrap.0)
    }
}
