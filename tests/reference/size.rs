//! How much is simulated.
//!
//! The size was changed once after a look, so it is told here. The first, 100 replications of at most 5 days, missed 17
//! of 1,124 figures where chance allows 11: 5 of days, 12 of two models of `multiskill`, whose figures miss together. 70
//! further samples of that size, of days, priorities and skills with other seeds, missed 63 of 21,420 figures, which is
//! the 0.3% that chance brings, and no figure leaned to one side. The seeds stayed, and the size was raised to what a
//! test run has time for.

/// How large the runs are.
#[derive(Clone, Copy)]
pub struct Size {
    /// Replications of every model in a steady state.
    pub replications: u64,
    /// Days of a replication where customers of several kinds compete. The last few minutes of a run are not like the
    /// others, since nobody comes after them who would be served first: the days make them too few to matter.
    pub days: u64,
    /// Factor on the hours of a replication of one queue in a steady state.
    pub stretch: u64,
    /// The most contacts an hour.
    pub busiest: f64,
}

impl Size {
    /// Within two minutes, for every test run.
    pub const USUAL: Self = Self { replications: 400, days: 10, stretch: 1, busiest: 20_000.0 };
    /// Everything, ten times as closely.
    pub const LARGE: Self = Self { replications: 1000, days: 20, stretch: 4, busiest: f64::INFINITY };
}

impl Size {
    /// Replications of a day with so many contacts.
    pub fn days_of(self, contacts: f64) -> u64 {
        (self.replications as f64 * 25_000.0 / contacts) as u64
    }
}
