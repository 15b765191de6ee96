//! Erlang C: everyone waits until answered, however long it takes.
//!
//! M/M/n (Erlang 1917): Poisson arrivals, exponential handle times, `n` agents, first come first served, endless
//! patience and endless lines. With `a` erlangs of load and `ρ = a/n` the probability of waiting is
//! `C = n·B/(n − a(1−B))`, here as `1/C = ρ + (1−ρ)/B(n, a)`; given a wait, its length is exponential with mean
//! `AHT/(n − a)`. It demands more agents than customers who hang up would, and is unstable when `a ≥ n`.

use super::b::inverse_blocking;
use super::fault::{Fault, check_agents, check_load, check_time};
use super::service_level::{Definition, Queue};

/// A queue with endless patience. The number of agents need not be whole (see [`crate::erlang::blocking`]).
///
/// ```
/// use headcount::erlang::ErlangC;
/// // 100 calls in half an hour, 3 minutes each, 14 agents.
/// let queue = ErlangC::new(10.0, 14, 180.0).unwrap();
/// assert!((queue.service_level(20.0) - 0.888_350).abs() < 1e-6);
/// assert!((queue.asa_s() - 7.8359).abs() < 1e-4);
/// // Too few agents is an answer, not a fault.
/// let swamped = ErlangC::new(10.0, 10, 180.0).unwrap();
/// assert!(!swamped.is_stable());
/// assert_eq!((swamped.service_level(20.0), swamped.asa_s()), (0.0, f64::INFINITY));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangC {
    load: f64,
    agents: f64,
    aht_s: f64,
    wait_probability: f64,
}

impl ErlangC {
    /// A queue offered `load` erlangs, with `agents` agents and a mean handle time of `aht_s` seconds.
    ///
    /// # Errors
    /// A load, a number of agents or a time outside the limits of [`Fault`].
    pub fn new(load: f64, agents: impl Into<f64>, aht_s: f64) -> Result<Self, Fault> {
        let (load, agents) = (check_load(load)?, check_agents(agents.into())?);
        let wait_probability = probability_of_waiting(load, agents);
        Ok(Self { load, agents, aht_s: check_time(aht_s)?, wait_probability })
    }

    /// Whether there are more agents than erlangs, or nobody calls; if not, the queue grows without end.
    pub fn is_stable(&self) -> bool {
        self.agents > self.load || self.load == 0.0
    }

    /// The probability of having to wait; 1 if unstable.
    pub fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// The share answered within `within_s` seconds, `1 − C·e^{−(n−a)T/AHT}`; 0 if unstable, or if `within_s` is
    /// negative or not a number.
    pub fn service_level(&self, within_s: f64) -> f64 {
        if within_s.is_nan() || within_s < 0.0 || !self.is_stable() {
            return 0.0;
        }
        if self.wait_probability == 0.0 {
            return 1.0;
        }
        1.0 - self.wait_probability * (-(self.agents - self.load) * within_s / self.aht_s).exp()
    }

    /// The mean wait of all calls in seconds, `C·AHT/(n − a)`: the average speed of answer; infinite if unstable.
    pub fn asa_s(&self) -> f64 {
        if self.load == 0.0 {
            0.0
        } else if self.is_stable() {
            self.wait_probability * self.aht_s / (self.agents - self.load)
        } else {
            f64::INFINITY
        }
    }

    /// The mean number waiting, `C·a/(n − a)`; infinite if unstable.
    pub fn mean_queue(&self) -> f64 {
        self.asa_s() / self.aht_s * self.load.max(f64::MIN_POSITIVE)
    }

    /// The share of the agents' time spent on calls, `a/n`, at most 1; 0 if nobody calls.
    pub fn occupancy(&self) -> f64 {
        if self.load == 0.0 { 0.0 } else { (self.load / self.agents).min(1.0) }
    }
}

/// `C(agents, load)` for inputs within the limits.
fn probability_of_waiting(load: f64, agents: f64) -> f64 {
    if load == 0.0 {
        return 0.0;
    }
    if load >= agents {
        return 1.0;
    }
    let inverse = load / agents + (agents - load) / agents * inverse_blocking(load, agents);
    (1.0 / inverse).min(1.0)
}

impl Queue for ErlangC {
    fn service_level(&self, _: Definition, within_s: f64) -> f64 {
        self.service_level(within_s)
    }
    fn wait_probability(&self) -> f64 {
        self.wait_probability
    }
    fn speed_of_answer_s(&self) -> f64 {
        self.asa_s()
    }
    fn abandonment(&self) -> f64 {
        0.0
    }
    fn blocking(&self) -> f64 {
        0.0
    }
    fn occupancy(&self) -> f64 {
        self.occupancy()
    }
    fn is_stable(&self) -> bool {
        self.is_stable()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_calls_in_half_an_hour() {
        let cases = [
            (13, 0.795_595, 17.116, 0.28527),
            (14, 0.888_350, 7.8359, 0.174_132),
            (15, 0.941_453, 3.6735, 0.102_05),
        ];
        for (agents, level, asa, wait) in cases {
            let queue = ErlangC::new(10.0, agents, 180.0).unwrap();
            assert!((queue.service_level(20.0) - level).abs() < 5e-7, "{agents} agents");
            assert!((queue.asa_s() - asa).abs() < 5e-4, "{agents} agents");
            assert!((queue.wait_probability() - wait).abs() < 1e-5, "{agents} agents");
        }
    }

    #[test]
    fn four_hundred_and_fifty_calls_in_half_an_hour() {
        for (agents, percent, asa) in [(71, 61.04, 44.34), (72, 70.66, 29.03), (73, 78.05, 19.85)] {
            let queue = ErlangC::new(67.5, agents, 270.0).unwrap();
            assert!((queue.service_level(30.0) * 100.0 - percent).abs() < 0.005, "{agents} agents");
            assert!((queue.asa_s() - asa).abs() < 0.005, "{agents} agents");
        }
    }

    #[test]
    fn nothing_is_ever_not_a_number() {
        for load in [0.0, 1e-300, 1.0, 1e7] {
            for agents in [0.0, 0.5, 1.0, 1e7] {
                let queue = ErlangC::new(load, agents, 1e-6).unwrap();
                let all = [queue.asa_s(), queue.mean_queue(), queue.occupancy(), queue.wait_probability()];
                assert!(all.iter().all(|x| !x.is_nan()), "{load} on {agents}: {all:?}");
                for within in [f64::NAN, -1.0, 0.0, 1e300, f64::INFINITY] {
                    assert!((0.0..=1.0).contains(&queue.service_level(within)));
                }
            }
        }
    }

    #[test]
    fn a_fraction_of_an_agent_lies_between() {
        let level = |agents: f64| ErlangC::new(10.0, agents, 180.0).unwrap().service_level(20.0);
        assert!(level(13.0) < level(13.05) && level(13.05) < level(14.0));
    }
}
