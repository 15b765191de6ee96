//! The only file that prints: data to standard output, words to standard error.
//!
//! A reader who has seen enough and closes the pipe (`headcount … | head -1`) is no error: what is written afterwards
//! goes nowhere, and the exit code is what it would have been. Words that cannot be written are lost in silence;
//! there is nowhere left to complain.

use super::failure::{Failure, reason};
use std::io::{self, ErrorKind, IsTerminal, Write};

/// Where everything that the program says goes.
#[derive(Debug)]
pub struct Printer {
    quiet: bool,
    data_color: bool,
    word_color: bool,
}

impl Printer {
    /// Colour on a terminal, unless `NO_COLOR` is set or the terminal is dumb. `quiet`: only data, warnings and errors.
    pub fn new(quiet: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let plain = set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            quiet,
            data_color: !plain && io::stdout().is_terminal(),
            word_color: !plain && io::stderr().is_terminal(),
        }
    }

    /// Whether only data, warnings and errors are wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether words on standard error may be coloured.
    pub fn color(&self) -> bool {
        self.word_color
    }

    /// Whether data on standard output may be coloured.
    pub fn data_color(&self) -> bool {
        self.data_color
    }

    /// Columns of the terminal that shows the data; 80 where there is none.
    pub fn width(&self) -> u16 {
        terminal_size::terminal_size_of(io::stdout()).map_or(80, |(columns, _)| columns.0)
    }

    /// Data, to standard output as it is.
    pub fn data(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::io("write to", "standard output", error))
            }
            _ => Ok(()),
        }
    }

    /// Words that accompany the data, unless quiet.
    pub fn say(&self, words: &str) {
        if !self.quiet {
            tell(words);
        }
    }

    /// Words that nobody should miss: warnings and faults as they were rendered.
    pub fn warn(&self, words: &str) {
        tell(words);
    }

    /// A failure, with its mend.
    pub fn failure(&self, failure: &Failure) {
        match failure {
            Failure::Usage { reason, mend } => {
                self.error(reason);
                if let Some(mend) = mend {
                    tell(&format!("  = {} {mend}", self.painted("1;36", "help:")));
                }
            }
            Failure::Scenario(faults) => {
                tell(&faults.render(self.word_color));
                if faults.len() > 1 {
                    tell(&format!("\n{} faults", faults.len()));
                }
            }
            Failure::Io { doing, error } => self.error(&format!("cannot {doing}: {}", reason(error))),
            Failure::Words(words) if words.use_stderr() => tell(rendered(words, self.word_color).trim_end()),
            Failure::Words(words) => {
                // Help goes where data goes; a full disk behind it is not worth an exit code.
                let _ = self.data(rendered(words, self.data_color).as_bytes());
            }
        }
    }

    fn error(&self, words: &str) {
        tell(&format!("{} {words}", self.painted("1;31", "error:")));
    }

    fn painted(&self, code: &str, text: &str) -> String {
        if self.word_color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Help or a usage error as clap words it.
fn rendered(words: &clap::Error, color: bool) -> String {
    let text = words.render();
    if color { text.ansi().to_string() } else { text.to_string() }
}

/// A line to standard error, in one piece.
fn tell(words: &str) {
    let _ = io::stderr().lock().write_all(format!("{words}\n").as_bytes());
}
