//! `why`: what it prints, and that its lines are what theory says where theory knows.

mod common;

use common::desk::{run, told};
use headcount::erlang::{Definition, Demand, ErlangA, Goal, agents_needed};
use headcount::model::Model;
use headcount::plan::why::{Needed, Question, Why, why};
use headcount::plan::{Settings, plan};
use headcount::scenario;

/// A steady queue of 240 calls an hour for six hours.
const STEADY: &str = r#"
name = "steady"
[calendar]
open = "08:00-14:00"
[run]
start = "steady"
replications = 400
[queue.phone]
arrivals = { per_hour = 240 }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = "80% in 20s"
[group.crew]
serves = ["phone"]
shrinkage = "25%"
[plan]
error = 1e-3
"#;

/// A morning that changes, with everything on that a waterfall can show.
const MORNING: &str = r#"
name = "morning"
[calendar]
open = "09:00-12:00"
[demand]
day_factor_cv = "8%"
[run]
replications = 40
[queue.chat]
channel  = "chat"
arrivals = { per_interval = [20, 40, 60, 40, 20, 10] }
aht      = { lognormal = { mean = "8m", cv = 1.0 } }
patience = { exponential = { mean = "3m" } }
target   = [{ answered = "80%", within = "1m", on_days = "80%" }, { abandoned = "10%" }]
[group.crew]
serves   = ["chat"]
plan     = "flat"
at_least = 3
concurrency = { chat = 2 }
handle_by_load = [1.0, 1.2]
max_occupancy = "85%"
shrinkage = "25%"
absence  = "5%"
[plan]
error = 1e-2
"#;

fn model(text: &str) -> Model {
    scenario::from_text("why.toml", text, None, &[]).expect("a scenario").model
}

fn explained(text: &str, use_exact: bool) -> Why {
    let model = model(text);
    let settings = Settings { use_exact, ..Settings::of(&model) };
    why(&Question { model: &model, settings: &settings, swing: 0.1 }, &()).expect("it can be planned")
}

/// Agents that Erlang A, or Erlang C for callers who never hang up, asks for.
fn theory(calls: f64, aht_s: f64, patience_s: f64, share: f64, within_s: f64) -> u32 {
    let demand = Demand::calls(calls, aht_s).with_patience(patience_s);
    let goal = Goal::ServiceLevel { share, within_s, definition: Definition::Offered };
    agents_needed(&demand, &goal).expect("theory has an answer")
}

#[test]
fn lines_of_a_steady_queue_are_those_of_theory() {
    let found = explained(STEADY, false);
    let hours = |agents: u32| 6.0 * f64::from(agents);
    let agents = theory(240.0, 300.0, 180.0, 0.8, 20.0);
    assert_eq!(found.needed.agents, agents);
    let mut compared = 1;
    // The work is 20 erlangs for six hours, within what 400 replications of 1,440 calls know: 3 of
    // 6 h × 20 × √(2 / (400 × 1,440)).
    let step = |cause: &str| found.steps.iter().find(|step| step.cause == cause).expect("the step is there");
    assert!((step("the work itself").after - 120.0).abs() < 3.0 * 120.0 * (2.0_f64 / 576_000.0).sqrt());
    let patient = theory(240.0, 300.0, f64::INFINITY, 0.8, 20.0);
    for (cause, wanted) in [("handle times vary", hours(patient)), ("some hang up", hours(agents))] {
        assert!((step(cause).after - wanted).abs() < 1e-9, "{cause}: {} for {wanted}", step(cause).after);
        compared += 1;
    }
    let scheduled = (f64::from(agents) / 0.75).ceil();
    assert!((step("shrinkage").after - 6.0 * scheduled).abs() < 1e-9);
    let agents_of = |needed: &Option<Needed>| needed.as_ref().map(|needed| needed.agents);
    for (of, less, more) in [
        ("volume", theory(216.0, 300.0, 180.0, 0.8, 20.0), theory(264.0, 300.0, 180.0, 0.8, 20.0)),
        ("handle time", theory(240.0, 270.0, 180.0, 0.8, 20.0), theory(240.0, 330.0, 180.0, 0.8, 20.0)),
        ("patience", theory(240.0, 300.0, 162.0, 0.8, 20.0), theory(240.0, 300.0, 198.0, 0.8, 20.0)),
    ] {
        let swing = found.levers.iter().find(|swing| swing.of == of).expect("it was swung");
        assert_eq!((agents_of(&swing.less), agents_of(&swing.more)), (Some(less), Some(more)), "{of}");
        compared += 2;
    }
    for other in found.promises.iter().filter(|other| other.share.is_some()) {
        let wanted = theory(240.0, 300.0, 180.0, other.share.unwrap(), 20.0);
        assert_eq!(agents_of(&other.needed), Some(wanted), "{}", other.promise);
        compared += 1;
    }
    for (words, within) in [("80% within 10s per day", 10.0), ("80% within 40s per day", 40.0)] {
        let other = found.promises.iter().find(|other| other.promise == words).expect("it was tried");
        assert_eq!(agents_of(&other.needed), Some(theory(240.0, 300.0, 180.0, 0.8, within)), "{words}");
        compared += 1;
    }
    assert_eq!(compared, 19);
}

