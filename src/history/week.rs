//! The typical week: what comes in each interval of each weekday on average, over the days on which the queue was open.

use crate::exports::{self, DAY, Opening, QueueRows};
use std::collections::BTreeMap;

/// Minutes without anybody that set strays apart.
const QUIET: i32 = 120;

/// A queue's typical week.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// When it is open.
    pub opening: Opening,
    /// Mean contacts in each open interval of each weekday, Monday first.
    pub offered: [Vec<f64>; 7],
    /// Days of each weekday that the means rest on.
    pub days: [usize; 7],
    /// Contacts of the whole file at hours far from all others, left out: strays on a closed line.
    pub strays: f64,
    /// Days that are far from their weekday: contacts, and what the weekday's middle day had.
    pub odd: Vec<(i32, f64, f64)>,
}

/// The typical week of a queue with intervals of `minutes`.
pub(super) fn week(rows: &QueueRows, minutes: i32) -> Week {
    let mut opening = exports::opening(rows, minutes);
    let totals = day_totals(rows);
    let mut days = [0; 7];
    for (day, total) in &totals {
        // A day of zeros is a closed one, as exports write it.
        days[exports::weekday(day * DAY)] += usize::from(*total > 0.0);
    }
    let mut sums: [BTreeMap<usize, f64>; 7] = Default::default();
    for row in &rows.rows {
        let slot = (row.at.rem_euclid(DAY) / minutes) as usize;
        *sums[exports::weekday(row.at)].entry(slot).or_default() += row.offered;
    }
    let mut strays = 0.0;
    for (slots, sums) in opening.0.iter_mut().zip(&sums) {
        strays += leave_out_strays(slots, sums, (QUIET / minutes) as usize);
    }
    let mean = |weekday: usize| {
        let at = |slot: &usize| sums[weekday].get(slot).copied().unwrap_or(0.0) / days[weekday].max(1) as f64;
        opening.0[weekday].iter().map(at).collect()
    };
    Week { offered: std::array::from_fn(mean), odd: odd_days(&totals), opening, days, strays }
}

/// Drops stretches that hold less than a hundredth of a weekday and lie hours away from everything else; gives what
/// came in them. `quiet`: intervals without anybody that set a stretch apart.
fn leave_out_strays(slots: &mut Vec<usize>, sums: &BTreeMap<usize, f64>, quiet: usize) -> f64 {
    let at = |slot: &usize| sums.get(slot).copied().unwrap_or(0.0);
    let busy: Vec<usize> = slots.iter().copied().filter(|slot| at(slot) > 0.0).collect();
    let stretches: Vec<&[usize]> = busy.chunk_by(|a, b| b - a <= quiet).collect();
    let all: f64 = busy.iter().map(at).sum();
    let kept: Vec<(usize, usize)> = stretches
        .iter()
        .filter(|stretch| stretch.iter().map(at).sum::<f64>() >= 0.01 * all)
        .filter_map(|stretch| Some((*stretch.first()?, *stretch.last()?)))
        .collect();
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return 0.0 };
    slots.retain(|slot| (first.0..=last.1).contains(slot));
    all - slots.iter().map(at).sum::<f64>()
}

/// Contacts of each day with a row, days since 1970.
pub(super) fn day_totals(rows: &QueueRows) -> BTreeMap<i32, f64> {
    let mut totals = BTreeMap::new();
    for row in &rows.rows {
        *totals.entry(row.at.div_euclid(DAY)).or_insert(0.0) += row.offered;
    }
    totals
}

/// Days with less than half or more than one and a half times their weekday's middle day, of at least three.
fn odd_days(totals: &BTreeMap<i32, f64>) -> Vec<(i32, f64, f64)> {
    let mut odd = Vec::new();
    for weekday in 0..7 {
        let own =
            || totals.iter().filter(|(day, total)| exports::weekday(*day * DAY) == weekday && **total > 0.0);
        let mut sorted: Vec<f64> = own().map(|(_, total)| *total).collect();
        sorted.sort_by(f64::total_cmp);
        if sorted.len() < 3 {
            continue;
        }
        let middle = sorted[sorted.len() / 2];
        let far = own().filter(|(_, total)| !(0.5 * middle..=1.5 * middle).contains(*total));
        odd.extend(far.map(|(day, total)| (*day, *total, middle)));
    }
    odd.sort_by_key(|(day, ..)| *day);
    odd
}
