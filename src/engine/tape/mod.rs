//! The tape: everything random about every contact of one replication, drawn before the day is played.
//!
//! It depends neither on staffing nor on routing, so any two staffings are judged on the same customers. The k-th
//! arrival of a queue is Λ⁻¹(E_k), where Λ is the cumulated volume and E_k a unit-rate Poisson stream: when volumes
//! change, contact k comes at another time but keeps its handle time and its patience.
//!
//! | file | holds |
//! |---|---|
//! | [`column`] | one queue's contacts, as the engines read them |
//! | [`draw`] | arrivals and marks |
//! | [`arrange`] | what self-service takes away and delays, and the order of arrival |
//! | [`otherwise`] | what another model draws otherwise, and nothing else |

mod arrange;
mod column;
mod draw;
mod otherwise;

pub use column::{ComesBack, QueueTape};
pub use otherwise::Otherwise;

use self::draw::{Days, Source};
use crate::model::{Model, QueueId, Shape};
use crate::random::later::Seeds;
use crate::random::{Phase, Purpose, Sampler, Stream};
use crate::units::Micros;

/// All contacts of one replication.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    /// Who made it: seed and replication.
    pub(super) seed: u64,
    pub(super) replication: u64,
    /// One per queue of the model.
    pub queues: Vec<QueueTape>,
    /// The factor on the volumes of each day of the run.
    pub day_factors: Vec<f64>,
    /// The factor on the handle times of each day of the run; empty where they do not vary by day.
    pub handle_factors: Vec<f64>,
}

impl Tape {
    /// The tape of one replication.
    pub fn draw(model: &Model, seed: u64, replication: u64) -> Self {
        let mut tape = Self::default();
        tape.redraw(model, seed, replication);
        tape
    }

    /// A tape with the given contacts, e.g. ones that really came.
    pub fn of(queues: Vec<QueueTape>) -> Self {
        Self { queues, ..Self::default() }
    }

    /// Overwrites this tape with that of another replication, keeping the memory.
    pub fn redraw(&mut self, model: &Model, seed: u64, replication: u64) {
        self.seed = seed;
        self.replication = replication;
        self.queues.resize_with(model.queues.len(), QueueTape::default);
        self.draw_day_factors(model);
        let days = Days { volumes: &self.day_factors, handle: &self.handle_factors };
        for (q, column) in self.queues.iter_mut().enumerate() {
            column.draw(&Source::new(model, QueueId(q), days, seed, replication));
        }
    }

    /// Makes this tape, drawn for one model, that of another model on the same customers: of the same seed and
    /// replication. `otherwise` is what the other one draws otherwise than the first.
    ///
    /// ```
    /// # fn of(model: &headcount::model::Model) {
    /// use headcount::engine::{Otherwise, Tape};
    /// use headcount::model::Lever;
    /// let busier = model.swung(Lever::Volume, 1.1).unwrap();
    /// let mut tape = Tape::draw(model, 1, 0);
    /// tape.turn(&busier, &Otherwise::between(model, &busier));
    /// assert_eq!(tape.contacts(), Tape::draw(&busier, 1, 0).contacts());
    /// # }
    /// ```
    pub fn turn(&mut self, model: &Model, otherwise: &Otherwise) {
        self.queues.resize_with(model.queues.len(), QueueTape::default);
        if otherwise.days {
            self.draw_day_factors(model);
        }
        let days = Days { volumes: &self.day_factors, handle: &self.handle_factors };
        let (seed, replication) = (self.seed, self.replication);
        otherwise.draw(&mut self.queues, |id| Source::new(model, id, days, seed, replication));
    }

    /// How many contacts there are, all queues.
    pub fn contacts(&self) -> usize {
        self.queues.iter().map(QueueTape::len).sum()
    }

    /// The private seeds of the contacts of queue `q`, for what they meet later, by [`Phase`].
    pub(super) fn seeds(&self, q: usize) -> [Seeds; 3] {
        [Phase::Main, Phase::RunIn, Phase::Backlog]
            .map(|phase| Seeds::of(Stream::of_queue(self.seed, self.replication, phase, q)))
    }

    /// The stream phase of contact `k` of queue `q`, and its number there.
    pub(super) fn phase_of(&self, q: usize, k: usize) -> (Phase, usize) {
        self.queues[q].phase_of(self.queues[q].entering(k))
    }

    /// The private seed of the contact that entered queue `q` as number `e`, whatever became of it before the queue
    /// (see [`QueueTape::back`]).
    pub(super) fn entering_seed(&self, q: usize, e: usize) -> u64 {
        let (phase, number) = self.queues[q].phase_of(e);
        self.seeds(q)[phase as usize].seed(number as u64)
    }

    /// Factors of each day, gamma with mean 1: how busy it is, the day's part times the week's; how long contacts take.
    fn draw_day_factors(&mut self, model: &Model) {
        let shared = Stream::shared(self.seed, self.replication);
        let factor = |cv: f64, purpose| {
            if cv == 0.0 { 1.0 } else { Sampler::new(&Shape::Gamma { cv }).draw(&mut shared.open(purpose)) }
        };
        let demand = &model.demand;
        self.day_factors.clear();
        self.day_factors.extend((0..model.grid().days).map(|day| {
            factor(demand.day_factor_cv, Purpose::Day(day))
                * factor(demand.week_factor_cv, Purpose::Week(day / 7))
        }));
        self.handle_factors.clear();
        if demand.handle_factor_cv > 0.0 {
            let days = 0..model.grid().days;
            self.handle_factors
                .extend(days.map(|day| factor(demand.handle_factor_cv, Purpose::HandleDay(day))));
        }
    }

    /// A duration of handling on one day of the run, by that day's factor.
    pub(super) fn on_day(&self, day: usize, handle: Micros) -> Micros {
        self.handle_factors.get(day).map_or(handle, |factor| scaled(handle, *factor))
    }
}

/// A duration times a factor, rounded down to the microsecond.
fn scaled(duration: Micros, factor: f64) -> Micros {
    Micros((duration.0 as f64 * factor) as u64)
}
