//! Ruin and recreate (Schrimpf, Schneider, Stamm-Wilbrandt and Dueck 2000): a few shifts that lie near each other in time
//! are taken out, what is missing is bought again at slightly disturbed prices, and what is no worse is kept.
//!
//! A trial costs a fraction of a step of branch and bound, and reaches choices that the windows of [`super::search`] do
//! not: several shifts of different hours for several others. Among choices of one cost, the one that gains most is kept:
//! from there the next saving is nearer.

use super::super::mixed::mixed;
use super::CLOSE;
use super::greedy::{Choice, Ground};
use super::relax::Shake;

/// Trials that count as one step of work.
pub(super) const PER_STEP: u64 = 32;
/// Most shifts taken out at once.
const MOST_OUT: u64 = 5;
/// How far prices are disturbed, as a share of what a column is worth.
const DISTURBED: f64 = 0.3;
/// Columns that may be bought again start at most so many intervals away from what was taken out, before or after.
const NEAR: usize = 20;

/// The best choice after so many trials from `x`, and its cost; the same for the same `seed`.
pub(super) fn ruin(ground: &Ground<'_>, x: &[u32], trials: u64, seed: u64) -> (f64, Vec<u32>) {
    let cost = ground.program.cost(x);
    let length = ground.program.columns.iter().map(|column| column.at + 1).max().unwrap_or(1);
    let mut ruins = Ruins { ground, length, best: Choice::new(ground, x), cost };
    for trial in 0..trials {
        ruins.trial(seed.wrapping_mul(trials.max(1)).wrapping_add(trial));
    }
    (ruins.cost, ruins.best.x)
}

struct Ruins<'p> {
    ground: &'p Ground<'p>,
    /// One past the last start of any column: time runs in a circle of this length.
    length: usize,
    best: Choice<'p>,
    cost: f64,
}

impl Ruins<'_> {
    fn trial(&mut self, number: u64) {
        let used: Vec<usize> = (0..self.best.x.len()).filter(|&j| self.best.x[j] > 0).collect();
        if used.is_empty() {
            return;
        }
        let draw = |k: u64| mixed(number << 32 ^ k);
        let centre = self.at(used[(draw(0) % used.len() as u64) as usize]);
        let near: Vec<usize> =
            used.into_iter().filter(|&j| self.distance(self.at(j), centre) <= NEAR / 2).collect();
        let mut choice = self.best.clone();
        for k in 0..=draw(1) % MOST_OUT {
            let j = near[(draw(2 + k) % near.len() as u64) as usize];
            if choice.x[j] > 0 {
                choice.remove(j);
            }
        }
        choice.noise = Shake { number, most: DISTURBED };
        let columns = 0..self.best.x.len();
        let free: Vec<usize> = columns.filter(|&j| self.distance(self.at(j), centre) <= NEAR).collect();
        if choice.mend(&free) {
            self.keep(&choice);
        }
    }

    /// Keeps a choice that costs less, or no more and gains more.
    fn keep(&mut self, choice: &Choice<'_>) {
        let cost = self.ground.program.cost(&choice.x);
        let cheaper = cost < self.cost - CLOSE;
        if cheaper || (cost <= self.cost + CLOSE && choice.spare() >= self.best.spare()) {
            self.best = Choice::new(self.ground, &choice.x);
            self.cost = cost;
        }
    }

    fn at(&self, j: usize) -> usize {
        self.ground.program.columns[j].at
    }

    /// How far two starts lie apart, the shorter way round.
    fn distance(&self, a: usize, b: usize) -> usize {
        let apart = a.abs_diff(b);
        apart.min(self.length - apart)
    }
}
