//! The event loop where nothing is switched on: an interval of a centre whose contacts wait, are answered or hang up.
//!
//! It plays what [`Floor`] plays, on the same state, and may begin and end at any instant between two boundaries. What
//! makes it quick is what it need not ask: no alarm is set, nobody stays late, and an interval begins and ends with it.
//! While nobody stands in a line that a group serves, the end of a service there is no event: the next contact finds
//! whoever is free first, and takes their place in the group's tournament. Most contacts find somebody so, and are counted
//! by a step of one number; everything else is [`gathered`](super::gathered) and written down at the end. Where who has
//! waited longest is always next, nobody need stand in line at all ([`in_turn`](super::in_turn)).

use super::desk::Desk;
use super::ends::Holds;
use super::facts::{Facts, Link};
use super::floor::Floor;
use super::gathered::{Gathered, Newcomer};
use super::plain::Way;
use super::tally::{Ended, Fate, Witness};
use super::tournament::NEVER;
use super::waiting::Contact;
use crate::units::Micros;

impl Floor {
    /// Whether the events before the next boundary can be played here: only contacts, in an interval that counts.
    pub(super) fn is_plain_now(&self, facts: &Facts) -> bool {
        let i = self.interval();
        facts.is_plain()
            && self.boundary > facts.first
            && facts.counts(i)
            && self.alarms.peek().is_none()
            && !self.crews.iter().any(|crew| crew.staying)
    }

    /// Plays every event before `limit`, which lies in the interval being played, or is its end.
    pub(super) fn play_plainly<W: Witness>(&mut self, desk: &mut Desk<W>, limit: u64) {
        let mut gathered = Gathered::open(desk, self.interval(), &self.next);
        self.look_away(desk.facts, &mut gathered);
        if desk.facts.way == Way::InTurn {
            self.play_in_turn(desk, &mut gathered, limit);
        } else {
            self.play_by_event(desk, &mut gathered, limit);
        }
        self.look_back(&gathered, limit);
        gathered.close(desk);
    }

    /// The same, event by event.
    fn play_by_event<W: Witness>(&mut self, desk: &mut Desk<W>, gathered: &mut Gathered, limit: u64) {
        loop {
            let (end, arrival) = (self.ends.next_of_groups(), self.coming.next());
            if end.min(arrival) >= limit {
                break;
            }
            if end <= arrival {
                self.end_plainly(desk, gathered, end);
            } else if let Some(newcomer) = self.arrive_in_passing(desk, gathered, arrival) {
                self.wait_in_line(desk, gathered, newcomer);
            }
        }
    }

    /// From here on ends of service are events only in groups with somebody in line, and in turn not even there. Wherever
    /// somebody stands in line, nobody who could take them is idle: whoever becomes free or is hired looks for work at once,
    /// and writes down who has hung up until somebody is found or all lines are empty.
    fn look_away(&mut self, facts: &Facts, gathered: &mut Gathered) {
        for door in &mut gathered.doors {
            door.served = door.route.iter().any(|link| self.crews[link.group].present > 0);
        }
        for g in facts.groups_here() {
            let group = &mut gathered.groups[g];
            group.idle = self.crews[g].idle;
            let waited_for = self.queues.any_of(&facts.groups[g].lines);
            debug_assert!(!waited_for || group.idle == 0, "an agent is idle while somebody waits");
            group.watched = waited_for && facts.way != Way::InTurn;
            if !group.watched {
                self.ends.unwatch(g);
            }
            gathered.free[g] = if group.idle > 0 { 0 } else { self.ends.of_group(g).next() };
        }
    }

    /// Makes up for the ends of service before `limit` that were no events, and all are events again.
    fn look_back(&mut self, gathered: &Gathered, limit: u64) {
        for (next, door) in self.next.iter_mut().zip(&gathered.doors) {
            *next = door.next;
        }
        for (g, (crew, group)) in self.crews.iter_mut().zip(&gathered.groups).enumerate() {
            crew.idle = group.idle;
            let busy = self.ends.of_group(g);
            while busy.next() < limit {
                crew.idle += u32::from(!busy.leaves(busy.first()));
                busy.stop(busy.first());
            }
            self.ends.watch(g);
        }
    }

