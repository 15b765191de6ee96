//! What `headcount batch` shows: one row for each scenario.

use super::promise;
use super::table::Style;
use super::words::{NONE, hours, percent, plural, seconds, thousands};
use super::workbook::{Cell, number};
use crate::model::Model;
use crate::montecarlo::{Outcome, TargetKind, TargetOutcome, Verdict};
use crate::plan::{Answer, Reached};
use serde::{Deserialize, Serialize};

/// How a scenario ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Every promise is kept.
    Met,
    /// A promise is not kept.
    Missed,
    /// A promise can be told neither kept nor broken.
    Undecided,
    /// No plan keeps every promise.
    Unreachable,
    /// It promises nothing.
    NoPromise,
    /// It has faults, or cannot be planned or simulated.
    Faulty,
    /// It could not be read or its results not written.
    Unreadable,
}

impl Status {
    /// In a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "MISSED",
            Self::Undecided => "undecided",
            Self::Unreachable => "cannot be met",
            Self::NoPromise => "no promise",
            Self::Faulty => "FAULTY",
            Self::Unreadable => "UNREADABLE",
        }
    }
}

/// One scenario. Hours and costs are per day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The file as it was named.
    pub file: String,
    /// The scenario's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The fingerprint of its text, its files and the changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario_hash: Option<String>,
    /// `plan` or `simulate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// How it ended.
    pub status: Status,
    /// How many promises there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<usize>,
    /// How many of them are met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets_met: Option<usize>,
    /// Most agents at work at once, all groups together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agents: Option<u32>,
    /// Hours at work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staffed_hours: Option<f64>,
    /// What a day costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
    /// The promise that is furthest from being kept, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise: Option<String>,
    /// Of what the next three are: `share`, or `seconds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it came to; the share of days where that is promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achieved: Option<f64>,
    /// The lower end of its 95% interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achieved_low: Option<f64>,
    /// The upper end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achieved_high: Option<f64>,
    /// Warnings about the scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warnings: Option<usize>,
    /// What is wrong with a faulty one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

impl Row {
    /// Of a file that could not be played.
    pub fn faulty(file: &str, status: Status, fault: String) -> Self {
        Self {
            file: file.to_owned(),
            scenario: None,
            scenario_hash: None,
            job: None,
            status,
            targets: None,
            targets_met: None,
            agents: None,
            staffed_hours: None,
            cost: None,
            promise: None,
            unit: None,
            achieved: None,
            achieved_low: None,
            achieved_high: None,
            warnings: None,
            fault: Some(fault),
        }
    }

    /// Of a scenario that was planned, or simulated as it is staffed.
    pub fn of(file: &str, model: &Model, hash: &str, outcome: &Outcome, answer: Option<&Answer>) -> Self {
        let worst = worst(outcome);
        let figure = worst.and_then(figure);
        let met = outcome.targets.iter().filter(|target| target.verdict == Verdict::Met).count();
        let staffed = outcome.groups.iter().filter_map(|group| group.staffed_hours);
        Self {
            scenario: Some(model.name.clone()),
            scenario_hash: Some(hash.to_owned()),
            job: Some(if answer.is_some() { "plan" } else { "simulate" }.to_owned()),
            status: status(outcome, answer),
            targets: Some(outcome.targets.len()),
            targets_met: Some(met),
            agents: Some(peak(outcome)),
            staffed_hours: Some(staffed.map(|e| e.mean).sum()),
            cost: outcome.total.cost.map(|e| e.mean),
            promise: worst.map(|target| {
                let what = [promise::goal(target), promise::over(target)].join(" ");
                format!("{}: {}", promise::whose(target), what.trim_end())
            }),
            unit: worst.map(|target| if is_time(target) { "seconds" } else { "share" }.to_owned()),
            achieved: figure.map(|e| e.mean),
            achieved_low: figure.map(|e| e.low).filter(|x| x.is_finite()),
            achieved_high: figure.map(|e| e.high).filter(|x| x.is_finite()),
            fault: None,
            ..Self::faulty(file, Status::Met, String::new())
        }
    }
}

