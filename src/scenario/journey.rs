//! What may happen to a queue's contacts besides: coming back, being passed on, asking, chasing.

use super::announced::announced;
use super::callback::callback;
use super::duration;
use super::fault::Trouble;
use super::item::Item;
use super::keys::{ASK_BACK, CHASE, Keys, REPEAT, RETURN, TRANSFER};
use super::law::{law, law_or_time};
use super::links::Links;
use super::number;
use super::outside::outside;
use super::queue::bounded;
use super::section::Section;
use super::series::Axis;
use super::silence::silence;
use super::target::CLOCKS;
use crate::model::{
    AskBack, Channel, Chase, Choose, Due, Estimator, Goal, Journey, Law, QueueId, Return, Series, Target,
    Transfer,
};

const CHOICES: [(&str, Choose); 3] =
    [("in_order", Choose::InOrder), ("longest_idle", Choose::LongestIdle), ("most_idle", Choose::MostIdle)];

const ESTIMATORS: [(&str, Estimator); 4] = [
    ("patience", Estimator::Patience),
    ("queue_length", Estimator::QueueLength),
    ("last_answered", Estimator::LastAnswered),
    ("moving_average", Estimator::MovingAverage),
];

/// Reads the journey of queue `id`, but for its self-service, which belongs to the volumes. Its channel and targets
/// have been read already; `None` where they are faulty.
pub(super) fn journey(
    links: Links<'_, '_>,
    id: usize,
    channel: Option<Channel>,
    targets: Option<&[Target]>,
) -> Option<Journey> {
    let section = links.queues[id].section;
    let axis = links.axis(id);
    let redial = section.maybe("redial", |item| back(item, &RETURN, links, id));
    let redial_blocked = section.maybe("redial_blocked", |item| back(item, &RETURN, links, id));
    let repeat = section.maybe("repeat", |item| back(item, &REPEAT, links, id));
    let transfer = section.maybe("transfer", |item| transfer(item, links, id));
    let ask_back = section.maybe("ask_back", |item| ask_back(item, axis));
    let chase = section.maybe("chase", |item| chase(item, links, targets));
    let callback = section.maybe("callback", |item| callback(item, axis, channel));
    let announced = section.maybe("announced_wait", announced);
    let estimator = section.or("expected_wait", Estimator::default(), |item| item.word(&ESTIMATORS));
    let silence = silence(section, axis, channel);
    let outside = outside(links, id);
    let choose = section.or("choose", Choose::default(), |item| item.word(&CHOICES));
    let aside = channel.is_some_and(Channel::may_be_put_aside);
    let suspend =
        section.or("at_shift_end", aside, |item| item.word(&[("finish", false), ("suspend", true)]));
    let words = [("first_contacts", false), ("all_attempts", true)];
    let all_attempts = section.or("volume_is", false, |item| item.word(&words));
    let backlog = section.or("backlog", 0, |item| bounded(item, 0, 1_000_000));
    Some(Journey {
        redial: redial?,
        redial_blocked: redial_blocked?,
        repeat: repeat?,
        transfer: transfer?,
        ask_back: ask_back?,
        chase: chase?,
        callback: callback?,
        announced: announced?,
        estimator: estimator?,
        self_service: None,
        silence: silence?,
        outside: outside?,
        choose: choose?,
        suspend: suspend?,
        all_attempts: all_attempts?,
        backlog: backlog?,
    })
}

/// The chance that something happens.
fn chance(section: Section<'_>) -> Option<f64> {
    section.need("probability", "add `probability = 0.2`", |item| item.leaf(number::share))
}

/// Coming again, to the queue itself or to that which `to` names.
pub(super) fn back(item: Item<'_>, keys: &'static Keys, links: Links<'_, '_>, id: usize) -> Option<Return> {
    let section = Section::open(item, keys)?;
    let probability = chance(section);
    let help = "add `after = { exponential = { mean = \"10m\" } }`: the time until then";
    let after = section.need("after", help, |item| law(item, links.axis(id)));
    let most = section.maybe("attempts", |item| bounded(item, 1, 1000));
    let to = match keys.find("to") {
        Some(_) => section.or("to", QueueId(id), |item| links.queue(item)),
        None => Some(QueueId(id)),
    };
    let (probability, after, most) = (probability?, after?, most?);
    unhurried(section, &after)?;
    if probability >= 1.0 && most.is_none() {
        let help = "add `attempts`, or a lower probability";
        item.note(Trouble::new("everybody comes again, without end", "until they are helped", help));
    }
    Some(Return { probability, after, most, to: to? })
}

/// Nobody is back within a second: such a wait would keep the simulation busy with the same few customers.
fn unhurried(section: Section<'_>, after: &Law) -> Option<()> {
    let least = match &after.mean {
        Series::Constant(mean) => *mean,
        Series::ByInterval(means) => means.iter().copied().fold(f64::INFINITY, f64::min),
    };
    if least >= 1.0 {
        return Some(());
    }
    let help = "write the time that it really takes, such as \"1m\"";
    section.get("after")?.fault(Trouble::new("nobody comes again within a second", "on average", help))
}

fn transfer(item: Item<'_>, links: Links<'_, '_>, id: usize) -> Option<Transfer> {
    let section = Section::open(item, &TRANSFER)?;
    let probability = chance(section);
    let help = "add `to = \"…\"`: the queue that gets it";
    let to = section.need("to", help, |item| links.other_queue(item, id, "a transfer"));
    let warm = section.maybe("warm", |item| law_or_time(item, links.axis(id)));
    Some(Transfer { probability: probability?, to: to?, warm: warm? })
}

fn ask_back(item: Item<'_>, axis: Axis<'_>) -> Option<AskBack> {
    let section = Section::open(item, &ASK_BACK)?;
    let probability = chance(section);
    let help = "add `after = { exponential = { mean = \"4h\" } }`: the time until the customer answers";
    let after = section.need("after", help, |item| law(item, axis));
    let probability = probability?;
    if probability >= 1.0 {
        let help = "write a probability below 100%";
        return section.get("probability")?.fault(Trouble::new(
            "no case would ever end",
            "always asked again",
            help,
        ));
    }
    Some(AskBack { probability, after: after? })
}

/// Chasing; what is not said of when it falls due is that of the queue's first `done` target.
fn chase(item: Item<'_>, links: Links<'_, '_>, targets: Option<&[Target]>) -> Option<Chase> {
    let section = Section::open(item, &CHASE)?;
    let probability = chance(section);
    let to = section.need("to", "add `to = \"…\"`: the queue that gets the call", |item| links.queue(item));
    let within = section.maybe("after", |item| item.leaf(duration::some_micros));
    let clock = section.maybe("clock", |item| item.word(&CLOCKS));
    let promised = |target: &Target| match target.goal {
        Goal::Done { within, clock, .. } => Some(Due { within, clock }),
        _ => None,
    };
    let promise = targets?.iter().find_map(promised);
    let help =
        "add `after = \"24h\"` and `clock`, or a target with `done`: nothing says when an item is overdue";
    let Some(within) = within?.or(promise.map(|due| due.within)) else {
        return section.missing("after", help);
    };
    let help = "add `clock = \"elapsed\"`, or \"business\" if only opening hours count";
    let Some(clock) = clock?.or(promise.map(|due| due.clock)) else { return section.missing("clock", help) };
    Some(Chase { probability: probability?, due: Due { within, clock }, to: to? })
}
