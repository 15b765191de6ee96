//! `[contract.*]`: kinds of people, how many there are, and what their weeks must keep.

use super::duration;
use super::fault::{Trouble, quoted};
use super::item::{Item, Scalar};
use super::keys::CONTRACT;
use super::limits;
use super::links::{Links, find_all};
use super::nearest;
use super::part::name_is_fit;
use super::queue::bounded;
use super::section::Section;
use super::shifts::weekdays;
use crate::model::{Contract, GroupId, Member, hours_shown};

/// A rest that no work week exceeds, hours.
const LONGEST_REST: f64 = 7.0 * 24.0;
/// Hours of a week.
const WEEK: f64 = 7.0 * 24.0;
/// A day of rest in seven, and eleven hours between two shifts: Directive 2003/88/EC, articles 5 and 3.
const DAYS: u32 = 6;
const REST: f64 = 11.0;

/// A contract, and whether it says how many people it has.
pub(super) type Written = (Contract, bool);

/// Every contract, in file order; there may be none.
pub(super) fn contracts(root: &Section<'_>, links: Links<'_, '_>) -> Option<Vec<Written>> {
    let written = root.get("shifts").and_then(Item::entries).unwrap_or_default();
    let shifts: Vec<&str> = written.iter().map(|entry| entry.key.as_str()).collect();
    root.or("contract", Vec::new(), |item| {
        let written = item.children()?;
        if written.len() > limits::NAMES {
            let title = format!("{} contracts are too many", written.len());
            let help = "join those whose weeks keep the same";
            return item.fault(Trouble::new(title, format!("at most {}", limits::NAMES), help));
        }
        let read: Vec<Option<Written>> = written.into_iter().map(|item| one(item, &shifts, links)).collect();
        read.into_iter().collect()
    })
}

fn one(item: Item<'_>, shifts: &[&str], links: Links<'_, '_>) -> Option<Written> {
    name_is_fit(item);
    if item.name == "open" {
        let label = "a roster calls the shifts that nobody works open 1, open 2, …";
        item.fault::<()>(Trouble::new("no contract can be called `open`", label, "give it another name"));
    }
    let section = Section::open(item, &CONTRACT)?;
    let days = links.days;
    let everyone: Vec<usize> = (0..links.groups.len()).collect();
    let groups = section.or("groups", everyone, |item| find_all(item, links.groups, "group"));
    let shifts =
        section.or("shifts", (0..shifts.len()).collect(), |item| item.each(|part| shift(part, shifts)));
    let on = section.or("days", (0..days.grid.days).collect(), |item| weekdays(item, days));
    let people = section.maybe("people", people);
    let hours_a_day = section.maybe("hours_a_day", |item| hours(item, 24.0));
    let hours_a_week = week(&section);
    let days_a_week = section.or("days_a_week", DAYS, |item| bounded(item, 1, 7));
    let days_in_a_row = section.or("days_in_a_row", DAYS, |item| bounded(item, 1, limits::DAYS as u32));
    let days_off = section.or("days_off_in_a_row", 1, |item| bounded(item, 1, 6));
    let rest = section.or("rest", REST, rest);
    let people = people?;
    let contract = Contract {
        name: item.name.to_owned(),
        groups: groups?.into_iter().map(GroupId).collect(),
        shifts: shifts?,
        days: on?,
        people: people.unwrap_or_default(),
        hours_a_day: hours_a_day?,
        hours_a_week: hours_a_week?,
        days_a_week: days_a_week?,
        days_in_a_row: days_in_a_row?,
        days_off_in_a_row: days_off?,
        rest: (rest? * 60.0).round() as i64,
    };
    Some((contract, people.is_some()))
}

/// The position of a shift by its name.
fn shift(item: Item<'_>, shifts: &[&str]) -> Option<usize> {
    let name = item.text()?;
    if let Some(found) = shifts.iter().position(|known| *known == name) {
        return Some(found);
    }
    let help = nearest::or_all(name, shifts.iter().copied());
    item.fault(Trouble::new(format!("there is no shift `{}`", quoted(name)), "unknown name", help))
}

/// `12`, or "10-14".
fn people(item: Item<'_>) -> Option<(u32, u32)> {
    let most = limits::CREW as u32;
    let Scalar::Text(text) = item.scalar() else {
        let n = bounded(item, 0, most)?;
        return Some((n, n));
    };
    let read = text.split_once(['-', '–']).and_then(|(least, most)| {
        Some((least.trim().parse::<u32>().ok()?, most.trim().parse::<u32>().ok()?))
    });
    match read {
        Some((least, there)) if least <= there && there <= most => Some((least, there)),
        _ => item.fault(Trouble::new(
            "`people` is a number, or the least and the most",
            format!("\"{}\"", quoted(text)),
            format!("write 12 or \"10-14\"; at most {most}"),
        )),
    }
}

