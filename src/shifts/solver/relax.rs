//! The program in real numbers, by the simplex of [`microlp`]: what no answer can lie below.

use super::greedy::Ground;
use super::program::Program;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Solution, Variable};

/// A part of a program: some columns are free, all others stay as they are.
pub(super) struct Part<'p> {
    pub(super) ground: &'p Ground<'p>,
    program: &'p Program,
    /// The free columns.
    pub(super) free: Vec<usize>,
    /// How many of every column stay; none of the free ones.
    pub(super) fixed: Vec<u32>,
    /// A trifle on every cost, so that among answers that cost the same another is found.
    pub(super) shake: Shake,
}

/// Trifles on costs: each column's lies between 0 and `most`, and is another for every `number`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Shake {
    pub(super) number: u64,
    pub(super) most: f64,
}

impl Shake {
    /// The trifle on column `j`.
    pub(super) fn of(self, j: usize) -> f64 {
        self.most * (mixed(self.number, j as u64) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A hash of two numbers (the finaliser of SplitMix64; Steele, Lea, Flood 2014).
pub(super) fn mixed(number: u64, j: u64) -> u64 {
    let mut z = (number << 32 ^ j).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A part in real numbers.
pub(super) struct Relaxed {
    pub(super) solution: Solution,
    /// The variable of each free column.
    pub(super) variables: Vec<Variable>,
    /// What the fixed columns cost.
    pub(super) fixed_cost: f64,
}

impl Relaxed {
    /// What it costs, with what is fixed.
    pub(super) fn cost(&self) -> f64 {
        self.solution.objective() + self.fixed_cost
    }
}

impl<'p> Part<'p> {
    /// The whole program: every column is free.
    pub(super) fn whole(ground: &'p Ground<'p>) -> Self {
        let program = ground.program;
        let columns = program.columns.len();
        Self {
            ground,
            program,
            free: (0..columns).collect(),
            fixed: vec![0; columns],
            shake: Shake::default(),
        }
    }

    /// Where only these columns are free, and the others stay as in `x`.
    pub(super) fn around(ground: &'p Ground<'p>, x: &[u32], free: Vec<usize>) -> Self {
        let mut fixed = x.to_vec();
        for &j in &free {
            fixed[j] = 0;
        }
        Self { ground, program: ground.program, free, fixed, shake: Shake::default() }
    }

    /// Solves it in real numbers; nothing where it cannot be.
    pub(super) fn relaxed(&self) -> Option<Relaxed> {
        let program = self.program;
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let bounded = |&j: &usize| {
            (program.columns[j].cost + self.shake.of(j), (0.0, f64::from(program.columns[j].most)))
        };
        let variables: Vec<Variable> =
            (self.free.iter().map(bounded)).map(|(cost, bounds)| problem.add_var(cost, bounds)).collect();
        self.cover(&mut problem, &variables);
        self.limit(&mut problem, &variables);
        let solution = problem.solve().ok()?.into_solution().ok()?;
        Some(Relaxed { solution, variables, fixed_cost: program.cost(&self.fixed) })
    }

    /// Rows that free columns reach, and what they must gain.
    fn cover(&self, problem: &mut Problem, variables: &[Variable]) {
        let program = self.program;
        let base = program.coverage(&self.fixed);
        let mut reached: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); program.rows.len()];
        for (&j, &x) in self.free.iter().zip(variables) {
            for &i in &program.columns[j].covers {
                reached[i].push((x, 1.0));
            }
        }
        let mut gains = vec![Vec::new(); program.gains.len()];
        let mut have = vec![0.0; program.gains.len()];
        for ((row, mut terms), &there) in program.rows.iter().zip(reached).zip(&base) {
            if terms.is_empty() && !row.slopes.is_empty() {
                have[row.gain] += row.gained(there);
            } else if !row.slopes.is_empty() && program.gains[row.gain] > 0.0 {
                // People who gain the same share a variable.
                for alike in row.slopes.chunk_by(|a, b| a == b).filter(|alike| alike[0] > 0.0) {
                    let step = problem.add_var(0.0, (0.0, alike.len() as f64));
                    terms.push((step, -1.0));
                    gains[row.gain].push((step, alike[0]));
                }
            }
            let missing = f64::from(row.least) - f64::from(there);
            if terms.iter().any(|(_, weight)| *weight < 0.0) || missing > 0.0 {
                problem.add_constraint(terms, ComparisonOp::Ge, missing);
            }
        }
        for ((gains, have), &gain) in gains.into_iter().zip(have).zip(&program.gains) {
            if gain > have {
                problem.add_constraint(gains, ComparisonOp::Ge, gain - have);
            }
        }
    }

    fn limit(&self, problem: &mut Problem, variables: &[Variable]) {
        let mut position = vec![None; self.program.columns.len()];
        self.free.iter().zip(variables).for_each(|(&j, &x)| position[j] = Some(x));
        for limit in &self.program.limits {
            let terms: Vec<(Variable, f64)> =
                limit.terms.iter().filter_map(|&(j, weight)| Some((position[j]?, weight))).collect();
            if !terms.is_empty() {
                let left = limit.at_most - limit.used(&self.fixed);
                problem.add_constraint(terms, ComparisonOp::Le, left);
            }
        }
    }
}
