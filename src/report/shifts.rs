//! What `headcount shifts` shows: the shifts with their breaks, how they cover what is needed, the roster.

use super::promise;
use super::table::Style;
use super::words::{NONE, hours, percent, share, thousands, timed, trimmed};
use crate::model::{Model, Objective};
use crate::montecarlo::{Outcome, TargetKind};
use crate::shifts::{Cover, Pattern, Pause, roster};
use jiff::ToSpan;
use serde_json::{Value, json};

/// For people: what it costs, which shifts, how they cover the day.
pub fn table(model: &Model, cover: &Cover, outcome: &Outcome, style: Style) -> String {
    let mut out = style.heading("Shifts that cover what is needed");
    out.push_str(&style.paragraph(&cost(model, cover), 0));
    out.push('\n');
    out.push_str(&shifts(model, cover, style));
    out.push('\n');
    out.push_str(&style.heading("What customers get"));
    for target in &outcome.targets {
        let time = matches!(target.kind, TargetKind::Asa | TargetKind::Longest);
        let figure = target.achieved.map_or_else(|| NONE.to_owned(), if time { timed } else { share });
        let line = format!("{}, {}: {figure}", promise::whose(target), promise::goal(target));
        out.push_str(&style.hanging(&format!("• {line}"), 1, 3));
    }
    out.push('\n');
    out.push_str(&style.heading("What the numbers mean"));
    for note in notes(model, cover) {
        out.push_str(&style.hanging(&format!("• {note}"), 1, 3));
    }
    out
}

fn cost(model: &Model, cover: &Cover) -> String {
    let people: u32 = cover.solved.x.iter().sum();
    let solved = &cover.solved;
    let figure = |x: f64| match model.plan.objective {
        Objective::AgentHours => format!("{} hours", trimmed(x, 2)),
        Objective::Cost => thousands(x),
        Objective::Headcount => format!("{x:.0} shifts"),
    };
    let sure = if solved.is_proven() {
        "No other choice of these shifts can be cheaper.".to_owned()
    } else {
        let gap = percent(solved.gap());
        format!("No other choice can cost less than {}: at most {gap} could be saved.", figure(solved.bound))
    };
    let paid = hours(cover.paid_hours());
    format!("{people} shifts, {paid} paid hours, cost {}. {sure}", figure(solved.cost))
}

/// A row for every pattern in use.
fn shifts(model: &Model, cover: &Cover, style: Style) -> String {
    let header = ["shift", "group", "day", "from", "to", "breaks", "people"].map(str::to_owned);
    let used = cover.patterns.iter().zip(&cover.solved.x).filter(|(_, n)| **n > 0);
    let mut rows: Vec<(usize, Vec<String>)> = used
        .map(|(pattern, n)| {
            let breaks: Vec<String> =
                pattern.breaks.iter().map(|pause| spell(model, pattern, pause)).collect();
            let day = model.grid().day_of(pattern.start) + 1;
            let row = vec![
                model.shifts.templates[pattern.template].name.clone(),
                model.groups[pattern.group.0].name.clone(),
                day.to_string(),
                clock(model, pattern.start),
                clock(model, pattern.start + pattern.length),
                if breaks.is_empty() { NONE.to_owned() } else { breaks.join(", ") },
                n.to_string(),
            ];
            (pattern.start, row)
        })
        .collect();
    rows.sort_by_key(|(start, _)| *start);
    style.grid(&header, rows.into_iter().map(|(_, row)| row).collect())
}

