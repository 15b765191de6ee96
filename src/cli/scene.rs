//! From the file and the changes on the command line to a scenario that nothing later has to doubt.

use super::args::{Changes, Replications, Run};
use super::failure::Failure;
use super::printer::Printer;
use crate::scenario::{self, Override, Scenario};
use std::path::Path;

/// Reads a scenario file with everything that the command line changes in it; warnings are shown.
pub(super) fn read(
    file: &Path,
    changes: &Changes,
    run: Option<&Run>,
    printer: &Printer,
) -> Result<Scenario, Failure> {
    read_with(file, Vec::new(), changes, run, printer)
}

/// The same with other changes before those.
pub(super) fn read_with(
    file: &Path,
    mut first: Vec<Override>,
    changes: &Changes,
    run: Option<&Run>,
    printer: &Printer,
) -> Result<Scenario, Failure> {
    first.extend(overrides(changes, run));
    let scenario = scenario::read(file, &first).map_err(Failure::Scenario)?;
    warn(&scenario, printer);
    Ok(scenario)
}

/// The same from text that the program wrote itself.
pub(super) fn from_text(
    text: &str,
    changes: &Changes,
    run: Option<&Run>,
    printer: &Printer,
) -> Result<Scenario, Failure> {
    let found = scenario::from_text("command line", text, None, &overrides(changes, run));
    let scenario = found.map_err(Failure::Scenario)?;
    warn(&scenario, printer);
    Ok(scenario)
}

/// Flags that stand for keys of the scenario come after `--set`, so that the plainer flag wins.
pub(super) fn overrides(changes: &Changes, run: Option<&Run>) -> Vec<Override> {
    let mut all: Vec<Override> = changes.set.iter().map(Override::set).collect();
    all.extend(changes.agents.iter().map(Override::agents));
    if let Some(run) = run {
        all.extend(run.seed.map(|seed| Override::set(format!("run.seed={seed}"))));
        all.extend(run.replications.map(|replications| match replications {
            Replications::Fixed(number) => Override::set(format!("run.replications={number}")),
            Replications::Auto => Override::set("run.replications=auto"),
        }));
    }
    all
}

fn warn(scenario: &Scenario, printer: &Printer) {
    if !scenario.notes.is_empty() {
        printer.warn(&format!("{}\n", scenario::render_notes(&scenario.notes, printer.color())));
    }
}