/// "30h-40h", or "8h": the least and the most, hours.
fn hours(item: Item<'_>, longest: f64) -> Option<(f64, f64)> {
    let text = item.text()?;
    let (least, most) = text.split_once(['-', '–']).unwrap_or((text, text));
    let read = |text: &str| {
        let time = duration::seconds(Scalar::Text(text.trim()), item.name);
        time.map(|seconds| seconds / 3600.0).map_err(|trouble| item.fault::<()>(trouble)).ok()
    };
    let least = read(least)?;
    let most = if text.contains(['-', '–']) { read(most)? } else { least };
    if least > most {
        let help = format!("write the least first: `{}` = \"30h-40h\"", item.name);
        return item.fault(Trouble::new(
            format!("`{}` ends before it begins", item.name),
            "the least is more than the most",
            help,
        ));
    }
    if most > longest || most <= 0.0 {
        let label = format!("more than nothing, at most {longest}h");
        return item.fault(Trouble::new(
            format!("`{}` is out of range", item.name),
            label,
            "write hours such as \"30h-40h\"",
        ));
    }
    Some((least, most))
}

/// `hours_a_week` with its `tolerance`.
#[expect(clippy::option_option, reason = "faulty and not written are two things")]
fn week(section: &Section<'_>) -> Option<Option<(f64, f64)>> {
    let hours = section.maybe("hours_a_week", |item| hours(item, WEEK));
    let tolerance = section.maybe("tolerance", |item| item.leaf(duration::seconds));
    let (hours, tolerance) = (hours?, tolerance?);
    match (hours, tolerance) {
        (Some((least, most)), Some(by)) if least == most => {
            let by = by / 3600.0;
            Some(Some(((least - by).max(0.0), (most + by).min(WEEK))))
        }
        (_, Some(_)) => section.get("tolerance")?.fault(Trouble::new(
            "`tolerance` needs a single `hours_a_week`",
            "around what?",
            "write hours_a_week = \"37h 30m\", or the least and the most without `tolerance`",
        )),
        (hours, None) => Some(hours),
    }
}

fn rest(item: Item<'_>) -> Option<f64> {
    let hours = item.leaf(duration::seconds)? / 3600.0;
    if hours <= LONGEST_REST {
        return Some(hours);
    }
    item.fault(Trouble::new("`rest` is too long", "longer than a week", "write a time such as \"11h\""))
}

/// Contracts with as many people as there are by name, if there are.
pub(super) fn counted(
    root: &Section<'_>,
    written: Vec<Written>,
    crew: Vec<Member>,
) -> Option<(Vec<Contract>, Vec<Member>)> {
    let named = root.get("schedule").is_some_and(|item| item.peek("named").is_some());
    let (mut contracts, mut sound) = (Vec::new(), true);
    for (c, (mut contract, says)) in written.into_iter().enumerate() {
        let there = crew.iter().filter(|member| member.contract == c).count() as u32;
        let item = root.get("contract")?.children()?.into_iter().nth(c)?;
        if named {
            if says && !(contract.people.0..=contract.people.1).contains(&there) {
                sound = false;
                item.peek("people")?.fault::<()>(disagree(&contract, there));
            }
            contract.people = (there, there);
        } else if !says {
            sound = false;
            let help = "add `people = 12`: how many there are, or `named = \"people.csv\"` in [schedule]";
            let title = format!("`{}` needs `people`", quoted(item.name));
            item.fault::<()>(Trouble::new(title, "`people` is missing here", help));
        }
        contracts.push(contract);
    }
    sound &= not_too_many(root, &contracts);
    for contract in &contracts {
        root.cx().echo(words(contract));
    }
    sound.then_some((contracts, crew))
}

fn disagree(contract: &Contract, there: u32) -> Trouble {
    let title =
        format!("contract `{}` has {there} by name, not as many as `people` says", quoted(&contract.name));
    Trouble::new(title, "which is right?", "remove `people`, or mend the people's file")
}

fn not_too_many(root: &Section<'_>, contracts: &[Contract]) -> bool {
    let all: u64 = contracts.iter().map(|contract| u64::from(contract.people.1)).sum();
    let fits = all <= limits::CREW;
    if let (false, Some(item)) = (fits, root.get("contract")) {
        let title = format!("{all} people are too many to deal shifts out to");
        let help = "split the scenario by group or by place";
        item.fault::<()>(Trouble::new(title, format!("at most {}", limits::CREW), help));
    }
    fits
}

/// `contract full-time: 12 people, 38h-40h a week on at most 5 days, at most 6 in a row, 11h of rest`.
fn words(contract: &Contract) -> String {
    let people = match contract.people {
        (1, 1) => "1 person".to_owned(),
        (least, most) if least == most => format!("{most} people"),
        (least, most) => format!("{least} to {most} people"),
    };
    let hours = |(least, most): (f64, f64)| {
        if least == most {
            hours_shown(most)
        } else {
            format!("{}-{}", hours_shown(least), hours_shown(most))
        }
    };
    let a_day = contract.hours_a_day.map_or_else(String::new, |span| format!(", {} a day", hours(span)));
    let a_week = contract.hours_a_week.map_or_else(String::new, |span| format!(", {} a week", hours(span)));
    let off = match contract.days_off_in_a_row {
        0 | 1 => String::new(),
        days => format!(", {days} days off in a row every week"),
    };
    format!(
        "contract {}: {people}{a_day}{a_week}; at most {} days a week, {} in a row{off}; {} of rest between shifts",
        contract.name,
        contract.days_a_week,
        contract.days_in_a_row,
        hours_shown(contract.rest as f64 / 60.0),
    )
}
