//! `headcount erlang chat`: handle times and replies with several chats in an agent's hands.

use crate::cli::args::{ErlangChat, Observed};
use crate::cli::failure::Failure;
use crate::erlang::{Fault, Typing, USUAL_EXTRA, alone_from_mean, alone_from_shares, mean_of_shares};
use crate::report::chat::{Known, Measured, Row, Sheet};

/// Loads that are shown: more than anyone lets an agent have.
const SHOWN: u32 = 6;

/// One question about chats.
pub(super) fn sheet(asked: &ErlangChat) -> Result<Sheet, Failure> {
    let typing = &asked.typing;
    match (&typing.think, &typing.compose, &asked.observed.aht) {
        (Some(think), Some(compose), _) => {
            let switching = typing.switching.as_ref().map_or(0.0, |share| share.share);
            let within_s = typing.reply_within.as_ref().map(|time| time.seconds);
            of_typing(think.seconds, compose.seconds, switching, within_s).map_err(refused)
        }
        (_, _, Some(aht)) => of_observed(aht.seconds, &asked.observed).map_err(refused),
        _ => {
            let reason = "nothing is known about the chats";
            Err(Failure::usage(reason, "give --think and --compose, or --observed-aht"))
        }
    }
}

fn of_typing(think_s: f64, compose_s: f64, switching: f64, within_s: Option<f64>) -> Result<Sheet, Fault> {
    let typing = Typing::new(think_s, compose_s, switching)?;
    let row = |in_hand: u32| {
        let replies = typing.with(in_hand)?;
        Ok(Row {
            in_hand,
            handle_factor: replies.stretch(),
            concurrency: replies.concurrency(),
            handle_s: None,
            busy: Some(replies.utilisation()),
            reply_s: Some(replies.reply_time_s()),
            replied_within: within_s.map(|time| replies.replied_within(time)),
        })
    };
    let rows = (1..=SHOWN).map(row).collect::<Result<_, _>>()?;
    Ok(Sheet { known: Known::Typing { think_s, compose_s, switching, within_s }, rows })
}

fn of_observed(aht_s: f64, observed: &Observed) -> Result<Sheet, Fault> {
    let extra = observed.sigma.as_ref().map_or(USUAL_EXTRA, |share| share.share);
    let shares: Vec<f64> = observed.shares.iter().map(|share| share.share).collect();
    let (mean_in_hand, from_shares_s) = match observed.concurrency {
        Some(mean) => (mean, None),
        None => (mean_of_shares(&shares)?, Some(alone_from_shares(aht_s, &shares, extra)?)),
    };
    let from_mean_s = alone_from_mean(aht_s, mean_in_hand, extra)?;
    let alone_s = from_shares_s.unwrap_or(from_mean_s);
    let row = |in_hand: u32| {
        let factor = 1.0 + extra * f64::from(in_hand - 1);
        Row {
            in_hand,
            handle_factor: factor,
            concurrency: f64::from(in_hand) / factor,
            handle_s: Some(alone_s * factor),
            busy: None,
            reply_s: None,
            replied_within: None,
        }
    };
    let rows = (1..=SHOWN.max(shares.len() as u32)).map(row).collect();
    let known = Measured {
        aht_s,
        mean_in_hand,
        shares,
        extra,
        extra_is_guess: observed.sigma.is_none(),
        alone_s,
        from_mean_s,
    };
    Ok(Sheet { known: Known::Observed(known), rows })
}

/// What a formula refuses, as a failure with its mend.
fn refused(fault: Fault) -> Failure {
    let mend = match fault {
        Fault::Shares(_) => "shares of the time with at least one in hand, such as 0.5,0.3,0.2",
        Fault::MeanInHand(_) => "leave the time with none in hand out of the average",
        _ => "give a smaller number",
    };
    Failure::usage(fault.to_string(), mend)
}
