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
    /// The command line could not be read, or asked for help; already worded by clap.
    Words(clap::Error),
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

impl Failure {
    /// Wrong usage, with its mend.
    pub fn usage(reason: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::Usage { reason: reason.into(), mend: Some(mend.into()) }
    }

    /// A file that could not be read or written.
    pub fn io(doing: &str, place: impl Display, error: io::Error) -> Self {
        Self::Io { doing: format!("{doing} {place}"), error }
    }

    /// The exit code that goes with it.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Words(error) if !error.use_stderr() => Exit::Done,
            Self::Scenario(faults) if faults.is_io() => Exit::Io,
            Self::Usage { .. } | Self::Words(_) | Self::Scenario(_) => Exit::Usage,
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
