//! The people of a centre by name: a row for each, with contract, groups, when they can work, and what they ask for.
//!
//! The file is `agent,contract,groups,available,away,off,wishes,unpopular_before`; columns are found by name, all but
//! `agent` may be left out, others are left alone. Several things in a cell are parted by `+`:
//! `mon-fri 08:00-18:00 + sat`, `phone + mail`, `2026-11-25 + 2026-11-27..2026-11-29`.

use super::field::reduced;
use super::people_faults::{
    backwards, empty, missing, no_contract, no_date, no_hours, no_name, no_number, no_weekdays, no_work,
    nobody, reserved, too_many, twice, two_columns,
};
use super::sheet::{MOST, Sheet};
use crate::scenario::{Faults, Trouble, WEEKDAYS, hours_range};
use csv::StringRecord;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Hours that nobody has worked in a life, for a figure that is surely a slip.
const MOST_HOURS: f64 = 100_000.0;

/// The names that a row may use, and the days of the run.
pub(crate) struct Known<'a> {
    pub(crate) contracts: Vec<&'a str>,
    /// The groups of each contract, positions of `groups`.
    pub(crate) work: Vec<Vec<usize>>,
    pub(crate) groups: Vec<&'a str>,
    pub(crate) shifts: Vec<&'a str>,
    pub(crate) first: Option<Date>,
    pub(crate) days: usize,
    /// Most people.
    pub(crate) most: usize,
}

/// One person, names as positions of what is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PersonRow {
    pub(crate) name: String,
    pub(crate) contract: usize,
    /// Nothing: all.
    pub(crate) groups: Option<Vec<usize>>,
    /// Nothing: always.
    pub(crate) available: Option<Vec<Hours>>,
    /// Days of the run, from 0.
    pub(crate) away: Vec<usize>,
    /// Days of the run, from 0.
    pub(crate) off: Vec<usize>,
    pub(crate) wishes: Vec<usize>,
    pub(crate) unpopular_before: f64,
}

/// Weekdays, Monday first, and hours of the day in minutes; the end may lie on the next day; nothing: all day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hours {
    pub(crate) weekdays: [bool; 7],
    pub(crate) hours: Option<(u32, u32)>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Agent,
    Contract,
    Groups,
    Available,
    Away,
    Off,
    Wishes,
    Before,
}

/// Headings, by their letters and digits.
const NAMES: [(&str, Column); 18] = [
    ("agent", Column::Agent),
    ("agentname", Column::Agent),
    ("person", Column::Agent),
    ("name", Column::Agent),
    ("employee", Column::Agent),
    ("contract", Column::Contract),
    ("group", Column::Groups),
    ("groups", Column::Groups),
    ("skills", Column::Groups),
    ("available", Column::Available),
    ("availability", Column::Available),
    ("away", Column::Away),
    ("absent", Column::Away),
    ("off", Column::Off),
    ("daysoff", Column::Off),
    ("wishes", Column::Wishes),
    ("wish", Column::Wishes),
    ("unpopularbefore", Column::Before),
];

