//! What a formula said: the staffing that was asked about, its neighbours, and what the formula leaves out.

use super::columns;
use super::words::{
    agents, count, goal_percent, listed, percent, seconds, thousands, threshold, trimmed, wrapped,
};
use serde::Serialize;
use std::fmt::Write;

/// Columns of text that fit every terminal.
const WIDTH: usize = 80;

/// The formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Formula {
    /// Whoever finds every line busy is lost.
    #[serde(rename = "erlang_b")]
    B,
    /// Everyone waits until answered.
    #[serde(rename = "erlang_c")]
    C,
    /// Customers hang up when their patience ends.
    #[serde(rename = "erlang_a")]
    A,
}

/// What is promised. Shares from 0 to 1, times in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// A share answered in time.
    Answered {
        /// At least this share.
        share: f64,
        /// The time.
        within_s: f64,
    },
    /// A mean speed of answer of at most so long.
    SpeedOfAnswer(f64),
    /// At most this share hangs up.
    Abandoned(f64),
    /// At most this share is turned away.
    Blocking(f64),
    /// Agents are busy for at most this share of their time.
    MaxOccupancy(f64),
}

/// What was asked, and the answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// So many agents (lines, for Erlang B) were given; [`Sheet::rows`] says what they achieve.
    Given(u32),
    /// So many are needed; nothing if no number reaches the goals.
    Needed(Option<u32>),
    /// So many calls per hour are carried with every goal kept.
    Carried {
        /// The agents (lines) that were given.
        agents: u32,
        /// Nothing if they cannot keep the goals at any load.
        #[serde(skip_serializing_if = "Option::is_none")]
        per_hour: Option<f64>,
    },
}

impl Answer {
    /// Whether there is an answer.
    pub fn is_in_reach(&self) -> bool {
        !matches!(self, Self::Needed(None) | Self::Carried { per_hour: None, .. })
    }
}

/// One number of agents (lines) and what it achieves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Agents, or lines.
    pub agents: u32,
    /// Whether every goal is kept; nothing if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<bool>,
    /// The service level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_level: Option<f64>,
    /// The mean wait of the answered.
    #[serde(rename = "asa_s", skip_serializing_if = "Option::is_none")]
    pub speed_of_answer_s: Option<f64>,
    /// The share that has to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_probability: Option<f64>,
    /// The share that hangs up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abandonment: Option<f64>,
    /// The share that is turned away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocking: Option<f64>,
    /// The share of agents' time spent on calls.
    pub occupancy: f64,
    /// Whether the queue settles at all.
    pub stable: bool,
}

/// One question to one formula, with its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// Which formula.
    pub formula: Formula,
    /// Calls per hour.
    pub calls_per_hour: f64,
    /// Mean handle time.
    pub aht_s: f64,
    /// Offered load in erlangs.
    #[serde(rename = "load_erlangs")]
    pub load: f64,
    /// Mean patience, where there is any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patience_s: Option<f64>,
    /// Lines for those who talk or wait, where they are limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<u32>,
    /// The wait that the service level speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_s: Option<f64>,
    /// What the service level counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<&'static str>,
    /// What is promised.
    pub goals: Vec<Goal>,
    /// The answer.
    pub answer: Answer,
    /// Whether there is one.
    #[serde(skip)]
    pub in_reach: bool,
    /// The staffing in question and its neighbours.
    #[serde(rename = "staffings")]
    pub rows: Vec<Row>,
}

/// For machines.
pub fn json(sheet: &Sheet) -> Vec<u8> {
    #[derive(Serialize)]
    struct File<'a> {
        program: &'static str,
        label: &'static str,
        #[serde(flatten)]
        sheet: &'a Sheet,
    }
    let program = concat!("headcount ", env!("CARGO_PKG_VERSION"));
    let file = File { program, label: "exact", sheet };
    // Plain numbers and text always have a JSON form.
    let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// For spreadsheets: one line per staffing.
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    let mut text = String::from(
        "agents,kept,service_level,asa_s,wait_probability,abandonment,blocking,occupancy,stable\n",
    );
    let cell = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for row in &sheet.rows {
        let shares = [
            row.service_level,
            row.speed_of_answer_s,
            row.wait_probability,
            row.abandonment,
            row.blocking,
            Some(row.occupancy),
        ];
        let kept = row.kept.map_or_else(String::new, |kept| kept.to_string());
        let _ = writeln!(text, "{},{kept},{},{}", row.agents, shares.map(cell).join(","), row.stable);
    }
    text.into_bytes()
}

