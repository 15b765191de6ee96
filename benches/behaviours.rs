//! CPU time per contact of shipped scenarios in which customers and agents do more than call and answer, everything
//! included, on one core.
//!
//! A contact is one on the tape: a customer's first. What comes of it (redials, repeat calls, transfers, callbacks, replies)
//! is paid by it; the line before each scenario says how much comes of it.

mod workloads;

use criterion::{Criterion, criterion_group, criterion_main};
use headcount::model::Model;
use headcount::montecarlo::{Job, Staffing, fresh_demand, measure};
use headcount::scenario::Override;
use headcount::stats::Fixed;
use workloads::{per_contact, read, replicate};

/// The scenarios, and the agents of those that leave them to be planned.
const SCENARIOS: [(&str, Option<&str>); 5] = [
    ("chat-three-at-a-time", Some("chat-team=9")),
    ("blended-phone-mail-chat", None),
    ("callback-policy", None),
    ("redials-and-repeats", None),
    ("omnichannel-week", None),
];

fn behaviours(criterion: &mut Criterion) {
    workloads::one_thread();
    for (name, agents) in SCENARIOS {
        let agents: Vec<Override> = agents.into_iter().map(Override::agents).collect();
        let model = of_first_contacts(read(&format!("scenarios/{name}.toml"), &agents));
        let staffing = Staffing::given(&model);
        introduce(name, &model, &staffing);
        let mut group = criterion.benchmark_group(name);
        per_contact(&mut group, "replicate", model.expected_contacts(), |first, replications| {
            replicate(&model, &staffing, first, replications)
        });
        group.finish();
    }
}

/// As `headcount simulate` does it: volumes that count every attempt become those of first contacts.
fn of_first_contacts(model: Model) -> Model {
    if !model.queues.iter().any(|queue| queue.journey.all_attempts) {
        return model;
    }
    let staffing = Staffing::given(&model);
    fresh_demand(&model, &staffing, model.run.seed).expect("returns settle").model
}

/// Says what a contact is in this scenario.
#[allow(clippy::print_stdout)] // A bench prints.
fn introduce(name: &str, model: &Model, staffing: &Staffing) {
    let finished = Job::new(model, staffing, 1).run(&mut Fixed(10));
    let contacts = finished.gather.contacts as f64 / finished.gather.replications as f64;
    let outcome = measure(model, staffing, &finished, 0.95);
    let offered = outcome.total.offered.map_or(0.0, |offered| offered.mean) * model.open_days() as f64;
    println!(
        "\n{name}: {contacts:.0} contacts a replication, offered to queues {:.2} times each",
        offered / contacts
    );
}

criterion_group! {
    name = benches;
    config = workloads::settings();
    targets = behaviours
}
criterion_main!(benches);
