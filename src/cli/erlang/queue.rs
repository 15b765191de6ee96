//! `headcount erlang c` and `a`: agents, waits and, with patience, those who hang up.

use crate::cli::args::{Agents, Definition as Word, ErlangA as AskedA, ErlangC as AskedC, Goals, Work};
use crate::cli::failure::Failure;
use crate::erlang::{
    Definition, Demand, ErlangA, ErlangC, Fault, Goal, MAX_LOAD, Queue, agents_needed_for_all, load_carried,
};
use crate::report::formula::{self, Answer, Formula, Row, Sheet};
use std::ops::Range;

/// The wait that is reported where nobody names one: what the field usually promises on the phone.
const USUAL_WAIT_S: f64 = 20.0;

/// The most agents that the formulas take.
const MOST: u32 = MAX_LOAD as u32;

/// A question to Erlang C or A, checked.
struct Question {
    formula: Formula,
    demand: Demand,
    calls_known: bool,
    agents: Option<u32>,
    goals: Vec<Goal>,
    within_s: f64,
    definition: Definition,
}

/// One question to Erlang C.
pub(super) fn of_c(asked: &AskedC) -> Result<Sheet, Failure> {
    let question = Question {
        formula: Formula::C,
        demand: demand(&asked.work),
        calls_known: asked.work.calls.is_some(),
        agents: asked.agents.agents,
        goals: goals(&asked.goals, Definition::Offered)?,
        within_s: within(&asked.agents, &asked.goals),
        definition: Definition::Offered,
    };
    question.sheet()
}

/// One question to Erlang A.
pub(super) fn of_a(asked: &AskedA) -> Result<Sheet, Failure> {
    let definition = definition(asked.definition);
    let mut goals = goals(&asked.goals, definition)?;
    goals.extend(asked.abandoned.iter().map(|share| Goal::Abandonment(share.share)));
    let patient = demand(&asked.work).with_patience(asked.patience.seconds);
    let question = Question {
        formula: Formula::A,
        demand: Demand { lines: asked.lines, ..patient },
        calls_known: asked.work.calls.is_some(),
        agents: asked.agents.agents,
        goals,
        within_s: within(&asked.agents, &asked.goals),
        definition,
    };
    question.sheet()
}

impl Question {
    fn sheet(&self) -> Result<Sheet, Failure> {
        let answer = self.answer()?;
        let (demand, centre, reach) = match answer {
            Answer::Given(agents) => (self.demand, Some(agents), 2),
            Answer::Needed(agents) => (self.demand, agents, 2),
            Answer::Carried { agents, per_hour } => {
                let load = per_hour.unwrap_or(0.0) * self.demand.aht_s / 3600.0;
                (Demand { load, ..self.demand }, per_hour.map(|_| agents), 0)
            }
        };
        let rows = around(centre, reach).map(|agents| self.row(&demand, agents)).collect::<Result<_, _>>()?;
        Ok(Sheet {
            formula: self.formula,
            load: demand.load,
            calls_per_hour: calls_per_hour(demand.load, demand.aht_s),
            aht_s: demand.aht_s,
            patience_s: Some(demand.patience_s).filter(|patience| patience.is_finite()),
            lines: demand.lines,
            within_s: Some(self.within_s),
            definition: (self.formula == Formula::A).then_some(key(self.definition)),
            goals: self.goals.iter().filter_map(worded).collect(),
            in_reach: answer.is_in_reach(),
            answer,
            rows,
        })
    }

    fn answer(&self) -> Result<Answer, Failure> {
        match (self.calls_known, self.agents, self.goals.is_empty()) {
            (true, Some(agents), _) => Ok(Answer::Given(agents)),
            (true, None, false) => {
                check(&self.demand)?;
                Ok(Answer::Needed(agents_needed_for_all(&self.demand, &self.goals).map(|(agents, _)| agents)))
            }
            (false, Some(agents), false) => Ok(Answer::Carried { agents, per_hour: self.carried(agents) }),
            _ => Err(no_question("--agents", "--target \"90% in 2m\"")),
        }
    }

    /// Calls per hour that so many agents carry with every goal kept.
    fn carried(&self, agents: u32) -> Option<f64> {
        let loads: Option<Vec<f64>> =
            self.goals.iter().map(|goal| load_carried(&self.demand, agents, goal)).collect();
        let least = loads?.into_iter().fold(f64::INFINITY, f64::min);
        Some(calls_per_hour(least, self.demand.aht_s))
    }