/// For people: the question, the answer in a sentence, the neighbours, and what the formula leaves out.
pub fn table(sheet: &Sheet) -> String {
    let mut text = format!("{}\n\n", heading(sheet));
    for line in wrapped(&verdict(sheet), WIDTH) {
        let _ = writeln!(text, "{line}");
    }
    if !sheet.rows.is_empty() {
        let _ = write!(text, "\n{}", staffings(sheet));
    }
    text.push('\n');
    for line in wrapped(&leaves_out(sheet.formula), WIDTH) {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// `Erlang A: 240 calls/h of 5m (20 erlangs), patience 3m`.
fn heading(sheet: &Sheet) -> String {
    let name = match sheet.formula {
        Formula::B => "Erlang B",
        Formula::C => "Erlang C",
        Formula::A => "Erlang A",
    };
    let aht = threshold(sheet.aht_s);
    let (calls, load) = (amount(sheet.calls_per_hour), amount(sheet.load));
    let mut text = if matches!(sheet.answer, Answer::Carried { .. }) {
        format!("{name}: calls of {aht}")
    } else {
        format!("{name}: {calls} calls/h of {aht} ({load} erlangs)")
    };
    if let Some(patience) = sheet.patience_s {
        let _ = write!(text, ", patience {}", threshold(patience));
    }
    if let Some(lines) = sheet.lines {
        let _ = write!(text, ", {} lines", thousands(f64::from(lines)));
    }
    text
}

/// A rate or a load: whole where it is large.
fn amount(x: f64) -> String {
    if x >= 1000.0 { thousands(x) } else { trimmed(x, 2) }
}

/// A little less rather than a little more: whole, or with one decimal where there are few.
fn floored(x: f64) -> f64 {
    if x >= 100.0 { x.floor() } else { (x * 10.0).floor() / 10.0 }
}

fn verdict(sheet: &Sheet) -> String {
    let promise = listed(&sheet.goals.iter().map(promise).collect::<Vec<_>>());
    match sheet.answer {
        Answer::Given(n) => given(sheet, n, &promise),
        Answer::Needed(None) => format!("No number of {} up to a million keeps {promise}.", plural(sheet)),
        Answer::Needed(Some(n)) => needed(sheet, n, &promise),
        Answer::Carried { agents, per_hour: None } => {
            format!("{} cannot keep {promise}, however few call.", staff(sheet, agents))
        }
        Answer::Carried { agents, per_hour: Some(calls) } => {
            let (calls, load) = (amount(floored(calls)), amount(sheet.load));
            let carry = if agents == 1 { "carries" } else { "carry" };
            format!("{} {carry} {calls} calls/h ({load} erlangs) and keep {promise}.", staff(sheet, agents))
        }
    }
}

fn given(sheet: &Sheet, n: u32, promise: &str) -> String {
    let Some(row) = sheet.rows.iter().find(|row| row.agents == n) else { return String::new() };
    if !row.stable {
        let load = amount(sheet.load);
        return format!("{} are too few for {load} erlangs: the queue grows without end.", staff(sheet, n));
    }
    let achieved = match (row.service_level, row.blocking) {
        (Some(level), _) => format!("{} of calls are answered within {}", percent(level), within(sheet)),
        (None, Some(blocked)) => format!("{} of calls are turned away", percent(blocked)),
        (None, None) => return String::new(),
    };
    let kept = match row.kept {
        None => String::new(),
        Some(true) => format!(" That keeps {promise}."),
        Some(false) => format!(" That does not keep {promise}."),
    };
    format!("With {}, {achieved}.{kept}{}", staff(sheet, n), lost(sheet, row))
}

fn needed(sheet: &Sheet, n: u32, promise: &str) -> String {
    let keep = if n == 1 { "keeps" } else { "keep" };
    let fewer = n.checked_sub(1).and_then(|less| sheet.rows.iter().find(|row| row.agents == less));
    let fewer = fewer.filter(|row| row.kept == Some(false)).map(|row| format!("; {} would not", row.agents));
    let lost = sheet.rows.iter().find(|row| row.agents == n).map(|row| lost(sheet, row));
    format!("{} {keep} {promise}{}.{}", staff(sheet, n), fewer.unwrap_or_default(), lost.unwrap_or_default())
}

/// How many customers are lost, in words.
fn lost(sheet: &Sheet, row: &Row) -> String {
    match row.abandonment.filter(|share| *share > 0.0) {
        Some(share) => {
            format!(
                " {} of callers hang up: {} an hour.",
                percent(share),
                count(share * sheet.calls_per_hour)
            )
        }
        None => String::new(),
    }
}

fn promise(goal: &Goal) -> String {
    match *goal {
        Goal::Answered { share, within_s } => {
            format!("{} answered within {}", goal_percent(share), threshold(within_s))
        }
        Goal::SpeedOfAnswer(wait) => format!("a mean answer within {}", threshold(wait)),
        Goal::Abandoned(share) => format!("at most {} hanging up", goal_percent(share)),
        Goal::Blocking(share) => format!("at most {} turned away", goal_percent(share)),
        Goal::MaxOccupancy(share) => format!("agents at most {} busy", goal_percent(share)),
    }
}

fn within(sheet: &Sheet) -> String {
    threshold(sheet.within_s.unwrap_or(0.0))
}

fn plural(sheet: &Sheet) -> &'static str {
    if sheet.formula == Formula::B { "lines" } else { "agents" }
}

fn staff(sheet: &Sheet, n: u32) -> String {
    match (sheet.formula, n) {
        (Formula::B, 1) => "1 line".to_owned(),
        (Formula::B, n) => format!("{} lines", thousands(f64::from(n))),
        _ => agents(n),
    }
}

/// A column: its head, and its cell in a row where it has one.
type Column = (String, fn(&Sheet, &Row) -> Option<String>);

/// The rows, right-aligned, with a mark at the one in question.
fn staffings(sheet: &Sheet) -> String {
    let all: [Column; 8] = [
        (plural(sheet).to_owned(), |_, row| Some(thousands(f64::from(row.agents)))),
        (format!("in {}", within(sheet)), |_, row| row.service_level.map(percent)),
        ("mean answer".to_owned(), |_, row| answer_cell(row)),
        ("must wait".to_owned(), |_, row| row.wait_probability.map(percent)),
        ("hang up".to_owned(), |_, row| row.abandonment.map(percent)),
        ("turned away".to_owned(), |_, row| row.blocking.map(percent)),
        ("busy".to_owned(), |_, row| Some(percent(row.occupancy))),
        ("kept".to_owned(), |_, row| row.kept.map(|kept| if kept { "yes" } else { "no" }.to_owned())),
    ];
    let shown = all.into_iter().filter_map(|(head, cell)| {
        let cells: Option<Vec<String>> = sheet.rows.iter().map(|row| cell(sheet, row)).collect();
        cells.map(|cells| (head, cells))
    });
    let marked = sheet.rows.iter().position(|row| asked(sheet) == Some(row.agents));
    columns::text(&shown.collect::<Vec<_>>(), marked.filter(|_| sheet.rows.len() > 1))
}

/// The staffing in question.
fn asked(sheet: &Sheet) -> Option<u32> {
    match sheet.answer {
        Answer::Given(n) | Answer::Carried { agents: n, .. } => Some(n),
        Answer::Needed(n) => n,
    }
}

fn answer_cell(row: &Row) -> Option<String> {
    row.service_level?;
    Some(row.speed_of_answer_s.map_or_else(|| "never".to_owned(), seconds))
}

fn leaves_out(formula: Formula) -> String {
    let own = match formula {
        Formula::B => "Supposes that nobody waits or calls again",
        Formula::C => "Supposes that nobody hangs up, and asks for too many agents where people do",
        Formula::A => "Supposes exponential patience and handle times, and that nobody calls again",
    };
    format!("{own}. Steady state: one queue, one rate. For a day with peaks: headcount plan.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(answer: Answer) -> Sheet {
        let row = |agents, level, kept| Row {
            agents,
            kept: Some(kept),
            service_level: Some(level),
            speed_of_answer_s: Some(31.0),
            wait_probability: Some(0.58),
            abandonment: Some(0.077),
            blocking: None,
            occupancy: 0.879,
            stable: true,
        };
        Sheet {
            formula: Formula::A,
            calls_per_hour: 240.0,
            aht_s: 300.0,
            load: 20.0,
            patience_s: Some(180.0),
            lines: None,
            within_s: Some(120.0),
            definition: Some("offered"),
            goals: vec![Goal::Answered { share: 0.9, within_s: 120.0 }],
            in_reach: answer.is_in_reach(),
            answer,
            rows: vec![row(20, 0.88, false), row(21, 0.912, true)],
        }
    }

    #[test]
    fn the_answer_names_who_would_not_do_and_who_is_lost() {
        insta::assert_snapshot!(table(&sheet(Answer::Needed(Some(21)))));
    }

    #[test]
    fn spreadsheets_get_plain_numbers() {
        insta::assert_snapshot!(String::from_utf8(csv(&sheet(Answer::Given(21)))).unwrap());
    }
}
