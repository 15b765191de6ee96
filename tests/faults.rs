//! Faulty scenarios and what is said of them: every kind of fault, its place and its mend.

use headcount::scenario::{self, Override};
use std::path::Path;

/// Each `faults/*.toml` is faulty; its messages are a snapshot.
#[test]
fn faulty_scenarios_are_explained() {
    insta::glob!("faults/*.toml", |path| {
        let text = std::fs::read_to_string(path).expect("a readable scenario");
        let name = path.file_name().expect("a file").to_string_lossy();
        let faults = scenario::from_text(&name, &text, path.parent(), &[]).expect_err(&name);
        insta::assert_snapshot!(faults.render(false));
    });
}
