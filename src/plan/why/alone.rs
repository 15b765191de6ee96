//! Each interval by itself: the agents it would need if it lasted for ever, in whole agents and in fractions of one.
//!
//! That is how formulas look at a day: no queue is left over from the interval before, and each keeps the promise alone. Here
//! it is played: an interval is a run of its own that begins in its steady state. A whole number of agents is mostly a little
//! more than enough; the fraction that would just do lies where the straight line between the figures of that number and of
//! one fewer crosses the goal. The day that is judged as a whole differs from this by what one interval leaves to the next,
//! and, where the promise is over the day, by what quiet intervals make up for.

use super::super::alternatives::Formula;
use super::super::groups;
use super::super::job::{Job, pairs};
use super::super::warm_start::{Theory, aht};
use super::ask::{Asker, LEVEL};
use crate::model::{
    AtClose, AtEnd, Goal, GroupId, Journey, Limit, Model, Opening, Queue, QueueId, Start, Target,
};
use crate::montecarlo::{Bench, Staffing, TargetOutcome};
use crate::units::Micros;
use std::collections::BTreeMap;

/// Relaxation times of the run-in: e⁻¹² of an empty start is left.
const TIMES: f64 = 12.0;
/// Longest run-in, in handle times.
const LONGEST: f64 = 400.0;
/// Replications of an interval for each of a day: it is so much shorter.
const TIMES_AS_MANY: u64 = 4;
/// Agents beyond what Erlang C asks for at which the search ends.
const FAR: u32 = 50;

/// Hours a day of all planned groups together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alone {
    /// With fractions of an agent.
    pub(super) fractional: f64,
    /// With whole agents.
    pub(super) whole: f64,
}

/// The sum over all intervals; nothing where an interval of its own means nothing: groups that share queues, work that
/// waits, customers who come again or move on, promises of other things than waits.
pub(super) fn alone(model: &Model, asker: &Asker<'_>) -> Option<Alone> {
    let pairs = pairs(model).ok()?;
    let plain = |&(queue, group): &(QueueId, GroupId)| is_plain(&model.queues[queue.0], group);
    if groups::are_shared(model) || !pairs.iter().all(plain) || model.queues.iter().any(moves_on) {
        return None;
    }
    asker.stage("planning: each interval by itself");
    let mut sum = Alone::default();
    for (queue, group) in pairs {
        let job = Job::new(model, queue, group, &Staffing::given(model));
        let first = Formula::ErlangC.crew(&job, &Theory::new(&job))?;
        let mut known: BTreeMap<[u64; 2], (f64, u32)> = BTreeMap::new();
        for (&i, &start) in job.open.iter().zip(&first) {
            let volume = job.queue_facts().volumes[i];
            if volume <= 0.0 {
                continue;
            }
            let key = [volume.to_bits(), aht(&job, i).to_bits()];
            let (fraction, agents) = match known.get(&key) {
                Some(found) => *found,
                None => Interval::new(&job, i, start).needs(asker, start)?,
            };
            known.insert(key, (fraction, agents));
            let hours = model.grid().interval.as_hours_f64() / model.open_days() as f64;
            sum.fractional += fraction * hours;
            sum.whole += f64::from(agents) * hours;
        }
    }
    Some(sum)
}

/// Whether a queue's promises are about waits, one of them at least asks for agents, and only this group answers it.
fn is_plain(queue: &Queue, group: GroupId) -> bool {
    let waits = |goal: &Goal| binds(goal) || matches!(goal, Goal::Answered { .. } | Goal::Abandoned(_));
    let mine = queue.route.iter().all(|step| step.group == group && step.after == Micros::ZERO);
    let promised = queue.targets.iter().any(|t| binds(&t.goal))
        && queue.targets.iter().all(|t| waits(&t.goal) && t.on_days.is_none());
    mine && promised && !queue.channel.is_deferred()
}

/// Whether a promise asks for agents where nobody hangs up.
fn binds(goal: &Goal) -> bool {
    match goal {
        Goal::Answered { share, .. } => *share > 0.0,
        Goal::Asa(_) => true,
        _ => false,
    }
}

/// Whether customers come again, or go to another queue.
fn moves_on(queue: &Queue) -> bool {
    let Journey { redial, redial_blocked, repeat, transfer, ask_back, chase, callback, self_service, .. } =
        &queue.journey;
    queue.after_wait.is_some()
        || redial.is_some()
        || redial_blocked.is_some()
        || repeat.is_some()
        || transfer.is_some()
        || ask_back.is_some()
        || chase.is_some()
        || callback.is_some()
        || self_service.is_some()
}

