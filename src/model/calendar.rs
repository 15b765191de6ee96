//! Days, intervals and opening hours: the time axis on which everything else is written down.
//!
//! A run is `days` × 24 hours cut into equal intervals, numbered from 0 at midnight of the first day. The engine's
//! clock starts `lead` earlier, so that a run-in (`start = "steady"`) has room before the first opening.

use crate::units::Micros;

/// The time axis: how the run is cut into intervals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Engine time at midnight of the first day; zero unless the run starts steady.
    pub lead: Micros,
    /// Length of an interval: 5, 15, 30 or 60 minutes.
    pub interval: Micros,
    /// Intervals in a day: 24 h / `interval`.
    pub per_day: usize,
    /// Days in the run.
    pub days: usize,
}

impl Grid {
    /// How many intervals the run has.
    pub fn intervals(&self) -> usize {
        self.per_day * self.days
    }

    /// Engine time at which interval `i` starts (`i` may be one past the last: the end of the run).
    pub fn start_of(&self, i: usize) -> Micros {
        Micros(self.lead.0 + self.interval.0 * i as u64)
    }

    /// The interval that contains engine time `t`, or `None` before midnight of the first day or after the last day.
    pub fn interval_at(&self, t: Micros) -> Option<usize> {
        let i = (t.0.checked_sub(self.lead.0)? / self.interval.0) as usize;
        (i < self.intervals()).then_some(i)
    }

    /// Engine time of the last midnight.
    pub fn end(&self) -> Micros {
        self.start_of(self.intervals())
    }

    /// The day, from 0, that interval `i` belongs to.
    pub fn day_of(&self, i: usize) -> usize {
        i / self.per_day
    }

    /// Length of an interval, minutes.
    pub fn interval_minutes(&self) -> i64 {
        (self.interval.0 / 60_000_000) as i64
    }

    /// Time of day at which interval `i` starts, as `08:30`.
    pub fn clock(&self, i: usize) -> String {
        let minutes = (i % self.per_day) as u64 * self.interval.0 / 60_000_000;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// One stretch of opening, as intervals `first..end` of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// First open interval.
    pub first: usize,
    /// One past the last open interval: the closing.
    pub end: usize,
}

/// Opening hours over the whole run: sessions in time order that neither overlap nor touch (hours that run through
/// midnight are one session).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    sessions: Vec<Session>,
}

impl Opening {
    /// From one flag per interval of the run.
    pub fn from_flags(open: &[bool]) -> Self {
        let mut sessions: Vec<Session> = Vec::new();
        for i in (0..open.len()).filter(|&i| open[i]) {
            match sessions.last_mut() {
                Some(last) if last.end == i => last.end = i + 1,
                _ => sessions.push(Session { first: i, end: i + 1 }),
            }
        }
        Self { sessions }
    }

    /// The sessions, in time order.
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// Whether interval `i` is open.
    pub fn is_open(&self, i: usize) -> bool {
        self.session_of(i).is_some()
    }

    /// The session that interval `i` lies in.
    pub fn session_of(&self, i: usize) -> Option<Session> {
        let after = self.sessions.partition_point(|s| s.end <= i);
        self.sessions.get(after).copied().filter(|s| s.first <= i)
    }

    /// The day, from 0, whose people work in interval `i`: the day on which the session started, so that a night shift
    /// is one day's; a session longer than 24 hours is cut into days of 24 hours from its start. While closed, the
    /// calendar's day.
    pub fn working_day(&self, grid: &Grid, i: usize) -> usize {
        self.session_of(i)
            .map_or(grid.day_of(i), |session| grid.day_of(session.first) + (i - session.first) / grid.per_day)
    }

    /// The open intervals, in time order.
    pub fn intervals(&self) -> impl Iterator<Item = usize> + '_ {
        self.sessions.iter().flat_map(|s| s.first..s.end)
    }

    /// First open interval of the run.
    pub fn first(&self) -> Option<usize> {
        self.sessions.first().map(|s| s.first)
    }

    /// One past the last open interval of the run.
    pub fn end(&self) -> Option<usize> {
        self.sessions.last().map(|s| s.end)
    }
}

/// Dates, opening hours and the time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The first day; without it days are numbered.
    pub start: Option<jiff::civil::Date>,
    /// IANA name of the time zone in which opening hours and dated series are meant.
    pub timezone: Option<String>,
    /// The time axis.
    pub grid: Grid,
    /// Opening hours of queues and groups that have none of their own.
    pub opening: Opening,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_join_through_midnight_and_split_at_gaps() {
        let opening = Opening::from_flags(&[false, true, true, false, true]);
        assert_eq!(opening.sessions(), [Session { first: 1, end: 3 }, Session { first: 4, end: 5 }]);
        assert_eq!(opening.session_of(2), Some(Session { first: 1, end: 3 }));
        assert!(!opening.is_open(3) && opening.is_open(4) && !opening.is_open(9));
        assert_eq!(opening.intervals().collect::<Vec<_>>(), [1, 2, 4]);
    }

    #[test]
    fn a_night_shift_belongs_to_the_day_on_which_it_started() {
        let grid = Grid { lead: Micros::ZERO, interval: Micros::HOUR, per_day: 24, days: 4 };
        let day = |flags: &dyn Fn(usize) -> bool, i| {
            let flags: Vec<bool> = (0..grid.intervals()).map(flags).collect();
            Opening::from_flags(&flags).working_day(&grid, i)
        };
        let night = |i: usize| !(6..22).contains(&(i % 24));
        assert_eq!([23, 24, 29, 30, 46, 53].map(|i| day(&night, i)), [0, 0, 0, 1, 1, 1]);
        // Round the clock: calendar days; from 8 on for good: days from 8 to 8.
        assert_eq!([0, 23, 24, 95].map(|i| day(&|_| true, i)), [0, 0, 1, 3]);
        assert_eq!([8, 31, 32, 95].map(|i| day(&|i| i >= 8, i)), [0, 0, 1, 3]);
    }

    #[test]
    fn the_clock_starts_lead_before_midnight() {
        let grid =
            Grid { lead: Micros::from_secs(10), interval: Micros::from_mins(30), per_day: 48, days: 2 };
        assert_eq!(grid.interval_at(Micros::from_secs(9)), None);
        assert_eq!(grid.interval_at(Micros::from_secs(10)), Some(0));
        assert_eq!(grid.interval_at(grid.end()), None);
        assert_eq!((grid.day_of(49), grid.clock(49)), (1, "00:30".to_owned()));
    }
}
