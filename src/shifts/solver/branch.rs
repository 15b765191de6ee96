//! A part of a program in whole numbers, by branch and bound: depth first, the side nearer to the real answer first.
//!
//! Columns are decided in the order of time. Shifts then close up behind one another like bricks: what is left is a day
//! that starts a little later, whose real answer is mostly whole. One day of 513 columns takes some 120 nodes so and 750
//! when the most certain of all columns comes first.
//!
//! A side is left as soon as its real answer cannot beat the best whole one by as much as costs can differ. Where the
//! budget of nodes suffices the answer is proven to be the best of its part.

use super::CLOSE;
use super::greedy::Choice;
use super::relax::Part;
use super::simplex::{Ended, Simplex};

/// Depth beyond which no side is opened: more would not end within any budget.
const DEEPEST: usize = 1500;

/// All trifles together ([`super::relax::Shake`]) may come to this share of the least difference of two costs.
pub(super) const SHAKEN: f64 = 0.4;

/// What a search of a part found.
pub(super) struct Branched {
    /// The whole choice, if one cheaper than the cut-off was found.
    pub(super) x: Option<Vec<u32>>,
    /// Whether every side was looked at or ruled out.
    pub(super) complete: bool,
    /// Nodes used.
    pub(super) nodes: u64,
}

/// Steps of the simplex that one node may take.
const STEPS: u32 = 5000;

/// Looks for a whole choice that costs less than `cutoff`, with at most so many nodes. `step` is the least by which two
/// costs differ.
pub(super) fn branch(part: &Part<'_>, cutoff: f64, step: f64, budget: u64) -> Branched {
    let Some(linear) = part.linear() else { return Branched { x: None, complete: false, nodes: 1 } };
    let fixed_cost = part.ground.program.cost(&part.fixed);
    let mut search = Search { part, linear, fixed_cost, cutoff, step, nodes: 0, budget };
    let mut found = Branched { x: None, complete: true, nodes: 1 };
    search.open(0, &mut found);
    found.nodes += search.nodes;
    found
}

struct Search<'a> {
    part: &'a Part<'a>,
    linear: Simplex,
    fixed_cost: f64,
    cutoff: f64,
    step: f64,
    nodes: u64,
    budget: u64,
}

impl Search<'_> {
    fn open(&mut self, depth: usize, found: &mut Branched) {
        self.nodes += 1;
        match self.linear.solve(self.most(), STEPS) {
            Ended::Infeasible | Ended::Beyond => return,
            Ended::GaveUp => {
                found.complete = false;
                return;
            }
            Ended::Optimal => {}
        }
        if self.linear.objective() > self.most() {
            return;
        }
        let values: Vec<f64> = (0..self.part.free.len()).map(|x| self.linear.value(x)).collect();
        let broken = self.earliest(&values);
        if depth.is_multiple_of(4) || broken.is_none() {
            self.round(&values, found);
        }
        let Some((x, value)) = broken else { return };
        if self.linear.objective() > self.most() {
            return;
        }
        if self.nodes >= self.budget || depth >= DEEPEST {
            found.complete = false;
            return;
        }
        let (lower, upper) = self.linear.bounds(x);
        let (down, up) = ((lower, value.floor()), (value.floor() + 1.0, upper));
        let sides = if value.fract() > 0.4 { [up, down] } else { [down, up] };
        for side in sides {
            self.linear.bound(x, side);
            self.open(depth + 1, found);
        }
        self.linear.bound(x, (lower, upper));
    }

    /// The real cost above which nothing can be cheaper than what there is.
    fn most(&self) -> f64 {
        self.cutoff - self.step * (1.0 - SHAKEN) + CLOSE - self.fixed_cost
    }

    /// A whole choice near the real one, if that is cheaper than what there is.
    fn round(&mut self, values: &[f64], found: &mut Branched) {
        let mut x = self.part.fixed.clone();
        for (&j, value) in self.part.free.iter().zip(values) {
            x[j] = (value + CLOSE).floor().max(0.0) as u32;
        }
        let mut choice = Choice::new(self.part.ground, &x);
        if choice.mend(&self.part.free) {
            let cost = self.part.ground.program.cost(&choice.x);
            if cost < self.cutoff - CLOSE {
                self.cutoff = cost;
                found.x = Some(choice.x);
            }
        }
    }

    /// Of the broken numbers of the earliest columns the one nearest to the whole number above it, with its position.
    fn earliest(&self, values: &[f64]) -> Option<(usize, f64)> {
        let at = |x: usize| self.part.ground.program.columns[self.part.free[x]].at;
        let broken = |x: &usize| (CLOSE..1.0 - CLOSE).contains(&values[*x].fract());
        let first = (0..values.len()).filter(broken).map(at).min()?;
        let near = (0..values.len()).filter(broken).filter(|&x| at(x) == first);
        near.map(|x| (x, values[x])).max_by(|a, b| a.1.fract().total_cmp(&b.1.fract()).then(b.0.cmp(&a.0)))
    }
}
