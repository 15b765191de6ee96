//! What `headcount why` shows: from bare work to the answer, and what would change it.

use super::table::Style;
use super::words::{NONE, agents, counted, hours, plural, share, trimmed};
use crate::model::Model;
use crate::montecarlo::Verdict;
use crate::plan::Reached;
use crate::plan::why::{Needed, OneAgent, Other, Question, Why};
use crate::stats::Estimate;
use serde_json::{Value, json};

/// Rows of the best and the least missed intervals.
const BEST: usize = 5;

/// A row of a table, or a column's titles.
type Row = Vec<String>;

/// For people.
pub fn table(question: &Question<'_>, why: &Why, style: Style) -> String {
    let model = question.model;
    let mut out = style.heading("Why so many");
    out.push_str(&style.paragraph(&answer(model, why), 0));
    let mut part = |title: &str, about: &str, (header, rows): (Row, Vec<Row>)| {
        if !rows.is_empty() {
            out.push('\n');
            out.push_str(&style.heading(title));
            out.push_str(&style.paragraph(about, 0));
            out.push_str(&style.grid(&header, rows));
        }
    };
    part(
        "From work to agents",
        "Hours a day; each line puts one more thing in, and plans again.",
        steps(why),
    );
    part("What others would ask for", "The same day, staffed by rule.", beside(why));
    part(
        "What would change it",
        "Hours a day more or fewer if this turns out otherwise, planned again.",
        levers(why),
    );
    part(
        "How wrong the forecast may be",
        "With the people of the plan, before the first promise breaks.",
        room(why),
    );
    part(
        "What other promises would cost",
        "The first promise made otherwise and standing alone for its queue, planned again.",
        promises(why),
    );
    part(
        "Where one agent more helps most",
        "Customers a day, for one agent in one interval.",
        best(model, why),
    );
    part(
        "Where one is missed least",
        "Customers a day, without one agent in one interval.",
        least(model, why),
    );
    out.push('\n');
    out.push_str(&style.heading("What the numbers mean"));
    for note in notes(question, why) {
        out.push_str(&style.hanging(&format!("• {note}"), 1, 3));
    }
    out
}

fn answer(model: &Model, why: &Why) -> String {
    if let Reached::Unreachable { reason } = &why.answer.reached {
        return format!("No staffing meets every promise: {reason}. There is no answer to explain.");
    }
    let needed = &why.needed;
    let flat = model.planned_groups().count() == 1
        && why.answer.groups[0].agents.iter().all(|&n| n == 0 || n == needed.agents);
    let size = if flat {
        format!("{} all day, {} hours", agents(needed.agents), hours(needed.agent_hours))
    } else {
        format!("{} hours a day, {} at the peak", hours(needed.agent_hours), agents(needed.agents))
    };
    let scheduled = if needed.scheduled_hours > needed.agent_hours {
        format!(" ({} hours scheduled)", hours(needed.scheduled_hours))
    } else {
        String::new()
    };
    let kept = match needed.verdict {
        Verdict::Met => "keep every promise",
        Verdict::Undecided => "are the best found; whether every promise is kept cannot be told",
        Verdict::Missed => "do not keep every promise",
    };
    let binding =
        why.answer.binding.as_ref().map_or_else(String::new, |goal| format!(" The goal that binds: {goal}."));
    format!("{size}{scheduled}, {kept}.{binding}")
}

fn header<const N: usize>(titles: [&str; N]) -> Row {
    titles.map(str::to_owned).to_vec()
}

/// Hours with their sign: `+12.5`.
fn change(x: f64) -> String {
    let text = hours(x);
    if x > 0.0 && text != "0.0" { format!("+{text}") } else { text.replace('-', "−") }
}

/// A bar of a length between 0 and 1.
fn bar(length: f64) -> String {
    format!("{:<12}", "█".repeat((12.0 * length.clamp(0.0, 1.0)).round() as usize))
}

fn steps(why: &Why) -> (Row, Vec<Row>) {
    let rows = why.steps.iter().enumerate().map(|(k, step)| {
        let by = if k == 0 { String::new() } else { change(step.hours) };
        vec![step.cause.to_owned(), by, hours(step.after)]
    });
    (header(["", "change", "hours"]), rows.collect())
}

fn beside(why: &Why) -> (Row, Vec<Row>) {
    let rows = why.beside.iter().map(|thumb| {
        let level = thumb.level.map_or_else(|| NONE.to_owned(), share);
        let lost = super::words::count(thumb.lost_per_day);
        vec![thumb.name.to_owned(), hours(thumb.agent_hours), level, lost, thumb.why.clone()]
    });
    (header(["method", "hours", "service level", "hang up", "why it differs"]), rows.collect())
}

