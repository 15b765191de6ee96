//! The recursion: a queue, first come, first served, and a group that have only each other (Kiefer and Wolfowitz 1955,
//! with abandonment and changing staff).
//!
//! No event list is needed. The state is the agents' free times and the next contact that has no fate yet: that
//! contact starts at `max(arrival, earliest free time)`, unless it would have hung up by then. Staff changes at an
//! interval boundary are exact because contacts are decided only as far as their start lies at or before it:
//! when staff falls the earliest free times leave (the idle first, then the first to finish), when it rises new
//! agents are free from that instant.

use super::desk::Desk;
use super::facts::Facts;
use super::free_times::FreeTimes;
use super::ledger::{self, Joined};
use super::plain::queues_moved_to;
use super::stretch::Stretch;
use super::tally::{Fate, Witness};
use super::{QueueTape, Staffing};
use crate::model::{AtClose, AtEnd, Factor, GroupId, Model, People, Queue, QueueId};

/// The queues and groups of a model that the recursion can play: those that have only each other. They share their
/// opening hours, no rule reads the length of the line or moves a contact out of it, and contacts come only while open,
/// off the tape, to people who are all there and know their work.
pub(super) fn apart(model: &Model) -> Vec<(QueueId, GroupId)> {
    let queues = (0..model.queues.len()).map(QueueId);
    queues.filter_map(|id| alone_with(model, id).map(|group| (id, group))).collect()
}

/// The one group that serves a queue and nothing else, if the recursion can play the two.
fn alone_with(model: &Model, id: QueueId) -> Option<GroupId> {
    let queue = &model.queues[id.0];
    let [step] = queue.route.as_slice() else { return None };
    let group = &model.groups[step.group.0];
    let [skill] = group.serves.as_slice() else { return None };
    let moved_to = queues_moved_to(model).any(|to| to == id);
    let plain = queue.lines.is_none() && queue.max_waiting.is_none() && queue.after_wait.is_none();
    let direct = step.after.0 == 0 && skill.queue == id && skill.reserve == 0 && !moved_to;
    let ordinary = !model.counts_more(id)
        && !model.times_cases(id)
        && group.cost_per_contact.is_none()
        && !model.holds_several(step.group)
        && group.people == People::default();
    let hours = comes_only_while_open(queue) && queue.opening == group.opening;
    (plain && direct && ordinary && hours).then_some(step.group)
}

fn comes_only_while_open(queue: &Queue) -> bool {
    queue.volumes.iter().enumerate().all(|(i, &volume)| volume <= 0.0 || queue.opening.is_open(i))
}

/// State of the recursion between two contacts.
#[derive(Debug)]
pub(super) struct Line {
    /// Queue and group (positions in the model).
    queue: usize,
    group: usize,
    /// When each agent is free.
    free: FreeTimes,
    at: Place,
    factor: Factor,
    /// Column of the tape's handle times.
    column: usize,
}

/// Where the recursion stands on the tape and in the run.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// The first contact without a fate.
    next: usize,
    /// The next interval boundary.
    boundary: usize,
    /// After a closing: the agents are due to leave and stay only for those who still wait.
    staying: bool,
    /// Nobody is at work and nobody will be: who comes is unfinished at once.
    deserted: bool,
    started: bool,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Line {
    fn clone(&self) -> Self {
        Self { free: self.free.clone(), ..*self }
    }

    fn clone_from(&mut self, source: &Self) {
        self.free.clone_from(&source.free);
        (self.queue, self.group, self.at) = (source.queue, source.group, source.at);
        (self.factor, self.column) = (source.factor, source.column);
    }
}

impl Line {
    /// Of a queue that has a group to itself: see [`apart`].
    pub(super) fn new(facts: &Facts, queue: QueueId) -> Self {
        let link = facts.queues[queue.0].route[0];
        Self {
            queue: link.queue,
            group: link.group,
            free: FreeTimes::default(),
            at: Place::default(),
            factor: link.factor,
            column: link.column as usize,
        }
    }

