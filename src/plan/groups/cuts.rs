//! Simulation cuts: a linear program learns from simulated staffings where agents help (Atlason, Epelman and Henderson
//! 2004; Cezik and L'Ecuyer 2008).
//!
//! Where a staffing misses a goal, one more agent is tried in each group, on the same customers. What each brings is a
//! slope, and the slopes make a row: "as far as this staffing tells, that much more is needed". The cheapest staffing
//! that satisfies all rows is simulated next, until one keeps every goal.
//!
//! A row holds exactly only where service grows ever more slowly with agents. Below one half it does not, so steps are
//! longer there; and a row may cut off the best staffing, which is why a descent and restarts follow.

use super::lines::{Lines, Point};
use super::price::Price;
use super::program::{Column, Row, real, whole};
use super::sample::{Patience, Sample, Stand};
use std::collections::BTreeSet;

/// Steps are longer where a figure is so far below its goal.
const FAR: f64 = 0.3;
/// How many times as long.
const LONGER: u32 = 3;
/// A share that is helped by less is not helped.
const NOTHING: f64 = 1e-3;
/// Most units that a group may rise at once, beyond the step that was tried: slopes tell little of what is far.
const STRIDE: u32 = 8;

/// How a climb ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Climbed {
    /// At a point that keeps every goal on these customers.
    Good(Point),
    /// At a point that does not, because nothing within the bounds helps.
    Stuck(Point),
    /// Before its end: too many rounds, too dear, or ended from outside.
    Open(Point),
}

/// What a climb may do.
pub(super) struct Climb<'a> {
    /// Bounds of the levels.
    pub(super) columns: Vec<Column>,
    /// Replications of a judgement.
    pub(super) total: usize,
    pub(super) rounds: usize,
    /// A price that must not be exceeded.
    pub(super) below: Option<Price>,
    pub(super) rows: &'a mut Vec<Row>,
}

impl Climb<'_> {
    /// Climbs from a point to one that keeps every goal on these customers.
    pub(super) fn from(
        &mut self,
        lines: &Lines<'_, '_>,
        sample: &mut Sample<'_, '_>,
        start: Point,
    ) -> Climbed {
        let fits = |point: &Point| lines.task.fits(&lines.staffing(point));
        let mut at =
            if fits(&start) { start } else { self.columns.iter().map(|column| column.least).collect() };
        let mut seen = BTreeSet::new();
        for _ in 0..self.rounds {
            let stand = sample.judge(&lines.staffing(&at), self.total, Patience::Endless);
            if stand.interrupted {
                return Climbed::Open(at);
            }
            if stand.is_good() && fits(&at) {
                return Climbed::Good(at);
            }
            seen.insert(at.clone());
            let Some(slopes) = Slopes::at(lines, sample, &at, &stand, self.total) else {
                return Climbed::Open(at);
            };
            self.rows.extend(slopes.rows(&at, &stand));
            let near = |(g, column): (usize, &Column)| {
                let most = at[g] + lines.units[g] * STRIDE + slopes.steps[g];
                Column { most: column.most.min(most).max(column.least), ..*column }
            };
            let near: Vec<Column> = self.columns.iter().enumerate().map(near).collect();
            let solved = solve(lines, &near, self.rows).filter(|next| !seen.contains(next) && fits(next));
            let next = match (solved, slopes.best(lines, &at, &stand)) {
                (Some(next), _) => next,
                (None, Some(g)) => {
                    let mut next = at.clone();
                    next[g] += slopes.steps[g];
                    self.columns[g].least = next[g];
                    next
                }
                (None, None) => return Climbed::Stuck(at),
            };
            if self.below.is_some_and(|below| lines.price(&next).main > below.main) {
                return Climbed::Open(at);
            }
            at = next;
        }
        Climbed::Open(at)
    }
}

/// The cheapest point within bounds that satisfies the rows.
pub(super) fn solve(lines: &Lines<'_, '_>, columns: &[Column], rows: &[Row]) -> Option<Point> {
    if lines.task.is_flat() {
        return whole(columns, rows);
    }
    let up = |(x, column): (f64, &Column)| ((x - 1e-6).ceil().max(0.0) as u32).min(column.most);
    real(columns, rows).map(|point| point.into_iter().zip(columns).map(up).collect())
}

