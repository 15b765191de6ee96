//! `headcount erlang b|c|a|chat`: the formulas by themselves, in both directions.

use super::args::{Erlang, ErlangChat, Format, Formula};
use super::exit::Exit;
use super::failure::Failure;
use super::printer::Printer;
use crate::report::{chat as chats, formula};

mod chat;
mod lines;
mod queue;

/// Answers one question with one formula.
pub(super) fn run(asked: &Erlang, printer: &Printer) -> Result<Exit, Failure> {
    let (sheet, format) = match &asked.formula {
        Formula::B(asked) => (lines::sheet(asked)?, asked.format),
        Formula::C(asked) => (queue::of_c(asked)?, asked.format),
        Formula::A(asked) => (queue::of_a(asked)?, asked.format),
        Formula::Chat(asked) => return of_chats(asked, printer),
    };
    let bytes = match format {
        Format::Table => formula::table(&sheet).into_bytes(),
        Format::Json => formula::json(&sheet),
        Format::Csv => formula::csv(&sheet),
    };
    printer.data(&bytes)?;
    Ok(if sheet.in_reach { Exit::Done } else { Exit::NotMet })
}

/// Chats have no goal: whatever comes out is an answer.
fn of_chats(asked: &ErlangChat, printer: &Printer) -> Result<Exit, Failure> {
    let sheet = chat::sheet(asked)?;
    let bytes = match asked.format {
        Format::Table => chats::table(&sheet).into_bytes(),
        Format::Json => chats::json(&sheet),
        Format::Csv => chats::csv(&sheet),
    };
    printer.data(&bytes)?;
    Ok(Exit::Done)
}
