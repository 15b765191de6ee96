//! How much is simulated.

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
