//! From shifts to people's weeks: every chosen shift is given to somebody whose contract, skills and hours allow it, with
//! rest, days in a row, days and hours of the week and days off kept; what nobody can take is open, with the reason.
//!
//! The life of a deal: [`facts`] says who could work what; [`deal`] gives shifts out, closes gaps by chains of people and
//! makes the weeks even by exchanges; [`proof`] says how few must stay open, and, where there are few shifts, finds the
//! deal that leaves as few. [`table`] holds the rules of a person's week. First come the fewest open shifts, then hours
//! that contracts give and days off asked for, then unpopular hours spread in proportion to hours of the week, wishes, and
//! last the hours themselves.

mod deal;
mod facts;
mod proof;
mod table;

pub use table::Why;

use super::clock::HOUR;
use super::crew::Person;
use super::schedule::Schedule;
use crate::model::Model;
use facts::Facts;
use table::{NONE, Table};

/// Everybody's weeks.
#[derive(Clone, Debug)]
pub struct Tours {
    /// The people, and what they work.
    pub people: Vec<Week>,
    /// Every shift with who works it, by day, then start; patterns are positions in [`Schedule::patterns`].
    pub turns: Vec<Turn>,
    /// How few shifts must stay open, as far as is known.
    pub least_open: usize,
}

/// Somebody and what they work.
#[derive(Clone, Debug)]
pub struct Week {
    /// Who.
    pub person: Person,
    /// Position of the shift ([`Tours::turns`]) of each day of the run.
    pub turns: Vec<Option<usize>>,
    /// Paid hours of the run.
    pub hours: f64,
    /// Hours by which weeks fall short of what the contract gives.
    pub short: f64,
    /// Hours at work at a premium, at night or on a weekend, in this run.
    pub unpopular: f64,
    /// Days off asked for and not given, each with the reasons why nobody else could take the shift.
    pub denied: Vec<(usize, Vec<(Why, usize)>)>,
    /// Shifts that are not among those wished for; nothing where none were wished for.
    pub unwished: Option<usize>,
}

/// A shift and who works it.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The pattern.
    pub pattern: usize,
    /// The person ([`Tours::people`]); nobody: it is open.
    pub person: Option<usize>,
    /// Why nobody can take it, with the number of people: who cannot do the work at all is not counted.
    pub reasons: Vec<(Why, usize)>,
}

impl Tours {
    /// Shifts that nobody can take.
    pub fn open(&self) -> impl Iterator<Item = &Turn> {
        self.turns.iter().filter(|turn| turn.person.is_none())
    }
}

/// Gives the chosen shifts to people; nothing where the scenario has no contracts. `goes_on` ends the search by saying no.
pub fn tours(model: &Model, schedule: &Schedule, goes_on: &dyn Fn() -> bool) -> Option<Tours> {
    if model.shifts.contracts.is_empty() {
        return None;
    }
    let facts = Facts::new(model, schedule);
    let table = deal::deal(&facts, goes_on);
    let (better, least_open) = proof::fewest(&table);
    let table = better.map_or(table, |better| deal::evened(better, goes_on));
    let people = (0..facts.people.len()).map(|p| week(&table, p)).collect();
    let turns = (0..facts.jobs.len()).map(|job| turn(&table, job)).collect();
    Some(Tours { people, turns, least_open })
}

fn week(table: &Table<'_>, p: usize) -> Week {
    let person = table.facts.people[p].clone();
    let unwished = |job: &usize| !person.who.wishes.contains(&table.facts.kind(*job).template);
    Week {
        turns: table.jobs[p].iter().map(|&job| (job != NONE).then_some(job)).collect(),
        hours: table.paid[p].iter().sum::<i64>() as f64 / HOUR,
        short: table.short(p) as f64 / HOUR,
        unpopular: table.unpopular(p) as f64 / HOUR,
        denied: table.denied(p).into_iter().map(|(day, job)| (day, reasons(table, job))).collect(),
        unwished: (!person.who.wishes.is_empty()).then(|| table.of(p).filter(unwished).count()),
        person,
    }
}

fn turn(table: &Table<'_>, job: usize) -> Turn {
    let person = Some(table.people[job]).filter(|person| *person != NONE);
    let reasons = if person.is_none() { reasons(table, job) } else { Vec::new() };
    Turn { pattern: table.facts.kind(job).pattern, person, reasons }
}

/// Why nobody else can take a job: how many for which reason, the commonest first.
fn reasons(table: &Table<'_>, job: usize) -> Vec<(Why, usize)> {
    let others = (0..table.jobs.len()).filter(|&p| table.people[job] != p);
    let whys: Vec<Why> = others
        .map(|p| table.fits(p, job).err().unwrap_or(Why::Dearer))
        .filter(|why| *why != Why::Skill)
        .collect();
    let mut counted: Vec<(Why, usize)> = Vec::new();
    for why in whys {
        match counted.iter_mut().find(|(known, _)| *known == why) {
            Some((_, n)) => *n += 1,
            None => counted.push((why, 1)),
        }
    }
    counted.sort_by_key(|&(why, n)| (std::cmp::Reverse(n), why));
    counted
}
