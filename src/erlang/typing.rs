//! Typing: what a chat costs when one agent answers several at once, and how soon each reply comes.
//!
//! Each of the `k` chats in an agent's hands goes round a loop: the customer thinks (exponential, mean `z`), then the
//! agent composes the reply (exponential, mean `w`; `w' = w(1+s)` with two or more in hand, for finding one's way back
//! into each). The agent composes one reply at a time, in the order in which the messages came. This is the
//! machine-repair model, the oldest closed queue (Palm 1947); two numbers that can be measured give the handle time
//! under load and the wait for each reply.
//!
//! The mean time `R` from a customer's message to the agent's reply follows from the arrival theorem (Sevcik and
//! Mitrani 1981; Lavenberg and Reiser 1980): a message finds the agent as `k − 1` chats would keep them in the long
//! run, so that `R(k) = w'(1 + Q(k−1))` with `Q` the mean number of messages at the agent, `Q(k) = k·R(k)/(z+R(k))`,
//! `Q(0) = 0`. Everything else hangs on the time of one round, `z + R(k)`:
//!
//! - replies per second `X(k) = k/(z + R(k))`, so that `R(k) = k/X(k) − z`;
//! - the share of time spent composing, `U(k) = w'·X(k) = 1 − 1/Σ_{i≤k} k!/(k−i)!·(w'/z)ⁱ`;
//! - the effective concurrency, chats' worth of work done at once, `f(k) = X(k)/X(1) = U(k)/((1+s)·U(1))`, `f(1) = 1`;
//! - the stretch of each chat's handle time, `k/f(k) = (z + R(k))/(z + w)`.
//!
//! With `j` messages ahead a reply takes the sum of `j + 1` compositions, an Erlang law. The number of the other chats
//! that think is Poisson with mean `z/w'`, given that it is below `k`; a Poisson number of compositions with mean
//! `T/w'` ends within `T`. The two add up to one Poisson variable, and the mixture closes:
//!
//! `P(reply > T) = e^(−T/w')·e_k((z+T)/w')/e_k(z/w')`, where `e_k(y) = Σ_{j<k} yʲ/j!`.
//!
//! Supposed, and not always so: exponential times (the mean reply depends on the spread of composing, not of thinking),
//! nothing else to do, and always `k` in hand.

use super::fault::{Fault, MAX_IN_HAND, check_extra, check_time};
use super::places::Places;

/// How replies inside a chat come about.
///
/// ```
/// use headcount::erlang::Typing;
/// // Customers think for 45 seconds, an agent types for 15; switching between chats costs 10% more.
/// let two = Typing::new(45.0, 15.0, 0.10).unwrap().with(2).unwrap();
/// assert!((two.concurrency() - 1.82).abs() < 0.005);
/// assert!((two.reply_time_s() - 20.93).abs() < 0.005);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Typing {
    think_s: f64,
    compose_s: f64,
    switching: f64,
}

impl Typing {
    /// Customers think for `think_s` seconds on average, agents compose for `compose_s`; with two or more chats in
    /// hand, the share `switching` longer.
    ///
    /// # Errors
    /// A time or a share outside the limits of [`Fault`].
    pub fn new(think_s: f64, compose_s: f64, switching: f64) -> Result<Self, Fault> {
        let (think_s, compose_s) = (check_time(think_s)?, check_time(compose_s)?);
        Ok(Self { think_s, compose_s, switching: check_extra(switching)? })
    }

    /// The long run with `chats` in hand all the time.
    ///
    /// # Errors
    /// None in hand, or more than [`MAX_IN_HAND`].
    pub fn with(self, chats: u32) -> Result<Replies, Fault> {
        if !(1..=MAX_IN_HAND).contains(&chats) {
            return Err(Fault::InHand(chats));
        }
        let compose_s = if chats == 1 { self.compose_s } else { self.compose_s * (1.0 + self.switching) };
        // Switching costs what it costs with all of them in hand, also in the smaller loops on the way there.
        let longer = |reply_s: f64, others: u32| {
            compose_s * (1.0 + f64::from(others) * reply_s / (self.think_s + reply_s))
        };
        let reply_s = (1..chats).fold(compose_s, longer);
        Ok(Replies { typing: self, chats: f64::from(chats), compose_s, reply_s })
    }
}

/// An agent with so many chats in hand, in the long run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Replies {
    typing: Typing,
    chats: f64,
    compose_s: f64,
    reply_s: f64,
}

