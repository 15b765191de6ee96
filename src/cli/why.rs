//! `headcount why`: what an answer is made of, what would change it, and what other promises would cost.

use super::args::Why;
use super::deliver::Forms;
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt;
use super::plan::{Watcher, refused};
use super::printer::Printer;
use super::{fresh, quantity, scene, threads};
use crate::montecarlo::Staffing;
use crate::plan::why::{self, Question};
use crate::plan::{Reached, Settings};
use crate::report::charts;
use crate::report::why as report;

/// Files that are written; charts come beside them.
const FILES: [&str; 3] = ["why.json", "why.csv", "table.txt"];

/// Plans, and plans again with one thing changed at a time.
pub(super) fn run(asked: &Why, printer: &Printer) -> Result<Exit, Failure> {
    let mut scenario = scene::read(&asked.file, &asked.changes, Some(&asked.run), printer)?;
    let swing = swing(&asked.swing)?;
    let plenty = Staffing::plenty(&scenario.model);
    fresh::solve(&mut scenario, &plenty, printer)?;
    let model = &scenario.model;
    let outputs = Forms::open(&FILES, &format!("{} why", model.name), &asked.output)?;
    let settings = Settings::of(model);
    let question = Question { model, settings: &settings, swing };
    let found = threads::with(asked.run.threads, || why::why(&question, &Watcher::new("", printer)))?;
    let found = found.map_err(|error| refused(&error))?;
    let forms = Forms {
        names: FILES,
        json: &|| report::json(&question, &found, &scenario.hash),
        csv: &|| report::csv(model, &found),
        table: &|style| report::table(&question, &found, style),
        charts: &|| charts::why(model, &found),
    };
    forms.hand_over(&asked.output, outputs, printer)?;
    if interrupt::is_asked() {
        printer.warn("stopped before everything was known: what is missing was not looked at");
        return Ok(Exit::Interrupted);
    }
    Ok(if found.answer.reached == Reached::Found { Exit::Done } else { Exit::NotMet })
}

/// By how much everything swings.
fn swing(text: &str) -> Result<f64, Failure> {
    let wrong = |why: String| Failure::usage(format!("--swing {text}: {why}"), "write --swing 10%");
    let share = quantity::share(text).map_err(wrong)?.share;
    let inside = share > 0.0 && share < 1.0;
    if inside { Ok(share) } else { Err(wrong("must be between 0% and 100%".to_owned())) }
}
