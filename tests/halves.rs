//! Splitting a queue into two equal halves with the same crew changes nothing in law: customers of both halves are alike,
//! whoever has waited longest is served first, so what happens to one of them does not depend on the name of the line.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::*;
use headcount::engine::{Cell, More, Run, Staffing, Tally, Tape};
use headcount::model::*;
use headcount::units::Micros;

const REPLICATIONS: u64 = 400;
const DAYS: usize = 2;

/// A day and night queue in one piece or two: impatient, redialling, coming back, two chats at a time.
fn pieces(count: usize) -> Model {
    let intervals = DAYS * 24;
    let open = opening(DAYS, 24, 0..24);
    let exponential = |seconds: f64| Law::constant(Shape::Exponential, seconds);
    let queues = (0..count).map(|q| {
        let volumes = vec![120.0 / count as f64; intervals];
        let mut queue = queue(&format!("q{q}"), &open, volumes, exponential(240.0), vec![to(0)]);
        queue.channel = Channel::Chat;
        queue.patience = Some(exponential(120.0));
        let back = |probability, after: f64| {
            Some(Return { probability, after: exponential(after), most: None, to: QueueId(q) })
        };
        queue.journey.redial = back(0.4, 300.0);
        queue.journey.repeat = back(0.1, 3600.0);
        queue
    });
    let all: Vec<usize> = (0..count).collect();
    let mut crew = group("crew", &open, &all, vec![5; intervals]);
    crew.hands = Hands { capacity: 2, stretch: vec![Factor::ONE, Factor::new(1.2)], ..Hands::default() };
    let mut model = model(calendar(DAYS, Micros::HOUR, open.clone()), queues.collect(), vec![crew]);
    model.run.warm_up = Micros(6 * Micros::HOUR.0);
    model
}

/// Five figures of a replication: waiting, abandoned, answered, redials and busy time.
fn figures(tally: &Tally) -> [f64; 5] {
    let cells = |f: fn(&Cell) -> u64| tally.queues.iter().flat_map(|q| &q.cells).map(f).sum::<u64>() as f64;
    let more = |f: fn(&More) -> u64| tally.queues.iter().flat_map(|q| &q.more).map(f).sum::<u64>() as f64;
    let busy = tally.groups[0].busy.iter().sum::<u64>() as f64;
    [cells(|c| c.queue_time), cells(|c| c.abandoned), cells(|c| c.answered), more(|m| m.redials), busy]
}

/// Mean and squared standard error of each figure.
fn estimates(model: &Model, seed: u64) -> [(f64, f64); 5] {
    let (mut run, mut tape, staffing) = (Run::new(model), Tape::default(), Staffing::given(model));
    let all: Vec<[f64; 5]> = (0..REPLICATIONS)
        .map(|r| {
            tape.redraw(model, seed, r);
            figures(run.play(&tape, &staffing, &mut ()))
        })
        .collect();
    let n = REPLICATIONS as f64;
    std::array::from_fn(|f| {
        let mean = all.iter().map(|one| one[f]).sum::<f64>() / n;
        let variance = all.iter().map(|one| (one[f] - mean).powi(2)).sum::<f64>() / (n - 1.0);
        (mean, variance / n)
    })
}

/// Five comparisons at three standard errors.
#[test]
fn two_halves_are_a_whole() {
    let (whole, halves) = (estimates(&pieces(1), 1), estimates(&pieces(2), 2));
    for (f, ((a, va), (b, vb))) in whole.into_iter().zip(halves).enumerate() {
        let z = (a - b) / (va + vb).sqrt();
        assert!(z.abs() <= 3.0, "figure {f}: {a} in one piece, {b} in two, {z:.2} standard errors apart");
    }
}
