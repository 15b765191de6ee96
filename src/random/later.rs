//! What a contact meets after the tape was drawn: a second queue, another attempt.
//!
//! The event loop consumes no stream. A contact's later draws are pure functions of (contact seed, attempt, purpose),
//! so they are the same whatever the staffing and in whatever order contacts get there.

use super::sampler::{Sampler, exponential};
use super::stream::{Generator, Purpose, Stream, mix};
use crate::model::Law;
use crate::units::Micros;
use rand::{RngExt, SeedableRng};

/// The private seed of contact number `k` of a queue's stream.
pub fn contact_seed(stream: Stream, k: u64) -> u64 {
    mix(stream.seed(Purpose::Contact) ^ k)
}

/// A contact's own generator for one attempt and purpose.
fn generator(contact: u64, attempt: u32, queue: usize, purpose: Purpose) -> Generator {
    let family = Stream::of_queue(contact, u64::from(attempt), super::Phase::Main, queue);
    Generator::seed_from_u64(family.seed(purpose))
}

/// A duration for a contact's later attempt in `queue`, joined in interval `i` of the run.
pub fn duration(contact: u64, attempt: u32, queue: usize, purpose: Purpose, law: &Law, i: usize) -> Micros {
    let draw = Sampler::new(&law.shape).draw(&mut generator(contact, attempt, queue, purpose));
    Micros::from_secs_f64(draw * law.mean.at(i))
}

/// An exponential duration of mean `mean` for a contact's later attempt in `queue`.
pub fn exponential_of(mean: Micros, contact: u64, attempt: u32, queue: usize, purpose: Purpose) -> Micros {
    let draw = exponential(&mut generator(contact, attempt, queue, purpose));
    Micros::from_secs_f64(draw * mean.as_secs_f64())
}

/// A coin that falls with probability `share` for a contact's later attempt in `queue`.
pub fn coin(contact: u64, attempt: u32, queue: usize, purpose: Purpose, share: f64) -> bool {
    uniform(contact, attempt, queue, purpose) < share
}

/// A number in [0, 1) for a contact's later attempt in `queue`.
pub fn uniform(contact: u64, attempt: u32, queue: usize, purpose: Purpose) -> f64 {
    generator(contact, attempt, queue, purpose).random::<f64>()
}

/// The private seed of a contact that follows from another one of the same customer; `kind` tells its ways apart.
pub fn follow(contact: u64, kind: u64) -> u64 {
    mix(contact ^ mix(kind))
}
