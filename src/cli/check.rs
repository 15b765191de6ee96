//! `headcount check`: every fault of a scenario, nothing simulated.

use super::args::Check;
use super::exit::Exit;
use super::failure::Failure;
use super::printer::Printer;
use super::scene;

/// Shows how a scenario was understood; faults come back as the failure.
pub(super) fn run(asked: &Check, printer: &Printer) -> Result<Exit, Failure> {
    let scenario = scene::read(&asked.file, &asked.changes, None, printer)?;
    let mut text = format!("{}: no faults\n", asked.file.display());
    for echo in &scenario.echoes {
        text += &format!("  {echo}\n");
    }
    printer.data(text.as_bytes())?;
    Ok(Exit::Done)
}
