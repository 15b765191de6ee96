//! `headcount slack`: when how many people can be spared.

use super::args::Slack;
use super::deliver::Forms;
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt;
use super::printer::Printer;
use super::progress::Progress;
use super::simulate::staffed;
use super::{fresh, quantity, scene, threads};
use crate::model::Model;
use crate::montecarlo::Staffing;
use crate::plan::slack::{self, NoSlack, Question};
use crate::report::slack as report;

/// Files that are written.
const FILES: [&str; 3] = ["slack.json", "slack.csv", "table.txt"];

/// Tries every stretch of the day and shows who can be spared.
pub(super) fn run(asked: &Slack, printer: &Printer) -> Result<Exit, Failure> {
    let mut scenario = scene::read(&asked.file, &asked.changes, Some(&asked.run), printer)?;
    staffed(&scenario.model)?;
    let staffing = Staffing::given(&scenario.model);
    fresh::solve(&mut scenario, &staffing, printer)?;
    let model = &scenario.model;
    let intervals = intervals(model, asked.length.as_deref())?;
    let replications = model.run.replications.number();
    let outputs = Forms::open(&FILES, &format!("{} slack", model.name), &asked.output)?;
    let question = Question { model, staffing: &staffing, intervals, replications };
    let found = threads::with(asked.run.threads, || {
        let progress = Progress::new("looking for slack", printer);
        let stop = interrupt::flag();
        slack::slack(&question, &|done, total| {
            progress.step(done, total);
            !stop.load(std::sync::atomic::Ordering::Relaxed)
        })
    })?;
    let found = match found {
        Ok(found) => found,
        Err(NoSlack::Interrupted) => {
            printer.warn("stopped before every stretch was tried; there is nothing to show");
            return Ok(Exit::Interrupted);
        }
        Err(NoSlack::NoPromise) => {
            let mend = "give a queue a target, such as target = \"90% in 2m\"";
            return Err(Failure::usage("no promise says how many are needed", mend));
        }
        Err(NoSlack::NotKept(broken)) => {
            printer.warn(&format!("nobody can be spared: {}", report::not_kept(&broken)));
            return Ok(Exit::NotMet);
        }
    };
    let forms = Forms {
        names: FILES,
        json: &|| report::json(&question, &found, &scenario.hash),
        csv: &|| report::csv(&question, &found),
        table: &|style| report::table(&question, &found, style),
        charts: &Vec::new,
    };
    forms.hand_over(&asked.output, outputs, printer)?;
    Ok(Exit::Done)
}

/// How many intervals a stretch has.
fn intervals(model: &Model, length: Option<&str>) -> Result<usize, Failure> {
    let Some(text) = length else { return Ok(1) };
    let interval = model.grid().interval;
    let wrong = |why: String| {
        Failure::usage(
            format!("--for {text}: {why}"),
            format!("write a multiple of the interval, {interval}"),
        )
    };
    let seconds = quantity::some_duration(text).map_err(wrong)?.seconds;
    let intervals = seconds / interval.as_secs_f64();
    if intervals.fract() == 0.0 && intervals >= 1.0 && intervals <= model.grid().per_day as f64 {
        Ok(intervals as usize)
    } else {
        Err(wrong("does not fit the intervals".to_owned()))
    }
}
