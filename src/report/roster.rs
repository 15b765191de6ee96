//! What `headcount roster` shows: how sure a roster is, where people are short or to spare, what is wrong with it, and the
//! cheapest change that mends it.

use super::roster_words::{change, change_kind, clock, day, finding, kind, people, when};
use super::table::Style;
use super::words::{NONE, hours, plural, priced, share, thousands, timed};
use super::{promise, roster_words};
use crate::model::{GroupId, Model};
use crate::montecarlo::{TargetKind, TargetOutcome};
use crate::roster::chance::IntervalChance;
use crate::roster::gaps::{Gap, Needs};
use crate::roster::repair::{Repair, Repairs};
use crate::roster::{Judged, Question};
use crate::stats::Estimate;
use serde_json::{Map, Value, json};

/// For people: the chances first, then what is wrong, where people are missing, and what would help.
pub fn table(question: &Question<'_>, found: &Judged, style: Style) -> String {
    let mut out = style.heading("How sure this roster is");
    out.push_str(&promises(found, style));
    out.push_str(&days(question.model, found, style));
    section(&mut out, style, "What is wrong with the roster itself", &wrong(question, found, style));
    section(&mut out, style, "Where people are short or to spare", &gaps(question.model, found, style));
    section(&mut out, style, "Interval by interval", &intervals(question, found, style));
    if let Some(repairs) = &found.repairs {
        section(&mut out, style, "What would mend it", &mended(question, repairs, style));
    }
    let notes: String =
        notes(question, found).iter().map(|note| style.hanging(&format!("• {note}"), 1, 3)).collect();
    section(&mut out, style, "What the numbers mean", &notes);
    out
}

fn section(out: &mut String, style: Style, title: &str, text: &str) {
    if !text.is_empty() {
        out.push('\n');
        out.push_str(&style.heading(title));
        out.push_str(text);
    }
}

/// A line for every promise, then all together.
fn promises(found: &Judged, style: Style) -> String {
    let mut out = String::new();
    for target in &found.outcome.targets {
        let promised = [promise::goal(target), promise::over(target)].join(" ");
        let line = format!("{}, {}: {}", promise::whose(target), promised.trim_end(), figure(target));
        let verdict = style.verdict(target.verdict);
        out.push_str(&[" ", &verdict, " ", &line, "\n"].concat());
    }
    let chance = found.chances.overall.map_or_else(|| NONE.to_owned(), share);
    let all = match found.outcome.targets.len() {
        1 => "The promise holds",
        _ => "All promises hold together",
    };
    out.push_str(&style.paragraph(&format!("{all} on {chance} of days."), 1));
    out
}

