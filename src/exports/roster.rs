//! Rosters: who works when, a row for each person and shift.
//!
//! The plain file is `agent,group,shift,start,end,break_start,break_end,break_start_2,…,timezone`; columns are found by
//! name, `group`, `shift`, breaks and `timezone` may be left out, and a CXone schedule is read as it is. A time is a date
//! with a time; or a time alone, of which the next after the shift's start is meant (of the start itself: on the row's
//! `date`, or on its `day` of the run, from 1, where days have no dates).
//!
//! Every time is laid on the clock on the wall of the scenario's time zone. A row may name its own, by its IANA name or
//! as `UTC+05:30`. An hour that happens twice, or never, when the clocks change is a fault of its row: a shift that
//! starts then must say which instant it means.

use super::moment::{Clock, DAY, DateOrder, shown, time_of_day};
use super::roster_columns::Columns;
use super::roster_faults::{
    backwards, empty, no_calendar, no_date, no_day, no_zone, other_zone, reworded, too_long, too_many,
};
use super::sheet::Sheet;
use crate::scenario::{Fault, Faults, Trouble};
use csv::StringRecord;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use std::collections::BTreeMap;

/// The longest shift, in minutes: beyond, a date is wrong.
const LONGEST: i64 = 24 * 60;
/// Most rows of a roster.
pub(super) const MOST: usize = 200_000;

/// A roster that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RosterFile {
    /// In the order of the file.
    pub(crate) rows: Vec<RosterRow>,
    /// Whether rows name their groups.
    pub(crate) has_groups: bool,
}

/// One person's shift. Times are minutes since midnight of the first day on the wall, and, where the time zone is known,
/// on a clock that never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RosterRow {
    pub(crate) line: usize,
    pub(crate) person: String,
    pub(crate) group: String,
    pub(crate) shift: Option<String>,
    pub(crate) start: Instant,
    pub(crate) end: Instant,
    /// On the wall, in order of time.
    pub(crate) breaks: Vec<(i64, i64)>,
}

/// A point in time by two clocks, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instant {
    /// Since midnight of the first day, on the wall.
    pub(crate) wall: i64,
    /// Of UTC since 1970 where the time zone is known, else as `wall`.
    pub(crate) real: i64,
}

/// Reads a roster for a run that starts on `first`, its clock that of `zone`.
pub(crate) fn roster(
    name: &str,
    bytes: Vec<u8>,
    first: Option<Date>,
    zone: Option<&str>,
) -> Result<RosterFile, Faults> {
    let sheet = Sheet::new(name, bytes, None)?;
    let heads = sheet.first().unwrap_or_default();
    let heads: Vec<&str> = heads.iter().collect();
    if heads.is_empty() {
        return Err(Faults::only(nothing(name)));
    }
    let columns = Columns::new(name, &heads).map_err(Faults::only)?;
    let has_groups = columns.group.is_some();
    let mut reader = Reader::new(columns, first, zone);
    let mut faults: Vec<Fault> = Vec::new();
    let mut above = true;
    sheet.rows(&mut faults, |line, record| {
        if record.iter().all(|cell| cell.trim().is_empty()) || std::mem::take(&mut above) {
            return Ok(());
        }
        reader.row(line, record)
    });
    if !faults.is_empty() {
        return Err(Faults::new(faults));
    }
    if reader.rows.is_empty() {
        return Err(Faults::only(nothing(name)));
    }
    Ok(RosterFile { rows: reader.rows, has_groups })
}

/// The groups that a roster names, in order of appearance; none where it has no such column or cannot be read.
pub(crate) fn groups(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let Ok(sheet) = Sheet::new(name, bytes, None) else { return found };
    let heads = sheet.first().unwrap_or_default();
    let heads: Vec<&str> = heads.iter().collect();
    let column = Columns::new(name, &heads).ok().and_then(|columns| columns.group);
    let Some(column) = column else { return found };
    let mut above = true;
    sheet.rows(&mut Vec::new(), |_, record| {
        let group = record.get(column).unwrap_or_default().trim();
        if !std::mem::take(&mut above) && !group.is_empty() && !found.iter().any(|known| known == group) {
            found.push(group.to_owned());
        }
        Ok(())
    });
    found
}