    pub(super) fn begin(&mut self, facts: &Facts) {
        self.free.clear();
        self.at = Place { boundary: facts.first, ..Place::default() };
    }

    pub(super) fn advance<W: Witness>(&mut self, desk: &mut Desk<W>, until: usize) {
        self.open(desk);
        while self.at.boundary < until {
            self.cross(desk);
        }
        self.play(desk, desk.facts.start_of(until), usize::MAX);
    }

    pub(super) fn settle<W: Witness>(&mut self, desk: &mut Desk<W>, interval: usize) {
        self.open(desk);
        let intervals = &desk.tape.queues[self.queue].interval;
        let last = intervals.partition_point(|&i| i == QueueTape::RUN_IN || i as usize <= interval);
        while self.at.next < last && self.at.boundary <= desk.facts.intervals {
            self.play(desk, desk.facts.start_of(self.at.boundary), last);
            if self.at.next < last {
                self.cross(desk);
            }
        }
        self.play(desk, u64::MAX, last);
    }

    pub(super) fn finish<W: Witness>(&mut self, desk: &mut Desk<W>) {
        self.advance(desk, desk.facts.intervals + 1);
        self.play(desk, u64::MAX, usize::MAX);
    }

    /// Whether what follows the pause at the next boundary depends on neither of the two: the same contacts have no fate
    /// yet, and the same agents are busy until the same times; since when others are idle does not matter.
    pub(super) fn stands_as(&self, other: &Self, facts: &Facts) -> bool {
        let (mine, theirs) = (self.at, other.at);
        let now = facts.start_of(mine.boundary);
        let busy = |line: &Self| {
            let mut times: Vec<u64> = line.free.all().map(|time| time.max(now)).collect();
            times.sort_unstable();
            times
        };
        let place = |at: Place| (at.next, at.boundary, at.staying, at.deserted);
        place(mine) == place(theirs) && self.free.len() == other.free.len() && busy(self) == busy(other)
    }

    /// Hires the first interval's staff for the run-in.
    fn open<W: Witness>(&mut self, desk: &mut Desk<W>) {
        if self.at.started {
            return;
        }
        self.at.started = true;
        if desk.facts.run_in > 0 {
            let from = desk.facts.start_of(desk.facts.first) - desk.facts.run_in;
            let agents = desk.staffing.at(GroupId(self.group), desk.facts.first);
            self.free.hire(agents as usize, from);
            self.at.deserted = agents == 0 && !self.anyone_from(desk.staffing, desk.facts.first);
        }
    }

    /// Decides contacts that arrive before `limit`, start at or before it and come before position `last`.
    fn play<W: Witness>(&mut self, desk: &mut Desk<W>, limit: u64, last: usize) {
        let queue = &desk.tape.queues[self.queue];
        let last = last.min(queue.len());
        while self.at.next < last && queue.arrive[self.at.next] < limit {
            let k = self.at.next;
            if self.free.len() > 0 {
                self.decide(desk, limit, last);
                if self.at.next == k {
                    break;
                }
            } else if self.at.deserted {
                self.end(desk, k, queue.arrive[k], Fate::Unfinished);
            } else {
                break;
            }
        }
    }

    /// Decides contacts that arrived in the same interval as the next one, as far as `play` may.
    fn decide<W: Witness>(&mut self, desk: &mut Desk<W>, limit: u64, last: usize) {
        let Self { queue, group, free, at, factor, column } = self;
        let stretch = Stretch {
            queue: *queue,
            group: *group,
            first: at.next,
            limit,
            last,
            at: at.boundary.saturating_sub(1),
            late: at.staying,
            factor: *factor,
            column: *column,
        };
        // The usual sizes of a crew have code of their own: a tree whose depth is known needs no checks.
        at.next = match free.leaves() {
            8 => stretch.decide(desk, free.round::<8>()),
            16 => stretch.decide(desk, free.round::<16>()),
            32 => stretch.decide(desk, free.round::<32>()),
            64 => stretch.decide(desk, free.round::<64>()),
            128 => stretch.decide(desk, free.round::<128>()),
            256 => stretch.decide(desk, free.round::<256>()),
            _ => stretch.decide(desk, free.any_round()),
        };
    }

