//! Whatever is thrown at the door, the answer is a scenario or faults: never a panic, never a long wait.

use headcount::scenario::{self, Override};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The door: as a fuzzer would call it.
fn door(bytes: Vec<u8>, overrides: &[Override]) {
    match scenario::from_bytes("fuzz.toml", bytes, Some(folder()), overrides) {
        Ok(scenario) => {
            let model = &scenario.model;
            assert!(model.expected_contacts().is_finite());
            assert!(model.queues.iter().all(|queue| queue.volumes.len() == model.grid().intervals()));
            let _ = scenario::render_notes(&scenario.notes, true);
        }
        Err(faults) => {
            assert!(faults.len() > 0);
            let said = faults.render(true);
            assert!(!said.is_empty() && !said.contains("please report this as a bug"), "{said}");
        }
    }
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults"))
}

fn shipped() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = std::fs::read_dir(folder).expect("scenarios").filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|kind| kind == "toml")).collect();
    paths.sort();
    paths.push(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenario/everything.toml"));
    paths.iter().map(|path| std::fs::read_to_string(path).expect("a scenario")).collect()
}

/// Pieces that break things.
const PIECES: [&str; 39] = [
    "0",
    "-1",
    "1e308",
    "nan",
    "-inf",
    "99999999999999999999",
    "\"\"",
    "\"5\"",
    "\"-1s\"",
    "\"1e9d\"",
    "\"999%\"",
    "[]",
    "{}",
    "[[]]",
    "[1, 2]",
    "{ mon = 1 }",
    "{ mon = [] }",
    "{ csv = \"data/calls.csv\", column = \"offered\" }",
    "true",
    "1979-05-27",
    "\"closed\"",
    "\"23:00-01:00\"",
    "\"00:00-00:00\"",
    "{ fixed = \"0.000001s\" }",
    "\"0000-00-00\"",
    "\"9999-12-31\"",
    "366",
    "\"5m\"",
    "\"60m\"",
    "\"\\u0000\"",
    "\"é\u{202e}\"",
    "{ 0 = \"closed\" }",
    "\"auto\"",
    "\"steady\"",
    "[[\"1m\", 0.5]]",
    "[[\"1m\"], [1, 2, 3]]",
    "{ voice = 2, chat = 12, email = 11 }",
    "\"phone\"",
    "\"90% done in 4h elapsed\"",
];

/// A shipped scenario with some of its values replaced by pieces, and some of its lines dropped or doubled.
fn mutated() -> impl Strategy<Value = String> {
    let changes =
        prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8), 1..6);
    (prop::sample::select(shipped()), changes).prop_map(|(text, changes)| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (line, piece, how) in changes {
            let line = line.index(lines.len());
            let piece = PIECES[piece.index(PIECES.len())];
            match (how, lines[line].split_once('=')) {
                (0, _) => lines[line].clear(),
                (1, _) => lines.insert(line, lines[line].clone()),
                (_, Some((key, _))) => lines[line] = format!("{key}= {piece}"),
                (_, None) => piece.clone_into(&mut lines[line]),
            }
        }
        lines.join("\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_scenarios(text in mutated()) {
        door(text.into_bytes(), &[]);
    }

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        door(bytes, &[]);
    }

    #[test]
    fn random_text(text in "[\\[\\]{}=.,\"'a-z0-9:% \\n#-]{0,200}") {
        door(text.into_bytes(), &[]);
    }

    #[test]
    fn cut_scenarios(text in prop::sample::select(shipped()), cut in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = text.into_bytes();
        let at = cut.index(bytes.len());
        bytes[at] = byte;
        door(bytes.clone(), &[]);
        bytes.truncate(at);
        door(bytes, &[]);
    }

    #[test]
    fn random_overrides(key in "[a-z0-9._\"-]{0,30}", value in "[ -~é]{0,20}", deep in prop::sample::select(vec![
        "queue.phone.", "queue.phone.handle.", "queue.phone.target.", "group.everyone.", "calendar.", "run.", "",
    ])) {
        let text = shipped().remove(2);
        door(text.clone().into_bytes(), &[Override::set(format!("{deep}{key}={value}"))]);
        door(text.into_bytes(), &[Override::agents(format!("{key}={value}")), Override::set(value)]);
    }
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> Vec<u8> {
    (0..count).flat_map(|i| line(i).into_bytes()).collect()
}

