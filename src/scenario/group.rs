//! `[group.*]`: who serves.

use super::fault::{Trouble, grouped};
use super::hands::hands;
use super::item::{Item, Scalar};
use super::limits::AGENTS;
use super::links::Links;
use super::number;
use super::part::Part;
use super::people::people;
use super::queue::bounded;
use super::roster::roster;
use super::section::Section;
use super::series::{Axis, series};
use super::shrinkage::shrinkage;
use crate::model::{Group, PlanBy, Roster, Series, Skill, Staff, Take};

const TAKES: [(&str, Take); 6] = [
    ("longest_wait", Take::LongestWait),
    ("in_order", Take::InOrder),
    ("priority", Take::Priority),
    ("longest_queue", Take::LongestQueue),
    ("weighted", Take::Weighted),
    ("earliest_due", Take::EarliestDue),
];

/// Reads group `id`, and its roster if it has one; `serves` are its skills.
pub(super) fn group(
    links: Links<'_, '_>,
    id: usize,
    serves: Option<Vec<Skill>>,
) -> Option<(Group, Option<Roster>)> {
    let part = &links.groups[id];
    let (section, axis) = (part.section, part.axis(links.days));
    let take = section.or("take", Take::LongestWait, |item| item.word(&TAKES));
    let shrinkage = section.or("shrinkage", Series::Constant(0.0), |item| shrinkage(item, axis));
    let staff = staff(part, axis, shrinkage.as_ref());
    let cost_per_hour = section.maybe("cost_per_hour", |item| item.leaf(number::not_negative));
    let most = AGENTS as u32;
    let at_least = section.or("at_least", 0, |item| bounded(item, 0, most));
    let at_most = section.maybe("at_most", |item| bounded(item, 0, most));
    let plan = section.or("plan", PlanBy::PerInterval, |item| {
        item.word(&[("per_interval", PlanBy::PerInterval), ("flat", PlanBy::Flat)])
    });
    let max_occupancy = section.maybe("max_occupancy", occupancy);
    let cost_per_contact = section.maybe("cost_per_contact", |item| item.leaf(number::not_negative));
    let people = people(section, axis);
    let mut serves = serves;
    let hands = hands(part, links, serves.as_deref_mut().unwrap_or_default());
    let ((staff, roster), at_least, at_most) = (staff?, at_least?, at_most?);
    bounds(section, &staff, at_least, at_most)?;
    let group = Group {
        name: part.name().to_owned(),
        opening: part.hours.as_deref()?.opening.clone(),
        serves: serves?,
        take: take?,
        staff,
        shrinkage: shrinkage?,
        cost_per_hour: cost_per_hour?,
        at_least,
        at_most,
        plan: plan?,
        max_occupancy: max_occupancy?,
        hands: hands?,
        people: people?,
        cost_per_contact: cost_per_contact?,
    };
    Some((group, roster))
}

/// People at work: as given, from those scheduled, from a roster, or to be planned.
fn staff(
    part: &Part<'_>,
    axis: Axis<'_>,
    shrinkage: Option<&Series<f64>>,
) -> Option<(Staff, Option<Roster>)> {
    let section = part.section;
    let given = |at_work, scheduled| Some((Staff::Given { at_work, scheduled }, None));
    match (section.get("agents"), section.get("scheduled"), section.get("roster")) {
        (None, None, None) => Some((Staff::Planned, None)),
        (Some(item), None, None) => given(series(item, axis, agents)?.laid(axis, 0)?, None),
        (None, Some(item), None) => {
            let scheduled = series(item, axis, agents)?.laid(axis, 0)?;
            let at_work = at_work(&scheduled, shrinkage?);
            echo(part, &scheduled, &at_work);
            given(at_work, Some(scheduled))
        }
        (None, None, Some(item)) => {
            let (roster, counted) = roster(item, part, axis, shrinkage)?;
            let staff = Staff::Given { at_work: counted.at_work, scheduled: Some(counted.rostered) };
            Some((staff, Some(roster)))
        }
        (agents, scheduled, Some(item)) => {
            let other = if agents.is_some() { "agents" } else { "scheduled" };
            let title = format!("`{other}` and `roster` contradict each other");
            let twice = scheduled.is_some() && agents.is_some();
            let label = if twice { "staff is written three times" } else { "staff is written twice" };
            let help = "a roster says who is at work when: keep one of them";
            section.cx().fault(item.key, Trouble::new(title, label, help));
            None
        }
        (Some(_), Some(item), None) => {
            let help = "`agents` are at work, `scheduled` are before shrinkage: keep one of the two";
            let title = "`agents` and `scheduled` contradict each other";
            section.cx().fault(item.key, Trouble::new(title, "staff is written twice", help));
            None
        }
    }
}

/// Scheduled × (1 − shrinkage), rounded to the nearest.
fn at_work(scheduled: &[u32], shrinkage: &Series<f64>) -> Vec<u32> {
    let left = |i: usize| 1.0 - shrinkage.at(i);
    scheduled.iter().enumerate().map(|(i, &count)| (f64::from(count) * left(i)).round() as u32).collect()
}

fn echo(part: &Part<'_>, scheduled: &[u32], at_work: &[u32]) {
    let (Some(&before), Some(&after)) = (scheduled.iter().max(), at_work.iter().max()) else { return };
    let name = part.name();
    part.section.cx().echo(format!("{name}: {before} scheduled at most, {after} at work after shrinkage"));
}

/// A number of agents.
fn agents(scalar: Scalar<'_>, name: &str) -> Result<u32, Trouble> {
    let count = number::count(scalar, name)?;
    if count <= AGENTS {
        return Ok(count as u32);
    }
    let title = format!("{} agents are too many", grouped(count));
    let label = format!("at most {} in an interval", grouped(AGENTS));
    Err(Trouble::new(title, label, "is it a slip of the pen? otherwise split the scenario"))
}

fn occupancy(item: Item<'_>) -> Option<f64> {
    let share = item.leaf(number::share)?;
    if share > 0.0 {
        return Some(share);
    }
    item.fault(Trouble::new(
        "`max_occupancy` allows no work",
        "nobody may ever be busy",
        "write a share such as \"88%\"",
    ))
}

/// Bounds must leave room, and mean something only while planning.
fn bounds(section: Section<'_>, staff: &Staff, at_least: u32, at_most: Option<u32>) -> Option<()> {
    if let (Some(most), Some(item)) = (at_most, section.get("at_most"))
        && most < at_least
    {
        let help = "raise `at_most` or lower `at_least`";
        return item.fault(Trouble::new(
            "`at_most` is below `at_least`",
            format!("less than {at_least}"),
            help,
        ));
    }
    // Who gives the staff on the command line, for this time, has written nothing that means nothing.
    let given = ["agents", "scheduled", "roster"].into_iter().find_map(|key| section.get(key));
    let beside = |item: &Item<'_>| given.is_some_and(|given| given.key.source == item.key.source);
    for key in ["at_least", "at_most", "plan"] {
        if let Some(item) = section.get(key).filter(|item| *staff != Staff::Planned && beside(item)) {
            let rostered = section.get("roster").is_some();
            let help = if rostered {
                "remove `roster` to have the group planned"
            } else {
                "remove `agents` or `scheduled` to have the group planned"
            };
            item.note(Trouble::new(format!("`{key}` has no effect"), "the group's staff is given", help));
        }
    }
    Some(())
}
