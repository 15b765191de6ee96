//! `plan` on whole scenarios: the reference cases, random queues with a known answer, and what is said when nothing
//! helps. The long studies are ignored; run them with `cargo test --release --test plan -- --ignored --nocapture`.

#![allow(clippy::print_stdout)] // studies print what they found

#[path = "common/day48.rs"]
mod day48;

use day48::CALLS;
use headcount::erlang::{self, Demand, agents_needed};
use headcount::model::{GroupId, Model};
use headcount::montecarlo::{Job, Staffing, Verdict, measure};
use headcount::plan::{Answer, Bound, Event, Label, PlanError, Reached, Settings, Watch, plan};
use headcount::scenario;
use headcount::stats::Fixed;
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// The model of a scenario text.
fn model(text: &str) -> Model {
    match scenario::from_text("test.toml", text, None, &[]) {
        Ok(scenario) => scenario.model,
        Err(faults) => panic!("{faults:?}"),
    }
}

/// One queue of 240 calls an hour from 8 to 12, AHT 5 minutes, patience 3 minutes, with more lines for the queue and for
/// its group.
fn phone(queue: &str, group: &str) -> Model {
    model(&format!(
        r#"
[calendar]
open = "08:00-12:00"
[queue.phone]
arrivals = {{ per_hour = 240 }}
aht      = {{ exponential = {{ mean = "5m" }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
{queue}
[group.agents]
serves = ["phone"]
{group}
"#
    ))
}

const NINETY: &str = r#"target = "90% in 2m""#;

/// The settings of a model with fewer replications, for tests that always run.
fn quick(model: &Model) -> Settings {
    Settings { replications: 300, ..Settings::of(model) }
}

fn planned(model: &Model) -> Answer {
    plan(model, &quick(model), &()).expect("there is something to plan")
}

/// The day of 48 half-hours of the reference cases, with the given target.
fn day48(target: &str) -> Model {
    model(&format!(
        r#"
[queue.phone]
arrivals = {{ per_interval = {CALLS} }}
aht      = {{ lognormal = {{ mean = "5m", cv = 1.0 }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
target   = {target}
[group.agents]
serves = ["phone"]
"#
    ))
}

/// The staffing of an answer with one planned group.
fn staffing(model: &Model, answer: &Answer) -> Staffing {
    let mut staffing = Staffing::given(model);
    for (i, &agents) in answer.groups[0].agents.iter().enumerate() {
        staffing.set(GroupId(0), i, agents);
    }
    staffing
}

/// Levels of every interval on replications with another seed, each with its standard error.
fn intervals(model: &Model, staffing: &Staffing, replications: u64) -> Vec<(f64, f64)> {
    let finished = Job::new(model, staffing, 777).run(&mut Fixed(replications));
    let outcome = measure(model, staffing, &finished, 0.95);
    let levels = outcome.queues[0].intervals.iter().filter_map(|interval| interval.service_level);
    levels.map(|level| (level.mean, level.half_width() / 1.96)).collect()
}

#[test]
fn one_number_and_what_stands_beside_it() {
    let model = phone(NINETY, "shrinkage = \"30%\"\ncost_per_hour = 20");
    let answer = planned(&model);
    assert_eq!((answer.verdict, &answer.reached), (Verdict::Met, &Reached::Found));
    assert_eq!(answer.certificate.statement, "21 agents meet every target, 20 miss");
    assert_eq!(
        (answer.certificate.label, answer.certificate.fewer),
        (Label::Simulated, Some(Verdict::Missed))
    );
    assert_eq!(answer.binding.as_deref(), Some("phone: 90% within 2m"));
    assert!(answer.certificate.confirmation.first > answer.certificate.search.replications);
    let group = &answer.groups[0];
    assert_eq!((group.peak(), group.scheduled_peak(), group.agent_hours), (21, 30, 84.0));
    assert_eq!((group.scheduled_hours, group.cost, group.agents[15]), (120.0, Some(2400.0), 0));
    let average = answer.on_average.as_ref().unwrap();
    let nine = answer.nine_in_ten.as_ref().unwrap();
    assert_eq!((average.agents, nine.agents, nine.scheduled), (21, 22, 32));
    assert!(
        average.level.low > 0.9
            && nine.days_met.mean > 0.93
            && nine.lost_per_day.mean < average.lost_per_day.mean
    );
    let formulas: Vec<(&str, u32)> =
        answer.alternatives.iter().map(|a| (a.name.as_str(), a.agents)).collect();
    assert_eq!(formulas, [("Erlang C", 24), ("Erlang A", 21)]);
    assert_eq!(
        answer.curve.iter().map(|point| point.agents).collect::<Vec<_>>(),
        (18..=24).collect::<Vec<_>>()
    );
    assert!(answer.curve.windows(2).all(|pair| pair[0].level.mean < pair[1].level.mean));
    assert_eq!((answer.outcome.verdict(), answer.outcome.replications), (Some(Verdict::Met), 300));
}

#[test]
fn every_target_holds_and_the_last_one_binds() {
    let model = phone(r#"target = [ { answered = "90%", within = "2m" }, { abandoned = "3%" } ]"#, "");
    let answer = planned(&model);
    assert_eq!((answer.groups[0].peak(), answer.verdict), (24, Verdict::Met));
    assert_eq!(answer.binding.as_deref(), Some("phone: at most 3% hang up"));
    assert_eq!(answer.outcome.targets.len(), 2);
}

#[test]
fn a_share_of_days_may_be_asked_for() {
    let model = phone(r#"target = { answered = "90%", within = "2m", on_days = "97%" }"#, "");
    let answer = planned(&model);
    let [average, nine] = [answer.on_average.as_ref().unwrap(), answer.nine_in_ten.as_ref().unwrap()];
    assert_eq!((average.agents, nine.agents), (21, 22));
    assert_eq!((answer.groups[0].peak(), answer.verdict), (23, Verdict::Met));
    assert_eq!(answer.binding.as_deref(), Some("phone: 90% within 2m on 97% of days"));
}

#[test]
fn mean_waits_and_caps_on_occupancy_are_targets_too() {
    let answer = planned(&phone(r#"target = { asa = "20s" }"#, ""));
    assert_eq!(answer.verdict, Verdict::Met);
    let level = answer.on_average.as_ref().unwrap().level;
    assert!(level.mean < 20.0 && level.mean > 10.0, "{level:?}");
    let answer = planned(&phone(NINETY, "max_occupancy = \"80%\""));
    assert_eq!(answer.binding.as_deref(), Some("agents: busy for at most 80% of the time"));
    assert_eq!(answer.outcome.verdict(), Some(Verdict::Met));
}

#[test]
fn bounds_are_kept_and_named() {
    let answer = planned(&phone(NINETY, "at_least = 26"));
    assert_eq!((answer.groups[0].peak(), answer.binding), (26, None));
    assert_eq!(answer.certificate.statement, "26 agents meet every target, the fewest allowed");
    let answer = planned(&phone(NINETY, "at_most = 12"));
    assert_eq!(answer.verdict, Verdict::Missed);
    let Reached::Unreachable { reason } = answer.reached else { panic!("12 agents cannot do it") };
    let wanted = "phone: 90% within 2m cannot be kept: group agents may have at most 12 agents; they give ";
    assert!(reason.starts_with(wanted), "{reason}");
    assert_eq!((answer.groups[0].peak(), answer.on_average, answer.nine_in_ten), (12, None, None));
}

#[test]
fn what_no_agents_can_do_is_said_with_its_reason() {
    let answer = planned(&phone("lines = 18\ntarget = \"90% in 2m\"", ""));
    let Reached::Unreachable { reason } = answer.reached else { panic!("18 lines block too many") };
    assert!(reason.contains("cannot be kept by any number of agents: even plenty give 7"), "{reason}");
    assert!(reason.contains("find all lines or places taken"), "{reason}");
}

#[test]
fn an_interval_that_cannot_be_served_is_named() {
    let model = phone(
        r#"target = { answered = "90%", within = "2m", per = "interval" }"#,
        "plan = \"flat\"\nat_most = 9",
    );
    let answer = planned(&model);
    assert!(matches!(answer.reached, Reached::Unreachable { .. }));
    let text = r#"
[calendar]
open = "08:00-10:00"
[queue.phone]
arrivals = { per_interval = [40, 90, 60, 30] }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = { answered = "80%", within = "20s", per = "interval" }
[group.agents]
serves  = ["phone"]
at_most = 14
"#;
    let Reached::Unreachable { reason } = planned(&model_of(text)).reached else {
        panic!("14 are too few at 08:30")
    };
    assert!(
        reason.contains("(first in the interval at 08:30): group agents may have at most 14 agents"),
        "{reason}"
    );
}

fn model_of(text: &str) -> Model {
    model(text)
}

#[test]
fn faults_are_told_in_plain_words() {
    let fault = |model: &Model| plan(model, &quick(model), &()).unwrap_err();
    assert_eq!(fault(&phone(NINETY, "agents = 20")), PlanError::NothingPlanned);
    let fault_text = fault(&phone("", "")).to_string();
    assert!(fault_text.contains("queue phone has no `target`"), "{fault_text}");
}

#[test]
fn two_queues_two_groups_and_a_third_that_helps() {
    let text = r#"
[calendar]
open = "08:00-12:00"
[queue.phone]
arrivals = { per_hour = 60 }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = "80% in 20s"
route    = ["first", "help"]
[queue.chat]
channel  = "chat"
arrivals = { per_hour = 40 }
aht      = { exponential = { mean = "6m" } }
patience = { exponential = { mean = "3m" } }
target   = "80% in 60s"
[group.first]
serves = ["phone"]
[group.help]
serves = ["phone"]
agents = 2
[group.chatters]
serves = ["chat"]
"#;
    let answer = planned(&model(text));
    assert_eq!(answer.verdict, Verdict::Met, "{:?}", answer.certificate);
    let sizes: Vec<(&str, u32)> =
        answer.groups.iter().map(|group| (group.name.as_str(), group.peak())).collect();
    assert_eq!(sizes, [("first", 5), ("chatters", 6)]);
    assert_eq!(answer.on_average.as_ref().unwrap().agents, 11);
}

/// Cancels when the search begins to test.
struct Impatient(AtomicBool);

impl Watch for Impatient {
    fn event(&self, event: &Event<'_>) {
        if matches!(event, Event::Progress { .. } | Event::Next { .. }) {
            self.0.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    }
    fn cancel(&self) -> &AtomicBool {
        &self.0
    }
}

#[test]
fn an_interrupted_search_gives_its_best_so_far() {
    for target in [NINETY, r#"target = { answered = "90%", within = "2m", per = "interval" }"#] {
        let mut model = phone(target, "");
        model.queues[0].volumes[16] = 90.0;
        let answer = plan(&model, &Settings::of(&model), &Impatient(AtomicBool::new(false))).unwrap();
        assert_eq!(answer.verdict, Verdict::Undecided);
        assert!(answer.certificate.statement.starts_with("ended early"), "{}", answer.certificate.statement);
        assert!(answer.groups[0].peak() > 10 && answer.outcome.interrupted);
        assert_eq!(answer.nine_in_ten, None, "days were never looked at");
        assert!(!answer.notes.iter().any(|note| note.contains("every interval has the fewest")));
    }
}

#[test]
fn a_plan_that_falls_short_does_not_claim_that_every_interval_reaches_its_goal() {
    let target = r#"target = { answered = "90%", within = "2m", per = "interval" }"#;
    let answer = planned(&phone(target, "at_most = 12"));
    assert!(matches!(answer.reached, Reached::Unreachable { .. }));
    assert!(
        !answer.notes.iter().any(|note| note.contains("every interval has the fewest")),
        "{:?}",
        answer.notes
    );
}

#[test]
fn the_answer_does_not_depend_on_the_number_of_threads() {
    let mut model = phone(r#"target = { answered = "80%", within = "20s", per = "interval" }"#, "");
    for (i, volume) in [(16, 60.0), (17, 140.0), (20, 80.0)] {
        model.queues[0].volumes[i] = volume;
    }
    let settings = Settings { replications: 100, ..Settings::of(&model) };
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let answer = pool.install(|| plan(&model, &settings, &()).unwrap());
        serde_json::to_string(&(&answer, &answer.outcome)).unwrap()
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn no_interval_has_an_agent_too_many_or_too_few() {
    let text = r#"
[calendar]
open = "08:00-11:00"
[queue.phone]
arrivals = { per_interval = [40, 110, 150, 90, 30, 0] }
aht      = { lognormal = { mean = "5m", cv = 1.0 } }
patience = { exponential = { mean = "3m" } }
target   = { answered = "80%", within = "20s", per = "interval" }
[group.agents]
serves = ["phone"]
at_least = 1
"#;
    let model = model(text);
    let answer = planned(&model);
    assert_eq!(answer.reached, Reached::Found);
    assert_eq!(answer.groups[0].agents[21], 1, "nobody comes, but one must be there");
    let fresh = intervals(&model, &staffing(&model, &answer), 1500);
    assert!(fresh.iter().all(|(level, error)| level + 3.0 * error >= 0.8), "{fresh:?}");
    for (k, i) in (16..21).enumerate() {
        let mut fewer = staffing(&model, &answer);
        fewer.set(GroupId(0), i, answer.groups[0].agents[i] - 1);
        assert!(intervals(&model, &fewer, 1500)[k].0 < 0.805, "interval {i}");
    }
}

#[test]
fn a_target_over_the_day_leaves_no_interval_below_its_floor() {
    let text = r#"
[calendar]
open = "08:00-11:00"
[queue.phone]
arrivals = { per_interval = [10, 110, 150, 90, 15, 8] }
aht      = { lognormal = { mean = "5m", cv = 1.0 } }
patience = { exponential = { mean = "3m" } }
target   = { answered = "80%", within = "20s", floor = "70%" }
[group.agents]
serves = ["phone"]
"#;
    let model = model(text);
    let answer = planned(&model);
    assert_eq!((answer.verdict, &answer.reached), (Verdict::Met, &Reached::Found));
    assert!(
        answer.certificate.statement.contains("agent-hours meet every target"),
        "{}",
        answer.certificate.statement
    );
    let fresh = intervals(&model, &staffing(&model, &answer), 1500);
    assert!(fresh.iter().all(|(level, error)| level + 3.0 * error >= 0.7), "{fresh:?}");
}

/// A steady queue with a known answer.
struct Instance {
    model: Model,
    exact: u32,
}

/// Random M/M/n+M queues, the same for the same number.
fn instance(number: u64) -> Instance {
    instance_with(number, "exponential", "")
}

/// The same with handle times of another law of the same mean; `exact` stays that of exponential ones.
fn instance_with(number: u64, law: &str, spread: &str) -> Instance {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    for _ in 0..5 {
        uniform();
    }
    let aht_s = (60.0 + 540.0 * uniform()).round();
    let load = 1.5 * 30f64.powf(uniform());
    let per_hour = (load * 3600.0 / aht_s).round().max(1.0);
    let patience_s = (30.0 + 570.0 * uniform()).round();
    let share = (70.0 + 27.0 * uniform()).round() / 100.0;
    let within_s = [10.0, 20.0, 30.0, 60.0, 120.0][(5.0 * uniform()) as usize];
    let model = model(&format!(
        r#"
[calendar]
open = "08:00-20:00"
[run]
start = "steady"
[queue.phone]
arrivals = {{ per_hour = {per_hour} }}
aht      = {{ {law} = {{ mean = "{aht_s}s"{spread} }} }}
patience = {{ exponential = {{ mean = "{patience_s}s" }} }}
target   = {{ answered = {share}, within = "{within_s}s" }}
[group.agents]
serves = ["phone"]
"#
    ));
    let demand = Demand::calls(per_hour, aht_s).with_patience(patience_s);
    let goal = erlang::Goal::ServiceLevel { definition: erlang::Definition::Offered, share, within_s };
    Instance { model, exact: agents_needed(&demand, &goal).unwrap() }
}

/// Whether an instance was decided; panics on certainty that is wrong.
fn decided(number: u64, replications: u64, watch: &dyn Watch) -> bool {
    let Instance { model, exact } = instance(number);
    let settings = Settings { use_exact: false, replications, ..Settings::of(&model) };
    let answer = plan(&model, &settings, watch).unwrap();
    let (agents, fewer) = (answer.groups[0].peak(), answer.certificate.fewer);
    let words = || format!("instance {number}: {exact} exact, {}", answer.certificate.statement);
    assert_eq!(answer.reached, Reached::Found, "{}", words());
    assert!(answer.verdict != Verdict::Met || agents >= exact, "too few: {}", words());
    let certain = answer.verdict == Verdict::Met && (fewer == Some(Verdict::Missed) || agents == 0);
    assert!(!certain || agents == exact, "wrong: {}", words());
    if !certain {
        println!("undecided: {}", words());
    }
    certain
}

#[test]
fn steady_queues_get_the_exact_answer_or_none() {
    let decided = (1..=10).filter(|&number| decided(number, 50, &())).count();
    assert!(decided >= 7, "only {decided} of 10 were decided");
}

#[test]
fn theory_answers_where_it_is_exact() {
    let Instance { model, exact } = instance(1);
    let answer = planned(&model);
    assert_eq!(
        (answer.groups[0].peak(), answer.verdict, answer.certificate.label),
        (exact, Verdict::Met, Label::Exact)
    );
    assert!(
        answer.certificate.statement.ends_with("miss: solved exactly"),
        "{}",
        answer.certificate.statement
    );
    assert!(answer.outcome.targets[0].verdict == Verdict::Met && answer.nine_in_ten.is_some());
}

/// Counts the replications of a plan's first search, which is for what was asked: those of every candidate until its
/// verdict.
#[derive(Default)]
struct Effort(std::sync::Mutex<(u32, Vec<u64>)>);

impl Watch for Effort {
    fn event(&self, event: &Event<'_>) {
        let mut seen = self.0.lock().unwrap();
        match event {
            Event::Stage(stage) => {
                seen.0 += u32::from(seen.0 > 0 || *stage == "looking for the fewest agents");
            }
            Event::Candidate { .. } if seen.0 == 1 => seen.1.push(0),
            Event::Progress { done, .. } if seen.0 == 1 => {
                seen.1.last_mut().into_iter().for_each(|last| *last = *done);
            }
            _ => {}
        }
    }
}

#[test]
#[ignore = "a study of ten minutes"]
fn study_1000_steady_queues() {
    let start = Instant::now();
    let (mut certain, mut efforts) = (0, Vec::new());
    for number in 1..=1000 {
        let Instance { model, .. } = instance(number);
        let effort = Effort::default();
        certain += usize::from(decided(number, 250, &effort));
        let replications: u64 = effort.0.lock().unwrap().1.iter().sum();
        efforts.push(replications as f64 * model.expected_contacts());
    }
    efforts.sort_by(f64::total_cmp);
    println!(
        "{certain} of 1000 decided, none wrongly, in {:.1?}; contacts of a search: median {:.0}, nine in ten {:.0}",
        start.elapsed(),
        efforts[500],
        efforts[900]
    );
}

/// Lognormal handle times, where no theory is exact: whatever was certain against a long run of new customers. Of 2,000
/// comparisons one beyond four standard errors is expected once in sixteen studies.
#[test]
#[ignore = "a study of ten minutes"]
fn study_1000_lognormal_queues() {
    let start = Instant::now();
    let (mut certain, mut compared, mut efforts, mut beyond) = (0, 0, Vec::new(), Vec::new());
    for number in 1..=1000 {
        let Instance { model, .. } = instance_with(number, "lognormal", ", cv = 1.0");
        let settings =
            Settings { use_exact: false, replications: 250, beside: false, ..Settings::of(&model) };
        let effort = Effort::default();
        let answer = plan(&model, &settings, &effort).unwrap();
        let replications: u64 = effort.0.lock().unwrap().1.iter().sum();
        efforts.push(replications as f64 * model.expected_contacts());
        let fewer = answer.certificate.fewer == Some(Verdict::Missed);
        if answer.verdict != Verdict::Met || !fewer {
            continue;
        }
        certain += 1;
        let agents = answer.groups[0].peak();
        let replications = (2e6 / model.expected_contacts()).ceil() as u64;
        for (agents, keeps) in [(agents, true), (agents - 1, false)] {
            let mut staffing = Staffing::given(&model);
            staffing.set_flat(&model, GroupId(0), agents);
            let job = Job { first: 1 << 55, ..Job::new(&model, &staffing, settings.seed) };
            let outcome = measure(&model, &staffing, &job.run(&mut Fixed(replications)), 0.95);
            let target = &outcome.targets[0];
            let level = target.achieved.unwrap();
            let errors = (level.mean - target.goal) / (level.half_width() / 1.96);
            compared += 1;
            if (keeps && errors < -4.0) || (!keeps && errors > 4.0) {
                beyond.push(format!("{number}: {agents} agents give {level:?} for {}", target.goal));
            }
        }
    }
    efforts.sort_by(f64::total_cmp);
    println!(
        "{certain} of 1000 decided in {:.1?}; {compared} long runs, beyond 4 standard errors on the wrong side: {beyond:?}; \
         contacts of a search: median {:.0}, nine in ten {:.0}",
        start.elapsed(),
        efforts[500],
        efforts[900]
    );
    assert!(beyond.is_empty());
}

/// Processor time of this process so far, where the system tells it: other work on the machine does not count.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: f64 = stat.split_whitespace().skip(13).take(2).filter_map(|t| t.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// Tells what a plan spends its time on.
struct Clock(f64);

impl Watch for Clock {
    fn event(&self, event: &Event<'_>) {
        if !matches!(event, Event::Progress { .. }) {
            println!("{:6.2} s {event:?}", cpu_s() - self.0);
        }
    }
}

/// Plans a day of the reference cases and tells what came out.
fn reference(name: &str, model: &Model, settings: &Settings) -> Answer {
    let (start, busy) = (Instant::now(), cpu_s());
    let answer = plan(model, settings, &Clock(busy)).unwrap();
    let mut text = format!("== {name}: {:.1?}, {:.1} s of processor\n", start.elapsed(), cpu_s() - busy);
    let hours = |promise: &Option<headcount::plan::Promise>| {
        promise.as_ref().map(|p| (p.agent_hours, p.days_met.mean))
    };
    let _ = writeln!(text, "{:?} {} {:?}", answer.verdict, answer.certificate.statement, answer.reached);
    let _ = writeln!(
        text,
        "on average {:?}, nine in ten {:?}",
        hours(&answer.on_average),
        hours(&answer.nine_in_ten)
    );
    for other in &answer.alternatives {
        let _ =
            writeln!(text, "{} {} {:?} {:?}", other.name, other.agent_hours, other.level, other.abandonment);
    }
    println!("{text}");
    answer
}

#[test]
#[ignore = "a study of some minutes"]
fn study_day48_80_20_in_every_interval() {
    let model = day48(r#"{ answered = "80%", within = "20s", per = "interval" }"#);
    let settings = Settings::of(&model);
    let answer = reference("day48, by estimate", &model, &settings);
    let hours = answer.groups[0].agent_hours;
    assert!((951.5..=953.5).contains(&hours), "{hours}");
    let fresh = intervals(&model, &staffing(&model, &answer), 4000);
    assert!(fresh.iter().all(|(level, error)| level + 3.0 * error >= 0.8), "{fresh:?}");
    let strict = Settings { bound: Bound::LowerBound, ..settings };
    let answer = reference("day48, by bound", &model, &strict);
    assert!(answer.groups[0].agent_hours <= 955.5, "{}", answer.groups[0].agent_hours);
    assert_eq!(answer.verdict, Verdict::Met);
}

#[test]
#[ignore = "a study of some minutes"]
fn study_day48_over_the_day() {
    for (floor, target, most) in [
        ("75%", r#"{ answered = "90%", within = "120s", floor = "75%" }"#, 857.0),
        ("60%", r#"{ answered = "90%", within = "120s" }"#, 856.0),
        ("60%, 80/20", r#"{ answered = "80%", within = "20s" }"#, 934.0),
    ] {
        let model = day48(target);
        let answer = reference(floor, &model, &Settings::of(&model));
        let fresh = intervals(&model, &staffing(&model, &answer), 4000);
        let worst = fresh.iter().map(|(level, _)| *level).fold(1.0, f64::min);
        println!("worst interval {worst:.3}");
        assert!(answer.groups[0].agent_hours <= most && answer.verdict == Verdict::Met);
    }
}

/// What less staff may do, held against new customers: the level with its standard error over a day of so many replications.
fn hold_leaner(model: &Model, answer: &Answer, replications: u64) -> (f64, f64, f64) {
    let leaner = answer.leaner.as_ref().expect("something leaner cannot be told apart");
    let hours = leaner.groups[0].agent_hours;
    assert!(hours < answer.groups[0].agent_hours);
    assert_eq!(leaner.target, answer.binding.clone().unwrap());
    assert!(leaner.sample.first >= answer.certificate.confirmation.first, "{:?}", leaner.sample);
    let mut staffing = Staffing::given(model);
    for (i, &agents) in leaner.groups[0].agents.iter().enumerate() {
        staffing.set(GroupId(0), i, agents);
    }
    let finished = Job::new(model, &staffing, 777).run(&mut Fixed(replications));
    let outcome = measure(model, &staffing, &finished, 0.95);
    let level = outcome.targets[0].achieved.unwrap();
    println!("{hours} hours told as {:?}; on {replications} other days {level:?}", leaner.level);
    (hours, level.mean, level.half_width() / 1.96)
}

#[test]
fn what_is_leaner_and_cannot_be_told_apart_is_told() {
    let text = r#"
[calendar]
open = "08:00-12:00"
[queue.phone]
arrivals = { per_interval = [30, 60, 90, 110, 120, 100, 80, 50] }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = { answered = "90%", within = "120s" }
[group.agents]
serves = ["phone"]
"#;
    let model = model(text);
    let answer = planned(&model);
    let (_, level, error) = hold_leaner(&model, &answer, 4000);
    assert!(level + 3.0 * error >= 0.9, "{level} ± {error}");
    let told = answer.leaner.unwrap();
    assert!(told.level.high >= 0.9 && told.level.level == 0.95 && told.is_share);
    // two estimates of one level, each with its error
    let error = ((told.level.half_width() / 1.96).powi(2) + error.powi(2)).sqrt();
    assert!((told.level.mean - level).abs() < 3.0 * error, "{:?} {level}", told.level);
    // where every interval has a promise of its own, nothing is said of the whole
    let by_interval = phone(r#"target = { answered = "90%", within = "2m", per = "interval" }"#, "");
    assert_eq!(planned(&by_interval).leaner, None);
    assert_eq!(planned(&phone(NINETY, "")).leaner, None, "20 agents miss");
}

#[test]
#[ignore = "a study of some minutes"]
fn study_of_the_leanest_day48() {
    for (target, most) in [
        (r#"{ answered = "90%", within = "120s" }"#, 853.0),
        (r#"{ answered = "90%", within = "120s", floor = "75%" }"#, 855.5),
    ] {
        let model = day48(target);
        let answer = reference(target, &model, &Settings::of(&model));
        let (hours, level, error) = hold_leaner(&model, &answer, 4000);
        assert!(hours <= most && level + 3.0 * error >= 0.9, "{hours} {level} ± {error}");
    }
}

#[test]
#[ignore = "a study of timing"]
fn study_of_timing() {
    for (name, model) in [
        ("3,000 contacts, one number", {
            let mut model = phone(NINETY, "plan = \"flat\"");
            (16..24).for_each(|i| model.queues[0].volumes[i] = 375.0);
            model
        }),
        ("day48, every interval", day48(r#"{ answered = "80%", within = "20s", per = "interval" }"#)),
        ("day48, over the day", day48(r#"{ answered = "90%", within = "120s" }"#)),
    ] {
        reference(name, &model, &Settings::of(&model));
    }
}

#[test]
#[ignore = "a study of timing"]
fn study_shipped_scenarios() {
    for entry in std::fs::read_dir("scenarios").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = path.display().to_string();
        let text = std::fs::read_to_string(&path).unwrap();
        let Ok(scenario) = scenario::from_text(&name, &text, path.parent(), &[]) else {
            println!("{name}: not readable alone");
            continue;
        };
        let mut model = scenario.model;
        for group in &mut model.groups {
            if group.serves.len() == 1 {
                group.staff = headcount::model::Staff::Planned;
            }
        }
        let (start, busy) = (Instant::now(), cpu_s());
        match plan(&model, &Settings::of(&model), &()) {
            Ok(answer) => {
                println!("{name}: {:.1?}, {:.1} s of processor", start.elapsed(), cpu_s() - busy);
                println!("  {:?} {:?} {}", answer.verdict, answer.reached, answer.certificate.statement);
                for group in &answer.groups {
                    println!("  {} {} {:?}", group.name, group.agent_hours, group.peak());
                }
            }
            Err(fault) => println!("{name}: {fault}"),
        }
    }
}
