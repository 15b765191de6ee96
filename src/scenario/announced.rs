//! `announced_wait`: what customers do who hear how long it will take.

use super::curve::curve;
use super::fault::Trouble;
use super::item::Item;
use super::keys::ANNOUNCED;
use super::number;
use super::section::Section;
use crate::model::Announced;

/// Reads `announced_wait`; there must be something that customers do.
pub(super) fn announced(item: Item<'_>) -> Option<Announced> {
    let section = Section::open(item, &ANNOUNCED)?;
    let balk = section.maybe("balk", |item| curve(item, number::share));
    let patience = section.maybe("patience", |item| curve(item, number::factor));
    let announced = Announced { balk: balk?, patience: patience? };
    if announced.balk.is_none() && announced.patience.is_none() {
        let help = "add `balk = [[\"1m\", 0.05], [\"10m\", 0.5]]`, or a factor on `patience`";
        return item.fault(Trouble::new("`announced_wait` changes nothing", "what do customers do?", help));
    }
    Some(announced)
}
