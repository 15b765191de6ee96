//! Something that each thread of the pool has of its own: what it works with, or what it has summed up.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// One for each thread.
#[derive(Debug)]
pub(super) struct ByThread<T>(Vec<Mutex<T>>);

impl<T> ByThread<T> {
    /// One made for each thread of the rayon pool in which this is called.
    pub(super) fn new(make: impl Fn() -> T) -> Self {
        Self((0..rayon::current_num_threads()).map(|_| Mutex::new(make())).collect())
    }

    /// That of the thread that asks.
    pub(super) fn mine(&self) -> MutexGuard<'_, T> {
        let thread = rayon::current_thread_index().unwrap_or(0) % self.0.len();
        unlocked(&self.0[thread])
    }

    /// Those of all threads, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = MutexGuard<'_, T>> {
        self.0.iter().map(unlocked)
    }
}

/// What a panic left half-done is overwritten before it is read, or never read.
fn unlocked<T>(of_one: &Mutex<T>) -> MutexGuard<'_, T> {
    of_one.lock().unwrap_or_else(PoisonError::into_inner)
}
