//! A value with its name and place, and how single values are read from it.

use super::context::Context;
use super::document::{Entry, Node, Value};
use super::fault::{Trouble, quoted};
use super::source::Span;

/// A value of the scenario, under the name of its key.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) cx: &'a Context,
    pub(super) name: &'a str,
    pub(super) key: Span,
    pub(super) node: &'a Node,
}

/// A single value, out of the scenario or out of a CSV file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scalar<'a> {
    Text(&'a str),
    Whole(i128),
    Real(f64),
    /// A bare number in a CSV file, where durations are seconds.
    Cell(f64),
    /// Anything else, in words.
    Other(&'static str),
}

/// Reads a single value; the second argument is its name.
pub(super) type Leaf<T> = fn(Scalar<'_>, &str) -> Result<T, Trouble>;

impl<'a> Item<'a> {
    pub(super) fn of(cx: &'a Context, entry: &'a Entry) -> Self {
        Self { cx, name: &entry.key, key: entry.key_span, node: &entry.node }
    }

    /// Another value under the same name: an element of a list.
    pub(super) fn part(self, node: &'a Node) -> Self {
        Self { node, ..self }
    }

    /// Where to point: at the value, or, if that is a table under a heading, at its name.
    pub(super) fn span(&self) -> Span {
        let inline = self.node.span.source == self.key.source && self.node.span.start >= self.key.end;
        if inline || !matches!(self.node.value, Value::Table(_)) { self.node.span } else { self.key }
    }

    /// Tells a fault of this value. Always `None`, so that a reader can end with it.
    pub(super) fn fault<T>(&self, trouble: Trouble) -> Option<T> {
        self.cx.fault(self.span(), trouble);
        None
    }

    pub(super) fn note(&self, trouble: Trouble) {
        self.cx.note(self.span(), trouble);
    }

    pub(super) fn scalar(&self) -> Scalar<'a> {
        match &self.node.value {
            Value::Text(text) => Scalar::Text(text),
            Value::Whole(number) => Scalar::Whole(*number),
            Value::Real(number) => Scalar::Real(*number),
            other => Scalar::Other(other.kind()),
        }
    }

    /// A single value.
    pub(super) fn leaf<T>(self, read: Leaf<T>) -> Option<T> {
        read(self.scalar(), self.name).map_err(|trouble| self.fault::<()>(trouble)).ok()
    }

    /// Text that is not empty.
    pub(super) fn text(self) -> Option<&'a str> {
        match &self.node.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text),
            Value::Text(_) => {
                let title = format!("`{}` is empty", self.name);
                self.fault(Trouble::new(title, "nothing here", "write something, or remove the key"))
            }
            other => {
                let title = format!("`{}` must be text", self.name);
                self.fault(Trouble::new(
                    title,
                    format!("this is {}", other.kind()),
                    "put it in double quotes",
                ))
            }
        }
    }

    /// True or false.
    pub(super) fn flag(self) -> Option<bool> {
        match &self.node.value {
            Value::Flag(flag) => Some(*flag),
            other => {
                let title = format!("`{}` must be true or false", self.name);
                self.fault(Trouble::new(
                    title,
                    format!("this is {}", other.kind()),
                    "write true, or leave it out",
                ))
            }
        }
    }

    /// The value under `key` of a table, without a word about anything else.
    pub(super) fn peek(self, key: &str) -> Option<Item<'a>> {
        match &self.node.value {
            Value::Table(entries) => {
                entries.iter().find(|entry| entry.key == key).map(|entry| Item::of(self.cx, entry))
            }
            _ => None,
        }
    }

    /// The elements of a list.
    pub(super) fn list(self) -> Option<Vec<Item<'a>>> {
        match &self.node.value {
            Value::List(nodes) => Some(nodes.iter().map(|node| self.part(node)).collect()),
            other => {
                let title = format!("`{}` must be a list", self.name);
                self.fault(Trouble::new(title, format!("this is {}", other.kind()), "put it in [brackets]"))
            }
        }
    }

    /// Every element of a list read by `read`; `None` if one is faulty.
    pub(super) fn each<T>(self, read: impl Fn(Item<'a>) -> Option<T>) -> Option<Vec<T>> {
        let read: Vec<Option<T>> = self.list()?.into_iter().map(read).collect();
        read.into_iter().collect()
    }

    /// One value, or every element of a list.
    pub(super) fn one_or_each<T>(self, read: impl Fn(Item<'a>) -> Option<T>) -> Option<Vec<T>> {
        match &self.node.value {
            Value::List(_) => self.each(read),
            _ => read(self).map(|one| vec![one]),
        }
    }

    /// The entries of a table.
    pub(super) fn entries(self) -> Option<&'a [Entry]> {
        match &self.node.value {
            Value::Table(entries) => Some(entries),
            other => {
                let title = format!("`{}` must be a table", self.name);
                let help = format!("write `{0} = {{ … }}` or a heading [{0}]", self.name);
                self.fault(Trouble::new(title, format!("this is {}", other.kind()), help))
            }
        }
    }

    /// The entries of a table, each under its own key.
    pub(super) fn children(self) -> Option<Vec<Item<'a>>> {
        Some(self.entries()?.iter().map(|entry| Item::of(self.cx, entry)).collect())
    }

    /// One of the given words.
    pub(super) fn word<T: Copy>(self, words: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let names = words.iter().map(|(word, _)| *word);
        let help = super::nearest::or_all(text, names);
        let title = format!("`{}` cannot be \"{}\"", self.name, quoted(text));
        self.fault(Trouble::new(title, "unknown word", help))
    }
}
