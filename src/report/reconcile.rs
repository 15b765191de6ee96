//! What `headcount reconcile` shows: what came against what the model says, and what did what.

use super::table::Style;
use super::words::{
    NONE, count, goal_percent, hours, percent, plural, seconds, thousands, threshold, trimmed,
};
use crate::history::reconcile::{Cause, Found, IntervalFound, QueueReconciled, RARE, Reconciled};
use crate::model::{Definition, Model};
use crate::stats::Estimate;
use jiff::Span;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Rows of the table of intervals on a terminal; the file has them all.
const MOST_ROWS: usize = 12;

/// For people: every queue's story, its causes, its intervals that lie outside.
pub fn table(model: &Model, found: &Reconciled, style: Style) -> String {
    let mut out = style.heading(&format!("{}: what came on {}", model.name, days(found)));
    for queue in &found.queues {
        out.push('\n');
        out.push_str(&style.heading(&queue.name));
        for sentence in story(queue) {
            out.push_str(&style.paragraph(&sentence, 0));
        }
        out.push('\n');
        out.push_str(&style.grid(&header(), queue.causes.iter().map(row).collect()));
        out.push('\n');
        out.push_str(&style.paragraph(&believed(queue), 0));
        out.push_str(&outside(queue, style));
    }
    out.push('\n');
    out.push_str(&style.heading("What the numbers mean"));
    for note in notes(model, found) {
        out.push_str(&style.hanging(&format!("• {note}"), 1, 3));
    }
    out
}

/// `23 Nov 2026`, or `2 Nov 2026 to 29 Nov 2026, 20 days`.
pub(super) fn days(found: &Reconciled) -> String {
    let (first, last) = found.days;
    let shown = |day: i32| {
        date(day).map_or_else(|| format!("day {day}"), |date| date.strftime("%a %-d %b %Y").to_string())
    };
    if first == last {
        return shown(first);
    }
    format!("{} to {}, {}", shown(first), shown(last), plural(found.day_count as u64, "day"))
}

/// A day since 1970 as a date.
pub(super) fn date(day: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(Span::new().try_days(i64::from(day)).ok()?).ok()
}

/// What came and why it differs, in sentences.
pub(super) fn story(queue: &QueueReconciled) -> Vec<String> {
    let short = queue.came - queue.planned.mean;
    let mut first = format!(
        "{} answered within {}; the plan expects {}: {}.",
        percent(queue.came),
        threshold(queue.within_s),
        percent(queue.planned.mean),
        apart(short),
    );
    if let Some(goal) = queue.goal {
        let side = if queue.came >= goal { "kept" } else { "missed" };
        let _ = write!(first, " The goal of {} was {side}.", goal_percent(goal));
    }
    let odd: Vec<&Found> = queue.causes.iter().filter(|one| one.is_beyond_chance()).collect();
    let mut said = vec![first, most(queue, short, &odd)];
    said.extend(odd.iter().map(|one| beyond(one)));
    said
}

fn apart(points: f64) -> String {
    let size = format!("{:.1}", points.abs() * 100.0);
    match size.as_str() {
        "0.0" => "just as planned".to_owned(),
        size if points < 0.0 => format!("{size} points less"),
        size => format!("{size} points more"),
    }
}

/// The cause that did most of it.
fn most(queue: &QueueReconciled, short: f64, odd: &[&Found]) -> String {
    let along = |one: &&Found| one.effect.mean * short.signum();
    let main = queue.causes.iter().max_by(|a, b| along(a).total_cmp(&along(b)));
    let Some(main) = main.filter(|main| along(main) >= 0.0005) else {
        return "Nothing differs enough to be named.".to_owned();
    };
    let chance = if odd.is_empty() { " Nothing came otherwise than chance does." } else { "" };
    format!("Most of it is {} ({} points).{chance}", main.name(), points(main.effect.mean))
}

/// What chance does not do, in a sentence.
fn beyond(one: &Found) -> String {
    let rare = one.chance.map_or_else(String::new, rarely);
    match (one.cause, one.planned, one.came) {
        (Cause::Luck, ..) => format!(
            "{} points are left that nothing told explains ({rare}). Look at agents counted who could not take contacts, \
             routing, outages, and what the export calls answered in time.",
            points(one.effect.mean)
        ),
        (Cause::Patience, ..) if one.planned.is_none() => {
            format!(
                "Customers hung up ({rare}) though the scenario says nobody does: give the queue a patience."
            )
        }
        (cause, Some(planned), Some(came)) => {
            let (more, less) = match cause {
                Cause::Volume => ("more contacts came than planned", "fewer contacts came than planned"),
                Cause::Patience => ("more patience than planned", "less patience than planned"),
                _ => ("longer handle times than planned", "shorter handle times than planned"),
            };
            let words = if came > planned { more } else { less };
            format!(
                "Beyond chance: {}% {words} ({rare}).",
                change(planned, came).trim_start_matches(['+', '-']).trim_end_matches('%')
            )
        }
        (cause, ..) => format!("Beyond chance: {} ({rare}).", cause.name()),
    }
}

