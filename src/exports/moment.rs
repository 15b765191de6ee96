//! When a row starts: the many ways in which exports write a date and a time, laid on the clock on the wall.
//!
//! Planners staff by the clock on the wall, so that is what every moment becomes: minutes since the first midnight of
//! 1970 as a wall clock would count them. A moment that names its offset (`Z`, `+01:00`) is an instant and is carried
//! into the office's time zone. One that does not is taken as local; where the clocks go back such an hour happens
//! twice, and it is a fault unless somebody has said which of the two is meant.

use crate::scenario::{Trouble, quoted};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use std::collections::HashMap;

/// Minutes of a day.
pub(crate) const DAY: i32 = 24 * 60;

/// Which number of `1/2/2026` is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 2 January.
    MonthFirst,
    /// 1 February.
    DayFirst,
    /// `26-01-02`: the year first, in two digits.
    YearFirst,
}

/// Which rows of an hour that happens twice are meant, where the file does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// Keep the first row of each clock time, leave the second out.
    First,
    /// Keep the second, leave the first out.
    Second,
}

/// A moment on the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Minutes since 1970-01-01 00:00, as a wall clock counts.
    pub(super) at: i32,
    /// Seconds beyond the minute.
    pub(super) second: u8,
    /// Whether it lies in the second of two like hours.
    pub(super) again: bool,
    /// Whether the row itself says which instant it is.
    pub(super) exact: bool,
    /// Whether the clock never shows this time: the hour that is left out in spring.
    pub(super) skipped: bool,
}

/// What a wall clock does around a quarter of an hour.
#[derive(Clone, Copy)]
enum Turn {
    Plain,
    Skipped,
    /// Shown twice; the offset of the second showing, s.
    Twice(i32),
}

/// Reads moments; remembers what it has worked out, as exports name the same days again and again.
pub(super) struct Clock {
    zone: Option<TimeZone>,
    order: Option<DateOrder>,
    repeated: Option<Repeated>,
    last_date: (Box<str>, i32),
    /// The text read last and what it names: rows of all queues share their moment.
    last: Option<(String, Moment)>,
    turns: HashMap<i32, Turn>,
    offsets: HashMap<i64, i32>,
}

/// A date and time as written.
pub(super) struct Written {
    /// Days since 1970.
    pub(super) day: i32,
    pub(super) second_of_day: i32,
    /// Seconds ahead of UTC, where it says so.
    pub(super) offset: Option<i32>,
    zulu: bool,
}

impl Clock {
    pub(super) fn new(zone: Option<TimeZone>, order: Option<DateOrder>, repeated: Option<Repeated>) -> Self {
        Self {
            zone,
            order,
            repeated,
            last_date: ("".into(), 0),
            last: None,
            turns: HashMap::new(),
            offsets: HashMap::new(),
        }
    }

    /// The moment that `text` names.
    pub(super) fn read(&mut self, text: &str) -> Result<Moment, Trouble> {
        if let Some((_, moment)) = self.last.as_ref().filter(|(known, _)| known == text) {
            return Ok(*moment);
        }
        let moment = self.worked_out(text)?;
        let (known, last) = self.last.get_or_insert_with(|| (String::new(), moment));
        text.clone_into(known);
        *last = moment;
        Ok(moment)
    }

    fn worked_out(&mut self, text: &str) -> Result<Moment, Trouble> {
        let written = self.written(text.trim())?;
        let at = written.day * DAY + written.second_of_day / 60;
        let second = (written.second_of_day % 60) as u8;
        match written.offset {
            Some(offset) => self.instant(at, second, offset, written.zulu),
            None => self.local(at, second, text),
        }
    }

    /// Midnight of a date, with seconds after it: `date,arrive_s`.
    pub(super) fn after_midnight(&mut self, date: &str, seconds: f64) -> Result<Moment, Trouble> {
        let mut moment = self.read(date)?;
        let whole = seconds.clamp(0.0, 2.0 * 86_400.0) as i32;
        moment.at += whole / 60;
        moment.second = (whole % 60) as u8;
        Ok(moment)
    }

    fn instant(&mut self, at: i32, second: u8, offset: i32, zulu: bool) -> Result<Moment, Trouble> {
        let Some(zone) = &self.zone else {
            if zulu {
                return Err(no_zone());
            }
            return Ok(Moment { at, second, again: false, exact: true, skipped: false });
        };
        let utc = i64::from(at) * 60 - i64::from(offset);
        let here = *self.offsets.entry(utc.div_euclid(900)).or_insert_with(|| {
            Timestamp::from_second(utc).map_or(0, |instant| zone.to_offset(instant).seconds())
        });
        let at = (utc + i64::from(here)).div_euclid(60) as i32;
        let again = matches!(self.turn(at), Turn::Twice(second) if second == here);
        Ok(Moment { at, second, again, exact: true, skipped: false })
    }

