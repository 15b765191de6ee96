//! `roster.xlsx`: the roster for those who publish it from Excel: every shift, everybody's week, coverage, the rules, and
//! what the words mean. Numbers are numbers; the same results give the same bytes.

use super::super::assumed::day_name;
use super::super::workbook::{Cell, Rows, header, number, table_sheet, titled};
use super::people::why;
use super::{clock, moment};
use crate::model::{Contract, Model, hours_shown};
use crate::shifts::coverage::coverage;
use crate::shifts::{Answer, Pattern, Tours, dealt};
use rust_xlsxwriter::XlsxError;

/// What the words of the sheets mean.
const DEFINITIONS: [(&str, &str); 9] = [
    (
        "open",
        "a shift that nobody can take without breaking a rule; in the roster it belongs to open 1, open 2, …",
    ),
    (
        "paid_hours",
        "from start to end with paid breaks and extra time, without unpaid breaks; premiums are not counted",
    ),
    (
        "unpopular_hours",
        "at work at a premium, on a Saturday or Sunday, or from 23:00 to 06:00; an hour that is several counts once",
    ),
    ("unpopular_before", "unpopular hours worked before this run, as the people's file says"),
    ("hours_short", "hours by which the weeks fall short of the least that the contract gives"),
    (
        "needed",
        "fewest people on shift in the interval: what is needed, or the floor where the promise is over the day",
    ),
    ("on_shift", "people on shift and not on a break"),
    ("at_work", "those of them who are at work after shrinkage"),
    ("week", "seven days, counted from the first day of the run"),
];

/// The workbook's bytes.
pub fn workbook(model: &Model, answer: &Answer) -> Result<Vec<u8>, XlsxError> {
    let mut book = titled(&format!("{}: roster", model.name))?;
    table_sheet(book.add_worksheet(), "Roster", &roster(model, answer))?;
    if let Some(tours) = &answer.tours {
        let sheet = book.add_worksheet();
        table_sheet(sheet, "Week by person", &weeks(model, answer, tours))?;
        (2..2 + model.grid().days as u16).try_for_each(|c| sheet.set_column_width(c, 13).map(|_| ()))?;
        if tours.open().next().is_some() {
            let sheet = book.add_worksheet();
            table_sheet(sheet, "Open shifts", &open(model, answer, tours))?;
            sheet.set_column_width(4, 90)?;
        }
    }
    table_sheet(book.add_worksheet(), "Coverage", &covered(model, answer))?;
    let sheet = book.add_worksheet();
    table_sheet(sheet, "Rules", &rules(model))?;
    sheet.set_column_width(0, 40)?.set_column_width(1, 40)?;
    let sheet = book.add_worksheet();
    let meaning = |&(word, says): &(&str, &str)| vec![word.into(), says.into()];
    let rows = std::iter::once(header("word meaning")).chain(DEFINITIONS.iter().map(meaning)).collect();
    table_sheet(sheet, "Definitions", &rows)?;
    sheet.set_column_width(1, 110)?;
    book.save_to_buffer()
}

fn roster(model: &Model, answer: &Answer) -> Rows {
    let mut rows = vec![header("agent group shift start end breaks paid_hours")];
    for duty in dealt(model, answer) {
        let pattern = duty.pattern;
        let breaks: Vec<String> =
            pattern.breaks.iter().map(|pause| super::spell(model, pattern, pause)).collect();
        rows.push(vec![
            Cell::Text(duty.agent),
            model.groups[pattern.group.0].name.as_str().into(),
            model.shifts.templates[pattern.template].name.as_str().into(),
            Cell::Text(moment(model, pattern.start)),
            Cell::Text(moment(model, pattern.start + pattern.length)),
            Cell::Text(breaks.join(", ")),
            number(Some(pattern.paid_hours)),
        ]);
    }
    rows
}

/// A row for each person, a column for each day.
fn weeks(model: &Model, answer: &Answer, tours: &Tours) -> Rows {
    let days = 0..model.grid().days;
    let mut head = header("agent contract");
    head.extend(days.map(|day| Cell::Text(day_name(&model.calendar, day))));
    head.extend(header("paid_hours hours_short unpopular_hours unpopular_before"));
    let mut rows = vec![head];
    for one in &tours.people {
        let mut row = vec![
            one.person.who.name.as_str().into(),
            model.shifts.contracts[one.person.who.contract].name.as_str().into(),
        ];
        let cell = |turn: &Option<usize>| {
            turn.map_or(Cell::Nothing, |turn| {
                span(model, &answer.schedule.patterns[tours.turns[turn].pattern])
            })
        };
        row.extend(one.turns.iter().map(cell));
        let figures = [one.hours, one.short, one.unpopular, one.person.who.unpopular_before];
        row.extend(figures.map(|x| number(Some(x))));
        rows.push(row);
    }
    rows
}

