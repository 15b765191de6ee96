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

mod arrange;
mod column;
mod draw;

pub use column::{ComesBack, QueueTape};

use self::draw::Source;
use crate::model::{Model, QueueId, Shape};
use crate::random::{Purpose, Sampler, Stream, later};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// All contacts of one replication.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    /// Who made it: seed and replication.
    pub(super) seed: u64,
    pub(super) replication: u64,
    /// One per queue of the model.
    pub queues: Vec<QueueTape>,
    /// The queue of the n-th contact of the centre, by (arrival, queue, position); empty when there is one queue.
    pub(super) order: Vec<u32>,
    /// The factor of each day of the run.
    pub day_factors: Vec<f64>,
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
        let mut tape = Self { queues, ..Self::default() };
        tape.merge();
        tape
    }

    /// Overwrites this tape with that of another replication, keeping the memory.
    pub fn redraw(&mut self, model: &Model, seed: u64, replication: u64) {
        self.seed = seed;
        self.replication = replication;
        self.queues.resize_with(model.queues.len(), QueueTape::default);
        self.draw_day_factors(model);
        for (q, column) in self.queues.iter_mut().enumerate() {
            column.draw(&Source::new(model, QueueId(q), &self.day_factors, seed, replication));
        }
        self.merge();
    }

    /// How many contacts there are, all queues.
    pub fn contacts(&self) -> usize {
        self.queues.iter().map(QueueTape::len).sum()
    }

    /// The private seed of contact `k` of queue `q`, for what it meets later.
    pub(super) fn contact_seed(&self, q: usize, k: usize) -> u64 {
        self.entering_seed(q, self.queues[q].entering(k))
    }

    /// The same for the contact that entered queue `q` as number `e`, whatever became of it before the queue
    /// (see [`QueueTape::back`]).
    pub(super) fn entering_seed(&self, q: usize, e: usize) -> u64 {
        let (phase, number) = self.queues[q].phase_of(e);
        later::contact_seed(Stream::of_queue(self.seed, self.replication, phase, q), number as u64)
    }

    /// Busyness of each day: gamma with mean 1, the day's part times the week's.
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
    }

    /// Brings the queues' contacts into one order: by arrival, then queue, then position.
    fn merge(&mut self) {
        self.order.clear();
        if self.queues.len() < 2 {
            return;
        }
        self.order.reserve(self.contacts());
        let mut heads: BinaryHeap<_> = (0..self.queues.len())
            .filter_map(|q| self.queues[q].arrive.first().map(|&first| Reverse((first, q, 0_usize))))
            .collect();
        while let Some(mut head) = heads.peek_mut() {
            let Reverse((_, q, k)) = *head;
            self.order.push(q as u32);
            match self.queues[q].arrive.get(k + 1) {
                Some(&next) => *head = Reverse((next, q, k + 1)),
                None => {
                    std::collections::binary_heap::PeekMut::pop(head);
                }
            }
        }
    }
}
