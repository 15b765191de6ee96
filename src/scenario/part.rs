//! The named tables of a scenario: `[queue.*]` and `[group.*]`, each with its own or the calendar's opening hours.

use super::calendar::Days;
use super::document::Value;
use super::fault::{Trouble, quoted};
use super::hours::{Hours, hours};
use super::item::Item;
use super::keys::Keys;
use super::limits;
use super::section::Section;
use super::series::Axis;
use std::rc::Rc;

/// A queue or group as written.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub(super) section: Section<'a>,
    /// `None` if its own hours are faulty.
    pub(super) hours: Option<Rc<Hours>>,
}

impl<'a> Part<'a> {
    fn new(item: Item<'a>, keys: &'static Keys, days: &Days) -> Option<Self> {
        name_is_fit(item);
        let section = Section::open(item, keys)?;
        let hours = section.or("open", Rc::clone(&days.hours), |item| hours(item, days).map(Rc::new));
        Some(Self { section, hours })
    }

    pub(super) fn name(&self) -> &'a str {
        self.section.item.name
    }

    /// The time axis of its series.
    pub(super) fn axis<'b>(&'b self, days: &'b Days) -> Axis<'b> {
        Axis { days, hours: self.hours.as_deref() }
    }
}

/// Names appear in tables and files: they must be printable and short.
pub(super) fn name_is_fit(item: Item<'_>) {
    let name = item.name;
    if name.trim().is_empty() || name.chars().any(char::is_control) || name.chars().count() > 60 {
        let title = format!("\"{}\" cannot be a name", quoted(name));
        let help = "use up to 60 letters, digits, spaces, - and _";
        item.cx.fault(item.key, Trouble::new(title, "empty, too long or unprintable", help));
    }
}

/// Every table under `kind` ("queue" or "group"), in file order; there must be one.
pub(super) fn parts<'a>(
    root: &Section<'a>,
    kind: &'static str,
    keys: &'static Keys,
    days: &Days,
) -> Option<Vec<Part<'a>>> {
    let mend =
        format!("add a heading such as [{kind}.{}]", if kind == "queue" { "phone" } else { "everyone" });
    let item = root.need(kind, &mend, Some)?;
    let entries = item.entries()?;
    if entries.is_empty() {
        return item.fault(Trouble::new(format!("there is no {kind}"), "nothing under this heading", mend));
    }
    if entries.len() > limits::NAMES {
        let title = format!("{} {kind}s are too many", entries.len());
        let label = format!("at most {}", limits::NAMES);
        return item.fault(Trouble::new(title, label, format!("join {kind}s that behave alike")));
    }
    if let Some(key) = item.children()?.into_iter().find(|child| nameless(*child, keys)) {
        let title = format!("this {kind} has no name");
        let help = format!("write the heading with a name: [{kind}.NAME]");
        item.cx.fault(key.key, Trouble::new(title, format!("a key directly under [{kind}]"), help));
        return None;
    }
    let parts: Vec<Option<Part<'a>>> =
        item.children()?.into_iter().map(|part| Part::new(part, keys, days)).collect();
    parts.into_iter().collect()
}

/// Whether this is a key where the name of a queue or group should stand.
fn nameless(item: Item<'_>, keys: &Keys) -> bool {
    match &item.node.value {
        Value::Table(entries) => {
            keys.find(item.name).is_some() && !entries.iter().any(|entry| keys.find(&entry.key).is_some())
        }
        _ => true,
    }
}
