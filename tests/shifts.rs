//! `shifts`: outside optima, the same bytes for any number of threads, and long studies.
#![allow(clippy::print_stdout, reason = "studies are read")]

#[path = "common/day48.rs"]
mod day48;

use assert_cmd::Command;
use day48::CALLS;
use headcount::model::GroupId;
use headcount::montecarlo::{Job, measure};
use headcount::plan::trade::{self, Trade};
use headcount::scenario;
use headcount::shifts::solver::Effort;
use headcount::shifts::{Need, cover, promised, staffing};
use headcount::stats::Fixed;
use std::fmt::Write as _;

/// The covering case of the reference, written as a scenario: shifts of 4, 6, 8, 9 and 10 hours from every half-hour,
/// wholly inside the horizon, with one half-hour break in three places, paid.
fn covering(days: usize) -> String {
    let mut text = format!(
        "[calendar]\ndays = {days}\n[queue.phone]\narrivals = {{ per_hour = 10 }}\naht = {{ fixed = \"5m\" }}\n[group.desk]\nserves = [\"phone\"]\nagents = 1\n"
    );
    for half_hours in [8, 12, 16, 18, 20] {
        let after = |b: i32| f64::from(half_hours / 2 - 1 + b) / 2.0;
        let _ = write!(
            text,
            "[shifts.h{half_hours}]\nstarts = \"00:00-23:30\"\nlength = \"{}h\"\nbreaks = [{{ length = \"30m\", after = \"{}h-{}h\", paid = true }}]\n",
            half_hours / 2,
            after(0),
            after(2)
        );
    }
    text
}

/// Need of half-hour `i`: ceil(40 exp(−(h − 11)²/8) + 30 exp(−(h − 16)²/6) + 2), h the hour of the day.
fn need(i: usize) -> u32 {
    let h = (i % 48) as f64 / 2.0;
    let bump = |top: f64, at: f64, wide: f64| top * (-(h - at).powi(2) / wide).exp();
    (bump(40.0, 11.0, 8.0) + bump(30.0, 16.0, 6.0) + 2.0).ceil() as u32
}

#[test]
fn one_day_of_the_covering_case_is_solved_to_its_known_optimum() {
    let model = scenario::from_text("covering.toml", &covering(1), None, &[]).expect("a scenario").model;
    let needs = vec![Need::covered(GroupId(0), (0..48).map(need).collect())];
    let found = cover(&model, needs, Effort { nodes: 4000 }, &|_| true).expect("shifts");
    // HiGHS: optimum 418, linear relaxation 417.5.
    assert!((found.solved.cost - 418.0).abs() < 1e-6, "{}", found.solved.cost);
    assert!((found.solved.linear - 417.5).abs() < 0.05, "{}", found.solved.linear);
    assert!(found.solved.is_proven());
    let people = found.people(&model, GroupId(0));
    assert!((0..48).all(|i| people[i] >= need(i)));
    for (pattern, _) in found.patterns.iter().zip(&found.solved.x).filter(|(_, n)| **n > 0) {
        let pause = pattern.breaks[0];
        let first = pattern.length / 2 - 1;
        assert!((first..=first + 2).contains(&pause.after) && pattern.start + pattern.length <= 48);
        assert_eq!(pattern.works.len(), pattern.length - 1);
    }
}

#[test]
fn threads_change_nothing() {
    let run = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_headcount"));
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/shifts-one-day.toml");
        command.args(["shifts", file, "--no-files", "--quiet", "--format", "json", "--threads", threads]);
        let output = command.output().expect("it runs");
        // As in the plan: it cannot tell whether the worst interval reaches its goal.
        assert_eq!(output.status.code(), Some(1));
        output.stdout
    };
    assert!(run("1") == run("2"));
}

