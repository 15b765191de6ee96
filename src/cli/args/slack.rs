//! `headcount slack`.

use super::{Changes, Output, Run};
use clap::Args;
use std::path::PathBuf;

/// `headcount slack`.
#[derive(Debug, Args)]
#[command(
    about = "When how many people can be spared\n\nFor training, a meeting, a late lunch: for every stretch of the day, how many of each group can be taken off in it while every promise is still kept. What queues up meanwhile and is served afterwards is counted.",
    after_help = "\
Examples:
  headcount slack support.toml
  headcount slack support.toml --for 1h
  headcount slack support.toml --for 1h --agents crew=26 --format csv

Exit codes: 0 done; 1 a promise is not kept as it stands."
)]
pub(crate) struct Slack {
    /// The scenario
    pub(crate) file: PathBuf,

    /// For how long at a stretch: a multiple of the interval [default: one interval]
    #[arg(long = "for", value_name = "TIME")]
    pub(crate) length: Option<String>,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,
}
