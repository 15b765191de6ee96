//! What one agent more, or one less, does in each interval, on the same customers as the plan without it: where the next
//! one helps most, and where one is missed least.

use super::ask::{Asker, LEVEL};
use crate::model::{GroupId, Model};
use crate::montecarlo::{Bench, Level, Nudged, Nudging, Pair, Reader, Reading, Staffing, every_queue};
use crate::stats::{Estimate, PairedMeans};
use serde::Serialize;
use std::ops::Range;

/// Most staffings that are tried: beyond, every second interval, every third, … is.
const MOST: usize = 400;
/// Replications between looks.
const BLOCK: usize = 32;

/// One agent more and one less in one interval of one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OneAgent {
    /// The group.
    pub group: String,
    /// Position of the interval in the run.
    pub interval: usize,
    /// Agents of the plan there.
    pub agents: u32,
    /// With one more.
    pub more: Effect,
    /// With one less; nothing where there is none to spare.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub less: Option<Effect>,
}

/// A change per day, all queues together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Customers answered in time.
    pub in_time: Estimate,
    /// Customers who hang up.
    pub lost: Estimate,
}

/// Every open interval of every planned group.
pub(super) fn each(model: &Model, staffing: &Staffing, asker: &Asker<'_>) -> Vec<OneAgent> {
    let places: Vec<(GroupId, usize)> = model
        .planned_groups()
        .flat_map(|id| model.groups[id.0].opening.intervals().map(move |i| (id, i)))
        .collect();
    let step = (2 * places.len()).div_ceil(MOST).max(1);
    let places: Vec<(GroupId, usize)> = places.into_iter().step_by(step).collect();
    let staffings = staffings(staffing, &places);
    let Some(paired) = play(model, staffing, &staffings, asker) else { return Vec::new() };
    let days = model.open_days() as f64;
    let effect = |k: usize| -> Option<Effect> {
        let [in_time, lost] = &paired[k];
        let per_day = |means: &PairedMeans| means.difference(LEVEL).map(|e| e.scale(1.0 / days));
        Some(Effect { in_time: per_day(in_time)?, lost: per_day(lost)? })
    };
    let one = |&(id, i): &(GroupId, usize)| {
        let at = |less: bool| staffings.iter().position(|change| change.at == (id, i) && change.less == less);
        Some(OneAgent {
            group: model.groups[id.0].name.clone(),
            interval: i,
            agents: staffing.at(id, i),
            more: effect(at(false)?)?,
            less: at(true).and_then(effect),
        })
    };
    places.iter().filter_map(one).collect()
}

/// A staffing that differs from the plan by one agent.
struct Change {
    at: (GroupId, usize),
    less: bool,
    staffing: Staffing,
}

fn staffings(plan: &Staffing, places: &[(GroupId, usize)]) -> Vec<Change> {
    let change = |&(id, i): &(GroupId, usize), less: bool| {
        let now = plan.at(id, i);
        let then = if less { now.checked_sub(1)? } else { now + 1 };
        let mut staffing = plan.clone();
        staffing.set(id, i, then);
        Some(Change { at: (id, i), less, staffing })
    };
    places.iter().flat_map(|place| [change(place, false), change(place, true)]).flatten().collect()
}

/// Answered in time and lost, of every change beside the plan; nothing if it was ended.
fn play(
    model: &Model,
    plan: &Staffing,
    changes: &[Change],
    asker: &Asker<'_>,
) -> Option<Vec<[PairedMeans; 2]>> {
    asker.stage("what one agent more or less does");
    let mut player = Player::of(model, plan, changes);
    let mut bench = asker.bench(model);
    let mut paired = vec![[PairedMeans::default(); 2]; changes.len()];
    let total = asker.replications() as usize;
    for start in (0..total).step_by(BLOCK) {
        if asker.is_over() {
            return None;
        }
        asker.progress(start as u64, total as u64);
        let read = player.play(&mut bench, start..(start + BLOCK).min(total));
        for replication in read.chunks(1 + changes.len()) {
            let [(good, lost), rest @ ..] = replication else { continue };
            for (mine, (more_good, more_lost)) in paired.iter_mut().zip(rest) {
                mine[0].push(*more_good, *good);
                mine[1].push(*more_lost, *lost);
            }
        }
    }
    Some(paired)
}

/// Plays the plan and every change on the same replications.
struct Player<'a> {
    model: &'a Model,
    all: Vec<&'a Staffing>,
    readers: Vec<Reader>,
    /// Where one queue has one group: whole runs need not be played, only how they differ.
    nudging: Option<(Level, Vec<usize>)>,
}

impl<'a> Player<'a> {
    fn of(model: &'a Model, plan: &'a Staffing, changes: &'a [Change]) -> Self {
        let all: Vec<&Staffing> =
            std::iter::once(plan).chain(changes.iter().map(|change| &change.staffing)).collect();
        let pairs = every_queue(model);
        let nothing = vec![Vec::new(); pairs.len()];
        let reader = |staffing: &&Staffing| Reader::new(model, staffing, &pairs, &nothing);
        let mut intervals: Vec<usize> = changes.iter().map(|change| change.at.1).collect();
        intervals.dedup();
        let alone = model.queues.len() == 1 && model.groups.len() == 1;
        let level = Level::reported(&model.queues[0]).filter(|_| alone);
        let nudging = level.map(|level| (level, intervals));
        Self { model, readers: all.iter().map(reader).collect(), all, nudging }
    }

    /// Answered in time and lost, of the plan and of every change: replication by replication.
    fn play(&mut self, bench: &mut Bench<'_>, which: Range<usize>) -> Vec<Pair> {
        if let Some((level, intervals)) = &self.nudging {
            let nudging = Nudging { staffing: self.all[0], group: GroupId(0), level: *level, intervals };
            if let Some(nudged) = nudging.play(bench, which.clone()) {
                let every = |one: &Nudged| {
                    let changes = one.nudges.iter().flat_map(|(more, less)| [Some(*more), *less]).flatten();
                    std::iter::once(one.plain).chain(changes).collect::<Vec<_>>()
                };
                return nudged.iter().flat_map(every).collect();
            }
        }
        let Self { model, all, readers, .. } = self;
        bench.play(all.len(), which, |k, run, tape, _| {
            counts(model, &readers[k].read(tape, run.play(tape, all[k], &mut ())))
        })
    }
}

/// Answered in time, all queues, and lost.
fn counts(model: &Model, reading: &Reading) -> Pair {
    let queues = reading.queues.iter().take(model.queues.len());
    (queues.map(|queue| queue.level.0).sum(), reading.lost)
}
