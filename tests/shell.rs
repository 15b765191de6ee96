//! `completions` and `man`: a real bash completes with the one, a real groff sets the other without a warning. Both are left
//! out, and that is said, where the machine has no bash or groff.

mod common;

use common::desk::run_in;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const HEADCOUNT: &str = env!("CARGO_BIN_EXE_headcount");

/// What a program makes of an input; nothing where it is not installed.
#[allow(clippy::print_stderr)] // a test that is left out says so
fn fed(program: &str, words: &[&str], input: &str) -> Option<Output> {
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        eprintln!("skipped: there is no {program} on this machine");
        return None;
    };
    child.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("it reads");
    Some(child.wait_with_output().expect("it ends"))
}

/// What bash offers for the last of these words.
fn offered(words: &[&str]) -> Option<Vec<String>> {
    let script = format!(
        "source <('{HEADCOUNT}' completions bash)\nCOMP_WORDS=(headcount {0})\nCOMP_CWORD={1}\n\
         _headcount headcount '{2}' '{3}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
        words.len(),
        words[words.len() - 1],
        if words.len() > 1 { words[words.len() - 2] } else { "headcount" },
    );
    let output = fed("bash", &["--norc"], &script)?;
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}

#[test]
fn bash_completes_commands_flags_and_values() {
    for (words, wanted) in [
        (&["pl"][..], &["plan"][..]),
        (&["sl"], &["slack"]),
        (&["erlang", "ch"], &["chat"]),
        (&["plan", "--rep"], &["--replications", "--report"]),
        (&["simulate", "x.toml", "--format", ""], &["table", "json", "csv"]),
        (&["completions", "z"], &["zsh"]),
        (&["plan", "x.toml", "--write", "ti"], &["tidy"]),
    ] {
        let Some(found) = offered(words) else { return };
        assert_eq!(found, wanted, "{words:?}");
    }
}

#[test]
fn every_shell_has_a_script_and_others_are_refused() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, out, err) = run_in(Path::new("."), &format!("completions {shell}"));
        assert_eq!((code, err.as_str()), (Some(0), ""), "{shell}");
        for command in ["plan", "reconcile", "completions"] {
            assert!(out.contains(command), "{shell} knows no {command}");
        }
    }
    let told: Vec<String> =
        ["completions", "completions tcsh", "man plot", "man erlang d", "man plan --out pages"]
            .map(|line| {
                let (code, out, err) = run_in(Path::new("."), line);
                format!("$ headcount {line}\n{out}{err}exit {}\n", code.unwrap_or(-1))
            })
            .to_vec();
    insta::assert_snapshot!(told.join("\n"));
}

/// As long as it is the same, a page looks the same: one is pinned as a reader sees it, and one as it is written.
#[test]
fn a_page_is_pinned() {
    let (code, page, err) = run_in(Path::new("."), "man slack");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    insta::with_settings!({ filters => vec![(r"headcount \d+\.\d+\.\d+", "headcount [version]")] }, {
        insta::assert_snapshot!(page);
    });
}

#[test]
fn every_page_is_written_and_groff_has_nothing_to_say() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let (code, out, err) = run_in(desk.path(), "man --out man1");
    assert_eq!((code, out.as_str()), (Some(0), ""));
    let mut pages: Vec<_> = std::fs::read_dir(desk.path().join("man1"))
        .expect("the folder is there")
        .map(|entry| entry.expect("a file").path())
        .collect();
    pages.sort();
    assert!(err.starts_with(&format!("{} manual pages in man1", pages.len())), "{err}");
    let names: Vec<String> =
        pages.iter().filter_map(|page| Some(page.file_name()?.to_string_lossy().into_owned())).collect();
    for name in [
        "headcount.1",
        "headcount-plan.1",
        "headcount-erlang.1",
        "headcount-erlang-chat.1",
        "headcount-man.1",
    ] {
        assert!(names.iter().any(|page| page == name), "{name} is missing in {names:?}");
    }
    for page in &pages {
        let text = std::fs::read_to_string(page).expect("a page is text");
        for part in [".SH NAME\n", ".SH SYNOPSIS\n", ".SH DESCRIPTION\n"] {
            assert!(text.contains(part), "{} has no {part}", page.display());
        }
        let Some(set) = fed("groff", &["-man", "-Tutf8", "-ww"], &text) else { return };
        let complaints = String::from_utf8_lossy(&set.stderr).into_owned();
        assert!(set.status.success() && complaints.is_empty(), "{}: {complaints}", page.display());
    }
}
