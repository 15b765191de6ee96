//! `plan` for groups that share queues: an exact optimum, a reference case, random centres whose plans are checked on
//! customers of their own, bounds, and what is said when nothing helps. The long studies are ignored; run them with
//! `cargo test --release --test plan_groups -- --ignored --nocapture`.

#![allow(clippy::print_stdout)] // studies print what they found

use headcount::model::{GroupId, Model};
use headcount::montecarlo::{Job, Staffing, TargetOutcome, Verdict, measure};
use headcount::plan::{Answer, Event, PlanError, Reached, Settings, Watch, plan};
use headcount::scenario;
use headcount::stats::Fixed;
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Instant;

fn model(text: &str) -> Model {
    match scenario::from_text("test.toml", text, None, &[]) {
        Ok(scenario) => scenario.model,
        Err(faults) => panic!("{faults:?}"),
    }
}

/// Fewer replications, for tests that always run.
fn quick(model: &Model) -> Settings {
    Settings { replications: 200, most_replications: 4000, error: 1e-3, ..Settings::of(model) }
}

fn planned(model: &Model) -> Answer {
    plan(model, &quick(model), &()).expect("there is something to plan")
}

/// Most agents at once of every planned group, by name.
fn peaks(answer: &Answer) -> Vec<(&str, u32)> {
    answer.groups.iter().map(|group| (group.name.as_str(), group.peak())).collect()
}

/// The staffing of an answer.
fn staffing(model: &Model, answer: &Answer) -> Staffing {
    let mut staffing = Staffing::given(model);
    for group in &answer.groups {
        let id =
            model.groups.iter().position(|other| other.name == group.name).expect("a group of the model");
        for (i, &agents) in group.agents.iter().enumerate() {
            staffing.set(GroupId(id), i, agents);
        }
    }
    staffing
}

/// Targets that new customers, `contacts` of them, show to be missed by 3 standard errors.
fn shown_missed(model: &Model, answer: &Answer, contacts: f64) -> Vec<String> {
    let replications = (contacts / model.expected_contacts()).ceil() as u64;
    let staffing = staffing(model, answer);
    let finished = Job::new(model, &staffing, 987_654).run(&mut Fixed(replications));
    let outcome = measure(model, &staffing, &finished, 0.9973);
    let below = |target: &&headcount::montecarlo::TargetOutcome| {
        target.achieved.is_some_and(|achieved| achieved.high < target.goal)
    };
    let missed = outcome.targets.iter().filter(below);
    missed.map(|target| format!("{:?}: {:?} of {}", target.queue, target.achieved, target.goal)).collect()
}

