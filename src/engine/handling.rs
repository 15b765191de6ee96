//! What agents do with contacts: take one up, work on everything in hand, finish, put aside, go home.
//!
//! Agents who hold one contact at a time are only counted: how long they are busy is known when they start. Those who
//! may hold several ([`hands`](super::hands)) are brought up to date whenever something about them changes.

use super::alarm::{Alarm, What};
use super::callback::Dialled;
use super::case::Left;
use super::desk::Desk;
use super::ends::Holds;
use super::facts::{Facts, Link};
use super::floor::Floor;
use super::hands::{Job, NO_SLOT, Phase, in_micros, in_units};
use super::ledger;
use super::tally::{Fate, Witness};
use super::tournament::NEVER;
use super::waiting::Contact;
use crate::units::Micros;
use std::cmp::Reverse;

impl Floor {
    /// A contact goes to an agent of the link's group, who has room for it.
    #[inline]
    pub(super) fn give<W: Witness>(&mut self, desk: &mut Desk<W>, link: &Link, contact: &Contact, t: u64) {
        let group = &desk.facts.groups[link.group];
        if !group.several {
            self.crews[link.group].idle -= 1;
            self.longest_idle_goes(link.group);
            return self.answer(desk, link, contact, t, None);
        }
        if let Some(agent) = self.hands[link.group].find(link.need, group.assign) {
            self.take_up(desk, link, contact, t, agent);
        }
    }

