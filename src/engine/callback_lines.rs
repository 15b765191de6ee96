//! Lines of callbacks: who is called back and waits apart from the queue stands in one of its own.

use super::facts::{GroupFacts, Link, QueueFacts};
use crate::model::Place;

/// Callbacks that wait apart get a line of their own behind the last queue: like their queue's, but taken only when
/// nobody else waits, while more than the reserve is idle. Nobody hangs up there or moves on.
pub(super) fn add_callback_lines(queues: &mut Vec<QueueFacts>, groups: &mut [GroupFacts]) {
    for q in 0..queues.len() {
        let Some(callback) = queues[q].journey.callback.clone().filter(|c| c.place == Place::Separate) else {
            continue;
        };
        let line = queues.len();
        let aside = |link: &Link| Link {
            queue: line,
            reserve: link.reserve.max(callback.reserve),
            shares: false,
            plain: false,
            filler: true,
            stops: false,
            ..*link
        };
        let mut facts = queues[q].clone();
        facts.route.iter_mut().for_each(|link| *link = aside(link));
        facts.timed = facts.route.iter().any(|link| link.after > 0);
        (facts.after_wait, facts.exact_length, facts.losses_matter) = (None, false, false);
        queues[q].callbacks = Some(line);
        queues.push(facts);
        for group in groups.iter_mut() {
            let link = group.serves.iter().find(|link| link.queue == q).map(aside);
            group.has_filler |= link.is_some();
            group.serves.extend(link);
        }
    }
}
