//! Counts by interval as an export tells them: what of each interval is known, queue by queue.

use super::calls::{Call, Ending};
use super::moment::DAY;

/// A figure that an export may leave out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told(f64);

impl Told {
    /// Left out.
    pub const NOT: Self = Self(f64::NAN);

    /// The figure, if it was told.
    pub fn get(self) -> Option<f64> {
        (!self.0.is_nan()).then_some(self.0)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        match (self.get(), other.get()) {
            (Some(a), Some(b)) => Self(a + b),
            (Some(_), None) => self,
            (None, _) => other,
        }
    }
}

impl From<Option<f64>> for Told {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::NOT, Self)
    }
}

/// One interval of one queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its start: minutes since 1970-01-01 00:00 on the wall clock.
    pub at: i32,
    /// Line of the file.
    pub line: u32,
    pub(super) again: bool,
    pub(super) exact: bool,
    /// Contacts offered.
    pub offered: f64,
    /// Contacts answered or handled.
    pub answered: Told,
    /// Contacts that hung up.
    pub abandoned: Told,
    /// Handle time of all handled contacts, s, after-contact work included.
    pub handle_s: Told,
    /// Mean handle time as told, where it stands beside no handled contact, s.
    pub aht_s: Told,
    /// Answered within the promised time.
    pub within: Told,
    /// Agents at work.
    pub staffed: Told,
    /// Wait of all contacts, s.
    pub wait_s: Told,
}

impl Interval {
    /// Contacts that were handled, as far as can be told: answered, or else offered less abandoned.
    pub fn handled(&self) -> f64 {
        self.answered.get().unwrap_or(self.offered - self.abandoned.get().unwrap_or(0.0)).max(0.0)
    }

    /// One in which nobody came.
    pub(super) fn empty(at: i32) -> Self {
        let none = Told(0.0);
        Self {
            at,
            line: 0,
            again: false,
            exact: true,
            offered: 0.0,
            answered: none,
            abandoned: none,
            handle_s: none,
            aht_s: Told::NOT,
            within: Told::NOT,
            staffed: Told::NOT,
            wait_s: none,
        }
    }

    /// Counts a contact in.
    pub(super) fn count(&mut self, call: &Call) {
        self.offered += 1.0;
        self.answered.0 += f64::from(u8::from(call.ending == Ending::Answered));
        self.abandoned.0 += f64::from(u8::from(call.ending == Ending::Abandoned));
        self.handle_s.0 += call.handle_s.unwrap_or(0.0);
        self.wait_s.0 += call.wait_s.unwrap_or(0.0);
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        for (mine, theirs) in [
            (&mut self.answered, other.answered),
            (&mut self.abandoned, other.abandoned),
            (&mut self.handle_s, other.handle_s),
            (&mut self.within, other.within),
            (&mut self.staffed, other.staffed),
            (&mut self.wait_s, other.wait_s),
        ] {
            *mine = mine.plus(theirs);
        }
    }
}

/// A queue's rows, in order of time, one per interval.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueRows {
    /// Its name in the file; "phone" where the file names none.
    pub name: String,
    /// Its channel in this program's words.
    pub channel: &'static str,
    /// In order of time, each interval once.
    pub rows: Vec<Interval>,
}

/// The counts of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Intervals {
    /// Length of an interval: 5, 15, 30, 60 or, for days, 1440 minutes.
    pub minutes: i32,
    /// In order of name.
    pub queues: Vec<QueueRows>,
}

impl Intervals {
    /// The first and the last day with a row, days since 1970.
    pub fn days(&self) -> Option<(i32, i32)> {
        let ends =
            self.queues.iter().filter_map(|queue| Some((queue.rows.first()?.at, queue.rows.last()?.at)));
        let (first, last) = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        Some((first.div_euclid(DAY), last.div_euclid(DAY)))
    }
}
