//! Contracts: kinds of people and what their weeks must keep; and the people themselves where they are known by name.
//! The engine knows nothing of them.

use super::{GroupId, Stretch};

/// A kind of people, such as full time. Weeks are counted from the first day of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Its name.
    pub name: String,
    /// The groups whose work its people do.
    pub groups: Vec<GroupId>,
    /// The shifts that they work: positions of templates.
    pub shifts: Vec<usize>,
    /// The days of the run, from 0, on which they may begin a shift.
    pub days: Vec<usize>,
    /// Fewest and most people.
    pub people: (u32, u32),
    /// Paid hours of a shift, least and most; nothing: any.
    pub hours_a_day: Option<(f64, f64)>,
    /// Paid hours of a week, least and most; nothing: any.
    pub hours_a_week: Option<(f64, f64)>,
    /// Most days of a week.
    pub days_a_week: u32,
    /// Most days in a row.
    pub days_in_a_row: u32,
    /// In every week so many days off in a row at least; 0 or 1: nothing is asked.
    pub days_off_in_a_row: u32,
    /// Least rest between two shifts, minutes.
    pub rest: i64,
}

/// Somebody known by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name.
    pub name: String,
    /// Position of the contract.
    pub contract: usize,
    /// The groups whose work this person does.
    pub groups: Vec<GroupId>,
    /// When the person can work, minutes on the wall since midnight of the first day, in order and apart; nothing: always.
    pub available: Option<Vec<Stretch>>,
    /// Days of the run on which the person is not there.
    pub away: Vec<usize>,
    /// Days of the run asked for as days off.
    pub off: Vec<usize>,
    /// Shifts wished for: positions of templates.
    pub wishes: Vec<usize>,
    /// Unpopular hours worked before the run.
    pub unpopular_before: f64,
}

impl Contract {
    /// Whether its people may work a shift of this template for this group that starts on `day` and pays so many hours.
    pub fn allows(&self, template: usize, group: GroupId, day: usize, paid_hours: f64) -> bool {
        let fits = |(least, most): (f64, f64)| (least - CLOSE..=most + CLOSE).contains(&paid_hours);
        self.shifts.contains(&template)
            && self.groups.contains(&group)
            && self.days.contains(&day)
            && self.hours_a_day.is_none_or(fits)
    }
}

/// Hours as they are read, with two decimals at most: `37.5h`.
///
/// ```
/// use headcount::model::hours_shown;
/// assert_eq!([hours_shown(223.0 / 6.0), hours_shown(37.5), hours_shown(40.0)], ["37.17h", "37.5h", "40h"]);
/// ```
pub fn hours_shown(hours: f64) -> String {
    format!("{}h", (hours * 100.0).round() / 100.0)
}

/// Two numbers of hours nearer than this are one.
const CLOSE: f64 = 1e-6;