/// What more agents bring at a point.
struct Slopes {
    /// Levels by which each group was tried higher.
    steps: Vec<u32>,
    /// By pledge and group: margin won by a level.
    won: Vec<Vec<f64>>,
}

impl Slopes {
    /// Tries every group higher; further and further where a goal is missed that nothing seems to help, as when work is
    /// taken up only while others are idle.
    fn at(
        lines: &Lines<'_, '_>,
        sample: &mut Sample<'_, '_>,
        at: &[u32],
        stand: &Stand,
        total: usize,
    ) -> Option<Self> {
        let mut times = if stand.worst() < -FAR { LONGER } else { 1 };
        loop {
            let slopes = Self::by(lines, sample, at, stand, total, times)?;
            let room = (0..at.len()).any(|g| at[g].saturating_add(lines.units[g] * times) < lines.top(g));
            if slopes.all_help(stand) || !room {
                return Some(slopes);
            }
            times *= 2;
        }
    }

    /// Tries every group so many units higher.
    fn by(
        lines: &Lines<'_, '_>,
        sample: &mut Sample<'_, '_>,
        at: &[u32],
        stand: &Stand,
        total: usize,
        times: u32,
    ) -> Option<Self> {
        let step = |g: usize| (lines.units[g] * times).min(lines.top(g).saturating_sub(at[g]));
        let steps: Vec<u32> = (0..at.len()).map(step).collect();
        let mut won = vec![vec![0.0; at.len()]; stand.plain.len()];
        for g in (0..at.len()).filter(|&g| steps[g] > 0) {
            let mut higher = at.to_vec();
            higher[g] += steps[g];
            let there = sample.judge(&lines.staffing(&higher), total, Patience::Endless);
            if there.interrupted {
                return None;
            }
            for (k, won) in won.iter_mut().enumerate() {
                won[g] = ((there.plain[k] - stand.plain[k]) / f64::from(steps[g])).max(0.0);
            }
        }
        Some(Self { steps, won })
    }

    /// Whether every goal that is missed is helped by more agents somewhere.
    fn all_help(&self, stand: &Stand) -> bool {
        let missed = (0..self.won.len()).filter(|&k| stand.margins[k] < 0.0);
        let helps = |k: usize| {
            self.won[k].iter().zip(&self.steps).any(|(won, &step)| won * f64::from(step) > NOTHING)
        };
        missed.into_iter().all(helps)
    }

    /// A row for every goal that is missed, where anything helps.
    fn rows(&self, at: &[u32], stand: &Stand) -> Vec<Row> {
        let missed = (0..self.won.len()).filter(|&k| stand.margins[k] < 0.0);
        let row = |k: usize| {
            let coefficients = self.won[k].clone();
            let here: f64 = coefficients.iter().zip(at).map(|(c, &x)| c * f64::from(x)).sum();
            Row { least: here - stand.margins[k], coefficients }
        };
        missed.map(row).filter(|row| row.coefficients.iter().any(|c| *c > 0.0)).collect()
    }

    /// The group whose agents bring most for their price towards the goals that are missed.
    fn best(&self, lines: &Lines<'_, '_>, at: &[u32], stand: &Stand) -> Option<usize> {
        let gain = |g: usize| -> f64 {
            let towards = |k: usize| {
                let won = self.won[k][g] * f64::from(self.steps[g]);
                won.min((-stand.margins[k]).max(0.0))
            };
            (0..self.won.len()).map(towards).sum::<f64>()
                / (lines.weights[g] * f64::from(self.steps[g].max(1)))
        };
        let fits = |g: usize| {
            let mut higher = at.to_vec();
            higher[g] += self.steps[g];
            lines.task.fits(&lines.staffing(&higher))
        };
        let open = (0..self.steps.len()).filter(|&g| self.steps[g] > 0 && gain(g) > 0.0 && fits(g));
        open.max_by(|&a, &b| gain(a).total_cmp(&gain(b)).then(b.cmp(&a)))
    }
}
