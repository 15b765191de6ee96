//! What customers feel and what the centre costs: read from what was counted, changing none of it.
//!
//! | file | holds |
//! |---|---|
//! | `felt` | outcomes: shares over waits, heard story by story |
//! | `dues` | penalties and bonuses of promises, stretch by stretch |
//! | `costs` | the bill: staff, answered contacts, dues |
//!
//! A model without outcomes, penalties and prices keeps nothing here and pays nothing.

use super::costs::{CostFrame, CostSums};
use super::digest::Digest;
use super::dues::{self, DueFrame};
use super::felt::{FeltSums, Hearing, OutcomeFrame};
use super::frame::{Frame, QueueFrame};
use super::money::Money;
use super::outcome::Outcome;
use super::payroll::Payroll;
use crate::engine::{Staffing, Tally};
use crate::model::Model;
use crate::stats::Estimate;

/// What is priced, worked out once.
#[derive(Clone, Debug)]
pub struct WorthFrame {
    outcomes: Vec<OutcomeFrame>,
    dues: Vec<DueFrame>,
    costs: Option<CostFrame>,
}

impl WorthFrame {
    /// What a model prices in the run counted from interval `from`.
    pub(super) fn new(model: &Model, staffing: &Staffing, from: usize, queues: &[QueueFrame]) -> Self {
        let dues = dues::frames(model, queues);
        let add = |(a, b): (f64, f64), due: &DueFrame| (a + due.range.0, b + due.range.1);
        let range = (!dues.is_empty()).then(|| dues.iter().fold((0.0, 0.0), add));
        Self {
            outcomes: model.outcomes.iter().map(OutcomeFrame::new).collect(),
            costs: CostFrame::new(Payroll { model, staffing, from }, range),
            dues,
        }
    }
}

/// Sums over replications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorthSums {
    /// One per outcome.
    outcomes: Vec<FeltSums>,
    /// Of all outcomes together.
    value: Money,
    /// One per target with penalties or bonuses.
    dues: Vec<Money>,
    costs: CostSums,
}

impl WorthSums {
    /// Without replications yet.
    pub(super) fn new(frame: &WorthFrame) -> Self {
        Self {
            outcomes: vec![FeltSums::default(); frame.outcomes.len()],
            value: Money::default(),
            dues: vec![Money::default(); frame.dues.len()],
            costs: CostSums::new(frame.costs.as_ref()),
        }
    }

    /// Whoever hears the stories of one replication.
    pub(super) fn listen<'a>(&'a mut self, frame: &'a WorthFrame) -> Hearing<'a> {
        Hearing { outcomes: &frame.outcomes, sums: &mut self.outcomes }
    }

    /// Counts the replication that was heard, and its tally.
    pub(super) fn add(&mut self, frame: &Frame, tally: &Tally, digest: &mut Digest) {
        let worth = &frame.worth;
        if !self.outcomes.is_empty() {
            let closed = self.outcomes.iter_mut().zip(&worth.outcomes).map(|(sums, o)| sums.close(o));
            self.value.push(closed.sum());
        }
        let mut all = 0;
        for (sums, target) in self.dues.iter_mut().zip(&worth.dues) {
            let due = target.due(frame, tally, digest);
            sums.push(due);
            all += due;
        }
        if let Some(costs) = &worth.costs {
            self.costs.add(costs, tally, digest, all);
        }
    }

    /// Adds what another one counted.
    pub(super) fn merge(&mut self, other: &Self) {
        self.outcomes.iter_mut().zip(&other.outcomes).for_each(|(mine, theirs)| mine.merge(theirs));
        self.value.merge(&other.value);
        self.dues.iter_mut().zip(&other.dues).for_each(|(mine, theirs)| mine.merge(theirs));
        self.costs.merge(&other.costs);
    }
}

/// Writes what was found into the results that already have everything else.
pub(super) fn tell(model: &Model, frame: &Frame, sums: &WorthSums, level: f64, outcome: &mut Outcome) {
    let days = frame.days;
    let a_day = |e: Estimate| e.map(|x| x / days as f64);
    for (outcomes, facts) in sums.outcomes.iter().zip(&model.outcomes) {
        let queue = &model.queues[facts.queue.0].name;
        let open = frame.queues[facts.queue.0].open_days();
        outcome.outcomes.push(outcomes.tell(facts, queue, open, level));
    }
    outcome.total.value = value(model, sums, level).filter(|_| days > 0).map(a_day);
    for (money, due) in sums.dues.iter().zip(&frame.worth.dues) {
        let (least, most) = due.range;
        let cost = money.mean(level, least, most).filter(|_| days > 0);
        outcome.targets[due.position].penalty_cost = cost.map(a_day);
    }
    let Some(costs) = &frame.worth.costs else { return };
    sums.costs.tell_total(costs, days, level, &mut outcome.total);
    for (g, group) in outcome.groups.iter_mut().enumerate() {
        sums.costs.tell_group(model, g, frame.groups[g].days.len(), level, group);
    }
}

/// What all outcomes are worth in one replication; nothing where none has a value.
fn value(model: &Model, sums: &WorthSums, level: f64) -> Option<Estimate> {
    let values = || model.outcomes.iter().filter_map(|outcome| outcome.value);
    let bound = |any: bool, end: f64| if any { end } else { 0.0 };
    let least = bound(values().any(|v| v < 0.0), f64::NEG_INFINITY);
    let most = bound(values().any(|v| v > 0.0), f64::INFINITY);
    values().next().and_then(|_| sums.value.mean(level, least, most))
}

#[cfg(test)]
mod tests;
