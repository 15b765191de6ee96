//! A roster: named people, each with shifts and breaks; and how many of them are at work in each interval.
//!
//! Times are whole minutes on the clock on the wall since midnight of the run's first day, so that a run's intervals and
//! a roster's hours are read off the same clock; before that midnight they are negative. How long a rest or a shift
//! really is, when the clocks change, is in [`Shift::real`].

use super::{Grid, Opening, Series};
use std::collections::BTreeMap;

/// A stretch of time in minutes: `from` belongs to it, `to` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// Its first minute.
    pub from: i64,
    /// One past its last.
    pub to: i64,
}

impl Stretch {
    /// How many minutes it has; none where it ends before it starts.
    pub fn minutes(self) -> i64 {
        (self.to - self.from).max(0)
    }

    /// What it has in common with another one.
    ///
    /// ```
    /// use headcount::model::Stretch;
    /// let (a, b) = (Stretch { from: 0, to: 60 }, Stretch { from: 45, to: 90 });
    /// assert_eq!(a.common(b).minutes(), 15);
    /// ```
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }

    /// The same `by` minutes later.
    #[must_use]
    pub fn moved(self, by: i64) -> Self {
        Self { from: self.from + by, to: self.to + by }
    }
}

/// One person's shift: a row of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Whose it is.
    pub person: String,
    /// What the roster calls it, where it does.
    pub name: Option<String>,
    /// From its start to its end, breaks included.
    pub span: Stretch,
    /// Breaks, in order of time.
    pub breaks: Vec<Stretch>,
    /// Start and end by a clock that is never changed (minutes of UTC where the time zone is known, else as `span`).
    pub real: Stretch,
    /// Its line in the file.
    pub line: usize,
}

impl Shift {
    /// The stretches at work, in order: the shift less its breaks. Of a break only what lies inside the shift counts.
    pub fn at_work(&self) -> Vec<Stretch> {
        let mut pieces = Vec::with_capacity(self.breaks.len() + 1);
        let mut since = self.span.from;
        for pause in self.breaks.iter().map(|pause| pause.common(self.span)).filter(|p| p.minutes() > 0) {
            pieces.push(Stretch { from: since, to: pause.from });
            since = since.max(pause.to);
        }
        pieces.push(Stretch { from: since, to: self.span.to });
        pieces.retain(|piece| piece.minutes() > 0);
        pieces
    }

    /// The shift with everything in it `by` minutes later.
    #[must_use]
    pub fn moved(&self, by: i64) -> Self {
        let breaks = self.breaks.iter().map(|pause| pause.moved(by)).collect();
        Self { span: self.span.moved(by), real: self.real.moved(by), breaks, ..self.clone() }
    }
}

/// The people of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The file it was read from, as it was named.
    pub file: String,
    /// Every shift, in the order of the file.
    pub shifts: Vec<Shift>,
}

/// How many people a roster puts to work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// At work in each interval of the run, after shrinkage.
    pub at_work: Vec<u32>,
    /// On the roster and not on a break.
    pub rostered: Vec<u32>,
}

impl Roster {
    /// Everybody's stretches at work. A person whose shifts overlap is at work once.
    pub fn at_work(&self) -> Vec<Stretch> {
        let mut people: BTreeMap<&str, Vec<Stretch>> = BTreeMap::new();
        for shift in &self.shifts {
            people.entry(&shift.person).or_default().extend(shift.at_work());
        }
        people.into_values().flat_map(joined).collect()
    }

    /// Minutes that people are at work in each interval of a run, all together.
    pub fn minutes(&self, grid: &Grid) -> Vec<i64> {
        let length = grid.interval_minutes();
        let mut minutes = vec![0; grid.intervals()];
        let run = Stretch { from: 0, to: length * grid.intervals() as i64 };
        for piece in self.at_work().into_iter().map(|piece| piece.common(run)) {
            for i in piece.from / length..(piece.to + length - 1) / length {
                let interval = Stretch { from: i * length, to: (i + 1) * length };
                minutes[i as usize] += piece.common(interval).minutes();
            }
        }
        minutes
    }

    /// People in each interval of a run. Who is there for a part of an interval counts by that part: what rounding to
    /// whole people takes from one interval it gives to the next, so that no time is lost. Where every start, end and
    /// break lies on a boundary nothing is rounded.
    pub fn people(&self, grid: &Grid) -> Vec<u32> {
        let length = grid.interval_minutes();
        let mut before = 0_i64;
        let whole = |minutes: i64| (2 * minutes + length).div_euclid(2 * length);
        let counted = |minutes: i64| {
            let after = before + minutes;
            let people = whole(after) - whole(before);
            before = after;
            people as u32
        };
        self.minutes(grid).into_iter().map(counted).collect()
    }

    /// People at work while the group is open: those of [`Self::people`], less `shrinkage`, to the nearest.
    pub fn counted(&self, grid: &Grid, opening: &Opening, shrinkage: &Series<f64>) -> Counted {
        let people = self.people(grid);
        let mut rostered = vec![0; grid.intervals()];
        opening.intervals().for_each(|i| rostered[i] = people[i]);
        let left = |(i, &people): (usize, &u32)| (f64::from(people) * (1.0 - shrinkage.at(i))).round() as u32;
        Counted { at_work: rostered.iter().enumerate().map(left).collect(), rostered }
    }

