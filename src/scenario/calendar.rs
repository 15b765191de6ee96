//! `[calendar]`: the days of the run, their intervals, opening hours and special days.

use super::fault::{Trouble, quoted};
use super::hours::{Hours, Pattern, pattern};
use super::item::Item;
use super::keys::{CALENDAR, SPECIAL};
use super::limits;
use super::nearest;
use super::number;
use super::section::Section;
use crate::model::{Calendar, Grid, Opening};
use crate::units::Micros;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::rc::Rc;

/// The days of the run.
#[derive(Clone, Debug)]
pub(super) struct Days {
    pub(super) grid: Grid,
    pub(super) start: Option<Date>,
    pub(super) zone: Option<(String, TimeZone)>,
    /// For each day of the run what is special about it.
    pub(super) specials: Vec<Option<Special>>,
    /// The calendar's own opening hours.
    pub(super) hours: Rc<Hours>,
    /// Whether the calendar was read without a fault; if not, nothing else is said about lengths and dates.
    pub(super) sound: bool,
}

/// What is special about a day.
#[derive(Clone, Debug, Default)]
pub(super) struct Special {
    pub(super) open: Option<Pattern>,
    pub(super) volume: Option<f64>,
}

impl Days {
    fn new(days: usize, interval: Micros, start: Option<Date>) -> Self {
        let per_day = (Micros::DAY.0 / interval.0) as usize;
        let grid = Grid { lead: Micros::ZERO, interval, per_day, days };
        let hours = Rc::new(Hours { opening: Opening::default(), days: vec![Vec::new(); days] });
        Self { grid, start, zone: None, specials: vec![None; days], hours, sound: true }
    }

    /// As the model has it.
    pub(super) fn calendar(&self) -> Calendar {
        Calendar {
            start: self.start,
            timezone: self.zone.as_ref().map(|(name, _)| name.clone()),
            grid: self.grid.clone(),
            opening: self.hours.opening.clone(),
        }
    }

    /// Length of an interval in minutes.
    pub(super) fn minutes(&self) -> u32 {
        (self.grid.interval.0 / 60_000_000) as u32
    }

    /// The date of a day.
    pub(super) fn date(&self, day: usize) -> Option<Date> {
        self.start?.checked_add((day as i64).days()).ok()
    }

    /// The weekday of a day, Monday 0, where days have dates.
    pub(super) fn weekday(&self, day: usize) -> Option<usize> {
        Some(self.date(day)?.weekday().to_monday_zero_offset() as usize)
    }

    /// A day in words: "mon 2026-11-23" or "day 3".
    pub(super) fn name(&self, day: usize) -> String {
        match (self.date(day), self.weekday(day)) {
            (Some(date), Some(weekday)) => format!("{} {date}", super::keys::WEEKDAYS[weekday]),
            _ => format!("day {}", day + 1),
        }
    }

    /// The interval of the run that starts at `minute` of `date`, if that is in the run and on a boundary.
    pub(super) fn interval_on(&self, date: Date, minute: u32) -> Option<usize> {
        let day = usize::try_from((date - self.start?).get_days()).ok()?;
        let on_boundary = minute.is_multiple_of(self.minutes());
        (day < self.grid.days && on_boundary)
            .then(|| day * self.grid.per_day + (minute / self.minutes()) as usize)
            .filter(|&i| i < self.grid.intervals())
    }
}

/// Reads the calendar, or makes one day of half-hours where none is written.
pub(super) fn read(calendar: Option<Section<'_>>) -> Days {
    let half_hour = Micros::from_mins(30);
    let Some(section) = calendar else { return opened(Days::new(1, half_hour, None), None) };
    let count = section.or("days", 1, day_count);
    let interval = section.or("interval", half_hour, interval);
    let start = section.maybe("start", date);
    let zone = section.maybe("timezone", zone);
    let sound = count.is_some() && interval.is_some() && start.is_some() && zone.is_some();
    let mut days = Days::new(count.unwrap_or(1), interval.unwrap_or(half_hour), start.flatten());
    days.zone = zone.flatten();
    days.sound = sound;
    let special = section.or("special", (), |item| specials(item, &mut days));
    days.sound &= special.is_some();
    let days = opened(days, section.get("open"));
    warn_of_clock_changes(&section, &days);
    days
}

/// The days with the calendar's own hours.
fn opened(mut days: Days, open: Option<Item<'_>>) -> Days {
    let read = open.map_or(Some(Pattern::Daily(vec![(0, 1440)])), |item| pattern(item, &days));
    days.sound &= read.is_some();
    let pattern = read.unwrap_or(Pattern::Daily(vec![(0, 1440)]));
    days.hours = Rc::new(Hours::new(&pattern, &days, open));
    days
}

fn day_count(item: Item<'_>) -> Option<usize> {
    let days = item.leaf(number::count)?;
    if (1..=limits::DAYS).contains(&days) {
        return Some(days as usize);
    }
    let title = format!("a run has between 1 and {} days", limits::DAYS);
    item.fault(Trouble::new(
        title,
        "too many or none",
        "simulate a typical week or month; replications do the rest",
    ))
}

