//! Several contacts at once: how much an agent can hold, and what that costs each contact.

use super::Factor;
use crate::units::Micros;

/// What an agent of a group can hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Hands {
    /// An agent's capacity, in units of which each contact needs [`super::Skill::need`]: the least common multiple of
    /// the group's concurrencies. 1: one contact at a time.
    pub capacity: u32,
    /// Multiplier on everyone's handle and wrap-up time with 1, 2, … in hand; the last one holds for more. Never empty.
    pub stretch: Vec<Factor>,
    /// Which agent gets the next contact.
    pub assign: Assign,
    /// How replies inside a chat come about.
    pub typing: Option<Typing>,
}

impl Hands {
    /// Most contacts that an agent can hold, if each needs least.
    pub fn most(&self) -> usize {
        self.capacity as usize
    }
}

impl Default for Hands {
    fn default() -> Self {
        Self { capacity: 1, stretch: vec![Factor::ONE], assign: Assign::LeastLoaded, typing: None }
    }
}

/// Which agent of a group gets the next contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assign {
    /// Whoever has least in hand.
    LeastLoaded,
    /// Whoever has most in hand and still room.
    FillFirst,
}

/// The typing model: in each chat the customer thinks, then the agent composes a reply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Typing {
    /// Mean time the customer needs to write.
    pub think: Micros,
    /// Mean time the agent needs for a reply.
    pub compose: Micros,
    /// Added to `compose`, as a share of it, with two or more chats in hand.
    pub switching: f64,
}

impl Typing {
    /// Multiplier on a chat's handle time with `in_hand` chats in hand, against one alone: k / f(k), where f(k) is how
    /// many times the work of one chat an agent with k of them gets done.
    ///
    /// The agent is the single server of a machine-repair loop with k customers: with r = compose / think, `switching`
    /// s for k ≥ 2, and S(k) = Σ over i from 1 to k of k! / (k − i)! · (r (1 + s))^i, the agent composes for a share
    /// U(k) = S(k) / (1 + S(k)) of the time (Takács 1962; Kleinrock 1975, section 3.8), so f(1) = 1 and
    /// f(k) = U(k) / ((1 + s) U(1)).
    ///
    /// ```
    /// use headcount::{model::Typing, units::Micros};
    /// let typing = Typing { think: Micros(100), compose: Micros(33), switching: 0.10 };
    /// let effective = |k: u32| (f64::from(k) / typing.stretch(k) * 100.0).round() / 100.0;
    /// assert_eq!([1, 2, 3, 4, 5].map(effective), [1.0, 1.82, 2.51, 3.01, 3.34]);
    /// ```
    pub fn stretch(&self, in_hand: u32) -> f64 {
        if in_hand <= 1 {
            return 1.0;
        }
        let ratio = self.compose.as_secs_f64() / self.think.as_secs_f64();
        let slower = 1.0 + self.switching;
        let done = busy(in_hand, ratio * slower) / (slower * busy(1, ratio));
        f64::from(in_hand) / done
    }
}

/// Share of time for which the single server of `k` customers is busy, each away for a mean of 1 and then served for a
/// mean of `ratio`, both exponential.
fn busy(k: u32, ratio: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 0.0;
    for i in 0..k {
        term *= f64::from(k - i) * ratio;
        sum += term;
    }
    // Dividing first keeps a sum beyond all bounds at 1.
    1.0 / (1.0 + 1.0 / sum)
}
