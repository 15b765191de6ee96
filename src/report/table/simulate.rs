//! What `simulate` prints.

use super::{intervals, journey, sections, style::Style, worth};
use crate::model::{Model, Queue};
use crate::montecarlo::{Outcome, QueueOutcome, Verdict};
use crate::report::words::{count, percent, plural, share, threshold};
use crate::report::{promise, promise::Measure, table::sections::by};

/// The report of a simulation: how the promises were kept, every queue and group, what tomorrow may bring.
pub fn simulate(model: &Model, outcome: &Outcome, style: Style) -> String {
    let mut out = style.heading(&model.name);
    out.push_str(&style.paragraph(&first_line(model, outcome), 0));
    out.push_str(&sections::promises(model, outcome, style));
    out.push_str(&sections::tomorrow(model, outcome, style));
    out.push_str(&sections::queues(model, outcome, style));
    out.push_str(&journey::queues(model, outcome, style));
    out.push_str(&sections::groups(outcome, style));
    out.push_str(&journey::groups(outcome, style));
    out.push_str(&worth::costs(outcome, style));
    out.push_str(&worth::felt(outcome, style));
    out.push_str(&intervals::table(model, outcome, None, style));
    out.push_str(&sections::meaning(model, outcome, &[], style));
    out
}

/// The verdict in a sentence, and the customers lost.
fn first_line(model: &Model, outcome: &Outcome) -> String {
    let promise = promise::all(outcome);
    let verdict = match outcome.verdict() {
        Some(Verdict::Met) => format!("This staffing keeps {promise}: "),
        Some(Verdict::Missed) => format!("This staffing does not keep {promise}: "),
        Some(Verdict::Undecided) => {
            format!(
                "Whether this staffing keeps {promise} cannot be told from {}: ",
                plural(outcome.replications, "replication")
            )
        }
        None => String::new(),
    };
    let whose = |queue: &QueueOutcome| {
        if outcome.queues.len() > 1 { format!(" on {}", queue.name) } else { String::new() }
    };
    let level = |(facts, queue)| Some(format!("{}{}", level(outcome, facts, queue)?, whose(queue)));
    let mut told: Vec<String> = model.queues.iter().zip(&outcome.queues).take(3).filter_map(level).collect();
    if let Some(lost) = lost(outcome) {
        told.push(lost);
    }
    let told = told.join("; ");
    if told.is_empty() { "No contact was counted.".to_owned() } else { format!("{verdict}{told}.") }
}

/// "38 of 4,200 customers a day hang up (0.9%)".
fn lost(outcome: &Outcome) -> Option<String> {
    let offered = outcome.total.offered?.mean;
    let part = outcome.total.abandonment?.mean;
    Some(format!(
        "{} of {} contacts a day hang up ({})",
        count(offered * part),
        count(offered),
        percent(part)
    ))
}

/// "91.2% ± 0.3 answered within 2m", or, where only the end of the work is promised, "93.0% ± 0.5 done within 8h".
fn level(outcome: &Outcome, facts: &Queue, queue: &QueueOutcome) -> Option<String> {
    match Measure::of(outcome, facts) {
        Measure::Nothing => return None,
        Measure::Done(target) => {
            let within = threshold(target.within_s.unwrap_or_default());
            return Some(format!("{} done within {within}", share(target.achieved?)));
        }
        Measure::Answered => {}
    }
    let definition = promise::answered(outcome, Some(&queue.name)).and_then(|target| target.definition);
    let level = queue.service_level.as_ref()?;
    let e = by(level, definition.unwrap_or("offered"))?;
    Some(format!("{} answered within {}", share(e), threshold(level.within_s)))
}
