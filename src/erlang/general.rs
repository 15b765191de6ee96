//! M/M/n+G: customers hang up after a time of any law.
//!
//! Poisson arrivals, exponential handle times, `n` agents, first come first served, endless lines. Exact by
//! one-dimensional integrals (see `offered_wait.rs`; Zeltyn and Mandelbaum 2005). What matters about patience is
//! mostly how many give up soon: the density at zero, not the mean.

use super::b::inverse_blocking;
use super::fault::{Fault, check_agents, check_load, check_time};
use super::law::Law;
use super::offered_wait::{Centre, OfferedWait};
use super::places::Places;
use super::service_level::{Definition, Fates, Queue};

/// A queue in steady state with patience of the law `L`. "Accepted" calls are those that are not turned away.
///
/// ```
/// use headcount::erlang::{Definition, Fixed, Gamma, MMnG};
/// // 16 erlangs, 16 agents, 4 minutes each; everyone hangs up after exactly 3 minutes, or after about 3.
/// let fixed = MMnG::new(16.0, 16, 240.0, Fixed::new(180.0).unwrap()).unwrap();
/// let about = MMnG::new(16.0, 16, 240.0, Gamma::erlang(180.0, 2).unwrap()).unwrap();
/// assert!((fixed.abandonment() - 0.056_484).abs() < 1e-6);
/// assert!((about.abandonment() - 0.089_056).abs() < 1e-6);
/// assert!((about.service_level(Definition::Offered, 20.0) - 0.536_515).abs() < 1e-6);
/// ```
#[derive(Clone, Debug)]
pub struct MMnG<L> {
    load: f64,
    agents: f64,
    aht_s: f64,
    state: State<L>,
}

/// How the queue settles, if it does.
#[derive(Clone, Debug)]
enum State<L> {
    /// Nobody calls.
    Quiet,
    /// Nobody answers: everyone waits as long as their patience lasts.
    Unserved { patience: L, blocked: f64 },
    /// Those who never hang up outrun the agents, and waits grow without end.
    Swamped { patience: L, served: f64 },
    /// A steady state.
    Settled(OfferedWait<L>),
}

impl<L: Law> MMnG<L> {
    /// A queue offered `load` erlangs, with `agents` agents, a mean handle time of `aht_s` seconds and this
    /// `patience`. Less than a millionth of an agent is none.
    ///
    /// # Errors
    /// A load, a number of agents or a time outside the limits of [`Fault`].
    pub fn new(load: f64, agents: impl Into<f64>, aht_s: f64, patience: L) -> Result<Self, Fault> {
        Self::with_lines(load, agents.into(), aht_s, patience, 0.0, None)
    }

    /// The same with at most `lines` calls in the house; exact where patience is exponential with `hang_up_rate`.
    pub(super) fn with_lines(
        load: f64,
        agents: f64,
        aht_s: f64,
        patience: L,
        hang_up_rate: f64,
        lines: Option<u32>,
    ) -> Result<Self, Fault> {
        let (load, agents, aht_s) = (check_load(load)?, check_agents(agents)?, check_time(aht_s)?);
        let busy = lines.map_or(agents, |lines| agents.min(f64::from(lines)));
        let places = Places::beside(agents, lines);
        let state = if load == 0.0 {
            State::Quiet
        } else if busy < 1e-6 {
            let blocked = blocked_without_agents(load * patience.mean_s() / aht_s, places);
            State::Unserved { patience, blocked }
        } else {
            settle(Centre { rate: load / aht_s, agents: busy, aht_s, patience, places }, hang_up_rate)
        };
        Ok(Self { load, agents, aht_s, state })
    }

    /// Whether the queue settles. It always does if everyone hangs up at last, or if lines are limited.
    pub fn is_stable(&self) -> bool {
        !matches!(self.state, State::Swamped { .. })
    }

