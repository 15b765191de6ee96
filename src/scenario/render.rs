//! Faults as text, with annotate-snippets: the look of cargo's errors.

use super::fault::{Fault, Place, Severity};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

/// All of them, with an empty line between.
pub(super) fn all(faults: &[Fault], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let shown: Vec<String> = faults.iter().map(|fault| renderer.render(&[group(fault)])).collect();
    shown.join("\n\n")
}

fn group(fault: &Fault) -> Group<'_> {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(fault.title.as_str()));
    if let Some(place) = &fault.place {
        group = group.element(snippet(place, &fault.label));
    } else if !fault.label.is_empty() {
        group = group.element(Level::NOTE.message(fault.label.as_str()));
    }
    match &fault.help {
        Some(help) => group.element(Level::HELP.message(help.as_str())),
        None => group,
    }
}

fn snippet<'a>(place: &'a Place, label: &'a str) -> Snippet<'a, Annotation<'a>> {
    let label = (!label.is_empty()).then_some(label);
    let mark = AnnotationKind::Primary.span(place.mark.clone()).label(label);
    let snippet = Snippet::source(place.excerpt.as_str()).annotation(mark);
    match place.line {
        Some(line) => snippet.line_start(line).path(place.file.as_str()),
        None => snippet.line_numbering(false),
    }
}