    /// An agent of a group that is only counted starts with the contact; `reuse` is the slot of one who has just finished.
    pub(super) fn answer<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: &Link,
        contact: &Contact,
        t: u64,
        reuse: Option<u32>,
    ) {
        if link.plain {
            return self.answer_plainly(desk, link, contact, t, reuse);
        }
        let facts = &desk.facts.queues[link.queue];
        let called;
        let contact = if facts.calls_back {
            match self.dial(desk, link, contact, t) {
                Dialled::Reached(contact) => {
                    called = contact;
                    &called
                }
                Dialled::InVain(time) => return self.occupy(desk, link, contact, t, t + time, reuse),
            }
        } else {
            contact
        };
        let (handle, wrap) = self.work(desk, link, contact, t);
        if facts.lines.is_some() {
            self.talking[facts.owner].push(Reverse(t + handle));
        }
        self.occupy(desk, link, contact, t, t + handle + wrap, reuse);
        self.answered(desk, link, contact, t, Micros(handle + wrap));
        if facts.answers_matter {
            self.handled(desk, link, contact, t + handle, None);
            self.cases.forget(contact.case_number());
        }
    }

    /// The same for a contact off the tape that nothing else can happen to.
    #[inline]
    pub(super) fn answer_plainly<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: &Link,
        contact: &Contact,
        t: u64,
        reuse: Option<u32>,
    ) {
        let (handle, wrap) = desk.work(link, contact);
        self.occupy(desk, link, contact, t, t + handle + wrap, reuse);
        let busy = Micros(handle + wrap);
        desk.end(link.queue, contact, t, Fate::Answered { group: link.group, busy });
    }

    /// An agent of a group that is only counted is busy with the contact.
    #[inline]
    fn occupy<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: &Link,
        contact: &Contact,
        t: u64,
        until: u64,
        reuse: Option<u32>,
    ) {
        let slot = reuse.unwrap_or_else(|| self.ends.begin(link.group, Holds::Agent));
        self.ends.set(link.group, slot, until, contact.place);
        let hint = self.interval();
        ledger::busy(desk.tally, desk.facts, link.group, t, until, hint);
        if self.crews[link.group].staying {
            ledger::overtime(desk.tally, desk.facts, link.group, t, until, hint);
        }
    }

    /// Writes down that a contact reached an agent.
    #[inline]
    fn answered<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: &Link,
        contact: &Contact,
        t: u64,
        busy: Micros,
    ) {
        if desk.facts.groups[link.group].paid_by_contact {
            ledger::paid(desk.tally, desk.facts, link.group, t);
        }
        self.leave(desk, link.queue, contact, t, Fate::Answered { group: link.group, busy });
    }

    /// Handle time and wrap-up of a contact that is taken up at `t`, µs.
    #[inline]
    fn work<W: Witness>(&self, desk: &Desk<W>, link: &Link, contact: &Contact, t: u64) -> (u64, u64) {
        let case = self.cases.get(contact.case_number());
        let (handle, wrap) = match case {
            Some(case) if case.leg > 0 => desk.work_of(link, contact, case),
            _ => desk.work(link, contact),
        };
        let handle = desk.facts.learned(link.group, handle, t);
        if case.is_none_or(|case| case.callback.is_none()) {
            return (handle, wrap);
        }
        let callback = desk.facts.queues[link.queue].journey.callback.as_ref();
        (callback.map_or(handle, |callback| callback.factor.of(Micros(handle)).0), wrap)
    }

    /// Agent number `agent` of the link's group, who may hold several, takes the contact up, or takes it up again.
    pub(super) fn take_up<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: &Link,
        contact: &Contact,
        t: u64,
        agent: u32,
    ) {
        self.take_in_hand(desk, link, contact, t, agent);
        self.regroup(desk, link.group, agent);
    }

    /// The same, the agent being regrouped later.
    fn take_in_hand<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: &Link,
        contact: &Contact,
        t: u64,
        agent: u32,
    ) {
        let again = self.cases.get(contact.case_number()).is_some_and(|case| case.left.is_some());
        let (contact, phase, left) = self.at_hand(desk, link, contact, t);
        self.catch_up(desk, link.group, agent, t);
        let number = self.hands[link.group].next_job();
        let one = &mut self.hands[link.group].agents[agent as usize];
        if one.jobs.is_empty() {
            self.crews[link.group].idle -= 1;
        }
        one.used += link.need;
        let (Left { work, rest, silences, .. }, wrap) = (left, left.wrap.unwrap_or(0));
        one.jobs.push(Job { contact, link: *link, phase, work, rest, silences, writes: 0, wrap, number });
        if phase.is_on_line() {
            self.on_line[desk.facts.queues[link.queue].owner] += 1;
        }
        if !again && phase == Phase::Talk {
            let busy = in_micros(work.saturating_add(rest)).saturating_add(wrap);
            self.answered(desk, link, &contact, t, Micros(busy));
        }
    }

    /// What is to be done with a contact that an agent takes up: the rest of it, all of it, or a call in vain.
    fn at_hand<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: &Link,
        contact: &Contact,
        t: u64,
    ) -> (Contact, Phase, Left) {
        if let Some(left) = self.cases.get_mut(contact.case_number()).and_then(|case| case.left.take()) {
            let phase = if left.wrap.is_some() { Phase::Talk } else { Phase::Wrap };
            return (self.resumed(desk, link.queue, contact, t), phase, left);
        }
        let calls_back = desk.facts.queues[link.queue].calls_back;
        let dialled = if calls_back { self.dial(desk, link, contact, t) } else { Dialled::Reached(*contact) };
        match dialled {
            Dialled::Reached(contact) => (contact, Phase::Talk, self.all_work(desk, link, &contact, t)),
            Dialled::InVain(time) => (*contact, Phase::Dial, Left::once(time, 0)),
        }
    }

    /// All the work of a contact that nobody has had in hand yet.
    fn all_work<W: Witness>(&self, desk: &Desk<W>, link: &Link, contact: &Contact, t: u64) -> Left {
        let (handle, wrap) = self.work(desk, link, contact, t);
        let (left, queue) = (Left::once(handle, wrap), &desk.facts.queues[link.queue]);
        match &queue.journey.silence {
            Some(silence) => left.up_to_silence(silence, &self.case_of(desk, contact), queue.owner),
            None => left,
        }
    }

    /// Counts an agent's work up to `t`.
    pub(super) fn catch_up<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, agent: u32, t: u64) {
        let (staying, hint) = (self.crews[g].staying, self.interval());
        let one = &mut self.hands[g].agents[agent as usize];
        if one.since == t {
            return;
        }
        let (load, since, late) = (one.jobs.len(), one.since, one.leaving || staying);
        one.progress(t, desk.facts.groups[g].rate(load));
        if load > 0 && t > since {
            ledger::busy(desk.tally, desk.facts, g, since, t, hint);
            ledger::loaded(desk.tally, desk.facts, g, load, since, t, hint);
            if late {
                ledger::overtime(desk.tally, desk.facts, g, since, t, hint);
            }
        }
    }

    /// After what an agent holds has changed: their next end is set, and they stand anew among the group, or go home.
    pub(super) fn regroup<W: Witness>(&mut self, desk: &Desk<W>, g: usize, agent: u32) {
        self.hands[g].changed(agent);
        let one = &mut self.hands[g].agents[agent as usize];
        if one.slot == NO_SLOT {
            one.slot = self.ends.begin(g, Holds::Known(agent));
        }
        let (before, now) = (self.ends.time_of(g, one.slot), one.since);
        let end = one.next_end(desk.facts.groups[g].rate(one.jobs.len()));
        one.first = end.map(|(_, j, _)| (one.since, j));
        match end {
            Some((at, _, place)) => self.ends.set(g, one.slot, at, place),
            None => self.ends.rest(g, one.slot),
        }
        if one.jobs.is_empty() && one.leaving && one.at_work {
            self.hands[g].send_home(agent);
        }
        if before > now && before < NEVER {
            self.put_off(desk.facts, g, before);
        }
    }

    /// An end that an agent of group `g` had ahead at `at` will come at another time, or not at all. Those who stay after
    /// a closing look up then all the same: who they stay for may have hung up since.
    fn put_off(&mut self, facts: &Facts, g: usize, at: u64) {
        let closes = || (self.boundary..=facts.interval_at(at)).any(|i| facts.groups[g].closes[i]);
        if self.crews[g].staying || (at >= facts.start_of(self.boundary) && closes()) {
            self.alarms.push(Alarm { at, place: 0, what: What::Looks { group: g as u32 } });
        }
    }

    /// A phase of an agent's work ends: the customer goes, or the wrap-up is done and there is room for another.
    pub(super) fn end_phase<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, agent: u32, t: u64) {
        let one = &self.hands[g].agents[agent as usize];
        let known = one.first.filter(|&(since, _)| since == one.since).map(|(_, j)| j);
        self.catch_up(desk, g, agent, t);
        let one = &self.hands[g].agents[agent as usize];
        let found = || one.next_end(desk.facts.groups[g].rate(one.jobs.len())).map(|(_, j, _)| j);
        let Some(j) = known.or_else(found) else { return self.regroup(desk, g, agent) };
        if one.jobs[j].rest > 0 {
            return self.fall_silent(desk, g, agent, j, t);
        }
        if one.jobs[j].phase == Phase::Talk {
            return self.end_talk(desk, g, agent, j, t);
        }
        self.lay_down(desk, g, agent, j);
        self.fill(desk, g, agent, t);
    }

    /// The customer goes; wrap-up follows, if there is any, or waiting for the second line.
    fn end_talk<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, agent: u32, j: usize, t: u64) {
        let job = &mut self.hands[g].agents[agent as usize].jobs[j];
        let (link, contact) = (job.link, job.contact);
        (job.phase, job.work) = (Phase::Wrap, in_units(job.wrap));
        let number = job.number;
        self.on_line[desk.facts.queues[link.queue].owner] -= 1;
        if desk.facts.queues[link.queue].answers_matter {
            let holder = super::case::Holder { group: g as u32, agent, job: number };
            self.handled(desk, &link, &contact, t, Some(holder));
        }
        let one = &self.hands[g].agents[agent as usize];
        let done =
            one.position(number).filter(|&j| one.jobs[j].phase == Phase::Wrap && one.jobs[j].work == 0);
        match done {
            Some(j) => {
                self.lay_down(desk, g, agent, j);
                self.fill(desk, g, agent, t);
            }
            None => self.regroup(desk, g, agent),
        }
    }

    /// An agent, brought up to date, has one contact less in hand.
    pub(super) fn put_down<W: Witness>(&mut self, desk: &Desk<W>, g: usize, agent: u32, j: usize) -> Job {
        let job = self.lay_down(desk, g, agent, j);
        self.regroup(desk, g, agent);
        job
    }

    /// The same, the agent being regrouped later: after looking for more work at the same instant.
    fn lay_down<W: Witness>(&mut self, desk: &Desk<W>, g: usize, agent: u32, j: usize) -> Job {
        let one = &mut self.hands[g].agents[agent as usize];
        let job = one.jobs.remove(j);
        one.used -= job.link.need;
        if job.phase.is_on_line() {
            self.on_line[desk.facts.queues[job.link.queue].owner] -= 1;
        }
        if one.jobs.is_empty() && !one.leaving {
            self.crews[g].idle += 1;
        }
        job
    }

    /// An agent with room takes whom they may, until the room or the lines are empty, and is regrouped; if idle at a
    /// closing, goes home.
    pub(super) fn fill<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, agent: u32, t: u64) {
        let capacity = desk.facts.groups[g].capacity;
        loop {
            let one = &self.hands[g].agents[agent as usize];
            if one.leaving || !one.at_work || one.used == capacity {
                break;
            }
            let room = capacity - one.used;
            let Some((link, contact)) = self.take(desk, g, t, room, self.crews[g].idle) else { break };
            self.take_in_hand(desk, link, &contact, t, agent);
        }
        self.regroup(desk, g, agent);
        self.look_up(desk, g, t);
    }

    /// A contact in an agent's hands is put aside and waits in its queue again, in order of arrival, with what is left
    /// to do; if its customer is silent, it waits for them.
    pub(super) fn put_aside<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        g: usize,
        agent: u32,
        j: usize,
        t: u64,
    ) {
        if self.hands[g].agents[agent as usize].jobs[j].phase == Phase::Silent {
            return self.park(desk, g, agent, j, t);
        }
        let job = self.put_down(desk, g, agent, j);
        let contact = self.keep_work(desk, &job);
        self.queues.put_back(job.link.queue, contact);
    }

    /// Writes down what is left to do of a job that was put down; the contact hangs up no more.
    pub(super) fn keep_work<W: Witness>(&mut self, desk: &Desk<W>, job: &Job) -> Contact {
        let mut contact = Contact { expires: u64::MAX, ..job.contact };
        let &Job { work, rest, silences, .. } = job;
        let wrap = job.phase.is_on_line().then_some(job.wrap);
        self.note(desk, &mut contact, |case| case.left = Some(Left { work, rest, silences, wrap }));
        contact
    }

    /// A live contact that nobody is free for interrupts an agent, if it may. Whether it did.
    pub(super) fn interrupt_for<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        q: usize,
        contact: &Contact,
        t: u64,
    ) -> bool {
        let waited = t - contact.joined;
        if desk.facts.queues[q].deferred {
            return false;
        }
        for link in &desk.facts.queues[q].route {
            let may_not = link.filler || link.reserve > 0 || link.after > waited;
            let leaves = self.crews[link.group].staying && !self.worth_staying(desk.facts, q);
            if may_not || leaves || !desk.facts.groups[link.group].has_filler {
                continue;
            }
            let Some(agent) = self.interruptible(desk, link) else { continue };
            self.catch_up(desk, link.group, agent, t);
            self.make_room(desk, link, agent, t);
            self.take_up(desk, link, contact, t, agent);
            for other in desk.facts.groups[link.group].serves.iter().filter(|other| other.stops) {
                self.offer_again(desk, other.queue, t);
            }
            return true;
        }
        false
    }

    /// An agent, brought up to date, puts aside what was begun last until there is room for a contact of the link.
    fn make_room<W: Witness>(&mut self, desk: &mut Desk<W>, link: &Link, agent: u32, t: u64) {
        while self.hands[link.group].agents[agent as usize].used + link.need
            > desk.facts.groups[link.group].capacity
        {
            let jobs = &self.hands[link.group].agents[agent as usize].jobs;
            let last = (0..jobs.len()).filter(|&j| may_stop(&jobs[j])).max_by_key(|&j| jobs[j].number);
            let Some(j) = last else { break };
            self.put_aside(desk, link.group, agent, j, t);
        }
    }

    /// Work has gone back to queue `q`: agents who are idle elsewhere may take it.
    fn offer_again<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, t: u64) {
        self.resolve_head(desk, q, t);
        while let Some(head) = self.queues[q].head() {
            let Some(link) = self.idle_agent_after(desk.facts, q, t - head.joined) else { break };
            let Some(contact) = self.queues.pop(q) else { break };
            self.give(desk, link, &contact, t);
        }
    }

    /// The agent of the link's group who can make room by putting work aside: who began theirs last.
    fn interruptible<W: Witness>(&self, desk: &Desk<W>, link: &Link) -> Option<u32> {
        let capacity = desk.facts.groups[link.group].capacity;
        let agents = self.hands.get(link.group)?.agents.iter().enumerate();
        let able = agents.filter(|(_, one)| {
            let kept: u32 = one.jobs.iter().filter(|job| !may_stop(job)).map(|job| job.link.need).sum();
            one.at_work && !one.leaving && kept + link.need <= capacity && one.jobs.iter().any(may_stop)
        });
        let began = |jobs: &[Job]| jobs.iter().filter(|job| may_stop(job)).map(|job| job.number).max();
        able.max_by_key(|(_, one)| began(&one.jobs)).map(|(agent, _)| agent as u32)
    }

    /// An agent who waited for somebody is free to finish: the wrap-up follows.
    pub(super) fn release<W: Witness>(&mut self, desk: &mut Desk<W>, holder: super::case::Holder, t: u64) {
        let (g, agent) = (holder.group as usize, holder.agent);
        let one = &self.hands[g].agents[agent as usize];
        let Some(j) = one.position(holder.job).filter(|&j| one.jobs[j].phase == Phase::Held) else { return };
        // Who waits at the end of the run is found out when everything else is over.
        let t = t.max(one.since);
        self.catch_up(desk, g, agent, t);
        let job = &mut self.hands[g].agents[agent as usize].jobs[j];
        (job.phase, job.work) = (Phase::Wrap, in_units(job.wrap));
        if job.work == 0 {
            self.lay_down(desk, g, agent, j);
            self.fill(desk, g, agent, t);
        } else {
            self.regroup(desk, g, agent);
        }
    }

    /// Counts everybody's work up to the boundary at `t`.
    pub(super) fn count_work<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64) {
        for g in 0..self.hands.len() {
            for agent in 0..self.hands[g].agents.len() {
                self.catch_up(desk, g, agent as u32, t);
            }
        }
    }

    /// Sets an alarm.
    pub(super) fn alarm(&mut self, at: u64, contact: &Contact, what: What) {
        self.alarms.push(Alarm { at, place: contact.place, what });
    }
}

/// Whether the job can be put aside for a live contact.
fn may_stop(job: &Job) -> bool {
    job.link.stops && matches!(job.phase, Phase::Talk | Phase::Wrap | Phase::Silent)
}
