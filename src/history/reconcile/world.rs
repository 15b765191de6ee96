//! The scenario with some of its inputs as they came.

use super::actual::{Actual, Stretch, sole_queue};
use crate::model::{GroupId, Model, People, QueueId, Staff};
use crate::montecarlo::Staffing;

/// Which inputs are as they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Swaps {
    /// Contacts of every interval.
    pub(super) volume: bool,
    /// Agents at work.
    pub(super) staff: bool,
    /// By queue: how much longer handle times were than planned; empty: as planned.
    pub(super) handle: Vec<f64>,
    /// The same of patience.
    pub(super) patience: Vec<f64>,
}

/// The scenario and its agents for one stretch of days, with these inputs as they came.
pub(super) fn world(plan: &Model, actual: &Actual, stretch: &Stretch, swaps: &Swaps) -> (Model, Staffing) {
    let mut model = plan.clone();
    if swaps.volume {
        (0..model.queues.len()).for_each(|q| volumes(&mut model, stretch, q));
    }
    swaps.handle.iter().enumerate().for_each(|(q, factor)| handle_times(&mut model, QueueId(q), *factor));
    for (queue, factor) in model.queues.iter_mut().zip(&swaps.patience) {
        queue.patience.iter_mut().for_each(|law| law.scale(*factor));
    }
    let mut staffing = Staffing::given(&model);
    // Where the scenario has no agents of its own there is no plan to begin with.
    for g in (0..model.groups.len()).filter(|&g| actual.staffed[g]) {
        if swaps.staff || plan.planned_groups().any(|group| group.0 == g) {
            staff(&mut model, &mut staffing, stretch, GroupId(g));
        }
    }
    (model, staffing)
}

/// Contacts of a queue as they came. An export counts every attempt where and when it was made, so nobody comes again or
/// is passed on besides. A day without rows had nobody; an interval without a row on a day with others is as planned.
fn volumes(model: &mut Model, stretch: &Stretch, q: usize) {
    if stretch.seen[q].iter().all(Option::is_none) {
        return;
    }
    let queue = &mut model.queues[q];
    for (i, volume) in queue.volumes.iter_mut().enumerate() {
        *volume = match stretch.seen[q][i] {
            Some(seen) => seen.offered.round(),
            None if stretch.has_rows(q, i / stretch.per_day) && queue.opening.is_open(i) => volume.round(),
            None => 0.0,
        };
    }
    queue.counted = true;
    let journey = &mut queue.journey;
    (journey.redial, journey.redial_blocked, journey.repeat) = (None, None, None);
    (journey.transfer, journey.self_service, journey.all_attempts) = (None, None, false);
}

/// Agents of a group as they were; who is told to have been there was there.
fn staff(model: &mut Model, staffing: &mut Staffing, stretch: &Stretch, group: GroupId) {
    let Some(q) = sole_queue(model, group) else { return };
    let mut before = None;
    for (i, seen) in stretch.seen[q.0].iter().enumerate() {
        if i.is_multiple_of(stretch.per_day) {
            before = None;
        }
        let told = seen.and_then(|seen| seen.staffed).map(|staffed| staffed.round() as u32);
        // Where a row is missing and nobody planned anything, who was there before is there still.
        let unplanned = model.groups[group.0].staff == Staff::Planned && model.queues[q.0].opening.is_open(i);
        if let Some(agents) = told.or(before.filter(|_| unplanned)) {
            staffing.set(group, i, agents);
        }
        before = told.or(before);
    }
    let people = &mut model.groups[group.0].people;
    *people = People { learning: people.learning, ..People::default() };
}

fn handle_times(model: &mut Model, id: QueueId, factor: f64) {
    let queue = &mut model.queues[id.0];
    queue.handle.scale(factor);
    queue.wrap.iter_mut().for_each(|law| law.scale(factor));
    let skills = model.groups.iter_mut().flat_map(|group| &mut group.serves);
    skills
        .filter(|skill| skill.queue == id)
        .filter_map(|skill| skill.handle.as_mut())
        .for_each(|law| law.scale(factor));
}
