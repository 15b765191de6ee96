//! Fewest people of several groups together, interval by interval: the subset cuts of theory at the floors of a promise
//! over the day.

use super::super::super::show::before_shrinkage;
use super::super::demand::Demand;
use super::super::subsets::{Set, Subsets, Work, sets};
use super::super::task::Task;
use super::Joint;
use crate::model::GroupId;

/// How many people some groups must have together.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// The groups.
    pub groups: Vec<GroupId>,
    /// Fewest of all of them on shift and not on a break, in each interval of the run.
    pub people: Vec<u32>,
    /// The same as positions among the planned groups.
    members: Vec<usize>,
}

/// What theory asks of every set of groups, and `at_least` of each group.
pub(super) fn floors(task: &Task<'_>, demands: &[Demand], floor: f64) -> Vec<Together> {
    let subsets = Subsets::of_floors(task, demands, floor);
    let mut floors: Vec<Together> = Vec::new();
    for set in sets(task) {
        let people = (0..task.model.grid().intervals()).map(|i| on_shift(task, &subsets, &set, i)).collect();
        raise(&mut floors, task, members(&set), people);
    }
    for (g, job) in task.groups.iter().enumerate() {
        let mut people = vec![0; task.model.grid().intervals()];
        for (&i, &least) in job.open.iter().zip(&job.least) {
            people[i] = before_shrinkage(least, job.group_facts().shrinkage.at(i));
        }
        raise(&mut floors, task, vec![g], people);
    }
    floors
}

/// Positions of the groups that serve any of a set.
pub(super) fn members(set: &Set) -> Vec<usize> {
    (0..set.groups.len()).filter(|&g| set.groups[g]).collect()
}

/// The least shrinkage of some groups: with it the fewest on shift give so many at work, whatever the mix.
pub(super) fn least_shrinkage(task: &Task<'_>, members: &[usize], i: usize) -> f64 {
    members.iter().map(|&g| task.groups[g].group_facts().shrinkage.at(i)).fold(1.0, f64::min)
}

/// People on shift who give a set what it needs at work.
fn on_shift(task: &Task<'_>, subsets: &Subsets<'_, '_>, set: &Set, i: usize) -> u32 {
    let needed = subsets.need(set, &[i], Work::Promised);
    let open: Vec<usize> =
        members(set).into_iter().filter(|&g| task.groups[g].open.binary_search(&i).is_ok()).collect();
    if needed <= 0.0 || open.is_empty() {
        return 0;
    }
    // Theory's need is known to a hundredth of an agent.
    let whole = (needed - 0.01).ceil().max(0.0) as u32;
    before_shrinkage(whole, least_shrinkage(task, &open, i))
}

/// Adds a floor; one of the same groups is raised to it.
fn raise(floors: &mut Vec<Together>, task: &Task<'_>, members: Vec<usize>, people: Vec<u32>) {
    if let Some(known) = floors.iter_mut().find(|one| one.members == members) {
        known.people.iter_mut().zip(people).for_each(|(most, n)| *most = (*most).max(n));
    } else {
        let groups = members.iter().map(|&g| task.groups[g].group).collect();
        floors.push(Together { groups, people, members });
    }
}

impl Joint<'_, '_> {
    /// How many people sets of groups must have together, as far as is known now.
    pub fn floors(&self) -> &[Together] {
        &self.floors
    }

    /// What people `on_shift`, by group and interval, already keep is never asked to be more.
    pub fn ease(&mut self, on_shift: &[Vec<u32>]) {
        for floor in &mut self.floors {
            for (i, people) in floor.people.iter_mut().enumerate() {
                *people = (*people).min(floor.members.iter().map(|&g| on_shift[g][i]).sum());
            }
        }
    }
}
