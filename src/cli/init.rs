//! `headcount init`: commented scenarios to start from.

use super::args::Init;
use super::exit::Exit;
use super::failure::Failure;
use super::printer::Printer;
use crate::scenario;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// A scenario to start from.
struct Template {
    name: &'static str,
    about: &'static str,
    /// The command it is made for.
    next: &'static str,
    text: &'static str,
}

const TEMPLATES: [Template; 7] = [
    Template {
        name: "phone",
        about: "one phone queue, one weekday: how many agents does each half-hour need?",
        next: "plan",
        text: include_str!("templates/phone.toml"),
    },
    Template {
        name: "week",
        about: "the same over a week, dated, with agents given: does the roster keep the promise?",
        next: "simulate",
        text: include_str!("templates/week.toml"),
    },
    Template {
        name: "skills",
        about: "two phone queues, two groups of specialists and one that does both",
        next: "simulate",
        text: include_str!("templates/skills.toml"),
    },
    Template {
        name: "chat",
        about: "chats several at a time, first response and replies promised: how many agents?",
        next: "plan",
        text: include_str!("templates/chat.toml"),
    },
    Template {
        name: "blended",
        about: "calls and mail with one crew; redials, repeat calls, callbacks",
        next: "simulate",
        text: include_str!("templates/blended.toml"),
    },
    Template {
        name: "video",
        about: "video advice beside the phone: who does both, and what is kept free for video?",
        next: "simulate",
        text: include_str!("templates/video.toml"),
    },
    Template {
        name: "outbound",
        about: "a list to be called when it is quiet: what does it cost those who call?",
        next: "simulate",
        text: include_str!("templates/outbound.toml"),
    },
];

/// Shows, prints or writes a template.
pub(super) fn run(asked: &Init, printer: &Printer) -> Result<Exit, Failure> {
    if asked.list {
        return printer.data(list().as_bytes()).map(|()| Exit::Done);
    }
    if asked.schema {
        return printer.data(format!("{:#}\n", scenario::schema()).as_bytes()).map(|()| Exit::Done);
    }
    let template = find(&asked.template)?;
    match &asked.to {
        None => printer.data(template.text.as_bytes())?,
        Some(path) => {
            save(path, template.text, asked.force, "add --force to overwrite it")?;
            printer.say(&format!("wrote {0}; next: headcount {1} {0}", path.display(), template.next));
        }
    }
    Ok(Exit::Done)
}

fn list() -> String {
    let line = |template: &Template| format!("{:<8}  {}", template.name, template.about);
    TEMPLATES.iter().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

fn find(name: &str) -> Result<&'static Template, Failure> {
    TEMPLATES.iter().find(|template| template.name == name).ok_or_else(|| {
        let names: Vec<&str> = TEMPLATES.iter().map(|template| template.name).collect();
        Failure::usage(format!("there is no template \"{name}\""), format!("there are {}", names.join(", ")))
    })
}

/// Writes a new file; an existing one only if told to.
pub(super) fn save(path: &Path, text: &str, force: bool, mend: &str) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create(force).truncate(force).create_new(!force);
    match options.open(path).and_then(|mut file| file.write_all(text.as_bytes())) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Failure::usage(format!("{} exists already", path.display()), mend))
        }
        Err(error) => Err(Failure::io("write", path.display(), error)),
        Ok(()) => Ok(()),
    }
}
