//! The people who work the shifts: those known by name, or as many of each contract as there are, numbered.

use super::clock::DAY;
use crate::model::{Contract, Member, Model, Stretch};
use std::ops::Range;

/// Days of a week.
pub(super) const WEEK: usize = 7;

/// Somebody who can be given shifts.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Who it is; those who are not known by name have contract and number instead: `full-time 3`.
    pub who: Member,
    /// Whether there is such a person for certain; else one whom the contract may have besides.
    pub is_certain: bool,
}

/// Everybody: by name in the order of the file, else by contract and number.
pub fn crew(model: &Model) -> Vec<Person> {
    let shifts = &model.shifts;
    if !shifts.crew.is_empty() {
        return shifts.crew.iter().map(|member| named(member, &shifts.contracts[member.contract])).collect();
    }
    let of = |(c, contract): (usize, &Contract)| {
        let person = |k: u32| numbered(c, contract, k);
        (0..contract.people.1).map(person).collect::<Vec<_>>()
    };
    shifts.contracts.iter().enumerate().flat_map(of).collect()
}

fn named(member: &Member, contract: &Contract) -> Person {
    let mut who = member.clone();
    who.groups.retain(|group| contract.groups.contains(group));
    Person { who, is_certain: true }
}

fn numbered(c: usize, contract: &Contract, k: u32) -> Person {
    let who = Member {
        name: format!("{} {}", contract.name, k + 1),
        contract: c,
        groups: contract.groups.clone(),
        available: None,
        away: Vec::new(),
        off: Vec::new(),
        wishes: Vec::new(),
        unpopular_before: 0.0,
    };
    Person { who, is_certain: k < contract.people.0 }
}

impl Person {
    /// Whether the person could begin a shift on a day, whatever the shift.
    pub(super) fn is_there(&self, contract: &Contract, day: usize) -> bool {
        let today = Stretch { from: day as i64 * DAY, to: (day as i64 + 1) * DAY };
        let free = |stretches: &Vec<Stretch>| stretches.iter().any(|one| one.common(today).minutes() > 0);
        contract.days.contains(&day)
            && !self.who.away.contains(&day)
            && self.who.available.as_ref().is_none_or(free)
    }

    /// Least and most paid hours of the person's week. A day away on which the contract has work takes its share of the
    /// days of a week off the least; a week that the run does not hold whole has no least.
    pub fn week_hours(&self, contract: &Contract, week: &Range<usize>) -> Option<(f64, f64)> {
        let (least, most) = contract.hours_a_week?;
        let has_work = |day: &&usize| week.contains(day) && contract.days.contains(day);
        let away = self.who.away.iter().filter(has_work).count() as f64;
        let share = (1.0 - away / f64::from(contract.days_a_week)).max(0.0);
        Some((if week.len() == WEEK { least * share } else { 0.0 }, most))
    }
}

/// The weeks of a run, counted from its first day; the last may be shorter.
///
/// ```
/// use headcount::shifts::crew::weeks;
/// assert_eq!(weeks(10), [0..7, 7..10]);
/// ```
pub fn weeks(days: usize) -> Vec<Range<usize>> {
    (0..days).step_by(WEEK).map(|first| first..(first + WEEK).min(days)).collect()
}

/// Whether a person's last day is followed by the first: the run comes again and is a week at least. A single day that
/// comes again is worked by others tomorrow.
pub fn comes_round(model: &Model) -> bool {
    model.shifts.repeats && model.grid().days >= WEEK
}
