//! Replies inside chats, from the time that agents had 1, 2, … chats in hand (see [`Typing`]).
//!
//! With `k` in hand replies come at a rate that the typing model gives, and a share of them in time. Rates are rounded
//! once to 32.32 fixed point, so that counts of replies are whole numbers — millionths of a reply — and add up exactly.
//! The group is taken to hold chats and nothing else: the counts do not tell a call in hand from a chat.

use crate::engine::GroupTally;
use crate::model::{Group, GroupId, Model, Queue, Typing};
use crate::units::Micros;
use std::borrow::Cow;

/// A rate per second for every number in hand, from 0, in 32.32 fixed point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rates(Vec<u64>);

impl Rates {
    fn new(group: &Group, rate: impl Fn(usize) -> f64) -> Self {
        let fixed = |k: usize| if k == 0 { 0 } else { (rate(k) * 4_294_967_296.0).round() as u64 };
        Self((0..=group.most_in_hand()).map(fixed).collect())
    }

    /// All replies: X(k).
    pub(super) fn replies(group: &Group, typing: Typing) -> Self {
        Self::new(group, |k| typing.replies_per_second(k))
    }

    /// Replies that come within `within` of the customer's message: X(k)·P(within | k).
    pub(super) fn in_time(group: &Group, typing: Typing, within: Micros) -> Self {
        Self::new(group, |k| typing.replies_per_second(k) * typing.replied_within(k, within))
    }

    /// Seconds that customers spend waiting for replies, in each second: X(k)·R(k) of them wait at a time.
    pub(super) fn waiting(group: &Group, typing: Typing) -> Self {
        Self::new(group, |k| typing.replies_per_second(k) * typing.mean_reply_s(k))
    }

    /// Rate × time over µs with 0, 1, 2, … in hand, in millionths.
    pub(super) fn over(&self, at_load: &[u64]) -> u64 {
        let product = |(rate, time): (&u64, &u64)| u128::from(*rate) * u128::from(*time);
        let sum: u128 = self.0.iter().zip(at_load).map(product).sum();
        u64::try_from(sum >> 32).unwrap_or(u64::MAX)
    }
}

/// Agent time of one interval with 0, 1, 2, … in hand, µs. A group that counts no load has one contact in hand while busy.
pub(super) fn at_load(tally: &GroupTally, interval: usize) -> Cow<'_, [u64]> {
    match tally.loads {
        0 => Cow::Owned(vec![0, tally.busy[interval]]),
        loads => Cow::Borrowed(&tally.at_load[interval * loads..(interval + 1) * loads]),
    }
}

/// A queue's promise about replies inside chats: the typing groups that serve it, each with its rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyPromise(Vec<(usize, Rates, Rates)>);

impl ReplyPromise {
    /// Of a queue whose replies are to come within `within`.
    pub fn new(model: &Model, queue: &Queue, within: Micros) -> Self {
        let rates = |GroupId(g): GroupId| {
            let group = &model.groups[g];
            let typing = group.hands.typing?;
            Some((g, Rates::in_time(group, typing, within), Rates::replies(group, typing)))
        };
        Self(queue.route.iter().filter_map(|step| rates(step.group)).collect())
    }

    /// Replies in time and all replies of one interval, in millionths.
    pub fn replied(&self, groups: &[GroupTally], interval: usize) -> (u64, u64) {
        self.0.iter().fold((0, 0), |sum: (u64, u64), (g, in_time, all)| {
            let spent = at_load(&groups[*g], interval);
            (sum.0.saturating_add(in_time.over(&spent)), sum.1.saturating_add(all.over(&spent)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Tally;
    use crate::montecarlo::fixture::{model, secs};

    /// Customers think for 45 s, agents compose for 15 s, no switching: X(1) = 1/60, R(2) = 15(1 + 15/60) = 18.75,
    /// X(2) = 2/63.75.
    fn chats() -> Model {
        let mut model = model(1, 8..12);
        let hands = &mut model.groups[0].hands;
        (hands.capacity, hands.typing) =
            (2, Some(Typing { think: secs(45), compose: secs(15), switching: 0.0 }));
        model
    }

    #[test]
    fn replies_by_hand() {
        let model = chats();
        let mut tally = Tally::new(&model);
        // an hour with one in hand, half an hour with two
        tally.groups[0].at_load[9 * 3..10 * 3].copy_from_slice(&[0, 3_600_000_000, 1_800_000_000]);
        let promise = ReplyPromise::new(&model, &model.queues[0], secs(15));
        let (in_time, all) = promise.replied(&tally.groups, 9);
        let late = [(-1.0_f64).exp(), (-1.0_f64).exp() * 1.25];
        let wanted = [60.0, 3600.0 / 63.75];
        let near = |found: u64, wanted: f64| (found as f64 / 1e6 - wanted).abs() < 1e-5;
        assert!(near(all, wanted[0] + wanted[1]), "{all}");
        assert!(near(in_time, wanted[0] * (1.0 - late[0]) + wanted[1] * (1.0 - late[1])), "{in_time}");
        assert_eq!(promise.replied(&tally.groups, 8), (0, 0));
        let typing = model.groups[0].hands.typing.unwrap();
        let waiting = Rates::waiting(&model.groups[0], typing).over(&at_load(&tally.groups[0], 9));
        assert!(near(waiting, wanted[0] * 15.0 + wanted[1] * 18.75), "{waiting}");
    }

    #[test]
    fn who_holds_one_at_a_time_has_one_in_hand_while_busy() {
        let mut model = chats();
        model.groups[0].hands.capacity = 1;
        let mut tally = Tally::new(&model);
        tally.groups[0].busy[9] = 60_000_000;
        assert!(tally.groups[0].at_load.is_empty());
        let all = ReplyPromise::new(&model, &model.queues[0], secs(15)).replied(&tally.groups, 9).1;
        assert!(all.abs_diff(1_000_000) <= 1, "{all}");
    }
}
