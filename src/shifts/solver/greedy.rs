//! Whole numbers from any start: what is missing is bought where it is cheapest, then what is not needed is given back.

use super::CLOSE;
use super::program::{Column, Limit, Program};
use super::relax::Shake;
use std::collections::BTreeMap;

/// A program and what is looked up about it again and again.
pub(super) struct Ground<'p> {
    pub(super) program: &'p Program,
    /// The limits that each column is part of, with its weights.
    limits_of: Vec<Vec<(usize, f64)>>,
    /// The most that any person may gain, for every gain.
    steepest: Vec<f64>,
    /// Of the rows that each column covers, those that gain anything, by the gain they count for.
    gaining: Vec<Vec<(usize, Vec<usize>)>>,
}

impl<'p> Ground<'p> {
    pub(super) fn new(program: &'p Program) -> Self {
        let mut limits_of = vec![Vec::new(); program.columns.len()];
        for (l, limit) in program.limits.iter().enumerate() {
            limit.terms.iter().for_each(|&(j, weight)| limits_of[j].push((l, weight)));
        }
        let mut steepest = vec![CLOSE; program.gains.len()];
        for row in program.rows.iter().filter(|row| !row.slopes.is_empty()) {
            steepest[row.gain] = steepest[row.gain].max(row.slopes[0]);
        }
        let gaining = program.columns.iter().map(|column| gaining(program, column)).collect();
        Self { program, limits_of, steepest, gaining }
    }
}

/// The rows that a column covers and that gain anything, by gain.
fn gaining(program: &Program, column: &Column) -> Vec<(usize, Vec<usize>)> {
    let rows = column.covers.iter().copied().filter(|&i| !program.rows[i].slopes.is_empty());
    let mut by_gain: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    rows.for_each(|i| by_gain.entry(program.rows[i].gain).or_default().push(i));
    by_gain.into_iter().collect()
}

/// A choice, and how it stands to everything that is asked.
#[derive(Clone)]
pub(super) struct Choice<'p> {
    ground: &'p Ground<'p>,
    program: &'p Program,
    pub(super) x: Vec<u32>,
    people: Vec<u32>,
    /// Rows that have fewer people than they need.
    uncovered: usize,
    used: Vec<f64>,
    gained: Vec<f64>,
    /// What one more person in every row gains.
    next: Vec<f64>,
    /// Disturbs what columns are worth, so that others are bought.
    pub(super) noise: Shake,
}

impl<'p> Choice<'p> {
    pub(super) fn new(ground: &'p Ground<'p>, x: &[u32]) -> Self {
        let program = ground.program;
        let people = program.coverage(x);
        Self {
            ground,
            program,
            x: x.to_vec(),
            gained: program.gained(&people),
            uncovered: program.rows.iter().zip(&people).filter(|(row, h)| **h < row.least).count(),
            next: program.rows.iter().zip(&people).map(|(row, &h)| row.next(h)).collect(),
            people,
            used: program.limits.iter().map(|limit| limit.used(x)).collect(),
            noise: Shake::default(),
        }
    }

    /// Buys what is missing among the `free` columns, gives back what is not needed; false if something stays missing.
    pub(super) fn mend(&mut self, free: &[usize]) -> bool {
        while !self.is_whole() {
            let best = free.iter().copied().filter(|&j| self.fits(j));
            let best = best.map(|j| (self.worth(j) * (1.0 + self.noise.of(j)), j));
            let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            match best {
                Some((worth, j)) if worth > 0.0 => self.add(j),
                _ => return false,
            }
        }
        self.give_back(free);
        true
    }

    fn is_whole(&self) -> bool {
        let within = |(limit, used): (&Limit, &f64)| *used <= limit.at_most + CLOSE;
        self.uncovered == 0
            && self.program.limits.iter().zip(&self.used).all(within)
            && self.program.gains_enough(&self.gained)
    }

    /// Whether one more of a column breaks nothing that is whole.
    fn fits(&self, j: usize) -> bool {
        let exceeds = |&(l, weight): &(usize, f64)| {
            weight > 0.0 && self.used[l] + weight > self.program.limits[l].at_most + CLOSE
        };
        self.x[j] < self.program.columns[j].most && !self.ground.limits_of[j].iter().any(exceeds)
    }

    /// What one more of a column mends, for its cost. A person missing from a row weighs as much as the most that any
    /// person may gain.
    fn worth(&self, j: usize) -> f64 {
        let column = &self.program.columns[j];
        let missing = column.covers.iter().filter(|&&i| self.people[i] < self.program.rows[i].least).count();
        let due = |&&(l, weight): &&(usize, f64)| {
            weight < 0.0 && self.used[l] > self.program.limits[l].at_most + CLOSE
        };
        let due: f64 = self.ground.limits_of[j].iter().filter(due).map(|(_, weight)| -weight).sum();
        (missing as f64 + due + self.next_gain(j)) / column.cost.max(CLOSE)
    }

    /// What one more of a column gains of what is still short, in people who gain most.
    fn next_gain(&self, j: usize) -> f64 {
        let mut all = 0.0;
        for (g, rows) in &self.ground.gaining[j] {
            let short = self.program.gains[*g] - self.gained[*g];
            if short > 0.0 {
                let next: f64 = rows.iter().map(|&i| self.next[i]).sum();
                all += next.min(short) / self.ground.steepest[*g];
            }
        }
        all
    }

    fn add(&mut self, j: usize) {
        self.x[j] += 1;
        for &i in &self.program.columns[j].covers {
            let row = &self.program.rows[i];
            self.people[i] += 1;
            self.uncovered -= usize::from(self.people[i] == row.least);
            if !row.slopes.is_empty() {
                self.gained[row.gain] += self.next[i];
                self.next[i] = row.next(self.people[i]);
            }
        }
        self.ground.limits_of[j].iter().for_each(|&(l, weight)| self.used[l] += weight);
    }

    /// What is gained beyond what is asked, in people who gain most.
    pub(super) fn spare(&self) -> f64 {
        let gains = self.program.gains.iter().zip(&self.gained).zip(&self.ground.steepest);
        gains.map(|((gain, have), steepest)| (have - gain) / steepest).sum()
    }

    pub(super) fn remove(&mut self, j: usize) {
        self.x[j] -= 1;
        for &i in &self.program.columns[j].covers {
            let row = &self.program.rows[i];
            self.uncovered += usize::from(self.people[i] == row.least);
            self.people[i] -= 1;
            if !row.slopes.is_empty() {
                self.next[i] = row.next(self.people[i]);
                self.gained[row.gain] -= self.next[i];
            }
        }
        self.ground.limits_of[j].iter().for_each(|&(l, weight)| self.used[l] -= weight);
    }

    /// Gives back whatever is not needed, the dearest first.
    fn give_back(&mut self, free: &[usize]) {
        let mut order = free.to_vec();
        order.sort_by(|&a, &b| self.program.columns[b].cost.total_cmp(&self.program.columns[a].cost));
        for j in order {
            while self.x[j] > 0 {
                self.remove(j);
                if !self.is_whole() {
                    self.add(j);
                    break;
                }
            }
        }
    }
}
