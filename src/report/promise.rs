//! Targets in words, for tables and charts alike.

use super::words::{goal_percent, threshold};
use crate::montecarlo::{Outcome, TargetKind, TargetOutcome, Verdict};

/// What is promised: "90% within 2m".
pub(super) fn goal(target: &TargetOutcome) -> String {
    match target.kind {
        TargetKind::Answered => {
            let within = threshold(target.within_s.unwrap_or_default());
            format!("{} within {within}", goal_percent(target.goal))
        }
        TargetKind::Done => {
            let within = threshold(target.within_s.unwrap_or_default());
            format!("{} done within {within}", goal_percent(target.goal))
        }
        TargetKind::Replied => {
            let within = threshold(target.within_s.unwrap_or_default());
            format!("{} replied to within {within}", goal_percent(target.goal))
        }
        TargetKind::CalledBack => format!("{} called back as promised", goal_percent(target.goal)),
        TargetKind::Asa => format!("mean wait at most {}", threshold(target.goal)),
        TargetKind::Abandoned => format!("at most {} hang up", goal_percent(target.goal)),
        TargetKind::Longest => format!("nobody waits longer than {}", threshold(target.goal)),
        TargetKind::MaxOccupancy => format!("at most {} busy", goal_percent(target.goal)),
    }
}

/// Over what, and how often: "in every interval", "per day on 90% of days"; empty for the usual long-run day.
pub(super) fn over(target: &TargetOutcome) -> String {
    match (target.per, target.on_days) {
        ("interval", Some(share)) => format!("in every interval on {} of days", goal_percent(share)),
        (per, Some(share)) => format!("on {} of {}", goal_percent(share), stretches(per)),
        ("interval", None) => "in every interval".to_owned(),
        ("day" | "run", None) => String::new(),
        (per, None) => format!("per {per}"),
    }
}

/// What is counted when it is asked how often a promise was kept.
pub(super) fn stretches(per: &str) -> &'static str {
    match per {
        "interval" => "interval-days",
        "week" => "weeks",
        "month" => "months",
        "run" => "runs",
        _ => "days",
    }
}

/// Whose promise it is: the queue, or the group.
pub(super) fn whose(target: &TargetOutcome) -> &str {
    target.queue.as_deref().or(target.group.as_deref()).unwrap_or("everyone")
}

/// A verdict in a word.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Undecided => "undecided",
        Verdict::Missed => "MISSED",
    }
}

/// The first promise of a service level, of one queue or of any.
pub(super) fn answered<'a>(outcome: &'a Outcome, queue: Option<&str>) -> Option<&'a TargetOutcome> {
    let of_queue = |target: &&TargetOutcome| queue.is_none() || target.queue.as_deref() == queue;
    outcome.targets.iter().filter(of_queue).find(|target| target.kind == TargetKind::Answered)
}

/// The same as [`all`], leaving out on how many days it is to be kept.
pub(super) fn on_average(outcome: &Outcome) -> String {
    match outcome.targets.as_slice() {
        [only] => {
            let plain = TargetOutcome { on_days: None, ..only.clone() };
            format!("\"{}\"", [goal(only), over(&plain)].join(" ").trim_end())
        }
        _ => all(outcome),
    }
}

/// A promise as chart and table call it when they speak of all: the only one, or how many there are.
pub(super) fn all(outcome: &Outcome) -> String {
    match outcome.targets.as_slice() {
        [] => "no promise".to_owned(),
        [only] => format!("\"{}\"", [goal(only), over(only)].join(" ").trim_end()),
        [_, _] => "both promises".to_owned(),
        several => format!("all {} promises", several.len()),
    }
}
