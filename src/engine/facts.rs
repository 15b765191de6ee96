//! What the engines look up per contact, worked out once per model: links between queues and groups, instants, limits.

use super::QueueTape;
use super::Rota;
use super::callback_lines::add_callback_lines;
use super::lines::Set;
use super::plain::{Way, find_plain};
use crate::model::{
    AfterWait, Assign, AtClose, AtEnd, Choose, Clock, Due, Estimator, Factor, Goal, GroupId, Journey, Law,
    Model, Outside, Queue, QueueId, Start, Take,
};
use crate::units::Micros;

/// A queue and a group that may serve it.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // Each is looked up by itself, once per contact.
pub(super) struct Link {
    pub(super) queue: usize,
    pub(super) group: usize,
    /// Wait before the group may take the contact, µs.
    pub(super) after: u64,
    /// Column of the tape's handle times.
    pub(super) column: u32,
    pub(super) factor: Factor,
    /// Units of an agent's capacity that a contact takes.
    pub(super) need: u32,
    /// Taken only while more than this many agents of the group are idle, the taker included.
    pub(super) reserve: u32,
    /// Taken only when nobody else of the group's waits.
    pub(super) filler: bool,
    /// Live contacts may interrupt it.
    pub(super) stops: bool,
    /// An agent who holds something already may have room for it.
    pub(super) shares: bool,
    /// Nothing but being answered can happen between the two: see `find_plain`.
    pub(super) plain: bool,
}

impl Link {
    /// Whether a contact takes this group as long as the first law on the tape says.
    #[inline]
    pub(super) fn takes_as_drawn(&self) -> bool {
        self.column == 0 && self.factor == Factor::ONE
    }
}

/// What may follow when a group has answered a contact of a queue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Afterwards {
    /// Chance that the contact is passed on to the second line.
    pub(super) passes_on: f64,
    /// Multiplier on the chance that an answered contact comes back.
    pub(super) repeat_factor: f64,
}

/// The engine's view of a queue.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // each one spares most queues some work
pub(super) struct QueueFacts {
    /// Groups in the order an arriving contact tries them.
    pub(super) route: Vec<Link>,
    pub(super) thresholds: Vec<u64>,
    /// The threshold by which a contact is due, µs.
    pub(super) within: u64,
    /// How soon a customer who writes again is promised an answer, µs.
    pub(super) reply_within: u64,
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
    /// What may happen to its contacts besides; nothing in most queues.
    pub(super) journey: Journey,
    /// Whether something follows from what happens in it: its counters go beyond the ordinary ones, or agents stay
    /// with contacts in its line.
    pub(super) counts_more: bool,
    /// Whether something follows when somebody hangs up or is blocked, so that it must be known at once.
    pub(super) losses_matter: bool,
    /// Whether an agent may stay with one of its contacts until it is answered.
    pub(super) receives_warm: bool,
    /// Whether something follows when a contact has been answered.
    pub(super) answers_matter: bool,
    /// Promises about when work is done.
    pub(super) dues: Vec<Due>,
    /// The first of them, where it is the queue's first promise.
    pub(super) done_first: Option<Due>,
    /// Opening time before each interval of the run, µs; one more for the whole. Empty unless a clock needs it.
    pub(super) open_before: Vec<u64>,
    /// Whether its items are counted as a backlog.
    pub(super) deferred: bool,
    /// Its contacts come off the tape, wait, and are answered by agents who are only counted, or hang up.
    pub(super) plain: bool,
    /// The queue whose counters it writes: itself, unless it is the line of callbacks of another queue.
    pub(super) owner: usize,
    /// Its line of callbacks, if they wait apart.
    pub(super) callbacks: Option<usize>,
    /// Whether some of its contacts may be called back.
    pub(super) calls_back: bool,
    /// Whether who would have to wait hears how long, or may be offered a callback.
    pub(super) tells: bool,
    /// Of how many answered last the waits are remembered.
    pub(super) remembers: usize,
    /// Whether contacts of the tape may come while it is closed, and what then happens to them and others.
    pub(super) comes_closed: bool,
    pub(super) outside: Outside,
    /// Whether it is left to the recursion, with its group.
    pub(super) apart: bool,
}