fn levers(why: &Why) -> (Row, Vec<Row>) {
    let now = why.needed.scheduled_hours;
    let by = |needed: &Option<Needed>| needed.as_ref().map(|needed| needed.scheduled_hours - now);
    let width = |swing: &&crate::plan::why::Swing| {
        [&swing.less, &swing.more].into_iter().filter_map(by).map(f64::abs).fold(0.0, f64::max)
    };
    let mut swings: Vec<_> = why.levers.iter().collect();
    swings.sort_by(|a, b| width(b).total_cmp(&width(a)));
    let widest = swings.first().map_or(0.0, width);
    let words = |needed: &Option<Needed>| by(needed).map_or_else(|| "cannot be kept".to_owned(), change);
    let rows = swings.iter().map(|swing| {
        let length = if widest > 0.0 { width(swing) / widest } else { 0.0 };
        vec![format!("{}, by {}", swing.of, swing.by), words(&swing.less), words(&swing.more), bar(length)]
    });
    (header(["", "less", "more", ""]), rows.collect())
}

fn room(why: &Why) -> (Row, Vec<Row>) {
    let rows = why.room.iter().map(|room| {
        let points = |x: f64| format!("{}{}%", if x < 0.0 { "−" } else { "+" }, trimmed(100.0 * x.abs(), 1));
        let Estimate { mean, low, high, .. } = room.change;
        let range = if room.beyond { String::new() } else { format!("{} to {}", points(low), points(high)) };
        let mean = if room.beyond { format!("more than {}", points(mean)) } else { points(mean) };
        vec![room.of.to_owned(), mean, range]
    });
    (header(["", "up to", "95% interval"]), rows.collect())
}

fn promises(why: &Why) -> (Row, Vec<Row>) {
    let row = |other: &Other| {
        let mark = match (other.is_made, why.several_promises) {
            (false, _) => "",
            (true, false) => " ← promised",
            (true, true) => " ← promised, alone",
        };
        let name = format!("{}{mark}", other.promise);
        let Some(needed) = &other.needed else {
            return vec![name, "cannot be kept".to_owned(), String::new(), String::new(), String::new()];
        };
        let by = if other.is_made && !why.several_promises {
            String::new()
        } else {
            change(needed.scheduled_hours - why.needed.scheduled_hours)
        };
        let level = other.level.map_or_else(|| NONE.to_owned(), share);
        let lost = other.lost_per_day.map_or_else(|| NONE.to_owned(), super::words::count);
        vec![name, hours(needed.scheduled_hours), by, level, lost]
    };
    (
        header(["promise", "hours", "change", "service level", "hang up"]),
        why.promises.iter().map(row).collect(),
    )
}

/// Intervals in order of what one agent does there, best first.
fn ranked(why: &Why, value: impl Fn(&OneAgent) -> Option<f64>) -> Vec<&OneAgent> {
    let mut found: Vec<(f64, &OneAgent)> =
        why.one_agent.iter().filter_map(|one| Some((value(one)?, one))).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.interval.cmp(&b.1.interval)));
    found.into_iter().map(|(_, one)| one).take(BEST).collect()
}

fn place(model: &Model, one: &OneAgent) -> String {
    let grid = model.grid();
    let day = if grid.days > 1 { format!("day {}, ", grid.day_of(one.interval) + 1) } else { String::new() };
    let group = if model.planned_groups().count() > 1 { format!("{}, ", one.group) } else { String::new() };
    format!("{group}{day}{}", grid.clock(one.interval))
}

fn best(model: &Model, why: &Why) -> (Row, Vec<Row>) {
    let rows = ranked(why, |one| Some(one.more.in_time.mean));
    let rows = rows.into_iter().map(|one| {
        vec![place(model, one), one.agents.to_string(), counted(one.more.in_time), counted(one.more.lost)]
    });
    (header(["from", "agents", "more in time", "hang up"]), rows.collect())
}

fn least(model: &Model, why: &Why) -> (Row, Vec<Row>) {
    let rows = ranked(why, |one| one.less.as_ref().map(|less| less.in_time.mean));
    let row = |one: &OneAgent| {
        let less = one.less.as_ref()?;
        Some(vec![place(model, one), one.agents.to_string(), counted(less.in_time), counted(less.lost)])
    };
    (header(["from", "agents", "in time", "hang up"]), rows.into_iter().filter_map(row).collect())
}

