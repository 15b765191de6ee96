//! What the command line changes in a scenario: `--set key=value`, `--agents GROUP=N`, `--roster FILE` and `--people FILE`, applied to the
//! text's tree before anything is read from it.

use super::context::Context;
use super::crew;
use super::document::{Entry, Node, Value, typed};
use super::fault::{Trouble, quoted};
use super::file::{self, Kind};
use super::keys::ROOT;
use super::nearest;
use super::roster;
use super::source::{Source, Span};
use crate::exports;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// A change to a scenario, as typed on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    flag: &'static str,
    text: String,
}

impl Override {
    /// `--set key=value`: any key of the scenario, such as `queue.phone.patience.exponential.mean=4m`. An element of a
    /// list is named by its number, from 1: `queue.phone.target.1.within=30s`.
    pub fn set(text: impl Into<String>) -> Self {
        Self { flag: "--set", text: text.into() }
    }

    /// `--agents GROUP=N`.
    pub fn agents(text: impl Into<String>) -> Self {
        Self { flag: "--agents", text: text.into() }
    }

    /// `--roster FILE`: the staff of every group that the file names, or of the only group.
    pub fn roster(path: impl Into<String>) -> Self {
        Self { flag: roster::FLAG, text: path.into() }
    }

    /// `--people FILE`: the people by name (`schedule.named`).
    pub fn people(path: impl Into<String>) -> Self {
        Self { flag: crew::FLAG, text: path.into() }
    }

    /// As it is shown in faults.
    pub(super) fn source(&self) -> Source {
        Source::typed(&format!("{} {}", self.flag, self.text))
    }

    fn apply(&self, root: &mut Node, source: usize, cx: &Context) -> Option<()> {
        let offset = self.flag.len() + 1;
        if self.flag == roster::FLAG {
            return self.put_roster(root, Span { source, start: offset, end: offset + self.text.len() }, cx);
        }
        if self.flag == crew::FLAG {
            let span = Span { source, start: offset, end: offset + self.text.len() };
            let path = ["schedule", "named"].map(str::to_owned);
            return put(root, &path, 0, Node { span, value: Value::Text(self.text.clone()) }, span, cx);
        }
        let Some((key, value)) = self.text.split_once('=') else {
            let span = Span { source, start: offset, end: offset + self.text.len() };
            let example = if self.flag == "--set" { "run.seed=2" } else { "everyone=20" };
            let help = format!("write {} {example}", self.flag);
            cx.fault(span, Trouble::new(format!("{} needs a value", self.flag), "no `=` here", help));
            return None;
        };
        let span = Span { source, start: offset, end: offset + key.len() };
        let node = typed(value.trim(), source, offset + key.len() + 1);
        if self.flag == "--set" {
            let path = path(key.trim()).or_else(|| not_a_key(cx, span))?;
            return put(root, &path, 0, node, span, cx);
        }
        let group = path_of_group(key.trim());
        put(root, &group, 0, node, span, cx)?;
        forget(root, &group[1], &["scheduled", "roster"]);
        Some(())
    }

    /// Puts the roster in the place of other staff: of the groups that it names, or of the only one.
    fn put_roster(&self, root: &mut Node, span: Span, cx: &Context) -> Option<()> {
        let known = groups(root);
        let bytes = file::bytes(Path::new(&self.text), &self.text, Kind::Csv);
        let bytes = bytes.map_err(|trouble| cx.fault(span, trouble)).ok()?;
        let named: Vec<String> = exports::roster_groups(&self.text, bytes);
        let mine: Vec<String> = match (&named[..], &known[..]) {
            ([], [only]) => vec![only.clone()],
            ([], _) => Vec::new(),
            _ => known.iter().filter(|group| named.contains(group)).cloned().collect(),
        };
        if mine.is_empty() {
            let title = format!("{} is the roster of none of these groups", quoted(&self.text));
            let label = if named.is_empty() { "it has no column `group`" } else { "names other groups" };
            let help =
                format!("its column `group` should name {}", nearest::list(known.iter().map(String::as_str)));
            cx.fault(span, Trouble::new(title, label, help));
            return None;
        }
        for group in mine {
            forget(root, &group, &["agents", "scheduled"]);
            let path = ["group".to_owned(), group, "roster".to_owned()];
            put(root, &path, 0, Node { span, value: Value::Text(self.text.clone()) }, span, cx)?;
        }
        Some(())
    }
}

/// The names of the groups.
fn groups(root: &Node) -> Vec<String> {
    let Value::Table(entries) = &root.value else { return Vec::new() };
    let groups = entries.iter().find(|entry| entry.key == "group").map(|entry| &entry.node.value);
    let Some(Value::Table(groups)) = groups else { return Vec::new() };
    groups.iter().map(|group| group.key.clone()).collect()
}

