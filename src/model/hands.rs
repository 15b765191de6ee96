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
