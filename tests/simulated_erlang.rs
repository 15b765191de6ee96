//! Every figure of a simulated run against Erlang A: constant rates, exponential laws, steady from the start.

mod common;

use common::{calendar, group, model, opening, queue, to};
use headcount::erlang::{self, ErlangA};
use headcount::model::*;
use headcount::montecarlo::{Job, Staffing, measure};
use headcount::stats::{Estimate, Fixed};
use headcount::units::Micros;

const AGENTS: u32 = 21;
const HANDLE_S: f64 = 300.0;
const PATIENCE_S: f64 = 180.0;

/// 240 calls an hour round the clock.
fn centre() -> Model {
    let always = opening(1, 24, 0..24);
    let mut phone =
        queue("phone", &always, vec![240.0; 24], Law::constant(Shape::Exponential, HANDLE_S), vec![to(0)]);
    phone.patience = Some(Law::constant(Shape::Exponential, PATIENCE_S));
    let mut centre = model(
        calendar(1, Micros::HOUR, always.clone()),
        vec![phone],
        vec![group("crew", &always, &[0], vec![AGENTS; 24])],
    );
    let run_in = Micros::from_mins(120);
    centre.calendar.grid.lead = run_in;
    centre.run.start = Start::Steady { run_in };
    centre
}

#[test]
fn a_steady_day_is_erlang_a() {
    let model = centre();
    let staffing = Staffing::given(&model);
    let finished = Job::new(&model, &staffing, 5).run(&mut Fixed(300));
    let found = measure(&model, &staffing, &finished, 0.999);
    let (queue, group) = (&found.queues[0], &found.groups[0]);
    let exact = ErlangA::new(20.0, f64::from(AGENTS), HANDLE_S, PATIENCE_S).unwrap();
    let busy = exact.occupancy() * f64::from(AGENTS);
    let level = |definition| exact.service_level(definition, 20.0);
    let simulated = queue.service_level.as_ref().unwrap();
    let figures = [
        ("wait probability", queue.wait_probability, exact.wait_probability()),
        ("mean wait", queue.mean_wait_s, exact.mean_wait_s()),
        ("asa", queue.asa_s, exact.asa_s()),
        ("abandonment", queue.abandonment, exact.abandonment()),
        ("mean queue", queue.mean_queue, exact.mean_queue()),
        ("occupancy", group.occupancy, exact.occupancy()),
        // the calls of the day, and what is left at its start of those before
        ("busy hours", group.busy_hours, busy * (24.0 + HANDLE_S / 3600.0)),
        ("offered", simulated.offered, level(erlang::Definition::Offered)),
        ("answered", simulated.answered, level(erlang::Definition::Answered)),
        ("ignore early", simulated.ignore_early, level(erlang::Definition::IgnoreEarly)),
        ("credit early", simulated.credit_early, level(erlang::Definition::CreditEarly)),
        ("calls", queue.offered, 5760.0),
    ];
    for (what, found, wanted) in figures {
        let found: Estimate = found.unwrap_or_else(|| panic!("{what} applies"));
        assert!(found.contains(wanted), "{what}: {found:?} does not hold {wanted}");
        assert!(found.half_width() < 0.06 * wanted, "{what}: {found:?} says little");
    }
}