fn notes(model: &Model, cover: &Cover) -> Vec<String> {
    let interval = model.grid().interval.as_hours_f64();
    let (mut needed, mut staffed, mut over, mut short) = (0, 0, 0, 0);
    for need in &cover.needs {
        for (there, &wanted) in cover.people(model, need.group).into_iter().zip(&need.people) {
            needed += wanted;
            staffed += there;
            over += there.saturating_sub(wanted);
            short += wanted.saturating_sub(there);
        }
    }
    let time = |n: u32| hours(f64::from(n) * interval);
    let share = if staffed > 0 { f64::from(staffed - over) / f64::from(staffed) } else { 1.0 };
    vec![
        format!(
            "Needed: {} hours on shift, shrinkage included; there: {}, of which {} beyond the need, {} short. Efficiency (needed of what is there): {}.",
            time(needed), time(staffed), time(over), time(short), percent(share)
        ),
        "Every interval has at least the people it needs. A promise over the whole day may be kept with fewer: what is \
         beyond the need in one interval is not set against another."
            .to_owned(),
    ]
}

/// For spreadsheets: the roster, a row for each person and day.
pub fn csv(model: &Model, cover: &Cover) -> Result<Vec<u8>, ::csv::Error> {
    let duties = roster(model, cover);
    let most = duties.iter().map(|duty| duty.pattern.breaks.len()).max().unwrap_or(0);
    let mut out = super::csv::writer();
    let mut header = ["agent", "group", "shift", "start", "end"].map(str::to_owned).to_vec();
    for k in 1..=most {
        let number = if k == 1 { String::new() } else { format!("_{k}") };
        header.extend([format!("break_start{number}"), format!("break_end{number}")]);
    }
    header.push("timezone".to_owned());
    out.write_record(&header)?;
    for duty in duties {
        let pattern = duty.pattern;
        let mut row = vec![
            duty.agent,
            model.groups[pattern.group.0].name.clone(),
            model.shifts.templates[pattern.template].name.clone(),
            moment(model, pattern.start),
            moment(model, pattern.start + pattern.length),
        ];
        for k in 0..most {
            let pause = pattern.breaks.get(k);
            let at = |offset: usize| moment(model, pattern.start + offset);
            row.push(pause.map_or_else(String::new, |pause| at(pause.after)));
            row.push(pause.map_or_else(String::new, |pause| at(pause.after + pause.length)));
        }
        row.push(model.calendar.timezone.clone().unwrap_or_default());
        out.write_record(&row)?;
    }
    super::csv::finished(out)
}

/// For programs: the shifts, the coverage, cost, bound and gap.
pub fn json(model: &Model, cover: &Cover, outcome: &Outcome, hash: &str) -> serde_json::Result<String> {
    let used = cover.patterns.iter().zip(&cover.solved.x).filter(|(_, n)| **n > 0);
    let shift = |(pattern, n): (&Pattern, &u32)| -> Value {
        let pause = |pause: &Pause| {
            json!({
                "start": moment(model, pattern.start + pause.after),
                "end": moment(model, pattern.start + pause.after + pause.length),
                "paid": pause.paid,
            })
        };
        json!({
            "shift": model.shifts.templates[pattern.template].name,
            "group": model.groups[pattern.group.0].name,
            "start": moment(model, pattern.start),
            "end": moment(model, pattern.start + pattern.length),
            "breaks": pattern.breaks.iter().map(pause).collect::<Vec<_>>(),
            "paid_hours": pattern.paid_hours,
            "people": n,
        })
    };
    let group = |need: &crate::shifts::Need| {
        json!({
            "name": model.groups[need.group.0].name,
            "needed": need.people,
            "on_shift": cover.people(model, need.group),
        })
    };
    let solved = &cover.solved;
    let all = json!({
        "program": concat!("headcount ", env!("CARGO_PKG_VERSION")),
        "scenario": model.name,
        "scenario_hash": hash,
        "seed": model.run.seed,
        "cost": solved.cost,
        "bound": solved.bound,
        "linear_bound": solved.linear,
        "gap": solved.gap(),
        "paid_hours": cover.paid_hours(),
        "shifts": used.map(shift).collect::<Vec<_>>(),
        "groups": cover.needs.iter().map(group).collect::<Vec<_>>(),
        "targets": serde_json::to_value(&outcome.targets)?,
    });
    Ok(serde_json::to_string_pretty(&all)? + "\n")
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
