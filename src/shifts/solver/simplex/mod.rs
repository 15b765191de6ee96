//! A linear program that is solved again and again with other bounds, by the dual simplex method with bounds on variables
//! (Lemke 1954; Koberstein 2005, chapters 2 and 3: steepest edge, Harris' ratio test).
//!
//! ```text
//! least   Σ_j cost_j · x_j,   lower_j ≤ x_j ≤ upper_j
//! with    Σ_j a_ij · x_j ≥ b_i          every row i
//! ```
//! Every variable has bounds on both sides, so that it can go to the one that its price asks for: no price is ever wrong,
//! whatever bounds are moved. Branch and bound moves a bound, a few steps later the answer is there again, and nothing is
//! copied. The inverse of the basis is kept as a whole: the programs here have some hundred rows.

mod afresh;

/// How far a value may lie outside its bounds.
const FEASIBLE: f64 = 1e-7;
/// How wrong the sign of a price may be.
const PRICED: f64 = 1e-9;
/// Smaller entries are taken for rounding.
const PIVOT: f64 = 1e-9;
/// A basis with no larger entry to go on with has no inverse.
const SINGULAR: f64 = 1e-7;
/// Entries of the inverse below this are nothing.
const NOTHING: f64 = 1e-13;
/// Steps after which the inverse is worked out anew.
const FRESH: u32 = 3000;

/// How solving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// The answer is there.
    Optimal,
    /// There is none.
    Infeasible,
    /// It costs more than was allowed.
    Beyond,
    /// It took too many steps.
    GaveUp,
}

/// Where a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Lower,
    Upper,
    /// In the basis, at this row.
    Basic(usize),
}

/// Entries by row or by column.
#[derive(Clone, Debug, Default)]
struct Sparse {
    first: Vec<usize>,
    index: Vec<usize>,
    value: Vec<f64>,
}

impl Sparse {
    fn new(lines: &[Vec<(usize, f64)>]) -> Self {
        let mut sparse = Self { first: vec![0], ..Self::default() };
        for line in lines {
            sparse.index.extend(line.iter().map(|one| one.0));
            sparse.value.extend(line.iter().map(|one| one.1));
            sparse.first.push(sparse.index.len());
        }
        sparse
    }

    fn line(&self, k: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.first[k]..self.first[k + 1];
        self.index[range.clone()].iter().copied().zip(self.value[range].iter().copied())
    }
}

/// A variable's cost and bounds.
pub(super) type Variable = (f64, f64, f64);
/// A row: its terms, and what they must come to at least.
pub(super) type Line = (Vec<(usize, f64)>, f64);

/// The most that a row can have beyond what it must.
fn most_beyond(variables: &[Variable], (terms, b): &Line) -> f64 {
    let most = |&(j, a): &(usize, f64)| a * if a > 0.0 { variables[j].2 } else { variables[j].1 };
    (terms.iter().map(most).sum::<f64>() - b).max(0.0)
}

/// A linear program with its current basis.
#[derive(Clone, Debug)]
pub(super) struct Simplex {
    /// Structural variables; after them one for each row: what the row has beyond `b`.
    structural: usize,
    rows: usize,
    by_column: Sparse,
    by_row: Sparse,
    b: Vec<f64>,
    cost: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    at: Vec<At>,
    /// The variable of each row of the basis, and its value.
    basis: Vec<usize>,
    value: Vec<f64>,
    inverse: Vec<f64>,
    /// Reduced costs.
    price: Vec<f64>,
    /// Squared lengths of the rows of the inverse.
    weight: Vec<f64>,
    objective: f64,
    /// Steps since the inverse was fresh.
    steps: u32,
    /// Scratch: a row and a column of the tableau, where the row of the inverse is not 0.
    row: Vec<f64>,
    column: Vec<f64>,
    nonzero: Vec<usize>,
}

impl Simplex {
    /// A program from its rows, and each variable's cost (not negative) and finite bounds.
    pub(super) fn new(variables: &[Variable], rows: &[Line]) -> Self {
        let (n, m) = (variables.len(), rows.len());
        let mut columns = vec![Vec::new(); n];
        for (i, (terms, _)) in rows.iter().enumerate() {
            for &(j, a) in terms {
                columns[j].push((i, a));
            }
        }
        let lines: Vec<Vec<(usize, f64)>> = rows.iter().map(|row| row.0.clone()).collect();
        let beyond = rows.iter().map(|row| most_beyond(variables, row));
        let cost: Vec<f64> = variables.iter().map(|v| v.0).chain(std::iter::repeat_n(0.0, m)).collect();
        let mut simplex = Self {
            structural: n,
            rows: m,
            by_column: Sparse::new(&columns),
            by_row: Sparse::new(&lines),
            b: rows.iter().map(|row| row.1).collect(),
            price: cost.clone(),
            cost,
            lower: variables.iter().map(|v| v.1).chain(std::iter::repeat_n(0.0, m)).collect(),
            upper: variables.iter().map(|v| v.2).chain(beyond).collect(),
            at: vec![At::Lower; n + m],
            basis: (n..n + m).collect(),
            value: vec![0.0; m],
            inverse: vec![0.0; m * m],
            weight: vec![1.0; m],
            objective: 0.0,
            steps: 0,
            row: vec![0.0; n + m],
            column: vec![0.0; m],
            nonzero: Vec::new(),
        };
        for i in 0..m {
            simplex.at[n + i] = At::Basic(i);
            simplex.inverse[i * m + i] = -1.0;
        }
        simplex.revalue();
        simplex
    }

