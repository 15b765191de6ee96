//! Who serves: a group's skills, staff, shrinkage and cost. Agents of one group are alike.

use super::{Hands, Law, Opening, People, QueueId, Series};
use crate::units::Micros;

/// Agents with the same skills.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name in the scenario.
    pub name: String,
    /// When it is staffed at all.
    pub opening: Opening,
    /// The queues it serves, in order of preference.
    pub serves: Vec<Skill>,
    /// What a free agent takes next.
    pub take: Take,
    /// How many are at work.
    pub staff: Staff,
    /// Share of paid time away from contacts, 0 ≤ s < 1.
    pub shrinkage: Series<f64>,
    /// Cost per paid hour.
    pub cost_per_hour: Option<f64>,
    /// Least agents in every open interval while planning.
    pub at_least: u32,
    /// Most agents in any interval while planning.
    pub at_most: Option<u32>,
    /// Whether planning may change the staff from one interval to the next.
    pub plan: PlanBy,
    /// Most occupancy over the day, 0–1.
    pub max_occupancy: Option<f64>,
    /// How many contacts at once.
    pub hands: Hands,
    /// Absence, late starts, learning.
    pub people: People,
    /// Price of an answered contact, where that is how the group is paid (an outsourcer).
    pub cost_per_contact: Option<f64>,
}

impl Group {
    /// Most contacts that an agent can hold: of those that need least. Capacity is in units that every concurrency
    /// of the group divides, and no contact may need as few as one of them.
    pub fn most_in_hand(&self) -> usize {
        let least = self.serves.iter().map(|skill| skill.need).min().unwrap_or(1).max(1);
        self.hands.most() / least as usize
    }

    /// The skill for `queue`, if the group serves it.
    pub fn skill(&self, queue: QueueId) -> Option<&Skill> {
        self.serves.iter().find(|skill| skill.queue == queue)
    }
}

/// One queue that a group serves, and how well.
#[derive(Clone, Debug, PartialEq)]
pub struct Skill {
    /// The queue.
    pub queue: QueueId,
    /// Multiplier on the handle time (not on wrap-up).
    pub factor: Factor,
    /// The group's own law of handle time for this queue; `None`: the queue's.
    pub handle: Option<Law>,
    /// Units of an agent's capacity ([`Hands::capacity`]) that a contact takes; all of it: exclusive.
    pub need: u32,
    /// Taken only while more than this many agents of the group are idle, the taker included.
    pub reserve: u32,
    /// Live contacts may interrupt this work; it is taken only when none of them waits.
    pub interruptible: bool,
    /// Share of contacts the group settles itself; the rest is transferred. `None`: by the queue's transfer probability.
    pub success: Option<f64>,
    /// Multiplier on the chance that an answered contact comes back.
    pub repeat_factor: f64,
}

impl Skill {
    /// One contact at a time, handled as the queue says.
    pub fn plain(queue: QueueId) -> Self {
        Self {
            queue,
            factor: Factor::ONE,
            handle: None,
            need: 1,
            reserve: 0,
            interruptible: false,
            success: None,
            repeat_factor: 1.0,
        }
    }
}

/// A positive multiplier in 32.32 fixed point, rounded once, so that the engine stays with whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor(u64);

impl Factor {
    /// Exactly one.
    pub const ONE: Self = Self(1 << 32);

    /// The nearest 32.32 value; `factor` must lie in (0, 2³²), else the nearest bound is taken.
    pub fn new(factor: f64) -> Self {
        Self(((factor * 4_294_967_296.0).round() as u64).max(1))
    }

    /// `time` × factor, rounded up.
    ///
    /// ```
    /// use headcount::{model::Factor, units::Micros};
    /// assert_eq!(Factor::new(1.5).of(Micros(3)), Micros(5));
    /// assert_eq!(Factor::ONE.of(Micros(3)), Micros(3));
    /// ```
    pub fn of(self, time: Micros) -> Micros {
        if self == Self::ONE {
            return time;
        }
        let product = (u128::from(time.0) * u128::from(self.0) + ((1 << 32) - 1)) >> 32;
        Micros(u64::try_from(product).unwrap_or(u64::MAX))
    }

    /// Its inverse in 32.32 fixed point, rounded to the nearest: how fast work goes that takes so much longer.
    pub fn inverse(self) -> u64 {
        let one = 1_u128 << 64;
        u64::try_from((one + u128::from(self.0 / 2)) / u128::from(self.0)).unwrap_or(u64::MAX)
    }

    /// As a real number.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 4_294_967_296.0
    }
}

/// What a free agent takes next, among the queues of the group that have someone waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// Whoever has waited longest (the default).
    LongestWait,
    /// The first queue of `serves` with someone waiting.
    InOrder,
    /// The queue with the lowest priority number, then the longest wait.
    Priority,
    /// The queue with most waiting, then the order of `serves`.
    LongestQueue,
    /// The longest wait × weight of the queue.
    Weighted,
    /// Whose promise breaks first: arrival + threshold of the queue's first target.
    EarliestDue,
}

/// How many agents of a group are at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Staff {
    /// Given: at work in each interval of the run (the grid's length), after shrinkage.
    Given {
        /// Agents at work.
        at_work: Vec<u32>,
        /// Agents scheduled, where the scenario gave those instead.
        scheduled: Option<Vec<u32>>,
    },
    /// To be planned.
    Planned,
}

/// How freely planning may change a group's staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanBy {
    /// Its own number in every interval (the default).
    PerInterval,
    /// One number whenever the group is open.
    Flat,
}
