//! `simulators/0*.toml`: our runs of Callcenter Simulator, whose callers who still wait when a day ends are dropped.
//!
//! Figures came without intervals; see [`super::book::Page::alike`]. Not compared: occupancy, which goes on after
//! closing there, and times to abandon, which are whole seconds.

use super::book::{Book, Page};
use super::folder::{number, numbers, rows, toml};
use super::size::Size;
use super::text::{Text, exponential, fixed, per_hour, per_interval};
use headcount::stats::Estimate;
use serde_json::Value;

/// All runs.
pub fn runs(size: Size) -> Book {
    let mut book = Book::new(10, "simulators/0*", "runs of Callcenter Simulator");
    erlang_a(&mut book, size);
    two_skills(&mut book, size);
    shifts(&mut book, size);
    book
}

/// A run of so many days; callers who still wait when the day ends are dropped.
struct Days {
    data: Value,
    days: f64,
}

fn callcenter_simulator(file: &str) -> Days {
    let data = toml(&format!("simulators/{file}"));
    let days = number(&data["measured"]["replications_days"]);
    Days { data, days }
}

impl Days {
    /// Figures of one type of contacts.
    fn compare(&self, page: &mut Page<'_>, q: usize, contact: &str) {
        let row = &self.data["measured"]["contacts"][contact];
        let queue = page.queue(q).clone();
        let mut compare = |figure: &str, found: Option<Estimate>, wanted: &Value| {
            page.alike(&format!("{figure} of {contact}"), found, number(wanted), self.days);
        };
        compare("abandon_frac", queue.abandonment, &row["abandon_frac"]);
        compare("mean_wait_answered", queue.asa_s, &row["mean_wait_answered_s"]);
        for level in &queue.service_levels {
            let wanted = &row["answered_and_wait_lt"][format!("{}", level.within_s)];
            compare(&format!("answered within {} s", level.within_s), level.offered, wanted);
        }
    }
}

const WITHIN: &str = "[\"10s\", \"20s\", \"30s\", \"60s\"]";

fn erlang_a(book: &mut Book, size: Size) {
    let run = callcenter_simulator("01_erlang_a_50");
    let text = Text::day("00:00-24:00", 30)
        .table("run")
        .key("at_end", "\"drop\"")
        .table("queue.calls")
        .key("arrivals", per_hour(960.0))
        .key("handle", exponential(180.0))
        .key("patience", exponential(120.0))
        .key("report_within", WITHIN)
        .table("group.agents")
        .key("serves", "[\"calls\"]")
        .key("agents", 50);
    let mut page = book.play("01", &text, size.days_of(23_040.0));
    run.compare(&mut page, 0, "Calls");
}

fn two_skills(book: &mut Book, size: Size) {
    let run = callcenter_simulator("02_two_skills_priority");
    let mut text = Text::day("00:00-24:00", 30).table("run").key("at_end", "\"drop\"");
    for (queue, volume, talk, priority, agents) in [("A", 400.0, 180.0, 2, 18), ("B", 200.0, 240.0, 1, 9)] {
        text = text
            .table(&format!("queue.{queue}"))
            .key("arrivals", per_hour(volume))
            .key("handle", exponential(talk))
            .key("wrap", fixed(30.0))
            .key("patience", exponential(300.0))
            .key("priority", priority)
            .key("route", format!("[\"only{queue}\", \"both\"]"))
            .key("report_within", WITHIN)
            .table(&format!("group.only{queue}"))
            .key("serves", format!("[\"{queue}\"]"))
            .key("agents", agents);
    }
    let text = text
        .table("group.both")
        .key("serves", "[\"A\", \"B\"]")
        .key("take", "\"priority\"")
        .key("agents", 13);
    let mut page = book.play("02", &text, size.days_of(14_400.0));
    run.compare(&mut page, 0, "A");
    run.compare(&mut page, 1, "B");
}

/// Shifts as groups, so that a shift that ends is left by its own people. The day's volume varies: its variance there
/// is 150², of which Poisson arrivals bring the mean, 2430.
fn shifts(book: &mut Book, size: Size) {
    let run = callcenter_simulator("04_day_profile_shifts");
    let profile = numbers(&run.data["contact"][0]["profile_48"]);
    let sum: f64 = profile.iter().sum();
    let volumes: Vec<f64> = profile[16..40].iter().map(|weight| 2430.0 * weight / sum).collect();
    let cv = (150.0_f64.powi(2) - 2430.0).sqrt() / 2430.0;
    let mut text = Text::day("08:00-20:00", 30)
        .table("demand")
        .key("day_factor_cv", cv)
        .table("queue.calls")
        .key("arrivals", per_interval(&volumes))
        .key("handle", "{ lognormal = { mean = \"200s\", cv = 0.6 } }")
        .key("wrap", exponential(30.0))
        .key("patience", exponential(180.0))
        .key("at_close", "\"drop\"")
        .key("report_within", WITHIN);
    for shift in rows(&run.data["shift"]) {
        let [from, to] = ["from", "to"].map(|key| shift[key].as_str().unwrap());
        text = text
            .table(&format!("group.from-{}", from.replace(':', "")))
            .key("serves", "[\"calls\"]")
            .key("open", format!("\"{from}-{to}\""))
            .key("agents", &shift["agents"]);
    }
    let mut page = book.play("04", &text, size.days_of(2430.0));
    run.compare(&mut page, 0, "A");
}
