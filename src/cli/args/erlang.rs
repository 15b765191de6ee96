//! `headcount erlang b|c|a|chat`.

use super::{ErlangChat, Format};
use crate::cli::quantity::{self, Duration, Promise, Rate, Share};
use clap::{Args, Subcommand, ValueEnum};

/// The most agents or lines that the formulas take.
const MOST: i64 = 10_000_000;

/// The formulas.
#[derive(Debug, Subcommand)]
pub(crate) enum Formula {
    B(ErlangB),
    C(ErlangC),
    A(ErlangA),
    Chat(ErlangChat),
}

/// Callers who find every line busy are lost: lines and blocking
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  headcount erlang b --calls 240/h --aht 5m --lines 28
  headcount erlang b --calls 240/h --aht 5m --blocking 1%
  headcount erlang b --aht 5m --lines 28 --blocking 1%")]
pub(crate) struct ErlangB {
    #[command(flatten)]
    pub(crate) work: Work,

    /// Lines there are
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=MOST))]
    pub(crate) lines: Option<u32>,

    /// At most this share is turned away
    #[arg(long, value_name = "SHARE", value_parser = quantity::some_share)]
    pub(crate) blocking: Option<Share>,

    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Everyone waits until answered, however long that takes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  headcount erlang c --calls 240/h --aht 5m --agents 24 --within 20s
  headcount erlang c --calls 240/h --aht 5m --target \"80% in 20s\"
  headcount erlang c --aht 5m --agents 24 --target \"80% in 20s\"")]
pub(crate) struct ErlangC {
    #[command(flatten)]
    pub(crate) work: Work,

    #[command(flatten)]
    pub(crate) agents: Agents,

    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) goals: Goals,
}

/// Customers hang up when their patience ends
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  headcount erlang a --calls 240/h --aht 5m --patience 3m --agents 21 --within 2m
  headcount erlang a --calls 240/h --aht 5m --patience 3m --target \"90% in 2m\"
  headcount erlang a --calls 240/h --aht 5m --patience 3m --abandoned 5%
  headcount erlang a --aht 5m --patience 3m --agents 24 --target \"90% in 2m\"")]
pub(crate) struct ErlangA {
    #[command(flatten)]
    pub(crate) work: Work,

    /// How long customers wait before they hang up, on average
    #[arg(long, value_name = "TIME", value_parser = quantity::some_duration)]
    pub(crate) patience: Duration,

    #[command(flatten)]
    pub(crate) agents: Agents,

    /// Lines for those who talk or wait [default: as many as come]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=MOST))]
    pub(crate) lines: Option<u32>,

    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) goals: Goals,

    /// At most this share hangs up
    #[arg(long, value_name = "SHARE", value_parser = quantity::some_share, help_heading = "Goals")]
    pub(crate) abandoned: Option<Share>,

    /// What the service level counts: of all offered, of the answered, or without or with those who hang up in time
    #[arg(long, value_enum, default_value_t, help_heading = "Goals")]
    pub(crate) definition: Definition,
}

/// What comes in.
#[derive(Debug, Args)]
pub(crate) struct Work {
    /// Calls and the time they come in: 240/h
    #[arg(long, value_name = "N/TIME", value_parser = quantity::rate)]
    pub(crate) calls: Option<Rate>,

    /// Average handle time, wrap-up included: 5m
    #[arg(long, value_name = "TIME", value_parser = quantity::some_duration)]
    pub(crate) aht: Duration,
}

/// Who answers.
#[derive(Debug, Args)]
pub(crate) struct Agents {
    /// Agents at work
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=MOST))]
    pub(crate) agents: Option<u32>,

    /// The wait that the service level speaks of [default: that of the target, else 20s]
    #[arg(long, value_name = "TIME", value_parser = quantity::duration)]
    pub(crate) within: Option<Duration>,
}

/// What is promised; all must hold.
#[derive(Debug, Args)]
#[command(next_help_heading = "Goals")]
pub(crate) struct Goals {
    /// The share answered and the wait: "90% in 2m" (repeatable)
    #[arg(long, value_name = "PROMISE", value_parser = quantity::promise)]
    pub(crate) target: Vec<Promise>,

    /// A mean speed of answer of at most so long
    #[arg(long, value_name = "TIME", value_parser = quantity::some_duration)]
    pub(crate) asa: Option<Duration>,

    /// Agents are busy for at most this share of their time
    #[arg(long, value_name = "SHARE", value_parser = quantity::some_share)]
    pub(crate) max_occupancy: Option<Share>,
}

/// The definitions of a service level that the formulas know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Definition {
    // Answered in time, of everyone who called.
    #[default]
    Offered,
    // Answered in time, of those answered.
    Answered,
    // Who hangs up in time does not count.
    IgnoreEarly,
    // Who hangs up in time counts as answered.
    CreditEarly,
}
