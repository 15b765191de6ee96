//! Small integer programs: the cheapest numbers that satisfy rows of "at least".
//!
//! Solved by [`microlp`], a pure Rust simplex with branch and bound. The programs here have a handful of columns (one for
//! each planned group) and up to some hundred rows, so they take well under a millisecond.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

/// What a number short of a row costs, times the dearest column, where rows may be missed.
const SHORT: f64 = 1e4;

/// `Σ coefficients · x ≥ least`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) coefficients: Vec<f64>,
    pub(super) least: f64,
}

/// One column: its cost and its bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) cost: f64,
    pub(super) least: u32,
    pub(super) most: u32,
}

/// The cheapest whole numbers within their bounds that satisfy all rows; nothing where there are none.
pub(super) fn whole(columns: &[Column], rows: &[Row]) -> Option<Vec<u32>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let bound = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let add = |column: &Column| {
        problem.add_integer_var(column.cost, (bound(column.least), bound(column.most.max(column.least))))
    };
    let variables: Vec<_> = columns.iter().map(add).collect();
    for row in rows {
        let terms = variables.iter().copied().zip(row.coefficients.iter().copied());
        problem.add_constraint(
            terms.filter(|(_, c)| *c != 0.0).collect::<Vec<_>>(),
            ComparisonOp::Ge,
            row.least,
        );
    }
    let solved = problem.solve().ok()?;
    let solution = solved.solution()?;
    Some(variables.iter().map(|&x| solution.var_value(x).round().max(0.0) as u32).collect())
}

/// The cheapest real numbers within their bounds that miss the rows by as little as can be.
pub(super) fn real(columns: &[Column], rows: &[Row]) -> Option<Vec<f64>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let bounds = |column: &Column| (f64::from(column.least), f64::from(column.most.max(column.least)));
    let variables: Vec<_> =
        columns.iter().map(|column| problem.add_var(column.cost, bounds(column))).collect();
    let dearest = columns.iter().map(|column| column.cost).fold(1e-9, f64::max);
    for row in rows {
        let short = problem.add_var(SHORT * dearest, (0.0, f64::INFINITY));
        let terms = variables.iter().copied().zip(row.coefficients.iter().copied());
        let terms = terms.filter(|(_, c)| *c != 0.0).chain([(short, 1.0)]);
        problem.add_constraint(terms.collect::<Vec<_>>(), ComparisonOp::Ge, row.least);
    }
    let solved = problem.solve().ok()?;
    let solution = solved.solution()?;
    Some(variables.iter().map(|&x| solution.var_value(x).max(0.0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(coefficients: &[f64], least: f64) -> Row {
        Row { coefficients: coefficients.to_vec(), least }
    }

    fn column(cost: f64, least: u32, most: u32) -> Column {
        Column { cost, least, most }
    }

    fn cost(columns: &[Column], x: &[u32]) -> f64 {
        columns.iter().zip(x).map(|(column, &n)| column.cost * f64::from(n)).sum()
    }

    fn holds(rows: &[Row], x: &[u32]) -> bool {
        let sum = |row: &Row| row.coefficients.iter().zip(x).map(|(c, &n)| c * f64::from(n)).sum::<f64>();
        rows.iter().all(|row| sum(row) >= row.least - 1e-9)
    }

    #[test]
    fn two_specialists_or_a_dearer_generalist() {
        let columns = [column(1.0, 0, 20), column(1.0, 0, 20), column(1.3, 0, 20)];
        let rows = [row(&[1.0, 0.0, 1.0], 7.0), row(&[0.0, 1.0, 1.0], 5.0), row(&[1.0, 1.0, 1.0], 10.0)];
        let found = whole(&columns, &rows).unwrap();
        assert!((cost(&columns, &found) - 10.6).abs() < 1e-9 && holds(&rows, &found), "{found:?}");
        assert_eq!(whole(&[column(1.0, 0, 3)], &[row(&[1.0], 3.5)]), None);
        assert_eq!(whole(&[column(1.0, 2, 9)], &[row(&[2.0], 7.0)]), Some(vec![4]));
        // Where rows may be missed, bounds still hold.
        assert_eq!(real(&[column(1.0, 0, 3)], &[row(&[1.0], 3.5)]), Some(vec![3.0]));
        assert_eq!(real(&[column(1.0, 1, 9)], &[row(&[2.0], 7.0)]), Some(vec![3.5]));
    }

    proptest! {
        /// Against trying every vector of the box.
        #[test]
        fn nothing_cheaper_satisfies_the_rows(
            costs in proptest::collection::vec(0.5..2.0f64, 3),
            rows in proptest::collection::vec((proptest::collection::vec(0.0..1.0f64, 3), 0.0..6.0f64), 1..7),
        ) {
            let columns: Vec<Column> = costs.iter().map(|&cost| column(cost, 0, 6)).collect();
            let rows: Vec<Row> = rows.into_iter().map(|(coefficients, least)| Row { coefficients, least }).collect();
            let all = (0..7).flat_map(|a| (0..7).flat_map(move |b| (0..7).map(move |c| vec![a, b, c])));
            let best = all.filter(|x| holds(&rows, x)).map(|x| cost(&columns, &x)).min_by(f64::total_cmp);
            let found = whole(&columns, &rows);
            match best {
                None => prop_assert!(found.is_none()),
                Some(best) => {
                    let found = found.expect("there is one");
                    prop_assert!(holds(&rows, &found));
                    prop_assert!((cost(&columns, &found) - best).abs() < 1e-6);
                }
            }
        }
    }
}
