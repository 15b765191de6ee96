//! `shifts`: outside optima, the rules, and the same bytes for any number of threads.

use assert_cmd::Command;
use headcount::model::GroupId;
use headcount::scenario;
use headcount::shifts::solver::Effort;
use headcount::shifts::{Need, cover};
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
    let needs = vec![Need { group: GroupId(0), people: (0..48).map(need).collect() }];
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
        assert_eq!(output.status.code(), Some(0));
        output.stdout
    };
    assert!(run("1") == run("2"));
}
