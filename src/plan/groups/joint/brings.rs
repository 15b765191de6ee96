//! What one person more, or one less, in each group and interval brings to every promise: by simulation, on the same
//! customers.
//!
//! Replications pause where an interval starts and are played on from there, with the staffing as it is and with one
//! agent more or less in that interval, until its traces are gone ([`LASTS`]). That costs a few intervals instead of a
//! day, and what the two share drops out of their difference.
//!
//! Each further agent brings less than the one before: by a ratio that all intervals of a group share, taken from how much
//! one more brings and one less takes away. So a curve goes through the staffing, steeper below it and flatter above; it
//! tells the truth next to the staffing, and less the further away.
//!
//! Nor does an agent bring as much where one of another group has been added: they help the same customers. So what all
//! groups that help a promise bring alike in an interval is a curve over their sum, and each has a curve of its own for
//! what it brings beyond that.

use super::super::super::after_shrinkage;
use super::super::super::claims::counted;
use super::super::super::ladder::hull_slopes;
use super::super::super::sweep::{ask, figure};
use super::super::super::watch::cancelled;
use super::judge::unit;
use super::{Joint, Stake};
use crate::model::{GroupId, Limit};
use crate::montecarlo::{Ask, Counts, Staffing, Stage};
use crate::units::Micros;
use std::ops::Range;

/// Traces of an agent more are gone so long after the interval.
const LASTS: Micros = Micros(3_600_000_000);
/// Contacts of all replications, and how few replications may do.
const CONTACTS: f64 = 400e3;
const FEWEST: f64 = 48.0;
const MOST: f64 = 1000.0;
/// What a further agent brings of what the one before brought, at least and at most.
const RATIO: (f64, f64) = (0.4, 0.95);
/// A curve reaches so many agents to each side of the staffing, and so large a share of them.
const NEAR: f64 = 2.0;
const NEAR_SHARE: f64 = 0.12;
/// So many agents below the staffing a curve goes on straight: nothing is known of it there, and a power would be anything.
const STEEPENS: f64 = 8.0;
/// A group helps a promise if an agent of it brings such a share of what one of the best group does.
const HELPS: f64 = 0.25;
/// What is less than this share of what the best agent brings to a promise anywhere is nothing.
const NOTHING: f64 = 0.03;

/// What people of some groups together, mostly of one alone, bring to one promise in one interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// The groups.
    pub groups: Vec<GroupId>,
    /// The interval of the run.
    pub interval: usize,
    /// Fewest on shift of whom anything is known.
    pub least: u32,
    /// What the first, second … person beyond them brings, in the unit of [`super::Ahead`]; never rising.
    pub slopes: Vec<f64>,
    /// What those beyond the fewest who are on shift now bring together.
    pub now: f64,
}

/// One agent more and one less in one group and interval, for one stake.
#[derive(Clone, Copy, Debug, Default)]
struct Nudge {
    more: f64,
    less: f64,
}

impl Joint<'_, '_> {
    /// For every promise, in the order of [`super::Judged::stakes`], what people bring near a staffing; `on_shift` are the
    /// people who give it, by group and interval. Nothing if ended from outside.
    pub fn brings(&mut self, staffing: &Staffing, on_shift: &[Vec<u32>]) -> Option<Vec<Vec<Lever>>> {
        let nudges = self.nudges(staffing)?;
        let levers = |k: usize| self.levers(k, &nudges, on_shift);
        Some((0..self.stakes.len()).map(levers).collect())
    }

    /// The curves of one promise: of every group alone, and of those that help it together.
    fn levers(&self, k: usize, nudges: &[Vec<Vec<Nudge>>], on_shift: &[Vec<u32>]) -> Vec<Lever> {
        let each = self.ratios(k, nudges);
        let helping = self.helping(k, nudges);
        let ratio = helping.iter().map(|&g| each[g]).sum::<f64>() / helping.len().max(1) as f64;
        let best = nudges[k].iter().zip(&each).flat_map(|(all, r)| all.iter().map(|nudge| nudge.first(*r)));
        let nothing = NOTHING * best.fold(0.0, f64::max);
        let mut levers = Vec::new();
        for i in (0..self.task.model.grid().intervals())
            .filter(|&i| self.stakes[k].interval.is_none_or(|own| own == i))
        {
            let is_open = |g: &usize| self.task.groups[*g].open.binary_search(&i).is_ok();
            let first = |g: usize| nudges[k][g][i].first(each[g]);
            let together: Vec<usize> = helping.iter().copied().filter(is_open).collect();
            let alike = together.iter().map(|&g| first(g)).fold(f64::INFINITY, f64::min);
            let alike = if together.len() > 1 { alike } else { 0.0 };
            for g in (0..self.task.groups.len()).filter(is_open) {
                let more = if together.contains(&g) { first(g) - alike } else { first(g) };
                let more = if more > nothing { more } else { 0.0 };
                levers.push(self.alone(g, i, more, each[g], on_shift[g][i]));
            }
            if alike > 0.0 {
                levers.push(self.together(&together, i, alike, ratio, on_shift));
            }
        }
        levers
    }

