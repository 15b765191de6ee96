//! The parts that `simulate` and `plan` share: promises, queues, groups, tomorrow, and what the numbers mean.

use super::style::{Style, header};
use crate::model::{Model, Queue, Scored};
use crate::montecarlo::{GroupOutcome, Outcome, QueueOutcome, ServiceLevel, TargetKind, TargetOutcome};
use crate::report::promise::{self, Measure};
use crate::report::words::{
    NONE, agents, count, counted, goal_percent, hours, percent, plural, seconds, share, thousands, threshold,
    timed, whole_percent,
};
use crate::report::{assumed, behaviours};
use crate::stats::Estimate;

/// Every promise with its verdict and how well it was kept; nothing without promises.
pub(super) fn promises(model: &Model, outcome: &Outcome, style: Style) -> String {
    if outcome.targets.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}", style.heading("Promises"));
    for target in &outcome.targets {
        let over = promise::over(target);
        let over = if over.is_empty() { over } else { format!(" {over}") };
        let kept = kept(target, model.grid().days);
        let text = format!("{}, {}{over}: {kept}", promise::whose(target), promise::goal(target));
        out.push_str(&style.judged(target.verdict, text.trim_end_matches(": ")));
    }
    out
}

/// "91.2% ± 0.3, kept on 68.2% ± 2.8 of days".
fn kept(target: &TargetOutcome, days: usize) -> String {
    let figure = |e: Estimate| match target.kind {
        TargetKind::Asa | TargetKind::Longest => timed(e),
        _ => share(e),
    };
    let achieved = target.achieved.map(figure);
    let place = target.worst_interval.as_ref().map(|at| match days {
        0 | 1 => format!("worst at {}", at.start),
        _ => format!("worst at {} of day {}", at.start, at.day),
    });
    let days = target.days_met.map(|met| format!("kept on {} of {}", share(met), target.per.stretches()));
    [achieved, place, days].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A line for every queue, with the customers lost beside the service level.
pub(super) fn queues(model: &Model, outcome: &Outcome, style: Style) -> String {
    let mut out = format!("\n{}", style.heading("Customers, on an average day"));
    let titles = header(["queue", "contacts", "service level", "hang up", "mean wait", "9 in 10 wait"]);
    let line = |queue: &QueueOutcome, within: bool| {
        let waits = queue.wait_percentiles_s.as_ref().and_then(|waits| waits.p90);
        vec![
            queue.name.clone(),
            queue.offered.map_or(NONE.to_owned(), |e| count(e.mean)),
            level_within(model, outcome, queue, within),
            lost(queue),
            queue.mean_wait_s.map_or(NONE.to_owned(), |e| seconds(e.mean)),
            waits.map_or(NONE.to_owned(), |e| format!("≤ {}", seconds(e.mean))),
        ]
    };
    // Where there is no room, the wait is told below, with how the level is counted.
    let rows = |within| outcome.queues.iter().map(|queue| line(queue, within)).collect::<Vec<_>>();
    let full = Some(rows(true)).filter(|rows| style.fits(&titles, rows));
    out.push_str(&style.grid(&titles, full.unwrap_or_else(|| rows(false))));
    out.push_str(&elsewhere(outcome, style));
    out
}

/// "91.2% ± 0.3 in 2m", by the definition of the queue's first promise.
fn level_within(model: &Model, outcome: &Outcome, queue: &QueueOutcome, said: bool) -> String {
    let facts = model.queues.iter().find(|facts| facts.name == queue.name);
    let (level, within_s) = match facts.map(|facts| Measure::of(outcome, facts)) {
        Some(Measure::Nothing) => (None, None),
        Some(Measure::Done(target)) => (target.achieved, target.within_s),
        _ => {
            let level = queue.service_level.as_ref();
            let share = level.and_then(|level| by(level, definition(facts, queue, outcome)));
            (share, level.map(|level| level.within_s))
        }
    };
    let within = within_s.filter(|_| said).map_or_else(String::new, |s| format!(" in {}", threshold(s)));
    level.map_or(NONE.to_owned(), |e| format!("{}{within}", share(e)))
}

/// The definition by which a queue's service level is told: that of its first promise, else all offered.
fn definition<'a>(facts: Option<&Queue>, queue: &'a QueueOutcome, outcome: &'a Outcome) -> &'a str {
    let promised = promise::answered(outcome, facts.map(|facts| facts.name.as_str()));
    let daily = queue.day_service_level.as_ref().map(|days| days.definition).filter(|key| !key.is_empty());
    promised.and_then(|target| target.definition).or(daily).unwrap_or("offered")
}

/// One definition of a service level.
pub(super) fn by(level: &ServiceLevel, definition: &str) -> Option<Estimate> {
    match definition {
        "answered" => level.answered,
        "ignore_early" => level.ignore_early,
        "credit_early" => level.credit_early,
        "ignore_short" => level.ignore_short,
        "credit_short" => level.credit_short,
        _ => level.offered,
    }
}

/// "38 (0.9%)": abandoned and balked, per day.
fn lost(queue: &QueueOutcome) -> String {
    let leaving = [queue.abandoned, queue.balked].into_iter().flatten().map(|e| e.mean);
    let (any, sum) = leaving.fold((false, 0.0), |(_, sum), mean| (true, sum + mean));
    match (any, queue.abandonment) {
        (true, Some(part)) => format!("{} ({})", count(sum), percent(part.mean)),
        (true, None) => count(sum),
        _ => NONE.to_owned(),
    }
}

/// What else became of contacts, where anything did.
fn elsewhere(outcome: &Outcome, style: Style) -> String {
    let mut out = String::new();
    for queue in &outcome.queues {
        let fates = [
            (queue.blocked, "find all lines taken"),
            (queue.turned_away, "come while closed"),
            (queue.moved_on, "move to another queue"),
            (queue.unfinished, "are still waiting at the end"),
        ];
        let told: Vec<String> = fates
            .into_iter()
            .filter_map(|(e, fate)| e.filter(|e| e.mean >= 0.005).map(|e| format!("{} {fate}", counted(e))))
            .collect();
        if !told.is_empty() {
            out.push_str(&style.paragraph(&format!("{}: {} a day.", queue.name, told.join(", ")), 1));
        }
    }
    out
}

/// A line for every group.
pub(super) fn groups(outcome: &Outcome, style: Style) -> String {
    if outcome.groups.is_empty() {
        return String::new();
    }
    let priced = outcome.groups.iter().any(|group| group.cost.is_some());
    let mut titles = header(["group", "at work", "hours", "busy", "overtime"]);
    if priced {
        titles.push("cost".to_owned());
    }
    let rows = outcome.groups.iter().map(|group| {
        let mut row = vec![
            group.name.clone(),
            at_work(group),
            group.staffed_hours.map_or(NONE.to_owned(), |e| hours(e.mean)),
            group.occupancy.map_or(NONE.to_owned(), |e| percent(e.mean)),
            group.overtime_hours.map_or(NONE.to_owned(), |e| format!("{} h", hours(e.mean))),
        ];
        if priced {
            row.push(group.cost.map_or(NONE.to_owned(), |e| thousands(e.mean)));
        }
        row
    });
    let heading = style.heading("Agents, on an average day");
    format!("\n{heading}{}", style.grid(&titles, rows.collect()))
}

/// "14 to 52".
fn at_work(group: &GroupOutcome) -> String {
    let all = || group.intervals.iter().map(|at| at.agents);
    match (all().min(), all().max()) {
        (Some(low), Some(high)) if low != high => format!("{low} to {high}"),
        (Some(same), _) => same.to_string(),
        _ => NONE.to_owned(),
    }
}

/// What a single day may bring where waits are promised; a day's share of work done in time is not counted.
pub(super) fn tomorrow(model: &Model, outcome: &Outcome, style: Style) -> String {
    let mut out = String::new();
    let waits = |facts: &Queue| Measure::of(outcome, facts).is_waits();
    for (_, queue) in model.queues.iter().zip(&outcome.queues).filter(|(facts, _)| waits(facts)) {
        let Some(days) = &queue.day_service_level else { continue };
        let (Some(p5), Some(p95)) = (days.percentiles.p5, days.percentiles.p95) else { continue };
        let whose = if outcome.queues.len() > 1 { format!(", {}", queue.name) } else { String::new() };
        let met = match (days.goal, days.days_met) {
            (Some(goal), Some(met)) if promise::answered(outcome, Some(&queue.name)).is_none() => {
                format!("; {} or more on {} of days", goal_percent(goal), share(met))
            }
            _ => String::new(),
        };
        let text = format!(
            "What tomorrow may bring{whose}: nine days in ten between {} and {} answered within {}{met}.",
            whole_percent(p5.mean),
            whole_percent(p95.mean),
            threshold(days.within_s),
        );
        out.push_str(&style.paragraph(&text, 0));
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}

/// What the numbers mean and what they leave out.
pub(super) fn meaning(model: &Model, outcome: &Outcome, notes: &[String], style: Style) -> String {
    let mut out = format!("\n{}", style.heading("What the numbers mean"));
    let cut = if outcome.interrupted {
        " The run was interrupted; these are the ones that were finished."
    } else {
        ""
    };
    let error = format!(
        "± is the {} computing error of {} (seed {}, {} contacts): how far the simulation may be from its own long \
         run. It says nothing about any single day.{cut}",
        goal_percent(outcome.level),
        plural(outcome.replications, "replication"),
        outcome.seed,
        thousands(outcome.contacts_simulated as f64),
    );
    let mut lines = vec![error];
    for queue in &model.queues {
        lines.push(assumed::queue(model, queue));
        lines.extend(behaviours::queue(model, queue));
    }
    lines.extend(model.groups.iter().flat_map(behaviours::group));
    lines.extend(definitions(model, outcome));
    lines.push(assumed::around_the_forecast(model, " (cv)").unwrap_or_else(|| {
        "The forecast is taken as exact: a real forecast's error comes on top.".to_owned()
    }));
    lines.extend(assumed::put_together(model));
    lines.extend(notes.iter().map(|note| sentence(note)));
    for line in lines {
        out.push_str(&style.hanging(&format!("• {line}"), 1, 3));
    }
    out
}

/// How every service level is counted: once, if all queues count alike.
fn definitions(model: &Model, outcome: &Outcome) -> Vec<String> {
    let counted: Vec<(&str, String)> = model
        .queues
        .iter()
        .zip(&outcome.queues)
        .filter_map(|(queue, found)| {
            let how = match Measure::of(outcome, queue) {
                Measure::Nothing => return None,
                Measure::Done(target) => promise::done_is(target),
                Measure::Answered => {
                    let within = found.service_level.as_ref()?.within_s;
                    assumed::definition(definition(Some(queue), found, outcome), within)
                }
            };
            Some((queue.name.as_str(), format!("{how}{}", scored(queue))))
        })
        .collect();
    match counted.first() {
        Some((_, first)) if counted.iter().all(|(_, other)| other == first) => {
            vec![format!("Service level: {first}.")]
        }
        _ => counted.iter().map(|(name, how)| format!("Service level of {name}: {how}.")).collect(),
    }
}

/// How callbacks count, where any are offered.
fn scored(queue: &Queue) -> &'static str {
    match queue.journey.callback.as_ref().map(|callback| callback.scored) {
        None => "",
        Some(Scored::Apart) => "; callbacks stand apart",
        Some(Scored::ByPromise) => "; a callback is in time if connected as promised",
        Some(Scored::ClockContinues) => "; for a callback the clock runs on until it is connected",
    }
}

/// With a capital and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.trim().trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// "21 agents" or "14 to 52 agents".
pub(super) fn agents_range(low: u32, high: u32) -> String {
    if low == high { agents(high) } else { format!("{low} to {}", agents(high)) }
}
