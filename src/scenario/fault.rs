//! What is wrong with a scenario: where, why, and how to mend it.

use super::render;
use std::fmt;
use std::ops::Range;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot be run.
    Error,
    /// It can be run, but somebody should know.
    Warning,
}

/// A place in a text: a file's line, or what was written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as it was named, or "command line".
    pub file: String,
    /// Line from 1; `None` on the command line.
    pub line: Option<usize>,
    /// Column from 1, in characters.
    pub column: usize,
    /// The line itself, cut where it is very long.
    pub(super) excerpt: String,
    /// What to underline in the excerpt.
    pub(super) mark: Range<usize>,
    /// Order among places: source, then position.
    pub(super) rank: (usize, usize),
}

/// `support.toml:12:8`, or `--set key=value`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}:{}", self.file, self.column),
            None => f.write_str(&self.excerpt),
        }
    }
}

/// One thing that is wrong: a place, a reason and a mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where; `None` where the file itself is the trouble.
    pub place: Option<Place>,
    /// What is wrong, in one line.
    pub title: String,
    /// What is said under the underlined text; may be empty.
    pub label: String,
    /// How to mend it.
    pub help: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// Whether a file could not be read (exit code 3), rather than its content being wrong (exit code 2).
    pub io: bool,
}

/// Something worth saying about a scenario that can be run.
pub type Note = Fault;

impl Fault {
    pub(crate) fn new(place: Option<Place>, trouble: Trouble, severity: Severity) -> Self {
        let Trouble { title, label, help, io } = trouble;
        let help = help.map(|text| printable(&text));
        Self { place, title: printable(&title), label: printable(&label), help, severity, io }
    }

    pub(super) fn rank(&self) -> (usize, usize) {
        self.place.as_ref().map_or((usize::MAX, usize::MAX), |place| place.rank)
    }
}

/// Everything that is wrong with a scenario, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// A single error that has no place in a text.
    pub(crate) fn only(trouble: Trouble) -> Self {
        Self::new(vec![Fault::new(None, trouble, Severity::Error)])
    }

    pub(crate) fn new(mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(Fault::rank);
        faults.dedup();
        Self(faults)
    }

    /// Whether nothing but reading failed (exit code 3); else the content is wrong (exit code 2).
    pub fn is_io(&self) -> bool {
        self.0.iter().all(|fault| fault.io)
    }

    /// The faults in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// How many there are; at least 1.
    #[expect(clippy::len_without_is_empty, reason = "there is always at least one")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// As cargo shows its errors: the line, the text underlined, the reason, the mend.
    pub fn render(&self, color: bool) -> String {
        render::all(&self.0, color)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Faults {}

/// Warnings, shown like faults.
pub fn render_notes(notes: &[Note], color: bool) -> String {
    render::all(notes, color)
}

/// A fault that has not been given its place yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) title: String,
    pub(crate) label: String,
    pub(super) help: Option<String>,
    pub(super) io: bool,
}

impl Trouble {
    pub(crate) fn new(title: impl Into<String>, label: impl Into<String>, help: impl Into<String>) -> Self {
        Self { title: title.into(), label: label.into(), help: Some(help.into()), io: false }
    }

    /// Without a mend, where the title says it all.
    pub(super) fn bare(title: impl Into<String>, label: impl Into<String>) -> Self {
        Self { title: title.into(), label: label.into(), help: None, io: false }
    }

    /// The same, for a file that could not be read.
    pub(crate) fn io(mut self) -> Self {
        self.io = true;
        self
    }
}

/// Text from a file, safe to print: control characters and direction overrides become visible.
fn printable(text: &str) -> String {
    let hidden = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    text.chars().map(|c| if hidden(c) { '\u{fffd}' } else { c }).collect()
}

/// A count with its thousands set apart: `100,000`.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let lead = digits.len() % 3;
    let apart = |i: usize| i > 0 && i % 3 == lead;
    digits.chars().enumerate().flat_map(|(i, c)| apart(i).then_some(',').into_iter().chain([c])).collect()
}

/// Text from a file as quoted in a message: short.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.replace('\n', " ");
    }
    let head: String = text.chars().take(MOST).collect();
    format!("{}…", head.replace('\n', " "))
}