/// The engine's view of a group.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // as above
pub(super) struct GroupFacts {
    /// Queues in order of preference.
    pub(super) serves: Vec<Link>,
    /// The same as a set, and where each of them stands in `serves`.
    pub(super) lines: Set,
    pub(super) position: Vec<u32>,
    pub(super) take: Take,
    /// Whether any of them is a filler.
    pub(super) has_filler: bool,
    /// Whether its agents are known by what they hold.
    pub(super) several: bool,
    pub(super) capacity: u32,
    pub(super) assign: Assign,
    /// 2³² / stretch with 1, 2, … in hand: the last one holds for more.
    pub(super) rates: Vec<u64>,
    pub(super) paid_by_contact: bool,
    /// One per queue of the model.
    pub(super) afterwards: Vec<Afterwards>,
    /// Who of the planned people comes, and when; `None`: all of them, on time.
    pub(super) rota: Option<Rota>,
    /// Multiplier on handle times on each day of the run; empty: none.
    pub(super) learning: Vec<Factor>,
    /// For each interval of the run, and its end, whether the group closes there.
    pub(super) closes: Vec<bool>,
    /// Whether it is left to the recursion, with its queue.
    pub(super) apart: bool,
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
    /// Intervals in a day.
    per_day: usize,
    /// The first interval in which any queue is open.
    pub(super) first: usize,
    /// Contacts and time count from here, µs.
    pub(super) counted_from: u64,
    /// Length of the run-in before the first opening, µs.
    pub(super) run_in: u64,
    pub(super) at_end: AtEnd,
    /// Whether any work can be interrupted.
    pub(super) interrupts: bool,
    /// Whether it matters since when agents are idle.
    pub(super) idle_since_matters: bool,
    /// How the event loop plays.
    pub(super) way: Way,
}

impl Facts {
    /// Of a model some of whose queues and groups stand `apart`: the recursion plays them.
    pub(super) fn new(model: &Model, apart: &[(QueueId, GroupId)]) -> Self {
        let grid = model.grid();
        let mut queues: Vec<QueueFacts> =
            (0..model.queues.len()).map(|q| QueueFacts::new(model, QueueId(q))).collect();
        let mut groups: Vec<GroupFacts> =
            (0..model.groups.len()).map(|g| GroupFacts::new(model, GroupId(g))).collect();
        add_callback_lines(&mut queues, &mut groups);
        find_plain(model, &mut queues, &mut groups);
        for group in &mut groups {
            group.find_lines(queues.len());
        }
        for &(queue, group) in apart {
            (queues[queue.0].apart, groups[group.0].apart) = (true, true);
        }
        Self {
            interrupts: groups.iter().flat_map(|group| &group.serves).any(|link| link.stops),
            idle_since_matters: queues.iter().any(|queue| queue.journey.choose == Choose::LongestIdle),
            way: Way::of(&queues, &groups),
            queues,
            groups,
            lead: grid.lead.0,
            interval: grid.interval.0,
            intervals: grid.intervals(),
            per_day: grid.per_day,
            first: model.first_open().unwrap_or(0),
            counted_from: model.counted_from().0,
            run_in: match model.run.start {
                Start::Empty => 0,
                Start::Steady { run_in } => run_in.0,
            },
            at_end: model.run.at_end,
        }
    }

