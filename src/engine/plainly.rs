//! The event loop where nothing is switched on: an interval of a centre whose contacts wait, are answered or hang up.
//!
//! It plays what [`Floor`] plays, on the same state and in the same order, and may begin and end at any instant between
//! two boundaries. What makes it quick is what it need not ask: no alarm is set, nobody stays late, and an interval
//! begins and ends with it. So most contacts, those that find an idle agent, are counted by a step of one number, and
//! the work of a group is gathered ([`cohort`](super::cohort)) and written down at the end.

use super::cohort::Work;
use super::crew::Holds;
use super::desk::Desk;
use super::facts::{Facts, Link};
use super::floor::Floor;
use super::tally::{Ended, Fate, Witness};
use super::waiting::Contact;
use crate::model::Factor;
use crate::units::Micros;

/// What was done in the interval and is not written down yet.
struct Gathered {
    interval: usize,
    /// Contacts that found an idle agent, by queue.
    at_once: Vec<u64>,
    /// Work begun, by group.
    works: Vec<Work>,
}

impl Floor {
    /// Whether the events before the next boundary can be played here: only contacts, in an interval that counts.
    pub(super) fn is_plain_now(&self, facts: &Facts) -> bool {
        let i = self.interval();
        facts.plain
            && self.boundary > facts.first
            && facts.counts(i)
            && self.alarms.peek().is_none()
            && !self.crews.iter().any(|crew| crew.staying)
    }

    /// Plays every event before `limit`, which lies in the interval being played, or is its end.
    pub(super) fn play_plainly<W: Witness>(&mut self, desk: &mut Desk<W>, limit: u64) {
        let mut gathered = Gathered::of(desk.facts, self.interval());
        loop {
            let (end, arrival) = (self.ends.next(), self.coming.next());
            if end.min(arrival) >= limit {
                break;
            }
            if end <= arrival {
                self.end_plainly(desk, &mut gathered, end);
            } else {
                self.arrive_in_passing(desk, &mut gathered, arrival);
            }
        }
        gathered.close(desk);
    }

    /// An agent is free: goes home, takes the next contact, or idles.
    #[inline]
    fn end_plainly<W: Witness>(&mut self, desk: &mut Desk<W>, gathered: &mut Gathered, t: u64) {
        let slot = self.ends.first();
        let (g, holds) = self.slots.of(slot);
        if holds == Holds::Agent {
            if let Some((link, contact)) = self.take(desk, g, t, 1, 1) {
                let until = t + work(desk, link, contact.k as usize);
                self.ends.set(slot, until, contact.place);
                gathered.works[g].busy(&mut desk.tally.groups[g], desk.facts, t, until);
                let fate = Fate::Answered { group: g, busy: Micros(until - t) };
                return desk.end(link.queue, &contact, t, fate);
            }
            self.crews[g].idle += 1;
        }
        self.ends.take_out(slot);
        self.slots.give_back(slot);
    }

    /// The next contact on the tape arrives, most often to an idle agent.
    #[inline]
    fn arrive_in_passing<W: Witness>(&mut self, desk: &mut Desk<W>, gathered: &mut Gathered, t: u64) {
        let q = self.coming.first() as usize;
        let (k, place) = (self.next[q], self.arrived as u64);
        self.next[q] += 1;
        self.arrived += 1;
        self.expect(desk.tape, q);
        let Some(link) = desk.facts.queues[q].route.iter().find(|link| self.crews[link.group].idle > 0)
        else {
            return self.wait_in_line(desk, q, k, place, t);
        };
        let g = link.group;
        let until = t + work(desk, link, k);
        self.crews[g].idle -= 1;
        let slot = self.slots.take(g);
        self.ends.set(slot, until, place);
        gathered.works[g].busy(&mut desk.tally.groups[g], desk.facts, t, until);
        gathered.at_once[q] += 1;
        desk.witness.ended(&Ended {
            queue: q,
            position: k,
            arrived: Micros(t),
            wait: Micros::ZERO,
            fate: Fate::Answered { group: g, busy: Micros(until - t) },
            counted: true,
        });
    }

    /// A contact that finds nobody joins the line, hangs up at once, or is told that nobody will ever come.
    #[inline(never)]
    fn wait_in_line<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, k: usize, place: u64, t: u64) {
        let queue = &desk.tape.queues[q];
        let contact = Contact {
            joined: t,
            expires: t.saturating_add(queue.patience(k)),
            place,
            home: q as u32,
            k: k as u32,
            case: 0,
            interval: queue.interval[k],
        };
        if !self.can_ever_be_taken(desk, q) {
            desk.end(q, &contact, t, Fate::Unfinished);
        } else if queue.balks(k) {
            desk.end(q, &contact, t, Fate::Balked);
        } else {
            self.queues.push(q, contact, false);
        }
    }
}

/// How long an agent of the link's group is busy with contact `k` of its queue, µs.
#[inline]
fn work<W: Witness>(desk: &Desk<W>, link: &Link, k: usize) -> u64 {
    let queue = &desk.tape.queues[link.queue];
    let handle = queue.handle[link.column as usize].at(k);
    let handle = if link.factor == Factor::ONE { handle } else { link.factor.of(Micros(handle)).0 };
    handle + queue.wrap(k)
}

impl Gathered {
    fn of(facts: &Facts, interval: usize) -> Self {
        let works = (0..facts.groups.len()).map(|_| Work::open(facts, interval, false)).collect();
        Self { interval, at_once: vec![0; facts.queues.len()], works }
    }

    /// Writes everything down.
    fn close<W: Witness>(self, desk: &mut Desk<W>) {
        for (queue, at_once) in desk.tally.queues.iter_mut().zip(self.at_once) {
            let cell = &mut queue.cells[self.interval];
            cell.first_attempts += at_once;
            cell.answered += at_once;
            queue.answered_in[self.interval * queue.classes] += at_once;
        }
        for (group, work) in desk.tally.groups.iter_mut().zip(self.works) {
            work.close(group);
        }
    }
}