fn status(outcome: &Outcome, answer: Option<&Answer>) -> Status {
    let verdict = answer.map_or_else(|| outcome.verdict(), |answer| Some(answer.verdict));
    match (answer.map(|answer| &answer.reached), verdict) {
        (Some(Reached::Unreachable { .. }), _) => Status::Unreachable,
        (_, Some(Verdict::Met)) => Status::Met,
        (_, Some(Verdict::Undecided)) => Status::Undecided,
        (_, Some(Verdict::Missed)) => Status::Missed,
        (_, None) => Status::NoPromise,
    }
}

/// Most people at work at once.
fn peak(outcome: &Outcome) -> u32 {
    let mut all: std::collections::BTreeMap<(usize, &str), u32> = std::collections::BTreeMap::new();
    for interval in outcome.groups.iter().flat_map(|group| &group.intervals) {
        *all.entry((interval.day, interval.start.as_str())).or_default() += interval.agents;
    }
    all.into_values().max().unwrap_or(0)
}

/// The promise that is furthest from being kept: missed before undecided before met, the first of them.
fn worst(outcome: &Outcome) -> Option<&TargetOutcome> {
    let badness = |target: &&TargetOutcome| match target.verdict {
        Verdict::Missed => 0,
        Verdict::Undecided => 1,
        Verdict::Met => 2,
    };
    outcome.targets.iter().min_by_key(badness)
}

/// What a promise came to.
fn figure(target: &TargetOutcome) -> Option<crate::stats::Estimate> {
    if target.on_days.is_some() { target.days_met } else { target.achieved }
}

/// Whether that is a time; the share of days on which a time is kept is none.
fn is_time(target: &TargetOutcome) -> bool {
    target.on_days.is_none() && matches!(target.kind, TargetKind::Asa | TargetKind::Longest)
}

/// How many of each kind, in words: "5 scenarios: 3 met, 1 MISSED, 1 FAULTY".
pub fn tally(rows: &[Row]) -> String {
    const ALL: [Status; 7] = [
        Status::Met,
        Status::NoPromise,
        Status::Undecided,
        Status::Missed,
        Status::Unreachable,
        Status::Faulty,
        Status::Unreadable,
    ];
    let count = |status: Status| rows.iter().filter(|row| row.status == status).count();
    let parts = ALL.into_iter().filter(|&status| count(status) > 0);
    let parts: Vec<String> = parts.map(|status| format!("{} {}", count(status), status.words())).collect();
    format!("{}: {}", plural(rows.len() as u64, "scenario"), parts.join(", "))
}

/// For people.
pub fn table(rows: &[Row], style: Style) -> String {
    let mut out = style.heading("All scenarios");
    out.push_str(&style.paragraph(&format!("{}. Hours and cost are of a day.", tally(rows)), 1));
    out.push('\n');
    let costs = rows.iter().any(|row| row.cost.is_some());
    let header = ["scenario", "ended", "agents", "hours", "cost", "came to"];
    let or_none = |text: Option<String>| text.unwrap_or_else(|| NONE.to_owned());
    let line = |row: &Row| {
        vec![
            row.file.clone(),
            row.status.words().to_owned(),
            or_none(row.agents.map(|n| thousands(f64::from(n)))),
            or_none(row.staffed_hours.map(hours)),
            or_none(row.cost.map(thousands)),
            achieved(row),
        ]
    };
    let shown = |cells: Vec<String>| -> Vec<String> {
        cells
            .into_iter()
            .enumerate()
            .filter(|(column, _)| costs || *column != 4)
            .map(|(_, cell)| cell)
            .collect()
    };
    let lines = rows.iter().map(|row| shown(line(row))).collect();
    out.push_str(&style.grid(&shown(header.map(str::to_owned).to_vec()), lines));
    out.push_str(&list(rows, style, "Not met", |row| {
        let broken = matches!(row.status, Status::Missed | Status::Unreachable);
        let promise = row.promise.as_ref().filter(|_| broken)?;
        Some(format!("{promise}; it comes to {}", achieved(row)))
    }));
    out.push_str(&list(rows, style, "Not decided, which takes more replications", |row| {
        let promise = row.promise.as_ref().filter(|_| row.status == Status::Undecided)?;
        Some(format!("{promise}; it comes to {}{}", achieved(row), between(row)))
    }));
    out.push_str(&list(rows, style, "Not played", |row| row.fault.clone()));
    out
}

