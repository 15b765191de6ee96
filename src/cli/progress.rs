//! How far a run is: a bar on a terminal, a line every few seconds elsewhere, nothing when quiet.

use super::printer::Printer;
use crate::stats::{Estimate, Left};
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

/// Before the first line where there is no terminal; each pause is longer than the last,
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Pictures per second on a terminal.
const HERTZ: u8 = 8;
const BAR: &str = "{prefix} {wide_bar:.cyan/dim} {msg}";

/// Shows how far a run is. Told from any thread.
pub(super) struct Progress<'a> {
    printer: &'a Printer,
    /// Nothing is drawn before the first count.
    bar: Option<ProgressBar>,
    state: Mutex<State>,
}

/// What is going on, since when, and when it was last said.
struct State {
    doing: String,
    since: Instant,
    said: Instant,
    pause: Duration,
}

impl<'a> Progress<'a> {
    /// Of something called `doing`, such as "simulating".
    pub(super) fn new(doing: &str, printer: &'a Printer) -> Self {
        let drawn = !printer.is_quiet() && std::io::stderr().is_terminal();
        let now = Instant::now();
        let state = State { doing: doing.to_owned(), since: now, said: now, pause: FIRST_PAUSE };
        Self { printer, bar: drawn.then(|| bar(doing)), state: Mutex::new(state) }
    }

    /// Something else begins.
    pub(super) fn begin(&self, doing: &str) {
        if let Some(bar) = &self.bar {
            bar.set_prefix(doing.to_owned());
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        doing.clone_into(&mut state.doing);
        state.since = Instant::now();
    }

    /// So many replications are done, of so many as far as is known.
    pub(super) fn replications(&self, done: u64, total: u64) {
        self.tell(done, total, |spent| {
            format!("{} of {} replications{}", HumanCount(done), HumanCount(total), pace(done, total, spent))
        });
    }

    /// So much is done of a step whose end says nothing about the end of all.
    pub(super) fn step(&self, done: u64, total: u64) {
        self.tell(done, total, |_| format!("{} of {}", HumanCount(done), HumanCount(total)));
    }

    /// The next of several things begins, such as an interval; `share` of the work of all of them is done.
    pub(super) fn next(&self, what: &str, number: u64, of: u64, share: f64) {
        self.tell(number - 1, of, |spent| {
            format!("{what} {} of {}{}", HumanCount(number), HumanCount(of), rest(share, spent))
        });
    }

    /// The same of a number of agents that is being tested: how it stood when `seen` replications were done, and how many were
    /// left then.
    pub(super) fn standing(&self, done: u64, total: u64, so_far: &str, (left, seen): (Left, u64)) {
        self.tell(done, total, |spent| {
            let left = left.map(|left| (seen + left).saturating_sub(done));
            let time = time_left(done, left, spent);
            format!("{} of {}, {so_far}{time}", HumanCount(done), HumanCount(total))
        });
    }

    /// Draws or says it, unless another thread is at it.
    fn tell(&self, done: u64, total: u64, words: impl Fn(Duration) -> String) {
        if self.printer.is_quiet() {
            return;
        }
        let Some(mut state) = self.at_once() else { return };
        let text = words(state.since.elapsed());
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
            bar.set_message(text);
            if bar.is_hidden() {
                bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(HERTZ));
            }
        } else if state.said.elapsed() >= state.pause {
            state.said = Instant::now();
            state.pause = (state.pause * 2).min(LONGEST_PAUSE);
            self.printer.say(&format!("{}: {text}", state.doing));
        }
    }

    fn at_once(&self) -> Option<MutexGuard<'_, State>> {
        match self.state.try_lock() {
            Ok(state) => Some(state),
            Err(TryLockError::Poisoned(state)) => Some(state.into_inner()),
            Err(TryLockError::WouldBlock) => None,
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

fn bar(doing: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    let style = ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("━╸─"));
    bar.set_prefix(doing.to_owned());
    bar
}

/// `, 64/s, about 11s left`; nothing before anything is done and after everything is.
fn pace(done: u64, total: u64, spent: Duration) -> String {
    let rate = done as f64 / spent.as_secs_f64().max(1e-3);
    if done == 0 || done >= total {
        return String::new();
    }
    let left = (total - done) as f64 / rate;
    format!(", {}/s, about {} left", HumanCount(rate.round() as u64), rough(left))
}

/// "1.2 ± 0.8 points above its goal"; of a time, in seconds.
pub(super) fn so_far(margin: Estimate, is_share: bool) -> String {
    let (scale, unit) = if is_share { (100.0, "points") } else { (1e-6, "s") };
    let side = if margin.mean < 0.0 { "below" } else { "above" };
    let half = margin.half_width();
    let sure = if half.is_finite() { format!(" ± {:.1}", half * scale) } else { String::new() };
    format!("{:.1}{sure} {unit} {side} its goal", margin.mean.abs() * scale)
}

/// `, about 20s left` where that is known, `, at most 4m left` where it is not; nothing before anything is done.
fn time_left(done: u64, left: Left, spent: Duration) -> String {
    if done == 0 || left.number() == 0 {
        return String::new();
    }
    let seconds = left.number() as f64 * spent.as_secs_f64() / done as f64;
    match left {
        Left::About(_) => format!(", about {} left for it", rough(seconds)),
        Left::AtMost(_) => format!(", at most {} left for it", rough(seconds)),
    }
}

/// A share of the work from which on the time for the rest is known within a factor of two.
const KNOWN_FROM: f64 = 0.25;

/// `, about 20s left for it` once enough of the work is done to tell.
fn rest(share: f64, spent: Duration) -> String {
    if !(KNOWN_FROM..1.0).contains(&share) {
        return String::new();
    }
    format!(", about {} left for it", rough(spent.as_secs_f64() * (1.0 - share) / share))
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
    fn the_time_left_is_said_as_far_as_it_is_known() {
        let spent = Duration::from_secs(5);
        assert_eq!(time_left(1000, Left::About(4000), spent), ", about 20s left for it");
        assert_eq!(time_left(1000, Left::AtMost(40_000), spent), ", at most 3m left for it");
        assert_eq!(time_left(0, Left::About(10), spent) + &time_left(9, Left::About(0), spent), "");
        assert_eq!(rest(0.25, spent), ", about 15s left for it");
        assert_eq!(rest(0.2, spent) + &rest(1.0, spent), "");
        let margin = |mean, half| Estimate::around(mean, half, 0.9998, 64).expect("figures");
        assert_eq!(so_far(margin(0.012, 0.008), true), "1.2 ± 0.8 points above its goal");
        assert_eq!(so_far(margin(-2.5e6, 1e6), false), "2.5 ± 1.0 s below its goal");
        assert_eq!(so_far(margin(0.012, f64::INFINITY), true), "1.2 points above its goal");
    }

    #[test]
    fn the_pace_says_how_much_is_left() {
        assert_eq!(pace(320, 1000, Duration::from_secs(5)), ", 64/s, about 11s left");
        assert_eq!(pace(0, 10, Duration::ZERO), "");
        assert_eq!(pace(10, 10, Duration::ZERO), "");
        assert_eq!([0.2, 89.0, 600.0, 9000.0].map(rough), ["1s", "89s", "10m", "2h"]);
    }
}
