//! `compare` and `sweep`: what they print, that theory's differences are found, that threads change nothing.

mod common;

use common::desk::run_in;
use headcount::erlang::{Definition, ErlangA};
use headcount::montecarlo::Staffing;
use headcount::montecarlo::compare::{Entrant, Side, play};
use headcount::scenario;
use std::fs;
use tempfile::TempDir;

/// A steady queue of 240 calls an hour, with `agents` and a rate per paid hour.
fn steady(name: &str, agents: u32) -> String {
    format!(
        r#"
name = "{name}"
[calendar]
open = "08:00-14:00"
[run]
start = "steady"
replications = 300
[queue.phone]
arrivals = {{ per_hour = 240 }}
aht      = {{ exponential = {{ mean = "5m" }} }}
patience = {{ exponential = {{ mean = "3m" }} }}
target   = "80% in 20s"
[group.crew]
serves = ["phone"]
agents = {agents}
cost_per_hour = 28
"#
    )
}

/// A folder with the scenarios `lean`, with 19 agents, and `full`, with 21; and another of the name `lean`.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    for (file, text) in [("lean.toml", steady("lean", 19)), ("full.toml", steady("full", 21))] {
        fs::write(desk.path().join(file), text).expect("the scenario can be written");
    }
    fs::write(desk.path().join("twin.toml"), steady("lean", 20)).expect("the scenario can be written");
    fs::write(desk.path().join("open.toml"), steady("open", 0).replace("agents = 0\n", ""))
        .expect("the scenario can be written");
    desk
}

#[test]
fn what_they_print_is_pinned() {
    let desk = desk();
    for (name, line) in [
        ("compare", "compare lean.toml full.toml --no-files --quiet"),
        ("three_of_which_two_are_one", "compare lean.toml twin.toml twin.toml --no-files --quiet"),
        (
            "sweep",
            "sweep lean.toml --set group.crew.agents=20,21 --set demand.forecast_scale=1,1.1 --no-files --quiet",
        ),
        ("swing", "sweep lean.toml --swing --no-files --quiet"),
        ("json", "compare lean.toml full.toml --no-files --quiet --format json"),
        ("csv", "compare lean.toml full.toml --no-files --quiet --format csv"),
    ] {
        let (code, out, err) = run_in(desk.path(), line);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{line}");
        insta::with_settings!({ filters => vec![(r"headcount \d+\.\d+\.\d+", "headcount [version]")] }, {
            insta::assert_snapshot!(name, out);
        });
    }
}

/// The page, before and after by interval, and the same bytes on any number of threads.
#[test]
fn a_comparison_leaves_a_page_and_charts() {
    let desk = desk();
    for threads in [1, 2] {
        let line =
            format!("compare lean.toml full.toml --quiet --report --threads {threads} --out of{threads}");
        assert_eq!(run_in(desk.path(), &line).0, Some(0));
    }
    let read = |name: &str| fs::read(desk.path().join(name)).expect("the file is there");
    for name in ["report.html", "side-by-side-phone.svg", "side-by-side-phone.png", "compare.csv"] {
        assert!(read(&format!("of1/{name}")) == read(&format!("of2/{name}")), "{name}");
    }
    let page = String::from_utf8(read("of1/report.html")).expect("it is text");
    for part in [
        "<h1>lean or full</h1>",
        "full does best by",
        "<figure>",
        "lean, as it was written",
        "full, as it was written",
        "headcount compare lean.toml full.toml --seed 1 --replications 300",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for foreign in ["<script", "<link", "<img", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    // A sweep has one text; what turns one thing down and up has no picture.
    let line = "sweep lean.toml --set group.crew.agents=20,21 --quiet --report --out swept";
    assert_eq!(run_in(desk.path(), line).0, Some(0));
    let page = String::from_utf8(read("swept/report.html")).expect("it is text");
    assert_eq!(page.matches("as it was written").count(), 1);
    assert!(
        page.contains("headcount sweep lean.toml --set group.crew.agents=20,21 --seed 1 --replications 300")
    );
    assert_eq!(
        run_in(desk.path(), "sweep lean.toml --swing --quiet --replications 20 --out swung").0,
        Some(0)
    );
    assert!(!desk.path().join("swung/side-by-side-phone.svg").exists());
}

#[test]
fn what_they_refuse_is_pinned() {
    let desk = desk();
    let told: Vec<String> = [
        "compare lean.toml",
        "compare lean.toml nowhere.toml",
        "compare lean.toml open.toml",
        "sweep lean.toml",
        "sweep lean.toml --swing 0",
        "sweep lean.toml --swing much",
        "sweep lean.toml --swing --set group.crew.agents=20,21",
        "sweep lean.toml --set group.crew.agentz=20,21",
        "sweep lean.toml --set group.crew.agents=20,many",
        "sweep open.toml --swing",
    ]
    .iter()
    .map(|line| {
        let (code, out, err) = run_in(desk.path(), line);
        assert!(code != Some(0) && out.is_empty(), "{line}: {out}");
        assert!(!desk.path().join("output").exists(), "{line} left a folder");
        format!("$ headcount {line}\n{err}exit {}\n", code.unwrap_or(-1))
    })
    .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn threads_change_nothing_and_files_are_what_is_printed() {
    let desk = desk();
    let line = "compare lean.toml full.toml --format json --out found --threads";
    let (one, two) =
        (run_in(desk.path(), &format!("{line} 1")).1, run_in(desk.path(), &format!("{line} 2")).1);
    assert_eq!(one, two);
    assert_eq!(fs::read_to_string(desk.path().join("found/compare.json")).unwrap(), one);
    let mut files: Vec<_> = fs::read_dir(desk.path().join("found"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(
        files,
        ["compare.csv", "compare.json", "side-by-side-phone.png", "side-by-side-phone.svg", "table.txt"]
    );
}

fn side(agents: u32) -> Side {
    let model =
        scenario::from_text("side.toml", &steady("side", agents), None, &[]).expect("a scenario").model;
    let entrant = Entrant { model: &model, staffing: &Staffing::given(&model) };
    play(&[entrant], 3, 400, &|_| true).and_then(|mut sides| sides.pop()).expect("nobody stops it")
}

#[test]
fn differences_are_those_of_theory() {
    let sides = [18, 20, 22].map(side);
    let exact = |agents: u32| {
        let queue = ErlangA::new(20.0, agents, 300.0, 180.0).unwrap();
        [queue.service_level(Definition::Offered, 20.0), queue.abandonment()]
    };
    let truth = [18, 20, 22].map(exact);
    // Three pairs of staffings, level and hang-ups: six comparisons within 3 standard errors.
    for (a, b) in [(0, 1), (1, 2), (0, 2)] {
        for (figure, (more, fewer)) in sides[b].figures.iter().zip(truth[b].iter().zip(truth[a])) {
            let found = sides[b].beyond(&sides[a], figure, 0.9973).unwrap();
            let exact = more - fewer;
            assert!(found.contains(exact), "{a} {b} {figure:?}: {exact} not in {found:?}");
        }
    }
}
