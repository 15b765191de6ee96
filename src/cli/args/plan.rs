//! `headcount plan`, with a scenario file or with nothing but flags.

use super::{Changes, Output, Run, Takeaway};
use crate::cli::quantity::{self, Duration, Promise, Rate, Share};
use clap::Args;
use std::path::PathBuf;

/// `headcount plan`.
#[derive(Debug, Args)]
#[command(
    about = "How many agents keep the promise, and how sure that is\n\nFinds the fewest agents (or the cheapest) that meet every target of the scenario, interval by interval, and confirms them on days that the search never saw. Says how many keep the promise on average, and how many keep it on nine days in ten.",
    after_help = "\
Examples:
  headcount plan support.toml
  headcount plan support.toml --set demand.day_factor_cv=12% --out plans/risky
  headcount plan --calls 240/h --aht 5m --patience 3m --target \"90% in 2m\"
  headcount plan --calls 240/h --aht 5m --patience 3m --target \"90% in 2m\" \\
      --open 08:00-20:00 --shrinkage 30% --save support.toml

Exit codes: 0 planned; 1 a target cannot be met or stays undecided."
)]
pub(crate) struct Plan {
    /// The scenario
    #[arg(required_unless_present = "calls")]
    pub(crate) file: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) quick: Quick,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) takeaway: Takeaway,
}

/// A scenario of one queue and one group, told by flags.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Without a file")]
pub(crate) struct Quick {
    /// Contacts and the time they come in: 240/h
    #[arg(long, value_name = "N/TIME", value_parser = quantity::rate, conflicts_with = "file", requires_all = ["aht", "target"])]
    pub(crate) calls: Option<Rate>,

    /// Average handle time, wrap-up included: 5m
    #[arg(long, value_name = "TIME", value_parser = quantity::some_duration, requires = "calls")]
    pub(crate) aht: Option<Duration>,

    /// How long customers wait before they hang up, on average: 3m; without it, for ever
    #[arg(long, value_name = "TIME", value_parser = quantity::some_duration, requires = "calls")]
    pub(crate) patience: Option<Duration>,

    /// The promise: "90% in 2m" (repeatable; all must hold)
    #[arg(long, value_name = "PROMISE", value_parser = quantity::promise, requires = "calls")]
    pub(crate) target: Vec<Promise>,

    /// A second promise: at most this share hangs up
    #[arg(long, value_name = "SHARE", value_parser = quantity::some_share, requires = "calls")]
    pub(crate) abandoned: Option<Share>,

    /// Opening hours: 08:00-20:00 [default: 08:00-18:00]
    #[arg(long, value_name = "HH:MM-HH:MM", requires = "calls")]
    pub(crate) open: Option<String>,

    /// Share of paid time away from contacts: 30%
    #[arg(long, value_name = "SHARE", value_parser = quantity::share, requires = "calls")]
    pub(crate) shrinkage: Option<Share>,

    /// Save the scenario that the flags tell to this file, to go on from there
    #[arg(long, value_name = "FILE", requires = "calls")]
    pub(crate) save: Option<PathBuf>,
}