    /// The groups that help a promise.
    fn helping(&self, k: usize, nudges: &[Vec<Vec<Nudge>>]) -> Vec<usize> {
        let ratios = self.ratios(k, nudges);
        let all = |g: usize| nudges[k][g].iter().map(|nudge| nudge.first(ratios[g])).sum::<f64>();
        let best = (0..self.task.groups.len()).map(all).fold(0.0, f64::max);
        (0..self.task.groups.len()).filter(|&g| all(g) > 0.0 && all(g) >= HELPS * best).collect()
    }

    /// By stake, group and interval of the run.
    fn nudges(&mut self, staffing: &Staffing) -> Option<Vec<Vec<Vec<Nudge>>>> {
        let model = self.task.model;
        let intervals = model.grid().intervals();
        let replications = (CONTACTS / model.expected_contacts().max(1.0)).clamp(FEWEST, MOST) as usize;
        let mut nudges =
            vec![vec![vec![Nudge::default(); intervals]; self.task.groups.len()]; self.stakes.len()];
        let mut stage = Stage::over(model, &mut self.bench, replications);
        let mut all = Vec::new();
        for i in 0..intervals {
            if cancelled(self.errand.watch) {
                return None;
            }
            all.extend(self.nudged(&mut stage, staffing, i).into_iter().map(|one| (i, one)));
        }
        for (i, (k, g, nudge)) in all {
            nudges[k][g][i] = nudge;
        }
        stage.give_back(&mut self.bench);
        Some(nudges)
    }

    /// One agent more and one less in every group that is open in interval `i`, by stake and group.
    fn nudged(&self, stage: &mut Stage<'_>, staffing: &Staffing, i: usize) -> Vec<(usize, usize, Nudge)> {
        let grid = self.task.model.grid();
        let lasts = (LASTS.0 as f64 / grid.interval.0 as f64).ceil() as usize;
        let span = i..(i + 1 + lasts).min(grid.intervals());
        let kinds = self.kinds();
        let asks: Vec<Ask> = kinds.iter().map(|&(pair, target)| ask(&self.task.jobs[pair], target)).collect();
        let open = |g: &usize| self.task.groups[*g].open.binary_search(&i).is_ok();
        let open: Vec<usize> = (0..self.task.groups.len()).filter(open).collect();
        if open.is_empty() {
            return Vec::new();
        }
        stage.advance(staffing, i);
        let plain = stage.span(staffing, span.clone(), &asks);
        let mut nudged = Vec::new();
        for g in open {
            let group = self.task.groups[g].group;
            let with = |agents: u32| {
                let mut other = staffing.clone();
                other.set(group, i, agents);
                stage.span(&other, span.clone(), &asks)
            };
            let now = staffing.at(group, i);
            let (more, less) = (with(now + 1), now.checked_sub(1).map(with));
            let near = |stake: &Stake| stake.interval.is_none_or(|own| own == i);
            for (k, stake) in self.stakes.iter().enumerate().filter(|(_, stake)| near(stake)) {
                let here = |counts: &[Counts]| self.stands(*stake, &kinds, counts, &span);
                let won = |counts: &[Counts]| (here(counts) - here(&plain)) / stage.len() as f64;
                let more = won(&more);
                nudged.push((k, g, Nudge { more, less: less.as_ref().map_or(more, |counts| -won(counts)) }));
            }
        }
        nudged
    }

