//! Erlang A: customers hang up when their patience ends.
//!
//! M/M/n+M (Palm 1957; Garnett, Mandelbaum and Reiman 2002): Poisson arrivals, exponential handle times with mean
//! AHT, `n` agents, first come first served, exponential patience with mean `1/θ`. A birth-death chain: with `k`
//! calls in the house they leave at rate `min(k, n)/AHT + max(0, k−n)·θ`. With `K` lines it stops at `K` and later
//! callers hear the engaged tone. `P(hang up) = θ·E[W]`, and the queue always settles unless patience is endless.

use super::fault::Fault;
use super::general::MMnG;
use super::laws::Exponential;
use super::service_level::{Definition, Queue};

/// A queue whose callers hang up. The number of agents need not be whole (see [`crate::erlang::blocking`]).
///
/// ```
/// use headcount::erlang::{Definition, ErlangA};
/// // 100 calls in half an hour, 3 minutes each, 13 agents, patience 5 minutes.
/// let queue = ErlangA::new(10.0, 13, 180.0, 300.0).unwrap();
/// assert!((queue.service_level(Definition::Offered, 20.0) - 0.858_18).abs() < 1e-5);
/// assert!((queue.abandonment() - 0.024_963_3).abs() < 1e-7);
/// // The same with 15 lines: some hear the engaged tone.
/// let narrow = ErlangA::with_lines(10.0, 13, 180.0, 300.0, Some(15)).unwrap();
/// assert!((narrow.blocking() - 0.039_497).abs() < 1e-6);
/// ```
#[derive(Clone, Debug)]
pub struct ErlangA {
    queue: MMnG<Exponential>,
}

impl ErlangA {
    /// A queue offered `load` erlangs, with `agents` agents, a mean handle time of `aht_s` seconds, and callers whose
    /// patience lasts `patience_s` seconds on average (infinite: they never hang up, as in Erlang C).
    ///
    /// # Errors
    /// A load, a number of agents or a time outside the limits of [`Fault`].
    pub fn new(load: f64, agents: impl Into<f64>, aht_s: f64, patience_s: f64) -> Result<Self, Fault> {
        Self::with_lines(load, agents, aht_s, patience_s, None)
    }

    /// The same with `lines` lines for calls that talk or wait; `None`, or more than ten million beyond the agents:
    /// as many as come. A fraction of an agent takes a whole line.
    ///
    /// # Errors
    /// A load, a number of agents or a time outside the limits of [`Fault`].
    pub fn with_lines(
        load: f64,
        agents: impl Into<f64>,
        aht_s: f64,
        patience_s: f64,
        lines: Option<u32>,
    ) -> Result<Self, Fault> {
        let patience = Exponential::new(patience_s)?;
        let queue = MMnG::with_lines(load, agents.into(), aht_s, patience, patience.rate(), lines)?;
        Ok(Self { queue })
    }

    /// Whether the queue settles: always, unless patience and lines are endless and the load is no less than the
    /// agents.
    pub fn is_stable(&self) -> bool {
        self.queue.is_stable()
    }

    /// The probability that an accepted call has to wait, `P(W > 0)`; 1 if unstable.
    pub fn wait_probability(&self) -> f64 {
        self.queue.wait_probability()
    }

    /// The share of the accepted calls that hang up, `θ·E[W]`.
    pub fn abandonment(&self) -> f64 {
        self.queue.abandonment()
    }

    /// The share of the accepted calls that is answered at last.
    pub fn served(&self) -> f64 {
        self.queue.served()
    }

    /// The share of the offered calls that is turned away because every line is taken.
    pub fn blocking(&self) -> f64 {
        self.queue.blocking()
    }

    /// `E[W]` in seconds, over all accepted calls, until answered or hung up; infinite if unstable.
    pub fn mean_wait_s(&self) -> f64 {
        self.queue.mean_wait_s()
    }

    /// The average speed of answer in seconds, `E[W | answered]`; infinite if nobody is answered or if unstable.
    pub fn asa_s(&self) -> f64 {
        self.queue.asa_s()
    }

    /// `E[W | hung up]` in seconds, the average time to abandon; nothing if nobody does, or if unstable.
    pub fn wait_of_abandoned_s(&self) -> Option<f64> {
        self.queue.wait_of_abandoned_s()
    }

    /// The mean number waiting; infinite if unstable.
    pub fn mean_queue(&self) -> f64 {
        self.queue.mean_queue()
    }

    /// The share of the agents' time that is spent on calls; 0 if nobody calls, 1 if calls come and nobody answers.
    pub fn occupancy(&self) -> f64 {
        self.queue.occupancy()
    }

    /// The service level within `within_s` seconds; 0 if that is negative or not a number, or if unstable.
    pub fn service_level(&self, definition: Definition, within_s: f64) -> f64 {
        self.queue.service_level(definition, within_s)
    }

