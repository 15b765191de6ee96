//! `headcount why`.

use super::{Changes, Output, Run};
use clap::Args;
use std::path::PathBuf;

/// `headcount why`.
#[derive(Debug, Args)]
#[command(
    about = "Why so many, and what would change it\n\nPlans the scenario, then plans it again with one thing changed at a time: from the bare work to the answer, cause by cause; volume, handle time, patience, shrinkage, concurrency and the promised wait less and more; other promises and what they cost. Shows how wrong the forecast may be, and where one agent more helps most. Takes some twenty to thirty times as long as the plan.",
    after_help = "\
Examples:
  headcount why support.toml
  headcount why support.toml --swing 5%
  headcount why support.toml --replications 200 --format csv

Exit codes: 0 done; 1 no staffing meets every promise."
)]
pub(crate) struct Why {
    /// The scenario
    pub(crate) file: PathBuf,

    /// By how much each thing is turned down and up
    #[arg(long, value_name = "SHARE", default_value = "10%")]
    pub(crate) swing: String,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,
}
