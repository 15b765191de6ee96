//! Against another simplex.

use super::*;
use crate::shifts::solver::relax::sparse;
use proptest::prelude::*;

/// Halves, so that many bases are degenerate; costs not negative.
fn drawn() -> impl Strategy<Value = (Vec<Variable>, Vec<Line>)> {
    (2..9_usize, 1..8_usize).prop_flat_map(|(n, m)| {
        let variable = (0..12_u32, 0..3_u32, 0..6_u32)
            .prop_map(|(c, l, u)| (f64::from(c) / 2.0, f64::from(l), f64::from(l + u)));
        let line = (prop::collection::vec(-3..6_i32, n), -4..30_i32).prop_map(|(a, b)| {
            let terms = a.into_iter().enumerate().filter(|(_, a)| *a != 0);
            (terms.map(|(j, a)| (j, f64::from(a) / 2.0)).collect(), f64::from(b) / 2.0)
        });
        (prop::collection::vec(variable, n), prop::collection::vec(line, m))
    })
}

/// One comparison: the same cost, or no answer by both; and the bound from prices is as high as the cost.
fn agree(simplex: &mut Simplex, variables: &[Variable], rows: &[Line]) -> Result<(), TestCaseError> {
    let ended = simplex.solve(f64::INFINITY, 10_000);
    match sparse(variables, rows) {
        None => prop_assert_eq!(ended, Ended::Infeasible),
        Some((_, cost)) => {
            prop_assert_eq!(ended, Ended::Optimal);
            prop_assert!((simplex.objective() - cost).abs() < 1e-6, "{} {cost}", simplex.objective());
            prop_assert!((simplex.bound_from_prices() - cost).abs() < 1e-6);
            for (terms, b) in rows {
                let have: f64 = terms.iter().map(|&(j, a)| a * simplex.value(j)).sum();
                prop_assert!(have >= b - 1e-6);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// At first, after each of some moves of bounds, and after the inverse was worked out anew.
    #[test]
    fn another_simplex_finds_the_same(
        (mut variables, rows) in drawn(),
        moves in prop::collection::vec((0..9_usize, 0..6_u32, 0..6_u32), 0..8),
    ) {
        let widest = variables.clone();
        let mut simplex = Simplex::new(&variables, &rows);
        agree(&mut simplex, &variables, &rows)?;
        for (j, lower, more) in moves {
            let j = j % variables.len();
            // Never wider than at the start, as in branch and bound.
            variables[j].1 = (widest[j].1 + f64::from(lower)).min(widest[j].2);
            variables[j].2 = (variables[j].1 + f64::from(more)).min(widest[j].2);
            simplex.bound(j, (variables[j].1, variables[j].2));
            agree(&mut simplex, &variables, &rows)?;
            simplex.invert();
            agree(&mut simplex, &variables, &rows)?;
        }
    }
}

#[test]
fn it_ends_early_where_it_may_not_cost_so_much() {
    let mut simplex = Simplex::new(&[(2.0, 0.0, 9.0)], &[(vec![(0, 1.0)], 3.0)]);
    assert_eq!(simplex.clone().solve(5.0, 0), Ended::GaveUp);
    assert_eq!(simplex.clone().solve(5.0, 9), Ended::Beyond);
    assert_eq!(simplex.solve(6.0, 9), Ended::Optimal);
    assert_eq!((simplex.objective(), simplex.value(0)), (6.0, 3.0));
}
