//! A scenario in the making: lines of TOML, each number with a comment that says where it comes from.

use crate::exports::{self, DAY, Opening};
use crate::scenario::grouped;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// Names of the weekdays in scenarios, Monday first.
pub(super) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Lines of TOML.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    /// A comment, broken at 100 columns.
    pub(super) fn comment(&mut self, words: &str) {
        let mut line = "#".to_owned();
        for word in words.split_whitespace() {
            if line.len() + 1 + word.len() > 100 {
                self.line(&line);
                "#".clone_into(&mut line);
            }
            line.push(' ');
            line.push_str(word);
        }
        self.line(&line);
    }

    /// A table's heading, an empty line above.
    pub(super) fn table(&mut self, name: &str) {
        let _ = write!(self.0, "\n[{name}]\n");
    }

    /// `key = value`.
    pub(super) fn key(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.0, "{key:<8} = {value}");
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Text in TOML's quotes.
pub(super) fn quote(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars().take(200) {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}

/// `open`: one text where all days of the run are alike, else a table by weekday.
pub(super) fn open(opening: &Opening, minutes: i32, days: RangeInclusive<i32>) -> String {
    let day = |weekday: usize| opening.ranges(weekday, minutes);
    let first = exports::weekday(days.start() * DAY);
    if days.take(7).all(|day| opening.0[exports::weekday(day * DAY)] == opening.0[first]) {
        return quote(&day(first));
    }
    let days: Vec<String> =
        WEEKDAYS.iter().enumerate().map(|(k, name)| format!("{name} = {}", quote(&day(k)))).collect();
    format!("{{ {} }}", days.join(", "))
}

/// A number with at most `digits` decimals, none of them idle.
pub(super) fn number(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A count with its thousands set apart, and a decimal where it is no whole number.
pub(super) fn count(value: f64) -> String {
    let tenths = (value * 10.0).round() as u64 % 10;
    let whole = grouped(((value * 10.0).round() / 10.0) as u64);
    if tenths == 0 { whole } else { format!("{whole}.{tenths}") }
}

/// Seconds as a scenario writes them.
pub(super) fn seconds(value: f64) -> String {
    format!("\"{}s\"", number(value, 1))
}

/// A share as a percentage.
pub(super) fn percent(value: f64, digits: usize) -> String {
    format!("{}%", number(value * 100.0, digits))
}

/// What a planner promises where the file says nothing, by channel: the commonest goal, and how good that source is.
pub(super) fn usual_target(channel: &str) -> Option<(&'static str, &'static str)> {
    match channel {
        "voice" | "video" => Some(("\"80% in 20s\"", "B: the commonest promise on the phone; put in yours")),
        "chat" | "messaging" => {
            Some(("\"80% in 60s\"", "C: a usual promise for the first response; put in yours"))
        }
        "email" | "social" | "back_office" => Some((
            "{ done = \"90%\", within = \"24h\", clock = \"elapsed\" }",
            "B: 24 hours is the commonest promise; put in yours",
        )),
        _ => None,
    }
}
