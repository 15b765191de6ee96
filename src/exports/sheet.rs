//! A file as rows of cells: text parted by commas, semicolons, tabs or bars, or a sheet of a workbook.
//!
//! A workbook's sheet is written out as text first, so that everything behind this file knows one kind of row: dates
//! become `2026-11-23 08:30:00`, lengths of time become seconds, and a row keeps the number it has in the workbook.

use crate::scenario::Kind;
use crate::scenario::{Fault, Faults, Severity, Trouble, file_text, place_in_line, quoted};
use calamine::{Data, Range, Reader, Xlsx};
use csv::{ReaderBuilder, StringRecord};
use std::fmt::Write as _;
use std::io::Cursor;

/// Faults shown before reading stops: more would scroll the first away.
const MOST: usize = 10;

/// The rows of a file.
pub(super) struct Sheet {
    /// The file as it was named.
    pub(super) name: String,
    text: String,
    pub(super) delimiter: u8,
}

impl Sheet {
    /// From bytes that may be anything at all.
    pub(super) fn new(name: &str, bytes: Vec<u8>, sheet: Option<&str>) -> Result<Self, Faults> {
        let only = |trouble| Faults::new(vec![Fault::new(None, trouble, Severity::Error)]);
        if bytes.starts_with(b"PK\x03\x04") {
            let text = workbook(name, bytes, sheet).map_err(only)?;
            return Ok(Self { name: name.to_owned(), text, delimiter: b'\t' });
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(only(Trouble::new(
                format!("{name} is a workbook of the old kind (.xls)"),
                "not read here",
                "save it as .xlsx or CSV",
            )));
        }
        let text = file_text(bytes, name, Kind::Csv).map_err(|fault| Faults::new(vec![*fault]))?;
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter = delimiter(first);
        Ok(Self { name: name.to_owned(), delimiter, text })
    }

    /// The cells of the first row that is not empty.
    pub(super) fn first(&self) -> Option<StringRecord> {
        self.reader()
            .records()
            .next()
            .and_then(Result::ok)
            .filter(|record| record.iter().any(|c| !c.trim().is_empty()))
    }

    fn reader(&self) -> csv::Reader<&[u8]> {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(self.delimiter).has_headers(false).flexible(true).from_reader(self.text.as_bytes())
    }

    /// Visits every row; stops after ten that are faulty.
    pub(super) fn rows(
        &self,
        faults: &mut Vec<Fault>,
        mut visit: impl FnMut(usize, &StringRecord) -> Result<(), (usize, Trouble)>,
    ) {
        let mut reader = self.reader();
        let mut record = StringRecord::new();
        while faults.len() < MOST {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                // Text is UTF-8 and rows may have any length, so nothing else can go wrong in memory.
                Ok(false) | Err(_) => return,
            }
            let line = record.position().map_or(1, |at| at.line() as usize);
            if let Err((column, trouble)) = visit(line, &record) {
                faults.push(self.fault(line, &record, column, trouble));
            }
        }
    }

    fn fault(&self, line: usize, record: &StringRecord, column: usize, trouble: Trouble) -> Fault {
        let mark = record.position().map_or(0, |at| at.byte() as usize);
        let text = self.text.get(mark..).unwrap_or_default().trim_start_matches(['\r', '\n']);
        let text = text.lines().next().unwrap_or_default();
        let shown = text.replace('\t', " ");
        let range = cell_in_line(text, self.delimiter, column);
        Fault::new(Some(place_in_line(&self.name, line, &shown, &range)), trouble, Severity::Error)
    }
}

/// Whatever parts the first row: `;` before tab before `|` before `,`.
fn delimiter(first: &str) -> u8 {
    // Lists inside a Genesys cell are parted by `|||`, so bars count only where there are no commas.
    let marks = if first.contains(',') { &b";\t"[..] } else { &b";\t|"[..] };
    *marks.iter().find(|&&mark| first.as_bytes().contains(&mark)).unwrap_or(&b',')
}

/// Where the cell of `column` stands in its line; the whole line for a column that it has not.
fn cell_in_line(line: &str, delimiter: u8, column: usize) -> std::ops::Range<usize> {
    let (mut start, mut seen, mut inside) = (0, 0, false);
    for (at, byte) in line.bytes().enumerate() {
        inside ^= byte == b'"';
        if byte == delimiter && !inside {
            if seen == column {
                return start..at;
            }
            (seen, start) = (seen + 1, at + 1);
        }
    }
    if seen == column { start..line.len() } else { 0..line.len() }
}

/// A workbook's sheet as lines of cells parted by tabs.
fn workbook(name: &str, bytes: Vec<u8>, wanted: Option<&str>) -> Result<String, Trouble> {
    let broken = |error: &dyn std::fmt::Display| {
        let title = format!("{name} is no workbook that can be read");
        Trouble::new(title, error.to_string(), "open it and save it again as .xlsx, or export CSV")
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = book.sheet_names();
    let chosen = match (wanted, names.as_slice()) {
        (Some(wanted), _) => names.iter().find(|name| *name == wanted),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let Some(chosen) = chosen else {
        let title = match wanted {
            Some(wanted) => format!("{name} has no sheet \"{}\"", quoted(wanted)),
            None => format!("{name} has {} sheets", names.len()),
        };
        let listed: Vec<String> =
            names.iter().take(10).map(|name| format!("--sheet \"{}\"", quoted(name))).collect();
        return Err(Trouble::new(title, "which one?", listed.join(" or ")));
    };
    let range = book.worksheet_range(chosen).map_err(|error| broken(&error))?;
    Ok(lines(&range))
}

/// Rows above the first that is filled stay as empty lines, so that numbers of rows hold.
fn lines(range: &Range<Data>) -> String {
    let above = range.start().map_or(0, |(row, _)| row as usize);
    let mut text = "\n".repeat(above.min(1_048_576));
    for row in range.rows() {
        for (k, cell) in row.iter().enumerate() {
            if k > 0 {
                text.push('\t');
            }
            push(&mut text, cell);
        }
        text.push('\n');
    }
    text
}

fn push(text: &mut String, cell: &Data) {
    let clean = |c: char| if c.is_control() || c == '"' { ' ' } else { c };
    match cell {
        Data::Empty | Data::Error(_) => {}
        Data::DateTime(value) if value.is_duration() => {
            let _ = write!(text, "{}", (value.as_f64() * 86_400.0 * 1000.0).round() / 1000.0);
        }
        Data::DateTime(value) if value.as_f64() < 1.0 => {
            let seconds = (value.as_f64() * 86_400.0).round() as i64;
            let _ = write!(text, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        }
        Data::DateTime(value) => {
            // Excel keeps days as reals: half a second makes up for what they lose.
            let minutes = (value.as_f64() * 1440.0 + 1.0 / 120.0).floor() as i64;
            let (year, month, day, ..) = value.to_ymd_hms_milli();
            let _ =
                write!(text, "{year:04}-{month:02}-{day:02} {:02}:{:02}", minutes / 60 % 24, minutes % 60);
        }
        other => text.extend(other.to_string().chars().map(clean)),
    }
}
