//! What staff costs: scheduled hours × rate.

use crate::engine::Staffing;
use crate::model::{GroupId, Model, Staff};

/// A staffing, to be paid.
#[derive(Clone, Copy)]
pub(super) struct Payroll<'a> {
    /// The facts.
    pub(super) model: &'a Model,
    /// The agents at work.
    pub(super) staffing: &'a Staffing,
    /// The first interval that counts.
    pub(super) from: usize,
}

impl<'a> Payroll<'a> {
    /// The intervals whose staff is paid for in the counted part of the run: all of them unless there is a warm-up.
    pub(super) fn intervals(self, g: usize) -> impl Iterator<Item = usize> + 'a {
        let from = if self.model.run.warm_up.0 == 0 { 0 } else { self.from };
        self.model.groups[g].opening.intervals().filter(move |i| *i >= from)
    }

    /// Scheduled hours × rate of a group over the counted run; nothing without a rate.
    pub(super) fn cost(self, g: usize) -> Option<f64> {
        let rate = self.model.groups[g].cost_per_hour?;
        let scheduled: f64 = self.intervals(g).map(|i| self.scheduled(g, i)).sum();
        Some(scheduled * self.model.grid().interval.as_hours_f64() * rate)
    }

    /// Agents scheduled in an interval: as the scenario gives them for this staff, else at work / (1 − shrinkage).
    fn scheduled(self, g: usize, i: usize) -> f64 {
        let group = &self.model.groups[g];
        let agents = self.staffing.at(GroupId(g), i);
        match &group.staff {
            Staff::Given { at_work, scheduled: Some(scheduled) } if at_work[i] == agents => {
                f64::from(scheduled[i])
            }
            _ => f64::from(agents) / (1.0 - group.shrinkage.at(i)),
        }
    }
}
