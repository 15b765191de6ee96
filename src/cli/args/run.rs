//! Flags that several commands share: changes to the scenario, the run, the output.

use super::Format;
use crate::report::writers::Writer;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// Changes to the scenario for this time only.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Changes to the scenario")]
pub(crate) struct Changes {
    /// Change any key of the scenario: demand.forecast_scale=1.1 (repeatable)
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,

    /// So many agents at work in this group (repeatable)
    #[arg(long, value_name = "GROUP=N")]
    pub(crate) agents: Vec<String>,
}

/// How to run it.
#[derive(Debug, Args)]
#[command(next_help_heading = "The run")]
pub(crate) struct Run {
    /// Seed of every random number: the same seed gives the same bytes
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// How many times to play the scenario; auto: until every target is decided
    #[arg(long, value_name = "N|auto")]
    pub(crate) replications: Option<Replications>,

    /// Threads to use; they change the time, never the result [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub(crate) threads: Option<u32>,
}

/// Where results go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// Folder for the result files [default: output/<name of the scenario>]
    #[arg(long, value_name = "DIR", conflicts_with = "no_files")]
    pub(crate) out: Option<PathBuf>,

    /// Write no files
    #[arg(long)]
    pub(crate) no_files: bool,

    /// What goes to standard output: the table, results.json or intervals.csv
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// How many replications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replications {
    /// This many.
    Fixed(u64),
    /// Until every target is decided or narrow enough.
    Auto,
}

impl std::str::FromStr for Replications {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            _ => text.parse().map(Self::Fixed).map_err(|_| "write a whole number, or auto".to_owned()),
        }
    }
}

/// What to write besides, to take away.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "To take away")]
pub(crate) struct Takeaway {
    /// Also report.html: one page to print or pass on, with charts, assumptions and the words explained
    #[arg(long, conflicts_with = "no_files")]
    pub(crate) report: bool,

    /// Also workbook.xlsx: the answer, tidy sheets and charts that Excel draws
    #[arg(long, conflicts_with = "no_files")]
    pub(crate) workbook: bool,

    /// Also files for other programs: who is needed when, Calabrio's forecast, one figure a row, a ticket
    #[arg(long, value_name = "NAME", value_delimiter = ',', conflicts_with = "no_files", value_parser = writers())]
    pub(crate) write: Vec<Writer>,
}

/// Files by name.
fn writers() -> impl TypedValueParser<Value = Writer> {
    let name =
        |writer: Writer| Writer::ALL.iter().find(|(_, other)| *other == writer).map_or("", |(name, _)| name);
    PossibleValuesParser::new(Writer::ALL.map(|(_, writer)| PossibleValue::new(name(writer)))).map(|name| {
        Writer::ALL.iter().find(|(other, _)| *other == name).map_or(Writer::Tidy, |(_, writer)| *writer)
    })
}
