//! The event loop where nothing is switched on: an interval of a centre whose contacts wait, are answered or hang up.
//!
//! It plays what [`Floor`] plays, on the same state and in the same order, and may begin and end at any instant between
//! two boundaries. What makes it quick is what it need not ask: no alarm is set, nobody stays late, and an interval
//! begins and ends with it. So most contacts, those that find an idle agent, are counted by a step of one number, and
//! the work of a group is gathered ([`cohort`](super::cohort)) and written down at the end.

use super::QueueTape;
use super::cohort::{Cohort, Work};
use super::desk::Desk;
use super::ends::Holds;
use super::facts::{Facts, Link};
use super::floor::Floor;
use super::tally::{Ended, Fate, Witness};
use super::tournament::NEVER;
use super::waiting::Contact;
use crate::model::Factor;
use crate::units::{First, Micros};

/// What was done in the interval and is not written down yet, and what is known about it.
struct Gathered<'a> {
    interval: usize,
    /// By queue.
    doors: Vec<Door<'a>>,
    /// Work begun, by group.
    works: Vec<Work>,
    /// When the first of each group's agents is free; 0 where one is idle.
    free: Vec<u64>,
    /// Whether somebody may stand in a line that the group serves, so that its ends of service are events.
    watched: Vec<bool>,
    /// Whether the end of each contact is told.
    tells_all: bool,
}

/// Where a queue's contacts come in. What is known of the next ones is read ahead, while nobody waits for it: with many
/// queues it is not at hand.
struct Door<'a> {
    arrive: &'a [u64],
    /// By the law that most groups have.
    handle: First<'a>,
    wrap: First<'a>,
    route: &'a [Link],
    /// How many have come.
    next: usize,
    /// How long the next one takes most groups, µs.
    work: u64,
    /// When the one after the next comes; [`NEVER`] if there is none.
    then: u64,
    /// How many found an idle agent.
    at_once: u64,
    /// Whether anybody who serves it is at work.
    served: bool,
}

impl<'a> Door<'a> {
    fn of(tape: &'a QueueTape, route: &'a [Link], next: usize) -> Self {
        let handle = tape.handle.first().map_or_else(First::default, |handle| handle.first(handle.len()));
        let wrap = tape.wrap.first(tape.wrap.len());
        let mut door = Self {
            arrive: &tape.arrive,
            handle,
            wrap,
            route,
            next,
            work: 0,
            then: 0,
            at_once: 0,
            served: false,
        };
        door.look_ahead();
        door
    }

