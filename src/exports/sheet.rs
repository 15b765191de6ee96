//! A file as rows of cells: text parted by commas, semicolons, tabs or bars, or a sheet of a workbook.
//! A workbook's sheet is written out as text first (`workbook`), so that everything behind knows one kind of row.

use super::workbook::workbook;
use crate::scenario::Kind;
use crate::scenario::{Fault, Faults, Severity, Trouble, file_text, place_in_line};
use csv::{ReaderBuilder, StringRecord};

/// Faults shown before reading stops: more would scroll the first away.
pub(super) const MOST: usize = 10;

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
        if bytes.starts_with(b"PK\x03\x04") {
            let text = workbook(name, bytes, sheet).map_err(Faults::only)?;
            return Ok(Self { name: name.to_owned(), text, delimiter: b'\t' });
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Faults::only(Trouble::new(
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

    pub(super) fn fault(&self, line: usize, record: &StringRecord, column: usize, trouble: Trouble) -> Fault {
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
