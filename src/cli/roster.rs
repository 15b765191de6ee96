//! `headcount roster`: how sure a roster is, before it is published.

use super::args::Roster;
use super::deliver::Forms;
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt;
use super::printer::Printer;
use super::progress::Progress;
use super::simulate::{staffed, verdict};
use super::{deliver, fresh, quantity, scene, threads};
use crate::montecarlo::Staffing;
use crate::report::cxone;
use crate::report::roster as report;
use crate::roster::rules::Rules;
use crate::roster::{self, Judged, Question, Unjudged};
use crate::scenario::{Override, Scenario};
use std::sync::atomic::Ordering;

/// Files that are written.
const FILES: [&str; 3] = ["roster.json", "intervals.csv", "table.txt"];

/// Judges the rosters of a scenario.
pub(super) fn run(asked: &Roster, printer: &Printer) -> Result<Exit, Failure> {
    let rules = rules(asked)?;
    let rosters: Vec<Override> = asked.replaced_by.iter().map(Override::roster).collect();
    let mut scenario = scene::read_with(&asked.file, rosters, &asked.changes, Some(&asked.run), printer)?;
    rostered(&scenario)?;
    staffed(&scenario.model)?;
    let staffing = Staffing::given(&scenario.model);
    fresh::solve(&mut scenario, &staffing, printer)?;
    let model = &scenario.model;
    let replications = model.run.replications.number();
    if asked.write.is_some() {
        cxone::check(model, &scenario.rosters).map_err(|fault| Failure::usage(fault.reason, fault.mend))?;
    }
    let files: Vec<&str> = FILES.into_iter().chain([cxone::FILE]).collect();
    let outputs = Forms::open(&files, &format!("{} roster", model.name), &asked.output)?;
    let question = Question {
        model,
        rosters: &scenario.rosters,
        staffing: &staffing,
        rules,
        replications,
        repairs: !asked.no_repairs,
    };
    let found = threads::with(asked.run.threads, || judged(&question, printer))?;
    let found = match found {
        Ok(found) => found,
        Err(Unjudged::Interrupted) => {
            printer.warn("stopped before the roster was judged; there is nothing to show");
            return Ok(Exit::Interrupted);
        }
        Err(Unjudged::NoPromise) => {
            let mend = "give a queue a target, such as target = \"90% in 2m\"";
            return Err(Failure::usage("no promise says how good the roster must be", mend));
        }
    };
    let forms = Forms {
        names: FILES,
        json: &|| report::json(&question, &found, &scenario.hash),
        csv: &|| report::csv(&question, &found),
        table: &|style| report::table(&question, &found, style),
        charts: &Vec::new,
    };
    let more = asked.write.map(|_| schedule(&scenario, printer)).transpose()?.into_iter().collect();
    forms.hand_over_with(more, &asked.output, outputs, printer)?;
    Ok(if asked.check { exit(asked, &found, printer) } else { Exit::Done })
}

/// The rosters for CXone; what its import has no published place for is said.
fn schedule(scenario: &Scenario, printer: &Printer) -> Result<(String, Vec<u8>), Failure> {
    let bytes = cxone::schedule(&scenario.model, &scenario.rosters);
    let breaks = cxone::breaks(&scenario.rosters);
    if breaks > 0 {
        printer.warn(&format!(
            "{} has the shifts without their {breaks} breaks: how CXone's import names them is not published",
            cxone::FILE
        ));
    }
    Ok((cxone::FILE.to_owned(), bytes.map_err(|error| deliver::unwritten(cxone::FILE, error))?))
}

fn judged(question: &Question<'_>, printer: &Printer) -> Result<Judged, Unjudged> {
    let progress = Progress::new("judging", printer);
    let stop = interrupt::flag();
    roster::judge(question, &|doing, done, total| {
        progress.begin(doing);
        progress.step(done, total);
        !stop.load(Ordering::Relaxed)
    })
}

/// Somebody must be named.
fn rostered(scenario: &Scenario) -> Result<(), Failure> {
    if scenario.rosters.iter().any(Option::is_some) {
        return Ok(());
    }
    let mend = "write roster = \"roster.csv\" in a group instead of agents, or add --roster roster.csv";
    Err(Failure::usage("no group has a roster", mend))
}

/// What a roster must keep to.
fn rules(asked: &Roster) -> Result<Rules, Failure> {
    let minutes = |flag: &str, text: &str| {
        let wrong =
            |why: String| Failure::usage(format!("{flag} {text}: {why}"), "write a time such as 11h or 30m");
        let seconds = quantity::duration(text).map_err(wrong)?.seconds;
        Ok::<i64, Failure>((seconds / 60.0).round() as i64)
    };
    Ok(Rules {
        rest: minutes("--rest", &asked.rest)?,
        without_break: minutes("--without-break", &asked.without_break)?,
    })
}

/// `--check`: only promises that are shown to be kept end well, and with `--strict` only rosters with nothing wrong.
fn exit(asked: &Roster, found: &Judged, printer: &Printer) -> Exit {
    match verdict(&found.outcome, printer) {
        Exit::Done if asked.strict && !found.findings.is_empty() => {
            printer.say("the promises hold, but something is wrong with the roster itself");
            Exit::NotMet
        }
        exit => exit,
    }
}
