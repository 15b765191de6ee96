//! The event engine: any number of queues and groups, but for those that stand apart and are left to the recursion.
//!
//! Arrivals come in order on each queue's tape; they and the ends of service play tournaments for who is next; alarms
//! wait in a heap; staffing changes stand on interval boundaries. At one instant ends of service come first, then
//! staffing, then arrivals and wake-ups, then abandonments (rule 4); within a class the position on the tape decides.
//! Patience needs no events: who would have hung up is found out when someone comes to answer, or when a rule asks for
//! the exact length of a line.
//!
//! | file | holds |
//! |---|---|
//! | `floor.rs` | the clock: which event is next, and what it does |
//! | [`arriving`](super::arriving) | a contact comes |
//! | [`plainly`](super::plainly), [`gathered`](super::gathered) | the same, quicker, where nothing is switched on; what that has at hand |
//! | [`in_turn`](super::in_turn) | quicker still, where who has waited longest is always next |
//! | [`outside`](super::outside) | a contact comes while its queue is closed |
//! | [`announcing`](super::announcing), [`expected_wait`](super::expected_wait) | what a contact hears that would have to wait |
//! | [`waiting`](super::waiting), [`lines`](super::lines) | a queue's line; all lines, and in which somebody stands |
//! | [`callback`](super::callback) | who is called back instead |
//! | [`leaving`](super::leaving) | what follows when a contact leaves or has been handled |
//! | [`crew`](super::crew), [`hands`](super::hands) | a group's agents: counted, or known by what they hold |
//! | [`ends`](super::ends) | who of the busy is free first |
//! | [`handling`](super::handling) | what agents do with contacts |
//! | [`self_service`](super::self_service) | who comes back from it |
//! | [`parking`](super::parking) | messaging sessions whose customer falls silent |
//! | [`tournament`](super::tournament) | whose time is the earliest |
//! | [`alarm`](super::alarm), [`case`](super::case) | what happens at a time of its own; what is special about a contact |
//! | [`router`](super::router), [`choosing`](super::choosing) | who serves whom |
//! | [`staffing_change`](super::staffing_change), [`coming`](super::coming) | what happens on a boundary; who comes to work |

