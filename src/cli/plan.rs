//! `headcount plan`: how many agents keep the promise, and how sure that is.

use super::args::Plan;
use super::deliver::{self, Results};
use super::exit::Exit;
use super::failure::Failure;
use super::init::save;
use super::interrupt;
use super::printer::Printer;
use super::progress::Progress;
use super::{quick, scene, threads};
use crate::montecarlo::Verdict;
use crate::plan::{self, Answer, Event, Reached, Settings, Watch};
use crate::scenario::Scenario;
use std::sync::atomic::AtomicBool;

/// Plans the agents of every group that has none.
pub(super) fn run(asked: &Plan, printer: &Printer) -> Result<Exit, Failure> {
    let (scenario, told) = read(asked, printer)?;
    let model = &scenario.model;
    let outputs = deliver::open(model, &asked.output)?;
    let progress = Progress::new("planning", "", printer);
    let answer = threads::with(asked.run.threads, || plan::plan(model, &Settings::of(model), &Watcher(&progress)))?;
    drop(progress);
    let answer = answer.map_err(|error| Failure::Usage { reason: error.to_string(), mend: None })?;
    let results = Results { scenario: &scenario, outcome: &answer.outcome, answer: Some(&answer), told: told.as_deref() };
    deliver::hand_over(&results, &asked.output, outputs, printer)?;
    if interrupt::is_asked() {
        printer.warn("stopped before the search was over: this is the best so far, and not certain");
        return Ok(Exit::Interrupted);
    }
    Ok(exit(&answer))
}

/// The scenario, and its text where the flags told it.
fn read(asked: &Plan, printer: &Printer) -> Result<(Scenario, Option<String>), Failure> {
    if let Some(file) = &asked.file {
        return Ok((scene::read(file, &asked.changes, Some(&asked.run), printer)?, None));
    }
    let text = quick::text(&asked.quick);
    let scenario = scene::from_text(&text, &asked.changes, Some(&asked.run), printer)?;
    if let Some(path) = &asked.quick.save {
        save(path, &text, false)?;
        printer.say(&format!("wrote {}; next: headcount plan {0}", path.display()));
    }
    Ok((scenario, Some(text)))
}

fn exit(answer: &Answer) -> Exit {
    match (&answer.reached, answer.verdict) {
        (Reached::Found, Verdict::Met) => Exit::Done,
        _ => Exit::NotMet,
    }
}

/// Shows what the search is doing, and ends it on Ctrl-C.
struct Watcher<'a>(&'a Progress<'a>);

impl Watch for Watcher<'_> {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::Stage(name) => self.0.stage(name),
            Event::Candidate { agents, .. } => self.0.stage(&format!("trying {agents} agents")),
            Event::Progress { done, total } => self.0.tell(*done, *total),
        }
    }

    fn cancel(&self) -> &AtomicBool {
        interrupt::flag()
    }
}
