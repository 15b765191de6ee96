//! For programs: everybody's week, open shifts with their reasons, and how even it is.

use super::moment;
use super::people::{Spread, of_contracts};
use crate::model::Model;
use crate::shifts::tours::{Turn, Week, Why};
use crate::shifts::{Answer, Tours};
use serde_json::{Value, json};

/// The block `tours`.
pub(super) fn json(model: &Model, answer: &Answer, tours: &Tours) -> Value {
    json!({
        "open": tours.open().count(),
        "open_at_least": tours.least_open,
        "open_shifts": tours.open().map(|turn| open(model, answer, turn)).collect::<Vec<_>>(),
        "contracts": of_contracts(model, tours).iter().map(|one| json!({
            "name": one.name,
            "people": one.people,
            "working": one.working,
            "hours": spread(one.hours),
            "unpopular_hours": spread(one.unpopular),
        })).collect::<Vec<_>>(),
        "people": tours.people.iter().map(|one| week(model, answer, tours, one)).collect::<Vec<_>>(),
    })
}

fn spread(one: Spread) -> Value {
    json!({ "least": one.least, "mean": one.mean, "most": one.most })
}

fn shift(model: &Model, answer: &Answer, turn: &Turn) -> Value {
    let pattern = &answer.schedule.patterns[turn.pattern];
    json!({
        "shift": model.shifts.templates[pattern.template].name,
        "group": model.groups[pattern.group.0].name,
        "start": moment(model, pattern.start),
        "end": moment(model, pattern.start + pattern.length),
        "paid_hours": pattern.paid_hours,
    })
}

fn open(model: &Model, answer: &Answer, turn: &Turn) -> Value {
    let mut all = shift(model, answer, turn);
    all["reasons"] = reasons(&turn.reasons);
    all
}

fn week(model: &Model, answer: &Answer, tours: &Tours, one: &Week) -> Value {
    let worked = one.turns.iter().flatten().map(|&turn| shift(model, answer, &tours.turns[turn]));
    let denied = one.denied.iter().map(|(day, why)| json!({ "day": day + 1, "reasons": reasons(why) }));
    json!({
        "agent": one.person.who.name,
        "contract": model.shifts.contracts[one.person.who.contract].name,
        "hours": one.hours,
        "hours_short": one.short,
        "unpopular_hours": one.unpopular,
        "unpopular_hours_before": one.person.who.unpopular_before,
        "days_off_not_given": denied.collect::<Vec<_>>(),
        "shifts_not_wished_for": one.unwished,
        "shifts": worked.collect::<Vec<_>>(),
    })
}

/// How many people for which reason.
fn reasons(all: &[(Why, usize)]) -> Value {
    all.iter().map(|&(why, n)| json!({ "reason": word(why), "people": n })).collect()
}

fn word(why: Why) -> &'static str {
    match why {
        Why::Skill => "skill",
        Why::Contract => "contract",
        Why::Away => "away",
        Why::Unavailable => "unavailable",
        Why::Busy => "works_that_day",
        Why::Rest => "rest",
        Why::Hours => "hours_a_week",
        Why::Days => "days_a_week",
        Why::InARow => "days_in_a_row",
        Why::DaysOff => "days_off_in_a_row",
        Why::Dearer => "would_cost_others",
    }
}
