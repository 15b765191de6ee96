//! The three workloads that every bench plays, and how they are timed.
#![allow(unreachable_pub)] // A module of several benches.

#[path = "../../tests/common/mod.rs"]
mod common;

use common::{calendar, group, model, opening, queue, to};
use criterion::{BenchmarkGroup, Criterion, measurement::WallTime};
use headcount::model::{Law, Model, Shape, Take};
use headcount::units::Micros;
use std::f64::consts::PI;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// All workloads by name.
pub fn all() -> [(&'static str, Model); 3] {
    [("w1", w1()), ("w2", w2()), ("w3", w3())]
}

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

/// Measures CPU time per contact: criterion's iteration is one contact. `play` plays so many replications from the one
/// with the given number on, all on this thread, and tells how many contacts they had.
pub fn per_contact(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    contacts: f64,
    mut play: impl FnMut(u64, u64) -> u64,
) {
    let mut first = 0;
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|iterations| {
            let replications = (iterations as f64 / contacts).ceil() as u64;
            let start = busy();
            let played = play(first, replications);
            let elapsed = busy().saturating_sub(start);
            first += replications;
            elapsed.mul_f64(iterations as f64 / played as f64)
        });
    });
}

/// What this thread has spent on a core: other work of the machine does not count. Elsewhere than on Linux, the time.
fn busy() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.and_then(|text| text.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// Few samples, each of many replications.
pub fn settings() -> Criterion {
    Criterion::default().sample_size(10)
}
