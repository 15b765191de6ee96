//! Volumes that count every attempt, turned into the first contacts behind them, and said.

use super::failure::Failure;
use super::printer::Printer;
use crate::montecarlo::{Staffing, fresh_demand};
use crate::scenario::Scenario;

/// Solves the fresh demand of a scenario whose volumes hold redials, repeats and transfers already, under a staffing.
pub(super) fn solve(scenario: &mut Scenario, staffing: &Staffing, printer: &Printer) -> Result<(), Failure> {
    if !scenario.model.queues.iter().any(|queue| queue.journey.all_attempts) {
        return Ok(());
    }
    let solved = fresh_demand(&scenario.model, staffing, scenario.model.run.seed)
        .map_err(|error| Failure::usage(error.to_string(), "or say volume_is = \"first_contacts\""))?;
    let changed = scenario.model.queues.iter().zip(&solved.factors).filter(|(_, factor)| **factor != 1.0);
    for (queue, factor) in changed {
        let share = 100.0 * factor;
        printer.say(&format!("{}: {share:.1}% of the volumes written are first contacts", queue.name));
    }
    scenario.model = solved.model;
    Ok(())
}
