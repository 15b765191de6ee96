//! By hand, against other figures of the same run, and: what is priced changes nothing that is counted.

use super::*;
use crate::engine::{Ended, Fate, More, Resolved, Witness};
use crate::model::{Curve, Goal, Over, Penalty, Per, QueueId, Series, Target};
use crate::montecarlo::fixture::{answered, model, queue, secs, target};
use crate::montecarlo::gather::Gather;
use crate::montecarlo::listener::Listener;
use crate::montecarlo::{Finished, Job, measure};
use crate::stats::{Fixed, Reason};
use crate::units::Micros;
use serde_json::{Value, json};

/// Satisfied: 95% up to a minute, 70% from five minutes on.
fn satisfied(unanswered: Option<f64>) -> crate::model::Outcome {
    crate::model::Outcome {
        name: "satisfied".to_owned(),
        queue: QueueId(0),
        over: Over::Wait,
        share: Curve::through(vec![(secs(60), 0.95), (secs(300), 0.7)]).unwrap(),
        unanswered,
        value: Some(12.0),
    }
}

fn below(at: f64, cost: f64) -> Penalty {
    Penalty { at, below: true, cost }
}

fn from(at: f64, cost: f64) -> Penalty {
    Penalty { at, below: false, cost }
}

fn priced(goal: Goal, per: Per, penalties: &[Penalty]) -> Target {
    Target { per, penalties: penalties.to_vec(), ..target(goal) }
}

