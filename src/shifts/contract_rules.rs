//! The rules of contracts as limits of the program, as far as they are sums over the shifts chosen.
//!
//! Each is true of every roster that keeps the contracts, so that the bound stays a bound: people on a day; hours and days
//! of a week; days in a row; and that nobody works a shift of one day and one of the next that begins before the rest is
//! over. What is left, whose shifts are whose, is the work of the tours.

use super::clock::{Clock, HOUR, Times};
use super::crew::{Person, WEEK, comes_round, crew, weeks};
use super::error::ShiftsError;
use super::patterns::Pattern;
use super::solver::Limit;
use crate::model::{Contract, Model, hours_shown};
use std::collections::BTreeSet;

/// Sums of hours beyond this number are not all looked at.
const MOST_SUMS: usize = 20_000;

/// Every limit of every contract.
pub(super) fn limits(model: &Model, patterns: &[Pattern]) -> Vec<Limit> {
    let (everybody, clock) = (crew(model), Clock::of(model));
    let mut limits = Vec::new();
    for (c, contract) in model.shifts.contracts.iter().enumerate() {
        let own = |person: &&Person| person.who.contract == c;
        let people: Vec<&Person> = everybody.iter().filter(own).collect();
        let shifts = patterns.iter().enumerate().filter(|(_, pattern)| pattern.contract == Some(c)).collect();
        let rules = OfContract { model, contract, people, shifts };
        rules.days(&mut limits);
        rules.weeks(&mut limits);
        rules.rows(&mut limits);
        rules.rests(&clock, &mut limits);
    }
    limits
}

/// Hours of a week that no shifts of a contract add up to.
///
/// # Errors
/// Names the first contract that cannot be kept by anybody.
pub(super) fn possible(model: &Model, patterns: &[Pattern]) -> Result<(), ShiftsError> {
    for (c, contract) in model.shifts.contracts.iter().enumerate() {
        let Some((least, most)) = contract.hours_a_week.filter(|_| model.grid().days >= WEEK) else {
            continue;
        };
        let shifts = patterns.iter().enumerate().filter(|(_, pattern)| pattern.contract == Some(c)).collect();
        let rules = OfContract { model, contract, people: Vec::new(), shifts };
        if contract.people.0 > 0 && rules.reached(least, most, rules.days_of_a_week()).is_none() {
            return Err(ShiftsError::NoWeek {
                contract: contract.name.clone(),
                least: hours_shown(least),
                most: hours_shown(most),
                days: rules.days_of_a_week(),
            });
        }
    }
    Ok(())
}

/// A contract with its people and the shifts that they may work.
struct OfContract<'a> {
    model: &'a Model,
    contract: &'a Contract,
    people: Vec<&'a Person>,
    shifts: Vec<(usize, &'a Pattern)>,
}

