//! Faulty scenarios and what is said of them: every kind of fault, its place and its mend.

use headcount::scenario::{self, Faults, Override, Severity};
use std::path::Path;

const RIGHT: &str = r#"
[queue.phone]
arrivals = { per_hour = 240 }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
target   = ["90% in 2m per day"]

[group.everyone]
serves = ["phone"]
agents = 24
"#;

fn faults(bytes: &[u8], overrides: &[Override]) -> Faults {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    scenario::from_bytes("test.toml", bytes.to_vec(), Some(folder), overrides).expect_err("faults")
}

/// Each `faults/*.toml` is faulty; its messages are a snapshot.
#[test]
fn faulty_scenarios_are_explained() {
    insta::glob!("faults/*.toml", |path| {
        let text = std::fs::read_to_string(path).expect("a readable scenario");
        let name = path.file_name().expect("a file").to_string_lossy();
        let faults = scenario::from_text(&name, &text, path.parent(), &[]).expect_err(&name);
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!(faults.render(false));
        });
    });
}

#[test]
fn faulty_overrides_are_explained_where_they_were_typed() {
    let overrides = [
        "run.replications",
        "run.replications=many",
        "queue.phon.patience.exponential.mean=4m",
        "queue.phone.patiense.exponential.mean=4m",
        "queue.phone.patience.exponential.mean=4",
        "queue.phone.target.2=80% in 20s",
        "queue.phone.aht.exponential.mean.x=1",
        "calender.days=2",
        "a b=1",
        "queue.phone.handle={ fixed = \"5m\" }",
    ]
    .map(Override::set);
    let agents = ["everyone=-3", "everybody=3", "everyone"].map(Override::agents);
    let all: Vec<Override> = overrides.into_iter().chain(agents).collect();
    insta::assert_snapshot!(faults(RIGHT.as_bytes(), &all).render(false));
}

#[test]
fn what_is_no_text_is_explained() {
    let cases: [&[u8]; 3] =
        [b"name = \"B\xfcro\"\n", b"[queue.phone]\nlines = 2\x000\n", b"\xff\xfen\x00a\x00"];
    let said: Vec<String> = cases.iter().map(|bytes| faults(bytes, &[]).render(false)).collect();
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn warnings_are_shown_like_faults() {
    let text = r#"
[calendar]
start    = "2026-03-28"
days     = 3
open     = "08:00-20:00"
timezone = "Europe/Berlin"

[calendar.special]
"2026-04-05" = "closed"

[queue.phone]
arrivals = { per_hour = 240 }
aht      = { exponential = { mean = "5m" } }
target   = ["100% in 2m per week", { abandoned = 1 }]
route    = ["everyone"]

[queue.chat]
channel  = "chat"
open     = "20:00-02:00"
arrivals = { per_hour = 0 }
aht      = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }

[group.everyone]
serves   = ["phone", "chat"]
agents   = 24
at_least = 3
plan     = "flat"

[group.others]
serves = ["phone"]
agents = 3
"#;
    let scenario = scenario::from_text("test.toml", text, None, &[]).expect("no faults");
    assert!(scenario.notes.iter().all(|note| note.severity == Severity::Warning && !note.io));
    insta::assert_snapshot!(scenario::render_notes(&scenario.notes, false));
}

#[test]
fn keys_that_change_nothing_are_said() {
    let text = r#"
[calendar]
open = "08:00-20:00"

[queue.phone]
arrivals       = { per_hour = 240 }
volume_is      = "first_contacts"
aht            = { exponential = { mean = "5m" } }
redial         = { probability = 0.4, after = { fixed = "10m" } }
redial_blocked = { probability = 0.4, after = { fixed = "10m" } }
counted        = "before_self_service"
park_after     = "2m"
expected_wait  = "queue_length"
outside_hours  = "voicemail"
voicemail      = "mail"
callback       = { offer = "always", accept = 0.5, reserve = 1, attempts = 3, retry_after = "20m", dialling = "20s" }

[queue.chat]
channel        = "chat"
arrivals       = { per_hour = 10 }
aht            = { exponential = { mean = "5m" } }
balk           = 0.1
announced_wait = { balk = 0.2, patience = 1.2 }
voicemail      = "mail"
callback       = { offer = "always", accept = 0.5, reached = 0.9, retry_after = "20m" }

[queue.mail]
channel       = "email"
arrivals      = { per_hour = 10 }
aht           = { exponential = { mean = "5m" } }
expected_wait = "patience"
target        = "100% done in 1d elapsed"

[group.everyone]
serves         = ["phone", "chat", "mail"]
agents         = 40
concurrency    = { email = 2, social = 2 }
repeat_factor  = { phone = 1.2 }
absence        = "5%"
shrinkage      = { absence = "5%", breaks = "10%" }

[group.slow]
serves         = ["phone"]
agents         = 4
handle_by_load = [1.0, 1.2]

[group.writers]
serves         = ["mail"]
agents         = 4
concurrency    = { email = 2 }
handle_by_load = [1.0, 0.9]
typing         = { think = "40s", compose = "20s" }
"#;
    let scenario = scenario::from_text("test.toml", text, None, &[]).expect("no faults");
    insta::assert_snapshot!(scenario::render_notes(&scenario.notes, false));
}

#[test]
fn places_read_as_file_line_column_or_as_typed() {
    let place = |faults: Faults| {
        faults.iter().next().and_then(|fault| fault.place.clone()).expect("a place").to_string()
    };
    assert_eq!(place(faults(RIGHT.replace("= 24\n", "= -24\n").as_bytes(), &[])), "test.toml:10:10");
    assert_eq!(place(faults(RIGHT.as_bytes(), &[Override::set("run.seed=x")])), "--set run.seed=x");
    let late: String = "# ä\n".repeat(8) + "name = 5 # é\n";
    assert_eq!(place(faults((late + RIGHT).as_bytes(), &[])), "test.toml:9:8");
}

#[test]
fn colours_come_only_when_asked_for_and_never_from_the_file() {
    let text = "\"\u{1b}[31mred\" = 1\n".to_owned() + RIGHT;
    let faults = faults(text.replace('\u{1b}', "\\u001b").as_bytes(), &[]);
    assert!(!faults.render(false).contains('\u{1b}'));
    assert!(faults.render(true).contains('\u{1b}'));
}

#[test]
fn a_hundred_faults_are_enough() {
    let text: String = (0..500).fold(RIGHT.to_owned(), |text, i| text + &format!("key{i} = 1\n"));
    let faults = faults(text.as_bytes(), &[]);
    let last = faults.iter().last().map(|fault| fault.title.clone());
    assert_eq!((faults.len(), last.as_deref()), (101, Some("there may be more than these 100 faults")));
}