impl Replies {
    /// The mean time in seconds from a customer's message to the agent's reply, `R(k)`.
    pub fn reply_time_s(&self) -> f64 {
        self.reply_s
    }

    /// Replies per second over all chats in hand, `X(k)`.
    pub fn per_second(&self) -> f64 {
        self.chats / (self.typing.think_s + self.reply_s)
    }

    /// The share of the agent's time spent composing, switching included, `U(k)`.
    pub fn utilisation(&self) -> f64 {
        (self.compose_s * self.per_second()).min(1.0)
    }

    /// How many times longer each chat takes than alone, `k/f(k)`; at least 1.
    pub fn stretch(&self) -> f64 {
        (self.typing.think_s + self.reply_s) / (self.typing.think_s + self.typing.compose_s)
    }

    /// Chats that would be done one after another in the same time, `f(k)`: what the chats in hand are worth.
    pub fn concurrency(&self) -> f64 {
        self.chats / self.stretch()
    }

    /// The share of messages answered within `within_s` seconds; 0 if that is negative or not a number.
    pub fn replied_within(&self, within_s: f64) -> f64 {
        if within_s.is_nan() || within_s <= 0.0 {
            return 0.0;
        }
        let thinking = self.typing.think_s / self.compose_s;
        let composing = (within_s / self.compose_s).min(FAR);
        let series = Places::Limited(self.chats);
        let late = series.log_series(thinking + composing) - series.log_series(thinking) - composing;
        (-late.exp_m1()).clamp(0.0, 1.0)
    }
}

/// So many compositions that every message is long answered.
const FAR: f64 = 1e30;

#[cfg(test)]
mod tests {
    use super::*;

    fn typing() -> Typing {
        Typing::new(45.0, 15.0, 0.10).unwrap()
    }

    /// Thinking, composing and switching, from customers who never think to agents who hardly type.
    const CASES: [(f64, f64, f64); 5] =
        [(45.0, 15.0, 0.1), (40.0, 20.0, 0.0), (1.0, 100.0, 0.5), (3600.0, 1.0, 0.1), (1e-6, 1e6, 0.0)];

    fn near(found: f64, wanted: f64, what: &str) {
        assert!((found - wanted).abs() <= 1e-11 * wanted.abs().max(1e-3), "{what}: {found} is not {wanted}");
    }

    #[test]
    fn a_third_as_long_to_type_as_to_think() {
        // Worked out apart from this program, for a ratio of 0.33: three chats are worth two and a half.
        let worth = [1.0, 1.82, 2.51, 3.01, 3.34];
        for (chats, wanted) in (1..).zip(worth) {
            let found = Typing::new(100.0, 33.0, 0.10).unwrap().with(chats).unwrap().concurrency();
            assert!((found - wanted).abs() < 0.005, "{chats}: {found}");
        }
        // By hand for a third itself: 1 − 1/(1 + 3ρ + 6ρ² + 6ρ³) = 9911/14411 with ρ = 11/30, over 1.1/4.
        near(typing().with(3).unwrap().concurrency(), (9911.0 / 14_411.0) / 0.275, "three");
    }

    #[test]
    fn utilisation_is_that_of_the_machine_repair_model() {
        for (think, compose, switching) in CASES {
            let typing = Typing::new(think, compose, switching).unwrap();
            let share = |k: u32, ratio: f64| {
                let terms = (1..=k).scan(1.0, |term, i| {
                    *term *= f64::from(k - i + 1) * ratio;
                    Some(*term)
                });
                let sum: f64 = terms.sum();
                sum / (1.0 + sum)
            };
            let alone = share(1, compose / think);
            for k in 1..=8 {
                let replies = typing.with(k).unwrap();
                let slower = if k == 1 { 1.0 } else { 1.0 + switching };
                let busy = share(k, compose * slower / think);
                near(replies.utilisation(), busy, "utilisation");
                near(replies.concurrency(), busy / (slower * alone), "concurrency");
                near(replies.per_second(), busy / (compose * slower), "replies");
                near(replies.stretch() * replies.concurrency(), f64::from(k), "stretch");
            }
        }
    }

    #[test]
    fn one_chat_waits_for_nobody() {
        let one = typing().with(1).unwrap();
        assert_eq!((one.reply_time_s(), one.stretch(), one.concurrency()), (15.0, 1.0, 1.0));
        near(one.utilisation(), 0.25, "utilisation");
        for within in [0.1, 15.0, 100.0] {
            near(one.replied_within(within), 1.0 - f64::exp(-within / 15.0), "within");
        }
    }

