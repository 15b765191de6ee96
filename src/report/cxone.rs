//! `cxone-schedule.csv`: a roster as CXone's schedule import takes it, as far as that is published.
//!
//! Published (help.nicecxone.com, "Importing Schedule via CSV"): user name in lower case, start and end of the shift as
//! `mm/dd/yyyy hh:mm:ss`, the offset from UTC as `UTC+05:30`, the name of a base activity, all five required; no commas in any cell.
//! How activities inside a shift are to be named is not, so breaks are left out; [`breaks`] says how many, for CXone's own
//! break rules or a planner to put in.

use super::writers::Unwritable;
use crate::model::{Model, Roster, Shift};
use jiff::Span;
use jiff::civil::{Date, date};

/// The file.
pub const FILE: &str = "cxone-schedule.csv";
/// The required columns, with the headings of the template.
const HEADER: [&str; 5] = [
    "Username",
    "Shift Start Date and Time",
    "Shift End Date and Time",
    "Local Time Zone",
    "Base Activity Name",
];
/// The base activity of a shift without a name.
const OPEN: &str = "open";

/// Makes sure that there are dates, a time zone and cells without commas.
pub fn check(model: &Model, rosters: &[Option<Roster>]) -> Result<(), Unwritable> {
    let wrong = |reason: String, mend: &str| Err(Unwritable { reason, mend: mend.to_owned() });
    if model.calendar.start.is_none() {
        let reason = format!("{FILE} needs dates, and the scenario's days have none");
        return wrong(reason, "say when it starts: --set calendar.start=2026-11-23");
    }
    if model.calendar.timezone.is_none() {
        let reason = format!("{FILE} needs the offset from UTC, and the scenario names no time zone");
        return wrong(reason, "say where it is: --set calendar.timezone=Europe/Berlin");
    }
    let odd = |text: &&str| text.contains([',', '"', '\n', '\r']);
    let names =
        shifts(rosters).flat_map(|shift| [shift.person.as_str(), shift.name.as_deref().unwrap_or(OPEN)]);
    match names.into_iter().find(odd) {
        Some(name) => wrong(
            format!("CXone takes no commas and no quotes, and \"{name}\" has one"),
            "rename it in the roster",
        ),
        None => Ok(()),
    }
}

/// A row for each shift, in the order of the rosters.
pub fn schedule(model: &Model, rosters: &[Option<Roster>]) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = super::csv::writer();
    out.write_record(HEADER)?;
    for shift in shifts(rosters) {
        if let Some(row) = model.calendar.start.and_then(|first| row(first, shift)) {
            out.write_record(row)?;
        }
    }
    super::csv::finished(out)
}

/// How many breaks the file leaves out.
pub fn breaks(rosters: &[Option<Roster>]) -> usize {
    shifts(rosters).map(|shift| shift.breaks.len()).sum()
}

fn shifts(rosters: &[Option<Roster>]) -> impl Iterator<Item = &Shift> {
    rosters.iter().flatten().flat_map(|roster| &roster.shifts)
}

/// Both ends by the offset of the shift's start, also on the night the clocks change.
fn row(first: Date, shift: &Shift) -> Option<[String; 5]> {
    let midnight = i64::from(first.since(date(1970, 1, 1)).ok()?.get_days()) * 24 * 60;
    let offset = midnight + shift.span.from - shift.real.from;
    let text = |real: i64| {
        let moment =
            first.at(0, 0, 0, 0).checked_add(Span::new().try_minutes(real + offset - midnight).ok()?);
        Some(moment.ok()?.strftime("%m/%d/%Y %H:%M:%S").to_string())
    };
    let sign = if offset < 0 { '-' } else { '+' };
    let zone = format!("UTC{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60);
    let activity = shift.name.as_deref().filter(|name| !name.is_empty()).unwrap_or(OPEN);
    Some([
        shift.person.to_lowercase(),
        text(shift.real.from)?,
        text(shift.real.to)?,
        zone,
        activity.to_owned(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stretch;
    use crate::report::fixture::{self, Size};

    fn shift(person: &str, wall: (i64, i64), real: (i64, i64)) -> Shift {
        let (from, to) = wall;
        Shift {
            person: person.to_owned(),
            name: None,
            span: Stretch { from, to },
            breaks: vec![Stretch { from: from + 60, to: from + 90 }],
            real: Stretch { from: real.0, to: real.1 },
            line: 2,
        }
    }

    /// Ten hours on the clock that are eleven: the night of 25 October 2026 in Berlin.
    #[test]
    fn the_night_the_clocks_go_back_is_as_long_as_it_is() {
        let first = date(2026, 10, 24);
        let utc = i64::from(first.since(date(1970, 1, 1)).unwrap().get_days()) * 1440 + 20 * 60;
        let row = row(first, &shift("Ann", (22 * 60, 32 * 60), (utc, utc + 11 * 60))).unwrap();
        assert_eq!(row, ["ann", "10/24/2026 22:00:00", "10/25/2026 09:00:00", "UTC+02:00", "open"]);
    }

    #[test]
    fn what_it_needs_is_asked_for_before_anything_is_done() {
        let undated = fixture::model(Size { days: 1, minutes: 60, open: (9, 12), dated: false });
        let mut dated = fixture::model(Size { days: 1, minutes: 60, open: (9, 12), dated: true });
        let roster = |name: &str| {
            vec![Some(Roster { file: String::new(), shifts: vec![shift(name, (0, 1), (0, 1))] })]
        };
        let said = |model: &Model, name: &str| check(model, &roster(name)).unwrap_err().reason;
        assert_eq!(
            said(&undated, "Ann"),
            "cxone-schedule.csv needs dates, and the scenario's days have none"
        );
        let zone = "cxone-schedule.csv needs the offset from UTC, and the scenario names no time zone";
        assert_eq!(said(&dated, "Ann"), zone);
        dated.calendar.timezone = Some("Europe/Berlin".into());
        assert_eq!(said(&dated, "Lee, Ann"), "CXone takes no commas and no quotes, and \"Lee, Ann\" has one");
        assert!(check(&dated, &roster("Ann")).is_ok());
        assert_eq!(breaks(&roster("Ann")), 1);
    }
}
