//! The rules of a schedule as limits of the program: people per shift and day, people per day, seats per interval.

use super::contract_rules;
use super::patterns::Pattern;
use super::solver::Limit;
use crate::model::Model;

/// Every rule of the scenario.
pub(super) fn limits(model: &Model, patterns: &[Pattern]) -> Vec<Limit> {
    let mut limits = of_shifts(model, patterns);
    let (grid, shifts) = (model.grid(), &model.shifts);
    for day in 0..grid.days {
        let which = |p: &Pattern| grid.day_of(p.start) == day;
        limits.extend(shifts.people.map(|people| chosen(patterns, 1.0, which, f64::from(people))));
    }
    for i in 0..grid.intervals() {
        let which = |p: &Pattern| p.works.binary_search(&i).is_ok();
        let seats = shifts.seats.into_iter().chain(model.plan.headcount).min();
        limits.extend(seats.map(|seats| chosen(patterns, 1.0, which, f64::from(seats))));
    }
    limits.extend(contract_rules::limits(model, patterns));
    limits
}

/// Fewest and most people who work a shift on a day.
fn of_shifts(model: &Model, patterns: &[Pattern]) -> Vec<Limit> {
    let mut limits = Vec::new();
    for (t, template) in model.shifts.templates.iter().enumerate() {
        for &day in &template.days {
            let which = |p: &Pattern| p.template == t && model.grid().day_of(p.start) == day;
            limits.extend(template.at_most.map(|most| chosen(patterns, 1.0, which, f64::from(most))));
            if template.at_least > 0 {
                limits.push(chosen(patterns, -1.0, which, -f64::from(template.at_least)));
            }
        }
    }
    limits
}

/// At most so much of `weight` times the people who work these patterns.
fn chosen(patterns: &[Pattern], weight: f64, which: impl Fn(&Pattern) -> bool, at_most: f64) -> Limit {
    let terms = patterns.iter().enumerate().filter(|(_, pattern)| which(pattern));
    Limit { terms: terms.map(|(j, _)| (j, weight)).collect(), at_most }
}
