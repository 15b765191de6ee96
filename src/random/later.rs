//! What a contact meets after the tape was drawn: a second queue, another attempt.
//!
//! The event loop consumes no stream. A contact's later draws are pure functions of (contact seed, attempt, purpose),
//! so they are the same whatever the staffing and in whatever order contacts get there.

use super::sampler::{Sampler, exponential};
use super::stream::{Generator, Purpose, Stream, mix};
use crate::model::Law;
use crate::units::Micros;
use rand::SeedableRng;

/// The private seeds of the contacts of a queue's stream.
#[derive(Clone, Copy, Debug)]
pub struct Seeds(u64);

impl Seeds {
    /// Those of this stream.
    pub fn of(stream: Stream) -> Self {
        Self(stream.seed(Purpose::Contact))
    }

    /// The private seed of contact number `k`.
    #[inline]
    pub fn seed(self, k: u64) -> u64 {
        mix(self.0 ^ k)
    }
}

/// The private seed of contact number `k` of a queue's stream.
pub fn contact_seed(stream: Stream, k: u64) -> u64 {
    Seeds::of(stream).seed(k)
}

/// The seed of a contact's own generator for one attempt and purpose.
fn seed(contact: u64, attempt: u32, queue: usize, purpose: Purpose) -> u64 {
    Stream::of_queue(contact, u64::from(attempt), super::Phase::Main, queue).seed(purpose)
}

/// A contact's own generator for one attempt and purpose.
fn generator(contact: u64, attempt: u32, queue: usize, purpose: Purpose) -> Generator {
    Generator::seed_from_u64(seed(contact, attempt, queue, purpose))
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
    first_uniform(seed(contact, attempt, queue, purpose))
}

/// What the generator with this seed would draw first as a number in [0, 1). A coin needs nothing else of it: of the
/// four words of its state, which are steps of `SplitMix64`, xoshiro256++ adds the first and the last, rotates, and adds
/// the first again; the upper 53 bits are what a double holds.
fn first_uniform(seed: u64) -> f64 {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let first = mix(seed);
    let last = mix(seed.wrapping_add(STEP.wrapping_mul(3)));
    let word = first.wrapping_add(last).rotate_left(23).wrapping_add(first);
    (word >> 11) as f64 / 9_007_199_254_740_992.0
}

/// The private seed of a contact that follows from another one of the same customer; `kind` tells its ways apart.
pub fn follow(contact: u64, kind: u64) -> u64 {
    mix(contact ^ mix(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;

    #[test]
    fn a_coin_is_the_first_draw_of_its_generator() {
        for n in 0..1000 {
            let seed = mix(n);
            let drawn: f64 = Generator::seed_from_u64(seed).random();
            assert_eq!(first_uniform(seed).to_bits(), drawn.to_bits());
        }
    }
}
