//! `[queue.*]`: what customers want.

use super::arrivals;
use super::calendar::Days;
use super::duration;
use super::fault::{Trouble, grouped};
use super::item::Item;
use super::law::law;
use super::links::Way;
use super::number;
use super::part::Part;
use super::section::{Section, not_yet};
use super::series::Axis;
use super::target::targets;
use crate::model::{AtClose, Channel, Definition, Goal, Journey, Law, Opening, Queue, Series, Target};
use crate::units::Micros;

/// Reads a queue; `way` is what the groups have to do with it.
pub(super) fn queue(part: &Part<'_>, days: &Days, scale: f64, way: Option<Way>) -> Option<Queue> {
    let (section, axis) = (part.section, part.axis(days));
    let channel = section.or("channel", Channel::Voice, channel);
    let help = "add `arrivals = { per_hour = 240 }`; 0 for a queue that only receives overflow";
    let volumes = section.need("arrivals", help, |item| arrivals::volumes(item, axis, scale));
    let work = work(section, axis);
    let patience = section.maybe("patience", |item| law(item, axis));
    let limits = Limits::read(section);
    let priority = section.or("priority", 1, |item| bounded(item, 0, 1_000_000));
    let weight = section.or("weight", 1.0, weight);
    let at_close = section.or("at_close", AtClose::Finish, at_close);
    section.or("outside_hours", (), outside_hours);
    section.or("volume_is", (), |item| item.word(&[("first_contacts", ()), ("all_attempts", ())]));
    let targets = section.or("target", Vec::new(), targets);
    let report = section.or("report_within", Vec::new(), report_within);
    let (channel, targets, patience, work, way) = (channel?, targets?, patience?, work?, way?);
    let limits = limits?;
    let (within, thresholds) = thresholds(channel, &targets, report?);
    say(part, channel, &targets, patience.as_ref(), &work, within);
    Some(Queue {
        name: part.name().to_owned(),
        channel,
        opening: part.hours.as_deref()?.opening.clone(),
        volumes: volumes?,
        handle: work.0,
        wrap: work.1,
        patience,
        balk: limits.balk,
        lines: limits.lines,
        max_waiting: limits.max_waiting,
        route: way.route,
        after_wait: way.after_wait,
        priority: priority?,
        weight: (weight? * 4_294_967_296.0).round() as u64,
        at_close: at_close?,
        targets,
        thresholds,
        within,
        journey: Journey::default(),
    })
}

/// What keeps contacts from waiting.
struct Limits {
    balk: f64,
    lines: Option<u32>,
    max_waiting: Option<u32>,
}

impl Limits {
    fn read(section: Section<'_>) -> Option<Self> {
        let balk = section.or("balk", 0.0, |item| item.leaf(number::share));
        let lines = section.maybe("lines", |item| bounded(item, 1, 1_000_000));
        let max_waiting = section.maybe("max_waiting", |item| bounded(item, 0, 1_000_000));
        Some(Self { balk: balk?, lines: lines?, max_waiting: max_waiting? })
    }
}

/// A whole number within bounds.
pub(super) fn bounded(item: Item<'_>, least: u32, most: u32) -> Option<u32> {
    let value = item.leaf(number::count)?;
    if (u64::from(least)..=u64::from(most)).contains(&value) {
        return Some(value as u32);
    }
    let label = format!("between {least} and {}", grouped(most.into()));
    item.fault(Trouble::bare(format!("`{}` is out of range", item.name), label))
}

fn channel(item: Item<'_>) -> Option<Channel> {
    let words = Channel::ALL.map(|channel| (channel.key(), channel));
    let channel = item.word(&words)?;
    match channel {
        Channel::Voice | Channel::Video => {}
        Channel::Chat => {
            let help = "several chats at a time come in a later version; until then this needs more agents than life does";
            item.note(Trouble::new("chats are handled one at a time", "one agent, one chat", help));
        }
        _ => {
            let trouble = not_yet(&format!("channel = \"{}\"", channel.key()), "Work that can wait.");
            let help = Some("known now: `voice`, `video` and `chat`".to_owned());
            return item.fault(Trouble { help, ..trouble });
        }
    }
    Some(channel)
}

/// Handle time and wrap-up, or AHT, which is both in one.
fn work(section: Section<'_>, axis: Axis<'_>) -> Option<(Law, Option<Law>)> {
    let other = section.get("handle").or_else(|| section.get("wrap"));
    if let (Some(aht), Some(other)) = (section.get("aht"), other) {
        let help = "AHT includes wrap-up: keep `aht` alone, or `handle` with `wrap`";
        let title = format!("`aht` and `{}` contradict each other", other.name);
        let later = if other.key.source > aht.key.source { other.key } else { aht.key };
        section.cx().fault(later, Trouble::new(title, "handle time is written twice", help));
        return None;
    }
    if let Some(aht) = section.get("aht") {
        return law(aht, axis).map(|handle| (handle, None));
    }
    let help = "add `handle = { lognormal = { mean = \"5m\", cv = 1.0 } }`, or `aht`, which includes wrap-up";
    let handle = section.need("handle", help, |item| law(item, axis));
    let wrap = section.maybe("wrap", |item| law(item, axis));
    Some((handle?, wrap?))
}

