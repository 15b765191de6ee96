//! `schedule.named`: the people by name, read from a file; what a row says of its person is laid over the days of the run.

use super::calendar::Days;
use super::contract::Written;
use super::fault::Trouble;
use super::file::{self, Kind};
use super::item::Item;
use super::limits;
use super::links::Links;
use super::roster::path;
use super::section::Section;
use crate::exports::{self, Known, PersonRow};
use crate::model::{GroupId, Member, Stretch};

/// The flag that names the people's file; its path is relative to where the program runs.
pub(super) const FLAG: &str = "--people";
/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// The people by name; none where no file names them.
pub(super) fn crew(
    root: &Section<'_>,
    links: Links<'_, '_>,
    contracts: Option<&[Written]>,
) -> Option<Vec<Member>> {
    let schedule = root.get("schedule").filter(|item| item.peek("named").is_some());
    let Some(item) = schedule.and_then(|item| item.peek("named")) else { return Some(Vec::new()) };
    let name = item.text()?;
    let contracts = contracts?;
    if contracts.is_empty() {
        let help = "add [contract.full-time] with `hours_a_week`; people without one have no rules to keep";
        return item.fault(Trouble::new("named people need a contract", "there is no [contract.…]", help));
    }
    let Some(path) = path(item, name) else {
        let help = "a scenario read from a file may name people's files relative to it";
        return item.fault(Trouble::new("there is no folder to look in", "no file can be read here", help));
    };
    let bytes = file::bytes(&path, name, Kind::Csv).map_err(|trouble| item.fault::<()>(trouble)).ok()?;
    item.cx.hash.borrow_mut().add(&bytes);
    if !links.days.sound {
        return None;
    }
    read(item, name, bytes, root, links, contracts)
}

fn read(
    item: Item<'_>,
    name: &str,
    bytes: Vec<u8>,
    root: &Section<'_>,
    links: Links<'_, '_>,
    contracts: &[Written],
) -> Option<Vec<Member>> {
    let shifts = root.get("shifts").and_then(Item::children).unwrap_or_default();
    let known = Known {
        contracts: contracts.iter().map(|(contract, _)| contract.name.as_str()).collect(),
        work: contracts
            .iter()
            .map(|(contract, _)| contract.groups.iter().map(|group| group.0).collect())
            .collect(),
        groups: links.groups.iter().map(super::part::Part::name).collect(),
        shifts: shifts.iter().map(|item| item.name).collect(),
        first: links.days.start,
        days: links.days.grid.days,
        most: limits::CREW as usize,
    };
    match exports::people(name, bytes, &known) {
        Ok(rows) => {
            let all = || (0..links.groups.len()).map(GroupId).collect();
            Some(rows.into_iter().map(|row| member(row, links.days, all)).collect())
        }
        Err(faults) => {
            faults.iter().for_each(|fault| item.cx.tell(fault.clone()));
            None
        }
    }
}

fn member(row: PersonRow, days: &Days, all: impl Fn() -> Vec<GroupId>) -> Member {
    Member {
        name: row.name,
        contract: row.contract,
        groups: row.groups.map_or_else(all, |groups| groups.into_iter().map(GroupId).collect()),
        available: row.available.map(|entries| stretches(&entries, days)),
        away: row.away,
        off: row.off,
        wishes: row.wishes,
        unpopular_before: row.unpopular_before,
    }
}

/// Hours of weekdays as stretches of the run and of the day after it, into which a last night may run.
fn stretches(entries: &[exports::Hours], days: &Days) -> Vec<Stretch> {
    let mut all = Vec::new();
    for day in -1..=days.grid.days as i64 {
        let weekday = days.weekday(0).map(|first| (first as i64 + day).rem_euclid(7) as usize);
        let on = |entry: &&exports::Hours| weekday.map_or(entry.weekdays == [true; 7], |w| entry.weekdays[w]);
        for entry in entries.iter().filter(on) {
            let (from, to) = entry.hours.map_or((0, DAY), |(from, to)| (i64::from(from), i64::from(to)));
            all.push(Stretch { from: day * DAY + from, to: day * DAY + to });
        }
    }
    crate::model::roster::joined(all)
}
