//! `simulate --wordings`: what it prints, that threads change nothing, and that theory's figures are found.

mod common;

use common::desk::{run, told};
use headcount::erlang::{Definition, ErlangA};
use headcount::montecarlo::Staffing;
use headcount::montecarlo::wordings::{Aggregation, Attribution, wordings};
use headcount::scenario;

const STEADY: &str = r#"
name = "steady"
[calendar]
open = "08:00-14:00"
days = 2
[run]
start = "steady"
replications = 300
[queue.phone]
arrivals = { per_hour = 240 }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = "80% in 20s"
[group.crew]
serves = ["phone"]
agents = 22
"#;

/// The scenario, and one without a promise on the service level.
fn desk(lines: &[&str]) -> String {
    let none = STEADY.replace("target   = \"80% in 20s\"", "target = { abandoned = \"5%\" }");
    told(&[("steady.toml", STEADY), ("none.toml", &none)], lines)
}

#[test]
fn what_it_prints_is_pinned() {
    let lines = [
        "simulate steady.toml --wordings --no-files --quiet",
        "simulate steady.toml --wordings --no-files --quiet --replications 20 --format csv",
        "simulate none.toml --wordings --no-files",
    ];
    insta::assert_snapshot!(desk(&lines));
}

#[test]
fn threads_change_nothing() {
    let line = "simulate steady.toml --wordings --no-files --quiet --format json --threads";
    let with = |threads: u32| run(&[("steady.toml", STEADY)], &format!("{line} {threads}"));
    assert_eq!(with(1), with(2));
}

/// Four definitions over the run, and by each attribution, are those of Erlang A on a day without ends; three standard
/// errors.
#[test]
fn definitions_are_those_of_theory() {
    let text = STEADY.replace("open = \"08:00-14:00\"", "interval = \"30m\"");
    let model = scenario::from_text("steady.toml", &text, None, &[]).expect("a scenario").model;
    let found = wordings(&model, &Staffing::given(&model), 300, &|_| true).expect("nobody stopped it");
    let queue = ErlangA::new(20.0, 22, 300.0, 180.0).unwrap();
    let theory = [
        ("offered", Definition::Offered),
        ("answered", Definition::Answered),
        ("ignore_early", Definition::IgnoreEarly),
        ("credit_early", Definition::CreditEarly),
    ];
    let mut compared = 0;
    for (key, definition) in theory {
        let wanted = queue.service_level(definition, 20.0);
        for one in found[0].wordings.iter().filter(|one| one.definition.key() == key) {
            if one.aggregation != Aggregation::Run {
                continue;
            }
            let e = one.figure.expect("it was counted");
            let three = 3.0 * e.half_width() / 1.97;
            assert!((e.mean - wanted).abs() < three, "{key}, {:?}: {e:?} for {wanted}", one.attribution);
            compared += 1;
        }
    }
    assert_eq!(compared, 4 * Attribution::ALL.len());
}
