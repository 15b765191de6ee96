//! `headcount shifts`: which shifts cover what is needed.

use super::args::Shifts;
use super::deliver::Forms;
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt;
use super::plan::Watcher;
use super::printer::Printer;
use super::progress::Progress;
use super::{fresh, scene, threads};
use crate::model::{GroupId, Model, Staff};
use crate::montecarlo::{Staffing, Verdict};
use crate::plan::{self, Settings};
use crate::report::shifts as report;
use crate::shifts::solver::Effort;
use crate::shifts::{Need, cover, kept};
use std::sync::atomic::Ordering;

/// Files that are written.
const FILES: [&str; 3] = ["shifts.json", "roster.csv", "table.txt"];

/// Finds the requirement, covers it, shows what customers get.
pub(super) fn run(asked: &Shifts, printer: &Printer) -> Result<Exit, Failure> {
    let mut scenario = scene::read(&asked.file, &asked.changes, Some(&asked.run), printer)?;
    let plenty = Staffing::plenty(&scenario.model);
    fresh::solve(&mut scenario, &plenty, printer)?;
    let model = &scenario.model;
    let outputs = Forms::open(&FILES, &format!("{} shifts", model.name), &asked.output)?;
    let found = threads::with(asked.run.threads, || {
        let needs = needs(model, printer)?;
        let progress = Progress::new("choosing shifts", printer);
        let stop = interrupt::flag();
        let goes_on = |nodes| {
            progress.step(nodes, asked.effort);
            !stop.load(Ordering::Relaxed)
        };
        let cover = cover(model, needs, Effort { nodes: asked.effort }, &goes_on).map_err(|e| refused(&e))?;
        let outcome = kept(model, &cover, model.run.replications.number());
        Ok::<_, Failure>((cover, outcome))
    })?;
    let (cover, outcome) = found?;
    let forms = Forms {
        names: FILES,
        json: &|| report::json(model, &cover, &outcome, &scenario.hash),
        csv: &|| report::csv(model, &cover),
        table: &|style| report::table(model, &cover, &outcome, style),
        charts: &Vec::new,
    };
    forms.hand_over(&asked.output, outputs, printer)?;
    if interrupt::is_asked() {
        printer.warn("stopped before the search was over: these are the best shifts so far");
        return Ok(Exit::Interrupted);
    }
    let met = outcome.targets.iter().all(|target| target.verdict != Verdict::Missed);
    Ok(if met { Exit::Done } else { Exit::NotMet })
}

/// People needed on shift, shrinkage included: as given, or as planned.
fn needs(model: &Model, printer: &Printer) -> Result<Vec<Need>, Failure> {
    let planned = model.planned_groups().next().is_some();
    let settings = Settings { beside: false, ..Settings::of(model) };
    let answer = planned.then(|| plan::plan(model, &settings, &Watcher::new("", printer))).transpose();
    let answer = answer.map_err(|error| refused(&error))?;
    let of = |(g, group): (usize, &crate::model::Group)| {
        let given = match &group.staff {
            Staff::Given { scheduled: Some(people), .. } => people.clone(),
            Staff::Given { at_work, .. } => plan::before_shrinkage(model, GroupId(g), at_work),
            Staff::Planned => {
                let groups = answer.iter().flat_map(|answer| &answer.groups);
                groups.into_iter().find(|one| one.name == group.name)?.scheduled.clone()
            }
        };
        Some(Need { group: GroupId(g), people: given })
    };
    Ok(model.groups.iter().enumerate().filter_map(of).collect())
}

/// Why there is nothing to show: what is wrong, then its mend.
fn refused(error: &dyn std::error::Error) -> Failure {
    let words = error.to_string();
    match words.rsplit_once("; ") {
        Some((reason, mend)) => Failure::usage(reason, mend),
        None => Failure::Usage { reason: words, mend: None },
    }
}
