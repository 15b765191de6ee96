//! `[demand]`, `[run]` and `[plan]`.

use super::document::Value;
use super::duration;
use super::fault::{Trouble, grouped};
use super::item::Item;
use super::keys::{DEMAND, PLAN, RUN};
use super::limits;
use super::number;
use super::queue::bounded;
use super::section::Section;
use crate::model::{AtEnd, Demand, Grid, Intervals, Objective, Plan, Replications, Run, Start};
use crate::units::Micros;

/// `[demand]`, and the what-if multiplier on all volumes, which goes into the volumes.
pub(super) fn demand(root: &Section<'_>) -> Option<(Demand, f64)> {
    let read = root.or("demand", (Demand::default(), 1.0), |item| {
        let section = Section::open(item, &DEMAND)?;
        let cv = |key| section.or(key, 0.0, |item| item.leaf(number::spread));
        let (day, week) = (cv("day_factor_cv"), cv("week_factor_cv"));
        let (interval, handle) = (cv("interval_factor_cv"), cv("handle_factor_cv"));
        let scale = section.or("forecast_scale", 1.0, |item| item.leaf(number::factor));
        let demand = Demand {
            day_factor_cv: day?,
            week_factor_cv: week?,
            interval_factor_cv: interval?,
            handle_factor_cv: handle?,
        };
        Some((demand, scale?))
    })?;
    if read.0.is_exact() {
        root.cx().echo("assumes the forecast is exact (day_factor_cv = 0)");
    }
    Some(read)
}

/// `[run]`; `start = "steady"` gets its run-in later.
pub(super) fn run(root: &Section<'_>, grid: &Grid) -> Option<Run> {
    let run = Run {
        replications: Replications::Fixed(1000),
        seed: 1,
        start: Start::Empty,
        warm_up: Micros::ZERO,
        at_end: AtEnd::Finish,
    };
    root.or("run", run, |item| {
        let section = Section::open(item, &RUN)?;
        let replications = section.or("replications", run.replications, replications);
        let seed = section.or("seed", run.seed, |item| item.leaf(number::count));
        let steady = Start::Steady { run_in: Micros::ZERO };
        let start =
            section.or("start", run.start, |item| item.word(&[("empty", Start::Empty), ("steady", steady)]));
        let warm_up = section.or("warm_up", run.warm_up, |item| warm_up(item, grid));
        let at_end = section
            .or("at_end", run.at_end, |item| item.word(&[("finish", AtEnd::Finish), ("drop", AtEnd::Drop)]));
        Some(Run {
            replications: replications?,
            seed: seed?,
            start: start?,
            warm_up: warm_up?,
            at_end: at_end?,
        })
    })
}

fn replications(item: Item<'_>) -> Option<Replications> {
    let help = "write a number such as 1000, or \"auto\"";
    match &item.node.value {
        Value::Text(text) if text == "auto" => return Some(Replications::Auto),
        Value::Text(_) => {
            return item.fault(Trouble::new("`replications` is not understood", "how many?", help));
        }
        _ => {}
    }
    let count = item.leaf(number::count)?;
    if (1..=limits::REPLICATIONS).contains(&count) {
        return Some(Replications::Fixed(count));
    }
    let label = format!("between 1 and {}", grouped(limits::REPLICATIONS));
    item.fault(Trouble::new("`replications` is out of range", label, help))
}

fn warm_up(item: Item<'_>, grid: &Grid) -> Option<Micros> {
    let warm_up = item.leaf(duration::micros)?;
    if !warm_up.0.is_multiple_of(grid.interval.0) {
        let title = format!("`warm_up` must be a multiple of the interval, {}", grid.interval);
        let below = Micros(warm_up.0 / grid.interval.0 * grid.interval.0);
        let help = format!("write \"{below}\" or \"{}\"", below + grid.interval);
        return item.fault(Trouble::new(title, "ends inside an interval", help));
    }
    if warm_up.0 >= grid.end().0 {
        let help = "write a shorter one, or raise `calendar.days`";
        return item.fault(Trouble::new("`warm_up` leaves nothing to count", "as long as the run", help));
    }
    Some(warm_up)
}

/// `[plan]`.
pub(super) fn plan(root: &Section<'_>) -> Option<Plan> {
    let plan = Plan {
        objective: Objective::AgentHours,
        error: 1e-4,
        headcount: None,
        intervals: Intervals::Estimate,
    };
    root.or("plan", plan, |item| {
        let section = Section::open(item, &PLAN)?;
        let words = [
            ("agent_hours", Objective::AgentHours),
            ("cost", Objective::Cost),
            ("headcount", Objective::Headcount),
        ];
        let objective = section.or("objective", plan.objective, |item| item.word(&words));
        let error = section.or("error", plan.error, error);
        let headcount = section.maybe("headcount", |item| bounded(item, 1, limits::AGENTS as u32));
        let words = [("estimate", Intervals::Estimate), ("certain", Intervals::Certain)];
        let intervals = section.or("intervals", plan.intervals, |item| item.word(&words));
        Some(Plan { objective: objective?, error: error?, headcount: headcount?, intervals: intervals? })
    })
}

fn error(item: Item<'_>) -> Option<f64> {
    let error = item.leaf(number::positive)?;
    if (1e-12..0.5).contains(&error) {
        return Some(error);
    }
    item.fault(Trouble::new(
        "`error` is out of range",
        "a small probability",
        "write 1e-4: one wrong answer in ten thousand",
    ))
}
