//! The program as its users meet it: what it prints, how it ends, and what it does with input that nobody should give it.

use assert_cmd::Command;
use std::fmt::Write;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A small centre that plays a thousand days in no time.
const SMALL: &str = r#"
name = "small"
[calendar]
open = "09:00-12:00"
[demand]
day_factor_cv = "8%"
[run]
replications = 200
[queue.phone]
arrivals = { per_hour = 60 }
aht      = { lognormal = { mean = "4m", cv = 1.0 } }
patience = { exponential = { mean = "3m" } }
target   = "80% in 20s"
[group.crew]
serves   = ["phone"]
agents   = 7
"#;

/// A folder of its own for one test, in which the program runs.
struct Desk(TempDir);

/// How the program ended and what it said.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
    took: Duration,
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn with(name: &str, text: &str) -> Self {
        let desk = Self::new();
        fs::write(desk.path(name), text).expect("the scenario can be written");
        desk
    }

    fn small() -> Self {
        Self::with("small.toml", SMALL)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A command line by its blanks; `_` stands for a blank inside a word.
    fn line(&self, line: &str) -> Said {
        let words: Vec<String> = line.split(' ').map(|word| word.replace('_', " ")).collect();
        self.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn run(&self, words: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_headcount"));
        command.current_dir(self.0.path()).env("NO_COLOR", "1").args(words);
        let start = Instant::now();
        let output = command.output().expect("the program starts");
        Said {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("standard output is text"),
            err: String::from_utf8(output.stderr).expect("standard error is text"),
            took: start.elapsed(),
        }
    }

    fn shell(&self, line: &str) -> Option<i32> {
        let line = line.replace("headcount", env!("CARGO_BIN_EXE_headcount"));
        let mut command = std::process::Command::new("bash");
        let status = command.current_dir(self.0.path()).args(["-o", "pipefail", "-c", &line]).status();
        status.expect("a shell starts").code()
    }

    fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).expect("the folder is there");
        let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

impl Said {
    /// It refused: quickly, in words, without a result and without a panic.
    fn refused(&self, code: i32, because: &str) {
        assert_eq!(self.code, Some(code), "{}", self.err);
        assert!(self.err.contains(because), "no \"{because}\" in: {}", self.err);
        assert!(self.out.is_empty() && !self.err.contains("panicked"), "{}{}", self.out, self.err);
        assert!(self.took < Duration::from_secs(2), "took {:?}", self.took);
    }

    fn fine(&self) -> &str {
        assert_eq!(self.code, Some(0), "{}", self.err);
        &self.out
    }
}

#[test]
fn help() {
    let desk = Desk::new();
    insta::assert_snapshot!("help", desk.run(&["--help"]).fine());
    for command in
        ["plan", "simulate", "roster", "batch", "init", "import", "fit", "check", "erlang", "explain"]
    {
        insta::assert_snapshot!(format!("help-{command}"), desk.run(&[command, "--help"]).fine());
    }
    for formula in ["b", "c", "a", "chat"] {
        insta::assert_snapshot!(
            format!("help-erlang-{formula}"),
            desk.run(&["erlang", formula, "--help"]).fine()
        );
    }
    let version = format!("headcount {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(desk.run(&["--version"]).fine(), version);
}

#[test]
fn help_fits_eighty_columns_where_it_is_written_by_hand() {
    let help = Desk::new().run(&["--help"]).out;
    assert!(help.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let desk = Desk::small();
    let json = |threads: &str| {
        let words = ["simulate", "small.toml", "--no-files", "--format", "json", "--threads", threads];
        desk.run(&words).fine().to_owned()
    };
    let one = json("1");
    assert!(one.contains("\"contacts_simulated\""));
    assert_eq!(one, json("2"));
    assert_eq!(one, json("8"));
}

#[test]
fn another_seed_gives_other_bytes() {
    let desk = Desk::small();
    let json = |seed: &str| {
        desk.run(&["simulate", "small.toml", "--no-files", "--format", "json", "--seed", seed]).out
    };
    assert_ne!(json("1"), json("2"));
    assert_ne!(json("18446744073709551615"), json("9223372036854775807"));
}

#[test]
fn simulate_shows_a_table_writes_files_and_says_where() {
    let desk = Desk::small();
    let said = desk.run(&["simulate", "small.toml"]);
    assert!(said.fine().starts_with("small\n"), "{}", said.out);
    assert!(said.out.lines().all(|line| line.chars().count() <= 80));
    assert!(said.err.ends_with("files in output/small\n"), "{}", said.err);
    let files = desk.files("output/small");
    for name in ["results.json", "intervals.csv", "summary.csv", "agents-by-interval.svg", "waits-phone.png"]
    {
        assert!(files.iter().any(|file| file == name), "no {name} among {files:?}");
    }
    let printed = desk.run(&["simulate", "small.toml", "--format", "json", "--quiet"]);
    assert_eq!(printed.fine(), fs::read_to_string(desk.path("output/small/results.json")).expect("results"));
    assert!(printed.err.is_empty(), "{}", printed.err);
    let csv = desk.run(&["simulate", "small.toml", "--format", "csv", "--out", "elsewhere"]);
    assert_eq!(csv.fine(), fs::read_to_string(desk.path("elsewhere/intervals.csv")).expect("intervals"));
}

#[test]
fn plan_needs_no_file() {
    let desk = Desk::new();
    let flags = ["plan", "--calls", "60/h", "--aht", "4m", "--patience", "3m", "--target", "90% in 1m"];
    let run = |more: &[&str]| desk.run(&[&flags[..], more].concat());
    let said = run(&["--open", "09:00-12:00", "--shrinkage", "30%", "--save", "mine.toml"]);
    let (table, file) = (said.fine(), fs::read_to_string(desk.path("mine.toml")).expect("saved"));
    assert!(table.contains("on average") && table.contains("nine days in ten"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    assert_eq!(file, fs::read_to_string(desk.path("output/Quick-plan/scenario.toml")).expect("the scenario"));
    assert_eq!(desk.run(&["plan", "mine.toml"]).fine(), table, "the file means what the flags meant");
    run(&["--save", "mine.toml"]).refused(2, "mine.toml exists already");
    run(&["--open", "noon"]).refused(2, "open");
    assert_eq!(desk.files("output"), ["Quick-plan"]);
}

#[test]
fn the_same_plan_on_any_number_of_threads() {
    let desk = Desk::with("open.toml", &SMALL.replace("agents   = 7", ""));
    let json = |threads: &str| {
        let words = ["plan", "open.toml", "--no-files", "--format", "json", "--threads", threads];
        desk.run(&words).fine().to_owned()
    };
    let one = json("1");
    assert!(one.contains("\"plan\": {"));
    assert_eq!(one, json("2"));
    assert_eq!(one, json("8"));
}

#[test]
fn plans_that_cannot_be() {
    let desk = Desk::small();
    desk.run(&["plan", "small.toml"]).refused(2, "nothing to plan");
    fs::write(desk.path("open.toml"), SMALL.replace("agents   = 7", "at_most = 3")).expect("a scenario");
    let said = desk.run(&["plan", "open.toml", "--no-files"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(!said.out.is_empty());
}

#[test]
fn check_decides_by_the_targets() {
    let desk = Desk::small();
    let check = |agents: &str| {
        desk.run(&["simulate", "small.toml", "--no-files", "--check", "--agents", agents]).code
    };
    assert_eq!((check("crew=12"), check("crew=2")), (Some(0), Some(1)));
    let without = desk.run(&["simulate", "small.toml", "--no-files", "--agents", "crew=2"]);
    assert_eq!(without.code, Some(0));
}

#[test]
fn groups_without_agents_are_for_planning() {
    let desk = Desk::with("small.toml", &SMALL.replace("agents   = 7", ""));
    let said = desk.run(&["simulate", "small.toml"]);
    said.refused(2, "group crew has no agents");
    assert!(said.err.contains("--agents \"crew=N\"") && said.err.contains("headcount plan"), "{}", said.err);
    desk.run(&["simulate", "small.toml", "--agents", "crew=7", "--no-files"]).fine();
    assert_eq!(desk.files("."), ["small.toml"]);
}

#[test]
fn every_template_has_no_fault() {
    let desk = Desk::new();
    let list = desk.run(&["init", "--list"]).fine().to_owned();
    for line in list.lines() {
        let name = line.split_whitespace().next().expect("a name");
        desk.run(&["init", name, "--to", "it.toml", "--force"]).fine();
        let said = desk.run(&["check", "it.toml"]);
        assert!(
            said.fine().starts_with("it.toml: no faults\n") && !said.err.contains("warning"),
            "{}",
            said.err
        );
        assert_eq!(
            desk.run(&["init", name]).out,
            fs::read_to_string(desk.path("it.toml")).expect("the template")
        );
    }
    desk.run(&["init", "phone", "--to", "it.toml"]).refused(2, "it.toml exists already");
    desk.run(&["init", "fone"]).refused(2, "no template \"fone\"");
}

#[test]
fn editors_get_a_schema() {
    let text = Desk::new().run(&["init", "--schema"]).fine().to_owned();
    let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert!(schema["properties"]["queue"].is_object(), "{text}");
}

#[test]
fn erlang_in_both_directions() {
    let desk = Desk::new();
    let run = |line: &str| desk.line(line).fine().to_owned();
    insta::assert_snapshot!(
        "erlang-c-level",
        run("erlang c --calls 240/h --aht 5m --agents 24 --within 20s")
    );
    insta::assert_snapshot!(
        "erlang-a-agents",
        run("erlang a --calls 240/h --aht 5m --patience 3m --target 90%_in_2m")
    );
    insta::assert_snapshot!(
        "erlang-a-calls",
        run("erlang a --aht 5m --patience 3m --agents 24 --target 90%_in_2m")
    );
    insta::assert_snapshot!("erlang-b-lines", run("erlang b --calls 240/h --aht 5m --blocking 1%"));
    insta::assert_snapshot!(
        "erlang-c-json",
        run("erlang c --calls 200/h --aht 3m --target 80%_in_20s --format json")
    );
    insta::assert_snapshot!("erlang-c-csv", run("erlang c --calls 200/h --aht 3m --agents 10 --format csv"));
    assert_eq!(desk.line("erlang c --calls 240/h --aht 5m --target 100%_in_2m").code, Some(1));
}

#[test]
fn several_chats_in_hand() {
    let desk = Desk::new();
    let run = |line: &str| desk.line(line).fine().to_owned();
    let typing = "erlang chat --think 40s --compose 20s --switching 10% --reply-within 30s";
    insta::assert_snapshot!("erlang-chat-typing", run(typing));
    insta::assert_snapshot!("erlang-chat-csv", run(&format!("{typing} --format csv")));
    let observed = "erlang chat --observed-aht 12m";
    insta::assert_snapshot!("erlang-chat-shares", run(&format!("{observed} --observed-shares 0.5,0.3,0.2")));
    insta::assert_snapshot!(
        "erlang-chat-mean",
        run(&format!("{observed} --observed-concurrency 2.2 --sigma 10%"))
    );
    insta::assert_snapshot!(
        "erlang-chat-json",
        run(&format!("{observed} --observed-shares 50%,30%,20% --format json"))
    );
    let wide = run("erlang chat --think 1d --compose 59m --switching 33.33% --reply-within 2h_33m_59s");
    assert!(wide.lines().all(|line| line.chars().count() <= 80), "{wide}");
    for (line, because) in [
        ("", "--think"),
        (" --think 40s", "--compose"),
        (" --compose 20s", "--think"),
        (" --think 40s --compose 20s --observed-aht 12m --observed-concurrency 2", "cannot be used with"),
        (" --think 40s --compose 20s --sigma 10%", "cannot be used with"),
        (" --think 0s --compose 20s", "no time at all"),
        (" --observed-aht 12m", "--observed-shares"),
        (" --observed-aht 12m --observed-concurrency 2 --observed-shares 1", "cannot be used with"),
        (" --observed-aht 12m --observed-concurrency 0.4", "leave the time with none in hand out"),
        (" --observed-aht 12m --observed-concurrency nan", "from 1 to 1,000"),
        (" --observed-aht 12m --observed-shares 0.5,0.3", "must add up to 1, not 0.8"),
        (" --observed-aht 12m --observed-shares 0,0", "must add up to 1"),
    ] {
        desk.line(&format!("erlang chat{line}")).refused(2, because);
    }
    for line in
        ["--think 3650d --compose 1ms", "--think 1ms --compose 3650d --reply-within 1ms --switching 1"]
    {
        let said = run(&format!("erlang chat {line}"));
        assert!(!said.contains("NaN") && !said.contains("inf"), "{said}");
    }
}

#[test]
fn erlang_with_numbers_that_no_centre_has() {
    let desk = Desk::new();
    for line in [
        "erlang c --calls 240/h --aht 5m",
        "erlang a --calls 1e9/h --aht 10d --patience 1ms --agents 1",
        "erlang a --calls 240 --aht 5m --patience 3m --agents 1",
        "erlang c --calls 240/h --aht 0s --agents 1",
        "erlang c --calls nan/h --aht 1s --agents 1",
        "erlang c --calls 240/h --aht 5m --agents 1000000000",
        "erlang c --calls 240/h --aht 5m --agents -1",
        "erlang b --calls 240/h --aht 5m --blocking 0%",
        "erlang c --calls 240/h --aht 5m --target 90%_in_2m_per_day",
    ] {
        desk.line(line).refused(2, "error:");
    }
    for line in [
        "erlang a --calls 1e6/h --aht 1h --patience 1ms --agents 10000000",
        "erlang a --calls 0/h --aht 5m --patience 3m --agents 0",
        "erlang c --calls 0/h --aht 5m --agents 0",
        "erlang b --calls 0/h --aht 5m --lines 0",
        "erlang a --aht 3650d --patience 3650d --agents 10000000 --target 99.999%_in_0s",
    ] {
        let said = desk.line(line);
        assert!(
            matches!(said.code, Some(0 | 1)) && !said.out.contains("NaN") && !said.out.contains("inf"),
            "{line}"
        );
        assert!(said.took < Duration::from_secs(2), "{line} took {:?}", said.took);
    }
}

#[test]
fn files_that_are_none() {
    let desk = Desk::small();
    fs::create_dir(desk.path("folder")).expect("a folder");
    File::create(desk.path("empty.toml")).expect("an empty file");
    fs::write(desk.path("binary.toml"), [0, 159, 146, 150, 255]).expect("a binary file");
    let garbage = File::create(desk.path("garbage.toml")).expect("a file");
    garbage.set_len(1 << 30).expect("a sparse file of a gigabyte");
    for command in ["check", "simulate", "plan"] {
        desk.run(&[command, "missing.toml"]).refused(3, "missing.toml");
        desk.run(&[command, "folder"]).refused(3, "folder");
        desk.run(&[command, "small.toml/x"]).refused(3, "small.toml/x");
        desk.run(&[command, "empty.toml"]).refused(2, "error");
        desk.run(&[command, "binary.toml"]).refused(2, "error");
        desk.run(&[command, "garbage.toml"]).refused(3, "garbage.toml is too large");
        desk.run(&[command, ""]).refused(2, "error");
    }
    assert_eq!(desk.files("."), ["binary.toml", "empty.toml", "folder", "garbage.toml", "small.toml"]);
}

#[cfg(unix)]
#[test]
fn devices_are_no_scenarios() {
    let desk = Desk::new();
    desk.run(&["check", "/dev/null"]).refused(2, "error");
    let endless = desk.run(&["check", "/dev/zero"]);
    assert!(matches!(endless.code, Some(2 | 3)), "{}", endless.err);
}

#[test]
fn words_that_are_none() {
    let desk = Desk::small();
    desk.run(&[]).refused(2, "Usage");
    desk.run(&["small.toml"]).refused(2, "headcount plan small.toml");
    desk.run(&["frobnicate"]).refused(2, "unrecognized subcommand");
    desk.run(&["plan"]).refused(2, "required");
    desk.run(&["simulate", "small.toml", "--sed", "2"]).refused(2, "--seed");
    desk.run(&["simulate", "small.toml", "--threads", "0"]).refused(2, "--threads");
    desk.run(&["simulate", "small.toml", "--threads", "99999999"]).refused(2, "--threads");
    desk.run(&["simulate", "small.toml", "--replications", "many"]).refused(2, "whole number");
    desk.run(&["simulate", "small.toml", "--format", "xml"]).refused(2, "table, json, csv");
    desk.run(&["plan", "small.toml", "--calls", "240/h"]).refused(2, "cannot be used with");
    desk.run(&["plan", "--calls", "240/h", "--aht", "5m"]).refused(2, "--target");
}

#[test]
fn changes_that_fit_no_scenario() {
    let desk = Desk::small();
    let refused = |flag: &str, value: &str, because: &str| {
        desk.run(&["simulate", "small.toml", "--no-files", flag, value]).refused(2, because);
    };
    refused("--agents", "crew=1000000000", "agents");
    refused("--agents", "crew=99999999999999999999999999", "agents");
    refused("--agents", "crew=-3", "agents");
    refused("--agents", "crew", "--agents");
    refused("--agents", "crow=3", "crew");
    refused("--set", "calendar.days=36500", "days");
    refused("--set", "queue.phone.arrivals.per_hour=1e300", "per_hour");
    refused("--set", "queue.phone.arrivals.per_hour=1e12", "contacts");
    refused("--set", "run.replications=1e18", "replications");
    refused("--replications", "0", "replications");
    refused("--replications", "18446744073709551615", "replications");
    refused("--set", "no.such.key=1", "no");
    refused("--set", "=", "key");
    refused("--set", "queue.phone.patience=soon", "patience");
}

#[test]
fn folders_that_cannot_be_written() {
    let desk = Desk::small();
    let out =
        |folder: &str| desk.run(&["simulate", "small.toml", "--replications", "100000000", "--out", folder]);
    out("small.toml/x").refused(3, "small.toml/x");
    out("small.toml").refused(3, "small.toml");
    fs::create_dir_all(desk.path("taken/results.json")).expect("a folder in the way");
    out("taken").refused(3, "it is a folder");
    assert_eq!(desk.files("taken"), ["results.json"]);
    assert_eq!(desk.files("."), ["small.toml", "taken"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_a_broken_pipe_is_none() {
    let desk = Desk::small();
    assert_eq!(desk.shell("headcount init > /dev/full 2> err"), Some(3));
    assert_eq!(desk.shell("headcount --help > /dev/full 2> /dev/null"), Some(3));
    let words = fs::read_to_string(desk.path("err")).expect("words");
    assert_eq!(words, "error: cannot write to standard output: no space left on device\n");
    assert_eq!(
        desk.shell("headcount simulate small.toml --no-files --format json 2> err | head -1 > /dev/null"),
        Some(0)
    );
    assert_eq!(desk.shell("headcount init | true"), Some(0));
    assert_eq!(desk.shell("headcount --help | true"), Some(0));
    assert_eq!(desk.shell("headcount check small.toml 2>&- > /dev/null"), Some(0));
    assert_eq!(desk.shell("headcount simulate small.toml --no-files >&- 2> err"), Some(0));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_is_finished() {
    let desk = Desk::small();
    let line = "headcount simulate small.toml --replications 100000000 --threads 2 > out 2> err & \
                pid=$!; sleep 1; kill -INT $pid; wait $pid";
    // Bash lets background commands ignore SIGINT; a subshell with job control does not.
    assert_eq!(desk.shell(&format!("set -m; {line}")), Some(130));
    let err = fs::read_to_string(desk.path("err")).expect("words");
    assert!(err.contains("stopped after ") && err.contains(" of 100000000 replications"), "{err}");
    let results = fs::read_to_string(desk.path("output/small/results.json")).expect("results");
    assert!(results.contains("\"interrupted\": true"));
    assert!(!desk.files("output/small").iter().any(|name| name.contains("unfinished")));
}

#[test]
fn no_word_of_ours_is_wider_than_a_terminal() {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/templates");
    for entry in fs::read_dir(scenarios).expect("templates") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("text");
        let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100).collect();
        assert!(wide.is_empty(), "{wide:?}");
    }
}

/// A week of a log: enough to fit, small enough to pin.
fn log() -> String {
    let mut text = "arrived,wait_s,outcome,handle_s\n".to_owned();
    for day in 2..=6 {
        for call in 0..60 {
            let (minute, wait) = (call * 8, call % 7 * 10);
            let outcome = if call % 9 == 5 { "abandoned," } else { "answered," };
            let handle =
                if call % 9 == 5 { String::new() } else { (60 + call * 7 % 300 + day * 5).to_string() };
            let (hour, minute) = (9 + minute / 60, minute % 60);
            let _ = writeln!(text, "2026-03-0{day} {hour:02}:{minute:02}:05,{wait},{outcome}{handle}");
        }
    }
    text
}

#[test]
fn an_export_becomes_a_scenario_that_can_be_planned() {
    let desk = Desk::with("calls.csv", &log());
    let said = desk.line("import calls.csv --timezone Europe/Berlin");
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(desk.files("output/calls"), ["phone.csv", "scenario.toml"]);
    insta::assert_snapshot!("import", format!("{}\n{}", said.out, said.err));
    assert_eq!(desk.line("check output/calls/scenario.toml").code, Some(0));
    let again = desk.line("import calls.csv");
    assert_eq!(again.code, Some(2));
    insta::assert_snapshot!("import-again", again.err);
    assert_eq!(desk.line("import calls.csv --force").code, Some(0));

    let said = desk.line("fit calls.csv --timezone Europe/Berlin --out fitted");
    assert_eq!(said.code, Some(0), "{}", said.err);
    let pictures =
        ["handle-times-phone.png", "handle-times-phone.svg", "patience-phone.png", "patience-phone.svg"];
    assert_eq!(
        desk.files("fitted"),
        [&["handle-times-phone.csv"], &pictures[..], &["scenario.toml"]].concat()
    );
    insta::assert_snapshot!("fit", format!("{}\n{}", said.out, said.err));
    let played =
        desk.line("simulate fitted/scenario.toml --agents phone-agents=3 --replications 20 --no-files");
    assert_eq!(played.code, Some(0), "{}", played.err);
}

#[test]
fn an_export_that_cannot_be_read_leaves_nothing() {
    let desk = Desk::with("odd.csv", "interval_start,offered\n2026-11-23 08:00,many\n");
    for (line, code) in [
        ("import odd.csv", 2),
        ("fit odd.csv", 2),
        ("import none.csv", 3),
        ("fit odd.csv --forecast none.csv", 2),
    ] {
        assert_eq!(desk.line(line).code, Some(code), "{line}");
    }
    assert_eq!(desk.files("."), ["odd.csv"]);
}

/// A key of the file that means nothing beside the file's own staff is warned about; beside `--agents` it is not, for
/// nobody would take it out for one run.
#[test]
fn staff_from_the_command_line_contradicts_nothing_in_the_file() {
    let planned = SMALL.replace("agents   = 7\n", "plan = \"flat\"\nat_least = 2\n");
    let desk = Desk::with("planned.toml", &planned);
    let said = desk.line("check planned.toml --agents crew=7");
    assert_eq!((said.code, said.err.contains("has no effect")), (Some(0), false), "{}", said.err);
    let desk = Desk::with(
        "both.toml",
        &SMALL.replace("agents   = 7\n", "agents = 7\nplan = \"flat\"\nat_least = 2\n"),
    );
    let said = desk.line("check both.toml");
    assert_eq!(said.err.matches("has no effect").count(), 2, "{}", said.err);
    // Once more given on the command line, the file's own is no longer there.
    assert!(!desk.line("check both.toml --agents crew=8").err.contains("has no effect"));
}

#[test]
fn words_are_explained() {
    let desk = Desk::new();
    let said = [desk.line("explain"), desk.line("explain service level"), desk.line("explain ACW")]
        .map(|said| said.fine().to_owned());
    insta::assert_snapshot!("explain", said.join("\n"));
    let unknown = desk.line("explain shrinkige");
    assert_eq!(unknown.code, Some(2));
    insta::assert_snapshot!("explain-unknown", unknown.err);
}
