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

/// An agent with `k` chats in hand goes round the closed loop of a machine-repair model (Palm 1947): each customer
/// thinks, exponentially with mean `z`; the agent composes one reply at a time in the order of the messages,
/// exponentially with mean `w`, or `w(1 + s)` with two or more in hand.
impl Typing {
    /// Mean time of a reply in seconds with `k` in hand.
    fn compose_s(&self, k: usize) -> f64 {
        let slower = if k > 1 { 1.0 + self.switching } else { 1.0 };
        self.compose.as_secs_f64() * slower
    }

    /// Mean time in seconds from a customer's message to the agent's reply, `R(k)`, with `k ≥ 1` in hand all the time.
    ///
    /// By the arrival theorem (Sevcik and Mitrani 1981; Lavenberg and Reiser 1980) a message finds the agent as `k − 1`
    /// chats keep them: `R(k) = w(1 + (k−1)·R(k−1) / (z + R(k−1)))`, `R(1) = w`.
    ///
    /// ```
    /// use headcount::{model::Typing, units::Micros};
    /// let typing = Typing { think: Micros::from_secs(45), compose: Micros::from_secs(15), switching: 0.1 };
    /// assert_eq!(typing.mean_reply_s(1), 15.0);
    /// // composing takes 16.5 s, and the other customer's message is ahead with chance 16.5 / (45 + 16.5)
    /// assert!((typing.mean_reply_s(2) - 16.5 * (1.0 + 16.5 / 61.5)).abs() < 1e-12);
    /// ```
    pub fn mean_reply_s(&self, k: usize) -> f64 {
        let (think, compose) = (self.think.as_secs_f64(), self.compose_s(k));
        let next = |reply: f64, others: usize| compose * (1.0 + others as f64 * reply / (think + reply));
        (1..k).fold(compose, next)
    }

    /// Replies per second with `k` in hand, all chats together: `X(k) = k / (z + R(k))`.
    pub fn replies_per_second(&self, k: usize) -> f64 {
        k as f64 / (self.think.as_secs_f64() + self.mean_reply_s(k))
    }

    /// How many times longer each chat takes with `k` in hand than alone: `(z + R(k)) / (z + w)`.
    pub fn stretch(&self, k: usize) -> f64 {
        let think = self.think.as_secs_f64();
        (think + self.mean_reply_s(k)) / (think + self.mean_reply_s(1))
    }

    /// Share of replies that come within `within` of the message with `k ≥ 1` in hand.
    ///
    /// With `j` messages ahead a reply takes `j + 1` compositions, which is later than T with the chance that a Poisson
    /// number of mean `T/w` is at most `j`. Of the `k − 1` other customers a Poisson number of mean `z/w`, given that it
    /// is at most `k − 1`, is thinking. Chances of such a truncated number are built up one by one, as Erlang's B is.
    pub fn replied_within(&self, k: usize, within: Micros) -> f64 {
        let compose = self.compose_s(k);
        let thinking = self.think.as_secs_f64() / compose;
        // Beyond 700 compositions nobody waits; exp stays above zero up to there.
        let composed = (within.as_secs_f64() / compose).min(700.0);
        let others = k.saturating_sub(1);
        let late_behind = |ahead: usize| {
            let terms = (0..ahead).scan(1.0, |term, i| {
                *term *= composed / (i + 1) as f64;
                Some(*term)
            });
            libm::exp(-composed) * (1.0 + terms.sum::<f64>())
        };
        let (mut late, mut last) = (late_behind(others), 1.0);
        for away in 1..=others {
            last = thinking * last / (away as f64 + thinking * last);
            late += last * (late_behind(others - away) - late);
        }
        (1.0 - late).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typing(think: u64, compose: u64, switching: f64) -> Typing {
        Typing { think: Micros::from_secs(think), compose: Micros::from_secs(compose), switching }
    }

    /// Share of time spent composing, from the textbook's sum: `1 − 1 / Σ k!/(k−i)! rⁱ`.
    fn busy(k: usize, ratio: f64) -> f64 {
        let (mut term, mut sum) = (1.0, 1.0);
        for i in 0..k {
            term *= (k - i) as f64 * ratio;
            sum += term;
        }
        1.0 - 1.0 / sum
    }

    /// Composing a third as long as thinking, 10% for switching, three in hand: with r = 1.1/3 the sum is
    /// 1 + 3r + 6r² + 6r³ = 3.20244, so U = 0.687739 and f = U / (1.1 · 0.25).
    #[test]
    fn three_chats_are_worth_two_and_a_half() {
        assert!((3.0 / typing(45, 15, 0.1).stretch(3) - 2.500_867).abs() < 1e-6);
        assert_eq!(typing(45, 15, 0.1).stretch(1), 1.0);
    }

    #[test]
    fn replies_are_those_of_the_machine_repair_model() {
        for (think, compose, switching) in [(45, 15, 0.1), (40, 20, 0.0), (1, 100, 0.5), (3600, 1, 0.1)] {
            for k in 1..=8 {
                let slower = compose as f64 * if k > 1 { 1.0 + switching } else { 1.0 };
                let wanted = busy(k, slower / think as f64) / slower;
                let found = typing(think, compose, switching).replies_per_second(k);
                assert!((found - wanted).abs() < 1e-10 * wanted, "{think} {compose} {k}: {found} {wanted}");
            }
        }
    }

    #[test]
    fn replies_in_time_by_hand() {
        let alone = typing(45, 15, 0.1);
        for within in [1, 15, 100] {
            let late = (-(within as f64) / 15.0).exp();
            assert!((alone.replied_within(1, Micros::from_secs(within)) - (1.0 - late)).abs() < 1e-12);
            // the other customer's message is ahead with chance 16.5 / 61.5
            let (x, ahead) = (within as f64 / 16.5, 16.5 / 61.5);
            let late = (-x).exp() * (1.0 + ahead * x);
            assert!((alone.replied_within(2, Micros::from_secs(within)) - (1.0 - late)).abs() < 1e-12);
        }
        assert_eq!(alone.replied_within(3, Micros::ZERO), 0.0);
        assert_eq!(typing(1, 1, 0.0).replied_within(50, Micros::NEVER), 1.0);
    }

    /// The mean is what the shares in time add up to.
    #[test]
    fn shares_in_time_and_the_mean_agree() {
        let typing = typing(30, 20, 0.2);
        for k in 1..=6 {
            let late = |t: u64| 1.0 - typing.replied_within(k, Micros(t * 50_000));
            let sum: f64 = (0..40_000).map(|t| 0.5 * (late(t) + late(t + 1)) * 0.05).sum();
            assert!((sum - typing.mean_reply_s(k)).abs() < 1e-4, "{k}: {sum}");
        }
    }
}
