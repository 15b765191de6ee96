//! The program in real numbers: what no answer can lie below.

use super::super::mixed::mixed;
use super::greedy::Ground;
use super::program::Program;
use super::simplex::{Ended, Line, Simplex, Variable};
use microlp::{ComparisonOp, OptimizationDirection, Problem};

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
        self.most * (mixed(self.number << 32 ^ j as u64) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A program in real numbers.
pub(super) struct Relaxed {
    /// How many of every free column.
    pub(super) values: Vec<f64>,
    /// What nothing can cost less than, with what is fixed.
    pub(super) least: f64,
}

/// Steps after which a program is given up.
const STEPS: u32 = 200_000;

/// Rows up to which the whole inverse of a basis is kept (128 MB).
const MOST_ROWS: usize = 4000;

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

    /// It as a linear program, not yet solved: first the free columns in their order, then what rows gain. Nothing where
    /// it has too many rows to be solved again and again.
    pub(super) fn linear(&self) -> Option<Simplex> {
        let (variables, rows) = self.written();
        (rows.len() <= MOST_ROWS).then(|| Simplex::new(&variables, &rows))
    }

    /// Solves it in real numbers; nothing where no real numbers do it. Where the search for them was given up, the values
    /// are those of its last step and the bound is one all the same: Lagrange's holds for any prices of the rows.
    pub(super) fn relaxed(&self) -> Option<Relaxed> {
        let fixed_cost = self.program.cost(&self.fixed);
        let (variables, rows) = self.written();
        if rows.len() > MOST_ROWS {
            let (values, cost) = sparse(&variables, &rows)?;
            return Some(Relaxed { values, least: cost + fixed_cost });
        }
        let mut linear = Simplex::new(&variables, &rows);
        let exists = linear.solve(f64::INFINITY, STEPS) != Ended::Infeasible;
        let within = |x: usize| {
            let (lower, upper) = linear.bounds(x);
            linear.value(x).clamp(lower, upper)
        };
        let values = (0..self.free.len()).map(within).collect();
        exists.then(|| Relaxed { values, least: linear.bound_from_prices() + fixed_cost })
    }

    /// Variables and rows: first the free columns in their order, then what rows gain ([`Program::steps`]).
    pub(super) fn written(&self) -> (Vec<Variable>, Vec<Line>) {
        let program = self.program;
        let bounded = |&j: &usize| {
            (program.columns[j].cost + self.shake.of(j), 0.0, f64::from(program.columns[j].most))
        };
        let mut variables: Vec<Variable> = self.free.iter().map(bounded).collect();
        let mut rows = Vec::new();
        self.cover(&mut variables, &mut rows);
        self.limit(&mut rows);
        (variables, rows)
    }

    /// Rows that free columns reach, and what they must gain.
    fn cover(&self, variables: &mut Vec<Variable>, rows: &mut Vec<Line>) {
        let program = self.program;
        let base = program.coverage(&self.fixed);
        let mut reached: Vec<Vec<(usize, f64)>> = vec![Vec::new(); program.rows.len()];
        for (x, &j) in self.free.iter().enumerate() {
            program.columns[j].covers.iter().for_each(|&i| reached[i].push((x, 1.0)));
        }
        let mut gains = vec![Vec::new(); program.gains.len()];
        let mut have = vec![0.0; program.gains.len()];
        for ((row, mut terms), &there) in program.rows.iter().zip(reached).zip(&base) {
            if terms.is_empty() && !row.slopes.is_empty() {
                have[row.gain] += row.gained(there);
            } else if !row.slopes.is_empty() && program.gains[row.gain] > 0.0 {
                // People who gain the same share a variable.
                for alike in row.alike() {
                    let step = variables.len();
                    variables.push((0.0, 0.0, alike.len() as f64));
                    terms.push((step, -1.0));
                    gains[row.gain].push((step, alike[0]));
                }
            }
            let missing = f64::from(row.least) - f64::from(there);
            if terms.iter().any(|(_, weight)| *weight < 0.0) || missing > 0.0 {
                rows.push((terms, missing));
            }
        }
        for ((gains, have), &gain) in gains.into_iter().zip(have).zip(&program.gains) {
            if gain > have {
                rows.push((gains, gain - have));
            }
        }
    }

    /// "At most" is "at least" with the signs turned.
    fn limit(&self, rows: &mut Vec<Line>) {
        let mut position = vec![None; self.program.columns.len()];
        self.free.iter().enumerate().for_each(|(x, &j)| position[j] = Some(x));
        for limit in &self.program.limits {
            let terms: Vec<(usize, f64)> =
                limit.terms.iter().filter_map(|&(j, weight)| Some((position[j]?, -weight))).collect();
            if !terms.is_empty() {
                rows.push((terms, limit.used(&self.fixed) - limit.at_most));
            }
        }
    }
}

#[cfg(feature = "highs")]
impl Program {
    /// How far so many people in every row fill what rows gain, in the order of the variables that [`Part::written`] makes of
    /// the whole program.
    pub(super) fn steps(&self, people: &[u32]) -> Vec<f64> {
        let mut is_reached = vec![false; self.rows.len()];
        self.columns.iter().flat_map(|column| &column.covers).for_each(|&i| is_reached[i] = true);
        let mut steps = Vec::new();
        for ((row, &people), _) in
            self.rows.iter().zip(people).zip(is_reached).filter(|(_, reached)| *reached)
        {
            if row.slopes.is_empty() || self.gains[row.gain] <= 0.0 {
                continue;
            }
            let mut left = f64::from(people.saturating_sub(row.least));
            for alike in row.alike() {
                let filled = left.min(alike.len() as f64);
                steps.push(filled);
                left -= filled;
            }
        }
        steps
    }
}

/// Values and least cost by [`microlp`], which keeps its basis sparse; nothing where no values do it. Where it gives up, every
/// variable is at its lower bound: with no prices at all that is Lagrange's bound.
pub(super) fn sparse(variables: &[Variable], rows: &[Line]) -> Option<(Vec<f64>, f64)> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let xs: Vec<_> =
        variables.iter().map(|&(cost, lower, upper)| problem.add_var(cost, (lower, upper))).collect();
    for (terms, b) in rows {
        let terms: Vec<_> = terms.iter().map(|&(j, a)| (xs[j], a)).collect();
        problem.add_constraint(terms, ComparisonOp::Ge, *b);
    }
    let solved = match problem.solve() {
        Err(microlp::Error::Infeasible) => return None,
        other => other.ok().and_then(|outcome| outcome.into_solution().ok()),
    };
    let given_up = || {
        let least = variables.iter().map(|(cost, lower, _)| cost * lower).sum();
        (variables.iter().map(|(_, lower, _)| *lower).collect(), least)
    };
    Some(solved.map_or_else(given_up, |solution| {
        (xs.iter().map(|&x| solution.var_value_raw(x)).collect(), solution.objective())
    }))
}
