//! `concurrency`, `handle_by_load`, `typing` and `assign`: how many contacts an agent holds, and what that costs each.
//!
//! Capacity is counted in units of which every contact takes some: the least common multiple of the concurrencies, so
//! that three chats or two mails fill the same agent. What has no concurrency takes all of it.

use super::document::Value;
use super::duration;
use super::fault::{Trouble, quoted};
use super::item::Item;
use super::keys::TYPING;
use super::links::Links;
use super::nearest;
use super::number;
use super::part::Part;
use super::queue::bounded;
use super::section::Section;
use crate::model::{Assign, Channel, Factor, Hands, Skill, Typing};

/// Most contacts an agent can hold.
const MOST: u32 = 12;

/// Channels of which an agent can hold several.
const SHARED: [Channel; 5] =
    [Channel::Chat, Channel::Messaging, Channel::Email, Channel::Social, Channel::BackOffice];

/// Reads what an agent can hold, and gives each skill the capacity that its contacts need.
pub(super) fn hands(group: &Part<'_>, links: Links<'_, '_>, skills: &mut [Skill]) -> Option<Hands> {
    let section = group.section;
    let several = section.or("concurrency", Vec::new(), concurrency);
    let by_load = section.maybe("handle_by_load", by_load);
    let typing = section.maybe("typing", typing);
    let words = [("least_loaded", Assign::LeastLoaded), ("fill_first", Assign::FillFirst)];
    let assign = section.or("assign", Assign::LeastLoaded, |item| item.word(&words));
    let (several, by_load, typing) = (several?, by_load?, typing?);
    let channel = |skill: &Skill| links.channel(skill.queue);
    for (item, of, _) in &several {
        if !skills.iter().any(|skill| channel(skill) == Some(*of)) {
            let title = format!("`concurrency` of {} has no effect", item.name);
            let help = "remove it, or add such a queue to `serves`";
            item.note(Trouble::new(title, "the group serves no such queue", help));
        }
    }
    if typing.is_some() {
        not_only_chats(section, skills, channel);
    }
    let at_once = |skill: &Skill| {
        several.iter().find(|(_, of, _)| channel(skill) == Some(*of)).map_or(1, |(_, _, count)| *count)
    };
    let most = skills.iter().map(at_once).max().unwrap_or(1);
    let capacity = skills.iter().map(at_once).fold(1, common_multiple);
    for skill in skills {
        skill.need = capacity / at_once(skill);
    }
    let stretch = stretch(section, most, by_load, typing);
    echo(group, most, &stretch);
    Some(Hands { capacity, stretch, assign: assign?, typing })
}

/// Replies are worked out from how many contacts agents have in hand, whatever these are.
fn not_only_chats(section: Section<'_>, skills: &[Skill], channel: impl Fn(&Skill) -> Option<Channel>) {
    let typed =
        |skill: &Skill| channel(skill).is_none_or(|of| matches!(of, Channel::Chat | Channel::Messaging));
    if let (false, Some(item)) = (skills.iter().all(typed), section.get("typing")) {
        let help = "read the figures on replies as too good, or give the chats a group of their own";
        let title = "replies are worked out as if all contacts were chats";
        item.note(Trouble::new(title, "the group serves other channels too", help));
    }
}

/// Contacts at a time, by channel.
fn concurrency(item: Item<'_>) -> Option<Vec<(Item<'_>, Channel, u32)>> {
    if !matches!(item.node.value, Value::Table(_)) {
        let help = "write it by channel: { chat = 3 }";
        return item.fault(Trouble::new("`concurrency` must be a table", "of which channel?", help));
    }
    let read: Vec<_> = item.children()?.into_iter().map(one_channel).collect();
    read.into_iter().collect()
}

