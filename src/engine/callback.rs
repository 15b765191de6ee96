//! Callbacks (rule 9): who would have to wait, or comes while closed, is called back instead.
//!
//! Accepting is the contact's end as far as waiting on the line goes. From then on it waits for a call, in its queue's
//! line or in one of its own (`Facts` appends that one behind the model's queues). An agent who takes it up dials: the
//! call connects and is handled like any other, or reaches nobody; then the contact joins the end of its line again
//! after a while, until the attempts are used up. All of it counts where and when the callback was accepted.

use super::alarm::What;
use super::desk::Desk;
use super::facts::{Facts, Link};
use super::floor::Floor;
use super::leaving::Gone;
use super::ledger;
use super::tally::{Call, Fate, Witness};
use super::waiting::{Contact, Waiting};
use crate::model::{AtClose, AtEnd};
use crate::random::{Purpose, later};
use crate::units::Micros;

/// What comes of taking up a contact that may have to be called.
pub(super) enum Dialled {
    /// Customer and agent talk. The contact is as it came, whenever it joined its line since.
    Reached(Contact),
    /// Nobody answers; the agent has been dialling for so long, µs.
    InVain(u64),
}

impl What {
    /// The contact waits to be called, in line number `line`.
    pub(super) fn calls(line: usize, contact: &Contact) -> Self {
        let Contact { home, k, case, interval, .. } = *contact;
        Self::Calls { queue: line as u32, home, k, case, interval }
    }
}

impl Floor {
    /// When the contact accepted the callback that it waits for.
    pub(super) fn accepted_at(&self, contact: &Contact) -> Option<u64> {
        self.cases.get(contact.case_number()).and_then(|case| case.callback)
    }

    /// A contact of queue `q` accepts a callback and hangs up.
    pub(super) fn accept<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        q: usize,
        mut contact: Contact,
    ) -> Contact {
        let t = contact.joined;
        self.leave(desk, q, &contact, t, Fate::Callback);
        self.note(desk, &mut contact, |case| (case.callback, case.warm) = (Some(t), None));
        contact.expires = u64::MAX;
        contact
    }

    /// Who accepted a callback joins the end of line number `line`.
    pub(super) fn wait_for_call<W: Witness>(&mut self, desk: &Desk<W>, line: usize, contact: Contact) {
        self.kept[line] += 1;
        self.join(&desk.facts.queues[line], line, contact);
    }

    /// The time has come to wait for a call, after an attempt in vain or at an opening; perhaps somebody is free at once.
    pub(super) fn waits_again<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64, place: u64, what: What) {
        let What::Calls { queue, home, k, case, interval } = what else { return };
        let line = queue as usize;
        let contact = Contact { joined: t, expires: u64::MAX, place, home, k, case, interval };
        if is_over(desk.facts, line, t) || !self.can_ever_be_taken(desk, line) {
            return self.never_called(desk, line, &contact, t);
        }
        match self.idle_agent(desk.facts, line) {
            Some(link) => {
                self.kept[line] += 1;
                self.give(desk, link, &contact, t);
            }
            None => self.wait_for_call(desk, line, contact),
        }
    }

    /// An agent takes a contact up: if it waits for a call, the agent dials.
    pub(super) fn dial<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: &Link,
        contact: &Contact,
        t: u64,
    ) -> Dialled {
        let queue = &desk.facts.queues[link.queue];
        let accepted = self.accepted_at(contact);
        let (Some(accepted), Some(callback)) = (accepted, &queue.journey.callback) else {
            return Dialled::Reached(*contact);
        };
        self.kept[link.queue] -= 1;
        let mut came = Contact { joined: accepted, ..*contact };
        self.note(desk, &mut came, |case| case.dialled += 1);
        let case = self.case_of(desk, &came);
        let attempt = case.dialled as usize;
        if later::coin(case.seed, case.leg, queue.owner, Purpose::Reached(attempt), callback.reached) {
            return Dialled::Reached(came);
        }
        let i = desk.of_mean(contact.interval);
        let draw = |purpose, law| later::duration(case.seed, case.leg, queue.owner, purpose, law, i);
        let dialling =
            callback.dialling.as_ref().map_or(Micros::ZERO, |law| draw(Purpose::Dialling(attempt), law));
        let last = case.dialled >= callback.attempts;
        if !last {
            let retry = draw(Purpose::Retry(attempt), &callback.retry_after);
            let again = t.saturating_add(dialling.0).saturating_add(retry.0);
            self.alarm(again, contact, What::calls(link.queue, contact));
        }
        let gone = Gone { queue: link.queue, contact: &came, case: &case, at: t };
        ledger::called(desk, &gone, Call::InVain { group: link.group, busy: dialling, last });
        Dialled::InVain(dialling.0)
    }

    /// Who accepted a callback leaves the line: connected, or never to be called.
    pub(super) fn leave_callback_line<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        gone: &Gone<'_>,
        fate: Fate,
    ) {
        let Fate::Answered { group, busy } = fate else {
            self.kept[gone.queue] -= 1;
            return self.never_called(desk, gone.queue, gone.contact, gone.at);
        };
        // From now on it is a contact like any other.
        if let Some(case) = self.cases.get_mut(gone.contact.case_number()) {
            case.callback = None;
        }
        ledger::called(desk, gone, Call::Connected { group, busy });
    }

    /// Nobody will call who accepted a callback and is in no line.
    pub(super) fn never_called<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        line: usize,
        contact: &Contact,
        t: u64,
    ) {
        let case = self.case_of(desk, contact);
        let came = Contact { joined: case.callback.unwrap_or(contact.joined), ..*contact };
        let gone = Gone { queue: line, contact: &came, case: &case, at: t };
        ledger::called(desk, &gone, Call::Unfinished);
    }

    /// Whether anybody who accepted a callback before that moment still waits for it.
    pub(super) fn anyone_to_call_since_before(&self, moment: u64) -> bool {
        let before = |case: u32| {
            let case = self.cases.get(case & !Contact::ELSEWHERE);
            case.and_then(|case| case.callback).is_some_and(|accepted| accepted < moment)
        };
        let mut in_line = self.queues.iter().flat_map(Waiting::all);
        let mut later = self.alarms.keys().iter();
        in_line.any(|contact| before(contact.case))
            || later.any(|alarm| matches!(alarm.what, What::Calls { case, .. } if before(case)))
    }
}

/// Whether a closing or the end of the run has dropped who waited in the line.
fn is_over(facts: &Facts, line: usize, t: u64) -> bool {
    let queue = &facts.queues[line];
    let closed = !queue.open[facts.interval_at(t)];
    (closed && queue.at_close == AtClose::Drop) || (t >= facts.end() && facts.at_end == AtEnd::Drop)
}