fn interval(item: Item<'_>) -> Option<Micros> {
    let interval = item.leaf(super::duration::micros)?;
    if [5, 15, 30, 60].map(Micros::from_mins).contains(&interval) {
        return Some(interval);
    }
    let title = "an interval is 5, 15, 30 or 60 minutes";
    item.fault(Trouble::new(title, interval.to_string(), "write \"5m\", \"15m\", \"30m\" or \"60m\""))
}

fn date(item: Item<'_>) -> Option<Date> {
    let text = match &item.node.value {
        super::document::Value::Date(text) => text.as_str(),
        _ => item.text()?,
    };
    if let Some(date) = iso_date(text) {
        return Some(date);
    }
    let label = format!("\"{}\"", quoted(text));
    item.fault(Trouble::new(
        format!("`{}` is no date", item.name),
        label,
        "write it as \"2026-11-23\": year-month-day",
    ))
}

/// An ISO date between 1900 and 2200.
pub(super) fn iso_date(text: &str) -> Option<Date> {
    let date: Date = (text.len() == 10).then(|| text.parse().ok())??;
    (1900..=2200).contains(&date.year()).then_some(date)
}

fn zone(item: Item<'_>) -> Option<(String, TimeZone)> {
    let name = item.text()?;
    if let Ok(zone) = TimeZone::get(name) {
        return Some((name.to_owned(), zone));
    }
    let known: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
    let help = match nearest::nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "write an IANA name such as \"Europe/Berlin\"".to_owned(),
    };
    item.fault(Trouble::new("this time zone is not known", format!("\"{}\"", quoted(name)), help))
}

fn specials(item: Item<'_>, days: &mut Days) -> Option<()> {
    let mut sound = true;
    for entry in item.entries()? {
        let special = Item::of(item.cx, entry);
        match special_day(special, days) {
            Some(Some(day)) if days.specials[day].is_some() => {
                sound = false;
                let title = format!("{} is special twice", days.name(day));
                item.cx.fault(entry.key_span, Trouble::new(title, "again", "keep one of the two"));
            }
            Some(Some(day)) => match read_special(special, days) {
                Some(read) => days.specials[day] = Some(read),
                None => sound = false,
            },
            Some(None) => item.cx.note(entry.key_span, outside(&entry.key)),
            None => sound = false,
        }
    }
    sound.then_some(())
}

fn outside(key: &str) -> Trouble {
    let title = format!("special day `{}` is not part of the run", quoted(key));
    Trouble::new(title, "has no effect", "remove it, or move the run")
}

/// Which day of the run a special day is; `Some(None)`: not part of it.
#[expect(clippy::option_option, reason = "faulty, and not part of the run, are two things")]
fn special_day(item: Item<'_>, days: &Days) -> Option<Option<usize>> {
    if let Ok(number) = item.name.parse::<usize>() {
        return Some(number.checked_sub(1).filter(|&day| day < days.grid.days));
    }
    if let (Some(date), Some(_)) = (iso_date(item.name), days.start) {
        return Some(days.interval_on(date, 0).map(|i| days.grid.day_of(i)));
    }
    if !days.sound {
        return None;
    }
    let title = format!("`{}` is no day of the run", quoted(item.name));
    let help = if days.start.is_some() {
        "write a date as \"2026-12-24\", or the number of the day"
    } else {
        "days are numbered here: write \"1\" for the first, or add `start = \"2026-11-23\"` to [calendar]"
    };
    item.cx.fault(item.key, Trouble::new(title, "not a day", help));
    None
}

/// Hours alone, or a table with hours and volume.
fn read_special(item: Item<'_>, days: &Days) -> Option<Special> {
    if !matches!(item.node.value, super::document::Value::Table(_)) {
        return Some(Special { open: Some(pattern(item, days)?), volume: None });
    }
    let section = Section::open(item, &SPECIAL)?;
    let open = section.maybe("open", |item| pattern(item, days));
    let volume = section.maybe("volume", |item| item.leaf(number::factor_or_zero));
    Some(Special { open: open?, volume: volume? })
}

/// Days are 24 hours long here; say so where the clocks change.
fn warn_of_clock_changes(section: &Section<'_>, days: &Days) {
    let (Some((_, zone)), Some(item)) = (&days.zone, section.get("timezone")) else { return };
    let length = |date: Date| {
        let next = date.checked_add(1.day()).ok()?;
        Some(next.to_zoned(zone.clone()).ok()?.duration_since(&date.to_zoned(zone.clone()).ok()?).as_secs())
    };
    for day in 0..days.grid.days {
        let seconds = days.date(day).and_then(length);
        if seconds.is_some_and(|seconds| seconds != 86_400) {
            item.note(Trouble::new(
                format!("the clocks change on {}", days.name(day)),
                "daylight-saving time begins or ends during the run",
                "every day of a run is 24 hours long; the change is left out",
            ));
        }
    }
}

/// Opens `[calendar]` if it is written.
pub(super) fn section<'a>(root: &Section<'a>) -> Option<Section<'a>> {
    root.get("calendar").and_then(|item| Section::open(item, &CALENDAR))
}
