//! From scenario text to results, by the way that every user goes.

use super::text::Text;
use headcount::montecarlo::{Job, Outcome, Staffing, measure};
use headcount::scenario::{self, Override};
use headcount::stats::Fixed;

/// Confidence level of the intervals that standard errors are taken from.
const LEVEL: f64 = 0.95;

/// Runs a scenario.
pub fn play(text: &Text, seed: u64, replications: u64) -> Outcome {
    let seed = Override::set(format!("run.seed={seed}"));
    let scenario = scenario::from_text("reference.toml", text.as_str(), None, &[seed])
        .unwrap_or_else(|faults| panic!("{faults:?}\n{}", text.as_str()));
    let model = &scenario.model;
    let staffing = Staffing::given(model);
    let finished = Job::new(model, &staffing, model.run.seed).run(&mut Fixed(replications));
    measure(model, &staffing, &finished, LEVEL)
}