/// A section with a line for every scenario that has something to say in it.
fn list(rows: &[Row], style: Style, title: &str, says: impl Fn(&Row) -> Option<String>) -> String {
    let said = rows.iter().filter_map(|row| Some(format!("• {}: {}", row.file, says(row)?)));
    let lines: String = said.map(|line| style.hanging(&line, 1, 3)).collect();
    if lines.is_empty() { lines } else { format!("\n{}{lines}", style.heading(title)) }
}

/// What the promise came to, in its unit.
fn achieved(row: &Row) -> String {
    row.achieved.map_or_else(|| NONE.to_owned(), |value| in_unit(row, value))
}

/// How sure that is: ", between 86.6% and 88.8%".
fn between(row: &Row) -> String {
    let Some((low, high)) = row.achieved_low.zip(row.achieved_high) else { return String::new() };
    format!(", between {} and {}", in_unit(row, low), in_unit(row, high))
}

fn in_unit(row: &Row, value: f64) -> String {
    if row.unit.as_deref() == Some("seconds") { seconds(value) } else { percent(value) }
}

/// For programs.
pub fn json(rows: &[Row]) -> serde_json::Result<String> {
    let all = serde_json::json!({
        "program": concat!("headcount ", env!("CARGO_PKG_VERSION")),
        "scenarios": serde_json::to_value(rows)?,
    });
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

/// The columns of `batch.csv` and of the workbook's sheet.
pub(super) const COLUMNS: &str = "file scenario scenario_hash job status targets targets_met agents staffed_hours cost \
                                  promise unit achieved achieved_low achieved_high warnings fault";

/// A row under [`COLUMNS`]; `status` says how it ended.
pub(super) fn cells(row: &Row, status: &str) -> Vec<Cell> {
    let text = |text: &Option<String>| text.as_deref().map_or(Cell::Nothing, Cell::from);
    let whole = |n: Option<usize>| number(n.map(|n| n as f64));
    vec![
        row.file.as_str().into(),
        text(&row.scenario),
        text(&row.scenario_hash),
        text(&row.job),
        status.into(),
        whole(row.targets),
        whole(row.targets_met),
        number(row.agents.map(f64::from)),
        number(row.staffed_hours),
        number(row.cost),
        text(&row.promise),
        text(&row.unit),
        number(row.achieved),
        number(row.achieved_low),
        number(row.achieved_high),
        whole(row.warnings),
        text(&row.fault),
    ]
}

/// For spreadsheets.
pub fn csv(rows: &[Row]) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    out.write_record(COLUMNS.split_whitespace())?;
    for row in rows {
        let status = serde_json::to_value(row.status).ok();
        let status = status.as_ref().and_then(|status| status.as_str()).unwrap_or_default();
        out.write_record(cells(row, status).into_iter().map(|cell| match cell {
            Cell::Text(text) => text,
            Cell::Number(x) => x.to_string(),
            Cell::Nothing => String::new(),
        }))?;
    }
    super::csv::finished(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_told_is_not_called_missed() {
        let none = Row::faulty("week.toml", Status::Undecided, String::new());
        let row = Row {
            fault: None,
            promise: Some("phone: 85% within 20s".to_owned()),
            achieved: Some(0.877),
            achieved_low: Some(0.866),
            achieved_high: Some(0.888),
            ..none
        };
        let told = table(&[row], Style::PAGE);
        assert!(told.contains("Not decided") && !told.contains("Not met"), "{told}");
        assert!(told.contains("phone: 85% within 20s; it comes to 87.7%, between 86.6% and 88.8%"), "{told}");
    }
}
