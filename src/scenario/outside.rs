//! `outside_hours` and `voicemail`: what happens to who comes while the queue is closed.

use super::fault::Trouble;
use super::item::Item;
use super::links::Links;
use super::section::Section;
use crate::model::{Channel, Outside, QueueId};

/// Reads what happens outside the hours of queue `id`, and whether everything that it takes is there.
pub(super) fn outside(links: Links<'_, '_>, id: usize) -> Option<Outside> {
    let section = links.queues[id].section;
    let words = ["turned_away", "voicemail", "callback", "bot"].map(|word| (word, word));
    let word = section.or("outside_hours", "turned_away", |item| item.word(&words));
    let voicemail = section.maybe("voicemail", |item| deferred(item, links, id));
    let (word, voicemail) = (word?, voicemail?);
    if word != "voicemail" {
        let help = "write outside_hours = \"voicemail\", or remove it";
        section.no_effect("voicemail", "nobody leaves a message", help);
    }
    if word != "turned_away" {
        nobody_comes(section);
    }
    match word {
        "voicemail" => voicemail.map(Outside::Voicemail).or_else(|| {
            section.missing("voicemail", "add `voicemail = \"…\"`: the deferred queue that gets the messages")
        }),
        "callback" => {
            let help = "add `callback = { offer = \"always\", accept = 0.6 }`";
            section.need("callback", help, |_| Some(Outside::Callback))
        }
        "bot" => {
            let help = "add `self_service = { contained = 0.2 }`: it is what answers";
            section.need("self_service", help, |_| Some(Outside::Bot))
        }
        _ => Some(Outside::TurnedAway),
    }
}

/// The deferred queue that gets the messages.
fn deferred(item: Item<'_>, links: Links<'_, '_>, id: usize) -> Option<QueueId> {
    let to = links.other_queue(item, id, "a message")?;
    if links.channel(to).is_none_or(Channel::is_deferred) {
        return Some(to);
    }
    let help = "name a queue whose channel is email, social, back_office or outbound";
    let title = format!("`{}` cannot keep messages", links.queues[to.0].name());
    item.fault(Trouble::new(title, "not a deferred channel", help))
}

/// Says that nobody comes while closed, if `arrivals` gives no hours of its own.
fn nobody_comes(section: Section<'_>) {
    let (Some(item), Some(arrivals)) = (section.get("outside_hours"), section.get("arrivals")) else {
        return;
    };
    if arrivals.peek("hours").is_none() {
        let help = "add `hours = \"00:00-24:00\"` to `arrivals`: the hours in which customers come";
        item.note(Trouble::new("nobody comes outside opening hours", "has no effect", help));
    }
}
