//! CSV for spreadsheets: every interval as one row, and a summary with one row per figure.

use std::collections::BTreeMap;

use ::csv::{Terminator, Writer, WriterBuilder};

use crate::model::Model;
use crate::montecarlo::{Outcome, QueueInterval, QueueOutcome};
use crate::plan::Answer;
use crate::report::measures;
use crate::stats::Estimate;

/// `intervals.csv`: a row for every queue in every counted open interval.
///
/// Columns: `day`, `date` (where the calendar has one), `start`, `queue`, `offered`, `answered`, `abandoned`,
/// `mean_wait_s`, `service_level`, `service_level_low`, `service_level_high`, `mean_queue`, then `backlog`, `oldest_s`
/// and `done` where any queue has them, `agents NAME` for every group and, for a plan, `scheduled NAME` for every planned
/// group. A figure that does not apply is empty.
pub fn intervals(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = writer();
    let dated = model.calendar.start.is_some();
    let mut header = vec!["day".to_owned()];
    if dated {
        header.push("date".to_owned());
    }
    let measures = "start queue offered answered abandoned mean_wait_s service_level service_level_low \
                    service_level_high mean_queue";
    header.extend(measures.split_whitespace().map(str::to_owned));
    let stocks = stocks(outcome);
    header.extend(stocks.iter().map(|(name, _)| (*name).to_owned()));
    header.extend(outcome.groups.iter().map(|group| format!("agents {}", group.name)));
    let planned = answer.map_or(&[][..], |answer| &answer.groups);
    header.extend(planned.iter().map(|group| format!("scheduled {}", group.name)));
    out.write_record(&header)?;
    let staff: Vec<BTreeMap<usize, u32>> = outcome
        .groups
        .iter()
        .map(|group| group.intervals.iter().map(|at| (at.index, at.agents)).collect())
        .collect();
    for (queue, at) in in_time_order(outcome) {
        let mut row = vec![at.day.to_string()];
        if dated {
            row.push(date(model, at.day));
        }
        row.extend([at.start.clone(), queue.name.clone()]);
        row.extend(
            [at.offered, at.answered, at.abandoned, at.mean_wait_s].map(|e| figure(e.map(|e| e.mean))),
        );
        let level = at.service_level;
        row.extend([level.map(|e| e.mean), level.map(|e| e.low), level.map(|e| e.high)].map(figure));
        row.push(figure(at.mean_queue.map(|e| e.mean)));
        row.extend(stocks.iter().map(|(_, pick)| figure(pick(at).map(|e| e.mean))));
        row.extend(staff.iter().map(|agents| agents.get(&at.index).copied().unwrap_or(0).to_string()));
        row.extend(
            planned.iter().map(|group| group.scheduled.get(at.index).map_or(String::new(), u32::to_string)),
        );
        out.write_record(&row)?;
    }
    finished(out)
}

