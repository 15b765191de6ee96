//! `headcount import`: an export becomes a scenario that `check` finds no fault with.

use super::args::{Import, Place};
use super::exit::Exit;
use super::failure::Failure;
use super::outputs::Outputs;
use super::printer::Printer;
use crate::exports;
use crate::history::{self, Asked, Written};
use crate::scenario::render_notes;
use std::path::{Path, PathBuf};

/// The scenario's file.
const SCENARIO: &str = "scenario.toml";

/// Reads the export, writes scenario and series, says what was taken.
pub(super) fn run(asked: &Import, printer: &Printer) -> Result<Exit, Failure> {
    let outputs = open(&asked.file, &asked.place)?;
    let export = exports::read(&asked.file, &asked.reading.reading()).map_err(Failure::Scenario)?;
    let wanted = Asked {
        from: asked.from,
        to: asked.to,
        queues: asked.queue.clone(),
        gaps_are_zero: asked.gaps.is_some(),
        timezone: asked.reading.timezone.clone(),
    };
    let name = asked.file.display().to_string();
    let written = history::import(&export, &name, &wanted).map_err(Failure::Scenario)?;
    printer.say(&format!("{name}: {}", export.layout.words()));
    deliver(written, outputs, printer)
}

/// Makes sure that a scenario can be written, before the file is read.
pub(super) fn open(file: &Path, place: &Place) -> Result<Outputs, Failure> {
    let folder = place.out.clone().unwrap_or_else(|| {
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        PathBuf::from(super::deliver::HOME).join(super::deliver::folder_name(&stem))
    });
    let path = folder.join(SCENARIO);
    if path.exists() && !place.force {
        let reason = format!("{} exists already", path.display());
        return Err(Failure::usage(reason, "add --force to overwrite it, or --out with another folder"));
    }
    Outputs::open(&folder, &[SCENARIO])
}

/// Writes scenario and series; says what was taken and what comes next.
pub(super) fn deliver(written: Written, outputs: Outputs, printer: &Printer) -> Result<Exit, Failure> {
    if !written.notes.is_empty() {
        printer.warn(&render_notes(&written.notes, printer.color()));
    }
    let mut files = written.files;
    files.push((SCENARIO.to_owned(), written.scenario.into_bytes()));
    let folder = outputs.write(&files)?;
    printer.data(format!("{}\n", written.words.join("\n")).as_bytes())?;
    let path = folder.join(SCENARIO);
    printer.say(&format!("wrote {0}; next: headcount check {0}", path.display()));
    Ok(Exit::Done)
}
