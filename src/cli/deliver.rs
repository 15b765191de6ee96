//! Results, where they belong: the chosen format to standard output, files to their folder, a line that says where.

use super::args::{Changes, Format, Output, Takeaway};
use super::failure::Failure;
use super::outputs::Outputs;
use super::printer::Printer;
use crate::model::Model;
use crate::montecarlo::Outcome;
use crate::plan::Answer;
use crate::report::charts::{self, Chart};
use crate::report::page::{self, Page};
use crate::report::table::{self, Style};
use crate::report::{csv, json, workbook};
use crate::scenario::Scenario;
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};

/// The folder that holds a folder for every scenario.
pub(super) const HOME: &str = "output";
/// Files that every run writes; charts come beside them.
const FILES: [&str; 4] = ["results.json", "intervals.csv", "summary.csv", "table.txt"];
/// The scenario as the flags told it.
const SCENARIO: &str = "scenario.toml";
/// The page to print or pass on.
pub(super) const REPORT: &str = "report.html";
/// The same for Excel.
const WORKBOOK: &str = "workbook.xlsx";
/// Longest name of a folder, in characters: some systems take no more than 255 bytes.
const LONGEST: usize = 60;

/// What a run found.
pub(super) struct Results<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) outcome: &'a Outcome,
    pub(super) answer: Option<&'a Answer>,
    /// The scenario's text, where flags told it and no file holds it.
    pub(super) told: Option<&'a str>,
    /// What is wanted besides.
    pub(super) takeaway: &'a Takeaway,
    /// What to type to get the same.
    pub(super) command: String,
}

/// Makes sure, before the run, that results can be written; nothing where no files are wanted.
pub(super) fn open(model: &Model, output: &Output, takeaway: &Takeaway) -> Result<Option<Outputs>, Failure> {
    for writer in &takeaway.write {
        writer.check(model).map_err(|fault| Failure::usage(fault.reason, fault.mend))?;
    }
    if output.no_files {
        return Ok(None);
    }
    let mut files = names(&[SCENARIO, REPORT, WORKBOOK]);
    files.extend(takeaway.write.iter().map(|writer| writer.file()));
    Outputs::open(&folder(&model.name, output), &files).map(Some)
}

