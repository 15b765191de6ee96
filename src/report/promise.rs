//! Targets in words, for tables and charts alike.

use super::words::{goal_percent, threshold};
use crate::model::{Model, Per, Queue, QueueId};
use crate::montecarlo::{Outcome, QueueInterval, TargetKind, TargetOutcome, Verdict};
use crate::stats::Estimate;

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
        (Per::Interval, Some(share)) => format!("in every interval on {} of days", goal_percent(share)),
        (per, Some(share)) => format!("on {} of {}", goal_percent(share), per.stretches()),
        (Per::Interval, None) => "in every interval".to_owned(),
        (Per::Day | Per::Run, None) => String::new(),
        (per, None) => format!("per {}", per.key()),
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

/// What a queue is measured by where one figure stands for it.
pub(super) enum Measure<'a> {
    /// Waits: it promises so, or people wait on its line and it promises nothing else about time.
    Answered,
    /// The time to the end: this is the first promise about it, and none is made about waits.
    Done(&'a TargetOutcome),
    /// Nothing: its work waits and nobody said how long it may. At the end of a run some of it is open, and not late.
    Nothing,
}

impl<'a> Measure<'a> {
    /// Of a queue in a run.
    pub(super) fn of(outcome: &'a Outcome, queue: &Queue) -> Self {
        let mine = || outcome.targets.iter().filter(|target| target.queue.as_deref() == Some(&queue.name));
        let first = |kind: TargetKind| mine().find(|target| target.kind == kind);
        match first(TargetKind::Done) {
            _ if first(TargetKind::Answered).is_some() => Self::Answered,
            Some(target) => Self::Done(target),
            None if queue.channel.is_deferred() => Self::Nothing,
            None => Self::Answered,
        }
    }

    /// The figure of an interval.
    pub(super) fn of_interval(&self, at: &QueueInterval) -> Option<Estimate> {
        match self {
            Self::Answered => at.service_level,
            Self::Done(_) => at.done,
            Self::Nothing => None,
        }
    }

    /// Whether it is waits.
    pub(super) fn is_waits(&self) -> bool {
        matches!(self, Self::Answered)
    }
}

/// Whether a plan's neighbours and formulas, which tell the service level of the first queue that is planned for, speak of
/// what was promised there.
pub(super) fn plans_for_waits(model: &Model, outcome: &Outcome) -> bool {
    let served =
        |id: usize| model.planned_groups().any(|group| model.groups[group.0].skill(QueueId(id)).is_some());
    let first = (0..model.queues.len()).find(|&id| served(id));
    first.is_none_or(|id| Measure::of(outcome, &model.queues[id]).is_waits())
}

/// "done within 8h of opening hours, of what was done or fell due": how a promise about the end of work is counted.
pub(super) fn done_is(target: &TargetOutcome) -> String {
    let clock = target.definition.unwrap_or_default();
    let within = by_clock(target.within_s.unwrap_or_default(), clock);
    format!("done within {within}, of what was done or fell due")
}

/// "8h of opening hours": how long work may take, by its clock.
pub(super) fn by_clock(within_s: f64, clock: &str) -> String {
    let hours = if clock == "business" { " of opening hours" } else { "" };
    format!("{}{hours}", threshold(within_s))
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
