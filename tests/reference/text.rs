//! Scenario text, table by table: what a user would write into a file.

/// A scenario in the making.
pub struct Text(String);

impl Text {
    /// A scenario that is open all day for so many days, in a steady state from the start.
    pub fn steady(days: u64) -> Self {
        Self(String::new())
            .table("calendar")
            .key("days", days)
            .key("interval", "\"60m\"")
            .table("run")
            .key("start", "\"steady\"")
    }

    /// A scenario that is open for so many hours of one day, in a steady state from the start.
    pub fn steady_hours(hours: u64) -> Self {
        Self(String::new())
            .table("calendar")
            .key("interval", "\"60m\"")
            .key("open", format!("\"00:00-{hours:02}:00\""))
            .table("run")
            .key("start", "\"steady\"")
    }

    /// Days, open round the clock, that start empty; `interval` in minutes.
    pub fn empty(days: u64, interval: u64) -> Self {
        Self(String::new()).table("calendar").key("days", days).key("interval", format!("\"{interval}m\""))
    }

    /// A day that starts empty; `open` as in a scenario, `interval` in minutes.
    pub fn day(open: &str, interval: u64) -> Self {
        Self(String::new())
            .table("calendar")
            .key("interval", format!("\"{interval}m\""))
            .key("open", format!("\"{open}\""))
    }

    /// Opens a table.
    pub fn table(mut self, name: &str) -> Self {
        self.0.extend(["\n[", name, "]\n"]);
        self
    }

    /// Adds a key to the table opened last.
    pub fn key(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.0.extend([name, " = ", &value.to_string(), "\n"]);
        self
    }

    /// Adds a key if there is a value.
    pub fn maybe(self, name: &str, value: Option<impl std::fmt::Display>) -> Self {
        match value {
            Some(value) => self.key(name, value),
            None => self,
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Arrivals at a constant rate.
pub fn per_hour(rate: f64) -> String {
    format!("{{ per_hour = {rate} }}")
}

/// Arrivals by interval.
pub fn per_interval(volumes: &[f64]) -> String {
    format!("{{ per_interval = {volumes:?} }}")
}

/// A duration in seconds.
pub fn seconds(seconds: f64) -> String {
    format!("\"{seconds}s\"")
}

/// A list of durations in seconds.
pub fn all_seconds(list: &[f64]) -> String {
    format!("[{}]", list.iter().map(|s| seconds(*s)).collect::<Vec<_>>().join(", "))
}

/// An exponential law by its mean in seconds.
pub fn exponential(mean: f64) -> String {
    format!("{{ exponential = {{ mean = {} }} }}", seconds(mean))
}

/// A law that gives always the same, in seconds.
pub fn fixed(value: f64) -> String {
    format!("{{ fixed = {} }}", seconds(value))
}
