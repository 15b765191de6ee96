//! The texts a scenario is made of, and places in them.

use super::fault::Place;
use std::ops::Range;

/// A stretch of one of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) source: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) fn new(source: usize, range: &Range<usize>) -> Self {
        Self { source, start: range.start, end: range.end.max(range.start) }
    }
}

/// A text: the scenario file, or one word of the command line.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// The file as it was named.
    pub(super) name: String,
    pub(super) text: String,
    /// Whether it was written on the command line.
    pub(super) typed: bool,
}

impl Source {
    pub(super) fn file(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), typed: false }
    }

    pub(super) fn typed(text: &str) -> Self {
        Self { name: "command line".to_owned(), text: text.to_owned(), typed: true }
    }

    /// Where `span` lies. A span of several lines is cut to its first.
    pub(super) fn place(&self, span: Span) -> Place {
        let start = floor(&self.text, span.start);
        let end = floor(&self.text, span.end).max(start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let rest = &self.text[line_start..];
        let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let number = 1 + self.text[..line_start].bytes().filter(|&b| b == b'\n').count();
        let mark = start - line_start..(end - line_start).min(line.len()).max(start - line_start);
        let mut place = place_in_line(&self.name, number, line, &mark);
        place.rank = (span.source, start);
        place.line = place.line.filter(|_| !self.typed);
        place
    }
}

/// A place in a single line of a file.
pub(crate) fn place_in_line(file: &str, number: usize, line: &str, mark: &Range<usize>) -> Place {
    let start = floor(line, mark.start);
    let (excerpt, cut) = excerpt(line, start);
    let end = floor(excerpt, mark.end.max(start).saturating_sub(cut)).max(start - cut);
    Place {
        file: file.to_owned(),
        line: Some(number),
        column: 1 + line[..start].chars().count(),
        excerpt: excerpt.to_owned(),
        mark: start - cut..end,
        rank: (usize::MAX, number),
    }
}

/// The part of a line worth showing, and how many bytes were cut from its front.
fn excerpt(line: &str, around: usize) -> (&str, usize) {
    const REACH: usize = 1000;
    let first = if around > REACH { floor(line, around - REACH) } else { 0 };
    let last = floor(line, around + REACH);
    (&line[first..last], first)
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}
