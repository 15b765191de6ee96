//! What planners take away: `--report`, `--workbook` and `--write` leave whole files, the same on any number of threads, and
//! say before the run what they cannot do.

mod common;

use common::desk::run_in;
use headcount::exports::{self, Content, Reading};
use std::fs;
use tempfile::TempDir;

const SCENARIO: &str = r#"
name = "<b>Desk</b> & more"
[calendar]
start = "2026-11-23"
open = "09:00-12:00"
timezone = "Europe/Berlin"
[run]
replications = 200
[queue.phone]
arrivals = { per_hour = 60 } # counted in March
aht      = { exponential = { mean = "4m" } }
patience = { exponential = { mean = "3m" } }
target   = "80% in 60s"
[group.crew]
serves = ["phone"]
shrinkage = "30%"
agents = 5
"#;

fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let put =
        |name: &str, text: &str| fs::write(desk.path().join(name), text).expect("a file can be written");
    put("desk.toml", SCENARIO);
    put("open.toml", &SCENARIO.replace("agents = 5\n", ""));
    put(
        "undated.toml",
        &SCENARIO.replace("start = \"2026-11-23\"\n", "").replace("timezone = \"Europe/Berlin\"\n", ""),
    );
    desk
}

const FILES: [&str; 6] =
    ["report.html", "workbook.xlsx", "requirement.csv", "calabrio-forecast.csv", "tidy.csv", "summary.md"];

#[test]
fn whole_files_are_left_and_threads_change_no_byte() {
    let desk = desk();
    for (command, file) in [("simulate", "desk.toml"), ("plan", "open.toml")] {
        for threads in [1, 2] {
            let line = format!(
                "{command} {file} --quiet --report --workbook --write requirement,calabrio,tidy,markdown --threads {threads} \
                 --out {command}{threads}"
            );
            let (code, _, err) = run_in(desk.path(), &line);
            assert!(code == Some(0) || code == Some(1), "{line}: {err}");
        }
        for name in FILES {
            let read = |threads: u32| {
                let path = desk.path().join(format!("{command}{threads}")).join(name);
                fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            };
            assert!(read(1) == read(2), "{command} {name}");
            assert!(read(1).len() > 100, "{command} {name}");
        }
    }
    let page = fs::read_to_string(desk.path().join("plan1/report.html")).expect("the page is there");
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(page.contains("<h1>&lt;b&gt;Desk&lt;/b&gt; &amp; more</h1>") && !page.contains("<b>Desk"));
    assert!(page.contains("# counted in March"));
    assert!(page.contains("headcount plan open.toml --seed 1 --replications 200"));
    let csv = fs::read_to_string(desk.path().join("plan1/requirement.csv")).expect("the file is there");
    assert_eq!(csv.lines().count(), 7);
    assert!(
        csv.lines().nth(1).is_some_and(|row| row.starts_with("2026-11-23T09:00:00+01:00,phone,")),
        "{csv}"
    );
}

#[test]
fn calabrio_s_forecast_is_read_as_one() {
    let desk = desk();
    run_in(desk.path(), "simulate desk.toml --quiet --write calabrio --out here");
    let bytes = fs::read(desk.path().join("here/calabrio-forecast.csv")).expect("the file is there");
    let export = exports::from_bytes("forecast.csv", bytes, &Reading::default()).expect("it can be read");
    assert_eq!(export.layout, exports::Layout::CalabrioForecast);
    let Content::Intervals(found) = export.content else { panic!("a row an interval") };
    let rows = &found.queues[0].rows;
    assert_eq!((found.minutes, rows.len(), found.queues[0].name.as_str()), (30, 6, "phone"));
    for row in rows {
        assert_eq!((row.offered, row.aht_s.get(), row.staffed.get()), (30.0, Some(240.0), Some(5.0)));
    }
}

/// What the page says of a plan can be got again with the command that it names.
#[test]
fn the_command_on_the_page_gives_the_same_figures() {
    let desk = desk();
    let first = run_in(
        desk.path(),
        "simulate desk.toml --quiet --no-files --format json --agents crew=6 --threads 1",
    )
    .1;
    run_in(desk.path(), "simulate desk.toml --quiet --agents crew=6 --report --out page");
    let page = fs::read_to_string(desk.path().join("page/report.html")).expect("the page is there");
    let command = "headcount simulate desk.toml --agents crew=6 --seed 1 --replications 200";
    assert!(page.contains(command));
    let again = format!("{} --quiet --no-files --format json", command.trim_start_matches("headcount "));
    let mut same = run_in(desk.path(), &again).1;
    // The fingerprint stands for the changes as they are typed, the seed among them.
    let hash = |text: &str| text.lines().find(|line| line.contains("scenario_hash")).map(str::to_owned);
    if let (Some(a), Some(b)) = (hash(&same), hash(&first)) {
        same = same.replace(&a, &b);
    }
    assert_eq!(same, first);
}

#[test]
fn what_they_refuse_is_pinned() {
    let desk = desk();
    let said: Vec<String> = [
        "simulate undated.toml --write requirement",
        "simulate undated.toml --write tidy,calabrio",
        "simulate desk.toml --write excel",
        "simulate desk.toml --report --no-files",
        "plan open.toml --workbook --no-files",
    ]
    .map(|line| {
        let (code, out, err) = run_in(desk.path(), line);
        assert_eq!(out, "", "{line}");
        format!("$ {line}\n{err}exit code {}\n", code.expect("it ends by itself"))
    })
    .into();
    assert!(!desk.path().join("output").exists(), "nothing is left of a refusal");
    insta::assert_snapshot!("refused", said.join("\n"));
}
