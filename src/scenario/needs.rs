//! What a key needs of another table: volumes that say what they hold, chats that need several hands, replies that
//! need somebody who types, transfers that must end somewhere.

use super::document::Value;
use super::fault::Trouble;
use super::item::Item;
use super::links::Links;
use super::source::Span;
use crate::model::{Channel, Goal, Group, GroupId, Model, Outside, Place, Queue, QueueId, Skill, Staff};

/// What makes customers come again to the queue it is written for, so that its volumes must say what they hold.
const AGAIN: [&str; 5] = ["redial", "redial_blocked", "repeat", "transfer", "self_service"];

impl Links<'_, '_> {
    /// Whether `volume_is` is written where volumes could be counted in two ways: a queue whose contacts come again
    /// or are passed on, or that gets those of others. A queue without volumes has nothing to say; `None`: faulty.
    pub(super) fn volumes_are_clear(&self, id: usize, volumes: Option<&[f64]>) -> Option<()> {
        let section = self.queues[id].section;
        let counted = volumes.is_none_or(|volumes| volumes.iter().any(|&volume| volume > 0.0));
        if section.get("volume_is").is_some() || !counted {
            return Some(());
        }
        let own = AGAIN.into_iter().find_map(|key| section.get(key));
        let (span, reason) = match own.map(|item| (item.key, format!("because of `{}`", item.name))) {
            Some(own) => own,
            None => match self.sender_to(id) {
                Some(sender) => sender,
                None => return Some(()),
            },
        };
        let title = format!("`{}` needs `volume_is`", self.queues[id].name());
        let help = "add `volume_is = \"first_contacts\"` if the volumes are new customers only, \
                    \"all_attempts\" if they hold redials, repeats and transfers, as phone-system counts do";
        section.cx().fault(span, Trouble::new(title, reason, help));
        None
    }

    /// Where another queue's contacts are sent to queue `id`, and why that matters.
    fn sender_to(&self, id: usize) -> Option<(Span, String)> {
        let name = self.queues[id].name();
        let comes_here = |way: &Item<'_>| {
            way.peek("to").is_some_and(|to| matches!(&to.node.value, Value::Text(text) if text == name))
        };
        self.queues.iter().enumerate().filter(|(other, _)| *other != id).find_map(|(_, other)| {
            let section = other.section;
            let unsolved = section.get("self_service").and_then(|item| item.peek("repeat"));
            let ways = [section.get("transfer"), section.get("repeat"), unsolved];
            let way = ways.into_iter().flatten().find(comes_here)?;
            Some((way.key, format!("because `{}` of `{}` leads there", way.name, other.name())))
        })
    }
}

/// Tells what is missing between the tables of a model that is complete.
pub(super) fn check(model: &Model, links: Links<'_, '_>) {
    for (id, queue) in model.queues.iter().enumerate() {
        one_at_a_time(model, links, QueueId(id));
        promises(model, links, QueueId(id), queue);
        echo_demand(model, links, QueueId(id));
    }
    endless_transfers(model, links);
    reserves(model, links);
}

/// The skills with which a queue is served.
fn skills(model: &Model, queue: QueueId) -> impl Iterator<Item = (GroupId, &Skill)> {
    (model.groups.iter().enumerate()).filter_map(move |(id, group)| Some((GroupId(id), group.skill(queue)?)))
}

/// Work that is never taken, because so many agents are never idle at once.
fn reserves(model: &Model, links: Links<'_, '_>) {
    let most = |group: &Group| match &group.staff {
        Staff::Given { at_work, .. } => at_work.iter().copied().max().unwrap_or(0),
        Staff::Planned => u32::MAX,
    };
    let tell = |item: Item<'_>, label: String| {
        let help = "lower it below the number of agents at work";
        item.note(Trouble::new("the reserve is as large as the crew", label, help));
    };
    for (group, part) in model.groups.iter().zip(links.groups) {
        let crew = most(group);
        let idle = group.serves.iter().find(|skill| skill.reserve > 0 && skill.reserve >= crew);
        if let (Some(skill), Some(item)) = (idle, part.section.get("reserve")) {
            tell(item, format!("`{}` is never taken", model.queues[skill.queue.0].name));
        }
    }
    for (queue, part) in model.queues.iter().zip(links.queues) {
        let reserve = match &queue.journey.callback {
            Some(callback) if callback.place == Place::Separate => callback.reserve,
            _ => 0,
        };
        let never = queue.route.iter().all(|step| most(&model.groups[step.group.0]) <= reserve);
        if let Some(item) = part.section.get("callback").filter(|_| reserve > 0 && never) {
            tell(item, "nobody is ever called back".to_owned());
        }
    }
}

