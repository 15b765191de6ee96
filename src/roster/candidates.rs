//! All single changes to a roster that may help, each once: changes that put the same number of people to work at the same
//! times are one.
//!
//! Breaks stay inside their shift, away from its ends, and apart from one another; whatever is moved moves by whole
//! intervals; shifts by at most two hours. A change after which the person's own shifts break a rule that they kept before
//! is none.

use super::Question;
use super::change::{Change, Kind, may_learn, staffed};
use super::gaps::Needs;
use super::rules::personal;
use crate::model::{GroupId, Roster, Shift, Stretch};
use crate::montecarlo::Staffing;
use std::collections::BTreeSet;

/// The most that a shift is moved by, minutes.
const FAR: i64 = 120;

/// A change that may help.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The change.
    pub change: Change,
    /// People at work afterwards; as before where somebody learns a skill.
    pub staffing: Staffing,
    /// Contacts a day that it should bring to the good side of the goal, by the worth of a person in each interval.
    pub promise: f64,
}

/// Every candidate of one kind, the most promising first.
pub fn candidates(question: &Question<'_>, needs: &[Needs], kind: Kind) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for one in needs {
        let Some(roster) = &question.rosters[one.group.0] else { continue };
        let mut known: BTreeSet<Vec<i64>> = BTreeSet::new();
        for change in changes(question, one.group, roster, kind) {
            let effect = effect(&change, roster);
            if effect.as_ref().is_some_and(|effect| known.contains(effect)) {
                continue;
            }
            let Some(made) = candidate(question, one, needs, roster, change) else { continue };
            known.extend(effect);
            let same = |other: &Candidate| other.staffing == made.staffing && !is_skill(&other.change);
            if is_skill(&made.change) || !found.iter().any(same) {
                found.push(made);
            }
        }
    }
    found.sort_by(|a, b| b.promise.total_cmp(&a.promise));
    found
}

/// What a change does to the number of people at work, whoever they are: changes that are alike in it are one.
fn effect(change: &Change, roster: &Roster) -> Option<Vec<i64>> {
    let whole = |shift: &Shift, by: i64| {
        let breaks = shift.breaks.iter().flat_map(|pause| [pause.from, pause.to]);
        [shift.span.from, shift.span.to, by].into_iter().chain(breaks).collect()
    };
    match *change {
        Change::MoveBreak { shift, pause, by, .. } => {
            let now = roster.shifts[shift].breaks[pause];
            Some(vec![now.from, now.to, by])
        }
        Change::MoveShift { shift, by, .. } => Some(whole(&roster.shifts[shift], by)),
        Change::AddHour { shift, before, .. } => {
            let span = roster.shifts[shift].span;
            Some(vec![if before { span.from } else { span.to }, i64::from(before)])
        }
        Change::AddPerson { like, .. } => Some(whole(&roster.shifts[like], 0)),
        Change::CrossTrain { .. } => None,
    }
}

fn is_skill(change: &Change) -> bool {
    change.kind() == Kind::CrossTrain
}

fn changes(question: &Question<'_>, group: GroupId, roster: &Roster, kind: Kind) -> Vec<Change> {
    let grid = question.model.grid();
    let step = (grid.interval.0 / 60_000_000) as i64;
    let run = Stretch { from: 0, to: step * grid.intervals() as i64 };
    let inside = roster.shifts.iter().enumerate().filter(|(_, shift)| shift.span.common(run).minutes() > 0);
    let each =
        |of: &dyn Fn(usize, &Shift) -> Vec<Change>| inside.clone().flat_map(|(k, s)| of(k, s)).collect();
    match kind {
        Kind::MoveBreak => each(&|shift, facts| breaks(group, shift, facts, step)),
        Kind::MoveShift => each(&|shift, _| {
            let far = (FAR / step).max(1);
            let by = (-far..=far).filter(|by| *by != 0);
            by.map(|by| Change::MoveShift { group, shift, by: by * step }).collect()
        }),
        Kind::AddHour => {
            each(&|shift, _| [true, false].map(|before| Change::AddHour { group, shift, before }).to_vec())
        }
        Kind::AddPerson => each(&|like, _| vec![Change::AddPerson { group, like }]),
        Kind::CrossTrain => skills(question, group, roster),
    }
}

