//! `report.html` of a comparison: what differs and whether that can be told from chance, before and after by interval, and
//! every scenario as it was written.

use super::charts::Chart;
use super::compare::Comparison;
use super::page::{document, first_apart, pictures, same, written};
use super::table::{Style, escaped};
use std::fmt::Write as _;

/// The page. `command` is what to type to get the same.
pub fn page(found: &Comparison, charts: &[Chart], command: &str) -> String {
    let (headline, sections) = first_apart(&found.table(Style::PAGE));
    let mut out = format!(
        "<p class=\"what\">Several scenarios on the same customers</p>\n<div class=\"answer\">\n{headline}</div>\n"
    );
    out.push_str(&pictures(charts));
    let _ = writeln!(out, "<h2>In figures</h2>\n{sections}");
    out.push_str("<h2>What was compared</h2>\n");
    let mut shown: Vec<&str> = Vec::new();
    for one in &found.scenarios {
        // Several values of one file's keys are one text.
        if shown.contains(&one.text.as_str()) {
            continue;
        }
        shown.push(&one.text);
        let _ = write!(out, "<p>{}, as it was written:</p>\n{}", escaped(&one.name), written(&one.text));
    }
    let mut hashes: Vec<&str> = found.scenarios.iter().map(|one| one.hash.as_str()).collect();
    hashes.dedup();
    out.push_str(&same(command, found.seed, found.replications, &format!("scenarios {}", hashes.join(", "))));
    document(&title(found), &out)
}

/// What is compared; what is one scenario turned down and up goes by its name.
fn title(found: &Comparison) -> String {
    let name = found.scenarios.first().map_or("", |one| one.model.name.as_str());
    match (found.swings.is_empty(), name) {
        (false, "") => "More and less of everything".to_owned(),
        (false, name) => format!("{name}: more and less of everything"),
        _ => found.scenarios.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(" or "),
    }
}
