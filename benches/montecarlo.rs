//! CPU time per contact of everything that `headcount simulate` does with it on one core: drawing the tape, playing it,
//! listening to every wait, gathering all statistics over replications.

mod workloads;

use criterion::{Criterion, criterion_group, criterion_main};
use headcount::montecarlo::Staffing;
use workloads::{per_contact, replicate};

fn montecarlo(criterion: &mut Criterion) {
    workloads::one_thread();
    for (name, model) in workloads::all() {
        let staffing = Staffing::given(&model);
        let mut group = criterion.benchmark_group(name);
        per_contact(&mut group, "replicate", model.expected_contacts(), |first, replications| {
            replicate(&model, &staffing, first, replications)
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = workloads::settings();
    targets = montecarlo
}
criterion_main!(benches);
