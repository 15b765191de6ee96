//! Whose shifts they are: everybody's week, how even it is, and what could not be met, by name and with the reason.

use super::super::assumed::day_name;
use super::super::table::Style;
use super::super::words::{NONE, hours, plural, trimmed};
use super::moment;
use crate::model::Model;
use crate::shifts::tours::{Turn, Week, Why};
use crate::shifts::{Answer, Pattern, Tours};
use jiff::ToSpan;

/// More people than these are shown as a summary.
const MOST_PEOPLE: usize = 40;
/// Open shifts, and wishes that could not be met, that are named on the screen.
const MOST_NAMED: usize = 12;

/// Heading, weeks, contracts, and what could not be met; nothing where there are no contracts.
pub(super) fn table(model: &Model, answer: &Answer, style: Style) -> String {
    let Some(tours) = &answer.tours else { return String::new() };
    let mut out = style.heading("Whose shifts they are");
    out.push_str(&style.paragraph(&staffed(tours), 0));
    if tours.people.len() <= MOST_PEOPLE {
        out.push_str(&weeks(model, answer, tours, style));
    } else {
        let many = format!(
            "The weeks of {} people are in roster.csv; here they are by contract.",
            tours.people.len()
        );
        out.push_str(&style.paragraph(&many, 0));
    }
    out.push_str(&contracts(model, tours, style));
    for line in unmet(model, answer, tours) {
        out.push_str(&style.hanging(&format!("• {line}"), 1, 3));
    }
    out.push('\n');
    out
}

/// How many shifts have somebody.
fn staffed(tours: &Tours) -> String {
    let (all, open) = (tours.turns.len(), tours.open().count());
    if open == 0 {
        let is_short = tours.people.iter().any(|one| one.short > 0.0);
        let kept = if is_short { "rest and days" } else { "rest, days and hours" };
        return format!(
            "{} for {}: every one has somebody, and everybody's {kept} are kept.",
            plural(all as u64, "shift"),
            people(tours.people.len())
        );
    }
    let fewer = match tours.least_open {
        least if least == open => "fewer cannot be".to_owned(),
        0 => "whether all could have somebody is not known".to_owned(),
        least => format!("fewer than {least} cannot be"),
    };
    let are = if open == 1 { "is" } else { "are" };
    format!(
        "{open} of {} {are} open: nobody is left who may take them ({fewer}).",
        plural(all as u64, "shift")
    )
}

fn people(n: usize) -> String {
    if n == 1 { "1 person".to_owned() } else { format!("{n} people") }
}

/// A row for each person, a column for each day; a table for each week.
fn weeks(model: &Model, answer: &Answer, tours: &Tours, style: Style) -> String {
    let mut out = String::new();
    for week in crate::shifts::crew::weeks(model.grid().days) {
        let header = |day: usize| day_short(model, day);
        let head: Vec<String> = std::iter::once("person".to_owned())
            .chain(week.clone().map(header))
            .chain(["hours".to_owned()])
            .collect();
        let rows = |whole: bool| -> Vec<Vec<String>> {
            let row = |one: &Week| {
                let cells = week.clone().map(|day| cell(model, answer, tours, one, day, whole));
                let paid: f64 =
                    week.clone().filter_map(|day| Some(worked(answer, tours, one, day)?.paid_hours)).sum();
                std::iter::once(one.person.who.name.clone()).chain(cells).chain([trimmed(paid, 2)]).collect()
            };
            tours.people.iter().map(row).collect()
        };
        let whole = rows(true);
        let rows = if style.fits(&head, &whole) { whole } else { rows(false) };
        out.push_str(&style.grid(&head, rows));
        out.push('\n');
    }
    out
}

/// What somebody works on a day.
fn worked<'a>(answer: &'a Answer, tours: &Tours, one: &Week, day: usize) -> Option<&'a Pattern> {
    one.turns[day].map(|turn| &answer.schedule.patterns[tours.turns[turn].pattern])
}

/// `8–17`, or the start alone where the row has no room for more.
fn cell(model: &Model, answer: &Answer, tours: &Tours, one: &Week, day: usize, whole: bool) -> String {
    let Some(pattern) = worked(answer, tours, one, day) else {
        let person = &one.person;
        let word = if person.who.away.contains(&day) { "away" } else { "off" };
        let asked = person.who.away.contains(&day) || person.who.off.contains(&day);
        return if asked { word } else { NONE }.to_owned();
    };
    let from = plain_clock(model, pattern.start);
    if whole { format!("{from}–{}", plain_clock(model, pattern.start + pattern.length)) } else { from }
}

/// `8`, `16:30`.
fn plain_clock(model: &Model, i: usize) -> String {
    let clock = model.grid().clock(i);
    let clock = clock.trim_start_matches('0').trim_end_matches(":00");
    if clock.is_empty() || clock.starts_with(':') { format!("0{clock}") } else { clock.to_owned() }
}

/// `Mon 23`, or `day 3`.
fn day_short(model: &Model, day: usize) -> String {
    let date = model.calendar.start.and_then(|start| start.checked_add((day as i64).days()).ok());
    date.map_or_else(|| format!("day {}", day + 1), |date| date.strftime("%a %-d").to_string())
}

/// Least, mean and most of something.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spread {
    pub(super) least: f64,
    pub(super) mean: f64,
    pub(super) most: f64,
}

impl Spread {
    fn of(all: &[f64]) -> Self {
        let least = all.iter().copied().fold(f64::INFINITY, f64::min);
        let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if all.is_empty() {
            Self::default()
        } else {
            Self { least, mean: all.iter().sum::<f64>() / all.len() as f64, most }
        }
    }

