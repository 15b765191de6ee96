//! A month put together from single days against a month that is played as a whole, day after day.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::desk::told;
use common::*;
use headcount::engine::Staffing;
use headcount::model::*;
use headcount::montecarlo::{Job, Outcome, measure};
use headcount::plan::{Reached, Settings, plan};
use headcount::scenario;
use headcount::stats::{Estimate, Fixed};
use headcount::units::Micros;

/// A small desk, open from 8 to 14 h, on so many days; nobody is left over at night.
fn desk(days: usize, agents: u32, cv: f64) -> Model {
    let open = opening(days, 24, 8..14);
    let hours = days * 24;
    let volumes = (0..hours).map(|i| if (8..14).contains(&(i % 24)) { 20.0 } else { 0.0 }).collect();
    let handle = Law::constant(Shape::Exponential, 300.0);
    let mut phone = queue("phone", &open, volumes, handle, vec![to(0)]);
    phone.patience = Some(Law::constant(Shape::Exponential, 180.0));
    let within = Micros::from_secs(20);
    let goal = Goal::Answered { share: 0.8, within, definition: Definition::Offered };
    // 21 days in a row are a month, and a run: the second is what is played.
    let per = if days == 1 { Per::Month } else { Per::Run };
    phone.targets = vec![Target { goal, per, on_days: Some(0.5), floor: None, penalties: Vec::new() }];
    let crew = group("crew", &open, &[0], vec![agents; hours]);
    let mut model = model(calendar(days, Micros::HOUR, open), vec![phone], vec![crew]);
    model.demand.day_factor_cv = cv;
    model
}

fn played(model: &Model, replications: u64) -> Outcome {
    let staffing = Staffing::given(model);
    let finished = Job::new(model, &staffing, 5).run(&mut Fixed(replications));
    measure(model, &staffing, &finished, 0.997_300_203_936_740)
}

fn kept(model: &Model, replications: u64) -> Estimate {
    played(model, replications).targets[0].days_met.expect("somebody came")
}

/// Two comparisons at 3 standard errors of both together.
#[test]
fn days_put_together_are_a_month_that_was_played() {
    for (agents, cv) in [(3, 0.0), (3, 0.2)] {
        let (days, months) = (kept(&desk(1, agents, cv), 20_000), kept(&desk(21, agents, cv), 3000));
        let apart = days.half_width().hypot(months.half_width());
        assert!((days.mean - months.mean).abs() < apart, "{agents} {cv}: {days:?} {months:?}");
        assert!((0.02..0.98).contains(&months.mean), "nothing is compared: {months:?}");
    }
}

#[test]
fn the_same_on_any_number_of_threads() {
    let model = desk(1, 3, 0.1);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| kept(&model, 2000))
    };
    assert_eq!(on(1), on(3));
}

/// The fewest agents for nine months in ten, planned from single days, keep nine of ten months that are played as a whole,
/// and one agent fewer does not. Two comparisons.
#[test]
fn a_plan_for_months_holds_for_months_that_are_played() {
    let planned = |groups: &mut Group| groups.staff = Staff::Planned;
    let mut model = desk(1, 0, 0.1);
    model.queues[0].targets[0].on_days = Some(0.9);
    model.groups.iter_mut().for_each(planned);
    model.groups[0].plan = PlanBy::Flat;
    let settings = Settings { beside: false, ..Settings::of(&model) };
    let answer = plan(&model, &settings, &()).expect("there is something to plan");
    assert_eq!(answer.reached, Reached::Found);
    let agents = answer.groups[0].agents[9];
    let (enough, fewer) = (kept(&desk(21, agents, 0.1), 2000), kept(&desk(21, agents - 1, 0.1), 2000));
    assert!(enough.high >= 0.9, "{agents}: {enough:?}");
    assert!(fewer.low < 0.9, "{agents} - 1: {fewer:?}");
    // The plan's own figure is a share of months, not of days.
    let met = answer.outcome.targets[0].days_met.expect("somebody came");
    assert!(met.low <= enough.high && enough.low <= met.high, "{met:?} {enough:?}");
}

