//! What happens before the queue: self-service settles contacts or delays them; then the rows are put into order of
//! arrival.
//!
//! Whoever enters has one uniform for being contained, whatever the share, and one draw of the time spent there,
//! whatever becomes of it: an outage changes only the contacts that enter during it. While the queue is closed,
//! self-service answers only if it is what answers then ([`Outside::Bot`]); otherwise the contact meets the closed
//! queue at once.

use super::draw::Source;
use super::{ComesBack, QueueTape};
use crate::model::{Outside, SelfService};
use crate::random::{Phase, Purpose, Sampler, later};
use crate::units::{LONGEST_S, Micros};
use rand::RngExt;

/// How a contact came through self-service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    /// It never met it.
    Past,
    /// It was settled there.
    Contained,
    /// It went on to the queue.
    Failed,
}

impl QueueTape {
    /// Sends the contacts of a phase, which start at `from`, through self-service.
    pub(super) fn visit(
        &mut self,
        source: &Source,
        service: &SelfService,
        phase: Phase,
        from: usize,
        passages: &mut Vec<Passage>,
    ) {
        if phase == Phase::Backlog {
            return passages.resize(self.len(), Passage::Past);
        }
        self.settle(source, service, phase, from, passages);
        if phase == Phase::Main {
            self.count_entered(source, &passages[from..], from);
        }
        self.send_back(source, service, phase, &passages[from..], from);
        self.delay(source, service, phase, &passages[from..], from);
    }

    /// Decides who is contained.
    fn settle(
        &self,
        source: &Source,
        service: &SelfService,
        phase: Phase,
        from: usize,
        passages: &mut Vec<Passage>,
    ) {
        let queue = source.queue();
        let always = queue.journey.outside == Outside::Bot;
        let mut random = source.stream(phase).open(Purpose::SelfService);
        passages.extend(self.interval[from..].iter().map(|&i| {
            let i = source.facts_of(i);
            let uniform: f64 = random.random();
            if !always && !queue.opening.is_open(i) {
                Passage::Past
            } else if uniform < service.contained.at(i) {
                Passage::Contained
            } else {
                Passage::Failed
            }
        }));
    }

    fn count_entered(&mut self, source: &Source, passages: &[Passage], from: usize) {
        let intervals = source.model.grid().intervals();
        self.entered.resize(intervals, 0);
        self.contained.resize(intervals, 0);
        for (&i, &passage) in self.interval[from..].iter().zip(passages) {
            self.entered[i as usize] += 1;
            self.contained[i as usize] += u64::from(passage == Passage::Contained);
        }
    }

    /// Notes which of the contained will come back, and when.
    fn send_back(
        &mut self,
        source: &Source,
        service: &SelfService,
        phase: Phase,
        passages: &[Passage],
        from: usize,
    ) {
        let Some(back) = service.back.as_ref().filter(|back| back.most != Some(0)) else { return };
        let (stream, q) = (source.stream(phase), source.id.0);
        let contained = |&k: &usize| passages[k] == Passage::Contained;
        for k in (0..passages.len()).filter(contained) {
            let seed = later::contact_seed(stream, k as u64);
            if later::coin(seed, 0, q, Purpose::Back, back.probability) {
                let (number, interval) = ((from + k) as u32, self.interval[from + k]);
                let i = source.facts_of(interval);
                let after = later::duration(seed, 0, q, Purpose::BackAfter, &back.after, i);
                let at = self.arrive[from + k].saturating_add(after.0);
                self.back.push(ComesBack { at, number, interval });
            }
        }
    }

    /// Brings who was not contained to the queue, at the end of the time spent before it.
    fn delay(
        &mut self,
        source: &Source,
        service: &SelfService,
        phase: Phase,
        passages: &[Passage],
        from: usize,
    ) {
        let Some(law) = &service.takes else { return };
        let sampler = Sampler::new(&law.shape);
        let mut random = source.stream(phase).open(Purpose::SelfServiceTime);
        for (k, &passage) in passages.iter().enumerate() {
            let (arrive, interval) = (&mut self.arrive[from + k], &mut self.interval[from + k]);
            let takes = sampler.draw(&mut random) * law.mean.at(source.facts_of(*interval));
            if passage == Passage::Failed {
                *arrive += Micros::from_secs_f64(takes.min(LONGEST_S)).0;
                *interval = interval_of(source, *interval, *arrive);
            }
        }
    }

    /// Puts the rows into order of arrival at the queue, then of entering, without who was contained; who failed in
    /// self-service takes longer to handle.
    pub(super) fn arrange(&mut self, source: &Source, passages: &[Passage]) {
        let service = source.queue().journey.self_service.as_ref();
        if service.is_none() && (self.backlog == 0 || self.arrive.is_sorted()) {
            return;
        }
        self.back.sort_unstable();
        let passage = |e: usize| passages.get(e).copied().unwrap_or(Passage::Past);
        if let Some(factor) = service.map(|service| service.factor) {
            for column in &mut self.handle {
                let longer = |time| factor.of(Micros(time)).0;
                column.replace_from(
                    0,
                    |e, time| if passage(e) == Passage::Failed { longer(time) } else { time },
                );
            }
        }
        let mut number = std::mem::take(&mut self.number);
        let comes = |e: &u32| passage(*e as usize) != Passage::Contained;
        number.extend((0..self.arrive.len() as u32).filter(comes));
        number.sort_unstable_by_key(|&e| (self.arrive[e as usize], e));
        self.reorder(&number);
        self.number = number;
    }

    /// Brings every column into the given order.
    fn reorder(&mut self, number: &[u32]) {
        for column in [&mut self.wrap, &mut self.patience].into_iter().chain(&mut self.handle) {
            if !column.is_empty() {
                *column = number.iter().map(|&e| column.at(e as usize)).collect();
            }
        }
        pick(&mut self.arrive, number);
        pick(&mut self.interval, number);
        pick(&mut self.balks, number);
    }
}

/// The interval of who joins the queue at `t` after entering in interval `entered`.
fn interval_of(source: &Source, entered: u32, t: u64) -> u32 {
    let grid = source.model.grid();
    if entered == QueueTape::RUN_IN && t < grid.start_of(source.first).0 {
        return QueueTape::RUN_IN;
    }
    grid.interval_at(Micros(t)).unwrap_or(grid.intervals()) as u32
}

/// Makes `column` the entries that `number` names, in its order; an empty column stays empty.
fn pick<T: Copy>(column: &mut Vec<T>, number: &[u32]) {
    if !column.is_empty() {
        *column = number.iter().map(|&e| column[e as usize]).collect();
    }
}
