//! How a plan says things: goals, shares and numbers of agents as a planner would.

use super::claims::Claim;
use super::job::Job;
use crate::model::{Goal, Model, Queue, Target};
use crate::stats::Estimate;

/// A target with its queue, as "phone: 90% within 2m".
pub(super) fn target(queue: &Queue, target: &Target) -> String {
    let name = &queue.name;
    match target.goal {
        Goal::Answered { share, within, .. } => format!("{name}: {} within {within}", percent(share)),
        Goal::Asa(most) => format!("{name}: mean wait at most {most}"),
        Goal::Abandoned(most) => format!("{name}: at most {} hang up", percent(most)),
        Goal::Longest(most) => format!("{name}: nobody waits longer than {most}"),
        Goal::Done { share, within, .. } => format!("{name}: {} done within {within}", percent(share)),
        Goal::Replied { share, within } => format!("{name}: {} replied to within {within}", percent(share)),
        Goal::CalledBack { share } => format!("{name}: {} called back as promised", percent(share)),
    }
}

/// What a claim of a job is about.
pub(super) fn claim(job: &Job<'_>, claim: Claim) -> String {
    let queue = job.queue_facts();
    let of = |t: usize| target(queue, &queue.targets[t]);
    match claim {
        Claim::Average(t) | Claim::Interval { target: t, .. } => of(t),
        Claim::Share(t, share) => {
            format!("{} on {} of {}", of(t), percent(share), queue.targets[t].per.stretches())
        }
        Claim::Days(share) => match queue.targets.as_slice() {
            [_] => format!("{} on {} of days", of(0), percent(share)),
            _ => format!("every target on {} of days", percent(share)),
        },
        Claim::Occupancy(most) => {
            format!("{}: busy for at most {} of the time", job.group_facts().name, percent(most))
        }
    }
}

/// What may go wrong besides and is not part of the risk that a plan takes into account.
pub(super) fn left_out(model: &Model) -> Option<String> {
    let absence = model.planned_groups().all(|id| !model.groups[id.0].people.are_uncertain());
    let parts = [
        (absence, "absence beyond shrinkage"),
        (model.demand.handle_factor_cv == 0.0, "error in the handle time"),
    ];
    let out: Vec<&str> = parts.into_iter().filter(|(out, _)| *out).map(|(_, what)| what).collect();
    let verb = if out.len() == 1 { "is" } else { "are" };
    (!out.is_empty()).then(|| format!("{} {verb} not part of the risk", out.join(" and ")))
}

/// A share as a percentage with no more digits than it has, two at most: 90%, 97.25%.
pub(super) fn percent(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A share to a tenth of a point.
pub(super) fn tenths(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A share with its computing error, as "79.97% ± 0.10".
pub(super) fn give_or_take(estimate: &Estimate) -> String {
    format!("{:.2}% ± {:.2}", estimate.mean * 100.0, estimate.half_width() * 100.0)
}

/// A number of agents.
pub(super) fn agents(n: u32) -> String {
    if n == 1 { "1 agent".to_owned() } else { format!("{n} agents") }
}

/// The first few of a list, and how many more there are.
pub(super) fn some_of(all: &[String], most: usize) -> String {
    let shown = all[..all.len().min(most)].join(", ");
    match all.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_planners_write_them() {
        assert_eq!(
            (percent(0.9), percent(0.9725), percent(0.6)),
            ("90%".into(), "97.25%".into(), "60%".into())
        );
        assert_eq!((agents(1), agents(2)), ("1 agent".into(), "2 agents".into()));
        let list: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!((some_of(&list, 3), some_of(&list, 1)), ("a, b, c".into(), "a and 2 more".into()));
    }
}
