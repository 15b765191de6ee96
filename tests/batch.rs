//! `batch`: what it prints, that it keeps going past a faulty scenario, resumes where it stopped, and how it ends.

use assert_cmd::Command;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const GOOD: &str = r#"
name = "good"
[calendar]
open = "09:00-12:00"
[run]
replications = 400
[queue.phone]
arrivals = { per_hour = 60 }
aht      = { exponential = { mean = "4m" } }
patience = { exponential = { mean = "3m" } }
target   = "80% in 20s"
[group.crew]
serves = ["phone"]
agents = 9
"#;

/// A folder of its own, in which the program runs.
struct Desk(TempDir);

impl Desk {
    fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, text) in files {
            desk.write(name, text);
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().expect("a folder")).expect("it can be made");
        fs::write(self.path(name), text).expect("it can be written");
    }

    /// Exit code, standard output and standard error.
    fn run(&self, line: &str) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_headcount"));
        let output = command.current_dir(self.0.path()).env("NO_COLOR", "1").args(line.split(' ')).output();
        let output = output.expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    fn told(&self, lines: &[&str]) -> String {
        let one = |line: &&str| {
            let (code, out, err) = self.run(line);
            format!("$ headcount {line}\n{out}{err}exit {code}\n")
        };
        lines.iter().map(one).collect::<Vec<_>>().join("\n")
    }
}

fn several() -> Desk {
    let few = GOOD.replace("\"good\"", "\"few\"").replace("agents = 9", "agents = 3");
    let planned = GOOD.replace("\"good\"", "\"planned\"").replace("agents = 9", "cost_per_hour = 20.0");
    let waits = GOOD.replace("\"80% in 20s\"", "{ asa = \"20s\" }").replace("\"good\"", "\"waits\"");
    let bare = GOOD.replace("target   = \"80% in 20s\"\n", "").replace("\"good\"", "\"bare\"");
    let faulty = GOOD.replace("agents", "agenst").replace("\"4m\"", "4");
    Desk::with(&[
        ("all/a-good.toml", GOOD),
        ("all/b-few.toml", &few),
        ("all/c-planned.toml", &planned),
        ("all/d-faulty.toml", &faulty),
        ("all/e-waits.toml", &waits),
        ("all/f-bare.toml", &bare),
        ("all/notes.txt", "no scenario"),
    ])
}

#[test]
fn what_it_prints_is_pinned() {
    let desk = several();
    let lines = [
        "batch all/*.toml",
        "batch all/*.toml --simulate --no-files --quiet",
        "batch all/a*.toml all/a-good.toml --no-files --quiet --format csv",
        "batch all/a*.toml all/f*.toml --no-files --quiet --format json",
        "batch all/b*.toml --no-files --quiet",
        "batch all/nobody.toml --no-files",
        "batch all/z*.toml --no-files",
        "batch all",
        "batch a[ --no-files",
        "batch",
    ];
    let told = desk.told(&lines).replace(env!("CARGO_PKG_VERSION"), "[version]");
    insta::assert_snapshot!(told);
}

#[test]
fn every_scenario_has_its_folder_beside_the_table_of_all() {
    let desk = several();
    let (code, out, _) = desk.run("batch all/*.toml --quiet --format csv --out plans");
    assert_eq!(code, 2);
    assert_eq!(fs::read_to_string(desk.path("plans/batch.csv")).expect("the table"), out);
    let folders = ["a-good", "b-few", "c-planned", "e-waits", "f-bare"];
    for folder in folders {
        for file in ["results.json", "table.txt", "finished.json"] {
            assert!(desk.path(&format!("plans/{folder}/{file}")).is_file(), "{folder}/{file}");
        }
    }
    assert!(!desk.path("plans/d-faulty").exists());
    // What a batch writes for a scenario is what the scenario's own command writes.
    assert_eq!(desk.run("plan all/c-planned.toml --quiet --out alone").0, 0);
    let same = |file: &str| {
        let batch = fs::read(desk.path(&format!("plans/c-planned/{file}"))).expect("of the batch");
        assert!(batch == fs::read(desk.path(&format!("alone/{file}"))).expect("alone"), "{file}");
    };
    for file in ["results.json", "intervals.csv", "summary.csv", "table.txt"] {
        same(file);
    }
}

