//! How many agents reach a goal, and how much load a number of agents can carry.
//!
//! Every goal here gets harder with each call and, but for one, easier with each agent: more agents multiply the density
//! of the offered wait by `e^{−μx}`, which shifts it towards shorter waits in the likelihood-ratio order, and with it
//! all that the wait decides. So the fewest agents are found by doubling steps and bisection, and the answer is the
//! one whose lower neighbour was seen to fail.
//!
//! The exception is [`Goal::Blocking`] where callers hang up sooner than they would have talked: there an agent keeps
//! lines taken for longer, more agents mean more blocking, and the answer is 0 or nothing.

use super::a::ErlangA;
use super::b::largest;
use super::c::ErlangC;
use super::fault::{check_load, check_time};
use super::service_level::{Definition, Queue};

/// The most agents a search looks at: a million, in the largest city.
pub const MAX_AGENTS: u32 = 1_000_000;

/// What a centre promises. Shares are from 0 to 1, times in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// At least the share `share`, counted by `definition`, within `within_s` seconds.
    ServiceLevel {
        /// Which calls count.
        definition: Definition,
        /// Below 1: no number of agents answers everybody in time.
        share: f64,
        /// The acceptable wait.
        within_s: f64,
    },
    /// A mean wait of the answered of at most so many seconds.
    SpeedOfAnswer(f64),
    /// At most this share of all calls hangs up.
    Abandonment(f64),
    /// At most this share of the accepted calls has to wait.
    WaitProbability(f64),
    /// At most this share of all calls is turned away.
    Blocking(f64),
    /// Agents are busy for at most this share of their time.
    Occupancy(f64),
}

impl Goal {
    /// Whether `queue` keeps the promise. An unstable queue keeps none.
    pub fn is_met(&self, queue: &impl Queue) -> bool {
        let met = match *self {
            Self::ServiceLevel { definition, share, within_s } => {
                queue.service_level(definition, within_s) >= share
            }
            Self::SpeedOfAnswer(at_most) => queue.speed_of_answer_s() <= at_most,
            Self::Abandonment(at_most) => queue.abandonment_of_offered() <= at_most,
            Self::WaitProbability(at_most) => queue.wait_probability() <= at_most,
            Self::Blocking(at_most) => queue.blocking() <= at_most,
            Self::Occupancy(at_most) => queue.occupancy() <= at_most,
        };
        met && queue.is_stable()
    }

    /// Whether numbers of agents below infinity can reach the goal; guards against rounding to a perfect 0 or 1.
    fn is_possible(&self, demand: &Demand) -> bool {
        match *self {
            Self::ServiceLevel { share, within_s, .. } => share < 1.0 && within_s >= 0.0,
            Self::Abandonment(at_most) => {
                at_most > 0.0 || (at_most == 0.0 && demand.patience_s == f64::INFINITY)
            }
            Self::Blocking(at_most) => at_most > 0.0 || (at_most == 0.0 && demand.lines.is_none()),
            Self::SpeedOfAnswer(at_most) | Self::WaitProbability(at_most) | Self::Occupancy(at_most) => {
                at_most > 0.0
            }
        }
    }
}

/// What comes in, in steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    /// Offered load in erlangs: calls per second times handle time.
    pub load: f64,
    /// Mean handle time in seconds.
    pub aht_s: f64,
    /// Mean patience in seconds; infinite for Erlang C.
    pub patience_s: f64,
    /// Lines for calls that talk or wait; `None`: as many as come.
    pub lines: Option<u32>,
}

impl Demand {
    /// The demand of `calls_per_hour` calls that take `aht_s` seconds each, with endless patience and lines.
    ///
    /// ```
    /// use headcount::erlang::Demand;
    /// assert_eq!(Demand::calls(200.0, 180.0).load, 10.0);
    /// ```
    pub fn calls(calls_per_hour: f64, aht_s: f64) -> Self {
        Self { load: calls_per_hour * aht_s / 3600.0, aht_s, patience_s: f64::INFINITY, lines: None }
    }

    /// The same demand from callers whose patience lasts `patience_s` seconds on average.
    #[must_use]
    pub fn with_patience(self, patience_s: f64) -> Self {
        Self { patience_s, ..self }
    }

    /// The same demand on so many lines.
    #[must_use]
    pub fn with_lines(self, lines: u32) -> Self {
        Self { lines: Some(lines), ..self }
    }

    /// Calls per hour.
    pub fn calls_per_hour(&self) -> f64 {
        self.load / self.aht_s * 3600.0
    }

    /// Whether `agents` agents keep the promise; no if the demand is outside the limits of [`crate::erlang::Fault`].
    pub fn is_met(&self, goal: &Goal, agents: u32) -> bool {
        let endless = self.patience_s == f64::INFINITY && self.lines.is_none();
        if endless {
            ErlangC::new(self.load, agents, self.aht_s).is_ok_and(|queue| goal.is_met(&queue))
        } else {
            ErlangA::with_lines(self.load, agents, self.aht_s, self.patience_s, self.lines)
                .is_ok_and(|queue| goal.is_met(&queue))
        }
    }
}