/// One more agent in the only interval is one more agent in steady state; the room of the forecast is where Erlang A
/// reaches the goal.
#[test]
fn one_agent_and_the_room_are_those_of_theory() {
    let text =
        STEADY.replace("08:00-14:00", "08:00-09:00").replace("[calendar]", "[calendar]\ninterval = \"60m\"");
    let found = explained(&text, true);
    let agents = found.needed.agents;
    let level = |agents: u32, load: f64| {
        ErlangA::new(load, agents, 300.0, 180.0).unwrap().service_level(Definition::Offered, 20.0)
    };
    let lost = |agents: u32| ErlangA::new(20.0, agents, 300.0, 180.0).unwrap().abandonment();
    let [one] = found.one_agent.as_slice() else { panic!("there is one interval") };
    let less = one.less.as_ref().expect("there is one to spare");
    let now = level(agents, 20.0);
    let checks = [
        ("more in time", &one.more.in_time, 240.0 * (level(agents + 1, 20.0) - now)),
        ("more lost", &one.more.lost, 240.0 * (lost(agents + 1) - lost(agents))),
        ("less in time", &less.in_time, 240.0 * (level(agents - 1, 20.0) - now)),
        ("less lost", &less.lost, 240.0 * (lost(agents - 1) - lost(agents))),
    ];
    for (name, e, wanted) in checks {
        // Three standard errors: half a 95% interval is 1.97 of them.
        let three = 3.0 * e.half_width() / 1.97;
        assert!((e.mean - wanted).abs() < three, "{name}: {e:?} for {wanted}");
    }
    let volume = found.room.iter().find(|room| room.of == "volume").expect("it has room");
    let (mut kept, mut broken) = (0.5, 1.5);
    for _ in 0..40 {
        let middle = f64::midpoint(kept, broken);
        *if level(agents, 20.0 * middle) >= 0.8 { &mut kept } else { &mut broken } = middle;
    }
    let (e, wanted) = (volume.change, kept - 1.0);
    let three =
        1.5 * (e.mean - wanted).signum() * if e.mean > wanted { e.mean - e.low } else { e.high - e.mean };
    assert!((e.mean - wanted).abs() <= three.abs().max(0.004), "{e:?} for {wanted}");
}

