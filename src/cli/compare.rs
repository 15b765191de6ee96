//! `headcount compare`: several scenarios on the same customers. What it shares with `sweep`: playing them all, and handing
//! over what came of it.

use super::args::{Changes, Compare, Output, Run};
use super::deliver::{self, Forms, REPORT};
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt;
use super::printer::Printer;
use super::progress::Progress;
use super::simulate::staffed;
use super::{fresh, scene, threads};
use crate::model::Model;
use crate::montecarlo::Staffing;
use crate::montecarlo::compare::{Entrant, Side, play};
use crate::report::charts;
use crate::report::compare::{Comparison, Named, Swing};
use crate::report::compare_page;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Files that every comparison writes.
const FILES: [&str; 3] = ["compare.json", "compare.csv", "table.txt"];

/// One scenario that takes part.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) hash: String,
    pub(super) model: Model,
    /// The scenario as it was written.
    pub(super) text: String,
}

/// What is wanted besides, and what to type to get the same.
pub(super) struct Contest<'a> {
    /// What the folder of results is called.
    pub(super) name: String,
    /// Changes in both directions, where that is what was asked for.
    pub(super) swings: Vec<Swing>,
    /// Whether the page is wanted.
    pub(super) report: bool,
    /// The command line but for the program's name, seed and replications.
    pub(super) words: Vec<String>,
    pub(super) changes: &'a Changes,
    pub(super) run: &'a Run,
    pub(super) output: &'a Output,
}

/// Plays all scenarios and shows how they differ.
pub(super) fn run(asked: &Compare, printer: &Printer) -> Result<Exit, Failure> {
    let mut entries = Vec::new();
    for file in &asked.files {
        let mut scenario = scene::read(file, &asked.changes, Some(&asked.run), printer)?;
        staffed(&scenario.model).map_err(|failure| failure.about(file))?;
        let staffing = Staffing::given(&scenario.model);
        fresh::solve(&mut scenario, &staffing, printer)?;
        let name = scenario.model.name.clone();
        entries.push(Entry { name, hash: scenario.hash, model: scenario.model, text: scenario.text });
    }
    tell_apart(&mut entries, &asked.files.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    let name = entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>().join(" or ");
    let files = asked.files.iter().map(|file| deliver::quoted(&file.display().to_string()));
    let asked = Contest {
        name,
        swings: Vec::new(),
        report: asked.report,
        words: ["compare".to_owned()].into_iter().chain(files).collect(),
        changes: &asked.changes,
        run: &asked.run,
        output: &asked.output,
    };
    contest(asked, entries, printer)
}

/// Scenarios of one name are called by their files, and the same file again by its number.
fn tell_apart(entries: &mut [Entry], files: &[&Path]) {
    let names: Vec<String> = entries.iter().map(|entry| entry.name.clone()).collect();
    for (k, entry) in entries.iter_mut().enumerate() {
        if names.iter().filter(|name| **name == names[k]).count() > 1 {
            entry.name = files[k].display().to_string();
        }
        let before = files[..k].iter().filter(|file| **file == files[k]).count();
        if before > 0 {
            entry.name = format!("{} ({})", entry.name, before + 1);
        }
    }
}

/// Plays everybody on the customers of the first one's seed and hands over what came of it.
pub(super) fn contest(asked: Contest<'_>, entries: Vec<Entry>, printer: &Printer) -> Result<Exit, Failure> {
    let files: Vec<&str> = FILES.into_iter().chain([REPORT]).collect();
    let outputs = Forms::open(&files, &asked.name, asked.output)?;
    let first = &entries[0].model.run;
    let (seed, replications) = (first.seed, first.replications.number());
    let sides = threads::with(asked.run.threads, || played(&entries, seed, replications, printer))?;
    let Some(mut sides) = sides else {
        printer.warn("stopped before all scenarios were played; there is nothing to compare");
        return Ok(Exit::Interrupted);
    };
    let base = sides[0].figures.clone();
    for swung in asked.swings.iter().flat_map(|swing| swing.down_and_up) {
        sides[swung].call_figures_as(&base);
    }
    let named = entries.into_iter().zip(sides).map(|(entry, side)| Named {
        agent_hours: Staffing::given(&entry.model).agent_hours(&entry.model) / entry.model.open_days() as f64,
        name: entry.name,
        hash: entry.hash,
        model: entry.model,
        text: entry.text,
        side,
    });
    let found = Comparison { scenarios: named.collect(), seed, replications, swings: asked.swings };
    let charts = charts::compared(&found);
    let command = deliver::command_of(&asked.words, asked.changes, seed, replications);
    let page = || (REPORT.to_owned(), compare_page::page(&found, &charts, &command).into_bytes());
    let forms = Forms {
        names: FILES,
        json: &|| found.json(),
        csv: &|| found.csv(),
        table: &|style| found.table(style),
        charts: &|| charts.clone(),
    };
    let more = asked.report.then(page).into_iter().collect();
    forms.hand_over_with(more, asked.output, outputs, printer)?;
    Ok(Exit::Done)
}

/// Every scenario on the same customers; nothing if the run was stopped.
fn played(entries: &[Entry], seed: u64, replications: u64, printer: &Printer) -> Option<Vec<Side>> {
    let progress = Progress::new("comparing", printer);
    let stop = interrupt::flag();
    let total = replications * entries.len() as u64;
    let staffings: Vec<Staffing> = entries.iter().map(|entry| Staffing::given(&entry.model)).collect();
    let entrants = entries.iter().zip(&staffings);
    let entrants: Vec<Entrant> =
        entrants.map(|(entry, staffing)| Entrant { model: &entry.model, staffing }).collect();
    let goes_on = |done: u64| {
        progress.replications(done, total);
        !stop.load(Ordering::Relaxed)
    };
    play(&entrants, seed, replications, &goes_on)
}