    /// Every target of which anything is at stake, with its queue's pair.
    fn kinds(&self) -> Vec<(usize, usize)> {
        let mut kinds: Vec<(usize, usize)> =
            self.stakes.iter().map(|stake| (stake.pair, stake.target)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// How far the counts of a span lie above a stake's goal, all replications together, in its unit.
    fn stands(&self, stake: Stake, kinds: &[(usize, usize)], counts: &[Counts], span: &Range<usize>) -> f64 {
        let k = kinds.binary_search(&(stake.pair, stake.target)).unwrap_or(0);
        let judged = counted(&self.task.jobs[stake.pair]);
        let goal = self.goal(stake);
        let of = |(i, counts): (usize, &[Counts])| {
            let counts = &counts[k];
            let here = judged.binary_search(&i).is_ok() && stake.interval.is_none_or(|own| own == i);
            if !here {
                return 0.0;
            }
            let (x, y) = figure(goal, counts);
            let (x, y) = (x as f64, y as f64);
            match goal.limit() {
                Limit::AtLeast(share) => x - share * y,
                Limit::AtMost(share) => share * y - x,
                Limit::WaitAtMost(most) => most.0 as f64 * y - x,
            }
        };
        span.clone().zip(counts.chunks_exact(kinds.len())).map(of).sum::<f64>() * unit(&goal.limit())
    }

    /// For every group, what a further agent brings of what the one before brought: over all intervals of a promise.
    fn ratios(&self, k: usize, nudges: &[Vec<Vec<Nudge>>]) -> Vec<f64> {
        let alike = |other: &usize| {
            let (one, other) = (self.stakes[k], self.stakes[*other]);
            (one.pair, one.target) == (other.pair, other.target)
        };
        let of_group = |g: usize| {
            let all = (0..self.stakes.len()).filter(alike).flat_map(|k| &nudges[k][g]);
            let (more, less) = all.fold((0.0, 0.0), |sum, one| (sum.0 + one.more, sum.1 + one.less));
            if less > 0.0 { (more / less).clamp(RATIO.0, RATIO.1) } else { RATIO.1 }
        };
        (0..self.task.groups.len()).map(of_group).collect()
    }

    /// The curve of one group.
    fn alone(&self, g: usize, i: usize, more: f64, ratio: f64, people: u32) -> Lever {
        let (model, job) = (self.task.model, &self.task.groups[g]);
        // Most agents of the group are the scenario's affair: beyond them nobody brings anything.
        let top = job.open.binary_search(&i).map_or(0, |j| job.most[j]);
        let at_work = |n: u32| f64::from(after_shrinkage(model, job.group, i, n).min(top));
        let near = near(people);
        let won = |n: u32| curve(more, ratio, at_work(n) - at_work(people));
        lever(vec![job.group], i, people, (people.saturating_sub(near), people + near + 1), won)
    }

    /// The curve of several groups' people together.
    fn together(&self, of: &[usize], i: usize, more: f64, ratio: f64, on_shift: &[Vec<u32>]) -> Lever {
        let job = |g: &usize| &self.task.groups[*g];
        let there =
            of.iter().map(|g| 1.0 - job(g).group_facts().shrinkage.at(i)).sum::<f64>() / of.len() as f64;
        let sum = |figure: &dyn Fn(u32) -> u32| of.iter().map(|&g| figure(on_shift[g][i])).sum::<u32>();
        let (people, least) = (sum(&|n| n), sum(&|n| n.saturating_sub(near(n))));
        let most = sum(&|n| n + near(n) + 1);
        let won = |n: u32| curve(more, ratio, (f64::from(n) - f64::from(people)) * there);
        lever(of.iter().map(|g| job(g).group).collect(), i, people, (least, most), won)
    }
}

impl Nudge {
    /// What the first agent more brings, by both: the last one there brought as much more as `ratio` says.
    fn first(self, ratio: f64) -> f64 {
        f64::midpoint(self.more, self.less).max(0.0) * 2.0 * ratio / (1.0 + ratio)
    }
}

/// How far from so many people a curve reaches.
fn near(people: u32) -> u32 {
    NEAR.max(NEAR_SHARE * f64::from(people)).ceil() as u32
}

/// A curve between two numbers of people, made concave.
fn lever(
    groups: Vec<GroupId>,
    interval: usize,
    people: u32,
    (least, most): (u32, u32),
    won: impl Fn(u32) -> f64,
) -> Lever {
    let gains: Vec<f64> = (least..=most).map(won).collect();
    let mut slopes = hull_slopes(&gains);
    slopes.truncate(slopes.iter().take_while(|slope| **slope > 0.0).count());
    let now = slopes.iter().take((people - least) as usize).sum();
    Lever { groups, interval, least, slopes, now }
}

/// What `by` agents more bring where the first brings `more` and each further one `ratio` of the one before; those before
/// brought as much more. Parts of an agent lie between, on the same curve.
fn curve(more: f64, ratio: f64, by: f64) -> f64 {
    let bent = by.max(-STEEPENS);
    more * (1.0 - ratio.powf(bent)) / (1.0 - ratio) + (by - bent) * more * ratio.powf(bent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_steeper_below_and_flatter_above() {
        let points = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|by| curve(4.0, 0.5, by));
        assert_eq!(points, [-24.0, -8.0, 0.0, 4.0, 6.0]);
        assert_eq!(
            curve(4.0, 0.5, -10.0) - curve(4.0, 0.5, -9.0),
            curve(4.0, 0.5, -9.0) - curve(4.0, 0.5, -8.0)
        );
        assert!((Nudge { more: 4.0, less: 8.0 }.first(0.5) - 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_lever_reaches_to_both_sides_of_the_people() {
        let found = lever(vec![GroupId(0)], 3, 5, (3, 7), |n| curve(4.0, 0.5, f64::from(n) - 5.0));
        assert_eq!((found.least, found.now), (3, 24.0));
        assert_eq!(found.slopes, [16.0, 8.0, 4.0, 2.0]);
    }
}
