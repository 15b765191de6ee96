//! `absence`, `late` and `learning`: what is uncertain, or changes, about a group's people.

use super::document::Value;
use super::fault::Trouble;
use super::item::Item;
use super::keys::{LATE, LEARNING};
use super::law::law_or_time;
use super::number;
use super::section::Section;
use super::series::Axis;
use crate::model::{Late, Learning, People};

/// Reads what is said of a group's people.
pub(super) fn people(section: Section<'_>, axis: Axis<'_>) -> Option<People> {
    let absence = section.or("absence", 0.0, |item| item.leaf(number::share_below_one));
    let late = section.maybe("late", |item| late(item, axis));
    let learning = section.maybe("learning", learning);
    counted_twice(section);
    Some(People { absence: absence?, late: late?, learning: learning? })
}

fn late(item: Item<'_>, axis: Axis<'_>) -> Option<Late> {
    let section = Section::open(item, &LATE)?;
    let help = "add `share = \"10%\"`: the chance that a person comes late on a day";
    let share = section.need("share", help, |item| item.leaf(number::share));
    let by = section.need("by", "add `by = \"10m\"`, or a law", |item| law_or_time(item, axis));
    Some(Late { share: share?, by: by? })
}

fn learning(item: Item<'_>) -> Option<Learning> {
    let section = Section::open(item, &LEARNING)?;
    let help = "add `factor = 1.5`: how much longer contacts take at first";
    let factor = section.need("factor", help, |item| item.leaf(number::factor));
    let help = "add `weeks = 16`: until the lag is nearly gone";
    let weeks = section.need("weeks", help, |item| item.leaf(number::positive));
    Some(Learning { factor: factor?, weeks: weeks? })
}

/// Absence is either taken off in advance or a risk; the same absence must not be both.
fn counted_twice(section: Section<'_>) {
    let planned = section.get("shrinkage").filter(|item| matches!(item.node.value, Value::Table(_)));
    if let (Some(risk), Some(_)) = (section.get("absence"), planned.and_then(|item| item.peek("absence"))) {
        let help = "leave the average to `shrinkage` or the risk to `absence`; both only if they are different absences";
        let title = "absence is counted twice";
        risk.note(Trouble::new(title, "`shrinkage` has it already", help));
    }
}
