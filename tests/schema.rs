//! `scenarios/scenario.schema.json` is current, and the shipped scenarios keep to it.
//!
//! After a change to the keys: `UPDATE_SCHEMA=1 cargo test --test schema`.

use headcount::scenario::schema;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

#[test]
fn the_schema_in_the_repository_is_current() {
    let path = folder().join("scenario.schema.json");
    let current = serde_json::to_string_pretty(&schema()).expect("JSON") + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &current).expect("a writable schema");
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == current, "{} is out of date: UPDATE_SCHEMA=1 cargo test --test schema", path.display());
}

#[test]
fn shipped_scenarios_keep_to_the_schema() {
    let schema = schema();
    let shipped = fs::read_dir(folder()).expect("scenarios").map(|entry| entry.expect("an entry").path());
    let everything = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenario/everything.toml");
    for path in shipped.chain([everything]) {
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).expect("a readable scenario");
            let scenario: toml::Table = text.parse().expect("TOML");
            let value = serde_json::to_value(scenario).expect("JSON");
            assert_eq!(misfit(&schema, &schema, &value, "scenario"), None, "{}", path.display());
        }
    }
}

#[test]
fn every_property_is_described_and_every_example_keeps_to_the_schema() {
    let schema = schema();
    let tables = schema["definitions"].as_object().expect("definitions").values().chain([&schema]);
    let mut seen = 0;
    for table in tables.filter(|table| table["type"] == "object") {
        for (name, property) in table["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}");
            let examples = property["examples"].as_array().expect("examples");
            assert!(!examples.is_empty(), "{name}");
            for example in examples {
                assert_eq!(misfit(&schema, property, example, name), None, "an example of {name}: {example}");
            }
            seen += 1;
        }
    }
    assert!(seen > 80, "{seen} keys");
}

#[test]
fn slips_are_seen_by_editors_too() {
    let schema = schema();
    let faulty = |text: &str| {
        let value = serde_json::to_value(text.parse::<toml::Table>().expect("TOML")).expect("JSON");
        misfit(&schema, &schema, &value, "scenario")
    };
    assert_eq!(faulty("[calendar]\ndays = 2"), None);
    for text in [
        "calender = 1",
        "[calendar]\ndays = 0",
        "[queue.a]\nbalk = 5",
        "[queue.a]\nredial = 1",
        "[queue.a]\nannounced_wait = { balk = [['1m', 2]] }",
        "[queue.a]\nannounced_wait = { balk = [['1m', 0.2, 0.3]] }",
        "[group.a]\ninterrupt = { mail = 1 }",
        "[group.a]\nconcurrency = { chat = 13 }",
        "[outcome.a]\nvalue = 'much'",
        "[run]\nstart = 'warm'",
    ] {
        assert!(faulty(text).is_some(), "{text}");
    }
}

/// Where `value` breaks `rule`; patterns are left to the editors.
fn misfit(root: &Value, rule: &Value, value: &Value, at: &str) -> Option<String> {
    if let Some(name) = rule["$ref"].as_str() {
        return misfit(root, &root["definitions"][name.trim_start_matches("#/definitions/")], value, at);
    }
    let no = || Some(format!("{at}: {value}"));
    let all = rule["allOf"].as_array().into_iter().flatten().find_map(|one| misfit(root, one, value, at));
    let any = rule["anyOf"]
        .as_array()
        .is_some_and(|any| any.iter().all(|one| misfit(root, one, value, at).is_some()));
    let word = rule["enum"].as_array().is_some_and(|words| !words.contains(value));
    if any || word || !typed(rule["type"].as_str(), value) || !bounded(rule, value) {
        return no();
    }
    if let (Some(rules), Some(values)) = (rule["items"].as_array(), value.as_array()) {
        let unlike = rules.iter().zip(values).find_map(|(rule, value)| misfit(root, rule, value, at));
        return if rules.len() == values.len() { unlike } else { no() };
    }
    let items = value.as_array().into_iter().flatten().filter(|_| !rule["items"].is_null());
    all.or_else(|| items.clone().find_map(|item| misfit(root, &rule["items"], item, at)))
        .or_else(|| value.as_object()?.iter().find_map(|(key, value)| property(root, rule, key, value, at)))
}

fn property(root: &Value, rule: &Value, key: &str, value: &Value, at: &str) -> Option<String> {
    let at = format!("{at}.{key}");
    match (&rule["properties"][key], &rule["additionalProperties"]) {
        (Value::Null, Value::Bool(false)) => Some(format!("{at} is unknown")),
        (Value::Null, Value::Null) => None,
        (Value::Null, other) => misfit(root, other, value, &at),
        (known, _) => misfit(root, known, value, &at),
    }
}

fn typed(kind: Option<&str>, value: &Value) -> bool {
    match kind {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64() || value.is_i64(),
        _ => true,
    }
}

fn bounded(rule: &Value, value: &Value) -> bool {
    let Some(value) = value.as_f64() else { return true };
    let least = rule["minimum"].as_f64().is_none_or(|least| value >= least);
    least && rule["maximum"].as_f64().is_none_or(|most| value <= most)
}
