//! Chance, named and reproducible.
//!
//! Every random number belongs to a stream named by (seed, replication, queue, purpose); nothing is shared between
//! replications, so they can run in any order on any number of threads. [`later`] is for what a contact meets after
//! the tape was drawn: a pure function of the contact's seed, the attempt and the purpose.

mod exp;
pub mod later;
mod layers;
pub mod sampler;
pub mod stream;
mod ziggurat;

pub use sampler::Sampler;
pub use stream::{Generator, Phase, Purpose, Stream};
