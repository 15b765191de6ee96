//! Agents who may have several contacts in hand, or put one aside: each is known by number, with what they hold.
//!
//! Work is counted at load 1 in units of 2⁻²⁰ µs; with k in hand everything progresses at the same rate, a 32.32
//! constant. An agent's progress is brought up to date whenever anything about them changes.

use super::facts::Link;
use super::waiting::Contact;
use crate::model::Assign;
use std::collections::VecDeque;

/// Work units in a microsecond.
const UNITS: u32 = 20;

/// No slot yet.
pub(super) const NO_SLOT: u32 = u32::MAX;

/// What an agent is doing with a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// With the customer.
    Talk,
    /// After-contact work.
    Wrap,
    /// Calling somebody who does not answer.
    Dial,
    /// Waiting for somebody: the place is taken, nothing progresses.
    Held,
    /// The customer has fallen silent: the same, until they write again or the session is parked.
    Silent,
}

impl Phase {
    /// Whether nothing progresses.
    fn stands(self) -> bool {
        matches!(self, Self::Held | Self::Silent)
    }

    /// Whether the customer is with the agent, so that the contact is in the queue's system.
    pub(super) fn is_on_line(self) -> bool {
        matches!(self, Self::Talk | Self::Silent)
    }
}

/// A contact in hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    pub(super) contact: Contact,
    pub(super) link: Link,
    pub(super) phase: Phase,
    /// Work left in this phase up to the customer's next silence, at load 1, in units of 2⁻²⁰ µs.
    pub(super) work: u64,
    /// Work left after that silence; 0: the customer falls silent no more.
    pub(super) rest: u64,
    /// How often the customer has fallen silent.
    pub(super) silences: u32,
    /// When a silent customer writes again, µs.
    pub(super) writes: u64,
    /// Wrap-up to come after this phase, µs.
    pub(super) wrap: u64,
    /// Its number among the jobs of its group, never used again.
    pub(super) number: u64,
}

/// One agent.
#[derive(Clone, Debug)]
pub(super) struct Agent {
    pub(super) jobs: Vec<Job>,
    /// Units of capacity taken.
    pub(super) used: u32,
    /// Work was counted up to here, µs.
    pub(super) since: u64,
    /// When it was last found that the agent's hands are empty, µs.
    pub(super) idle_since: u64,
    /// Changes with every change of what the agent holds.
    pub(super) stamp: u32,
    /// The place among the jobs of the one that ends first, and up to when work had been counted when that was found
    /// out: it holds while no more has been.
    pub(super) first: Option<(u64, usize)>,
    /// The agent's slot among the ends of service.
    pub(super) slot: u32,
    pub(super) at_work: bool,
    /// Jobs that the group had begun when this person came: later ones may be theirs.
    came: u64,
    /// The units taken with which the agent is listed as having room, if so.
    listed: Option<u32>,
    /// Told to leave: finishes what is in hand.
    pub(super) leaving: bool,
}

/// The agents of one group.
#[derive(Clone, Debug, Default)]
pub(super) struct Hands {
    pub(super) agents: Vec<Agent>,
    /// Numbers of agents who have gone home.
    gone: Vec<u32>,
    /// Agents with so many units taken, in the order in which they came to that; stale entries have an old stamp.
    by_used: Vec<VecDeque<(u32, u32)>>,
    /// How many agents are listed with so many units taken.
    count: Vec<u32>,
    jobs: u64,
}

impl Hands {
    pub(super) fn new(capacity: u32) -> Self {
        let levels = capacity as usize;
        Self { by_used: vec![VecDeque::new(); levels], count: vec![0; levels], ..Self::default() }
    }

    /// Whether this group's agents are only counted, so that nobody is ever here.
    pub(super) fn is_plain(&self) -> bool {
        self.by_used.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.agents.clear();
        self.gone.clear();
        self.by_used.iter_mut().for_each(VecDeque::clear);
        self.count.fill(0);
        self.jobs = 0;
    }

    /// A new agent comes to work.
    pub(super) fn hire(&mut self, t: u64) {
        let number = self.gone.pop().unwrap_or_else(|| {
            self.agents.push(Agent {
                jobs: Vec::new(),
                used: 0,
                since: t,
                idle_since: t,
                stamp: 0,
                first: None,
                slot: NO_SLOT,
                came: 0,
                at_work: false,
                listed: None,
                leaving: false,
            });
            (self.agents.len() - 1) as u32
        });
        let agent = &mut self.agents[number as usize];
        agent.at_work = true;
        agent.leaving = false;
        agent.since = t;
        agent.came = self.jobs;
        self.changed(number);
    }

    /// An agent with empty hands goes home.
    pub(super) fn send_home(&mut self, number: u32) {
        self.agents[number as usize].at_work = false;
        self.changed(number);
        self.gone.push(number);
    }

    /// What the agent holds has changed: they stand last among those with as much.
    pub(super) fn changed(&mut self, number: u32) {
        let agent = &mut self.agents[number as usize];
        agent.stamp = agent.stamp.wrapping_add(1);
        if let Some(before) = agent.listed.take() {
            self.count[before as usize] -= 1;
        }
        let level = agent.used as usize;
        agent.idle_since = agent.since;
        if agent.at_work && !agent.leaving && level < self.by_used.len() {
            agent.listed = Some(agent.used);
            self.count[level] += 1;
            self.by_used[level].push_back((number, agent.stamp));
            self.forget(level);
        }
    }

