//! When a queue is open, as far as its rows tell, and which of its intervals have no row.
//!
//! Exports close a queue in two ways: rows of zeros, or no rows. A weekday's opening runs from its first to its last
//! interval in which anybody came on any such day; an interval in between that no such day has a row for is a closed
//! stretch (lunch). A row that is missing inside the opening on a day that has others is a gap: nobody can tell whether
//! nobody came or a row was lost, so it is reported and never taken as zero.

use super::counts::{Intervals, QueueRows};
use super::moment::{DAY, date_of};
use std::collections::BTreeMap;

/// Which intervals of each weekday a queue is open in, Monday first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening(pub [Vec<usize>; 7]);

impl Opening {
    /// Ranges as a scenario writes them: `08:00-12:00, 13:00-18:00`, or `closed`.
    pub fn ranges(&self, weekday: usize, minutes: i32) -> String {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for &slot in &self.0[weekday] {
            match ranges.last_mut() {
                Some((_, end)) if *end == slot => *end = slot + 1,
                _ => ranges.push((slot, slot + 1)),
            }
        }
        let clock = |slot: usize| {
            let minute = slot as i32 * minutes;
            format!("{:02}:{:02}", minute / 60, minute % 60)
        };
        let shown: Vec<String> =
            ranges.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect();
        if shown.is_empty() { "closed".to_owned() } else { shown.join(", ") }
    }
}

/// The weekday of a wall clock, Monday 0. 1 January 1970 was a Thursday.
pub(crate) fn weekday(at: i32) -> usize {
    (at.div_euclid(DAY) + 3).rem_euclid(7) as usize
}

/// A queue's opening by weekday.
pub(crate) fn opening(rows: &QueueRows, minutes: i32) -> Opening {
    let per_day = (DAY / minutes) as usize;
    let mut seen = vec![[false; 7]; per_day];
    let mut busy = vec![[false; 7]; per_day];
    for row in &rows.rows {
        let slot = (row.at.rem_euclid(DAY) / minutes) as usize;
        seen[slot][weekday(row.at)] = true;
        busy[slot][weekday(row.at)] |= row.offered > 0.0;
    }
    let day = |weekday: usize| {
        let first = busy.iter().position(|slot| slot[weekday]);
        let last = busy.iter().rposition(|slot| slot[weekday]);
        first.zip(last).map_or_else(Vec::new, |(first, last)| {
            (first..=last).filter(|&slot| seen[slot][weekday]).collect()
        })
    };
    Opening(std::array::from_fn(day))
}

/// Intervals inside the opening that have no row, on days that have others; and open days that have none at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Starts of the intervals without a row, minutes since 1970 on the wall clock.
    pub intervals: Vec<i32>,
    /// Days without any row although the weekday is open, days since 1970.
    pub days: Vec<i32>,
}

/// The gaps of a queue between the first and the last day of the whole file.
pub(crate) fn gaps(export: &Intervals, rows: &QueueRows, opening: &Opening) -> Gaps {
    let minutes = export.minutes;
    let mut by_day: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for row in &rows.rows {
        by_day.entry(row.at.div_euclid(DAY)).or_default().push((row.at.rem_euclid(DAY) / minutes) as usize);
    }
    let mut gaps = Gaps::default();
    let Some((first, last)) = export.days() else { return gaps };
    for day in first..=last {
        let open = &opening.0[weekday(day * DAY)];
        match by_day.get(&day) {
            None if open.is_empty() => {}
            None => gaps.days.push(day),
            Some(slots) => {
                let missing = open.iter().filter(|slot| slots.binary_search(slot).is_err());
                gaps.intervals.extend(missing.map(|&slot| day * DAY + slot as i32 * minutes));
            }
        }
    }
    gaps
}

/// `2026-11-23`, of a day since 1970.
pub(crate) fn day_shown(day: i32) -> String {
    date_of(day * DAY).map_or_else(String::new, |date| date.to_string())
}
