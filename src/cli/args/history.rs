//! `headcount import` and `headcount fit`: which file, and how it is to be read.

use crate::exports::{DateOrder, Decimal, Layout, Reading, Repeated};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `headcount import`.
#[derive(Debug, Args)]
#[command(
    about = "A scenario from an export of your phone system or planning tool\n\nReads interval counts, forecasts or logs of single contacts, CSV or Excel, and writes a scenario with the series it needs. Every number has a comment that says where it comes from.",
    after_help = "\
Examples:
  headcount import history.csv --timezone Europe/Berlin
  headcount import forecast.csv --layout calabrio-forecast --from 2026-11-23 --to 2026-11-29
  headcount import export.xlsx --sheet Calls --queue Billing --gaps zero

The first row tells which program wrote the file: Genesys Cloud, Calabrio, Verint,
Amazon Connect, Assembled, or any file with columns such as interval_start, queue,
channel, offered, abandoned, aht_s."
)]
pub(crate) struct Import {
    /// The export
    pub(crate) file: PathBuf,

    /// Only this queue (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(crate) queue: Vec<String>,

    /// First day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) from: Option<i32>,

    /// Last day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) to: Option<i32>,

    /// What a missing row means; without this it is an error
    #[arg(long, value_enum)]
    pub(crate) gaps: Option<Missing>,

    #[command(flatten)]
    pub(crate) reading: Read,

    #[command(flatten)]
    pub(crate) place: Place,
}

/// `headcount fit`.
#[derive(Debug, Args)]
#[command(
    about = "What history tells: volumes, handle times, patience, and how sure that is\n\nReads counts by interval or a log of single contacts and works out an average week, how much days vary beyond chance, which law handle times follow, how long customers are willing to wait, and how many come again. Writes a scenario in which every number says where it comes from, and pictures of the fits.",
    after_help = "\
Examples:
  headcount fit calls.csv --timezone Europe/Berlin
  headcount fit history.csv --from 2026-01-05 --to 2026-06-28 --queue Billing
  headcount fit history.csv --forecast what-we-forecast.csv

A log has a row for each contact: arrived, wait_s, outcome (answered, abandoned,
blocked, contained), handle_s, and if you have them queue, channel, agent, customer."
)]
pub(crate) struct Fit {
    /// The export
    pub(crate) file: PathBuf,

    /// What had been forecast for the same intervals: gives its bias and error
    #[arg(long, value_name = "FILE")]
    pub(crate) forecast: Option<PathBuf>,

    /// Only this queue (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(crate) queue: Vec<String>,

    /// First day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) from: Option<i32>,

    /// Last day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) to: Option<i32>,

    /// Interval of the week made of single contacts, minutes: 5, 15, 30 or 60 [default: 30]
    #[arg(long, value_name = "MINUTES", value_parser = minutes)]
    pub(crate) interval: Option<u8>,

    #[command(flatten)]
    pub(crate) reading: Read,

    #[command(flatten)]
    pub(crate) place: Place,
}

/// Where the scenario goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Place {
    /// Folder for the scenario and its series [default: output/<name of the file>]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Overwrite a scenario that is there
    #[arg(long)]
    pub(crate) force: bool,
}

/// What a missing row means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Missing {
    // Nobody came.
    Zero,
}

/// How a file is to be read.
#[derive(Debug, Args)]
#[command(next_help_heading = "How the file is read")]
pub(crate) struct Read {
    /// Which program wrote it [default: known by its first row]
    #[arg(long, value_name = "NAME", value_parser = layouts())]
    pub(crate) layout: Option<Layout>,

    /// IANA name of the time zone in which you staff: Europe/Berlin
    #[arg(long, value_name = "ZONE")]
    pub(crate) timezone: Option<String>,

    /// Where the clocks go back and times have no offset: which row is kept
    #[arg(long, value_enum, value_name = "WHICH")]
    pub(crate) repeated_hour: Option<Which>,

    /// What parts whole numbers from decimals, where that is not plain
    #[arg(long, value_enum, value_name = "MARK")]
    pub(crate) decimal: Option<Mark>,

    /// What comes first in dates such as 1/2/2026
    #[arg(long, value_enum, value_name = "ORDER")]
    pub(crate) dates: Option<Order>,

    /// Sheet of a workbook
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
}

/// Which row of a repeated hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    First,
    Second,
}

/// Which mark parts decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mark {
    Dot,
    Comma,
}

/// The order of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(clippy::enum_variant_names, reason = "the words of the command line")]
pub(crate) enum Order {
    MonthFirst,
    DayFirst,
    YearFirst,
}

impl Read {
    /// As the reader wants it.
    pub(crate) fn reading(&self) -> Reading {
        Reading {
            layout: self.layout,
            timezone: self.timezone.clone(),
            repeated: self.repeated_hour.map(|which| match which {
                Which::First => Repeated::First,
                Which::Second => Repeated::Second,
            }),
            decimal: self.decimal.map(|mark| match mark {
                Mark::Dot => Decimal::Dot,
                Mark::Comma => Decimal::Comma,
            }),
            dates: self.dates.map(|order| match order {
                Order::MonthFirst => DateOrder::MonthFirst,
                Order::DayFirst => DateOrder::DayFirst,
                Order::YearFirst => DateOrder::YearFirst,
            }),
            sheet: self.sheet.clone(),
        }
    }
}

fn layouts() -> impl TypedValueParser<Value = Layout> {
    let names = Layout::ALL.map(|(name, layout)| PossibleValue::new(name).help(layout.words()));
    PossibleValuesParser::new(names).map(|name| {
        Layout::ALL.iter().find(|(known, _)| *known == name).map_or(Layout::Intervals, |(_, layout)| *layout)
    })
}

/// A date, as days since 1970.
pub(super) fn day(text: &str) -> Result<i32, String> {
    let date: jiff::civil::Date = text.parse().map_err(|_| "write a date such as 2026-11-23".to_owned())?;
    Ok((date - jiff::civil::Date::constant(1970, 1, 1)).get_days())
}

fn minutes(text: &str) -> Result<u8, String> {
    match text {
        "5" => Ok(5),
        "15" => Ok(15),
        "30" => Ok(30),
        "60" => Ok(60),
        _ => Err("write 5, 15, 30 or 60".to_owned()),
    }
}
