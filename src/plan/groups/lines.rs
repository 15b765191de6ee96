//! One line of staffings for each planned group, so that a plan of several groups is one number for each.
//!
//! A group with one number for all its intervals climbs by one agent everywhere. A group whose staff follows the day has
//! a *shape*: what theory would give it in each interval, by the cheapest agents that satisfy the subset cuts of that
//! interval. Its line passes through that shape and gives one agent more to one interval at each step, first where the
//! agents are fewest against the shape, in units of its square root: so all intervals keep about the same quality,
//! by the square-root rule of safety staffing (Halfin and Whitt 1981; Garnett, Mandelbaum and Reiman 2002).

use super::super::job::Crew;
use super::super::ladder::Ladder;
use super::price::{Price, weight};
use super::program::{Column, Row, real};
use super::subsets::{Set, Subsets, Work};
use super::task::Task;
use crate::montecarlo::Staffing;

/// A unit of a line is this part of what theory would give its group.
const UNITS: f64 = 32.0;

/// How far along its line each group stands.
pub(super) type Point = Vec<u32>;

/// A line for every planned group.
pub(super) struct Lines<'a, 'm> {
    pub(super) task: &'a Task<'m>,
    ladders: Vec<Ladder>,
    /// Where theory would stand.
    pub(super) start: Point,
    /// Levels that make a difference worth a first look.
    pub(super) units: Vec<u32>,
    /// What a level adds to the objective.
    pub(super) weights: Vec<f64>,
}

impl<'a, 'm> Lines<'a, 'm> {
    /// Lines through what theory would give; `base` are agents that every staffing has.
    pub(super) fn new(subsets: &Subsets<'_, '_>, sets: &[Set], task: &'a Task<'m>, base: &[Crew]) -> Self {
        let shapes = shapes(task, subsets, sets);
        let mut lines =
            Self { task, ladders: Vec::new(), start: Vec::new(), units: Vec::new(), weights: Vec::new() };
        for (g, job) in task.groups.iter().enumerate() {
            let weights: Vec<f64> = job.open.iter().map(|&i| weight(task, g, i)).collect();
            let mean = weights.iter().sum::<f64>() / weights.len().max(1) as f64;
            let (shape, reach) = &shapes[g];
            if job.flat {
                let most = reach.iter().copied().fold(0.0, f64::max).ceil() as u32;
                let ladder = Ladder::flat(job, super::super::warm_start::beyond(most));
                let wanted = shape.iter().copied().fold(0.0, f64::max).ceil() as u32;
                let least = job.least.iter().copied().max().unwrap_or(0);
                lines.start.push(wanted.saturating_sub(least).min(ladder.top() as u32));
                lines.units.push(unit(wanted));
                lines.weights.push(mean * weights.len() as f64);
                lines.ladders.push(ladder);
            } else {
                let (ladder, start) = curved(&base[g], &job.most, shape, reach);
                lines.units.push(unit(start));
                lines.start.push(start);
                lines.weights.push(mean);
                lines.ladders.push(ladder);
            }
        }
        lines
    }

