//! How few shifts must stay open: a bound that is counted, and, where there are few shifts, every deal gone through.

use super::facts::{Facts, Kind};
use super::table::{NONE, Table};
use crate::model::GroupId;
use std::ops::Range;

/// Shifts up to which every deal is gone through, if need be.
const FEW: usize = 48;
/// Deals looked at.
const NODES: u64 = 300_000;

/// So many shifts stay open whatever is done: on each day more than people can be matched with, in each week more than
/// people have days, over all groups or group by group.
pub(super) fn least_open(facts: &Facts<'_>) -> usize {
    let on =
        |day: usize| -> Vec<usize> { (0..facts.jobs.len()).filter(|&j| facts.kind(j).day == day).collect() };
    let by_day: Vec<usize> = (0..facts.days).map(|day| unmatched(facts, &on(day))).collect();
    let mut groups: Vec<GroupId> = facts.kinds.iter().map(|kind| kind.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let of_week = |week: &Range<usize>| {
        // Days of somebody who does the work of two groups count for both: no sum of these says too much.
        let by_group = groups.iter().map(|&group| beyond_days(facts, week, |one| one == group)).sum();
        let all = beyond_days(facts, week, |_| true);
        by_day[week.clone()].iter().sum::<usize>().max(all).max(by_group)
    };
    facts.weeks.iter().map(of_week).sum()
}

/// By how many the shifts of a week and of these groups are more than the days on which people can work one of them.
fn beyond_days(facts: &Facts<'_>, week: &Range<usize>, which: impl Fn(GroupId) -> bool) -> usize {
    let own = |kind: &Kind| week.contains(&kind.day) && which(kind.group);
    let kinds: Vec<usize> = (0..facts.kinds.len()).filter(|&k| own(&facts.kinds[k])).collect();
    let shifts = facts.jobs.iter().filter(|&&k| own(&facts.kinds[k])).count();
    let days = |person: usize| {
        let mut free = vec![false; week.len()];
        let can = kinds.iter().filter(|&&k| facts.can[person][k].is_ok());
        can.for_each(|&k| free[facts.kinds[k].day - week.start] = true);
        let free = free.into_iter().filter(|free| *free).count();
        free.min(facts.contract(person).days_a_week as usize)
    };
    shifts.saturating_sub((0..facts.people.len()).map(days).sum())
}

/// How many of these shifts of one day have nobody when as many as can be have somebody (augmenting paths; Kuhn 1955).
fn unmatched(facts: &Facts<'_>, jobs: &[usize]) -> usize {
    let mut holds = vec![NONE; facts.people.len()];
    let mut left = 0;
    for &job in jobs {
        let mut seen = vec![false; facts.people.len()];
        left += usize::from(!augment(facts, job, &mut holds, &mut seen));
    }
    left
}

fn augment(facts: &Facts<'_>, job: usize, holds: &mut [usize], seen: &mut [bool]) -> bool {
    for person in 0..holds.len() {
        if seen[person] || facts.can[person][facts.jobs[job]].is_err() {
            continue;
        }
        seen[person] = true;
        if holds[person] == NONE || augment(facts, holds[person], holds, seen) {
            holds[person] = job;
            return true;
        }
    }
    false
}

/// A deal with fewer open shifts than `table` has, or the knowledge that there is none; nothing where there are too many
/// deals to look at. The second number is how few may be open at least.
pub(super) fn fewest<'f>(table: &Table<'f>) -> (Option<Table<'f>>, usize) {
    let facts = table.facts;
    let least = least_open(facts);
    if table.open <= least || facts.jobs.len() > FEW {
        return (None, least);
    }
    let mut search = Search {
        table: Table::new(facts),
        best: table.open,
        found: None,
        least,
        nodes: 0,
        twins: twins(facts),
    };
    search.open(0, 0);
    if search.nodes >= NODES {
        return (search.found, least);
    }
    let best = search.best;
    (search.found, best)
}

struct Search<'f> {
    table: Table<'f>,
    best: usize,
    found: Option<Table<'f>>,
    least: usize,
    nodes: u64,
    /// The person before each who is the same in all respects.
    twins: Vec<Option<usize>>,
}

impl Search<'_> {
    /// Gives the jobs from `job` on in every way that may leave fewer open than the best.
    fn open(&mut self, job: usize, open: usize) {
        self.nodes += 1;
        if open >= self.best || self.nodes >= NODES || self.best <= self.least {
            return;
        }
        if job == self.table.people.len() {
            self.best = open;
            self.found = Some(self.table.clone());
            return;
        }
        for person in 0..self.table.jobs.len() {
            // Of people who are the same and have nothing yet, the first stands for all.
            let is_first = self.twins[person].is_none_or(|twin| self.table.of(twin).next().is_some());
            if is_first && self.table.fits(person, job).is_ok() {
                self.table.give(person, job);
                self.open(job + 1, open);
                self.table.take(job);
            }
        }
        self.open(job + 1, open + 1);
    }
}

fn twins(facts: &Facts<'_>) -> Vec<Option<usize>> {
    let same = |a: usize, b: usize| {
        facts.people[a].who.contract == facts.people[b].who.contract && facts.can[a] == facts.can[b]
    };
    (0..facts.people.len()).map(|p| (0..p).rev().find(|&q| same(p, q))).collect()
}
