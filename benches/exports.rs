//! Reading a year of quarter-hours of 50 queues: 1.75 million rows, to intervals in memory and on to a scenario.
//!
//! `cargo bench --bench exports` prints the wall-clock time of each stage, the least of five rounds; `-- --test` reads a
//! day of it once.
#![allow(clippy::print_stdout)] // A bench prints.

use headcount::exports::{self, Reading};
use headcount::history::{self, Asked};
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let shortly = std::env::args().any(|word| word == "--test");
    let (days, rounds) = if shortly { (1, 1) } else { (365, 5) };
    for (name, offset, reading) in [
        ("local times", "", Reading::default()),
        ("instants", "Z", Reading { timezone: Some("Europe/Berlin".to_owned()), ..Reading::default() }),
    ] {
        let text = year(days, offset);
        let rows = text.lines().count() - 1;
        let read =
            || exports::from_bytes("year.csv", text.clone().into_bytes(), &reading).expect("no faults");
        let export = read();
        let asked = Asked { timezone: reading.timezone.clone(), ..Asked::default() };
        let whole = || history::import(&read(), "year.csv", &asked).expect("no faults");
        println!(
            "{name}: {rows} rows, {:.1} MB: read in {:.2} s, read and written as a scenario in {:.2} s",
            text.len() as f64 / 1e6,
            least(rounds, || drop(black_box(read()))).as_secs_f64(),
            least(rounds, || drop(black_box(whole()))).as_secs_f64(),
        );
        drop(export);
    }
}

fn least(rounds: u32, mut work: impl FnMut()) -> Duration {
    let time = |()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..rounds).map(|_| ()).map(time).min().unwrap_or_default()
}

/// Every quarter-hour of every queue, in order of time as most exports have it.
fn year(days: i64, offset: &str) -> String {
    let mut text = "interval_start,queue,channel,offered,abandoned,aht_s\n".to_owned();
    let first = jiff::civil::date(2025, 1, 1);
    for day in 0..days {
        let date = first.saturating_add(jiff::Span::new().days(day));
        for slot in 0..96 {
            for queue in 0..50 {
                let offered = (slot * 7 + queue * 3 + day) % 90;
                let _ = writeln!(
                    text,
                    "{date}T{:02}:{:02}:00{offset},Queue {queue},voice,{offered},{},{}.5",
                    slot / 4,
                    slot % 4 * 15,
                    offered / 20,
                    240 + offered
                );
            }
        }
    }
    text
}
