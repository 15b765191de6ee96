//! What a day is played from, and where it is written down.

use super::case::Case;
use super::cohort::Cohort;
use super::facts::{Facts, Link};
use super::ledger::{self, Joined};
use super::more::More;
use super::tally::{Ended, Fate, Tally, Witness};
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
    /// Of each queue, who came in the interval being played, where that is gathered to be written down at once.
    pub(super) cohorts: Vec<Cohort<'a>>,
}

impl<W: Witness> Desk<'_, W> {
    /// Writes down a contact's end in queue `q`.
    pub(super) fn end(&mut self, q: usize, contact: &Contact, left: u64, fate: Fate) {
        let cohort = self.cohorts.get_mut(q).filter(|cohort| cohort.is_of(contact.interval));
        if cohort.is_some_and(|cohort| {
            cohort.take(&mut self.tally.queues[q], self.facts, contact.joined, left, fate)
        }) {
            return self.witness.ended(&Ended {
                queue: q,
                position: contact.k as usize,
                arrived: Micros(contact.joined),
                wait: Micros(left - contact.joined),
                fate,
                counted: true,
            });
        }
        let joined = Joined {
            queue: q,
            position: contact.k as usize,
            at: contact.joined,
            interval: contact.interval as usize,
            first: contact.is_first(),
        };
        ledger::ended(self.tally, self.facts, &joined, left, fate, self.witness);
    }

    /// Handle time and wrap-up of a contact with its marks on the tape, µs.
    pub(super) fn work(&self, link: &Link, contact: &Contact) -> (u64, u64) {
        let k = contact.k as usize;
        let queue = &self.tape.queues[contact.home as usize];
        (link.factor.of(Micros(queue.handle[link.column as usize].at(k))).0, queue.wrap(k))
    }

    /// The same for a contact that came from elsewhere: made from its case.
    pub(super) fn work_of(&self, link: &Link, contact: &Contact, case: &Case) -> (u64, u64) {
        let facts = &self.facts.queues[link.queue];
        let i = self.of_mean(contact.interval);
        let draw = |purpose, law: &Law| later::duration(case.seed, case.leg, facts.owner, purpose, law, i);
        let handle =
            link.factor.of(draw(Purpose::Handle(link.column as usize), &facts.laws[link.column as usize]));
        let wrap = facts.wrap.as_ref().map_or(Micros::ZERO, |law| draw(Purpose::Wrap, law));
        let day = self.facts.day_of(i);
        [handle, wrap].map(|time| self.tape.on_day(day, time).0).into()
    }

    /// The interval whose means hold for contacts of `interval`.
    pub(super) fn of_mean(&self, interval: u32) -> usize {
        match interval {
            QueueTape::RUN_IN => self.facts.first,
            i => (i as usize).min(self.facts.intervals - 1),
        }
    }

    /// The further counters of the interval in which the contact joined queue `q`, if it counts and the queue has any.
    pub(super) fn more(&mut self, q: usize, contact: &Contact) -> Option<&mut More> {
        let counted = contact.joined >= self.facts.counted_from;
        let owner = self.facts.queues[q].owner;
        self.tally.queues[owner].more.get_mut(contact.interval as usize).filter(|_| counted)
    }
}
