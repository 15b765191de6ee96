//! The tape: everything random about every contact of one replication, drawn before the day is played.
//!
//! It depends neither on staffing nor on routing, so any two staffings are judged on the same customers. The k-th
//! arrival of a queue is Λ⁻¹(E_k), where Λ is the cumulated volume and E_k a unit-rate Poisson stream: when volumes
//! change, contact k comes at another time but keeps its handle time and its patience.

use crate::model::{Law, Model, Queue, QueueId, Shape, Start};
use crate::random::sampler::{Sampler, exponential};
use crate::random::{Phase, Purpose, Stream, later};
use crate::units::Micros;
use rand::RngExt;
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

/// The contacts of one queue, in order of arrival: one entry each in every column that is not empty.
#[derive(Clone, Debug, Default)]
pub struct QueueTape {
    /// Engine time of arrival, µs.
    pub arrive: Vec<u64>,
    /// Interval of the run it arrives in; [`QueueTape::RUN_IN`] before the first opening.
    pub interval: Vec<u32>,
    /// Handle time, µs: one column per distinct law that may serve the queue (`Model::handle_laws`).
    pub handle: Vec<Vec<u64>>,
    /// Wrap-up, µs; empty when there is none.
    pub wrap: Vec<u64>,
    /// Patience, µs; empty when customers wait for ever.
    pub patience: Vec<u64>,
    /// Hangs up at once if it would have to wait; empty when nobody does.
    pub balks: Vec<bool>,
    /// How many contacts belong to the run-in.
    pub run_in: usize,
}

impl QueueTape {
    /// The interval of contacts that arrive during the run-in.
    pub const RUN_IN: u32 = u32::MAX;

    /// How many contacts there are.
    pub fn len(&self) -> usize {
        self.arrive.len()
    }

    /// Whether nobody comes at all.
    pub fn is_empty(&self) -> bool {
        self.arrive.is_empty()
    }

    /// Patience of contact `k`; [`u64::MAX`] when it waits for ever.
    pub fn patience(&self, k: usize) -> u64 {
        self.patience.get(k).copied().unwrap_or(u64::MAX)
    }

    /// Wrap-up of contact `k`.
    pub fn wrap(&self, k: usize) -> u64 {
        self.wrap.get(k).copied().unwrap_or(0)
    }

    /// Whether contact `k` hangs up at once if it would have to wait.
    pub fn balks(&self, k: usize) -> bool {
        self.balks.get(k).copied().unwrap_or(false)
    }
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
        for (q, queue) in model.queues.iter().enumerate() {
            let column = &mut self.queues[q];
            column.clear(model.handle_laws(QueueId(q)).len());
            let run_in = Stream::of_queue(seed, replication, Phase::RunIn, q);
            column.draw_run_in(model, queue, &self.day_factors, run_in);
            column.draw_marks(model, q, run_in, 0);
            column.run_in = column.len();
            let main = Stream::of_queue(seed, replication, Phase::Main, q);
            column.draw_arrivals(model, queue, &self.day_factors, main);
            column.draw_marks(model, q, main, column.run_in);
        }
        self.merge();
    }

    /// How many contacts there are, all queues.
    pub fn contacts(&self) -> usize {
        self.queues.iter().map(QueueTape::len).sum()
    }

    /// The private seed of contact `k` of queue `q`, for what it meets later.
    pub(super) fn contact_seed(&self, q: usize, k: usize) -> u64 {
        let run_in = self.queues[q].run_in;
        let (phase, number) = if k < run_in { (Phase::RunIn, k) } else { (Phase::Main, k - run_in) };
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

impl QueueTape {
    fn clear(&mut self, columns: usize) {
        self.arrive.clear();
        self.interval.clear();
        self.handle.resize_with(columns, Vec::new);
        self.handle.iter_mut().for_each(Vec::clear);
        self.wrap.clear();
        self.patience.clear();
        self.balks.clear();
        self.run_in = 0;
    }

    /// Arrivals before the first opening, at the first open interval's rate on its day; none when the run starts empty.
    fn draw_run_in(&mut self, model: &Model, queue: &Queue, day_factors: &[f64], stream: Stream) {
        let (Start::Steady { run_in }, Some(first)) = (model.run.start, model.first_open()) else { return };
        let end = model.grid().start_of(first);
        let day_factor = day_factors[model.grid().day_of(first)];
        let rate = queue.volumes[first] * day_factor / model.grid().interval.0 as f64;
        let mut random = stream.open(Purpose::Arrivals);
        if rate <= 0.0 {
            return;
        }
        let mut t = exponential(&mut random) / rate;
        while t < run_in.0 as f64 {
            self.arrive.push((end.0 - run_in.0) + t as u64);
            self.interval.push(Self::RUN_IN);
            t += exponential(&mut random) / rate;
        }
    }

    /// Arrivals of the run: Λ inverted at the points of a unit-rate Poisson stream, rounded down to the microsecond.
    fn draw_arrivals(&mut self, model: &Model, queue: &Queue, day_factors: &[f64], stream: Stream) {
        let grid = model.grid();
        let length = grid.interval.0 as f64;
        let mut random = stream.open(Purpose::Arrivals);
        let mut ahead = exponential(&mut random);
        for (i, &volume) in queue.volumes.iter().enumerate() {
            let volume = volume * day_factors[grid.day_of(i)];
            if volume <= 0.0 {
                continue;
            }
            let start = grid.start_of(i).0;
            let mut done = 0.0;
            while done + ahead < volume {
                done += ahead;
                self.arrive.push(start + ((done / volume * length) as u64).min(grid.interval.0 - 1));
                self.interval.push(i as u32);
                ahead = exponential(&mut random);
            }
            ahead -= volume - done;
        }
    }

    /// Handle time, wrap-up, patience and coins of the contacts from `from` on.
    fn draw_marks(&mut self, model: &Model, q: usize, stream: Stream, from: usize) {
        let queue = &model.queues[q];
        let first = model.first_open().unwrap_or(0);
        for (c, law) in model.handle_laws(QueueId(q)).into_iter().enumerate() {
            let column = &mut self.handle[c];
            fill(column, law, &self.interval[from..], first, stream, Purpose::Handle(c));
        }
        if let Some(law) = &queue.wrap {
            fill(&mut self.wrap, law, &self.interval[from..], first, stream, Purpose::Wrap);
        }
        if let Some(law) = &queue.patience {
            fill(&mut self.patience, law, &self.interval[from..], first, stream, Purpose::Patience);
        }
        if queue.balk > 0.0 {
            let mut random = stream.open(Purpose::Balk);
            let coins = (from..self.arrive.len()).map(|_| random.random::<f64>() < queue.balk);
            self.balks.extend(coins);
        }
    }
}

/// Appends one draw of `law` for each contact, whose intervals are given (`first` stands for the run-in's).
fn fill(out: &mut Vec<u64>, law: &Law, intervals: &[u32], first: usize, stream: Stream, purpose: Purpose) {
    let sampler = Sampler::new(&law.shape);
    let mut random = stream.open(purpose);
    out.reserve(intervals.len());
    for &i in intervals {
        let i = if i == QueueTape::RUN_IN { first } else { i as usize };
        out.push(Micros::from_secs_f64(sampler.draw(&mut random) * law.mean.at(i)).0);
    }
}
