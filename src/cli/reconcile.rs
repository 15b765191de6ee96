//! `headcount reconcile`: what came against what the model says, and why it differs.

use super::args::Reconcile;
use super::deliver::Forms;
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt;
use super::printer::Printer;
use super::progress::Progress;
use super::{fresh, scene, threads};
use crate::exports::{self, Export};
use crate::history::reconcile::{self, Actual, Wanted};
use crate::montecarlo::Staffing;
use crate::report::charts;
use crate::report::reconcile as report;
use crate::scenario::{Scenario, render_notes};
use std::sync::atomic::Ordering;

/// Files that are written; charts come beside them.
const FILES: [&str; 3] = ["reconcile.json", "reconcile.csv", "table.txt"];

/// Plays the scenario with what came, and shows how it differs.
pub(super) fn run(asked: &Reconcile, printer: &Printer) -> Result<Exit, Failure> {
    let mut scenario = scene::read(&asked.file, &asked.changes, Some(&asked.run), printer)?;
    let export = read(asked, &scenario)?;
    let wanted = Wanted { from: asked.from, to: asked.to };
    let actual = reconcile::actual(&export, &scenario.model, &wanted).map_err(Failure::Scenario)?;
    notes(&actual, printer);
    let staffing = Staffing::plenty(&scenario.model);
    fresh::solve(&mut scenario, &staffing, printer)?;
    let model = &scenario.model;
    let replications = model.run.replications.number();
    let outputs = Forms::open(&FILES, &format!("{} reconciled", model.name), &asked.output)?;
    let found = threads::with(asked.run.threads, || {
        let progress = Progress::new("reconciling", printer);
        let stop = interrupt::flag();
        reconcile::reconcile(model, &actual, replications, &|done, total| {
            progress.step(done, total);
            !stop.load(Ordering::Relaxed)
        })
    })?;
    let Some(found) = found else {
        printer.warn("stopped before everything was played; there is nothing to show");
        return Ok(Exit::Interrupted);
    };
    let forms = Forms {
        names: FILES,
        json: &|| report::json(model, &found, &scenario.hash),
        csv: &|| report::csv(&found),
        table: &|style| report::table(model, &found, style),
        charts: &|| charts::reconciled(model, &found),
    };
    forms.hand_over(&asked.output, outputs, printer)?;
    Ok(Exit::Done)
}

/// The export, in the scenario's time zone unless another is asked for.
fn read(asked: &Reconcile, scenario: &Scenario) -> Result<Export, Failure> {
    let mut reading = asked.reading.reading();
    reading.timezone = reading.timezone.or_else(|| scenario.model.calendar.timezone.clone());
    exports::read(&asked.actuals, &reading).map_err(Failure::Scenario)
}

fn notes(actual: &Actual, printer: &Printer) {
    if !actual.notes.is_empty() {
        printer.warn(&format!("{}\n", render_notes(&actual.notes, printer.color())));
    }
}