fn one_channel(item: Item<'_>) -> Option<(Item<'_>, Channel, u32)> {
    let count = bounded(item, 1, MOST);
    let known = || Channel::ALL.into_iter().find(|channel| channel.key() == item.name);
    if let Some(channel) = SHARED.into_iter().find(|channel| channel.key() == item.name) {
        return Some((item, channel, count?));
    }
    let (title, label, help) = match known() {
        Some(_) => (
            format!("an agent has one {} contact at a time", item.name),
            "exclusive",
            "remove it: several at a time are for chat, messaging, email, social and back_office".to_owned(),
        ),
        None => (
            format!("`{}` is no channel", quoted(item.name)),
            "concurrency goes by channel",
            nearest::or_all(item.name, SHARED.iter().map(|channel| channel.key())),
        ),
    };
    item.cx.fault(item.key, Trouble::new(title, label, help));
    None
}

fn common_multiple(a: u32, b: u32) -> u32 {
    let (mut x, mut y) = (a, b);
    while y > 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}

/// Factors on handle time with 1, 2, … in hand.
fn by_load(item: Item<'_>) -> Option<Vec<f64>> {
    let factors = item.each(|part| part.leaf(number::factor))?;
    if factors.is_empty() || factors.len() > MOST as usize {
        let label = format!("between 1 and {MOST} factors");
        let help = "write one for each contact in hand: [1.0, 1.12, 1.24] for up to three";
        return item.fault(Trouble::new("`handle_by_load` is out of range", label, help));
    }
    if let Some(at) = (1..factors.len()).find(|&at| factors[at] < factors[at - 1]) {
        let label = format!("less than with {at} in hand");
        let help = "nothing to do if that is meant";
        let title = "contacts are handled faster with more in hand";
        item.list()?[at].note(Trouble::new(title, label, help));
    }
    Some(factors)
}

fn typing(item: Item<'_>) -> Option<Typing> {
    let section = Section::open(item, &TYPING)?;
    let help = "add `think = \"40s\"`: the mean time the customer needs to write";
    let think = section.need("think", help, |item| item.leaf(duration::some_micros));
    let help = "add `compose = \"20s\"`: the mean time the agent needs for a reply";
    let compose = section.need("compose", help, |item| item.leaf(duration::some_micros));
    let switching = section.or("switching", 0.0, |item| item.leaf(number::factor_or_zero));
    Some(Typing { think: think?, compose: compose?, switching: switching? })
}

/// The multiplier on handle time by contacts in hand: as written, by the typing model, or none.
fn stretch(
    section: Section<'_>,
    most: u32,
    by_load: Option<Vec<f64>>,
    typing: Option<Typing>,
) -> Vec<Factor> {
    if let Some(written) = by_load {
        if let (Some(_), Some(item)) = (typing, section.get("handle_by_load")) {
            let help = "remove it to have handle times follow from `typing`";
            let title = "`handle_by_load` goes before `typing`";
            item.note(Trouble::new(title, "`typing` gives the replies only", help));
        }
        if most == 1 {
            let help = "add `concurrency = { chat = 3 }`, or remove it";
            section.no_effect("handle_by_load", "there is never more than one in hand", help);
        }
        return written.into_iter().map(Factor::new).collect();
    }
    if let Some(typing) = typing {
        return (1..=most).map(|in_hand| Factor::new(typing.stretch(in_hand as usize))).collect();
    }
    if let (true, Some(item)) = (most > 1, section.get("concurrency")) {
        let help = "add `handle_by_load = [1.0, 1.12, 1.24]`, or `typing`";
        let title = "contacts held at the same time do not slow each other";
        item.note(Trouble::new(title, "as fast as one alone", help));
    }
    vec![Factor::ONE]
}

fn echo(group: &Part<'_>, most: u32, stretch: &[Factor]) {
    if most == 1 {
        return;
    }
    let factors: Vec<String> = stretch.iter().map(|factor| format!("×{:.2}", factor.as_f64())).collect();
    let words = format!("up to {most} contacts in hand, handle times {}", factors.join(", "));
    group.section.cx().echo(format!("{}: {words}", group.name()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_chats_or_two_mails_fill_an_agent_of_six() {
        assert_eq!([(1, 3), (3, 2), (4, 6), (12, 12)].map(|(a, b)| common_multiple(a, b)), [3, 6, 12, 12]);
    }
}
