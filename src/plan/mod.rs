//! From promises to agents: the fewest that keep every target, how sure that is, and what else it costs.
//!
//! A plan is made for every group whose scenario gives no `agents`. The life of a plan:
//!
//! 1. [`job`]: which group, which queue, which bounds. [`claims`]: what must hold, as asked, on average, or on nine
//!    days in ten.
//! 2. [`warm_start`]: what theory says, each interval offered its load with memory. Where theory is exact ([`exact`])
//!    it is the answer.
//! 3. The search, always on the same customers for every candidate:
//!    * one number, or a curve of least hours for a target over the day: candidates stand in one line ([`ladder`]), and
//!      [`search`] finds the lowest that is met, each candidate tested ([`trial`]) at its share of the error ([`purse`]);
//!    * a target in every interval: one walk through the day from snapshots ([`sweep`]).
//! 4. [`confirm`]: new customers must not contradict it, or it is repaired and confirmed on others.
//!    What is leaner and cannot be told apart from the promise is looked for too ([`leaner`]).
//! 5. What is said: [`statement`], [`unreachable`]; beside it the formulas ([`alternatives`]) and the neighbours
//!    ([`curve`]), all shown ([`show`]) on customers that the search never saw ([`fresh`]). Staffings that stand side by
//!    side are played on the same tape while it is at hand ([`customers`]); in long runs those beside the answer are
//!    played on some replications and carried over to all ([`carry`]).
//!
//! **The error.** `error` is divided between the groups and the senses in which they are planned; half of each part is
//! spent on the search, dealt out to its candidates, and half on the confirmation. Verdicts follow
//! [`crate::stats::SequentialTest`], whose guarantee is asymptotic. Where the target is measured by interval no such
//! certificate is given: there a staffing is the least by its estimates, or by its one-sided 95% bounds, and intervals
//! that cannot be told apart from the goal are named.
//!
//! **A target over the day with staff that follows the day** has many answers. The one given is the curve of least hours
//! as far as theory sees: from a floor in every interval (60%, or the target's `floor`) agents are added where theory
//! says that one more helps most customers, until the simulated target is met. What is certified is the place on that
//! line, not that no other curve has fewer hours.
//!
//! ```no_run
//! # fn of(model: &headcount::model::Model) -> Result<(), headcount::plan::PlanError> {
//! use headcount::plan::{Settings, plan};
//! let answer = plan(model, &Settings::of(model), &())?;
//! println!("{}", answer.certificate.statement);
//! # Ok(()) }
//! ```

mod alternatives;
mod answer;
mod assemble;
mod carry;
mod claims;
mod confirm;
mod curve;
mod customers;
mod errand;
mod exact;
mod fault;
mod fresh;
mod groups;
mod job;
mod kept;
mod ladder;
mod leaner;
mod purse;
mod search;
mod settings;
mod show;
pub mod slack;
mod solve;
mod statement;
mod sweep;
mod together;
pub mod trade;
mod trial;
mod unreachable;
mod warm_start;
mod watch;
pub mod why;
mod words;

pub use answer::{
    Alternative, Answer, Certificate, CurvePoint, DayRange, GroupPlan, Label, Leaner, LowerBound, OneLess,
    Promise, Reached, Sample,
};
pub use fault::PlanError;
pub use groups::joint;
pub use settings::{Bound, FLOOR, Settings};
pub use watch::{Event, Watch};

use crate::model::Model;

/// People on shift in every interval of the run, so that `agents` are at work after the group's shrinkage.
pub fn before_shrinkage(model: &Model, group: crate::model::GroupId, agents: &[u32]) -> Vec<u32> {
    show::scheduled(model, group, agents)
}

/// Of so many people on shift in an interval, how many are at work after the group's shrinkage.
pub fn after_shrinkage(model: &Model, group: crate::model::GroupId, interval: usize, people: u32) -> u32 {
    let share = model.groups[group.0].shrinkage.at(interval);
    (f64::from(people) * (1.0 - share) + 1e-9).floor() as u32
}

/// The fewest agents of every planned group that meet all its targets. The threads are those of the pool in which it
/// is called; the answer does not depend on their number.
///
/// # Errors
/// Nothing to plan, or a kind of plan that is not there yet. A target that cannot be met is no error but an answer:
/// [`Reached::Unreachable`].
pub fn plan(model: &Model, settings: &Settings, watch: &dyn Watch) -> Result<Answer, PlanError> {
    assemble::plan(model, settings, watch)
}
