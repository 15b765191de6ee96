//! The JSON Schema of a scenario file, written from the table of keys, so that editors complete and check it.
//!
//! Draft 7, which the TOML plug-ins of editors understand. Keys that are known but not modelled yet are left out.

use super::keys::{COLUMN, Form, Key, Keys, ROOT, WEEKDAYS};
use serde_json::{Map, Value, json};

/// The schema.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let top = table(&ROOT, &mut definitions);
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "headcount scenario",
    });
    if let (Value::Object(schema), Value::Object(top)) = (&mut schema, top) {
        schema.extend(top);
        schema.insert("definitions".to_owned(), Value::Object(definitions));
    }
    schema
}

/// A table with its keys.
fn table(keys: &'static Keys, definitions: &mut Map<String, Value>) -> Value {
    let properties: Map<String, Value> = keys
        .keys
        .iter()
        .filter(|key| !key.later)
        .map(|key| (key.name.to_owned(), property(key, definitions)))
        .collect();
    json!({ "type": "object", "description": keys.says, "additionalProperties": false, "properties": properties })
}

/// A key: what it says, its form, examples.
fn property(key: &Key, definitions: &mut Map<String, Value>) -> Value {
    let mut property = Map::new();
    property.insert("description".to_owned(), json!(key.says));
    property.insert("examples".to_owned(), key.examples.iter().filter_map(|text| example(text)).collect());
    match form(key.form, definitions) {
        // Beside a reference, draft 7 ignores everything else.
        Value::Object(form) if form.contains_key("$ref") => {
            property.insert("allOf".to_owned(), json!([form]));
        }
        Value::Object(form) => property.extend(form),
        _ => {}
    }
    Value::Object(property)
}

/// A value written in TOML as JSON.
fn example(text: &str) -> Option<Value> {
    let table: toml::Table = format!("x = {text}").parse().ok()?;
    serde_json::to_value(&table["x"]).ok()
}

/// A named definition, written once.
fn named(
    name: &str,
    definitions: &mut Map<String, Value>,
    make: impl FnOnce(&mut Map<String, Value>) -> Value,
) -> Value {
    if !definitions.contains_key(name) {
        definitions.insert(name.to_owned(), Value::Null);
        let made = make(definitions);
        definitions.insert(name.to_owned(), made);
    }
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn form(form_of: Form, definitions: &mut Map<String, Value>) -> Value {
    match form_of {
        Form::Text => json!({ "type": "string" }),
        Form::Date => json!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$" }),
        Form::Duration => named("duration", definitions, |_| duration()),
        Form::Share => named("share", definitions, |_| share()),
        Form::Factor => named("factor", definitions, |_| factor()),
        Form::Number => json!({ "type": "number", "minimum": 0 }),
        Form::Signed => json!({ "type": "number" }),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Form::Word(words) => json!({ "enum": words }),
        Form::Hours => named("hours", definitions, |_| hours()),
        Form::Table(keys) => named(keys.name, definitions, |definitions| table(keys, definitions)),
        Form::List(part) => json!({ "type": "array", "items": form(*part, definitions) }),
        Form::Pair(first, second) => {
            let items = [form(*first, definitions), form(*second, definitions)];
            json!({ "type": "array", "items": items, "minItems": 2, "maxItems": 2 })
        }
        Form::Named(part) => json!({ "type": "object", "additionalProperties": form(*part, definitions) }),
        Form::Weekdays(part) => weekdays(&form(*part, definitions)),
        Form::Series(part) => series(*part, definitions),
        Form::Any(forms) => {
            let any: Vec<Value> = forms.iter().map(|one| form(*one, definitions)).collect();
            json!({ "anyOf": any })
        }
    }
}

/// A series, under a name of its own: there are few kinds, used often.
fn series(part: Form, definitions: &mut Map<String, Value>) -> Value {
    let name = match part {
        Form::Duration => "duration_series",
        Form::Share => "share_series",
        Form::Whole(..) => "count_series",
        _ => "number_series",
    };
    named(name, definitions, |definitions| {
        let one = form(part, definitions);
        let list = json!({ "type": "array", "items": one });
        let column = named(COLUMN.name, definitions, |definitions| table(&COLUMN, definitions));
        json!({ "anyOf": [one, list, weekdays(&json!({ "anyOf": [one, list] })), column] })
    })
}

fn weekdays(part: &Value) -> Value {
    let days: Map<String, Value> = WEEKDAYS.iter().map(|day| ((*day).to_owned(), part.clone())).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": days })
}

fn duration() -> Value {
    json!({
        "type": "string",
        "description": "A duration with units: \"90s\", \"2m 30s\", \"4h\".",
        "pattern": r"^\s*(\d+(\.\d+)?\s*(ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)\s*)+$",
        "examples": ["90s", "2m 30s", "4h"],
    })
}

fn share() -> Value {
    json!({
        "description": "A share: 0.9 or \"90%\".",
        "anyOf": [{ "type": "number", "minimum": 0, "maximum": 1 }, { "type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*%\s*$" }],
        "examples": ["90%", 0.9],
    })
}

fn factor() -> Value {
    json!({
        "description": "A factor: 1.1 or \"110%\".",
        "anyOf": [{ "type": "number", "minimum": 0 }, { "type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*%\s*$" }],
        "examples": ["110%", 1.1],
    })
}

fn hours() -> Value {
    let text = json!({ "type": "string", "examples": ["08:00-20:00", "08:00-12:00, 13:00-18:00", "closed"] });
    let day = json!({ "anyOf": [text, { "type": "array", "items": text }] });
    json!({
        "description": "Opening hours: text, a list of ranges, or a table by weekday (weekdays left out are closed).",
        "anyOf": [text, { "type": "array", "items": text }, weekdays(&day)],
    })
}
