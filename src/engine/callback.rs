//! Callbacks.

use super::desk::Desk;
use super::floor::Floor;
use super::leaving::Gone;
use super::tally::{Fate, Witness};

impl Floor {
    /// Who accepted a callback leaves the line: connected, given up, or never called.
    pub(super) fn leave_callback_line<W: Witness>(
        &mut self,
        desk: &mut Desk<W>,
        gone: &Gone<'_>,
        fate: Fate,
    ) {
        let _ = (desk, gone, fate);
    }
}
