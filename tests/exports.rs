//! Exports as planners have them: every layout with its quirks, every fault with its words, and anything at all.

use headcount::exports::{
    self, Content, DateOrder, Decimal, Ending, Export, Intervals, Layout, Reading, Repeated,
};
use headcount::history::{self, Asked};
use headcount::scenario;
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

fn berlin() -> Reading {
    Reading { timezone: Some("Europe/Berlin".to_owned()), ..Reading::default() }
}

fn read(name: &str, reading: &Reading) -> Export {
    let bytes = std::fs::read(folder().join(name)).expect("a fixture");
    exports::from_bytes(name, bytes, reading).unwrap_or_else(|faults| panic!("{faults}"))
}

fn intervals(export: &Export) -> &Intervals {
    match &export.content {
        Content::Intervals(found) => found,
        Content::Calls(_) => panic!("single contacts"),
    }
}

/// Queues with their channel, and their rows as (time, offered, handle time over handled, abandoned).
fn shown(export: &Export) -> Vec<String> {
    let found = intervals(export);
    let mut lines = Vec::new();
    for queue in &found.queues {
        lines.push(format!("{} ({}), {}m", queue.name, queue.channel, found.minutes));
        for row in &queue.rows {
            let aht = row.handle_s.get().map(|s| (s / row.handled() * 100.0).round() / 100.0);
            let day = row.at.div_euclid(1440);
            let minute = row.at.rem_euclid(1440);
            lines.push(format!(
                "  day {day} {:02}:{:02} offered {} abandoned {:?} aht {aht:?} staffed {:?}",
                minute / 60,
                minute % 60,
                row.offered,
                row.abandoned.get(),
                row.staffed.get()
            ));
        }
    }
    lines
}

#[test]
fn every_layout_is_known_and_read() {
    let cases = [
        ("canonical.csv", Layout::Intervals, 30),
        ("semicolons.csv", Layout::Intervals, 30),
        ("genesys.csv", Layout::Genesys, 15),
        ("calabrio-forecast.csv", Layout::CalabrioForecast, 15),
        ("calabrio-queue.csv", Layout::CalabrioQueue, 15),
        ("verint.csv", Layout::Verint, 1440),
        ("amazon.csv", Layout::Amazon, 15),
    ];
    let mut said = Vec::new();
    for (name, layout, minutes) in cases {
        let export = read(name, &berlin());
        assert_eq!((export.layout, intervals(&export).minutes), (layout, minutes), "{name}");
        said.push(format!("{name}: {}\n{}", layout.words(), shown(&export).join("\n")));
    }
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn a_workbook_reads_like_text() {
    let bytes = std::fs::read(folder().join("workbook.xlsx")).unwrap();
    let asked = Reading { sheet: Some("Calls".to_owned()), ..Reading::default() };
    let export = exports::from_bytes("workbook.xlsx", bytes.clone(), &asked).unwrap();
    insta::assert_snapshot!(shown(&export).join("\n"));
    let lines: Vec<u32> = intervals(&export).queues[0].rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [4, 5, 6], "rows keep their numbers");
    assert_eq!(intervals(&export).minutes, 30);
    let which = exports::from_bytes("workbook.xlsx", bytes.clone(), &Reading::default()).unwrap_err();
    let none = Reading { sheet: Some("Nothing".to_owned()), ..Reading::default() };
    let none = exports::from_bytes("workbook.xlsx", bytes, &none).unwrap_err();
    insta::assert_snapshot!(format!("{which}\n\n{none}"));
}

#[test]
fn logs_are_read_contact_by_contact() {
    let export = read("calls.csv", &Reading::default());
    let Content::Calls(found) = &export.content else { panic!("a log") };
    assert_eq!(export.layout, Layout::Calls);
    let endings: Vec<Ending> = found.calls.iter().map(|call| call.ending).collect();
    assert_eq!(
        endings,
        [Ending::Answered, Ending::Abandoned, Ending::Answered, Ending::Contained, Ending::Answered]
    );
    assert_eq!(found.calls[0].handle_s, Some(300.0));
    assert_eq!(found.calls[1].customer, found.calls[2].customer);
    assert_ne!(found.calls[0].agent, found.calls[4].agent);
    let counted = found.intervals(30);
    let offered: Vec<f64> = counted.queues[0].rows[16..20].iter().map(|row| row.offered).collect();
    assert_eq!(offered, [3.0, 0.0, 1.0, 0.0], "in a log, no row means nobody came");

    let export = read("assembled.csv", &Reading::default());
    let Content::Calls(found) = &export.content else { panic!("a log") };
    assert_eq!(export.layout, Layout::Assembled);
    assert_eq!(found.calls[0].wait_s, Some(30.0));
    assert_eq!(found.queues, [("Tier 1".to_owned(), "voice"), ("Tier 1".to_owned(), "chat")]);
    assert_eq!(found.calls[2].ending, Ending::Contained, "open and untouched: nobody has handled it yet");
}

