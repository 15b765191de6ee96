//! Ctrl-C: the first asks the run to end and keeps what is finished, the second ends the program at once.

use super::exit::Exit;
use super::outputs;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);
static LISTENING: Once = Once::new();

/// Begins to listen (also to the request to terminate) and gives the flag that a run watches.
///
/// Where the system offers no such thing, Ctrl-C does what it always does.
pub(super) fn flag() -> &'static AtomicBool {
    LISTENING.call_once(|| {
        let _ = ctrlc::set_handler(heard);
    });
    &ASKED
}

/// Whether the run was asked to end.
pub(super) fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

fn heard() {
    if ASKED.swap(true, Ordering::Relaxed) {
        outputs::discard_all();
        #[expect(clippy::exit, reason = "the second Ctrl-C is an order, not a request")]
        std::process::exit(i32::from(Exit::Interrupted.code()));
    }
}
