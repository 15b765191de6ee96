//! What behaviours bring, where a scenario switches any on: who comes again, first attempts, callbacks, announced
//! waits, deferred work, replies, several contacts in hand.

use super::style::Style;
use crate::model::{Model, Scored};
use crate::montecarlo::{DoneWithin, GroupOutcome, KeptWithin, Outcome, QueueOutcome};
use crate::report::promise::{Measure, by_clock};
use crate::report::words::{NONE, count, counted, percent, seconds, share, threshold, timed, trimmed};
use crate::stats::Estimate;

/// All of it about queues, each part only where a queue has it.
pub(super) fn queues(model: &Model, outcome: &Outcome, style: Style) -> String {
    let mut out = origins(outcome, style);
    out.push_str(&first_attempts(model, outcome, style));
    out.push_str(&callbacks(outcome, style));
    out.push_str(&scorings(model, outcome, style));
    out.push_str(&announced(outcome, style));
    out.push_str(&deferred(outcome, style));
    out.push_str(&parked(outcome, style));
    out
}

/// One figure of a queue or a group, as text.
type Column<T> = (&'static str, fn(&T) -> Option<String>);

/// A table of those rows that have any of the figures, with those columns that any row has; nothing without rows.
fn grid<T>(
    heading: &str,
    first: &str,
    rows: &[T],
    name: fn(&T) -> &str,
    columns: &[Column<T>],
    style: Style,
) -> String {
    let texts = |row: &T| columns.iter().map(|(_, figure)| figure(row)).collect::<Vec<_>>();
    let told: Vec<(&str, Vec<Option<String>>)> = rows.iter().map(|row| (name(row), texts(row))).collect();
    let told: Vec<_> = told.into_iter().filter(|(_, row)| row.iter().any(Option::is_some)).collect();
    if told.is_empty() {
        return String::new();
    }
    let kept: Vec<usize> =
        (0..columns.len()).filter(|&k| told.iter().any(|(_, row)| row[k].is_some())).collect();
    let mut table =
        vec![[first].into_iter().chain(kept.iter().map(|&k| columns[k].0)).map(str::to_owned).collect()];
    table.extend(told.into_iter().map(|(name, row)| {
        let figures = kept.iter().map(|&k| row[k].clone().unwrap_or_else(|| NONE.to_owned()));
        std::iter::once(name.to_owned()).chain(figures).collect::<Vec<String>>()
    }));
    if !style.fits(&table[0], &table[1..]) {
        table = turned(&table);
    }
    let titles = table.remove(0);
    format!("\n{}{}", style.heading(heading), style.grid(&titles, table))
}

/// Rows as columns, where there is no room for all columns beside each other.
fn turned(table: &[Vec<String>]) -> Vec<Vec<String>> {
    let columns = table.first().map_or(0, Vec::len);
    (0..columns).map(|k| table.iter().map(|row| row[k].clone()).collect()).collect()
}

fn queue_grid(heading: &str, outcome: &Outcome, columns: &[Column<QueueOutcome>], style: Style) -> String {
    grid(heading, "queue", &outcome.queues, |queue| &queue.name, columns, style)
}

fn number(e: Option<Estimate>) -> Option<String> {
    e.map(|e| count(e.mean))
}

fn part(e: Option<Estimate>) -> Option<String> {
    e.map(|e| percent(e.mean))
}

fn time(e: Option<Estimate>) -> Option<String> {
    e.map(|e| seconds(e.mean))
}

/// Where contacts come from; nothing where everybody calls once.
fn origins(outcome: &Outcome, style: Style) -> String {
    let columns: [Column<QueueOutcome>; 8] = [
        ("settled", |q| number(q.contained)),
        ("redials", |q| number(q.redials)),
        ("busy line", |q| number(q.redials_blocked)),
        ("repeats", |q| number(q.repeats)),
        ("passed on", |q| number(q.transferred)),
        ("chasing", |q| number(q.chases)),
        ("replies", |q| number(q.replies)),
        ("after the end", |q| number(q.unseen)),
    ];
    queue_grid("Coming again, on an average day", outcome, &columns, style)
}

/// How new customers fare beside all attempts.
fn first_attempts(model: &Model, outcome: &Outcome, style: Style) -> String {
    let mut out = String::new();
    for (facts, queue) in model.queues.iter().zip(&outcome.queues) {
        let blocked = queue.first_attempt_blocked.filter(|e| e.mean > 0.0);
        let blocked = blocked.map(|e| format!("{} find all lines taken", share(e)));
        let first = queue.first_attempt_service_level.as_ref();
        let level = first.filter(|_| Measure::of(outcome, facts).is_waits()).and_then(|first| {
            let all = queue.service_level.as_ref().and_then(|level| level.offered);
            let all = all.map_or_else(String::new, |e| format!(" (all attempts: {})", share(e)));
            Some(format!("{} answered within {}{all}", share(first.offered?), threshold(first.within_s)))
        });
        let told: Vec<String> = [level, blocked].into_iter().flatten().collect();
        if !told.is_empty() {
            out.push_str(&style.paragraph(&format!("{}: {}.", queue.name, told.join("; ")), 1));
        }
    }
    titled("First attempts", out, style)
}

/// A heading above a text, if there is one.
fn titled(heading: &str, text: String, style: Style) -> String {
    if text.is_empty() { text } else { format!("\n{}{text}", style.heading(heading)) }
}

fn callbacks(outcome: &Outcome, style: Style) -> String {
    let columns: [Column<QueueOutcome>; 8] = [
        ("offered", |q| number(q.callbacks_offered)),
        ("accepted", |q| number(q.callbacks)),
        ("connected", |q| number(q.callbacks_connected)),
        ("not reached", |q| number(q.callbacks_not_reached)),
        ("open", |q| number(q.callbacks_unfinished.filter(|e| e.mean >= 0.005))),
        ("as promised", |q| part(q.callback_promise.as_ref()?.share)),
        ("mean wait", |q| time(q.callback_wait_s)),
        ("waiting", |q| number(q.mean_callback_queue)),
    ];
    queue_grid("Callbacks, on an average day", outcome, &columns, style)
}

/// The service level with each way to count callbacks, so that it cannot be had by offering more of them.
fn scorings(model: &Model, outcome: &Outcome, style: Style) -> String {
    let mut out = String::new();
    for (facts, queue) in model.queues.iter().zip(&outcome.queues) {
        let (Some(scoring), Some(callback)) = (&queue.callback_scoring, &facts.journey.callback) else {
            continue;
        };
        let within = queue.service_level.as_ref().map_or(0.0, |level| level.within_s);
        let promise = threshold(callback.promise.as_secs_f64());
        let used = |scored| if callback.scored == scored { " (as reported)" } else { "" };
        let ways = [
            (scoring.apart, "without callbacks".to_owned(), Scored::Apart),
            (
                scoring.by_promise,
                format!("if a callback within {promise} counts as in time"),
                Scored::ByPromise,
            ),
            (
                scoring.clock_continues,
                "if a callback counts as waiting on the line".to_owned(),
                Scored::ClockContinues,
            ),
        ];
        let told = ways
            .into_iter()
            .filter_map(|(e, how, scored)| Some(format!("{} {how}{}", share(e?), used(scored))));
        let told: Vec<String> = told.collect();
        let text = format!("{}, answered within {}: {}.", queue.name, threshold(within), told.join("; "));
        out.push_str(&style.paragraph(&text, 1));
    }
    titled("Callbacks and the service level", out, style)
}

fn announced(outcome: &Outcome, style: Style) -> String {
    let columns: [Column<QueueOutcome>; 3] = [
        ("announced", |q| time(q.announced.as_ref()?.mean_announced_s)),
        ("real", |q| time(q.announced.as_ref()?.mean_real_s)),
        ("off by", |q| time(q.announced.as_ref()?.mean_error_s)),
    ];
    queue_grid("Announced against real wait, means", outcome, &columns, style)
}

/// Work that may lie, and how its promises were kept.
fn deferred(outcome: &Outcome, style: Style) -> String {
    let oldest = |queue: &QueueOutcome| {
        let ages = queue.intervals.iter().filter_map(|at| at.oldest_s).map(|e| e.mean);
        ages.reduce(f64::max).map(seconds)
    };
    let columns: [Column<QueueOutcome>; 5] = [
        ("backlog at the end", |q| number(q.backlog_end)),
        ("oldest item", oldest),
        ("time to the end", |q| time(q.resolution_time_s)),
        ("at the first touch", |q| part(q.first_contact_resolution)),
        ("touches", |q| Some(trimmed(q.touches_per_case?.mean, 2))),
    ];
    let mut out = queue_grid("Backlog and cases", outcome, &columns, style);
    for queue in &outcome.queues {
        for promise in &queue.done {
            out.push_str(&style.paragraph(&done(queue, promise), 1));
        }
    }
    out
}

/// "mail: 91.2% ± 0.3 done within 4h of opening hours, 97.0% ± 0.1 begun."
fn done(queue: &QueueOutcome, promise: &DoneWithin) -> String {
    let said = |e: Option<Estimate>| e.map_or(NONE.to_owned(), share);
    let within = by_clock(promise.within_s, promise.clock);
    format!(
        "{}: {} done within {within}, {} begun.",
        queue.name,
        said(promise.completed),
        said(promise.started)
    )
}

/// Sessions parked while the customer was silent.
fn parked(outcome: &Outcome, style: Style) -> String {
    let mut out = String::new();
    for queue in &outcome.queues {
        let Some(resumed) = queue.resumed else { continue };
        let wait = queue.reply_wait_s.map(|e| format!("after {} on average", timed(e)));
        let kept = queue.replied.as_ref().and_then(in_time);
        let come = format!("{} a day come back to an agent", counted(resumed));
        let told: Vec<String> = [Some(come), wait, kept].into_iter().flatten().collect();
        let text = format!("{}: {}.", queue.name, told.join(", "));
        out.push_str(&style.paragraph(&text, 1));
    }
    titled("Parked sessions", out, style)
}

/// "91.2% ± 0.3 within 1m".
fn in_time(kept: &KeptWithin) -> Option<String> {
    Some(format!("{} within {}", share(kept.share?), threshold(kept.within_s)))
}

/// Several contacts in hand, and replies inside chats.
pub(super) fn groups(outcome: &Outcome, style: Style) -> String {
    let columns: [Column<GroupOutcome>; 5] = [
        ("in hand", |group| Some(trimmed(group.mean_in_hand?.mean, 2))),
        ("of all they could", |group| part(group.slot_occupancy)),
        ("time with 1, 2, …", |group| {
            let shares: Vec<String> =
                group.load_shares.values().map(|e| format!("{:.0}%", e.mean * 100.0)).collect();
            Some(shares.join(", ")).filter(|text| !text.is_empty())
        }),
        ("mean reply", |group| time(group.mean_reply_s)),
        ("replies", |group| {
            let told: Vec<String> = (group.replied.iter())
                .filter_map(|kept| {
                    Some(format!("{} in {}", percent(kept.share?.mean), threshold(kept.within_s)))
                })
                .collect();
            Some(told.join(", ")).filter(|text| !text.is_empty())
        }),
    ];
    grid("Several at once", "group", &outcome.groups, |group| &group.name, &columns, style)
}
