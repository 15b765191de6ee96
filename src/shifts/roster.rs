//! Shifts dealt out to people: a row for each person and day.

use super::answer::Answer;
use super::patterns::Pattern;
use super::schedule::Schedule;
use crate::model::Model;

/// One person's shift on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty<'c> {
    /// The person: by name, by contract and number (`full-time 3`), or, without contracts, by group and number on that day
    /// (`phones 3`); a shift that nobody can take is `open 1`.
    pub agent: String,
    /// The shift.
    pub pattern: &'c Pattern,
}

/// Every duty, by day, then group, then start; people of a group are numbered from 1 on each day.
pub fn roster<'c>(model: &Model, schedule: &'c Schedule) -> Vec<Duty<'c>> {
    let per_day = model.grid().per_day;
    let each = schedule.used().flat_map(|(pattern, n)| std::iter::repeat_n(pattern, n as usize));
    let mut shifts: Vec<&Pattern> = each.collect();
    // The sort is stable: within a start the order of the scenario stays.
    shifts.sort_by_key(|pattern| (pattern.start / per_day, pattern.group, pattern.start, pattern.length));
    let mut duties = Vec::new();
    let (mut last, mut number) = (None, 0);
    for pattern in shifts {
        let crew = (pattern.start / per_day, pattern.group);
        number = if last == Some(crew) { number + 1 } else { 1 };
        last = Some(crew);
        let agent = format!("{} {number}", model.groups[pattern.group.0].name);
        duties.push(Duty { agent, pattern });
    }
    duties
}

/// The duties of an answer: those of people's weeks where there are contracts, in the same order; else as [`roster`].
pub fn dealt<'c>(model: &Model, answer: &'c Answer) -> Vec<Duty<'c>> {
    let Some(tours) = &answer.tours else { return roster(model, &answer.schedule) };
    let per_day = model.grid().per_day;
    let mut open = 0;
    let mut duties: Vec<Duty<'c>> = Vec::with_capacity(tours.turns.len());
    for turn in &tours.turns {
        let pattern = &answer.schedule.patterns[turn.pattern];
        open += u32::from(turn.person.is_none());
        let agent =
            turn.person.map_or_else(|| format!("open {open}"), |p| tours.people[p].person.who.name.clone());
        duties.push(Duty { agent, pattern });
    }
    duties.sort_by_key(|duty| {
        let pattern = duty.pattern;
        (pattern.start / per_day, pattern.group, pattern.start, pattern.length)
    });
    duties
}
