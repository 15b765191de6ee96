//! The workloads that every bench plays, and how they are timed.
//!
//! A workload is a scenario file, so that what is timed here is what anybody can run with `headcount simulate`.
#![allow(dead_code, unreachable_pub)] // A module of several benches, each with its own part.

use criterion::{BenchmarkGroup, Criterion, measurement::WallTime};
use headcount::model::Model;
use headcount::montecarlo::{Job, Staffing};
use headcount::scenario::{self, Override};
use headcount::stats::Fixed;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// w1, w2 and w3 by name.
pub fn all() -> [(&'static str, Model); 3] {
    ["w1", "w2", "w3"].map(|name| (name, read(&format!("benches/workloads/{name}.toml"), &[])))
}

/// A scenario file of the repository, with changes.
pub fn read(file: &str, changes: &[Override]) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    scenario::read(&path, changes).unwrap_or_else(|faults| panic!("{file}: {faults}")).model
}

/// This thread alone becomes the pool: what it spends is all that is spent.
pub fn one_thread() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("the first pool");
}

/// Plays so many replications from the one with the given number on, with all statistics: everything that
/// `headcount simulate` does with a contact. Tells how many contacts they had.
pub fn replicate(model: &Model, staffing: &Staffing, first: u64, replications: u64) -> u64 {
    let job = Job { first, ..Job::new(model, staffing, 1) };
    job.run(&mut Fixed(replications)).gather.contacts
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
pub fn busy() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let spent = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.and_then(|text| text.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// Few samples, each of many replications.
pub fn settings() -> Criterion {
    Criterion::default().sample_size(10)
}
