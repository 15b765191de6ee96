//! Which of several groups with somebody free gets a contact, where it is not the first of the route; and since when
//! counted agents are idle, where that decides.

use super::facts::{Facts, Link};
use super::floor::Floor;
use crate::model::Choose;
use std::cmp::Reverse;

impl Floor {
    /// The group that gets the contact, of those that could; the first of the route among equals.
    pub(super) fn choose<'a>(
        &self,
        facts: &Facts,
        choose: Choose,
        mut free: impl Iterator<Item = &'a Link>,
    ) -> Option<&'a Link> {
        match choose {
            Choose::InOrder => free.next(),
            Choose::LongestIdle => free.min_by_key(|link| self.longest_idle(facts, link.group)),
            Choose::MostIdle => free.min_by_key(|link| Reverse(self.crews[link.group].idle)),
        }
    }

    /// Since when the longest idle agent of a group has been idle; never where those with room have something in hand.
    fn longest_idle(&self, facts: &Facts, g: usize) -> u64 {
        let since = if facts.groups[g].several {
            let hands = &self.hands[g];
            hands.idle().next().map(|agent| hands.agents[agent as usize].idle_since)
        } else {
            self.idle_since.get(g).and_then(|times| times.front().copied())
        };
        since.unwrap_or(u64::MAX)
    }

    /// So many agents of a group that is only counted are idle from `t` on.
    pub(super) fn note_idle(&mut self, g: usize, agents: u32, t: u64) {
        if let Some(times) = self.idle_since.get_mut(g) {
            times.extend((0..agents).map(|_| t));
        }
    }

    /// The longest idle agent of a group that is only counted takes a contact, or goes home.
    pub(super) fn longest_idle_goes(&mut self, g: usize) {
        if let Some(times) = self.idle_since.get_mut(g) {
            times.pop_front();
        }
    }

    /// Nobody of the group is idle any more.
    pub(super) fn nobody_idle(&mut self, g: usize) {
        if let Some(times) = self.idle_since.get_mut(g) {
            times.clear();
        }
    }
}
