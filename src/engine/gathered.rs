//! What the [plain event loop](super::plainly) has at hand while it plays an interval: where each queue's contacts come
//! in, when each group has somebody free, and what was done and is not written down yet.

use super::QueueTape;
use super::cohort::{Cohort, Stint, Work};
use super::desk::Desk;
use super::facts::{Link, QueueFacts};
use super::tally::{Fate, Witness};
use super::tournament::NEVER;
use super::waiting::Contact;
use crate::units::{Durations, First, Micros};

/// An interval being played.
pub(super) struct Gathered<'a> {
    pub(super) interval: usize,
    /// By queue.
    pub(super) doors: Vec<Door<'a>>,
    /// The interval, for work begun in it.
    stint: Stint,
    /// By group.
    pub(super) groups: Vec<GroupNow>,
    /// When the first of each group's agents is free; 0 where one is idle.
    pub(super) free: Vec<u64>,
    /// Whether the end of each contact is told.
    pub(super) tells_all: bool,
}

impl<'a> Gathered<'a> {
    /// Of an interval that is about to be played, so many contacts of each queue having come. Until it is closed, the desk
    /// gathers who came in it, and how they fared.
    pub(super) fn open<W: Witness>(desk: &mut Desk<'a, W>, interval: usize, next: &[usize]) -> Self {
        let facts = desk.facts;
        desk.cohorts = (0..facts.queues.len()).map(|q| Cohort::open(facts, q, interval)).collect();
        let doors = desk.tape.queues.iter().zip(&facts.queues).zip(next);
        Self {
            interval,
            doors: doors.map(|((tape, queue), &next)| Door::of(tape, queue, next)).collect(),
            stint: Stint::of(facts, interval, false),
            groups: facts.groups.iter().map(|_| GroupNow::default()).collect(),
            free: vec![NEVER; facts.groups.len()],
            tells_all: desk.witness.hears_all(),
        }
    }

    /// An agent of group `g` begins to work at `from`, until `to`.
    #[inline]
    pub(super) fn busy<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, from: u64, to: u64) {
        self.stint.busy(&mut self.groups[g].work, &mut desk.tally.groups[g], desk.facts, from, to);
    }

    /// A contact of queue `q` that has waited is answered by an agent of group `g`, who works from `from` to `to`.
    #[inline]
    pub(super) fn answer<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        (q, g): (usize, usize),
        contact: &Contact,
        (from, to): (u64, u64),
    ) {
        self.busy(desk, g, from, to);
        desk.end(q, contact, from, Fate::Answered { group: g, busy: Micros(to - from) });
    }

    /// A newcomer as it stands in line.
    pub(super) fn who_waits(&self, newcomer: Newcomer) -> Contact {
        let Newcomer { queue, k, at, place } = newcomer;
        let (door, interval) = (&self.doors[queue], self.interval as u32);
        debug_assert!(door.is_of(k, interval), "whoever comes in an interval is of that interval");
        let expires = at.saturating_add(door.patience(k));
        Contact { joined: at, expires, place, home: queue as u32, k: k as u32, case: 0, interval }
    }

    /// Writes everything down, what the desk gathered too.
    pub(super) fn close<W: Witness>(self, desk: &mut Desk<W>) {
        let cohorts = std::mem::take(&mut desk.cohorts);
        for (q, (mut cohort, door)) in cohorts.into_iter().zip(&self.doors).enumerate() {
            cohort.found_idle(door.at_once);
            cohort.close(&mut desk.tally.queues[q]);
            if !self.tells_all {
                desk.witness.found_idle(q, door.at_once);
            }
        }
        for (tally, group) in desk.tally.groups.iter_mut().zip(self.groups) {
            self.stint.close(group.work, tally);
        }
    }
}

/// What is looked at of a group time and again, together in half a line of the cache.
#[derive(Debug, Default)]
#[repr(align(32))]
pub(super) struct GroupNow {
    /// Work begun.
    work: Work,
    /// How many of its agents idle.
    pub(super) idle: u32,
    /// Whether somebody may stand in a line that it serves, so that its ends of service are events.
    pub(super) watched: bool,
}

