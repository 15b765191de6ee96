//! `headcount shifts`.

use super::{Changes, Output, Run};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `headcount shifts`.
#[derive(Debug, Args)]
#[command(
    about = "Which shifts keep the promise\n\nThe cheapest shifts, with their breaks. Where the promise is over the day, surplus in one interval makes up for deficit in another, and groups that share queues make up for one another; otherwise they put enough people to work in every interval: as many as `agents` says, or, for a group without `agents`, as many as the plan finds. Shows how far any other choice could at most be cheaper, and what customers get. With contracts the shifts are joined into people's weeks.",
    after_help = "\
Examples:
  headcount shifts support.toml
  headcount shifts support.toml --format csv > roster.csv
  headcount shifts support.toml --set schedule.seats=40
  headcount shifts support.toml --prices
  headcount shifts support.toml --people people.csv --workbook

The scenario needs [shifts.NAME] with `starts` and `length`; [contract.NAME] says who
works them and what their weeks keep.
Exit codes: 0 every promise is met; 1 one is not, cannot be told apart
from its goal, or a shift has nobody."
)]
pub(crate) struct Shifts {
    /// The scenario
    pub(crate) file: PathBuf,

    /// Cover what the plan needs in every interval, also where the promise is over the day or groups share queues
    #[arg(long)]
    pub(crate) cover: bool,

    /// Show what each rule costs: seats, people, fewest and most, days, starts, breaks; takes a search for each
    #[arg(long)]
    pub(crate) prices: bool,

    /// How much work to spend on the search; more may find cheaper shifts
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(crate) effort: u64,

    /// Who searches: our own solver, or HiGHS from its answer where it is built in, which may take minutes and prove more
    #[arg(long, value_name = "NAME", value_enum, default_value_t = SolverName::Own)]
    pub(crate) solver: SolverName,

    /// The people by name, their contracts and what they ask for (schedule.named)
    #[arg(long, value_name = "FILE")]
    pub(crate) people: Option<String>,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,

    /// Also roster.xlsx: every shift, everybody's week, coverage and rules as an Excel workbook
    #[arg(long, conflicts_with = "no_files", help_heading = "To take away")]
    pub(crate) workbook: bool,
}

/// `--solver`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SolverName {
    /// Our own
    Own,
    /// HiGHS
    Highs,
}
