//! What was finished before: a file beside the results that says which scenario, version, seed and replications they are
//! of, and the row of the table that they gave. Results that were made of anything else are made anew.

use super::failure::Failure;
use crate::report::batch::Row;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::Path;

/// The file.
pub(super) const NAME: &str = "finished.json";
/// What must lie beside it.
const RESULTS: &str = "results.json";

/// What results are made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Finished {
    program: String,
    job: String,
    /// Of the scenario's text, the files it names and what the command line changed.
    scenario_hash: String,
    seed: u64,
    /// How many, or `auto`.
    replications: String,
}

/// The file's content.
#[derive(Serialize, Deserialize)]
struct Kept {
    of: Finished,
    row: Row,
}

impl Finished {
    /// Of a scenario that is to be planned, or simulated.
    pub(super) fn of(scenario: &Scenario, job: &str) -> Self {
        let run = &scenario.model.run;
        Self {
            program: concat!("headcount ", env!("CARGO_PKG_VERSION")).to_owned(),
            job: job.to_owned(),
            scenario_hash: scenario.hash.clone(),
            seed: run.seed,
            replications: run.replications.to_string(),
        }
    }

    /// The row of results in `folder` that are of just this.
    pub(super) fn row(&self, folder: &Path) -> Option<Row> {
        let text = fs::read_to_string(folder.join(NAME)).ok()?;
        let kept: Kept = serde_json::from_str(&text).ok()?;
        (kept.of == *self && folder.join(RESULTS).is_file()).then_some(kept.row)
    }

    /// The file that says so.
    pub(super) fn text(&self, row: &Row) -> Result<Vec<u8>, Failure> {
        let kept = Kept { of: self.clone(), row: row.clone() };
        let text = serde_json::to_string_pretty(&kept);
        text.map(|text| (text + "\n").into_bytes())
            .map_err(|error| Failure::io("make", NAME, io::Error::other(error)))
    }
}
