//! `headcount completions` and `headcount man`: the command line, told to a shell and to the manual.

use super::args::{Completions, Manual, manual_pages};
use super::exit::Exit;
use super::failure::Failure;
use super::outputs::Outputs;
use super::printer::Printer;

/// Prints the script that completes in a shell.
pub(super) fn completions(asked: &Completions, printer: &Printer) -> Result<Exit, Failure> {
    printer.data(&asked.script()).map(|()| Exit::Done)
}

/// Prints one manual page, or writes all of them.
pub(super) fn manual(asked: &Manual, printer: &Printer) -> Result<Exit, Failure> {
    let pages = manual_pages().map_err(|error| Failure::io("make", "the manual", error))?;
    if let Some(folder) = &asked.out {
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        Outputs::open(folder, &names)?.write(&pages)?;
        printer.say(&format!("{} manual pages in {}", pages.len(), folder.display()));
        return Ok(Exit::Done);
    }
    let name = [&["headcount".to_owned()], &asked.command[..]].concat().join("-") + ".1";
    match pages.iter().find(|(page, _)| *page == name) {
        Some((_, page)) => printer.data(page).map(|()| Exit::Done),
        None => Err(Failure::usage(
            format!("there is no command {}", asked.command.join(" ")),
            "headcount --help lists those there are",
        )),
    }
}