fn nothing(name: &str) -> Trouble {
    Trouble::new(
        format!("{name} has no shifts"),
        "nothing to read",
        "it needs one row for each person and shift",
    )
}

/// Reads rows.
struct Reader {
    columns: Columns,
    first: Option<Date>,
    /// The clock of the run.
    home: Option<TimeZone>,
    /// Time zones that rows name.
    zones: BTreeMap<String, TimeZone>,
    /// The zone of the rows so far, where the run has none.
    only_zone: Option<String>,
    clock: Clock,
    rows: Vec<RosterRow>,
    /// Whether it was said that dates have no day of the run to fall on: once is enough.
    told_undated: bool,
}

/// A fault and its column.
type At = (usize, Trouble);

/// A time as written: minutes since midnight of day 0, and how far ahead of UTC, in seconds, where it says so.
#[derive(Clone, Copy)]
struct Written {
    at: i64,
    offset: Option<i32>,
}

impl Reader {
    fn new(columns: Columns, first: Option<Date>, zone: Option<&str>) -> Self {
        let order = columns.month_first.then_some(DateOrder::MonthFirst);
        Self {
            columns,
            first,
            home: zone.and_then(|name| TimeZone::get(name).ok()),
            zones: BTreeMap::new(),
            only_zone: None,
            clock: Clock::new(None, order, None),
            rows: Vec::new(),
            told_undated: false,
        }
    }

    /// Takes a row.
    fn row(&mut self, line: usize, record: &StringRecord) -> Result<(), At> {
        let cell = |column: usize| record.get(column).unwrap_or_default().trim().to_owned();
        let optional = |column: Option<usize>| column.map(cell).filter(|text| !text.is_empty());
        let (start_at, end_at) = (self.columns.start, self.columns.end);
        let person = cell(self.columns.person);
        if self.told_undated {
            return Ok(());
        }
        if person.is_empty() {
            return Err((self.columns.person, empty("agent", "name whose shift it is")));
        }
        if self.rows.len() >= MOST {
            return Err((0, too_many()));
        }
        let zone = self.zone(optional(self.columns.zone).as_deref())?;
        let start = self.start(record)?;
        let end = self.later(&cell(end_at), start).map_err(|trouble| (end_at, trouble))?;
        let (from, to) = (self.laid(start, zone.as_ref(), start_at)?, self.laid(end, zone.as_ref(), end_at)?);
        let (real, long) = (to.real - from.real, to.wall - from.wall);
        if real <= 0 || long <= 0 {
            return Err((end_at, backwards()));
        }
        if real > LONGEST {
            return Err((end_at, too_long(real)));
        }
        let mut breaks = Vec::new();
        for (first, last) in self.columns.breaks.clone() {
            breaks.extend(self.pause([first, last], &[cell(first), cell(last)], start, zone.as_ref())?);
        }
        breaks.sort_unstable();
        let group = optional(self.columns.group).unwrap_or_default();
        let shift = optional(self.columns.shift);
        self.rows.push(RosterRow { line, person, group, shift, start: from, end: to, breaks });
        Ok(())
    }

