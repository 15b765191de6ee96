//! The cheapest shifts that cover what is needed in every interval and keep the rules of the schedule.

use super::patterns::{Pattern, patterns};
use super::solver::{Column, Effort, Limit, Program, Row, Solved, Unsolved, solve};
use crate::model::{GroupId, Model, Objective};

/// People that one group needs, shrinkage included: one number for every interval of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// The group.
    pub group: GroupId,
    /// People on shift and not on a break, in each interval.
    pub people: Vec<u32>,
}

/// Shifts that cover a need.
#[derive(Clone, Debug)]
pub struct Cover {
    /// Every way to work that was open.
    pub patterns: Vec<Pattern>,
    /// How many people work each of them, and the bound; costs are in the plan's objective.
    pub solved: Solved,
    /// What was needed.
    pub needs: Vec<Need>,
}

/// Why there are no shifts. The words are for the person who wrote the scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShiftsError {
    /// The scenario has none.
    #[error("there are no shifts to choose from; add [shifts.early] with `starts` and `length`")]
    NoShifts,
    /// Too many ways to work.
    #[error(
        "more than {most} ways to work up to shift {template}; let it start less often (`every`), or give its breaks narrower windows"
    )]
    TooMany {
        /// The template at which it was too much.
        template: String,
        /// How many there may be.
        most: usize,
    },
    /// An interval that no shift reaches.
    #[error(
        "no shift can be at work at {place}, where {people} of {group} are needed; add a start or a longer shift"
    )]
    OutOfReach {
        /// The group.
        group: String,
        /// When.
        place: String,
        /// How many are needed.
        people: u32,
    },
    /// The rules leave no room.
    #[error(
        "no set of shifts covers what is needed within the rules; raise `at_most`, `seats` or `people`, or add shifts"
    )]
    Impossible,
    /// None was found, though there may be one.
    #[error(
        "no set of whole shifts was found that covers what is needed within the rules; loosen a rule a little"
    )]
    NotFound,
}

/// The cheapest shifts found; `goes_on` ends the search by saying no.
///
/// # Errors
/// There are no shifts, too many, or none that cover what is needed.
pub fn cover(
    model: &Model,
    needs: Vec<Need>,
    effort: Effort,
    goes_on: &dyn Fn(u64) -> bool,
) -> Result<Cover, ShiftsError> {
    if model.shifts.templates.is_empty() {
        return Err(ShiftsError::NoShifts);
    }
    let patterns = patterns(model)?;
    reachable(model, &patterns, &needs)?;
    let program = program(model, &patterns, &needs);
    let solved = solve(&program, effort, goes_on).map_err(|unsolved| match unsolved {
        Unsolved::Impossible => ShiftsError::Impossible,
        Unsolved::NotFound => ShiftsError::NotFound,
    })?;
    Ok(Cover { patterns, solved, needs })
}

impl Cover {
    /// People of a group on shift and not on a break, in each interval of the run.
    pub fn people(&self, model: &Model, group: GroupId) -> Vec<u32> {
        let mut people = vec![0; model.grid().intervals()];
        let used =
            self.patterns.iter().zip(&self.solved.x).filter(|(pattern, n)| pattern.group == group && **n > 0);
        for (pattern, &n) in used {
            pattern.works.iter().for_each(|&i| people[i] += n);
        }
        people
    }

    /// Paid hours of all shifts, premiums not counted.
    pub fn paid_hours(&self) -> f64 {
        self.patterns.iter().zip(&self.solved.x).map(|(p, &n)| p.paid_hours * f64::from(n)).sum()
    }
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
    let intervals = model.grid().intervals();
    let row_of = |group: GroupId| needs.iter().position(|need| need.group == group).map(|k| k * intervals);
    let most = needs.iter().flat_map(|need| &need.people).copied().max().unwrap_or(0).max(1);
    let column = |pattern: &Pattern| Column {
        cost: price(model, pattern),
        covers: row_of(pattern.group)
            .map_or_else(Vec::new, |first| pattern.works.iter().map(|i| first + i).collect()),
        most: most.max(model.shifts.templates[pattern.template].at_least),
        at: pattern.start,
    };
    Program {
        columns: patterns.iter().map(column).collect(),
        rows: needs
            .iter()
            .flat_map(|need| &need.people)
            .map(|&least| Row { least, slopes: Vec::new() })
            .collect(),
        gain: 0.0,
        limits: limits(model, patterns),
    }
}

/// What a pattern costs in the plan's objective.
fn price(model: &Model, pattern: &Pattern) -> f64 {
    match model.plan.objective {
        Objective::AgentHours => pattern.weighed_hours,
        Objective::Cost => pattern.weighed_hours * model.groups[pattern.group.0].cost_per_hour.unwrap_or(1.0),
        Objective::Headcount => 1.0,
    }
}

/// The rules of the schedule: people per template and day, people per day, seats per interval.
fn limits(model: &Model, patterns: &[Pattern]) -> Vec<Limit> {
    let (grid, shifts) = (model.grid(), &model.shifts);
    let chosen = |weight: f64, which: &dyn Fn(&Pattern) -> bool, at_most: f64| Limit {
        terms: patterns.iter().enumerate().filter(|(_, p)| which(p)).map(|(j, _)| (j, weight)).collect(),
        at_most,
    };
    let mut limits = Vec::new();
    for (t, template) in shifts.templates.iter().enumerate() {
        for &day in &template.days {
            let which = |p: &Pattern| p.template == t && grid.day_of(p.start) == day;
            limits.extend(template.at_most.map(|most| chosen(1.0, &which, f64::from(most))));
            if template.at_least > 0 {
                limits.push(chosen(-1.0, &which, -f64::from(template.at_least)));
            }
        }
    }
    for day in 0..grid.days {
        let which = |p: &Pattern| grid.day_of(p.start) == day;
        limits.extend(shifts.people.map(|people| chosen(1.0, &which, f64::from(people))));
    }
    for i in 0..grid.intervals() {
        let which = |p: &Pattern| p.works.binary_search(&i).is_ok();
        let seats = shifts.seats.into_iter().chain(model.plan.headcount).min();
        limits.extend(seats.map(|seats| chosen(1.0, &which, f64::from(seats))));
    }
    limits
}
