//! The solver of shifts against full enumeration of small programs.

use headcount::shifts::solver::{Column, Effort, Limit, Program, Row, Unsolved, solve};
use proptest::prelude::*;

/// Most of every column: all choices can be counted out.
const MOST: u32 = 3;

/// Costs in quarters, so that they have a common unit, or in sevenths, so that they have none.
fn column(rows: usize) -> impl Strategy<Value = (u32, usize, usize)> {
    (1..20_u32, 0..rows, 1..=rows)
}

/// A row's least, and the slopes beyond it in the order drawn.
fn row() -> impl Strategy<Value = (u32, Vec<u32>)> {
    (0..4_u32, prop::collection::vec(0..12_u32, 0..4))
}

prop_compose! {
    fn program()(rows in 2..5_usize)(
        columns in prop::collection::vec(column(rows), 2..5),
        drawn in prop::collection::vec(row(), rows),
        asked in 0..40_u32,
        limits in prop::collection::vec((prop::collection::vec(-1..3_i32, 5), 0..9_i32), 0..3),
        sevenths in any::<bool>(),
    ) -> Program {
        let (count, parts) = (drawn.len(), if sevenths { 7.0 } else { 4.0 });
        let column = |&(cost, from, length): &(u32, usize, usize)| Column {
            cost: f64::from(cost) / parts,
            covers: (from..(from + length).min(count)).collect(),
            most: MOST,
            at: from,
        };
        let row = |(least, mut slopes): (u32, Vec<u32>)| {
            slopes.sort_unstable_by(|a, b| b.cmp(a));
            Row { least, slopes: slopes.into_iter().map(f64::from).collect(), gain: 0 }
        };
        let limit = |(weights, at_most): (Vec<i32>, i32)| Limit {
            terms: weights.into_iter().take(columns.len()).enumerate().map(|(j, w)| (j, f64::from(w))).collect(),
            at_most: f64::from(at_most),
        };
        Program {
            columns: columns.iter().map(column).collect(),
            rows: drawn.into_iter().map(row).collect(),
            gains: vec![f64::from(asked)],
            limits: limits.into_iter().map(limit).collect(),
        }
    }
}

/// The cheapest of all choices that hold.
fn enumerated(program: &Program) -> Option<f64> {
    let all = (MOST + 1).pow(program.columns.len() as u32);
    let digits =
        |k: u32| (0..program.columns.len() as u32).map(|j| k / (MOST + 1).pow(j) % (MOST + 1)).collect();
    let holds = |k: u32| {
        let x: Vec<u32> = digits(k);
        program.holds(&x).then(|| program.cost(&x))
    };
    (0..all).filter_map(holds).min_by(f64::total_cmp)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// What is found costs what the best of all choices costs, and the bounds lie below it.
    #[test]
    fn small_programs_are_solved_to_their_optimum(program in program()) {
        let found = solve(&program, None, Effort { nodes: 4000 }, &|_| true);
        match (enumerated(&program), found) {
            (Some(best), Ok(solved)) => {
                prop_assert!(program.holds(&solved.x));
                prop_assert!((program.cost(&solved.x) - solved.cost).abs() < 1e-9);
                // Where costs have no common unit, answers are told apart from a hundred-thousandth of the cost on.
                prop_assert!((solved.cost - best).abs() <= 2e-5 * best + 1e-6, "{} {best}", solved.cost);
                prop_assert!(solved.linear <= best + 1e-6 && solved.bound <= best + 1e-6);
            }
            (None, Err(_)) => {}
            (best, found) => prop_assert!(false, "{best:?}, {found:?}"),
        }
    }

    /// A start changes nothing in what is best.
    #[test]
    fn a_known_choice_makes_nothing_dearer(program in program(), start in prop::collection::vec(0..4_u32, 5)) {
        let start = &start[..program.columns.len()];
        let found = solve(&program, Some(start), Effort { nodes: 4000 }, &|_| true);
        let alone = solve(&program, None, Effort { nodes: 4000 }, &|_| true);
        match (found, alone) {
            (Ok(a), Ok(b)) => prop_assert!((a.cost - b.cost).abs() <= 2e-5 * a.cost + 1e-6, "{} {}", a.cost, b.cost),
            (a, b) => prop_assert_eq!(a.is_err(), b.is_err()),
        }
    }
}

