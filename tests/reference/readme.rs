//! The table in the README is the one that the tests find: results are the same bytes wherever they are computed.

use std::path::Path;

const START: &str = "<!-- validation -->\n";
const END: &str = "<!-- /validation -->";

/// Compares the README's table with the one found, or writes it there if the variable `UPDATE_README` is set.
pub fn check(table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let Some((before, block, after)) = split(&path) else {
        eprintln!("skipped: README.md has no validation table between its marks");
        return;
    };
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, format!("{before}{START}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(block, table, "README.md is out of date: run this test with UPDATE_README=1");
    }
}

/// The README before, between and after its marks.
fn split(path: &Path) -> Option<(String, String, String)> {
    let text = std::fs::read_to_string(path).ok()?;
    let (before, rest) = text.split_once(START)?;
    let (block, after) = rest.split_once(END)?;
    Some((before.to_owned(), block.to_owned(), after.to_owned()))
}
