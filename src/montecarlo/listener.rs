//! What a run tells while it is played, beyond its tally: every wait, and what customers felt.

use super::felt::Hearing;
use crate::engine::{Ended, Fate, Resolved, Witness};
use crate::stats::SectionedHistogram;

/// A witness who writes down how long the answered waited, and what customers felt.
#[derive(Debug)]
pub struct Listener<'a> {
    pub(super) section: usize,
    pub(super) waits: &'a mut [SectionedHistogram],
    pub(super) felt: Hearing<'a>,
}

impl Witness for Listener<'_> {
    #[allow(clippy::inline_always)] // A call for every contact cost a twentieth of a run.
    #[inline(always)]
    fn ended(&mut self, story: &Ended) {
        if story.counted && matches!(story.fate, Fate::Answered { .. }) {
            self.waits[story.queue].record_in(self.section, story.wait.0);
        }
        self.felt.ended(story);
    }

    fn hears_all(&self) -> bool {
        self.felt.hears_any()
    }

    fn found_idle(&mut self, queue: usize, contacts: u64) {
        self.waits[queue].record_many_in(self.section, 0, contacts);
    }

    #[inline]
    fn resolved(&mut self, case: &Resolved) {
        self.felt.resolved(case);
    }
}
