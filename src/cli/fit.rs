//! `headcount fit`: history becomes the numbers of a plan, each with how good it is.

use super::args::Fit;
use super::deliver::pictures;
use super::exit::Exit;
use super::failure::Failure;
use super::import::{deliver, open};
use super::printer::Printer;
use crate::exports;
use crate::history::{self, Chosen};
use crate::report::charts;

/// Reads the export, fits it, writes scenario, pictures and what was found.
pub(super) fn run(asked: &Fit, printer: &Printer) -> Result<Exit, Failure> {
    let outputs = open(&asked.file, &asked.place)?;
    let reading = asked.reading.reading();
    let export = exports::read(&asked.file, &reading).map_err(Failure::Scenario)?;
    // The forecast is often another program's file.
    let apart = exports::Reading { layout: None, ..reading.clone() };
    let forecast = asked.forecast.as_ref().map(|file| exports::read(file, &apart)).transpose();
    let forecast = forecast.map_err(Failure::Scenario)?;
    let chosen = Chosen {
        from: asked.from,
        to: asked.to,
        queues: asked.queue.clone(),
        minutes: asked.interval.map_or(0, i32::from),
    };
    let found = history::fit(&export, forecast.as_ref(), &chosen).map_err(Failure::Scenario)?;
    let name = asked.file.display().to_string();
    let mut written = history::scenario(&found, &name, asked.reading.timezone.as_deref());
    written.notes.splice(0..0, export.notes.iter().cloned());
    written.files.extend(pictures(&charts::history(&found)));
    printer.say(&format!("{name}: {}", export.layout.words()));
    deliver(written, outputs, printer)
}