/// The day of the reference with 480 shifts round midnight: 8 hours and a half with a break in five places, 6 hours and a
/// half with one in four, 4 hours; paid as there.
fn shifts480(target: &str) -> String {
    format!(
        r#"
[run]
replications = 1000
[queue.phone]
arrivals = {{ per_interval = {CALLS} }}
aht      = {{ lognormal = {{ mean = "5m", cv = 1.0 }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
target   = {target}
[group.agents]
serves = ["phone"]
[schedule]
repeats = true
[shifts.long]
starts = "00:00-23:30"
length = "8h 30m"
breaks = [{{ length = "30m", after = "3h-5h" }}]
[shifts.middle]
starts = "00:00-23:30"
length = "6h 30m"
breaks = [{{ length = "30m", after = "2h 30m-4h" }}]
[shifts.short]
starts = "00:00-23:30"
length = "4h"
extra  = "9m"
"#
    )
}

#[test]
#[ignore = "a study of some minutes"]
fn study_shifts480() {
    // The outside answers are 932.0 and 854.0 hours; the second cannot be told apart from its goal here.
    for (target, floor, most) in [
        (r#"{ answered = "80%", within = "20s", floor = "60%" }"#, 0.6, 932.0),
        (r#"{ answered = "90%", within = "120s", floor = "75%" }"#, 0.75, 856.0),
    ] {
        let began = std::time::Instant::now();
        let model =
            scenario::from_text("shifts480.toml", &shifts480(target), None, &[]).expect("a scenario").model;
        let settings = trade::settings(&model);
        let mut trade = Trade::new(&model, &settings, &());
        let found =
            promised(&model, Vec::new(), &mut trade, Effort { nodes: 20_000 }, &|_| true).expect("shifts");
        let people = found.schedule.people(&model, GroupId(0));
        println!(
            "{target}: cost {} bound {:.2} linear {:.2}, on shift {}, nodes {}; tried {:?}; {:?}; {:.1} s",
            found.schedule.solved.cost,
            found.schedule.solved.bound,
            found.schedule.solved.linear,
            f64::from(people.iter().sum::<u32>()) / 2.0,
            found.schedule.solved.nodes,
            found.tried,
            found.verdicts,
            began.elapsed().as_secs_f64()
        );
        let model = &model;
        assert!(found.schedule.solved.cost <= most, "{}", found.schedule.solved.cost);
        // On 4,000 days of another seed neither the day nor an interval is shown below its goal, by 3 standard errors.
        let staffing = staffing(model, &found.schedule);
        let finished = Job::new(model, &staffing, 4711).run(&mut Fixed(4000));
        let outcome = measure(model, &staffing, &finished, 0.9973);
        let day = outcome.targets[0].achieved.expect("somebody called");
        let worst = outcome.queues[0].intervals.iter().filter_map(|one| one.service_level);
        let worst = worst.min_by(|a, b| a.high.total_cmp(&b.high)).expect("it was open");
        println!("4,000 fresh days: {day:?}; worst of 48 intervals {worst:?}");
        assert!(day.high >= outcome.targets[0].goal && worst.high >= floor);
    }
}

/// A week of half-hours for more than 300 people on shift at the peak, open from 7 to 22, and twenty kinds of shifts.
fn week_of_300(target: &str) -> String {
    let mut text = format!(
        r#"
[calendar]
start = "2026-11-23"
days  = 7
open  = "07:00-22:00"
[run]
replications = 200
[queue.phone]
arrivals = {{ per_day = 22500, profile = "m-shaped", weekday = {{ sat = 0.6, sun = 0.5 }} }}
aht      = {{ lognormal = {{ mean = "8m", cv = 1.0 }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
target   = {target}
[group.desk]
serves = ["phone"]
shrinkage = "12%"
[schedule]
seats = 450
"#
    );
    for (k, length) in [4, 5, 6, 8, 9].iter().cycle().take(20).enumerate() {
        let first = 7 + k / 5 * 2;
        let last = (22 - length).min(first + 3);
        let _ =
            write!(text, "[shifts.s{k}]\nstarts = \"{first:02}:00-{last:02}:00\"\nlength = \"{length}h\"\n");
        if *length > 4 {
            let half = length / 2;
            let _ =
                writeln!(text, "breaks = [{{ length = \"30m\", after = \"{}h-{half}h 30m\" }}]", half - 1);
        }
    }
    text
}

/// The usual effort; `cargo test --release --test shifts study_week_of_300 -- --ignored --nocapture`.
#[test]
#[ignore = "a study of a minute or two, optimised"]
fn study_week_of_300() {
    for (name, target) in [
        ("over the day", r#"{ answered = "80%", within = "20s" }"#),
        ("every interval", r#"{ answered = "80%", within = "20s", per = "interval" }"#),
    ] {
        let began = std::time::Instant::now();
        let model =
            scenario::from_text("week.toml", &week_of_300(target), None, &[]).expect("a scenario").model;
        let settings = trade::settings(&model);
        let mut trade = Trade::new(&model, &settings, &());
        let effort = Effort { nodes: 20_000 };
        let schedule = if trade.groups().is_empty() {
            let asked = headcount::plan::Settings { beside: false, ..headcount::plan::Settings::of(&model) };
            let answer = headcount::plan::plan(&model, &asked, &()).expect("a plan");
            println!("planned after {:.1} s", began.elapsed().as_secs_f64());
            let needs = vec![Need::covered(GroupId(0), answer.groups[0].scheduled.clone())];
            cover(&model, needs, effort, &|_| true).expect("shifts")
        } else {
            let found = promised(&model, Vec::new(), &mut trade, effort, &|_| true).expect("shifts");
            println!("tried {:?}; {:?}", found.tried, found.verdicts);
            found.schedule
        };
        let peak = schedule.people(&model, GroupId(0)).into_iter().max().unwrap_or(0);
        let mut of_day = [0; 7];
        schedule.used().for_each(|(pattern, n)| of_day[model.grid().day_of(pattern.start)] += n);
        let solved = &schedule.solved;
        println!(
            "{name}: {} columns, {peak} at the peak, {of_day:?} shifts a day, {} in all; cost {}, bound {:.1}, nodes {}, {:.1} s",
            schedule.patterns.len(),
            of_day.iter().sum::<u32>(),
            solved.cost,
            solved.bound,
            solved.nodes,
            began.elapsed().as_secs_f64()
        );
        assert!(peak >= 300, "{peak} at the peak");
    }
}
