//! `headcount batch`.

use super::{Changes, Output, Run};
use clap::Args;

/// `headcount batch`.
#[derive(Debug, Args)]
#[command(
    about = "Many scenarios in one go\n\nPlans every scenario that has groups to plan and simulates the others as they are staffed, one after the other. A faulty one is named and left out; what was finished before with the same files, version, seed and replications is taken as it is, so that a batch can be stopped and started again. Writes a folder for each scenario and one table of all.",
    after_help = "\
Examples:
  headcount batch 'scenarios/*.toml'
  headcount batch 'rosters/*.toml' --simulate --quiet --format csv > summary.csv
  headcount batch centre-a.toml centre-b.toml --out plans/november --workbook

Exit codes: 0 every promise of every scenario is met; 1 one is not; 2 a scenario
is faulty; 3 a file could not be read or written; 130 interrupted."
)]
pub(crate) struct Batch {
    /// Scenario files; a pattern in quotes, such as 'scenarios/*.toml', is expanded here
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,

    /// Simulate all as they are staffed, plan none
    #[arg(long)]
    pub(crate) simulate: bool,

    /// Play everything anew, whatever was finished before
    #[arg(long)]
    pub(crate) anew: bool,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,

    /// Also summary.xlsx: the table of all as an Excel workbook
    #[arg(long, conflicts_with = "no_files", help_heading = "To take away")]
    pub(crate) workbook: bool,
}