    /// Whether all queues that the event loop plays are plain.
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        self.way != Way::Ordinary
    }

    /// The groups that the event loop plays.
    pub(super) fn groups_here(&self) -> impl Iterator<Item = usize> {
        (0..self.groups.len()).filter(|&g| !self.groups[g].apart)
    }

    /// The day of the run to which an interval belongs.
    pub(super) fn day_of(&self, i: usize) -> usize {
        i / self.per_day
    }

    /// The end of the run, µs.
    pub(super) fn end(&self) -> u64 {
        self.start_of(self.intervals)
    }

    /// Whether queue `q` is closed to a contact that comes in interval `i`. Deferred work may always come.
    pub(super) fn is_closed(&self, q: usize, i: u32) -> bool {
        let queue = &self.queues[q];
        i != QueueTape::RUN_IN && !queue.deferred && !queue.open[i as usize]
    }

    /// Opening time of queue `q` from the start of the run to `t`, µs.
    pub(super) fn open_time(&self, q: usize, t: u64) -> u64 {
        let facts = &self.queues[q];
        let i = self.interval_at(t);
        let inside = if facts.open[i] { t.saturating_sub(self.start_of(i)) } else { 0 };
        facts.open_before[i] + inside
    }

    /// Engine time at which interval `i` starts.
    pub(super) fn start_of(&self, i: usize) -> u64 {
        self.lead + self.interval * i as u64
    }

    /// Handle time in group `g` of work that takes `time` for people who know it and is begun at `t`, µs.
    pub(super) fn learned(&self, g: usize, time: u64, t: u64) -> u64 {
        let days = &self.groups[g].learning;
        if days.is_empty() {
            return time;
        }
        let day = (t.saturating_sub(self.lead) / Micros::DAY.0) as usize;
        days[day.min(days.len() - 1)].of(Micros(time)).0
    }

    /// Whether what arrives in interval `i` counts: it is inside the run, after the warm-up.
    pub(super) fn counts(&self, i: usize) -> bool {
        i < self.intervals && self.start_of(i) >= self.counted_from
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
        let journey = queue.journey.clone();
        let dues = queue.targets.iter().filter_map(|target| match target.goal {
            Goal::Done { within, clock, .. } => Some(Due { within, clock }),
            _ => None,
        });
        let dues: Vec<Due> = dues.collect();
        let mut replies = queue.targets.iter().filter_map(|target| match target.goal {
            Goal::Replied { within, .. } => Some(within),
            _ => None,
        });
        let chase = journey.chase.as_ref().map(|chase| chase.due);
        let business = dues.iter().chain(&chase).any(|due| due.clock == Clock::Business);
        let receives_warm = receives_warm(model, id);
        let counts_more = model.counts_more(id) || receives_warm;
        let losses_matter = journey.redial.is_some() || receives_warm;
        let tells = journey.callback.is_some() || journey.announced.is_some();
        Self {
            thresholds: queue.thresholds.iter().map(|t| t.0).collect(),
            within: queue.within.0,
            done_first: match queue.targets.first().map(|target| &target.goal) {
                Some(Goal::Done { .. }) => dues.first().copied(),
                _ => None,
            },
            reply_within: replies.next().unwrap_or(queue.within).0,
            lines: queue.lines.map(|n| n as usize),
            max_waiting: queue.max_waiting.map(|n| n as usize),
            after_wait: queue.after_wait.map(|leave| AfterWait { wait: leave.wait.max(Micros(1)), ..leave }),
            priority: queue.priority,
            weight: queue.weight,
            at_close: queue.at_close,
            exact_length: queue.lines.is_some()
                || queue.max_waiting.is_some()
                || route.iter().any(by_length)
                || losses_matter
                || tells,
            timed: queue.after_wait.is_some() || route.iter().any(|link| link.after > 0),
            laws: model.handle_laws(id).into_iter().cloned().collect(),
            wrap: queue.wrap.clone(),
            patience: queue.patience.clone(),
            balk: queue.balk,
            counts_more,
            losses_matter,
            receives_warm,
            answers_matter: counts_more || model.times_cases(id),
            open_before: if business { open_before(&open, model.grid().interval.0) } else { Vec::new() },
            open,
            dues,
            deferred: queue.channel.is_deferred(),
            plain: false,
            owner: id.0,
            callbacks: None,
            calls_back: journey.callback.is_some(),
            tells,
            remembers: if tells { remembers(journey.estimator) } else { 0 },
            comes_closed: comes_closed(queue),
            outside: outside(model, queue),
            apart: false,
            journey,
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
        let serves: Vec<Link> =
            group.serves.iter().filter_map(|skill| link(model, skill.queue, id)).collect();
        Self {
            has_filler: serves.iter().any(|link| link.filler),
            serves,
            lines: Set::default(),
            position: Vec::new(),
            take: group.take,
            several: model.holds_several(id),
            capacity: group.hands.capacity,
            assign: group.hands.assign,
            rates: group.hands.stretch.iter().map(|stretch| stretch.inverse()).collect(),
            paid_by_contact: group.cost_per_contact.is_some(),
            afterwards: (0..model.queues.len()).map(|q| Afterwards::new(model, QueueId(q), id)).collect(),
            rota: Rota::new(model, id),
            learning: model.learning(id),
            closes,
            apart: false,
        }
    }

    /// Notes which of so many lines it serves.
    fn find_lines(&mut self, of: usize) {
        self.lines = Set::of(self.serves.iter().map(|link| link.queue), of);
        self.position = vec![0; of];
        (0..).zip(&self.serves).for_each(|(n, link)| self.position[link.queue] = n);
    }

    /// Progress of an agent with `load` contacts in hand, as a 32.32 number.
    pub(super) fn rate(&self, load: usize) -> u64 {
        self.rates[load.clamp(1, self.rates.len()) - 1]
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
        column: model.handle_column(queue, group) as u32,
        factor: skill.factor,
        need: skill.need,
        reserve: skill.reserve,
        filler: skill.interruptible,
        stops: skill.interruptible,
        shares: skill.reserve == 0 && skill.need < model.groups[group.0].hands.capacity,
        plain: false,
    })
}

