//! What is looked up again and again while shifts are given to people: when each begins and ends, what it pays, how much
//! of it is unpopular, and who could work it at all.

use super::super::clock::{Clock, DAY, HOUR, Times};
use super::super::crew::{Person, WEEK, comes_round, crew, weeks};
use super::super::patterns::Pattern;
use super::super::schedule::Schedule;
use crate::model::shifts::lies_in;
use crate::model::{Contract, GroupId, Model, Stretch};
use std::ops::Range;

/// Night hours, minutes of the day: 23:00 to 06:00. Directive 2003/88/EC, article 2, leaves it to each country to choose
/// seven hours that hold those from midnight to five.
const NIGHT: (i64, i64) = (23 * 60, 30 * 60);

/// A shift as it is worked on one day; several people may work it.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    /// Position of the pattern.
    pub(super) pattern: usize,
    pub(super) day: usize,
    pub(super) group: GroupId,
    pub(super) times: Times,
    /// Paid, seconds.
    pub(super) paid: i64,
    /// Of the time at work what is at a premium, at night or on a weekend, seconds.
    pub(super) unpopular: i64,
    pub(super) template: usize,
    /// The days of the run on which some of it is worked.
    pub(super) touches: Vec<usize>,
}

/// Everything that does not change.
pub(super) struct Facts<'m> {
    pub(super) people: Vec<Person>,
    pub(super) contracts: &'m [Contract],
    pub(super) kinds: Vec<Kind>,
    /// The kind of every single shift, by day, then start.
    pub(super) jobs: Vec<usize>,
    /// Who could work which kind, alone: person by person.
    pub(super) can: Vec<Vec<Result<(), Alone>>>,
    pub(super) days: usize,
    pub(super) weeks: Vec<Range<usize>>,
    /// Whether the last day is followed by the first.
    pub(super) round: bool,
}

/// Why somebody cannot work a shift whatever else they work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alone {
    /// It is another group's work.
    Skill,
    /// The contract has no such shift.
    Contract,
    /// The person is not there that day.
    Away,
    /// The person cannot work at these hours.
    Unavailable,
}

impl<'m> Facts<'m> {
    pub(super) fn new(model: &'m Model, schedule: &Schedule) -> Self {
        let grid = model.grid();
        let clock = Clock::of(model);
        let mut used: Vec<(usize, u32)> = schedule.solved.x.iter().copied().enumerate().collect();
        used.retain(|(_, n)| *n > 0);
        let key =
            |pattern: &Pattern| (grid.day_of(pattern.start), pattern.start, pattern.length, pattern.group);
        used.sort_by_key(|&(j, _)| (key(&schedule.patterns[j]), j));
        let kinds: Vec<Kind> =
            used.iter().map(|&(j, _)| kind(model, &clock, j, &schedule.patterns[j])).collect();
        let each = used.iter().enumerate().flat_map(|(k, &(_, n))| std::iter::repeat_n(k, n as usize));
        let people = crew(model);
        let contracts = &model.shifts.contracts;
        let can = people.iter().map(|person| {
            let contract = &contracts[person.who.contract];
            kinds.iter().map(|kind| alone(person, contract, kind, &schedule.patterns[kind.pattern])).collect()
        });
        let can = can.collect();
        let weeks = weeks(grid.days);
        let jobs = each.collect();
        Self { people, contracts, jobs, can, days: grid.days, weeks, round: comes_round(model), kinds }
    }

    /// The kind of a job.
    pub(super) fn kind(&self, job: usize) -> &Kind {
        &self.kinds[self.jobs[job]]
    }

    pub(super) fn contract(&self, person: usize) -> &Contract {
        &self.contracts[self.people[person].who.contract]
    }

    /// What a person's hours are measured by: the most of a week, or forty.
    pub(super) fn measure(&self, person: usize) -> f64 {
        self.contract(person).hours_a_week.map_or(40.0, |(_, most)| most.max(1.0))
    }
}

/// The week of a day.
pub(super) fn week_of(day: usize) -> usize {
    day / WEEK
}

fn alone(person: &Person, contract: &Contract, kind: &Kind, pattern: &Pattern) -> Result<(), Alone> {
    let inside = |stretches: &Vec<Stretch>| {
        stretches.iter().any(|free| free.from <= kind.times.wall.from && kind.times.wall.to <= free.to)
    };
    if !person.who.groups.contains(&pattern.group) {
        Err(Alone::Skill)
    } else if !contract.allows(pattern.template, pattern.group, kind.day, pattern.paid_hours) {
        Err(Alone::Contract)
    } else if person.who.away.iter().any(|day| kind.touches.contains(day)) {
        Err(Alone::Away)
    } else if !person.who.available.as_ref().is_none_or(inside) {
        Err(Alone::Unavailable)
    } else {
        Ok(())
    }
}

fn kind(model: &Model, clock: &Clock, j: usize, pattern: &Pattern) -> Kind {
    let grid = model.grid();
    let times = clock.times(pattern);
    let last = (times.wall.to - 1).div_euclid(DAY) as usize;
    let mut touches: Vec<usize> = (grid.day_of(pattern.start)..=last).collect();
    if model.shifts.repeats {
        for day in &mut touches {
            *day %= grid.days;
        }
    }
    touches.retain(|day| *day < grid.days);
    Kind {
        pattern: j,
        day: grid.day_of(pattern.start),
        group: pattern.group,
        times,
        paid: (pattern.paid_hours * HOUR).round() as i64,
        unpopular: unpopular(model, pattern) as i64 * grid.interval_minutes() * 60,
        template: pattern.template,
        touches,
    }
}

/// Intervals at work at a premium, at night or on a weekend; one that is several counts once.
fn unpopular(model: &Model, pattern: &Pattern) -> usize {
    let grid = model.grid();
    let premiums = &model.shifts.templates[pattern.template].premiums;
    let minutes = grid.interval_minutes();
    let is_weekend = |i: usize| {
        let date = model
            .calendar
            .start
            .and_then(|start| start.checked_add(jiff::Span::new().days(grid.day_of(i) as i64)).ok());
        date.is_some_and(|date| date.weekday().to_monday_zero_offset() >= 5)
    };
    let is_night = |i: usize| {
        let at = (i % grid.per_day) as i64 * minutes;
        (NIGHT.0..NIGHT.1).contains(&at) || (NIGHT.0..NIGHT.1).contains(&(at + DAY))
    };
    let pays_more = |i: usize| premiums.iter().any(|p| lies_in(p.hours, i % grid.per_day, grid.per_day));
    pattern.works.iter().filter(|&&i| pays_more(i) || is_night(i) || is_weekend(i)).count()
}
