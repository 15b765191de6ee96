//! Opening hours: "08:00-20:00", several ranges, "closed", or a table by weekday; and what a day's series covers.
//!
//! A range that ends at or before its start runs into the next day. Its values belong to the day on which it starts;
//! what lies after the last midnight of the run is not part of it.

use super::calendar::Days;
use super::document::Value;
use super::fault::{Trouble, quoted};
use super::item::Item;
use super::keys::WEEKDAYS;
use super::nearest;
use crate::model::Opening;

/// Minutes in a day.
const DAY: u32 = 24 * 60;

/// A stretch of opening on a day, in minutes after its midnight; the end may lie on the next day.
pub(crate) type Range = (u32, u32);

/// The ranges of each day of a week or of the run.
#[derive(Clone, Debug)]
pub(super) enum Pattern {
    Daily(Vec<Range>),
    /// Monday first; a weekday that is not written is closed.
    Weekly([Vec<Range>; 7]),
}

/// Opening hours over the run.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    pub(super) opening: Opening,
    /// For each day its open intervals in time order, numbered over the run; those past its end are kept, so that
    /// every day has its full length.
    pub(super) days: Vec<Vec<usize>>,
}

impl Hours {
    /// Hours of every day of the run, special days included. `item` is where to point.
    pub(super) fn new(pattern: &Pattern, days: &Days, item: Option<Item<'_>>) -> Self {
        let pattern = |day: usize| {
            let special = days.specials[day].as_ref().and_then(|special| special.open.as_ref());
            special.unwrap_or(pattern)
        };
        Self::laid((0..days.grid.days).map(|day| slots(pattern(day), days, day)).collect(), days, item)
    }

    /// Hours given by the open intervals of each day.
    fn laid(slots: Vec<Vec<usize>>, days: &Days, item: Option<Item<'_>>) -> Self {
        let mut open = vec![false; days.grid.intervals()];
        let (mut twice, mut cut) = (false, false);
        for &slot in slots.iter().flatten() {
            match open.get_mut(slot) {
                Some(flag) => twice |= std::mem::replace(flag, true),
                None => cut = true,
            }
        }
        if let Some(item) = item {
            report(item, twice, cut);
        }
        Self { opening: Opening::from_flags(&open), days: slots }
    }

    /// The length that all open days share, if they do.
    pub(super) fn day_length(&self) -> Option<usize> {
        let mut lengths = self.days.iter().map(Vec::len).filter(|&length| length > 0);
        let first = lengths.next()?;
        lengths.all(|length| length == first).then_some(first)
    }

    /// Open intervals of the whole run.
    pub(super) fn run_length(&self) -> usize {
        self.opening.intervals().count()
    }

    /// A day in words: "24 half-hours from 08:00 to 20:00".
    pub(super) fn words(&self, day: usize, days: &Days) -> String {
        let grid = &days.grid;
        let unit = match grid.interval.0 / 60_000_000 {
            5 => "five-minute intervals",
            15 => "quarter-hours",
            30 => "half-hours",
            _ => "hours",
        };
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for &slot in &self.days[day] {
            match ranges.last_mut() {
                Some(last) if last.1 == slot => last.1 = slot + 1,
                _ => ranges.push((slot, slot + 1)),
            }
        }
        let end = |slot: usize| {
            if slot.is_multiple_of(grid.per_day) { "24:00".to_owned() } else { grid.clock(slot) }
        };
        let spans: Vec<String> =
            ranges.iter().map(|&(from, to)| format!("from {} to {}", grid.clock(from), end(to))).collect();
        format!("{} {unit} {}", self.days[day].len(), spans.join(" and "))
    }
}

fn report(item: Item<'_>, twice: bool, cut: bool) {
    if twice {
        let help = "ranges must not overlap, neither on one day nor over midnight";
        item.fault::<()>(Trouble::new("opening hours overlap", "open twice at the same time", help));
    }
    if cut {
        let trouble = Trouble::new(
            "the last night is cut at midnight",
            "runs past the end of the run",
            "add a day to `calendar.days` to simulate the whole night",
        );
        item.note(trouble);
    }
}

/// The open intervals of `day`, numbered over the run.
fn slots(pattern: &Pattern, days: &Days, day: usize) -> Vec<usize> {
    let ranges = match (pattern, days.weekday(day)) {
        (Pattern::Daily(ranges), _) => ranges.as_slice(),
        (Pattern::Weekly(week), Some(weekday)) => &week[weekday],
        (Pattern::Weekly(_), None) => &[],
    };
    let minutes = days.minutes();
    let first = day * days.grid.per_day;
    ranges
        .iter()
        .flat_map(|&(from, to)| first + (from / minutes) as usize..first + (to / minutes) as usize)
        .collect()
}