/// Applies all changes in their order; source `1 + i` is the text of the i-th.
pub(super) fn apply(root: &mut Node, overrides: &[Override], cx: &Context) {
    for (i, change) in overrides.iter().enumerate() {
        change.apply(root, i + 1, cx);
    }
}

fn not_a_key<T>(cx: &Context, span: Span) -> Option<T> {
    let help = "write a key such as queue.phone.patience.exponential.mean";
    cx.fault(span, Trouble::new("this is no key", "not understood", help));
    None
}

fn path_of_group(group: &str) -> Vec<String> {
    vec!["group".to_owned(), group.to_owned(), "agents".to_owned()]
}

/// The parts of a dotted key; quoted parts as in TOML.
fn path(key: &str) -> Option<Vec<String>> {
    if key.contains(['=', '\n', '\r', '#', '[', '{']) {
        return None;
    }
    let text = format!("{key} = 0");
    let mut table = DeTable::parse(&text).ok()?.into_inner();
    let mut path = Vec::new();
    loop {
        let (name, value) = std::mem::take(&mut table).into_iter().next()?;
        path.push(name.into_inner().into_owned());
        match value.into_inner() {
            DeValue::Table(inner) => table = inner,
            _ => return Some(path),
        }
    }
}

/// Puts `node` at `path[at..]` below `parent`, making the tables on the way.
fn put(parent: &mut Node, path: &[String], at: usize, node: Node, span: Span, cx: &Context) -> Option<()> {
    let Some(name) = path.get(at) else {
        *parent = node;
        return Some(());
    };
    match &mut parent.value {
        Value::Table(entries) => {
            let found = entries.iter().position(|entry| entry.key == *name);
            let index = found.or_else(|| added(entries, path, at, span, cx))?;
            if at + 1 == path.len() {
                entries[index].key_span = span;
            }
            put(&mut entries[index].node, path, at + 1, node, span, cx)
        }
        Value::List(items) => {
            let count = items.len();
            match name.parse::<usize>().ok().and_then(|number| items.get_mut(number.checked_sub(1)?)) {
                Some(item) => put(item, path, at + 1, node, span, cx),
                None => refuse(cx, span, path, at, &format!("a list; write a number from 1 to {count}")),
            }
        }
        other => {
            let kind = other.kind();
            refuse(cx, span, path, at, kind)
        }
    }
}

fn refuse(cx: &Context, span: Span, path: &[String], at: usize, what: &str) -> Option<()> {
    let title = format!("`{}` has no `{}`", quoted(&path[..at].join(".")), quoted(&path[at]));
    cx.fault(span, Trouble::new(title, format!("it is {what}"), "name a key that the scenario can have"));
    None
}

/// A new entry; but no new queue or group, which would be a slip.
fn added(entries: &mut Vec<Entry>, path: &[String], at: usize, span: Span, cx: &Context) -> Option<usize> {
    if at == 1 && matches!(path[0].as_str(), "queue" | "group") {
        let help = nearest::or_all(&path[1], entries.iter().map(|entry| entry.key.as_str()));
        let title = format!("there is no {} `{}`", path[0], quoted(&path[1]));
        cx.fault(span, Trouble::new(title, "unknown name", help));
        return None;
    }
    if at == 0 && ROOT.find(&path[0]).is_none() {
        let known = ROOT.keys.iter().filter(|key| !key.later).map(|key| key.name);
        let title = format!("`{}` is no key of a scenario", quoted(&path[0]));
        cx.fault(span, Trouble::new(title, "unknown key", nearest::or_all(&path[0], known)));
        return None;
    }
    let node = Node { span, value: Value::Table(Vec::new()) };
    entries.push(Entry { key: path[at].clone(), key_span: span, node });
    Some(entries.len() - 1)
}

/// Removes keys of a group.
fn forget(root: &mut Node, group: &str, gone: &[&str]) {
    let Value::Table(entries) = &mut root.value else { return };
    let groups = entries.iter_mut().find(|entry| entry.key == "group");
    let Some(Value::Table(groups)) = groups.map(|entry| &mut entry.node.value) else { return };
    let found = groups.iter_mut().find(|entry| entry.key == group);
    if let Some(Value::Table(keys)) = found.map(|entry| &mut entry.node.value) {
        keys.retain(|entry| !gone.contains(&entry.key.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_keys() {
        let names = |key| path(key).map(|path| path.join("|"));
        assert_eq!(names("run.seed").as_deref(), Some("run|seed"));
        assert_eq!(names("queue.\"my queue\".aht").as_deref(), Some("queue|my queue|aht"));
        assert_eq!(names("queue.phone.target.1.within").as_deref(), Some("queue|phone|target|1|within"));
        for bad in ["", ".", "a..b", "a b", "a = 1\nb", "[a]"] {
            assert_eq!(names(bad), None, "{bad}");
        }
    }
}
