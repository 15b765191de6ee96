//! The formulas and the rules of thumb that planners use, each interval for itself, and what their staffing gives on the
//! same customers.

use super::super::alternatives::Formula;
use super::super::groups;
use super::super::job::{Crew, Job, pairs};
use super::super::show::Size;
use super::super::warm_start::{Theory, aht};
use super::ask::Asker;
use crate::model::{GroupId, Model, QueueId};
use crate::montecarlo::Staffing;
use crate::stats::Estimate;
use serde::Serialize;

/// How busy agents are to be, by the rule of thumb.
const BUSY: f64 = 0.85;

/// What one method asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Thumb {
    /// Its name: `Erlang C`.
    pub name: &'static str,
    /// Most agents at work at once.
    pub agents: u32,
    /// Hours of agents at work per day.
    pub agent_hours: f64,
    /// The service level of the first planned queue with that staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Estimate>,
    /// Customers who hang up per day, all queues.
    pub lost_per_day: f64,
    /// Why it differs from the answer; no full stop.
    pub why: String,
}

#[derive(Clone, Copy)]
enum Rule {
    Formula(Formula),
    /// Work ÷ 85%.
    Busy,
    /// Work + its square root.
    Root,
}

/// All methods; none where groups share queues, of which no formula knows.
pub(super) fn beside(model: &Model, asker: &Asker<'_>) -> Vec<Thumb> {
    if groups::are_shared(model) || asker.is_over() {
        return Vec::new();
    }
    let Ok(pairs) = pairs(model) else { return Vec::new() };
    asker.stage("what formulas and rules of thumb give");
    let rules = [Rule::Formula(Formula::ErlangC), Rule::Formula(Formula::ErlangA), Rule::Busy, Rule::Root];
    rules.into_iter().filter_map(|rule| one(rule, model, &pairs, asker)).collect()
}

fn one(rule: Rule, model: &Model, pairs: &[(QueueId, GroupId)], asker: &Asker<'_>) -> Option<Thumb> {
    let mut staffing = Staffing::given(model);
    let mut flat = true;
    for &(queue, group) in pairs {
        let job = Job::new(model, queue, group, &staffing);
        let crew = rule.crew(&job)?;
        flat &= job.flat;
        staffing = job.staffing(&crew);
    }
    let outcome = asker.look(model, &staffing);
    let size = Size::of(model, pairs, &staffing);
    let patient = pairs.iter().all(|(queue, _)| model.queues[queue.0].patience.is_none());
    let lost = outcome.queues.iter().flat_map(|queue| [queue.abandoned, queue.balked]).flatten();
    Some(Thumb {
        name: rule.name(),
        agents: size.peak,
        agent_hours: size.hours,
        level: outcome.queues[pairs[0].0.0].service_level.as_ref().and_then(|level| level.offered),
        lost_per_day: lost.map(|e| e.mean).sum(),
        why: rule.why(patient, flat).to_owned(),
    })
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Self::Formula(formula) => formula.name(),
            Self::Busy => "work ÷ 85%",
            Self::Root => "work + √work",
        }
    }

    fn why(self, patient: bool, flat: bool) -> &'static str {
        match self {
            Self::Formula(formula) => formula.why(patient, flat),
            Self::Busy => "knows no promise: too many in a large centre, too few in a small one",
            Self::Root => "grows with size as it should, but knows no promise either",
        }
    }

    fn crew(self, job: &Job<'_>) -> Option<Crew> {
        let length = job.model.grid().interval.as_secs_f64();
        let need = |i: usize| -> u32 {
            let work = job.queue_facts().volumes[i] / length * aht(job, i);
            match self {
                Self::Root => (work + work.sqrt()).ceil() as u32,
                _ => (work / BUSY).ceil() as u32,
            }
        };
        if let Self::Formula(formula) = self {
            return formula.crew(job, &Theory::new(job));
        }
        let crew: Crew = job.open.iter().map(|&i| need(i)).collect();
        let peak = crew.iter().copied().max().unwrap_or(0);
        Some(if job.flat { vec![peak; crew.len()] } else { crew })
    }
}
