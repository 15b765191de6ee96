//! The program as a user types it, beside the files that lie on their desk.

use assert_cmd::Command;
use std::fs;
use std::path::Path;

/// Exit code, standard output and standard error of a command line in a folder with these files.
pub fn run(files: &[(&str, &str)], line: &str) -> (Option<i32>, String, String) {
    let desk = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        fs::write(desk.path().join(name), text).expect("the file can be written");
    }
    run_in(desk.path(), line)
}

/// The same in a folder that is there already.
pub fn run_in(folder: &Path, line: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headcount"));
    let output = command.current_dir(folder).env("NO_COLOR", "1").args(line.split(' ')).output();
    let output = output.expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// What several command lines print, each with its exit code, to be pinned.
pub fn told(files: &[(&str, &str)], lines: &[&str]) -> String {
    let one = |line: &&str| {
        let (code, out, err) = run(files, line);
        format!("$ headcount {line}\n{out}{err}exit {}\n", code.unwrap_or(-1))
    };
    lines.iter().map(one).collect::<Vec<_>>().join("\n")
}
