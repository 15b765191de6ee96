//! Series: one value, one day's values, a table by weekday, the whole run, or a column of a CSV file (rule 7).

use super::calendar::Days;
use super::csv::{Row, Table};
use super::dated;
use super::document::Value;
use super::fault::Trouble;
use super::hours::{Hours, unknown_weekday};
use super::item::{Item, Leaf};
use super::keys::{COLUMN, WEEKDAYS};
use super::section::Section;
use crate::model::Series;

/// The time axis that a series is laid over.
#[derive(Clone, Copy)]
pub(super) struct Axis<'a> {
    pub(super) days: &'a Days,
    /// Opening hours; `None` where they could not be read, so that nothing can be said about lengths.
    pub(super) hours: Option<&'a Hours>,
}

/// A value for every open interval of the run.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Spread<T> {
    Same(T),
    /// By interval of the run; `None` while closed.
    Each(Vec<Option<T>>),
}

impl<T: Copy> Spread<T> {
    /// By interval of the run; while closed, the value before (or the first): nobody is to meet a gap.
    pub(super) fn carried(self, item: Item<'_>) -> Option<Series<T>> {
        let values = match self {
            Self::Same(value) => return Some(Series::Constant(value)),
            Self::Each(values) => values,
        };
        let Some(mut last) = values.iter().flatten().next().copied() else {
            let help = "write a single value";
            return item.fault(Trouble::new(format!("`{}` has no values", item.name), "never open", help));
        };
        let carried =
            values.into_iter().map(|value| *value.as_ref().inspect(|value| last = **value).unwrap_or(&last));
        Some(Series::ByInterval(carried.collect()))
    }

    /// By interval of the run, `closed` while closed.
    pub(super) fn laid(&self, axis: Axis<'_>, closed: T) -> Option<Vec<T>> {
        let hours = axis.hours?;
        let mut laid = vec![closed; axis.days.grid.intervals()];
        for i in hours.opening.intervals() {
            laid[i] = match self {
                Self::Same(value) => *value,
                Self::Each(values) => values[i]?,
            };
        }
        Some(laid)
    }
}

/// Reads a series.
pub(super) fn series<T: Copy>(item: Item<'_>, axis: Axis<'_>, read: Leaf<T>) -> Option<Spread<T>> {
    match &item.node.value {
        Value::List(_) => {
            let values = item.each(|part| part.leaf(read))?;
            fit(item, axis, &values)
        }
        Value::Table(entries) if entries.iter().any(|entry| COLUMN.find(&entry.key).is_some()) => {
            column(Section::open(item, &COLUMN)?, axis, read)
        }
        Value::Table(_) => weekly(item, axis, read),
        _ => item.leaf(read).map(Spread::Same),
    }
}

/// Reads a column of a CSV file; `section` has the keys of [`COLUMN`].
pub(super) fn column<T: Copy>(section: Section<'_>, axis: Axis<'_>, read: Leaf<T>) -> Option<Spread<T>> {
    let file = section.need("csv", "add `csv = \"forecast.csv\"`", Some);
    let heading = section.need("column", "add `column = \"offered\"`: the heading of the column", Some);
    let table = Table::load(file?)?;
    let column = table.column(heading?)?;
    if section.get("date").is_some() || section.get("time").is_some() {
        return dated::column(section, axis, &table, column, read);
    }
    let item = section.item;
    let most =
        axis.hours.map_or(0, Hours::run_length).max(axis.days.grid.intervals()) + axis.days.grid.per_day;
    let mut values = Vec::new();
    table.rows(item, |row| {
        values.push(cell(&row, item, column, read)?);
        (values.len() <= most).then_some(()).or_else(|| item.fault(too_many(most)))
    })?;
    fit(item, axis, &values)
}

fn too_many(most: usize) -> Trouble {
    let help = "add `date` and `time` to take only the rows of the run";
    Trouble::new("the file has more rows than the run has intervals", format!("more than {most} rows"), help)
}

/// The value of a cell.
pub(super) fn cell<T>(row: &Row<'_>, item: Item<'_>, column: usize, read: Leaf<T>) -> Option<T> {
    match read(row.scalar(column), row.heading(column)) {
        Ok(value) => Some(value),
        Err(trouble) => row.fault(item, column, trouble),
    }
}

