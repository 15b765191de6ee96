//! Someone who watches a search, and may end it.

use crate::stats::{Estimate, Left};
use std::sync::atomic::{AtomicBool, Ordering};

/// What a search is doing.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// A part of the plan begins, of as many as are to come as far as is known.
    Part {
        /// Which, from 1.
        number: u32,
        /// Of so many.
        of: u32,
    },
    /// A new stage begins.
    Stage(&'a str),
    /// The next of several things of a stage begins.
    Next {
        /// What they are: "interval", "finalist".
        what: &'a str,
        /// Which, from 1.
        number: u64,
        /// Of so many.
        of: u64,
        /// The share of the stage's work that is done, where it is known.
        done: Option<f64>,
    },
    /// A staffing is about to be tried: most agents at work at once, and their hours over the run.
    Candidate {
        /// Most agents at work at once.
        agents: u32,
        /// Their hours over the run.
        agent_hours: f64,
    },
    /// So much of the stage is done: replications of a candidate, or intervals of a day.
    Progress {
        /// Done.
        done: u64,
        /// Of so many, as far as is known.
        total: u64,
    },
    /// How the candidate stands after a look, at the replications that were told last: the promise that will take longest
    /// to be decided.
    Standing {
        /// How far its figure lies on the good side of its goal, in shares or microseconds, with the interval of its test.
        margin: Estimate,
        /// Whether that is a share.
        is_share: bool,
        /// Replications that are left for this candidate.
        left: Left,
    },
}

/// Hears what a search is doing; called from the thread that called [`super::plan`]. The unit type listens to nothing.
pub trait Watch {
    /// Something began, or went on.
    fn event(&self, event: &Event<'_>) {
        let _ = event;
    }

    /// Set from outside to end the search early: its best so far becomes the answer, undecided.
    fn cancel(&self) -> &AtomicBool {
        static NEVER: AtomicBool = AtomicBool::new(false);
        &NEVER
    }
}

impl Watch for () {}

/// Whether the search is to end.
pub(super) fn cancelled(watch: &dyn Watch) -> bool {
    watch.cancel().load(Ordering::Relaxed)
}