/// Reads opening hours; the ranges lie on interval boundaries.
pub(super) fn pattern(item: Item<'_>, days: &Days) -> Option<Pattern> {
    match &item.node.value {
        Value::Table(_) => weekly(item, days),
        _ => daily(item, days).map(Pattern::Daily),
    }
}

/// Reads opening hours and lays them over the run.
pub(super) fn hours(item: Item<'_>, days: &Days) -> Option<Hours> {
    pattern(item, days).map(|pattern| Hours::new(&pattern, days, Some(item)))
}

/// Reads the hours in which customers come. They do not know of special openings, so these change nothing here.
pub(super) fn coming(item: Item<'_>, days: &Days) -> Option<Hours> {
    let pattern = pattern(item, days)?;
    let slots = (0..days.grid.days).map(|day| slots(&pattern, days, day)).collect();
    Some(Hours::laid(slots, days, Some(item)))
}

fn weekly(item: Item<'_>, days: &Days) -> Option<Pattern> {
    if days.start.is_none() && days.sound {
        return item.fault(Trouble::new(
            "weekdays need a date to count from",
            "by weekday",
            "add `start = \"2026-11-23\"` to [calendar]",
        ));
    }
    let mut week: [Vec<Range>; 7] = Default::default();
    let mut sound = true;
    for entry in item.entries()? {
        let day = Item::of(item.cx, entry);
        if let Some(weekday) = WEEKDAYS.iter().position(|name| *name == entry.key) {
            week[weekday] = daily(day, days).unwrap_or_default();
        } else {
            sound = false;
            item.cx.fault(entry.key_span, unknown_weekday(&entry.key));
        }
    }
    sound.then_some(Pattern::Weekly(week))
}

/// A key that is no weekday; full names are understood, not accepted.
pub(super) fn unknown_weekday(key: &str) -> Trouble {
    let title = format!("`{}` is no weekday", quoted(key));
    let short: String = key.to_lowercase().chars().take(3).collect();
    Trouble::new(title, "unknown weekday", nearest::or_all(&short, WEEKDAYS.into_iter()))
}

/// The ranges of a day: text, or a list of texts.
fn daily(item: Item<'_>, days: &Days) -> Option<Vec<Range>> {
    if let Value::List(_) = item.node.value {
        let parts = item.each(|part| daily(part, days))?;
        return Some(parts.into_iter().flatten().collect());
    }
    let text = item.text()?;
    let read = ranges(text).and_then(|ranges| on_boundaries(ranges, days));
    read.map_err(|trouble| item.fault::<()>(trouble)).ok()
}

fn on_boundaries(ranges: Vec<Range>, days: &Days) -> Result<Vec<Range>, Trouble> {
    let minutes = days.minutes();
    let off = ranges.iter().flat_map(|&(from, to)| [from, to]).find(|minute| minute % minutes != 0);
    match off {
        Some(minute) if days.sound => Err(Trouble::new(
            "opening hours must lie on interval boundaries",
            format!(
                "{:02}:{:02} does not with intervals of {minutes} minutes",
                minute / 60 % 24,
                minute % 60
            ),
            "choose a shorter `calendar.interval` or other hours",
        )),
        _ => Ok(ranges),
    }
}

/// "08:00-12:00, 13:00-18:00", or "closed".
fn ranges(text: &str) -> Result<Vec<Range>, Trouble> {
    if matches!(text.trim(), "closed" | "none") {
        return Ok(Vec::new());
    }
    text.split(',').map(|part| range(part.trim())).collect()
}

pub(crate) fn range(text: &str) -> Result<Range, Trouble> {
    let parts = text.split_once(['-', '–']).map(|(from, to)| (clock(from.trim()), clock(to.trim())));
    match parts {
        Some((Some(from), Some(to))) if from < DAY => Ok((from, if to <= from { to + DAY } else { to })),
        _ => Err(Trouble::new(
            "these are no opening hours",
            format!("\"{}\"", quoted(text)),
            "write \"08:00-20:00\", several ranges as \"08:00-12:00, 13:00-18:00\", or \"closed\"",
        )),
    }
}

/// Minutes after midnight of "08:30"; 24:00 is allowed.
pub(super) fn clock(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || !digits(minutes) || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= DAY).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_run_through_midnight_and_to_it() {
        assert_eq!(ranges("08:00-20:00"), Ok(vec![(480, 1200)]));
        assert_eq!(ranges("8:00–12:00, 13:00-24:00"), Ok(vec![(480, 720), (780, 1440)]));
        assert_eq!(ranges("22:00-06:00"), Ok(vec![(1320, 1800)]));
        assert_eq!(ranges("08:00-08:00"), Ok(vec![(480, 1920)]));
        assert_eq!(ranges("closed"), Ok(vec![]));
        for bad in
            ["", "8-20", "25:00-26:00", "24:00-06:00", "08:60-09:00", "08:00", "08:00-20:00;", "a-b", "-"]
        {
            assert!(ranges(bad).is_err(), "{bad}");
        }
    }
}
