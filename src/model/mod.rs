//! The facts of a contact centre, valid by construction.
//!
//! A [`Model`] is what a scenario file means once every fault has been found: dense ids instead of names, one value
//! per interval instead of shorthand, whole microseconds instead of text. It never changes afterwards; the number of
//! agents under trial is not part of it (see `engine::Staffing`), so that every staffing is judged on the same facts.
//!
//! | file | holds |
//! |---|---|
//! | [`calendar`] | days, intervals, opening hours |
//! | [`law`] | probability laws of handle time, wrap-up and patience |
//! | [`queue`] | what customers want: volumes, patience, promises, routes |
//! | [`group`] | who serves them: skills, staff, shrinkage, cost |
//! | [`target`] | promises and how they are counted |
//! | [`journey`] | what may happen to a contact besides: redial, repeat, transfer, opening hours, … |
//! | [`callback`], [`announced`], [`self_service`], [`silence`] | the larger ones of these |
//! | [`hands`] | several contacts at once |
//! | [`shifts`] | what a schedule may be built from |
//! | [`contract`] | kinds of people and what their weeks keep, people known by name |
//! | [`people`] | absence, late starts, learning |
//! | [`roster`] | named people, their shifts and breaks |
//! | [`curve`], [`outcome`] | what a wait is worth |
//! | [`swing`] | the same centre with more or less of one thing |
//! | [`settings`] | demand risk, run and plan settings |

use crate::units::Micros;

pub mod announced;
pub mod calendar;
pub mod callback;
pub mod contract;
pub mod curve;
pub mod group;
pub mod hands;
pub mod journey;
pub mod law;
pub mod outcome;
pub mod people;
pub mod queue;
pub mod roster;
pub mod self_service;
pub mod settings;
pub mod shifts;
pub mod silence;
mod swing;
pub mod target;

pub use announced::Announced;
pub use calendar::{Calendar, Grid, Opening, Session};
pub use callback::{Callback, Offer, Place, Scored};
pub use contract::{Contract, Member, hours_shown};
pub use curve::Curve;
pub use group::{Factor, Group, PlanBy, Skill, Staff, Take};
pub use hands::{Assign, Hands, Typing};
pub use journey::{AskBack, Chase, Choose, Clock, Due, Estimator, Journey, Outside, Return, Transfer};
pub use law::{Law, Series, Shape};
pub use outcome::{Outcome, Over};
pub use people::{Late, Learning, People};
pub use queue::{AfterWait, AtClose, Channel, Queue, RouteStep};
pub use roster::{Counted, Roster, Shift, Stretch};
pub use self_service::SelfService;
pub use settings::{AtEnd, Demand, Intervals, Objective, Plan, Replications, Run, Start};
pub use shifts::{Break, Premium, Shifts, Template};
pub use silence::Silence;
pub use swing::Lever;
pub use target::{Definition, Goal, Limit, Penalty, Per, Target};

/// Position of a queue in [`Model::queues`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueueId(pub usize);

/// Position of a group in [`Model::groups`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub usize);

/// A contact centre over one run: everything but chance and the staffing under trial.
#[derive(Clone, Debug)]
pub struct Model {
    /// The scenario's name, as shown and as used for the output folder.
    pub name: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// Days, intervals and opening hours.
    pub calendar: Calendar,
    /// How uncertain the volumes are.
    pub demand: Demand,
    /// How it is to be simulated.
    pub run: Run,
    /// How it is to be planned.
    pub plan: Plan,
    /// Queues in file order.
    pub queues: Vec<Queue>,
    /// Groups in file order.
    pub groups: Vec<Group>,
    /// What follows from waits, in file order.
    pub outcomes: Vec<Outcome>,
    /// Shifts that people may work, and the rules of a schedule.
    pub shifts: Shifts,
}

impl Model {
    /// The time axis.
    pub fn grid(&self) -> &Grid {
        &self.calendar.grid
    }

    /// Contacts expected over the whole run, all queues, before the day factor.
    pub fn expected_contacts(&self) -> f64 {
        self.queues.iter().map(Queue::expected_contacts).sum()
    }

    /// The first interval in which any queue is open: where the run starts.
    pub fn first_open(&self) -> Option<usize> {
        self.queues.iter().filter_map(|queue| queue.opening.first()).min()
    }

    /// Whether something that lasts the whole day makes one day worse than another: how busy it is, how long its
    /// contacts take, who stays away.
    pub fn days_differ(&self) -> bool {
        self.demand.days_differ() || self.groups.iter().any(|group| group.people.are_uncertain())
    }

