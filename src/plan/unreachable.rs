//! Why no number of agents does: in words that name the bound, or the customers whom agents cannot help.

use super::confirm::Confirmed;
use super::customers::Customers;
use super::job::Job;
use super::statement::Speaker;
use super::sweep::Swept;
use super::words;
use crate::model::Goal;
use crate::montecarlo::{Reading, Verdict};

/// Replications for a reason.
const REPLICATIONS: usize = 100;

/// Why the staffing that was tried last, the most that may be or the most that was worth a trial, does not do.
pub(super) fn reason(
    customers: &mut Customers<'_>,
    job: &Job<'_>,
    speaker: &Speaker<'_>,
    swept: Option<&Swept>,
    confirmed: &Confirmed,
) -> String {
    let readings = customers.try_on(job, &confirmed.crew, &speaker.claims.by_interval);
    let readings = customers.read(readings, REPLICATIONS);
    let missed = confirmed.tried.claims.iter().position(|claim| claim.verdict == Verdict::Missed);
    let what = missed.map_or_else(|| "the target".to_owned(), |c| speaker.claim(speaker.claims.list[c]));
    let place = swept.and_then(|swept| swept.stuck.first()).map_or_else(String::new, |&j| {
        format!(" (first in the interval at {})", job.model.grid().clock(job.open[j]))
    });
    let limit = limit(job, &confirmed.crew);
    let given = given(job, readings);
    match limit {
        Some(bound) => format!("{what} cannot be kept{place}: {bound}; they give {given}"),
        None => format!(
            "{what} cannot be kept by any number of agents{place}: even plenty give {given}{}",
            losses(readings)
        ),
    }
}

/// The bound that holds the staffing down, if one does.
fn limit(job: &Job<'_>, crew: &[u32]) -> Option<String> {
    let bound = crew.iter().zip(&job.most).any(|(n, most)| n == most);
    if !bound {
        return None;
    }
    let name = &job.group_facts().name;
    let most = crew.iter().copied().max().unwrap_or(0);
    Some(match job.group_facts().at_most {
        Some(at_most) if at_most == most => {
            format!("group {name} may have at most {}", words::agents(at_most))
        }
        _ => format!("the headcount of the plan leaves group {name} at most {}", words::agents(most)),
    })
}

/// What the staffing gives: the figure of the first target.
fn given(job: &Job<'_>, readings: &[Reading]) -> String {
    let sum = |figure: &dyn Fn(&Reading) -> (u64, u64)| {
        let (x, y) = readings.iter().map(figure).fold((0, 0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
        if y == 0 { 0.0 } else { x as f64 / y as f64 }
    };
    let first = sum(&|reading| reading.queues[0].figures.first().copied().unwrap_or_default());
    match job.queue_facts().targets.first().map(|target| &target.goal) {
        Some(Goal::Answered { within, .. }) => format!("{} within {within}", words::tenths(first)),
        Some(Goal::Abandoned(_)) => format!("{} who hang up", words::tenths(first)),
        Some(Goal::Asa(_)) => format!("a mean wait of {:.1}s", first / 1e6),
        Some(Goal::Longest(_)) => format!("a longest wait of {:.1}s", first / 1e6),
        Some(Goal::Done { within, .. }) => format!("{} done within {within}", words::tenths(first)),
        Some(Goal::Replied { within, .. }) => format!("{} replied to within {within}", words::tenths(first)),
        Some(Goal::CalledBack { .. }) => format!("{} called back as promised", words::tenths(first)),
        None => format!("an occupancy of {}", words::tenths(sum(&|reading| reading.queues[0].occupancy))),
    }
}

/// The customers whom agents cannot help.
fn losses(readings: &[Reading]) -> String {
    let offered: u64 = readings.iter().map(|reading| reading.queues[0].lost.1).sum();
    let [balked, blocked, turned_away, unfinished] =
        [0, 1, 2, 3].map(|k| readings.iter().map(|reading| reading.queues[0].refused[k]).sum::<u64>());
    let abandoned = readings.iter().map(|reading| reading.queues[0].lost.0).sum::<u64>() - balked;
    let kinds = [
        (turned_away, "come while closed"),
        (blocked, "find all lines or places taken"),
        (balked, "hang up at once"),
        (unfinished, "are still waiting at the end"),
        (abandoned, "hang up while waiting"),
    ];
    let share = |n: u64| n as f64 / offered.max(1) as f64;
    let named: Vec<String> = kinds
        .iter()
        .filter(|(n, _)| share(*n) >= 0.0005)
        .map(|(n, what)| format!("{} {what}", words::tenths(share(*n))))
        .collect();
    if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) }
}