fn span(model: &Model, pattern: &Pattern) -> Cell {
    Cell::Text(format!("{}–{}", clock(model, pattern.start), clock(model, pattern.start + pattern.length)))
}

fn open(model: &Model, answer: &Answer, tours: &Tours) -> Rows {
    let mut rows = vec![header("shift group start end reason")];
    for turn in tours.open() {
        let pattern = &answer.schedule.patterns[turn.pattern];
        rows.push(vec![
            model.shifts.templates[pattern.template].name.as_str().into(),
            model.groups[pattern.group.0].name.as_str().into(),
            Cell::Text(moment(model, pattern.start)),
            Cell::Text(moment(model, pattern.start + pattern.length)),
            Cell::Text(why(&turn.reasons)),
        ]);
    }
    rows
}

/// A row for every interval of a group in which anybody is needed or there.
fn covered(model: &Model, answer: &Answer) -> Rows {
    let mut rows = vec![header("start group needed on_shift at_work")];
    for group in coverage(model, &answer.schedule) {
        for i in (0..group.needed.len()).filter(|&i| group.needed[i] + group.on_shift[i] > 0) {
            let people = [group.needed[i], group.on_shift[i], group.at_work[i]];
            let mut row =
                vec![Cell::Text(moment(model, i)), model.groups[group.group.0].name.as_str().into()];
            row.extend(people.map(|n| number(Some(f64::from(n)))));
            rows.push(row);
        }
    }
    rows
}

/// Every rule of the schedule and of the contracts, as written or by default.
fn rules(model: &Model) -> Rows {
    let mut rows = vec![header("rule value")];
    let mut add = |rule: String, value: String| rows.push(vec![Cell::Text(rule), Cell::Text(value)]);
    let shifts = &model.shifts;
    if let Some(seats) = shifts.seats {
        add("schedule.seats".to_owned(), seats.to_string());
    }
    if let Some(people) = shifts.people {
        add("schedule.people".to_owned(), people.to_string());
    }
    add("schedule.repeats".to_owned(), shifts.repeats.to_string());
    for template in &shifts.templates {
        let bounds =
            [("at_least", Some(template.at_least).filter(|n| *n > 0)), ("at_most", template.at_most)];
        for (rule, n) in bounds.into_iter().filter_map(|(rule, n)| Some((rule, n?))) {
            add(format!("shifts.{}.{rule}", template.name), n.to_string());
        }
    }
    for contract in &shifts.contracts {
        for (rule, value) in of_contract(model, contract) {
            add(format!("contract.{}.{rule}", contract.name), value);
        }
    }
    rows
}

fn of_contract(model: &Model, contract: &Contract) -> Vec<(&'static str, String)> {
    let span = |(least, most): (f64, f64)| format!("{}-{}", hours_shown(least), hours_shown(most));
    let any = || "any".to_owned();
    let groups: Vec<&str> = contract.groups.iter().map(|group| model.groups[group.0].name.as_str()).collect();
    let shifts: Vec<&str> =
        contract.shifts.iter().map(|&t| model.shifts.templates[t].name.as_str()).collect();
    let days: Vec<String> = contract.days.iter().map(|&day| day_name(&model.calendar, day)).collect();
    let all = contract.days.len() == model.grid().days;
    vec![
        ("groups", groups.join(", ")),
        ("shifts", shifts.join(", ")),
        ("days", if all { "every day".to_owned() } else { days.join(", ") }),
        ("people", format!("{}-{}", contract.people.0, contract.people.1)),
        ("hours_a_day", contract.hours_a_day.map_or_else(any, span)),
        ("hours_a_week", contract.hours_a_week.map_or_else(any, span)),
        ("days_a_week", contract.days_a_week.to_string()),
        ("days_in_a_row", contract.days_in_a_row.to_string()),
        ("days_off_in_a_row", contract.days_off_in_a_row.to_string()),
        ("rest", hours_shown(contract.rest as f64 / 60.0)),
    ]
}
