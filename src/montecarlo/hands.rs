//! Several contacts in hand: how many agents hold, and how soon replies come (see [`super::replies`]).

use super::frame::GroupFrame;
use super::replies::{Rates, at_load};
use crate::engine::GroupTally;
use crate::model::{Goal, GroupId, Model};
use crate::stats::RatioMoments;
use crate::units::Micros;

/// What is measured of a group that holds several contacts at once, or whose replies are timed.
#[derive(Clone, Debug)]
pub struct HandsFrame {
    /// Most contacts that an agent can hold.
    pub most: usize,
    /// Rates of all replies and of customers' waiting, where the group's chats are typed.
    replies: Option<(Rates, Rates)>,
    /// The times within which queues of the group promise replies, rising, and the rates of those in time.
    within: Vec<(Micros, Rates)>,
}

impl HandsFrame {
    /// Of a group; nothing where one contact at a time is held and nothing is known of replies.
    pub fn of(model: &Model, id: GroupId) -> Option<Self> {
        let group = &model.groups[id.0];
        let typing = group.hands.typing;
        let mut within: Vec<Micros> = Vec::new();
        for skill in &group.serves {
            let queue = &model.queues[skill.queue.0];
            within.extend(queue.targets.iter().filter_map(|target| match target.goal {
                Goal::Replied { within, .. } if queue.journey.silence.is_none() => Some(within),
                _ => None,
            }));
        }
        within.sort_unstable();
        within.dedup();
        let in_time = |within| Some((within, Rates::in_time(group, typing?, within)));
        let most = group.most_in_hand();
        (typing.is_some() || most > 1).then(|| Self {
            most,
            replies: typing.map(|typing| (Rates::replies(group, typing), Rates::waiting(group, typing))),
            within: within.into_iter().filter_map(in_time).collect(),
        })
    }

    /// The times within which replies are promised.
    pub fn promised(&self) -> impl Iterator<Item = Micros> + '_ {
        self.within.iter().map(|(within, _)| *within)
    }
}

/// Sums over counted open intervals, up to closing, as for occupancy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandsSums {
    /// Contacts in hand × time, over time at work.
    pub in_hand: RatioMoments,
    /// Contacts in hand × time, over time at work × the most that an agent can hold.
    pub slots: RatioMoments,
    /// Time with 1, 2, … in hand, over time at work.
    pub loads: Vec<RatioMoments>,
    /// Customers' waiting for replies over replies: µs over millionths of a reply, so that the ratio is in seconds.
    pub reply: RatioMoments,
    /// Replies in time over all, for each time promised.
    pub in_time: Vec<RatioMoments>,
}

impl HandsSums {
    /// Of a group's frame; nothing where the frame has nothing to measure.
    pub(super) fn new(group: &GroupFrame) -> Option<Box<Self>> {
        let hands = group.hands.as_ref()?;
        Some(Box::new(Self {
            loads: vec![RatioMoments::default(); hands.most],
            in_time: vec![RatioMoments::default(); hands.within.len()],
            ..Self::default()
        }))
    }

    /// Counts one replication.
    pub(super) fn add(&mut self, group: &GroupFrame, tally: &GroupTally) {
        let Some(hands) = &group.hands else { return };
        let mut spent = vec![0_u64; hands.most + 1];
        let mut at_work = 0_u64;
        for (&i, staffed) in group.open.iter().zip(&group.staffed) {
            spent.iter_mut().zip(at_load(tally, i).iter()).for_each(|(sum, time)| *sum += time);
            at_work += staffed + tally.overtime[i] - tally.away_in(i);
        }
        let in_hand = (0..).zip(&spent).map(|(k, time)| k * time).fold(0, u64::saturating_add);
        self.in_hand.push(in_hand, at_work);
        self.slots.push(in_hand, at_work.saturating_mul(hands.most as u64));
        self.loads.iter_mut().zip(&spent[1..]).for_each(|(sums, time)| sums.push(*time, at_work));
        if let Some((all, waiting)) = &hands.replies {
            let replies = all.over(&spent);
            self.reply.push(waiting.over(&spent), replies);
            for (sums, (_, rates)) in self.in_time.iter_mut().zip(&hands.within) {
                sums.push(rates.over(&spent), replies);
            }
        }
    }

    /// Adds what another one counted.
    pub(super) fn merge(&mut self, other: &Self) {
        self.in_hand.merge(&other.in_hand);
        self.slots.merge(&other.slots);
        self.loads.iter_mut().zip(&other.loads).for_each(|(mine, theirs)| mine.merge(theirs));
        self.reply.merge(&other.reply);
        self.in_time.iter_mut().zip(&other.in_time).for_each(|(mine, theirs)| mine.merge(theirs));
    }
}