    /// What the current answer costs.
    pub(super) fn objective(&self) -> f64 {
        self.objective
    }

    /// The value of a structural variable.
    pub(super) fn value(&self, j: usize) -> f64 {
        match self.at[j] {
            At::Basic(r) => self.value[r],
            At::Lower => self.lower[j],
            At::Upper => self.upper[j],
        }
    }

    /// What no answer can cost less than, from the prices of the rows alone (Lagrange's bound): true however rounding went.
    pub(super) fn bound_from_prices(&self) -> f64 {
        let dual: Vec<f64> = self.price[self.structural..].iter().map(|price| price.max(0.0)).collect();
        let rows: f64 = dual.iter().zip(&self.b).map(|(y, b)| y * b).sum();
        let one = |j: usize| {
            let price = self.cost[j] - self.by_column.line(j).map(|(i, a)| dual[i] * a).sum::<f64>();
            (price * self.lower[j]).min(price * self.upper[j])
        };
        rows + (0..self.structural).map(one).sum::<f64>()
    }

    /// The bounds of a variable.
    pub(super) fn bounds(&self, j: usize) -> (f64, f64) {
        (self.lower[j], self.upper[j])
    }

    /// Moves the bounds of a variable; [`Self::solve`] finds the answer again.
    pub(super) fn bound(&mut self, j: usize, (lower, upper): (f64, f64)) {
        let before = self.value(j);
        (self.lower[j], self.upper[j]) = (lower, upper);
        if matches!(self.at[j], At::Basic(_)) {
            return;
        }
        self.at[j] = if self.price[j] < 0.0 { At::Upper } else { At::Lower };
        let by = self.value(j) - before;
        if by != 0.0 {
            self.enter_column(j);
            for (value, a) in self.value.iter_mut().zip(&self.column) {
                *value -= a * by;
            }
            self.objective += self.price[j] * by;
        }
    }

    /// Solves it from the current basis, in at most so many steps; ends as soon as the cost is known to lie above `most`.
    pub(super) fn solve(&mut self, most: f64, steps: u32) -> Ended {
        for _ in 0..steps {
            if self.objective > most {
                return Ended::Beyond;
            }
            if self.steps >= FRESH {
                self.invert();
            }
            let Some((r, up)) = self.leaving() else { return Ended::Optimal };
            self.enter_row(r);
            let Some(q) = self.entering(up) else {
                if self.steps == 0 || self.row_is_out_of_reach() {
                    return Ended::Infeasible;
                }
                // Perhaps it is rounding alone that lets no variable enter.
                self.invert();
                continue;
            };
            self.enter_column(q);
            self.pivot(r, q, up);
        }
        Ended::GaveUp
    }

    /// Whether the row of the tableau shows that there is no answer: it is a sum of multiples of the rows as they were
    /// written, and no values within the bounds bring it to what it must be (Farkas 1902). That is true however wrong the
    /// inverse is that chose the multiples.
    fn row_is_out_of_reach(&self) -> bool {
        let (m, n) = (self.rows, self.structural);
        let (mut least, mut most, mut size) = (0.0, 0.0, 0.0);
        for (j, &a) in self.row.iter().enumerate().filter(|(_, a)| **a != 0.0) {
            let (x, y) = (a * self.lower[j], a * self.upper[j]);
            least += x.min(y);
            most += x.max(y);
            size += x.abs() + y.abs();
        }
        // In row `i` the variable for what is beyond `b` has the multiple turned.
        let must: f64 = self.nonzero.iter().map(|&i| -self.row[n + i] * self.b[i]).sum();
        let trifle = f64::EPSILON * (n + m) as f64 * (size + must.abs());
        must < least - trifle || must > most + trifle
    }

    /// The row whose value lies farthest outside its bounds, for the length of its row; and whether it must rise.
    fn leaving(&self) -> Option<(usize, bool)> {
        let mut best: Option<(f64, usize, bool)> = None;
        for (r, (&j, &value)) in self.basis.iter().zip(&self.value).enumerate() {
            let (below, above) = (self.lower[j] - value, value - self.upper[j]);
            let outside = below.max(above);
            if outside > FEASIBLE {
                let score = outside * outside / self.weight[r];
                if best.is_none_or(|(most, _, _)| score > most) {
                    best = Some((score, r, below > above));
                }
            }
        }
        best.map(|(_, r, up)| (r, up))
    }

