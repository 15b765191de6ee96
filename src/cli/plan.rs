//! `headcount plan`: how many agents keep the promise, and how sure that is.

use super::args::{Plan, Run};
use super::deliver::{self, Results};
use super::exit::Exit;
use super::failure::Failure;
use super::init::save;
use super::interrupt;
use super::printer::Printer;
use super::progress::{self, Progress};
use super::{fresh, quick, scene, threads};
use crate::model::Model;
use crate::montecarlo::{Staffing, Verdict};
use crate::plan::{self, Answer, Event, PlanError, Reached, Settings, Watch};
use crate::scenario::Scenario;
use crate::stats::Left;
use std::cell::{Cell, RefCell};
use std::sync::atomic::AtomicBool;

/// Plans the agents of every group that has none.
pub(super) fn run(asked: &Plan, printer: &Printer) -> Result<Exit, Failure> {
    let (mut scenario, told) = read(asked, printer)?;
    let plenty = Staffing::plenty(&scenario.model);
    fresh::solve(&mut scenario, &plenty, printer)?;
    let outputs = deliver::open(&scenario.model, &asked.output, &asked.takeaway)?;
    let answer = search(&scenario.model, &asked.run, "", printer)?;
    let results = Results {
        scenario: &scenario,
        outcome: &answer.outcome,
        answer: Some(&answer),
        told: told.as_deref(),
        takeaway: &asked.takeaway,
        command: deliver::command("plan", asked.file.as_deref(), &asked.changes, &scenario.model),
    };
    deliver::hand_over(&results, &asked.output, outputs, printer)?;
    if interrupt::is_asked() {
        printer.warn("stopped before the search was over: this is the best so far, and not certain");
        return Ok(Exit::Interrupted);
    }
    Ok(exit(&answer))
}

/// The plan of a scenario without a word but how far it is, each after `lead`.
pub(super) fn planned(
    scenario: &mut Scenario,
    run: &Run,
    lead: &str,
    printer: &Printer,
) -> Result<Answer, Failure> {
    let plenty = Staffing::plenty(&scenario.model);
    fresh::solve(scenario, &plenty, &Printer::new(true))?;
    search(&scenario.model, run, lead, printer)
}

fn search(model: &Model, run: &Run, lead: &str, printer: &Printer) -> Result<Answer, Failure> {
    let watcher = || Watcher::new(lead, printer);
    let answer = threads::with(run.threads, || plan::plan(model, &Settings::of(model), &watcher()))?;
    answer.map_err(|error| refused(&error))
}

/// The scenario, and its text where the flags told it.
fn read(asked: &Plan, printer: &Printer) -> Result<(Scenario, Option<String>), Failure> {
    if let Some(file) = &asked.file {
        return Ok((scene::read(file, &asked.changes, Some(&asked.run), printer)?, None));
    }
    let text = quick::text(&asked.quick);
    let scenario = scene::from_text(&text, &asked.changes, Some(&asked.run), printer)?;
    if let Some(path) = &asked.quick.save {
        save(path, &text, false, "name another file")?;
        printer.say(&format!("wrote {}; next: headcount plan {0}", path.display()));
    }
    Ok((scenario, Some(text)))
}

/// Why nothing can be planned: what is wrong, then its mend.
pub(super) fn refused(error: &PlanError) -> Failure {
    let words = error.to_string();
    match words.split_once("; ") {
        Some((reason, mend)) => Failure::usage(reason, mend),
        None => Failure::Usage { reason: words, mend: None },
    }
}

fn exit(answer: &Answer) -> Exit {
    match (&answer.reached, answer.verdict) {
        (Reached::Found, Verdict::Met) => Exit::Done,
        _ => Exit::NotMet,
    }
}

/// Shows what the search is doing, and ends it on Ctrl-C.
pub(super) struct Watcher<'a> {
    progress: Progress<'a>,
    /// What comes before every word.
    lead: &'a str,
    stage: RefCell<String>,
    /// Which part of the plan it belongs to: "step 2 of 4, ".
    part: RefCell<String>,
    /// How the candidate stands, and at how many replications that was seen.
    standing: RefCell<Option<(String, Left, u64)>>,
    /// Replications of it that were done when last told.
    done: Cell<u64>,
}

impl<'a> Watcher<'a> {
    pub(super) fn new(lead: &'a str, printer: &'a Printer) -> Self {
        let stage = format!("{lead}planning");
        let progress = Progress::new(&stage, printer);
        let (standing, done) = (RefCell::new(None), Cell::new(0));
        let (stage, part) = (RefCell::new(stage), RefCell::default());
        Self { progress, lead, stage, part, standing, done }
    }
}

impl Watch for Watcher<'_> {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::Part { number, of } => {
                self.part.replace(format!("step {number} of {of}, "));
            }
            Event::Next { what, number, of, done: Some(done) } => {
                if *number == 1 {
                    self.progress.begin(&self.stage.borrow());
                }
                self.progress.next(what, *number, *of, *done);
            }
            Event::Next { what, number, of, done: None } => {
                self.progress.begin(&format!("{}, {what} {number} of {of}", self.stage.borrow()));
                self.standing.replace(None);
            }
            Event::Stage(name) => {
                let stage = format!("{}{}{name}", self.lead, self.part.borrow());
                self.progress.begin(&stage);
                self.stage.replace(stage);
                self.standing.replace(None);
            }
            Event::Candidate { agent_hours, .. } => {
                self.progress.begin(&format!("{}, {agent_hours:.1} hours", self.stage.borrow()));
                self.standing.replace(None);
            }
            Event::Standing { margin, is_share, left } => {
                let so_far = progress::so_far(*margin, *is_share);
                self.standing.replace(Some((so_far, *left, self.done.get())));
            }
            Event::Progress { done, total } => {
                self.done.set(*done);
                match self.standing.borrow().as_ref() {
                    Some((so_far, left, seen)) => {
                        self.progress.standing(*done, *total, so_far, (*left, *seen));
                    }
                    None => self.progress.step(*done, *total),
                }
            }
        }
    }

    fn cancel(&self) -> &AtomicBool {
        interrupt::flag()
    }
}
