//! A scenario that names a file beside it, which is anything.

use headcount::scenario;
use std::path::PathBuf;
use std::sync::OnceLock;

/// A folder of this process.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir().expect("a temporary folder").keep())
}

/// Reads `scenario` with `bytes` in the file `name`: read or explained, and nothing panics.
pub fn read(scenario: &str, name: &str, bytes: &[u8]) {
    std::fs::write(folder().join(name), bytes).expect("the file can be written");
    match scenario::from_text("fuzz.toml", scenario, Some(folder()), &[]) {
        Ok(scenario) => {
            let _ = scenario::render_notes(&scenario.notes, true);
        }
        Err(faults) => assert!(!faults.render(true).contains("please report this as a bug")),
    }
}
