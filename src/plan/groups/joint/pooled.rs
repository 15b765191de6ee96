//! What theory alone asks of promises over the run: that every set of groups could keep those of its queues together,
//! were they one queue served in order of arrival. Shifts that do less than that cost less than any that keep the
//! promises, as far as theory knows the day.

use super::super::super::ladder::hull_slopes;
use super::super::super::trade::Curve;
use super::super::subsets::{Set, Subsets, sets};
use super::super::task::Task;
use super::floors::{Together, least_shrinkage, members};
use super::{Joint, Stake};
use crate::model::{Goal, GroupId};

/// An interval in which all but so few are served as promised gains nothing from more people.
const NEARLY_ALL: f64 = 0.999;
/// And so many people beyond the floor are more than any interval is worth.
const PLENTY: u32 = 400;

/// One set of groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The groups.
    pub groups: Vec<GroupId>,
    /// For every interval of the run: the floor, and what people beyond it bring, in customers served as promised.
    pub intervals: Vec<Curve>,
    /// What all of them must bring together.
    pub wanted: f64,
}

impl Joint<'_, '_> {
    /// What theory asks of every set of groups whose queues have a share promised over the run, above the floors as they
    /// are now.
    pub fn pools(&self) -> Vec<Pool> {
        let subsets = Subsets::new(&self.task, &self.demands);
        let asked = |set: &Set| set.queues.iter().all(|&q| self.has_a_share(q));
        let pool = |set: Set| {
            let of = members(&set);
            let floor = self.floors.iter().find(|floor| floor.groups == ids(&self.task, &of))?;
            Some(pool(&self.task, &subsets, &set, floor))
        };
        sets(&self.task).into_iter().filter(asked).filter_map(pool).collect()
    }

    /// Whether a share of a queue's customers is promised over the run.
    fn has_a_share(&self, pair: usize) -> bool {
        let of_share = |stake: &Stake| {
            let goal = &self.task.queue(pair).targets[stake.target].goal;
            stake.pair == pair && stake.interval.is_none() && matches!(goal, Goal::Answered { .. })
        };
        self.stakes.iter().any(|stake| stake.pair == pair && of_share(stake))
    }
}

fn ids(task: &Task<'_>, members: &[usize]) -> Vec<GroupId> {
    members.iter().map(|&g| task.groups[g].group).collect()
}

fn pool(task: &Task<'_>, subsets: &Subsets<'_, '_>, set: &Set, floor: &Together) -> Pool {
    let of = members(set);
    let mut pool = Pool { groups: ids(task, &of), intervals: Vec::new(), wanted: 0.0 };
    for (i, &least) in floor.people.iter().enumerate() {
        let at_work = |people: u32| f64::from(people) * (1.0 - least_shrinkage(task, &of, i));
        let mut gains = Vec::new();
        for people in least..=least + PLENTY {
            let (served, all) = subsets.served(set, i, at_work(people));
            gains.push(served);
            if served >= NEARLY_ALL * all {
                break;
            }
        }
        pool.wanted += subsets.promised(set, i) - gains.first().copied().unwrap_or(0.0);
        let mut slopes = hull_slopes(&gains);
        slopes.truncate(slopes.iter().take_while(|slope| **slope > 0.0).count());
        pool.intervals.push(Curve { least, slopes });
    }
    pool.wanted = pool.wanted.max(0.0);
    pool
}
