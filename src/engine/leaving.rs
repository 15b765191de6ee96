//! What follows when a contact leaves its queue or has been handled: the customer comes again, is passed on, is asked
//! something. All of it is off unless the queue's [`Journey`](crate::model::Journey) says otherwise.
//!
//! Nothing here consumes a stream: coins and times are pure functions of the contact's private seed.

use super::alarm::What;
use super::case::{Case, Holder, Origin};
use super::desk::Desk;
use super::facts::{Facts, Link};
use super::floor::Floor;
use super::hands::Phase;
use super::ledger;
use super::tally::{Fate, Resolved, Witness};
use super::waiting::Contact;
use crate::model::{AskBack, Clock, Return};
use crate::random::{Purpose, later};
use crate::units::Micros;

impl Floor {
    /// Writes down a contact's end in queue `q`, and sees to what follows from it.
    #[inline]
    pub(super) fn leave<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        q: usize,
        contact: &Contact,
        left: u64,
        fate: Fate,
    ) {
        if desk.facts.queues[q].counts_more {
            self.leave_and_follow(desk, q, contact, left, fate);
        } else {
            desk.end(q, contact, left, fate);
        }
    }

    /// The same where something may follow.
    #[inline(never)]
    fn leave_and_follow<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        q: usize,
        contact: &Contact,
        left: u64,
        fate: Fate,
    ) {
        let facts = &desk.facts.queues[q];
        let case = self.case_of(desk, contact);
        let gone = Gone { queue: q, contact, case: &case, at: left };
        if case.callback.is_some() {
            return self.leave_callback_line(desk, &gone, fate);
        }
        if fate == Fate::Unfinished && !self.only_wraps_up(contact) {
            ledger::open_at_end(desk, &gone, desk.facts.end(), case.left.is_some() || case.touches > 0);
        }
        if case.left.is_some() {
            // Answered before, put aside and never finished.
            return;
        }
        desk.end(q, contact, left, fate);
        ledger::more(desk, &gone, fate);
        let journey = &facts.journey;
        match fate {
            Fate::Abandoned | Fate::Balked => {
                self.come_back(desk, journey.redial.as_ref(), Origin::Redial, &gone, 1.0);
            }
            Fate::Blocked => {
                self.come_back(desk, journey.redial_blocked.as_ref(), Origin::RedialBlocked, &gone, 1.0);
            }
            Fate::Answered { .. } => self.remember(facts, q, left - contact.joined),
            _ => {}
        }
        if let Some(holder) = case.warm.filter(|_| fate != Fate::MovedOn) {
            self.handed_over(desk, holder, &gone, fate);
        }
        let lost = !matches!(fate, Fate::Answered { .. } | Fate::Callback | Fate::MovedOn);
        if lost && journey.chase.is_none() {
            self.cases.forget(contact.case_number());
        } else if lost || fate == Fate::MovedOn {
            // Nobody calls after an item that is not here any more.
            self.cases.get_mut(contact.case_number()).into_iter().for_each(|case| case.closed = true);
        }
    }

    /// The customer may come back. Whether they will (or would, but for the end of the run).
    pub(super) fn come_back<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        back: Option<&Return>,
        origin: Origin,
        gone: &Gone<'_>,
        factor: f64,
    ) -> bool {
        let Some(back) = back else { return false };
        let kind = origin as usize - 1;
        let mut next = gone.case.follow(origin);
        next.returns[kind] += 1;
        if back.most.is_some_and(|most| next.returns[kind] > most) {
            return false;
        }
        let q = back.to.0;
        if !later::coin(next.seed, next.leg, q, Purpose::Returns, (back.probability * factor).min(1.0)) {
            return false;
        }
        let i = desk.of_mean(gone.contact.interval);
        let after = later::duration(next.seed, next.leg, q, Purpose::Delay, &back.after, i);
        // Who hung up is written down a microsecond later, after everybody else of that instant.
        let due = gone.at.saturating_add(after.0).max(gone.at + 1);
        match opens_for(desk.facts, q, due, &next) {
            Some(due) => self.send(due, q, gone.contact, next),
            None => {
                if let Some(more) = desk.more(gone.queue, gone.contact) {
                    more.unseen += 1;
                }
            }
        }
        true
    }

    /// A contact will come to queue `q` at `due`.
    pub(super) fn send(&mut self, due: u64, q: usize, contact: &Contact, case: Case) {
        let case = self.cases.file(case);
        self.alarm(due, contact, What::Comes { queue: q as u32, home: contact.home, k: contact.k, case });
    }

    /// A contact that was sent comes.
    pub(super) fn comes<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64, place: u64, what: What) {
        let What::Comes { queue, home, k, case } = what else { return };
        let Some(&sent) = self.cases.get(case) else { return };
        self.cases.forget(case);
        let from = Contact { joined: t, expires: u64::MAX, place, home, k, case: 0, interval: 0 };
        self.come(desk, queue as usize, &from, sent, t);
    }

    /// Agent and customer are done with each other at `t`: the case ends, is passed on, or waits for the customer.
    /// `holder` is who had it, where that agent may stay with it.
    pub(super) fn handled<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: &Link,
        contact: &Contact,
        t: u64,
        holder: Option<Holder>,
    ) {
        let facts = &desk.facts.queues[link.queue];
        if let Some(case) = self.cases.get_mut(contact.case_number()) {
            case.closed = true;
        }
        let mut case = self.case_of(desk, contact);
        case.touches += 1;
        if case.touches == 1 {
            desk.more(link.queue, contact).into_iter().for_each(|more| more.first_touches += 1);
        }
        let coin = |purpose, share| later::coin(case.seed, case.leg, facts.owner, purpose, share);
        let after = desk.facts.groups[link.group].afterwards[facts.owner];
        if let Some(transfer) =
            facts.journey.transfer.as_ref().filter(|_| coin(Purpose::Transfer, after.passes_on))
        {
            let warm = transfer.warm.as_ref().and(holder);
            self.hold(warm);
            let next = Case {
                began: case.began,
                stopped: case.stopped,
                touches: case.touches,
                passed: true,
                warm,
                ..case.follow(Origin::Transfer)
            };
            return self.send(t, transfer.to.0, contact, next);
        }
        let gone = Gone { queue: link.queue, contact, case: &case, at: t };
        if let Some(ask) =
            facts.journey.ask_back.as_ref().filter(|ask| coin(Purpose::AskBack, ask.probability))
        {
            return self.ask(desk, ask, &gone);
        }
        let repeat = facts.journey.repeat.as_ref();
        let again = self.come_back(desk, repeat, Origin::Repeat, &gone, after.repeat_factor);
        resolved(desk, &gone, again);
    }

    /// The customer is asked something: the case comes back with the answer, its clock having stood still.
    fn ask<W: Witness>(&mut self, desk: &mut Desk<W>, ask: &AskBack, gone: &Gone<'_>) {
        let (q, case) = (desk.facts.queues[gone.queue].owner, gone.case);
        let i = desk.of_mean(gone.contact.interval);
        let next = case.follow(Origin::Reply);
        let after = later::duration(next.seed, next.leg, q, Purpose::Delay, &ask.after, i).0;
        let Some(back) = opens_for(desk.facts, q, gone.at.saturating_add(after), &next) else {
            desk.more(gone.queue, gone.contact).into_iter().for_each(|more| more.unseen += 1);
            return ledger::open_at_end(desk, gone, gone.at, true);
        };
        let open =
            |t| if desk.facts.queues[q].open_before.is_empty() { 0 } else { desk.facts.open_time(q, t) };
        let stopped = [case.stopped[0] + (back - gone.at), case.stopped[1] + (open(back) - open(gone.at))];
        let (began, cohort, touches) = (case.began, case.cohort, case.touches);
        self.send(back, q, gone.contact, Case { began, cohort, stopped, touches, passed: true, ..next });
    }

    /// A contact that somebody waits with has joined the line of queue `q`. Where nobody at work could ever answer,
    /// because they all wait likewise or nobody is there, the first agent lets go: the transfer is a cold one.
    pub(super) fn let_go<W: Witness>(&mut self, desk: &Desk<W>, q: usize, contact: &Contact, t: u64) {
        let Some(holder) = self.cases.get(contact.case_number()).and_then(|case| case.warm) else { return };
        if !self.could_answer(desk.facts, q) {
            self.alarm(t, contact, What::Release(holder));
        }
    }

    /// Whether somebody at work could take a contact of queue `q` once they are done with all that can be done.
    fn could_answer(&self, facts: &Facts, q: usize) -> bool {
        facts.queues[q].route.iter().any(|link| {
            let group = &facts.groups[link.group];
            if !group.several {
                return self.crews[link.group].present > 0;
            }
            let here = self.hands[link.group].agents.iter().filter(|one| one.at_work && !one.leaving);
            here.into_iter().any(|one| one.held() + link.need <= group.capacity)
        })
    }

    /// The agent stays with a contact until the second line has answered.
    fn hold(&mut self, holder: Option<Holder>) {
        let Some(holder) = holder else { return };
        let one = &mut self.hands[holder.group as usize].agents[holder.agent as usize];
        if let Some(j) = one.position(holder.job) {
            one.jobs[j].phase = Phase::Held;
        }
    }

    /// The second line answered, or the customer is gone: who stayed with them is released, after the handover.
    fn handed_over<W: Witness>(&mut self, desk: &Desk<W>, holder: Holder, gone: &Gone<'_>, fate: Fate) {
        let one = &self.hands[holder.group as usize].agents[holder.agent as usize];
        let Some(j) = one.position(holder.job) else { return };
        let from = desk.facts.queues[one.jobs[j].link.queue].owner;
        let warm =
            desk.facts.queues[from].journey.transfer.as_ref().and_then(|transfer| transfer.warm.as_ref());
        let answered = matches!(fate, Fate::Answered { .. });
        let stays = warm.filter(|_| answered).map_or(1, |law| {
            let i = desk.of_mean(gone.contact.interval);
            later::duration(gone.case.seed, gone.case.leg, from, Purpose::Handover, law, i).0
        });
        self.alarm(gone.at + stays, gone.contact, What::Release(holder));
    }
}