/// Reads the people's file; every fault of every row, up to ten.
pub(crate) fn people(name: &str, bytes: Vec<u8>, known: &Known<'_>) -> Result<Vec<PersonRow>, Faults> {
    let sheet = Sheet::new(name, bytes, None)?;
    let heads = sheet.first().ok_or_else(|| Faults::only(nobody(name)))?;
    let columns = columns(name, &heads).map_err(Faults::only)?;
    if !columns.contains_key(&Column::Contract) && known.contracts.len() > 1 {
        return Err(Faults::only(missing(
            name,
            "contract",
            &super::headings(&heads.iter().collect::<Vec<_>>()),
        )));
    }
    let mut rows: Vec<(usize, StringRecord)> = Vec::new();
    sheet.rows(&mut Vec::new(), |line, record| {
        // Beside the headings one more than there may be is enough to know.
        if rows.len() < known.most + 2 && !record.iter().all(|cell| cell.trim().is_empty()) {
            rows.push((line, record.clone()));
        }
        Ok(())
    });
    if rows.len() > known.most + 1 {
        return Err(Faults::only(too_many(name, known.most)));
    }
    let (mut people, mut faults, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (line, record) in rows.iter().skip(1) {
        let (person, troubles) = person(record, &columns, known, &mut names);
        faults.extend(troubles.into_iter().map(|(at, trouble)| sheet.fault(*line, record, at, trouble)));
        people.push(person);
        if faults.len() >= MOST {
            break;
        }
    }
    if !faults.is_empty() {
        return Err(Faults::new(faults));
    }
    if people.is_empty() { Err(Faults::only(nobody(name))) } else { Ok(people) }
}

/// Somebody, and what is wrong with the row: the column and why. `names` are those of the rows above.
fn person(
    record: &StringRecord,
    columns: &BTreeMap<Column, usize>,
    known: &Known<'_>,
    names: &mut BTreeSet<String>,
) -> (PersonRow, Vec<(usize, Trouble)>) {
    let (mut person, mut troubles) = (PersonRow::default(), Vec::new());
    for (&column, &at) in columns {
        let cell = record.get(at).unwrap_or_default().trim();
        let read = person.take(column, cell, known, names);
        troubles.extend(read.err().map(|trouble| (at, trouble)));
    }
    if let (true, Some(groups), Some(&at)) =
        (troubles.is_empty(), &person.groups, columns.get(&Column::Groups))
    {
        let work = &known.work[person.contract];
        if !groups.iter().any(|group| work.contains(group)) {
            let theirs: Vec<&str> = work.iter().map(|&group| known.groups[group]).collect();
            let cell = record.get(at).unwrap_or_default().trim();
            troubles.push((at, no_work(cell, known.contracts[person.contract], &theirs)));
        }
    }
    (person, troubles)
}

/// Where each kind of column stands.
fn columns(name: &str, heads: &StringRecord) -> Result<BTreeMap<Column, usize>, Trouble> {
    let mut found: BTreeMap<Column, usize> = BTreeMap::new();
    for (at, heading) in heads.iter().enumerate() {
        let word = reduced(heading);
        let Some((_, column)) = NAMES.iter().find(|(known, _)| *known == word) else { continue };
        if let Some(before) = found.insert(*column, at) {
            return Err(two_columns(name, &heads[before], heading));
        }
    }
    if found.contains_key(&Column::Agent) {
        return Ok(found);
    }
    Err(missing(name, "agent", &super::headings(&heads.iter().collect::<Vec<_>>())))
}

impl PersonRow {
    /// Takes what a cell says; `names` are those of the people above.
    fn take(
        &mut self,
        column: Column,
        cell: &str,
        known: &Known<'_>,
        names: &mut BTreeSet<String>,
    ) -> Result<(), Trouble> {
        match column {
            Column::Agent if cell.is_empty() => return Err(empty("agent", "name the person")),
            Column::Agent if is_open(cell) => return Err(reserved(cell)),
            Column::Agent if !names.insert(cell.to_owned()) => return Err(twice(cell)),
            Column::Agent => cell.clone_into(&mut self.name),
            Column::Contract => self.contract = contract(cell, &known.contracts)?,
            Column::Groups if !cell.is_empty() => self.groups = Some(named(cell, &known.groups, "group")?),
            Column::Available if !cell.is_empty() => self.available = Some(available(cell, known)?),
            Column::Away => self.away = dates(cell, known)?,
            Column::Off => self.off = dates(cell, known)?,
            Column::Wishes => self.wishes = named(cell, &known.shifts, "shift")?,
            Column::Before if !cell.is_empty() => self.unpopular_before = hours(cell)?,
            Column::Groups | Column::Available | Column::Before => {}
        }
        Ok(())
    }
}

/// Whether it is the name that an open shift has in a roster: `open 1`.
fn is_open(name: &str) -> bool {
    name.strip_prefix("open ").is_some_and(|number| number.bytes().all(|c| c.is_ascii_digit()))
}

fn contract(cell: &str, known: &[&str]) -> Result<usize, Trouble> {
    if let ("", [_]) = (cell, known) {
        return Ok(0);
    }
    known.iter().position(|name| *name == cell).ok_or_else(|| no_contract(cell, known))
}

/// What is parted by `+`.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['+', '|', ';', ',']).map(str::trim).filter(|part| !part.is_empty())
}

/// Names as positions, none twice.
fn named(cell: &str, known: &[&str], kind: &str) -> Result<Vec<usize>, Trouble> {
    let mut found = Vec::new();
    for part in parts(cell) {
        let at = known.iter().position(|name| *name == part).ok_or_else(|| no_name(part, known, kind))?;
        if !found.contains(&at) {
            found.push(at);
        }
    }
    Ok(found)
}

/// `mon-fri 08:00-18:00`.
fn available(cell: &str, known: &Known<'_>) -> Result<Vec<Hours>, Trouble> {
    parts(cell)
        .map(|part| {
            let hours = entry(part).ok_or_else(|| no_hours(part))?;
            let can_be_told = known.first.is_some() || hours.weekdays == [true; 7];
            if can_be_told { Ok(hours) } else { Err(no_weekdays(part)) }
        })
        .collect()
}

