//! What `headcount slack` shows: when how many people can be spared.

use super::promise;
use super::table::Style;
use super::words::{plural, share, timed};
use crate::model::Model;
use crate::montecarlo::{TargetKind, TargetOutcome};
use crate::plan::slack::{Question, Slack, Spare};
use crate::units::Micros;
use serde_json::{Value, json};

/// For people: the best time first, then every stretch of every group.
pub fn table(question: &Question<'_>, found: &[Slack], style: Style) -> String {
    let model = question.model;
    let length = length(question);
    let mut out = style.heading(&format!("Who can be spared for {length}"));
    out.push_str(&style.paragraph(&best(model, found, &length), 0));
    for one in found.iter().filter(|one| !one.stretches.is_empty()) {
        out.push('\n');
        out.push_str(&style.heading(&model.groups[one.group.0].name));
        let several = model.grid().days > 1;
        let header = [
            if several { "day, from" } else { "from" },
            "to",
            "at work",
            "can be off",
            "promise at its nearest",
        ];
        let rows = one.stretches.iter().map(|spare| {
            let then = nearest(&spare.targets).map_or_else(String::new, |target| {
                format!("{}, {}: {}", promise::whose(target), promise::goal(target), figure(target))
            });
            let day =
                if several { format!("{}, ", model.grid().day_of(spare.from) + 1) } else { String::new() };
            let from = format!("{day}{}", model.grid().clock(spare.from));
            vec![from, until(model, spare), spare.at_work.to_string(), spare.people.to_string(), then]
        });
        out.push_str(&style.grid(&header.map(str::to_owned), rows.collect()));
    }
    out.push('\n');
    out.push_str(&style.heading("What the numbers mean"));
    for note in notes(question) {
        out.push_str(&style.hanging(&format!("• {note}"), 1, 3));
    }
    out
}

/// Why nobody can be spared: the promise that is not shown to be kept as it stands.
pub fn not_kept(target: &TargetOutcome) -> String {
    format!(
        "{}, {}, is not shown to be kept even with everybody ({})",
        promise::whose(target),
        promise::goal(target),
        figure(target)
    )
}

fn notes(question: &Question<'_>) -> [String; 3] {
    [
        "Each row stands alone: people are off in that stretch, and everybody is back after it. Two stretches at once leave less to spare.".to_owned(),
        format!(
            "With these people off every promise is still shown to be kept (95% interval of {}, seed {}; of a promise in every interval the worst one, by its estimate).",
            plural(question.replications, "replication"),
            question.model.run.seed
        ),
        "No interval falls below 60% answered in time (or the target's floor), or below what it has now, so that no hour goes unserved.".to_owned(),
    ]
}

fn best(model: &Model, found: &[Slack], length: &str) -> String {
    let all = found.iter().flat_map(|one| one.stretches.iter().map(move |spare| (one.group, spare)));
    let most = all.max_by(|a, b| a.1.people.cmp(&b.1.people).then(b.1.from.cmp(&a.1.from)));
    match most {
        Some((group, spare)) if spare.people > 0 => format!(
            "Most can be spared from {}: {} of {} for {length}, and every promise still holds.",
            model.grid().clock(spare.from),
            spare.people,
            model.groups[group.0].name
        ),
        _ => format!("Nobody can be spared for {length} at any time."),
    }
}

/// The promise whose figure lies nearest to its goal, by its own interval.
fn nearest(targets: &[TargetOutcome]) -> Option<&TargetOutcome> {
    let distance = |target: &&TargetOutcome| {
        let (e, goal) = match target.on_days {
            Some(share) => (target.days_met?, share),
            None => (target.achieved?, target.goal),
        };
        Some((e.mean - goal).abs() / e.half_width().max(1e-9))
    };
    let far = |target: &&TargetOutcome| distance(target).unwrap_or(f64::INFINITY);
    targets.iter().min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// What a promise came to: on how many days (or months), where that is what is promised.
fn figure(target: &TargetOutcome) -> String {
    let is_time = matches!(target.kind, TargetKind::Asa | TargetKind::Longest);
    match (target.on_days.and(target.days_met), target.achieved) {
        (Some(days), _) => format!("on {} of {}", share(days), target.per.stretches()),
        (None, Some(e)) if is_time => timed(e),
        (None, Some(e)) => share(e),
        (None, None) => "–".to_owned(),
    }
}

fn stretch(question: &Question<'_>) -> Micros {
    Micros(question.model.grid().interval.0 * question.intervals as u64)
}

fn length(question: &Question<'_>) -> String {
    stretch(question).to_string()
}

fn until(model: &Model, spare: &Spare) -> String {
    let grid = model.grid();
    if spare.to.is_multiple_of(grid.per_day) { "24:00".to_owned() } else { grid.clock(spare.to) }
}

/// For programs: every stretch of every group.
pub fn json(question: &Question<'_>, found: &[Slack], hash: &str) -> serde_json::Result<String> {
    let model = question.model;
    let one = |spare: &Spare| -> serde_json::Result<Value> {
        Ok(json!({
            "day": model.grid().day_of(spare.from) + 1,
            "from": model.grid().clock(spare.from),
            "to": until(model, spare),
            "at_work": spare.at_work,
            "people": spare.people,
            "targets": serde_json::to_value(&spare.targets)?,
        }))
    };
    let each = |group: &Slack| -> serde_json::Result<Value> {
        let stretches: serde_json::Result<Vec<Value>> = group.stretches.iter().map(one).collect();
        Ok(json!({ "name": model.groups[group.group.0].name, "stretches": stretches? }))
    };
    let groups: serde_json::Result<Vec<Value>> = found.iter().map(each).collect();
    let all = json!({
        "program": concat!("headcount ", env!("CARGO_PKG_VERSION")),
        "scenario": model.name,
        "scenario_hash": hash,
        "seed": model.run.seed,
        "replications": question.replications,
        "length_s": stretch(question).as_secs_f64(),
        "groups": groups?,
    });
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

/// For spreadsheets: one row per group and stretch.
pub fn csv(question: &Question<'_>, found: &[Slack]) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    out.write_record(["group", "day", "from", "to", "at_work", "people"])?;
    let model = question.model;
    for one in found {
        for spare in &one.stretches {
            let day = (model.grid().day_of(spare.from) + 1).to_string();
            let (at_work, people) = (spare.at_work.to_string(), spare.people.to_string());
            let name = model.groups[one.group.0].name.clone();
            let (from, to) = (model.grid().clock(spare.from), until(model, spare));
            out.write_record([name, day, from, to, at_work, people])?;
        }
    }
    super::csv::finished(out)
}
