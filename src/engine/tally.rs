//! What one replication counted: whole numbers only, so that sums over replications are exact in any order.
//!
//! A contact is counted in the interval in which it arrived, whatever happens later (rule 3); time waiting in line
//! and time at work are counted in the interval in which they were spent.

use super::more::{DoneCell, More};
use crate::model::{Goal, GroupId, Model, QueueId};
use crate::units::Micros;

/// Everything one replication counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// One per queue of the model.
    pub queues: Vec<QueueTally>,
    /// One per group of the model.
    pub groups: Vec<GroupTally>,
}

/// What happened in one queue.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct QueueTally {
    /// One per interval of the run.
    pub cells: Vec<Cell>,
    /// Classes of waiting time: one more than the queue has thresholds.
    pub classes: usize,
    /// Answered contacts by interval and class, `cells.len() × classes`: class `c` is `threshold[c-1] < wait ≤ threshold[c]`.
    pub answered_in: Vec<u64>,
    /// Abandoned contacts likewise.
    pub abandoned_in: Vec<u64>,
    /// One per interval where the queue has any behaviour switched on; else empty.
    pub more: Vec<More>,
    /// First attempts answered, by interval and class of wait like `answered_in`; empty where `more` is.
    pub first_answered_in: Vec<u64>,
    /// Callbacks connected, by interval and class of the time from the offer to the connection; empty without callbacks.
    pub connected_in: Vec<u64>,
    /// By interval and `done` target (in the order of the queue's targets): `cells.len() × promises`.
    pub done: Vec<DoneCell>,
    /// How many `done` targets the queue has.
    pub promises: usize,
}

/// Counts of the contacts that arrived in one interval, and the time spent in line during it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Offered for the first time by a new customer (the rest of the offered came from elsewhere).
    pub first_attempts: u64,
    /// Reached an agent.
    pub answered: u64,
    /// Hung up while waiting.
    pub abandoned: u64,
    /// Hung up at once, when they would have had to wait.
    pub balked: u64,
    /// Found all lines or places taken.
    pub blocked: u64,
    /// Came while closed.
    pub turned_away: u64,
    /// Left for another queue.
    pub moved_on: u64,
    /// Accepted a callback instead of waiting.
    pub callbacks: u64,
    /// Still waiting when the run, or the opening, ended.
    pub unfinished: u64,
    /// Answered or abandoned after some wait.
    pub waited: u64,
    /// Total wait of the answered, µs.
    pub answered_wait: u64,
    /// Total wait of the abandoned, µs.
    pub abandoned_wait: u64,
    /// Longest wait of an answered contact, µs.
    pub longest_wait: u64,
    /// Time spent in line during this interval, all contacts together, µs: mean queue × length of the interval.
    pub queue_time: u64,
}

impl Cell {
    /// All contacts offered: rule 2's balance.
    pub fn offered(&self) -> u64 {
        self.answered
            + self.abandoned
            + self.balked
            + self.blocked
            + self.turned_away
            + self.moved_on
            + self.callbacks
            + self.unfinished
    }

    /// Adds another cell; the longest wait is the longer one. Times saturate: a year of calls that nobody answers
    /// would overflow, and estimates claim nothing of saturated sums.
    pub fn add(&mut self, other: &Self) {
        self.first_attempts += other.first_attempts;
        self.answered += other.answered;
        self.abandoned += other.abandoned;
        self.balked += other.balked;
        self.blocked += other.blocked;
        self.turned_away += other.turned_away;
        self.moved_on += other.moved_on;
        self.callbacks += other.callbacks;
        self.unfinished += other.unfinished;
        self.waited += other.waited;
        self.answered_wait = self.answered_wait.saturating_add(other.answered_wait);
        self.abandoned_wait = self.abandoned_wait.saturating_add(other.abandoned_wait);
        self.longest_wait = self.longest_wait.max(other.longest_wait);
        self.queue_time = self.queue_time.saturating_add(other.queue_time);
    }
}

impl QueueTally {
    fn new(model: &Model, id: QueueId) -> Self {
        let (queue, intervals) = (&model.queues[id.0], model.grid().intervals());
        let classes = queue.thresholds.len() + 1;
        let counted = |on: bool| if on { intervals } else { 0 };
        let more = counted(model.counts_more(id));
        let promises = queue.targets.iter().filter(|t| matches!(t.goal, Goal::Done { .. })).count();
        Self {
            cells: vec![Cell::default(); intervals],
            classes,
            answered_in: vec![0; intervals * classes],
            abandoned_in: vec![0; intervals * classes],
            more: vec![More::default(); more],
            first_answered_in: vec![0; more * classes],
            connected_in: vec![0; counted(queue.journey.callback.is_some()) * classes],
            done: vec![DoneCell::default(); intervals * promises],
            promises,
        }
    }