    /// Row `r` of the tableau.
    fn enter_row(&mut self, r: usize) {
        self.row.fill(0.0);
        self.nonzero.clear();
        let (m, n) = (self.rows, self.structural);
        for (i, &rho) in self.inverse[r * m..(r + 1) * m].iter().enumerate() {
            if rho.abs() > NOTHING {
                self.nonzero.push(i);
                let range = self.by_row.first[i]..self.by_row.first[i + 1];
                for (&j, &a) in self.by_row.index[range.clone()].iter().zip(&self.by_row.value[range]) {
                    self.row[j] += rho * a;
                }
                self.row[n + i] = -rho;
            }
        }
    }

    /// Column of variable `j` of the tableau.
    fn enter_column(&mut self, j: usize) {
        let (m, n) = (self.rows, self.structural);
        if j >= n {
            (0..m).for_each(|i| self.column[i] = -self.inverse[i * m + j - n]);
            return;
        }
        for (row, entry) in self.inverse.chunks_exact(m.max(1)).zip(&mut self.column) {
            *entry = self.by_column.line(j).map(|(i, a)| row[i] * a).sum();
        }
    }

    /// The variable whose price reaches 0 first; of those that are as good as first the one with the largest entry.
    fn entering(&self, up: bool) -> Option<usize> {
        let sign = if up { -1.0 } else { 1.0 };
        // The entry with the sign that it has for a variable at its lower bound, and the price likewise.
        let one = |j: usize| {
            let (a, price) = match self.at[j] {
                At::Basic(_) => return None,
                At::Lower => (sign * self.row[j], self.price[j]),
                At::Upper => (-sign * self.row[j], -self.price[j]),
            };
            (a > PIVOT && self.lower[j] < self.upper[j]).then_some((a, price.max(0.0)))
        };
        let mut farthest = f64::INFINITY;
        for j in 0..self.row.len() {
            if let Some((a, price)) = one(j) {
                farthest = farthest.min((price + PRICED) / a);
            }
        }
        let mut best: Option<(f64, usize)> = None;
        for j in 0..self.row.len() {
            if let Some((a, price)) = one(j)
                && price / a <= farthest
                && best.is_none_or(|(most, _)| a > most)
            {
                best = Some((a, j));
            }
        }
        best.map(|(_, j)| j)
    }

    /// Variable `q` takes the place of row `r`, whose own goes to the bound that it had passed.
    fn pivot(&mut self, r: usize, q: usize, up: bool) {
        let leaves = self.basis[r];
        let bound = if up { self.lower[leaves] } else { self.upper[leaves] };
        let entry = self.column[r];
        let by = (self.value[r] - bound) / entry;
        self.objective += self.price[q] * by;
        let value = self.value(q) + by;
        for (value, a) in self.value.iter_mut().zip(&self.column) {
            *value -= a * by;
        }
        self.value[r] = value;
        let theta = self.price[q] / entry;
        if theta != 0.0 {
            for (price, a) in self.price.iter_mut().zip(&self.row) {
                *price -= theta * a;
            }
        }
        (self.price[q], self.price[leaves]) = (0.0, -theta);
        self.basis[r] = q;
        self.at[q] = At::Basic(r);
        self.at[leaves] = if up { At::Lower } else { At::Upper };
        self.turn(r);
        self.steps += 1;
    }

    /// The inverse and the lengths of its rows after a step at row `r`.
    fn turn(&mut self, r: usize) {
        let m = self.rows;
        let entry = self.column[r];
        let own: Vec<f64> = self.nonzero.iter().map(|&k| self.inverse[r * m + k] / entry).collect();
        let length: f64 = own.iter().map(|a| a * a).sum();
        for (&k, a) in self.nonzero.iter().zip(&own) {
            self.inverse[r * m + k] = *a;
        }
        self.weight[r] = length.max(NOTHING);
        for i in (0..m).filter(|&i| i != r) {
            let factor = self.column[i];
            if factor.abs() <= NOTHING {
                continue;
            }
            let row = &mut self.inverse[i * m..(i + 1) * m];
            let mut product = 0.0;
            for (&k, a) in self.nonzero.iter().zip(&own) {
                product += row[k] * a;
                row[k] -= factor * a;
            }
            let weight = self.weight[i] + factor * (factor * length - 2.0 * product);
            self.weight[i] =
                if weight > 1e-6 { weight } else { row.iter().map(|a| a * a).sum::<f64>().max(NOTHING) };
        }
    }
}

#[cfg(test)]
mod tests;
