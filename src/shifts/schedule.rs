//! The cheapest shifts that give what is needed and keep the rules of the schedule.

use super::contract_rules::possible;
use super::error::ShiftsError;
use super::needs::{Jointly, Need, Sum};
use super::patterns::{Pattern, patterns};
use super::rules::limits;
use super::solver::{Column, Effort, Means, Program, Row, Solved, Unsolved, solve};
use crate::model::{GroupId, Model, Objective};

/// Shifts that were chosen.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// Every way to work that was open.
    pub patterns: Vec<Pattern>,
    /// How many people work each of them, and the bound; costs are in the plan's objective.
    pub solved: Solved,
    /// What was needed.
    pub needs: Vec<Need>,
}

/// The cheapest shifts found; `goes_on` ends the search by saying no.
///
/// # Errors
/// There are no shifts, too many, or none that cover what is needed.
pub fn cover(
    model: &Model,
    needs: Vec<Need>,
    means: impl Into<Means>,
    goes_on: &dyn Fn(u64) -> bool,
) -> Result<Schedule, ShiftsError> {
    let chooser = Chooser::new(model)?;
    let solved = chooser.solve(&needs, None, means, goes_on)?;
    Ok(Schedule { patterns: chooser.patterns, solved, needs })
}

/// Every way to work, from which shifts are chosen.
pub(super) struct Chooser<'m> {
    model: &'m Model,
    pub(super) patterns: Vec<Pattern>,
}

impl<'m> Chooser<'m> {
    pub(super) fn new(model: &'m Model) -> Result<Self, ShiftsError> {
        if model.shifts.templates.is_empty() {
            return Err(ShiftsError::NoShifts);
        }
        let patterns = patterns(model)?;
        possible(model, &patterns)?;
        Ok(Self { model, patterns })
    }

    /// The cheapest found, looked for from `start` too.
    pub(super) fn solve(
        &self,
        needs: &[Need],
        start: Option<&[u32]>,
        means: impl Into<Means>,
        goes_on: &dyn Fn(u64) -> bool,
    ) -> Result<Solved, ShiftsError> {
        self.solve_jointly(needs, &Jointly::default(), start, means, goes_on)
    }

    /// The same where groups need something together too.
    pub(super) fn solve_jointly(
        &self,
        needs: &[Need],
        jointly: &Jointly,
        start: Option<&[u32]>,
        means: impl Into<Means>,
        goes_on: &dyn Fn(u64) -> bool,
    ) -> Result<Solved, ShiftsError> {
        reachable(self.model, &self.patterns, needs)?;
        let program = program_of(self.model, &self.patterns, needs, jointly);
        solve(&program, start, means, goes_on).map_err(|unsolved| match unsolved {
            Unsolved::Impossible if !self.model.shifts.contracts.is_empty() => self.without_contracts(needs),
            Unsolved::Impossible => ShiftsError::Impossible,
            Unsolved::NotFound | Unsolved::TooDear => ShiftsError::NotFound,
        })
    }
}

impl Chooser<'_> {
    /// Why contracts leave no room: they give too many hours, there are not enough people or hours, or it is the rules
    /// beside them.
    fn without_contracts(&self, needs: &[Need]) -> ShiftsError {
        if self.gives_too_much(needs) {
            return ShiftsError::TooManyHours;
        }
        let mut free = self.model.clone();
        free.shifts.contracts.clear();
        free.shifts.crew.clear();
        let found = Chooser::new(&free).and_then(|chooser| {
            let solved = chooser.solve(needs, None, Effort { nodes: 1 }, &|_| true)?;
            let schedule = Schedule { patterns: chooser.patterns, solved, needs: Vec::new() };
            Ok((schedule.paid_hours(), schedule.used().map(|(_, n)| u64::from(n)).sum()))
        });
        match found {
            Ok((hours, shifts)) => ShiftsError::TooFewPeople { shifts, hours: format!("{hours:.1}") },
            Err(error) => error,
        }
    }

    /// Whether there are shifts as soon as no contract gives hours for certain.
    fn gives_too_much(&self, needs: &[Need]) -> bool {
        let mut free = self.model.clone();
        let mut gives = false;
        for (least, _) in free.shifts.contracts.iter_mut().filter_map(|one| one.hours_a_week.as_mut()) {
            gives |= *least > 0.0;
            *least = 0.0;
        }
        let program = program(&free, &self.patterns, needs);
        gives && solve(&program, None, Effort { nodes: 1 }, &|_| true).is_ok()
    }
}

impl Schedule {
    /// People of a group on shift and not on a break, in each interval of the run.
    pub fn people(&self, model: &Model, group: GroupId) -> Vec<u32> {
        people(model, &self.patterns, &self.solved.x, group)
    }

    /// Paid hours of all shifts, premiums not counted.
    pub fn paid_hours(&self) -> f64 {
        self.used().map(|(pattern, n)| pattern.paid_hours * f64::from(n)).sum()
    }

