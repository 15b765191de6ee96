//! Rosters in words: times, what is wrong, what could be changed.

use super::words::plural;
use crate::model::{GroupId, Model, Roster, Shift};
use crate::roster::change::Change;
use crate::roster::rules::{Breach, Finding};
use jiff::ToSpan;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// `08:30`, of a minute of any day.
pub(super) fn clock(at: i64) -> String {
    let minute = at.rem_euclid(DAY);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A day of the run: its date where it has one, else its number; nothing where the run has a single day.
pub(super) fn day(model: &Model, day: i64) -> Option<String> {
    let date = model.calendar.start.and_then(|start| start.checked_add(day.days()).ok());
    let outside = day < 0 || day >= model.grid().days as i64;
    if model.grid().days == 1 && !outside {
        return None;
    }
    Some(match date {
        Some(date) => format!("{} {date}", WEEKDAYS[date.weekday().to_monday_zero_offset() as usize]),
        None => format!("day {}", day + 1),
    })
}

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `12:00`, with its day where the run has several.
pub(super) fn when(model: &Model, at: i64) -> String {
    match day(model, at.div_euclid(DAY)) {
        Some(day) => format!("{day}, {}", clock(at)),
        None => clock(at),
    }
}

/// `8h`, `7h 30m`, `45m`.
pub(super) fn length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m}m"),
        (h, 0) => format!("{h}h"),
        (h, m) => format!("{h}h {m:02}m"),
    }
}

/// The key of a finding, for programs.
pub(super) fn kind(breach: &Breach) -> &'static str {
    match breach {
        Breach::Overlap(..) => "overlap",
        Breach::BreakOutside(_) => "break_outside_shift",
        Breach::BreaksOverlap => "breaks_overlap",
        Breach::ShortRest(_) => "short_rest",
        Breach::NoBreak(_) => "too_long_without_break",
        Breach::BreaksAtPeak(..) => "breaks_at_peak",
    }
}

/// What is wrong, in a sentence.
pub(super) fn finding(model: &Model, rosters: &[Option<Roster>], found: &Finding) -> String {
    let who = names(&found.people);
    let at = when(model, found.at);
    let file = rosters[found.group.0].as_ref().map_or("", |roster| roster.file.as_str());
    let said = match &found.breach {
        Breach::Overlap(minutes, other) => {
            format!(
                "{who} has two shifts at once: the one from {at} overlaps that of line {other} by {}",
                length(*minutes)
            )
        }
        Breach::BreakOutside(pause) => {
            format!("{who} has a break from {at} to {} that is not inside the shift", clock(pause.to))
        }
        Breach::BreaksOverlap => format!("{who} has two breaks at once at {at}"),
        Breach::ShortRest(minutes) => {
            format!("{who} has only {} of rest before the shift that starts at {at}", length(*minutes))
        }
        Breach::NoBreak(minutes) => format!("{who} works {} without a break from {at} on", length(*minutes)),
        Breach::BreaksAtPeak(away, here) => {
            format!("{who} are on a break together at {at}, at the busiest time: {away} of {here} there")
        }
    };
    format!("{file}, line {}: {said}", found.line)
}

/// `Ann`, `Ann and Bo`, `Ann, Bo and 3 more`.
fn names(people: &[String]) -> String {
    match people {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    }
}

/// The key of a change, for programs.
pub(super) fn change_kind(change: &Change) -> &'static str {
    match change {
        Change::MoveBreak { .. } => "move_break",
        Change::MoveShift { .. } => "move_shift",
        Change::AddHour { .. } => "add_hour",
        Change::AddPerson { .. } => "add_person",
        Change::CrossTrain { .. } => "cross_train",
    }
}

/// A change in a sentence without its full stop.
pub(super) fn change(model: &Model, rosters: &[Option<Roster>], change: &Change) -> String {
    let shift = |group: GroupId, k: usize| -> Option<&Shift> { rosters[group.0].as_ref()?.shifts.get(k) };
    let said = match change {
        Change::MoveBreak { group, shift: k, pause, by } => shift(*group, *k).map(|shift| {
            let from = shift.breaks[*pause].from;
            format!(
                "{} takes the break of {} at {} instead",
                shift.person,
                when(model, from),
                clock(from + by)
            )
        }),
        Change::MoveShift { group, shift: k, by } => shift(*group, *k).map(|shift| {
            let from = shift.span.from;
            let then = (clock(from + by), clock(shift.span.to + by));
            format!(
                "{} starts at {} instead of {}, until {}",
                shift.person,
                then.0,
                when(model, from),
                then.1
            )
        }),
        Change::AddHour { group, shift: k, before: true } => shift(*group, *k).map(|shift| {
            let then = when(model, shift.span.from - 60);
            format!("{} comes an hour earlier, at {then}", shift.person)
        }),
        Change::AddHour { group, shift: k, before: false } => shift(*group, *k).map(|shift| {
            format!("{} stays an hour longer, until {}", shift.person, when(model, shift.span.to + 60))
        }),
        Change::AddPerson { group, like } => shift(*group, *like).map(|shift| {
            let (from, to) = (when(model, shift.span.from), clock(shift.span.to));
            let group = &model.groups[group.0].name;
            format!(
                "one more person in {group} from {from} to {to}, with the breaks that {} has",
                shift.person
            )
        }),
        Change::CrossTrain { group, person, to } => {
            let known = |queue| model.groups[group.0].skill(queue).is_some();
            let learned = model.groups[to.0].serves.iter().filter(|skill| !known(skill.queue));
            let queues: Vec<&str> = learned.map(|skill| model.queues[skill.queue.0].name.as_str()).collect();
            Some(format!("{person} learns to serve {} as well", queues.join(", ")))
        }
    };
    said.unwrap_or_default()
}

/// `2 people too few`, `at least 9 people too few`, `1 person to spare`.
pub(super) fn people(spare: i64, at_least: bool) -> String {
    let count = spare.unsigned_abs();
    let noun = if count == 1 { "person".to_owned() } else { "people".to_owned() };
    let more = if at_least { "at least " } else { "" };
    let words = if spare < 0 { "too few" } else { "to spare" };
    let number = plural(count, "x").trim_end_matches(" xs").trim_end_matches(" x").to_owned();
    format!("{more}{number} {noun} {words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_times_and_people() {
        assert_eq!([45, 480, 450].map(length), ["45m", "8h", "7h 30m"]);
        assert_eq!([0, 1439, 1500, -60].map(clock), ["00:00", "23:59", "01:00", "23:00"]);
        assert_eq!(people(-2, false), "2 people too few");
        assert_eq!(people(-9, true), "at least 9 people too few");
        assert_eq!(people(1, false), "1 person to spare");
        let names = |n: usize| names(&["Ann", "Bo", "Cy", "Di"].map(str::to_owned)[..n]);
        assert_eq!([1, 2, 4].map(names), ["Ann", "Ann and Bo", "Ann, Bo and 2 more"]);
    }
}
