//! `target`: promises, as tables or in short form ("90% in 2m per day", "90% done in 4h elapsed").

use super::document::Value;
use super::duration;
use super::fault::{Trouble, quoted};
use super::item::{Item, Scalar};
use super::keys::TARGET;
use super::nearest;
use super::number;
use super::penalty::penalties;
use super::section::Section;
use crate::model::{Clock, Definition, Goal, Limit, Per, Target};
use crate::units::Micros;

const PERS: [(&str, Per); 5] = [
    ("interval", Per::Interval),
    ("day", Per::Day),
    ("week", Per::Week),
    ("month", Per::Month),
    ("run", Per::Run),
];

const DEFINITIONS: [&str; 6] =
    ["offered", "answered", "ignore_early", "credit_early", "ignore_short", "credit_short"];

/// What can be promised; a target promises exactly one.
const GOALS: [&str; 7] = ["answered", "asa", "abandoned", "longest", "done", "replied", "called_back"];

/// Keys that go with some promises only.
const HOMES: [(&str, &[&str]); 5] = [
    ("within", &["answered", "done", "replied"]),
    ("definition", &["answered"]),
    ("short", &["answered"]),
    ("floor", &["answered"]),
    ("clock", &["done"]),
];

pub(super) const CLOCKS: [(&str, Clock); 2] = [("business", Clock::Business), ("elapsed", Clock::Elapsed)];

/// Why a clock must be stated.
const STATE_CLOCK: &str = "\"elapsed\" if nights and weekends count, \"business\" if only opening hours do";

/// One promise or several.
pub(super) fn targets(item: Item<'_>) -> Option<Vec<Target>> {
    item.one_or_each(one)
}

fn one(item: Item<'_>) -> Option<Target> {
    let target = match &item.node.value {
        Value::Text(text) => short_form(text).map_err(|trouble| item.fault::<()>(trouble)).ok(),
        _ => table(Section::open(item, &TARGET)?),
    }?;
    if target.goal.limit() == Limit::AtLeast(1.0) {
        let help = "nothing certain can be said of a promise without exception; 99.9% is as near as it gets";
        item.note(Trouble::new("100% is never certain", "every single contact", help));
    }
    Some(target)
}

/// "90% in 2m per day" or "90% done in 4h elapsed per day"; without "per", per day.
fn short_form(text: &str) -> Result<Target, Trouble> {
    let wrong = |label: &str| {
        let help = "write \"90% in 2m per day\", \"90% done in 4h elapsed\", or a table { answered = \"90%\", within = \"2m\", per = \"day\" }";
        Trouble::new("`target` is not understood", label, help)
    };
    let (share, rest) = text
        .split_once(" in ")
        .or_else(|| text.split_once(" within "))
        .ok_or_else(|| wrong(&format!("\"{}\" does not say in what time", quoted(text))))?;
    let (within, per) = match rest.split_once(" per ") {
        Some((within, per)) => (within, per.trim()),
        None => (rest, "day"),
    };
    let (share, done) = match share.trim_end().strip_suffix(" done") {
        Some(share) => (share, true),
        None => (share, false),
    };
    let (within, clock) = if done { clock(within)? } else { (within, Clock::Elapsed) };
    if share.trim_start().starts_with(char::is_alphabetic) {
        return Err(wrong(&format!("\"{}\" is no share", quoted(share.trim()))));
    }
    let scalar = share.trim().parse().map_or(Scalar::Text(share), Scalar::Real);
    let share = positive_share(number::share(scalar, "target")?, "target")?;
    let within = duration::micros(Scalar::Text(within), "target")?;
    let per = PERS.iter().find(|(word, _)| *word == per).map(|(_, per)| *per);
    let per = per.ok_or_else(|| wrong("per interval, day, week, month or run"))?;
    let goal = if done {
        Goal::Done { share, within, clock }
    } else {
        Goal::Answered { share, within, definition: Definition::Offered }
    };
    Ok(Target { goal, per, on_days: None, floor: None, penalties: Vec::new() })
}

/// The time and the clock of "4h elapsed".
fn clock(text: &str) -> Result<(&str, Clock), Trouble> {
    let known = |(word, clock): (&str, Clock)| Some((text.trim_end().strip_suffix(word)?, clock));
    CLOCKS.into_iter().find_map(known).ok_or_else(|| {
        let label = format!("by which clock are the {}?", quoted(text.trim()));
        let help = format!("write \"90% done in 4h elapsed\" or \"… business\": {STATE_CLOCK}");
        Trouble::new("`target` does not say which clock counts", label, help)
    })
}

fn positive_share(share: f64, name: &str) -> Result<f64, Trouble> {
    if share > 0.0 {
        return Ok(share);
    }
    Err(Trouble::new(
        format!("`{name}` promises nothing"),
        "0% is always kept",
        "write a share such as \"80%\"",
    ))
}

fn table(section: Section<'_>) -> Option<Target> {
    let goal = goal(&section);
    let per = section.or("per", Per::Day, |item| item.word(&PERS));
    let on_days = section.maybe("on_days", promised);
    let floor = section.maybe("floor", |item| item.leaf(number::share));
    let penalties = penalties(&section, goal.as_ref(), per);
    let target = Target { goal: goal?, per: per?, on_days: on_days?, floor: floor?, penalties: penalties? };
    check(&section, &target)?;
    Some(target)
}