/// Two sets of rows that each must gain their own: by hand, the surplus of one is of no use to the other.
#[test]
fn gains_are_asked_for_set_by_set() {
    let column = |row: usize, cost: f64| Column { cost, covers: vec![row], most: 9, at: row };
    let row = |gain: usize| Row { least: 1, slopes: vec![4.0, 2.0, 1.0], gain };
    let mut program = Program {
        columns: vec![column(0, 1.0), column(1, 10.0)],
        rows: vec![row(0), row(1)],
        gains: vec![4.0, 6.0],
        limits: Vec::new(),
    };
    let found =
        |program: &Program| solve(program, None, Effort { nodes: 100 }, &|_| true).map(|found| found.x);
    assert_eq!(found(&program), Ok(vec![2, 3]));
    // One set: the cheap column makes up for the dear one.
    program.rows[1].gain = 0;
    program.gains = vec![10.0];
    assert_eq!(found(&program), Ok(vec![3, 2]));
    program.gains = vec![15.0];
    assert_eq!(found(&program), Err(Unsolved::Impossible));
}

/// The covering case of the reference over so many days of half-hours: shifts of 4, 6, 8, 9 and 10 hours from every
/// half-hour, wholly inside the horizon, with one half-hour break in three places; costs are hours, breaks included.
fn covering(days: usize) -> Program {
    let last = 48 * days;
    let row = |i: usize| {
        let h = (i % 48) as f64 / 2.0;
        let bump = |top: f64, at: f64, wide: f64| top * (-(h - at).powi(2) / wide).exp();
        let least = (bump(40.0, 11.0, 8.0) + bump(30.0, 16.0, 6.0) + 2.0).ceil() as u32;
        Row { least, slopes: Vec::new(), gain: 0 }
    };
    let column = |start: usize, length: usize, place: usize| Column {
        cost: length as f64 / 2.0,
        covers: (start..start + length).filter(|&i| i != start + length / 2 - 1 + place).collect(),
        most: 1000,
        at: start,
    };
    let starts = (0..last).flat_map(|start| [8, 12, 16, 18, 20].map(|length| (start, length)));
    let inside = starts.filter(|(start, length)| start + length <= last);
    Program {
        columns: inside
            .flat_map(|(start, length)| [0, 1, 2].map(|place| column(start, length, place)))
            .collect(),
        rows: (0..last).map(row).collect(),
        ..Program::default()
    }
}

/// Optimum and linear bound by HiGHS: 418.0 and 417.5, 1,250.0 and 1,249.6. Both are found and proven.
#[test]
fn one_and_three_days_are_solved_to_their_known_optimum() {
    for (days, optimum, linear) in [(1, 418.0, 417.5), (3, 1250.0, 1249.6)] {
        let program = covering(days);
        let found = solve(&program, None, Effort { nodes: 20_000 }, &|_| true).expect("shifts");
        assert!(program.holds(&found.x) && found.is_proven());
        assert!((found.cost - optimum).abs() < 1e-6, "{days} days: {}", found.cost);
        assert!((found.linear - linear).abs() < 0.05, "{days} days: {}", found.linear);
    }
}

/// Whoever says no before the search has begun gets what rounding found, and nothing is spent; and no effort is too small.
#[test]
fn it_ends_when_it_is_told_to_and_where_its_effort_is_spent() {
    let program = covering(1);
    let found = solve(&program, None, Effort { nodes: 20_000 }, &|_| false).expect("rounding finds some");
    assert!(program.holds(&found.x));
    assert_eq!(found.nodes, 0);
    for nodes in [0, 1, 7, 61, 100, 140, 141, 180, 220, 300] {
        let found = solve(&program, None, Effort { nodes }, &|_| true).expect("rounding finds some");
        assert!(program.holds(&found.x), "{nodes}");
    }
}

/// HiGHS: optimum 2,915.0, linear bound 2,913.7.
#[test]
#[ignore = "a study: 20 seconds, optimised"]
fn seven_days_come_within_two_hours_of_their_known_optimum() {
    let program = covering(7);
    let found = solve(&program, None, Effort { nodes: 20_000 }, &|_| true).expect("shifts");
    assert!(program.holds(&found.x));
    assert!((2915.0 - 1e-6..2917.0 + 1e-6).contains(&found.cost), "{}", found.cost);
    assert!(
        (found.linear - 2913.7).abs() < 0.05 && found.bound <= 2915.0,
        "{} {}",
        found.linear,
        found.bound
    );
}