    /// Days on which any queue is open; never none, so that it can be divided by.
    pub fn open_days(&self) -> usize {
        let mut days: Vec<usize> = (self.queues.iter())
            .flat_map(|queue| queue.opening.intervals().map(|i| self.grid().day_of(i)))
            .collect();
        days.sort_unstable();
        days.dedup();
        days.len().max(1)
    }

    /// Engine time from which contacts count: the first opening plus the warm-up.
    pub fn counted_from(&self) -> Micros {
        self.grid().start_of(self.first_open().unwrap_or(0)) + self.run.warm_up
    }

    /// Days of the run that the warm-up leaves to be counted, closed ones included: at least one.
    pub fn counted_days(&self) -> usize {
        let counts = |i: &usize| self.grid().start_of(*i) >= self.counted_from();
        let counted = self.queues.iter().filter_map(|queue| queue.opening.intervals().find(counts)).min();
        let ends = self.first_open().zip(counted);
        let lost = ends.map_or(0, |(first, counted)| self.grid().day_of(counted) - self.grid().day_of(first));
        (self.grid().days - lost).max(1)
    }

    /// How many independent runs like this one make one stretch of a promise: 1 where the run holds it, or any run will do.
    ///
    /// A week is five working days, a month 21; up to five counted days are taken for working days, whole weeks have five of
    /// seven. So a month is 21 runs of one day, or four of one week; days of a warm-up are none.
    pub fn runs_of(&self, per: Per) -> usize {
        per.runs_of(self.counted_days())
    }

    /// The distinct laws of handle time that may serve a queue: its own first, then its groups', in route order.
    pub fn handle_laws(&self, queue: QueueId) -> Vec<&Law> {
        let facts = &self.queues[queue.0];
        let mut laws = vec![&facts.handle];
        for step in &facts.route {
            let own = self.groups[step.group.0].skill(queue).and_then(|skill| skill.handle.as_ref());
            if let Some(law) = own.filter(|law| !laws.contains(law)) {
                laws.push(law);
            }
        }
        laws
    }

    /// Which of [`Self::handle_laws`] holds when `group` serves `queue`.
    pub fn handle_column(&self, queue: QueueId, group: GroupId) -> usize {
        let own = self.groups[group.0].skill(queue).and_then(|skill| skill.handle.as_ref());
        own.and_then(|law| self.handle_laws(queue).iter().position(|other| *other == law)).unwrap_or(0)
    }

    /// Whether more than arrivals, answers and losses is counted in a queue: some behaviour is on, its work is deferred
    /// or promised to be done in time, or another queue's behaviour sends it contacts.
    pub fn counts_more(&self, queue: QueueId) -> bool {
        let facts = &self.queues[queue.0];
        let receives = || self.queues.iter().any(|other| other.journey.targets().any(|to| to == queue));
        let promised = || facts.targets.iter().any(|target| matches!(target.goal, Goal::Done { .. }));
        facts.channel.is_deferred() || facts.journey != Journey::default() || promised() || receives()
    }

    /// Whether somebody must be told when a case of this queue ends: an outcome depends on how long that takes.
    pub fn times_cases(&self, queue: QueueId) -> bool {
        self.outcomes.iter().any(|outcome| outcome.queue == queue && outcome.over == Over::Resolution)
    }

    /// Whether agents of `group` may have more than one contact in hand, or one that is put aside and taken up again: a
    /// deferred one, one that can be interrupted or parked, or one they stay with after passing it on.
    pub fn holds_several(&self, group: GroupId) -> bool {
        let group = &self.groups[group.0];
        group.hands.capacity > 1
            || group.serves.iter().any(|skill| {
                let queue = &self.queues[skill.queue.0];
                let journey = &queue.journey;
                let warm = journey.transfer.as_ref().is_some_and(|transfer| transfer.warm.is_some());
                let aside = skill.interruptible
                    || journey.suspend
                    || journey.silence.is_some()
                    || journey.chase.is_some();
                aside || warm || queue.channel.is_deferred()
            })
    }

    /// The multiplier on a group's handle times on each day of the run, while its people learn; empty when they know
    /// their work.
    pub fn learning(&self, group: GroupId) -> Vec<Factor> {
        let learning = self.groups[group.0].people.learning.as_ref();
        let factor = |day| learning.map(|learning| Factor::new(learning.factor_on(day)));
        (0..self.grid().days).filter_map(factor).collect()
    }

    /// The groups whose agents are to be planned.
    pub fn planned_groups(&self) -> impl Iterator<Item = GroupId> + '_ {
        (0..self.groups.len()).map(GroupId).filter(|id| self.groups[id.0].staff == Staff::Planned)
    }
}