fn weight(item: Item<'_>) -> Option<f64> {
    let weight = item.leaf(number::positive)?;
    if (1e-6..=1e6).contains(&weight) {
        return Some(weight);
    }
    item.fault(Trouble::bare("`weight` is out of range", "between 0.000001 and 1,000,000"))
}

fn at_close(item: Item<'_>) -> Option<AtClose> {
    match item.word(&[
        ("finish", AtClose::Finish),
        ("drop", AtClose::Drop),
        ("carry_over", AtClose::CarryOver),
    ])? {
        AtClose::CarryOver => item
            .fault(not_yet("at_close = \"carry_over\"", "Deferred contacts that wait for the next opening.")),
        other => Some(other),
    }
}

fn outside_hours(item: Item<'_>) -> Option<()> {
    let word = item.word(&[
        ("turned_away", ""),
        ("voicemail", "voicemail"),
        ("callback", "callback"),
        ("bot", "bot"),
    ])?;
    if word.is_empty() {
        return Some(());
    }
    item.fault(not_yet(&format!("outside_hours = \"{word}\""), "Contacts outside opening hours."))
}

fn report_within(item: Item<'_>) -> Option<Vec<Micros>> {
    let thresholds = item.each(|part| part.leaf(duration::micros))?;
    if thresholds.len() <= 50 {
        return Some(thresholds);
    }
    item.fault(Trouble::bare("too many thresholds", "at most 50"))
}

/// The reported threshold, and every one that is counted.
fn thresholds(channel: Channel, targets: &[Target], report: Vec<Micros>) -> (Micros, Vec<Micros>) {
    let answered = |target: &Target| match target.goal {
        Goal::Answered { within, definition, .. } => Some((within, definition)),
        _ => None,
    };
    let within = targets.iter().find_map(answered).map_or(channel.usual_threshold(), |(within, _)| within);
    let mut all = report;
    all.push(within);
    for (within, definition) in targets.iter().filter_map(answered) {
        all.push(within);
        if let Definition::IgnoreShort { short } | Definition::CreditShort { short } = definition {
            all.push(short);
        }
    }
    all.sort_unstable();
    all.dedup();
    (within, all)
}

/// What a planner should know of how the queue was understood.
fn say(
    part: &Part<'_>,
    channel: Channel,
    targets: &[Target],
    patience: Option<&Law>,
    work: &(Law, Option<Law>),
    within: Micros,
) {
    let (cx, name) = (part.section.cx(), part.name());
    cx.echo(format!("{name}: AHT {}", parts_of_aht(part, work)));
    if !targets.iter().any(|target| matches!(target.goal, Goal::Answered { .. })) {
        let none = if targets.is_empty() { "no target" } else { "no target names a threshold" };
        cx.echo(format!("{name}: {none}, so the usual {within} of {} is reported", channel.key()));
    }
    if patience.is_none() {
        let help =
            "add `patience = { exponential = { mean = \"3m\" } }`, or leave it if nobody ever hangs up";
        let title = format!("`{name}` has no patience: its customers wait for ever; this costs agents");
        cx.note(part.section.item.key, Trouble::new(title, "nobody hangs up here", help));
    }
}

/// `5m 30s = handle 5m + wrap 30s`.
fn parts_of_aht(part: &Part<'_>, (handle, wrap): &(Law, Option<Law>)) -> String {
    let opening = part.hours.as_deref().map(|hours| &hours.opening);
    let time = |seconds: f64| Micros::from_secs_f64((seconds * 10.0).round() / 10.0);
    let talk = mean(handle, opening);
    match wrap.as_ref().map(|wrap| mean(wrap, opening)) {
        Some(wrap) => format!("{} = handle {} + wrap {}", time(talk + wrap), time(talk), time(wrap)),
        None if part.section.get("aht").is_some() => format!("{}, wrap included", time(talk)),
        None => format!("{} = handle {0}, no wrap", time(talk)),
    }
}

/// The mean of a law in seconds, over the open intervals.
fn mean(law: &Law, opening: Option<&Opening>) -> f64 {
    match (&law.mean, opening) {
        (Series::Constant(mean), _) => *mean,
        (Series::ByInterval(means), Some(opening)) if opening.first().is_some() => {
            opening.intervals().map(|i| means[i]).sum::<f64>() / opening.intervals().count() as f64
        }
        (Series::ByInterval(means), _) => means.first().copied().unwrap_or_default(),
    }
}