    /// `28.0 to 36.0, mean 34.3`.
    fn shown(self) -> String {
        format!("{} to {}, mean {}", hours(self.least), hours(self.most), hours(self.mean))
    }
}

/// A contract: its people, how many of them work, their hours in the run, their unpopular ones with those before it.
pub(super) struct OfContract {
    pub(super) name: String,
    pub(super) people: usize,
    pub(super) working: usize,
    pub(super) hours: Spread,
    pub(super) unpopular: Spread,
}

/// Every contract, its people who are there for certain or work.
pub(super) fn of_contracts(model: &Model, tours: &Tours) -> Vec<OfContract> {
    let one = |(c, contract): (usize, &crate::model::Contract)| {
        let own: Vec<&Week> = tours.people.iter().filter(|one| one.person.who.contract == c).collect();
        let counted: Vec<&&Week> =
            own.iter().filter(|one| one.person.is_certain || one.hours > 0.0).collect();
        let of =
            |figure: fn(&Week) -> f64| Spread::of(&counted.iter().map(|one| figure(one)).collect::<Vec<_>>());
        OfContract {
            name: contract.name.clone(),
            people: own.len(),
            working: own.iter().filter(|one| one.hours > 0.0).count(),
            hours: of(|one| one.hours),
            unpopular: of(|one| one.unpopular + one.person.who.unpopular_before),
        }
    };
    model.shifts.contracts.iter().enumerate().map(one).collect()
}

fn contracts(model: &Model, tours: &Tours, style: Style) -> String {
    let header = ["contract", "people", "working", "hours", "unpopular hours"];
    let row = |one: OfContract| {
        vec![
            one.name.clone(),
            one.people.to_string(),
            one.working.to_string(),
            one.hours.shown(),
            one.unpopular.shown(),
        ]
    };
    let rows = of_contracts(model, tours).into_iter().map(row).collect();
    let mut out = style.grid(&header.map(str::to_owned), rows);
    out.push('\n');
    out
}

/// Open shifts, days off that could not be given, hours that are missing, wishes.
fn unmet(model: &Model, answer: &Answer, tours: &Tours) -> Vec<String> {
    let mut lines = some(tours.open().map(|turn| open(model, answer, turn)), "open shifts");
    lines.extend(some(
        tours.people.iter().flat_map(|one| denied(model, one)),
        "days off that could not be given",
    ));
    lines.extend(some(tours.people.iter().filter_map(short), "people short of hours"));
    let wished = tours.people.iter().filter_map(|one| Some((one, one.unwished?)));
    let (asked, unwished) = wished
        .fold((0, 0), |(n, sum), (one, unwished)| (n + one.turns.iter().flatten().count(), sum + unwished));
    if asked > 0 {
        lines.push(format!(
            "Of {} of those with wishes {} as wished.",
            plural(asked as u64, "shift"),
            are(asked - unwished)
        ));
    }
    lines
}

fn are(n: usize) -> String {
    if n == 1 { "1 is".to_owned() } else { format!("{n} are") }
}

/// The first lines, then how many more there are.
fn some(lines: impl Iterator<Item = String>, of: &str) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    if lines.len() > MOST_NAMED {
        let more = lines.len() - MOST_NAMED;
        lines.truncate(MOST_NAMED);
        lines.push(format!("… and {more} more {of}; shifts.json has all."));
    }
    lines
}

fn open(model: &Model, answer: &Answer, turn: &Turn) -> String {
    let pattern = &answer.schedule.patterns[turn.pattern];
    let name = &model.shifts.templates[pattern.template].name;
    let group = &model.groups[pattern.group.0].name;
    let when = moment(model, pattern.start);
    format!("Open: {name} of {group} from {when}. {}", why(&turn.reasons))
}

fn denied(model: &Model, one: &Week) -> Vec<String> {
    let name = &one.person.who.name;
    let line = |(day, reasons): &(usize, Vec<(Why, usize)>)| {
        format!("{name} asked for {} off and works. {}", day_name(&model.calendar, *day), why(reasons))
    };
    one.denied.iter().map(line).collect()
}

fn short(one: &Week) -> Option<String> {
    let name = &one.person.who.name;
    (one.short > 0.0).then(|| {
        let hours =
            if one.short == 1.0 { "1 hour".to_owned() } else { format!("{} hours", trimmed(one.short, 2)) };
        format!("{name} has {hours} less than the contract gives.")
    })
}

/// Why nobody else can take a shift.
pub(super) fn why(reasons: &[(Why, usize)]) -> String {
    if reasons.is_empty() {
        return "Nobody else does this work.".to_owned();
    }
    let said: Vec<String> = reasons.iter().map(|&(why, n)| reason(why, n)).collect();
    format!("Of those who do this work {}.", said.join(", "))
}

fn reason(why: Why, n: usize) -> String {
    let (one, many) = match why {
        Why::Skill => ("does other work", "do other work"),
        Why::Contract => ("has no such shift in the contract", "have no such shift in their contract"),
        Why::Away => ("is away", "are away"),
        Why::Unavailable => ("cannot work at these hours", "cannot work at these hours"),
        Why::Busy => ("works that day", "work that day"),
        Why::Rest => ("would lack rest", "would lack rest"),
        Why::Hours => ("has the hours of the week", "have the hours of their week"),
        Why::Days => ("has the days of the week", "have the days of their week"),
        Why::InARow => ("would work too many days in a row", "would work too many days in a row"),
        Why::DaysOff => ("would lack days off in a row", "would lack days off in a row"),
        Why::Dearer => (
            "could, at the cost of somebody's hours or day off",
            "could, at the cost of somebody's hours or day off",
        ),
    };
    format!("{n} {}", if n == 1 { one } else { many })
}