    fn look_ahead(&mut self) {
        self.then = self.arrive.get(self.next + 1).copied().unwrap_or(NEVER);
        self.work = self.handle.get(self.next).unwrap_or(0) + self.wrap.get(self.next).unwrap_or(0);
    }
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
        let mut gathered = self.look_away(desk);
        desk.cohorts =
            (0..self.queues.len()).map(|q| Cohort::open(desk.facts, q, gathered.interval)).collect();
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
        self.look_back(&gathered, limit);
        gathered.close(desk);
    }

    /// Ends of service are events only in groups with somebody in line.
    fn look_away<'a, W: Witness>(&mut self, desk: &Desk<'a, W>) -> Gathered<'a> {
        let mut gathered = Gathered::of(desk, self.interval(), &self.next);
        for door in &mut gathered.doors {
            door.served = door.route.iter().any(|link| self.crews[link.group].present > 0);
        }
        for (g, crew) in self.crews.iter().enumerate() {
            let watched = self.queues.any_of(&desk.facts.groups[g].lines);
            if !watched {
                self.ends.unwatch(g);
            }
            gathered.watched.push(watched);
            gathered.free.push(if crew.idle > 0 { 0 } else { self.ends.of(g).next() });
        }
        gathered
    }

    /// Makes up for the ends of service before `limit` that were no events, and all are events again.
    fn look_back(&mut self, gathered: &Gathered, limit: u64) {
        for (next, door) in self.next.iter_mut().zip(&gathered.doors) {
            *next = door.next;
        }
        for (g, crew) in self.crews.iter_mut().enumerate() {
            let busy = self.ends.of(g);
            while busy.next() < limit {
                let slot = busy.first();
                crew.idle += u32::from(busy.holds(slot) == Holds::Agent);
                busy.stop(slot);
            }
            self.ends.watch(g);
        }
    }

    /// An agent of a group in whose lines somebody may stand is free: goes home, takes the next contact, or idles.
    #[inline]
    fn end_plainly<W: Witness>(&mut self, desk: &mut Desk<W>, gathered: &mut Gathered, t: u64) {
        let (g, slot) = self.ends.first();
        if self.ends.holds(g, slot) == Holds::Leaver {
            self.ends.stop(g, slot);
        } else if let Some((link, contact)) = self.take(desk, g, t, 1, 1) {
            let until = t + work(desk, link, contact.k as usize);
            self.ends.set(g, slot, until, contact.place);
            gathered.works[g].busy(&mut desk.tally.groups[g], desk.facts, t, until);
            let fate = Fate::Answered { group: g, busy: Micros(until - t) };
            desk.end(link.queue, &contact, t, fate);
        } else {
            // Nobody waits, and the end of service is no event after all: who is free is found when the next one comes.
            self.ends.unwatch(g);
            gathered.watched[g] = false;
        }
        gathered.free[g] = self.ends.of(g).next();
    }

    /// The first group of a route with an idle agent.
    #[inline]
    fn first_free<'a>(&mut self, gathered: &mut Gathered, route: &'a [Link], t: u64) -> Option<&'a Link> {
        for link in route {
            let g = link.group;
            if gathered.free[g] > t {
                continue;
            }
            debug_assert!(!gathered.watched[g], "an agent is idle while somebody waits");
            let busy = self.ends.of(g);
            if self.crews[g].idle > 0 || busy.holds(busy.first()) == Holds::Agent {
                return Some(link);
            }
            self.send_leavers_home(gathered, g, t);
            if gathered.free[g] <= t {
                return Some(link);
            }
        }
        None
    }

    /// Those of group `g` who were told to leave and would be found idle at `t`.
    #[cold]
    #[inline(never)]
    fn send_leavers_home(&mut self, gathered: &mut Gathered, g: usize, t: u64) {
        let busy = self.ends.of(g);
        while busy.next() <= t && busy.holds(busy.first()) == Holds::Leaver {
            busy.stop(busy.first());
        }
        gathered.free[g] = busy.next();
    }

    /// The next contact on the tape arrives, most often to an idle agent.
    #[inline]
    fn arrive_in_passing<W: Witness>(&mut self, desk: &mut Desk<W>, gathered: &mut Gathered, t: u64) {
        let q = self.coming.first() as usize;
        let door = &mut gathered.doors[q];
        let (k, place, most, route) = (door.next, self.arrived as u64, door.work, door.route);
        self.arrived += 1;
        door.next += 1;
        match door.then {
            NEVER => self.coming.take_out(q as u32),
            then => self.coming.set(q as u32, then, 0),
        }
        door.look_ahead();
        let Some(link) = self.first_free(gathered, route, t) else {
            return self.wait_in_line(desk, gathered, q, k, place, t);
        };
        let g = link.group;
        let until = t + if link.is_of_most() { most } else { work(desk, link, k) };
        let (crew, busy) = (&mut self.crews[g], self.ends.of(g));
        let slot = if crew.idle > 0 {
            crew.idle -= 1;
            busy.begin(Holds::Agent)
        } else {
            busy.first()
        };
        busy.set(slot, until, place);
        gathered.free[g] = if crew.idle > 0 { 0 } else { busy.next() };
        gathered.works[g].busy(&mut desk.tally.groups[g], desk.facts, t, until);
        gathered.doors[q].at_once += 1;
        if !gathered.tells_all {
            return;
        }
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
    fn wait_in_line<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        gathered: &mut Gathered,
        q: usize,
        k: usize,
        place: u64,
        t: u64,
    ) {
        let (queue, interval) = (&desk.tape.queues[q], gathered.interval as u32);
        debug_assert_eq!(queue.interval[k], interval, "whoever comes in an interval is of that interval");
        let contact = Contact {
            joined: t,
            expires: t.saturating_add(queue.patience(k)),
            place,
            home: q as u32,
            k: k as u32,
            case: 0,
            interval,
        };
        if !gathered.doors[q].served && !self.can_ever_be_taken(desk, q) {
            return desk.end(q, &contact, t, Fate::Unfinished);
        } else if queue.balks(k) {
            return desk.end(q, &contact, t, Fate::Balked);
        }
        self.queues.push(q, contact, false);
        for link in &desk.facts.queues[q].route {
            if !std::mem::replace(&mut gathered.watched[link.group], true) {
                self.ends.watch(link.group);
            }
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

impl<'a> Gathered<'a> {
    fn of<W: Witness>(desk: &Desk<'a, W>, interval: usize, next: &[usize]) -> Self {
        let groups = desk.facts.groups.len();
        let doors = desk.tape.queues.iter().zip(&desk.facts.queues).zip(next);
        Self {
            interval,
            doors: doors.map(|((tape, queue), &next)| Door::of(tape, &queue.route, next)).collect(),
            works: (0..groups).map(|_| Work::open(desk.facts, interval, false)).collect(),
            free: Vec::with_capacity(groups),
            watched: Vec::with_capacity(groups),
            tells_all: desk.witness.hears_all(),
        }
    }

    /// Writes everything down.
    fn close<W: Witness>(self, desk: &mut Desk<W>) {
        for ((q, mut cohort), door) in
            std::mem::take(&mut desk.cohorts).into_iter().enumerate().zip(&self.doors)
        {
            cohort.found_idle(door.at_once);
            cohort.close(&mut desk.tally.queues[q]);
            if !self.tells_all {
                desk.witness.found_idle(q, door.at_once);
            }
        }
        for (group, work) in desk.tally.groups.iter_mut().zip(self.works) {
            work.close(group);
        }
    }
}
