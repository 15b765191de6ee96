//! `self_service` and `counted`: what happens before the queue, and where the volumes were counted.
//!
//! The model's volumes are those who enter self-service. Volumes counted after it are what the ordinary share left:
//! they are divided by 1 − contained, as if there had been no outage when they were counted.

use super::fault::{Trouble, grouped};
use super::hours::clock;
use super::item::Item;
use super::journey::back;
use super::keys::{OUTAGE, REPEAT, SELF_SERVICE};
use super::law::law_or_time;
use super::limits;
use super::links::Links;
use super::number;
use super::queue::bounded;
use super::section::Section;
use super::series::{Axis, series};
use crate::model::{Factor, SelfService, Series};
use std::ops::Range;

/// Self-service, and how to read the volumes.
pub(super) struct Entrance {
    pub(super) facts: SelfService,
    /// The share contained without outages.
    ordinary: Series<f64>,
    /// Whether the volumes were counted after it.
    after: bool,
}

/// Reads `self_service` and `counted` of queue `id`; series follow `axis`, the hours in which customers come.
#[expect(clippy::option_option, reason = "faulty and not written are two things")]
pub(super) fn entrance(links: Links<'_, '_>, id: usize, axis: Axis<'_>) -> Option<Option<Entrance>> {
    let section = links.queues[id].section;
    let words = [("after_self_service", true), ("before_self_service", false)];
    let after = section.maybe("counted", |item| item.word(&words));
    let Some(item) = section.get("self_service") else {
        section.no_effect("counted", "there is no self-service here", "add `self_service`, or remove it");
        return after.map(|_| None);
    };
    let read = read(item, links, id, axis);
    let help = "add `counted = \"after_self_service\"` if the volumes are those who reach the queue, \
                \"before_self_service\" if they are those who enter";
    let Some(after) = after? else { return section.missing("counted", help) };
    let (facts, ordinary) = read?;
    Some(Some(Entrance { facts, ordinary, after }))
}

/// The facts, and the share contained without outages.
fn read(
    item: Item<'_>,
    links: Links<'_, '_>,
    id: usize,
    axis: Axis<'_>,
) -> Option<(SelfService, Series<f64>)> {
    let section = Section::open(item, &SELF_SERVICE)?;
    let help = "add `contained = 0.2`: the share settled without an agent";
    let share = |item| series(item, axis, number::share)?.carried(item);
    let ordinary = section.need("contained", help, share);
    let takes = section.maybe("takes", |item| law_or_time(item, axis));
    let factor = section.or("handle_factor", 1.0, |item| item.leaf(number::factor));
    let outage = section.or("outage", Vec::new(), |item| item.one_or_each(|part| outage(part, axis)));
    let back = section.maybe("repeat", |item| back(item, &REPEAT, links, id));
    let (ordinary, outage) = (ordinary?, outage?);
    let contained = without(&ordinary, &outage.concat(), axis);
    Some((SelfService { contained, takes: takes?, factor: Factor::new(factor?), back: back? }, ordinary))
}

/// The share contained, 0 in the intervals of an outage.
fn without(ordinary: &Series<f64>, outage: &[Range<usize>], axis: Axis<'_>) -> Series<f64> {
    if outage.is_empty() {
        return ordinary.clone();
    }
    let share = |i: usize| if outage.iter().any(|range| range.contains(&i)) { 0.0 } else { ordinary.at(i) };
    Series::ByInterval((0..axis.days.grid.intervals()).map(share).collect())
}

/// The intervals of an outage: one stretch, or one on every day.
fn outage(item: Item<'_>, axis: Axis<'_>) -> Option<Vec<Range<usize>>> {
    let section = Section::open(item, &OUTAGE)?;
    let from = section.need("from", "add `from = \"10:00\"`", |item| boundary(item, axis));
    let to = section.need("to", "add `to = \"12:00\"`", |item| boundary(item, axis));
    let grid = &axis.days.grid;
    let day = section.maybe("day", |item| bounded(item, 1, limits::DAYS as u32));
    let (from, to, day) = (from?, to?, day?);
    if to <= from {
        let help = "write an outage over midnight as two";
        return section.get("to")?.fault(Trouble::new("`to` must be after `from`", "not after `from`", help));
    }
    if day.is_some_and(|day| day as usize > grid.days) && axis.days.sound {
        let label = format!("the last day is {}", grid.days);
        let title = "this outage is not part of the run";
        return section.get("day")?.fault(Trouble::new(title, label, "days count from 1"));
    }
    let chosen = (0..grid.days).filter(|at| day.is_none_or(|day| day as usize == at + 1));
    Some(chosen.map(|at| at * grid.per_day + from..at * grid.per_day + to).collect())
}

/// A time of day as an interval of the day; `None` if it is not the start of one.
fn boundary(item: Item<'_>, axis: Axis<'_>) -> Option<usize> {
    let Some(minute) = clock(item.text()?.trim()) else {
        let title = format!("`{}` is no time of day", item.name);
        return item.fault(Trouble::new(title, "not understood", "write it as \"10:00\""));
    };
    let minutes = axis.days.minutes();
    if minute.is_multiple_of(minutes) || !axis.days.sound {
        return Some((minute / minutes) as usize);
    }
    let label = format!("intervals are {minutes} minutes long");
    let help = "choose a shorter `calendar.interval` or another time";
    item.fault(Trouble::new("an outage must lie on interval boundaries", label, help))
}

impl Entrance {
    /// Those who enter, where `volumes` were written.
    pub(super) fn entering(&self, section: Section<'_>, volumes: Vec<f64>) -> Option<Vec<f64>> {
        let entering = if self.after { self.undone(section, volumes)? } else { volumes };
        let reach = |(i, volume): (usize, &f64)| volume * (1.0 - self.facts.contained.at(i));
        let (all, reaching) =
            (entering.iter().sum::<f64>(), entering.iter().enumerate().map(reach).sum::<f64>());
        section.cx().echo(format!(
            "{}: {} enter self-service, {} reach the queue",
            section.item.name,
            grouped(all.round() as u64),
            grouped(reaching.round() as u64)
        ));
        Some(entering)
    }

    /// Volumes counted after self-service, as they were before it.
    fn undone(&self, section: Section<'_>, mut volumes: Vec<f64>) -> Option<Vec<f64>> {
        for (i, volume) in volumes.iter_mut().enumerate().filter(|(_, volume)| **volume > 0.0) {
            let left = 1.0 - self.ordinary.at(i);
            if left <= 0.0 {
                let help = "write a smaller `contained`, or count the volumes before self-service";
                let title = "self-service leaves nobody, yet volumes are counted after it";
                let item = section.get("self_service")?.peek("contained")?;
                return item.fault(Trouble::new(title, "all of them are contained", help));
            }
            *volume /= left;
        }
        Some(volumes)
    }
}
