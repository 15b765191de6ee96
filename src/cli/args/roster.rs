//! `headcount roster`.

use super::{Changes, Output, Run};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `headcount roster`.
#[derive(Debug, Args)]
#[command(
    about = "How sure a roster is, before it is published\n\nSays on how many days the promises hold with the people of a roster, where people are short or to spare, what is wrong with the roster itself (rests, overlaps, breaks), and which single change mends it: each is tried on the same customers, and the best confirmed on new ones.",
    after_help = "\
Examples:
  headcount roster support.toml
  headcount roster support.toml --roster next-week.csv --rest 11h
  headcount roster support.toml --check --quiet || echo 'not yet'
  headcount roster support.toml --write cxone

The roster is a CSV file or workbook with a row for each person and shift:
  agent,group,shift,start,end,break_start,break_end,break_start_2,break_end_2,timezone
Groups name it by roster = \"roster.csv\", or --roster names it here.
Exit codes: 0 done; 1 with --check: the promise is not shown to be kept."
)]
pub(crate) struct Roster {
    /// The scenario
    pub(crate) file: PathBuf,

    /// This roster instead of the staff of the groups that it names (repeatable)
    #[arg(long = "roster", value_name = "FILE")]
    pub(crate) replaced_by: Vec<String>,

    /// Least rest between two shifts of a person
    #[arg(long, value_name = "TIME", default_value = "11h")]
    pub(crate) rest: String,

    /// Longest work without a break
    #[arg(long, value_name = "TIME", default_value = "6h")]
    pub(crate) without_break: String,

    /// Look for no repairs
    #[arg(long)]
    pub(crate) no_repairs: bool,

    /// End with exit code 1 unless every promise is shown to be kept
    #[arg(long)]
    pub(crate) check: bool,

    /// With --check: also unless nothing is wrong with the roster itself
    #[arg(long, requires = "check")]
    pub(crate) strict: bool,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,

    /// Also the roster as a file for another program: cxone, the shifts as CXone's schedule import takes them
    #[arg(long, value_enum, value_name = "NAME", conflicts_with = "no_files", help_heading = "To take away")]
    pub(crate) write: Option<Schedule>,
}

/// Programs whose import of schedules is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Schedule {
    // NICE CXone.
    Cxone,
}
