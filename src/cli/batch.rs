//! `headcount batch`: many scenarios in one go, one table of all, and what was finished before taken as it is.

use super::args::{Batch, Run, Takeaway};
use super::deliver::{self, Forms, Results};
use super::exit::Exit;
use super::failure::{Failure, reason};
use super::finished::{Finished, NAME};
use super::outputs::Outputs;
use super::printer::Printer;
use super::{fresh, interrupt, plan, scene, simulate};
use crate::model::Model;
use crate::montecarlo::{Outcome, Staffing, measure};
use crate::plan::Answer;
use crate::report::batch::{self as report, Row, Status};
use crate::report::batch_workbook;
use crate::scenario::{self, Scenario};
use std::path::{Path, PathBuf};

/// The table's files.
const FILES: [&str; 3] = ["batch.json", "batch.csv", "table.txt"];
/// The same as a workbook.
const WORKBOOK: &str = "summary.xlsx";
/// What the folder of all is called.
const HOME: &str = "batch";
/// Confidence level of every interval.
const LEVEL: f64 = 0.95;

/// Plays every scenario and shows the table of all.
pub(super) fn run(asked: &Batch, printer: &Printer) -> Result<Exit, Failure> {
    let files = files(&asked.files)?;
    let names: Vec<&str> = FILES.into_iter().chain([WORKBOOK]).collect();
    let outputs = Forms::open(&names, HOME, &asked.output)?;
    let home = outputs.as_ref().map(|_| deliver::folder(HOME, &asked.output));
    let folders = folders(&files);
    let mut rows = Vec::new();
    for (k, (file, folder)) in files.iter().zip(&folders).enumerate() {
        let shown = file.display().to_string();
        let lead = format!("{} of {}, {shown}: ", k + 1, files.len());
        let one = One { asked, file, shown: &shown, lead: &lead, printer };
        let row = match one.row(home.as_ref().map(|home| home.join(folder))) {
            Ok(Some(row)) => row,
            Ok(None) => break,
            Err(failure) => refused(&shown, &failure),
        };
        printer.say(&format!("{lead}{}", row.status.words()));
        rows.push(row);
    }
    let forms = Forms {
        names: FILES,
        json: &|| report::json(&rows),
        csv: &|| report::csv(&rows),
        table: &|style| report::table(&rows, style),
        charts: &Vec::new,
    };
    let workbook = || {
        let bytes = batch_workbook::workbook(&rows).map_err(|error| deliver::unwritten(WORKBOOK, error))?;
        Ok((WORKBOOK.to_owned(), bytes))
    };
    let more = asked.workbook.then(workbook).transpose()?.into_iter().collect();
    forms.hand_over_with(more, &asked.output, outputs, printer)?;
    if interrupt::is_asked() {
        printer.warn(&format!(
            "stopped after {} of {} scenarios; the same command goes on from there",
            rows.len(),
            files.len()
        ));
        return Ok(Exit::Interrupted);
    }
    Ok(exit(&rows))
}

/// The worst ending decides.
fn exit(rows: &[Row]) -> Exit {
    let any = |statuses: &[Status]| rows.iter().any(|row| statuses.contains(&row.status));
    if any(&[Status::Unreadable]) {
        Exit::Io
    } else if any(&[Status::Faulty]) {
        Exit::Usage
    } else if any(&[Status::Missed, Status::Undecided, Status::Unreachable]) {
        Exit::NotMet
    } else {
        Exit::Done
    }
}

/// One scenario of the batch.
struct One<'a> {
    asked: &'a Batch,
    file: &'a Path,
    shown: &'a str,
    /// What comes before every word about it: `3 of 18, support.toml: `.
    lead: &'a str,
    printer: &'a Printer,
}

impl One<'_> {
    /// Its row: from before, or played now; nothing if it was interrupted.
    fn row(&self, folder: Option<PathBuf>) -> Result<Option<Row>, Failure> {
        let changes = scene::overrides(&self.asked.changes, Some(&self.asked.run));
        let mut scenario = scenario::read(self.file, &changes).map_err(Failure::Scenario)?;
        let plans = !self.asked.simulate && scenario.model.planned_groups().next().is_some();
        let finished = Finished::of(&scenario, if plans { "plan" } else { "simulate" });
        let before = folder.as_deref().filter(|_| !self.asked.anew).and_then(|folder| finished.row(folder));
        if let Some(row) = before {
            return Ok(Some(Row { file: self.shown.to_owned(), ..row }));
        }
        let outputs = folder.map(|folder| Outputs::open(&folder, &deliver::names(&[NAME]))).transpose()?;
        let played = if plans { self.planned(&mut scenario)? } else { self.simulated(&mut scenario)? };
        let Some((outcome, answer)) = played else { return Ok(None) };
        let answer = answer.as_ref();
        let row = Row {
            warnings: Some(scenario.notes.len()),
            ..Row::of(self.shown, &scenario.model, &scenario.hash, &outcome, answer)
        };
        if let Some(outputs) = outputs {
            let name = if plans { "plan" } else { "simulate" };
            let results = Results {
                scenario: &scenario,
                outcome: &outcome,
                answer,
                told: None,
                takeaway: &Takeaway::default(),
                command: deliver::command(name, Some(self.file), &self.asked.changes, &scenario.model),
            };
            deliver::write(&results, outputs, vec![(NAME.to_owned(), finished.text(&row)?)])?;
        }
        Ok(Some(row))
    }

    fn planned(&self, scenario: &mut Scenario) -> Result<Option<(Outcome, Option<Answer>)>, Failure> {
        let answer = plan::planned(scenario, self.run(), self.lead, self.printer)?;
        Ok((!interrupt::is_asked()).then(|| (answer.outcome.clone(), Some(answer))))
    }

    fn simulated(&self, scenario: &mut Scenario) -> Result<Option<(Outcome, Option<Answer>)>, Failure> {
        simulate::staffed(&scenario.model)?;
        let staffing = Staffing::given(&scenario.model);
        fresh::solve(scenario, &staffing, &Printer::new(true))?;
        let model: &Model = &scenario.model;
        let finished = simulate::play(model, &staffing, self.run(), self.lead, self.printer)?;
        let whole = finished.reason.is_some();
        Ok(whole.then(|| (measure(model, &staffing, &finished, LEVEL), None)))
    }

    fn run(&self) -> &Run {
        &self.asked.run
    }
}