/// Where the clocks go back, instants tell the two hours apart: they fall on one clock time and are summed.
#[test]
fn the_night_of_the_clocks_loses_nobody() {
    let export = read("clocks.csv", &berlin());
    let rows: Vec<(i32, f64)> =
        intervals(&export).queues[0].rows.iter().map(|row| (row.at.rem_euclid(1440), row.offered)).collect();
    assert_eq!(rows, [(90, 4.0), (120, 1.0 + 3.0), (150, 2.0 + 5.0), (180, 6.0)]);
    insta::assert_snapshot!(scenario::render_notes(&export.notes, false));

    let text = "interval_start,offered\n2026-10-25 02:00,3\n2026-10-25 02:30,4\n2026-10-25 02:00,5\n2026-10-25 02:30,6\n";
    for (which, kept) in [(Repeated::First, [3.0, 4.0]), (Repeated::Second, [5.0, 6.0])] {
        let reading = Reading { repeated: Some(which), ..berlin() };
        let export = exports::from_bytes("night.csv", text.into(), &reading).unwrap();
        let offered: Vec<f64> = intervals(&export).queues[0].rows.iter().map(|row| row.offered).collect();
        assert_eq!(offered, kept);
    }
    // Rows of zero at the skipped hour are what some exports write; they are left out.
    let text = "interval_start,offered\n2026-03-29 01:30,3\n2026-03-29 02:00,0\n2026-03-29 02:30,0\n2026-03-29 03:00,4\n";
    let export = exports::from_bytes("night.csv", text.into(), &berlin()).unwrap();
    assert_eq!(intervals(&export).queues[0].rows.len(), 2);
    let written =
        history::import(&export, "night.csv", &Asked { timezone: berlin().timezone, ..Asked::default() });
    assert!(written.is_ok(), "the skipped hour is no gap");
}

/// What is said of every faulty file, as it stands on the screen.
#[test]
fn faulty_files_are_explained() {
    insta::glob!("exports/faults/*", |path| {
        let bytes = std::fs::read(path).expect("a fixture");
        let name = path.file_name().expect("a file").to_string_lossy();
        let reading = if name.starts_with("hour") { berlin() } else { Reading::default() };
        let faults = match exports::from_bytes(&name, bytes, &reading) {
            Err(faults) => faults,
            Ok(export) => history::import(&export, &name, &Asked::default()).expect_err(&name),
        };
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!(faults.render(false));
        });
    });
}

#[test]
fn what_was_asked_for_and_is_not_there_is_explained() {
    let bytes = || std::fs::read(folder().join("canonical.csv")).unwrap();
    let zone = Reading { timezone: Some("Europe/Berln".to_owned()), ..Reading::default() };
    let calls = Reading { layout: Some(Layout::Calls), ..Reading::default() };
    let export = read("canonical.csv", &Reading::default());
    let queue = Asked { queues: vec!["Billling".to_owned()], ..Asked::default() };
    let late = Asked { from: Some(30_000), ..Asked::default() };
    let row =
        |day: jiff::civil::Date, queue: usize| format!("{day} 08:00,Q{queue},3\n{day} 08:30,Q{queue},3\n");
    let first = jiff::civil::date(2025, 1, 1);
    let made = |rows: String| {
        let text = format!("interval_start,queue,offered\n{rows}");
        exports::from_bytes("made.csv", text.into_bytes(), &Reading::default()).unwrap()
    };
    let long = made((0..400).map(|day| row(first.saturating_add(jiff::Span::new().days(day)), 1)).collect());
    let wide = made((0..201).map(|queue| row(first, queue)).collect());
    let said = [
        history::import(&long, "long.csv", &Asked::default()).unwrap_err(),
        history::import(&wide, "wide.csv", &Asked::default()).unwrap_err(),
        exports::from_bytes("canonical.csv", bytes(), &zone).unwrap_err(),
        exports::from_bytes("canonical.csv", bytes(), &calls).unwrap_err(),
        history::import(&export, "canonical.csv", &queue).unwrap_err(),
        history::import(&export, "canonical.csv", &late).unwrap_err(),
        history::fit(&read("verint.csv", &Reading::default()), None, &history::Chosen::default())
            .unwrap_err(),
        history::fit(&export, Some(&read("amazon.csv", &berlin())), &history::Chosen::default()).unwrap_err(),
        history::fit(&export, Some(&export), &history::Chosen::default()).unwrap_err(),
    ];
    insta::assert_snapshot!(said.map(|faults| faults.render(false)).join("\n\n"));
}

