//! Handle time: `handle` and `wrap`, or `aht`, which is both; and how it is said back.

use super::fault::Trouble;
use super::law::law;
use super::part::Part;
use super::section::Section;
use super::series::Axis;
use crate::model::{Law, Opening, Series};
use crate::units::Micros;

/// Handle time and wrap-up, or AHT, which is both in one.
pub(super) fn work(section: Section<'_>, axis: Axis<'_>) -> Option<(Law, Option<Law>)> {
    let other = section.get("handle").or_else(|| section.get("wrap"));
    if let (Some(aht), Some(other)) = (section.get("aht"), other) {
        let help = "AHT includes wrap-up: keep `aht` alone, or `handle` with `wrap`";
        let title = format!("`aht` and `{}` contradict each other", other.name);
        let later = if other.key.source > aht.key.source { other.key } else { aht.key };
        section.cx().fault(later, Trouble::new(title, "handle time is written twice", help));
        return None;
    }
    if let Some(aht) = section.get("aht") {
        return law(aht, axis).map(|handle| (handle, None));
    }
    let help = "add `handle = { lognormal = { mean = \"5m\", cv = 1.0 } }`, or `aht`, which includes wrap-up";
    let handle = section.need("handle", help, |item| law(item, axis));
    let wrap = section.maybe("wrap", |item| law(item, axis));
    Some((handle?, wrap?))
}

/// `5m 30s = handle 5m + wrap 30s`.
pub(super) fn parts_of_aht(part: &Part<'_>, handle: &Law, wrap: Option<&Law>) -> String {
    let opening = part.hours.as_deref().map(|hours| &hours.opening);
    let time = |seconds: f64| Micros::from_secs_f64((seconds * 10.0).round() / 10.0);
    let talk = mean(handle, opening);
    match wrap.map(|wrap| mean(wrap, opening)) {
        Some(wrap) => format!("{} = handle {} + wrap {}", time(talk + wrap), time(talk), time(wrap)),
        None if part.section.get("aht").is_some() => format!("{}, wrap included", time(talk)),
        None => format!("{} = handle {0}, no wrap", time(talk)),
    }
}

/// The mean of a law in seconds, over the open intervals.
fn mean(law: &Law, opening: Option<&Opening>) -> f64 {
    match (&law.mean, opening) {
        (Series::Constant(mean), _) => *mean,
        (Series::ByInterval(means), Some(opening)) if opening.first().is_some() => {
            opening.intervals().map(|i| means[i]).sum::<f64>() / opening.intervals().count() as f64
        }
        (Series::ByInterval(means), _) => means.first().copied().unwrap_or_default(),
    }
}
