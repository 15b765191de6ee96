//! What keeps a command from ending well: a place, a reason and, where there is one, a mend.

use super::exit::Exit;
use crate::scenario::Faults;
use std::fmt::Display;
use std::io;

/// Why a command gave up.
#[derive(Debug)]
pub enum Failure {
    /// The command line asks for something that cannot be done.
    Usage {
        /// What is wrong, in one line without a full stop.
        reason: String,
        /// How to mend it.
        mend: Option<String>,
    },
    /// The command line could not be read; already worded.
    Typed(Words),
    /// Nothing failed: help or the version was asked for.
    Asked(Words),
    /// The scenario is faulty, or could not be read.
    Scenario(Faults),
    /// A file could not be read or written.
    Io {
        /// What was tried, such as "write output/support/results.json".
        doing: String,
        /// What the system said.
        error: io::Error,
    },
}

/// The same words without and with colour.
#[derive(Debug)]
pub struct Words {
    /// For a file or a pipe.
    pub plain: String,
    /// For a terminal.
    pub colored: String,
}

impl Words {
    /// Those that suit.
    pub fn chosen(&self, color: bool) -> &str {
        if color { &self.colored } else { &self.plain }
    }
}

impl Failure {
    /// Wrong usage, with its mend.
    pub fn usage(reason: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::Usage { reason: reason.into(), mend: Some(mend.into()) }
    }

    /// Wrong usage of one file among several: it is named.
    #[must_use]
    pub fn about(self, file: &std::path::Path) -> Self {
        match self {
            Self::Usage { reason, mend } => {
                Self::Usage { reason: format!("{}: {reason}", file.display()), mend }
            }
            other => other,
        }
    }

    /// A file that could not be read or written.
    pub fn io(doing: &str, place: impl Display, error: io::Error) -> Self {
        Self::Io { doing: format!("{doing} {place}"), error }
    }

    /// The exit code that goes with it.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Asked(_) => Exit::Done,
            Self::Scenario(faults) if faults.is_io() => Exit::Io,
            Self::Usage { .. } | Self::Typed(_) | Self::Scenario(_) => Exit::Usage,
            Self::Io { .. } => Exit::Io,
        }
    }
}

/// What the system said, without the number it keeps for itself.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let mut letters = text[..end].chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_words_without_their_number() {
        assert_eq!(reason(&io::Error::from_raw_os_error(2)), "no such file or directory");
        assert_eq!(reason(&io::Error::other("Odd")), "odd");
    }
}
