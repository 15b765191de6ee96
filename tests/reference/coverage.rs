//! How often a 95% interval holds the exact value: it should in 95% of independent runs.
//!
//! Runs are made of replications of their own, so that they are independent; with 2,000 of them the share found is known
//! to half a point (standard error). The test asks for 93–97%.

use super::folder::{self, json, number, rows};
use super::play::{LEVEL, model, play};
use super::size::Size;
use super::steady_queue::SteadyQueue;
use super::text::Text;
use super::{day, readme};
use headcount::montecarlo::{Outcome, QueueOutcome};
use headcount::stats::Estimate;

/// Independent runs of every size.
const RUNS: u64 = 2000;
/// Replications of a run.
const SIZES: [u64; 2] = [30, 100];

/// A figure of one queue and its exact value.
struct Figure {
    name: &'static str,
    find: fn(&Outcome) -> Option<Estimate>,
    exact: f64,
}

/// Shares of intervals that hold the exact value.
struct Row {
    case: &'static str,
    figure: &'static str,
    held: [f64; SIZES.len()],
}

#[test]
#[ignore = "a minute with --release"]
fn intervals_hold_the_exact_value() {
    if !folder::found() {
        return;
    }
    let mut table = rows_of("Erlang A, 240 calls an hour, 8 hours", &steady(), &steady_figures());
    table.extend(rows_of("a day of 246 calls, staff in steps", &changing(), &changing_figures()));
    let text = markdown(&table);
    eprintln!("{text}");
    for row in &table {
        assert!(row.held.iter().all(|held| (0.93..=0.97).contains(held)), "{}: {}", row.case, row.figure);
    }
    readme::check("coverage", &text);
}

/// All figures of one model.
fn rows_of(case: &'static str, text: &Text, figures: &[Figure]) -> Vec<Row> {
    let shares = SIZES.map(|replications| shares(text, figures, replications));
    let row = |(k, figure): (usize, &Figure)| Row {
        case,
        figure: figure.name,
        held: shares.each_ref().map(|s| s[k]),
    };
    figures.iter().enumerate().map(row).collect()
}

/// For each figure the share of runs whose interval holds its exact value.
fn shares(text: &Text, figures: &[Figure], replications: u64) -> Vec<f64> {
    let model = model(text);
    let mut held = vec![0_u64; figures.len()];
    for run in 0..RUNS {
        // The two sizes are seeds, so that they do not share replications either.
        let outcome = play(&model, replications, run * replications, replications);
        for (held, figure) in held.iter_mut().zip(figures) {
            let estimate = (figure.find)(&outcome).unwrap_or_else(|| panic!("no {}", figure.name));
            *held += u64::from(estimate.contains(figure.exact));
        }
    }
    held.iter().map(|&held| held as f64 / RUNS as f64).collect()
}

fn markdown(table: &[Row]) -> String {
    let mut lines = vec![
        format!("| model | figure | R = {} | R = {} |", SIZES[0], SIZES[1]),
        "|---|---|--:|--:|".to_owned(),
    ];
    lines.extend(table.iter().map(|row| {
        let [few, many] = row.held.map(|held| format!("{:.1}%", 100.0 * held));
        format!("| {} | {} | {few} | {many} |", row.case, row.figure)
    }));
    lines.push(String::new());
    let sure = 100.0 * LEVEL;
    lines.push(format!(
        "Share of {sure}% intervals that hold the exact value, over {RUNS} independent runs each.\n"
    ));
    lines.join("\n")
}

fn queue(outcome: &Outcome) -> &QueueOutcome {
    &outcome.queues[0]
}

/// M/M/16+M: 240 calls an hour of 240 s, patience 180 s.
fn steady() -> Text {
    let data = json("exact/erlang_a");
    SteadyQueue { hours: Some(8), ..SteadyQueue::of(steady_row(&data), &[20.0]) }.text(Size::USUAL)
}

fn steady_row(data: &serde_json::Value) -> &serde_json::Value {
    let row = rows(&data["erlang_a"]).iter().find(|row| row["calls_per_hour"] == 240 && row["n"] == 16);
    row.expect("the reference has 240 calls an hour and 16 agents")
}

fn steady_figures() -> Vec<Figure> {
    let data = json("exact/erlang_a");
    let exact = |key: &str| number(&steady_row(&data)[key]);
    vec![
        Figure {
            name: "service level (offered, 20 s)",
            find: |o| queue(o).service_levels[0].offered,
            exact: exact("sl_offered_T20"),
        },
        Figure {
            name: "service level (answered, 20 s)",
            find: |o| queue(o).service_levels[0].answered,
            exact: exact("sl_answered_T20"),
        },
        Figure { name: "abandonment", find: |o| queue(o).abandonment, exact: exact("pab") },
        Figure { name: "speed of answer", find: |o| queue(o).asa_s, exact: exact("asa_served_s") },
        Figure { name: "mean wait", find: |o| queue(o).mean_wait_s, exact: exact("ew_s") },
        Figure { name: "mean queue", find: |o| queue(o).mean_queue, exact: exact("lq") },
        Figure { name: "occupancy", find: |o| o.groups[0].occupancy, exact: exact("occ") },
    ]
}

fn changing() -> Text {
    day::text(&json("exact/tv_TV1_small_day"), "offered")
}

fn changing_figures() -> Vec<Figure> {
    let data = json("exact/tv_TV1_small_day");
    let exact = |key: &str| number(&data["totals"][key]);
    let last = &data["intervals"][5];
    vec![
        Figure {
            name: "service level (offered, 20 s)",
            find: |o| queue(o).service_level.as_ref()?.offered,
            exact: exact("sl_offered"),
        },
        Figure {
            name: "service level (answered, 20 s)",
            find: |o| queue(o).service_level.as_ref()?.answered,
            exact: exact("sl_answered"),
        },
        Figure { name: "abandonment", find: |o| queue(o).abandonment, exact: exact("p_abandon") },
        Figure { name: "mean wait", find: |o| queue(o).mean_wait_s, exact: exact("ew_min") * 60.0 },
        Figure { name: "occupancy", find: |o| o.groups[0].occupancy, exact: exact("occupancy") },
        Figure {
            name: "service level of a half-hour with 15 calls",
            find: |o| queue(o).intervals[5].service_level,
            exact: number(&last["sl_offered"]),
        },
    ]
}