use super::alarm::{Alarm, What};
use super::case::Cases;
use super::crew::Crew;
use super::desk::Desk;
use super::ends::{Ends, Holds};
use super::facts::Facts;
use super::hands::Hands;
use super::heap::Heap;
use super::lines::Lines;
use super::tally::{Fate, Witness};
use super::tournament::{NEVER, Tournament};
use crate::random::later::Seeds;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// State of the event engine between two events.
#[derive(Debug)]
pub(super) struct Floor {
    pub(super) queues: Lines,
    pub(super) crews: Vec<Crew>,
    /// The next end of service of everybody at work who is busy.
    pub(super) ends: Ends,
    /// Everything else that happens at a time of its own.
    pub(super) alarms: Heap<Alarm>,
    /// Agents known by number, for groups whose agents may hold several contacts.
    pub(super) hands: Vec<Hands>,
    pub(super) cases: Cases,
    /// For queues with `lines`: when each customer now with an agent leaves the line.
    pub(super) talking: Vec<BinaryHeap<Reverse<u64>>>,
    /// Customers now with agents known by number, whose end is open.
    pub(super) on_line: Vec<usize>,
    /// Those in each line who accepted a callback and have hung up.
    pub(super) kept: Vec<usize>,
    /// Waits of those answered last in each queue, the latest last, µs; empty where no queue asks.
    pub(super) answered_last: Vec<VecDeque<u64>>,
    /// Since when the idle agents of each group that is only counted are idle, µs; empty where no queue asks.
    pub(super) idle_since: Vec<VecDeque<u64>>,
    /// How many contacts of each queue's tape have arrived.
    pub(super) next: Vec<usize>,
    /// When the next one comes, by queue.
    pub(super) coming: Tournament<false>,
    /// The private seeds of each queue's contacts, by phase.
    pub(super) seeds: Vec<[Seeds; 3]>,
    /// How many have arrived in all.
    pub(super) arrived: usize,
    /// The next interval boundary.
    pub(super) boundary: usize,
    /// Whether that boundary is being crossed right now.
    pub(super) crossing: bool,
    started: bool,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Floor {
    fn clone(&self) -> Self {
        Self {
            queues: self.queues.clone(),
            crews: self.crews.clone(),
            ends: self.ends.clone(),
            alarms: self.alarms.clone(),
            hands: self.hands.clone(),
            cases: self.cases.clone(),
            talking: self.talking.clone(),
            on_line: self.on_line.clone(),
            kept: self.kept.clone(),
            answered_last: self.answered_last.clone(),
            idle_since: self.idle_since.clone(),
            next: self.next.clone(),
            coming: self.coming.clone(),
            seeds: self.seeds.clone(),
            ..*self
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.queues.clone_from(&source.queues);
        self.crews.clone_from(&source.crews);
        self.ends.clone_from(&source.ends);
        self.alarms.clone_from(&source.alarms);
        self.hands.clone_from(&source.hands);
        self.cases.clone_from(&source.cases);
        self.talking.clone_from(&source.talking);
        self.on_line.clone_from(&source.on_line);
        self.kept.clone_from(&source.kept);
        self.answered_last.clone_from(&source.answered_last);
        self.idle_since.clone_from(&source.idle_since);
        self.next.clone_from(&source.next);
        self.coming.clone_from(&source.coming);
        self.seeds.clone_from(&source.seeds);
        (self.arrived, self.boundary) = (source.arrived, source.boundary);
        (self.crossing, self.started) = (source.crossing, source.started);
    }
}

impl Floor {
    pub(super) fn new(facts: &Facts) -> Self {
        let (queues, groups) = (facts.queues.len(), facts.groups.len());
        let remembers = facts.queues.iter().any(|queue| queue.remembers > 0);
        Self {
            queues: Lines::new(queues),
            crews: vec![Crew::default(); groups],
            ends: Ends::new(groups, facts.is_plain()),
            alarms: Heap::new(),
            hands: facts.groups.iter().map(|g| Hands::new(if g.several { g.capacity } else { 0 })).collect(),
            cases: Cases::default(),
            talking: vec![BinaryHeap::new(); queues],
            on_line: vec![0; queues],
            kept: vec![0; queues],
            answered_last: vec![VecDeque::new(); if remembers { queues } else { 0 }],
            idle_since: vec![VecDeque::new(); if facts.idle_since_matters { groups } else { 0 }],
            next: vec![0; queues],
            coming: Tournament::new(queues),
            seeds: Vec::with_capacity(queues),
            arrived: 0,
            boundary: 0,
            crossing: false,
            started: false,
        }
    }

    pub(super) fn begin(&mut self, facts: &Facts) {
        self.queues.clear();
        self.crews.fill(Crew::default());
        self.ends.clear();
        self.alarms.clear();
        self.hands.iter_mut().for_each(Hands::clear);
        self.cases.clear();
        self.talking.iter_mut().for_each(BinaryHeap::clear);
        self.on_line.fill(0);
        self.kept.fill(0);
        self.answered_last.iter_mut().for_each(VecDeque::clear);
        self.idle_since.iter_mut().for_each(VecDeque::clear);
        self.next.fill(0);
        self.coming.clear();
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
        while self.anyone_waits_since_before(desk, end, now) && self.goes_on(desk) {
            now += desk.facts.interval.div_ceil(16);
            if self.boundary <= desk.facts.intervals && now > desk.facts.start_of(self.boundary) {
                self.cross(desk);
            }
            self.play(desk, now);
        }
    }

    /// Whether anything will still happen.
    fn goes_on<W: Witness>(&self, desk: &Desk<W>) -> bool {
        let idle = self.ends.next() >= NEVER && self.alarms.peek().is_none();
        !idle || self.boundary <= desk.facts.intervals || self.coming.next() < NEVER
    }

    pub(super) fn finish<W: Witness>(&mut self, desk: &mut Desk<W>) {
        self.advance(desk, desk.facts.intervals + 1);
        self.play(desk, NEVER);
        let end = desk.facts.end();
        for q in 0..self.queues.len() {
            self.resolve_expired(desk, q, u64::MAX);
            // Work that nobody was ever free enough for, and who hung up behind it.
            while let Some(contact) = self.queues.pop(q) {
                match contact.expires {
                    u64::MAX => self.leave(desk, q, &contact, end.max(contact.joined), Fate::Unfinished),
                    left => self.leave(desk, q, &contact, left, Fate::Abandoned),
                }
            }
        }
        // Agents who waited with one of them are released.
        self.play(desk, NEVER);
    }

    /// New people come to work at `t`.
    pub(super) fn hire(&mut self, g: usize, agents: u32, t: u64) {
        self.crews[g].hire(agents);
        if self.hands[g].is_plain() {
            self.note_idle(g, agents, t);
        } else {
            (0..agents).for_each(|_| self.hands[g].hire(t));
        }
    }

    /// The next alarm rings.
    fn ring<W: Witness>(&mut self, desk: &mut Desk<W>) {
        let Some(Alarm { at, place, what }) = self.alarms.pop() else { return };
        match what {
            What::Wake { queue, ticket } => self.wake(desk, at, queue as usize, ticket),
            What::Leaves { queue } => self.resolve_expired(desk, queue as usize, at),
            What::Comes { .. } => self.comes(desk, at, place, what),
            What::Overdue { .. } => self.overdue(desk, at, place, what),
            What::Release(holder) => self.release(desk, holder, at),
            What::Calls { .. } => self.waits_again(desk, at, place, what),
            What::Late { group } => self.comes_late(desk, group as usize, at),
            What::Looks { group } => self.look_up(desk, group as usize, at),
            What::Silent(holder) => self.silence_over(desk, holder, at),
            What::Writes { .. } => self.writes_again(desk, at, place, what),
        }
    }

    /// Hires the first interval's staff for the run-in.
    fn open<W: Witness>(&mut self, desk: &mut Desk<W>) {
        if self.started {
            return;
        }
        self.started = true;
        self.seeds.clear();
        for q in 0..desk.tape.queues.len() {
            if !desk.facts.queues[q].apart {
                self.expect(desk.tape, q);
            }
            self.seeds.push(desk.tape.seeds(q));
        }
        self.self_service(desk);
        if desk.facts.run_in > 0 {
            let from = desk.facts.start_of(desk.facts.first) - desk.facts.run_in;
            for g in desk.facts.groups_here() {
                self.hire(g, Self::at_work(desk, g, desk.facts.first), from);
            }
        }
    }

    /// Plays every event before `limit`; no staffing change lies there.
    fn play<W: Witness>(&mut self, desk: &mut Desk<W>, limit: u64) {
        if self.is_plain_now(desk.facts) {
            return self.play_plainly(desk, limit);
        }
        loop {
            let (end, arrival) = (self.ends.next(), self.coming.next());
            let alarm = self.alarms.peek().map_or(u64::MAX, |alarm| alarm.at);
            if end.min(alarm).min(arrival) >= limit {
                break;
            }
            if end <= alarm && end <= arrival {
                self.serve_end(desk);
            } else if alarm <= arrival {
                self.ring(desk);
            } else {
                self.arrive_next(desk, arrival);
            }
        }
    }

    /// Ends of service at exactly `t`, which come before the staffing change of that instant.
    pub(super) fn play_ends_at<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64) {
        while self.ends.next() <= t {
            self.serve_end(desk);
        }
    }

    /// Plays up to the next boundary and crosses it.
    fn cross<W: Witness>(&mut self, desk: &mut Desk<W>) {
        let t = desk.facts.start_of(self.boundary);
        self.play(desk, t);
        self.play_ends_at(desk, t);
        self.count_work(desk, t);
        self.count_backlog(desk, t);
        self.change_staffing(desk, t);
        debug_assert!(self.is_in_order(desk.facts), "the books of who holds what do not agree");
        self.boundary += 1;
    }

    /// Whether what is known about agents by number agrees with their contacts and with the counts: nobody holds more
    /// than they can, nobody who has gone home holds anything.
    fn is_in_order(&self, facts: &Facts) -> bool {
        let known =
            self.hands.iter().zip(&facts.groups).zip(&self.crews).filter(|((_, group), _)| group.several);
        known.into_iter().all(|((hands, group), crew)| {
            let here = || hands.agents.iter().filter(|one| one.at_work && !one.leaving);
            let sound = hands.agents.iter().all(|one| {
                let used: u32 = one.jobs.iter().map(|job| job.link.need).sum();
                one.used == used && used <= group.capacity && (one.at_work || one.jobs.is_empty())
            });
            let idle = here().filter(|one| one.jobs.is_empty()).count();
            sound && here().count() == crew.present as usize && idle == crew.idle as usize
        })
    }

    /// The interval now being played, once the first has begun; a number past the last one when the run is over.
    pub(super) fn interval(&self) -> usize {
        self.boundary.saturating_sub(1)
    }

    /// An agent is free: leaves, takes the next contact, or idles.
    fn serve_end<W: Witness>(&mut self, desk: &mut Desk<W>) {
        let (t, (g, slot)) = (self.ends.next(), self.ends.first());
        let holds = self.ends.holds(g, slot);
        if let Holds::Known(agent) = holds {
            return self.end_phase(desk, g, agent, t);
        }
        if holds == Holds::Agent {
            if let Some((link, contact)) = self.take(desk, g, t, 1, self.crews[g].idle + 1) {
                return self.answer(desk, link, &contact, t, Some(slot));
            }
            self.crews[g].idle += 1;
            self.note_idle(g, 1, t);
        }
        self.ends.stop(g, slot);
        self.look_up(desk, g, t);
    }

    /// Those of group `g` who have stayed after a closing go home if nobody is left to stay for.
    pub(super) fn look_up<W: Witness>(&mut self, desk: &mut Desk<W>, g: usize, t: u64) {
        if self.crews[g].staying && !self.anyone_to_stay_for(desk, g, t) {
            self.send_idle_home(g);
        }
    }

    /// Who hung up before `t` at the head of the line is written down and leaves it.
    #[inline]
    pub(super) fn resolve_head<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, t: u64) {
        if self.queues[q].head().is_some_and(|head| head.expires < t) {
            self.resolve_heads(desk, q, t);
        }
    }

    /// The same, somebody having hung up.
    fn resolve_heads<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, t: u64) {
        while let Some(contact) = self.queues.pop_expired_head(q, t) {
            self.leave(desk, q, &contact, contact.expires, Fate::Abandoned);
        }
    }

    /// Everyone in line who hung up before `t` is written down and leaves it.
    pub(super) fn resolve_expired<W: Witness>(&mut self, desk: &mut Desk<W>, q: usize, t: u64) {
        while let Some(contact) = self.queues.pop_expired(q, t) {
            self.leave(desk, q, &contact, contact.expires, Fate::Abandoned);
        }
    }

    fn anyone_waits_since_before<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        joined_before: u64,
        now: u64,
    ) -> bool {
        let waits = (0..self.queues.len()).any(|q| {
            self.resolve_head(desk, q, now);
            self.queues[q].head().is_some_and(|head| head.joined < joined_before)
        });
        let calls_back = desk.facts.queues.iter().any(|queue| queue.calls_back);
        waits || (calls_back && self.anyone_to_call_since_before(joined_before))
    }
}
