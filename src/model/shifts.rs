//! Shifts that people may work: what a schedule is built from. The engine knows nothing of them.

use super::{Contract, GroupId, Member};

/// Shifts and the rules of a schedule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shifts {
    /// The shifts there are, in file order; empty: none were written.
    pub templates: Vec<Template>,
    /// Whether the run comes again and again: a shift past its last midnight covers its first morning.
    pub repeats: bool,
    /// Most people at work at once, all groups; those on a break do not count.
    pub seats: Option<u32>,
    /// Most people on a day, all groups.
    pub people: Option<u32>,
    /// The kinds of people there are, in file order; empty: shifts are chosen without asking who works them.
    pub contracts: Vec<Contract>,
    /// The people by name, in the order of their file; empty: people are numbered.
    pub crew: Vec<Member>,
}

/// One kind of shift. Lengths and positions are in intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// The groups whose people may work it.
    pub groups: Vec<GroupId>,
    /// The days of the run, from 0, on which it may start.
    pub days: Vec<usize>,
    /// When it may start: intervals of the day, ascending.
    pub starts: Vec<usize>,
    /// How long it may be, from start to end, breaks included; ascending.
    pub lengths: Vec<usize>,
    /// Its breaks, in the order in which they are taken.
    pub breaks: Vec<Break>,
    /// Fewest people who work it on each of its days.
    pub at_least: u32,
    /// Most people who work it on each of its days.
    pub at_most: Option<u32>,
    /// Paid hours besides, such as for logging in or for travel.
    pub extra_hours: f64,
    /// Hours of the day that cost more.
    pub premiums: Vec<Premium>,
}

/// A break and where it may lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// How long it is, in intervals.
    pub length: usize,
    /// Earliest and latest start after the shift's start, in intervals.
    pub after: Option<(usize, usize)>,
    /// Hours of the day inside which it lies: first interval and one past the last; the end may lie on the next day.
    pub between: Option<(usize, usize)>,
    /// Whether it is paid.
    pub paid: bool,
}

/// Hours of the day that cost more.
#[derive(Clone, Debug, PartialEq)]
pub struct Premium {
    /// First interval of the day and one past the last; the end may lie on the next day.
    pub hours: (usize, usize),
    /// By how much more: 0.25 is a quarter.
    pub share: f64,
}

/// Whether an interval of the day lies in hours that may run through midnight.
pub fn lies_in(hours: (usize, usize), of_day: usize, per_day: usize) -> bool {
    let (from, to) = hours;
    (from..to).contains(&of_day) || (from..to).contains(&(of_day + per_day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nights_run_through_midnight() {
        let night = (44, 60);
        assert_eq!(
            [43, 44, 47, 0, 11, 12].map(|i| lies_in(night, i, 48)),
            [false, true, true, true, true, false]
        );
    }
}
