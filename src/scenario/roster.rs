//! `roster`: a group's staff as named people with shifts and breaks, read from a file.

use super::calendar::Days;
use super::fault::{Trouble, quoted};
use super::file::{self, Kind};
use super::item::Item;
use super::nearest;
use super::part::Part;
use super::series::Axis;
use crate::exports::{self, RosterFile, RosterRow};
use crate::model::{Counted, Roster, Series, Shift, Stretch};
use std::path::{Path, PathBuf};

/// The flag that names a roster for the groups it has; its path is relative to where the program runs.
pub(super) const FLAG: &str = "--roster";

/// The roster of the group `part`, and the people that it puts to work.
pub(super) fn roster(
    item: Item<'_>,
    part: &Part<'_>,
    axis: Axis<'_>,
    shrinkage: Option<&Series<f64>>,
) -> Option<(Roster, Counted)> {
    let name = item.text()?;
    let file = load(item, name, axis.days)?;
    let shifts = chosen(item, name, part.name(), &file)?;
    let all = Roster { file: name.to_owned(), shifts };
    let roster = inside(item, all, axis.days)?;
    let counted = roster.counted(&axis.days.grid, &axis.hours?.opening, shrinkage?);
    say(item, part.name(), &roster, axis, &counted);
    Some((roster, counted))
}

/// Where a roster, or the people's file, lies that `item` names.
pub(super) fn path(item: Item<'_>, name: &str) -> Option<PathBuf> {
    let text = &item.cx.sources[item.node.span.source].text;
    if text.starts_with(FLAG) || text.starts_with(super::crew::FLAG) {
        return Some(PathBuf::from(name));
    }
    item.cx.folder.as_ref().map(|folder| folder.join(Path::new(name)))
}

fn load(item: Item<'_>, name: &str, days: &Days) -> Option<RosterFile> {
    let Some(path) = path(item, name) else {
        let help = "a scenario read from a file may name rosters relative to it";
        return item.fault(Trouble::new("there is no folder to look in", "no file can be read here", help));
    };
    let bytes = file::bytes(&path, name, Kind::Csv).map_err(|trouble| item.fault::<()>(trouble)).ok()?;
    item.cx.hash.borrow_mut().add(&bytes);
    if !days.sound {
        return None;
    }
    let zone = days.zone.as_ref().map(|(name, _)| name.as_str());
    match exports::roster(name, bytes, days.start, zone) {
        Ok(file) => Some(file),
        Err(faults) => {
            faults.iter().for_each(|fault| item.cx.tell(fault.clone()));
            None
        }
    }
}

/// The shifts of one group: those that name it, or all where the file has no such column.
fn chosen(item: Item<'_>, name: &str, group: &str, file: &RosterFile) -> Option<Vec<Shift>> {
    let mine = |row: &&RosterRow| !file.has_groups || row.group == group;
    let shifts: Vec<Shift> = file.rows.iter().filter(mine).map(shift).collect();
    if !shifts.is_empty() {
        return Some(shifts);
    }
    let mut groups: Vec<&str> = file.rows.iter().map(|row| row.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    let help = format!("its groups are {}", nearest::list(groups.into_iter()));
    let title = format!("{} has nobody in group `{}`", quoted(name), quoted(group));
    item.fault(Trouble::new(title, "no row names this group", help))
}

fn shift(row: &RosterRow) -> Shift {
    Shift {
        person: row.person.clone(),
        name: row.shift.clone(),
        span: Stretch { from: row.start.wall, to: row.end.wall },
        breaks: row.breaks.iter().map(|&(from, to)| Stretch { from, to }).collect(),
        real: Stretch { from: row.start.real, to: row.end.real },
        line: row.line,
    }
}

/// The shifts that reach into the run, and those within a day of it, which tell of rests.
fn inside(item: Item<'_>, mut roster: Roster, days: &Days) -> Option<Roster> {
    let run = Stretch { from: 0, to: (days.grid.days * 24 * 60) as i64 };
    let around = Stretch { from: run.from - 24 * 60, to: run.to + 24 * 60 };
    let (all, first) = (roster.shifts.len(), roster.shifts[0].span.from);
    roster.shifts.retain(|shift| shift.span.common(around).minutes() > 0);
    if roster.shifts.iter().any(|shift| shift.span.common(run).minutes() > 0) {
        return Some(roster);
    }
    let day = first.div_euclid(24 * 60);
    let label = format!("{}, the first on day {} of the run", plural(all, "shift"), day + 1);
    let length = plural(days.grid.days, "day");
    let help = match days.start {
        Some(start) => format!("the run starts on {start} and has {length}: check `start` and `days`"),
        None => format!("the run has {length}"),
    };
    item.fault(Trouble::new("nobody on the roster works during the run", label, help))
}

/// How it was understood, and what of it does not count fully.
fn say(item: Item<'_>, group: &str, roster: &Roster, axis: Axis<'_>, counted: &Counted) {
    let grid = &axis.days.grid;
    let mut people: Vec<&str> = roster.shifts.iter().map(|shift| shift.person.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    let most = counted.at_work.iter().max().unwrap_or(&0);
    let (people, shifts) = (people.len(), plural(roster.shifts.len(), "shift"));
    let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
    item.cx.echo(format!("{group}: {people} with {shifts} on the roster, up to {most} at work at a time"));
    let off = roster.off_boundary(grid);
    if let Some(&first) = off.first() {
        let times =
            if off.len() == 1 { "1 time lies".to_owned() } else { format!("{} times lie", off.len()) };
        let title = format!("{times} inside an interval");
        let label =
            format!("the first at {:02}:{:02} of day {}", first / 60 % 24, first % 60, first / 1440 + 1);
        let help = match finer(&off, axis.days.minutes()) {
            Some(minutes) => format!("`interval = \"{minutes}m\"` in [calendar] would be exact"),
            None => "times that lie on five minutes could be exact".to_owned(),
        };
        item.note(Trouble::new(
            format!("{title}; whoever is there for a part of one counts by that part"),
            label,
            help,
        ));
    }
    outside(item, roster, axis);
}

/// `1 shift`, `5 shifts`.
fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The length of an interval that would have every time on a boundary.
fn finer(off: &[i64], now: u32) -> Option<u32> {
    [30, 15, 5].into_iter().filter(|&m| m < now).find(|&m| off.iter().all(|at| at % i64::from(m) == 0))
}

/// Time on the roster while the group is not open.
fn outside(item: Item<'_>, roster: &Roster, axis: Axis<'_>) {
    let Some(hours) = axis.hours else { return };
    let grid = &axis.days.grid;
    let minutes = roster.minutes(grid);
    let closed = (0..grid.intervals()).filter(|&i| !hours.opening.is_open(i) && minutes[i] > 0);
    let closed: Vec<usize> = closed.collect();
    let Some(&first) = closed.first() else { return };
    let lost: i64 = closed.iter().map(|&i| minutes[i]).sum();
    let title =
        format!("{:.1} hours of the roster lie outside the group's opening hours", lost as f64 / 60.0);
    let label = format!(
        "the first at {} of day {}; nobody is at work then",
        grid.clock(first),
        grid.day_of(first) + 1
    );
    item.note(Trouble::new(title, label, "check `open` of the group or of [calendar]"));
}
