//! What the engines look up per contact, worked out once per model: links between queues and groups, instants, limits.

use crate::model::{AfterWait, AtClose, AtEnd, Factor, GroupId, Law, Model, QueueId, Start, Take};
use crate::units::Micros;

/// A queue and a group that may serve it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) queue: usize,
    pub(super) group: usize,
    /// Wait before the group may take the contact, µs.
    pub(super) after: u64,
    /// Column of the tape's handle times.
    pub(super) column: usize,
    pub(super) factor: Factor,
}

/// The engine's view of a queue.
#[derive(Clone, Debug)]
pub(super) struct QueueFacts {
    /// Groups in the order an arriving contact tries them.
    pub(super) route: Vec<Link>,
    pub(super) thresholds: Vec<u64>,
    /// The threshold by which a contact is due, µs.
    pub(super) within: u64,
    pub(super) lines: Option<usize>,
    pub(super) max_waiting: Option<usize>,
    pub(super) after_wait: Option<AfterWait>,
    pub(super) priority: u32,
    pub(super) weight: u64,
    pub(super) at_close: AtClose,
    /// Whether the number waiting must be exact at every moment, because a rule reads it.
    pub(super) exact_length: bool,
    /// Whether a contact must be woken while it waits.
    pub(super) timed: bool,
    /// Open in each interval of the run; one more, closed, for the time after it.
    pub(super) open: Vec<bool>,
    /// Laws of handle time by column, wrap-up, patience and balking, for contacts that come from another queue.
    pub(super) laws: Vec<Law>,
    pub(super) wrap: Option<Law>,
    pub(super) patience: Option<Law>,
    pub(super) balk: f64,
}

/// The engine's view of a group.
#[derive(Clone, Debug)]
pub(super) struct GroupFacts {
    /// Queues in order of preference.
    pub(super) serves: Vec<Link>,
    pub(super) take: Take,
    /// For each interval of the run, and its end, whether the group closes there.
    pub(super) closes: Vec<bool>,
}

/// Everything looked up while a day is played.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) queues: Vec<QueueFacts>,
    pub(super) groups: Vec<GroupFacts>,
    /// Engine time of midnight of the first day, µs.
    pub(super) lead: u64,
    /// Length of an interval, µs.
    pub(super) interval: u64,
    /// Intervals in the run.
    pub(super) intervals: usize,
    /// The first interval in which any queue is open.
    pub(super) first: usize,
    /// Contacts and time count from here, µs.
    pub(super) counted_from: u64,
    /// Length of the run-in before the first opening, µs.
    pub(super) run_in: u64,
    pub(super) at_end: AtEnd,
}

impl Facts {
    pub(super) fn new(model: &Model) -> Self {
        let grid = model.grid();
        Self {
            queues: (0..model.queues.len()).map(|q| QueueFacts::new(model, QueueId(q))).collect(),
            groups: (0..model.groups.len()).map(|g| GroupFacts::new(model, GroupId(g))).collect(),
            lead: grid.lead.0,
            interval: grid.interval.0,
            intervals: grid.intervals(),
            first: model.first_open().unwrap_or(0),
            counted_from: model.counted_from().0,
            run_in: match model.run.start {
                Start::Empty => 0,
                Start::Steady { run_in } => run_in.0,
            },
            at_end: model.run.at_end,
        }
    }

    /// Engine time at which interval `i` starts.
    pub(super) fn start_of(&self, i: usize) -> u64 {
        self.lead + self.interval * i as u64
    }

    /// The interval that contains engine time `t`; the number of intervals when it is after the run.
    pub(super) fn interval_at(&self, t: u64) -> usize {
        ((t.saturating_sub(self.lead) / self.interval) as usize).min(self.intervals)
    }
}

impl QueueFacts {
    fn new(model: &Model, id: QueueId) -> Self {
        let queue = &model.queues[id.0];
        let route: Vec<Link> = queue.route.iter().filter_map(|step| link(model, id, step.group)).collect();
        let by_length = |link: &Link| model.groups[link.group].take == Take::LongestQueue;
        let mut open: Vec<bool> = (0..model.grid().intervals()).map(|i| queue.opening.is_open(i)).collect();
        open.push(false);
        Self {
            thresholds: queue.thresholds.iter().map(|t| t.0).collect(),
            within: queue.within.0,
            lines: queue.lines.map(|n| n as usize),
            max_waiting: queue.max_waiting.map(|n| n as usize),
            after_wait: queue.after_wait.map(|leave| AfterWait { wait: leave.wait.max(Micros(1)), ..leave }),
            priority: queue.priority,
            weight: queue.weight,
            at_close: queue.at_close,
            exact_length: queue.lines.is_some() || queue.max_waiting.is_some() || route.iter().any(by_length),
            timed: queue.after_wait.is_some() || route.iter().any(|link| link.after > 0),
            open,
            laws: model.handle_laws(id).into_iter().cloned().collect(),
            wrap: queue.wrap.clone(),
            patience: queue.patience.clone(),
            balk: queue.balk,
            route,
        }
    }

    /// Which class of waiting time `wait` falls in: how many thresholds it exceeds.
    pub(super) fn class_of(&self, wait: u64) -> usize {
        self.thresholds.iter().take_while(|&&t| wait > t).count()
    }
}

impl GroupFacts {
    fn new(model: &Model, id: GroupId) -> Self {
        let group = &model.groups[id.0];
        let mut closes = vec![false; model.grid().intervals() + 1];
        for session in group.opening.sessions() {
            closes[session.end] = true;
        }
        let serves = group.serves.iter().filter_map(|skill| link(model, skill.queue, id)).collect();
        Self { serves, take: group.take, closes }
    }
}

/// The link between a queue and a group, if the queue's route and the group's skills both have it.
fn link(model: &Model, queue: QueueId, group: GroupId) -> Option<Link> {
    let step = model.queues[queue.0].route.iter().find(|step| step.group == group)?;
    let skill = model.groups[group.0].skill(queue)?;
    Some(Link {
        queue: queue.0,
        group: group.0,
        after: step.after.0,
        column: model.handle_column(queue, group),
        factor: skill.factor,
    })
}