/// A promise that few hang up means nothing where nobody can: impatience stays in from the first plan on, and the last bar is
/// what Erlang A asks for. Two comparisons, the work and the answer.
#[test]
fn a_promise_that_few_hang_up_is_not_stripped_of_impatience() {
    let text = STEADY.replace("target   = \"80% in 20s\"", "target   = { abandoned = \"3%\" }");
    let found = explained(&text, true);
    let causes: Vec<&str> = found.steps.iter().map(|step| step.cause).collect();
    let wanted =
        ["the work itself", "contacts come at random, some hang up", "handle times vary", "shrinkage"];
    assert_eq!(causes, wanted);
    assert!((found.steps[0].after - 120.0).abs() < 3.0 * 120.0 * (2.0_f64 / 576_000.0).sqrt());
    let demand = Demand::calls(240.0, 300.0).with_patience(180.0);
    let agents = agents_needed(&demand, &Goal::Abandonment(0.03)).expect("theory has an answer");
    assert_eq!(found.steps[2].after, 6.0 * f64::from(agents));
    // Those who hang up are no work: some percent less may do, not a tenth of it.
    assert!(found.steps.iter().all(|step| step.after >= 0.95 * 120.0), "{:?}", found.steps);
}

/// The room of a promise on every other month is that of the long run, for the sum of 21 days is as often above its mean as
/// below; and it is known from months, not from what 400 days make of them. One comparison, 3 standard errors.
#[test]
fn the_room_of_a_promise_over_months_is_known_from_months() {
    let text = STEADY
        .replace("08:00-14:00", "08:00-09:00")
        .replace("[calendar]", "[calendar]\ninterval = \"60m\"")
        .replace(
            "target   = \"80% in 20s\"",
            "target   = { answered = \"80%\", within = \"20s\", per = \"month\", on_days = \"50%\" }",
        );
    let found = explained(&text, false);
    let agents = found.needed.agents;
    let level = |load: f64| {
        ErlangA::new(load, agents, 300.0, 180.0).unwrap().service_level(Definition::Offered, 20.0)
    };
    let volume = found.room.iter().find(|room| room.of == "volume").expect("it has room").change;
    let (mut kept, mut broken) = (0.5, 1.5);
    for _ in 0..40 {
        let middle = f64::midpoint(kept, broken);
        *if level(20.0 * middle) >= 0.8 { &mut kept } else { &mut broken } = middle;
    }
    let wanted = kept - 1.0;
    // Half a 95% interval is 1.96 standard errors; the edge is looked for to a fifth of a point.
    let three = 3.0 / 1.96 * volume.half_width() + 0.002;
    assert!((volume.mean - wanted).abs() < three, "{volume:?} for {wanted}");
    assert_eq!(volume.replications, 4000);
}

/// The share of M/D/c customers who wait at most `t`, less than the handle time `d` (Crommelin 1932, as Franx 2001 writes it):
/// `e^{−λ(d−t)} Σ_{j<c} Q_{c−1−j} (λ(d−t))ʲ/j!` with `Q_m` the chance of at most `c + m` in the centre.
fn fixed_handle_times(calls: f64, d: f64, c: usize, t: f64) -> f64 {
    let rate = calls / 3600.0;
    let poisson = |mean: f64, top: usize| {
        let mut mass = vec![(-mean).exp()];
        (1..top).for_each(|j| mass.push(mass[j - 1] * mean / j as f64));
        mass
    };
    let (arrivals, size) = (poisson(rate * d, 400), 400);
    let mut inside = vec![0.0; size];
    inside[0] = 1.0;
    // One handle time later everybody who was in service has gone.
    for _ in 0..1500 {
        let mut after = vec![0.0; size];
        for (n, p) in inside.iter().enumerate().filter(|(_, p)| **p > 1e-18) {
            let left = n.saturating_sub(c);
            (left..size).for_each(|k| after[k] += p * arrivals[k - left]);
        }
        inside = after;
    }
    let upto = |m: usize| inside[..=c + m].iter().sum::<f64>();
    let mass = poisson(rate * (d - t), c);
    (0..c).map(|j| upto(c - 1 - j) * mass[j]).sum()
}

