//! Many replications on all cores, and what they add up to.

mod digest;
mod frame;
mod gather;
mod level;
pub mod outcome;
mod replicate;
mod slice;
mod sweep;
mod tested;
mod yardstick;

pub use frame::Frame;
pub use gather::Gather;
pub use level::Level;
pub use outcome::{Outcome, Verdict};
pub use replicate::{Finished, Job};
pub use sweep::{Ask, Counts, Stage};