/// Chats that are handled like calls need more agents than life does.
fn one_at_a_time(model: &Model, links: Links<'_, '_>, queue: QueueId) {
    let chats = matches!(model.queues[queue.0].channel, Channel::Chat | Channel::Messaging);
    let exclusive = |(group, skill): (GroupId, &Skill)| skill.need == model.groups[group.0].hands.capacity;
    let Some(item) = links.queues[queue.0].section.get("channel").filter(|_| chats) else { return };
    if skills(model, queue).all(exclusive) {
        let channel = item.text().unwrap_or_default();
        let help = format!("add `concurrency = {{ {channel} = 3 }}` to the groups that hold several");
        item.note(Trouble::new("chats are handled one at a time", "one agent, one chat", help));
    }
}

/// Promises that need something to be measured.
fn promises(model: &Model, links: Links<'_, '_>, id: QueueId, queue: &Queue) {
    let Some(item) = links.queues[id.0].section.get("target") else { return };
    let promised = |wanted: fn(&Goal) -> bool| queue.targets.iter().any(|target| wanted(&target.goal));
    let typed = skills(model, id).any(|(group, _)| model.groups[group.0].hands.typing.is_some());
    let pauses = queue.journey.silence.is_some();
    let writes = matches!(queue.channel, Channel::Chat | Channel::Messaging);
    if promised(|goal| matches!(goal, Goal::Replied { .. })) && !writes {
        let title = format!(
            "`replied` goes with chat and messaging, and `{}` is {}",
            queue.name,
            queue.channel.key()
        );
        let help = "promise `answered`, or `done` for work that waits";
        item.fault::<()>(Trouble::new(title, "no messages to reply to", help));
        return;
    }
    if promised(|goal| matches!(goal, Goal::Replied { .. })) && !typed && !pauses {
        let title = format!("nobody who serves `{}` has `typing`", queue.name);
        let help =
            "add `typing = { think = \"40s\", compose = \"20s\" }` to the group, or `silence` to the queue";
        item.fault::<()>(Trouble::new(title, "`replied` is worked out from it", help));
    }
    let replies = queue.targets.iter().filter(|target| matches!(target.goal, Goal::Replied { .. })).count();
    if pauses && replies > 1 {
        let help = "keep one `replied` target";
        item.fault::<()>(Trouble::new("two promises for parked sessions", "counted at one threshold", help));
    }
    if promised(|goal| matches!(goal, Goal::CalledBack { .. })) && queue.journey.callback.is_none() {
        let title = format!("`{}` has no `callback`", queue.name);
        let help = "add `callback = { offer = \"always\", accept = 0.6 }` to the queue";
        item.fault::<()>(Trouble::new(title, "nobody is called back", help));
    }
}

/// Says where the volumes are more than the new customers.
fn echo_demand(model: &Model, links: Links<'_, '_>, id: QueueId) {
    let journey = &model.queues[id.0].journey;
    let again = journey.redial.is_some() || journey.redial_blocked.is_some();
    if journey.all_attempts && (again || model.queues.iter().any(|other| followers(other).contains(&id))) {
        let part = &links.queues[id.0];
        let words = "its volumes hold all attempts; the fresh demand is solved from them";
        part.section.cx().echo(format!("{}: {words}", part.name()));
    }
}

/// Transfers that are certain must not lead round in a circle.
fn endless_transfers(model: &Model, links: Links<'_, '_>) {
    let certain = |queue: QueueId| {
        let transfer = model.queues[queue.0].journey.transfer.as_ref()?;
        let chance = |skill: &Skill| skill.success.map_or(transfer.probability, |success| 1.0 - success);
        skills(model, queue).all(|(_, skill)| chance(skill) >= 1.0).then_some(transfer.to)
    };
    let ids = || (0..model.queues.len()).map(QueueId);
    // One step for each queue is enough to come back to the first.
    let comes_back = |start: &QueueId| {
        let path = std::iter::successors(certain(*start), |at| certain(*at));
        path.take(model.queues.len()).any(|at| at == *start)
    };
    let start = ids().find(comes_back);
    if let Some(item) = start.and_then(|start| links.queues[start.0].section.get("transfer")) {
        let help = "let one of these queues keep some contacts";
        item.fault::<()>(Trouble::new("transfers go round in circles", "always comes back here", help));
    }
}

/// The queues to which contacts of `queue` may come.
pub(super) fn followers(queue: &Queue) -> Vec<QueueId> {
    let journey = &queue.journey;
    let voicemail = match journey.outside {
        Outside::Voicemail(to) => Some(to),
        _ => None,
    };
    let unsolved = journey.self_service.as_ref().and_then(|service| service.back.as_ref());
    let to = [
        queue.after_wait.map(|after| after.to),
        journey.transfer.as_ref().map(|transfer| transfer.to),
        journey.chase.as_ref().map(|chase| chase.to),
        journey.repeat.as_ref().map(|back| back.to),
        unsolved.map(|back| back.to),
        voicemail,
    ];
    to.into_iter().flatten().collect()
}
