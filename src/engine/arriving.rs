//! A contact comes: off the tape, from another queue, or back. It is blocked, answered, sent away, or joins the line.

use super::alarm::{Alarm, What};
use super::case::{Case, Origin};
use super::desk::Desk;
use super::facts::{Link, QueueFacts};
use super::floor::Floor;
use super::tally::{Fate, Witness};
use super::waiting::Contact;
use super::{QueueTape, Tape};
use crate::random::{Purpose, later};

impl Floor {
    /// The contact that stands next on the tape of queue `q` is the next to come there, if there is one.
    #[inline]
    pub(super) fn expect(&mut self, tape: &Tape, q: usize) {
        match tape.queues[q].arrive.get(self.next[q]) {
            Some(&at) => self.coming.set(q as u32, at, 0),
            None => self.coming.take_out(q as u32),
        }
    }

    /// The next contact on the tape arrives: of all that come first, the one of the first queue.
    pub(super) fn arrive_next<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64) {
        let q = self.coming.first() as usize;
        let queue = &desk.tape.queues[q];
        let k = self.next[q];
        let contact = Contact {
            joined: t,
            expires: t.saturating_add(queue.patience(k)),
            place: self.arrived as u64,
            home: q as u32,
            k: k as u32,
            case: 0,
            interval: queue.interval[k],
        };
        self.next[q] += 1;
        self.arrived += 1;
        self.expect(desk.tape, q);
        if desk.facts.queues[q].comes_closed && desk.facts.is_closed(q, contact.interval) {
            return self.comes_while_closed(desk, q, &contact);
        }
        self.arrive(desk, q, contact, queue.balks(k));
    }

    /// A contact arrives in queue `q`.
    pub(super) fn arrive<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, contact: Contact, balks: bool) {
        let t = contact.joined;
        let facts = &desk.facts.queues[q];
        if facts.plain {
            return self.arrive_plainly(desk, q, &contact, balks);
        }
        let contact = if facts.counts_more { self.watch(desk, q, contact) } else { contact };
        if facts.exact_length {
            self.resolve_expired(desk, q, t);
        }
        if facts.lines.is_some_and(|lines| self.in_system(q, t) >= lines) {
            return self.leave(desk, q, &contact, t, Fate::Blocked);
        }
        if let Some(link) = self.idle_agent(desk.facts, q) {
            return self.give(desk, link, &contact, t);
        }
        if desk.facts.interrupts && self.interrupt_for(desk, q, &contact, t) {
            return;
        }
        if !facts.deferred && !self.can_ever_be_taken(desk, q) {
            return self.leave(desk, q, &contact, t, Fate::Unfinished);
        }
        if facts.max_waiting.is_some_and(|most| self.queues[q].len() >= most) {
            return self.leave(desk, q, &contact, t, Fate::Blocked);
        }
        if facts.tells {
            return self.tell(desk, q, contact, balks);
        }
        if balks {
            return self.leave(desk, q, &contact, t, Fate::Balked);
        }
        self.join(facts, q, contact);
        if facts.receives_warm {
            self.let_go(desk, q, &contact, t);
        }
    }

    /// The same in a queue where nothing is switched on.
    #[inline]
    fn arrive_plainly<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, contact: &Contact, balks: bool) {
        let t = contact.joined;
        let free = |link: &&Link| {
            let crew = &self.crews[link.group];
            crew.idle > 0 && (!crew.staying || self.worth_staying(desk.facts, q))
        };
        if let Some(link) = desk.facts.queues[q].route.iter().find(free) {
            self.crews[link.group].idle -= 1;
            self.answer_plainly(desk, link, contact, t, None);
        } else if !self.can_ever_be_taken(desk, q) {
            desk.end(q, contact, t, Fate::Unfinished);
        } else if balks {
            desk.end(q, contact, t, Fate::Balked);
        } else {
            self.queues.push(q, *contact, false);
        }
    }

    /// Joins the line, and sets the alarms its waiting needs.
    pub(super) fn join(&mut self, facts: &QueueFacts, q: usize, contact: Contact) {
        let ticket = self.queues.push(q, contact, facts.exact_length);
        if facts.losses_matter && contact.expires < u64::MAX {
            let what = What::Leaves { queue: q as u32 };
            self.alarms.push(Alarm { at: contact.expires + 1, place: contact.place, what });
        }
        if !facts.timed {
            return;
        }
        let delays = facts.route.iter().map(|link| link.after).filter(|&after| after > 0);
        for delay in delays.chain(facts.after_wait.map(|leave| leave.wait.0)) {
            let at = contact.joined.saturating_add(delay);
            if at <= contact.expires {
                self.alarms.push(Alarm {
                    at,
                    place: contact.place,
                    what: What::Wake { queue: q as u32, ticket },
                });
            }
        }
    }

    /// A waiting contact is woken: a further group may take it now, or it leaves for another queue.
    pub(super) fn wake<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64, q: usize, ticket: u64) {
        let Some(contact) = self.queues[q].get(ticket) else { return };
        let facts = &desk.facts.queues[q];
        let waited = t - contact.joined;
        if let Some(link) = self.idle_agent_after(desk.facts, q, waited) {
            self.queues.remove(q, ticket);
            return self.give(desk, link, &contact, t);
        }
        if desk.facts.interrupts && self.interrupt_for(desk, q, &contact, t) {
            self.queues.remove(q, ticket);
            return;
        }
        let leave = facts.after_wait.filter(|leave| leave.wait.0 == waited);
        let stays = || self.accepted_at(&contact).is_some() || self.parked(&contact).is_some();
        if let Some(leave) = leave.filter(|_| !stays()) {
            self.queues.remove(q, ticket);
            self.leave(desk, q, &contact, t, Fate::MovedOn);
            let case = self.moved(desk, &contact);
            self.come(desk, leave.to.0, &contact, case, t);
        }
    }

    /// The case of a contact that another queue sends on.
    pub(super) fn moved<W: Witness>(&self, desk: &Desk<W>, contact: &Contact) -> Case {
        let before = self.case_of(desk, contact);
        Case { leg: before.leg + 1, origin: Origin::Transfer, left: None, parked: None, ..before }
    }

    /// The case of a contact; made up where it has none of its own.
    pub(super) fn case_of<W: Witness>(&self, desk: &Desk<W>, contact: &Contact) -> Case {
        self.cases.get(contact.case_number()).copied().unwrap_or_else(|| Case {
            seed: self.seed_of(desk.tape, contact),
            began: contact.joined,
            cohort: contact.interval,
            ..Case::default()
        })
    }

    /// The private seed of a contact on the tape.
    fn seed_of(&self, tape: &Tape, contact: &Contact) -> u64 {
        let home = contact.home as usize;
        let (phase, number) = tape.phase_of(home, contact.k as usize);
        self.seeds[home][phase as usize].seed(number as u64)
    }

    /// Changes what is known about a contact, which gets a case of its own if it has none.
    pub(super) fn note<W: Witness>(
        &mut self,
        desk: &Desk<W>,
        contact: &mut Contact,
        change: impl FnOnce(&mut Case),
    ) {
        let mut case = self.case_of(desk, contact);
        change(&mut case);
        match self.cases.get_mut(contact.case_number()) {
            Some(mine) => *mine = case,
            None => contact.case |= self.cases.file(case),
        }
    }

    /// A contact comes to queue `q` from somewhere else, with marks of its own.
    pub(super) fn come<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        q: usize,
        from: &Contact,
        case: Case,
        t: u64,
    ) {
        let facts = &desk.facts.queues[q];
        let interval = desk.facts.interval_at(t);
        let of_mean = interval.min(desk.facts.intervals - 1);
        let patience = facts.patience.as_ref().map_or(u64::MAX, |law| {
            later::duration(case.seed, case.leg, q, Purpose::Patience, law, of_mean).0
        });
        let run_in = t < desk.facts.start_of(desk.facts.first);
        let joined = if run_in { QueueTape::RUN_IN } else { interval as u32 };
        let began = if matches!(case.origin, Origin::Transfer | Origin::Reply) { case.began } else { t };
        let cohort = if case.origin == Origin::Reply { case.cohort } else { joined };
        // Nobody stays on the line for work that can wait.
        let (warm, freed) = if facts.deferred { (None, case.warm) } else { (case.warm, None) };
        if let Some(holder) = freed {
            self.alarm(t, from, What::Release(holder));
        }
        let number = self.cases.file(Case { began, cohort, warm, ..case });
        let contact = Contact {
            joined: t,
            expires: t.saturating_add(patience),
            case: number | Contact::ELSEWHERE,
            interval: joined,
            ..*from
        };
        if desk.facts.is_closed(q, joined) {
            return self.comes_while_closed(desk, q, &contact);
        }
        let balks = facts.balk > 0.0 && later::coin(case.seed, case.leg, q, Purpose::Balk, facts.balk);
        self.arrive(desk, q, contact, balks);
    }

    /// Contacts waiting on a line and with an agent; the queue must have been cleared of who hung up.
    fn in_system(&mut self, q: usize, t: u64) -> usize {
        let talking = &mut self.talking[q];
        while talking.peek().is_some_and(|&std::cmp::Reverse(ends)| ends <= t) {
            talking.pop();
        }
        talking.len() + self.on_line[q] + self.queues[q].len() - self.kept[q]
    }
}
