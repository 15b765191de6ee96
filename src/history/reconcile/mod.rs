//! What came, held against what the model says: yesterday's intervals, or last month's.
//!
//! | file | gives |
//! |---|---|
//! | [`mod@actual`] | rows of an export laid on the intervals of a scenario |
//! | `amiss` | what can be wrong with that, in words |
//! | `world` | the scenario with volumes, staff, handle times or patience as they came |
//! | `play` | what each replication of a world counted |
//! | `band` | the band of every interval, and how many lie in it |
//! | `causes` | what each input that came otherwise did to the service level |
//!
//! Everything is judged by the same rule: if the model is right, what came is one more draw of what was simulated, so
//! its rank among the draws tells how unusual it is ([`crate::stats::rank_chance`]), with no formula to be wrong.

pub mod actual;
mod amiss;
mod band;
mod causes;
mod play;
mod world;

pub use actual::{Actual, Wanted, actual};
pub use band::{Inside, IntervalFound};
pub use causes::{Cause, Found, RARE};

use crate::model::{Model, QueueId};
use crate::montecarlo::Level;
use crate::stats::Estimate;
use play::Stage;

/// What one queue's days came to, beside what the model says of them.
#[derive(Clone, Debug)]
pub struct QueueReconciled {
    /// Its name in the scenario.
    pub name: String,
    /// How its service level is counted.
    pub level: Level,
    /// The threshold of the service level, s.
    pub within_s: f64,
    /// The share promised to be answered within it.
    pub goal: Option<f64>,
    /// The service level that came, 0–1.
    pub came: f64,
    /// What the scenario as it stands expects of these intervals, with its computing error.
    pub planned: Estimate,
    /// What the model says with the volumes and the staff that came: the mean of such days, and between which levels
    /// nine in ten of them end.
    pub same: Expected,
    /// How many intervals lie inside their band.
    pub inside: Inside,
    /// Every interval that was compared, in order of time.
    pub intervals: Vec<IntervalFound>,
    /// What did what, in the order in which the inputs were exchanged; luck last.
    pub causes: Vec<Found>,
}

/// What the model expects of a figure that came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// The mean of such days.
    pub mean: f64,
    /// Lower end of the band of nine in ten.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// The chance of a figure at least so far out.
    pub chance: f64,
}

/// What came, reconciled.
#[derive(Clone, Debug)]
pub struct Reconciled {
    /// First and last day, days since 1970.
    pub days: (i32, i32),
    /// How many days have rows.
    pub day_count: usize,
    /// Replications of every day.
    pub replications: u64,
    /// The queues that were compared, in the scenario's order.
    pub queues: Vec<QueueReconciled>,
}

/// Told how much is done of how much; ends the work by answering `false`.
pub type Watch<'a> = &'a (dyn Fn(u64, u64) -> bool + Sync);

/// Compares; nothing if it was ended from outside.
pub fn reconcile(plan: &Model, actual: &Actual, replications: u64, watch: Watch<'_>) -> Option<Reconciled> {
    let mut stage = Stage::new(plan, actual, replications, watch);
    let told = causes::play(&mut stage)?;
    let queues = actual.compared().map(|queue| one(plan, actual, &told, queue)).collect();
    Some(Reconciled { days: actual.days, day_count: actual.day_count(), replications, queues })
}

fn one(plan: &Model, actual: &Actual, told: &causes::Legs, id: QueueId) -> QueueReconciled {
    let queue = &plan.queues[id.0];
    let level = actual.levels[id.0];
    let sum = actual.sum(id);
    let came = sum.level(level);
    let (intervals, inside) = band::intervals(actual, id, &told.same);
    QueueReconciled {
        name: queue.name.clone(),
        level,
        within_s: level.within(queue).as_secs_f64(),
        goal: actual::goal(queue),
        came,
        planned: play::mean(&play::levels(&told.plan, id)),
        same: band::expected(play::levels(&told.same, id), came),
        inside,
        intervals,
        causes: causes::of(plan, actual, told, id),
    }
}