    fn row(&self, demand: &Demand, agents: u32) -> Result<Row, Failure> {
        let Demand { load, aht_s, patience_s, lines } = *demand;
        if self.formula == Formula::C {
            let queue = ErlangC::new(load, agents, aht_s).map_err(outside)?;
            return Ok(self.filled(agents, &queue));
        }
        let queue = ErlangA::with_lines(load, agents, aht_s, patience_s, lines).map_err(outside)?;
        Ok(self.filled(agents, &queue))
    }

    fn filled(&self, agents: u32, queue: &impl Queue) -> Row {
        let patient = self.formula == Formula::A;
        Row {
            agents,
            kept: (!self.goals.is_empty()).then(|| self.goals.iter().all(|goal| goal.is_met(queue))),
            service_level: Some(queue.service_level(self.definition, self.within_s)),
            speed_of_answer_s: Some(queue.speed_of_answer_s()).filter(|wait| wait.is_finite()),
            wait_probability: Some(queue.wait_probability()),
            abandonment: patient.then(|| queue.abandonment_of_offered()),
            blocking: self.demand.lines.map(|_| queue.blocking()),
            occupancy: queue.occupancy(),
            stable: queue.is_stable(),
        }
    }
}

/// The staffings to be shown: the one asked about and its neighbours; none where there is none.
pub(super) fn around(centre: Option<u32>, reach: u32) -> Range<u32> {
    let from = |agents: u32| agents.saturating_sub(reach)..agents.saturating_add(reach).min(MOST) + 1;
    centre.map_or(0..0, from)
}

/// Calls per hour that make so many erlangs.
pub(super) fn calls_per_hour(load: f64, aht_s: f64) -> f64 {
    load * 3600.0 / aht_s
}

/// The flags do not make a question.
pub(super) fn no_question(who: &str, goal: &str) -> Failure {
    let reason = format!("two of the three are needed: --calls, {who}, and a goal such as {goal}");
    Failure::usage(reason, "the third is worked out from them")
}

/// What a formula refuses, as a failure.
pub(super) fn outside(fault: Fault) -> Failure {
    Failure::usage(fault.to_string(), "give a smaller number")
}

/// Whether the formulas take the demand at all.
fn check(demand: &Demand) -> Result<(), Failure> {
    ErlangC::new(demand.load, 1, demand.aht_s).map(|_| ()).map_err(outside)
}

fn demand(work: &Work) -> Demand {
    Demand::calls(work.calls.as_ref().map_or(0.0, |calls| calls.per_hour), work.aht.seconds)
}

fn goals(asked: &Goals, definition: Definition) -> Result<Vec<Goal>, Failure> {
    if asked.target.iter().any(|promise| promise.per.is_some()) {
        let mend = "leave \"per …\" out, or use headcount plan, which knows days and intervals";
        return Err(Failure::usage("a formula knows no days, only a steady state", mend));
    }
    let levels = asked.target.iter().map(|promise| Goal::ServiceLevel {
        definition,
        share: promise.level.share,
        within_s: promise.within.seconds,
    });
    let waits = asked.asa.iter().map(|wait| Goal::SpeedOfAnswer(wait.seconds));
    let caps = asked.max_occupancy.iter().map(|share| Goal::Occupancy(share.share));
    Ok(levels.chain(waits).chain(caps).collect())
}

/// The wait that the service level speaks of.
fn within(agents: &Agents, goals: &Goals) -> f64 {
    let asked = agents.within.as_ref().map(|wait| wait.seconds);
    asked.or_else(|| goals.target.first().map(|promise| promise.within.seconds)).unwrap_or(USUAL_WAIT_S)
}

fn definition(word: Word) -> Definition {
    match word {
        Word::Offered => Definition::Offered,
        Word::Answered => Definition::Answered,
        Word::IgnoreEarly => Definition::IgnoreEarly,
        Word::CreditEarly => Definition::CreditEarly,
    }
}

fn key(definition: Definition) -> &'static str {
    match definition {
        Definition::Offered => "offered",
        Definition::Answered => "answered",
        Definition::IgnoreEarly => "ignore_early",
        Definition::CreditEarly => "credit_early",
    }
}

/// A goal as the report knows it.
fn worded(goal: &Goal) -> Option<formula::Goal> {
    match *goal {
        Goal::ServiceLevel { share, within_s, .. } => Some(formula::Goal::Answered { share, within_s }),
        Goal::SpeedOfAnswer(wait_s) => Some(formula::Goal::SpeedOfAnswer(wait_s)),
        Goal::Abandonment(share) => Some(formula::Goal::Abandoned(share)),
        Goal::Occupancy(share) => Some(formula::Goal::MaxOccupancy(share)),
        Goal::Blocking(share) => Some(formula::Goal::Blocking(share)),
        Goal::WaitProbability(_) => None,
    }
}
