//! What a staffing costs, in whole numbers, so that two staffings compare the same everywhere.

use super::super::show::scheduled;
use super::task::Task;
use crate::model::Objective;
use crate::montecarlo::Staffing;

/// A price: what is to be made small, then what decides between equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Price {
    /// The plan's objective, in millionths: hours, money, or people at once.
    pub(super) main: i64,
    /// Millionths of hours at work.
    hours: i64,
    /// Agents × intervals × skills beyond the first: of equals, the one that asks for fewer skills.
    skills: u64,
}

impl Price {
    /// The price of a staffing of the planned groups over the run.
    pub(super) fn of(task: &Task<'_>, staffing: &Staffing) -> Self {
        let length = task.model.grid().interval.as_hours_f64();
        let sum = |agents: &[u32]| agents.iter().map(|&n| u64::from(n)).sum::<u64>() as f64 * length;
        let hours: f64 = task.groups.iter().map(|job| sum(staffing.of(job.group))).sum();
        let main = match task.model.plan.objective {
            Objective::AgentHours => hours,
            Objective::Cost => {
                let paid = task.groups.iter().map(|job| {
                    let rate = job.group_facts().cost_per_hour.unwrap_or(0.0);
                    rate * sum(&scheduled(task.model, job.group, staffing.of(job.group)))
                });
                paid.sum()
            }
            Objective::Headcount => f64::from(peak(task, staffing)),
        };
        let skills = |job: &super::super::job::Job<'_>| {
            let agents: u64 = staffing.of(job.group).iter().map(|&n| u64::from(n)).sum();
            agents * (job.group_facts().serves.len() as u64 - 1)
        };
        Self {
            main: millionths(main),
            hours: millionths(hours),
            skills: task.groups.iter().map(skills).sum(),
        }
    }

    /// The objective as a real number.
    pub(super) fn value(&self) -> f64 {
        self.main as f64 / 1e6
    }
}

fn millionths(x: f64) -> i64 {
    (x * 1e6).round() as i64
}

/// Most agents of the planned groups at once.
fn peak(task: &Task<'_>, staffing: &Staffing) -> u32 {
    let at = |i: usize| task.groups.iter().map(|job| staffing.at(job.group, i)).sum();
    (0..task.model.grid().intervals()).map(at).max().unwrap_or(0)
}

/// What one agent of a group in one of its intervals adds to the objective, as far as that is the same everywhere: paid
/// hours × rate, or hours. Never 0, so that nobody is free; a skill more costs a thousandth, to prefer fewer.
pub(super) fn weight(task: &Task<'_>, group: usize, interval: usize) -> f64 {
    let facts = task.groups[group].group_facts();
    let skills = 1.0 + 1e-3 * (facts.serves.len() as f64 - 1.0);
    let plain = match task.model.plan.objective {
        Objective::Cost => {
            facts.cost_per_hour.unwrap_or(0.0).max(1e-6) / (1.0 - facts.shrinkage.at(interval))
        }
        Objective::AgentHours | Objective::Headcount => 1.0,
    };
    plain * skills
}
