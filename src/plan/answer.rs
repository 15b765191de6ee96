//! What a plan found: plain data, filled by the search and read by the reports.
//!
//! Whatever is per interval has one value for every interval of the run (the grid's length). Serialised, an answer is
//! the `plan` object of `results.json`; the outcome is not part of it, because it fills the rest of that file.

use serde::Serialize;

use crate::montecarlo::{Outcome, Verdict};
use crate::stats::Estimate;

/// What a plan found.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// Whether the chosen staffing meets every target, on replications the search never saw.
    pub verdict: Verdict,
    /// Whether any staffing was found at all.
    pub reached: Reached,
    /// The chosen staff of every planned group, in the model's order.
    pub groups: Vec<GroupPlan>,
    /// What was made as small as possible: `agent_hours`, `cost` or `headcount`.
    pub objective: String,
    /// Chance that the certified answer is wrong, over the whole search.
    pub error: f64,
    /// What was certified, and how.
    pub certificate: Certificate,
    /// The leanest staffing that cannot be told apart from the promise, where one lies below the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaner: Option<Leaner>,
    /// The goal without which fewer agents would do, in words: "phone: 90% within 2m".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<String>,
    /// The fewest agents that keep the promise in the long run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_average: Option<Promise>,
    /// The fewest agents that keep it on nine days in ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nine_in_ten: Option<Promise>,
    /// What the formulas would have asked for, and what that would have given.
    pub alternatives: Vec<Alternative>,
    /// What one agent less in one group would do, where several groups were planned together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub one_less: Vec<OneLess>,
    /// How much less theory thinks possible, where several groups were planned together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower_bound: Option<LowerBound>,
    /// The answer's neighbours, in order of agents: what one agent more or less changes.
    pub curve: Vec<CurvePoint>,
    /// The chosen staffing on replications the search never saw.
    #[serde(skip)]
    pub outcome: Outcome,
    /// What the reader must know besides, such as what the risk does not include; one sentence each, no full stop.
    pub notes: Vec<String>,
}

/// Whether a staffing was found that may meet every target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// It was found; [`Answer::groups`] holds it.
    Found,
    /// No staffing within the bounds meets every target; [`Answer::groups`] holds the best that was tried.
    Unreachable {
        /// Why, in words that name the bound or the promise that cannot be kept; no full stop.
        reason: String,
    },
}

/// The chosen staff of one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupPlan {
    /// The group's name in the scenario.
    pub name: String,
    /// Agents at work in each interval; 0 while closed.
    pub agents: Vec<u32>,
    /// Agents to schedule in each interval, so that so many are at work after shrinkage.
    pub scheduled: Vec<u32>,
    /// Hours of agents at work, over the whole run.
    pub agent_hours: f64,
    /// Hours of agents scheduled, over the whole run.
    pub scheduled_hours: f64,
    /// Scheduled hours × rate, over the whole run, where the group has a rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

impl GroupPlan {
    /// Most agents at work at once.
    pub fn peak(&self) -> u32 {
        self.agents.iter().copied().max().unwrap_or(0)
    }

    /// Most agents scheduled at once.
    pub fn scheduled_peak(&self) -> u32 {
        self.scheduled.iter().copied().max().unwrap_or(0)
    }
}

/// What was certified, and on which replications.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Certificate {
    /// Where the numbers come from.
    pub label: Label,
    /// What was tested and how it ended, in words: "21 agents meet every target, 20 miss".
    pub statement: String,
    /// How the next smaller staffing did, where it was tested: missed certifies that nothing smaller would do,
    /// undecided says that it cannot be told apart from the goal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fewer: Option<Verdict>,
    /// How many staffings were tested; the error is spent over all of them.
    pub candidates: u64,
    /// The replications that the search used.
    pub search: Sample,
    /// The replications that confirmed the answer, none of which the search had used.
    pub confirmation: Sample,
}

