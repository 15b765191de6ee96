//! `silence` and `park_after`: pauses of a session.

use super::duration;
use super::fault::Trouble;
use super::item::Item;
use super::keys::SILENCE;
use super::law::law;
use super::section::Section;
use super::series::Axis;
use crate::model::{Channel, Silence};
use crate::units::Micros;

/// Reads the silences of a queue, which must be written messages; `channel` is `None` where it is faulty.
#[expect(clippy::option_option, reason = "faulty and not written are two things")]
pub(super) fn silence(
    section: Section<'_>,
    axis: Axis<'_>,
    channel: Option<Channel>,
) -> Option<Option<Silence>> {
    let park_after = section.maybe("park_after", |item| item.leaf(duration::some_micros));
    let Some(item) = section.get("silence") else {
        section.no_effect("park_after", "there is no silence here", "add `silence`, or remove it");
        return park_after.map(|_| None);
    };
    let silence = read(item, axis);
    let channel = channel?;
    if !matches!(channel, Channel::Messaging | Channel::Chat) {
        let help = "write channel = \"messaging\" or \"chat\", or remove `silence`";
        let label = format!("nobody falls silent on {}", channel.key().replace('_', " "));
        return item.fault(Trouble::new("`silence` goes with messaging and chat", label, help));
    }
    let help = "add `park_after = \"2m\"`: after how long a silence frees the agent's place";
    let Some(park_after) = park_after? else { return section.missing("park_after", help) };
    let (every, lasts) = silence?;
    Some(Some(Silence { every, lasts, park_after }))
}

/// How often and how long.
fn read(item: Item<'_>, axis: Axis<'_>) -> Option<(Micros, crate::model::Law)> {
    let section = Section::open(item, &SILENCE)?;
    let help = "add `every = \"3m\"`: the mean work between two silences";
    let every = section.need("every", help, |item| item.leaf(duration::some_micros));
    let help = "add `lasts = { lognormal = { mean = \"5m\", cv = 1.5 } }`";
    let lasts = section.need("lasts", help, |item| law(item, axis));
    Some((every?, lasts?))
}