    /// The probability that an accepted call has to wait; 1 if unstable.
    pub fn wait_probability(&self) -> f64 {
        match &self.state {
            State::Quiet => 0.0,
            State::Unserved { .. } | State::Swamped { .. } => 1.0,
            State::Settled(wait) => wait.waits.clamp(0.0, 1.0),
        }
    }

    /// The share of the accepted calls that hang up. If unstable: all whose patience has an end.
    pub fn abandonment(&self) -> f64 {
        match &self.state {
            State::Quiet => 0.0,
            State::Unserved { patience, .. } | State::Swamped { patience, .. } => 1.0 - patience.never(),
            State::Settled(wait) => wait.lost.clamp(0.0, 1.0),
        }
    }

    /// The share of the accepted calls that is answered at last.
    pub fn served(&self) -> f64 {
        match &self.state {
            State::Quiet => 1.0,
            State::Unserved { .. } => 0.0,
            State::Swamped { served, .. } => *served,
            State::Settled(wait) => wait.served.clamp(0.0, 1.0),
        }
    }

    /// The share of the offered calls that is turned away because every line is taken.
    pub fn blocking(&self) -> f64 {
        match &self.state {
            State::Unserved { blocked, .. } => *blocked,
            State::Settled(wait) => wait.blocked.clamp(0.0, 1.0),
            State::Quiet | State::Swamped { .. } => 0.0,
        }
    }

    /// The mean wait of all accepted calls in seconds, until answered or hung up; infinite if unstable.
    pub fn mean_wait_s(&self) -> f64 {
        match &self.state {
            State::Quiet => 0.0,
            State::Unserved { patience, .. } => patience.mean_s(),
            State::Swamped { .. } => f64::INFINITY,
            State::Settled(wait) => wait.mean_wait,
        }
    }

    /// The mean wait of the answered calls in seconds: the average speed of answer; infinite if nobody is answered or
    /// if unstable.
    pub fn asa_s(&self) -> f64 {
        match &self.state {
            State::Quiet => 0.0,
            State::Settled(wait) if wait.served > 0.0 => wait.served_wait / wait.served,
            State::Unserved { .. } | State::Swamped { .. } | State::Settled(_) => f64::INFINITY,
        }
    }

    /// The mean wait of those who hang up in seconds; nothing if nobody does, or if unstable.
    pub fn wait_of_abandoned_s(&self) -> Option<f64> {
        match &self.state {
            State::Unserved { patience, .. } if patience.never() == 0.0 => Some(patience.mean_s()),
            State::Settled(wait) if wait.lost > 0.0 => Some(wait.lost_wait / wait.lost),
            _ => None,
        }
    }

    /// The mean number waiting, by Little's law; infinite if unstable.
    pub fn mean_queue(&self) -> f64 {
        let accepted = self.load / self.aht_s * (1.0 - self.blocking());
        if accepted == 0.0 { 0.0 } else { accepted * self.mean_wait_s() }
    }

    /// The share of the agents' time that is spent on calls; 0 if nobody calls, 1 if calls come and nobody answers.
    pub fn occupancy(&self) -> f64 {
        match &self.state {
            State::Quiet => 0.0,
            State::Swamped { .. } => 1.0,
            _ if self.agents == 0.0 => 1.0,
            _ => (self.load / self.agents * (1.0 - self.blocking()) * self.served()).min(1.0),
        }
    }

    /// The service level within `within_s` seconds; 0 if that is negative or not a number, or if unstable (but those
    /// who hang up in time still count in [`Definition::CreditEarly`]).
    pub fn service_level(&self, definition: Definition, within_s: f64) -> f64 {
        if within_s >= 0.0 { self.fates(within_s).level(definition) } else { 0.0 }
    }