/// A staffing with less than the answer that is neither shown to keep its promises nor shown to miss one, on customers
/// that the search never saw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leaner {
    /// The staff of every planned group, in the order of the answer's.
    pub groups: Vec<GroupPlan>,
    /// The promise that is worst kept, in words: "phone: 90% within 2m".
    pub target: String,
    /// Whether its figure is a share.
    #[serde(skip)]
    pub is_share: bool,
    /// Its figure with a 95% interval, from which what the tape explains is taken away: a share, or seconds. The
    /// interval holds the goal, or lies on its good side.
    pub level: Estimate,
    /// The replications.
    pub sample: Sample,
}

/// A stretch of replications: `first .. first + replications` of one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// The seed.
    pub seed: u64,
    /// Number of the first replication.
    pub first: u64,
    /// How many replications; for a search, the most that any candidate needed.
    pub replications: u64,
}

/// Where the numbers of a certificate come from (rule 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Estimated by simulation, with computing error.
    Simulated,
    /// Solved: constant rates in steady state, or the transient model itself.
    Exact,
}

/// One staffing that keeps the promise in one sense, and what it gives. Staffing numbers count all planned groups
/// together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Promise {
    /// Most agents at work at once.
    pub agents: u32,
    /// Most agents scheduled at once.
    pub scheduled: u32,
    /// Hours of agents at work per day.
    pub agent_hours: f64,
    /// Hours of agents scheduled per day.
    pub scheduled_hours: f64,
    /// Scheduled hours × rates per day, where every planned group has a rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
    /// The promised measure of the first target, such as its service level (a share) or its mean wait (seconds).
    pub level: Estimate,
    /// Share of days on which every target would have been kept, day by day.
    pub days_met: Estimate,
    /// Customers who hang up per day, all queues.
    pub lost_per_day: Estimate,
}

/// What another method would have asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// The method: "Erlang C".
    pub name: String,
    /// Most agents at work at once, all planned groups together.
    pub agents: u32,
    /// Hours of agents at work per day.
    pub agent_hours: f64,
    /// The service level of the first target when its staffing is simulated here, where that was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Estimate>,
    /// The share that hangs up, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abandonment: Option<Estimate>,
    /// Why it differs, in words: "supposes that nobody ever hangs up"; no full stop.
    pub why: String,
}

/// One staffing near the answer, simulated on the same customers as its neighbours.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Most agents at work at once, all planned groups together.
    pub agents: u32,
    /// Agents more (or fewer, if negative) than the answer, in every open interval.
    pub offset: i32,
    /// Hours of agents at work per day.
    pub agent_hours: f64,
    /// The service level of the first target.
    pub level: Estimate,
    /// What a single day may bring, where the days were kept: the band of the chart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<DayRange>,
    /// The share of offered contacts that hang up.
    pub abandonment: Estimate,
    /// Customers who hang up per day, all queues.
    pub lost_per_day: Estimate,
    /// Share of days on which every target would have been kept, day by day.
    pub days_met: Estimate,
    /// Scheduled hours × rates per day, where every planned group has a rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// The answer with one agent less in one group, on customers that the search never saw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OneLess {
    /// The group.
    pub group: String,
    /// Most agents at work at once that it is left with.
    pub agents: u32,
    /// Whether every target would still be kept.
    pub verdict: Verdict,
    /// The target that suffers most, in words: "sales: 85% within 20s".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Its figure: a share, or seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Estimate>,
}

/// The least that theory thinks possible, in the objective's unit over the whole run: the cheapest staff with which every
/// set of queues has the agents that one pooled queue would need.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LowerBound {
    /// Hours, money or people.
    pub value: f64,
    /// The same of the answer.
    pub answer: f64,
    /// What it takes for granted, in words; no full stop.
    pub assumes: String,
}

/// Where nine days in ten lie.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DayRange {
    /// The 5th percentile of the daily service level.
    pub p5: f64,
    /// The 95th percentile.
    pub p95: f64,
}
