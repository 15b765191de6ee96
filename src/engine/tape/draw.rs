//! Drawing one queue's contacts: who comes, and with what marks.
//!
//! Each phase (the backlog, the run-in, the run) draws from streams of its own, in entering order and for everybody
//! who enters, so that a longer run-in, another backlog or an outage of self-service changes nobody else's marks.

use super::{QueueTape, scaled};
use crate::model::{Law, Model, Queue, QueueId, Series, Shape, Start};
use crate::random::sampler::{Sampler, attempt_exponential, exponential};
use crate::random::{Generator, Phase, Purpose, Stream};
use crate::units::{Durations, Micros, whole};
use rand::RngExt;
use std::ops::Range;

/// What one queue's contacts are drawn from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) model: &'a Model,
    pub(super) id: QueueId,
    /// The first interval in which any queue is open.
    pub(super) first: usize,
    /// The last interval of the run.
    last: usize,
    /// Length of the run-in, µs; 0 when the run starts empty.
    run_in: u64,
    days: Days<'a>,
    seed: u64,
    replication: u64,
}

/// The factors of the days of the run.
#[derive(Clone, Copy)]
pub(super) struct Days<'a> {
    /// On volumes.
    pub(super) volumes: &'a [f64],
    /// On handle times and wrap-ups; empty for none.
    pub(super) handle: &'a [f64],
}

impl<'a> Source<'a> {
    pub(super) fn new(model: &'a Model, id: QueueId, days: Days<'a>, seed: u64, replication: u64) -> Self {
        let run_in = match model.run.start {
            Start::Empty => 0,
            Start::Steady { run_in } => run_in.0,
        };
        let first = model.first_open().unwrap_or(0);
        let last = model.grid().intervals() - 1;
        Self { model, id, first, last, run_in, days, seed, replication }
    }

    pub(super) fn queue(&self) -> &'a Queue {
        &self.model.queues[self.id.0]
    }

    pub(super) fn stream(&self, phase: Phase) -> Stream {
        Stream::of_queue(self.seed, self.replication, phase, self.id.0)
    }

    /// The interval whose means and shares hold for a contact of interval `i`: the first one for the backlog and the
    /// run-in, the last one after the run.
    pub(super) fn facts_of(&self, i: u32) -> usize {
        if i == QueueTape::RUN_IN { self.first } else { (i as usize).min(self.last) }
    }

    /// Durations of handling by the factor of the day to which their intervals belong.
    fn vary(&self, durations: &mut Durations, from: usize, intervals: &[u32]) {
        if self.days.handle.is_empty() {
            return;
        }
        durations.replace_from(from, |k, duration| {
            let factor = self.days.handle[self.model.grid().day_of(self.facts_of(intervals[k]))];
            scaled(Micros(duration), factor).0
        });
    }
}

/// How far the volume of each interval of a queue is off, interval by interval; drawn for every one, so that hours and
/// volumes change nobody else's.
struct IntervalFactors(Option<(Sampler, Generator)>);

impl IntervalFactors {
    fn of(source: &Source) -> Self {
        let cv = source.model.demand.interval_factor_cv;
        let sampler = || Sampler::new(&Shape::Gamma { cv });
        Self((cv > 0.0).then(|| (sampler(), source.stream(Phase::Main).open(Purpose::Intervals))))
    }

    fn next(&mut self) -> f64 {
        self.0.as_mut().map_or(1.0, |(sampler, random)| sampler.draw(random))
    }
}

impl QueueTape {
    /// Overwrites the columns with the queue's contacts, keeping the memory unless they have to be rearranged.
    pub(super) fn draw(&mut self, source: &Source) {
        self.clear(source);
        let mut passages = Vec::new();
        for phase in [Phase::Backlog, Phase::RunIn, Phase::Main] {
            let from = self.len();
            self.draw_phase(source, phase);
            if let Some(service) = &source.queue().journey.self_service {
                self.visit(source, service, phase, from, &mut passages);
            }
            self.draw_marks(source, phase, from..self.len());
        }
        self.arrange(source, &passages);
        self.count_run_in(source);
    }

