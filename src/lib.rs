//! How many agents does a contact centre need, and how sure are we?

pub mod model;
pub mod scenario;
pub mod units;
