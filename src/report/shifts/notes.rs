//! What stands below the shifts: what was supposed, what was tried, how sure it is.

use super::super::assumed::day_name;
use super::super::words::{goal_percent, plural, share};
use super::{clock, figure};
use crate::model::{Goal, GroupId, Model, Per};
use crate::montecarlo::Verdict;
use crate::plan::trade::{self, Covered, Judgement};
use crate::shifts::Answer;

/// One sentence or two each.
pub(super) fn notes(model: &Model, answer: &Answer) -> Vec<String> {
    let mut notes = Vec::new();
    if answer.traded.is_empty() {
        notes.push("Every interval has at least the people it needs.".to_owned());
        if over_the_day(model) {
            notes.push(
                "A promise over the day may be kept with fewer: what is beyond the need in one interval is not set \
                 against another here."
                    .to_owned(),
            );
        }
    } else {
        notes.extend(answer.traded.iter().map(|judged| confirmed(model, judged)));
        notes.extend(answer.traded.iter().filter_map(|judged| worst(model, answer, judged.group)));
        notes.extend(cheaper(model, answer));
        notes.push(
            "Surplus in one interval makes up for another. The bound goes by theory, corrected by what the simulation \
             showed; it holds for these floors."
                .to_owned(),
        );
    }
    notes.extend(covered(model, answer));
    notes.extend(dealt(answer));
    notes.push(format!(
        "What customers get is simulated on {} that no search has seen, seed {}; whole people, after shrinkage rounded down.",
        plural(answer.outcome.replications, "new replication"),
        answer.outcome.seed
    ));
    notes
}

/// Why groups cover what the plan asks for, where others keep their promise over the day.
fn covered(model: &Model, answer: &Answer) -> Vec<String> {
    let of = |group: GroupId| {
        let reason = match trade::why_covered(model, group)? {
            Covered::Shared => "it shares its queues with other groups or serves several",
            Covered::Interval => {
                "a promise of its queue is in every interval, or about work that is done in time"
            }
            Covered::Several => "its people serve several contacts at once",
            Covered::Deferred => "its work can wait",
            Covered::NoPromise => "its queue has no promise",
        };
        Some(format!(
            "The shifts of {} cover the plan in every interval: {reason}.",
            model.groups[group.0].name
        ))
    };
    let kept = |group: &GroupId| answer.traded.iter().any(|judged| judged.group == *group);
    model.planned_groups().filter(|group| !kept(group)).filter_map(of).collect()
}

/// What is said where shifts are given to people.
fn dealt(answer: &Answer) -> Vec<String> {
    let Some(tours) = &answer.tours else { return Vec::new() };
    let mut notes = vec![
        "Unpopular hours are those at a premium, on Saturday and Sunday, and from 23:00 to 06:00; they are spread in \
         proportion to the hours of a week, those before the run counted."
            .to_owned(),
        "The bound counts contracts as sums: people on a day, hours and days of a week, days in a row, rest from one day \
         to the next. Whether the shifts join into weeks is found by search."
            .to_owned(),
    ];
    if tours.open().next().is_some() {
        notes.push("What customers get supposes that somebody works the open shifts too.".to_owned());
    }
    notes
}

/// Whether a planned group has a promise over more than the interval.
fn over_the_day(model: &Model) -> bool {
    model.planned_groups().any(|group| {
        let served = model.groups[group.0].serves.iter().map(|skill| &model.queues[skill.queue.0]);
        served.flat_map(|queue| &queue.targets).any(|target| target.per != Per::Interval)
    })
}

fn confirmed(model: &Model, judged: &Judgement) -> String {
    let name = &model.groups[judged.group.0].name;
    let on = plural(judged.sample.replications, "replication");
    let ended = match judged.verdict {
        Verdict::Met => "keep the promise",
        Verdict::Missed => "miss the promise",
        Verdict::Undecided => "cannot be told apart from the promise",
    };
    format!("The shifts of {name} {ended}: confirmed on {on} that the search never saw.")
}

/// The interval that is served worst.
fn worst(model: &Model, answer: &Answer, group: GroupId) -> Option<String> {
    let queue = model.groups[group.0].serves.first()?.queue;
    let floor = model.queues[queue.0].targets.iter().find_map(|target| match target.goal {
        Goal::Answered { share, .. } => Some(target.floor.unwrap_or(crate::plan::FLOOR).min(share)),
        _ => None,
    })?;
    let found = answer.outcome.queues.iter().find(|found| found.name == model.queues[queue.0].name)?;
    let levels = found.intervals.iter().filter_map(|one| Some((one.index, one.service_level?)));
    let (i, level) = levels.min_by(|a, b| a.1.mean.total_cmp(&b.1.mean))?;
    let day = if model.grid().days > 1 {
        format!(" of {}", day_name(&model.calendar, model.grid().day_of(i)))
    } else {
        String::new()
    };
    Some(format!(
        "The interval of {} that is served worst begins at {}{day}: {}; none may be shown below its floor of {}.",
        found.name,
        clock(model, i),
        share(level),
        goal_percent(floor)
    ))
}

/// The dearest choice below the answer that was tried, and why it is not the answer.
fn cheaper(model: &Model, answer: &Answer) -> Option<String> {
    let cost = answer.schedule.solved.cost;
    let below = answer.tried.iter().filter(|(tried, _)| *tried < cost - 1e-6);
    let (tried, verdict) = below.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let figure = figure(model, *tried);
    Some(match verdict {
        Verdict::Missed => format!("Shifts for {figure} were tried too: they miss the promise or a floor."),
        _ => format!("Shifts for {figure} were tried too: they cannot be told apart from the promise."),
    })
}
