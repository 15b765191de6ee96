//! Messaging sessions whose customer falls silent now and then.
//!
//! Silences come after stretches of work, not of time on the clock, so that they fall at the same places of a session
//! whoever works on it and however much else they have in hand. For a while the place stays taken and nothing
//! progresses; then the session is parked and its place is free. When the customer writes again, the session goes to
//! the person who had it, if they are still there and have room; else it comes back to its queue like any contact and
//! joins the line now: the customer has not waited for anybody before. Nobody who comes back is blocked or hangs up.

use super::alarm::What;
use super::case::{Case, Holder, Left, Parked};
use super::desk::Desk;
use super::facts::Link;
use super::floor::Floor;
use super::hands::{Phase, in_units};
use super::leaving::Gone;
use super::ledger;
use super::tally::{Fate, Witness};
use super::waiting::Contact;
use crate::model::Silence;
use crate::random::{Purpose, later};

impl Left {
    /// Work of `time` µs and `wrap` µs of wrap-up, with no silence in it.
    pub(super) fn once(time: u64, wrap: u64) -> Self {
        Self { work: in_units(time), rest: 0, silences: 0, wrap: Some(wrap) }
    }

    /// The same work, cut where the customer falls silent next.
    pub(super) fn up_to_silence(self, silence: &Silence, case: &Case, queue: usize) -> Self {
        let all = self.work.saturating_add(self.rest);
        let number = Purpose::Stretch(self.silences as usize);
        let stretch = later::exponential_of(silence.every, case.seed, case.leg, queue, number);
        let work = in_units(stretch.0.max(1)).min(all);
        Self { work, rest: all - work, ..self }
    }
}

impl Floor {
    /// The customer of an agent's job, the agent brought up to date, falls silent at `t`.
    pub(super) fn fall_silent<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        g: usize,
        agent: u32,
        j: usize,
        t: u64,
    ) {
        let job = &self.hands[g].agents[agent as usize].jobs[j];
        let (contact, number, silences) = (job.contact, job.number, job.silences);
        let q = desk.facts.queues[job.link.queue].owner;
        let Some(silence) = &desk.facts.queues[q].journey.silence else { return };
        let left = Left { work: job.rest, rest: 0, silences: silences + 1, wrap: None };
        let case = self.case_of(desk, &contact);
        let left = left.up_to_silence(silence, &case, q);
        let (purpose, i) = (Purpose::Silence(silences as usize), desk.of_mean(contact.interval));
        let lasts = later::duration(case.seed, case.leg, q, purpose, &silence.lasts, i).0;
        let one = &mut self.hands[g].agents[agent as usize];
        let job = &mut one.jobs[j];
        (job.phase, job.writes) = (Phase::Silent, t.saturating_add(lasts));
        (job.work, job.rest, job.silences) = (left.work, left.rest, left.silences);
        if one.leaving {
            return self.park(desk, g, agent, j, t);
        }
        let holder = Holder { group: g as u32, agent, job: number };
        self.alarm(t.saturating_add(lasts.min(silence.park_after.0)), &contact, What::Silent(holder));
        self.regroup(desk, g, agent);
    }

    /// A customer writes again, or has been silent for so long that the session is parked.
    pub(super) fn silence_over<W: Witness>(&mut self, desk: &mut Desk<W>, holder: Holder, t: u64) {
        let (g, agent) = (holder.group as usize, holder.agent);
        let one = &self.hands[g].agents[agent as usize];
        let Some(j) = one.position(holder.job).filter(|&j| one.jobs[j].phase == Phase::Silent) else {
            return;
        };
        self.catch_up(desk, g, agent, t);
        let job = &mut self.hands[g].agents[agent as usize].jobs[j];
        if job.writes <= t {
            job.phase = Phase::Talk;
            return self.regroup(desk, g, agent);
        }
        self.park(desk, g, agent, j, t);
        self.fill(desk, g, agent, t);
    }

    /// The session of a silent customer leaves the hands of an agent who was brought up to date.
    pub(super) fn park<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, agent: u32, j: usize, t: u64) {
        let job = self.put_down(desk, g, agent, j);
        let contact = self.keep_work(desk, &job);
        let q = desk.facts.queues[job.link.queue].owner;
        let Some(case) = self.cases.get_mut(contact.case_number()) else { return };
        let with = Holder { group: g as u32, agent, job: job.number };
        case.parked = Some(Parked { with, joined: contact.joined, interval: contact.interval });
        let end = desk.facts.end();
        if job.writes >= end {
            return ledger::open_at_end(desk, &Gone { queue: q, contact: &contact, case, at: t }, end, true);
        }
        let Contact { home, k, case, .. } = contact;
        self.alarm(job.writes, &contact, What::Writes { queue: q as u32, home, k, case });
    }

    /// The customer of a parked session writes again.
    pub(super) fn writes_again<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64, place: u64, what: What) {
        let What::Writes { queue, home, k, case } = what else { return };
        let (q, expires) = (queue as usize, u64::MAX);
        let contact = Contact { joined: t, expires, place, home, k, case, interval: 0 };
        let Some(parked) = self.parked(&contact) else { return };
        let contact = Contact { interval: parked.interval, ..contact };
        if desk.facts.queues[q].exact_length {
            self.resolve_expired(desk, q, t);
        }
        if let Some((link, agent)) = self.same_agent(desk, q, parked.with) {
            return self.take_up(desk, link, &contact, t, agent);
        }
        if let Some(link) = self.idle_agent(desk.facts, q) {
            return self.give(desk, link, &contact, t);
        }
        if desk.facts.interrupts && self.interrupt_for(desk, q, &contact, t) {
            return;
        }
        if !self.can_ever_be_taken(desk, q) {
            return self.leave(desk, q, &contact, t, Fate::Unfinished);
        }
        self.join(&desk.facts.queues[q], q, contact);
    }

    /// The person who had a parked session, if they can go on with it.
    fn same_agent<'a, W: Witness>(
        &self,
        desk: &Desk<'a, W>,
        q: usize,
        with: Holder,
    ) -> Option<(&'a Link, u32)> {
        let g = with.group as usize;
        let link = desk.facts.queues[q].route.iter().find(|link| link.group == g)?;
        let stays = !self.crews[g].staying || self.worth_staying(desk.facts, q);
        let agent = self.hands[g].still_there(with.agent, with.job, link.need).filter(|_| stays)?;
        Some((link, agent))
    }

    /// What is known about a session that is parked, or back and waiting since.
    pub(super) fn parked(&self, contact: &Contact) -> Option<Parked> {
        self.cases.get(contact.case_number())?.parked
    }

    /// A contact with work left is taken up at `t`; if it was parked, the customer's wait is over. As it joined first.
    pub(super) fn resumed<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        q: usize,
        contact: &Contact,
        t: u64,
    ) -> Contact {
        let case = self.cases.get_mut(contact.case_number());
        let Some(parked) = case.and_then(|case| case.parked.take()) else { return *contact };
        let session = Contact { joined: parked.joined, interval: parked.interval, ..*contact };
        ledger::resumed(desk, q, &session, t - contact.joined);
        session
    }
}