/// What is promised: exactly one thing, and no key that belongs to another.
fn goal(section: &Section<'_>) -> Option<Goal> {
    let mut written = section.written().filter(|item| GOALS.contains(&item.name));
    let Some(first) = written.next() else {
        let help = "write answered = \"90%\" with within = \"2m\"; or asa, abandoned, longest, done, replied or called_back";
        return section.item.fault(Trouble::new("this target promises nothing", "what is promised?", help));
    };
    if let Some(second) = written.next() {
        let title = format!("a target promises one thing, not `{}` and `{}`", first.name, second.name);
        let help = "write two: target = [ { … }, { … } ]; all must hold";
        section.cx().fault(second.key, Trouble::new(title, "a second promise", help));
        return None;
    }
    stray(section, first.name);
    match first.name {
        "answered" => answered(section, first),
        "asa" => first.leaf(duration::micros).map(Goal::Asa),
        "abandoned" => abandoned(first),
        "done" => done(section, first),
        "replied" => replied(section, first),
        "called_back" => promised(first).map(|share| Goal::CalledBack { share }),
        _ => first.leaf(duration::some_micros).map(Goal::Longest),
    }
}

fn stray(section: &Section<'_>, goal: &str) {
    for (key, homes) in HOMES {
        if let Some(item) = section.get(key).filter(|_| !homes.contains(&goal)) {
            let label = format!("means nothing with `{goal}`");
            let title = format!("`{key}` goes with {}", nearest::list(homes.iter().copied()));
            section.cx().fault(item.key, Trouble::new(title, label, "remove it"));
        }
    }
}

/// A share that is promised.
fn promised(item: Item<'_>) -> Option<f64> {
    item.leaf(|scalar, name| positive_share(number::share(scalar, name)?, name))
}

fn done(section: &Section<'_>, item: Item<'_>) -> Option<Goal> {
    let share = promised(item);
    let within = section.need("within", "add `within = \"4h\"`", |item| item.leaf(duration::some_micros));
    let mend = format!("add `clock`: {STATE_CLOCK}");
    let clock = section.need("clock", &mend, |item| item.word(&CLOCKS));
    Some(Goal::Done { share: share?, within: within?, clock: clock? })
}

fn replied(section: &Section<'_>, item: Item<'_>) -> Option<Goal> {
    let share = promised(item);
    let within = section.need("within", "add `within = \"1m\"`", |item| item.leaf(duration::some_micros));
    Some(Goal::Replied { share: share?, within: within? })
}

fn answered(section: &Section<'_>, item: Item<'_>) -> Option<Goal> {
    let share = promised(item);
    let within = section.need("within", "add `within = \"2m\"`", |item| item.leaf(duration::micros));
    let definition = definition(section);
    let (share, within) = (share?, within?);
    Some(Goal::Answered { share, within, definition: definition? })
}

/// A share of 1 without a percent sign is read as all of them, and said so.
fn abandoned(item: Item<'_>) -> Option<Goal> {
    let share = item.leaf(number::share)?;
    if matches!(item.node.value, Value::Whole(1)) {
        item.note(Trouble::new(
            "1 is read as 100%",
            "everybody may hang up",
            "write \"1%\" or 0.01 if that is meant",
        ));
    }
    Some(Goal::Abandoned(share))
}

fn definition(section: &Section<'_>) -> Option<Definition> {
    let word = section.or("definition", "offered", |item| item.word(&DEFINITIONS.map(|word| (word, word))));
    let short = section.maybe("short", |item| item.leaf(duration::some_micros));
    let (word, short) = (word?, short?);
    let needed = |make: fn(Micros) -> Definition| match short {
        Some(short) => Some(make(short)),
        None => section.missing("short", "add `short = \"5s\"`: abandonments up to then are short"),
    };
    if let Some(item) = section.get("short").filter(|_| !word.ends_with("_short")) {
        let help = "write definition = \"ignore_short\" or \"credit_short\", or remove `short`";
        item.cx.fault(
            item.key,
            Trouble::new("`short` has no effect here", format!("means nothing with \"{word}\""), help),
        );
        return None;
    }
    match word {
        "answered" => Some(Definition::Answered),
        "ignore_early" => Some(Definition::IgnoreEarly),
        "credit_early" => Some(Definition::CreditEarly),
        "ignore_short" => needed(|short| Definition::IgnoreShort { short }),
        "credit_short" => needed(|short| Definition::CreditShort { short }),
        _ => Some(Definition::Offered),
    }
}

/// What the parts of a target must be to each other.
fn check(section: &Section<'_>, target: &Target) -> Option<()> {
    if matches!(target.goal, Goal::Longest(_)) && target.on_days.is_none() {
        return section.missing("on_days", "add `on_days = \"90%\"`: no longest wait holds on every day");
    }
    let Goal::Answered { share, .. } = target.goal else { return Some(()) };
    match (target.floor, section.get("floor")) {
        (Some(floor), Some(item)) if floor > share => {
            let label = format!("above the promised {}%", round(share * 100.0));
            item.fault(Trouble::new(
                "`floor` is above the target",
                label,
                "a floor is the least of any interval: lower than the target",
            ))
        }
        _ => Some(()),
    }
}

/// For messages: at most four decimals.
fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms() {
        let target = short_form("90% in 2m per interval").unwrap();
        assert_eq!(target.per, Per::Interval);
        let goal =
            Goal::Answered { share: 0.9, within: Micros::from_mins(2), definition: Definition::Offered };
        assert_eq!(target.goal, goal);
        assert_eq!(short_form("0.8 within 20s").unwrap().per, Per::Day);
        let target = short_form("90% done in 4h elapsed per week").unwrap();
        let goal = Goal::Done { share: 0.9, within: Micros::from_mins(240), clock: Clock::Elapsed };
        assert_eq!((target.goal, target.per), (goal, Per::Week));
        for bad in [
            "",
            "90%",
            "90 in 2m",
            "90% in 2",
            "90% in 2m per year",
            "0% in 2m",
            "120% in 2m per day",
            "90% done in 4h",
            "90% in 4h elapsed",
        ] {
            assert!(short_form(bad).is_err(), "{bad}");
        }
    }
}
