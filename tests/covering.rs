//! The covering cases.
#![allow(clippy::print_stdout)]
use headcount::shifts::solver::{Column, Effort, Program, Row, solve};
use std::time::Instant;

fn covering(days: usize) -> Program {
    let n = 48 * days;
    let need = |i: usize| {
        let h = (i % 48) as f64 / 2.0;
        (40.0 * (-(h - 11.0f64).powi(2) / 8.0).exp() + 30.0 * (-(h - 16.0f64).powi(2) / 6.0).exp() + 2.0).ceil() as u32
    };
    let mut columns = Vec::new();
    for start in 0..n {
        for length in [8usize, 12, 16, 18, 20] {
            if start + length > n { continue; }
            for b in 0..3 {
                let pause = start + length / 2 - 1 + b;
                columns.push(Column {
                    cost: length as f64 / 2.0,
                    covers: (start..start + length).filter(|&i| i != pause).collect(),
                    most: 1000,
                    at: start,
                });
            }
        }
    }
    let rows = (0..n).map(|i| Row { least: need(i), slopes: vec![] }).collect();
    Program { columns, rows, gain: 0.0, limits: vec![] }
}

#[test]
fn try_it() {
    for days in [1, 3, 7] {
        let program = covering(days);
        let start = Instant::now();
        let solved = solve(&program, Effort { nodes: 20_000 }, &|_| true).unwrap();
        assert!(program.holds(&solved.x));
        println!("{days}: {} columns, cost {} bound {} nodes {} {:.2?}", program.columns.len(), solved.cost, solved.bound, solved.nodes, start.elapsed());
    }
}
