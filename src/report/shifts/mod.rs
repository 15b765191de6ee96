//! What `headcount shifts` shows: the shifts with their breaks, how they cover the day, what customers get, and, with
//! contracts, whose shifts they are.

mod coverage;
mod csv;
mod json;
mod notes;
mod people;
mod people_json;
mod prices;
mod workbook;

pub use csv::csv;
pub use json::json;
pub use workbook::workbook;

use super::promise;
use super::table::Style;
use super::words::{NONE, hours, percent, plural, share, thousands, timed, trimmed};
use crate::model::{Model, Objective};
use crate::montecarlo::{TargetKind, TargetOutcome};
use crate::shifts::{Answer, Pattern, Pause, Price};
use jiff::ToSpan;

/// For people: what it costs, which shifts, how they cover the day, what customers get.
pub fn table(model: &Model, answer: &Answer, prices: &[Price], style: Style) -> String {
    let heading =
        if answer.keeps() { "Shifts that keep the promise" } else { "Shifts that cover what is needed" };
    let mut out = style.heading(heading);
    out.push_str(&style.paragraph(&cost(model, answer), 0));
    out.push('\n');
    if !answer.outcome.targets.is_empty() {
        out.push_str(&style.heading("What customers get"));
    }
    for target in &answer.outcome.targets {
        out.push_str(&style.judged(target.verdict, &line(target)));
    }
    out.push('\n');
    out.push_str(&shifts(model, answer, style));
    out.push('\n');
    out.push_str(&coverage::table(model, answer, style));
    out.push_str(&people::table(model, answer, style));
    out.push_str(&prices::table(model, prices, style));
    out.push_str(&style.heading("What the numbers mean"));
    for note in notes::notes(model, answer) {
        out.push_str(&style.hanging(&format!("• {note}"), 1, 3));
    }
    out
}

/// A promise and its figure.
fn line(target: &TargetOutcome) -> String {
    let time = matches!(target.kind, TargetKind::Asa | TargetKind::Longest);
    let figure = target.achieved.map_or_else(|| NONE.to_owned(), if time { timed } else { share });
    let over = promise::over(target);
    let over = if over.is_empty() { over } else { format!(" {over}") };
    format!("{}, {}{over}: {figure}", promise::whose(target), promise::goal(target))
}

/// How much in the plan's objective.
fn figure(model: &Model, x: f64) -> String {
    match model.plan.objective {
        Objective::AgentHours => format!("{} hours", trimmed(x, 2)),
        Objective::Cost => thousands(x),
        Objective::Headcount => plural(x.round() as u64, "shift"),
    }
}

fn cost(model: &Model, answer: &Answer) -> String {
    let solved = &answer.schedule.solved;
    let people: u32 = solved.x.iter().sum();
    let sure = if solved.is_proven() {
        "No other choice of these shifts can be cheaper".to_owned()
    } else {
        let (bound, gap) = (figure(model, solved.bound), percent(solved.gap()));
        format!("No other choice of these shifts can cost less than {bound}: at most {gap} could be saved")
    };
    let far = if answer.keeps() { ", as far as theory knows the day." } else { "." };
    let paid = hours(answer.schedule.paid_hours());
    let cost = figure(model, solved.cost);
    format!("{}, {paid} paid hours, cost {cost}. {sure}{far}", plural(u64::from(people), "shift"))
}

/// A row for every pattern in use.
fn shifts(model: &Model, answer: &Answer, style: Style) -> String {
    let with = !model.shifts.contracts.is_empty();
    let mut header = ["shift", "group", "day", "from", "to", "breaks", "people"].map(str::to_owned).to_vec();
    if with {
        header.insert(2, "contract".to_owned());
    }
    let row = |(pattern, n): (&Pattern, u32)| {
        let breaks: Vec<String> = pattern.breaks.iter().map(|pause| spell(model, pattern, pause)).collect();
        let mut row = vec![
            model.shifts.templates[pattern.template].name.clone(),
            model.groups[pattern.group.0].name.clone(),
            (model.grid().day_of(pattern.start) + 1).to_string(),
            clock(model, pattern.start),
            clock(model, pattern.start + pattern.length),
            if breaks.is_empty() { NONE.to_owned() } else { breaks.join(", ") },
            n.to_string(),
        ];
        if with {
            row.insert(
                2,
                pattern.contract.map_or_else(|| NONE.to_owned(), |c| model.shifts.contracts[c].name.clone()),
            );
        }
        (pattern.start, row)
    };
    let mut rows: Vec<(usize, Vec<String>)> = answer.schedule.used().map(row).collect();
    rows.sort_by_key(|(start, _)| *start);
    style.grid(&header, rows.into_iter().map(|(_, row)| row).collect())
}

/// Start and end of a break.
fn spell(model: &Model, pattern: &Pattern, pause: &Pause) -> String {
    let at = pattern.start + pause.after;
    format!("{}–{}", clock(model, at), clock(model, at + pause.length))
}

/// The time of day, midnight at an end as 00:00.
fn clock(model: &Model, i: usize) -> String {
    model.grid().clock(i)
}

/// Local date and time, or the day's number and time.
fn moment(model: &Model, i: usize) -> String {
    let day = model.grid().day_of(i);
    let date = model.calendar.start.and_then(|start| start.checked_add((day as i64).days()).ok());
    let day = date.map_or_else(|| format!("day {}", day + 1), |date| date.to_string());
    format!("{day} {}", clock(model, i))
}