/// A column of `intervals.csv`.
type Stock = (&'static str, fn(&QueueInterval) -> Option<Estimate>);

/// The columns about work that lies open, as far as any queue has them.
fn stocks(outcome: &Outcome) -> Vec<Stock> {
    let all: [Stock; 3] =
        [("backlog", |at| at.backlog), ("oldest_s", |at| at.oldest_s), ("done", |at| at.done)];
    let known = |(_, pick): &Stock| {
        outcome.queues.iter().flat_map(|queue| &queue.intervals).any(|at| pick(at).is_some())
    };
    all.into_iter().filter(known).collect()
}

/// The summary for standard output: one row per figure, with its interval and unit.
///
/// Columns: `scope` (`total`, `queue`, `group`, `target`, `outcome`, `plan`), `name`, `measure`, `unit`, `mean`, `low`, `high`.
pub fn summary(outcome: &Outcome, answer: Option<&Answer>) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = writer();
    out.write_record(["scope", "name", "measure", "unit", "mean", "low", "high"])?;
    let mut add = |scope: &str, name: &str, measure: &str, unit: &str, e: Option<Estimate>| match e {
        None => Ok(()),
        Some(e) => {
            let [mean, low, high] = [e.mean, e.low, e.high].map(|x| figure(Some(x)));
            out.write_record([scope, name, measure, unit, &mean, &low, &high])
        }
    };
    let total = &outcome.total;
    add("total", "", "offered", "per day", total.offered)?;
    add("total", "", "answered", "per day", total.answered)?;
    add("total", "", "abandonment", "share", total.abandonment)?;
    add("total", "", "cost", "per day", total.cost)?;
    add("total", "", "staff_cost", "per day", total.staff_cost)?;
    add("total", "", "contact_cost", "per day", total.contact_cost)?;
    add("total", "", "penalty_cost", "per day", total.penalty_cost)?;
    add("total", "", "cost_per_contact", "per answered contact", total.cost_per_contact)?;
    add("total", "", "cost_per_resolved", "per resolved case", total.cost_per_resolved)?;
    add("total", "", "value", "per day", total.value)?;
    for queue in &outcome.queues {
        for (measure, unit, e) in queue_figures(queue).into_iter().chain(measures::queue(queue)) {
            add("queue", &queue.name, &measure, unit, e)?;
        }
    }
    for group in &outcome.groups {
        add("group", &group.name, "staffed_hours", "hours per day", group.staffed_hours)?;
        add("group", &group.name, "busy_hours", "hours per day", group.busy_hours)?;
        add("group", &group.name, "overtime_hours", "hours per day", group.overtime_hours)?;
        add("group", &group.name, "occupancy", "share", group.occupancy)?;
        add("group", &group.name, "cost", "per day", group.cost)?;
        for (measure, unit, e) in measures::group(group) {
            add("group", &group.name, &measure, unit, e)?;
        }
    }
    for target in &outcome.targets {
        let name = super::promise::whose(target);
        let goal = super::promise::goal(target);
        let verdict = super::promise::verdict(target.verdict).to_lowercase();
        add("target", name, &format!("{goal}: {verdict}"), "achieved", target.achieved)?;
        add("target", name, &format!("{goal}: kept"), target.per.stretches(), target.days_met)?;
        add("target", name, &format!("{goal}: penalty_cost"), "per day", target.penalty_cost)?;
    }
    for felt in &outcome.outcomes {
        let name = format!("{} of {}", felt.name, felt.queue);
        add("outcome", &name, "share", "share", felt.share)?;
        add("outcome", &name, "customers", "per day", felt.customers)?;
        add("outcome", &name, "value", "per day", felt.value)?;
    }
    for group in answer.map_or(&[][..], |answer| &answer.groups) {
        let exact = |x: f64| Some(Estimate::exact(x));
        add("plan", &group.name, "agents", "most at once", exact(f64::from(group.peak())))?;
        add("plan", &group.name, "scheduled", "most at once", exact(f64::from(group.scheduled_peak())))?;
        add("plan", &group.name, "agent_hours", "hours per run", exact(group.agent_hours))?;
        add("plan", &group.name, "scheduled_hours", "hours per run", exact(group.scheduled_hours))?;
        add("plan", &group.name, "cost", "per run", group.cost.map(Estimate::exact))?;
    }
    finished(out)
}