impl Afterwards {
    fn new(model: &Model, queue: QueueId, group: GroupId) -> Self {
        let skill = model.groups[group.0].skill(queue);
        let passes_on = match (&model.queues[queue.0].journey.transfer, skill.and_then(|skill| skill.success))
        {
            (Some(_), Some(success)) => 1.0 - success,
            (Some(transfer), None) => transfer.probability,
            (None, _) => 0.0,
        };
        Self { passes_on, repeat_factor: skill.map_or(1.0, |skill| skill.repeat_factor) }
    }
}

/// Whether some agent may stay with a contact of this queue until it is answered: it comes straight from a transfer,
/// or after a wait in another such queue.
fn receives_warm(model: &Model, queue: QueueId) -> bool {
    let transfers = model.queues.iter().filter_map(|other| other.journey.transfer.as_ref());
    transfers.filter(|transfer| transfer.warm.is_some()).any(|transfer| {
        let next = |&from: &QueueId| model.queues[from.0].after_wait.map(|leave| leave.to);
        // No path is longer than there are queues.
        std::iter::successors(Some(transfer.to), next).take(model.queues.len()).any(|to| to == queue)
    })
}

/// Of how many answered last this estimator needs the waits.
fn remembers(estimator: Estimator) -> usize {
    match estimator {
        Estimator::Patience | Estimator::QueueLength => 0,
        Estimator::LastAnswered => 1,
        Estimator::MovingAverage => 10,
    }
}

/// Whether contacts of the tape may find the queue closed: some come then, or come late out of self-service.
fn comes_closed(queue: &Queue) -> bool {
    let late = queue.journey.self_service.as_ref().is_some_and(|service| service.takes.is_some());
    let closed = |(i, &volume): (usize, &f64)| volume > 0.0 && !queue.opening.is_open(i);
    !queue.channel.is_deferred() && (late || queue.volumes.iter().enumerate().any(closed))
}

/// What happens to who comes while the queue is closed. Messages go to queues that may always be joined, so that nobody
/// is sent in a circle.
fn outside(model: &Model, queue: &Queue) -> Outside {
    match queue.journey.outside {
        Outside::Voicemail(to) if !model.queues[to.0].channel.is_deferred() => Outside::TurnedAway,
        Outside::Callback if queue.journey.callback.is_none() => Outside::TurnedAway,
        outside => outside,
    }
}

/// Opening time before each interval, and the whole.
fn open_before(open: &[bool], interval: u64) -> Vec<u64> {
    let lengths = open.iter().map(|&open| if open { interval } else { 0 });
    let mut sum = 0;
    lengths
        .map(|length| {
            sum += length;
            sum - length
        })
        .collect()
}
