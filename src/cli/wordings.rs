//! `headcount simulate --wordings`: one run under every wording of its promises.

use super::args::Simulate;
use super::deliver::Forms;
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt;
use super::printer::Printer;
use super::progress::Progress;
use super::threads;
use crate::model::Goal;
use crate::montecarlo::{Staffing, wordings};
use crate::report::wordings::{self as report, Scored};
use crate::scenario::Scenario;
use std::sync::atomic::Ordering;

/// Files that are written.
const FILES: [&str; 3] = ["wordings.json", "wordings.csv", "table.txt"];

/// Scores the promises of a staffed scenario.
pub(super) fn run(scenario: &Scenario, asked: &Simulate, printer: &Printer) -> Result<Exit, Failure> {
    let model = &scenario.model;
    let is_level = |goal: &Goal| matches!(goal, Goal::Answered { .. });
    if !model.queues.iter().flat_map(|queue| &queue.targets).any(|target| is_level(&target.goal)) {
        let mend = "give a queue a target such as target = \"90% in 2m\"";
        return Err(Failure::usage("--wordings: no queue promises a service level", mend));
    }
    let outputs = Forms::open(&FILES, &format!("{} wordings", model.name), &asked.output)?;
    let replications = model.run.replications.number();
    let staffing = Staffing::given(model);
    let found = threads::with(asked.run.threads, || {
        let progress = Progress::new("simulating", printer);
        let stop = interrupt::flag();
        wordings::wordings(model, &staffing, replications, &|done| {
            progress.replications(done, replications);
            !stop.load(Ordering::Relaxed)
        })
    })?;
    let Some(queues) = found else {
        printer.warn("stopped before all replications were played; there is nothing to show");
        return Ok(Exit::Interrupted);
    };
    let scored = Scored {
        scenario: &model.name,
        hash: &scenario.hash,
        seed: model.run.seed,
        replications,
        queues: &queues,
    };
    let forms = Forms {
        names: FILES,
        json: &|| report::json(&scored),
        csv: &|| report::csv(&scored),
        table: &|style| report::table(&scored, style),
        charts: &Vec::new,
    };
    forms.hand_over(&asked.output, outputs, printer)?;
    Ok(Exit::Done)
}
