//! Targets to agents.
mod answer;
mod claims;
mod fault;
mod job;
mod ladder;
mod purse;
mod search;
mod settings;
mod sweep;
mod trial;
mod warm_start;
mod watch;
mod words;

pub use answer::*;
pub use fault::PlanError;
pub use settings::{Bound, Settings};
pub use watch::{Event, Watch};
