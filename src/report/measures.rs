//! Figures that only behaviours, or several contacts in hand, bring, by name and unit: rows of a summary. What does not
//! apply is left out by who writes the rows.

use crate::montecarlo::{GroupOutcome, QueueOutcome};
use crate::report::words::threshold;
use crate::stats::Estimate;

/// Name, unit, value.
type Figure = (String, &'static str, Option<Estimate>);

/// Those of a queue.
pub(super) fn queue(queue: &QueueOutcome) -> Vec<Figure> {
    let mut figures = plain(queue);
    if let Some(first) = &queue.first_attempt_service_level {
        let within = threshold(first.within_s);
        figures.push((
            format!("first_attempt_service_level within {within} of offered"),
            "share",
            first.offered,
        ));
        figures.push((
            format!("first_attempt_service_level within {within} of answered"),
            "share",
            first.answered,
        ));
    }
    if let Some(scoring) = &queue.callback_scoring {
        let ways = [
            ("apart", scoring.apart),
            ("by_promise", scoring.by_promise),
            ("clock_continues", scoring.clock_continues),
        ];
        figures.extend(ways.map(|(way, e)| (format!("callback_scoring {way}"), "share", e)));
    }
    if let Some(kept) = &queue.callback_promise {
        figures.push((format!("callback_promise within {}", threshold(kept.within_s)), "share", kept.share));
    }
    if let Some(waits) = &queue.announced {
        let waits = [
            ("mean_announced", waits.mean_announced_s),
            ("mean_real", waits.mean_real_s),
            ("mean_error", waits.mean_error_s),
        ];
        figures.extend(waits.map(|(wait, e)| (format!("announced {wait}"), "s", e)));
    }
    if let Some(kept) = &queue.replied {
        figures.push((format!("replied within {}", threshold(kept.within_s)), "share", kept.share));
    }
    for done in &queue.done {
        let within = format!("within {} {}", threshold(done.within_s), done.clock);
        figures.push((format!("done {within}: started"), "share", done.started));
        figures.push((format!("done {within}: completed"), "share", done.completed));
    }
    figures
}

fn plain(queue: &QueueOutcome) -> Vec<Figure> {
    let figures = [
        ("entered", "per day", queue.entered.filter(|_| queue.contained.is_some())),
        ("contained", "per day", queue.contained),
        ("containment", "share", queue.containment),
        ("unseen", "per day", queue.unseen),
        ("redials", "per day", queue.redials),
        ("redials_blocked", "per day", queue.redials_blocked),
        ("repeats", "per day", queue.repeats),
        ("transferred", "per day", queue.transferred),
        ("chases", "per day", queue.chases),
        ("replies", "per day", queue.replies),
        ("callbacks_offered", "per day", queue.callbacks_offered),
        ("callbacks", "per day", queue.callbacks),
        ("callbacks_connected", "per day", queue.callbacks_connected),
        ("callbacks_not_reached", "per day", queue.callbacks_not_reached),
        ("callbacks_unfinished", "per day", queue.callbacks_unfinished),
        ("callback_wait", "s", queue.callback_wait_s),
        ("mean_callback_queue", "contacts", queue.mean_callback_queue),
        ("first_attempt_blocked", "share", queue.first_attempt_blocked),
        ("resumed", "per day", queue.resumed),
        ("reply_wait", "s", queue.reply_wait_s),
        ("backlog_end", "contacts", queue.backlog_end),
        ("resolution_time", "s", queue.resolution_time_s),
        ("first_contact_resolution", "share", queue.first_contact_resolution),
        ("touches_per_case", "touches", queue.touches_per_case),
    ];
    figures.into_iter().map(|(measure, unit, e)| (measure.to_owned(), unit, e)).collect()
}

/// Those of a group.
pub(super) fn group(group: &GroupOutcome) -> Vec<Figure> {
    let mut figures = vec![
        ("mean_in_hand".to_owned(), "contacts", group.mean_in_hand),
        ("slot_occupancy".to_owned(), "share", group.slot_occupancy),
    ];
    figures.extend(group.load_shares.iter().map(|(k, e)| (format!("load_share {k}"), "share", Some(*e))));
    figures.push(("mean_reply".to_owned(), "s", group.mean_reply_s));
    for kept in &group.replied {
        figures.push((format!("replied within {}", threshold(kept.within_s)), "share", kept.share));
    }
    figures
}