/// Two queues, a desk for each and a crew that takes both; lines for the groups and for the plan.
fn desks(plan: &str, sales: &str, service: &str, both: &str) -> Model {
    model(&format!(
        r#"
[calendar]
open = "08:00-11:00"
[plan]
{plan}
[queue.sales]
arrivals = {{ per_hour = 60 }}
aht      = {{ exponential = {{ mean = "4m" }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
target   = "80% in 30s"
[queue.service]
arrivals = {{ per_hour = 50 }}
aht      = {{ exponential = {{ mean = "5m" }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
target   = "80% in 30s"
[group.sales-desk]
serves = ["sales"]
{sales}
[group.service-desk]
serves = ["service"]
{service}
[group.both]
serves = ["sales", "service"]
{both}
"#
    ))
}

/// Rates that make a skill cost a fifth more.
fn priced(more: [&str; 4]) -> Model {
    let [plan, sales, service, both] = more;
    desks(
        &format!("objective = \"cost\"\n{plan}"),
        &format!("cost_per_hour = 20\n{sales}"),
        &format!("cost_per_hour = 20\n{service}"),
        &format!("cost_per_hour = 24\n{both}"),
    )
}

#[test]
fn the_exact_optimum_of_a_small_centre_is_found() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/exact/staffing_opt.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: no reference values at {}", path.display());
        return;
    };
    let all: serde_json::Value = serde_json::from_str(&text).expect("reference values are JSON");
    let problem = &all["problems"]["OPT1_sl80_20"];
    // Rates per minute, as in the file: arrivals 1 and 0.8, handling 1/3 and 1/4, patience 1/2; within a third of one.
    assert_eq!(problem["inputs"]["lam"], serde_json::json!([1.0, 0.8]));
    assert_eq!(problem["inputs"]["con"], serde_json::json!(["sl_excl_short_ab", 0.8]));
    let centre = model(
        r#"
[calendar]
open = "08:00-16:00"
interval = "60m"
[run]
start = "steady"
[plan]
objective = "cost"
[queue.one]
arrivals = { per_hour = 60 }
aht      = { exponential = { mean = "3m" } }
patience = { exponential = { mean = "2m" } }
target   = { answered = "80%", within = "20s", definition = "ignore_early" }
[queue.two]
arrivals = { per_hour = 48 }
aht      = { exponential = { mean = "4m" } }
patience = { exponential = { mean = "2m" } }
target   = { answered = "80%", within = "20s", definition = "ignore_early" }
[group.ones]
serves = ["one"]
cost_per_hour = 1.0
[group.twos]
serves = ["two"]
cost_per_hour = 1.0
[group.both]
serves = ["one", "two"]
take = "in_order"
cost_per_hour = 1.2
"#,
    );
    let answer = planned(&centre);
    let best = problem["optimum_cost"].as_f64().expect("a number");
    let cost: f64 = answer.groups.iter().filter_map(|group| group.cost).sum::<f64>() / 8.0;
    assert!((cost - best).abs() < 1e-9, "{cost} against {best}: {:?}", peaks(&answer));
    assert_eq!(peaks(&answer), [("ones", 2), ("twos", 2), ("both", 4)]);
    assert_eq!((answer.verdict, &answer.reached), (Verdict::Met, &Reached::Found));
    // The exact levels of this staffing, 0.8408 and 0.8168, lie within 3 standard errors: 2 comparisons.
    let exact = &problem["feasible_near_optimal"][0];
    for (target, key) in answer.outcome.targets.iter().zip(["value_class1", "value_class2"]) {
        let (achieved, exact) = (target.achieved.expect("a level"), exact[key].as_f64().expect("a number"));
        let error = achieved.half_width() / 1.96;
        assert!((achieved.mean - exact).abs() < 3.0 * error, "{key}: {achieved:?} against {exact}");
    }
}

#[test]
fn what_is_said_of_a_plan_for_several_groups() {
    let centre = priced(["", "", "", ""]);
    let answer = planned(&centre);
    assert_eq!((answer.verdict, &answer.reached), (Verdict::Met, &Reached::Found));
    assert!(answer.certificate.statement.contains("meet every target"), "{}", answer.certificate.statement);
    assert!(answer.certificate.confirmation.first > answer.certificate.search.replications);
    assert_eq!(answer.groups.len(), 3);
    // One less of anybody is not shown to do, or the plan would have found it.
    assert!(!answer.one_less.is_empty());
    let cheaper = answer.one_less.iter().filter(|one| one.verdict == Verdict::Met).count();
    assert_eq!(cheaper, 0, "{:?}", answer.one_less);
    let bound = answer.lower_bound.as_ref().expect("groups with one number have a bound");
    assert!(bound.value > 0.0 && bound.value <= bound.answer);
    let [average, nine] = [answer.on_average.as_ref().unwrap(), answer.nine_in_ten.as_ref().unwrap()];
    assert!(nine.agents >= average.agents && nine.days_met.mean > 0.9);
    // The answer is spoken of by all that it was confirmed on, however many more those are than were asked for.
    assert!(answer.outcome.replications >= centre.run.replications.number());
    let kept = |target: &TargetOutcome| target.achieved.map(|level| (level.mean, level.replications));
    assert_eq!(
        answer.outcome.targets.first().and_then(kept),
        Some((average.level.mean, average.level.replications))
    );
    assert!(answer.binding.is_some() && !answer.alternatives.is_empty() && answer.curve.len() > 3);
    assert_eq!(shown_missed(&centre, &answer, 1e6), Vec::<String>::new());
}

#[test]
fn bounds_and_given_groups_are_kept() {
    let centre = priced(["headcount = 16", "agents = 3", "at_least = 2\nat_most = 4", ""]);
    let answer = planned(&centre);
    let found = peaks(&answer);
    assert_eq!(found.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["service-desk", "both"]);
    assert!((2..=4).contains(&found[0].1), "{found:?}");
    assert!(found[0].1 + found[1].1 + 3 <= 16, "{found:?}");
    assert_eq!(answer.verdict, Verdict::Met);
}

#[test]
fn too_few_people_is_an_answer_that_names_the_bound() {
    let answer = planned(&priced(["headcount = 8", "", "", ""]));
    let Reached::Unreachable { reason } = &answer.reached else { panic!("{:?}", answer.certificate) };
    assert!(reason.contains("the plan's headcount is 8"), "{reason}");
    assert_eq!(answer.verdict, Verdict::Missed);
    let most: u32 = peaks(&answer).iter().map(|(_, n)| n).sum();
    assert!(most <= 8);
    let answer = planned(&priced(["", "at_most = 2", "at_most = 2", "at_most = 3"]));
    let Reached::Unreachable { reason } = &answer.reached else { panic!("{:?}", answer.certificate) };
    assert!(reason.contains("may have at most"), "{reason}");
}

#[test]
fn groups_without_a_purpose_are_faults() {
    let text = r#"
[queue.a]
arrivals = { per_hour = 10 }
aht = { fixed = "5m" }
patience = { fixed = "5m" }
[queue.b]
arrivals = { per_hour = 10 }
aht = { fixed = "5m" }
patience = { fixed = "5m" }
[group.both]
serves = ["a", "b"]
"#;
    let centre = model(text);
    let fault = plan(&centre, &quick(&centre), &()).unwrap_err();
    assert_eq!(fault, PlanError::NoTarget { group: "both".to_owned(), queue: "a".to_owned() });
}

#[test]
fn one_thread_or_two_give_the_same_bytes() {
    let centre = desks("", "", "", "");
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let answer = pool.install(|| planned(&centre));
        let outcome = serde_json::to_string(&answer.outcome).expect("JSON");
        (serde_json::to_string(&answer).expect("JSON"), outcome)
    };
    assert_eq!(on(1), on(2));
}

/// Ends a search after so many candidates.
struct Impatient {
    left: AtomicU32,
    cancel: AtomicBool,
}

impl Watch for Impatient {
    fn event(&self, event: &Event<'_>) {
        if matches!(event, Event::Candidate { .. }) && self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.cancel.store(true, Ordering::Relaxed);
        }
    }

    fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }
}

#[test]
fn an_ended_search_gives_its_best_so_far() {
    let centre = desks("", "", "", "");
    for candidates in [1, 5, 40] {
        let watch = Impatient { left: AtomicU32::new(candidates), cancel: AtomicBool::new(false) };
        let answer = plan(&centre, &quick(&centre), &watch).expect("an answer");
        assert_eq!((answer.verdict, answer.outcome.interrupted), (Verdict::Undecided, true));
        assert!(
            answer.certificate.statement.starts_with("ended early; "),
            "{}",
            answer.certificate.statement
        );
        assert!(answer.groups.iter().any(|group| group.peak() > 0));
    }
}

#[test]
fn a_target_in_every_interval_is_kept_in_every_interval() {
    let centre = model(
        r#"
[calendar]
open = "08:00-11:00"
[queue.sales]
arrivals = { per_interval = [20, 30, 45, 50, 35, 20] }
aht      = { exponential = { mean = "4m" } }
patience = { exponential = { mean = "3m" } }
target   = "80% in 30s per interval"
[queue.service]
arrivals = { per_interval = [30, 40, 30, 20, 40, 50] }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = "70% in 60s per interval"
[group.sales-desk]
serves = ["sales"]
[group.both]
serves = ["sales", "service"]
"#,
    );
    let answer = planned(&centre);
    assert_eq!(answer.reached, Reached::Found);
    assert_ne!(answer.verdict, Verdict::Missed, "{}", answer.certificate.statement);
    let staffing = staffing(&centre, &answer);
    let finished = Job::new(&centre, &staffing, 777).run(&mut Fixed(3000));
    let outcome = measure(&centre, &staffing, &finished, 0.95);
    let mut compared = 0;
    for (queue, goal) in outcome.queues.iter().zip([0.8, 0.7]) {
        for level in queue.intervals.iter().filter_map(|interval| interval.service_level) {
            // On 200 replications no interval was shown below its goal by 3 standard errors; these are 15 times as many.
            let error = level.half_width() / 1.96;
            assert!(level.mean + 3.0 * error * (15.0_f64.sqrt() + 1.0) > goal, "{} {level:?}", queue.name);
            compared += 1;
        }
    }
    assert_eq!(compared, 12);
}

/// A random centre of two or three queues and as many groups, every queue served by somebody.
fn random_centre(random: &mut Xoshiro256PlusPlus) -> String {
    let queues = random.random_range(2..=3_usize);
    let groups = random.random_range(2..=3_usize);
    let mut text = String::from("[calendar]\nopen = \"08:00-10:00\"\n[plan]\nobjective = \"cost\"\n");
    for q in 0..queues {
        let calls = random.random_range(20..90);
        let aht = random.random_range(120..420);
        let patience = random.random_range(60..400);
        let (share, within) = (random.random_range(70..93), random.random_range(10..90));
        write!(
            text,
            "[queue.q{q}]\narrivals = {{ per_hour = {calls} }}\naht = {{ exponential = {{ mean = \"{aht}s\" }} }}\n\
             patience = {{ exponential = {{ mean = \"{patience}s\" }} }}\ntarget = \"{share}% in {within}s\"\n"
        )
        .expect("text grows");
    }
    for g in 0..groups {
        let mut serves: Vec<usize> = (0..queues).filter(|_| random.random::<f64>() < 0.5).collect();
        // Every queue has a group of its number, or the last one.
        serves.extend((0..queues).filter(|q| (*q).min(groups - 1) == g));
        if serves.is_empty() {
            serves.push(0);
        }
        serves.sort_unstable();
        serves.dedup();
        let names: Vec<String> = serves.iter().map(|q| format!("\"q{q}\"")).collect();
        let cost = 1.0 + 0.1 * (serves.len() - 1) as f64;
        write!(text, "[group.g{g}]\nserves = [{}]\ncost_per_hour = {cost}\n", names.join(", "))
            .expect("text grows");
    }
    text
}

/// Plans random centres; how many were met, how many comparisons with new customers were made, and what was shown missed.
fn random_study(seed: u64, centres: usize, contacts: f64) -> (usize, usize, Vec<String>) {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let (mut met, mut compared, mut wrong) = (0, 0, Vec::new());
    for _ in 0..centres {
        let text = random_centre(&mut random);
        let centre = model(&text);
        let answer = planned(&centre);
        if answer.verdict == Verdict::Met {
            met += 1;
            compared += answer.outcome.targets.len();
            let missed = shown_missed(&centre, &answer, contacts);
            wrong.extend(missed.into_iter().map(|what| format!("{what}\n{text}\n{:?}", peaks(&answer))));
        }
    }
    (met, compared, wrong)
}

#[test]
fn no_plan_of_a_random_centre_is_met_in_words_only() {
    let (met, compared, wrong) = random_study(1, 10, 2e5);
    assert!(met >= 8, "{met} of 10 met");
    assert!(compared >= 16);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "long: 200 centres, each checked on a million customers"]
fn study_random_centres() {
    let start = Instant::now();
    let centres = std::env::var("CENTRES").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let (met, compared, wrong) = random_study(2, centres, 1e6);
    println!(
        "{met} of {centres} met; {compared} comparisons; {} shown missed; {:.0?}",
        wrong.len(),
        start.elapsed()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "long: six groups, half a minute in release"]
fn study_four_types_and_six_groups() {
    let rates = [120, 90, 60, 36];
    let minutes = [5, 4, 6, 5];
    let mut text = String::from(
        "[calendar]\nopen = \"00:00-09:00\"\ninterval = \"60m\"\n[run]\nwarm_up = \"60m\"\n[plan]\nobjective = \"cost\"\n",
    );
    for (q, (rate, aht)) in rates.iter().zip(minutes).enumerate() {
        write!(
            text,
            "[queue.q{}]\narrivals = {{ per_hour = {rate} }}\naht = {{ lognormal = {{ mean = \"{aht}m\", cv = 1.0 }} }}\n\
             patience = {{ exponential = {{ mean = \"5m\" }} }}\ntarget = \"80% in 20s\"\n",
            q + 1
        )
        .expect("text grows");
    }
    let groups: [(&str, &str, f64); 6] = [
        ("g1", "\"q1\"", 1.0),
        ("g2", "\"q2\"", 1.0),
        ("g12", "\"q1\", \"q2\"", 1.1),
        ("g23", "\"q2\", \"q3\"", 1.1),
        ("g34", "\"q3\", \"q4\"", 1.1),
        ("g1234", "\"q1\", \"q2\", \"q3\", \"q4\"", 1.3),
    ];
    for (name, serves, cost) in groups {
        write!(text, "[group.{name}]\nserves = [{serves}]\ncost_per_hour = {cost}\n").expect("text grows");
    }
    let centre = model(&text);
    let start = Instant::now();
    let answer = plan(&centre, &Settings::of(&centre), &()).expect("a plan");
    let cost: f64 = answer.groups.iter().filter_map(|group| group.cost).sum::<f64>() / 9.0;
    println!("{:?} cost {cost:.1}, {:?}, {:.0?}", peaks(&answer), answer.verdict, start.elapsed());
    println!("{}; bound {:?}", answer.certificate.statement, answer.lower_bound);
    assert_eq!(answer.verdict, Verdict::Met);
    assert!(cost <= 32.2 + 1e-9, "{cost}");
    assert_eq!(shown_missed(&centre, &answer, 1e7), Vec::<String>::new());
}
