//! `headcount simulate`: what happens with the agents there are.

use super::args::{Run, Simulate};
use super::deliver::{self, Results};
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt;
use super::printer::Printer;
use super::progress::Progress;
use super::{fresh, scene, threads, wordings};
use crate::model::{Model, Replications};
use crate::montecarlo::{Finished, Job, Outcome, Staffing, Verdict, measure, until_decided};
use crate::stats::Fixed;

/// Most replications of `--replications auto`.
const MOST: u64 = 100_000;
/// Confidence level of every interval.
const LEVEL: f64 = 0.95;

/// Plays the scenario as staffed and shows what customers get.
pub(super) fn run(asked: &Simulate, printer: &Printer) -> Result<Exit, Failure> {
    let mut scenario = scene::read(&asked.file, &asked.changes, Some(&asked.run), printer)?;
    staffed(&scenario.model)?;
    let staffing = Staffing::given(&scenario.model);
    fresh::solve(&mut scenario, &staffing, printer)?;
    if asked.wordings {
        return wordings::run(&scenario, asked, printer);
    }
    let model = &scenario.model;
    let outputs = deliver::open(model, &asked.output, &asked.takeaway)?;
    let finished = play(model, &staffing, &asked.run, "", printer)?;
    if finished.gather.replications == 0 {
        printer.warn("stopped before the first replication was finished; there is nothing to show");
        return Ok(Exit::Interrupted);
    }
    let outcome = measure(model, &staffing, &finished, LEVEL);
    let command = deliver::command("simulate", Some(&asked.file), &asked.changes, model);
    let results = Results {
        scenario: &scenario,
        outcome: &outcome,
        answer: None,
        told: None,
        takeaway: &asked.takeaway,
        command,
    };
    deliver::hand_over(&results, &asked.output, outputs, printer)?;
    if finished.reason.is_none() {
        printer.warn(&stopped(outcome.replications, model.run.replications));
        return Ok(Exit::Interrupted);
    }
    Ok(if asked.check { verdict(&outcome, printer) } else { Exit::Done })
}

/// Every group must have agents: what is to be planned cannot be simulated.
pub(super) fn staffed(model: &Model) -> Result<(), Failure> {
    let Some(id) = model.planned_groups().next() else { return Ok(()) };
    let group = &model.groups[id.0].name;
    let mend = format!("give it `agents = N` or --agents \"{group}=N\"; or let headcount plan find how many");
    Err(Failure::usage(format!("group {group} has no agents"), mend))
}

/// Plays a staffing; `lead` comes before every word about how far it is.
pub(super) fn play(
    model: &Model,
    staffing: &Staffing,
    run: &Run,
    lead: &str,
    printer: &Printer,
) -> Result<Finished, Failure> {
    let progress = Progress::new(&format!("{lead}simulating"), printer);
    let job = Job {
        progress: &|done, total| progress.replications(done, total),
        cancel: interrupt::flag(),
        ..Job::new(model, staffing, model.run.seed)
    };
    threads::with(run.threads, || match model.run.replications {
        Replications::Fixed(number) => job.run(&mut Fixed(number)),
        Replications::Auto => job.run(&mut until_decided(model, MOST)),
    })
}

fn stopped(done: u64, asked: Replications) -> String {
    match asked {
        Replications::Fixed(number) => format!("stopped after {done} of {number} replications"),
        Replications::Auto => format!("stopped after {done} replications, before every target was decided"),
    }
}

/// `--check`: only targets that are met end well.
pub(super) fn verdict(outcome: &Outcome, printer: &Printer) -> Exit {
    match outcome.verdict() {
        Some(Verdict::Met) => Exit::Done,
        Some(Verdict::Missed) => Exit::NotMet,
        Some(Verdict::Undecided) => {
            printer.say("undecided counts as not met; more replications may decide it: --replications auto");
            Exit::NotMet
        }
        None => {
            printer.warn("there is nothing to check: no queue has a target");
            Exit::NotMet
        }
    }
}
