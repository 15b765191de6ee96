//! The plain event loop where whoever has waited longest is always next, whichever line they stand in.
//!
//! Then nobody who comes later can change what becomes of a contact: it goes to the first of its route's agents to be free
//! who is not taken by somebody before it, or has hung up by then. So contacts are decided one after the other as they
//! come, like those of one queue in the [recursion](super::line): nobody joins a line, and no end of service is an event.
//! Only who would not be answered before the next boundary stands in line there, where agents come and go.

use super::desk::Desk;
use super::facts::{GroupFacts, Link, QueueFacts};
use super::floor::Floor;
use super::gathered::{Gathered, Newcomer};
use super::tally::{Fate, Witness};
use super::waiting::Contact;
use crate::model::Take;

/// Whether agents of this group take who has waited longest.
pub(super) fn takes_in_turn(group: &GroupFacts, queues: &[QueueFacts]) -> bool {
    let alike = |of: fn(&QueueFacts) -> u64| {
        let mut all = group.serves.iter().map(|link| of(&queues[link.queue]));
        let first = all.next();
        all.all(|other| Some(other) == first)
    };
    match group.take {
        Take::LongestWait => true,
        Take::Priority => alike(|queue| u64::from(queue.priority)),
        Take::Weighted => alike(|queue| queue.weight),
        // Others agree where there is one line only. (Those who look at lengths are never asked: they are not plain.)
        Take::InOrder | Take::EarliestDue | Take::LongestQueue => group.serves.len() == 1,
    }
}

impl Floor {
    /// Plays every event before `limit`, a boundary or not.
    pub(super) fn play_in_turn<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        gathered: &mut Gathered,
        limit: u64,
    ) {
        self.decide_lines(desk, gathered, limit);
        while self.coming.next() < limit {
            let arrival = self.coming.next();
            if let Some(newcomer) = self.arrive_in_passing(desk, gathered, arrival) {
                self.decide_or_wait(desk, gathered, newcomer, limit);
            }
        }
    }

    /// Decides those who stand in line, in order of arrival.
    fn decide_lines<W: Witness>(&mut self, desk: &mut Desk<W>, gathered: &mut Gathered, limit: u64) {
        // Who stands behind somebody of the same line who has to wait has to wait as well.
        let mut open: Vec<usize> = (0..self.queues.len()).filter(|&q| self.queues.is_taken(q)).collect();
        while let Some((n, &q)) = open.iter().enumerate().min_by_key(|(_, q)| self.queues.head_since(**q)) {
            let decided = self.queues[q]
                .head()
                .copied()
                .is_some_and(|contact| self.decide(desk, gathered, q, &contact, limit));
            if decided {
                self.queues.pop(q);
            }
            if !decided || !self.queues.is_taken(q) {
                open.swap_remove(n);
            }
        }
    }

    /// A contact that has found nobody.
    #[inline(never)]
    fn decide_or_wait<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        gathered: &mut Gathered,
        newcomer: Newcomer,
        limit: u64,
    ) {
        let (q, contact) = (newcomer.queue, gathered.who_waits(newcomer));
        if !self.is_turned_away(desk, gathered, q, &contact)
            && !self.decide(desk, gathered, q, &contact, limit)
        {
            self.queues.push(q, contact, false);
        }
    }

    /// Answers who gets an agent before `limit`, and writes down who has hung up by then; false if neither is so.
    #[inline]
    fn decide<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        gathered: &mut Gathered,
        q: usize,
        contact: &Contact,
        limit: u64,
    ) -> bool {
        match self.first_to_be_free(gathered, gathered.doors[q].route, limit) {
            Some((link, start)) if start <= contact.expires => {
                let until = start + gathered.doors[q].work_of(link, contact.k as usize);
                let (g, busy) = (link.group, self.ends.of_group(link.group));
                busy.set(busy.first(), until, contact.place);
                gathered.free[g] = busy.next();
                gathered.answer(desk, (q, g), contact, (start, until));
            }
            _ if contact.expires < limit => desk.end(q, contact, contact.expires, Fate::Abandoned),
            _ => return false,
        }
        true
    }

    /// Of the agents on a route, none of whom idles, the one who is free first, if that is before `limit`, and when; of two
    /// at once the one whose contact came before.
    #[inline]
    fn first_to_be_free<'a>(
        &mut self,
        gathered: &mut Gathered,
        route: &'a [Link],
        limit: u64,
    ) -> Option<(&'a Link, u64)> {
        let (mut first, mut least) = (None, limit);
        for link in route {
            let g = link.group;
            if gathered.free[g] > least {
                continue;
            }
            let busy = self.ends.of_group(g);
            if busy.leaves(busy.first()) {
                self.send_leavers_home(gathered, g, limit - 1);
            }
            let at = gathered.free[g];
            let tied = at == least && first.is_some_and(|other: &Link| self.comes_before(g, other.group));
            if at < least || tied {
                (least, first) = (at, Some(link));
            }
        }
        first.map(|link| (link, least))
    }

    /// Of two groups whose first agents are free at once, whether the first one's is first.
    #[cold]
    fn comes_before(&mut self, g: usize, other: usize) -> bool {
        let mut key = |g: usize| {
            let busy = self.ends.of_group(g);
            (busy.rank(busy.first()), g)
        };
        key(g) < key(other)
    }
}
