//! CPU time per contact of everything that `headcount simulate` does with it on one core: drawing the tape, playing it,
//! listening to every wait, gathering all statistics over replications.

mod workloads;

use criterion::{Criterion, criterion_group, criterion_main};
use headcount::model::Model;
use headcount::montecarlo::{Job, Staffing};
use headcount::stats::Fixed;
use workloads::per_contact;

fn workload(criterion: &mut Criterion, name: &str, model: &Model) {
    let staffing = Staffing::given(model);
    let mut group = criterion.benchmark_group(name);
    per_contact(&mut group, "replicate", model.expected_contacts(), |first, replications| {
        let job = Job { first, ..Job::new(model, &staffing, 1) };
        job.run(&mut Fixed(replications)).gather.contacts
    });
    group.finish();
}

fn montecarlo(criterion: &mut Criterion) {
    // This thread alone is the pool: what it spends is all that is spent.
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread()
        .build_global()
        .expect("the first pool");
    for (name, model) in workloads::all() {
        workload(criterion, name, &model);
    }
}

criterion_group! {
    name = benches;
    config = workloads::settings();
    targets = montecarlo
}
criterion_main!(benches);
