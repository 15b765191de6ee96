//! How a report is laid out: width, colour, headings, paragraphs and grids.

use comfy_table::{Cell, CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle};

use crate::montecarlo::Verdict;
use crate::report::promise;
use crate::report::words::{NONE, wrapped};

/// How wide a report may be, and whether it may use colour: whoever prints decides.
///
/// ```
/// use headcount::report::table::Style;
/// assert_eq!(Style::default(), Style { width: 80, colour: false });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns; less than 60 is taken as 60. The largest number stands for a page ([`Style::PAGE`]).
    pub width: u16,
    /// Whether verdicts and headings are coloured.
    pub colour: bool,
}

/// What suits a pipe: 80 columns, no colour.
impl Default for Style {
    fn default() -> Self {
        Self { width: 80, colour: false }
    }
}

impl Style {
    /// A page of HTML: the same words and tables with tags around them, in which lines break by themselves.
    pub const PAGE: Self = Self { width: u16::MAX, colour: false };

    /// Whether tags are written.
    fn is_page(self) -> bool {
        self == Self::PAGE
    }

    /// Columns that are used: lines longer than 110 are hard to read.
    pub(super) fn columns(self) -> usize {
        usize::from(self.width).clamp(60, 110)
    }

    /// A heading, bold where colour is allowed.
    pub(crate) fn heading(self, text: &str) -> String {
        if self.is_page() {
            return format!("<h3>{}</h3>\n", escaped(text));
        }
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m\n") } else { format!("{text}\n") }
    }

    /// A text broken into lines, each indented; ends with a line break.
    pub(crate) fn paragraph(self, text: &str, indent: usize) -> String {
        self.hanging(text, indent, indent)
    }

    /// The same, with another indent for all lines but the first.
    pub(in crate::report) fn hanging(self, text: &str, first: usize, rest: usize) -> String {
        if self.is_page() {
            let class = if text.starts_with('•') { " class=\"note\"" } else { "" };
            return format!("<p{class}>{}</p>\n", escaped(text));
        }
        let lines = wrapped(text, self.columns() - first.max(rest));
        let mut out = String::new();
        for (i, line) in lines.iter().enumerate() {
            out.push_str(&" ".repeat(if i == 0 { first } else { rest }));
            out.push_str(line);
            out.push('\n');
        }
        out
    }

    /// A promise with its verdict before it.
    pub(in crate::report) fn judged(self, verdict: Verdict, text: &str) -> String {
        if self.is_page() {
            let word = promise::verdict(verdict);
            let class = word.to_lowercase();
            return format!("<p><span class=\"verdict {class}\">{word}</span> {}</p>\n", escaped(text));
        }
        let text = self.hanging(text, 13, 13);
        format!("  {}  {}", self.verdict(verdict), text.trim_start())
    }

    /// A verdict, padded to one width, in its colour where that is allowed.
    pub(in crate::report) fn verdict(self, verdict: Verdict) -> String {
        let word = format!("{:<9}", promise::verdict(verdict));
        let colour = match verdict {
            Verdict::Met => 32,
            Verdict::Undecided => 33,
            Verdict::Missed => 31,
        };
        if self.colour { format!("\u{1b}[1;{colour}m{word}\u{1b}[0m") } else { word }
    }

    /// Whether a table can be shown without breaking a cell into lines: three spaces part two columns, and one
    /// stands at either side.
    pub(in crate::report) fn fits(self, header: &[String], rows: &[Vec<String>]) -> bool {
        let widest = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.chain(header.get(column)).map(|text| text.chars().count()).max().unwrap_or(0)
        };
        self.is_page()
            || (0..header.len()).map(|column| widest(column) + 3).sum::<usize>() <= self.columns() + 1
    }

    /// A table with a line below its header: the first column and words to the left, numbers to the right; indented by one.
    pub(in crate::report) fn grid(self, header: &[String], mut rows: Vec<Vec<String>>) -> String {
        rows.iter_mut().flatten().for_each(|text| *text = with_minus(text));
        if self.is_page() {
            return page_grid(header, &rows);
        }
        let lines = TableStyle::new()
            .header_lines(ContentLineStyle::none())
            .header_separator(LineStyle::none().fill('─').junction('─'))
            .content_lines(ContentLineStyle::none());
        let mut table = Table::new();
        table.load_style(lines).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(self.columns() as u16);
        let words = columns_of_words(&rows);
        let side = |column: usize| match words.get(column) {
            Some(true) => CellAlignment::Left,
            _ if column == 0 => CellAlignment::Left,
            _ => CellAlignment::Right,
        };
        let cells = |texts: Vec<String>| {
            let cell = |(column, text)| Cell::new_owned(text).set_alignment(side(column));
            texts.into_iter().enumerate().map(cell).collect::<Vec<_>>()
        };
        table.set_header(cells(header.to_vec()));
        for row in rows {
            table.add_row(cells(row));
        }
        let mut out = String::new();
        for line in table.lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// A hyphen that stands for a minus, before a digit at the start or after a space, as the sign that it means.
fn with_minus(text: &str) -> String {
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = rest.next() {
        let negative = c == '-' && before == ' ' && rest.peek().is_some_and(char::is_ascii_digit);
        out.push(if negative { '−' } else { c });
        before = c;
    }
    out
}

/// Whether each column holds words: texts that begin with a letter, and nothing else but what does not apply.
fn columns_of_words(rows: &[Vec<String>]) -> Vec<bool> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let holds = |column: usize| {
        let cells = || rows.iter().filter_map(|row| row.get(column)).filter(|text| !text.is_empty());
        let mut said = cells().filter(|text| *text != NONE).peekable();
        said.peek().is_some() && said.all(|text| text.starts_with(char::is_alphabetic))
    };
    (0..columns).map(holds).collect()
}

/// A table in tags.
fn page_grid(header: &[String], rows: &[Vec<String>]) -> String {
    let words = columns_of_words(rows);
    let line = |cells: &[String], tag: &str| {
        let class = |column: usize| match words.get(column) {
            Some(true) if column > 0 => " class=\"words\"",
            _ => "",
        };
        let cells = cells.iter().enumerate();
        let cells = cells.map(|(k, text)| format!("<{tag}{}>{}</{tag}>", class(k), escaped(text)));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let body: String = rows.iter().map(|row| line(row, "td")).collect();
    format!(
        "<div class=\"wide\"><table>\n<thead>{}</thead>\n<tbody>\n{body}</tbody>\n</table></div>\n",
        line(header, "th").trim_end()
    )
}

/// Text in which nothing is a tag: whatever stands in a scenario is shown, never obeyed.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in a page; and marks that turn the direction of what follows.
            c if (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c) => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
    out
}

/// Texts as a table's header.
pub(super) fn header<const N: usize>(titles: [&str; N]) -> Vec<String> {
    titles.map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_minus_is_one() {
        let shown =
            ["-1.8 ± 0.2", "-3 to -1", "08:00-12:00", "2026-07-01", "lunch-time", "–", "-"].map(with_minus);
        assert_eq!(shown, ["−1.8 ± 0.2", "−3 to −1", "08:00-12:00", "2026-07-01", "lunch-time", "–", "-"]);
    }

    #[test]
    fn columns_of_words_are_known_by_what_they_hold() {
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        let rows = [row(["phone", "41 (8.5%)", "–", "MISSED"]), row(["chat", "cannot be kept", "–", "–"])];
        assert_eq!(columns_of_words(&rows), [true, false, false, true]);
        assert!(columns_of_words(&[]).is_empty());
    }
}
