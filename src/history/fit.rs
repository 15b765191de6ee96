//! From an export to the numbers of a plan: what was found of each queue, and of all days together.

use super::day_factor::{Day, DayFactor, day_factor};
use super::forecast_error::{ForecastError, forecast_error};
use super::handle_time::{HandleTime, handle_time};
use super::in_hand::{InHand, in_hand};
use super::patience::{self, Patience};
use super::returns::{Return, returns};
use super::week::{Week, day_totals, week};
use crate::exports::{self, Call, Calls, Content, DAY, Ending, Export, Intervals, QueueRows};
use crate::scenario::{Faults, Trouble, quoted};
use std::collections::BTreeMap;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// By queue, in the order of their names.
    pub queues: Vec<QueueFindings>,
    /// How much days vary, all queues together.
    pub day_factor: Option<DayFactor>,
    /// How good past forecasts were, if some were given.
    pub forecast_error: Option<ForecastError>,
    /// The first and the last day, days since 1970.
    pub days: (i32, i32),
    /// Length of an interval, minutes.
    pub minutes: i32,
    /// Whether single contacts were known.
    pub single: bool,
}

/// What was found of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueFindings {
    /// Its name in the file.
    pub name: String,
    /// Its channel.
    pub channel: &'static str,
    /// Contacts offered in all.
    pub offered: f64,
    /// Its typical week.
    pub week: Week,
    /// Handle times of single contacts.
    pub handle: Option<HandleTime>,
    /// Mean handle time from counts, s, and the contacts that it rests on.
    pub aht: Option<(f64, f64)>,
    /// How long customers are willing to wait.
    pub patience: Option<Patience>,
    /// Those who hung up and came again.
    pub redial: Option<Return>,
    /// Those who were answered and came again.
    pub repeat: Option<Return>,
    /// Contacts side by side.
    pub in_hand: Option<InHand>,
}

/// What is taken of an export.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// First day, days since 1970.
    pub from: Option<i32>,
    /// Last day.
    pub to: Option<i32>,
    /// Names of the queues; none: all.
    pub queues: Vec<String>,
    /// Interval of the week that is made of single contacts, minutes; 30 if 0.
    pub minutes: i32,
}

/// Fits an export; `forecast` holds what had been expected for the same days.
pub fn fit(export: &Export, forecast: Option<&Export>, chosen: &Chosen) -> Result<Findings, Faults> {
    let (intervals, calls) = counts(export, chosen).map_err(Faults::only)?;
    let days = intervals.days().ok_or_else(|| Faults::only(nothing()))?;
    if intervals.minutes == DAY {
        return Err(Faults::only(whole_days()));
    }
    let queues = intervals.queues.iter().map(|rows| queue(rows, intervals.minutes, calls.as_ref())).collect();
    let forecast_error = match forecast {
        None => None,
        Some(forecast) => {
            let (expected, _) = counts(forecast, chosen).map_err(Faults::only)?;
            if expected.minutes != intervals.minutes {
                return Err(Faults::only(unlike(intervals.minutes, expected.minutes)));
            }
            Some(forecast_error(&intervals, &expected).ok_or_else(|| Faults::only(apart()))?)
        }
    };
    let minutes = intervals.minutes;
    Ok(Findings {
        queues,
        day_factor: all_days(&intervals),
        forecast_error,
        days,
        minutes,
        single: calls.is_some(),
    })
}

/// Counts by interval of the days and queues that were asked for, with single contacts where there are some.
fn counts(export: &Export, chosen: &Chosen) -> Result<(Intervals, Option<Calls>), Trouble> {
    let within =
        |day: i32| chosen.from.is_none_or(|from| day >= from) && chosen.to.is_none_or(|to| day <= to);
    let wanted = |name: &String| chosen.queues.is_empty() || chosen.queues.contains(name);
    let (mut intervals, calls) = match &export.content {
        Content::Intervals(intervals) => (intervals.clone(), None),
        Content::Calls(calls) => {
            let minutes = if chosen.minutes == 0 { 30 } else { chosen.minutes };
            let mut calls = calls.clone();
            calls.calls.retain(|call| within(call.at_s.div_euclid(86_400) as i32));
            (calls.intervals(minutes), Some(calls))
        }
    };
    if let Some(missing) =
        chosen.queues.iter().find(|name| !intervals.queues.iter().any(|queue| queue.name == **name))
    {
        let names: Vec<String> = intervals.queues.iter().take(10).map(|queue| quoted(&queue.name)).collect();
        let title = format!("there is no queue \"{}\"", quoted(missing));
        return Err(Trouble::new(title, "not in this file", format!("there are {}", names.join(", "))));
    }
    intervals.queues.retain(|queue| wanted(&queue.name));
    for queue in &mut intervals.queues {
        queue.rows.retain(|row| within(row.at.div_euclid(DAY)));
    }
    intervals.queues.retain(|queue| queue.rows.iter().any(|row| row.offered > 0.0));
    Ok((intervals, calls))
}

