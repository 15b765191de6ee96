//! `[queue.*]`: what customers want.

use super::arrivals;
use super::duration;
use super::fault::{Trouble, grouped};
use super::item::Item;
use super::journey::journey;
use super::law::law;
use super::links::{Links, Way};
use super::number;
use super::part::Part;
use super::section::Section;
use super::self_service::entrance;
use super::series::Axis;
use super::target::targets;
use super::work::{parts_of_aht, work};
use crate::model::{AtClose, Channel, Definition, Goal, Journey, Queue, SelfService, Target};
use crate::units::Micros;

/// Reads queue `id`; `way` is what the groups have to do with it.
pub(super) fn queue(links: Links<'_, '_>, id: usize, scale: f64, way: Option<Way>) -> Option<Queue> {
    let (part, axis) = (&links.queues[id], links.axis(id));
    let section = part.section;
    let channel = section.or("channel", Channel::Voice, channel);
    let arriving = Arriving::read(links, id, scale);
    let work = work(section, axis);
    let patience = section.maybe("patience", |item| law(item, axis));
    let limits = Limits::read(section);
    let priority = section.or("priority", 1, |item| bounded(item, 0, 1_000_000));
    let weight = section.or("weight", 1.0, weight);
    let at_close = at_close(section, channel);
    let targets = section.or("target", Vec::new(), targets);
    let report = section.or("report_within", Vec::new(), report_within);
    let journey = journey(links, id, channel, targets.as_deref());
    let (channel, targets, patience, work, way) = (channel?, targets?, patience?, work?, way?);
    let (limits, journey, arriving) = (limits?, journey?, arriving?);
    let (within, thresholds) = thresholds(channel, &targets, report?);
    let queue = Queue {
        name: part.name().to_owned(),
        channel,
        opening: part.hours.as_deref()?.opening.clone(),
        volumes: arriving.volumes,
        counted: false,
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
        journey: Journey { self_service: arriving.service, ..journey },
    };
    say(part, &queue);
    idle_keys(section, &queue);
    Some(queue)
}

/// Who comes, and what meets them before the queue.
struct Arriving {
    /// Contacts by interval of the run: those who enter self-service, where there is one.
    volumes: Vec<f64>,
    service: Option<SelfService>,
}

impl Arriving {
    fn read(links: Links<'_, '_>, id: usize, scale: f64) -> Option<Self> {
        let (part, days) = (&links.queues[id], links.days);
        let own = arrivals::hours(part.section, days);
        let hours = own.as_ref().and_then(|own| own.as_ref().or(part.hours.as_deref()));
        let axis = Axis { days, hours };
        let help = "add `arrivals = { per_hour = 240 }`; 0 for a queue that only receives overflow";
        let volumes = part.section.need("arrivals", help, |item| arrivals::volumes(item, axis, scale));
        let entrance = entrance(links, id, axis);
        let clear = links.volumes_are_clear(id, volumes.as_deref());
        let (volumes, entrance) = (volumes?, entrance?);
        clear?;
        let Some(entrance) = entrance else { return Some(Self { volumes, service: None }) };
        let volumes = entrance.entering(part.section, volumes)?;
        Some(Self { volumes, service: Some(entrance.facts) })
    }
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
    let nearest =
        if value < u64::from(least) { format!("{least} or more") } else { format!("{most} or less") };
    item.fault(Trouble::new(format!("`{}` is out of range", item.name), label, format!("write {nearest}")))
}

fn channel(item: Item<'_>) -> Option<Channel> {
    item.word(&Channel::ALL.map(|channel| (channel.key(), channel)))
}

fn weight(item: Item<'_>) -> Option<f64> {
    let weight = item.leaf(number::positive)?;
    if (1e-6..=1e6).contains(&weight) {
        return Some(weight);
    }
    let help = "write 1.0 for the wait as it is, 2.0 to count it double";
    item.fault(Trouble::new("`weight` is out of range", "between 0.000001 and 1,000,000", help))
}

/// What happens to those who wait at a closing; `channel` is `None` where it is faulty.
fn at_close(section: Section<'_>, channel: Option<Channel>) -> Option<AtClose> {
    let deferred = channel.is_some_and(Channel::is_deferred);
    let default = if deferred { AtClose::CarryOver } else { AtClose::Finish };
    let words = [("finish", AtClose::Finish), ("drop", AtClose::Drop), ("carry_over", AtClose::CarryOver)];
    let at_close = section.or("at_close", default, |item| item.word(&words))?;
    let live = channel.is_some_and(|channel| !channel.is_deferred() && channel != Channel::Messaging);
    match section.get("at_close") {
        Some(item) if live && at_close == AtClose::CarryOver => item.fault(Trouble::new(
            "only work that can wait is carried over",
            "nobody stays on the line until the next opening",
            "write \"finish\" or \"drop\"; carry_over is for email, social, back_office, outbound and messaging",
        )),
        _ => Some(at_close),
    }
}

fn report_within(item: Item<'_>) -> Option<Vec<Micros>> {
    let thresholds = item.each(|part| part.leaf(duration::micros))?;
    if thresholds.len() <= 50 {
        return Some(thresholds);
    }
    item.fault(Trouble::new("too many thresholds", "at most 50", "keep those that somebody reads"))
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
fn say(part: &Part<'_>, queue: &Queue) {
    let (cx, name) = (part.section.cx(), part.name());
    cx.echo(format!("{name}: AHT {}", parts_of_aht(part, &queue.handle, queue.wrap.as_ref())));
    if !queue.targets.iter().any(|target| matches!(target.goal, Goal::Answered { .. })) {
        let none = if queue.targets.is_empty() { "no target" } else { "no target names a threshold" };
        let (within, channel) = (queue.within, queue.channel.key());
        cx.echo(format!("{name}: {none}, so the usual {within} of {channel} is reported"));
    }
    if queue.patience.is_none() && !queue.channel.is_deferred() {
        let help =
            "add `patience = { exponential = { mean = \"3m\" } }`, or leave it if nobody ever hangs up";
        let title = format!("`{name}` has no patience: its customers wait for ever; this costs agents");
        cx.note(part.section.item.key, Trouble::new(title, "nobody hangs up here", help));
    }
}

/// Keys that were written and change nothing, as the queue stands.
fn idle_keys(section: Section<'_>, queue: &Queue) {
    let journey = &queue.journey;
    let balks = journey.announced.as_ref().and_then(|announced| announced.balk.as_ref());
    if queue.patience.is_none() && queue.balk <= 0.0 && balks.is_none() {
        section.no_effect("redial", "nobody hangs up here", "add `patience`, or remove it");
    }
    if queue.lines.is_none() && queue.max_waiting.is_none() {
        section.no_effect("redial_blocked", "nobody is blocked here", "add `lines`, or remove it");
    }
    if balks.is_some() {
        section.no_effect("balk", "`announced_wait` has one in its place", "keep one of the two");
    }
    let patience = journey.announced.as_ref().and_then(|announced| announced.patience.as_ref());
    if let (Some(_), None, Some(item)) = (patience, &queue.patience, section.get("announced_wait")) {
        let title = "`patience` of `announced_wait` has no effect";
        item.note(Trouble::new(title, "these customers wait for ever", "add `patience` to the queue"));
    }
    if journey.callback.is_none() && journey.announced.is_none() {
        let why = "no wait is announced and no callback offered";
        section.no_effect("expected_wait", why, "add `callback` or `announced_wait`, or remove it");
    }
}
