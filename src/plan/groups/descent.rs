//! Descent: cheaper neighbours of a staffing that keeps its goals, the cheapest first, until none of them does.
//!
//! A neighbour has one or two agents less, and none, one or two more elsewhere. Most of them are hopeless, which a few
//! replications show; and what has fewer agents in every group than a hopeless one is not tried.

use super::lines::{Lines, Point};
use super::price::Price;
use super::sample::Sample;

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
pub(super) fn descend(
    lines: &Lines<'_, '_>,
    sample: &mut Sample<'_, '_>,
    hopeless: &mut Hopeless,
    from: Point,
    total: usize,
) -> Point {
    let mut at = from;
    for steps in scales(&lines.units) {
        while let Some(next) = step(lines, sample, hopeless, &at, &steps, total) {
            at = next;
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

/// The cheapest neighbour that keeps every goal.
fn step(
    lines: &Lines<'_, '_>,
    sample: &mut Sample<'_, '_>,
    hopeless: &mut Hopeless,
    at: &[u32],
    steps: &[u32],
    total: usize,
) -> Option<Point> {
    for (_, point) in cheaper(lines, at, steps) {
        let staffing = lines.staffing(&point);
        if hopeless.covers(&point) || !lines.task.fits(&staffing) {
            continue;
        }
        let stand = sample.judge(&staffing, total, true);
        if stand.interrupted {
            return None;
        }
        if stand.is_good() {
            return Some(point);
        }
        if stand.hopeless {
            hopeless.add(point);
        }
    }
    None
}

/// All neighbours that are cheaper, the cheapest first.
fn cheaper(lines: &Lines<'_, '_>, at: &[u32], steps: &[u32]) -> Vec<(Price, Point)> {
    let here = lines.price(at);
    let mut found: Vec<(Price, Point)> = moves(at.len())
        .iter()
        .filter_map(|change| {
            let level = |g: usize| {
                let next = i64::from(at[g]) + i64::from(change[g]) * i64::from(steps[g]);
                u32::try_from(next).ok().filter(|&next| next <= lines.top(g).max(at[g]))
            };
            let point: Option<Point> = (0..at.len()).map(level).collect();
            let point = point?;
            let price = lines.price(&point);
            (price < here).then_some((price, point))
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// One or two down, none, one or two others up.
fn moves(groups: usize) -> Vec<Vec<i32>> {
    let pairs = || (0..groups).flat_map(move |a| (a..groups).map(move |b| vec![a, b]));
    let some: Vec<Vec<usize>> = (0..groups).map(|a| vec![a]).chain(pairs()).collect();
    let none = [Vec::new()];
    let mut moves = Vec::new();
    for down in &some {
        for up in none.iter().chain(&some) {
            if up.iter().all(|g| !down.contains(g)) {
                let mut change = vec![0; groups];
                down.iter().for_each(|&g| change[g] -= 1);
                up.iter().for_each(|&g| change[g] += 1);
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
