//! What a contact costs when a scenario is played with other agents, volumes, handle times and patiences: eleven of each on
//! the same customers, played together (as `headcount sweep` does) and each by itself.
//!
//! CPU nanoseconds per contact on one core, everything that is compared included; the least of some rounds, in each of
//! which both ways have their turn. `-- --test` plays each shortly.
#![allow(clippy::print_stdout)] // A bench prints.

mod workloads;

use headcount::model::{Lever, Model};
use headcount::montecarlo::Staffing;
use headcount::montecarlo::compare::{Entrant, play};
use std::hint::black_box;
use workloads::busy;

const FACTORS: [f64; 11] = [1.0, 0.90, 0.92, 0.94, 0.96, 0.98, 1.02, 1.04, 1.06, 1.08, 1.10];

fn main() {
    workloads::one_thread();
    let shortly = std::env::args().any(|word| word == "--test");
    let (rounds, contacts) = if shortly { (1, 1.0) } else { (5, 1e7) };
    println!("\n| workload | what changes | each by itself | together | ratio |");
    println!("|---|---|--:|--:|--:|");
    for (name, model) in workloads::all() {
        let levers = [Lever::Agents, Lever::Volume, Lever::HandleTime, Lever::Patience];
        for lever in levers {
            let models = FACTORS.map(|factor| model.swung(lever, factor).unwrap_or_else(|| model.clone()));
            let replications = (contacts / model.expected_contacts()).ceil() as u64;
            let [mut alone, mut together] = [f64::INFINITY; 2];
            for _ in 0..rounds {
                alone = alone.min(models.iter().map(|model| ns(&[model], replications)).sum::<f64>());
                together = together.min(ns(&models.each_ref(), replications));
            }
            let all: f64 = models.iter().map(Model::expected_contacts).sum::<f64>() * replications as f64;
            let [alone, together] = [alone / all, together / all];
            println!("| {name} | {} | {alone:.1} | {together:.1} | {:.2} |", lever.name(), together / alone);
        }
    }
}

/// CPU nanoseconds of playing them on the same customers.
fn ns(models: &[&Model], replications: u64) -> f64 {
    let staffings: Vec<Staffing> = models.iter().map(|model| Staffing::given(model)).collect();
    let entrants = models.iter().zip(&staffings).map(|(model, staffing)| Entrant { model, staffing });
    let start = busy();
    black_box(play(&entrants.collect::<Vec<_>>(), 1, replications, &|_| true));
    busy().saturating_sub(start).as_nanos() as f64
}
