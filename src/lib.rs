//! How many agents does a contact centre need, and how sure are we?

pub mod cli;
pub mod engine;
pub mod erlang;
pub mod exports;
pub mod history;
pub mod model;
pub mod montecarlo;
pub mod plan;
pub mod random;
pub mod report;
pub mod roster;
pub mod scenario;
pub mod shifts;
pub mod stats;
pub mod units;
