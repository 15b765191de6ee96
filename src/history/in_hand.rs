//! How many contacts agents had in hand at once, and the handle time without the overlap.
//!
//! The log says who took a contact, when (arrival and wait) and for how long: each agent's busy time falls into stretches
//! with 1, 2, 3, … in hand. Those shares give the handle time alone: [`crate::erlang::alone_from_shares`].

use crate::erlang;
use crate::exports::{Call, Ending};
use std::collections::BTreeMap;

/// What was seen of contacts side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct InHand {
    /// Share of busy time with 1, 2, 3, … in hand.
    pub shares: Vec<f64>,
    /// Mean handle time as observed, s.
    pub observed_s: f64,
    /// The same with one in hand, by the usual stretch of 12% for each further contact, s.
    pub alone_s: f64,
}

impl InHand {
    /// Most in hand, rare moments left out: where 1% of the busy time begins.
    pub fn most(&self) -> usize {
        let mut above = 0.0;
        let from_top = self.shares.iter().rposition(|share| {
            above += share;
            above >= 0.01
        });
        from_top.map_or(1, |at| at + 1)
    }
}

/// Over the agents of one queue; nothing where the log names none, or nobody ever has two in hand.
pub(super) fn in_hand(calls: &[Call], queue: usize) -> Option<InHand> {
    let mut turns: BTreeMap<u32, Vec<(i64, i32)>> = BTreeMap::new();
    let (mut handled, mut total) = (0.0, 0.0);
    for call in calls.iter().filter(|call| call.queue == queue && call.ending == Ending::Answered) {
        let (Some(agent), Some(handle)) = (call.agent, call.handle_s) else { continue };
        // Milliseconds, so that a contact that begins as another ends does not overlap it.
        let start = call.at_s * 1000 + (call.wait_s.unwrap_or(0.0) * 1000.0) as i64;
        let end = start + (handle * 1000.0) as i64;
        turns.entry(agent).or_default().extend([(start, 1), (end, -1)]);
        handled += 1.0;
        total += handle;
    }
    let mut time: Vec<f64> = Vec::new();
    for turn in turns.values_mut() {
        turn.sort_unstable();
        let (mut hand, mut since) = (0usize, 0);
        for &(at, step) in turn.iter() {
            if hand > 0 && at > since {
                time.resize(time.len().max(hand), 0.0);
                time[hand - 1] += (at - since) as f64;
            }
            hand = hand.saturating_add_signed(step as isize);
            since = at;
        }
    }
    let sum: f64 = time.iter().sum();
    let shares: Vec<f64> = time.iter().map(|t| t / sum).collect();
    if shares.len() < 2 || handled < 30.0 {
        return None;
    }
    let observed_s = total / handled;
    let alone_s = erlang::alone_from_shares(observed_s, &shares, erlang::USUAL_EXTRA).ok()?;
    Some(InHand { shares, observed_s, alone_s })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One agent, chats of 100 s: alone for 50 s, two for 50 s, alone for 50 s, again and again.
    #[test]
    fn overlap_is_seen_and_taken_out() {
        let chat = |k: i64| Call {
            at_s: k / 2 * 1000 + k % 2 * 50,
            queue: 0,
            wait_s: Some(0.0),
            ending: Ending::Answered,
            handle_s: Some(100.0),
            agent: Some(1),
            customer: None,
        };
        let calls: Vec<Call> = (0..40).map(chat).collect();
        let found = in_hand(&calls, 0).unwrap();
        assert!((found.shares[0] - 2.0 / 3.0).abs() < 1e-12 && found.most() == 2);
        // E[f(K)] = 2/3 + 1/3 · 2/1.12 over E[K] = 4/3.
        let expected = 100.0 * (2.0 / 3.0 + 2.0 / 3.0 / 1.12) / (4.0 / 3.0);
        assert!((found.alone_s - expected).abs() < 1e-9, "{found:?}");
    }
}