/// The row of a scenario that was not played, with the first thing that is wrong.
fn refused(file: &str, failure: &Failure) -> Row {
    let status = if failure.exit() == Exit::Io { Status::Unreadable } else { Status::Faulty };
    let words = match failure {
        Failure::Scenario(faults) => {
            let first = faults.iter().next();
            let place = first
                .and_then(|fault| fault.place.as_ref())
                .map(|place| format!("{place}: "))
                .unwrap_or_default();
            let title = first.map_or("", |fault| fault.title.as_str());
            let more = match faults.len() - 1 {
                0 => String::new(),
                1 => format!(", and 1 more fault; headcount check {file} shows both"),
                n => format!(", and {n} more faults; headcount check {file} shows all"),
            };
            format!("{place}{title}{more}")
        }
        Failure::Usage { reason, mend } => match mend {
            Some(mend) => format!("{reason}; {mend}"),
            None => reason.clone(),
        },
        Failure::Io { doing, error } => format!("cannot {doing}: {}", reason(error)),
        Failure::Typed(words) | Failure::Asked(words) => words.plain.clone(),
    };
    Row::faulty(file, status, words)
}

/// Every file that is meant, in order, each once.
fn files(patterns: &[String]) -> Result<Vec<PathBuf>, Failure> {
    let mut all: Vec<PathBuf> = Vec::new();
    for pattern in patterns {
        for file in expanded(pattern)? {
            if !all.contains(&file) {
                all.push(file);
            }
        }
    }
    Ok(all)
}

/// The files that a pattern stands for, sorted; a file by its own name even if that looks like a pattern.
fn expanded(pattern: &str) -> Result<Vec<PathBuf>, Failure> {
    let path = PathBuf::from(pattern);
    if path.is_dir() {
        let mend = format!("write '{}'", path.join("*.toml").display());
        return Err(Failure::usage(format!("{pattern} is a folder"), mend));
    }
    if path.exists() || !pattern.contains(['*', '?', '[']) {
        return Ok(vec![path]);
    }
    let found = glob::glob(pattern).map_err(|error| {
        Failure::usage(
            format!("{pattern} is no pattern: {}", error.msg),
            "write one such as 'scenarios/*.toml'",
        )
    })?;
    let files: Vec<PathBuf> = found.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    if files.is_empty() {
        return Err(Failure::usage(format!("no file matches {pattern}"), "check the folder and the pattern"));
    }
    Ok(files)
}

/// A folder's name for each file: its name without its ending, with its path before it where two are called alike.
fn folders(files: &[PathBuf]) -> Vec<String> {
    let stem =
        |file: &Path| file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let short = |file: &Path| deliver::folder_name(&stem(file));
    let long = |file: &Path| deliver::folder_name(&file.with_extension("").display().to_string());
    let mut names: Vec<String> = Vec::new();
    for file in files {
        let alike = files.iter().filter(|other| short(other) == short(file)).count() > 1;
        let mut name = if alike { long(file) } else { short(file) };
        while names.contains(&name) || FILES.contains(&name.as_str()) || name == WORKBOOK {
            name.push('-');
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_has_a_folder_of_its_own() {
        let files = ["a/x.toml", "b/x.toml", "b/y.toml", "x.csv", "a-x.toml"].map(PathBuf::from);
        assert_eq!(folders(&files), ["a-x", "b-x", "y", "x", "a-x-"]);
    }

    #[test]
    fn the_worst_ending_decides() {
        let row = |status| Row::faulty("x.toml", status, String::new());
        let code = |statuses: &[Status]| exit(&statuses.iter().map(|&s| row(s)).collect::<Vec<_>>());
        assert_eq!(code(&[Status::Met, Status::NoPromise]), Exit::Done);
        assert_eq!(code(&[Status::Met, Status::Undecided]), Exit::NotMet);
        assert_eq!(code(&[Status::Faulty, Status::Missed]), Exit::Usage);
        assert_eq!(code(&[Status::Faulty, Status::Unreadable]), Exit::Io);
    }
}
