//! Service levels and waits as results tell them: by threshold, as percentiles, day by day (see [`super::outcome`]).

use super::outcome::whole_or_real;
use crate::stats::Estimate;
use serde::Serialize;

/// One threshold, every definition of the service level.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ServiceLevel {
    /// The threshold T.
    #[serde(serialize_with = "whole_or_real")]
    pub within_s: f64,
    /// Answered within T over all offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Estimate>,
    /// Answered within T over answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Estimate>,
    /// Who hangs up within T does not count at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_early: Option<Estimate>,
    /// Who hangs up within T counts as answered in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_early: Option<Estimate>,
    /// Who hangs up within the short threshold of a target does not count at all; only where a target says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_short: Option<Estimate>,
    /// Who hangs up within the short threshold of a target counts as answered in time; only where a target says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_short: Option<Estimate>,
}

/// Percentiles of waits, in seconds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WaitPercentiles {
    /// The median.
    #[serde(rename = "50", skip_serializing_if = "Option::is_none")]
    pub p50: Option<Estimate>,
    /// Nine in ten wait no longer.
    #[serde(rename = "90", skip_serializing_if = "Option::is_none")]
    pub p90: Option<Estimate>,
    /// Nineteen in twenty wait no longer.
    #[serde(rename = "95", skip_serializing_if = "Option::is_none")]
    pub p95: Option<Estimate>,
    /// Ninety-nine in a hundred wait no longer.
    #[serde(rename = "99", skip_serializing_if = "Option::is_none")]
    pub p99: Option<Estimate>,
}

/// The service level day by day. Its spread is chance that no number of replications takes away.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DayServiceLevel {
    /// Mean of the days' service levels: busy days weigh no more than quiet ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<Estimate>,
    /// Where most days lie.
    pub percentiles: DayPercentiles,
    /// The threshold at which the days are measured, in seconds.
    #[serde(skip)]
    pub within_s: f64,
    /// The definition by which the days are measured.
    #[serde(skip)]
    pub definition: &'static str,
    /// The share promised by the first `answered` target, if there is one.
    #[serde(skip)]
    pub goal: Option<f64>,
    /// Share of days at or above `goal`.
    #[serde(skip)]
    pub days_met: Option<Estimate>,
    /// Days by service level, for a chart.
    #[serde(skip)]
    pub bins: Vec<Bin>,
}

/// Percentiles over days.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DayPercentiles {
    /// One day in twenty is worse.
    #[serde(rename = "5", skip_serializing_if = "Option::is_none")]
    pub p5: Option<Estimate>,
    /// The median day.
    #[serde(rename = "50", skip_serializing_if = "Option::is_none")]
    pub p50: Option<Estimate>,
    /// One day in twenty is better.
    #[serde(rename = "95", skip_serializing_if = "Option::is_none")]
    pub p95: Option<Estimate>,
}

/// One bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Its left end (seconds, or a share).
    pub low: f64,
    /// Its right end.
    pub high: f64,
    /// How many fell into it, over all replications.
    pub count: u64,
}