    /// Drops stale entries once they outnumber the agents.
    fn forget(&mut self, level: usize) {
        let line = &mut self.by_used[level];
        if line.len() > 2 * self.agents.len() + 8 {
            line.retain(|&(n, stamp)| self.agents[n as usize].stamp == stamp);
        }
    }

    /// A number for a new job.
    pub(super) fn next_job(&mut self) -> u64 {
        self.jobs += 1;
        self.jobs
    }

    /// The agent who gets a contact that takes `need` units, if anybody has room.
    pub(super) fn find(&mut self, need: u32, assign: Assign) -> Option<u32> {
        let levels = (self.by_used.len() as u32 + 1).saturating_sub(need);
        let mut search = (0..levels).map(|used| match assign {
            Assign::LeastLoaded => used,
            Assign::FillFirst => levels - 1 - used,
        });
        search.find_map(|used| self.first(used as usize))
    }

    /// Who has held so many units longest.
    fn first(&mut self, used: usize) -> Option<u32> {
        let line = &mut self.by_used[used];
        while let Some(&(number, stamp)) = line.front() {
            if self.agents[number as usize].stamp == stamp {
                return Some(number);
            }
            line.pop_front();
        }
        None
    }

    /// Whether anybody has room for a contact that takes `need` units.
    pub(super) fn has_room(&self, need: u32) -> bool {
        let levels = (self.count.len() as u32 + 1).saturating_sub(need) as usize;
        self.count[..levels].iter().any(|&agents| agents > 0)
    }

    /// The agent who had this job in hand, if still at work, not told to leave, and with room for `need` units.
    pub(super) fn still_there(&self, agent: u32, job: u64, need: u32) -> Option<u32> {
        let one = &self.agents[agent as usize];
        let same = one.at_work && !one.leaving && one.came < job;
        (same && one.used + need <= self.by_used.len() as u32).then_some(agent)
    }

    /// Numbers of the agents who have empty hands, at work and not told to leave.
    pub(super) fn idle(&self) -> impl Iterator<Item = u32> + '_ {
        let line = self.by_used[0].iter();
        line.filter(|&&(n, stamp)| self.agents[n as usize].stamp == stamp).map(|&(n, _)| n)
    }
}

impl Agent {
    /// The job that ends first at this rate: when, its place among the jobs, and the contact's place on the tape.
    pub(super) fn next_end(&self, rate: u64) -> Option<(u64, usize, u64)> {
        if let [only] = self.jobs.as_slice() {
            let runs = !only.phase.stands();
            return runs
                .then(|| (self.since.saturating_add(duration(only.work, rate)), 0, only.contact.place));
        }
        let running = || self.jobs.iter().enumerate().filter(|(_, job)| !job.phase.stands());
        let least = running().map(|(_, job)| job.work).min()?;
        let after = duration(least, rate);
        // Rounded up to the microsecond, all that has no more work left than this ends at the same time.
        let most = units_within(after, rate);
        let first =
            running().filter(|(_, job)| job.work <= most).map(|(j, job)| (job.contact.place, j)).min();
        first.map(|(place, j)| (self.since.saturating_add(after), j, place))
    }

    /// When everything in hand would be done at this rate.
    pub(super) fn last_end(&self, rate: u64) -> u64 {
        let left = |job: &Job| job.work.saturating_add(job.rest).saturating_add(in_units(job.wrap));
        self.since.saturating_add(self.jobs.iter().map(|job| duration(left(job), rate)).max().unwrap_or(0))
    }

    /// Brings all work up to `t`.
    pub(super) fn progress(&mut self, t: u64, rate: u64) {
        let elapsed = t - self.since;
        self.since = t;
        let done =
            u64::try_from((u128::from(elapsed) * u128::from(rate)) >> (32 - UNITS)).unwrap_or(u64::MAX);
        for job in self.jobs.iter_mut().filter(|job| !job.phase.stands()) {
            job.work = job.work.saturating_sub(done);
        }
    }

    /// Units of capacity taken by contacts that wait for somebody.
    pub(super) fn held(&self) -> u32 {
        self.jobs.iter().filter(|job| job.phase == Phase::Held).map(|job| job.link.need).sum()
    }

    /// Where the job with this number stands.
    pub(super) fn position(&self, number: u64) -> Option<usize> {
        self.jobs.iter().position(|job| job.number == number)
    }
}

/// Work units in `time` µs; as much as can be counted, if that is more.
pub(super) fn in_units(time: u64) -> u64 {
    time.min(u64::MAX >> UNITS) << UNITS
}

/// Whole µs of so much work at load 1, rounded down.
pub(super) fn in_micros(work: u64) -> u64 {
    work >> UNITS
}

/// The most work that takes no longer than `time` µs at `rate`.
fn units_within(time: u64, rate: u64) -> u64 {
    let units = (u128::from(time) * u128::from(rate.max(1))) >> (32 - UNITS);
    u64::try_from(units).unwrap_or(u64::MAX)
}

/// Time in whole µs, rounded up, for `work` units at `rate`.
fn duration(work: u64, rate: u64) -> u64 {
    // A division of 64 bits costs a fraction of one of 128.
    if work < 1 << (32 + UNITS) {
        return (work << (32 - UNITS)).div_ceil(rate.max(1));
    }
    let units = u128::from(work) << (32 - UNITS);
    u64::try_from(units.div_ceil(u128::from(rate.max(1)))).unwrap_or(u64::MAX)
}
