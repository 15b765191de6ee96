//! Names across tables: which queues and groups there are, who is on which route, and where overflow goes.

use super::calendar::Days;
use super::document::Value;
use super::duration;
use super::fault::{Trouble, quoted};
use super::item::Item;
use super::keys::AFTER_WAIT;
use super::nearest;
use super::part::Part;
use super::section::Section;
use super::series::Axis;
use super::source::Span;
use crate::model::{AfterWait, Channel, GroupId, QueueId, RouteStep, Skill};
use crate::units::Micros;

/// What happens to a queue's contacts.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) route: Vec<RouteStep>,
    pub(super) after_wait: Option<AfterWait>,
}

/// The queues and groups as written.
#[derive(Clone, Copy)]
pub(super) struct Links<'a, 'b> {
    pub(super) queues: &'b [Part<'a>],
    pub(super) groups: &'b [Part<'a>],
    pub(super) days: &'b Days,
}

/// The position of the part called `name`; if there is none, that is told at `span`.
fn find(item: Item<'_>, span: Span, name: &str, parts: &[Part<'_>], kind: &str) -> Option<usize> {
    if let Some(found) = parts.iter().position(|part| part.name() == name) {
        return Some(found);
    }
    let help = nearest::or_all(name, parts.iter().map(Part::name));
    item.cx.fault(span, Trouble::new(format!("there is no {kind} `{}`", quoted(name)), "unknown name", help));
    None
}

/// The position of the part that text names.
fn named(item: Item<'_>, parts: &[Part<'_>], kind: &str) -> Option<usize> {
    find(item, item.span(), item.text()?, parts, kind)
}

/// The position of the part that a key names.
pub(super) fn keyed(item: Item<'_>, parts: &[Part<'_>], kind: &str) -> Option<usize> {
    find(item, item.key, item.name, parts, kind)
}

/// The positions of all that a list names, none twice.
pub(super) fn find_all(item: Item<'_>, parts: &[Part<'_>], kind: &str) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    let mut sound = true;
    for part in item.list()? {
        match named(part, parts, kind) {
            Some(position) if found.contains(&position) => {
                sound = false;
                let title = format!("`{}` names a {kind} twice", item.name);
                part.fault::<()>(Trouble::new(title, "already in the list", "remove it here"));
            }
            Some(position) => found.push(position),
            None => sound = false,
        }
    }
    sound.then_some(found)
}

