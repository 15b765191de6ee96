//! What was found, in words: a line a number, with its 95% interval, what it rests on and how well it fits.

use super::fit::{Findings, QueueFindings};
use super::fit_scenario::short_words;
use super::fitted::Fitted;
use super::handle_time::{HandleTime, Law};
use super::patience::Patience;
use super::text::{WEEKDAYS, count, number, percent};
use crate::exports::day_shown;
use crate::scenario::{Fault, Note, Severity, Trouble, grouped};

/// Days of history below which a day factor says little.
const FEW_DAYS: usize = 20;

/// The lines, in the order of the queues, then all days together.
pub(super) fn words(found: &Findings, keys: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for (queue, key) in found.queues.iter().zip(keys) {
        lines.push(format!("{key} ({})", queue.channel));
        lines.push(line("volume", &volume(queue)));
        if queue.week.strays > 0.0 {
            let strays = number(queue.week.strays, 0);
            lines.push(line(
                "",
                &format!("{strays} came hours away from all others and are left out of the week"),
            ));
        }
        lines.push(line("handle time", &handle(queue)));
        if let Some(words) = queue.handle.as_ref().map(short_words).filter(|words| !words.is_empty()) {
            lines.push(line("", &words));
        }
        if let Some(hand) = &queue.in_hand {
            let shares: Vec<String> = hand.shares.iter().map(|share| percent(*share, 1)).collect();
            let alone = number(hand.alone_s, 1);
            lines.push(line(
                "in hand",
                &format!(
                    "1, 2, 3, … contacts during {} of busy time; alone a contact would take {alone} s",
                    shares.join(", ")
                ),
            ));
        }
        lines.extend(patience(queue).iter().map(|words| line("patience", words)));
        lines.extend(returns(queue));
    }
    lines.push("all queues".to_owned());
    lines.extend(days(found));
    lines
}

fn line(name: &str, words: &str) -> String {
    format!("  {name:<12}{words}")
}

fn between(of: &Fitted, show: impl Fn(f64) -> String) -> String {
    format!("{} ({} to {})", show(of.value), show(of.low), show(of.high))
}

fn volume(queue: &QueueFindings) -> String {
    let means: Vec<String> = (0..7)
        .filter(|&k| queue.week.days[k] > 0)
        .map(|k| format!("{} {}", WEEKDAYS[k], number(queue.week.offered[k].iter().sum(), 0)))
        .collect();
    let days: usize = queue.week.days.iter().sum();
    format!(
        "{} on {days} day{}; a day has {}",
        count(queue.offered),
        if days == 1 { "" } else { "s" },
        means.join(", ")
    )
}

fn handle(queue: &QueueFindings) -> String {
    match (&queue.handle, queue.aht) {
        (Some(handle), _) => law(handle),
        (None, Some((mean, contacts))) => {
            format!(
                "mean {} s of {} contacts; counts do not tell the spread",
                number(mean, 1),
                grouped(contacts as u64)
            )
        }
        (None, None) => "not in the file".to_owned(),
    }
}

fn law(handle: &HandleTime) -> String {
    let mean = between(&handle.mean, |s| number(s, 1));
    let off = format!(
        "off the data: lognormal {}, gamma {}",
        percent(handle.lognormal_distance, 1),
        percent(handle.gamma_distance, 1)
    );
    let chosen = match handle.law {
        Law::Lognormal => {
            let (m, s) =
                (between(&handle.log_mean, |x| number(x, 3)), between(&handle.log_sd, |x| number(x, 3)));
            format!("lognormal with log-mean {m} and log-sd {s}")
        }
        Law::Gamma => format!("gamma with shape {}", number(handle.gamma_shape, 3)),
        Law::Empirical => "no law fits: the values themselves".to_owned(),
    };
    format!(
        "mean {mean} s, cv {}, of {}; {chosen}; {off}",
        number(handle.cv(), 2),
        grouped(handle.contacts as u64)
    )
}

fn patience(queue: &QueueFindings) -> Vec<String> {
    let Some(found) = &queue.patience else {
        let live = matches!(queue.channel, "voice" | "video" | "chat" | "messaging");
        return if live { vec!["not in the file".to_owned()] } else { Vec::new() };
    };
    let mean = between(&found.mean, |s| number(s, 0));
    let basis = format!("{} of {} hung up", grouped(found.hung_up as u64), grouped(found.waited as u64));
    let off = |share: Option<f64>| {
        share.map_or_else(String::new, |share| format!(", {} off the data", percent(share, 1)))
    };
    let mut lines =
        vec![format!("exponential with mean {mean} s{}: {basis}", off(found.exponential_distance))];
    if let Some(law) = found.weibull {
        let shape = between(&law.shape, |k| number(k, 2));
        let chosen = if found.is_weibull() { "; written into the scenario" } else { "" };
        lines.push(format!(
            "Weibull with mean {} s and shape {shape}{}{chosen}",
            number(law.mean, 0),
            off(law.distance)
        ));
    }
    lines.extend(still_there(found));
    lines
}

