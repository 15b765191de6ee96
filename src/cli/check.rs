//! `headcount check`: every fault of a scenario, nothing simulated.

use super::args::Check;
use super::exit::Exit;
use super::failure::Failure;
use super::printer::Printer;
use super::scene;
use crate::model::{Group, Model, Staff};
use crate::scenario::Scenario;
use crate::shifts::patterns;

/// Shows how a scenario was understood; faults come back as the failure.
pub(super) fn run(asked: &Check, printer: &Printer) -> Result<Exit, Failure> {
    let scenario = scene::read(&asked.file, &asked.changes, None, printer)?;
    let file = asked.file.display();
    let text = format!("{file}: no faults\n  {}\n", understood(&scenario).join("\n  "));
    printer.data(text.as_bytes())?;
    let planned = scenario.model.planned_groups().next().is_some();
    let rostered = scenario.rosters.iter().any(Option::is_some);
    let next = match (planned, rostered) {
        (true, _) => "plan",
        (false, true) => "roster",
        (false, false) => "simulate",
    };
    printer.say(&format!("next: headcount {next} {file}"));
    Ok(Exit::Done)
}

/// How the text was understood: first the whole, then what the reader said, then who serves.
fn understood(scenario: &Scenario) -> Vec<String> {
    let model = &scenario.model;
    let mut lines = vec![extent(model)];
    lines.extend(scenario.echoes.iter().cloned());
    lines.extend(model.groups.iter().map(|group| staffing(model, group)));
    lines.extend(shifts(model));
    lines
}

/// `shifts: early, late; 1,024 ways to work them`, and those that nobody can ever work.
fn shifts(model: &Model) -> Vec<String> {
    let templates = &model.shifts.templates;
    if templates.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = templates.iter().map(|template| template.name.as_str()).collect();
    let ways = match patterns(model) {
        Ok(ways) => ways,
        Err(error) => return vec![format!("shifts: {error}")],
    };
    let plural = if ways.len() == 1 { "" } else { "s" };
    let mut lines = vec![format!("shifts: {}; {} way{plural} to work them", names.join(", "), ways.len())];
    for (t, name) in names.into_iter().enumerate() {
        if ways.iter().all(|way| way.template != t) {
            lines.push(format!(
                "shift {name}: nobody can work it; no start leaves room for it before the run ends, or its breaks never lie in their windows"
            ));
        }
    }
    for (c, contract) in model.shifts.contracts.iter().enumerate() {
        if ways.iter().all(|way| way.contract != Some(c)) {
            lines.push(format!(
                "contract {}: it has no shift; look at its `shifts`, `groups`, `days` and `hours_a_day`",
                contract.name
            ));
        }
    }
    lines
}

/// `1 day in intervals of 30m, about 2,530 contacts`.
fn extent(model: &Model) -> String {
    let grid = model.grid();
    let contacts = match model.expected_contacts() {
        few if few < 9.95 => format!("{few:.2}"),
        many => format!("{many:.0}"),
    };
    let days = if grid.days == 1 { "1 day".to_owned() } else { format!("{} days", grid.days) };
    format!("{days} in intervals of {}, about {contacts} contacts", grid.interval)
}

fn staffing(model: &Model, group: &Group) -> String {
    let served: Vec<&str> =
        group.serves.iter().map(|skill| model.queues[skill.queue.0].name.as_str()).collect();
    let staff = match &group.staff {
        Staff::Planned => "agents to be planned".to_owned(),
        Staff::Given { at_work, .. } => match at_work.iter().max() {
            Some(1) => "1 agent at work".to_owned(),
            most => format!("up to {} agents at work", most.unwrap_or(&0)),
        },
    };
    format!("{}: {staff}, for {}", group.name, served.join(", "))
}
