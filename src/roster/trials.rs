//! Staffings played on the same customers, and what each replication of them kept.

use super::{Unjudged, Watch};
use crate::model::Model;
use crate::montecarlo::{Bench, Gathering, Keeper, Kept, Outcome, Staffing, measure};

/// Confidence level of every interval.
pub(super) const LEVEL: f64 = 0.95;
/// Memory for customers, in bytes; beyond, they are drawn again.
const TAPES: usize = 256 << 20;
/// Contacts after which a run looks up, to be interrupted or to tell how far it is.
const CONTACTS_BETWEEN_LOOKS: f64 = 4e6;

/// The same customers, again and again.
pub(super) struct Trials<'m> {
    model: &'m Model,
    bench: Bench<'m>,
    keeper: Keeper,
}

impl<'m> Trials<'m> {
    /// Replications from number `first` on.
    pub(super) fn new(model: &'m Model, first: u64) -> Self {
        let keeper = Keeper::new(model, &Staffing::given(model));
        Self { model, bench: Bench::new(model, model.run.seed, first, TAPES), keeper }
    }

    /// What is read of each replication.
    pub(super) fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// What the first replications kept under a staffing.
    pub(super) fn play(&mut self, staffing: &Staffing, replications: u64) -> Vec<Kept> {
        let keeper = &self.keeper;
        self.bench.read(staffing, 0..replications as usize, |_, tally| keeper.read(tally))
    }

    /// The same with everything else that is found.
    pub(super) fn measured(
        &mut self,
        staffing: &Staffing,
        replications: u64,
        watch: &Watch<'_>,
    ) -> Result<(Outcome, Vec<Kept>), Unjudged> {
        let gathering = Gathering::new(self.model, staffing);
        let keeper = &self.keeper;
        let mut kept = Vec::with_capacity(replications as usize);
        let all = replications as usize;
        let step =
            (CONTACTS_BETWEEN_LOOKS / self.model.expected_contacts().max(1.0)).ceil().max(1.0) as usize;
        for start in (0..all).step_by(step) {
            go_on(watch, "simulating", start as u64, replications)?;
            let which = start..(start + step).min(all);
            kept.extend(
                self.bench
                    .play(1, which, |_, run, tape, r| keeper.read(gathering.play(run, tape, staffing, r))),
            );
        }
        let finished = gathering.finished(self.model.run.seed, self.bench.first());
        Ok((measure(self.model, staffing, &finished, LEVEL), kept))
    }
}

/// Ends with an error if it shall not go on.
pub(super) fn go_on(watch: &Watch<'_>, doing: &str, done: u64, total: u64) -> Result<(), Unjudged> {
    if watch(doing, done, total) { Ok(()) } else { Err(Unjudged::Interrupted) }
}

/// Replications of a trial among many, so that all together end in reasonable time: a few million contacts each.
pub(super) fn some_replications(model: &Model, asked: u64) -> u64 {
    const CONTACTS: f64 = 2e6;
    const LEAST: u64 = 100;
    let enough = (CONTACTS / model.expected_contacts().max(1.0)).ceil() as u64;
    asked.min(enough.max(LEAST))
}
