//! Why so many: what an answer is made of, what would change it, and what other promises would cost.
//!
//! Every line is a plan of its own on the same customers as the answer ([`ask`]), only without what stands beside an
//! answer, so that two lines differ by what was changed and not by luck. An answer is a whole number of agents: a
//! difference of a fraction of an agent shows only where the staff follows the day.
//!
//! | part | question |
//! |---|---|
//! | [`causes`] | from bare work to the answer: what each cause adds or saves |
//! | [`alone`] | each interval by itself, in whole agents and in fractions |
//! | [`thumb`] | what the formulas and the rules of thumb would have asked for, and what that gives |
//! | [`levers`] | how the answer moves when the world turns out otherwise |
//! | [`promises`] | what other promises would cost |
//! | [`room`] | how wrong the forecast may be before a promise breaks |
//! | [`one_agent`] | what one agent more or less does in each interval |

mod alone;
mod ask;
mod causes;
mod levers;
mod one_agent;
mod promises;
mod room;
mod thumb;

pub use ask::Needed;
pub use causes::Step;
pub use levers::Swing;
pub use one_agent::OneAgent;
pub use promises::Other;
pub use room::Room;
pub use thumb::Thumb;

use super::answer::{Answer, Reached};
use super::assemble;
use super::fault::PlanError;
use super::settings::Settings;
use super::watch::{Watch, cancelled};
use crate::model::Model;
use crate::montecarlo::Staffing;
use ask::Asker;
use serde::Serialize;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// How each plan is made.
    pub settings: &'a Settings,
    /// By how much the world is turned down and up, 0–1.
    pub swing: f64,
}

/// Everything that explains an answer. Hours are per day, as everywhere in a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Why {
    /// The answer that is explained, without what stands beside it.
    #[serde(skip)]
    pub answer: Answer,
    /// Its size.
    pub needed: Needed,
    /// From bare work to the answer.
    pub steps: Vec<Step>,
    /// Formulas and rules of thumb.
    pub beside: Vec<Thumb>,
    /// What would change the answer.
    pub levers: Vec<Swing>,
    /// Other promises.
    pub promises: Vec<Other>,
    /// Whether the queue of these makes others too, without which they are planned.
    pub several_promises: bool,
    /// How wrong the forecast may be.
    pub room: Vec<Room>,
    /// What one agent more or less does, interval by interval.
    pub one_agent: Vec<OneAgent>,
    /// Whether it was ended before all of it was known.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub interrupted: bool,
}

/// Explains the answer of [`super::plan`]. What was known when `watch` ended it is returned.
///
/// # Errors
/// As [`super::plan`]. Where no staffing meets the targets the answer alone is returned: there is nothing to explain.
pub fn why(question: &Question<'_>, watch: &dyn Watch) -> Result<Why, PlanError> {
    let Question { model, swing, .. } = *question;
    let settings = Settings { beside: false, ..question.settings.clone() };
    let causes = causes::models(model);
    let levers = levers::models(model, swing);
    let promises = promises::models(model);
    let plans = 1 + causes.len() + 2 * levers.len() + promises.len();
    let asker = Asker::new(&settings, watch, plans as u64);
    let answer = asker.whole(model)?;
    let needed = Needed::of(model, &answer);
    let mut why = Why {
        answer,
        needed,
        steps: Vec::new(),
        beside: Vec::new(),
        levers: Vec::new(),
        promises: Vec::new(),
        several_promises: promises::makes_others(model),
        room: Vec::new(),
        one_agent: Vec::new(),
        interrupted: false,
    };
    if why.answer.reached == Reached::Found {
        let staffing = staffing(model, &why.answer);
        why.steps = causes::steps(model, &causes, &why.needed, &asker);
        why.beside = thumb::beside(model, &asker);
        why.room = room::room(model, &staffing, &asker);
        why.levers = levers::swings(levers, &asker);
        why.promises = promises::others(promises, &asker);
        why.one_agent = one_agent::each(model, &staffing, &asker);
    }
    why.interrupted = cancelled(watch);
    Ok(why)
}

/// Plans without the words around it.
fn plan(model: &Model, settings: &Settings, watch: &dyn Watch) -> Result<Answer, PlanError> {
    assemble::plan(model, settings, watch)
}

/// The staffing of an answer.
fn staffing(model: &Model, answer: &Answer) -> Staffing {
    let mut staffing = Staffing::given(model);
    for (id, group) in model.planned_groups().zip(&answer.groups) {
        group.agents.iter().enumerate().for_each(|(i, &agents)| staffing.set(id, i, agents));
    }
    staffing
}
