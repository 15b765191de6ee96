//! `[outcome.*]`: what follows from how long a customer waited.

use super::curve::points;
use super::fault::Trouble;
use super::item::Item;
use super::keys::OUTCOME;
use super::limits;
use super::links::Links;
use super::number;
use super::part::name_is_fit;
use super::section::Section;
use crate::model::{Outcome, Over};

/// Every outcome, in file order.
pub(super) fn outcomes(root: &Section<'_>, links: Links<'_, '_>) -> Option<Vec<Outcome>> {
    let Some(item) = root.get("outcome") else { return Some(Vec::new()) };
    let written = item.children()?;
    if written.len() > limits::NAMES {
        let title = format!("{} outcomes are too many", written.len());
        let help = "keep those that somebody reads";
        return item.fault(Trouble::new(title, format!("at most {}", limits::NAMES), help));
    }
    let read: Vec<Option<Outcome>> = written.into_iter().map(|item| outcome(item, links)).collect();
    read.into_iter().collect()
}

fn outcome(item: Item<'_>, links: Links<'_, '_>) -> Option<Outcome> {
    name_is_fit(item);
    let section = Section::open(item, &OUTCOME)?;
    let queue = section.need("queue", "add `queue = \"phone\"`: whose customers", |item| links.queue(item));
    let words = [("wait", Over::Wait), ("resolution", Over::Resolution)];
    let over = section.or("over", Over::Wait, |item| item.word(&words));
    let help = "add `points = [[\"1m\", 0.95], [\"5m\", 0.7]]`: the share after each time";
    let share = section.need("points", help, |item| points(item, number::share));
    let unanswered = section.maybe("unanswered", |item| item.leaf(number::share));
    let value = section.maybe("value", |item| item.leaf(number::any));
    Some(Outcome {
        name: item.name.to_owned(),
        queue: queue?,
        over: over?,
        share: share?,
        unanswered: unanswered?,
        value: value?,
    })
}
