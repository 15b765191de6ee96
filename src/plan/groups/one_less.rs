//! What one agent less would do, group by group: how close every group's staff is to what is needed.

use super::super::answer::OneLess;
use super::super::claims::{Claim, Claims};
use super::super::customers::Customers;
use super::super::show::LEVEL;
use super::super::statement::Speaker;
use super::super::together::Together;
use super::super::trial::Tried;
use super::finalists::Court;
use super::pledges::Pledge;
use super::task::Task;
use crate::model::Limit;
use crate::montecarlo::{Pair, Reading, Staffing, Verdict};
use crate::stats::{Estimate, RatioMoments};

/// Every planned group with one agent less wherever it may have one less, on customers that the search never saw.
pub(super) fn one_less(
    court: &Court<'_, '_>,
    customers: &mut Customers<'_>,
    staffing: &Staffing,
    by_interval: &[Vec<usize>],
    error: f64,
) -> Vec<OneLess> {
    let groups = 0..court.task.groups.len();
    let one = |g: usize| {
        let fewer = fewer(court.task, staffing, g)?;
        let heard = court.hear(customers, &fewer, by_interval, error, false);
        if heard.tried.interrupted {
            return None;
        }
        let readings = customers.known_readings(heard.row, customers.known(heard.row));
        Some(said(court, g, &fewer, &heard.tried, readings))
    };
    groups.filter_map(one).collect()
}

/// One agent less in every interval in which the group has more than it must; nothing where it has no more anywhere.
fn fewer(task: &Task<'_>, staffing: &Staffing, group: usize) -> Option<Staffing> {
    let job = &task.groups[group];
    let mut fewer = staffing.clone();
    for (j, &i) in job.open.iter().enumerate() {
        let agents = staffing.at(job.group, i);
        if agents > job.least[j] {
            fewer.set(job.group, i, agents - 1);
        }
    }
    (fewer != *staffing).then_some(fewer)
}

fn said(
    court: &Court<'_, '_>,
    group: usize,
    fewer: &Staffing,
    tried: &Tried,
    readings: &[Reading],
) -> OneLess {
    let job = &court.task.groups[group];
    let worst = worst(court, tried);
    let pledge = worst.map(|k| court.pledges.list[k]);
    OneLess {
        group: job.group_facts().name.clone(),
        agents: fewer.of(job.group).iter().copied().max().unwrap_or(0),
        verdict: worst.map_or(tried.verdict, |k| tried.claims[k].verdict),
        target: pledge.map(|pledge| words(court.task, pledge)),
        level: pledge.and_then(|pledge| level(court.task, pledge, readings)),
    }
}

/// The claim that is furthest below its goal, or closest above it.
pub(super) fn worst(court: &Court<'_, '_>, tried: &Tried) -> Option<usize> {
    let margin = |k: &usize| {
        let scale = court.pledges.list[*k].scale(court.task);
        tried.claims[*k].margin.map_or(f64::INFINITY, |margin| margin.mean / scale)
    };
    let missed = (0..tried.claims.len()).filter(|&k| tried.claims[k].verdict == Verdict::Missed);
    let by_margin = |a: &usize, b: &usize| margin(a).total_cmp(&margin(b));
    missed.min_by(by_margin).or_else(|| (0..tried.claims.len()).min_by(by_margin))
}

/// What a pledge is about.
pub(super) fn words(task: &Task<'_>, pledge: Pledge) -> String {
    let claims = Claims { list: Vec::new(), by_interval: Vec::new() };
    if let Claim::Days(share) = pledge.claim {
        return format!("every target on {} of days", super::super::words::percent(share));
    }
    Speaker { job: &task.jobs[pledge.pair], claims: &claims, rules: &[] }.claim(pledge.claim)
}

/// The figure that a pledge speaks of: a share, or seconds; of months that are put together from days, the share of months.
fn level(task: &Task<'_>, pledge: Pledge, readings: &[Reading]) -> Option<Estimate> {
    let mut moments = RatioMoments::default();
    let job = &task.jobs[pledge.pair];
    let mut together = Together::of(pledge.claim, job);
    let figures = readings.iter().filter_map(|reading| match pledge.claim {
        Claim::Share(t, _) => together.stretch(t, job, &reading.queues[pledge.pair]),
        _ => Some(figure(pledge, reading)),
    });
    figures.for_each(|(x, y)| moments.push(x, y));
    let seconds = match pledge.claim {
        Claim::Average(t) | Claim::Interval { target: t, .. } => {
            matches!(task.queue(pledge.pair).targets[t].goal.limit(), Limit::WaitAtMost(_))
        }
        _ => false,
    };
    if seconds { moments.ratio(LEVEL).map(|wait| wait.scale(1e-6)) } else { moments.ratio_share(LEVEL) }
}

fn figure(pledge: Pledge, reading: &Reading) -> Pair {
    let queue = &reading.queues[pledge.pair];
    match pledge.claim {
        // Of single intervals, the run is shown.
        Claim::Average(t) | Claim::Interval { target: t, .. } => queue.figures[t],
        Claim::Share(t, _) => queue.kept[t],
        Claim::Days(_) => reading.days,
        Claim::Occupancy(_) => queue.occupancy,
    }
}
