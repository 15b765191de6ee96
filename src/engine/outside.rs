//! Who comes while the queue is closed. Deferred work never does: it may always join.

use super::alarm::What;
use super::desk::Desk;
use super::facts::Facts;
use super::floor::Floor;
use super::tally::{Fate, Witness};
use super::waiting::Contact;
use crate::model::Outside;

impl Floor {
    /// A contact finds queue `q` closed: it is turned away, leaves a message, or is called back from the next opening on.
    pub(super) fn comes_while_closed<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, contact: &Contact) {
        let t = contact.joined;
        match desk.facts.queues[q].outside {
            Outside::TurnedAway | Outside::Bot => self.leave(desk, q, contact, t, Fate::TurnedAway),
            Outside::Voicemail(to) => {
                self.leave(desk, q, contact, t, Fate::MovedOn);
                let case = self.moved(desk, contact);
                self.come(desk, to.0, contact, case, t);
            }
            Outside::Callback => self.called_at_opening(desk, q, contact),
        }
    }

    /// The contact accepts a callback and joins its line when the queue opens next; if it never does, nobody calls.
    fn called_at_opening<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, contact: &Contact) {
        desk.more(q, contact).into_iter().for_each(|more| more.callbacks_offered += 1);
        let accepted = self.accept(desk, q, *contact);
        let line = desk.facts.queues[q].callbacks.unwrap_or(q);
        match next_opening(desk.facts, q, contact.joined) {
            Some(at) => self.alarm(at, &accepted, What::calls(line, &accepted)),
            None => self.never_called(desk, line, &accepted, contact.joined),
        }
    }
}

/// When a queue that is closed at `t` opens next.
fn next_opening(facts: &Facts, q: usize, t: u64) -> Option<u64> {
    let first = (facts.interval_at(t)..facts.intervals).find(|&i| facts.queues[q].open[i])?;
    Some(facts.start_of(first))
}
