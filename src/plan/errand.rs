//! What all parts of one search share: how it is to be done, who watches, and replications that nobody has seen.

use super::answer::Sample;
use super::settings::Settings;
use super::watch::{Event, Watch};
use std::cell::Cell;

/// Replications from here on are never searched on.
const FRESH: u64 = 1 << 40;
/// Room for one confirmation: no test takes so many.
const STRIDE: u64 = 1 << 32;

/// One search's surroundings.
pub(super) struct Errand<'a> {
    pub(super) settings: &'a Settings,
    pub(super) watch: &'a dyn Watch,
    used: Cell<u64>,
}

impl<'a> Errand<'a> {
    pub(super) fn new(settings: &'a Settings, watch: &'a dyn Watch) -> Self {
        Self { settings, watch, used: Cell::new(0) }
    }

    /// Number of the first of a stretch of replications that was never used before.
    pub(super) fn fresh(&self) -> u64 {
        let used = self.used.get();
        self.used.set(used + 1);
        FRESH + used * STRIDE
    }

    pub(super) fn stage(&self, name: &str) {
        self.watch.event(&Event::Stage(name));
    }

    /// So many replications from `first` on.
    pub(super) fn sample(&self, first: u64, replications: u64) -> Sample {
        Sample { seed: self.settings.seed, first, replications }
    }
}
