//! Who is needed when: one row for every planned (or given) group and interval, for other programs and for people.

use crate::model::{GroupId, Model, Staff};
use crate::montecarlo::Outcome;
use crate::plan::Answer;
use crate::report::promise;
use jiff::Span;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// One group in one interval.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Needed {
    /// Position in the run's grid.
    pub(super) index: usize,
    /// The group.
    pub(super) group: GroupId,
    /// Agents at work.
    pub(super) net: u32,
    /// Agents to schedule, before shrinkage.
    pub(super) gross: u32,
}

/// Every group in every interval in which it is open, by time, then in the order of the groups.
pub(super) fn needed(model: &Model, outcome: &Outcome, answer: Option<&Answer>) -> Vec<Needed> {
    let plans = answer.map_or(&[][..], |answer| &answer.groups);
    let mut all = Vec::new();
    for (id, (group, found)) in model.groups.iter().zip(&outcome.groups).enumerate() {
        let plan = plans.iter().find(|plan| plan.name == group.name);
        let given = match &group.staff {
            Staff::Given { scheduled, .. } => scheduled.as_ref(),
            Staff::Planned => None,
        };
        for at in found.intervals.iter().filter(|at| group.opening.is_open(at.index)) {
            let gross = plan.and_then(|plan| plan.scheduled.get(at.index)).or_else(|| given?.get(at.index));
            let gross = gross.copied().unwrap_or(at.agents);
            all.push(Needed { index: at.index, group: GroupId(id), net: at.agents, gross });
        }
    }
    all.sort_by_key(|needed| (needed.index, needed.group));
    all
}

/// The queues that a group serves: "phone", or "phone + chat".
pub(super) fn serves(model: &Model, group: GroupId) -> String {
    let names = model.groups[group.0].serves.iter().map(|skill| model.queues[skill.queue.0].name.as_str());
    names.collect::<Vec<_>>().join(" + ")
}

/// The promise of a group's queues that is kept least often, and on what share of days (weeks, interval-days) it is.
pub(super) fn least_kept(model: &Model, outcome: &Outcome, group: GroupId) -> Option<(String, f64)> {
    let serves = |name: &str| {
        model.groups[group.0].serves.iter().any(|skill| model.queues[skill.queue.0].name == name)
    };
    let mine = outcome.targets.iter().filter(|target| target.queue.as_deref().is_some_and(serves));
    let least =
        mine.filter_map(|target| Some((target, target.days_met?.mean))).min_by(|a, b| a.1.total_cmp(&b.1));
    least.map(|(target, share)| (format!("{}: {}", promise::whose(target), promise::goal(target)), share))
}

/// The date of an interval; nothing where days are numbered.
pub(super) fn date(model: &Model, index: usize) -> Option<Date> {
    let day = i64::try_from(model.grid().day_of(index)).ok()?;
    model.calendar.start?.checked_add(Span::new().try_days(day).ok()?).ok()
}

/// Where an interval starts, on the clock on the wall; nothing where days are numbered.
pub(super) fn starts(model: &Model, index: usize) -> Option<DateTime> {
    let grid = model.grid();
    let minutes = (index % grid.per_day) as u64 * grid.interval.0 / 60_000_000;
    Some(date(model, index)?.at((minutes / 60) as i8, (minutes % 60) as i8, 0, 0))
}

/// The same as text: with its offset where the scenario has a time zone, as `2026-11-23T08:00:00+01:00`; else
/// `2026-11-23 08:00`.
pub(super) fn moment(model: &Model, index: usize) -> Option<String> {
    let local = starts(model, index)?;
    let zone = model.calendar.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
    match zone.and_then(|zone| local.to_zoned(zone).ok()) {
        Some(zoned) => Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
        None => Some(local.strftime("%Y-%m-%d %H:%M").to_string()),
    }
}