/// The fewest agents that keep the promise, by Erlang C or, with patience or limited lines, by Erlang A; 0 if nobody
/// calls.
///
/// `None` if no number up to [`MAX_AGENTS`] does — as for a share of 100%, for lines too few to keep blocking down,
/// or for a number that is not one — or if the demand is outside the limits of [`crate::erlang::Fault`].
///
/// ```
/// use headcount::erlang::{Definition, Demand, Goal, agents_needed};
/// let goal = Goal::ServiceLevel { definition: Definition::Offered, share: 0.8, within_s: 20.0 };
/// assert_eq!(agents_needed(&Demand::calls(200.0, 180.0), &goal), Some(14));
/// assert_eq!(agents_needed(&Demand::calls(200.0, 180.0).with_patience(300.0), &goal), Some(13));
/// ```
pub fn agents_needed(demand: &Demand, goal: &Goal) -> Option<u32> {
    let load = check_load(demand.load).ok()?;
    check_time(demand.aht_s).ok()?;
    if load == 0.0 {
        return goal.is_possible(demand).then_some(0);
    }
    if matches!(goal, Goal::Blocking(_)) && demand.patience_s <= demand.aht_s {
        return (goal.is_possible(demand) && demand.is_met(goal, 0)).then_some(0);
    }
    fewest(load.ceil().min(f64::from(MAX_AGENTS)) as u32, |agents| {
        goal.is_possible(demand) && demand.is_met(goal, agents)
    })
}

/// The fewest agents that keep every promise, and the position of the goal that binds: the first that asks for so
/// many.
///
/// `None` if one of them cannot be kept, or if there are none.
///
/// ```
/// use headcount::erlang::{Demand, Goal, agents_needed_for_all};
/// let goals = [Goal::SpeedOfAnswer(30.0), Goal::Occupancy(0.7)];
/// assert_eq!(agents_needed_for_all(&Demand::calls(200.0, 180.0), &goals), Some((15, 1)));
/// ```
pub fn agents_needed_for_all(demand: &Demand, goals: &[Goal]) -> Option<(u32, usize)> {
    let needs: Option<Vec<u32>> = goals.iter().map(|goal| agents_needed(demand, goal)).collect();
    let needs = needs?;
    let most = needs.iter().copied().max()?;
    let binding = needs.iter().position(|need| *need == most)?;
    Some((most, binding))
}

/// The most load in erlangs that `agents` agents carry with the promise kept, at most [`crate::erlang::MAX_LOAD`];
/// `demand.load` is not read.
///
/// `None` if they cannot keep it at any load, or if the demand is outside the limits of [`crate::erlang::Fault`].
///
/// ```
/// use headcount::erlang::{Demand, Goal, load_carried};
/// // 14 agents, calls of 3 minutes, at most 10 s to answer on average: how many calls per hour?
/// let demand = Demand::calls(0.0, 180.0);
/// let load = load_carried(&demand, 14, &Goal::SpeedOfAnswer(10.0)).unwrap();
/// let calls = Demand { load, ..demand }.calls_per_hour();
/// assert!((calls - 205.739).abs() < 0.001);
/// ```
pub fn load_carried(demand: &Demand, agents: u32, goal: &Goal) -> Option<f64> {
    check_time(demand.aht_s).ok()?;
    let at = |load: f64| Demand { load, ..*demand }.is_met(goal, agents);
    let start = f64::from(agents).max(1.0);
    let possible = goal.is_possible(demand) && at(start * 1e-9);
    possible.then(|| largest(start, at))
}

