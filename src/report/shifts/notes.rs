//! What stands below the shifts: what was supposed, what was tried, how sure it is.

use super::super::assumed::day_name;
use super::super::words::{goal_percent, listed, plural, share};
use super::{clock, figure};
use crate::model::{Goal, GroupId, Model, Per, QueueId};
use crate::montecarlo::Verdict;
use crate::plan::joint::Judged;
use crate::plan::trade::{self, Covered, Judgement};
use crate::shifts::Answer;
use crate::shifts::answer::Shared;

/// One sentence or two each.
pub(super) fn notes(model: &Model, answer: &Answer) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(Shared { judged: Some(judged), covering }) = &answer.jointly {
        notes.extend(shared(model, answer, judged, *covering));
    } else if answer.traded.is_empty() {
        notes.push("Every interval has at least the people it needs.".to_owned());
        notes.extend(not_cheaper(model, answer));
    } else {
        notes.extend(answer.traded.iter().map(|judged| confirmed(model, judged)));
        let queue = |judged: &Judgement| Some(model.groups[judged.group.0].serves.first()?.queue);
        notes.extend(answer.traded.iter().filter_map(queue).filter_map(|queue| worst(model, answer, queue)));
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

/// Of groups that share queues.
fn shared(model: &Model, answer: &Answer, judged: &Judged, covering: f64) -> Vec<String> {
    let mut notes = vec![format!(
        "The shifts keep every promise: confirmed on {} that the search never saw.",
        plural(judged.sample.replications, "replication")
    )];
    let queues = (0..model.queues.len()).map(QueueId);
    let over_longer = queues.filter(|queue| {
        let targets = &model.queues[queue.0].targets;
        targets.iter().any(|target| target.per != Per::Interval)
    });
    notes.extend(over_longer.filter_map(|queue| worst(model, answer, queue)));
    notes.extend(cheaper(model, answer));
    notes.push(format!(
        "Groups that share queues make up for one another, and so do the intervals of a promise over the day or longer. \
         Covering the plan interval by interval would cost {}.",
        figure(model, covering)
    ));
    notes.push(
        "How much could at most be saved is worked out by formula, as if any of these groups could take any of their calls. \
         Cheaper shifts may exist: only trying all of them could rule that out."
            .to_owned(),
    );
    notes
}

/// Why shifts cover the plan where a promise over the day could perhaps be kept for less.
fn not_cheaper(model: &Model, answer: &Answer) -> Option<String> {
    let note = match &answer.jointly {
        Some(_) if answer.tried.iter().any(|(cost, _)| *cost < answer.schedule.solved.cost - 1e-6) => {
            "Cheaper shifts were tried for the groups that share queues: none was shown to keep every promise."
        }
        Some(_) => "No cheaper shifts were found for the groups that share queues.",
        None if over_the_day(model) => {
            "A promise over the day may be kept with fewer: what is beyond the need in one interval is not set against \
             another here."
        }
        None => return None,
    };
    Some(note.to_owned())
}

/// Why groups cover what the plan asks for, where others keep their promise over the day.
fn covered(model: &Model, answer: &Answer) -> Vec<String> {
    let kept = |group: &GroupId| answer.traded.iter().any(|judged| judged.group == *group);
    let mut by_reason: Vec<(Covered, Vec<&str>)> = Vec::new();
    for group in model.planned_groups().filter(|group| !kept(group)) {
        let Some(reason) = trade::why_covered(model, group) else { continue };
        let name = model.groups[group.0].name.as_str();
        match by_reason.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, names)) => names.push(name),
            None => by_reason.push((reason, vec![name])),
        }
    }
    let note = |(reason, names): (Covered, Vec<&str>)| {
        let reason = why(reason, names.len() > 1);
        format!("The shifts of {} cover the plan in every interval: {reason}.", listed(&names))
    };
    by_reason.into_iter().map(note).collect()
}

/// Why one group, or several, cover what the plan asks for.
fn why(reason: Covered, several: bool) -> &'static str {
    match (reason, several) {
        (Covered::Shared, false) => {
            "it shares its queues with other groups or serves several, and not all that is asked of them is about waits \
             and hang-ups on the line"
        }
        (Covered::Shared, true) => {
            "they share their queues or serve several, and not all that is asked of them is about waits and hang-ups on \
             the line"
        }
        (Covered::Interval, false) => {
            "a promise of its queue is in every interval, or about work that is done in time"
        }
        (Covered::Interval, true) => {
            "a promise of their queue is in every interval, or about work that is done in time"
        }
        (Covered::Several, false) => "its people serve several contacts at once",
        (Covered::Several, true) => "their people serve several contacts at once",
        (Covered::Deferred, false) => "its work can wait",
        (Covered::Deferred, true) => "their work can wait",
        (Covered::NoPromise, false) => "its queue has no promise",
        (Covered::NoPromise, true) => "their queues have no promise",
    }
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
fn worst(model: &Model, answer: &Answer, queue: QueueId) -> Option<String> {
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
