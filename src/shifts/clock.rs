//! When a shift is worked: by the clock on the wall, and by one that is never changed. Rest between two shifts is asked of
//! here alone, so that what the program forbids and what people's weeks allow are the same.

use super::patterns::Pattern;
use crate::model::{Model, Stretch};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, civil::Date};

/// Minutes of a day.
pub(super) const DAY: i64 = 24 * 60;
/// Seconds of an hour.
pub(super) const HOUR: f64 = 3600.0;

/// When a shift is worked, in minutes; it may run beyond the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    /// On the wall, since midnight of the first day.
    pub(super) wall: Stretch,
    /// By a clock that is never changed.
    pub(super) real: Stretch,
}

impl Times {
    /// Minutes from the end of this shift to the start of another.
    pub(super) fn rest_before(&self, later: &Self) -> i64 {
        later.real.from - self.real.to
    }

    /// The same where a run of `days` comes again and the other shift is worked when it does. Dates are other ones then:
    /// no change of the clocks lies between, and the wall says how long the rest is.
    pub(super) fn rest_before_next_run(&self, later: &Self, days: usize) -> i64 {
        later.wall.from + days as i64 * DAY - self.wall.to
    }
}

/// The clock on the wall and the one that never changes.
pub(super) struct Clock {
    home: Option<(Date, TimeZone)>,
    /// Minutes of an interval.
    interval: i64,
}

impl Clock {
    pub(super) fn of(model: &Model) -> Self {
        let zone = model.calendar.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
        Self { home: model.calendar.start.zip(zone), interval: model.grid().interval_minutes() }
    }

    /// When a way to work is worked.
    pub(super) fn times(&self, pattern: &Pattern) -> Times {
        let wall = Stretch {
            from: pattern.start as i64 * self.interval,
            to: (pattern.start + pattern.length) as i64 * self.interval,
        };
        Times { wall, real: Stretch { from: self.real(wall.from), to: self.real(wall.to) } }
    }

    /// Minutes of UTC where dates and time zone are known, else as on the wall.
    fn real(&self, wall: i64) -> i64 {
        let at = self.home.as_ref().and_then(|(first, zone)| {
            let civil = first.at(0, 0, 0, 0).checked_add(SignedDuration::from_mins(wall)).ok()?;
            zone.to_ambiguous_timestamp(civil).compatible().ok()
        });
        at.map_or(wall, |at| at.as_second().div_euclid(60))
    }
}