fn queue(rows: &QueueRows, minutes: i32, calls: Option<&Calls>) -> QueueFindings {
    let mut found = QueueFindings {
        name: rows.name.clone(),
        channel: rows.channel,
        offered: rows.rows.iter().map(|row| row.offered).sum(),
        week: week(rows, minutes),
        handle: None,
        aht: mean_handle_time(rows),
        patience: None,
        redial: None,
        repeat: None,
        in_hand: None,
    };
    let place = calls.and_then(|calls| {
        calls.queues.iter().position(|(name, channel)| *name == rows.name && *channel == rows.channel)
    });
    match (calls, place) {
        (Some(calls), Some(place)) => single_contacts(&mut found, &calls.calls, place),
        _ => found.patience = patience_of_counts(rows),
    }
    found
}

/// What only a log can tell.
fn single_contacts(found: &mut QueueFindings, calls: &[Call], place: usize) {
    let own = || calls.iter().filter(|call| call.queue == place);
    let handled = own().filter(|call| call.ending == Ending::Answered);
    let handle: Vec<f64> = handled.filter_map(|call| call.handle_s).collect();
    found.handle = handle_time(&handle);
    let queued = own().filter(|call| matches!(call.ending, Ending::Answered | Ending::Abandoned));
    let waits: Vec<(f64, bool)> =
        queued.filter_map(|call| Some((call.wait_s?, call.ending == Ending::Abandoned))).collect();
    found.patience = patience::from_waits(&waits);
    (found.redial, found.repeat) = returns(calls, place);
    if matches!(found.channel, "chat" | "messaging") {
        found.in_hand = in_hand(calls, place);
    }
}

fn mean_handle_time(rows: &QueueRows) -> Option<(f64, f64)> {
    let told = rows.rows.iter().filter_map(|row| Some((row.handle_s.get()?, row.handled())));
    let (total, handled) = told.fold((0.0, 0.0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    (total > 0.0 && handled > 0.0).then(|| (total / handled, handled))
}

fn patience_of_counts(rows: &QueueRows) -> Option<Patience> {
    let told =
        rows.rows.iter().filter_map(|row| Some((row.wait_s.get()?, row.abandoned.get()?, row.offered)));
    let (waited, hung, offered) = told.fold((0.0, 0.0, 0.0), |s, r| (s.0 + r.0, s.1 + r.1, s.2 + r.2));
    patience::from_totals(waited, hung, offered)
}

/// The day factor of all queues together: what the scenario's `day_factor_cv` means.
fn all_days(intervals: &Intervals) -> Option<DayFactor> {
    let mut totals: BTreeMap<i32, f64> = BTreeMap::new();
    let mut by_slot: BTreeMap<i32, f64> = BTreeMap::new();
    for queue in &intervals.queues {
        for (day, total) in day_totals(queue) {
            *totals.entry(day).or_default() += total;
        }
        for row in &queue.rows {
            *by_slot.entry(row.at.rem_euclid(DAY)).or_default() += row.offered;
        }
    }
    let noon = middle(&by_slot);
    let mut firsts: BTreeMap<i32, f64> = BTreeMap::new();
    let early =
        intervals.queues.iter().flat_map(|queue| &queue.rows).filter(|row| row.at.rem_euclid(DAY) < noon);
    for row in early {
        *firsts.entry(row.at.div_euclid(DAY)).or_default() += row.offered;
    }
    let day = |(day, total): (&i32, &f64)| Day {
        weekday: exports::weekday(day * DAY),
        total: *total,
        first_half: firsts.get(day).copied().unwrap_or(0.0),
    };
    day_factor(&totals.iter().map(day).collect::<Vec<_>>())
}

/// The time of day before which half of all contacts come.
fn middle(by_slot: &BTreeMap<i32, f64>) -> i32 {
    let half = by_slot.values().sum::<f64>() / 2.0;
    let mut seen = 0.0;
    let found = by_slot.iter().find(|(_, offered)| {
        seen += **offered;
        seen >= half
    });
    found.map_or(DAY / 2, |(minute, _)| *minute)
}

fn nothing() -> Trouble {
    Trouble::new(
        "nothing is left of the file",
        "no contacts in these days and queues",
        "see --from, --to and --queue",
    )
}

fn whole_days() -> Trouble {
    let help = "export intervals of 15, 30 or 60 minutes; headcount import takes whole days";
    Trouble::new("the file has whole days", "a week's profile needs intervals", help)
}

fn unlike(actual: i32, expected: i32) -> Trouble {
    let title = format!("the forecast has intervals of {expected} minutes, the history of {actual}");
    Trouble::new(title, "they cannot be compared", "export both with the same intervals")
}

fn apart() -> Trouble {
    let help = "both need the same days, times and names of queues";
    Trouble::new("history and forecast have fewer than two days in common", "nothing to compare", help)
}
