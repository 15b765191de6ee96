//! A column of a CSV file placed by date and time: every open interval of the run exactly once.

use super::calendar::{Days, iso_date};
use super::csv::{Row, Table};
use super::fault::{Trouble, quoted};
use super::hours::{Hours, clock};
use super::item::{Item, Leaf};
use super::section::Section;
use super::series::{Axis, Spread, cell};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// When a row starts.
enum Moment {
    /// On a date, at minutes after midnight.
    On(Date, u32),
    /// At this time of every day.
    Daily(u32),
}

/// Which columns say when.
#[derive(Clone, Copy)]
struct When {
    date: Option<usize>,
    time: Option<usize>,
}

/// Reads a dated column; `column` is its position in `table`.
pub(super) fn column<T: Copy>(
    section: Section<'_>,
    axis: Axis<'_>,
    table: &Table,
    column: usize,
    read: Leaf<T>,
) -> Option<Spread<T>> {
    let item = section.item;
    let date = section.maybe("date", |item| table.column(item))?;
    let time = section.maybe("time", |item| table.column(item))?;
    let hours = axis.hours.filter(|_| axis.days.sound)?;
    let mut laid = Laid::new(axis.days, hours);
    table.rows(item, |row| {
        let moment = moment(&row, item, When { date, time }, axis.days)?;
        let value = cell(&row, item, column, read)?;
        laid.put(&row, item, date.or(time).unwrap_or_default(), &moment, value)
    })?;
    laid.finish(item)
}

/// When a row starts, from its cells.
fn moment(row: &Row<'_>, item: Item<'_>, when: When, days: &Days) -> Option<Moment> {
    let text = |column: Option<usize>| column.map(|column| row.cell(column)).unwrap_or_default();
    let (date, time) = (text(when.date), text(when.time));
    let column = when.date.or(when.time).unwrap_or_default();
    if when.date.is_none()
        && let Some(minute) = clock_of_cell(time)
    {
        return Some(Moment::Daily(minute));
    }
    if days.start.is_none() {
        let help = "add `start = \"2026-11-23\"` to [calendar]";
        return item.fault(Trouble::new("dated series need a first day", "the run has no dates", help));
    }
    let Some((_, zone)) = &days.zone else {
        let help = "add `timezone = \"Europe/Berlin\"` to [calendar]";
        return item.fault(Trouble::new("dated series need a time zone", "in which time zone?", help));
    };
    let whole = format!("{date} {time}");
    let local = match whole.trim().parse::<Timestamp>() {
        Ok(instant) => Some(instant.to_zoned(zone.clone()).datetime()),
        Err(_) => local(whole.trim()),
    };
    match local {
        Some(at) if at.second() == 0 => {
            Some(Moment::On(at.date(), at.hour() as u32 * 60 + at.minute() as u32))
        }
        _ => row.fault(item, column, no_moment(whole.trim())),
    }
}

fn no_moment(text: &str) -> Trouble {
    let title = format!("\"{}\" is no date with a time", quoted(text));
    Trouble::new(title, "not understood", "write dates as 2026-11-23 and times as 08:30")
}

/// `2026-11-23 08:30` or `2026-11-23T08:30:00`, without an offset.
fn local(text: &str) -> Option<DateTime> {
    iso_date(text.get(..10)?)?;
    let minute = clock_of_cell(text[10..].trim_start_matches(['T', ' ']))?;
    let (hour, minute) = ((minute / 60) as i8, (minute % 60) as i8);
    (hour < 24).then_some(iso_date(&text[..10])?.at(hour.min(23), minute, 0, 0))
}

/// `08:30` or `08:30:00`; no interval starts at 24:00.
fn clock_of_cell(text: &str) -> Option<u32> {
    let text = text.trim();
    let whole_minutes = text.strip_suffix(":00").filter(|head| head.contains(':')).unwrap_or(text);
    clock(whole_minutes).filter(|&minute| minute < 24 * 60)
}

/// The series in the making.
struct Laid<'a, T> {
    days: &'a Days,
    hours: &'a Hours,
    each: Vec<Option<T>>,
    ignored: usize,
}

impl<'a, T: Copy> Laid<'a, T> {
    fn new(days: &'a Days, hours: &'a Hours) -> Self {
        Self { days, hours, each: vec![None; days.grid.intervals()], ignored: 0 }
    }

    fn put(&mut self, row: &Row<'_>, item: Item<'_>, column: usize, moment: &Moment, value: T) -> Option<()> {
        let minutes = self.days.minutes();
        let (Moment::On(_, minute) | Moment::Daily(minute)) = *moment;
        if !minute.is_multiple_of(minutes) {
            let title = format!("{:02}:{:02} starts no interval", minute / 60, minute % 60);
            let label = format!("intervals are {minutes} minutes long");
            let help = "sum the rows up, or change `calendar.interval`";
            return row.fault(item, column, Trouble::new(title, label, help));
        }
        let open: Vec<usize> =
            self.slots(moment).into_iter().filter(|&i| self.hours.opening.is_open(i)).collect();
        self.ignored += usize::from(open.is_empty());
        for i in open {
            if self.each[i].replace(value).is_some() {
                return row.fault(item, column, self.again(i));
            }
        }
        Some(())
    }

    /// The intervals of the run that a moment means.
    fn slots(&self, moment: &Moment) -> Vec<usize> {
        let grid = &self.days.grid;
        match *moment {
            Moment::On(date, minute) => self.days.interval_on(date, minute).into_iter().collect(),
            Moment::Daily(minute) => {
                let within_day = (minute / self.days.minutes()) as usize;
                (0..grid.days).map(|day| day * grid.per_day + within_day).collect()
            }
        }
    }

    fn again(&self, i: usize) -> Trouble {
        let grid = &self.days.grid;
        let title = format!("{} {} is given twice", self.days.name(grid.day_of(i)), grid.clock(i));
        let help = "one row per interval; where the clocks go back, write times with their offset (…+01:00) and leave one out";
        Trouble::new(title, "again", help)
    }

    fn finish(self, item: Item<'_>) -> Option<Spread<T>> {
        let mut missing = self.hours.opening.intervals().filter(|&i| self.each[i].is_none());
        if let Some(first) = missing.next() {
            let more = missing.count();
            let title = format!(
                "no value for {} {}",
                self.days.name(self.days.grid.day_of(first)),
                self.days.grid.clock(first)
            );
            let label =
                if more == 0 { "1 is missing".to_owned() } else { format!("{} are missing", more + 1) };
            return item.fault(Trouble::new(
                title,
                label,
                "every open interval needs a row; write 0 where nobody came",
            ));
        }
        if self.ignored > 0 {
            let title = format!("{} rows lie outside the run or its opening hours", self.ignored);
            item.note(Trouble::new(title, "left out", "nothing to do if that is meant"));
        }
        Some(Spread::Each(self.each))
    }
}
