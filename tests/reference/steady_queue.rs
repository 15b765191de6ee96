//! One queue in a steady state, whatever its laws: text, and the figures that every such model has in common.

use super::book::Page;
use super::folder::{number, optional};
use super::size::Size;
use super::text::{Text, all_seconds, exponential, per_hour};
use serde_json::Value;

/// Contacts of a replication, unless the way to the steady state has more.
const CONTACTS: f64 = 5000.0;

/// The model.
pub struct SteadyQueue {
    /// Contacts an hour.
    pub calls_per_hour: f64,
    /// Mean handle time, s.
    pub aht: f64,
    /// The law of handle time, as in a scenario.
    pub handle: String,
    /// The law of patience, as in a scenario.
    pub patience: Option<String>,
    /// Mean patience, s.
    pub mean_patience: Option<f64>,
    /// Agents.
    pub agents: u64,
    /// Lines.
    pub lines: Option<u64>,
    /// Thresholds, s.
    pub within: Vec<f64>,
    /// Counted hours of a replication; nothing for as many as make sense.
    pub hours: Option<u64>,
}

impl SteadyQueue {
    /// A row's calls, handle time (exponential), patience (exponential) and agents.
    pub fn of(row: &Value, within: &[f64]) -> Self {
        let aht = number(&row["aht_s"]);
        let mean_patience = row.get("patience_mean_s").or(row.get("patience_s")).and_then(optional);
        Self {
            calls_per_hour: number(&row["calls_per_hour"]),
            aht,
            handle: exponential(aht),
            patience: mean_patience.map(exponential),
            mean_patience,
            agents: row["n"].as_u64().unwrap(),
            lines: row.get("K_trunks").and_then(Value::as_u64),
            within: within.to_vec(),
            hours: None,
        }
    }

    /// Counted hours that give enough contacts and are no fewer than those of the run-in.
    fn enough_hours(&self) -> u64 {
        let run_in = 12.0 * self.aht.max(self.mean_patience.unwrap_or(0.0)) / 3600.0;
        (CONTACTS / self.calls_per_hour).max(run_in).ceil() as u64
    }

    /// The scenario.
    pub fn text(&self, size: Size) -> Text {
        let hours = self.hours.unwrap_or_else(|| self.enough_hours() * size.stretch);
        let text =
            if hours <= 23 { Text::steady_hours(hours) } else { Text::steady(hours.div_ceil(24).min(366)) };
        text.table("queue.calls")
            .key("arrivals", per_hour(self.calls_per_hour))
            .key("handle", &self.handle)
            .maybe("patience", self.patience.as_ref())
            .maybe("lines", self.lines)
            .key("report_within", all_seconds(&self.within))
            .table("group.agents")
            .key("serves", "[\"calls\"]")
            .key("agents", self.agents)
    }
}

/// The four service levels of a row at a threshold: keys are `sl_offered{suffix}` and so on. At threshold 0 nobody has
/// hung up yet, so that three of them are one figure.
pub fn service_levels(page: &mut Page<'_>, row: &Value, within: f64, suffix: &str) {
    let found = page.at(0, within).clone();
    let mut compare = |definition: &str, found| {
        let key = format!("sl_{definition}{suffix}");
        page.share(0, &key, found, number(&row[&key]));
    };
    compare("offered", found.offered);
    compare("answered", found.answered);
    if within > 0.0 {
        compare("excl_short_ab", found.ignore_early);
        compare("either", found.credit_early);
    }
}
