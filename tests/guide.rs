//! The guide is run as it stands: every command of `docs/guide.md` on the shipped scenarios, its exit code, and every line of
//! output that the guide shows. A guide that says something else than the program fails here.

use assert_cmd::Command;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A line that stands for lines which are left out.
const LEFT_OUT: &str = "…";

/// One command with what the guide says it prints and how it ends.
#[derive(Debug, Default, PartialEq)]
struct Shown {
    command: String,
    code: i32,
    lines: Vec<String>,
}

fn guide() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The commands of every fenced block, each with the lines below it.
fn commands(text: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            assert!(inside || line == "```console", "a block that is not run: {line}");
            inside = !inside;
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            all.push(Shown { command: command.to_owned(), ..Shown::default() });
        } else if let Some(shown) = all.last_mut().filter(|_| inside) {
            match line.strip_prefix("[exit code ").and_then(|rest| rest.strip_suffix(']')) {
                Some(code) => shown.code = code.parse().expect("an exit code is a number"),
                None => shown.lines.push(line.to_owned()),
            }
        }
    }
    assert!(!inside, "the last block has no end");
    all
}

/// The words of a command as a shell parts them: by blanks, but for those between single or double quotes.
fn words(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    let (mut word, mut quote, mut any) = (String::new(), None, false);
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => (quote, any) = (Some(c), true),
            None if c == ' ' => {
                if any {
                    all.push(std::mem::take(&mut word));
                }
                any = false;
            }
            _ => {
                word.push(c);
                any = true;
            }
        }
    }
    all.extend(any.then_some(word));
    all
}

/// What is wrong with the lines shown, if they are not those printed, in this order, with something left out only where
/// that is said.
fn differs(shown: &[String], printed: &[&str]) -> Option<String> {
    let mut at = 0;
    let mut anywhere = false;
    for chunk in shown.split_inclusive(|line| line == LEFT_OUT) {
        let more = chunk.last().is_some_and(|line| line == LEFT_OUT);
        let wanted = if more { &chunk[..chunk.len() - 1] } else { chunk };
        let starts =
            |&k: &usize| printed[k..].starts_with(&wanted.iter().map(String::as_str).collect::<Vec<_>>());
        let found = if anywhere { (at..=printed.len()).find(starts) } else { Some(at).filter(starts) };
        match found {
            Some(k) => at = k + wanted.len(),
            None => return Some(format!("not printed from line {}:\n{}", at + 1, wanted.join("\n"))),
        }
        anywhere = more;
    }
    let rest = if anywhere { &[] } else { &printed[at..] };
    (!rest.is_empty()).then(|| format!("printed and not shown:\n{}", rest.join("\n")))
}

/// A folder with the shipped scenarios, as a fresh clone has them.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let to = desk.path().join("scenarios");
    fs::create_dir(&to).expect("a folder can be made");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for file in fs::read_dir(from).expect("scenarios are shipped") {
        let file = file.expect("a file of the folder").path();
        fs::copy(&file, to.join(file.file_name().expect("it has a name"))).expect("it can be copied");
    }
    desk
}

fn headcount(folder: &Path, words: &[String]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headcount"));
    let output = command.current_dir(folder).env("NO_COLOR", "1").args(words).output();
    let output = output.expect("the program starts");
    (output.status.code(), String::from_utf8(output.stdout).expect("it is text"))
}

#[test]
fn the_guide_shows_what_the_program_says() {
    let desk = desk();
    let all = commands(&guide());
    assert!(all.len() >= 5, "five questions, a command each");
    let mut wrong = String::new();
    for shown in &all {
        let words = words(&shown.command);
        assert_eq!(words[0], "headcount", "{}", shown.command);
        let (code, printed) = headcount(desk.path(), &words[1..]);
        let lines: Vec<&str> = printed.lines().collect();
        if let Some(why) = differs(&shown.lines, &lines) {
            let _ = writeln!(wrong, "$ {}\n{why}\n\nwhat it prints now:\n{printed}", shown.command);
        }
        assert_eq!(code, Some(shown.code), "{}", shown.command);
    }
    assert!(wrong.is_empty(), "docs/guide.md is out of date\n{wrong}");
}

/// Commands named in a sentence are not run: they have no file. Their flags are still those there are.
#[test]
fn commands_in_sentences_exist_with_their_flags() {
    let text = guide();
    let mut count = 0;
    for (k, code) in text.split('`').enumerate() {
        let Some(rest) = code.strip_prefix("headcount ").filter(|_| k % 2 == 1 && !code.contains('\n'))
        else {
            continue;
        };
        let words = words(rest);
        let (code, help) = headcount(Path::new("."), &[words[0].clone(), "--help".to_owned()]);
        assert_eq!(code, Some(0), "{rest}");
        for flag in words.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(flag.as_str()), "{rest}: there is no {flag}");
        }
        count += 1;
    }
    assert!(count >= 5, "{count} commands in sentences were found");
}

/// Files and chapters that the guide points at are there.
#[test]
fn links_lead_somewhere() {
    let text = guide();
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let plain = |c: char| c.is_alphanumeric() || c == ' ' || c == '-';
    let anchor = |title: &str| {
        title.to_lowercase().chars().filter(|c| plain(*c)).collect::<String>().replace(' ', "-")
    };
    let anchors: Vec<String> = text.lines().filter_map(|line| line.strip_prefix("## ")).map(anchor).collect();
    let targets: Vec<&str> = text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(targets.len() > 10);
    for target in targets {
        match target.strip_prefix('#') {
            Some(name) => {
                assert!(anchors.iter().any(|anchor| anchor == name), "no chapter #{name} in {anchors:?}");
            }
            None => assert!(docs.join(target).exists(), "{target} is not there"),
        }
    }
}

#[test]
fn what_differs_is_found() {
    let shown = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let printed = ["a", "b", "c", "d"];
    for text in ["a\nb\nc\nd", "a\n…", "…\nd", "a\n…\nc\n…", "…"] {
        assert_eq!(differs(&shown(text), &printed), None, "{text}");
    }
    for text in ["a\nb\nc", "b\n…", "…\nc", "a\n…\nd\n…\nb\n…", "…\nx\n…", ""] {
        assert!(differs(&shown(text), &printed).is_some(), "{text}");
    }
    assert_eq!(words("plan x --set 'a=\"1 2\"' ''"), ["plan", "x", "--set", "a=\"1 2\"", ""]);
}
