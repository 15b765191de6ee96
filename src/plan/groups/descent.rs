//! Descent: cheaper neighbours of a staffing that keeps its goals, the cheapest first, until none of them does.
//!
//! A neighbour has one or two agents less, and none, one or two more elsewhere. Most of them are hopeless, which a few
//! replications show; and what has fewer agents in every group than a hopeless one is not tried. Where none is cheaper,
//! neighbours of the same price are looked at, and the first is taken that keeps its goals by clearly more: it has more
//! to give, and is more easily shown to keep them.

use super::lines::{Lines, Point};
use super::price::Price;
use super::sample::{Patience, Sample};
use std::cmp::Ordering;

/// Scales of steps where an answer need not be known to the last half-hour.
const COARSE: usize = 2;

/// How far down the scales of steps a descent goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// To single levels.
    Whole,
    /// To single levels where every group has one number; else as far as customers of a first look can tell.
    Likely,
    /// As far as is enough for what is said besides.
    Coarse,
}

/// A staffing of the same price must be better by so much, in the goals' units.
const CLEARLY: f64 = 0.002;

/// Points that were seen to miss a goal by far.
#[derive(Debug, Default)]
pub(super) struct Hopeless(Vec<Point>);

impl Hopeless {
    /// Whether a point has no more than some hopeless one in any group.
    fn covers(&self, point: &[u32]) -> bool {
        self.0.iter().any(|bad| point.iter().zip(bad).all(|(a, b)| a <= b))
    }

    fn add(&mut self, point: Point) {
        self.0.push(point);
    }
}

/// The last point of a descent from one that keeps its goals; `total` replications are enough to accept a step.
pub(super) fn descend<'m>(
    lines: &Lines<'_, 'm>,
    sample: &mut Sample<'_, 'm>,
    hopeless: &mut Hopeless,
    from: Point,
    total: usize,
    reach: Reach,
) -> Point {
    let mut at = from;
    // Where staff follows the day, single steps are so small that no tie is worth a look.
    let (flat, whole) = (lines.task.is_flat(), reach == Reach::Whole);
    let most = if whole || (flat && reach == Reach::Likely) { usize::MAX } else { COARSE };
    let sideways = flat && reach != Reach::Coarse;
    for steps in scales(&lines.units).into_iter().take(most) {
        let mut from_here = Step { lines, sample, hopeless, steps: &steps, total };
        let mut next =
            |at: &Point| from_here.cheaper(at).or_else(|| if sideways { from_here.better(at) } else { None });
        while let Some(found) = next(&at) {
            at = found;
        }
    }
    at
}

/// Units, then halves of them, down to single levels.
fn scales(units: &[u32]) -> Vec<Vec<u32>> {
    let mut scales = vec![units.to_vec()];
    while scales.last().is_some_and(|last| last.iter().any(|&unit| unit > 1)) {
        let halved = scales[scales.len() - 1].iter().map(|unit| (unit / 2).max(1)).collect();
        scales.push(halved);
    }
    scales
}

/// One step of a descent.
struct Step<'s, 'l, 'a, 'm> {
    lines: &'s Lines<'l, 'm>,
    sample: &'s mut Sample<'a, 'm>,
    hopeless: &'s mut Hopeless,
    /// Levels by which each group moves.
    steps: &'s [u32],
    total: usize,
}

impl Step<'_, '_, '_, '_> {
    /// The cheapest neighbour that is cheaper and keeps every goal.
    fn cheaper(&mut self, at: &[u32]) -> Option<Point> {
        for point in self.neighbours(at, Ordering::Less) {
            let staffing = self.lines.staffing(&point);
            if self.hopeless.covers(&point) || !self.lines.task.fits(&staffing) {
                continue;
            }
            let stand = self.sample.judge(&staffing, self.total, Patience::GOAL);
            if stand.interrupted {
                return None;
            }
            if stand.is_good() {
                return Some(point);
            }
            if stand.hopeless {
                self.hopeless.add(point);
            }
        }
        None
    }

    /// A neighbour of the same price that keeps every goal by clearly more.
    fn better(&mut self, at: &[u32]) -> Option<Point> {
        let here = self.sample.judge(&self.lines.staffing(at), self.total, Patience::Endless);
        let bar = here.worst() + CLEARLY;
        for point in self.neighbours(at, Ordering::Equal) {
            let staffing = self.lines.staffing(&point);
            if !self.lines.task.fits(&staffing) {
                continue;
            }
            let stand = self.sample.judge(&staffing, self.total, Patience::better_than(bar));
            if stand.interrupted {
                return None;
            }
            if stand.is_good() && stand.worst() >= bar {
                return Some(point);
            }
        }
        None
    }

    /// All neighbours that are cheaper, or as dear, the cheapest first.
    fn neighbours(&self, at: &[u32], wanted: Ordering) -> Vec<Point> {
        let here = self.lines.price(at).main;
        let point = |change: &Vec<i32>| -> Option<(Price, Point)> {
            let level = |g: usize| {
                let next = i64::from(at[g]) + i64::from(change[g]) * i64::from(self.steps[g]);
                u32::try_from(next).ok().filter(|&next| next <= self.lines.top(g).max(at[g]))
            };
            let point: Option<Point> = (0..at.len()).map(level).collect();
            let point = point?;
            let price = self.lines.price(&point);
            (price.main.cmp(&here) == wanted).then_some((price, point))
        };
        let mut found: Vec<(Price, Point)> = moves(at.len()).iter().filter_map(point).collect();
        found.sort();
        found.dedup();
        found.into_iter().map(|(_, point)| point).collect()
    }
}

/// One or two down, none, one or two others up.
pub(super) fn moves(groups: usize) -> Vec<Vec<i32>> {
    let pairs = || (0..groups).flat_map(move |a| (a..groups).map(move |b| vec![a, b]));
    let some: Vec<Vec<usize>> = (0..groups).map(|a| vec![a]).chain(pairs()).collect();
    let none = [Vec::new()];
    let mut moves = Vec::new();
    for down in &some {
        for up in none.iter().chain(&some) {
            if up.iter().all(|g| !down.contains(g)) {
                let mut change = vec![0; groups];
                for &g in down {
                    change[g] -= 1;
                }
                for &g in up {
                    change[g] += 1;
                }
                moves.push(change);
            }
        }
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_neighbour_once() {
        let two = moves(2);
        // Down: a, b, aa, ab, bb; up: none, the other once or twice.
        assert_eq!(two.len(), 3 + 3 + 3 + 1 + 3);
        assert!(two.contains(&vec![-2, 1]) && two.contains(&vec![-1, 2]) && two.contains(&vec![-1, -1]));
        let mut distinct = moves(4);
        let all = distinct.len();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), all);
    }

    #[test]
    fn scales_end_at_one() {
        assert_eq!(scales(&[8, 3]), [[8, 3], [4, 1], [2, 1], [1, 1]]);
        assert_eq!(scales(&[1]), [[1]]);
    }

    #[test]
    fn fewer_than_hopeless_is_hopeless() {
        let mut hopeless = Hopeless::default();
        hopeless.add(vec![3, 5]);
        assert!(hopeless.covers(&[3, 5]) && hopeless.covers(&[2, 5]) && !hopeless.covers(&[4, 1]));
    }
}