/// One interval that lasts for ever.
struct Interval {
    model: Model,
    queue: QueueId,
    group: GroupId,
    at: usize,
    /// Agents busy on average: no more than so many never catch up.
    load: f64,
}

impl Interval {
    /// Interval `at` of a job, run in long enough for about `agents`.
    fn new(job: &Job<'_>, at: usize, agents: u32) -> Self {
        let mut model = job.model.clone();
        let flags: Vec<bool> = (0..model.grid().intervals()).map(|i| i == at).collect();
        let open = Opening::from_flags(&flags);
        for (q, queue) in model.queues.iter_mut().enumerate() {
            let keep = |i: usize| q == job.queue.0 && i == at;
            queue.volumes.iter_mut().enumerate().filter(|(i, _)| !keep(*i)).for_each(|(_, v)| *v = 0.0);
            queue.opening = open.clone();
            queue.at_close = AtClose::Finish;
        }
        model.groups[job.group.0].opening = open;
        let length = model.grid().interval;
        let load = job.queue_facts().volumes[at] / length.as_secs_f64() * aht(job, at);
        let gap = (f64::from(agents).max(load + 0.5).sqrt() - load.sqrt()).powi(2).min(1.0);
        let run_in = Micros::from_secs_f64(aht(job, at) * (TIMES / gap).min(LONGEST));
        model.run.start = Start::Steady { run_in };
        model.run.warm_up = Micros::ZERO;
        model.run.at_end = AtEnd::Finish;
        model.calendar.grid.lead = Micros(run_in.0.div_ceil(length.0) * length.0);
        Self { model, queue: job.queue, group: job.group, at, load }
    }

    /// The fraction and the whole number of agents that keep every promise, by their estimates, neither less than the work;
    /// nothing if the search was ended or leads nowhere.
    fn needs(&self, asker: &Asker<'_>, start: u32) -> Option<(f64, u32)> {
        let mut bench = asker.bench_that_keeps(&self.model);
        let mut agents = start.max(1);
        let mut now = self.margins(&mut bench, asker, agents);
        while !is_met(&now) {
            agents += 1;
            if asker.is_over() || agents > start + FAR {
                return None;
            }
            now = self.margins(&mut bench, asker, agents);
        }
        loop {
            let fewer = self.margins(&mut bench, asker, agents - 1);
            if agents == 1 || !is_met(&fewer) {
                let fraction = f64::from(agents) - 1.0 + between(&fewer, &now);
                return (!asker.is_over()).then(|| (fraction.max(self.load), agents));
            }
            (agents, now) = (agents - 1, fewer);
        }
    }

    /// How far the figure of every promise that asks for agents lies on the good side of its goal with so many of them.
    fn margins(&self, bench: &mut Bench<'_>, asker: &Asker<'_>, agents: u32) -> Vec<f64> {
        let targets = &self.model.queues[self.queue.0].targets;
        let asks = |target: &&Target| binds(&target.goal);
        // The line only grows: in the end nobody is answered in time.
        if f64::from(agents) <= self.load {
            let worst = |limit| if let Limit::AtLeast(share) = limit { -share } else { f64::NEG_INFINITY };
            return targets.iter().filter(asks).map(|target| worst(target.goal.limit())).collect();
        }
        let mut staffing = Staffing::given(&self.model);
        staffing.set(self.group, self.at, agents);
        let outcome = bench.measured(&staffing, TIMES_AS_MANY * asker.replications(), LEVEL);
        let name = &self.model.queues[self.queue.0].name;
        let mine = outcome.targets.iter().filter(|target| target.queue.as_ref() == Some(name));
        let margin = |(target, found): (&Target, &TargetOutcome)| {
            let Some(achieved) = found.achieved else { return 0.0 };
            match target.goal.limit() {
                Limit::AtLeast(share) => achieved.mean - share,
                Limit::AtMost(share) => share - achieved.mean,
                Limit::WaitAtMost(most) => most.as_secs_f64() - achieved.mean,
            }
        };
        targets.iter().zip(mine).filter(|(target, _)| asks(target)).map(margin).collect()
    }
}

fn is_met(margins: &[f64]) -> bool {
    margins.iter().all(|margin| *margin >= 0.0)
}

/// The part of the last agent that just does, for the promise that needs most of it; 0 where one fewer does too.
fn between(fewer: &[f64], now: &[f64]) -> f64 {
    let part = |(low, high): (&f64, &f64)| match (*low, *high) {
        (low, _) if low >= 0.0 => 0.0,
        (low, high) if low.is_finite() && high > low => -low / (high - low),
        _ => 1.0,
    };
    fewer.iter().zip(now).map(part).fold(0.0, f64::max)
}
