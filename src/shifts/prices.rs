//! What each rule costs: how much cheaper the shifts could be without it.
//!
//! Each rule is taken away alone, all else as it is, and shifts are chosen anew for the same need. They start from the
//! shifts that were chosen, which are still allowed, so that none gets dearer. The search finds some saving; its bound says
//! what none can exceed.

use super::patterns::Pattern;
use super::schedule::{Chooser, Schedule};
use super::solver::Means;
use crate::model::{Break, Contract, Model, Template, hours_shown};
use std::collections::BTreeMap;

/// A rule and its price, in the plan's objective over the whole run.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// The rule, as it stands in the scenario: `schedule.seats = 60`.
    pub rule: String,
    /// What was tried instead.
    pub instead: String,
    /// What was found to be saved; nothing where there were too many ways to work.
    pub saves: Option<f64>,
    /// What cannot be exceeded by any saving.
    pub at_most: Option<f64>,
}

/// A scenario with one rule less.
struct Relaxed {
    rule: String,
    instead: String,
    model: Model,
}

/// The price of every rule, each searched for with these means; `goes_on` is told how many rules are done, of how many, and
/// ends the search by saying no.
pub fn prices(
    model: &Model,
    schedule: &Schedule,
    means: impl Into<Means>,
    goes_on: &dyn Fn(u64, u64) -> bool,
) -> Vec<Price> {
    let (all, means) = (relaxed(model), means.into());
    let total = all.len() as u64;
    let mut found = Vec::new();
    for (done, one) in all.into_iter().enumerate() {
        if !goes_on(done as u64, total) {
            break;
        }
        found.push(price(one, schedule, means));
    }
    found
}

fn price(one: Relaxed, schedule: &Schedule, means: Means) -> Price {
    let solved = Chooser::new(&one.model).and_then(|chooser| {
        let start = carried(schedule, &chooser.patterns);
        chooser.solve(&schedule.needs, Some(&start), means, &|_| true)
    });
    let cost = schedule.solved.cost;
    let saved = |less: f64| (cost - less).max(0.0);
    let solved = solved.ok();
    Price {
        rule: one.rule,
        instead: one.instead,
        saves: solved.as_ref().map(|solved| saved(solved.cost)),
        at_most: solved.as_ref().map(|solved| saved(solved.bound)),
    }
}

/// What was chosen, among other patterns.
fn carried(schedule: &Schedule, patterns: &[Pattern]) -> Vec<u32> {
    let key = |pattern: &Pattern| {
        let breaks: Vec<(usize, usize)> = pattern.breaks.iter().map(|b| (b.after, b.length)).collect();
        (pattern.template, pattern.group, pattern.contract, pattern.start, pattern.length, breaks)
    };
    let chosen: BTreeMap<_, u32> = schedule.used().map(|(pattern, n)| (key(pattern), n)).collect();
    patterns.iter().map(|pattern| chosen.get(&key(pattern)).copied().unwrap_or(0)).collect()
}

/// The scenario without each of its rules in turn.
fn relaxed(model: &Model) -> Vec<Relaxed> {
    let mut all = Vec::new();
    let mut add = |rule: String, instead: &str, change: &dyn Fn(&mut Model)| {
        let mut model = model.clone();
        change(&mut model);
        all.push(Relaxed { rule, instead: instead.to_owned(), model });
    };
    if let Some(seats) = model.shifts.seats {
        add(format!("schedule.seats = {seats}"), "no such limit", &|model| model.shifts.seats = None);
    }
    if let Some(people) = model.shifts.people {
        add(format!("schedule.people = {people}"), "no such limit", &|model| model.shifts.people = None);
    }
    for (t, template) in model.shifts.templates.iter().enumerate() {
        for (rule, instead, change) in of_template(template, model) {
            let change = move |model: &mut Model| change(&mut model.shifts.templates[t]);
            add(format!("shifts.{}.{rule}", template.name), instead, &change);
        }
    }
    for (c, contract) in model.shifts.contracts.iter().enumerate() {
        for (rule, instead, change) in of_contract(contract) {
            add(format!("contract.{}.{rule}", contract.name), instead, &move |model| {
                change(&mut model.shifts.contracts[c]);
            });
        }
    }
    all
}

/// A rule of a contract, what stands instead of it, and how.
type ContractChange = (String, &'static str, fn(&mut Contract));

/// The rules of a contract that are rows of the program; what the tours alone must keep has no price.
fn of_contract(contract: &Contract) -> Vec<ContractChange> {
    let mut rules: Vec<ContractChange> = vec![
        (format!("days_a_week = {}", contract.days_a_week), "no limit", |one| one.days_a_week = 7),
        (format!("days_in_a_row = {}", contract.days_in_a_row), "no limit", |one| {
            one.days_in_a_row = u32::MAX;
        }),
        (format!("rest = {}", hours_shown(contract.rest as f64 / 60.0)), "none", |one| one.rest = 0),
    ];
    if contract.days_off_in_a_row > 1 {
        let off = format!("days_off_in_a_row = {}", contract.days_off_in_a_row);
        rules.push((off, "none", |one| one.days_off_in_a_row = 1));
    }
    if let Some((least, most)) = contract.hours_a_day {
        rules.push((format!("hours_a_day = {}-{}", hours_shown(least), hours_shown(most)), "any", |one| {
            one.hours_a_day = None;
        }));
    }
    if let Some((least, most)) = contract.hours_a_week {
        if least > 0.0 {
            let none = |one: &mut Contract| one.hours_a_week = one.hours_a_week.map(|(_, most)| (0.0, most));
            rules.push((format!("hours_a_week, least {}", hours_shown(least)), "none", none));
        }
        let free = |one: &mut Contract| one.hours_a_week = one.hours_a_week.map(|(least, _)| (least, 168.0));
        rules.push((format!("hours_a_week, most {}", hours_shown(most)), "no limit", free));
    }
    rules
}

/// A rule, what stands instead of it, and how.
type Change = (String, &'static str, Box<dyn Fn(&mut Template)>);

/// The rules of one shift.
fn of_template(template: &Template, model: &Model) -> Vec<Change> {
    let mut rules: Vec<Change> = Vec::new();
    if let Some(most) = template.at_most {
        rules.push((format!("at_most = {most}"), "no such limit", Box::new(|t| t.at_most = None)));
    }
    if template.at_least > 0 {
        let least = template.at_least;
        rules.push((format!("at_least = {least}"), "nobody need work it", Box::new(|t| t.at_least = 0)));
    }
    let days = model.grid().days;
    if template.days.len() < days {
        let change = move |t: &mut Template| t.days = (0..days).collect();
        rules.push(("days".to_owned(), "every day", Box::new(change)));
    }
    if let [first, .., last] = template.starts[..]
        && last - first + 1 > template.starts.len()
    {
        let change = move |t: &mut Template| t.starts = (first..=last).collect();
        rules.push(("starts".to_owned(), "every interval between", Box::new(change)));
    }
    if !template.breaks.is_empty() {
        let change = |t: &mut Template| t.breaks.iter_mut().for_each(widen);
        let instead = "windows an interval wider";
        rules.push(("breaks".to_owned(), instead, Box::new(change)));
    }
    rules
}

/// One interval more on both sides of a break's window.
fn widen(pause: &mut Break) {
    pause.after = pause.after.map(|(first, last)| (first.saturating_sub(1).max(1), last + 1));
    pause.between = pause.between.map(|(from, to)| (from.saturating_sub(1), to + 1));
}