/// The figures of a queue: name, unit, value.
fn queue_figures(queue: &QueueOutcome) -> Vec<(String, &'static str, Option<Estimate>)> {
    let named = |(measure, unit, e): (&str, &'static str, Option<Estimate>)| (measure.to_owned(), unit, e);
    let mut figures: Vec<_> = [
        ("offered", "per day", queue.offered),
        ("answered", "per day", queue.answered),
        ("abandoned", "per day", queue.abandoned),
        ("balked", "per day", queue.balked),
        ("blocked", "per day", queue.blocked),
        ("turned_away", "per day", queue.turned_away),
        ("moved_on", "per day", queue.moved_on),
        ("unfinished", "per day", queue.unfinished),
        ("abandonment", "share", queue.abandonment),
        ("wait_probability", "share", queue.wait_probability),
        ("mean_wait", "s", queue.mean_wait_s),
        ("asa", "s", queue.asa_s),
        ("longest_wait", "s", queue.longest_wait_s),
        ("mean_queue", "contacts", queue.mean_queue),
    ]
    .map(named)
    .into();
    for level in &queue.service_levels {
        let within = super::words::threshold(level.within_s);
        figures.push((format!("service_level within {within} of offered"), "share", level.offered));
    }
    if let Some(waits) = &queue.wait_percentiles_s {
        let percentiles = [("50", waits.p50), ("90", waits.p90), ("95", waits.p95), ("99", waits.p99)];
        figures.extend(percentiles.map(|(p, e)| (format!("wait percentile {p}"), "s", e)));
    }
    if let Some(days) = &queue.day_service_level {
        let spread = &days.percentiles;
        let percentiles = [("5", spread.p5), ("50", spread.p50), ("95", spread.p95)];
        figures.extend(percentiles.map(|(p, e)| (format!("day_service_level percentile {p}"), "share", e)));
    }
    figures
}

/// Every interval of every queue: by time, then in the order of the queues.
fn in_time_order(outcome: &Outcome) -> Vec<(&QueueOutcome, &QueueInterval)> {
    let each = |queue| {
        let queue: &QueueOutcome = queue;
        queue.intervals.iter().map(move |at| (queue, at))
    };
    let mut rows: Vec<_> = outcome.queues.iter().flat_map(each).collect();
    rows.sort_by_key(|(_, at)| at.index);
    rows
}

/// The date of a day counted from 1, as `2026-11-23`.
fn date(model: &Model, day: usize) -> String {
    let after = jiff::Span::new().days(day.saturating_sub(1) as i64);
    model
        .calendar
        .start
        .and_then(|start| start.checked_add(after).ok())
        .map_or_else(String::new, |d| d.to_string())
}

/// At most six decimals, none of them idle; nothing for what is not a number.
fn figure(x: Option<f64>) -> String {
    x.filter(|x| x.is_finite()).map_or_else(String::new, |x| super::words::trimmed(x, 6))
}

pub(super) fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new())
}

pub(super) fn finished(out: Writer<Vec<u8>>) -> Result<Vec<u8>, ::csv::Error> {
    out.into_inner().map_err(|fault| fault.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{self, Size};
    use crate::report::fixture_journey;

    #[test]
    fn the_bytes_are_pinned() {
        let model = fixture::model(Size { days: 2, minutes: 60, open: (9, 11), dated: true });
        let answer = fixture::answer(&model);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        insta::assert_snapshot!(
            "intervals",
            text(intervals(&model, &answer.outcome, Some(&answer)).unwrap())
        );
        insta::assert_snapshot!("summary", text(summary(&answer.outcome, Some(&answer)).unwrap()));
    }

    #[test]
    fn behaviours_add_columns_and_rows() {
        let (model, found) =
            fixture_journey::behaviours(Size { days: 1, minutes: 60, open: (9, 11), dated: false });
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let rows = text(intervals(&model, &found, None).unwrap());
        assert!(rows.lines().next().unwrap().ends_with(",mean_queue,backlog,oldest_s,done,agents everyone"));
        // the telephones keep no backlog
        assert!(rows.lines().nth(1).unwrap().contains(",,,,") && rows.contains(",40,5400,0.91,"), "{rows}");
        insta::assert_snapshot!("summary_behaviours", text(summary(&found, None).unwrap()));
    }

    #[test]
    fn without_dates_and_figures() {
        let model = fixture::model(Size { days: 1, minutes: 60, open: (9, 11), dated: false });
        let nothing = fixture::nothing(&model);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let rows = text(intervals(&model, &nothing, None).unwrap());
        assert!(rows.starts_with("day,start,queue,") && rows.lines().count() == 1);
        assert_eq!(text(summary(&nothing, None).unwrap()).lines().count(), 1);
    }

    #[test]
    fn names_with_commas_are_quoted() {
        let model = fixture::model(Size { days: 1, minutes: 60, open: (9, 10), dated: false });
        let mut outcome = fixture::outcome(&model);
        outcome.queues[0].name = "sales, \"south\"".to_owned();
        let text = String::from_utf8(intervals(&model, &outcome, None).unwrap()).unwrap();
        assert!(text.contains(r#"1,09:00,"sales, ""south""","#));
    }
}
