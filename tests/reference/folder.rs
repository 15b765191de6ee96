//! The reference values: a folder beside the repository that is no part of it.

use serde_json::Value;
use std::path::PathBuf;

/// The folder, or nothing (and a message) where it is absent.
pub fn found() -> bool {
    let here = path("exact").is_dir();
    if !here {
        eprintln!("skipped: ../shared/reference is not here, so there is nothing to compare with");
    }
    here
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/reference").join(file)
}

/// A JSON file of the reference; the name goes without its ending.
pub fn json(file: &str) -> Value {
    serde_json::from_str(&text(&format!("{file}.json"))).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// A TOML file of the reference; the name goes without its ending.
pub fn toml(file: &str) -> Value {
    toml::from_str(&text(&format!("{file}.toml"))).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn text(file: &str) -> String {
    std::fs::read_to_string(path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// A figure, written as a number or as text.
pub fn number(value: &Value) -> f64 {
    optional(value).unwrap_or_else(|| panic!("no number: {value}"))
}

/// A figure that may be `null` or absent.
pub fn optional(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// A list of figures.
pub fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}")).iter().map(number).collect()
}

/// The members of a list.
pub fn rows(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}