/// Every fixture becomes a scenario without faults.
#[test]
fn what_is_imported_passes_the_check() {
    let home = tempfile::tempdir().unwrap();
    for name in [
        "canonical.csv",
        "semicolons.csv",
        "genesys.csv",
        "calabrio-forecast.csv",
        "calabrio-queue.csv",
        "verint.csv",
        "amazon.csv",
        "calls.csv",
        "assembled.csv",
        "clocks.csv",
    ] {
        let reading = berlin();
        let export = read(name, &reading);
        let asked = Asked { timezone: reading.timezone, gaps_are_zero: true, ..Asked::default() };
        let written = history::import(&export, name, &asked).unwrap_or_else(|faults| panic!("{faults}"));
        for (file, bytes) in &written.files {
            std::fs::write(home.path().join(file), bytes).unwrap();
        }
        let read = scenario::from_text(name, &written.scenario, Some(home.path()), &[]);
        let scenario = read.unwrap_or_else(|faults| panic!("{name}\n{}\n{faults}", written.scenario));
        let offered: f64 = match &export.content {
            Content::Intervals(found) => {
                found.queues.iter().flat_map(|queue| &queue.rows).map(|row| row.offered).sum()
            }
            Content::Calls(found) => {
                found.calls.iter().filter(|call| call.ending != Ending::Contained).count() as f64
            }
        };
        assert!(
            (scenario.model.expected_contacts() - offered).abs() < 1e-6,
            "{name}: nobody is lost on the way"
        );
    }
}

#[test]
fn an_imported_scenario_says_where_its_numbers_come_from() {
    let export = read("canonical.csv", &berlin());
    let asked = Asked { timezone: berlin().timezone, gaps_are_zero: true, ..Asked::default() };
    let written = history::import(&export, "exports/canonical.csv", &asked).unwrap();
    let files: Vec<String> = written
        .files
        .iter()
        .map(|(name, bytes)| format!("# {name}\n{}", String::from_utf8_lossy(bytes)))
        .collect();
    insta::assert_snapshot!(format!("{}\n{}", written.scenario, files.join("\n")));
}

/// Reads whatever comes, and goes on with what could be read: import and fit, too, meet only what they can bear.
fn door(bytes: Vec<u8>, reading: &Reading) {
    match exports::from_bytes("anything.csv", bytes, reading) {
        Err(faults) => assert!((1..=11).contains(&faults.len()) && !faults.render(true).is_empty()),
        Ok(export) => {
            let asked = Asked { gaps_are_zero: true, ..Asked::default() };
            if let Ok(written) = history::import(&export, "anything.csv", &asked) {
                assert!(written.scenario.contains("[calendar]"));
            }
            if let Ok(found) = history::fit(&export, Some(&export), &history::Chosen::default())
                .or_else(|_| history::fit(&export, None, &history::Chosen::default()))
            {
                assert!(history::scenario(&found, "anything.csv", None).scenario.contains("[calendar]"));
            }
        }
    }
}

/// Pieces that break things.
const PIECES: [&str; 30] = [
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r\n",
    "\"",
    "|||",
    "24:00",
    "2026-10-25 02:30",
    "2026-03-29 02:30",
    "Z",
    "+14:00",
    "-",
    "1e308",
    "1.234",
    "1,234",
    "9999999999999",
    "%",
    "0:59:59",
    "\u{feff}",
    "é",
    "\u{202e}",
    "2200-12-31T23:59:59Z",
    "1970-01-01 00:00",
    "offered",
    "interval_start",
    "NaN",
    "",
    " ",
];

fn readings() -> impl Strategy<Value = Reading> {
    let layout = prop::option::of(prop::sample::select(Layout::ALL.map(|(_, layout)| layout).to_vec()));
    let zones = prop::sample::select(vec![
        None,
        Some("Europe/Berlin"),
        Some("America/New_York"),
        Some("Australia/Lord_Howe"),
    ]);
    let decimal = prop::sample::select(vec![None, Some(Decimal::Dot), Some(Decimal::Comma)]);
    let dates = prop::sample::select(vec![None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)]);
    let repeated = prop::sample::select(vec![None, Some(Repeated::First), Some(Repeated::Second)]);
    (layout, zones, decimal, dates, repeated).prop_map(|(layout, zone, decimal, dates, repeated)| Reading {
        layout,
        timezone: zone.map(str::to_owned),
        repeated,
        decimal,
        dates,
        sheet: None,
    })
}

fn fixtures() -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn bytes_of_any_kind_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), reading in readings()) {
        door(bytes, &reading);
    }

    #[test]
    fn damaged_files_never_panic(
        which in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, prop::sample::select(PIECES.to_vec())), 1..6),
        layout in any::<bool>(),
        reading in readings(),
    ) {
        let fixtures = fixtures();
        let mut bytes = which.get(&fixtures).clone();
        for (at, length, piece) in cuts {
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, piece.bytes());
        }
        let reading = if layout { reading } else { Reading { layout: None, ..reading } };
        door(bytes, &reading);
    }
}
