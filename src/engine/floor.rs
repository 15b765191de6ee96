//! The event engine: any number of queues and groups.
//!
//! Arrivals come in order on the tape; service ends and wake-ups wait in heaps; staffing changes stand on interval
//! boundaries. At one instant ends of service come first, then staffing, then arrivals and wake-ups, then
//! abandonments (rule 4); within a class the position on the tape decides. Patience needs no events: who would have
//! hung up is found out when someone comes to answer, or when a rule asks for the exact length of a line.
//!
//! | file | holds |
//! |---|---|
//! | `floor.rs` | the clock: which event is next, and what it does |
//! | [`waiting`](super::waiting) | a queue's line |
//! | [`crew`](super::crew) | a group's agents |
//! | [`router`](super::router) | who serves whom |
//! | [`staffing_change`](super::staffing_change) | what happens on a boundary |

use super::crew::{Crew, Slots};
use super::desk::Desk;
use super::facts::{Facts, Link, QueueFacts};
use super::heap::Heap;
use super::ledger;
use super::tally::{Fate, Witness};
use super::waiting::{Contact, Waiting};
use super::{QueueTape, Tape};
use crate::model::GroupId;
use crate::random::{Purpose, later};
use crate::units::Micros;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// An end of service, packed so that one comparison orders it: the instant an agent is free again (64 bits), the
/// contact's place on the tape (40), the agent's slot (24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct End(u128);

impl End {
    fn new(at: u64, place: u64, slot: u32) -> Self {
        Self(u128::from(at) << 64 | u128::from(place) << 24 | u128::from(slot))
    }

    pub(super) fn at(self) -> u64 {
        (self.0 >> 64) as u64
    }

    pub(super) fn slot(self) -> u32 {
        self.0 as u32 & 0xff_ffff
    }
}

/// The instant to wake, the contact's place on the tape, its queue, its ticket there.
type Wake = (u64, u64, u32, u64);

/// State of the event engine between two events.
#[derive(Clone, Debug)]
pub(super) struct Floor {
    pub(super) queues: Vec<Waiting>,
    pub(super) crews: Vec<Crew>,
    pub(super) slots: Slots,
    pub(super) ends: Heap<End>,
    wakes: Heap<Wake>,
    /// For queues with `lines`: when each customer now with an agent leaves the line.
    talking: Vec<BinaryHeap<Reverse<u64>>>,
    /// The next contact of each queue on the tape.
    next: Vec<usize>,
    /// How many contacts of the tape have arrived.
    arrived: usize,
    /// The next interval boundary.
    pub(super) boundary: usize,
    /// Whether that boundary is being crossed right now.
    pub(super) crossing: bool,
    started: bool,
}

impl Floor {
    pub(super) fn new(facts: &Facts) -> Self {
        let queues = facts.queues.len();
        Self {
            queues: vec![Waiting::default(); queues],
            crews: vec![Crew::default(); facts.groups.len()],
            slots: Slots::default(),
            ends: Heap::new(),
            wakes: Heap::new(),
            talking: vec![BinaryHeap::new(); queues],
            next: vec![0; queues],
            arrived: 0,
            boundary: 0,
            crossing: false,
            started: false,
        }
    }

    pub(super) fn begin(&mut self, facts: &Facts) {
        self.queues.iter_mut().for_each(Waiting::clear);
        self.crews.fill(Crew::default());
        self.slots.clear();
        self.ends.clear();
        self.wakes.clear();
        self.talking.iter_mut().for_each(BinaryHeap::clear);
        self.next.fill(0);
        self.arrived = 0;
        self.boundary = facts.first;
        self.started = false;
    }

    pub(super) fn advance<W: Witness>(&mut self, desk: &mut Desk<W>, until: usize) {
        self.open(desk);
        while self.boundary < until {
            self.cross(desk);
        }
        self.play(desk, desk.facts.start_of(until));
    }

    /// Plays in steps of a sixteenth of an interval until nobody of interval `interval` waits.
    pub(super) fn settle<W: Witness>(&mut self, desk: &mut Desk<W>, interval: usize) {
        self.advance(desk, interval + 1);
        let end = desk.facts.start_of(interval + 1);
        let mut now = end;
        while self.anyone_waits_since_before(desk, end, now) {
            now += desk.facts.interval.div_ceil(16);
            if self.boundary <= desk.facts.intervals && now > desk.facts.start_of(self.boundary) {
                self.cross(desk);
            }
            self.play(desk, now);
        }
    }

    pub(super) fn finish<W: Witness>(&mut self, desk: &mut Desk<W>) {
        self.advance(desk, desk.facts.intervals + 1);
        self.play(desk, u64::MAX);
        for q in 0..self.queues.len() {
            self.resolve_expired(desk, q, u64::MAX);
        }
    }