/// Every other place of every break of a shift.
fn breaks(group: GroupId, shift: usize, facts: &Shift, step: i64) -> Vec<Change> {
    let mut found = Vec::new();
    for (pause, now) in facts.breaks.iter().enumerate() {
        let longest = facts.span.minutes() / step;
        for by in (-longest..=longest).filter(|by| *by != 0).map(|by| by * step) {
            let then = now.moved(by);
            let inside = then.from > facts.span.from && then.to < facts.span.to;
            let others = facts.breaks.iter().enumerate().filter(|(k, _)| *k != pause);
            if inside && others.into_iter().all(|(_, other)| other.common(then).minutes() == 0) {
                found.push(Change::MoveBreak { group, shift, pause, by });
            }
        }
    }
    found
}

/// Every person who could learn the queues of another group; of those with the same hours, the first by name.
fn skills(question: &Question<'_>, group: GroupId, roster: &Roster) -> Vec<Change> {
    let mut people: Vec<&str> = roster.shifts.iter().map(|shift| shift.person.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    let hours = |person: &str| -> Vec<Stretch> {
        roster.shifts.iter().filter(|shift| shift.person == person).flat_map(Shift::at_work).collect()
    };
    let mut seen: Vec<Vec<Stretch>> = Vec::new();
    people.retain(|person| {
        let hours = hours(person);
        let new = !seen.contains(&hours);
        seen.push(hours);
        new
    });
    let others = (0..question.model.groups.len()).map(GroupId);
    let others: Vec<GroupId> = others.filter(|&to| may_learn(question.model, group, to)).collect();
    let change = |to: GroupId, person: &str| Change::CrossTrain { group, person: person.to_owned(), to };
    others.iter().flat_map(|&to| people.iter().map(move |person| change(to, person))).collect()
}

/// A change that keeps the rules and changes something.
fn candidate(
    question: &Question<'_>,
    needs: &Needs,
    all: &[Needs],
    roster: &Roster,
    change: Change,
) -> Option<Candidate> {
    let group = needs.group;
    if is_skill(&change) {
        let promise = worth_of_skill(question, all, roster, &change);
        return Some(Candidate { change, staffing: question.staffing.clone(), promise });
    }
    let after = change.applied(roster);
    let staffing = staffed(question.model, question.staffing, group, &after);
    if staffing == *question.staffing || breaks_a_rule(question, &change, roster, &after) {
        return None;
    }
    let worth = |need: &super::gaps::Need| {
        let more = i64::from(staffing.at(group, need.interval)) - i64::from(need.at_work);
        more.max(0) as f64 * need.worth.0 + more.min(0) as f64 * need.worth.1
    };
    let promise = needs.intervals.iter().map(worth).sum();
    Some(Candidate { change, staffing, promise })
}

/// What the person is worth in the other group's intervals, one by one; where nothing is known of them, the hours at work.
fn worth_of_skill(question: &Question<'_>, all: &[Needs], roster: &Roster, change: &Change) -> f64 {
    let Change::CrossTrain { person, to, .. } = change else { return 0.0 };
    let length = (question.model.grid().interval.0 / 60_000_000) as i64;
    let mine: Vec<Stretch> =
        roster.shifts.iter().filter(|s| s.person == *person).flat_map(Shift::at_work).collect();
    let share = |i: usize| {
        let interval = Stretch { from: i as i64 * length, to: (i as i64 + 1) * length };
        mine.iter().map(|piece| piece.common(interval).minutes()).sum::<i64>() as f64 / length as f64
    };
    match all.iter().find(|needs| needs.group == *to) {
        Some(theirs) => theirs.intervals.iter().map(|need| share(need.interval) * need.worth.0).sum(),
        None => mine.iter().map(|piece| piece.minutes() as f64).sum(),
    }
}

/// Whether the shifts of the person concerned break more rules than before.
fn breaks_a_rule(question: &Question<'_>, change: &Change, before: &Roster, after: &Roster) -> bool {
    let (Change::MoveBreak { shift, .. } | Change::MoveShift { shift, .. } | Change::AddHour { shift, .. }) =
        *change
    else {
        return false;
    };
    let person = &before.shifts[shift].person;
    let count = |roster: &Roster| {
        let others = question.rosters.iter().enumerate().filter(|(g, _)| *g != change.group().0);
        let elsewhere =
            others.flat_map(|(g, one)| one.iter().flat_map(move |r| r.shifts.iter().map(move |s| (g, s))));
        let here = roster.shifts.iter().map(|shift| (change.group().0, shift));
        let theirs = elsewhere.chain(here).filter(|(_, shift)| shift.person == *person).collect();
        personal(theirs, &question.rules).len()
    };
    count(after) > count(before)
}