    /// An agent of a group in whose lines somebody may stand is free: goes home, takes the next contact, or idles.
    #[inline]
    fn end_plainly<W: Witness>(&mut self, desk: &mut Desk<W>, gathered: &mut Gathered, t: u64) {
        let (g, slot) = self.ends.first_of_groups();
        if self.ends.of_group(g).leaves(slot) {
            self.ends.stop(g, slot);
        } else if let Some((link, contact)) = self.take(desk, g, t, 1, 1) {
            let until = t + gathered.doors[link.queue].work_of(link, contact.k as usize);
            self.ends.set(g, slot, until, contact.place);
            gathered.answer(desk, (link.queue, g), &contact, (t, until));
        } else {
            // Nobody waits, and the end of service is no event after all: who is free is found when the next one comes.
            self.ends.unwatch(g);
            gathered.groups[g].watched = false;
        }
        gathered.free[g] = self.ends.of_group(g).next();
    }

    /// The next contact on the tape arrives, most often to an idle agent; who it is, if there is none.
    #[allow(clippy::inline_always)] // A call for every contact cost a fortieth of a run.
    #[inline(always)]
    pub(super) fn arrive_in_passing<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        gathered: &mut Gathered,
        t: u64,
    ) -> Option<Newcomer> {
        let q = self.coming.first() as usize;
        let door = &mut gathered.doors[q];
        let (comer, route, place) = (door.come(), door.route, self.arrived as u64);
        self.arrived += 1;
        match comer.then {
            NEVER => self.coming.take_out(q as u32),
            then => self.coming.set(q as u32, then, 0),
        }
        door.look_ahead();
        let Some(link) = self.first_free(gathered, route, t) else {
            return Some(Newcomer { queue: q, k: comer.k, at: t, place });
        };
        let (g, door) = (link.group, &mut gathered.doors[q]);
        let until = t + if link.takes_as_drawn() { comer.work } else { door.work_of(link, comer.k) };
        door.at_once += 1;
        let (group, busy) = (&mut gathered.groups[g], self.ends.of_group(g));
        let slot = if group.idle > 0 {
            group.idle -= 1;
            busy.begin(g, Holds::Agent)
        } else {
            busy.first()
        };
        busy.set(slot, until, place);
        gathered.free[g] = if group.idle > 0 { 0 } else { busy.next() };
        gathered.busy(desk, g, t, until);
        if gathered.tells_all {
            desk.witness.ended(&Ended {
                queue: q,
                position: comer.k,
                arrived: Micros(t),
                wait: Micros::ZERO,
                fate: Fate::Answered { group: g, busy: Micros(until - t) },
                counted: true,
            });
        }
        None
    }

    /// The first group of a route with an idle agent.
    #[inline]
    fn first_free<'a>(&mut self, gathered: &mut Gathered, route: &'a [Link], t: u64) -> Option<&'a Link> {
        for link in route {
            let g = link.group;
            if gathered.free[g] > t {
                continue;
            }
            debug_assert!(!gathered.groups[g].watched, "an agent is idle while somebody waits");
            let busy = self.ends.of_group(g);
            if gathered.groups[g].idle == 0 && busy.leaves(busy.first()) {
                self.send_leavers_home(gathered, g, t);
            }
            if gathered.free[g] <= t {
                return Some(link);
            }
        }
        None
    }

    /// Those of group `g` who were told to leave and would be found idle at `t`.
    #[cold]
    #[inline(never)]
    pub(super) fn send_leavers_home(&mut self, gathered: &mut Gathered, g: usize, t: u64) {
        let busy = self.ends.of_group(g);
        while busy.next() <= t && busy.leaves(busy.first()) {
            busy.stop(busy.first());
        }
        gathered.free[g] = busy.next();
    }

    /// A contact that has found nobody joins the line, unless it is turned away.
    #[inline(never)]
    fn wait_in_line<W: Witness>(&mut self, desk: &mut Desk<W>, gathered: &mut Gathered, newcomer: Newcomer) {
        let (q, contact) = (newcomer.queue, gathered.who_waits(newcomer));
        if self.is_turned_away(desk, gathered, q, &contact) {
            return;
        }
        let others_stand = self.queues.is_taken(q);
        self.queues.push(q, contact, false);
        // Where somebody stood in line, all who serve it are watched.
        for link in if others_stand { &[] } else { gathered.doors[q].route } {
            if !std::mem::replace(&mut gathered.groups[link.group].watched, true) {
                self.ends.watch(link.group);
            }
        }
    }

    /// Whether a contact that has found nobody hangs up at once, or is told that nobody will ever come.
    #[inline]
    pub(super) fn is_turned_away<W: Witness>(
        &self,
        desk: &mut Desk<W>,
        gathered: &Gathered,
        q: usize,
        contact: &Contact,
    ) -> bool {
        let door = &gathered.doors[q];
        let fate = if !door.served && !self.can_ever_be_taken(desk, q) {
            Fate::Unfinished
        } else if door.balks(contact.k as usize) {
            Fate::Balked
        } else {
            return false;
        };
        desk.end(q, contact, contact.joined, fate);
        true
    }
}