    /// The share of the accepted calls that is answered within `within_s` seconds; 0 if that is negative or not a
    /// number.
    pub fn served_within(&self, within_s: f64) -> f64 {
        if within_s >= 0.0 { self.fates(within_s).served_within.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The share that a caller of endless patience would see answered within `within_s` seconds, `P(V ≤ T)`; 0 if
    /// that is negative or not a number.
    pub fn virtual_within(&self, within_s: f64) -> f64 {
        match &self.state {
            _ if within_s.is_nan() || within_s < 0.0 => 0.0,
            State::Quiet => 1.0,
            State::Unserved { .. } | State::Swamped { .. } => 0.0,
            State::Settled(wait) => wait.offered_within(within_s).clamp(0.0, 1.0),
        }
    }

    /// What has become of the accepted calls after a time that is not negative.
    fn fates(&self, within_s: f64) -> Fates {
        let unanswered = |patience: &L, blocked| Fates {
            served_within: 0.0,
            lost_within: patience.ended(within_s),
            beyond: patience.survival(within_s),
            served: 0.0,
            blocked,
        };
        match &self.state {
            State::Quiet => {
                Fates { served_within: 1.0, lost_within: 0.0, beyond: 0.0, served: 1.0, blocked: 0.0 }
            }
            State::Unserved { patience, blocked } => unanswered(patience, *blocked),
            State::Swamped { patience, .. } => unanswered(patience, 0.0),
            State::Settled(wait) => wait.fates(within_s),
        }
    }
}

/// The state of a centre where somebody calls and somebody answers.
fn settle<L: Law>(centre: Centre<L>, hang_up_rate: f64) -> State<L> {
    let served = (centre.agents / (centre.rate * centre.aht_s)).min(1.0);
    match OfferedWait::solve(centre, hang_up_rate) {
        Ok(wait) => State::Settled(wait),
        Err(centre) => State::Swamped { patience: centre.patience, served },
    }
}

/// The share turned away if callers only hold lines until they hang up, offered `holding` erlangs of that.
fn blocked_without_agents(holding: f64, places: Places) -> f64 {
    match places {
        Places::Unlimited => 0.0,
        Places::Limited(places) => 1.0 / inverse_blocking(holding, places),
    }
}

impl<L: Law> Queue for MMnG<L> {
    fn service_level(&self, definition: Definition, within_s: f64) -> f64 {
        self.service_level(definition, within_s)
    }
    fn wait_probability(&self) -> f64 {
        self.wait_probability()
    }
    fn speed_of_answer_s(&self) -> f64 {
        self.asa_s()
    }
    fn abandonment(&self) -> f64 {
        self.abandonment()
    }
    fn blocking(&self) -> f64 {
        self.blocking()
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
    use crate::erlang::{ErlangA, Exponential, FromFn, FromSurvival, Uniform, Weibull};

    #[test]
    fn weibull_of_shape_one_is_erlang_a() {
        let weibull = MMnG::new(50.0, 48, 300.0, Weibull::new(240.0, 1.0).unwrap()).unwrap();
        let erlang = ErlangA::new(50.0, 48, 300.0, 240.0).unwrap();
        assert!((weibull.abandonment() / erlang.abandonment() - 1.0).abs() < 1e-11);
        assert!((weibull.asa_s() / erlang.asa_s() - 1.0).abs() < 1e-11);
    }

    #[test]
    fn uniform_and_weibull_patience_to_fifteen_digits() {
        // Waiting, hanging up, mean wait, speed of answer and service level in 20 s, from the same integrals in
        // 25-digit arithmetic.
        let uniform = MMnG::new(16.0, 16, 240.0, Uniform::new(0.0, 360.0).unwrap()).unwrap();
        let weibull = MMnG::new(16.0, 16, 240.0, Weibull::new(180.0, 0.7).unwrap()).unwrap();
        let wanted_of_uniform = [
            0.566_196_665_079_648_5,
            0.092_215_034_153_427_82,
            28.950_941_556_552_29,
            27.214_011_850_077_23,
            0.551_902_591_538_966_1,
        ];
        let wanted_of_weibull = [
            0.424_644_633_310_896_8,
            0.122_305_225_706_333_2,
            11.680_059_728_978_83,
            10.695_449_670_289_04,
            0.707_492_324_207_553_4,
        ];
        assert_figures(&uniform, wanted_of_uniform);
        assert_figures(&weibull, wanted_of_weibull);
    }

    fn assert_figures(queue: &MMnG<impl Law>, wanted: [f64; 5]) {
        let level = queue.service_level(Definition::Offered, 20.0);
        let found =
            [queue.wait_probability(), queue.abandonment(), queue.mean_wait_s(), queue.asa_s(), level];
        for (found, wanted) in found.into_iter().zip(wanted) {
            assert!((found / wanted - 1.0).abs() < 1e-11, "{found} is not {wanted}");
        }
    }

    #[test]
    fn closures_give_what_the_family_gives() {
        let law = Uniform::new(0.0, 240.0).unwrap();
        let family = MMnG::new(16.0, 15, 240.0, law).unwrap();
        let two = FromFn::new(120.0, |x| law.survival(x), |x| law.partial(x)).unwrap();
        let one = FromSurvival::new(120.0, |x| law.survival(x)).unwrap().with_kinks(vec![240.0]);
        let two = MMnG::new(16.0, 15, 240.0, two).unwrap();
        let one = MMnG::new(16.0, 15, 240.0, one).unwrap();
        for definition in [Definition::Offered, Definition::CreditEarly] {
            let level = family.service_level(definition, 20.0);
            assert!((two.service_level(definition, 20.0) - level).abs() < 1e-12);
            assert!((one.service_level(definition, 20.0) - level).abs() < 1e-12);
        }
    }

    #[test]
    fn some_who_never_hang_up_can_swamp_a_queue() {
        let law =
            || FromFn::new(60.0, |x: f64| 0.5 + 0.5 * (-x).exp(), |x: f64| 0.5 * x - 0.5 * (-x).exp_m1());
        let swamped = MMnG::new(30.0, 10, 60.0, law().unwrap()).unwrap();
        assert_eq!(swamped.service_level(Definition::Offered, 20.0), 0.0);
        let calm = MMnG::new(3.0, 10, 60.0, law().unwrap()).unwrap();
        assert!(calm.service_level(Definition::Offered, 20.0) > 0.9);
    }

    #[test]
    fn nothing_is_ever_not_a_number() {
        for load in [0.0, 1e-9, 1.0, 1000.0, 1e7] {
            for agents in [0.0, 0.5, 1.0, 999.0, 1e7] {
                for patience in [1e-6, 60.0, 1e12, f64::INFINITY] {
                    for lines in [None, Some(0), Some(1), Some(1010)] {
                        let law = Exponential::new(patience).unwrap();
                        let queue = MMnG::with_lines(load, agents, 60.0, law, law.rate(), lines).unwrap();
                        check_numbers(&queue, &format!("{load} on {agents}, {patience}, {lines:?}"));
                    }
                }
            }
        }
    }

    fn check_numbers(queue: &MMnG<Exponential>, case: &str) {
        let times = [queue.mean_wait_s(), queue.asa_s(), queue.mean_queue()];
        assert!(times.iter().all(|x| *x >= 0.0), "{case}: {times:?}");
        assert!(queue.wait_of_abandoned_s().is_none_or(|x| x >= 0.0), "{case}");
        let shares = [
            queue.wait_probability(),
            queue.abandonment(),
            queue.served(),
            queue.blocking(),
            queue.occupancy(),
        ];
        assert!(shares.iter().all(|x| (0.0..=1.0).contains(x)), "{case}: {shares:?}");
        for within in [f64::NAN, -1.0, 0.0, 20.0, 1e300, f64::INFINITY] {
            for definition in
                [Definition::Offered, Definition::Answered, Definition::IgnoreEarly, Definition::CreditEarly]
            {
                assert!((0.0..=1.0).contains(&queue.service_level(definition, within)), "{case}");
            }
        }
    }
}
