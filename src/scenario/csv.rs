//! CSV files: UTF-8, a header row, commas or semicolons (or tabs), decimal commas where the columns are parted by `;`.

use super::fault::{Fault, Severity, Trouble, quoted};
use super::file::{self, Kind};
use super::item::{Item, Scalar};
use super::nearest;
use super::source::place_in_line;
use ::csv::{Reader, ReaderBuilder, StringRecord};
use std::ops::Range;
use std::rc::Rc;

/// A CSV file that could be read.
#[derive(Clone, Debug)]
pub(super) struct Table {
    name: String,
    text: String,
    delimiter: u8,
    headings: Vec<String>,
}

/// A row: its line in the file and the cells that were asked for.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    table: &'a Table,
    line: usize,
    start: usize,
    record: StringRecord,
}

impl Table {
    /// The file that `item` names, read once however often it is named.
    pub(super) fn load(item: Item<'_>) -> Option<Rc<Self>> {
        let name = item.text()?;
        let Some(folder) = &item.cx.folder else {
            let help = "a scenario read from a file may name CSV files relative to it";
            return item.fault(Trouble::new(
                "there is no folder to look in",
                "no file can be read here",
                help,
            ));
        };
        let path = folder.join(name);
        if let Some(known) = item.cx.files.borrow().get(&path) {
            return known.clone();
        }
        let bytes = file::bytes(&path, name, Kind::Csv).map_err(|trouble| item.fault::<()>(trouble)).ok();
        let table = bytes.and_then(|bytes| Self::new(bytes, name, item)).map(Rc::new);
        item.cx.files.borrow_mut().insert(path, table.clone());
        table
    }

    fn new(bytes: Vec<u8>, name: &str, item: Item<'_>) -> Option<Self> {
        item.cx.hash.borrow_mut().add(&bytes);
        let text = file::text(bytes, name, Kind::Csv).map_err(|fault| item.cx.tell(*fault)).ok()?;
        let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter = delimiter(header);
        let mut table = Self { name: name.to_owned(), text, delimiter, headings: Vec::new() };
        let headings = table.reader().headers().cloned().unwrap_or_default();
        table.headings = headings.iter().map(|heading| heading.trim().to_owned()).collect();
        if table.headings.iter().all(String::is_empty) {
            return item.fault(Trouble::new(
                format!("{name} is empty"),
                "no header row",
                "it needs a row of headings",
            ));
        }
        Some(table)
    }

    fn reader(&self) -> Reader<&[u8]> {
        ReaderBuilder::new().delimiter(self.delimiter).from_reader(self.text.as_bytes())
    }

    /// The position of the column that `item` names.
    pub(super) fn column(&self, item: Item<'_>) -> Option<usize> {
        let wanted = item.text()?.trim();
        let mut found = (0..self.headings.len()).filter(|&i| self.headings[i] == wanted);
        let Some(first) = found.next() else {
            let title = format!("{} has no column `{}`", self.name, quoted(wanted));
            let help = format!("its columns are {}", nearest::list(self.headings.iter().map(String::as_str)));
            return item.fault(Trouble::new(title, "no such heading", help));
        };
        if found.next().is_none() {
            return Some(first);
        }
        let title = format!("{} has two columns `{}`", self.name, quoted(wanted));
        item.fault(Trouble::new(title, "which one?", "rename one of them"))
    }

    /// Visits every row, giving up after ten that `visit` finds faulty; `Some` if there was none.
    pub(super) fn rows(&self, item: Item<'_>, mut visit: impl FnMut(Row<'_>) -> Option<()>) -> Option<()> {
        let mut reader = self.reader();
        let (mut record, mut rows, mut faulty) = (StringRecord::new(), 0, 0);
        loop {
            match reader.read_record(&mut record) {
                Ok(true) if faulty < 10 => {}
                Ok(false) if rows == 0 => return item.fault(self.no_rows()),
                Ok(_) => return (faulty == 0).then_some(()),
                Err(error) => return self.broken(item, &error),
            }
            rows += 1;
            let (line, start) =
                record.position().map_or((0, 0), |at| (at.line() as usize, at.byte() as usize));
            faulty += usize::from(visit(Row { table: self, line, start, record: record.clone() }).is_none());
        }
    }

    fn no_rows(&self) -> Trouble {
        let title = format!("{} has no rows below its header", self.name);
        Trouble::new(title, "nothing to read", "it needs one row per interval")
    }

    /// Rows of different lengths, mostly.
    fn broken(&self, item: Item<'_>, error: &::csv::Error) -> Option<()> {
        let (line, start) = error.position().map_or((1, 0), |at| (at.line() as usize, at.byte() as usize));
        let label = match error.kind() {
            ::csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("{len} cells, but the header has {expected_len}")
            }
            _ => "this row cannot be read".to_owned(),
        };
        let help = match self.delimiter {
            b',' => "every row needs the header's cells; with decimal commas, part the columns with `;`",
            _ => "every row needs as many cells as the header",
        };
        let text = self.line_at(start);
        let title = format!("line {line} of {} does not fit its header", self.name);
        self.tell(item, line, text, &(0..text.len()), Trouble::new(title, label, help))
    }

    /// The line of the file that starts at byte `start`, or the next that is not empty.
    fn line_at(&self, start: usize) -> &str {
        self.text
            .get(start..)
            .unwrap_or_default()
            .trim_start_matches(['\r', '\n'])
            .lines()
            .next()
            .unwrap_or_default()
    }

    fn tell(
        &self,
        item: Item<'_>,
        line: usize,
        text: &str,
        mark: &Range<usize>,
        trouble: Trouble,
    ) -> Option<()> {
        let place = place_in_line(&self.name, line, text, mark);
        item.cx.tell(Fault::new(Some(place), trouble, Severity::Error));
        None
    }
}

impl<'a> Row<'a> {
    /// The cell in `column`, trimmed.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    /// The heading of `column`.
    pub(super) fn heading(&self, column: usize) -> &'a str {
        &self.table.headings[column]
    }

    /// The cell as a number, or else as text.
    pub(super) fn scalar(&self, column: usize) -> Scalar<'_> {
        let text = self.cell(column);
        let number = text.parse().ok().filter(|_| !text.is_empty());
        let comma = || text.replacen(',', ".", 1).parse().ok().filter(|_| self.table.delimiter != b',');
        match number.or_else(comma) {
            Some(number) => Scalar::Cell(number),
            None => Scalar::Text(text),
        }
    }

    /// Tells a fault of the cell in `column`.
    pub(super) fn fault<T>(&self, item: Item<'_>, column: usize, trouble: Trouble) -> Option<T> {
        let text = self.table.line_at(self.start);
        let mark = cell_in_line(text, self.table.delimiter, column);
        self.table.tell(item, self.line, text, &mark, trouble);
        None
    }
}

/// `;` before tab before `,`: whichever the header has.
fn delimiter(header: &str) -> u8 {
    *b";\t".iter().find(|&&mark| header.as_bytes().contains(&mark)).unwrap_or(&b',')
}

/// Where the cell of `column` stands in its line.
fn cell_in_line(line: &str, delimiter: u8, column: usize) -> Range<usize> {
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
    start..line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_in_their_line() {
        assert_eq!(cell_in_line("a,bb,ccc", b',', 1), 2..4);
        assert_eq!(cell_in_line("\"a,b\",c", b',', 1), 6..7);
        assert_eq!(cell_in_line("a;b", b';', 1), 2..3);
        assert_eq!((delimiter("a;b,c"), delimiter("a,b"), delimiter("a\tb")), (b';', b',', b'\t'));
    }
}
