//! Where nothing is switched on: which queues and links are plain, so that one look spares a contact many, and how the
//! event loop plays them.

use super::facts::{GroupFacts, Link, QueueFacts};
use super::in_turn::takes_in_turn;
use crate::model::{Choose, Model, QueueId};

/// How the event loop plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Event by event, whatever is switched on.
    Ordinary,
    /// Nothing is switched on in any queue that it plays: see [`plainly`](super::plainly).
    Plain,
    /// And who has waited longest is always next: see [`in_turn`](super::in_turn).
    InTurn,
}

impl Way {
    /// Of these queues and groups; those that stand apart do not count.
    pub(super) fn of(queues: &[QueueFacts], groups: &[GroupFacts]) -> Self {
        if !queues.iter().all(|queue| queue.plain || queue.apart) {
            Self::Ordinary
        } else if groups.iter().all(|group| group.apart || takes_in_turn(group, queues)) {
            Self::InTurn
        } else {
            Self::Plain
        }
    }
}

/// Marks the queues and links where nothing is switched on, so that one look spares a contact many: no counters beyond
/// the ordinary, no limits, no alarms, nobody who comes from elsewhere, agents who hold one contact at a time.
pub(super) fn find_plain(model: &Model, queues: &mut [QueueFacts], groups: &mut [GroupFacts]) {
    let moved_to = |q: usize| queues_moved_to(model).any(|to| to == QueueId(q));
    let longest_idle = queues.iter().any(|queue| queue.journey.choose == Choose::LongestIdle);
    let interrupts = groups.iter().flat_map(|group| &group.serves).any(|link| link.stops);
    for (q, queue) in queues.iter_mut().enumerate() {
        let limits = queue.lines.is_some() || queue.max_waiting.is_some() || queue.exact_length;
        let follows = queue.counts_more || queue.answers_matter || queue.timed || queue.comes_closed;
        let special = limits || follows || queue.deferred || queue.receives_warm || moved_to(q);
        let simple = |link: &Link| {
            let group = &groups[link.group];
            let agents = !group.several && group.learning.is_empty() && !group.paid_by_contact;
            agents && !link.filler && link.reserve == 0 && link.after == 0
        };
        queue.plain = !special && !longest_idle && !interrupts && queue.route.iter().all(simple);
        let plain = queue.plain;
        queue.route.iter_mut().for_each(|link| link.plain = plain);
    }
    for link in groups.iter_mut().flat_map(|group| &mut group.serves) {
        link.plain = queues[link.queue].plain;
    }
}

/// The queues that `after_wait` sends contacts to.
pub(super) fn queues_moved_to(model: &Model) -> impl Iterator<Item = QueueId> + '_ {
    model.queues.iter().filter_map(|queue| queue.after_wait.map(|leave| leave.to))
}
