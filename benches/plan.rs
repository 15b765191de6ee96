//! What a whole plan costs: processor time of all threads together, per plan.

use criterion::{Criterion, criterion_group, criterion_main};
use headcount::model::{Model, Staff};
use headcount::plan::{Settings, plan};
use headcount::scenario;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The day of 48 half-hours of the reference cases, 20 to 500 calls each.
const DAY48: &str = "[20, 20, 20, 20, 20, 21, 22, 24, 27, 34, 44, 60, 84, 117, 160, 212, 271, 332, 389, 438, 474, 495, \
    500, 494, 480, 464, 449, 437, 428, 419, 409, 394, 373, 349, 322, 296, 273, 253, 234, 213, 187, 156, 123, 92, 65, 46, \
    34, 27]";

fn model(calendar: &str, arrivals: &str, target: &str, group: &str) -> Model {
    let text = format!(
        "{calendar}\n[queue.phone]\narrivals = {arrivals}\naht = {{ lognormal = {{ mean = \"5m\", cv = 1.0 }} }}\n\
         patience = {{ exponential = {{ mean = \"3m\" }} }}\ntarget = {target}\n[group.agents]\nserves = [\"phone\"]\n{group}"
    );
    let mut model = scenario::from_text("bench.toml", &text, None, &[]).expect("a scenario").model;
    model.groups[0].staff = Staff::Planned;
    model
}

/// Name and model of every plan that is timed.
fn plans() -> [(&'static str, Model); 3] {
    let day = format!("{{ per_interval = {DAY48} }}");
    let each = r#"{ answered = "80%", within = "20s", per = "interval" }"#;
    let hours = "[calendar]\nopen = \"08:00-20:00\"";
    [
        ("day of 48 intervals, each", model("", &day, each, "")),
        (
            "day of 48 intervals, over the day",
            model("", &day, r#"{ answered = "90%", within = "120s" }"#, ""),
        ),
        ("one number", model(hours, "{ per_hour = 240 }", r#""90% in 2m""#, "plan = \"flat\"")),
    ]
}

fn whole_plans(c: &mut Criterion) {
    let mut group = c.benchmark_group("plan");
    group.sample_size(10);
    for (name, model) in plans() {
        let settings = Settings::of(&model);
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|iterations| {
                let start = busy();
                for _ in 0..iterations {
                    plan(&model, &settings, &()).expect("there is something to plan");
                }
                busy().saturating_sub(start)
            });
        });
    }
    group.finish();
}

/// What this process has spent on all cores, in steps of 10 ms. Elsewhere than on Linux, the time.
fn busy() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let start = START.get_or_init(Instant::now);
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: Vec<u64> = stat.split_whitespace().skip(13).take(2).filter_map(|t| t.parse().ok()).collect();
    if ticks.len() == 2 { Duration::from_millis(10 * ticks.iter().sum::<u64>()) } else { start.elapsed() }
}

criterion_group!(benches, whole_plans);
criterion_main!(benches);