    /// How many come before the run counts.
    pub(super) fn count_run_in(&mut self, source: &Source) {
        let early = |&i: &u32| i == Self::RUN_IN || (i as usize) < source.first;
        self.run_in = self.interval.partition_point(early);
    }

    fn clear(&mut self, source: &Source) {
        self.arrive.clear();
        self.interval.clear();
        self.handle.resize_with(source.model.handle_laws(source.id).len(), Durations::default);
        self.handle.iter_mut().for_each(Durations::clear);
        self.wrap.clear();
        self.patience.clear();
        self.balks.clear();
        self.number.clear();
        self.entered.clear();
        self.contained.clear();
        self.back.clear();
    }

    /// When the contacts of a phase come.
    pub(super) fn draw_phase(&mut self, source: &Source, phase: Phase) {
        match phase {
            Phase::Backlog => self.draw_backlog(source),
            Phase::RunIn => {
                self.backlog = self.len();
                self.draw_run_in(source);
            }
            Phase::Main => {
                self.main_from = self.len();
                self.draw_arrivals(source);
            }
        }
    }

    /// Who waits when the centre first opens; with a run-in, when that begins.
    fn draw_backlog(&mut self, source: &Source) {
        let start = source.model.grid().start_of(source.first).0 - source.run_in;
        let waiting = source.queue().journey.backlog as usize;
        self.arrive.resize(waiting, start);
        self.interval.resize(waiting, Self::RUN_IN);
    }

    /// Arrivals before the first opening, at the first open interval's rate on its day; none when the run starts empty.
    fn draw_run_in(&mut self, source: &Source) {
        let (model, first) = (source.model, source.first);
        if source.run_in == 0 || model.first_open().is_none() {
            return;
        }
        let end = model.grid().start_of(first);
        let day_factor = source.days.volumes[model.grid().day_of(first)];
        let rate = source.queue().volumes[first] * day_factor / model.grid().interval.0 as f64;
        let mut random = source.stream(Phase::RunIn).open(Purpose::Arrivals);
        if rate <= 0.0 {
            return;
        }
        let mut t = exponential(&mut random) / rate;
        while t < source.run_in as f64 {
            self.arrive.push((end.0 - source.run_in) + t as u64);
            self.interval.push(Self::RUN_IN);
            t += exponential(&mut random) / rate;
        }
    }

    /// Arrivals of the run: Λ inverted at the points of a unit-rate Poisson stream, rounded down to the microsecond.
    /// The run-in stands for whoever came before the first opening, so volumes written there count only without one.
    fn draw_arrivals(&mut self, source: &Source) {
        if source.queue().counted {
            return self.draw_counted(source);
        }
        let grid = source.model.grid();
        let mut random = source.stream(Phase::Main).open(Purpose::Arrivals);
        let mut ahead = exponential(&mut random);
        let mut factors = IntervalFactors::of(source);
        for (i, &volume) in source.queue().volumes.iter().enumerate() {
            let volume = volume * source.days.volumes[grid.day_of(i)] * factors.next();
            if volume <= 0.0 || (source.run_in > 0 && i < source.first) {
                continue;
            }
            let spread = Spread { start: grid.start_of(i).0, length: grid.interval.0, volume };
            (ahead, random) = spread.over(&mut self.arrive, random, ahead);
            self.interval.resize(self.arrive.len(), i as u32);
        }
    }

    /// As many arrivals in each interval as are known to have come. Given their number, the points of a Poisson process
    /// of constant rate are independent and uniform; n of them in order are the first n of n + 1 exponential steps,
    /// divided by all of them (Devroye 1986, V.3.1).
    fn draw_counted(&mut self, source: &Source) {
        let grid = source.model.grid();
        let mut random = source.stream(Phase::Main).open(Purpose::Arrivals);
        let mut steps = Vec::new();
        for (i, &volume) in source.queue().volumes.iter().enumerate() {
            if volume < 0.5 || (source.run_in > 0 && i < source.first) {
                continue;
            }
            steps.clear();
            steps.extend((0..=volume.round() as usize).map(|_| exponential(&mut random)));
            let all: f64 = steps.iter().sum();
            let mut done = 0.0;
            for step in &steps[..steps.len() - 1] {
                done += step;
                let into = (done / all * grid.interval.0 as f64) as u64;
                self.arrive.push(grid.start_of(i).0 + into.min(grid.interval.0 - 1));
            }
            self.interval.resize(self.arrive.len(), i as u32);
        }
    }

