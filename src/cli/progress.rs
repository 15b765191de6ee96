//! How far a run is: a bar on a terminal, a line every few seconds elsewhere, nothing when quiet.

use super::printer::Printer;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::{Duration, Instant};

/// Between two lines where there is no terminal.
const PAUSE: Duration = Duration::from_secs(5);
/// Pictures per second on a terminal.
const HERTZ: u8 = 8;
const BAR: &str = "{prefix} {wide_bar:.cyan/dim} {human_pos} of {human_len} {msg} ({per_sec}, {eta} left)";

/// Shows how far a run is. Told from any thread.
pub(super) struct Progress<'a> {
    printer: &'a Printer,
    what: &'static str,
    bar: Option<ProgressBar>,
    log: Mutex<Log>,
}

/// When the last line was written, and since when the stage runs.
struct Log {
    doing: String,
    since: Instant,
    last: Instant,
}

impl<'a> Progress<'a> {
    /// Something that consists of so many of `what`, such as "replications".
    pub(super) fn new(doing: &str, what: &'static str, printer: &'a Printer) -> Self {
        let drawn = !printer.is_quiet() && std::io::stderr().is_terminal();
        let now = Instant::now();
        let log = Log { doing: doing.to_owned(), since: now, last: now };
        Self { printer, what, bar: drawn.then(|| bar(doing, what)), log: Mutex::new(log) }
    }

    /// Something else begins.
    pub(super) fn stage(&self, doing: &str) {
        if let Some(bar) = &self.bar {
            bar.set_prefix(doing.to_owned());
            bar.reset();
        }
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        doing.clone_into(&mut log.doing);
        log.since = Instant::now();
    }

    /// So much is done, of so many as far as is known.
    pub(super) fn tell(&self, done: u64, total: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
        } else if !self.printer.is_quiet() {
            self.line(done, total);
        }
    }

    /// A line, if the last is long enough ago and no other thread is writing one.
    fn line(&self, done: u64, total: u64) {
        let mut log = match self.log.try_lock() {
            Ok(log) => log,
            Err(TryLockError::Poisoned(log)) => log.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        if log.last.elapsed() >= PAUSE {
            log.last = Instant::now();
            self.printer.say(&words(&log.doing, self.what, done, total, log.since.elapsed()));
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(doing: &str, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(HERTZ));
    let style = ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("━╸─"));
    bar.set_prefix(doing.to_owned());
    bar.set_message(what);
    bar
}

/// `simulating: 320 of 1000 replications, 64/s, about 11s left`.
fn words(doing: &str, what: &str, done: u64, total: u64, spent: Duration) -> String {
    let rate = done as f64 / spent.as_secs_f64().max(1e-3);
    let text = format!("{doing}: {done} of {total} {what}");
    if done == 0 || done >= total {
        return text;
    }
    format!("{text}, about {} left", rough((total - done) as f64 / rate))
}

/// Seconds as one says them when guessing.
fn rough(seconds: f64) -> String {
    match seconds {
        s if s < 1.0 => "1s".to_owned(),
        s if s < 90.0 => format!("{s:.0}s"),
        s if s < 5400.0 => format!("{:.0}m", s / 60.0),
        s => format!("{:.0}h", s / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_much_is_left() {
        let said = words("simulating", "replications", 320, 1000, Duration::from_secs(5));
        assert_eq!(said, "simulating: 320 of 1000 replications, about 11s left");
        assert_eq!(words("searching", "steps", 0, 10, Duration::ZERO), "searching: 0 of 10 steps");
        assert_eq!([0.2, 89.0, 600.0, 9000.0].map(rough), ["1s", "89s", "10m", "2h"]);
    }
}
