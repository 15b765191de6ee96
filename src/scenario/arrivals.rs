//! `arrivals`: contacts expected in each interval of the run, however they are written.

use super::calendar::Days;
use super::document::Value;
use super::fault::Trouble;
use super::hours::{Hours, coming};
use super::item::Item;
use super::keys::ARRIVALS;
use super::number;
use super::profile::{Profile, profile};
use super::section::Section;
use super::series::{Axis, column, series, weekdays};

/// The ways of writing volumes; exactly one is used.
const WAYS: [&str; 4] = ["per_hour", "per_interval", "per_day", "csv"];

/// The hours in which customers come, if `arrivals` gives them; else those of the opening.
#[expect(clippy::option_option, reason = "faulty and not written are two things")]
pub(super) fn hours(section: Section<'_>, days: &Days) -> Option<Option<Hours>> {
    match section.get("arrivals").and_then(|item| item.peek("hours")) {
        Some(item) => coming(item, days).map(Some),
        None => Some(None),
    }
}

/// Reads `arrivals`: contacts by interval of the run, zero outside the hours of `axis`; `scale` multiplies them all.
pub(super) fn volumes(item: Item<'_>, axis: Axis<'_>, scale: f64) -> Option<Vec<f64>> {
    if !matches!(item.node.value, Value::Table(_)) {
        let help = "write { per_hour = 240 } or { per_day = 4200, profile = \"m-shaped\" }";
        return item.fault(Trouble::new("`arrivals` must be a table", "per hour, interval or day?", help));
    }
    let section = Section::open(item, &ARRIVALS)?;
    let way = way(&section)?;
    stray(&section, way);
    let base = match way.name {
        "per_hour" => per_hour(way, axis),
        "per_day" => per_day(&section, way, axis),
        "per_interval" => series(way, axis, number::not_negative)?.laid(axis, 0.0),
        _ => column(section, axis, number::not_negative)?.laid(axis, 0.0),
    };
    let factors = section.or("weekday", [1.0; 7], |item| weekday_factors(item, axis.days));
    let mut volumes = base?;
    scale_days(&mut volumes, axis.days, axis.hours?, &factors?, scale);
    Some(volumes)
}

/// The one way that was written.
fn way<'a>(section: &Section<'a>) -> Option<Item<'a>> {
    let mut ways = section.written().filter(|item| WAYS.contains(&item.name));
    let Some(first) = ways.next() else {
        if section.get("log").is_none() {
            let help = "write { per_hour = 240 }; 0 for a queue that only receives overflow";
            section.item.fault::<()>(Trouble::new("`arrivals` says nothing of how many", "how many?", help));
        }
        return None;
    };
    if let Some(second) = ways.next() {
        let title = format!("`{}` and `{}` contradict each other", first.name, second.name);
        section
            .cx()
            .fault(second.key, Trouble::new(title, "volumes are written twice", "keep one of the two"));
        return None;
    }
    Some(first)
}

/// Keys that mean nothing with this way of writing volumes.
fn stray(section: &Section<'_>, way: Item<'_>) {
    let homes = [("profile", "per_day"), ("column", "csv"), ("date", "csv"), ("time", "csv")];
    for (key, home) in homes {
        if let Some(item) = section.get(key).filter(|_| way.name != home) {
            let title = format!("`{key}` goes with `{home}`");
            let label = format!("means nothing with `{}`", way.name);
            section.cx().fault(item.key, Trouble::new(title, label, "remove it"));
        }
    }
}

fn per_hour(item: Item<'_>, axis: Axis<'_>) -> Option<Vec<f64>> {
    let hours = f64::from(axis.days.minutes()) / 60.0;
    let rates = series(item, axis, number::not_negative)?.laid(axis, 0.0)?;
    Some(rates.into_iter().map(|rate| rate * hours).collect())
}

/// A day's contacts, spread by the profile.
fn per_day(section: &Section<'_>, item: Item<'_>, axis: Axis<'_>) -> Option<Vec<f64>> {
    let help = "add `profile = \"m-shaped\"`, \"flat\", or a weight for each interval";
    let profile = section.need("profile", help, |item| profile(item, axis));
    let totals = day_totals(item, axis);
    let (profile, totals, hours) = (profile?, totals?, axis.hours?);
    let mut volumes = vec![0.0; axis.days.grid.intervals()];
    for (slots, total) in hours.days.iter().zip(totals).filter(|(slots, _)| !slots.is_empty()) {
        spread(&mut volumes, slots, total, &profile, axis.days);
    }
    Some(volumes)
}

fn spread(volumes: &mut [f64], slots: &[usize], total: f64, profile: &Profile, days: &Days) {
    for (&slot, share) in slots.iter().zip(profile.shares(slots, days)) {
        if let Some(volume) = volumes.get_mut(slot) {
            *volume += total * share;
        }
    }
}

/// Contacts on each day of the run: a number, one for each day, or a table by weekday.
fn day_totals(item: Item<'_>, axis: Axis<'_>) -> Option<Vec<f64>> {
    let days = axis.days;
    match &item.node.value {
        Value::Table(_) => {
            let week = weekdays(item, days, |day| day.leaf(number::not_negative))?;
            let hours = axis.hours.filter(|_| days.sound)?;
            let open = |day: usize| !hours.days[day].is_empty();
            let total = |day: usize| match &week[days.weekday(day)?] {
                Some((_, total)) => Some(*total),
                None if !open(day) => Some(0.0),
                None => {
                    let title = format!("`per_day` says nothing for {}", days.name(day));
                    item.fault(Trouble::new(title, "this weekday is missing", "add it, or close on that day"))
                }
            };
            (0..days.grid.days).map(total).collect()
        }
        Value::List(_) => {
            let totals = item.each(|part| part.leaf(number::not_negative))?;
            if totals.len() == days.grid.days || !days.sound {
                return Some(totals).filter(|_| days.sound);
            }
            let title = format!("`per_day` has {} values", totals.len());
            let label = format!("the run has {} days", days.grid.days);
            item.fault(Trouble::new(title, label, "write one for each day of the run, 0 where closed"))
        }
        _ => item.leaf(number::not_negative).map(|total| vec![total; days.grid.days]),
    }
}

fn weekday_factors(item: Item<'_>, days: &Days) -> Option<[f64; 7]> {
    let week = weekdays(item, days, |day| day.leaf(number::factor_or_zero))?;
    Some(week.map(|entry| entry.map_or(1.0, |(_, factor)| factor)))
}

/// Applies the factors of weekdays and special days, and the what-if multiplier.
fn scale_days(volumes: &mut [f64], days: &Days, hours: &Hours, weekdays: &[f64; 7], scale: f64) {
    for (day, slots) in hours.days.iter().enumerate() {
        let weekday = days.weekday(day).map_or(1.0, |weekday| weekdays[weekday]);
        let special = days.specials[day].as_ref().and_then(|special| special.volume).unwrap_or(1.0);
        for &slot in slots {
            if let Some(volume) = volumes.get_mut(slot) {
                *volume *= weekday * special * scale;
            }
        }
    }
}
