//! `headcount compare` and `headcount sweep`.

use super::{Changes, Output, Run};
use clap::Args;
use std::path::PathBuf;

/// `headcount compare`.
#[derive(Debug, Args)]
#[command(
    about = "Several scenarios on the same customers\n\nPlays each as it is staffed, on the same customers, and shows how their figures differ and whether the difference can be told from chance. Differences are from the first.",
    after_help = "\
Examples:
  headcount compare today.toml with-callbacks.toml
  headcount compare two-lines.toml one-line.toml --set demand.forecast_scale=1.2
  headcount compare a.toml b.toml c.toml --replications 4000 --format csv
  headcount compare today.toml with-callbacks.toml --report"
)]
pub(crate) struct Compare {
    /// The scenarios, at least two; differences are from the first
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,

    /// Also report.html: one page to print or pass on, with the differences, the charts and every scenario
    #[arg(long, conflicts_with = "no_files", help_heading = "To take away")]
    pub(crate) report: bool,
}

/// `headcount sweep`.
#[derive(Debug, Args)]
#[command(
    about = "One scenario with other values of some keys, side by side\n\nEvery --set with several values, parted by commas, is tried with each of them; several such flags give every combination. All are played on the same customers as the scenario as it stands. With --swing, what a change of volume, handle time, patience, staff, shrinkage, concurrency and the promised wait in either direction would do.",
    after_help = "\
Examples:
  headcount sweep support.toml --set group.crew.agents=20,22,24
  headcount sweep support.toml --set demand.forecast_scale=0.9,1.1 --set queue.phone.balk=0,5%
  headcount sweep support.toml --swing
  headcount sweep support.toml --swing 20% --agents crew=24"
)]
pub(crate) struct Sweep {
    /// The scenario
    pub(crate) file: PathBuf,

    /// Change volume, handle time, patience, staff, shrinkage and the promised wait by this share, concurrency by one, down and up [10% if no share is given]
    #[arg(long, value_name = "SHARE", num_args = 0..=1, default_missing_value = "10%")]
    pub(crate) swing: Option<String>,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,

    /// Also report.html: one page to print or pass on, with the differences, the charts and every scenario
    #[arg(long, conflicts_with = "no_files", help_heading = "To take away")]
    pub(crate) report: bool,
}
