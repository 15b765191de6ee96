//! Method C: several groups that share queues, planned together.
//!
//! No formula knows how many agents it takes when groups overlap: who is pooled with whom depends on how calls are routed.
//! Theory starts the search, and simulation decides. The life of such a plan:
//!
//! 1. [`task`]: which groups, queues and bounds. [`pledges`]: what must hold of all of them. [`price`]: what is to be
//!    made small.
//! 2. [`demand`] and [`subsets`]: what theory asks of every set of queues; [`program`] finds the cheapest agents for that,
//!    which bound the answer from below and shape the day. [`lines`]: one line of staffings for each group, so that a
//!    plan is one number for each.
//! 3. [`seek`], on the same customers for every candidate ([`sample`]): climb by simulation cuts ([`cuts`]), descend to
//!    cheaper neighbours ([`descent`]), start again elsewhere ([`restarts`]), and look closer at the best.
//!    Targets in every interval come first: [`walk`] goes through the day and settles the groups interval by interval.
//! 4. [`verdicts`], [`finalists`]: the cheapest that new customers show to keep every goal, at the plan's error; [`intervals`]: whether
//!    single intervals keep theirs.
//! 5. [`tell`]: the answer, what one agent less in each group would do ([`one_less`]), and the bound of theory.
//!
//! **What is certain.** That the answer keeps its goals is tested on new customers, the error divided over all finalists
//! and all goals. That nothing cheaper does is not certified: no method does so for groups that share queues, short of
//! trying every staffing. The bound of theory says how far below the answer one could at most be, under its assumptions.

mod bound;
mod cuts;
mod demand;
mod descent;
mod finalists;
mod intervals;
pub mod joint;
mod lines;
mod one_less;
mod pledges;
mod price;
mod program;
mod restarts;
mod sample;
mod seek;
mod speak;
mod subsets;
mod task;
mod tell;
mod verdicts;
mod walk;

pub(super) use task::are_shared;

use super::answer::Answer;
use super::errand::Errand;
use super::fault::PlanError;
use super::settings::Settings;
use super::watch::Watch;
use crate::model::Model;

/// Plans all groups that have no agents of their own, together.
pub(super) fn plan(model: &Model, settings: &Settings, watch: &dyn Watch) -> Result<Answer, PlanError> {
    let task = task::Task::new(model)?;
    let errand = Errand::new(settings, watch);
    Ok(tell::answer(&task, &errand))
}
