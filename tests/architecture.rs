//! The import rules: which folder may use which. Reads the `use crate::` lines and every `crate::` path of the
//! sources and fails on any arrow that the table does not have.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Folder → what it may use. `*` is everything.
const MAY_USE: [(&str, &[&str]); 16] = [
    ("cli", &["*"]),
    // A group's roster is a file that planners have, read as exports are.
    ("scenario", &["exports", "model", "units"]),
    // Exports show their faults as scenarios do.
    ("exports", &["scenario", "units"]),
    // What happened is held against what the model says of it, and both are replayed.
    ("history", &["exports", "erlang", "scenario", "model", "montecarlo", "stats", "units"]),
    ("model", &["units"]),
    ("random", &["model", "units"]),
    ("engine", &["model", "random", "units"]),
    ("montecarlo", &["engine", "stats", "model", "random", "units"]),
    ("stats", &["units"]),
    ("erlang", &["units"]),
    ("plan", &["montecarlo", "erlang", "stats", "model", "units"]),
    ("roster", &["plan", "montecarlo", "stats", "model", "units"]),
    // A schedule is made for what a plan asks for.
    ("shifts", &["plan", "montecarlo", "erlang", "stats", "model", "units"]),
    ("report", &["history", "plan", "roster", "shifts", "montecarlo", "stats", "model", "units"]),
    ("main", &["cli"]),
    ("units", &[]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the source folder can be read") {
        let path = entry.expect("its entries too").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The first names after `crate::` (or `headcount::` in main) on a line that is no comment.
fn imports(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let mut names = Vec::new();
    for root in ["crate::", "headcount::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            let group = rest.strip_prefix('{').and_then(|r| r.split('}').next()).unwrap_or(rest);
            for part in group.split(',').take(if rest.starts_with('{') { usize::MAX } else { 1 }) {
                let name: String =
                    part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                names.push(name);
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn every_arrow_between_folders_is_allowed() {
    let rules: BTreeMap<_, _> = MAY_USE.into_iter().collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for file in sources(&root) {
        let inside = file.strip_prefix(&root).expect("below the source folder");
        let first =
            inside.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "");
        if first == "lib" {
            continue;
        }
        let allowed = rules.get(first.as_str()).unwrap_or_else(|| panic!("{first} has no row in the table"));
        let text = fs::read_to_string(&file).expect("sources are text");
        for (number, line) in text.lines().enumerate() {
            for used in imports(line) {
                let fine = used == first || allowed.contains(&"*") || allowed.contains(&used.as_str());
                // Macros and items at the root of the crate have no folder.
                if !fine && rules.contains_key(used.as_str()) {
                    faults.push(format!("{}:{}: {first} may not use {used}", inside.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_source_file_has_a_head() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let bare: Vec<_> = sources(&root)
        .into_iter()
        .filter(|file| !fs::read_to_string(file).expect("sources are text").starts_with("//!"))
        .collect();
    assert!(bare.is_empty(), "no //! head: {bare:?}");
}

#[test]
fn main_is_thin() {
    let main =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).expect("main.rs");
    assert!(
        main.lines().count() <= 40,
        "main.rs parses, runs, shows the error and sets the exit code; no more"
    );
}
