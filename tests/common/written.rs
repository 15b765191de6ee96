//! The roster as it is written, read back by nothing of ours: rows of a CSV file, times as hours since the first midnight.
#![allow(unreachable_pub)] // a test binary of its own uses it

use headcount::model::Model;
use headcount::shifts::{Answer, Schedule, Tours};
use jiff::civil::DateTime;

/// A row of `roster.csv` of a run in hours that starts on 2026-11-23, a Monday.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub agent: String,
    pub group: String,
    pub shift: String,
    pub from: i64,
    pub to: i64,
    /// From when to when, in order.
    pub breaks: Vec<(i64, i64)>,
}

impl Written {
    /// The day on which it begins, from 0.
    pub fn day(&self) -> i64 {
        self.from.div_euclid(24)
    }

    /// The hours at work.
    pub fn works(&self) -> Vec<i64> {
        let rests = |hour: &i64| self.breaks.iter().any(|(from, to)| (from..to).contains(&hour));
        (self.from..self.to).filter(|hour| !rests(hour)).collect()
    }
}

/// What the report writes of these shifts, and of whoever works them.
pub fn written(model: &Model, schedule: &Schedule, tours: Option<&Tours>) -> Vec<Written> {
    let mut answer = Answer::covered(model, schedule.clone(), None, 2);
    answer.tours = tours.cloned();
    let bytes = headcount::report::shifts::csv(model, &answer).expect("it can be written");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|row| row.expect("a whole row"));
    rows.map(|row| one(&header, &row)).collect()
}

fn one(header: &csv::StringRecord, row: &csv::StringRecord) -> Written {
    let at = |name: &str| header.iter().position(|cell| cell == name).map(|k| row[k].to_owned());
    let cell = |name: &str| at(name).unwrap_or_else(|| panic!("no column {name}"));
    let pause = |k: usize| {
        let number = if k == 1 { String::new() } else { format!("_{k}") };
        let both = (at(&format!("break_start{number}"))?, at(&format!("break_end{number}"))?);
        (!both.0.is_empty()).then(|| (hour(&both.0), hour(&both.1)))
    };
    Written {
        agent: cell("agent"),
        group: cell("group"),
        shift: cell("shift"),
        from: hour(&cell("start")),
        to: hour(&cell("end")),
        breaks: (1..4).map_while(pause).collect(),
    }
}

/// `2026-11-24 06:00` is hour 30.
fn hour(text: &str) -> i64 {
    let at: DateTime = text.replace(' ', "T").parse().unwrap_or_else(|_| panic!("no moment: {text}"));
    let since = at.duration_since(DateTime::constant(2026, 11, 23, 0, 0, 0, 0));
    assert_eq!(since.as_secs() % 3600, 0, "{text}");
    since.as_hours()
}
