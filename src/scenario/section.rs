//! A table of the scenario, read key by key: unknown keys are told at once, known ones are looked up by name.

use super::context::Context;
use super::document::Entry;
use super::fault::{Trouble, quoted};
use super::item::Item;
use super::keys::Keys;
use super::nearest;

/// A table whose keys have been checked.
#[derive(Clone, Copy)]
pub(super) struct Section<'a> {
    pub(super) item: Item<'a>,
    entries: &'a [Entry],
    keys: &'static Keys,
}

impl<'a> Section<'a> {
    /// Opens a table and tells every key that it cannot have.
    pub(super) fn open(item: Item<'a>, keys: &'static Keys) -> Option<Self> {
        let section = Self { item, entries: item.entries()?, keys };
        for entry in section.entries {
            section.check(entry);
        }
        Some(section)
    }

    fn check(&self, entry: &Entry) {
        if self.cx().is_full() {
            return;
        }
        let trouble = match self.keys.find(&entry.key) {
            Some(key) if key.later => not_yet(key.name, key.says),
            Some(_) => return,
            None => self.unknown(&entry.key),
        };
        self.cx().fault(entry.key_span, trouble);
    }

    fn unknown(&self, key: &str) -> Trouble {
        let known = self.keys.keys.iter().filter(|key| !key.later).map(|key| key.name);
        let title = format!("`{}` is no key of {}", quoted(key), self.words());
        Trouble::new(title, "unknown key", nearest::or_all(key, known))
    }

    /// What the table is called in a message.
    fn words(&self) -> String {
        match self.keys.name {
            "scenario" => "a scenario".to_owned(),
            _ => format!("`{}`", quoted(self.item.name)),
        }
    }

    pub(super) fn cx(&self) -> &'a Context {
        self.item.cx
    }

    /// The value under `key`, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<Item<'a>> {
        debug_assert!(self.keys.find(key).is_some(), "{key} is missing from the table of {}", self.keys.name);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(Item::of(self.cx(), entry))
    }

    /// The keys that were written, in file order.
    pub(super) fn written(&self) -> impl Iterator<Item = Item<'a>> + use<'a> {
        let cx = self.cx();
        self.entries.iter().map(move |entry| Item::of(cx, entry))
    }

    /// The value under `key`, `default` if it is not written, `None` if it is faulty.
    pub(super) fn or<T>(&self, key: &str, default: T, read: impl FnOnce(Item<'a>) -> Option<T>) -> Option<T> {
        self.get(key).map_or(Some(default), read)
    }

    /// The value under `key`, `Some(None)` if it is not written, `None` if it is faulty.
    #[expect(clippy::option_option, reason = "faulty and not written are two things")]
    pub(super) fn maybe<T>(&self, key: &str, read: impl FnOnce(Item<'a>) -> Option<T>) -> Option<Option<T>> {
        self.get(key).map_or(Some(None), |item| read(item).map(Some))
    }

    /// The value under `key`, which must be written; `mend` says how.
    pub(super) fn need<T>(
        &self,
        key: &str,
        mend: &str,
        read: impl FnOnce(Item<'a>) -> Option<T>,
    ) -> Option<T> {
        match self.get(key) {
            Some(item) => read(item),
            None => self.missing(key, mend),
        }
    }

    /// Says that `key`, if it is written, changes nothing.
    pub(super) fn no_effect(&self, key: &str, why: &str, help: &str) {
        if let Some(item) = self.get(key) {
            item.note(Trouble::new(format!("`{key}` has no effect"), why, help));
        }
    }

    /// Tells that `key` is missing.
    pub(super) fn missing<T>(&self, key: &str, mend: &str) -> Option<T> {
        let title = format!("{} needs `{key}`", self.words());
        self.cx().fault(self.item.span(), Trouble::new(title, format!("`{key}` is missing here"), mend));
        None
    }
}

/// A behaviour that is known but not modelled yet.
pub(super) fn not_yet(key: &str, says: &str) -> Trouble {
    let what = says.trim_end_matches('.');
    let first = what.chars().next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    let rest: String = what.chars().skip(1).collect();
    let help = "remove it to run the scenario without it";
    Trouble::new(format!("`{key}` is not modelled yet"), format!("will come: {first}{rest}"), help)
}
