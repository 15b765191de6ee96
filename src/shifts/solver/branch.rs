//! A part of a program in whole numbers, by branch and bound: depth first, the side nearer to the real answer first.
//!
//! A side is left as soon as its real answer cannot beat the best whole one by as much as costs can differ. Where the
//! budget of nodes suffices the answer is proven to be the best of its part.

use super::CLOSE;
use super::greedy::Choice;
use super::relax::{Part, Relaxed};
use microlp::{ComparisonOp, Solution, Variable};

/// Depth beyond which no side is opened: more would not end within any budget.
const DEEPEST: usize = 400;

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

/// Looks for a whole choice that costs less than `cutoff`, with at most so many nodes. `step` is the least by which two
/// costs differ.
pub(super) fn branch(part: &Part<'_>, cutoff: f64, step: f64, budget: u64) -> Branched {
    let mut search = Search { part, variables: Vec::new(), fixed_cost: 0.0, cutoff, step, nodes: 0, budget };
    let mut found = Branched { x: None, complete: true, nodes: 1 };
    if let Some(Relaxed { solution, variables, fixed_cost }) = part.relaxed() {
        (search.variables, search.fixed_cost) = (variables, fixed_cost);
        search.open(&solution, 0, &mut found);
    }
    found.nodes += search.nodes;
    found
}

struct Search<'a> {
    part: &'a Part<'a>,
    variables: Vec<Variable>,
    fixed_cost: f64,
    cutoff: f64,
    step: f64,
    nodes: u64,
    budget: u64,
}

impl Search<'_> {
    fn open(&mut self, solution: &Solution, depth: usize, found: &mut Branched) {
        self.nodes += 1;
        if self.is_hopeless(solution.objective()) {
            return;
        }
        let values: Vec<f64> = self.variables.iter().map(|&x| solution.var_value_raw(x)).collect();
        let broken = most_certain(&values);
        if depth.is_multiple_of(4) || broken.is_none() {
            self.round(&values, found);
        }
        let Some((at, value)) = broken else { return };
        if self.is_hopeless(solution.objective()) {
            return;
        }
        if self.nodes >= self.budget || depth >= DEEPEST {
            found.complete = false;
            return;
        }
        for side in sides(value, self.part.ground.program.columns[self.part.free[at]].most) {
            let x = self.variables[at];
            let next = match side {
                Side::Just(n) => solution.clone().fix_var(x, n),
                Side::AtMost(n) => solution.clone().add_constraint([(x, 1.0)], ComparisonOp::Le, n),
                Side::AtLeast(n) => solution.clone().add_constraint([(x, 1.0)], ComparisonOp::Ge, n),
            };
            match next.map(microlp::SolveOutcome::into_solution) {
                Ok(Ok(next)) => self.open(&next, depth + 1, found),
                Err(microlp::Error::Infeasible) => {}
                Ok(Err(_)) | Err(_) => found.complete = false,
            }
        }
    }

    /// Whether nothing below this real cost can be cheaper than what there is.
    fn is_hopeless(&self, objective: f64) -> bool {
        objective + self.fixed_cost > self.cutoff - self.step * (1.0 - SHAKEN) + CLOSE
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
}

/// A side of a broken number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Just(f64),
    AtMost(f64),
    AtLeast(f64),
}

/// The sides of a broken number that together leave nothing out but its broken values; the likelier first. A number that
/// is held costs the simplex less than one more row.
fn sides(value: f64, most: u32) -> Vec<Side> {
    let (down, up) = (value.floor(), value.floor() + 1.0);
    let below = if down <= 0.0 { Side::Just(0.0) } else { Side::AtMost(down) };
    let mut sides =
        if value - down > 0.4 { vec![Side::Just(up), below] } else { vec![below, Side::Just(up)] };
    if up < f64::from(most) {
        sides.push(Side::AtLeast(up + 1.0));
    }
    sides
}

/// Of all broken numbers the one nearest to the whole number above it, with its position.
fn most_certain(numbers: &[f64]) -> Option<(usize, f64)> {
    let broken = |v: f64| (CLOSE..1.0 - CLOSE).contains(&v.fract());
    let broken = numbers.iter().copied().enumerate().filter(|&(_, v)| broken(v));
    broken.max_by(|a, b| a.1.fract().total_cmp(&b.1.fract()).then(b.0.cmp(&a.0)))
}