    fn end<W: Witness>(&mut self, desk: &mut Desk<W>, k: usize, left: u64, fate: Fate) {
        let queue = &desk.tape.queues[self.queue];
        let contact = Joined {
            queue: self.queue,
            position: k,
            at: queue.arrive[k],
            interval: queue.interval[k] as usize,
            first: true,
        };
        ledger::ended(desk.tally, desk.facts, &contact, left, fate, desk.witness);
        self.at.next = k + 1;
    }

    /// Plays up to the next boundary and crosses it: staffing change, closing, end of the run.
    fn cross<W: Witness>(&mut self, desk: &mut Desk<W>) {
        let (facts, i) = (desk.facts, self.at.boundary);
        let t = facts.start_of(i);
        self.play(desk, t, usize::MAX);
        let agents = if i < facts.intervals { desk.staffing.at(GroupId(self.group), i) as usize } else { 0 };
        if facts.groups[self.group].closes[i] {
            self.close(desk, t);
        } else if !self.at.staying {
            self.restaff(desk, t, agents);
        } else if facts.queues[self.queue].open[i] {
            // New people open the next session; who stayed late goes home after the contact in hand.
            self.free.clear();
            self.at.staying = false;
            self.restaff(desk, t, agents);
        }
        let ends = i == facts.intervals;
        let dropped =
            facts.queues[self.queue].at_close == AtClose::Drop && facts.groups[self.group].closes[i];
        self.at.deserted = self.free.len() == 0 && !self.anyone_from(desk.staffing, i);
        if dropped || self.at.deserted || (ends && facts.at_end == AtEnd::Drop) {
            self.give_up(desk, t);
        }
        self.at.boundary = i + 1;
    }

    /// The group closes: whoever still works is on overtime, and stays for those who wait.
    fn close<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64) {
        let i = self.at.boundary;
        let ends = i == desk.facts.intervals;
        let finish = match desk.facts.queues[self.queue].at_close {
            AtClose::Finish => true,
            AtClose::Drop => false,
            AtClose::CarryOver => ends && desk.facts.at_end == AtEnd::Finish,
        };
        if finish {
            self.at.staying = true;
            for free in self.free.all() {
                ledger::overtime(desk.tally, desk.facts, self.group, t, free.max(t), i);
            }
        } else {
            self.restaff(desk, t, 0);
        }
    }

    /// Staff becomes `agents`: the earliest free times leave, or new agents are free from now.
    fn restaff<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64, agents: usize) {
        while self.free.len() > agents {
            let free = self.free.send_earliest_home();
            ledger::overtime(desk.tally, desk.facts, self.group, t, free.max(t), self.at.boundary);
        }
        if self.free.len() < agents {
            self.free.hire(agents - self.free.len(), t);
        }
    }

    /// Everyone who waits at `t` is sent away, except who had balked or hung up before.
    fn give_up<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64) {
        let queue = &desk.tape.queues[self.queue];
        while self.at.next < queue.len() && queue.arrive[self.at.next] < t {
            let k = self.at.next;
            let gives_up = queue.arrive[k].saturating_add(queue.patience(k));
            if queue.balks(k) {
                self.end(desk, k, queue.arrive[k], Fate::Balked);
            } else if gives_up < t {
                self.end(desk, k, gives_up, Fate::Abandoned);
            } else {
                self.end(desk, k, t, Fate::Unfinished);
            }
        }
    }

    /// Whether anyone is at work in interval `i` or later.
    fn anyone_from(&self, staffing: &Staffing, i: usize) -> bool {
        staffing.of(GroupId(self.group)).get(i..).is_some_and(|later| later.iter().any(|&n| n > 0))
    }
}
