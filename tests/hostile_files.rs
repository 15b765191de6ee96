//! Every reader of files, fed with files that somebody has broken: each is read, or its faults are shown, and nothing panics.
//! The files are the tests' own exports, logs, rosters and workbooks with bytes and cells changed, doubled, cut and moved.
//! `fuzz/run` does the same for hours, led by which lines of the program were reached.

use headcount::exports::{self, Content, Export, Layout, Reading};
use headcount::history::reconcile::{Wanted, actual, reconcile};
use headcount::history::{self, Asked, Chosen};
use headcount::scenario::{self, Faults};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

/// Cells and ends of lines that break things.
const PIECES: [&str; 40] = [
    "",
    "0",
    "-1",
    "1e308",
    "nan",
    "inf",
    "99999999999999999999",
    "0.000000000001",
    "1,5",
    "1.234",
    "5:30",
    "0:60:00",
    "24:00",
    "9999-12-31",
    "0000-00-00",
    "2026-02-30",
    "2026-10-25 02:30",
    "2026-03-29 02:30",
    "2026-10-25T02:30:00+02:00",
    "26-11-23 08:00:00",
    "20261123 08:00",
    "1/2/2026",
    "UTC+99:99",
    "Europe/Nowhere",
    "voice",
    "chat",
    "abandoned",
    "answered",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    ",,,,",
    ";",
    "\t",
    "|||",
    "é\u{202e}",
    "\u{feff}",
    "\0",
    "=1+1",
];

/// One change: where, with what, and how.
type Change = (Index, Index, u8);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec((any::<Index>(), any::<Index>(), 0..7_u8), 1..8)
}

/// A text with cells exchanged, lines doubled, dropped and moved, bytes put in and cut.
fn broken(text: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for (at, piece, how) in changes {
        let piece = PIECES[piece.index(PIECES.len())].as_bytes();
        let place = at.index(bytes.len() + 1);
        let is_edge = |b: &u8| b",;\t\n|<>\"".contains(b);
        let start = bytes[..place].iter().rposition(is_edge).map_or(0, |at| at + 1);
        let end = bytes[place..].iter().position(is_edge).map_or(bytes.len(), |at| place + at);
        match how {
            0..=2 => drop(bytes.splice(start..end, piece.iter().copied())),
            3 => drop(bytes.splice(place..place, piece.iter().copied())),
            4 => bytes.truncate(place.max(1)),
            5 => {
                let line: Vec<u8> =
                    bytes[start..].iter().copied().take_while(|b| *b != b'\n').chain([b'\n']).collect();
                drop(bytes.splice(start..start, line));
            }
            _ => {
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 0x55;
                }
            }
        }
    }
    bytes
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn bytes_of(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every CSV file of a folder, in order of name.
fn files(of: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder(of)).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    paths.sort();
    paths.iter().map(|path| bytes_of(path)).collect()
}

fn explained(faults: &Faults) {
    let said = faults.render(true);
    assert!(!said.trim().is_empty() && !said.contains("please report this as a bug"), "{said}");
}

/// What an export is good for: imported, counted, fitted.
fn used(export: &Export, forecast: Option<&Export>) {
    let asked = Asked { gaps_are_zero: true, timezone: Some("Europe/Berlin".to_owned()), ..Asked::default() };
    if let Err(faults) = history::import(export, "broken.csv", &asked) {
        explained(&faults);
    }
    if let Content::Calls(calls) = &export.content {
        let _ = calls.intervals(30);
    }
    match history::fit(export, forecast, &Chosen::default()) {
        Ok(found) => drop(history::scenario(&found, "broken.csv", Some("Europe/Berlin"))),
        Err(faults) => explained(&faults),
    }
}

/// A line that is open for two hours, against which a file is held.
const SMALL: &str = include_str!("../fuzz/scenarios/line.toml");

/// A desk whose people are those of a roster.
const ROSTERED: &str = include_str!("../fuzz/scenarios/rostered.toml");

/// A desk whose shifts are worked by the people of a file.
const PEOPLED: &str = include_str!("../fuzz/scenarios/people.toml");

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exports(file in select(files("tests/exports")), changes in changes(), layout in 0..12_usize, zone in any::<bool>()) {
        let reading = Reading {
            layout: Layout::ALL.get(layout).map(|(_, layout)| *layout),
            timezone: zone.then(|| "Europe/Berlin".to_owned()),
            ..Reading::default()
        };
        match exports::from_bytes("broken.csv", broken(&file, &changes), &reading) {
            Ok(export) => used(&export, None),
            Err(faults) => explained(&faults),
        }
    }

    #[test]
    fn forecasts(came in select(files("tests/exports")), forecast in select(files("tests/exports")), changes in changes()) {
        let read = |bytes| exports::from_bytes("broken.csv", bytes, &Reading::default());
        if let (Ok(came), Ok(forecast)) = (read(came), read(broken(&forecast, &changes))) {
            used(&came, Some(&forecast));
        }
    }

    #[test]
    fn rosters_and_people(file in select(files("scenarios")), changes in changes()) {
        let desk = tempfile::tempdir().expect("a temporary folder");
        for (scenario, name) in [(ROSTERED, "roster.csv"), (PEOPLED, "people.csv")] {
            std::fs::write(desk.path().join(name), broken(&file, &changes)).expect("it can be written");
            if let Err(faults) = scenario::from_text("broken.toml", scenario, Some(desk.path()), &[]) {
                explained(&faults);
            }
        }
    }

    #[test]
    fn actuals(changes in changes()) {
        let bytes = broken(&bytes_of(&folder("scenarios/phone-yesterday.csv")), &changes);
        let model = scenario::from_text("small.toml", SMALL, None, &[]).expect("it has no faults").model;
        match exports::from_bytes("broken.csv", bytes, &Reading::default()) {
            Err(faults) => explained(&faults),
            Ok(export) => match actual(&export, &model, &Wanted::default()) {
                Err(faults) => explained(&faults),
                Ok(came) => {
                    let few = came.compared().map(|id| came.sum(id).offered).sum::<f64>() < 2000.0;
                    if few && came.day_count() < 5 {
                        let _ = reconcile(&model, &came, 2, &|_, _| true);
                    }
                }
            },
        }
    }

    #[test]
    fn workbooks(part in any::<Index>(), changes in changes()) {
        let bytes = bytes_of(&folder("tests/exports/workbook.xlsx"));
        match exports::from_bytes("broken.xlsx", with_broken_part(&bytes, part, &changes), &Reading::default()) {
            Ok(export) => used(&export, None),
            Err(faults) => explained(&faults),
        }
        // The zip itself, its sizes and offsets.
        if let Err(faults) = exports::from_bytes("broken.xlsx", broken(&bytes, &changes), &Reading::default()) {
            explained(&faults);
        }
    }
}

/// The same workbook with one of its parts broken.
fn with_broken_part(bytes: &[u8], part: Index, changes: &[Change]) -> Vec<u8> {
    let mut book = ZipArchive::new(Cursor::new(bytes)).expect("it is a workbook");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let chosen = part.index(book.len());
    for k in 0..book.len() {
        let mut text = Vec::new();
        let mut file = book.by_index(k).expect("a part");
        let name = file.name().expect("it has a name").into_owned();
        file.read_to_end(&mut text).expect("it can be read");
        out.start_file(name, stored).expect("a part can be begun");
        out.write_all(&if k == chosen { broken(&text, changes) } else { text }).expect("it can be written");
    }
    out.finish().expect("it can be ended").into_inner()
}