/// A case ends.
fn resolved<W: Witness>(desk: &mut Desk<W>, gone: &Gone<'_>, again: bool) {
    let case = gone.case;
    let took = clocked(desk.facts, gone, gone.at, Clock::Elapsed);
    ledger::resolved(desk, gone, took, !again && !case.passed);
    let facts = desk.facts;
    let counted = facts.counts(case.cohort as usize);
    desk.witness.resolved(&Resolved {
        queue: facts.queues[gone.queue].owner,
        began: Micros(case.began),
        took: Micros(took),
        touches: case.touches,
        counted,
    });
}

/// Time from a case's first arrival to `t` by a clock, without the time the customer was asked, µs.
pub(super) fn clocked(facts: &Facts, gone: &Gone<'_>, t: u64, clock: Clock) -> u64 {
    let case = gone.case;
    match clock {
        Clock::Elapsed => t.saturating_sub(case.began).saturating_sub(case.stopped[0]),
        Clock::Business => {
            let open = |t| facts.open_time(gone.queue, t);
            open(t).saturating_sub(open(case.began)).saturating_sub(case.stopped[1])
        }
    }
}

/// Who left a queue, when, and what is known about them.
pub(super) struct Gone<'a> {
    pub(super) queue: usize,
    pub(super) contact: &'a Contact,
    pub(super) case: &'a Case,
    /// When, µs.
    pub(super) at: u64,
}

/// When somebody who would come at `due` finds the queue open: then, or at a random moment of its next opening.
/// Nothing after the end of the run.
pub(super) fn opens_for(facts: &Facts, q: usize, due: u64, case: &Case) -> Option<u64> {
    let queue = &facts.queues[q];
    if due >= facts.end() {
        return None;
    }
    let i = facts.interval_at(due);
    if queue.open[i] || queue.deferred || due < facts.start_of(facts.first) {
        return Some(due);
    }
    let first = (i..facts.intervals).find(|&i| queue.open[i])?;
    let last = (first..=facts.intervals).find(|&i| !queue.open[i])?;
    let length = facts.start_of(last) - facts.start_of(first);
    let share = later::uniform(case.seed, case.leg, q, Purpose::Opening);
    Some(facts.start_of(first) + ((length as f64 * share) as u64).min(length - 1))
}
