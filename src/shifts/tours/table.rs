//! Who works which shift, and whether somebody may work one more: the rules of a person's week, in one place.

use super::super::clock::{DAY, Times};
use super::super::crew::WEEK;
use super::facts::{Alone, Facts, week_of};

/// Nobody, or nothing.
pub(super) const NONE: usize = usize::MAX;

/// Why somebody cannot be given a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is another group's work.
    Skill,
    /// The contract has no such shift.
    Contract,
    /// The person is not there that day.
    Away,
    /// The person cannot work at these hours.
    Unavailable,
    /// Works another shift that day.
    Busy,
    /// Too little rest before or after it.
    Rest,
    /// Has the hours of the week.
    Hours,
    /// Has the days of the week.
    Days,
    /// Too many days in a row.
    InARow,
    /// Would not have the days off in a row.
    DaysOff,
    /// Could take it, which would leave somebody short of hours or take another's day off.
    Dearer,
}

/// How good a table is; smaller is better, the first number that differs decides.
pub(super) type Score = [i64; 6];

/// Who works what.
#[derive(Clone)]
pub(super) struct Table<'f> {
    pub(super) facts: &'f Facts<'f>,
    /// The job of each person on each day.
    pub(super) jobs: Vec<Vec<usize>>,
    /// The person of each job.
    pub(super) people: Vec<usize>,
    /// Paid seconds of each person by week.
    pub(super) paid: Vec<Vec<i64>>,
    pub(super) open: usize,
}

impl<'f> Table<'f> {
    /// Nobody works anything.
    pub(super) fn new(facts: &'f Facts<'f>) -> Self {
        Self {
            facts,
            jobs: vec![vec![NONE; facts.days]; facts.people.len()],
            people: vec![NONE; facts.jobs.len()],
            paid: vec![vec![0; facts.weeks.len()]; facts.people.len()],
            open: facts.jobs.len(),
        }
    }

    pub(super) fn give(&mut self, person: usize, job: usize) {
        let kind = self.facts.kind(job);
        self.jobs[person][kind.day] = job;
        self.paid[person][week_of(kind.day)] += kind.paid;
        self.people[job] = person;
        self.open -= 1;
    }

    pub(super) fn take(&mut self, job: usize) {
        let (kind, person) = (self.facts.kind(job), self.people[job]);
        self.jobs[person][kind.day] = NONE;
        self.paid[person][week_of(kind.day)] -= kind.paid;
        self.people[job] = NONE;
        self.open += 1;
    }

    /// Whether the person could work it at all, whatever else they work.
    pub(super) fn can(&self, person: usize, job: usize) -> bool {
        self.facts.can[person][self.facts.jobs[job]].is_ok()
    }

    /// Whether a person may be given a job besides what they have; else the first reason why not.
    pub(super) fn fits(&self, person: usize, job: usize) -> Result<(), Why> {
        let (facts, kind) = (self.facts, self.facts.kind(job));
        facts.can[person][facts.jobs[job]].map_err(|alone| match alone {
            Alone::Skill => Why::Skill,
            Alone::Contract => Why::Contract,
            Alone::Away => Why::Away,
            Alone::Unavailable => Why::Unavailable,
        })?;
        let contract = facts.contract(person);
        let week = week_of(kind.day);
        let most = contract.hours_a_week.map_or(i64::MAX, |(_, most)| (most * 3600.0).round() as i64);
        if self.jobs[person][kind.day] != NONE {
            Err(Why::Busy)
        } else if !self.rests(person, job) {
            Err(Why::Rest)
        } else if self.paid[person][week] + kind.paid > most {
            Err(Why::Hours)
        } else if self.days_worked(person, week) >= contract.days_a_week as usize {
            Err(Why::Days)
        } else if self.in_a_row(person, kind.day) > contract.days_in_a_row as usize {
            Err(Why::InARow)
        } else if !self.has_days_off(person, kind.day) {
            Err(Why::DaysOff)
        } else {
            Ok(())
        }
    }

    pub(super) fn days_worked(&self, person: usize, week: usize) -> usize {
        self.facts.weeks[week].clone().filter(|&day| self.jobs[person][day] != NONE).count()
    }