impl OfContract<'_> {
    fn day(&self, pattern: &Pattern) -> usize {
        self.model.grid().day_of(pattern.start)
    }

    fn limit(&self, weight: impl Fn(&Pattern) -> f64, which: impl Fn(usize) -> bool, at_most: f64) -> Limit {
        let own = self.shifts.iter().filter(|(_, pattern)| which(self.day(pattern)));
        Limit { terms: own.map(|(j, pattern)| (*j, weight(pattern))).collect(), at_most }
    }

    /// Those who could work on a day.
    fn there(&self, day: usize) -> usize {
        self.people.iter().filter(|person| person.is_there(self.contract, day)).count()
    }

    /// A shift a day each.
    fn days(&self, limits: &mut Vec<Limit>) {
        for day in 0..self.model.grid().days {
            limits.push(self.limit(|_| 1.0, |d| d == day, self.there(day) as f64));
        }
    }

    /// Most days of a week that a contract allows, days off in a row taken off.
    fn days_of_a_week(&self) -> u32 {
        let off = if self.contract.days_off_in_a_row > 1 { self.contract.days_off_in_a_row } else { 0 };
        self.contract.days_a_week.min(WEEK as u32 - off)
    }

    /// Days and hours of a week.
    fn weeks(&self, limits: &mut Vec<Limit>) {
        for week in weeks(self.model.grid().days) {
            let within = |day: usize| week.contains(&day);
            // Days off in a row are asked of whole weeks alone.
            let on = if week.len() == WEEK { self.days_of_a_week() } else { self.contract.days_a_week };
            let days = |person: &&Person| {
                let free = week.clone().filter(|day| person.is_there(self.contract, *day)).count();
                free.min(on as usize) as f64
            };
            limits.push(self.limit(|_| 1.0, within, self.people.iter().map(days).sum()));
            let Some((least, most)) = self.contract.hours_a_week else { continue };
            let (lifted, most) = self.reached(least, most, on).unwrap_or((least, most));
            let all = self.people.iter().map(|person| if days(person) > 0.0 { most } else { 0.0 }).sum();
            limits.push(self.limit(|pattern| pattern.paid_hours, within, all));
            // Who is away all week, or has no work in it, is given no hours.
            let certain = self.people.iter().filter(|person| person.is_certain && days(person) > 0.0);
            let due = certain.filter_map(|person| {
                let own = person.week_hours(self.contract, &week)?.0;
                // A whole number of shifts cannot lie between the least and the next sum of shifts.
                let next = || self.reached(own, most, on).map_or(own, |(next, _)| next);
                Some(if own >= least { lifted } else { next() })
            });
            let due: f64 = due.sum();
            if due > 0.0 {
                limits.push(self.limit(|pattern| -pattern.paid_hours, within, -due));
            }
        }
    }

    /// Days in a row: of one more days than may be in a row, everybody has one off.
    fn rows(&self, limits: &mut Vec<Limit>) {
        let days = self.model.grid().days;
        let most = self.contract.days_in_a_row as usize;
        let starts = if comes_round(self.model) && most < days { days } else { days.saturating_sub(most) };
        for first in 0..starts {
            let a_week =
                first.is_multiple_of(WEEK) && most + 1 == WEEK && self.days_of_a_week() < WEEK as u32;
            if !a_week {
                let within = |day: usize| (day + days - first) % days <= most;
                limits.push(self.limit(|_| 1.0, within, (most * self.people.len()) as f64));
            }
        }
    }

    /// Whoever works late on one day does not work early on the next: of all shifts that end at `end` or later and all
    /// that begin before the rest after `end` is over, everybody has one at most.
    fn rests(&self, clock: &Clock, limits: &mut Vec<Limit>) {
        let days = self.model.grid().days;
        let last = if comes_round(self.model) { days } else { days - 1 };
        for day in 0..last {
            let of = |which: usize| {
                let own = self.shifts.iter().filter(move |(_, p)| self.day(p) == which % days);
                own.map(|(j, p)| (clock.times(p), *j)).collect::<Vec<(Times, usize)>>()
            };
            let next_run = day + 1 == days;
            let rest = |before: &Times, after: &Times| {
                if next_run { before.rest_before_next_run(after, days) } else { before.rest_before(after) }
            };
            let (mut today, mut tomorrow) = (of(day), of(day + 1));
            today.sort_by_key(|(times, j)| (times.real.to, *j));
            tomorrow.sort_by_key(|(times, j)| (times.real.from, *j));
            let mut before = 0;
            for late in today.chunk_by(|(a, _), (b, _)| a.real.to == b.real.to).map(|alike| alike[0].0) {
                let early = tomorrow.partition_point(|(times, _)| rest(&late, times) < self.contract.rest);
                if early > before {
                    let later = today.iter().filter(|(times, _)| times.real.to >= late.real.to);
                    let both: BTreeSet<usize> = later.chain(&tomorrow[..early]).map(|(_, j)| *j).collect();
                    let terms = both.into_iter().map(|j| (j, 1.0)).collect();
                    limits.push(Limit { terms, at_most: self.people.len() as f64 });
                    before = early;
                }
            }
        }
    }

    /// The least and the most hours between two bounds that shifts on `on` days at most add up to; nothing: there are none.
    /// The bounds themselves where there are too many sums to look at.
    fn reached(&self, least: f64, most: f64, on: u32) -> Option<(f64, f64)> {
        let seconds = |hours: f64| (hours * HOUR).round() as i64;
        let (low, high) = (seconds(least), seconds(most));
        let lengths: BTreeSet<i64> = self.shifts.iter().map(|(_, p)| seconds(p.paid_hours)).collect();
        let mut sums = BTreeSet::from([0_i64]);
        for _ in 0..on {
            let longer = sums.iter().flat_map(|sum| lengths.iter().map(move |length| sum + length));
            let longer: BTreeSet<i64> = longer.filter(|sum| *sum <= high).collect();
            sums.extend(longer);
            if sums.len() >= MOST_SUMS {
                return Some((least, most));
            }
        }
        let first = *sums.range(low..).next()?;
        let last = *sums.range(..=high).next_back()?;
        (first <= high).then_some((first as f64 / HOUR, last as f64 / HOUR))
    }
}
