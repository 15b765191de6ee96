//! `headcount explain`: the field's words in plain English.

use super::args::Explain;
use super::exit::Exit;
use super::failure::Failure;
use super::printer::Printer;
use crate::report::glossary::{self, Term};
use crate::report::table::Style;

/// Explains a term, or lists those that are known.
pub(super) fn run(asked: &Explain, printer: &Printer) -> Result<Exit, Failure> {
    let style = Style { width: printer.width(), colour: printer.data_color() };
    let text = if asked.term.is_empty() { list(style) } else { one(&asked.term.join(" "), style)? };
    printer.data(text.as_bytes()).map(|()| Exit::Done)
}

fn list(style: Style) -> String {
    let names: Vec<&str> = glossary::TERMS.iter().map(|term| term.name).collect();
    style.paragraph(&names.join(", "), 0)
}

fn one(name: &str, style: Style) -> Result<String, Failure> {
    let term = glossary::find(name).ok_or_else(|| {
        let near = glossary::near(name).join(", ");
        let short: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
        Failure::usage(
            format!("\"{short}\" is not explained here"),
            format!("near it: {near}; headcount explain lists all"),
        )
    })?;
    Ok(shown(term, style))
}

fn shown(term: &Term, style: Style) -> String {
    let mut text = style.heading(term.name);
    if !term.also.is_empty() {
        text += &style.paragraph(&format!("also: {}", term.also.join(", ")), 2);
    }
    text += &style.paragraph(term.means, 2);
    if !term.here.is_empty() {
        text += &style.paragraph(&format!("here: {}", term.here), 2);
    }
    text
}