/// A steady hour by itself, with a goal that lies between what two staffings reach: the fraction of an agent is where the
/// exact M/D/c levels of two staffings, joined by a line, cross the goal; the whole number is exact; one interval leaves
/// nothing to another. Three comparisons.
#[test]
fn an_interval_by_itself_is_that_of_theory() {
    let text = STEADY
        .replace("08:00-14:00", "08:00-09:00")
        .replace("[calendar]", "[calendar]\ninterval = \"60m\"")
        .replace("80% in", "76% in");
    let level = |agents: usize| fixed_handle_times(240.0, 300.0, agents, 20.0);
    let whole = (21..100).find(|agents| level(*agents) >= 0.76).expect("some number does");
    let (below, at) = (level(whole - 1), level(whole));
    let wanted = (whole - 1) as f64 + (0.76 - below) / (at - below);
    let after = |found: &Why, cause: &str| found.steps.iter().find(|step| step.cause == cause).unwrap().after;
    let model = model(&text);
    let fractions: Vec<f64> = (1..=5)
        .map(|seed| {
            let settings = Settings { seed, replications: 100, ..Settings::of(&model) };
            let question = Question { model: &model, settings: &settings, swing: 0.1 };
            let found = why(&question, &()).expect("it can be planned");
            assert!((after(&found, "whole agents in every interval") - whole as f64).abs() < 1e-9);
            assert!((after(&found, "intervals hang together") - whole as f64).abs() < 1e-9);
            after(&found, "contacts come at random")
        })
        .collect();
    let n = fractions.len() as f64;
    let mean = fractions.iter().sum::<f64>() / n;
    let spread = fractions.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    assert!((mean - wanted).abs() < 3.0 * (spread / n).sqrt(), "{fractions:?} for {wanted}");
    assert!(spread.sqrt() < 0.3, "{fractions:?}");
}

#[test]
fn a_bare_plan_is_the_whole_plan_without_what_stands_beside_it() {
    for text in [STEADY, MORNING] {
        let model = model(text);
        let whole = plan(&model, &Settings::of(&model), &()).expect("it can be planned");
        let bare = Settings { beside: false, ..Settings::of(&model) };
        let bare = plan(&model, &bare, &()).expect("it can be planned");
        assert_eq!(bare.groups, whole.groups);
        assert_eq!(bare.verdict, whole.verdict);
        assert!(bare.curve.is_empty() && bare.alternatives.is_empty() && bare.nine_in_ten.is_none());
    }
}

#[test]
fn bars_lead_from_the_work_to_what_is_scheduled() {
    // The bars add up whatever is certified: plans that may be wrong oftener are made sooner.
    let found = explained(&MORNING.replace("error = 1e-2", "error = 0.1"), true);
    let mut now = 0.0;
    for step in &found.steps {
        assert!((now + step.hours - step.after).abs() < 1e-9, "{step:?}");
        now = step.after;
    }
    assert!((now - found.needed.scheduled_hours).abs() < 1e-9);
    let causes: Vec<&str> = found.steps.iter().map(|step| step.cause).collect();
    let wanted = [
        "the work itself",
        "contacts come at random",
        "whole agents in every interval",
        "intervals hang together",
        "handle times vary",
        "several at once",
        "some hang up",
        "absence, late starts, learning",
        "some days are busier",
        "kept on most days, not on average",
        "cap on occupancy",
        "least and most people",
        "one number all day",
        "shrinkage",
    ];
    assert_eq!(causes, wanted);
}

#[test]
fn what_it_prints_is_pinned() {
    let lines = [
        "why steady.toml --no-files --quiet --replications 50",
        "why morning.toml --no-files --quiet --replications 40 --swing 20%",
        "why steady.toml --no-files --quiet --replications 20 --format csv",
        "why never.toml --no-files --quiet --replications 40",
        "why steady.toml --no-files --swing 0",
        "why steady.toml --no-files --agents crew=20",
    ];
    let never = STEADY.replace(
        "[plan]",
        "at_most = 15
[plan]",
    );
    let desk = [("steady.toml", STEADY), ("morning.toml", MORNING), ("never.toml", never.as_str())];
    insta::assert_snapshot!(told(&desk, &lines));
}

#[test]
fn threads_change_nothing() {
    let line = "why steady.toml --no-files --quiet --replications 40 --format json --threads";
    let with = |threads: u32| run(&[("steady.toml", STEADY)], &format!("{line} {threads}"));
    assert_eq!(with(1), with(2));
}
