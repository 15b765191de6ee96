//! What a contact hears that would have to wait: how long it will take, and perhaps the offer of a callback.

use super::desk::Desk;
use super::facts::QueueFacts;
use super::floor::Floor;
use super::tally::{Fate, Witness};
use super::waiting::Contact;
use crate::model::{Announced, Offer};
use crate::random::{Purpose, later};
use crate::units::Micros;

impl Floor {
    /// A contact for whom nobody is free in queue `q` hears what there is to hear: it accepts a callback, hangs up at
    /// once, or joins the line.
    pub(super) fn tell<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        q: usize,
        mut contact: Contact,
        balks: bool,
    ) {
        let facts = &desk.facts.queues[q];
        let expected = self.expected_wait(desk.facts, q, desk.of_mean(contact.interval));
        let case = self.case_of(desk, &contact);
        let coin = |purpose, share| later::coin(case.seed, case.leg, q, purpose, share);
        if let Some(callback) = &facts.journey.callback
            && self.is_offered(callback.offer, q, expected)
            && coin(Purpose::Offered, callback.share)
        {
            desk.more(q, &contact).into_iter().for_each(|more| more.callbacks_offered += 1);
            if coin(Purpose::Accepts, callback.accept.at(expected)) {
                let accepted = self.accept(desk, q, contact);
                return self.wait_for_call(desk, facts.callbacks.unwrap_or(q), accepted);
            }
        }
        let announced = facts.journey.announced.as_ref();
        let balk = announced.and_then(|announced| announced.balk.as_ref());
        if balk.map_or(balks, |curve| coin(Purpose::Balk, curve.at(expected))) {
            return self.leave(desk, q, &contact, contact.joined, Fate::Balked);
        }
        if is_told(facts) && expected < Micros::NEVER {
            self.note(desk, &mut contact, |case| case.announced = Some(expected.0));
        }
        if let Some(announced) = announced {
            contact.expires = patience(announced, &contact, expected);
        }
        self.join(facts, q, contact);
        if facts.receives_warm {
            self.let_go(desk, q, &contact, contact.joined);
        }
    }

    /// Whether the state of the line asks for the offer.
    fn is_offered(&self, offer: Offer, q: usize, expected: Micros) -> bool {
        match offer {
            Offer::Always => true,
            Offer::Waiting(least) => self.queues[q].len() >= least as usize,
            Offer::ExpectedWait(least) => expected >= least,
        }
    }
}

/// Whether the expected wait is announced, or decides about offers, so that it is compared with the real one.
fn is_told(facts: &QueueFacts) -> bool {
    let by_wait = |offer: Offer| matches!(offer, Offer::ExpectedWait(_));
    facts.journey.announced.is_some()
        || facts.journey.callback.as_ref().is_some_and(|callback| by_wait(callback.offer))
}

/// When the contact hangs up that has heard the expected wait, µs.
fn patience(announced: &Announced, contact: &Contact, expected: Micros) -> u64 {
    match &announced.patience {
        Some(curve) if contact.expires < u64::MAX => {
            let patience = Micros(contact.expires - contact.joined).as_secs_f64();
            contact.joined.saturating_add(Micros::from_secs_f64(patience * curve.at(expected)).0)
        }
        _ => contact.expires,
    }
}
