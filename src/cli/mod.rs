//! The command line: raw arguments become a checked plan, the plan runs, its words and files go where they belong.
//!
//! | file | its one job |
//! |---|---|
//! | [`args`] | the only clap: what may be typed |
//! | [`quantity`] | `240/h`, `5m`, `90% in 2m` |
//! | [`exit`], [`failure`] | how it may end, and why |
//! | [`printer`] | the only print |
//! | `check`, `erlang`, `init`, … | one file per command |

mod args;
pub mod exit;
pub mod failure;
pub mod printer;
mod quantity;

mod batch;
mod check;
mod compare;
mod deliver;
mod erlang;
mod explain;
mod finished;
mod fit;
mod fresh;
mod import;
mod init;
mod interrupt;
mod outputs;
mod plan;
mod progress;
mod quick;
mod reconcile;
mod roster;
mod scene;
mod shell;
mod shifts;
mod simulate;
mod slack;
mod sweep;
mod threads;
mod why;
mod wordings;

use args::Command;
use exit::Exit;
use failure::Failure;
use printer::Printer;
use std::ffi::OsString;

pub use args::Args;

/// From the words that were typed, the program's name first; else help, the version, or what is wrong with them.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Args, Failure> {
    Args::read(words)
}

/// Does what was asked.
pub fn run(args: &Args, printer: &Printer) -> Result<Exit, Failure> {
    match &args.command {
        Command::Init(asked) => init::run(asked, printer),
        Command::Erlang(asked) => erlang::run(asked, printer),
        Command::Check(asked) => check::run(asked, printer),
        Command::Explain(asked) => explain::run(asked, printer),
        Command::Fit(asked) => fit::run(asked, printer),
        Command::Import(asked) => import::run(asked, printer),
        Command::Plan(asked) => plan::run(asked, printer),
        Command::Simulate(asked) => simulate::run(asked, printer),
        Command::Compare(asked) => compare::run(asked, printer),
        Command::Sweep(asked) => sweep::run(asked, printer),
        Command::Reconcile(asked) => reconcile::run(asked, printer),
        Command::Shifts(asked) => shifts::run(asked, printer),
        Command::Slack(asked) => slack::run(asked, printer),
        Command::Why(asked) => why::run(asked, printer),
        Command::Batch(asked) => batch::run(asked, printer),
        Command::Roster(asked) => roster::run(asked, printer),
        Command::Completions(asked) => shell::completions(asked, printer),
        Command::Man(asked) => shell::manual(asked, printer),
    }
}
