//! The scenario as a tree in file order, every key and value with its place.
//!
//! The TOML parser does the reading; this tree adds what the parser's own does not have: the order of the file, and
//! values that came from the command line.

use super::context::Context;
use super::fault::Trouble;
use super::source::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) value: Value,
}

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    /// Beyond 128 bits: the nearest bound.
    Whole(i128),
    Real(f64),
    Flag(bool),
    /// A date or time without quotes, as written.
    Date(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) node: Node,
}

impl Value {
    /// What kind of value it is, for "expected a table, found text".
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Whole(_) | Self::Real(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date or time",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// Parses source 0, telling at most ten faults of syntax.
pub(super) fn parse(cx: &Context) -> Option<Node> {
    const SMALL: usize = 100_000; // in a large file the first fault must do: each costs a pass
    let text = &cx.sources[0].text;
    let errors = match DeTable::parse(text) {
        Ok(table) => return Some(table_node(table, 0)),
        Err(_) if text.len() <= SMALL => DeTable::parse_recoverable(text).1,
        Err(error) => vec![error],
    };
    let mut twice = Vec::new();
    for error in errors.into_iter().take(10) {
        let range = error.span().unwrap_or(text.len()..text.len());
        let heading = heading_of(text, range.start);
        if !twice.contains(&heading) {
            cx.fault(Span::new(0, &range), syntax(error.message()));
        }
        // What stands under a heading that is used twice is not told again.
        if text[heading..].starts_with('[') && !text[heading..range.start].contains('\n') {
            twice.push(heading);
        }
    }
    None
}

/// Where the last [heading] at or before `at` starts.
fn heading_of(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind("\n[")).map_or(0, |i| i + 1)
}

/// A fault of syntax in plain words.
fn syntax(message: &str) -> Trouble {
    if message.contains("duplicate key") {
        return Trouble::new("the same name is used twice", "already written above", "keep one of the two");
    }
    let help = "a scenario is a TOML file: `key = value` lines under [table] headings, text in double quotes";
    Trouble::new("this is not TOML", message.to_owned(), help)
}

/// A value typed on the command line: TOML where it parses, else text.
pub(super) fn typed(text: &str, source: usize, offset: usize) -> Node {
    let whole = Span { source, start: offset, end: offset + text.len() };
    let value = match DeValue::parse(text) {
        Ok(parsed) => node(parsed, source).value,
        Err(_) => Value::Text(text.to_owned()),
    };
    Node { span: whole, value: at(value, whole) }
}

/// The same value with every part placed at `span`.
fn at(mut value: Value, span: Span) -> Value {
    match &mut value {
        Value::List(items) => items.iter_mut().for_each(|item| place(item, span)),
        Value::Table(entries) => entries.iter_mut().for_each(|entry| {
            entry.key_span = span;
            place(&mut entry.node, span);
        }),
        _ => {}
    }
    value
}

fn place(node: &mut Node, span: Span) {
    node.span = span;
    let value = std::mem::replace(&mut node.value, Value::Flag(false));
    node.value = at(value, span);
}

fn table_node(table: Spanned<DeTable<'_>>, source: usize) -> Node {
    let span = Span::new(source, &table.span());
    Node { span, value: entries(table.into_inner(), source) }
}

fn entries(table: DeTable<'_>, source: usize) -> Value {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: Span::new(source, &key.span()),
            key: key.into_inner().into_owned(),
            node: node(value, source),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Value::Table(entries)
}

fn node(value: Spanned<DeValue<'_>>, source: usize) -> Node {
    let span = Span::new(source, &value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => whole(number.as_str(), number.radix()),
        DeValue::Float(number) => Value::Real(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| node(item, source)).collect()),
        DeValue::Table(table) => entries(table, source),
    };
    Node { span, value }
}

fn whole(text: &str, radix: u32) -> Value {
    let bound = if text.starts_with('-') { i128::MIN } else { i128::MAX };
    Value::Whole(i128::from_str_radix(text, radix).unwrap_or(bound))
}