/// The outcome of such tallies, one per replication, each heard as `hear` tells it.
fn outcome(model: &Model, tallies: &[Tally], hear: impl Fn(&mut Listener<'_>)) -> Outcome {
    let staffing = Staffing::given(model);
    let frame = Frame::new(model, &staffing);
    let (mut gather, mut digest) = (Gather::new(&frame), Digest::new(&frame));
    for (replication, tally) in (0..).zip(tallies) {
        hear(&mut gather.listen(&frame, replication));
        gather.add(&frame, tally, 100, &mut digest);
    }
    let finished = Finished { gather, seed: 9, first: 0, looks: 1, reason: Some(Reason::AsAsked) };
    measure(model, &staffing, &finished, 0.95)
}

fn story(fate: Fate, seconds: u64) -> Ended {
    Ended { queue: 0, position: 0, arrived: Micros::ZERO, wait: secs(seconds), fate, counted: true }
}

const ANSWERED: Fate = Fate::Answered { group: 0, busy: Micros::ZERO };

/// Two days of 8–12; within 20 s: on day one at 9 h 5 of 10 offered, on day two at 8 h all 10.
fn two_days(model: &Model) -> Tally {
    let mut tally = Tally::new(model);
    let queue = &mut tally.queues[0];
    (queue.cells[9].answered, queue.cells[9].abandoned, queue.cells[32].answered) = (6, 4, 10);
    (queue.cells[9].answered_wait, queue.cells[9].longest_wait) = (120_000_000, 60_000_000);
    let classes = queue.classes;
    queue.answered_in[9 * classes..9 * classes + 3].copy_from_slice(&[4, 1, 1]);
    queue.answered_in[32 * classes] = 10;
    tally
}

fn mean(e: Option<Estimate>) -> f64 {
    e.expect("the figure applies").mean
}

#[test]
fn an_outcome_over_the_wait_by_hand() {
    let mut model = model(1, 8..12);
    let opening = model.calendar.opening.clone();
    model.queues.push(queue("other", &opening, 0.0));
    model.outcomes = vec![satisfied(Some(0.1)), crate::model::Outcome { value: None, ..satisfied(None) }];
    let found = outcome(&model, &[Tally::new(&model), Tally::new(&model)], |listener| {
        for (fate, seconds) in [(ANSWERED, 0), (ANSWERED, 180), (ANSWERED, 3000)] {
            listener.ended(&story(fate, seconds));
        }
        for fate in [Fate::Abandoned, Fate::Balked, Fate::Blocked, Fate::TurnedAway, Fate::Unfinished] {
            listener.ended(&story(fate, 10));
        }
        // nobody is asked who moved on, is still to be called back, belongs to the warm-up or to another queue
        for fate in [Fate::MovedOn, Fate::Callback] {
            listener.ended(&story(fate, 10));
        }
        listener.ended(&Ended { counted: false, ..story(ANSWERED, 0) });
        listener.ended(&Ended { queue: 1, ..story(ANSWERED, 0) });
        let case = Resolved { queue: 0, began: Micros::ZERO, took: secs(9), touches: 1, counted: true };
        listener.resolved(&case);
    });
    let [felt, plain] = [&found.outcomes[0], &found.outcomes[1]];
    // 0.95 + 0.825 + 0.7 and five times 0.1
    assert!((mean(felt.customers) - 2.975).abs() < 1e-12);
    assert!((mean(felt.share) - 2.975 / 8.0).abs() < 1e-12);
    assert!((mean(felt.value) - 35.7).abs() < 1e-9 && (mean(found.total.value) - 35.7).abs() < 1e-9);
    assert!((mean(plain.share) - 2.475 / 3.0).abs() < 1e-12);
    assert_eq!((plain.value, plain.name.as_str(), plain.queue.as_str()), (None, "satisfied", "phone"));
}

#[test]
fn an_outcome_over_resolution_hears_cases() {
    let mut model = model(2, 8..12);
    model.outcomes =
        vec![crate::model::Outcome { over: Over::Resolution, value: Some(-2.0), ..satisfied(Some(0.0)) }];
    let found = outcome(&model, &[Tally::new(&model)], |listener| {
        let case =
            |took| Resolved { queue: 0, began: Micros::ZERO, took: secs(took), touches: 2, counted: true };
        listener.resolved(&case(180));
        listener.resolved(&Resolved { counted: false, ..case(180) });
        listener.resolved(&Resolved { queue: 1, ..case(180) });
        // an answer is not a resolution; who was never answered has none
        listener.ended(&story(ANSWERED, 0));
        listener.ended(&story(Fate::Abandoned, 0));
    });
    let felt = &found.outcomes[0];
    assert!((mean(felt.share) - 0.4125).abs() < 1e-12);
    // per day, of two
    assert!((mean(felt.customers) - 0.4125).abs() < 1e-12 && (mean(felt.value) + 0.825).abs() < 1e-12);
    assert!((mean(found.total.value) + 0.825).abs() < 1e-12);
}

#[test]
fn a_share_of_nobody_is_no_share() {
    let mut model = model(1, 8..12);
    model.outcomes = vec![satisfied(None)];
    let found = outcome(&model, &[Tally::new(&model)], |_| {});
    let json = serde_json::to_value(&found.outcomes[0]).unwrap();
    assert!(json.get("share").is_none());
    assert_eq!((&json["customers"]["mean"], &json["value"]["mean"]), (&json!(0.0), &json!(0.0)));
}

#[test]
fn penalties_and_bonuses_by_hand() {
    let goal = answered(0.8, 20);
    let cases = [
        // day one has exactly 50%: not below it; day two exactly 100%
        (goal.clone(), Per::Day, vec![below(0.5, 1000.0)], 0.0),
        (goal.clone(), Per::Day, vec![below(0.500_000_001, 1000.0)], 500.0),
        (goal.clone(), Per::Day, vec![below(0.85, 1000.0), below(0.6, 300.0), from(1.0, -500.0)], 400.0),
        // 15 of 20
        (goal.clone(), Per::Week, vec![below(0.75, 1000.0)], 0.0),
        (goal.clone(), Per::Run, vec![below(0.8, 1000.0), from(0.75, -80.0)], 460.0),
        // two of eight intervals had anybody
        (goal.clone(), Per::Interval, vec![below(0.85, 10.0)], 5.0),
        (goal, Per::Interval, vec![below(1.1, 10.0)], 10.0),
        // caps are missed from above: 4 of 10 hung up, the mean wait was 20 s, the longest a minute
        (Goal::Abandoned(0.05), Per::Day, vec![from(0.4, 100.0), below(0.4, -30.0)], 35.0),
        (Goal::Asa(secs(30)), Per::Day, vec![from(20.0, 100.0)], 50.0),
        (Goal::Asa(secs(30)), Per::Day, vec![from(20.000_001, 100.0)], 0.0),
        (Goal::Longest(secs(30)), Per::Day, vec![from(60.0, 100.0)], 50.0),
    ];
    for (goal, per, penalties, expected) in cases {
        let mut model = model(2, 8..12);
        model.queues[0].targets = vec![target(answered(0.9, 120)), priced(goal, per, &penalties)];
        let found = outcome(&model, &[two_days(&model)], |_| {});
        let target = &found.targets[1];
        assert!((mean(target.penalty_cost) - expected).abs() < 1e-9, "{per:?} {penalties:?}: {target:?}");
        assert!(found.targets[0].penalty_cost.is_none());
        assert_eq!(mean(found.total.cost), mean(target.penalty_cost));
        assert!(found.total.staff_cost.is_none() && found.total.contact_cost.is_none());
    }
}

#[test]
fn the_interval_of_a_penalty_holds_what_was_not_seen() {
    let mut model = model(1, 8..12);
    model.queues[0].targets = vec![priced(answered(0.8, 20), Per::Day, &[below(0.8, 1000.0)])];
    let never: Vec<Tally> = (0..100).map(|_| Tally::new(&model)).collect();
    let cost = outcome(&model, &never, |_| {}).targets[0].penalty_cost.unwrap();
    assert_eq!((cost.mean, cost.low), (0.0, 0.0));
    assert!((cost.high - 1000.0 * (1.0 - 0.025f64.powf(0.01))).abs() < 1e-9);
}

/// A centre with staff at 20 an hour, 3.5 for each contact that the group answers, and 100 for a day below 80%.
fn billed() -> Model {
    let mut model = model(2, 8..12);
    let group = &mut model.groups[0];
    (group.cost_per_hour, group.cost_per_contact) = (Some(20.0), Some(3.5));
    group.shrinkage = Series::Constant(0.2);
    model.queues[0].targets = vec![priced(answered(0.8, 20), Per::Day, &[below(0.8, 100.0)])];
    model
}

#[test]
fn the_bill_by_hand() {
    let model = billed();
    let mut tally = two_days(&model);
    (tally.groups[0].answered[9], tally.groups[0].answered[32]) = (6, 10);
    let found = outcome(&model, &[tally.clone(), tally], |_| {});
    let total = &found.total;
    // two days of four hours, 6.25 scheduled
    assert_eq!((mean(total.staff_cost), mean(total.contact_cost)), (500.0, 28.0));
    assert_eq!((mean(total.penalty_cost), mean(found.targets[0].penalty_cost)), (50.0, 50.0));
    assert_eq!((mean(total.cost), mean(found.groups[0].cost)), (578.0, 528.0));
    assert!((mean(total.cost_per_contact) - 578.0 / 8.0).abs() < 1e-9);
    assert!(total.cost_per_resolved.is_none() && total.value.is_none());
}

#[test]
fn resolved_cases_share_the_bill() {
    let mut model = billed();
    let opening = model.calendar.opening.clone();
    model.queues.push(queue("mail", &opening, 0.0));
    model.queues[1].channel = crate::model::Channel::Email;
    let mut tally = two_days(&model);
    tally.queues[1].more[10] = More { resolved: 4, ..More::default() };
    let total = outcome(&model, &[tally], |_| {}).total;
    // 1000 for staff and 100 for the first day; 16 answered phone calls are a case each
    assert!((mean(total.cost_per_resolved) - 1100.0 / 20.0).abs() < 1e-9);
    assert!((mean(total.cost_per_contact) - 1100.0 / 16.0).abs() < 1e-9);
}

#[test]
fn warm_up_is_not_billed() {
    let mut model = billed();
    model.run.warm_up = secs(2 * 3600);
    let mut tally = two_days(&model);
    (tally.groups[0].answered[9], tally.groups[0].answered[32]) = (6, 10);
    let total = outcome(&model, &[tally], |_| {}).total;
    assert_eq!((mean(total.staff_cost), mean(total.contact_cost)), (375.0, 17.5));
    assert_eq!(mean(total.penalty_cost), 0.0);
}

/// A run of a short day that is sometimes too busy.
fn run(model: &Model, threads: usize) -> Value {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let staffing = Staffing::given(model);
    let finished = pool.install(|| Job::new(model, &staffing, 3).run(&mut Fixed(40)));
    serde_json::to_value(measure(model, &staffing, &finished, 0.95)).unwrap()
}

fn busy() -> Model {
    let mut model = model(2, 8..12);
    model.demand.day_factor_cv = 0.2;
    model.queues[0].balk = 0.05;
    model.groups[0].cost_per_hour = Some(20.0);
    model.queues[0].targets = vec![target(answered(0.7, 20))];
    model
}

#[test]
fn a_step_at_the_threshold_is_the_service_level() {
    let mut model = busy();
    let step = |unanswered| crate::model::Outcome {
        share: Curve::through(vec![(secs(20), 1.0), (secs(20) + Micros(1), 0.0)]).unwrap(),
        ..satisfied(unanswered)
    };
    model.outcomes = vec![step(Some(0.0)), step(None)];
    let found = run(&model, 2);
    let level = &found["queues"][0]["service_level"];
    for (felt, definition) in [(0, "offered"), (1, "answered")] {
        for end in ["mean", "low", "high"] {
            let [a, b] = [&found["outcomes"][felt]["share"][end], &level[definition][end]];
            assert!((a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-9, "{definition} {end}: {a} {b}");
        }
    }
}

#[test]
fn every_answered_contact_of_a_plain_queue_is_a_case() {
    let mut model = busy();
    model.queues[0].wrap = Some(crate::model::Law::constant(crate::model::Shape::Fixed, 60.0));
    let all =
        crate::model::Outcome { over: Over::Resolution, share: Curve::constant(1.0), ..satisfied(None) };
    // handled for exactly five minutes: nobody is done sooner, and wrap-up is not the customer's time
    model.queues[0].handle = crate::model::Law::constant(crate::model::Shape::Fixed, 300.0);
    let step = Curve::through(vec![(secs(320), 1.0), (secs(320) + Micros(1), 0.0)]).unwrap();
    model.outcomes = vec![all.clone(), crate::model::Outcome { share: step, ..all }];
    model.groups[0].cost_per_contact = Some(1.0);
    let found = run(&model, 2);
    let queue = &found["queues"][0];
    let figure = |value: &Value| value["mean"].as_f64().unwrap();
    let answered = figure(&queue["answered"]);
    assert!((figure(&found["outcomes"][0]["customers"]) - answered).abs() < 1e-9);
    let in_time = figure(&queue["service_level"]["answered"]);
    assert!((figure(&found["outcomes"][1]["share"]) - in_time).abs() < 1e-9);
    // everybody is answered within the run, and paid for
    assert!((figure(&found["total"]["contact_cost"]) - answered).abs() < 1e-9);
}

#[test]
fn a_penalty_of_one_is_the_share_of_days_that_miss() {
    let mut model = busy();
    model.queues[0].targets[0].penalties = vec![below(0.7, 1.0)];
    let target = &run(&model, 2)["targets"][0];
    let [cost, met] = [&target["penalty_cost"]["mean"], &target["days_met"]["mean"]];
    assert!(met.as_f64().unwrap() > 0.1 && met.as_f64().unwrap() < 0.9, "{met}");
    assert!((cost.as_f64().unwrap() + met.as_f64().unwrap() - 1.0).abs() < 1e-12);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let mut model = busy();
    model.outcomes = vec![satisfied(Some(0.1))];
    model.queues[0].targets[0].penalties = vec![below(0.7, 310.7), from(0.9, -12.3)];
    assert_eq!(run(&model, 1).to_string(), run(&model, 5).to_string());
}

/// The results without the keys that prices add; the cost of staff under its usual name.
fn without_prices(mut found: Value) -> String {
    let total = found["total"].as_object_mut().unwrap();
    if let Some(staff) = total.remove("staff_cost") {
        total.insert("cost".to_owned(), staff);
    }
    for key in ["contact_cost", "penalty_cost", "cost_per_contact", "cost_per_resolved", "value"] {
        total.shift_remove(key);
    }
    for target in found["targets"].as_array_mut().unwrap() {
        target.as_object_mut().unwrap().shift_remove("penalty_cost");
    }
    found.as_object_mut().unwrap().shift_remove("outcomes");
    found.to_string()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(12))]

    #[test]
    fn prices_change_no_other_byte(
        shares in proptest::collection::vec(0.0..=1.0_f64, 3),
        unanswered in proptest::option::of(0.0..=1.0_f64),
        value in proptest::option::of(-50.0..50.0_f64),
        dues in proptest::collection::vec((0.0..=1.0_f64, proptest::bool::ANY, -900.0..900.0_f64), 0..3),
        per in proptest::sample::select(vec![Per::Interval, Per::Day, Per::Week, Per::Run]),
        over in proptest::sample::select(vec![Over::Wait, Over::Resolution]),
    ) {
        let mut model = busy();
        model.queues[0].targets[0].per = per;
        let plain = run(&model, 2);
        proptest::prop_assert!(plain.get("outcomes").is_none() && plain["total"].get("staff_cost").is_none());
        let points = shares.iter().zip([1, 30, 200]).map(|(&share, s)| (secs(s), share)).collect();
        model.outcomes =
            vec![crate::model::Outcome { share: Curve::through(points).unwrap(), over, value, ..satisfied(unanswered) }];
        let due = |&(at, below, cost): &(f64, bool, f64)| Penalty { at, below, cost };
        model.queues[0].targets[0].penalties = dues.iter().map(due).collect();
        proptest::prop_assert_eq!(without_prices(run(&model, 2)), without_prices(plain));
    }
}
