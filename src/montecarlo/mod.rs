//! Many replications on all cores.

pub mod outcome;

pub use outcome::Outcome;