/// The files of a scenario's results that must not be folders, and further ones.
pub(super) fn names(more: &[&'static str]) -> Vec<&'static str> {
    [&FILES[..], more].concat()
}

/// Writes a scenario's files, and further ones beside them; gives their folder.
pub(super) fn write(
    found: &Results<'_>,
    outputs: Outputs,
    more: Vec<(String, Vec<u8>)>,
) -> Result<PathBuf, Failure> {
    let mut all = files(found)?;
    all.extend(more);
    outputs.write(&all)
}

/// Where the results of something called `name` go.
pub(super) fn folder(name: &str, output: &Output) -> PathBuf {
    output.out.clone().unwrap_or_else(|| PathBuf::from(HOME).join(folder_name(name)))
}

/// A report in three forms, each with the name of its file: for programs, for spreadsheets, for people.
pub(super) struct Forms<'a> {
    pub(super) names: [&'static str; 3],
    pub(super) json: &'a dyn Fn() -> serde_json::Result<String>,
    pub(super) csv: &'a dyn Fn() -> Result<Vec<u8>, ::csv::Error>,
    pub(super) table: &'a dyn Fn(Style) -> String,
    pub(super) charts: &'a dyn Fn() -> Vec<Chart>,
}

impl Forms<'_> {
    /// Makes sure, before the run, that the files can be written.
    pub(super) fn open(names: &[&str], of: &str, output: &Output) -> Result<Option<Outputs>, Failure> {
        if output.no_files { Ok(None) } else { Outputs::open(&folder(of, output), names).map(Some) }
    }

    /// All files, then the chosen form to standard output.
    pub(super) fn hand_over(
        &self,
        output: &Output,
        outputs: Option<Outputs>,
        printer: &Printer,
    ) -> Result<(), Failure> {
        self.hand_over_with(Vec::new(), output, outputs, printer)
    }

    /// The same with further files beside them.
    pub(super) fn hand_over_with(
        &self,
        more: Vec<(String, Vec<u8>)>,
        output: &Output,
        outputs: Option<Outputs>,
        printer: &Printer,
    ) -> Result<(), Failure> {
        let json = (self.json)().map(String::into_bytes).map_err(|error| unwritten(self.names[0], error))?;
        let csv = (self.csv)().map_err(|error| unwritten(self.names[1], error))?;
        let written = outputs.map(|outputs| {
            let table = (self.table)(Style::default()).into_bytes();
            let contents = [json.clone(), csv.clone(), table];
            let mut files: Vec<_> = self.names.map(str::to_owned).into_iter().zip(contents).collect();
            files.extend(pictures(&(self.charts)()));
            files.extend(more);
            outputs.write(&files)
        });
        let folder = written.transpose()?;
        let bytes = match output.format {
            Format::Table => {
                (self.table)(Style { width: printer.width(), colour: printer.data_color() }).into_bytes()
            }
            Format::Json => json,
            Format::Csv => csv,
        };
        printer.data(&bytes)?;
        if let Some(folder) = folder {
            printer.say(&format!("\nfiles in {}", folder.display()));
        }
        Ok(())
    }
}

/// Files first, so that they are there even if nobody reads standard output to its end.
pub(super) fn hand_over(
    found: &Results<'_>,
    output: &Output,
    outputs: Option<Outputs>,
    printer: &Printer,
) -> Result<(), Failure> {
    let folder = outputs.map(|outputs| write(found, outputs, Vec::new())).transpose()?;
    let bytes = match output.format {
        Format::Table => {
            let style = Style { width: printer.width(), colour: printer.data_color() };
            table(found, style).into_bytes()
        }
        Format::Json => json(found)?,
        Format::Csv => intervals(found)?,
    };
    printer.data(&bytes)?;
    if let Some(folder) = folder {
        printer.say(&format!("\nfiles in {}", folder.display()));
    }
    Ok(())
}

fn files(found: &Results<'_>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let summary = csv::summary(found.outcome, found.answer).map_err(|error| unwritten(FILES[2], error))?;
    let contents = [json(found)?, intervals(found)?, summary, table(found, Style::default()).into_bytes()];
    let mut files: Vec<_> = FILES.into_iter().map(str::to_owned).zip(contents).collect();
    files.extend(found.told.map(|text| (SCENARIO.to_owned(), text.as_bytes().to_vec())));
    if found.takeaway.report {
        files.push((REPORT.to_owned(), report(found).into_bytes()));
    }
    if found.takeaway.workbook {
        files.push((WORKBOOK.to_owned(), workbook(found)?));
    }
    for writer in &found.takeaway.write {
        let bytes = writer.write(&found.scenario.model, found.outcome, found.answer);
        files.push((writer.file().to_owned(), bytes.map_err(|error| unwritten(writer.file(), error))?));
    }
    files.extend(pictures(&charts::all(&found.scenario.model, found.outcome, found.answer)));
    Ok(files)
}

/// Every chart as SVG and as PNG.
pub(super) fn pictures(charts: &[Chart]) -> Vec<(String, Vec<u8>)> {
    let both = |chart: &Chart| {
        let svg = (format!("{}.svg", chart.stem()), chart.svg().into_bytes());
        [svg, (format!("{}.png", chart.stem()), chart.png())]
    };
    charts.par_iter().flat_map_iter(both).collect()
}

fn report(found: &Results<'_>) -> String {
    page::page(&Page {
        model: &found.scenario.model,
        outcome: found.outcome,
        answer: found.answer,
        text: found.told.unwrap_or(&found.scenario.text),
        hash: &found.scenario.hash,
        command: &found.command,
    })
}

fn workbook(found: &Results<'_>) -> Result<Vec<u8>, Failure> {
    let text = found.told.unwrap_or(&found.scenario.text);
    workbook::workbook(&found.scenario.model, found.outcome, found.answer, text, &found.command)
        .map_err(|error| unwritten(WORKBOOK, error))
}

/// What to type for the same figures: where results go and how many threads work on them changes nothing.
pub(super) fn command(name: &str, file: Option<&Path>, changes: &Changes, model: &Model) -> String {
    let file = file.map_or_else(|| SCENARIO.to_owned(), |file| file.display().to_string());
    command_of(&[name.to_owned(), quoted(&file)], changes, model.run.seed, model.run.replications)
}

/// The same of any command line: its first words, then what decides about the figures.
pub(super) fn command_of(
    first: &[String],
    changes: &Changes,
    seed: u64,
    replications: impl std::fmt::Display,
) -> String {
    let mut words = vec!["headcount".to_owned()];
    words.extend(first.iter().cloned());
    for set in &changes.set {
        words.extend(["--set".to_owned(), quoted(set)]);
    }
    for agents in &changes.agents {
        words.extend(["--agents".to_owned(), quoted(agents)]);
    }
    words.extend(["--seed".to_owned(), seed.to_string()]);
    words.extend(["--replications".to_owned(), replications.to_string()]);
    words.join(" ")
}

/// A word as a shell takes it.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

fn table(found: &Results<'_>, style: Style) -> String {
    match found.answer {
        Some(answer) => table::plan(&found.scenario.model, answer, style),
        None => table::simulate(&found.scenario.model, found.outcome, style),
    }
}

fn json(found: &Results<'_>) -> Result<Vec<u8>, Failure> {
    let text = json::results(found.outcome, &found.scenario.hash, found.answer);
    text.map(String::into_bytes).map_err(|error| unwritten(FILES[0], error))
}

fn intervals(found: &Results<'_>) -> Result<Vec<u8>, Failure> {
    csv::intervals(&found.scenario.model, found.outcome, found.answer)
        .map_err(|error| unwritten(FILES[1], error))
}

/// A result that has no such form, which would be a mistake of this program.
pub(super) fn unwritten(name: &str, error: impl std::error::Error + Send + Sync + 'static) -> Failure {
    Failure::io("make", name, io::Error::other(error))
}

/// A scenario's name as that of a folder: letters, digits, `-`, `_` and inner dots stay, anything between becomes one `-`.
pub(super) fn folder_name(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { ' ' };
    let words: String = name.chars().map(kept).collect();
    let joined = words.split_whitespace().collect::<Vec<_>>().join("-");
    let short: String = joined.trim_matches(['.', '-']).chars().take(LONGEST).collect();
    if short.is_empty() { "scenario".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_folders_that_stay_below_their_home() {
        let cases = [
            ("Support, one weekday", "Support-one-weekday"),
            ("../../etc", "etc"),
            ("..", "scenario"),
            ("", "scenario"),
            ("a/b\\c:d", "a-b-c-d"),
            ("Zürich 2.0", "Zürich-2.0"),
        ];
        for (name, folder) in cases {
            assert_eq!(folder_name(name), folder, "{name}");
        }
        assert!(folder_name(&"x".repeat(1000)).len() <= LONGEST);
    }
}