fn notes(question: &Question<'_>, why: &Why) -> Vec<String> {
    let looks = why.room.first().map(|room| room.change.replications);
    let mut notes = vec![format!(
        "Every line is a plan of its own on the same customers (seed {}, {} or somewhat more each), so that lines differ by what was changed, and by at most one step of the search.",
        question.settings.seed,
        plural(question.settings.replications, "replication")
    )];
    if !why.steps.is_empty() {
        notes.push("What a cause adds depends on what is there already: the order is part of the statement. Redials, callbacks and other behaviours are in from the start.".to_owned());
    }
    if !why.levers.is_empty() {
        notes.push(
            "Hours that change and that other promises need are scheduled hours, shrinkage included."
                .to_owned(),
        );
    }
    if let Some(looks) = looks {
        notes.push(format!("Room and single agents are simulated with the people of the plan, {} that no search has seen; ± is a 95% interval.", plural(looks, "replication")));
    }
    if why.interrupted {
        notes.push("Stopped before all of it was known: what is missing was not looked at.".to_owned());
    }
    notes
}

/// For programs.
pub fn json(question: &Question<'_>, why: &Why, hash: &str) -> serde_json::Result<String> {
    let model = question.model;
    let mut all = json!({
        "program": concat!("headcount ", env!("CARGO_PKG_VERSION")),
        "scenario": model.name,
        "scenario_hash": hash,
        "seed": question.settings.seed,
        "replications": question.settings.replications,
        "swing": question.swing,
        "reached": serde_json::to_value(&why.answer.reached)?,
    });
    let found = serde_json::to_value(why)?;
    if let (Value::Object(all), Value::Object(found)) = (&mut all, found) {
        all.extend(found);
    }
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

/// For spreadsheets: one row per line of every part.
pub fn csv(model: &Model, why: &Why) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    out.write_record([
        "part",
        "line",
        "agents",
        "agent_hours",
        "scheduled_hours",
        "change_hours",
        "level",
        "lost_per_day",
    ])?;
    let number = |x: f64| format!("{x:.4}");
    let mut row = |part: &str,
                   line: &str,
                   needed: Option<&Needed>,
                   change: Option<f64>,
                   level: Option<f64>,
                   lost: Option<f64>| {
        let of = |figure: fn(&Needed) -> f64| needed.map(figure).map_or_else(String::new, number);
        let peak = needed.map_or_else(String::new, |needed| needed.agents.to_string());
        let cell = |x: Option<f64>| x.map_or_else(String::new, number);
        out.write_record([
            part.to_owned(),
            line.to_owned(),
            peak,
            of(|needed| needed.agent_hours),
            of(|needed| needed.scheduled_hours),
            cell(change),
            cell(level),
            cell(lost),
        ])
    };
    let now = why.needed.scheduled_hours;
    let by = |needed: &Option<Needed>| needed.as_ref().map(|needed| needed.scheduled_hours - now);
    row("answer", "the answer", Some(&why.needed), None, None, None)?;
    for step in &why.steps {
        row("step", step.cause, None, Some(step.hours), None, None)?;
    }
    for thumb in &why.beside {
        row(
            "beside",
            thumb.name,
            None,
            Some(thumb.agent_hours - why.needed.agent_hours),
            thumb.level.map(|e| e.mean),
            Some(thumb.lost_per_day),
        )?;
    }
    for swing in &why.levers {
        row(
            "lever",
            &format!("{} -{}", swing.of, swing.by),
            swing.less.as_ref(),
            by(&swing.less),
            None,
            None,
        )?;
        row(
            "lever",
            &format!("{} +{}", swing.of, swing.by),
            swing.more.as_ref(),
            by(&swing.more),
            None,
            None,
        )?;
    }
    for room in &why.room {
        row("room", room.of, None, Some(room.change.mean), None, None)?;
    }
    for other in &why.promises {
        row(
            "promise",
            &other.promise,
            other.needed.as_ref(),
            by(&other.needed),
            other.level.map(|e| e.mean),
            other.lost_per_day,
        )?;
    }
    for one in &why.one_agent {
        let line = place(model, one);
        row("one agent more", &line, None, Some(one.more.in_time.mean), None, Some(one.more.lost.mean))?;
        if let Some(less) = &one.less {
            row("one agent less", &line, None, Some(less.in_time.mean), None, Some(less.lost.mean))?;
        }
    }
    super::csv::finished(out)
}
