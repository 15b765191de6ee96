//! Tables in the README are those that the tests find: results are the same bytes wherever they are computed.

use std::path::Path;

/// Compares the README's table between `<!-- name -->` and `<!-- /name -->` with the one found, or writes it there if
/// the variable `UPDATE_README` is set.
pub fn check(name: &str, table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let marks = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let Some((before, block, after)) = split(&path, &marks) else {
        eprintln!("skipped: README.md has no table between <!-- {name} --> and <!-- /{name} -->");
        return;
    };
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, format!("{before}{}{table}{}{after}", marks.0, marks.1)).unwrap();
    } else {
        assert_eq!(block, table, "README.md is out of date: run this test with UPDATE_README=1");
    }
}

/// The README before, between and after two marks.
fn split(path: &Path, (start, end): &(String, String)) -> Option<(String, String, String)> {
    let text = std::fs::read_to_string(path).ok()?;
    let (before, rest) = text.split_once(start)?;
    let (block, after) = rest.split_once(end)?;
    Some((before.to_owned(), block.to_owned(), after.to_owned()))
}