fn entry(text: &str) -> Option<Hours> {
    let (mut weekdays, mut hours) = ([false; 7], None);
    for word in text.split_whitespace() {
        if hours.is_some() {
            return None;
        }
        if word.contains(':') {
            hours = Some(hours_range(word).ok()?);
            continue;
        }
        let (first, last) = word.split_once(['-', '–']).unwrap_or((word, word));
        let weekday = |name: &str| WEEKDAYS.iter().position(|known| known.eq_ignore_ascii_case(name));
        let (first, last) = (weekday(first)?, weekday(last)?);
        let long = (last + 7 - first) % 7;
        (first..=first + long).for_each(|day| weekdays[day % 7] = true);
    }
    if weekdays == [false; 7] {
        weekdays = [true; 7];
    }
    Some(Hours { weekdays, hours })
}

/// Days of the run; those outside it are left out.
fn dates(cell: &str, known: &Known<'_>) -> Result<Vec<usize>, Trouble> {
    let mut days = Vec::new();
    for part in cell.split(|c: char| "+|;,".contains(c) || c.is_whitespace()).filter(|part| !part.is_empty())
    {
        let (first, last) = part.split_once("..").unwrap_or((part, part));
        let day = |text: &str| day(text.trim(), known.first);
        let (first, last) = day(first).zip(day(last)).ok_or_else(|| no_date(part, known.first.is_some()))?;
        if last < first {
            return Err(backwards(part));
        }
        days.extend((first.max(0)..=last.min(known.days as i64 - 1)).map(|day| day as usize));
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// A date, or the number of a day where days have no dates, as a day of the run from 0.
fn day(text: &str, first: Option<Date>) -> Option<i64> {
    match first {
        Some(first) => {
            let date: Date = text.parse().ok()?;
            // "2026-11-23T08:00" parses as a date too, and "20261123" is what nobody means.
            let plain = text.len() == 10;
            plain.then(|| first.until(date).ok().map(|span| i64::from(span.get_days())))?
        }
        None => text.parse::<i64>().ok().filter(|n| (1..=10_000).contains(n)).map(|n| n - 1),
    }
}

/// A number of hours, or `12h 30m`.
fn hours(cell: &str) -> Result<f64, Trouble> {
    let (hours, minutes) = match cell.split_once('h') {
        Some((hours, rest)) => (hours, rest.trim().strip_suffix('m').unwrap_or(rest.trim())),
        None => (cell, ""),
    };
    let number = |text: &str| if text.is_empty() { Some(0.0) } else { text.parse::<f64>().ok() };
    let read =
        number(hours.trim()).zip(number(minutes.trim())).map(|(hours, minutes)| hours + minutes / 60.0);
    let says = cell.contains(|c: char| c.is_ascii_digit());
    read.filter(|hours| says && (0.0..=MOST_HOURS).contains(hours)).ok_or_else(|| no_number(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_weekdays_as_people_write_them() {
        let on = |days: &[usize]| {
            let mut all = [false; 7];
            for &day in days {
                all[day] = true;
            }
            all
        };
        let is = |text, weekdays, hours| assert_eq!(entry(text), Some(Hours { weekdays, hours }), "{text}");
        is("mon-fri 08:00-18:00", on(&[0, 1, 2, 3, 4]), Some((480, 1080)));
        is("sat", on(&[5]), None);
        is("Fri-Mon", on(&[4, 5, 6, 0]), None);
        is("mon wed 22:00-06:00", on(&[0, 2]), Some((1320, 1800)));
        is("08:00-12:00", [true; 7], Some((480, 720)));
        for bad in ["monday", "mon 8-12", "08:00-12:00 mon", "mon 25:00-26:00", "mon-"] {
            assert_eq!(entry(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_are_dates_or_numbers_and_those_outside_the_run_are_nothing() {
        let first = Some(Date::constant(2026, 11, 23));
        let known = |first| Known {
            contracts: vec![],
            work: vec![],
            groups: vec![],
            shifts: vec![],
            first,
            days: 7,
            most: 9,
        };
        let read = |text| dates(text, &known(first)).map_err(|fault| fault.title);
        assert_eq!(read("2026-11-25 + 2026-11-28..2026-12-24"), Ok(vec![2, 5, 6]));
        assert_eq!(read("2026-11-01, 2026-11-23"), Ok(vec![0]));
        assert_eq!(dates("3 5..6", &known(None)).ok(), Some(vec![2, 4, 5]));
        for bad in ["25.11.2026", "2026-11-31", "3", "2026-11-25..2026-11-24", "20261125"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert!(dates("0", &known(None)).is_err());
    }

    #[test]
    fn hours_as_numbers_or_with_units() {
        for (text, expected) in [("12.5", 12.5), ("12h 30m", 12.5), ("3h", 3.0), ("0", 0.0)] {
            assert_eq!(hours(text), Ok(expected), "{text}");
        }
        for bad in ["-1", "many", "1e9", "NaN", "h30x", "h", "hm"] {
            assert!(hours(bad).is_err(), "{bad}");
        }
    }
}
