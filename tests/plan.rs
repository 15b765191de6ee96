//! `plan` on whole scenarios: the reference cases, random queues with a known answer, and what is said when nothing
//! helps. The long studies are ignored; run them with `cargo test --release --test plan -- --ignored`.

use headcount::model::Model;
use headcount::plan::{Settings, plan};
use headcount::scenario;
use std::time::Instant;

/// The model of a scenario text.
fn model(text: &str) -> Model {
    match scenario::from_text("test.toml", text, None, &[]) {
        Ok(scenario) => scenario.model,
        Err(faults) => panic!("{faults:?}"),
    }
}

/// One queue of 240 calls an hour from 8 to 12, AHT 5 minutes, patience 3 minutes, 90% within 2 minutes, and a group
/// with the given lines.
fn phone(group: &str) -> Model {
    model(&format!(
        r#"
[calendar]
open = "08:00-12:00"
[queue.phone]
arrivals = {{ per_hour = 240 }}
aht      = {{ exponential = {{ mean = "5m" }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
target   = {{ answered = "90%", within = "2m" }}
[group.agents]
serves = ["phone"]
{group}
"#
    ))
}

/// The day of 48 half-hours of the reference cases, with the given target.
fn day48(target: &str) -> Model {
    model(&format!(
        r#"
[queue.phone]
arrivals = {{ per_interval = [20, 20, 20, 20, 20, 21, 22, 24, 27, 34, 44, 60, 84, 117, 160, 212, 271, 332, 389, 438,
    474, 495, 500, 494, 480, 464, 449, 437, 428, 419, 409, 394, 373, 349, 322, 296, 273, 253, 234, 213, 187, 156, 123,
    92, 65, 46, 34, 27] }}
aht      = {{ lognormal = {{ mean = "5m", cv = 1.0 }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
target   = {target}
[group.agents]
serves = ["phone"]
"#
    ))
}

#[test]
fn quick_look() {
    for (name, model) in [
        ("phone", phone("")),
        ("day48 80/20 interval", day48(r#"{ answered = "80%", within = "20s", per = "interval" }"#)),
        ("day48 90/120 day", day48(r#"{ answered = "90%", within = "120s", floor = "75%" }"#)),
        ("day48 90/120 day 60", day48(r#"{ answered = "90%", within = "120s" }"#)),
    ] {
        let start = Instant::now();
        let answer = plan(&model, &Settings::of(&model), &()).unwrap();
        println!("== {name}: {:.2?}", start.elapsed());
        println!("{:?} {:?} {:?}", answer.verdict, answer.reached, answer.binding);
        println!("{:?}", answer.certificate);
        println!("hours {} {:?}", answer.groups[0].agent_hours, answer.groups[0].agents);
        println!("avg {:?}", answer.on_average);
        println!("nine {:?}", answer.nine_in_ten);
        for a in &answer.alternatives {
            println!("alt {a:?}");
        }
        for c in &answer.curve {
            println!(
                "curve {} {} {} {:.4} {:.4}",
                c.offset, c.agents, c.agent_hours, c.level.mean, c.days_met.mean
            );
        }
    }
}
