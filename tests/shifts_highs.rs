//! HiGHS on the programs whose optimum is known, through our own words for it (`cargo test --features highs`).
#![allow(clippy::print_stdout, reason = "studies are read")]

mod common;
#[path = "common/programs.rs"]
mod programs;

use common::desk::run;
use headcount::shifts::solver::{Column, Effort, Limit, Means, Program, Row, Solver, Unsolved, solve};
use programs::{covering, enumerated, program};
use proptest::prelude::*;

/// HiGHS with so many nodes.
fn highs(nodes: u64) -> Means {
    Means { solver: Solver::Highs, ..Effort { nodes }.into() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// What is found costs what the best of all choices costs, and no bound lies above it. With an effort of one node
    /// our own search leaves almost everything to HiGHS.
    #[test]
    fn small_programs_are_solved_to_their_optimum(program in program(), little in any::<bool>()) {
        let found = solve(&program, None, highs(if little { 1 } else { 4000 }), &|_| true);
        match (enumerated(&program), found) {
            (Some(best), Ok(solved)) => {
                prop_assert!(program.holds(&solved.x));
                prop_assert!((program.cost(&solved.x) - solved.cost).abs() < 1e-9);
                prop_assert!(solved.linear <= best + 1e-6 && solved.bound <= best + 1e-6);
                prop_assert!((solved.cost - best).abs() <= 1e-5, "{} {best}", solved.cost);
            }
            (None, Err(_)) => {}
            (best, found) => prop_assert!(false, "{best:?}, {found:?}"),
        }
    }

    /// A start makes nothing dearer than it is.
    #[test]
    fn it_is_never_dearer_than_its_start(program in program(), start in prop::collection::vec(0..4_u32, 5)) {
        let start = &start[..program.columns.len()];
        if program.holds(start) {
            let found = solve(&program, Some(start), highs(1), &|_| true);
            prop_assert!(found.is_ok_and(|found| found.cost <= program.cost(start) + 1e-9));
        }
    }
}

/// The optimum of one day and of three, known from elsewhere, with its proof.
#[test]
fn one_and_three_days_are_solved_to_their_known_optimum() {
    for (days, optimum) in [(1, 418.0), (3, 1250.0)] {
        let program = covering(days);
        let found = solve(&program, None, highs(1000), &|_| true).expect("shifts");
        assert!(program.holds(&found.x) && found.is_proven(), "{days} days: {} {}", found.cost, found.bound);
        assert!((found.cost - optimum).abs() < 1e-6, "{days} days: {}", found.cost);
    }
}

/// The same twice.
#[test]
fn the_same_program_gives_the_same_shifts() {
    let program = covering(1);
    let once = || solve(&program, None, highs(1), &|_| true);
    assert_eq!(once(), once());
}

/// Whoever says no while HiGHS works gets what our own search had.
#[test]
fn it_ends_when_it_is_told_to() {
    let program = covering(7);
    let (last, same) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    // HiGHS says nothing of its nodes: the number that is told stands still.
    let told = |nodes| {
        same.set(if nodes == last.replace(nodes) { same.get() + 1 } else { 0 });
        same.get() < 8
    };
    let found = solve(&program, None, highs(200), &told).expect("shifts");
    assert!(program.holds(&found.x) && !found.is_proven());
}

/// Half of a column would do, but no whole number: our own search finds none, HiGHS knows that there is none.
#[test]
fn what_cannot_be_is_known() {
    let column = Column { cost: 1.0, covers: vec![0], most: 9, at: 0 };
    let limit = |weight: f64| Limit { terms: vec![(0, weight)], at_most: weight / 2.0 };
    let program =
        Program { columns: vec![column], limits: vec![limit(2.0), limit(-2.0)], ..Program::default() };
    let program = Program { rows: vec![Row { least: 0, slopes: Vec::new(), gain: 0 }], ..program };
    assert_eq!(solve(&program, None, Effort { nodes: 10 }, &|_| true), Err(Unsolved::NotFound));
    assert_eq!(solve(&program, None, highs(10), &|_| true), Err(Unsolved::Impossible));
    let nothing = Program { columns: Vec::new(), ..covering(1) };
    assert!(solve(&nothing, None, highs(10), &|_| true).is_err());
}

/// The command takes it: both answers lie between both bounds.
#[test]
fn the_command_takes_it() {
    let day = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/shifts-one-day.toml"))
        .expect("it is shipped");
    let desk = [("day.toml", day.as_str())];
    let cost = |line: &str| {
        let (_, out, err) = run(&desk, line);
        let told: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
        (told["cost"].as_f64().expect("a cost"), told["bound"].as_f64().expect("a bound"))
    };
    let line = "shifts day.toml --no-files --quiet --format json --effort 400";
    let (own, highs) = (cost(line), cost(&format!("{line} --solver highs")));
    assert!(highs.1 <= own.0 + 1e-6 && own.1 <= highs.0 + 1e-6, "{own:?} {highs:?}");
}

/// 2,915, proven by HiGHS elsewhere in 73 s.
#[test]
#[ignore = "a study of minutes"]
fn study_seven_days_are_proven() {
    let began = std::time::Instant::now();
    let program = covering(7);
    let found = solve(&program, None, highs(20_000), &|_| true).expect("shifts");
    println!("{} of {} after {:.1} s", found.cost, found.bound, began.elapsed().as_secs_f64());
    assert!(program.holds(&found.x) && found.is_proven());
    assert!((found.cost - 2915.0).abs() < 1e-6, "{}", found.cost);
}