    fn clear(&mut self) {
        self.cells.fill(Cell::default());
        self.answered_in.fill(0);
        self.abandoned_in.fill(0);
        self.more.fill(More::default());
        self.first_answered_in.fill(0);
        self.connected_in.fill(0);
        self.done.fill(DoneCell::default());
    }

    /// Contacts of interval `i` answered within threshold number `threshold` of the queue.
    pub fn answered_within(&self, i: usize, threshold: usize) -> u64 {
        self.answered_in[i * self.classes..][..=threshold].iter().sum()
    }

    /// Contacts of interval `i` that hung up while waiting within threshold number `threshold` (balkers not included).
    pub fn abandoned_within(&self, i: usize, threshold: usize) -> u64 {
        self.abandoned_in[i * self.classes..][..=threshold].iter().sum()
    }
}

/// How one group spent its time.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct GroupTally {
    /// Agent time handling and wrapping up during each interval of the run, µs.
    pub busy: Vec<u64>,
    /// Part of `busy` worked by agents who were due to have left, µs.
    pub overtime: Vec<u64>,
    /// All counted busy time, to the last contact, µs.
    pub busy_total: u64,
    /// Part of `busy_total` worked by agents who were due to have left, µs.
    pub overtime_total: u64,
    /// Agent time with 0, 1, 2, … contacts in hand during each interval, µs: `busy.len() × loads`, entry 0 unused.
    /// Empty for a group whose agents hold one contact at a time and put nothing aside.
    pub at_load: Vec<u64>,
    /// One more than the most contacts that an agent can hold; 0 where `at_load` is empty.
    pub loads: usize,
    /// Contacts answered, by the interval in which that was; empty unless the group is paid by the contact.
    pub answered: Vec<u64>,
    /// Planned agent time not worked during each interval because people stayed away or came late, µs; empty unless
    /// they may.
    pub away: Vec<u64>,
}

impl GroupTally {
    fn new(model: &Model, group: GroupId) -> Self {
        let intervals = model.grid().intervals();
        let most = model.groups[group.0].most_in_hand();
        let loads = if model.holds_several(group) { most + 1 } else { 0 };
        let paid_by_contact = model.groups[group.0].cost_per_contact.is_some();
        let uncertain = model.groups[group.0].people.are_uncertain();
        Self {
            busy: vec![0; intervals],
            overtime: vec![0; intervals],
            busy_total: 0,
            overtime_total: 0,
            at_load: vec![0; intervals * loads],
            loads,
            answered: vec![0; if paid_by_contact { intervals } else { 0 }],
            away: vec![0; if uncertain { intervals } else { 0 }],
        }
    }

    /// Planned agent time not worked during interval `i`, µs.
    pub fn away_in(&self, i: usize) -> u64 {
        self.away.get(i).copied().unwrap_or(0)
    }

    fn clear(&mut self) {
        self.busy.fill(0);
        self.overtime.fill(0);
        self.busy_total = 0;
        self.overtime_total = 0;
        self.at_load.fill(0);
        self.answered.fill(0);
        self.away.fill(0);
    }
}

impl Tally {
    /// All zero, of the model's size.
    pub fn new(model: &Model) -> Self {
        Self {
            queues: (0..model.queues.len()).map(|q| QueueTally::new(model, QueueId(q))).collect(),
            groups: (0..model.groups.len()).map(|g| GroupTally::new(model, GroupId(g))).collect(),
        }
    }

    /// Back to all zero, keeping the memory.
    pub fn clear(&mut self) {
        self.queues.iter_mut().for_each(QueueTally::clear);
        self.groups.iter_mut().for_each(GroupTally::clear);
    }
}

// The three `Clone`s are written out so that copying a snapshot onto another keeps its memory.

impl Clone for Tally {
    fn clone(&self) -> Self {
        Self { queues: self.queues.clone(), groups: self.groups.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.queues.clone_from(&source.queues);
        self.groups.clone_from(&source.groups);
    }
}

impl Clone for QueueTally {
    fn clone(&self) -> Self {
        Self {
            cells: self.cells.clone(),
            classes: self.classes,
            answered_in: self.answered_in.clone(),
            abandoned_in: self.abandoned_in.clone(),
            more: self.more.clone(),
            first_answered_in: self.first_answered_in.clone(),
            connected_in: self.connected_in.clone(),
            done: self.done.clone(),
            promises: self.promises,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.classes = source.classes;
        self.promises = source.promises;
        self.cells.clone_from(&source.cells);
        self.answered_in.clone_from(&source.answered_in);
        self.abandoned_in.clone_from(&source.abandoned_in);
        self.more.clone_from(&source.more);
        self.first_answered_in.clone_from(&source.first_answered_in);
        self.connected_in.clone_from(&source.connected_in);
        self.done.clone_from(&source.done);
    }
}

impl Clone for GroupTally {
    fn clone(&self) -> Self {
        Self {
            busy: self.busy.clone(),
            overtime: self.overtime.clone(),
            busy_total: self.busy_total,
            overtime_total: self.overtime_total,
            at_load: self.at_load.clone(),
            loads: self.loads,
            answered: self.answered.clone(),
            away: self.away.clone(),
        }
    }

