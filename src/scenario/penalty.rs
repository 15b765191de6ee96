//! `penalty` and `bonus` of a target: what missing it costs, and what exceeding it brings.
//!
//! A share that must be reached is missed below a bound; a share or a time that must stay low is missed above it.

use super::duration;
use super::fault::Trouble;
use super::item::Item;
use super::keys::{BONUS, Keys, PENALTY};
use super::number;
use super::section::Section;
use crate::model::{Goal, Limit, Penalty, Per};

/// The penalties and bonuses of a target whose promise is `goal`.
pub(super) fn penalties(
    section: &Section<'_>,
    goal: Option<&Goal>,
    per: Option<Per>,
) -> Option<Vec<Penalty>> {
    let kind = |key: &str, keys: &'static Keys| {
        let Some(item) = section.get(key) else { return Some(Vec::new()) };
        item.one_or_each(|part| one(part, keys, goal?))
    };
    let (penalties, bonuses) = (kind("penalty", &PENALTY), kind("bonus", &BONUS));
    let all = [penalties?, bonuses?].concat();
    match section.get("penalty").or_else(|| section.get("bonus")) {
        Some(item) if per == Some(Per::Interval) => {
            let help = "write per = \"day\", \"week\" or \"month\"";
            let title = format!("a {} is due by the day, week or month", item.name);
            item.fault(Trouble::new(title, "this target is per interval", help))
        }
        _ => Some(all),
    }
}

/// One bound with its sum.
fn one(item: Item<'_>, keys: &'static Keys, goal: &Goal) -> Option<Penalty> {
    let section = Section::open(item, keys)?;
    let penalty = item.name == "penalty";
    // The side of the bound on which the sum is due.
    let below = penalty == matches!(goal.limit(), Limit::AtLeast(_));
    let (key, other) = if below { ("below", "above") } else { ("above", "below") };
    if let Some(wrong) = section.get(other) {
        let title = format!("a {} of this target is due `{key}` a bound", item.name);
        let help = format!("write `{key} = …`");
        wrong.cx.fault(wrong.key, Trouble::new(title, "the wrong side", help));
        return None;
    }
    let example = if goal.is_share() { "0.85" } else { "\"45s\"" };
    let mend = format!("add `{key} = {example}`");
    let read = if goal.is_share() { number::share } else { duration::seconds };
    let at = section.need(key, &mend, |item| item.leaf(read));
    let sum = if penalty { "cost" } else { "gain" };
    let mend = format!("add `{sum} = 1000`: for one day (week, month)");
    let cost = section.need(sum, &mend, |item| item.leaf(number::not_negative));
    Some(Penalty { at: at?, below, cost: if penalty { cost? } else { -cost? } })
}