    /// A break; none where both cells are empty.
    fn pause(
        &mut self,
        at: [usize; 2],
        text: &[String; 2],
        start: Written,
        zone: Option<&TimeZone>,
    ) -> Result<Option<(i64, i64)>, At> {
        match [text[0].is_empty(), text[1].is_empty()] {
            [true, true] => return Ok(None),
            [true, false] => {
                return Err((at[1], empty("break_start", "write when the break starts, or empty both")));
            }
            [false, true] => {
                return Err((at[0], empty("break_end", "write when the break ends, or empty both")));
            }
            [false, false] => {}
        }
        let from = self.later(&text[0], start).map_err(|trouble| (at[0], trouble))?;
        let to = self.later(&text[1], from).map_err(|trouble| (at[1], trouble))?;
        let (from, to) = (self.laid(from, zone, at[0])?, self.laid(to, zone, at[1])?);
        if to.real <= from.real || to.wall <= from.wall {
            return Err((at[1], backwards()));
        }
        if to.real - from.real > LONGEST {
            return Err((at[1], too_long(to.real - from.real)));
        }
        Ok(Some((from.wall, to.wall)))
    }

    /// When the shift starts.
    fn start(&mut self, record: &StringRecord) -> Result<Written, At> {
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        let column = self.columns.start;
        let text = cell(column);
        if text.is_empty() {
            return Err((column, empty("start", "write when the shift starts")));
        }
        let Some(minute) = alone(text) else { return self.dated(text).map_err(|trouble| (column, trouble)) };
        match (self.columns.date, self.columns.day) {
            (Some(date), _) if !cell(date).is_empty() => {
                let midnight = self.dated(cell(date)).map_err(|trouble| (date, trouble))?;
                let day = i64::from(DAY);
                Ok(Written { at: midnight.at.div_euclid(day) * day + minute, offset: None })
            }
            (_, Some(day)) if self.first.is_none() => {
                let number: Option<i64> = cell(day).parse().ok().filter(|day| (1..=10_000).contains(day));
                let number = number.ok_or_else(|| (day, no_day(cell(day))))?;
                Ok(Written { at: (number - 1) * i64::from(DAY) + minute, offset: None })
            }
            _ => Err((column, no_date(text, self.first.is_some()))),
        }
    }

    /// A time after `since`: with its date, or alone, of which the next one is meant.
    fn later(&mut self, text: &str, since: Written) -> Result<Written, Trouble> {
        if text.is_empty() {
            return Err(empty("end", "write when the shift ends"));
        }
        let Some(minute) = alone(text) else { return self.dated(text) };
        let midnight = since.at.div_euclid(i64::from(DAY)) * i64::from(DAY);
        let today = midnight + minute;
        let at = if today < since.at { today + i64::from(DAY) } else { today };
        Ok(Written { at, offset: since.offset })
    }

    /// A time with its date.
    fn dated(&mut self, text: &str) -> Result<Written, Trouble> {
        let written = self.clock.written(text).map_err(|trouble| reworded(text, trouble))?;
        let Some(first) = self.first else {
            self.told_undated = true;
            return Err(no_calendar(text));
        };
        let days = i64::from(written.day) - i64::from((first - Date::constant(1970, 1, 1)).get_days());
        let at = days * i64::from(DAY) + i64::from(written.second_of_day / 60);
        Ok(Written { at, offset: written.offset })
    }

    /// The time zone that a row names, else that of the run.
    fn zone(&mut self, named: Option<&str>) -> Result<Option<TimeZone>, At> {
        let (Some(name), Some(column)) = (named, self.columns.zone) else { return Ok(self.home.clone()) };
        if self.home.is_none() {
            let before = self.only_zone.get_or_insert_with(|| name.to_owned());
            if before != name {
                return Err((column, other_zone(name, before)));
            }
        }
        if let Some(known) = self.zones.get(name) {
            return Ok(Some(known.clone()));
        }
        let found = fixed(name).or_else(|| TimeZone::get(name).ok());
        let found = found.ok_or_else(|| (column, no_zone(name)))?;
        self.zones.insert(name.to_owned(), found.clone());
        Ok(Some(found))
    }

