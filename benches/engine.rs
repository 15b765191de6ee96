//! CPU time per contact: tape and play, each workload with full statistics. Criterion prints throughput in contacts
//! per second; the line before each group prints the contacts of one replication.
//!
//! - `w1`: one queue, fixed staff: M/M/50+M, 48 Erlangs, handle 180 s, patience 120 s.
//! - `w2`: one day of 48 half-hours, 20–500 calls each, lognormal handle 300 s, patience 180 s, staff in steps.
//! - `w3`: three queues, four groups, 10,000 calls in ten hours, agents take in order of preference.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

#[path = "../tests/common/mod.rs"]
mod common;

use common::*;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use headcount::engine::{Run, Staffing, Tape};
use headcount::model::*;
use headcount::units::Micros;
use std::f64::consts::PI;

/// One queue, fixed staff, 60 hours of 960 calls.
fn w1() -> Model {
    let days = 3;
    let open = opening(days, 24, 0..24);
    let intervals = days * 24;
    let handle = Law::constant(Shape::Exponential, 180.0);
    let mut queue = queue("calls", &open, vec![960.0; intervals], handle, vec![to(0)]);
    queue.patience = Some(Law::constant(Shape::Exponential, 120.0));
    model(
        calendar(days, Micros::HOUR, open.clone()),
        vec![queue],
        vec![group("a", &open, &[0], vec![50; intervals])],
    )
}

/// One day, 48 half-hours, staff in steps.
fn w2() -> Model {
    let open = opening(1, 48, 0..48);
    let volumes: Vec<f64> =
        (0..48).map(|i| (20.0 + 480.0 * (PI * f64::from(i) / 48.0).sin().powi(2)).round()).collect();
    let staff =
        volumes.iter().map(|v| v * 300.0 / 1800.0).map(|r| (r + 0.5 * r.sqrt()).ceil() as u32).collect();
    let mut queue =
        queue("calls", &open, volumes, Law::constant(Shape::Lognormal { cv: 1.0 }, 300.0), vec![to(0)]);
    queue.patience = Some(Law::constant(Shape::Exponential, 180.0));
    model(calendar(1, Micros::from_mins(30), open.clone()), vec![queue], vec![group("a", &open, &[0], staff)])
}

/// Three queues, four groups, ten hours.
fn w3() -> Model {
    let open = opening(1, 48, 0..20);
    let wave = |i: usize| if i < 20 { 1.0 + 0.25 * (2.0 * PI * (i as f64 + 0.5) / 20.0).sin() } else { 0.0 };
    let staff = |n: f64| (0..48).map(|i| (n * wave(i)).round() as u32).collect::<Vec<_>>();
    let calls = |total: f64| (0..48).map(|i| total / 20.0 * wave(i)).collect::<Vec<_>>();
    let queues = [
        ("A", 5000.0, 440.0, 120.0, vec![0, 2]),
        ("B", 3000.0, 500.0, 180.0, vec![1, 3, 2]),
        ("C", 2000.0, 640.0, 240.0, vec![3, 2]),
    ];
    let queues = queues.map(|(name, total, handle, patience, route)| {
        let handle = Law::constant(Shape::Lognormal { cv: 1.0 }, handle);
        let mut queue = queue(name, &open, calls(total), handle, route.into_iter().map(to).collect());
        queue.patience = Some(Law::constant(Shape::Exponential, patience));
        queue
    });
    let groups =
        [("g0", 50.0, vec![0]), ("g1", 30.0, vec![1]), ("g2", 35.0, vec![2, 0, 1]), ("g3", 35.0, vec![2, 1])];
    let groups = groups.map(|(name, n, serves)| {
        let mut group = group(name, &open, &serves, staff(n));
        group.take = Take::InOrder;
        group
    });
    model(calendar(1, Micros::from_mins(30), open), queues.into(), groups.into())
}

fn workload(criterion: &mut Criterion, name: &str, model: &Model) {
    let staffing = Staffing::given(model);
    let mut tape = Tape::draw(model, 1, 0);
    let mut run = Run::new(model);
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(tape.contacts() as u64));
    let mut replication = 0;
    group.bench_function("tape and play", |bencher| {
        bencher.iter(|| {
            replication += 1;
            tape.redraw(model, 1, replication);
            run.play(&tape, &staffing, &mut ()).queues[0].cells[0].answered
        });
    });
    group.bench_function("tape", |bencher| {
        bencher.iter(|| {
            replication += 1;
            tape.redraw(model, 1, replication);
            tape.contacts()
        });
    });
    tape.redraw(model, 1, 0);
    group.bench_function("play", |bencher| {
        bencher.iter(|| run.play(&tape, &staffing, &mut ()).queues[0].cells[0].answered);
    });
    group.finish();
}

fn engine(criterion: &mut Criterion) {
    for (name, model) in [("w1", w1()), ("w2", w2()), ("w3", w3())] {
        workload(criterion, name, &model);
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = engine
}
criterion_main!(benches);
