//! Judging a roster before it is published: how sure its promises are, where people are short or to spare, what is wrong
//! with it, and the cheapest single change that mends it.
//!
//! | file | holds |
//! |---|---|
//! | [`rules`] | what is wrong with the roster itself: rests, overlaps, breaks |
//! | [`chance`] | on which days and in which intervals the promises hold |
//! | [`gaps`] | how many people each interval needs, and stretches with too few or too many |
//! | [`change`] | one change to a roster: a break, a shift, an hour, a person, a skill |
//! | [`candidates`] | all changes that may help |
//! | [`repair`] | which of them help most, and how sure that is |
//! | `trials` | rosters played on the same customers |
//!
//! Everything is simulated on people counted per interval (see [`Roster`]): the engine knows how many are
//! at work, not who they are.

pub mod candidates;
pub mod chance;
pub mod change;
pub mod gaps;
pub mod repair;
pub mod rules;
mod trials;

use crate::model::{Model, Roster};
use crate::montecarlo::{Outcome, Staffing};
use chance::Chances;
use gaps::Needs;
use repair::Repairs;
use rules::{Finding, Rules};
use trials::Trials;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// The roster of each group that has one.
    pub rosters: &'a [Option<Roster>],
    /// People at work by these rosters, and in other groups as the scenario gives them.
    pub staffing: &'a Staffing,
    /// What a roster must keep to.
    pub rules: Rules,
    /// Replications behind the chances.
    pub replications: u64,
    /// Whether repairs are looked for where a promise is not shown to be kept.
    pub repairs: bool,
}

/// What was found about a roster.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What a simulation of it gives.
    pub outcome: Outcome,
    /// Chances by day and by interval.
    pub chances: Chances,
    /// How many people each group needs.
    pub needs: Vec<Needs>,
    /// What is wrong with the roster itself.
    pub findings: Vec<Finding>,
    /// Changes that were tried; nothing where none was looked for.
    pub repairs: Option<Repairs>,
}

/// Why there is no judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unjudged {
    /// Nothing is promised.
    NoPromise,
    /// It was ended from outside.
    Interrupted,
}

/// Tells what is going on, how much of it is done, of how much; ends everything by saying no.
pub type Watch<'a> = dyn Fn(&str, u64, u64) -> bool + 'a;

/// Judges a roster. The result does not depend on the number of threads.
///
/// # Errors
/// There is no promise to judge it by, or it was ended.
pub fn judge(question: &Question<'_>, watch: &Watch<'_>) -> Result<Judged, Unjudged> {
    let model = question.model;
    if model.queues.iter().all(|queue| queue.targets.is_empty()) {
        return Err(Unjudged::NoPromise);
    }
    let findings = rules::findings(model, question.rosters, &question.rules);
    let mut trials = Trials::new(model, 0);
    let (outcome, kept) = trials.measured(question.staffing, question.replications, watch)?;
    let chances = Chances::new(trials.keeper(), &kept);
    let needs = gaps::needs(question, &mut trials, &kept, watch)?;
    let is_kept = outcome.targets.iter().all(crate::plan::slack::is_kept);
    let repairs = if question.repairs && !is_kept {
        Some(repair::repairs(question, &mut trials, &kept, &needs, watch)?)
    } else {
        None
    };
    Ok(Judged { outcome, chances, needs, findings, repairs })
}