/// A scenario that reads the CSV file `x.csv` in every way there is.
const READS_CSV: &str = r#"
[calendar]
start = "2026-10-25"
timezone = "Europe/Berlin"
interval = "60m"
open = "00:00-03:00"
[queue.a]
arrivals = { csv = "x.csv", column = "b" }
aht = { fixed = { csv = "x.csv", column = "b" } }
patience = { empirical = { csv = "x.csv", column = "b" } }
[queue.c]
arrivals = { csv = "x.csv", column = "b", time = "a" }
aht = { fixed = "5m" }
[group.g]
serves = ["a", "c"]
agents = { csv = "x.csv", column = "b", date = "a", time = "c" }
shrinkage = { csv = "x.csv", column = "b" }
"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_csv_files(header in "(a,b,c|a;b;c|b|a\tb\tc|a,a,b|)", rows in prop::collection::vec(
        "(2026-10-2[45]|0[0-3]:[03]0|2026-10-25[T ]0[0-3]:00Z?|[0-9]{1,2}|[0-9],[0-9]|\"|é|-1|5%|)[,;\t\n\r\"]{1,2}", 0..20,
    ), junk in prop::collection::vec(any::<u8>(), 0..4)) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bytes = format!("{header}\n{}", rows.concat()).into_bytes();
        bytes.extend(junk);
        std::fs::write(folder.path().join("x.csv"), bytes).expect("a file");
        if let Err(faults) = scenario::from_text("fuzz.toml", READS_CSV, Some(folder.path()), &[]) {
            prop_assert!(!faults.render(true).contains("please report this as a bug"));
        }
    }
}

/// Texts made to be slow, deep or wide.
#[test]
fn monsters_are_met_quickly() {
    let deep = |open: &str, close: &str| format!("x = {}{}", open.repeat(100_000), close.repeat(100_000));
    let monsters: Vec<Vec<u8>> = vec![
        deep("[", "]").into_bytes(),
        deep("{a=", "}").into_bytes(),
        format!("{}x = 1", "a.".repeat(100_000)).into_bytes(),
        format!("[{}x]", "a.".repeat(100_000)).into_bytes(),
        vec![b'a'; 1_000_000],
        vec![0; 1_000_000],
        vec![0xff; 1_000_000],
        vec![b'"'; 1_000_000],
        "x = 1\n".repeat(200_000).into_bytes(),
        numbered(50_000, |i| format!("key{i} = 1\n")),
        format!("[queue.a]\nhandle = [{}]\n", "1,".repeat(500_000)).into_bytes(),
        format!("[queue.a]\narrivals.per_interval = [{}]\n", "\"x\",".repeat(200_000)).into_bytes(),
        numbered(300, |i| format!("[queue.q{i}]\n")),
    ];
    for (i, monster) in monsters.into_iter().enumerate() {
        let start = Instant::now();
        door(monster, &[]);
        assert!(start.elapsed() < Duration::from_secs(5), "monster {i} took {:?}", start.elapsed());
    }
}

/// A file far too large is refused before it is read.
#[test]
fn a_gigabyte_is_refused_at_once() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    file.as_file().set_len(1 << 30).expect("a sparse file");
    let start = Instant::now();
    let faults = scenario::read(file.path(), &[]).expect_err("too large");
    assert!(faults.render(false).contains("too large"), "{faults}");
    assert!(start.elapsed() < Duration::from_secs(1));
}