/// Lays a list over the run: one day's values, or all.
fn fit<T: Copy>(item: Item<'_>, axis: Axis<'_>, values: &[T]) -> Option<Spread<T>> {
    let hours = axis.hours.filter(|_| axis.days.sound)?;
    let mut each = vec![None; axis.days.grid.intervals()];
    if hours.day_length() == Some(values.len()) {
        for day in &hours.days {
            put(&mut each, day, values);
        }
    } else if hours.run_length() == values.len() {
        hours.opening.intervals().zip(values).for_each(|(i, value)| each[i] = Some(*value));
    } else {
        return item.fault(misfit(item, axis.days, hours, values.len()));
    }
    Some(Spread::Each(each))
}

fn put<T: Copy>(each: &mut [Option<T>], slots: &[usize], values: &[T]) {
    for (&slot, value) in slots.iter().zip(values) {
        if let Some(place) = each.get_mut(slot) {
            *place = Some(*value);
        }
    }
}

fn misfit(item: Item<'_>, days: &Days, hours: &Hours, found: usize) -> Trouble {
    let title = format!("`{}` has {found} values", item.name);
    let run = hours.run_length();
    let open = hours.days.iter().position(|day| !day.is_empty());
    let (Some(_), Some(day)) = (hours.day_length(), open) else {
        let help = "days are not equally long: write { mon = [...], tue = [...] }, or every open interval of the run";
        return Trouble::new(title, format!("the run has {run} open intervals"), help);
    };
    let whole = if days.grid.days > 1 { format!(", or {run} for the whole run") } else { String::new() };
    let label = format!("expected {}", hours.words(day, days));
    Trouble::new(title, label, format!("write one value for each{whole}"))
}

/// A table by weekday: for each a value, or one for each of its open intervals.
fn weekly<T: Copy>(item: Item<'_>, axis: Axis<'_>, read: Leaf<T>) -> Option<Spread<T>> {
    let week = weekdays(item, axis.days, |day| match &day.node.value {
        Value::List(_) => day.each(|part| part.leaf(read)),
        _ => day.leaf(read).map(|value| vec![value]),
    })?;
    let hours = axis.hours.filter(|_| axis.days.sound)?;
    let mut each = vec![None; axis.days.grid.intervals()];
    for (day, slots) in hours.days.iter().enumerate().filter(|(_, slots)| !slots.is_empty()) {
        let weekday = axis.days.weekday(day)?;
        let Some((part, values)) = &week[weekday] else {
            return item.fault(no_weekday(item, axis.days, day));
        };
        if matches!(part.node.value, Value::List(_)) {
            if values.len() != slots.len() {
                let label = format!("{} has {}", axis.days.name(day), hours.words(day, axis.days));
                let title = format!("`{}` has {} values", part.name, values.len());
                return part.fault(Trouble::new(title, label, "write one value for each"));
            }
            put(&mut each, slots, values);
        } else {
            put(&mut each, slots, &vec![values[0]; slots.len()]);
        }
    }
    Some(Spread::Each(each))
}

fn no_weekday(item: Item<'_>, days: &Days, day: usize) -> Trouble {
    let title = format!("`{}` says nothing for {}", item.name, days.name(day));
    Trouble::new(title, "this weekday is missing", "add it, or close on that day")
}

/// The entries of a table by weekday, Monday first.
pub(super) fn weekdays<'a, T>(
    item: Item<'a>,
    days: &Days,
    read: impl Fn(Item<'a>) -> Option<T>,
) -> Option<[Option<(Item<'a>, T)>; 7]> {
    let mut week: [Option<(Item<'a>, T)>; 7] = Default::default();
    let mut sound = true;
    for entry in item.entries()? {
        let day = Item::of(item.cx, entry);
        if let Some(weekday) = WEEKDAYS.iter().position(|name| *name == entry.key) {
            week[weekday] = read(day).map(|value| (day, value));
            sound &= week[weekday].is_some();
        } else {
            sound = false;
            item.cx.fault(entry.key_span, unknown_weekday(&entry.key));
        }
    }
    if days.start.is_none() && days.sound {
        let help = "add `start = \"2026-11-23\"` to [calendar]";
        return item.fault(Trouble::new("weekdays need a date to count from", "by weekday", help));
    }
    sound.then_some(week)
}
