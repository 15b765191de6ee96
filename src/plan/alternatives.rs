//! What the formulas would have asked for, as planners use them: every interval for itself, offered its contacts ×
//! handle time, with the queue's own targets. Their staffing is then simulated on the same customers as the answer.

use super::answer::Alternative;
use super::job::{Crew, Job};
use super::show::{Show, Size};
use super::warm_start::Theory;
use crate::model::{GroupId, QueueId};
use crate::montecarlo::Staffing;

/// A formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Formula {
    ErlangC,
    ErlangA,
}

impl Formula {
    pub(super) const ALL: [Self; 2] = [Self::ErlangC, Self::ErlangA];

    /// What a planner would give the group by this formula; nothing where it has no answer of its own.
    pub(super) fn crew(self, job: &Job<'_>, theory: &Theory<'_>) -> Option<Crew> {
        let patient = job.queue_facts().patience.is_none();
        if self == Self::ErlangA && patient {
            return None;
        }
        let crew = theory.interval_by_interval(self == Self::ErlangA)?;
        let peak = crew.iter().copied().max().unwrap_or(0);
        Some(if job.flat { vec![peak; crew.len()] } else { crew })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ErlangC => "Erlang C",
            Self::ErlangA => "Erlang A",
        }
    }

    /// Why it differs from a simulation of these customers.
    pub(super) fn why(self, all_patient: bool, flat: bool) -> &'static str {
        match (self, all_patient, flat) {
            (Self::ErlangC, false, _) => "supposes that nobody ever hangs up",
            (_, _, false) => "takes every interval for itself, as if the queue of the one before had gone",
            (_, _, true) => "sizes for the busiest interval as if it never ended",
        }
    }
}

/// One formula's staffing of all planned groups beside the answer.
pub(super) fn beside(
    formula: Formula,
    staffing: &Staffing,
    pairs: &[(QueueId, GroupId)],
    show: &mut Show<'_, '_>,
    jobs: &[Job<'_>],
) -> Alternative {
    let shown = show.beside(staffing);
    let size = Size::of(jobs[0].model, pairs, staffing);
    let all_patient = jobs.iter().all(|job| job.queue_facts().patience.is_none());
    Alternative {
        name: formula.name().to_owned(),
        agents: size.peak,
        agent_hours: size.hours,
        level: Some(shown.level),
        abandonment: Some(shown.abandonment),
        why: formula.why(all_patient, jobs.iter().all(|job| job.flat)).to_owned(),
    }
}
