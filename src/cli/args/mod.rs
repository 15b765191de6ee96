//! The command line as it was typed: the only folder that knows clap. What the words mean is decided by the commands.

use super::failure::{Failure, Words};
use clap::error::{ContextKind, ContextValue};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

mod batch;
mod chat;
mod compare;
mod erlang;
mod history;
mod plan;
mod reconcile;
mod roster;
mod run;
mod shell;
mod shifts;
mod slack;
mod why;

pub(crate) use batch::Batch;
pub(crate) use chat::{ErlangChat, Observed};
pub(crate) use compare::{Compare, Sweep};
pub(crate) use erlang::{Agents, Definition, ErlangA, ErlangB, ErlangC, Formula, Goals, Work};
pub(crate) use history::{Fit, Import, Place};
pub(crate) use plan::{Plan, Quick};
pub(crate) use reconcile::Reconcile;
pub(crate) use roster::Roster;
pub(crate) use run::{Changes, Output, Replications, Run, Takeaway};
pub(crate) use shell::{Completions, Manual, pages as manual_pages};
pub(crate) use shifts::{Shifts, SolverName};
pub(crate) use slack::Slack;
pub(crate) use why::Why;

/// The list of commands is written by hand so that the three that most people need come first; a test compares it with
/// the commands there are.
const HELP: &str = "\
{about}

{usage-heading} {usage}

The three that most people need:
  plan         How many agents keep the promise, and how sure that is
  simulate     What happens with the agents there are
  init         A commented scenario to start from

Also:
  compare      Several scenarios on the same customers
  sweep        One scenario with other values of some keys, side by side
  why          What the answer is made of, and what would change it
  shifts       Which shifts keep the promise
  slack        When how many people can be spared
  roster       How sure a roster is, before it is published
  batch        Many scenarios in one go
  reconcile    What came against what the model says, and why it differs
  import       A scenario from an export of your phone system or planning tool
  fit          What history tells of volumes, handle times and patience
  check        Every fault of a scenario, nothing simulated
  erlang       Erlang B, C and A by themselves, in both directions
  explain      What a word of the field means
  completions  Completions for your shell
  man          Manual pages
  help         This text, or that of a command

Options:
{options}{after-help}";

const EXAMPLES: &str = "\
Examples:
  headcount plan --calls 240/h --aht 5m --patience 3m --target \"90% in 2m\"
  headcount init > support.toml
  headcount plan support.toml

Results go to standard output, words and progress to standard error.
Exit codes: 0 done; 1 a target is not met; 2 wrong usage or a faulty scenario;
3 a file could not be read or written; 130 interrupted.";

/// How many agents does a contact centre need, and how sure are we?
#[derive(Debug, Parser)]
#[command(
    name = "headcount",
    version,
    help_template = HELP,
    after_help = EXAMPLES,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Say nothing but results, warnings and errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

impl Args {
    /// From the words that were typed, the program's name first; else help, the version, or what is wrong with them.
    pub(crate) fn read(words: impl IntoIterator<Item = OsString>) -> Result<Self, Failure> {
        Self::try_parse_from(words)
            .map_err(|error| forgotten_command(&error).unwrap_or_else(|| failure(&error)))
    }

    /// Whether only results, warnings and errors are wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }
}

/// What clap says, in its words.
fn failure(error: &clap::Error) -> Failure {
    let text = error.render();
    let words = Words { plain: text.to_string(), colored: text.ansi().to_string() };
    if error.use_stderr() { Failure::Typed(words) } else { Failure::Asked(words) }
}

/// `headcount support.toml`: a file where a command belongs.
fn forgotten_command(error: &clap::Error) -> Option<Failure> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let reason = format!("{word} is a file, not a command");
    Path::new(word)
        .is_file()
        .then(|| Failure::usage(reason, format!("headcount plan {word}, or headcount simulate {word}")))
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Plan(Box<Plan>),
    Simulate(Box<Simulate>),
    Compare(Compare),
    Sweep(Sweep),
    Reconcile(Box<Reconcile>),
    Shifts(Shifts),
    Slack(Slack),
    Why(Why),
    Roster(Box<Roster>),
    Batch(Box<Batch>),
    Init(Init),
    Import(Box<Import>),
    Fit(Box<Fit>),
    Check(Check),
    Erlang(Erlang),
    Explain(Explain),
    Completions(Completions),
    Man(Manual),
}

