//! Programs for solvers: small ones drawn at random with their optimum counted out, and the covering case of the reference.
#![allow(unreachable_pub)] // a test binary of its own uses it

use headcount::shifts::solver::{Column, Limit, Program, Row};
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
    pub fn program()(rows in 2..5_usize)(
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
pub fn enumerated(program: &Program) -> Option<f64> {
    let all = (MOST + 1).pow(program.columns.len() as u32);
    let digits =
        |k: u32| (0..program.columns.len() as u32).map(|j| k / (MOST + 1).pow(j) % (MOST + 1)).collect();
    let holds = |k: u32| {
        let x: Vec<u32> = digits(k);
        program.holds(&x).then(|| program.cost(&x))
    };
    (0..all).filter_map(holds).min_by(f64::total_cmp)
}

/// The covering case of the reference over so many days of half-hours: shifts of 4, 6, 8, 9 and 10 hours from every
/// half-hour, wholly inside the horizon, with one half-hour break in three places; costs are hours, breaks included.
pub fn covering(days: usize) -> Program {
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