    /// On the clock of the run.
    fn laid(&self, written: Written, zone: Option<&TimeZone>, column: usize) -> Result<Instant, At> {
        let (Some(zone), Some(first)) = (zone, self.first) else {
            return Ok(Instant { wall: written.at, real: written.at });
        };
        let midnight = i64::from((first - Date::constant(1970, 1, 1)).get_days()) * i64::from(DAY);
        let wall = midnight + written.at;
        let offset = match written.offset {
            Some(offset) => i64::from(offset),
            None => offset(zone, wall).map_err(|trouble| (column, trouble))?,
        };
        let real = wall - offset.div_euclid(60);
        let home = self.home.as_ref().unwrap_or(zone);
        let here = Timestamp::from_second(real * 60).map_or(0, |at| i64::from(home.to_offset(at).seconds()));
        Ok(Instant { wall: real + here.div_euclid(60) - midnight, real })
    }
}

/// Seconds ahead of UTC at a wall clock's minute since 1970.
fn offset(zone: &TimeZone, wall: i64) -> Result<i64, Trouble> {
    let local = i32::try_from(wall).ok().and_then(super::moment::civil);
    let Some(local) = local else { return Ok(0) };
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => Ok(i64::from(offset.seconds())),
        AmbiguousOffset::Gap { .. } => Err(Trouble::new(
            format!("{} does not exist: the clocks go forward", shown(wall as i32)),
            "the clock skips this time",
            "write the time that the clock shows then, or name the row's `timezone`",
        )),
        AmbiguousOffset::Fold { before, after } => {
            let written =
                |offset: Offset| format!("{}{}", shown(wall as i32).replace(' ', "T"), ahead(offset));
            Err(Trouble::new(
                format!("{} happens twice: the clocks go back", shown(wall as i32)),
                "which of the two?",
                format!("write {} or {}", written(before), written(after)),
            ))
        }
    }
}