    /// The share of the accepted calls that is answered within `within_s` seconds, `P(answered, W ≤ T)`.
    pub fn served_within(&self, within_s: f64) -> f64 {
        self.queue.served_within(within_s)
    }

    /// The share that a caller of endless patience would see answered within `within_s` seconds, `P(V ≤ T)`, which is
    /// what announcements of the expected wait are about.
    pub fn virtual_within(&self, within_s: f64) -> f64 {
        self.queue.virtual_within(within_s)
    }
}

impl Queue for ErlangA {
    fn service_level(&self, definition: Definition, within_s: f64) -> f64 {
        self.queue.service_level(definition, within_s)
    }
    fn wait_probability(&self) -> f64 {
        self.queue.wait_probability()
    }
    fn speed_of_answer_s(&self) -> f64 {
        self.queue.asa_s()
    }
    fn abandonment(&self) -> f64 {
        self.queue.abandonment()
    }
    fn blocking(&self) -> f64 {
        self.queue.blocking()
    }
    fn occupancy(&self) -> f64 {
        self.queue.occupancy()
    }
    fn is_stable(&self) -> bool {
        self.queue.is_stable()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_calls_in_half_an_hour_with_patience() {
        let queue = ErlangA::new(10.0, 13, 180.0, 300.0).unwrap();
        let found = [
            (queue.wait_probability(), 0.225_797_1, 5e-8),
            (queue.abandonment(), 0.024_963_3, 5e-8),
            (queue.mean_wait_s(), 7.488_99, 5e-6),
            (queue.occupancy(), 0.750_03, 5e-6),
            (queue.service_level(Definition::Offered, 20.0), 0.858_18, 5e-6),
            (queue.service_level(Definition::Answered, 20.0), 0.880_15, 5e-6),
            (queue.virtual_within(20.0), 0.860_83, 5e-6),
        ];
        for (found, wanted, tolerance) in found {
            assert!((found - wanted).abs() <= tolerance, "{found} is not {wanted}");
        }
    }

    #[test]
    fn a_call_a_second() {
        let queue = ErlangA::new(180.0, 180, 180.0, 180.0).unwrap();
        assert!((queue.abandonment() - 0.02972).abs() < 5e-6);
        assert!((queue.mean_wait_s() - 5.350).abs() < 5e-4);
        assert!((queue.occupancy() - 0.9703).abs() < 5e-5);
    }

    #[test]
    fn endless_patience_is_erlang_c() {
        for (load, agents) in [(10.0, 14), (10_000.0, 10_050), (0.05, 1), (1000.0, 1001)] {
            let a = ErlangA::new(load, agents, 180.0, f64::INFINITY).unwrap();
            let c = crate::erlang::ErlangC::new(load, agents, 180.0).unwrap();
            assert!((a.wait_probability() / c.wait_probability() - 1.0).abs() < 1e-10, "{load}");
            assert!((a.asa_s() / c.asa_s() - 1.0).abs() < 1e-10, "{load}");
            let level = c.service_level(20.0);
            assert!((a.service_level(Definition::Offered, 20.0) / level - 1.0).abs() < 1e-10, "{load}");
            assert_eq!((a.abandonment(), a.wait_of_abandoned_s()), (0.0, None));
        }
        assert!(!ErlangA::new(10.0, 10, 180.0, f64::INFINITY).unwrap().is_stable());
        assert!(ErlangA::with_lines(10.0, 10, 180.0, f64::INFINITY, Some(40)).unwrap().is_stable());
    }

    #[test]
    fn lines_without_waiting_places_are_erlang_b() {
        let queue = ErlangA::with_lines(8.0, 12, 180.0, 60.0, Some(12)).unwrap();
        assert!((queue.blocking() / crate::erlang::blocking(8.0, 12).unwrap() - 1.0).abs() < 1e-13);
        assert_eq!(queue.service_level(Definition::Answered, 0.0), 1.0);
    }

    #[test]
    fn plenty_of_lines_are_endless_lines() {
        let endless = ErlangA::new(100.0, 95, 300.0, 150.0).unwrap();
        let plenty = ErlangA::with_lines(100.0, 95, 300.0, 150.0, Some(2000)).unwrap();
        assert!((endless.asa_s() / plenty.asa_s() - 1.0).abs() < 1e-12);
        assert!(plenty.blocking() < 1e-100);
    }

    #[test]
    fn a_patience_as_long_as_history_is_solved_too() {
        let queue = ErlangA::new(10_000.0, 9000, 300.0, 1e9).unwrap();
        assert!((queue.abandonment() - 0.1).abs() < 1e-9);
        assert!(queue.service_level(Definition::Offered, 20.0) < 1e-9);
    }
}
