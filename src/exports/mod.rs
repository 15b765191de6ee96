//! The files that planners have: exports of phone systems and planning tools, read as they are.
//!
//! ```
//! use headcount::exports::{self, Content, Reading};
//! let text = "interval_start,queue,channel,offered,abandoned,aht_s\n\
//!             2026-11-23T08:00:00+01:00,Billing,voice,62,3,301\n\
//!             2026-11-23T08:30:00+01:00,Billing,voice,94,6,296\n";
//! let export = exports::from_bytes("billing.csv", text.into(), &Reading::default()).unwrap();
//! let Content::Intervals(found) = export.content else { panic!("a row an interval") };
//! assert_eq!((found.minutes, found.queues[0].rows[1].offered), (30, 94.0));
//! ```
//!
//! The life of a file: bytes → rows of cells (`sheet`: text, or a `workbook`) → a layout (`layout`: known by header or
//! shape) → what each column holds (`field`) → numbers and moments (`cell`, `moment`) → counts by interval (`intervals`,
//! kept as `counts`) or single contacts (`calls`). Rosters have a reader of their own (`roster`) on the same rows. All faults of a file, up to ten, are found in one pass, each with its line and its mend.

mod calls;
mod cell;
mod counts;
mod field;
mod gaps;
mod guard;
mod intervals;
mod layout;
mod moment;
mod people;
mod people_faults;
mod roster;
mod roster_columns;
mod roster_faults;
mod sheet;
mod workbook;

pub use calls::{Call, Calls, Ending};
pub use cell::Decimal;
pub use counts::{Interval, Intervals, QueueRows, Told};
pub use gaps::{Gaps, Opening};
pub(crate) use gaps::{day_shown, gaps, opening, weekday};
pub use layout::Layout;
pub(crate) use moment::{DAY, date_of, shown};
pub use moment::{DateOrder, Repeated};
pub(crate) use people::{Hours, Known, PersonRow, people};
pub(crate) use roster::{RosterFile, RosterRow, groups as roster_groups, roster};

use crate::scenario::{Fault, Faults, Kind, Note, Trouble, file_bytes, quoted};
use calls::{Log, LogColumns};
use cell::Numbers;
use field::Field;
use intervals::{Collector, Columns};
use jiff::tz::TimeZone;
use moment::Clock;
use sheet::Sheet;
use std::path::Path;

/// How a file is to be read, as far as it does not say itself.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Which program wrote it; else known by its header.
    pub layout: Option<Layout>,
    /// IANA name of the office's time zone.
    pub timezone: Option<String>,
    /// Which row of a repeated local hour is kept.
    pub repeated: Option<Repeated>,
    /// How decimals are written.
    pub decimal: Option<Decimal>,
    /// Which number of a date comes first.
    pub dates: Option<DateOrder>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Export {
    /// Which layout it has.
    pub layout: Layout,
    /// What was in it.
    pub content: Content,
    /// What somebody should know about it.
    pub notes: Vec<Note>,
}

/// What was in a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Counts by interval.
    Intervals(Intervals),
    /// Single contacts.
    Calls(Calls),
}

/// Reads a file.
pub fn read(path: &Path, reading: &Reading) -> Result<Export, Faults> {
    let name = path.display().to_string();
    let bytes = file_bytes(path, &name, Kind::Csv).map_err(Faults::only)?;
    from_bytes(&name, bytes, reading)
}

/// Reads bytes that may be anything at all: the door through which fuzzing comes.
pub fn from_bytes(name: &str, bytes: Vec<u8>, reading: &Reading) -> Result<Export, Faults> {
    let zone = reading.timezone.as_deref().map(zone).transpose().map_err(Faults::only)?;
    let sheet = Sheet::new(name, bytes, reading.sheet.as_deref())?;
    let first = sheet.first();
    let first: Vec<&str> = first.iter().flat_map(csv::StringRecord::iter).collect();
    let layout = reading.layout.or_else(|| Layout::of(&first));
    let Some(layout) = layout else { return Err(Faults::only(unknown(name, &first))) };
    let fields = fields(name, layout, &first).map_err(Faults::only)?;
    let clock = Clock::new(zone, reading.dates.or(layout.dates()), reading.repeated);
    let numbers = Numbers { decimal: reading.decimal, commas_part_columns: sheet.delimiter == b',' };
    let header = layout.places().is_none();
    let (mut faults, mut notes) = (Vec::new(), Vec::new());
    let content = if layout.is_log() {
        calls(&sheet, fields, numbers, clock, &mut faults, &mut notes)
    } else {
        let optional_last = layout == Layout::CalabrioForecast;
        let collector = Collector::new(Columns::new(fields.into_iter()), numbers, clock, optional_last);
        counts(&sheet, collector, header, &mut faults, &mut notes)
    };
    match content {
        Some(content) if faults.is_empty() => Ok(Export { layout, content, notes }),
        None if faults.is_empty() => Err(Faults::only(empty(name))),
        _ => Err(Faults::new(faults)),
    }
}