#[test]
fn a_second_run_plays_only_what_has_changed() {
    let desk = several();
    let line = "batch all/a*.toml all/b*.toml all/c*.toml --format json --out plans";
    let first = desk.run(line);
    assert_eq!(first.0, 1);
    let stamp = |folder: &str| {
        let facts = fs::metadata(desk.path(&format!("plans/{folder}/results.json"))).expect("results");
        facts.modified().expect("a time")
    };
    let names = ["a-good", "b-few", "c-planned"];
    let before = names.map(stamp);
    let again = desk.run(line);
    assert_eq!((again.0, &again.1), (first.0, &first.1), "the table is the same to the byte");
    assert_eq!(names.map(stamp), before, "nothing was played again");
    let line = "batch all/a*.toml all/b*.toml --format json --out plans";
    // Another text, another seed, other replications, a missing result or --anew: played again.
    desk.write(
        "all/b-few.toml",
        &fs::read_to_string(desk.path("all/b-few.toml")).expect("text").replace("= 3", "= 4"),
    );
    let changed = desk.run(line);
    let agents = |said: &str| said.matches("\"agents\": 4").count();
    assert_eq!((agents(&first.1), agents(&changed.1)), (0, 1));
    assert_eq!([stamp("a-good"), stamp("c-planned")], [before[0], before[2]]);
    assert_ne!(stamp("b-few"), before[1]);
    for (line, file) in [
        (format!("{line} --seed 2"), "a-good"),
        (format!("{line} --seed 2 --replications 50"), "a-good"),
        (format!("{line} --seed 2 --replications 50 --anew"), "a-good"),
    ] {
        let before = stamp(file);
        desk.run(&line);
        assert_ne!(stamp(file), before, "{line}");
    }
    fs::remove_file(desk.path("plans/a-good/results.json")).expect("it was there");
    desk.run(&format!("{line} --seed 2 --replications 50"));
    assert!(desk.path("plans/a-good/results.json").is_file());
    fs::write(desk.path("plans/a-good/finished.json"), "{").expect("it can be written");
    assert_eq!(desk.run(&format!("{line} --seed 2 --replications 50")).0, 1);
}

#[test]
fn a_changed_roster_is_another_scenario() {
    let rostered = GOOD
        .replace("[calendar]", "[calendar]\nstart = \"2026-11-23\"")
        .replace("agents = 9", "roster = \"r.csv\"");
    let people = |n: usize| {
        let row = |k: usize| format!("P{k},2026-11-23 09:00,12:00\n");
        format!("agent,start,end\n{}", (0..n).map(row).collect::<String>())
    };
    let desk = Desk::with(&[("r.toml", &rostered), ("r.csv", &people(9))]);
    assert_eq!(desk.run("batch r.toml --quiet").0, 0);
    desk.write("r.csv", &people(3));
    assert_eq!(desk.run("batch r.toml --quiet").0, 1);
}

/// The workbook says what the table says: it is read back with another program's eyes.
#[test]
fn the_table_of_all_as_a_workbook() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let desk = Desk::with(&[
        ("good.toml", GOOD),
        ("bad.toml", &GOOD.replace("agents = 9", "agents = 2")),
        ("odd.toml", "x"),
    ]);
    let (code, _, err) = desk.run("batch good.toml bad.toml odd.toml --workbook --quiet --out all");
    assert_eq!(code, 2, "{err}");
    let mut book: Xlsx<_> = open_workbook(desk.path("all/summary.xlsx")).expect("it is a workbook");
    assert_eq!(book.sheet_names(), ["How they ended", "Scenarios"]);
    let ends = book.worksheet_range("How they ended").expect("the sheet is there");
    let text = |row: &[Data], column: usize| row[column].to_string();
    let found: Vec<(String, String)> = ends.rows().skip(1).map(|row| (text(row, 0), text(row, 1))).collect();
    let wanted = [("met", "1"), ("MISSED", "1"), ("FAULTY", "1")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(found, wanted);
    let all = book.worksheet_range("Scenarios").expect("the sheet is there");
    let csv = fs::read_to_string(desk.path("all/batch.csv")).expect("the table is there");
    let headings: Vec<String> = csv.lines().next().expect("a header").split(',').map(str::to_owned).collect();
    let mut of_sheet: Vec<String> =
        all.rows().next().expect("a header").iter().map(ToString::to_string).collect();
    assert_eq!(of_sheet[4], "ended");
    "status".clone_into(&mut of_sheet[4]);
    assert_eq!(of_sheet, headings);
    let rows: Vec<Vec<Data>> = all.rows().skip(1).map(<[Data]>::to_vec).collect();
    assert_eq!(rows.len(), 3);
    // 9 agents for three hours, a number and no text.
    assert_eq!((&rows[0][4], &rows[0][8]), (&Data::String("met".to_owned()), &Data::Float(27.0)));
    assert!(rows[2][16].to_string().contains("odd.toml:1:"), "{:?}", rows[2][16]);
    let again = fs::read(desk.path("all/summary.xlsx")).expect("it is there");
    desk.run("batch good.toml bad.toml odd.toml --workbook --quiet --anew --threads 1 --out all");
    assert!(fs::read(desk.path("all/summary.xlsx")).expect("it is there") == again, "the same, to the byte");
}

#[test]
fn threads_change_nothing() {
    let desk = several();
    let line = "batch all/a*.toml all/e*.toml all/f*.toml --no-files --quiet --format json --threads";
    assert_eq!(desk.run(&format!("{line} 1")), desk.run(&format!("{line} 2")));
}