    fn clone_from(&mut self, source: &Self) {
        (self.busy_total, self.overtime_total) = (source.busy_total, source.overtime_total);
        self.loads = source.loads;
        self.busy.clone_from(&source.busy);
        self.overtime.clone_from(&source.overtime);
        self.at_load.clone_from(&source.at_load);
        self.answered.clone_from(&source.answered);
        self.away.clone_from(&source.away);
    }
}

/// How a contact ended in its queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Reached an agent of this group (position in the model).
    Answered {
        /// Who answered.
        group: usize,
        /// How long the agent is busy with it.
        busy: Micros,
    },
    /// Hung up while waiting.
    Abandoned,
    /// Hung up at once.
    Balked,
    /// No line or place was free.
    Blocked,
    /// Came while closed.
    TurnedAway,
    /// Left for another queue.
    MovedOn,
    /// Accepted a callback instead of waiting.
    Callback,
    /// Waiting when the run or the opening ended, or nobody could ever take it.
    Unfinished,
}

/// One contact's story in one queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The queue (position in the model).
    pub queue: usize,
    /// Position among the queue's contacts on the tape; contacts that came from another queue carry the position they had there.
    pub position: usize,
    /// When it joined.
    pub arrived: Micros,
    /// Wait until answered, hung up, moved on or given up.
    pub wait: Micros,
    /// How it ended.
    pub fate: Fate,
    /// Whether it counts (rule 3), or belongs to the warm-up.
    pub counted: bool,
}

/// One case's story, told when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The queue in which it ended (position in the model).
    pub queue: usize,
    /// Its first arrival.
    pub began: Micros,
    /// From then to its end, the time the customer was asked left out.
    pub took: Micros,
    /// How often an agent took it up.
    pub touches: u32,
    /// Whether it counts (rule 3), or belongs to the warm-up.
    pub counted: bool,
}

/// One attempt to call somebody back, or the end of waiting for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Called {
    /// The queue (position in the model).
    pub queue: usize,
    /// Position on the tape, as in [`Ended`].
    pub position: usize,
    /// When the callback was accepted.
    pub accepted: Micros,
    /// From then to this attempt, or to the end of waiting.
    pub waited: Micros,
    /// What came of it.
    pub call: Call,
    /// Whether it counts (rule 3), or belongs to the warm-up.
    pub counted: bool,
}

/// What came of calling somebody back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Reached: customer and agent talk.
    Connected {
        /// Who called (position in the model).
        group: usize,
        /// How long the agent is busy with it.
        busy: Micros,
    },
    /// Reached nobody.
    InVain {
        /// Who called (position in the model).
        group: usize,
        /// How long the agent was busy with it.
        busy: Micros,
        /// Whether it was the last attempt.
        last: bool,
    },
    /// Neither connected nor given up when the run or the opening ended.
    Unfinished,
}

/// Someone who is told of every contact's end. The unit type listens to nothing and costs nothing.
pub trait Witness {
    /// A contact ended: told when that is known, which may be some time before it happens, or after.
    fn ended(&mut self, story: &Ended);

    /// Whether every contact's end is to be told. If not, those who found an agent idle may be told of together
    /// ([`Witness::found_idle`]).
    fn hears_all(&self) -> bool {
        true
    }

    /// So many contacts of a queue found an agent idle, and count; told only to witnesses who need not hear all.
    fn found_idle(&mut self, _queue: usize, _contacts: u64) {}

    /// A case ended. Told only for queues that count more than arrivals, answers and losses, or where an outcome is over
    /// the time that cases take.
    fn resolved(&mut self, _case: &Resolved) {}

    /// Somebody who accepted a callback was called, or will not be. Accepting is a contact's end: [`Fate::Callback`].
    fn called(&mut self, _call: &Called) {}
}

impl Witness for () {
    fn ended(&mut self, _: &Ended) {}

    fn hears_all(&self) -> bool {
        false
    }
}