    fn local(&mut self, at: i32, second: u8, text: &str) -> Result<Moment, Trouble> {
        let moment = Moment { at, second, again: false, exact: false, skipped: false };
        match self.turn(at) {
            Turn::Plain => Ok(moment),
            Turn::Skipped => Ok(Moment { skipped: true, ..moment }),
            Turn::Twice(_) if self.repeated.is_some() => Ok(moment),
            Turn::Twice(_) => Err(Trouble::new(
                format!("{} happens twice: the clocks go back", quoted(text.trim())),
                "which of the two?",
                "export times with their offset (…+01:00), or add --repeated-hour first or second",
            )),
        }
    }

    fn turn(&mut self, at: i32) -> Turn {
        let Some(zone) = &self.zone else { return Turn::Plain };
        *self.turns.entry(at.div_euclid(15)).or_insert_with(|| {
            let Some(local) = civil(at) else { return Turn::Plain };
            match zone.to_ambiguous_timestamp(local).offset() {
                AmbiguousOffset::Unambiguous { .. } => Turn::Plain,
                AmbiguousOffset::Gap { .. } => Turn::Skipped,
                AmbiguousOffset::Fold { after, .. } => Turn::Twice(after.seconds()),
            }
        })
    }

    /// As it stands, on no clock yet.
    pub(super) fn written(&mut self, text: &str) -> Result<Written, Trouble> {
        let (date, time) = match text.find(['T', ' ']) {
            Some(at) => (&text[..at], text[at + 1..].trim()),
            None => (text, ""),
        };
        let day = if *date == *self.last_date.0 { self.last_date.1 } else { self.day(date, text)? };
        let (second_of_day, offset, zulu) = time_of_day(time).ok_or_else(|| no_moment(text))?;
        Ok(Written { day, second_of_day, offset, zulu })
    }

    /// The day of a date, remembered for the next row.
    fn day(&mut self, date: &str, text: &str) -> Result<i32, Trouble> {
        let (year, month, day) = self.parts(date, text)?;
        let known = Date::new(year, month, day).ok().filter(|_| (1970..=2200).contains(&year));
        let found = known.ok_or_else(|| no_moment(text))?;
        let days = (found - Date::constant(1970, 1, 1)).get_days();
        self.last_date = (date.into(), days);
        Ok(days)
    }

    fn parts(&self, date: &str, text: &str) -> Result<(i16, i8, i8), Trouble> {
        let number =
            |part: &str| part.parse::<i16>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
        if date.len() == 8 && date.is_ascii() && number(&date[..4]).is_some() {
            let parts = (number(&date[..4]), number(&date[4..6]), number(&date[6..]));
            if let (Some(y), Some(m), Some(d)) = parts {
                return Ok((y, m as i8, d as i8));
            }
        }
        let mark = date.find(['-', '/', '.']).map(|at| date.as_bytes()[at] as char);
        let mark = mark.ok_or_else(|| no_moment(text))?;
        let parts: Vec<Option<i16>> = date.split(mark).map(number).collect();
        let [Some(a), Some(b), Some(c)] = parts[..] else { return Err(no_moment(text)) };
        let small = |n: i16| i8::try_from(n).unwrap_or(0);
        if date.find(mark) == Some(4) {
            return Ok((a, small(b), small(c)));
        }
        let order = match (mark, self.order) {
            ('.', None) => DateOrder::DayFirst,
            (_, Some(order)) => order,
            _ if a > 12 && b <= 12 => DateOrder::DayFirst,
            _ if b > 12 && a <= 12 => DateOrder::MonthFirst,
            _ => return Err(two_dates(date)),
        };
        let long = |year: i16| if year < 100 { 2000 + year } else { year };
        Ok(match order {
            DateOrder::MonthFirst => (long(c), small(a), small(b)),
            DateOrder::DayFirst => (long(c), small(b), small(a)),
            DateOrder::YearFirst => (long(a), small(b), small(c)),
        })
    }

    /// Which of two rows at one local time is kept, if that was said.
    pub(super) fn repeated(&self) -> Option<Repeated> {
        self.repeated
    }
}

/// The date and time of a wall clock.
pub(crate) fn civil(at: i32) -> Option<DateTime> {
    let date = date_of(at)?;
    let minute = at.rem_euclid(DAY);
    date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0).into()
}

/// The date of a wall clock.
pub(crate) fn date_of(at: i32) -> Option<Date> {
    let days = jiff::Span::new().try_days(at.div_euclid(DAY)).ok()?;
    Date::constant(1970, 1, 1).checked_add(days).ok()
}

/// `2026-11-23 08:30`.
pub(crate) fn shown(at: i32) -> String {
    let minute = at.rem_euclid(DAY);
    let date = date_of(at).map_or_else(String::new, |date| date.to_string());
    format!("{date} {:02}:{:02}", minute / 60, minute % 60)
}

