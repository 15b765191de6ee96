//! Bytes of any kind as a group's roster: read or explained, and nothing panics.
#![no_main]

use headcount::scenario;
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::OnceLock;

const SCENARIO: &str = include_str!("../scenarios/rostered.toml");

/// A folder of this process.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir().expect("a temporary folder").keep())
}

fuzz_target!(|bytes: &[u8]| {
    std::fs::write(folder().join("roster.csv"), bytes).expect("the roster can be written");
    match scenario::from_text("fuzz.toml", SCENARIO, Some(folder()), &[]) {
        Ok(scenario) => {
            let _ = scenario::render_notes(&scenario.notes, true);
        }
        Err(faults) => assert!(!faults.render(true).contains("please report this as a bug")),
    }
});