    /// Hires the first interval's staff for the run-in.
    fn open<W: Witness>(&mut self, desk: &mut Desk<W>) {
        if self.started {
            return;
        }
        self.started = true;
        if desk.facts.run_in > 0 {
            for (g, crew) in self.crews.iter_mut().enumerate() {
                crew.hire(desk.staffing.at(GroupId(g), desk.facts.first));
            }
        }
    }

    /// Plays every event before `limit`; no staffing change lies there.
    fn play<W: Witness>(&mut self, desk: &mut Desk<W>, limit: u64) {
        let mut arrival = self.next_arrival(desk.tape);
        loop {
            let end = self.ends.peek().map_or(u64::MAX, End::at);
            let wake = self.wakes.peek().map_or(u64::MAX, |wake| wake.0);
            if end.min(wake).min(arrival) >= limit {
                break;
            }
            if end <= wake && end <= arrival {
                self.serve_end(desk);
            } else if wake <= arrival {
                self.wake(desk);
            } else {
                self.arrive_next(desk, arrival);
                arrival = self.next_arrival(desk.tape);
            }
        }
    }

    /// Ends of service at exactly `t`, which come before the staffing change of that instant.
    pub(super) fn play_ends_at<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64) {
        while self.ends.peek().is_some_and(|end| end.at() <= t) {
            self.serve_end(desk);
        }
    }

    /// Plays up to the next boundary and crosses it.
    fn cross<W: Witness>(&mut self, desk: &mut Desk<W>) {
        let t = desk.facts.start_of(self.boundary);
        self.play(desk, t);
        self.play_ends_at(desk, t);
        self.change_staffing(desk, t);
        self.boundary += 1;
    }

    /// The interval now being played; only a hint, and a number past the last one when the run is over.
    pub(super) fn interval(&self) -> usize {
        self.boundary.saturating_sub(1)
    }

    fn next_queue(&self, tape: &Tape) -> Option<usize> {
        match tape.order.get(self.arrived) {
            Some(&q) => Some(q as usize),
            None if tape.queues.len() == 1 && self.arrived < tape.queues[0].len() => Some(0),
            None => None,
        }
    }

    fn next_arrival(&self, tape: &Tape) -> u64 {
        self.next_queue(tape).map_or(u64::MAX, |q| tape.queues[q].arrive[self.next[q]])
    }

    /// The next contact on the tape arrives.
    fn arrive_next<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64) {
        let Some(q) = self.next_queue(desk.tape) else { return };
        let queue = &desk.tape.queues[q];
        let k = self.next[q];
        let contact = Contact {
            joined: t,
            expires: t.saturating_add(queue.patience(k)),
            place: self.arrived as u64,
            home: q as u32,
            k: k as u32,
            attempt: 0,
            interval: queue.interval[k],
        };
        self.next[q] += 1;
        self.arrived += 1;
        self.arrive(desk, q, contact, queue.balks(k));
    }

    /// A contact arrives in queue `q`: it is blocked, answered, balks, or joins the line.
    fn arrive<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, contact: Contact, balks: bool) {
        let t = contact.joined;
        let facts = &desk.facts.queues[q];
        if facts.exact_length {
            self.resolve_expired(desk, q, t);
        }
        if facts.lines.is_some_and(|lines| self.in_system(q, t) >= lines) {
            return desk.end(q, &contact, t, Fate::Blocked);
        }
        if let Some(link) = self.idle_agent(desk.facts, q) {
            self.crews[link.group].idle -= 1;
            return self.answer(desk, link, &contact, t, None);
        }
        if !self.can_ever_be_taken(desk, q) {
            return desk.end(q, &contact, t, Fate::Unfinished);
        }
        if facts.max_waiting.is_some_and(|most| self.queues[q].len() >= most) {
            return desk.end(q, &contact, t, Fate::Blocked);
        }
        if balks {
            return desk.end(q, &contact, t, Fate::Balked);
        }
        self.join(facts, q, contact);
    }

    /// Joins the line, and sets the alarms its waiting needs.
    fn join(&mut self, facts: &QueueFacts, q: usize, contact: Contact) {
        let ticket = self.queues[q].push(contact, facts.exact_length);
        if !facts.timed {
            return;
        }
        let delays = facts.route.iter().map(|link| link.after).filter(|&after| after > 0);
        for delay in delays.chain(facts.after_wait.map(|leave| leave.wait.0)) {
            let at = contact.joined.saturating_add(delay);
            if at <= contact.expires {
                self.wakes.push((at, contact.place, q as u32, ticket));
            }
        }
    }

    /// A waiting contact is woken: a further group may take it now, or it leaves for another queue.
    fn wake<W: Witness>(&mut self, desk: &mut Desk<W>) {
        let Some((t, _, q, ticket)) = self.wakes.pop() else { return };
        let q = q as usize;
        let Some(contact) = self.queues[q].get(ticket) else { return };
        let facts = &desk.facts.queues[q];
        let waited = t - contact.joined;
        if let Some(link) = self.idle_agent_after(desk.facts, q, waited) {
            self.queues[q].remove(ticket);
            self.crews[link.group].idle -= 1;
            return self.answer(desk, link, &contact, t, None);
        }
        if let Some(leave) = facts.after_wait.filter(|leave| leave.wait.0 == waited) {
            self.queues[q].remove(ticket);
            desk.end(q, &contact, t, Fate::MovedOn);
            self.arrive_from_elsewhere(desk, leave.to.0, &contact, t);
        }
    }

    /// A contact that left another queue is offered anew in queue `q`, with marks of its own.
    fn arrive_from_elsewhere<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, from: &Contact, t: u64) {
        let facts = &desk.facts.queues[q];
        let interval = desk.facts.interval_at(t);
        let attempt = from.attempt + 1;
        let seed = desk.tape.contact_seed(from.home as usize, from.k as usize);
        let of_mean = interval.min(desk.facts.intervals - 1);
        let patience = facts
            .patience
            .as_ref()
            .map_or(u64::MAX, |law| later::duration(seed, attempt, q, Purpose::Patience, law, of_mean).0);
        let interval =
            if t < desk.facts.start_of(desk.facts.first) { QueueTape::RUN_IN } else { interval as u32 };
        let contact = Contact { joined: t, expires: t.saturating_add(patience), attempt, interval, ..*from };
        let run_in = interval == QueueTape::RUN_IN;
        if !run_in && !facts.open[(interval as usize).min(desk.facts.intervals)] {
            return desk.end(q, &contact, t, Fate::TurnedAway);
        }
        let balks = facts.balk > 0.0 && later::coin(seed, attempt, q, Purpose::Balk, facts.balk);
        self.arrive(desk, q, contact, balks);
    }

    /// An agent is free: leaves, takes the next contact, or idles.
    fn serve_end<W: Witness>(&mut self, desk: &mut Desk<W>) {
        let Some(end) = self.ends.peek() else { return };
        let (t, slot) = (end.at(), end.slot());
        let (g, leaving) = self.slots.of(slot);
        if !leaving {
            if let Some((link, contact)) = self.take(desk, g, t) {
                return self.answer(desk, link, &contact, t, Some(slot));
            }
            self.crews[g].idle += 1;
        }
        self.ends.pop();
        self.slots.give_back(slot);
        if self.crews[g].staying && !self.anyone_to_stay_for(desk, g, t) {
            self.crews[g].send_idle_home();
        }
    }

    /// An agent of the link's group starts with the contact; `reuse` is the slot of an agent who has just finished.
    pub(super) fn answer<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        link: Link,
        contact: &Contact,
        t: u64,
        reuse: Option<u32>,
    ) {
        let (handle, wrap) = desk.work(link, contact);
        let until = t + handle + wrap;
        if desk.facts.queues[link.queue].lines.is_some() {
            self.talking[link.queue].push(Reverse(t + handle));
        }
        if let Some(slot) = reuse {
            self.ends.replace_top(End::new(until, contact.place, slot));
        } else {
            let slot = self.slots.take(link.group);
            self.ends.push(End::new(until, contact.place, slot));
        }
        let hint = self.interval();
        ledger::busy(desk.tally, desk.facts, link.group, t, until, hint);
        if self.crews[link.group].staying {
            ledger::overtime(desk.tally, desk.facts, link.group, t, until, hint);
        }
        let busy = Micros(handle + wrap);
        desk.end(link.queue, contact, t, Fate::Answered { group: link.group, busy });
    }

    /// Contacts waiting and with an agent; the line must have been cleared of who hung up.
    fn in_system(&mut self, q: usize, t: u64) -> usize {
        let talking = &mut self.talking[q];
        while talking.peek().is_some_and(|&Reverse(ends)| ends <= t) {
            talking.pop();
        }
        talking.len() + self.queues[q].len()
    }

    /// Who hung up before `t` at the head of the line is written down and leaves it.
    pub(super) fn resolve_head<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, t: u64) {
        while let Some(contact) = self.queues[q].pop_expired_head(t) {
            desk.end(q, &contact, contact.expires, Fate::Abandoned);
        }
    }

    /// Everyone in line who hung up before `t` is written down and leaves it.
    pub(super) fn resolve_expired<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, t: u64) {
        while let Some(contact) = self.queues[q].pop_expired(t) {
            desk.end(q, &contact, contact.expires, Fate::Abandoned);
        }
    }

    fn anyone_waits_since_before<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        joined_before: u64,
        now: u64,
    ) -> bool {
        (0..self.queues.len()).any(|q| {
            self.resolve_head(desk, q, now);
            self.queues[q].head().is_some_and(|head| head.joined < joined_before)
        })
    }
}