/// `chance does so in at most 0.2% of cases`.
fn rarely(chance: f64) -> String {
    format!("chance does so in at most {} of cases", percent(chance))
}

/// `in 2.1% of cases`.
fn often(chance: f64) -> String {
    format!("in {} of cases", percent(chance))
}

fn change(planned: f64, came: f64) -> String {
    if planned <= 0.0 {
        return NONE.to_owned();
    }
    let percent = trimmed((came / planned - 1.0) * 100.0, 1);
    if percent.starts_with('-') || percent == "0" { format!("{percent}%") } else { format!("+{percent}%") }
}

/// Points of the service level with their sign: `-5.9`.
pub(super) fn points(share: f64) -> String {
    let text = format!("{:+.1}", share * 100.0);
    if text == "-0.0" || text == "+0.0" { "0.0".to_owned() } else { text }
}

fn header() -> Vec<String> {
    ["what differed", "planned", "came", "change", "points", "by itself", "chance"]
        .map(str::to_owned)
        .to_vec()
}

/// One cause as a row of a table.
pub(super) fn row(one: &Found) -> Vec<String> {
    let figure = |x: Option<f64>| {
        x.map_or_else(
            || NONE.to_owned(),
            |x| match one.cause {
                Cause::Volume => count(x),
                Cause::Staff => format!("{} h", hours(x)),
                _ => seconds(x),
            },
        )
    };
    let told = one.came.is_some() || one.cause == Cause::Luck;
    if one.cause == Cause::Patience && told && !one.is_beyond_chance() {
        return as_planned(one, figure(one.planned));
    }
    let changed =
        one.planned.zip(one.came).map_or_else(|| NONE.to_owned(), |(planned, came)| change(planned, came));
    let effect = |e: Estimate| points(e.mean);
    let if_told = |text: String| if told { text } else { NONE.to_owned() };
    vec![
        one.name().to_owned(),
        figure(one.planned),
        if told { figure(one.came) } else { "not told".to_owned() },
        changed,
        if_told(effect(one.effect)),
        if_told(one.alone.map_or_else(|| NONE.to_owned(), effect)),
        one.chance.map_or_else(|| NONE.to_owned(), percent),
    ]
}

/// Patience that explains the hang-ups as it was planned.
fn as_planned(one: &Found, planned: String) -> Vec<String> {
    let chance = one.chance.map_or_else(|| NONE.to_owned(), percent);
    let [name, came, none] = [one.cause.name(), "as planned", NONE].map(str::to_owned);
    vec![name, planned, came, none, "0.0".to_owned(), "0.0".to_owned(), chance]
}

/// Whether the model can be believed.
pub(super) fn believed(queue: &QueueReconciled) -> String {
    let (same, inside) = (&queue.same, &queue.inside);
    format!(
        "Can the model be believed? With the volumes and the staff that came it expects {}, and nine such days in ten \
         between {} and {}; chance alone goes as far as the {} that came {}. {} of {} lie in their band of nine in ten, \
         where chance leaves {}; it goes so far from that {}.",
        percent(same.mean),
        percent(same.low),
        percent(same.high),
        percent(queue.came),
        often(same.chance),
        thousands(inside.count as f64),
        plural(inside.of as u64, "interval"),
        trimmed(inside.expected, 1),
        often(inside.chance),
    )
}

/// The intervals that lie furthest outside their band.
fn outside(queue: &QueueReconciled, style: Style) -> String {
    let far = |one: &IntervalFound| (one.low - one.came).max(one.came - one.high);
    let mut rows: Vec<&IntervalFound> = queue.intervals.iter().filter(|one| !one.is_inside()).collect();
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_by(|a, b| far(b).total_cmp(&far(a)).then(a.at.cmp(&b.at)));
    let left = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    rows.sort_by_key(|one| one.at);
    let header = ["outside the band", "offered", "at work", "came", "predicted", "band"].map(str::to_owned);
    let cells = |one: &&IntervalFound| {
        let staffed = one.staffed.map_or_else(|| NONE.to_owned(), |agents| trimmed(agents, 1));
        let band = format!("{} to {}", percent(one.low), percent(one.high));
        vec![moment(one.at), count(one.offered), staffed, percent(one.came), percent(one.predicted), band]
    };
    let mut out = format!("\n{}", style.grid(&header, rows.iter().map(cells).collect()));
    if left > 0 {
        out.push_str(&style.paragraph(&format!("and {} more, in reconcile.csv", thousands(left as f64)), 1));
    }
    out
}

/// `2026-11-23 08:30`.
pub(super) fn moment(at: i32) -> String {
    let minute = at.rem_euclid(1440);
    let date = date(at.div_euclid(1440)).map_or_else(String::new, |date| format!("{date} "));
    format!("{date}{:02}:{:02}", minute / 60, minute % 60)
}