/// Seconds after midnight (86,400 for 24:00), the offset in seconds, and whether it was written as `Z`.
pub(super) fn time_of_day(text: &str) -> Option<(i32, Option<i32>, bool)> {
    let (text, offset, zulu) = match text.strip_suffix(['Z', 'z']) {
        Some(rest) => (rest, Some(0), true),
        None => match text.rfind(['+', '-']) {
            Some(at) => (&text[..at], Some(offset(&text[at..])?), false),
            None => (text, None, false),
        },
    };
    let (text, half) = match text.trim_end() {
        t if ends_with(t, "am") => (t[..t.len() - 2].trim_end(), Some(0)),
        t if ends_with(t, "pm") => (t[..t.len() - 2].trim_end(), Some(12)),
        t => (t, None),
    };
    if text.is_empty() {
        return (half.is_none() && offset.is_none()).then_some((0, None, false));
    }
    let mut parts = text.splitn(3, ':');
    let (mut hour, minute) = (two(parts.next()?)?, two(parts.next()?)?);
    let second = parts.next().map_or(Some(0), |s| two(s.split(['.', ',']).next().unwrap_or_default()))?;
    if let Some(half) = half {
        hour = (1..=12).contains(&hour).then_some(hour % 12 + half)?;
    }
    let total = hour * 3600 + minute * 60 + second;
    (minute < 60 && second < 60 && total <= 86_400).then_some((total, offset, zulu))
}

fn ends_with(text: &str, word: &str) -> bool {
    text.len() >= 2 && text.get(text.len() - 2..).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// One or two digits.
fn two(text: &str) -> Option<i32> {
    (matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// `+01:00` or `+0100`, in seconds.
fn offset(text: &str) -> Option<i32> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.get(1..)?.chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (two(&digits)?, 0),
        4 if digits.is_ascii() => (two(&digits[..2])?, two(&digits[2..])?),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn no_zone() -> Trouble {
    Trouble::new(
        "these are times of the world's clock (UTC)",
        "in which time zone are they staffed?",
        "add --timezone Europe/Berlin, or whichever is yours",
    )
}

fn no_moment(text: &str) -> Trouble {
    let title = format!("\"{}\" is no date with a time", quoted(text));
    Trouble::new(
        title,
        "not understood",
        "write it as 2026-11-23 08:30, or with its offset: 2026-11-23T08:30:00+01:00",
    )
}

fn two_dates(date: &str) -> Trouble {
    Trouble::new(
        format!("\"{}\" may have its month or its day first", quoted(date)),
        "two readings",
        "add --dates month-first or --dates day-first",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(zone: &str) -> Clock {
        Clock::new(Some(TimeZone::get(zone).unwrap()), None, None)
    }

    #[test]
    fn moments_as_exports_write_them() {
        let mut clock = clock("Europe/Berlin");
        for text in [
            "2026-11-23 08:30",
            "2026-11-23T08:30:00",
            "2026-11-23T07:30:00Z",
            "2026-11-23T02:30:00-05:00",
            "20261123 08:30",
            "23.11.2026 8:30",
            "11/23/2026 8:30 AM",
            "23/11/2026 08:30:00.000",
            "2026/11/23 08:30",
        ] {
            assert_eq!(shown(clock.read(text).unwrap().at), "2026-11-23 08:30", "{text}");
        }
        for (text, at) in [
            ("2026-11-23 24:00", "2026-11-24 00:00"),
            ("2026-11-23", "2026-11-23 00:00"),
            ("11/23/2026 12:15 am", "2026-11-23 00:15"),
            ("11/23/2026 12:15 PM", "2026-11-23 12:15"),
        ] {
            assert_eq!(shown(clock.read(text).unwrap().at), at, "{text}");
        }
        for text in [
            "",
            "x",
            "2026-13-01 08:00",
            "2026-02-30 08:00",
            "2026-11-23 24:15",
            "2026-11-23 08:60",
            "2026-11-23 08",
            "é",
            "2026-11-23 13:00 PM",
            "2026-11-23T08:00+99:00",
            "1-2",
            "99999999",
        ] {
            assert!(clock.read(text).is_err(), "{text}");
        }
        assert_eq!(clock.read("1/2/2026 08:00").unwrap_err().label, "two readings");
    }

    #[test]
    fn the_hour_that_happens_twice_and_the_one_that_does_not() {
        let mut berlin = clock("Europe/Berlin");
        let first = berlin.read("2026-10-25T00:15:00Z").unwrap();
        let second = berlin.read("2026-10-25T01:15:00Z").unwrap();
        assert_eq!((shown(first.at), first.again), ("2026-10-25 02:15".to_owned(), false));
        assert_eq!((second.at, second.again), (first.at, true));
        assert_eq!(berlin.read("2026-10-25 02:15").unwrap_err().label, "which of the two?");
        assert!(berlin.read("2026-10-25 03:00").is_ok());
        assert!(berlin.read("2026-03-29 02:15").unwrap().skipped);
        let zone = TimeZone::get("Europe/Berlin").ok();
        assert!(Clock::new(zone, None, Some(Repeated::First)).read("2026-10-25 02:15").is_ok());
        assert_eq!(Clock::new(None, None, None).read("2026-11-23T07:30:00Z").unwrap_err(), no_zone());
    }
}
