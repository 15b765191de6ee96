//! `shrinkage`: the share of paid time away from contacts, as one share, over the day, or by cause.
//!
//! Causes that are each a share of all paid time add up; causes that are each a share of what the ones before left
//! compound: 1 − ∏(1 − sᵢ).

use super::document::Value;
use super::fault::Trouble;
use super::item::Item;
use super::keys::SHRINKAGE;
use super::number;
use super::section::Section;
use super::series::{Axis, series};
use crate::model::Series;

/// Reads shrinkage.
pub(super) fn shrinkage(item: Item<'_>, axis: Axis<'_>) -> Option<Series<f64>> {
    match &item.node.value {
        Value::Table(entries) if entries.iter().any(|entry| SHRINKAGE.find(&entry.key).is_some()) => {
            by_cause(Section::open(item, &SHRINKAGE)?).map(Series::Constant)
        }
        _ => series(item, axis, number::share_below_one)?.carried(item),
    }
}

fn by_cause(section: Section<'_>) -> Option<f64> {
    let cause = |key| section.or(key, 0.0, |item| item.leaf(number::share_below_one));
    let (absence, off_phone, breaks) = (cause("absence"), cause("off_phone"), cause("breaks"));
    let adds = section.or("base", true, |item| item.word(&[("paid", true), ("remaining", false)]));
    let total = combine([absence?, off_phone?, breaks?], adds?);
    if total < 1.0 {
        return Some(total);
    }
    section.item.fault(Trouble::new(
        "shrinkage leaves nothing",
        "the causes add up to 100% or more",
        "check the shares",
    ))
}

/// Shares of paid time add up; shares of what is left compound.
fn combine(causes: [f64; 3], adds: bool) -> f64 {
    if adds { causes.iter().sum() } else { 1.0 - causes.iter().map(|cause| 1.0 - cause).product::<f64>() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paid_adds_and_remaining_compounds() {
        assert!((combine([0.08, 0.12, 0.10], true) - 0.30).abs() < 1e-12);
        assert!((combine([0.08, 0.12, 0.10], false) - (1.0 - 0.92 * 0.88 * 0.90)).abs() < 1e-12);
    }
}