impl Links<'_, '_> {
    /// The time axis of a queue's series.
    pub(super) fn axis(&self, queue: usize) -> Axis<'_> {
        self.queues[queue].axis(self.days)
    }

    /// The queue that text names.
    pub(super) fn queue(&self, item: Item<'_>) -> Option<QueueId> {
        named(item, self.queues, "queue").map(QueueId)
    }

    /// The queue that text names, which must not be `queue` itself; `what` would move there.
    pub(super) fn other_queue(&self, item: Item<'_>, queue: usize, what: &str) -> Option<QueueId> {
        let to = self.queue(item)?;
        if to.0 != queue {
            return Some(to);
        }
        let title = format!("{what} cannot move to its own queue");
        item.fault(Trouble::new(title, "the same queue", "name another queue"))
    }

    /// The channel of a queue; `None` where it is faulty, which is told elsewhere.
    pub(super) fn channel(&self, queue: QueueId) -> Option<Channel> {
        let Some(item) = self.queues[queue.0].section.get("channel") else { return Some(Channel::Voice) };
        let Value::Text(text) = &item.node.value else { return None };
        Channel::ALL.into_iter().find(|channel| channel.key() == text)
    }

    /// The ways of all queues; `None` for a queue whose way is faulty.
    pub(super) fn ways(&self, skills: &[Option<Vec<Skill>>]) -> Vec<Option<Way>> {
        (0..self.queues.len()).map(|queue| self.way(queue, skills)).collect()
    }

    fn way(&self, queue: usize, skills: &[Option<Vec<Skill>>]) -> Option<Way> {
        let section = self.queues[queue].section;
        let after_wait = section.maybe("after_wait", |item| self.after_wait(queue, item));
        let route = self.route(queue, skills);
        let steps = self.steps(section, route.as_deref());
        Some(Way { route: steps?, after_wait: after_wait? })
    }

    /// The groups of a route: as written, or those that serve the queue, fewest skills first.
    fn route(&self, queue: usize, skills: &[Option<Vec<Skill>>]) -> Option<Vec<usize>> {
        let section = self.queues[queue].section;
        let written = section.maybe("route", |item| find_all(item, self.groups, "group"))?;
        let count = |group: usize| skills[group].as_ref().map(Vec::len);
        let serves =
            |group: usize| Some(skills[group].as_ref()?.iter().any(|skill| skill.queue == QueueId(queue)));
        let known = (0..self.groups.len()).map(serves).collect::<Option<Vec<bool>>>();
        let mut able: Vec<usize> =
            (0..self.groups.len()).filter(|&group| serves(group) == Some(true)).collect();
        able.sort_by_key(|&group| (count(group), group));
        if able.is_empty() && known.is_some() {
            let title = format!("nobody serves `{}`", self.queues[queue].name());
            let help = format!("add \"{}\" to the `serves` of a group", quoted(self.queues[queue].name()));
            section.cx().fault(
                section.item.key,
                Trouble::new(title, "no group has this queue in its `serves`", help),
            );
        }
        let known = known?;
        match (written, section.get("route")) {
            (Some(route), Some(item)) => self.written(item, queue, route, &known),
            _ => Some(able).filter(|able| !able.is_empty()),
        }
    }

    /// Checks a route as written: every group on it serves the queue; who serves it and is not on it never gets it.
    fn written(
        &self,
        item: Item<'_>,
        queue: usize,
        route: Vec<usize>,
        serves: &[bool],
    ) -> Option<Vec<usize>> {
        let name = self.queues[queue].name();
        if let Some(at) = route.iter().position(|&group| !serves[group]) {
            let title = format!("`{}` does not serve `{name}`", self.groups[route[at]].name());
            let help = format!("add \"{}\" to its `serves`, or take it off the route", quoted(name));
            return item.list()?.get(at)?.fault(Trouble::new(title, "on the route", help));
        }
        if route.is_empty() {
            return item.fault(Trouble::new(
                "the route is empty",
                "nobody to try",
                "remove `route`, or name a group",
            ));
        }
        for group in (0..serves.len()).filter(|group| serves[*group] && !route.contains(group)) {
            let title = format!("`{}` serves `{name}` but is not on its route", self.groups[group].name());
            item.note(Trouble::new(
                title,
                "so it never gets these contacts",
                "add it to the route if it should",
            ));
        }
        Some(route)
    }

    /// The route with the wait after which each group comes in.
    fn steps(&self, section: Section<'_>, route: Option<&[usize]>) -> Option<Vec<RouteStep>> {
        let mut after = vec![Micros::ZERO; self.groups.len()];
        let mut sound = true;
        for item in section.or("route_after", Vec::new(), Item::children)? {
            let group = keyed(item, self.groups, "group");
            let wait = item.leaf(duration::micros);
            if let Some(group) = group.filter(|group| route.is_some_and(|route| !route.contains(group))) {
                let title = format!("`{}` is not on the route", self.groups[group].name());
                item.cx.fault(
                    item.key,
                    Trouble::new(title, "never gets these contacts", "remove it, or add it to the route"),
                );
            }
            match (group, wait) {
                (Some(group), Some(wait)) => after[group] = wait,
                _ => sound = false,
            }
        }
        let step = |&group: &usize| RouteStep { group: GroupId(group), after: after[group] };
        Some(route.filter(|_| sound)?.iter().map(step).collect())
    }

    fn after_wait(&self, queue: usize, item: Item<'_>) -> Option<AfterWait> {
        let section = Section::open(item, &AFTER_WAIT)?;
        let wait = section.need("wait", "add `wait = \"10m\"`", |item| item.leaf(duration::some_micros));
        let help = "add `to = \"…\"`: the queue it moves to";
        let to = section.need("to", help, |item| self.other_queue(item, queue, "a contact"));
        Some(AfterWait { wait: wait?, to: to? })
    }

    /// Tells overflow that goes round in circles.
    pub(super) fn circles(&self, ways: &[Option<Way>]) {
        let next = |queue: usize| Some(ways[queue].as_ref()?.after_wait.as_ref()?.to.0);
        for start in 0..ways.len() {
            let mut at = next(start);
            for _ in 0..ways.len() {
                if at == Some(start) {
                    return self.circle(start);
                }
                at = at.and_then(next);
            }
        }
    }

    fn circle(&self, queue: usize) {
        if let Some(item) = self.queues[queue].section.get("after_wait") {
            let title = "overflow goes round in circles";
            let label = format!("comes back to `{}`", self.queues[queue].name());
            item.fault::<()>(Trouble::new(title, label, "let one of these queues keep its contacts"));
        }
    }
}