    #[test]
    fn of_two_chats_the_other_may_be_ahead() {
        let two = typing().with(2).unwrap();
        let ahead = 16.5 / (16.5 + 45.0);
        near(two.reply_time_s(), 16.5 * (1.0 + ahead), "mean");
        for within in [1.0, 20.0, 90.0] {
            let x: f64 = within / 16.5;
            near(two.replied_within(within), 1.0 - (-x).exp() * (1.0 + ahead * x), "within");
        }
    }

    /// `P(reply ≤ T)` as the arrival theorem tells it: so many of the other chats ahead, an Erlang law for each.
    fn by_the_theorem(think: f64, compose: f64, chats: u32, within: f64) -> f64 {
        let weights: Vec<f64> = (0..chats)
            .scan(1.0, |weight, ahead| {
                let now = *weight;
                *weight *= f64::from(chats - 1 - ahead) * compose / think;
                Some(now)
            })
            .collect();
        let x = within / compose;
        let late = |ahead: usize| {
            let terms = (0..=ahead).scan(1.0, |term, i| {
                if i > 0 {
                    *term *= x / i as f64;
                }
                Some(*term)
            });
            (-x).exp() * terms.sum::<f64>()
        };
        let total: f64 = weights.iter().sum();
        1.0 - weights.iter().enumerate().map(|(ahead, weight)| weight * late(ahead)).sum::<f64>() / total
    }

    #[test]
    fn the_share_in_time_is_the_mixture_of_the_arrival_theorem() {
        for (think, compose, switching) in CASES {
            let typing = Typing::new(think, compose, switching).unwrap();
            for chats in 2..=8 {
                let slower = compose * (1.0 + switching);
                for within in [0.03, 0.5, 1.0, 4.0, 12.0].map(|times| times * slower) {
                    let found = typing.with(chats).unwrap().replied_within(within);
                    let wanted = by_the_theorem(think, slower, chats, within);
                    assert!((found - wanted).abs() < 1e-11, "{chats} within {within}: {found}, {wanted}");
                }
            }
        }
    }

    #[test]
    fn the_mean_reply_is_the_area_above_the_shares() {
        let four = typing().with(4).unwrap();
        // Simpson's rule over two thousand steps, to where one message in 10²⁰ is still unanswered.
        let (steps, end) = (2000, 1200.0);
        let step = end / f64::from(steps);
        let area: f64 = (0..=steps)
            .map(|i| {
                let weight = if i == 0 || i == steps { 1.0 } else { f64::from(2 + 2 * (i % 2)) };
                weight * (1.0 - four.replied_within(f64::from(i) * step)) * step / 3.0
            })
            .sum();
        assert!((area / four.reply_time_s() - 1.0).abs() < 1e-6, "{area}");
    }

    #[test]
    fn the_edges_are_answers() {
        for (think, compose) in [(1e-6, 1e12), (1e12, 1e-6), (1e12, 1e12), (900.0, 1.0)] {
            for chats in [1, 2, MAX_IN_HAND] {
                let replies = Typing::new(think, compose, 100.0).unwrap().with(chats).unwrap();
                let figures = [replies.reply_time_s(), replies.per_second(), replies.stretch()];
                assert!(figures.into_iter().all(|x| x.is_finite() && x > 0.0), "{figures:?}");
                assert!((0.0..=1.0).contains(&replies.utilisation()));
                for within in [1e-300, 1.0, f64::MAX, f64::INFINITY] {
                    assert!((0.0..=1.0).contains(&replies.replied_within(within)), "{within}");
                }
                assert_eq!(replies.replied_within(f64::INFINITY), 1.0);
                assert_eq!([f64::NAN, -1.0, 0.0].map(|t| replies.replied_within(t)), [0.0; 3]);
            }
        }
        assert_eq!(typing().with(0), Err(Fault::InHand(0)));
        assert_eq!(typing().with(MAX_IN_HAND + 1), Err(Fault::InHand(MAX_IN_HAND + 1)));
        assert!(Typing::new(0.0, 1.0, 0.0).is_err());
        assert!(Typing::new(1.0, f64::NAN, 0.0).is_err());
        assert_eq!(Typing::new(1.0, 1.0, -0.1), Err(Fault::Extra(-0.1)));
    }
}
