//! `callback`: when it is offered, who accepts, and how it is kept.

use super::curve::curve;
use super::document::Value;
use super::duration;
use super::fault::Trouble;
use super::item::Item;
use super::keys::{CALLBACK, OFFER};
use super::law::law_or_time;
use super::limits::AGENTS;
use super::number;
use super::queue::bounded;
use super::section::Section;
use super::series::Axis;
use crate::model::{Callback, Channel, Factor, Law, Offer, Place, Scored, Shape};
use crate::units::Micros;

/// Seconds to the next attempt where the scenario does not say.
const RETRY_S: f64 = 30.0 * 60.0;

/// Reads `callback`; series follow `axis`. `channel` is `None` where it is faulty.
pub(super) fn callback(item: Item<'_>, axis: Axis<'_>, channel: Option<Channel>) -> Option<Callback> {
    if let Some(channel) = channel.filter(|channel| channel.is_deferred()) {
        let label = format!("nobody waits on the line of {}", channel.key().replace('_', " "));
        let help = "remove it, or `ask_back` if agents ask the customer";
        return item.fault(Trouble::new("`callback` is for those who wait", label, help));
    }
    let section = Section::open(item, &CALLBACK)?;
    let help = "add `offer = { waiting = 5 }`, { expected_wait = \"3m\" } or \"always\"";
    let offer = section.need("offer", help, offer);
    let share = section.or("share", 1.0, |item| item.leaf(number::share));
    let help = "add `accept = 0.6`: the share that accepts the offer";
    let accept = section.need("accept", help, |item| curve(item, number::share));
    let words = [("keep", Place::Keep), ("separate", Place::Separate)];
    let place = section.or("place", Place::Keep, |item| item.word(&words));
    let promise = section.or("promise", Micros::HOUR, |item| item.leaf(duration::some_micros));
    let reserve = section.or("reserve", 0, |item| bounded(item, 0, AGENTS as u32));
    let reached = section.or("reached", 1.0, |item| item.leaf(number::share));
    let attempts = section.or("attempts", 1, |item| bounded(item, 1, 1000));
    let retry = Law::constant(Shape::Fixed, RETRY_S);
    let retry_after = section.or("retry_after", retry, |item| law_or_time(item, axis));
    let dialling = section.maybe("dialling", |item| law_or_time(item, axis));
    let factor = section.or("handle_factor", 1.0, |item| item.leaf(number::factor));
    let words = [Scored::Apart, Scored::ByPromise, Scored::ClockContinues].map(|word| (word.key(), word));
    let scored = section.or("scored", Scored::default(), |item| item.word(&words));
    let callback = Callback {
        offer: offer?,
        share: share?,
        accept: accept?,
        place: place?,
        promise: promise?,
        reserve: reserve?,
        reached: reached?,
        attempts: attempts?,
        retry_after: retry_after?,
        dialling: dialling?,
        factor: Factor::new(factor?),
        scored: scored?,
    };
    idle_keys(&section, &callback);
    Some(callback)
}

/// How an offer is written.
const OFFERS: &str = "write { waiting = 5 }, { expected_wait = \"3m\" } or \"always\"";

/// When it is offered: always, or from a number waiting or an expected wait on.
fn offer(item: Item<'_>) -> Option<Offer> {
    match &item.node.value {
        Value::Text(text) if text == "always" => return Some(Offer::Always),
        Value::Table(_) => {}
        _ => return item.fault(Trouble::new("`offer` is not understood", "when?", OFFERS)),
    }
    let section = Section::open(item, &OFFER)?;
    let waiting = section.maybe("waiting", |item| bounded(item, 0, 1_000_000));
    let wait = section.maybe("expected_wait", |item| item.leaf(duration::micros));
    match (waiting?, wait?) {
        (Some(waiting), None) => Some(Offer::Waiting(waiting)),
        (None, Some(wait)) => Some(Offer::ExpectedWait(wait)),
        (None, None) => item.fault(Trouble::new("`offer` does not say when", "from when on?", OFFERS)),
        (Some(_), Some(_)) => {
            item.fault(Trouble::new("`offer` says two things", "which one counts?", "keep one of the two"))
        }
    }
}

/// Keys that were written and change nothing.
fn idle_keys(section: &Section<'_>, callback: &Callback) {
    if callback.place == Place::Keep {
        section.no_effect("reserve", "their turn comes in line", "write place = \"separate\", or remove it");
    }
    if callback.reached >= 1.0 {
        for key in ["attempts", "retry_after", "dialling"] {
            section.no_effect(
                key,
                "the first attempt reaches everybody",
                "add `reached = 0.9`, or remove it",
            );
        }
    } else if callback.attempts == 1 {
        section.no_effect("retry_after", "there is one attempt only", "add `attempts = 3`, or remove it");
    }
}
