//! CPU time per contact without statistics over replications: drawing the tape, playing it, both.

mod workloads;

use criterion::{Criterion, criterion_group, criterion_main};
use headcount::engine::{Run, Staffing, Tape};
use headcount::model::Model;
use workloads::per_contact;

fn workload(criterion: &mut Criterion, name: &str, model: &Model) {
    let staffing = Staffing::given(model);
    let mut tape = Tape::draw(model, 1, 0);
    let mut run = Run::new(model);
    let contacts = model.expected_contacts();
    let mut group = criterion.benchmark_group(name);
    per_contact(&mut group, "tape and play", contacts, |first, replications| {
        let one = |replication| {
            tape.redraw(model, 1, replication);
            run.play(&tape, &staffing, &mut ());
            tape.contacts() as u64
        };
        (first..first + replications).map(one).sum()
    });
    per_contact(&mut group, "tape", contacts, |first, replications| {
        let one = |replication| {
            tape.redraw(model, 1, replication);
            tape.contacts() as u64
        };
        (first..first + replications).map(one).sum()
    });
    tape.redraw(model, 1, 0);
    per_contact(&mut group, "play", contacts, |_, replications| {
        for _ in 0..replications {
            run.play(&tape, &staffing, &mut ());
        }
        replications * tape.contacts() as u64
    });
    group.finish();
}

fn engine(criterion: &mut Criterion) {
    for (name, model) in workloads::all() {
        workload(criterion, name, &model);
    }
}

criterion_group! {
    name = benches;
    config = workloads::settings();
    targets = engine
}
criterion_main!(benches);
