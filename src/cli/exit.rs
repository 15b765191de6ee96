//! Exit codes: what a shell script may rely on.

use std::process::ExitCode;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done; where a verdict was asked for, every target is met.
    Done,
    /// 1: a target is not met, cannot be met or stays undecided (`plan`, `simulate --check`).
    NotMet,
    /// 2: wrong usage, or a faulty scenario.
    Usage,
    /// 3: a file could not be read or written.
    Io,
    /// 130: interrupted; what was finished has been kept.
    Interrupted,
}

impl Exit {
    /// The number that the shell sees.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NotMet => 1,
            Self::Usage => 2,
            Self::Io => 3,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
