//! Every shipped scenario, run as a user runs it, its words pinned; and the README's first screen, taken from the main
//! job itself.

#[path = "reference/readme.rs"]
#[allow(unreachable_pub, clippy::print_stderr)]
mod readme;

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the README's chart lies.
const CHART: &str = "docs/service-level-by-agents.svg";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs a command on a shipped scenario with files in a folder of its own; gives the table and the folder.
fn run(scenario: &Path) -> (String, tempfile::TempDir) {
    let text = fs::read_to_string(scenario).expect("scenarios are text");
    let command = ["plan", "roster"].into_iter().find(|name| text.contains(&format!("headcount {name} ")));
    let command = command.unwrap_or("simulate");
    let folder = tempfile::tempdir().expect("a folder");
    let mut headcount = Command::cargo_bin("headcount").expect("the program");
    headcount.arg(command).arg(scenario).arg("--quiet").arg("--out").arg(folder.path());
    let output = headcount.output().expect("it runs");
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1)), "{}: {code:?}", scenario.display());
    let printed = String::from_utf8(output.stdout).expect("text");
    let kept = fs::read_to_string(folder.path().join("table.txt")).expect("the table is left as a file");
    assert_eq!(printed, kept);
    (format!("exit code {}\n\n{printed}", code.unwrap_or_default()), folder)
}

#[test]
fn every_shipped_scenario_says_what_it_said() {
    insta::glob!("..", "scenarios/*.toml", |path| {
        let (table, _folder) = run(path);
        insta::assert_snapshot!(table);
    });
}

#[test]
fn the_first_screen_of_the_readme_is_what_the_main_job_says() {
    let (table, folder) = run(&here("scenarios/phone-90-in-2-minutes.toml"));
    let upto = table.find("What the formulas would say").expect("the formulas come later");
    let screen = table[..upto].split_once("\n\n").expect("the exit code comes first").1.trim_end();
    readme::check("answer", &format!("\n```\n{screen}\n```\n\n"));
    let chart = fs::read_to_string(folder.path().join("service-level-by-agents.svg")).expect("the chart");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(here(CHART), &chart).expect("the chart can be written");
    }
    let shown = fs::read_to_string(here(CHART)).unwrap_or_default();
    assert!(shown == chart, "{CHART} is out of date: run this test with UPDATE_README=1");
}
