//! Plans of variations, one after the other, and how large each is.

use super::super::answer::{Answer, Reached};
use super::super::fault::PlanError;
use super::super::settings::Settings;
use super::super::watch::{Event, Watch, cancelled};
use crate::model::Model;
use crate::montecarlo::{Bench, Outcome, Staffing, Verdict};
use serde::Serialize;
use std::cell::Cell;
use std::sync::atomic::AtomicBool;

/// Confidence level of every interval.
pub(super) const LEVEL: f64 = 0.95;
/// Most replications of what is only looked at, not planned.
const LOOKS: u64 = 400;
/// Times as many at most where several make a month.
const MOST_TIMES: u64 = 10;
/// Replications from here on are played here and nowhere else: no search has seen them.
const FIRST: u64 = 1 << 52;

/// How large a plan is: all planned groups together, per day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Needed {
    /// Most agents at work at once.
    pub agents: u32,
    /// Hours of agents at work.
    pub agent_hours: f64,
    /// Hours scheduled, so that so many are at work after shrinkage.
    pub scheduled_hours: f64,
    /// Scheduled hours × rates, where every planned group has a rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
    /// Whether it is shown to keep every promise.
    pub verdict: Verdict,
}

impl Needed {
    pub(super) fn of(model: &Model, answer: &Answer) -> Self {
        let days = model.open_days() as f64;
        let groups = || answer.groups.iter();
        let intervals = groups().map(|group| group.agents.len()).max().unwrap_or(0);
        let at = |i: usize| groups().map(|group| group.agents.get(i).copied().unwrap_or(0)).sum();
        Self {
            agents: (0..intervals).map(at).max().unwrap_or(0),
            agent_hours: groups().map(|group| group.agent_hours).sum::<f64>() / days,
            scheduled_hours: groups().map(|group| group.scheduled_hours).sum::<f64>() / days,
            cost: groups().map(|group| group.cost).sum::<Option<f64>>().map(|cost| cost / days),
            verdict: answer.verdict,
        }
    }
}

/// Makes plans, and tells the watch which.
pub(super) struct Asker<'a> {
    pub(super) settings: &'a Settings,
    watch: &'a dyn Watch,
    done: Cell<u64>,
    plans: u64,
}

/// Passes on that a search is to end, and nothing that it says.
struct Quiet<'a>(&'a dyn Watch);

impl Watch for Quiet<'_> {
    fn cancel(&self) -> &AtomicBool {
        self.0.cancel()
    }
}

impl<'a> Asker<'a> {
    pub(super) fn new(settings: &'a Settings, watch: &'a dyn Watch, plans: u64) -> Self {
        Self { settings, watch, done: Cell::new(0), plans }
    }

    /// The whole answer of the scenario itself.
    pub(super) fn whole(&self, model: &Model) -> Result<Answer, PlanError> {
        self.tell("the answer");
        super::plan(model, self.settings, &Quiet(self.watch))
    }

    /// The size of a variation's plan and the plan itself; nothing where no staffing meets its promises, or the search
    /// was ended.
    pub(super) fn needs(&self, name: &str, model: &Model) -> Option<(Needed, Answer)> {
        self.tell(name);
        if self.is_over() {
            return None;
        }
        let answer = super::plan(model, self.settings, &Quiet(self.watch)).ok()?;
        let found = answer.reached == Reached::Found && !self.is_over();
        found.then(|| (Needed::of(model, &answer), answer))
    }

    fn tell(&self, name: &str) {
        self.watch.event(&Event::Stage(&format!("planning: {name}")));
        self.watch.event(&Event::Progress { done: self.done.get(), total: self.plans });
        self.done.set(self.done.get() + 1);
    }

    /// Something else begins that takes a while.
    pub(super) fn stage(&self, name: &str) {
        self.watch.event(&Event::Stage(name));
    }

    /// So much of it is done.
    pub(super) fn progress(&self, done: u64, total: u64) {
        self.watch.event(&Event::Progress { done, total });
    }

    /// Whether to end.
    pub(super) fn is_over(&self) -> bool {
        cancelled(self.watch)
    }

    /// Replications of what is only looked at.
    pub(super) fn replications(&self) -> u64 {
        self.settings.replications.min(LOOKS)
    }

    /// Customers that no search has seen, always the same.
    pub(super) fn bench<'m>(&self, model: &'m Model) -> Bench<'m> {
        Bench::new(model, self.settings.seed, FIRST, 0)
    }

    /// The same, for many staffings of one variation.
    pub(super) fn bench_that_keeps<'m>(&self, model: &'m Model) -> Bench<'m> {
        Bench::new(model, self.settings.seed, FIRST, self.settings.tape_bytes)
    }

    /// The same where promises are over more than a run ([`Model::runs_of`]), so that there are as many months as there
    /// would be days: as many times the replications, up to ten times.
    pub(super) fn replications_of_stretches(&self, model: &Model) -> u64 {
        let targets = model.queues.iter().flat_map(|queue| &queue.targets);
        let promised = targets.filter(|target| target.on_days.is_some());
        let runs = promised.map(|target| model.runs_of(target.per) as u64).max().unwrap_or(1);
        self.replications() * runs.min(MOST_TIMES)
    }

    /// What a staffing gives on them.
    pub(super) fn look(&self, model: &Model, staffing: &Staffing) -> Outcome {
        self.bench(model).measured(staffing, self.replications(), LEVEL)
    }
}
