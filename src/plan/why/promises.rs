//! What other promises would cost: the first promise on a service level made stricter and looser, per interval instead
//! of per day and the other way round, on nine days in ten. Each stands alone for its queue, so that no other promise
//! hides what it costs.

use super::ask::{Asker, Needed};
use crate::model::{Goal, Model, Per, Queue, QueueId, Target};
use crate::montecarlo::TargetKind;
use crate::stats::Estimate;
use crate::units::Micros;
use serde::Serialize;

/// Shares that are tried besides the one that is promised.
const SHARES: [f64; 8] = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98];
/// The share of days that is tried.
const DAYS: f64 = 0.9;

/// Another promise in the place of the first, and its plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Other {
    /// The promise, in words: `80% within 20s per day`.
    pub promise: String,
    /// The share, where only that differs from the promise that was made: a point of the frontier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// What it needs; nothing where no staffing keeps it.
    pub needed: Option<Needed>,
    /// The level that its plan gives, in the long run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Estimate>,
    /// Customers who hang up per day, all queues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_per_day: Option<f64>,
    /// Whether it is the promise that was made.
    pub is_made: bool,
}

/// A promise that is tried.
pub(super) struct Trial {
    words: String,
    share: Option<f64>,
    model: Model,
    is_made: bool,
    queue: usize,
}

/// The first promise on a service level among the queues that planned groups serve, and its queue.
fn first(model: &Model) -> Option<(usize, Target)> {
    let serves = |q: usize| model.planned_groups().any(|id| model.groups[id.0].skill(QueueId(q)).is_some());
    let is_level = |target: &&Target| matches!(target.goal, Goal::Answered { .. });
    let of = |(q, queue): (usize, &Queue)| Some((q, queue.targets.iter().find(is_level)?.clone()));
    model.queues.iter().enumerate().filter(|(q, _)| serves(*q)).find_map(of)
}

/// Whether its queue makes other promises too.
pub(super) fn makes_others(model: &Model) -> bool {
    first(model).is_some_and(|(queue, _)| model.queues[queue].targets.len() > 1)
}

/// The promises that are tried, the one that was made among them; none where no service level is promised.
pub(super) fn models(model: &Model) -> Vec<Trial> {
    let Some((queue, made)) = first(model) else { return Vec::new() };
    let mut trials: Vec<Trial> = Vec::new();
    let mut add = |target: Target, share: Option<f64>| {
        let is_made = target == made;
        if trials.iter().any(|trial| trial.words == words(&target)) {
            return;
        }
        let mut model = model.clone();
        model.queues[queue].promise_instead(&made, target.clone());
        model.queues[queue].targets.retain(|kept| *kept == target);
        trials.push(Trial { words: words(&target), share, model, is_made, queue });
    };
    let Goal::Answered { share: promised, .. } = made.goal else { return Vec::new() };
    let mut shares: Vec<f64> = SHARES.into_iter().chain([promised]).collect();
    shares.sort_by(f64::total_cmp);
    shares.dedup();
    for share in shares {
        add(with_share(&made, share), Some(share));
    }
    for factor in [0.5, 2.0] {
        add(with_threshold(&made, factor), None);
    }
    let other = if made.per == Per::Interval { Per::Day } else { Per::Interval };
    add(Target { per: other, on_days: None, floor: None, ..made.clone() }, None);
    let days = if made.on_days.is_some() { None } else { Some(DAYS) };
    add(Target { on_days: days, ..made.clone() }, None);
    trials
}

fn with_share(target: &Target, share: f64) -> Target {
    let mut target = target.clone();
    if let Goal::Answered { share: promised, .. } = &mut target.goal {
        *promised = share;
    }
    target.floor = target.floor.map(|floor| floor.min(share));
    target
}

fn with_threshold(target: &Target, factor: f64) -> Target {
    let mut target = target.clone();
    if let Goal::Answered { within, .. } = &mut target.goal {
        *within = Micros((within.0 as f64 * factor).round() as u64);
    }
    target
}

fn words(target: &Target) -> String {
    let Goal::Answered { share, within, .. } = target.goal else { return String::new() };
    let often = target.on_days.map_or_else(String::new, |share| {
        format!(" on {} of {}", super::super::words::percent(share), target.per.stretches())
    });
    format!("{} within {within} per {}{often}", super::super::words::percent(share), target.per.key())
}

/// The plans for all of them.
pub(super) fn others(trials: Vec<Trial>, asker: &Asker<'_>) -> Vec<Other> {
    let one = |trial: Trial| {
        let found = asker.needs(&trial.words, &trial.model);
        let name = &trial.model.queues[trial.queue].name;
        let level = found.as_ref().and_then(|(_, answer)| {
            let targets = &answer.outcome.targets;
            let mine =
                targets.iter().find(|t| t.queue.as_ref() == Some(name) && t.kind == TargetKind::Answered);
            let queue = &answer.outcome.queues[trial.queue];
            let by_run = queue.service_level.as_ref().and_then(|level| level.offered);
            mine.filter(|target| target.per != Per::Interval).and_then(|target| target.achieved).or(by_run)
        });
        let lost = found.as_ref().map(|(_, answer)| {
            let lost = answer.outcome.queues.iter().map(|queue| {
                [queue.abandoned, queue.balked].into_iter().flatten().map(|e| e.mean).sum::<f64>()
            });
            lost.sum()
        });
        (!asker.is_over()).then(|| Other {
            promise: trial.words,
            share: trial.share,
            needed: found.map(|(needed, _)| needed),
            level,
            lost_per_day: lost,
            is_made: trial.is_made,
        })
    };
    trials.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Definition;

    #[test]
    fn how_often_is_counted_in_what_is_promised_over() {
        let goal =
            Goal::Answered { share: 0.8, within: Micros::from_secs(20), definition: Definition::Offered };
        let of = |per| {
            words(&Target { goal: goal.clone(), per, on_days: Some(0.9), floor: None, penalties: vec![] })
        };
        assert_eq!(of(Per::Day), "80% within 20s per day on 90% of days");
        assert_eq!(of(Per::Month), "80% within 20s per month on 90% of months");
        assert_eq!(of(Per::Interval), "80% within 20s per interval on 90% of interval-days");
    }
}
