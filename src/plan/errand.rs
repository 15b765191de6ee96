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
    /// Parts of the plan that have begun, and how many there will be.
    parts: Cell<(u32, u32)>,
}

impl<'a> Errand<'a> {
    pub(super) fn new(settings: &'a Settings, watch: &'a dyn Watch) -> Self {
        Self { settings, watch, used: Cell::new(0), parts: Cell::new((0, 0)) }
    }

    /// Number of the first of a stretch of replications that was never used before.
    pub(super) fn fresh(&self) -> u64 {
        let used = self.used.get();
        self.used.set(used + 1);
        FRESH + used * STRIDE
    }

    /// Says how many parts there will be.
    pub(super) fn expect_parts(&self, of: u32) {
        self.parts.set((0, of));
    }

    /// The next part begins.
    pub(super) fn next_part(&self) {
        let (done, of) = self.parts.get();
        let number = done + 1;
        self.parts.set((number, of.max(number)));
        self.watch.event(&Event::Part { number, of: of.max(number) });
    }

    /// The last part begins.
    pub(super) fn last_part(&self) {
        let (_, of) = self.parts.get();
        self.parts.set((of.saturating_sub(1), of));
        self.next_part();
    }

    pub(super) fn stage(&self, name: &str) {
        self.watch.event(&Event::Stage(name));
    }

    /// So many replications from `first` on.
    pub(super) fn sample(&self, first: u64, replications: u64) -> Sample {
        Sample { seed: self.settings.seed, first, replications }
    }
}
