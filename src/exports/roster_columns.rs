//! The columns of a roster, and by which headings they are known.
//!
//! Headings are compared by their letters and digits alone. The plain roster's own come first (`agent,group,shift,start,
//! end,break_start,break_end,break_start_2,…,timezone`), then those of a CXone schedule, in which every activity of a
//! shift is time away from contacts.

use super::field::reduced;
use crate::scenario::{Trouble, quoted};

/// What a column of a roster holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Person,
    Group,
    Shift,
    /// The date of a shift, where its times stand without.
    Date,
    /// The number of the day, where days have no dates.
    Day,
    Start,
    End,
    BreakStart,
    BreakEnd,
    Zone,
}

const NAMES: [(&str, Column); 47] = [
    ("agent", Column::Person),
    ("agentname", Column::Person),
    ("person", Column::Person),
    ("name", Column::Person),
    ("employee", Column::Person),
    ("employeename", Column::Person),
    ("username", Column::Person),
    ("group", Column::Group),
    ("groupname", Column::Group),
    ("team", Column::Group),
    ("skillset", Column::Group),
    ("shift", Column::Shift),
    ("shiftname", Column::Shift),
    ("baseactivityname", Column::Shift),
    ("date", Column::Date),
    ("shiftdate", Column::Date),
    ("day", Column::Day),
    ("start", Column::Start),
    ("starttime", Column::Start),
    ("shiftstart", Column::Start),
    ("shiftstarttime", Column::Start),
    ("shiftstartdateandtime", Column::Start),
    ("from", Column::Start),
    ("begin", Column::Start),
    ("end", Column::End),
    ("endtime", Column::End),
    ("shiftend", Column::End),
    ("shiftendtime", Column::End),
    ("shiftenddateandtime", Column::End),
    ("to", Column::End),
    ("breakstart", Column::BreakStart),
    ("breakstarttime", Column::BreakStart),
    ("lunchstart", Column::BreakStart),
    ("mealstart", Column::BreakStart),
    ("activitystart", Column::BreakStart),
    ("activitystarttime", Column::BreakStart),
    ("activitystartdateandtime", Column::BreakStart),
    ("breakend", Column::BreakEnd),
    ("breakendtime", Column::BreakEnd),
    ("lunchend", Column::BreakEnd),
    ("mealend", Column::BreakEnd),
    ("activityend", Column::BreakEnd),
    ("activityendtime", Column::BreakEnd),
    ("activityenddateandtime", Column::BreakEnd),
    ("timezone", Column::Zone),
    ("localtimezone", Column::Zone),
    ("tz", Column::Zone),
];

/// Where things stand in a row of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) person: usize,
    pub(super) group: Option<usize>,
    pub(super) shift: Option<usize>,
    pub(super) date: Option<usize>,
    pub(super) day: Option<usize>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) breaks: Vec<(usize, usize)>,
    pub(super) zone: Option<usize>,
    /// Whether it is CXone's schedule, which writes the month first.
    pub(super) month_first: bool,
}

/// A column by its heading: numbers in it, as in `break_start_2`, tell columns of one kind apart and say nothing else.
fn column(heading: &str) -> Option<Column> {
    let name: String = reduced(heading).chars().filter(|c| !c.is_ascii_digit()).collect();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
}

/// The number in a heading: 2 in `break_start_2`; 1 where there is none.
fn number(heading: &str) -> u32 {
    let digits: String = heading.chars().filter(char::is_ascii_digit).take(4).collect();
    digits.parse().unwrap_or(1)
}

impl Columns {
    /// From the first row of a file called `name`.
    pub(super) fn new(name: &str, first: &[&str]) -> Result<Self, Trouble> {
        let kinds: Vec<Option<Column>> = first.iter().map(|heading| column(heading)).collect();
        let all = |wanted: Column| -> Vec<usize> {
            (0..kinds.len()).filter(|&at| kinds[at] == Some(wanted)).collect()
        };
        let one = |wanted: Column| match all(wanted)[..] {
            [] => Ok(None),
            [at] => Ok(Some(at)),
            [a, b, ..] => Err(twice(name, first[a], first[b])),
        };
        let need = |wanted: Column, heading: &str| one(wanted)?.ok_or_else(|| missing(name, heading, first));
        let by_number = |wanted: Column| {
            let mut columns = all(wanted);
            columns.sort_by_key(|&at| (number(first[at]), at));
            columns
        };
        let (starts, ends) = (by_number(Column::BreakStart), by_number(Column::BreakEnd));
        if starts.len() != ends.len() {
            return Err(unpaired(name, starts.len(), ends.len()));
        }
        let heads: Vec<String> = first.iter().map(|heading| reduced(heading)).collect();
        Ok(Self {
            person: need(Column::Person, "agent")?,
            group: one(Column::Group)?,
            shift: one(Column::Shift)?,
            date: one(Column::Date)?,
            day: one(Column::Day)?,
            start: need(Column::Start, "start")?,
            end: need(Column::End, "end")?,
            breaks: starts.into_iter().zip(ends).collect(),
            zone: one(Column::Zone)?,
            month_first: heads.iter().any(|head| head == "baseactivityname" || head == "localtimezone"),
        })
    }
}

fn twice(name: &str, a: &str, b: &str) -> Trouble {
    let title = format!("{name}: `{}` and `{}` hold the same", quoted(a.trim()), quoted(b.trim()));
    Trouble::new(title, "which one?", "remove or rename one of the two")
}

fn missing(name: &str, heading: &str, first: &[&str]) -> Trouble {
    let title = format!("{name} has no column `{heading}`");
    let label = format!("its columns are {}", super::headings(first));
    Trouble::new(
        title,
        label,
        "a roster's first row is agent,group,shift,start,end,break_start,break_end,timezone",
    )
}

fn unpaired(name: &str, starts: usize, ends: usize) -> Trouble {
    let title = format!("{name}: breaks start in {starts} and end in {ends} columns");
    Trouble::new(title, "which belong together?", "every break_start needs its break_end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_whatever_their_order() {
        let plain = "timezone,end,start,agent,break_end_2,break_start,break_start_2,break_end,Group";
        let first: Vec<&str> = plain.split(',').collect();
        let found = Columns::new("r.csv", &first).unwrap();
        assert_eq!((found.person, found.start, found.end, found.zone), (3, 2, 1, Some(0)));
        assert_eq!((found.group, found.shift, found.month_first), (Some(8), None, false));
        assert_eq!(found.breaks, [(5, 7), (6, 4)]);
    }
}
