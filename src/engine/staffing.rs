//! The staffing under trial: agents at work for every group and interval.

use crate::model::{GroupId, Model, Staff};

/// How many agents of each group are at work in each interval of the run.
///
/// It is apart from the [`Model`], because a search tries many staffings on the same facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staffing {
    agents: Vec<Vec<u32>>,
}

impl Staffing {
    /// The staff given in the scenario; groups to be planned have nobody.
    pub fn given(model: &Model) -> Self {
        let nobody = vec![0; model.grid().intervals()];
        let agents = model.groups.iter().map(|group| match &group.staff {
            Staff::Given { at_work, .. } => at_work.clone(),
            Staff::Planned => nobody.clone(),
        });
        Self { agents: agents.collect() }
    }

    /// The staff given in the scenario, and in groups to be planned so many that hardly anybody waits: twice the load of
    /// the busiest interval of all queues together, and ten more.
    pub fn plenty(model: &Model) -> Self {
        let interval = model.grid().interval.as_secs_f64();
        let load = |i: usize| -> f64 {
            model.queues.iter().map(|queue| queue.volumes[i] * queue.aht(i) / interval).sum()
        };
        let busiest = (0..model.grid().intervals()).map(load).fold(0.0, f64::max);
        let mut staffing = Self::given(model);
        for group in model.planned_groups() {
            staffing.set_flat(model, group, (2.0 * busiest) as u32 + 10);
        }
        staffing
    }

    /// Agents of `group` at work in interval `i`.
    pub fn at(&self, group: GroupId, i: usize) -> u32 {
        self.agents[group.0][i]
    }

    /// Agents of `group`, interval by interval.
    pub fn of(&self, group: GroupId) -> &[u32] {
        &self.agents[group.0]
    }

    /// Puts `agents` of `group` to work in interval `i`.
    pub fn set(&mut self, group: GroupId, i: usize, agents: u32) {
        self.agents[group.0][i] = agents;
    }

    /// Puts `agents` of `group` to work in every interval in which the group is open, nobody elsewhere.
    pub fn set_flat(&mut self, model: &Model, group: GroupId, agents: u32) {
        for i in model.groups[group.0].opening.intervals() {
            self.set(group, i, agents);
        }
    }

    /// Hours of agents at work, all groups.
    pub fn agent_hours(&self, model: &Model) -> f64 {
        let agents: u64 = self.agents.iter().flatten().map(|&n| u64::from(n)).sum();
        agents as f64 * model.grid().interval.as_hours_f64()
    }
}