fn notes(model: &Model, found: &Reconciled) -> Vec<String> {
    vec![
        "Points: steps of the service level when the inputs are exchanged one after the other, planned for what came: \
         volume, staff, handle time, patience. They add up to the whole; luck is what is left. Inputs act together, so \
         another order would share it out somewhat differently: \"by itself\" is the step if nothing else is exchanged."
            .to_owned(),
        format!(
            "Chance: how often the scenario itself brings something at least so far from its middle. At {} or less it is \
             called beyond chance; each such test is wrong once in a hundred.",
            goal_percent(RARE)
        ),
        "Volume is judged by the forecast's own day factor. The volumes that came count every attempt, redials and \
         transfers too. Patience is changed only where more or fewer hung up than chance does, so that as many do."
            .to_owned(),
        format!(
            "Answered in time is read as within the promise of the scenario; a contact belongs to the interval in which it \
             came. Computing error of the points: at most {} points ({}, seed {}).",
            error(found),
            plural(found.replications, "replication"),
            model.run.seed
        ),
    ]
}

fn error(found: &Reconciled) -> String {
    let halves = found.queues.iter().flat_map(|queue| &queue.causes).map(|one| one.effect.half_width());
    let most = halves.filter(|half| half.is_finite()).fold(0.0, f64::max) * 100.0;
    if most < 0.05 { "0.1".to_owned() } else { format!("{most:.1}") }
}

/// The key of a definition that can be reconciled.
pub(super) fn definition(queue: &QueueReconciled) -> &'static str {
    if queue.level.definition == Definition::Answered { "answered" } else { "offered" }
}

/// For programs.
pub fn json(model: &Model, found: &Reconciled, hash: &str) -> serde_json::Result<String> {
    let queues: serde_json::Result<Vec<Value>> = found.queues.iter().map(queue_value).collect();
    let all = json!({
        "program": concat!("headcount ", env!("CARGO_PKG_VERSION")),
        "scenario": model.name,
        "scenario_hash": hash,
        "seed": model.run.seed,
        "replications": found.replications,
        "first_day": date(found.days.0).map(|date| date.to_string()),
        "last_day": date(found.days.1).map(|date| date.to_string()),
        "days": found.day_count,
        "queues": queues?,
    });
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

fn queue_value(queue: &QueueReconciled) -> serde_json::Result<Value> {
    let causes: serde_json::Result<Vec<Value>> = queue.causes.iter().map(cause_value).collect();
    let (same, inside) = (&queue.same, &queue.inside);
    let mut value = json!({
        "name": queue.name,
        "within_s": queue.within_s,
        "definition": definition(queue),
        "goal": queue.goal,
        "came": queue.came,
        "planned": serde_json::to_value(queue.planned)?,
        "same_volume_and_staff": {
            "mean": same.mean, "low": same.low, "high": same.high, "share_inside": 0.9, "chance": same.chance,
        },
        "inside": {
            "count": inside.count, "of": inside.of, "expected": inside.expected, "chance": inside.chance,
        },
        "causes": causes?,
        "intervals": queue.intervals.iter().map(interval_value).collect::<Vec<_>>(),
    });
    drop_null(&mut value);
    Ok(value)
}

fn cause_value(one: &Found) -> serde_json::Result<Value> {
    let alone = one.alone.map(serde_json::to_value).transpose()?;
    Ok(json!({
        "cause": one.cause.key(),
        "planned": one.planned,
        "came": one.came,
        "effect": serde_json::to_value(one.effect)?,
        "alone": alone,
        "chance": one.chance,
        "beyond_chance": one.is_beyond_chance(),
    }))
}

fn interval_value(one: &IntervalFound) -> Value {
    json!({
        "start": moment(one.at),
        "offered": one.offered,
        "staffed": one.staffed,
        "came": one.came,
        "predicted": one.predicted,
        "low": one.low,
        "high": one.high,
        "inside": one.is_inside(),
    })
}

/// A key that does not apply is left out.
fn drop_null(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(drop_null);
        }
        Value::Array(all) => all.iter_mut().for_each(drop_null),
        _ => {}
    }
}

/// For spreadsheets: one row per queue and interval.
pub fn csv(found: &Reconciled) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    let header = "interval_start queue offered staffed came predicted low high inside";
    out.write_record(header.split(' '))?;
    for queue in &found.queues {
        for one in &queue.intervals {
            let share = |x: f64| trimmed(x, 4);
            let staffed = one.staffed.map_or_else(String::new, |agents| trimmed(agents, 2));
            let shares = [one.came, one.predicted, one.low, one.high].map(share);
            let mut row = vec![moment(one.at), queue.name.clone(), trimmed(one.offered, 2), staffed];
            row.extend(shares);
            row.push(if one.is_inside() { "yes" } else { "no" }.to_owned());
            out.write_record(row)?;
        }
    }
    super::csv::finished(out)
}
