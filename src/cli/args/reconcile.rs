//! `headcount reconcile`.

use super::history::{Read, day};
use super::{Changes, Output, Run};
use clap::Args;
use std::path::PathBuf;

/// `headcount reconcile`.
#[derive(Debug, Args)]
#[command(
    about = "What came against what the model says, and why it differs\n\nReads yesterday's intervals, or last month's, from an export and plays the scenario with the volumes and the staff that came. Shows whether the model can be believed (how many intervals lie inside the band in which such intervals end), and how much of a miss was volume, staff, handle time, patience or luck.",
    after_help = "\
Examples:
  headcount reconcile support.toml yesterday.csv
  headcount reconcile week.toml november.xlsx --from 2026-11-02 --to 2026-11-29
  headcount reconcile support.toml calls.csv --timezone Europe/Berlin

The export needs interval_start, offered and answered_in_sl; with staffed, abandoned,
handled and handle_time_s it tells more. A log of single contacts does too.
A scenario of one day stands for every day of the export, a dated week for other weeks."
)]
pub(crate) struct Reconcile {
    /// The scenario
    pub(crate) file: PathBuf,

    /// The export: what came
    pub(crate) actuals: PathBuf,

    /// First day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) from: Option<i32>,

    /// Last day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) to: Option<i32>,

    #[command(flatten)]
    pub(crate) reading: Read,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,
}
