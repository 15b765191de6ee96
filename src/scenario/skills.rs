//! Skills: which queues a group serves, and how well.

use super::fault::Trouble;
use super::item::Item;
use super::law::law;
use super::limits::AGENTS;
use super::links::{Links, Way, find_all, keyed};
use super::number;
use super::part::Part;
use super::queue::bounded;
use crate::model::{Channel, Factor, GroupId, QueueId, Skill};

impl Links<'_, '_> {
    /// The skills of every group as written; `None` for a group whose skills are faulty.
    pub(super) fn skills(&self) -> Vec<Option<Vec<Skill>>> {
        self.groups.iter().map(|group| self.skills_of(group)).collect()
    }

    fn skills_of(&self, group: &Part<'_>) -> Option<Vec<Skill>> {
        let help = "add `serves = [\"phone\"]`: the queues it serves, in order of preference";
        let serves = group.section.need("serves", help, |item| find_all(item, self.queues, "queue"));
        let own = serves.as_deref();
        let factors = self.by_queue(group, "handle_factor", own, |_, item| item.leaf(number::factor));
        let laws = self.by_queue(group, "handle", own, |queue, item| law(item, self.axis(queue)));
        let reserves = self.by_queue(group, "reserve", own, |_, item| bounded(item, 0, AGENTS as u32));
        let interrupts =
            self.by_queue(group, "interrupt", own, |queue, item| self.interruptible(queue, item));
        let successes = self.by_queue(group, "success", own, |queue, item| self.success(queue, item));
        let repeats =
            self.by_queue(group, "repeat_factor", own, |queue, item| self.repeat_factor(queue, item));
        let (factors, laws, reserves) = (factors?, laws?, reserves?);
        let (interrupts, successes, repeats) = (interrupts?, successes?, repeats?);
        let skill = |queue: usize| Skill {
            queue: QueueId(queue),
            factor: of(&factors, queue).map_or(Factor::ONE, Factor::new),
            handle: of(&laws, queue),
            need: 1,
            reserve: of(&reserves, queue).unwrap_or(0),
            interruptible: of(&interrupts, queue).unwrap_or(false),
            success: of(&successes, queue),
            repeat_factor: of(&repeats, queue).unwrap_or(1.0),
        };
        Some(serves?.into_iter().map(skill).collect())
    }

    /// Whether live contacts interrupt the work of a queue, which must be work that can be put aside.
    fn interruptible(&self, queue: usize, item: Item<'_>) -> Option<bool> {
        let interrupt = item.flag()?;
        if !interrupt || self.channel(QueueId(queue)).is_none_or(Channel::may_be_put_aside) {
            return Some(interrupt);
        }
        let help = "remove it; email, social and back_office can be interrupted";
        let title = format!("`{}` cannot be interrupted", item.name);
        item.fault(Trouble::new(title, "a customer is on the line", help))
    }

    /// The share that a group settles itself; what it does not settle needs somewhere to go.
    fn success(&self, queue: usize, item: Item<'_>) -> Option<f64> {
        if self.queues[queue].section.get("transfer").is_none() {
            let title = format!("`success` needs the `transfer` of `{}`", item.name);
            let help =
                "add `transfer = { probability = 0.1, to = \"…\" }` to the queue, or `repeat_factor` here";
            return item.fault(Trouble::new(title, "where does the rest go?", help));
        }
        item.leaf(number::share)
    }

    fn repeat_factor(&self, queue: usize, item: Item<'_>) -> Option<f64> {
        if self.queues[queue].section.get("repeat").is_none() {
            let label = format!("nobody comes back to `{}`", item.name);
            let help = "add `repeat` to the queue, or remove it here";
            item.note(Trouble::new("`repeat_factor` has no effect", label, help));
        }
        item.leaf(number::factor_or_zero)
    }

    /// A group's table from queues to values; it must serve them.
    fn by_queue<'c, T>(
        &self,
        group: &Part<'c>,
        key: &str,
        serves: Option<&[usize]>,
        read: impl Fn(usize, Item<'c>) -> Option<T>,
    ) -> Option<Vec<(usize, T)>> {
        let Some(item) = group.section.get(key) else { return Some(Vec::new()) };
        let mut all = Vec::new();
        let mut sound = true;
        for value in item.children()? {
            let queue = keyed(value, self.queues, "queue");
            if let (Some(queue), Some(serves)) = (queue, serves)
                && !serves.contains(&queue)
            {
                sound = false;
                let title = format!("`{}` does not serve `{}`", group.name(), value.name);
                let help = "add the queue to `serves`, or remove it here";
                value.cx.fault(value.key, Trouble::new(title, "not served by this group", help));
            }
            match queue.and_then(|queue| Some((queue, read(queue, value)?))) {
                Some(pair) => all.push(pair),
                None => sound = false,
            }
        }
        sound.then_some(all)
    }
}

/// The value for a queue.
fn of<T: Clone>(all: &[(usize, T)], queue: usize) -> Option<T> {
    all.iter().find(|(at, _)| *at == queue).map(|(_, value)| value.clone())
}

/// The skills that the routes leave: a group off a queue's route does not take its contacts either.
pub(super) fn restricted(skills: Vec<Option<Vec<Skill>>>, ways: &[Option<Way>]) -> Vec<Option<Vec<Skill>>> {
    let on_route = |group: usize, skill: &Skill| match &ways[skill.queue.0] {
        Some(way) => way.route.iter().any(|step| step.group == GroupId(group)),
        None => true,
    };
    let kept = |(group, skills): (usize, Option<Vec<Skill>>)| {
        skills.map(|skills| skills.into_iter().filter(|skill| on_route(group, skill)).collect())
    };
    skills.into_iter().enumerate().map(kept).collect()
}