    /// Handle time, wrap-up, patience and coins of the contacts of a phase, which are those of these `rows`, in the columns
    /// that end where they begin. Who is in the backlog waits for ever.
    pub(super) fn draw_marks(&mut self, source: &Source, phase: Phase, rows: Range<usize>) {
        let (queue, from) = (source.queue(), rows.start);
        let stays = phase == Phase::Backlog;
        let intervals = &self.interval[rows];
        let missing = |column: &Durations| column.len() == from;
        for (c, law) in source.model.handle_laws(source.id).into_iter().enumerate() {
            let column = &mut self.handle[c];
            if missing(column) {
                fill(column, law, intervals, source, phase, Purpose::Handle(c));
                source.vary(column, from, intervals);
            }
        }
        if let Some(law) = queue.wrap.as_ref().filter(|_| missing(&self.wrap)) {
            fill(&mut self.wrap, law, intervals, source, phase, Purpose::Wrap);
            source.vary(&mut self.wrap, from, intervals);
        }
        match queue.patience.as_ref().filter(|_| missing(&self.patience)) {
            Some(_) if stays => intervals.iter().for_each(|_| self.patience.push(u64::MAX)),
            Some(law) => fill(&mut self.patience, law, intervals, source, phase, Purpose::Patience),
            None => {}
        }
        if queue.balk == 0.0 || self.balks.len() != from {
            return;
        }
        let mut random = source.stream(phase).open(Purpose::Balk);
        let mut balks = || !stays && random.random::<f64>() < queue.balk;
        self.balks.extend(intervals.iter().map(|_| balks()));
    }
}

/// An interval over which contacts come evenly.
struct Spread {
    /// µs.
    start: u64,
    /// µs.
    length: u64,
    /// Contacts expected.
    volume: f64,
}

impl Spread {
    /// Appends the arrivals of an interval whose first is `ahead` of its start, in expected contacts; how far the next
    /// one is ahead of its end.
    ///
    /// Takes the generator and gives it back, so that its state stays in registers. Every attempt at a step is written
    /// down as an arrival; one that came to nothing leads nowhere, and is written over by the next.
    #[inline(never)] // A function of its own has the registers to itself.
    fn over(&self, arrive: &mut Vec<u64>, random: Generator, ahead: f64) -> (f64, Generator) {
        let Self { start, length, volume } = *self;
        let (mut random, mut ahead, mut drawn) = (random, ahead, true);
        let (mut block, mut some) = ([0; 64], 0);
        let mut done = 0.0;
        while done + ahead < volume {
            done += ahead;
            block[some] = start + whole(done / volume * length as f64).min(length - 1);
            some += usize::from(drawn);
            if some == block.len() {
                arrive.extend_from_slice(&block);
                some = 0;
            }
            (ahead, drawn) = attempt_exponential(&mut random);
        }
        arrive.extend_from_slice(&block[..some]);
        (ahead - (volume - done), random)
    }
}

/// Appends one draw of `law` for each contact, whose intervals are given.
fn fill(out: &mut Durations, law: &Law, intervals: &[u32], source: &Source, phase: Phase, purpose: Purpose) {
    let sampler = Sampler::new(&law.shape);
    let mut random = source.stream(phase).open(purpose);
    match &law.mean {
        Series::Constant(mean) => {
            sampler.fill(random, *mean, intervals.len(), out);
        }
        Series::ByInterval(means) => {
            for span in intervals.chunk_by(|a, b| a == b) {
                random = sampler.fill(random, means[source.facts_of(span[0])], span.len(), out);
            }
        }
    }
}
