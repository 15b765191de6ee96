//! Reading a year of quarter-hours of 50 queues: 1.75 million rows, to intervals in memory and on to a scenario.
//!
//! `cargo bench --bench exports` prints for each stage the least of five rounds: what the thread spent on its core, which
//! other work on the machine changes little, and the time on the wall. `-- --test` reads a day of it once.
#![allow(clippy::print_stdout)] // A bench prints.

mod workloads;

use headcount::exports::{self, Reading};
use headcount::history::{self, Asked};
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};
use workloads::busy;

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
        // In local time the file of instants begins at one in the morning: the hour before it has no rows.
        let asked = Asked { timezone: reading.timezone.clone(), gaps_are_zero: true, ..Asked::default() };
        let whole = || history::import(&read(), "year.csv", &asked).expect("no faults");
        println!("{name}: {rows} rows, {:.1} MB", text.len() as f64 / 1e6);
        show("read", rounds, || drop(black_box(read())));
        show("read and written as a scenario", rounds, || drop(black_box(whole())));
    }
}

/// The least of some rounds.
fn show(name: &str, rounds: u32, mut work: impl FnMut()) {
    let (mut least, mut wall) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        let (start, spent) = (Instant::now(), busy());
        work();
        wall = wall.min(start.elapsed());
        least = least.min(busy().saturating_sub(spent));
    }
    println!("  {name}: {:.2} s on a core, {:.2} s on the wall", least.as_secs_f64(), wall.as_secs_f64());
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
