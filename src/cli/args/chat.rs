//! `headcount erlang chat`.

use super::Format;
use crate::cli::quantity::{self, Duration, Share};
use clap::{ArgGroup, Args};

/// One agent with several chats at once: handle times and replies
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("known").required(true).args(["think", "aht"]),
    group = ArgGroup::new("load").args(["concurrency", "shares"]),
    after_help = "\
Either from how customers and agents type: how much longer each chat takes with several in hand,
and how soon replies come. Or from an observed handle time, which already holds the time spent on
other chats: what it would be with one chat in hand. Both end with the handle_by_load of a scenario.

Examples:
  headcount erlang chat --think 40s --compose 20s --switching 10% --reply-within 30s
  headcount erlang chat --observed-aht 12m --observed-shares 0.5,0.3,0.2
  headcount erlang chat --observed-aht 12m --observed-concurrency 2.2 --sigma 12%"
)]
pub(crate) struct ErlangChat {
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) typing: Typing,

    #[command(flatten)]
    pub(crate) observed: Observed,
}

/// How replies come about.
#[derive(Debug, Args)]
#[command(next_help_heading = "Typing")]
pub(crate) struct Typing {
    /// How long a customer takes to write, on average
    #[arg(long, value_name = "TIME", value_parser = quantity::some_duration, requires = "compose")]
    pub(crate) think: Option<Duration>,

    /// How long an agent takes for a reply, on average
    #[arg(long, value_name = "TIME", value_parser = quantity::some_duration, requires = "think")]
    pub(crate) compose: Option<Duration>,

    /// How much longer a reply takes with two or more in hand [default: no longer]
    #[arg(long, value_name = "SHARE", value_parser = quantity::share, requires = "think")]
    pub(crate) switching: Option<Share>,

    /// The time promised for a reply, from the customer's message on
    #[arg(long, value_name = "TIME", value_parser = quantity::some_duration, requires = "think")]
    pub(crate) reply_within: Option<Duration>,
}

/// What was measured.
#[derive(Debug, Args)]
#[command(next_help_heading = "Observed")]
pub(crate) struct Observed {
    /// Mean handle time as measured, with several in hand
    #[arg(long = "observed-aht", value_name = "TIME", value_parser = quantity::some_duration, requires = "load")]
    pub(crate) aht: Option<Duration>,

    /// Chats in hand on average, over the time with at least one
    #[arg(long = "observed-concurrency", value_name = "N", requires = "aht")]
    pub(crate) concurrency: Option<f64>,

    /// Shares of that time with 1, 2, 3, … in hand: 0.5,0.3,0.2; better than the average
    #[arg(
        long = "observed-shares",
        value_name = "SHARES",
        value_parser = quantity::share,
        value_delimiter = ',',
        requires = "aht"
    )]
    pub(crate) shares: Vec<Share>,

    /// How much each further chat in hand lengthens all of them [default: 12%, a common guess]
    #[arg(long, value_name = "SHARE", value_parser = quantity::share, requires = "aht", conflicts_with = "think")]
    pub(crate) sigma: Option<Share>,
}