/// Kaplan and Meier's curve at a few moments, as far as it reaches.
fn still_there(found: &Patience) -> Option<String> {
    let last = found.curve.last()?.0;
    let at = |t: f64| found.curve.iter().rev().find(|(time, _)| *time <= t).map_or(1.0, |(_, share)| *share);
    let moments = [(20.0, "20 s"), (60.0, "1 min"), (120.0, "2 min"), (300.0, "5 min"), (600.0, "10 min")];
    let shown: Vec<String> = moments
        .iter()
        .filter(|(t, _)| *t <= last)
        .map(|(t, name)| format!("{} after {name}", percent(at(*t), 0)))
        .collect();
    (!shown.is_empty()).then(|| format!("still willing to wait: {} (Kaplan and Meier)", shown.join(", ")))
}

fn returns(queue: &QueueFindings) -> Vec<String> {
    let words = |found: &super::returns::Return, of: &str, within: &str| {
        format!(
            "{} of {} {of} came again within {within}",
            between(&found.share, |p| percent(p, 1)),
            grouped(found.contacts as u64)
        )
    };
    let redial = queue.redial.iter().map(|found| line("redials", &words(found, "who hung up", "4 hours")));
    redial
        .chain(queue.repeat.iter().map(|found| line("repeats", &words(found, "answered", "7 days"))))
        .collect()
}

fn days(found: &Findings) -> Vec<String> {
    let mut lines = Vec::new();
    match &found.day_factor {
        Some(factor) => {
            let cv = between(&factor.cv, |cv| percent(cv, 1));
            let square = between(&factor.cv2, |cv2| number(cv2, 4));
            lines.push(line(
                "day factor",
                &format!("cv {cv}, its square {square}: {} days, weekdays and chance taken out", factor.days),
            ));
            if let Some(halves) = factor.halves {
                lines.push(line(
                    "within days",
                    &format!(
                        "first and second half of a day are busy together: correlation {}",
                        number(halves, 2)
                    ),
                ));
            }
        }
        None => lines.push(line("day factor", "too few days to tell")),
    }
    if let Some(error) = &found.forecast_error {
        lines.push(line(
            "forecasts",
            &format!("{} days; {} came for each contact forecast", error.days, number(1.0 + error.bias, 3)),
        ));
        let wape =
            |all: f64, chance: f64| format!("{} ({} by chance alone)", percent(all, 1), percent(chance, 1));
        lines.push(line(
            "",
            &format!(
                "error (WAPE) of days {}, of intervals {}",
                wape(error.day_wape, error.day_wape_chance),
                wape(error.interval_wape, error.interval_wape_chance)
            ),
        ));
        let cv = between(&error.day_cv, |cv| percent(cv, 1));
        lines.push(line(
            "",
            &format!(
                "bias and chance taken out: cv of days {cv}, of intervals within days {}",
                percent(error.interval_cv, 1)
            ),
        ));
    }
    lines
}

/// What somebody should know before using the numbers.
pub(super) fn notes(found: &Findings) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |title: String, label: String, help: &str| {
        notes.push(Fault::new(None, Trouble::new(title, label, help), Severity::Warning));
    };
    if let Some(factor) = found.day_factor.as_ref().filter(|factor| factor.days < FEW_DAYS) {
        let label = format!(
            "{} days: the truth may be anywhere from {} to {}",
            factor.days,
            percent(factor.cv.low, 0),
            percent(factor.cv.high, 0)
        );
        note(
            "the day factor rests on few days".to_owned(),
            label,
            "fit a few months, without seasons if you can",
        );
    }
    for queue in &found.queues {
        if let Some((day, total, middle)) = queue.week.odd.first() {
            let many = queue.week.odd.len();
            let title = format!("{} has {many} odd day{}", queue.name, if many == 1 { "" } else { "s" });
            let label = format!(
                "{}: {} contacts where {} are usual",
                day_shown(*day),
                number(*total, 0),
                number(*middle, 0)
            );
            note(
                title,
                label,
                "holidays and outages do not belong into an average week: choose days with --from and --to",
            );
        }
        if queue.handle.as_ref().is_some_and(|handle| handle.short_left_out) {
            let title = format!("{} has many very short calls", queue.name);
            let label = queue.handle.as_ref().map(short_words).unwrap_or_default();
            note(
                title,
                label,
                "look at a few of them; if they are real, keep them with aht = { empirical = … }",
            );
        }
    }
    notes
}
