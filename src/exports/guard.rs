//! Where a library that reads foreign files may panic: around the reader of workbooks, and nowhere else.
//!
//! A workbook is a zip of XML that names its own parts, sizes and offsets; whoever breaks one finds ways that its reader has
//! not met. A panic there is a fault of the file, and is said as one. On this thread the usual report of a panic is
//! left out meanwhile; all others are told as ever.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside the guarded reader.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// What the work gives; nothing if it panicked.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !INSIDE.get() {
                usual(panic);
            }
        }));
    });
    INSIDE.set(true);
    // Whatever the work has begun is dropped with it: nothing half-done is seen afterwards.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(false);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_nothing_and_one_outside_is_one() {
        assert_eq!(guarded(|| 3), Some(3));
        let broken: Vec<u32> = Vec::new();
        assert_eq!(guarded(|| broken[broken.len()]), None);
        assert!(!INSIDE.get());
        assert!(panic::catch_unwind(|| guarded(|| 1).filter(|one| *one > 1).expect("none")).is_err());
    }
}
