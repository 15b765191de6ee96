//! A workbook's sheet as text: a line a row, cells parted by tabs.
//!
//! Dates become `2026-11-23 08:30`, lengths of time become seconds, and a row keeps the number it has in the workbook.
//! Cells are taken one by one: a sheet with a single cell in its last corner costs no more than its one line.

use super::guard::guarded;
use crate::scenario::{Trouble, quoted};
use calamine::{DataRef, Reader, Xlsx};
use std::fmt::{Display, Write as _};
use std::io::Cursor;

/// Most columns of a sheet: far more than any export has.
const COLUMNS: u32 = 500;
/// Most text of a sheet, bytes.
const BYTES: usize = 400_000_000;

/// The sheet `wanted`, or the only one; a workbook that makes its reader panic is one that cannot be read.
pub(super) fn workbook(name: &str, bytes: Vec<u8>, wanted: Option<&str>) -> Result<String, Trouble> {
    let read = guarded(|| pages(name, bytes, wanted));
    read.unwrap_or_else(|| Err(broken(name, &"its parts do not fit together")))
}

fn pages(name: &str, bytes: Vec<u8>, wanted: Option<&str>) -> Result<String, Trouble> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(name, &error))?;
    let chosen = chosen(name, &book.sheet_names(), wanted)?;
    let mut cells = book.worksheet_cells_reader(&chosen).map_err(|error| broken(name, &error))?;
    let mut page = Page::default();
    while let Some(cell) = cells.next_cell().map_err(|error| broken(name, &error))? {
        let (row, column) = cell.get_position();
        if column >= COLUMNS || page.text.len() > BYTES {
            let title = format!("{name} is too large for an export");
            return Err(Trouble::new(
                title,
                format!("row {}", row + 1),
                "is it the right sheet? or export CSV",
            ));
        }
        if !matches!(cell.get_value(), DataRef::Empty) && page.reach(row, column) {
            push(&mut page.text, cell.get_value());
        }
    }
    page.end_row();
    Ok(page.text)
}

fn broken(name: &str, error: &dyn Display) -> Trouble {
    let title = format!("{name} is no workbook that can be read");
    Trouble::new(title, error.to_string(), "open it and save it again as .xlsx, or export CSV")
}

fn chosen(name: &str, names: &[String], wanted: Option<&str>) -> Result<String, Trouble> {
    let found = match (wanted, names) {
        (Some(wanted), _) => names.iter().find(|name| *name == wanted),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    found.cloned().ok_or_else(|| {
        let title = match wanted {
            Some(wanted) => format!("{name} has no sheet \"{}\"", quoted(wanted)),
            None => format!("{name} has {} sheets", names.len()),
        };
        let listed: Vec<String> =
            names.iter().take(10).map(|name| format!("--sheet \"{}\"", quoted(name))).collect();
        Trouble::new(title, "which one?", listed.join(" or "))
    })
}

/// Lines in the making.
#[derive(Default)]
struct Page {
    text: String,
    row: u32,
    column: u32,
    /// Columns of the first row that is filled: shorter rows are filled up.
    width: u32,
}

impl Page {
    /// Goes on to a cell; not to one that lies behind, which only a broken file has.
    fn reach(&mut self, row: u32, column: u32) -> bool {
        if row < self.row || (row == self.row && column < self.column) || row > 1_048_576 {
            return false;
        }
        while self.row < row {
            self.end_row();
            self.text.push('\n');
            (self.row, self.column) = (self.row + 1, 0);
        }
        while self.column < column {
            self.text.push('\t');
            self.column += 1;
        }
        true
    }

    /// Fills a row up to the width of the first; rows without any cell stay empty.
    fn end_row(&mut self) {
        if self.text.is_empty() || self.text.ends_with('\n') {
            return;
        }
        if self.width == 0 {
            self.width = self.column + 1;
        }
        while self.column + 1 < self.width {
            self.text.push('\t');
            self.column += 1;
        }
    }
}

fn push(text: &mut String, cell: &DataRef<'_>) {
    let clean = |c: char| if c.is_control() || c == '"' { ' ' } else { c };
    match cell {
        DataRef::DateTime(value) if value.is_duration() => {
            let _ = write!(text, "{}", (value.as_f64() * 86_400_000.0).round() / 1000.0);
        }
        DataRef::DateTime(value) if value.as_f64() < 1.0 => {
            let seconds = (value.as_f64() * 86_400.0).round() as i64;
            let _ = write!(text, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        }
        DataRef::DateTime(value) => {
            // Excel keeps days as reals: half a second makes up for what they lose.
            let seconds = (value.as_f64() * 86_400.0 + 0.5).floor() as i64;
            let (year, month, day, ..) = value.to_ymd_hms_milli();
            let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
            let _ = write!(text, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
        }
        DataRef::Int(value) => {
            let _ = write!(text, "{value}");
        }
        DataRef::Float(value) => {
            let _ = write!(text, "{value}");
        }
        DataRef::Bool(value) => {
            let _ = write!(text, "{value}");
        }
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => {
            text.extend(value.chars().map(clean));
        }
        DataRef::SharedString(value) => text.extend(value.chars().map(clean)),
        DataRef::Error(_) | DataRef::Empty => {}
    }
}
