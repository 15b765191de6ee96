//! From scenario text to results, by the way that every user goes.

use super::text::Text;
use headcount::model::Model;
use headcount::montecarlo::{Job, Outcome, Staffing, measure};
use headcount::scenario;
use headcount::stats::Fixed;

/// Confidence level of the intervals that standard errors are taken from.
pub const LEVEL: f64 = 0.95;

/// Reads a scenario.
pub fn model(text: &Text) -> Model {
    let read = scenario::from_text("reference.toml", text.as_str(), None, &[]);
    read.unwrap_or_else(|faults| panic!("{faults:?}\n{}", text.as_str())).model
}

/// Runs replications of a seed from number `first` on.
pub fn play(model: &Model, seed: u64, first: u64, replications: u64) -> Outcome {
    let staffing = Staffing::given(model);
    let job = Job { first, ..Job::new(model, &staffing, seed) };
    measure(model, &staffing, &job.run(&mut Fixed(replications)), LEVEL)
}