    /// The patterns that somebody works, each with the number of people.
    pub fn used(&self) -> impl Iterator<Item = (&Pattern, u32)> {
        let all = self.patterns.iter().zip(self.solved.x.iter().copied());
        all.filter(|(_, n)| *n > 0)
    }
}

/// People of a group at work on shifts, in each interval.
pub(super) fn people(model: &Model, patterns: &[Pattern], x: &[u32], group: GroupId) -> Vec<u32> {
    let mut people = vec![0; model.grid().intervals()];
    let used = patterns.iter().zip(x).filter(|(pattern, n)| pattern.group == group && **n > 0);
    for (pattern, &n) in used {
        pattern.works.iter().for_each(|&i| people[i] += n);
    }
    people
}

/// Tells the first interval that needs people and that no shift reaches.
fn reachable(model: &Model, patterns: &[Pattern], needs: &[Need]) -> Result<(), ShiftsError> {
    for need in needs {
        let mut reached = vec![false; model.grid().intervals()];
        let own = patterns.iter().filter(|pattern| pattern.group == need.group);
        own.flat_map(|pattern| &pattern.works).for_each(|&i| reached[i] = true);
        if let Some(i) = (0..reached.len()).find(|&i| need.people[i] > 0 && !reached[i]) {
            let (clock, day) = (model.grid().clock(i), model.grid().day_of(i) + 1);
            return Err(ShiftsError::OutOfReach {
                group: model.groups[need.group.0].name.clone(),
                place: format!("{clock} of day {day}"),
                people: need.people[i],
            });
        }
    }
    Ok(())
}

/// The program: a row for every interval of every group, a column for every way to work, limits for the rules.
pub fn program(model: &Model, patterns: &[Pattern], needs: &[Need]) -> Program {
    program_of(model, patterns, needs, &Jointly::default())
}

/// The same with what groups need together: a row for every sum, covered by the people of all its groups.
pub fn program_of(model: &Model, patterns: &[Pattern], needs: &[Need], jointly: &Jointly) -> Program {
    let (mut rows, mut gains) = rows(needs);
    let rows_at = rows_at(model, needs, jointly, rows.len());
    let sum = |sum: &Sum| Row { least: sum.least, slopes: sum.slopes.clone(), gain: gains.len() + sum.gain };
    rows.extend(jointly.sums.iter().map(sum));
    gains.extend(&jointly.gains);
    let beyond = |sum: &Sum| sum.least + sum.slopes.len() as u32;
    let most = needs.iter().map(Need::most).chain(jointly.sums.iter().map(beyond)).max().unwrap_or(0).max(1);
    let column = |pattern: &Pattern| {
        let mut covers: Vec<usize> =
            pattern.works.iter().flat_map(|&i| rows_at[pattern.group.0][i].iter().copied()).collect();
        covers.sort_unstable();
        Column {
            cost: price(model, pattern),
            covers,
            most: most
                .max(model.shifts.templates[pattern.template].at_least)
                .max(least_people(model, pattern)),
            at: pattern.start,
        }
    };
    let columns = patterns.iter().map(column).collect();
    Program { columns, rows, gains, limits: limits(model, patterns) }
}

/// For every group and interval, the rows that its people cover; those of sums come after the `first` ones.
fn rows_at(model: &Model, needs: &[Need], jointly: &Jointly, first: usize) -> Vec<Vec<Vec<usize>>> {
    let intervals = model.grid().intervals();
    let mut rows_at = vec![vec![Vec::new(); intervals]; model.groups.len()];
    for (k, need) in needs.iter().enumerate() {
        (0..intervals).for_each(|i| rows_at[need.group.0][i].push(k * intervals + i));
    }
    for (row, sum) in jointly.sums.iter().enumerate() {
        sum.groups.iter().for_each(|group| rows_at[group.0][sum.interval].push(first + row));
    }
    rows_at
}

/// People who must be given work whether it is needed or not may all work one pattern.
fn least_people(model: &Model, pattern: &Pattern) -> u32 {
    pattern.contract.map_or(0, |c| model.shifts.contracts[c].people.0)
}

/// A row for every interval of every need, and what those that make up for one another must gain.
fn rows(needs: &[Need]) -> (Vec<Row>, Vec<f64>) {
    let (mut rows, mut gains) = (Vec::new(), Vec::new());
    for need in needs {
        for (i, &least) in need.people.iter().enumerate() {
            let slopes = need.gain.as_ref().map_or_else(Vec::new, |gain| gain.slopes[i].clone());
            rows.push(Row { least, slopes, gain: gains.len() });
        }
        gains.extend(need.gain.as_ref().map(|gain| gain.wanted));
    }
    (rows, gains)
}

/// What a pattern costs in the plan's objective.
fn price(model: &Model, pattern: &Pattern) -> f64 {
    match model.plan.objective {
        Objective::AgentHours => pattern.weighed_hours,
        Objective::Cost => pattern.weighed_hours * model.groups[pattern.group.0].cost_per_hour.unwrap_or(1.0),
        Objective::Headcount => 1.0,
    }
}