    /// The point with nobody beyond the base in groups that follow the day.
    pub(super) fn above_base(&self) -> Point {
        let level = |(job, &start): (&super::super::job::Job<'_>, &u32)| if job.flat { start } else { 0 };
        self.task.groups.iter().zip(&self.start).map(level).collect()
    }

    /// The highest level of a group.
    pub(super) fn top(&self, group: usize) -> u32 {
        self.ladders[group].top() as u32
    }

    /// The staff of every group at a point.
    pub(super) fn crews(&self, point: &[u32]) -> Vec<Crew> {
        self.ladders.iter().zip(point).map(|(ladder, &level)| ladder.crew(level as usize)).collect()
    }

    /// The whole centre's staffing at a point.
    pub(super) fn staffing(&self, point: &[u32]) -> Staffing {
        self.task.staffing(&self.crews(point))
    }

    /// The price of a point.
    pub(super) fn price(&self, point: &[u32]) -> Price {
        Price::of(self.task, &self.staffing(point))
    }

    /// The columns of an integer program over points.
    pub(super) fn columns(&self) -> Vec<Column> {
        let column = |g: usize| Column { cost: self.weights[g], least: 0, most: self.top(g) };
        (0..self.ladders.len()).map(column).collect()
    }
}

/// Levels that make a difference to so many.
fn unit(wanted: u32) -> u32 {
    ((f64::from(wanted) / UNITS).round() as u32).max(1)
}

/// What theory would give each group, interval by interval, and what it would give it were it alone.
fn shapes(task: &Task<'_>, subsets: &Subsets<'_, '_>, sets: &[Set]) -> Vec<(Vec<f64>, Vec<f64>)> {
    let mut shapes: Vec<(Vec<f64>, Vec<f64>)> =
        task.groups.iter().map(|job| (vec![0.0; job.open.len()], vec![0.0; job.open.len()])).collect();
    for i in 0..task.model.grid().intervals() {
        let places: Vec<Option<usize>> =
            task.groups.iter().map(|job| job.open.iter().position(|&open| open == i)).collect();
        if places.iter().all(Option::is_none) {
            continue;
        }
        let needs: Vec<f64> = sets.iter().map(|set| subsets.need(set, &[i], Work::All)).collect();
        let agents = cheapest(task, sets, &needs, &places, i);
        for (g, place) in places.iter().enumerate() {
            let Some(j) = *place else { continue };
            let alone =
                sets.iter().zip(&needs).filter(|(set, _)| set.queues.iter().all(|&q| task.serves(g, q)));
            shapes[g].0[j] = agents[g];
            shapes[g].1[j] = alone.map(|(_, need)| *need).fold(0.0, f64::max);
        }
    }
    shapes
}

/// The cheapest agents that satisfy the subset cuts of one interval.
fn cheapest(task: &Task<'_>, sets: &[Set], needs: &[f64], places: &[Option<usize>], i: usize) -> Vec<f64> {
    let column = |(g, place): (usize, &Option<usize>)| match place {
        Some(j) => {
            let job = &task.groups[g];
            Column { cost: weight(task, g, i), least: job.least[*j], most: job.most[*j].min(1_000_000) }
        }
        None => Column { cost: 1.0, least: 0, most: 0 },
    };
    let columns: Vec<Column> = places.iter().enumerate().map(column).collect();
    let one = |member: &bool| if *member { 1.0 } else { 0.0 };
    let row =
        |(set, need): (&Set, &f64)| Row { coefficients: set.groups.iter().map(one).collect(), least: *need };
    let mut rows: Vec<Row> = sets.iter().zip(needs).filter(|(_, need)| **need > 0.0).map(row).collect();
    if let Some(most) = task.model.plan.headcount {
        let left = f64::from(most.saturating_sub(task.given_at(i)));
        rows.push(Row { coefficients: vec![-1.0; columns.len()], least: -left });
    }
    real(&columns, &rows).unwrap_or_else(|| columns.iter().map(|column| f64::from(column.least)).collect())
}

/// The line of a group that follows the day, and the level at which it has the shape.
fn curved(base: &[u32], most: &[u32], shape: &[f64], reach: &[f64]) -> (Ladder, u32) {
    let mut steps: Vec<(f64, usize)> = Vec::new();
    for j in 0..base.len() {
        let scale = shape[j].max(reach[j]);
        if scale <= 0.0 {
            continue;
        }
        let top = ((2.0 * shape[j]).max(1.5 * reach[j]) + 3.0).ceil().min(f64::from(most[j])) as u32;
        let key = |n: u32| (f64::from(n) + 0.5 - shape[j]) / scale.sqrt();
        steps.extend((base[j]..top.max(base[j])).map(|n| (key(n), j)));
    }
    steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    let start = steps.iter().take_while(|(key, _)| *key <= 0.0).count() as u32;
    (
        Ladder::Curved { base: base.to_vec(), steps: steps.into_iter().map(|(_, j)| j).collect(), stride: 1 },
        start,
    )
}