/// Days of a warm-up are none of a month's: runs of five days of which one counts are put together like single days. One
/// comparison at 3 standard errors of both together.
#[test]
fn days_of_a_warm_up_are_not_counted() {
    let (agents, cv) = (3, 0.2);
    let mut warm = desk(5, agents, cv);
    warm.queues[0].targets[0].per = Per::Month;
    warm.run.warm_up = Micros(4 * 24 * Micros::HOUR.0);
    assert_eq!((warm.counted_days(), warm.runs_of(Per::Month)), (1, 21));
    let (warm, days) = (kept(&warm, 10_000), kept(&desk(1, agents, cv), 20_000));
    let apart = warm.half_width().hypot(days.half_width());
    assert!((warm.mean - days.mean).abs() < apart, "{warm:?} {days:?}");
}

const MONTH: &str = r#"
name = "desk"
[calendar]
open = "08:00-14:00"
[run]
replications = 2000
[queue.phone]
arrivals = { per_hour = 20 }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = { answered = "80%", within = "20s", per = "month", on_days = "50%" }
[group.crew]
serves = ["phone"]
plan   = "flat"
[plan]
error = 1e-2
"#;

/// What the program says of a month in all the places that count: months, and how they are put together.
#[test]
fn what_is_said_of_months_is_of_months() {
    let warm = MONTH
        .replace("[run]", "[run]\nwarm_up = \"4d\"")
        .replace("[calendar]", "[calendar]\ndays = 5")
        .replace("2000", "50");
    let staffed = MONTH.replace("plan   = \"flat\"", "agents = 6");
    let files = [("warm.toml", warm.as_str()), ("month.toml", MONTH), ("staffed.toml", staffed.as_str())];
    let said = |line: &str| told(&files, &[line]).split_whitespace().collect::<Vec<_>>().join(" ");
    let check = said("check warm.toml");
    assert!(!check.contains("warning"), "{check}");
    let echo = "phone: a month is put together from 21 independent runs like this one";
    assert!(check.contains(echo), "{check}");
    let simulated = said("simulate warm.toml --no-files --quiet --agents crew=4");
    let note = "a month is put together from 21 runs of 1 counted day like this one";
    assert!(simulated.contains(note), "{simulated}");
    let planned = said("plan month.toml --no-files --quiet --format json");
    assert!(planned.contains("of months"), "{planned}");
    let spared = said("slack staffed.toml --no-files --quiet");
    assert!(spared.contains("of months") && !spared.contains("of days"), "{spared}");
}

/// Two groups that share a queue, each queue with a promise on every other month.
const SKILLS: &str = r#"
name = "skills"
[calendar]
open = "08:00-12:00"
[run]
replications = 500
[queue.phone]
arrivals = { per_hour = 30 }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = { answered = "80%", within = "20s", per = "month", on_days = "50%" }
[queue.chat]
arrivals = { per_hour = 30 }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = { answered = "80%", within = "20s", per = "month", on_days = "50%" }
[group.crew]
serves = ["phone"]
plan   = "flat"
[group.both]
serves = ["phone", "chat"]
plan   = "flat"
[plan]
error = 1e-2
"#;

/// What one agent less would do is told of months, as its verdict is: single days are kept now and then, no month is.
#[test]
fn one_agent_less_of_several_groups_is_told_in_months() {
    let mut model = scenario::from_text("skills.toml", SKILLS, None, &[]).expect("a scenario").model;
    let answer = plan(&model, &Settings::of(&model), &()).expect("there is something to plan");
    let [less] = answer.one_less.as_slice() else {
        panic!("one group can have one less: {:?}", answer.one_less)
    };
    assert_eq!(less.target.as_deref(), Some("phone: 80% within 20s on 50% of months"));
    let level = less.level.expect("somebody came");
    let mut fewer = Staffing::given(&model);
    for (id, group) in model.planned_groups().zip(&answer.groups) {
        let one = u32::from(group.name == less.group);
        group.agents.iter().enumerate().for_each(|(i, &agents)| fewer.set(id, i, agents.saturating_sub(one)));
    }
    model.queues[0].targets[0].per = Per::Day;
    let finished = Job::new(&model, &fewer, 5).run(&mut Fixed(500));
    let days = measure(&model, &fewer, &finished, 0.95).targets[0].days_met.expect("somebody came");
    assert!(days.low > 0.05 && level.mean < 0.05, "{days:?} {level:?}");
}