    /// Whether there is rest enough between the job and the last one before it, and the first one after it.
    fn rests(&self, person: usize, job: usize) -> bool {
        let (facts, kind) = (self.facts, self.facts.kind(job));
        let (days, rest) = (facts.days as i64, facts.contract(person).rest);
        // A shift lasts a day at most: whoever began `far` days earlier or later has rested.
        let far = (rest + DAY) / DAY + 2;
        let there = |day: i64| {
            let at = day.rem_euclid(days);
            if !facts.round && at != day {
                return None;
            }
            let other = self.jobs[person][at as usize];
            (other != NONE && other != job).then(|| (facts.kind(other).times, at != day))
        };
        let between = |before: &Times, after: &Times, next_run: bool| {
            if next_run { before.rest_before_next_run(after, facts.days) } else { before.rest_before(after) }
        };
        let day = kind.day as i64;
        let reach = 1..=far.min(days - 1);
        let before = reach.clone().find_map(|k| there(day - k));
        let after = reach.into_iter().find_map(|k| there(day + k));
        before.is_none_or(|(one, other_run)| between(&one, &kind.times, other_run) >= rest)
            && after.is_none_or(|(one, other_run)| between(&kind.times, &one, other_run) >= rest)
    }

    /// Days in a row with this day.
    fn in_a_row(&self, person: usize, day: usize) -> usize {
        let days = self.facts.days;
        let works = |at: usize| self.jobs[person][at] != NONE;
        let step = |k: usize, back: bool| {
            let at = if back {
                day.checked_sub(k).or_else(|| self.facts.round.then(|| day + days - k))
            } else {
                Some(day + k)
            };
            at.and_then(|at| if at < days { Some(at) } else { self.facts.round.then(|| at - days) })
        };
        let run = |back: bool| (1..days).take_while(|&k| step(k, back).is_some_and(works)).count();
        (1 + run(true) + run(false)).min(days)
    }

    /// Whether the week of this day has its days off in a row when the day is worked.
    fn has_days_off(&self, person: usize, day: usize) -> bool {
        let wanted = self.facts.contract(person).days_off_in_a_row as usize;
        let week = self.facts.weeks[week_of(day)].clone();
        if wanted < 2 || week.len() < WEEK {
            return true;
        }
        let mut free = 0;
        week.into_iter().any(|at| {
            free = if at != day && self.jobs[person][at] == NONE { free + 1 } else { 0 };
            free >= wanted
        })
    }

    /// Seconds that a person's weeks fall short of what the contract gives them; nothing for one who need not be there
    /// and has no shifts.
    pub(super) fn short(&self, person: usize) -> i64 {
        let facts = self.facts;
        let one = &facts.people[person];
        if !one.is_certain && self.paid[person].iter().all(|paid| *paid == 0) {
            return 0;
        }
        let due = |week| {
            one.week_hours(facts.contract(person), week)
                .map_or(0, |(least, _)| (least * 3600.0).round() as i64)
        };
        let short = facts.weeks.iter().zip(&self.paid[person]).map(|(week, paid)| (due(week) - paid).max(0));
        short.sum()
    }

    /// The jobs of a person, by day.
    pub(super) fn of(&self, person: usize) -> impl Iterator<Item = usize> + '_ {
        self.jobs[person].iter().copied().filter(|job| *job != NONE)
    }

    /// Days asked for as days off on which the person works.
    pub(super) fn denied(&self, person: usize) -> Vec<(usize, usize)> {
        let off = &self.facts.people[person].who.off;
        let touched = |job: usize| {
            off.iter()
                .filter(move |day| self.facts.kind(job).touches.contains(day))
                .map(move |day| (*day, job))
        };
        if off.is_empty() { Vec::new() } else { self.of(person).flat_map(touched).collect() }
    }

    /// Unpopular seconds of the run.
    pub(super) fn unpopular(&self, person: usize) -> i64 {
        self.of(person).map(|job| self.facts.kind(job).unpopular).sum()
    }

    /// What a person adds to the score.
    pub(super) fn cost(&self, person: usize) -> Score {
        let one = &self.facts.people[person];
        let measure = self.facts.measure(person);
        let minutes = self.unpopular(person) as f64 / 60.0 + one.who.unpopular_before * 60.0;
        let worked: i64 = self.paid[person].iter().sum();
        let unwished = if one.who.wishes.is_empty() {
            0
        } else {
            self.of(person).filter(|&job| !one.who.wishes.contains(&self.facts.kind(job).template)).count()
        };
        let square = |minutes: f64| (minutes * minutes / measure).round() as i64;
        let denied = if one.who.off.is_empty() { 0 } else { self.denied(person).len() };
        [0, self.short(person), denied as i64, square(minutes), unwished as i64, square(worked as f64 / 60.0)]
    }

    /// The whole score.
    pub(super) fn score(&self) -> Score {
        let mut all = [self.open as i64, 0, 0, 0, 0, 0];
        for person in 0..self.jobs.len() {
            let cost = self.cost(person);
            all.iter_mut().zip(cost).for_each(|(sum, cost)| *sum += cost);
        }
        all
    }
}