fn counts(
    sheet: &Sheet,
    mut collector: Collector,
    header: bool,
    faults: &mut Vec<Fault>,
    notes: &mut Vec<Fault>,
) -> Option<Content> {
    let mut above = header;
    sheet.rows(faults, |line, record| {
        if above {
            above = record.iter().all(|cell| cell.trim().is_empty());
            return Ok(());
        }
        collector.row(line, record)
    });
    if !faults.is_empty() {
        return None;
    }
    collector.finish(&sheet.name, faults, notes).map(Content::Intervals)
}

fn calls(
    sheet: &Sheet,
    fields: Vec<Field>,
    numbers: Numbers,
    clock: Clock,
    faults: &mut Vec<Fault>,
    notes: &mut Vec<Fault>,
) -> Option<Content> {
    let mut log = Log::new(LogColumns::new(fields.into_iter()), numbers, clock);
    let mut above = true;
    sheet.rows(faults, |_, record| {
        if above {
            above = record.iter().all(|cell| cell.trim().is_empty());
            return Ok(());
        }
        log.row(record)
    });
    let calls = log.finish(notes);
    (!calls.calls.is_empty()).then_some(Content::Calls(calls))
}

/// What each column holds, with what a layout cannot do without.
fn fields(name: &str, layout: Layout, first: &[&str]) -> Result<Vec<Field>, Trouble> {
    if let Some(places) = layout.places() {
        return Ok(places.to_vec());
    }
    let fields: Vec<Field> = first.iter().map(|heading| field::of(heading, layout.is_log())).collect();
    let needed = match layout {
        Layout::Calls => [(Field::Start, "arrived"), (Field::Outcome, "outcome")],
        Layout::Assembled => [(Field::Start, "Created at"), (Field::Outcome, "Status")],
        _ => [(Field::Start, "interval_start"), (Field::Offered, "offered")],
    };
    for (field, heading) in needed {
        if !fields.contains(&field) {
            let title = format!("{name} has no column `{heading}`");
            return Err(Trouble::new(
                title,
                format!("its columns are {}", headings(first)),
                "add it, or rename the one that holds it",
            ));
        }
    }
    let twice = (0..fields.len())
        .find(|&k| !matches!(fields[k], Field::Other | Field::Part) && fields[..k].contains(&fields[k]));
    match twice {
        Some(k) => {
            let before = fields.iter().position(|field| *field == fields[k]).unwrap_or(0);
            let title = format!(
                "{name}: `{}` and `{}` hold the same",
                quoted(first[before].trim()),
                quoted(first[k].trim())
            );
            Err(Trouble::new(title, "which one?", "remove or rename one of the two"))
        }
        None => Ok(fields),
    }
}

fn headings(first: &[&str]) -> String {
    let shown: Vec<String> = first.iter().take(12).map(|heading| quoted(heading.trim())).collect();
    let more = if first.len() > 12 { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

fn unknown(name: &str, first: &[&str]) -> Trouble {
    if first.is_empty() {
        return empty(name);
    }
    let names: Vec<&str> = Layout::ALL.iter().map(|(name, _)| *name).collect();
    let help = format!(
        "the first row should name interval_start, queue, channel and offered; or say what it is: --layout {}",
        names.join(", ")
    );
    Trouble::new(
        format!("{name} has a layout that is not known"),
        format!("its first row is {}", headings(first)),
        help,
    )
}

fn empty(name: &str) -> Trouble {
    Trouble::new(
        format!("{name} has no rows"),
        "nothing to read",
        "is it the right file, or the right sheet?",
    )
}

fn zone(name: &str) -> Result<TimeZone, Trouble> {
    TimeZone::get(name).map_err(|_| {
        let title = format!("time zone \"{}\" is not known", quoted(name));
        Trouble::new(
            title,
            "no such name",
            "write an IANA name such as Europe/Berlin, America/New_York or UTC",
        )
    })
}