/// `headcount simulate`.
#[derive(Debug, ClapArgs)]
#[command(
    about = "What happens with the agents that the scenario has\n\nPlays the scenario as it is staffed, many times over, and shows what customers get, with the computing error beside every number.",
    after_help = "\
Examples:
  headcount simulate support.toml
  headcount simulate support.toml --agents phones=24 --set demand.forecast_scale=1.1
  headcount simulate support.toml --check --quiet || echo 'promise broken'"
)]
pub(crate) struct Simulate {
    /// The scenario
    pub(crate) file: PathBuf,

    /// End with exit code 1 unless every target is met
    #[arg(long)]
    pub(crate) check: bool,

    /// Score the run under every wording of its promises instead: definition, interval, summing up
    #[arg(long, conflicts_with = "check")]
    pub(crate) wordings: bool,

    #[command(flatten)]
    pub(crate) changes: Changes,

    #[command(flatten)]
    pub(crate) run: Run,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) takeaway: Takeaway,
}

/// `headcount check`.
#[derive(Debug, ClapArgs)]
#[command(
    about = "Every fault of a scenario, nothing simulated\n\nShows each fault with its line and its mend; without faults, says how the scenario was understood.",
    after_help = "\
Examples:
  headcount check support.toml
  headcount check support.toml --set queue.phone.patience.exponential.mean=2m"
)]
pub(crate) struct Check {
    /// The scenario
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) changes: Changes,
}

/// `headcount init`.
#[derive(Debug, ClapArgs)]
#[command(
    about = "A commented scenario to start from\n\nWrites it to standard output, or to a file. Everything in it that is not yours is a benchmark, marked with its quality: A measured, B surveyed, C said by vendors, D folklore.",
    after_help = "\
Examples:
  headcount init > support.toml
  headcount init week --to week.toml
  headcount init --list"
)]
pub(crate) struct Init {
    /// Which one; see --list
    #[arg(default_value = "phone")]
    pub(crate) template: String,

    /// Show which there are
    #[arg(long, conflicts_with_all = ["template", "to", "force"])]
    pub(crate) list: bool,

    /// Show the JSON Schema of scenarios, for an editor that completes and checks keys
    #[arg(long, conflicts_with_all = ["template", "list", "to", "force"])]
    pub(crate) schema: bool,

    /// Write it to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,

    /// Overwrite the file if there is one
    #[arg(long, requires = "to")]
    pub(crate) force: bool,
}

/// `headcount explain`.
#[derive(Debug, ClapArgs)]
#[command(
    about = "What a word of the field means\n\nIn plain English, with its formula and where it stands in a scenario or a result. Without a word: all that are explained.",
    after_help = "\
Examples:
  headcount explain occupancy
  headcount explain service level"
)]
pub(crate) struct Explain {
    /// The word
    pub(crate) term: Vec<String>,
}

/// `headcount erlang`.
#[derive(Debug, ClapArgs)]
#[command(
    about = "Erlang B, C and A by themselves, in both directions\n\nGive the agents and learn the service level; give a target and learn the agents; give both and learn how many calls they can carry. For chats: what several at once cost. The formulas describe a steady state: one queue, one constant rate. For a day with peaks: headcount plan.",
    after_help = "\
Examples:
  headcount erlang c --calls 240/h --aht 5m --agents 24 --within 20s
  headcount erlang a --calls 240/h --aht 5m --patience 3m --target \"90% in 2m\"
  headcount erlang a --aht 5m --patience 3m --agents 24 --target \"90% in 2m\"
  headcount erlang b --calls 240/h --aht 5m --blocking 1%
  headcount erlang chat --think 40s --compose 20s --switching 10% --reply-within 30s"
)]
pub(crate) struct Erlang {
    #[command(subcommand)]
    pub(crate) formula: Formula,
}

/// What goes to standard output. (A `///` on a variant would make every help text twice as long.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    // For people.
    #[default]
    Table,
    // The file of results, byte for byte.
    Json,
    // For spreadsheets: a line per interval.
    Csv,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_help_lists_every_command_there_is() {
        for command in Args::command().get_subcommands() {
            assert!(HELP.contains(&format!("\n  {} ", command.get_name())), "{}", command.get_name());
        }
    }
}