/// What a promise came to.
fn figure(target: &TargetOutcome) -> String {
    let is_time = matches!(target.kind, TargetKind::Asa | TargetKind::Longest);
    let level = target.achieved.map(|e| if is_time { timed(e) } else { share(e) });
    let days = target.days_met.map(|days| format!("kept on {} of {}", share(days), target.per.stretches()));
    [level, days].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The chance of each day, where there are several.
fn days(model: &Model, found: &Judged, style: Style) -> String {
    if found.chances.days.len() < 2 {
        return String::new();
    }
    let row = |one: &crate::roster::chance::DayChance| {
        let name = day(model, one.day as i64).unwrap_or_default();
        vec![name, one.kept.map_or_else(|| NONE.to_owned(), share)]
    };
    let header = ["day", "chance that all promises hold"].map(str::to_owned);
    format!("\n{}", style.grid(&header, found.chances.days.iter().map(row).collect()))
}

fn wrong(question: &Question<'_>, found: &Judged, style: Style) -> String {
    if found.findings.is_empty() {
        return style.paragraph("Nothing was found.", 1);
    }
    let line = |one| style.hanging(&format!("• {}", finding(question.model, question.rosters, one)), 1, 3);
    found.findings.iter().map(line).collect()
}

fn gaps(model: &Model, found: &Judged, style: Style) -> String {
    if found.needs.iter().all(|needs| needs.intervals.is_empty()) {
        return style.paragraph("No promise about waits says how many people an interval needs.", 1);
    }
    let mut out = String::new();
    let several = found.needs.len() > 1;
    for needs in &found.needs {
        let name = if several { format!("{}: ", model.groups[needs.group.0].name) } else { String::new() };
        for gap in needs.gaps(model.grid().per_day) {
            out.push_str(&style.hanging(&format!("• {name}{}", stretch(model, needs, &gap)), 1, 3));
        }
    }
    if out.is_empty() {
        style.paragraph("Nowhere: every interval has what it needs, and no more.", 1)
    } else {
        out
    }
}

/// `10:00 to 12:00: 2 people too few (7 at work, 9 needed at 10:30); 3.0 hours in all`.
fn stretch(model: &Model, needs: &Needs, gap: &Gap) -> String {
    let grid = model.grid();
    let minutes = grid.interval_minutes();
    let inside = needs.intervals.iter().filter(|need| (gap.from..gap.to).contains(&need.interval));
    let Some(most) = inside.clone().find(|need| need.spare() == gap.people) else { return String::new() };
    let (from, to) = (when(model, gap.from as i64 * minutes), clock_end(gap.to as i64 * minutes));
    let bounded = most.more_than_tried || most.fewer_than_tried;
    let words = people(gap.people, bounded);
    let level = gap.person_intervals == gap.people * (gap.to - gap.from) as i64;
    let up_to = if level || bounded { "" } else { "up to " };
    let at = if level { String::new() } else { format!(" at {}", grid.clock(most.interval)) };
    let all = roster_words::length(gap.person_intervals.abs() * minutes);
    let least = match (most.more_than_tried, most.fewer_than_tried) {
        (true, _) => "at least ",
        (_, true) => "at most ",
        _ => "",
    };
    let (at_work, needed) = (most.at_work, most.needed);
    format!(
        "{from} to {to}: {up_to}{words} ({at_work} at work, {least}{needed} needed{at}); {all} of work in all"
    )
}

/// `24:00` rather than `00:00` for an end.
fn clock_end(at: i64) -> String {
    if at % (24 * 60) == 0 { "24:00".to_owned() } else { clock(at) }
}

/// Every interval of a run of one day.
fn intervals(question: &Question<'_>, found: &Judged, style: Style) -> String {
    let model = question.model;
    if model.grid().days > 1 || found.chances.intervals.is_empty() {
        return String::new();
    }
    let several = model.queues.len() > 1;
    let header = ["from", "at work", "needed", "keeps the promise", "chance on a day"];
    let header: Vec<String> = header.iter().map(|&title| title.to_owned()).collect();
    let row = |one: &IntervalChance| {
        let queue = if several { format!("{}, ", model.queues[one.at.queue].name) } else { String::new() };
        let need = need_of(model, found, one);
        let (at_work, needed) = need.map_or((NONE.to_owned(), NONE.to_owned()), |need| need);
        let kept = match one.holds {
            Some(true) => format!("yes, {}", level(model, one)),
            Some(false) => format!("no, {}", level(model, one)),
            None => NONE.to_owned(),
        };
        let from = format!("{queue}{}", model.grid().clock(one.at.interval));
        vec![from, at_work, needed, kept, one.kept.map_or_else(|| NONE.to_owned(), share)]
    };
    style.grid(&header, found.chances.intervals.iter().map(row).collect())
}

/// People at work and needed in an interval, where one group with a roster serves its queue.
fn need_of(model: &Model, found: &Judged, one: &IntervalChance) -> Option<(String, String)> {
    let mine = found.needs.iter().filter(|needs| serves(model, needs.group, one.at.queue));
    let needs = mine.flat_map(|needs| &needs.intervals);
    let [only] = needs.filter(|need| need.interval == one.at.interval).collect::<Vec<_>>()[..] else {
        return None;
    };
    let more = match (only.more_than_tried, only.fewer_than_tried) {
        (true, _) => "≥ ",
        (_, true) => "≤ ",
        _ => "",
    };
    Some((only.at_work.to_string(), format!("{more}{}", only.needed)))
}

fn level(model: &Model, one: &IntervalChance) -> String {
    match one.achieved {
        Some(e) if one.at.goal(model).is_share() => share(e),
        Some(e) => timed(e.scale(1e-6)),
        None => NONE.to_owned(),
    }
}

fn mended(question: &Question<'_>, repairs: &Repairs, style: Style) -> String {
    let said = match repairs.chosen.map(|k| &repairs.best[k]) {
        Some(one) => advice(question, one),
        None => "No single change surely helps: more people, or another promise, are needed.".to_owned(),
    };
    let mut out = style.paragraph(&said, 1);
    if !repairs.best.is_empty() {
        out.push('\n');
        let header =
            ["best of its kind", "extra", "chance then", "points more", "mends it"].map(str::to_owned);
        let rows = repairs.best.iter().map(|one| {
            let words = change(question.model, question.rosters, &one.change);
            let share_of = |e: Option<Estimate>| e.map_or_else(|| NONE.to_owned(), share);
            let mends = if one.mends { "yes" } else { "not shown" };
            vec![words, extra(one), share_of(one.chance), points(one.gain), mends.to_owned()]
        });
        out.push_str(&style.grid(&header, rows.collect()));
    }
    out
}

fn advice(question: &Question<'_>, one: &Repair) -> String {
    let words = change(question.model, question.rosters, &one.change);
    let chance = one.chance.map_or_else(|| NONE.to_owned(), share);
    let gain = points(one.gain);
    let start = if one.mends {
        "The cheapest single change that mends it"
    } else {
        "No single change mends it. What helps most"
    };
    format!(
        "{start}: {words}. The promise then holds on {chance} of days, {gain} points more than now on the same customers."
    )
}

/// A difference of two shares in points: `1.8 ± 1.1`.
fn points(e: Option<Estimate>) -> String {
    e.map_or_else(|| NONE.to_owned(), |e| share(e).replacen('%', "", 1))
}

/// `–`, `1.0 h`, `1.0 h, 28.00`.
fn extra(one: &Repair) -> String {
    if one.extra_minutes == 0 {
        return NONE.to_owned();
    }
    let time = format!("{} h", hours(one.extra_minutes as f64 / 60.0));
    match one.extra_cost {
        Some(cost) => format!("{time}, {}", priced(Estimate::exact(cost))),
        None => time,
    }
}

fn notes(question: &Question<'_>, found: &Judged) -> Vec<String> {
    let (n, seed) = (question.replications, question.model.run.seed);
    let mut notes = vec![
        format!("Chances are shares of {} (seed {seed}); ± is their 95% computing error, not what tomorrow may bring.", plural(n, "simulated run")),
        "Needed is the fewest people with whom the interval's own long-run figure keeps the promise. A promise over the day can hold although some intervals lie below it.".to_owned(),
        "People are counted, not named: when a break or a shift's end comes, somebody idle leaves in the named person's place, so that people leave a little more punctually than they will.".to_owned(),
        format!(
            "Rules: at least {} of rest between two shifts (--rest), at most {} without a break (--without-break).",
            roster_words::length(question.rules.rest),
            roster_words::length(question.rules.without_break)
        ),
    ];
    if let Some(repairs) = &found.repairs {
        notes.push(format!(
            "Of {} the {} most promising were simulated on the same customers; the best of each kind was then confirmed on {} with new customers, on which the roster as it is comes to {}.",
            plural(repairs.considered as u64, "single change"),
            thousands(repairs.tried as f64),
            plural(n, "run"),
            repairs.now.map_or_else(|| NONE.to_owned(), share)
        ));
    }
    notes
}

/// For programs.
pub fn json(question: &Question<'_>, found: &Judged, hash: &str) -> serde_json::Result<String> {
    let model = question.model;
    let mut all = Map::new();
    let mut put = |key: &str, value: Value| all.insert(key.to_owned(), value);
    put("program", json!(concat!("headcount ", env!("CARGO_PKG_VERSION"))));
    put("scenario", json!(model.name));
    put("scenario_hash", json!(hash));
    put("seed", json!(model.run.seed));
    put("replications", json!(question.replications));
    put("level", json!(0.95));
    if let Some(chance) = found.chances.overall {
        put("chance", serde_json::to_value(chance)?);
    }
    put("targets", serde_json::to_value(&found.outcome.targets)?);
    put("days", days_json(found)?);
    put("queues", queues_json(model, found)?);
    put("groups", groups_json(model, found));
    put("findings", findings_json(question, found));
    if let Some(repairs) = &found.repairs {
        put("repairs", repairs_json(question, repairs)?);
    }
    Ok(serde_json::to_string_pretty(&Value::Object(all))? + "\n")
}

/// An object without the keys that have no value.
fn object(pairs: Vec<(&str, Option<Value>)>) -> Value {
    let some = pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(some.collect())
}

fn estimate(e: Option<Estimate>) -> serde_json::Result<Option<Value>> {
    e.map(serde_json::to_value).transpose()
}

fn days_json(found: &Judged) -> serde_json::Result<Value> {
    let one = |day: &crate::roster::chance::DayChance| {
        Ok(object(vec![("day", Some(json!(day.day + 1))), ("chance", estimate(day.kept)?)]))
    };
    found.chances.days.iter().map(one).collect::<serde_json::Result<Vec<Value>>>().map(Value::Array)
}

fn queues_json(model: &Model, found: &Judged) -> serde_json::Result<Value> {
    let mut queues: Vec<Value> = Vec::new();
    for (q, queue) in model.queues.iter().enumerate() {
        let mine = found.chances.intervals.iter().filter(|one| one.at.queue == q);
        let one = |one: &IntervalChance| {
            let unit = if one.at.goal(model).is_share() { 1.0 } else { 1e-6 };
            Ok(object(vec![
                ("day", Some(json!(model.grid().day_of(one.at.interval) + 1))),
                ("start", Some(json!(model.grid().clock(one.at.interval)))),
                ("achieved", estimate(one.achieved.map(|e| e.scale(unit)))?),
                ("chance", estimate(one.kept)?),
            ]))
        };
        let intervals: serde_json::Result<Vec<Value>> = mine.map(one).collect();
        queues.push(json!({ "name": queue.name, "intervals": intervals? }));
    }
    Ok(Value::Array(queues))
}

fn groups_json(model: &Model, found: &Judged) -> Value {
    let grid = model.grid();
    let minutes = grid.interval_minutes();
    let group = |needs: &Needs| {
        let interval = |need: &crate::roster::gaps::Need| {
            object(vec![
                ("day", Some(json!(grid.day_of(need.interval) + 1))),
                ("start", Some(json!(grid.clock(need.interval)))),
                ("at_work", Some(json!(need.at_work))),
                ("needed", Some(json!(need.needed))),
                ("at_least", need.more_than_tried.then(|| json!(true))),
                ("at_most", need.fewer_than_tried.then(|| json!(true))),
            ])
        };
        let gap = |gap: &Gap| {
            json!({
                "day": grid.day_of(gap.from) + 1,
                "start": grid.clock(gap.from),
                "end": clock_end(gap.to as i64 * minutes),
                "people": gap.people,
                "hours": gap.person_intervals as f64 * minutes as f64 / 60.0,
            })
        };
        let intervals: Vec<Value> = needs.intervals.iter().map(interval).collect();
        let gaps: Vec<Value> = needs.gaps(grid.per_day).iter().map(gap).collect();
        json!({ "name": model.groups[needs.group.0].name, "intervals": intervals, "stretches": gaps })
    };
    Value::Array(found.needs.iter().map(group).collect())
}

fn findings_json(question: &Question<'_>, found: &Judged) -> Value {
    let one = |one: &crate::roster::rules::Finding| {
        json!({
            "kind": kind(&one.breach),
            "group": question.model.groups[one.group.0].name,
            "people": one.people,
            "line": one.line,
            "day": one.at.div_euclid(24 * 60) + 1,
            "time": clock(one.at),
            "words": finding(question.model, question.rosters, one),
        })
    };
    Value::Array(found.findings.iter().map(one).collect())
}

fn repairs_json(question: &Question<'_>, repairs: &Repairs) -> serde_json::Result<Value> {
    let one = |(k, one): (usize, &Repair)| -> serde_json::Result<Value> {
        Ok(object(vec![
            ("kind", Some(json!(change_kind(&one.change)))),
            ("words", Some(json!(change(question.model, question.rosters, &one.change)))),
            ("extra_hours", Some(json!(one.extra_minutes as f64 / 60.0))),
            ("extra_cost", one.extra_cost.map(|cost| json!(cost))),
            ("chance", estimate(one.chance)?),
            ("gain", estimate(one.gain)?),
            ("mends", Some(json!(one.mends))),
            ("chosen", (repairs.chosen == Some(k)).then(|| json!(true))),
            ("targets", Some(serde_json::to_value(&one.outcome.targets)?)),
        ]))
    };
    let best: serde_json::Result<Vec<Value>> = repairs.best.iter().enumerate().map(one).collect();
    Ok(object(vec![
        ("considered", Some(json!(repairs.considered))),
        ("tried", Some(json!(repairs.tried))),
        ("chance_now", estimate(repairs.now)?),
        ("best", Some(Value::Array(best?))),
    ]))
}

/// For spreadsheets: a row for each interval of every group and every queue that it serves with a promise about waits.
pub fn csv(question: &Question<'_>, found: &Judged) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    out.write_record([
        "group",
        "queue",
        "day",
        "start",
        "at_work",
        "needed",
        "spare",
        "achieved",
        "chance",
        "chance_low",
        "chance_high",
    ])?;
    let model = question.model;
    for needs in &found.needs {
        for one in found.chances.intervals.iter().filter(|one| serves(model, needs.group, one.at.queue)) {
            let Some(need) = needs.intervals.iter().find(|need| need.interval == one.at.interval) else {
                continue;
            };
            let unit = if one.at.goal(model).is_share() { 1.0 } else { 1e-6 };
            let number = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
            out.write_record([
                model.groups[needs.group.0].name.clone(),
                model.queues[one.at.queue].name.clone(),
                (model.grid().day_of(need.interval) + 1).to_string(),
                model.grid().clock(need.interval),
                need.at_work.to_string(),
                need.needed.to_string(),
                need.spare().to_string(),
                number(one.achieved.map(|e| e.mean * unit)),
                number(one.kept.map(|e| e.mean)),
                number(one.kept.map(|e| e.low)),
                number(one.kept.map(|e| e.high)),
            ])?;
        }
    }
    super::csv::finished(out)
}

fn serves(model: &Model, group: GroupId, queue: usize) -> bool {
    model.groups[group.0].serves.iter().any(|skill| skill.queue.0 == queue)
}