    /// Instants at which somebody comes or goes inside the run, in minutes, that lie on no boundary of its intervals.
    pub fn off_boundary(&self, grid: &Grid) -> Vec<i64> {
        let length = grid.interval_minutes();
        let run = length * grid.intervals() as i64;
        let ends = self.at_work().into_iter().flat_map(|piece| [piece.from, piece.to]);
        ends.filter(|at| (0..run).contains(at) && at % length != 0).collect()
    }
}

/// Stretches in order of time, those that overlap or touch made one.
pub(crate) fn joined(mut pieces: Vec<Stretch>) -> Vec<Stretch> {
    pieces.sort_unstable();
    let mut whole: Vec<Stretch> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match whole.last_mut() {
            Some(last) if piece.from <= last.to => last.to = last.to.max(piece.to),
            _ => whole.push(piece),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Micros;
    use proptest::prelude::*;

    fn grid(minutes: u64, days: usize) -> Grid {
        let per_day = (1440 / minutes) as usize;
        Grid { lead: Micros::ZERO, interval: Micros::from_mins(minutes), per_day, days }
    }

    fn shift(person: &str, from: i64, to: i64, breaks: &[(i64, i64)]) -> Shift {
        let span = Stretch { from, to };
        let breaks = breaks.iter().map(|&(from, to)| Stretch { from, to }).collect();
        Shift { person: person.to_owned(), name: None, span, breaks, real: span, line: 2 }
    }

    fn roster(shifts: Vec<Shift>) -> Roster {
        Roster { file: "roster.csv".to_owned(), shifts }
    }

    #[test]
    fn breaks_leave_the_stretches_around_them() {
        let day = shift("Ann", 480, 960, &[(600, 615), (720, 750), (950, 990)]);
        let pieces = [(480, 600), (615, 720), (750, 950)].map(|(from, to)| Stretch { from, to });
        assert_eq!(day.at_work(), pieces);
        assert_eq!(shift("Ann", 480, 960, &[(400, 480), (960, 990)]).at_work().len(), 1);
    }

    #[test]
    fn a_night_shift_is_at_work_on_both_days_and_what_lies_outside_the_run_is_not() {
        let people = roster(vec![shift("Bo", 22 * 60, 30 * 60, &[(25 * 60, 26 * 60)])]).people(&grid(60, 2));
        let at = |hours: &[usize]| (0..48).map(|i| u32::from(hours.contains(&i))).collect::<Vec<_>>();
        assert_eq!(people, at(&[22, 23, 24, 26, 27, 28, 29]));
        let before = roster(vec![shift("Bo", -120, 60, &[]), shift("Cy", 46 * 60, 50 * 60, &[])]);
        assert_eq!(before.people(&grid(60, 2)), at(&[0, 46, 47]));
    }

    #[test]
    fn whoever_stands_on_the_roster_twice_at_once_is_one_person() {
        let twice = roster(vec![shift("Ann", 0, 120, &[]), shift("Ann", 60, 180, &[])]);
        assert_eq!(twice.people(&grid(60, 1))[..4], [1, 1, 1, 0]);
    }

    #[test]
    fn a_quarter_of_an_hour_counts_as_half_of_half_an_hour() {
        // Twenty people, each in turn a quarter of an hour on break: 19.5 on average, never 20 throughout.
        let all: Vec<Shift> = (0..20)
            .map(|k| shift(&format!("P{k}"), 0, 600, &[(i64::from(k) * 30, i64::from(k) * 30 + 15)]))
            .collect();
        let people = roster(all).people(&grid(30, 1));
        assert_eq!(people[..4], [20, 19, 20, 19]);
        assert_eq!(people[..20].iter().sum::<u32>(), 390);
    }

    proptest! {
        /// People counted over a run are the sum over the rows, to half a person in one interval.
        #[test]
        fn no_time_is_lost(
            shifts in prop::collection::vec((-600_i64..3000, 1_i64..900, prop::collection::vec((0_i64..900, 1_i64..60), 0..4)), 0..30),
            length in prop::sample::select(vec![5_u64, 15, 30, 60]),
        ) {
            let rows: Vec<Shift> = shifts.iter().enumerate().map(|(k, (from, long, breaks))| {
                let mut breaks: Vec<_> = breaks.iter().map(|(at, b)| (from + at, from + at + b)).collect();
                breaks.sort_unstable();
                shift(&format!("P{k}"), *from, from + long, &breaks)
            }).collect();
            let grid = grid(length, 2);
            let run = Stretch { from: 0, to: 2 * 1440 };
            // Minute by minute, by another way of counting.
            let on = |row: &Shift, t: i64| row.span.from <= t && t < row.span.to
                && !row.breaks.iter().any(|b| b.from <= t && t < b.to);
            let expected: i64 = (run.from..run.to).map(|t| rows.iter().filter(|row| on(row, t)).count() as i64).sum();
            let roster = roster(rows);
            prop_assert_eq!(roster.minutes(&grid).iter().sum::<i64>(), expected);
            let people: i64 = roster.people(&grid).iter().map(|&n| i64::from(n)).sum();
            let length = length as i64;
            prop_assert!((2 * (people * length - expected)).abs() <= length);
            for (i, (&people, &minutes)) in roster.people(&grid).iter().zip(&roster.minutes(&grid)).enumerate() {
                prop_assert!((i64::from(people) * length - minutes).abs() < length, "interval {}", i);
            }
        }
    }
}