/// Where a queue's contacts come in. What is known of the next ones is read ahead, while nobody waits for it: with many
/// queues it is not at hand. Two lines of the cache, found by a shift.
#[repr(align(64))]
pub(super) struct Door<'a> {
    tape: &'a QueueTape,
    arrive: &'a [u64],
    /// By the first law on the tape, which is that of all groups unless some differ.
    handle: First<'a>,
    /// Whether there is any wrap-up, and whether any may hang up at once.
    wraps: bool,
    balking: bool,
    /// The groups that a contact tries.
    pub(super) route: &'a [Link],
    /// Whether anybody who serves it is at work.
    pub(super) served: bool,
    /// How many have come.
    pub(super) next: usize,
    /// How long the next one takes by the first law, µs.
    work: u64,
    /// When the one after the next comes; [`NEVER`] if there is none.
    then: u64,
    /// How many found an idle agent.
    pub(super) at_once: u64,
}

/// A contact that has just come.
#[derive(Clone, Copy)]
pub(super) struct Comer {
    /// Its position on the tape.
    pub(super) k: usize,
    /// How long it takes by the first law, µs.
    pub(super) work: u64,
    /// When the next one comes; [`NEVER`] if there is none.
    pub(super) then: u64,
}

/// A contact that has just come and found nobody.
#[derive(Clone, Copy)]
pub(super) struct Newcomer {
    pub(super) queue: usize,
    /// Its position on the queue's tape.
    pub(super) k: usize,
    /// When it came, µs.
    pub(super) at: u64,
    /// Its place among all contacts.
    pub(super) place: u64,
}

impl<'a> Door<'a> {
    fn of(tape: &'a QueueTape, facts: &'a QueueFacts, next: usize) -> Self {
        let all = |column: &'a Durations| column.first(tape.len());
        let mut door = Self {
            tape,
            arrive: &tape.arrive,
            handle: tape.handle.first().map_or_else(First::default, all),
            wraps: !tape.wrap.is_empty(),
            balking: !tape.balks.is_empty(),
            route: &facts.route,
            served: false,
            next,
            work: 0,
            then: 0,
            at_once: 0,
        };
        door.look_ahead();
        door
    }

    /// The next contact comes.
    #[inline]
    pub(super) fn come(&mut self) -> Comer {
        let comer = Comer { k: self.next, work: self.work, then: self.then };
        self.next += 1;
        comer
    }

    /// Reads ahead, after [`Door::come`].
    #[inline]
    pub(super) fn look_ahead(&mut self) {
        self.then = self.arrive.get(self.next + 1).copied().unwrap_or(NEVER);
        self.work = self.handle.get(self.next).unwrap_or(0) + self.wrap(self.next);
    }

    /// How long an agent of the link's group is busy with contact `k`, µs.
    #[inline]
    pub(super) fn work_of(&self, link: &Link, k: usize) -> u64 {
        if link.takes_as_drawn() {
            return self.handle.at(k) + self.wrap(k);
        }
        let handle = self.tape.handle[link.column as usize].at(k);
        link.factor.of(Micros(handle)).0 + self.wrap(k)
    }

    #[inline]
    fn wrap(&self, k: usize) -> u64 {
        if self.wraps { self.tape.wrap(k) } else { 0 }
    }

    /// Patience of contact `k`, µs; for ever, if it never hangs up.
    #[inline]
    pub(super) fn patience(&self, k: usize) -> u64 {
        self.tape.patience(k)
    }

    /// Whether contact `k` hangs up at once.
    #[inline]
    pub(super) fn balks(&self, k: usize) -> bool {
        self.balking && self.tape.balks(k)
    }

    /// Whether contact `k` came in this interval.
    pub(super) fn is_of(&self, k: usize, interval: u32) -> bool {
        self.tape.interval[k] == interval
    }
}
