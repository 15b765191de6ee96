//! `headcount shifts`: the cheapest shifts that keep the promise, or cover what is needed.

use super::args::{Shifts, SolverName};
use super::deliver::Forms;
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt;
use super::plan::Watcher;
use super::printer::Printer;
use super::progress::Progress;
use super::{deliver, fresh, scene, threads};
use crate::model::{Group, GroupId, Model, Staff};
use crate::montecarlo::Staffing;
use crate::plan::joint::{self, Joint};
use crate::plan::trade::{self, Trade};
use crate::plan::{self, Settings, Watch};
use crate::report::{charts, shifts as report};
use crate::scenario::Override;
use crate::shifts::solver::{Effort, Means, Solver};
use crate::shifts::{Answer, Need, Price, ShiftsError, cover, jointly, prices, promised, tours};
use std::sync::atomic::{AtomicBool, Ordering};

/// Files that are written.
const FILES: [&str; 3] = ["shifts.json", "roster.csv", "table.txt"];
/// The roster for Excel, where it is asked for.
const WORKBOOK: &str = "roster.xlsx";

/// Finds the shifts, shows what customers get.
pub(super) fn run(asked: &Shifts, printer: &Printer) -> Result<Exit, Failure> {
    let means = Means { solver: solver(asked.solver)?, ..Effort { nodes: asked.effort }.into() };
    let people: Vec<Override> = asked.people.iter().map(Override::people).collect();
    let mut scenario = scene::read_with(&asked.file, people, &asked.changes, Some(&asked.run), printer)?;
    let plenty = Staffing::plenty(&scenario.model);
    fresh::solve(&mut scenario, &plenty, printer)?;
    let model = &scenario.model;
    let files: Vec<&str> = FILES.into_iter().chain([WORKBOOK]).collect();
    let outputs = Forms::open(&files, &format!("{} shifts", model.name), &asked.output)?;
    let (answer, prices) = threads::with(asked.run.threads, || {
        let mut answer = found(model, asked, means, printer)?;
        answer.tours = tours(model, &answer.schedule, &|| !interrupt::is_asked());
        let joint = answer.jointly.as_ref().is_some_and(|shared| shared.judged.is_some());
        if asked.prices && joint {
            printer.warn(
                "warning: what each rule costs is not known where groups share queues; --cover --prices tells it of \
                 shifts that cover the plan\n",
            );
        }
        let prices = if asked.prices && !joint { priced(model, &answer, means, printer) } else { Vec::new() };
        Ok::<_, Failure>((answer, prices))
    })??;
    let forms = Forms {
        names: FILES,
        json: &|| report::json(model, &answer, &prices, &scenario.hash),
        csv: &|| report::csv(model, &answer),
        table: &|style| report::table(model, &answer, &prices, style),
        charts: &|| charts::shifts(model, &answer),
    };
    let workbook = || {
        let bytes = report::workbook(model, &answer).map_err(|error| deliver::unwritten(WORKBOOK, error))?;
        Ok::<_, Failure>((WORKBOOK.to_owned(), bytes))
    };
    let more = asked.workbook.then(workbook).transpose()?.into_iter().collect();
    forms.hand_over_with(more, &asked.output, outputs, printer)?;
    if interrupt::is_asked() {
        printer.warn("stopped before the search was over: these are the best shifts so far");
        return Ok(Exit::Interrupted);
    }
    Ok(if answer.is_met() { Exit::Done } else { Exit::NotMet })
}

/// The solver by its name, if it is part of this program.
fn solver(name: SolverName) -> Result<Solver, Failure> {
    let found = match name {
        SolverName::Own => Some(Solver::Own),
        SolverName::Highs => Solver::highs(),
    };
    found.ok_or_else(|| {
        Failure::usage(
            "--solver highs: this program was built without HiGHS",
            "build it with `cargo install --path . --features highs`, or leave --solver out",
        )
    })
}

/// The shifts and what is said of them.
fn found(model: &Model, asked: &Shifts, means: Means, printer: &Printer) -> Result<Answer, Failure> {
    let settings = trade::settings(model);
    let mut trade = Trade::new(model, &settings, &Quiet);
    let traded = if asked.cover { Vec::new() } else { trade.groups() };
    let (needs, answer) = needs(model, &traded, printer)?;
    let progress = Progress::new("choosing shifts", printer);
    let stop = interrupt::flag();
    let goes_on = |nodes: u64| {
        // A promise over the day takes several searches; how many is not known before.
        progress.step(nodes, (nodes / asked.effort + 1) * asked.effort);
        !stop.load(Ordering::Relaxed)
    };
    let replications = model.run.replications.number();
    if traded.is_empty() {
        let schedule = cover(model, needs, means, &goes_on).map_err(|error| refused(&error))?;
        let settings = joint::settings(model);
        if let Some(mut joint) = Joint::new(model, &settings, &Quiet).filter(|_| !asked.cover) {
            let found = jointly(model, schedule, &mut joint, means, &goes_on);
            let found = found.map_err(|error| refused(&error))?;
            return Ok(Answer::shared(model, found, answer.as_ref(), replications));
        }
        return Ok(Answer::covered(model, schedule, answer.as_ref(), replications));
    }
    let found = promised(model, needs, &mut trade, means, &goes_on).map_err(|error| refused(&error))?;
    Ok(Answer::promised(model, found, answer.as_ref(), replications))
}

/// What each rule costs, each with a quarter of the effort.
fn priced(model: &Model, answer: &Answer, means: Means, printer: &Printer) -> Vec<Price> {
    let progress = Progress::new("pricing the rules", printer);
    let stop = interrupt::flag();
    prices(model, &answer.schedule, means.share(4), &|done, total| {
        progress.step(done, total);
        !stop.load(Ordering::Relaxed)
    })
}

/// Ends a search where the user says so, and says nothing.
struct Quiet;

impl Watch for Quiet {
    fn cancel(&self) -> &AtomicBool {
        interrupt::flag()
    }
}

/// People needed on shift, shrinkage included, as given or as planned, of all groups but those that are `traded`; and the
/// plan, where one was made.
fn needs(
    model: &Model,
    traded: &[GroupId],
    printer: &Printer,
) -> Result<(Vec<Need>, Option<plan::Answer>), Failure> {
    let planned = model.planned_groups().any(|group| !traded.contains(&group));
    let settings = Settings { beside: false, ..Settings::of(model) };
    let answer = planned.then(|| plan::plan(model, &settings, &Watcher::new("", printer))).transpose();
    let answer = answer.map_err(|error| super::plan::refused(&error))?;
    let of = |(g, group): (usize, &Group)| {
        let given = match &group.staff {
            Staff::Given { scheduled: Some(people), .. } => people.clone(),
            Staff::Given { at_work, .. } => plan::before_shrinkage(model, GroupId(g), at_work),
            Staff::Planned if traded.contains(&GroupId(g)) => return None,
            Staff::Planned => {
                let groups = answer.iter().flat_map(|answer| &answer.groups);
                groups.into_iter().find(|one| one.name == group.name)?.scheduled.clone()
            }
        };
        Some(Need::covered(GroupId(g), given))
    };
    Ok((model.groups.iter().enumerate().filter_map(of).collect(), answer))
}

/// Why there is nothing to show: what is wrong, then its mend.
fn refused(error: &ShiftsError) -> Failure {
    let words = error.to_string();
    match words.rsplit_once("; ") {
        Some((reason, mend)) => Failure::usage(reason, mend),
        None => Failure::Usage { reason: words, mend: None },
    }
}
