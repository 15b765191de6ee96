//! What comes in: how many agents the contacts of each queue keep busy in each interval, if there are always enough.
//!
//! * The fastest planned group counts, because this serves as a bound; an agent with several chats in hand is `m` slots,
//!   each slowed down as the group says.
//! * Live queues have the load with memory of the time before ([`super::super::warm_start`]).
//! * Work that may wait for hours is a load that is the same whenever a group that serves it is open.
//! * What other queues pass on, what comes back and what is chased is counted on a few replications with plenty of
//!   agents.

use super::super::job::Job;
use super::super::warm_start::{aht, loads_of};
use super::task::Task;
use crate::model::{Goal, GroupId, Model, Queue, QueueId};
use crate::montecarlo::{Bench, Staffing};
use crate::units::Micros;

/// Replications on which contacts are counted that no forecast names.
const PILOT: usize = 32;
/// A promise to have something done within this or more leaves agents free to choose when.
const MAY_WAIT: Micros = Micros(1_800_000_000);

/// What comes in to one queue.
#[derive(Clone, Debug)]
pub(super) struct Demand {
    /// Contacts in each interval of the run.
    pub(super) volumes: Vec<f64>,
    /// Slots that they keep busy in each interval, in erlangs.
    pub(super) slots: Vec<f64>,
    /// Slots of one agent.
    pub(super) per_agent: f64,
    /// How long a contact keeps a slot busy, in seconds.
    pub(super) slot_s: f64,
    /// Mean patience in seconds.
    pub(super) patience_s: f64,
    /// Whether it waits for hours rather than seconds.
    pub(super) may_wait: bool,
}

impl Demand {
    /// Agents kept busy in interval `i`, in erlangs.
    pub(super) fn load(&self, i: usize) -> f64 {
        self.slots[i] / self.per_agent
    }
}

/// The demand of every queue of a task.
pub(super) fn demands(task: &Task<'_>, seed: u64) -> Vec<Demand> {
    let pilot = pilot(task.model, seed);
    (0..task.queues).map(|pair| demand(task, pair, &pilot)).collect()
}

/// Contacts offered in each queue and interval when hardly anybody waits; empty where the forecasts tell all.
fn pilot(model: &Model, seed: u64) -> Vec<Vec<f64>> {
    if !(0..model.queues.len()).any(|q| model.counts_more(QueueId(q))) {
        return Vec::new();
    }
    let mut bench = Bench::new(model, seed, 0, 0);
    let tallies = bench.read(&Staffing::plenty(model), 0..PILOT, |_, tally| {
        let offered = |q: usize| -> Vec<u64> {
            let mut all = Vec::new();
            for cell in &tally.queues[q].cells {
                all.push(cell.offered());
            }
            all
        };
        (0..tally.queues.len()).map(offered).collect::<Vec<_>>()
    });
    let mean = |q: usize, i: usize| tallies.iter().map(|one| one[q][i]).sum::<u64>() as f64 / PILOT as f64;
    let intervals = model.grid().intervals();
    (0..model.queues.len()).map(|q| (0..intervals).map(|i| mean(q, i)).collect()).collect()
}

fn demand(task: &Task<'_>, pair: usize, pilot: &[Vec<f64>]) -> Demand {
    let (queue, model) = (task.queue(pair), task.model);
    let counted = pilot.get(task.pairs[pair].0.0);
    let volume = |(i, &expected): (usize, &f64)| counted.map_or(expected, |counted| expected.max(counted[i]));
    let volumes: Vec<f64> = queue.volumes.iter().enumerate().map(volume).collect();
    let serving = (0..task.groups.len()).filter(|&g| task.serves(g, pair));
    let fastest = serving
        .map(|g| Served::by(task, pair, task.groups[g].group, &volumes))
        .min_by(|a, b| (a.slot_s / a.per_agent).total_cmp(&(b.slot_s / b.per_agent)))
        .unwrap_or_else(|| Served::by(task, pair, task.pairs[pair].1, &volumes));
    let may_wait = may_wait(queue);
    let loads = loads_of(&fastest.job, &volumes);
    let slots = if may_wait { spread(task, pair, &loads) } else { loads };
    let slots = slots.into_iter().map(|load| load * fastest.stretch).collect();
    let first = queue.volumes.iter().position(|v| *v > 0.0).or(model.first_open()).unwrap_or(0);
    let patience_s = queue.patience.as_ref().map_or(f64::INFINITY, |law| law.mean.at(first));
    Demand { volumes, slots, per_agent: fastest.per_agent, slot_s: fastest.slot_s, patience_s, may_wait }
}

/// How one group serves a queue.
struct Served<'m> {
    job: Job<'m>,
    per_agent: f64,
    stretch: f64,
    slot_s: f64,
}

impl<'m> Served<'m> {
    fn by(task: &Task<'m>, pair: usize, group: GroupId, volumes: &[f64]) -> Self {
        let job = Job::new(task.model, task.pairs[pair].0, group, &task.given);
        let facts = job.group_facts();
        let need = facts.skill(job.queue).map_or(1, |skill| skill.need).max(1);
        let per_agent = (facts.hands.capacity / need).max(1);
        let at = (per_agent as usize).min(facts.hands.stretch.len()) - 1;
        let stretch = facts.hands.stretch[at].as_f64();
        let all: f64 = volumes.iter().sum();
        let work: f64 =
            volumes.iter().enumerate().filter(|(_, v)| **v > 0.0).map(|(i, v)| v * aht(&job, i)).sum();
        let open = job.open.first().copied().unwrap_or(0);
        let mean_s = if all > 0.0 { work / all } else { aht(&job, open) };
        Self { job, per_agent: f64::from(per_agent), stretch, slot_s: mean_s * stretch }
    }
}

/// Whether a queue's work may wait for so long that agents choose when to do it.
fn may_wait(queue: &Queue) -> bool {
    match queue.targets.first().map(|target| &target.goal) {
        Some(Goal::Done { within, .. } | Goal::Answered { within, .. }) => *within >= MAY_WAIT,
        Some(_) => false,
        None => queue.channel.is_deferred(),
    }
}

/// A load that is the same in every interval in which the queue and a group that serves it are open.
fn spread(task: &Task<'_>, pair: usize, loads: &[f64]) -> Vec<f64> {
    let groups = || task.model.groups.iter().filter(|group| group.skill(task.pairs[pair].0).is_some());
    let opening = &task.queue(pair).opening;
    let mut open: Vec<usize> = groups().flat_map(|group| group.opening.intervals()).collect();
    open.sort_unstable();
    open.dedup();
    let mut within: Vec<usize> = opening.intervals().filter(|i| open.binary_search(i).is_ok()).collect();
    if within.is_empty() {
        within = open;
    }
    let each = loads.iter().sum::<f64>() / within.len().max(1) as f64;
    let mut flat = vec![0.0; loads.len()];
    for i in within {
        flat[i] = each;
    }
    flat
}