/// `+01:00`.
fn ahead(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// `UTC+05:30` as a time zone that never changes.
fn fixed(name: &str) -> Option<TimeZone> {
    let ahead = name.strip_prefix("UTC").or_else(|| name.strip_prefix("GMT"))?.trim();
    let (sign, rest) = match ahead.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let seconds = sign * (hours * 3600 + minutes * 60);
    let sound = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    sound.then(|| Offset::from_seconds(seconds).ok().map(TimeZone::fixed))?
}

/// Minutes after midnight of a time that stands without a date.
fn alone(text: &str) -> Option<i64> {
    let (seconds, None, _) = time_of_day(text)? else { return None };
    text.contains(':').then_some(i64::from(seconds / 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: Option<&str> = Some("Europe/Berlin");

    fn read(text: &str, first: &str, zone: Option<&str>) -> Result<Vec<RosterRow>, String> {
        let file = roster("roster.csv", text.into(), first.parse().ok(), zone);
        file.map(|file| file.rows).map_err(|faults| faults.render(false))
    }

    #[test]
    fn the_plain_roster_with_times_alone_and_with_dates() {
        let text = "agent;group;shift;start;end;break_start;break_end;break_start_2;break_end_2\n\
                    Ann;crew;early;2026-11-23 08:00;2026-11-23 16:00;12:00;12:30;10:00;10:15\n\
                    Bo;crew;night;2026-11-23 22:00;06:00;01:00;01:30;;\n";
        let rows = read(&format!("\u{feff}{text}"), "2026-11-23", BERLIN).unwrap();
        assert_eq!((rows[0].start.wall, rows[0].end.wall), (480, 960));
        assert_eq!(rows[0].breaks, [(600, 615), (720, 750)]);
        assert_eq!((rows[1].start.wall, rows[1].end.wall, rows[1].line), (1320, 1800, 3));
        assert_eq!(rows[1].breaks, [(1500, 1530)]);
        assert_eq!((rows[1].shift.as_deref(), rows[1].group.as_str()), (Some("night"), "crew"));
    }

    #[test]
    fn a_night_when_the_clocks_change_is_as_long_as_it_is() {
        let text =
            "agent,start,end\nAnn,2026-10-24 22:00,2026-10-25 06:00\nBo,2026-03-28 22:00,2026-03-29 06:00\n";
        let rows = read(text, "2026-03-28", BERLIN).unwrap();
        assert_eq!(
            (rows[0].end.wall - rows[0].start.wall, rows[0].end.real - rows[0].start.real),
            (480, 540)
        );
        assert_eq!(
            (rows[1].end.wall - rows[1].start.wall, rows[1].end.real - rows[1].start.real),
            (480, 420)
        );
    }

    #[test]
    fn a_cxone_schedule_in_other_time_zones() {
        let text = "Username,Shift Start Date and Time,Shift End Date and Time,Local Time Zone,Base Activity Name,\
                    Shift Notes,Activity Name,Activity Start,Activity End\n\
                    ann,11/23/2026 13:30:00,11/23/2026 21:30:00,UTC+05:30,Phones,,Lunch,11/23/2026 17:30:00,11/23/2026 18:00:00\n\
                    bo,11/23/2026 09:00:00,11/23/2026 17:00:00,Europe/Berlin,Phones,,,,\n";
        let rows = read(text, "2026-11-23", BERLIN).unwrap();
        // 13:30 in India is 8:00 UTC, 9:00 in Berlin.
        assert_eq!((rows[0].start, rows[0].end.wall), (rows[1].start, rows[1].end.wall));
        assert_eq!((rows[0].start.wall, rows[0].breaks[0]), (540, (780, 810)));
    }

    #[test]
    fn days_without_dates() {
        let text = "agent,day,start,end\nAnn,1,08:00,16:00\nBo,2,22:00,06:00\n";
        let rows = read(text, "", None).unwrap();
        assert_eq!((rows[0].start.wall, rows[1].start.wall, rows[1].end.wall), (480, 2760, 3240));
    }

    #[test]
    fn every_fault_of_a_file_has_its_line() {
        let rows = [
            ",2026-11-23 08:00,16:00,,,",
            "Ann,,16:00,,,",
            "Ann,2026-11-23 08:00,,,,",
            "Ann,2026-11-23 16:00,2026-11-23 08:00,,,",
            "Ann,2026-11-23 08:00,2026-12-23 16:00,,,",
            "Ann,2026-11-23 08:00,16:00,12:00,,",
            "Ann,2026-11-23 08:00,16:00,,12:00,",
            "Ann,08:00,16:00,,,",
            "Ann,tomorrow,16:00,,,",
            "Ann,1/2/2026 08:00,16:00,,,",
        ];
        let more = [
            "Ann,2026-10-25 02:30,10:00,,,",
            "Ann,2026-03-29 02:30,10:00,,,",
            "Ann,2026-11-23 08:00,16:00,,,Europe/Atlantis",
        ];
        let head = "agent,start,end,break_start,break_end,timezone\n";
        let told = |rows: &[&str], zone| {
            read(&format!("{head}{}\n", rows.join("\n")), "2026-11-23", zone).unwrap_err()
        };
        let zones = ["Ann,2026-11-23 08:00,16:00,,,Europe/Berlin", "Bo,2026-11-23 08:00,16:00,,,UTC+01:00"];
        let heads =
            ["name,start", "agent,start,end,break_start", "agent,name,start,end", "", "agent,start,end"];
        let heads = heads.map(|head| read(head, "2026-11-23", None).unwrap_err());
        let undated =
            ["agent,day,start,end\nAnn,x,08:00,16:00\n", "agent,start,end\nAnn,2026-11-23 08:00,16:00\n"];
        let undated = undated.map(|text| read(text, "", None).unwrap_err());
        let all = [
            told(&rows, BERLIN),
            told(&more, BERLIN),
            told(&zones, None),
            heads.join("\n\n"),
            undated.join("\n\n"),
        ];
        insta::assert_snapshot!(all.join("\n\n"));
    }
}
