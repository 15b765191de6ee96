//! How much noise of busy days the tape takes away: fewer days for the same certainty, by what is known of each day.
//!
//! The day of 48 half-hours of the reference cases, its days more or less busy by 5% and 10%, with the staff that keeps 80%
//! within 20 seconds in every interval of an average day, and with more. A study; run it with
//! `cargo test --test busy_days -- --ignored --nocapture`.

#![allow(clippy::print_stdout)] // the study prints what it found

#[path = "common/day48.rs"]
mod day48;

use day48::CALLS;
use headcount::model::{GroupId, Model, QueueId};
use headcount::montecarlo::{Bench, Reader, Reading, Staffing, controlled};
use headcount::scenario;
use headcount::stats::{Margin, SequentialTest};
use statrs::distribution::{ContinuousCDF, Gamma};

/// The reference staff of an average day.
const AGENTS: [u32; 48] = [
    5, 5, 5, 5, 5, 6, 6, 6, 7, 8, 9, 12, 16, 21, 28, 37, 46, 56, 65, 73, 79, 83, 84, 84, 82, 79, 77, 75, 73,
    72, 70, 68, 65, 61, 57, 52, 49, 45, 42, 39, 35, 30, 24, 19, 14, 11, 8, 7,
];
const DAYS: usize = 4000;
const STRATA: usize = 20;

fn model(cv: f64) -> Model {
    let text = format!(
        r#"
[demand]
day_factor_cv = {cv}
[queue.phone]
arrivals = {{ per_interval = {CALLS} }}
aht      = {{ lognormal = {{ mean = "5m", cv = 1.0 }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
target   = "80% in 20s"
[group.agents]
serves = ["phone"]
"#
    );
    scenario::from_text("day48.toml", &text, None, &[]).expect("a scenario").model
}

/// What so many days say of the reference staff, so many times as much of it.
fn readings(model: &Model, factor: f64) -> Vec<Reading> {
    let mut staffing = Staffing::given(model);
    for (i, &agents) in AGENTS.iter().enumerate() {
        staffing.set(GroupId(0), i, (f64::from(agents) * factor).round() as u32);
    }
    let reader = Reader::new(model, &staffing, &[(QueueId(0), GroupId(0))], &[Vec::new()]);
    Bench::new(model, 77, 0, 0).read(&staffing, 0..DAYS, |tape, tally| reader.read(tape, tally))
}

/// Variance of the mean margin with the controls that a test uses, up to a factor that is the same for all.
fn variance(readings: &[Reading], margins: &[Margin], mut test: SequentialTest) -> f64 {
    for (reading, margin) in readings.iter().zip(margins) {
        test.push(*margin, &reading.queues[0].controls);
    }
    test.estimate(0.95).expect("figures").half_width().powi(2)
}

/// How many times fewer days strata of equal chance take: the whole variance over the mean of those within strata.
fn by_strata(cv: f64, readings: &[Reading], margins: &[Margin]) -> f64 {
    let shape = 1.0 / (cv * cv);
    let law = Gamma::new(shape, shape).expect("a law");
    let mut strata = vec![Vec::new(); STRATA];
    for (reading, margin) in readings.iter().zip(margins) {
        let rank = law.cdf(1.0 + reading.queues[0].controls[2]);
        strata[((rank * STRATA as f64) as usize).min(STRATA - 1)].push(margin.z);
    }
    let all: Vec<f64> = margins.iter().map(|margin| margin.z).collect();
    let within = strata.iter().map(|one| spread(one)).sum::<f64>() / STRATA as f64;
    spread(&all) / within
}

fn spread(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

#[test]
#[ignore = "a study of a minute"]
fn study_of_what_is_known_of_busy_days() {
    println!("times fewer days: 20 strata; counts, work and busyness; and the rank of the day");
    for (cv, factor) in [(0.05, 1.0), (0.1, 1.0), (0.05, 1.06), (0.1, 1.14)] {
        let model = model(cv);
        let readings = readings(&model, factor);
        let figures = || readings.iter().map(|reading| (&reading.queues[0], reading.queues[0].figures[0]));
        let (good, of) = figures().fold((0, 0), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1));
        let level = good as f64 / of as f64;
        let kept = figures().map(|(queue, _)| queue.kept[0].0).sum::<u64>() as f64 / DAYS as f64;
        let margins: Vec<Margin> =
            figures().map(|(_, (good, of))| Margin::share_at_least(good, of, level)).collect();
        let days: Vec<Margin> = figures()
            .map(|(queue, _)| Margin::share_at_least(queue.kept[0].0, queue.kept[0].1, kept))
            .collect();
        for (what, margins, clearly) in [("level", &margins, 1.5), ("days kept", &days, 1.3)] {
            let test = || SequentialTest::new(0.0, 0.0, u64::MAX);
            let [none, three, all] = [test(), test().with_controls(3), controlled(&model, test())]
                .map(|test| variance(&readings, margins, test));
            println!(
                "cv {cv}, staff x {factor}: {:.1}% in time, {:.1}% of days; {what}: {:.1}, {:.1}, {:.1}",
                100.0 * level,
                100.0 * kept,
                by_strata(cv, &readings, margins),
                none / three,
                none / all
            );
            assert!(three / all > clearly, "{what}: {}", three / all);
        }
    }
}