/// The fewest agents up to [`MAX_AGENTS`] for which `met` holds, given that it holds for all larger numbers too.
fn fewest(start: u32, met: impl Fn(u32) -> bool) -> Option<u32> {
    let (mut low, mut high, mut step) = (start, start, 1);
    // Afterwards `high` is met, and `low`, if different, is not.
    if met(start) {
        while low == high {
            if high == 0 {
                return Some(0);
            }
            low = high.saturating_sub(step);
            (high, step) = if met(low) { (low, step * 2) } else { (high, step) };
        }
    } else {
        while low == high || !met(high) {
            if high == MAX_AGENTS {
                return None;
            }
            low = high;
            high = high.saturating_add(step).min(MAX_AGENTS);
            step *= 2;
        }
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if met(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(share: f64, within_s: f64) -> Goal {
        Goal::ServiceLevel { definition: Definition::Offered, share, within_s }
    }

    #[test]
    fn every_threshold_is_found_from_every_start() {
        for start in [0, 1, 5, 17, 1000, MAX_AGENTS] {
            for threshold in [0, 1, 2, 16, 17, 18, 999, MAX_AGENTS] {
                assert_eq!(fewest(start, |agents| agents >= threshold), Some(threshold));
            }
            assert_eq!(fewest(start, |_| false), None);
        }
    }

    #[test]
    fn who_is_turned_away_belongs_to_those_of_whom_a_share_hangs_up() {
        let queue = ErlangA::with_lines(20.0, 20, 300.0, 180.0, Some(22)).unwrap();
        // One in ten finds no line; 2.6% of all who call hang up, more of those who get one.
        let of_all = queue.abandonment() * (1.0 - queue.blocking());
        assert!((of_all - 0.026).abs() < 5e-4 && queue.abandonment() > 0.028);
        assert!(Goal::Abandonment(of_all + 1e-9).is_met(&queue));
        assert!(!Goal::Abandonment(of_all - 1e-9).is_met(&queue));
    }

    #[test]
    fn patience_near_the_limit_is_mostly_an_abandonment_target() {
        let demand = Demand::calls(240.0, 300.0).with_patience(180.0);
        let agents = agents_needed(&demand, &level(0.9, 120.0)).unwrap();
        assert_eq!(agents, 21);
        let queue = ErlangA::new(demand.load, agents, 300.0, 180.0).unwrap();
        assert!((queue.abandonment() - 0.077).abs() < 5e-4);
        assert_eq!(agents_needed(&demand, &Goal::Abandonment(0.05)), Some(23));
    }

    #[test]
    fn the_search_finds_what_counting_up_finds() {
        let definitions =
            [Definition::Offered, Definition::Answered, Definition::IgnoreEarly, Definition::CreditEarly];
        let levels =
            definitions.map(|definition| Goal::ServiceLevel { definition, share: 0.8, within_s: 20.0 });
        let others = [
            Goal::SpeedOfAnswer(10.0),
            Goal::Abandonment(0.03),
            Goal::WaitProbability(0.3),
            Goal::Occupancy(0.7),
            Goal::Blocking(0.02),
        ];
        for load in [0.3, 4.0, 25.0] {
            let demand = Demand { load, aht_s: 240.0, patience_s: 90.0, lines: None };
            for demand in [demand, demand.with_lines(load as u32 + 8), demand.with_patience(f64::INFINITY)] {
                for goal in levels.iter().chain(&others) {
                    let counted = (0..100).find(|agents| demand.is_met(goal, *agents));
                    assert_eq!(agents_needed(&demand, goal), counted, "{load}: {goal:?}");
                    if matches!(goal, Goal::Blocking(_)) {
                        continue;
                    }
                    let later =
                        counted.map_or(0, |first| (first..100).filter(|n| !demand.is_met(goal, *n)).count());
                    assert_eq!(later, 0, "{load}: {goal:?} is lost again");
                }
            }
        }
    }

    #[test]
    fn goals_out_of_reach_are_none() {
        let demand = Demand::calls(200.0, 180.0).with_patience(60.0);
        for goal in [
            level(1.0, 20.0),
            level(f64::NAN, 20.0),
            level(0.5, f64::NAN),
            Goal::Abandonment(0.0),
            Goal::SpeedOfAnswer(-1.0),
            Goal::Occupancy(f64::NAN),
            Goal::Occupancy(1e-9),
            Goal::WaitProbability(0.0),
        ] {
            assert_eq!(agents_needed(&demand, &goal), None, "{goal:?}");
        }
        let patient = demand.with_patience(300.0);
        assert_eq!(agents_needed(&patient.with_lines(10), &Goal::Blocking(0.01)), None);
        assert_eq!(agents_needed(&patient.with_lines(20), &Goal::Blocking(0.01)), Some(9));
        // With nobody to answer, callers hang up soon enough to free the lines.
        assert_eq!(agents_needed(&demand.with_lines(20), &Goal::Blocking(0.01)), Some(0));
        assert_eq!(agents_needed(&Demand { load: f64::NAN, ..demand }, &level(0.8, 20.0)), None);
        assert_eq!(agents_needed_for_all(&demand, &[]), None);
    }

    #[test]
    fn the_load_carried_is_the_agents_needed_backwards() {
        for demand in [Demand::calls(0.0, 300.0), Demand::calls(0.0, 300.0).with_patience(120.0)] {
            for goal in
                [level(0.8, 20.0), level(0.95, 10.0), Goal::SpeedOfAnswer(15.0), Goal::Occupancy(0.85)]
            {
                let load = load_carried(&demand, 40, &goal).unwrap();
                let need = |factor: f64| agents_needed(&Demand { load: load * factor, ..demand }, &goal);
                assert_eq!((need(1.0 - 1e-9), need(1.0 + 1e-9)), (Some(40), Some(41)), "{goal:?}");
            }
            assert_eq!(load_carried(&demand, 0, &level(0.8, 20.0)), None);
            assert_eq!(load_carried(&demand, 5, &level(f64::NAN, 20.0)), None);
        }
    }
}
