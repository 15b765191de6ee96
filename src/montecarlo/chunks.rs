//! Replications in chunks: as many in a row as a thread takes at a time.

use rayon::prelude::*;
use std::ops::Range;

/// Most replications that a thread takes at a time.
const MOST: usize = 32;

/// How many of so many replications a thread takes at a time.
pub(super) fn chunk(replications: usize) -> usize {
    replications.div_ceil(4 * rayon::current_num_threads()).clamp(1, MOST)
}

/// The replications `which` on all threads, some at a time; what `play` made of them, in their order.
pub(super) fn in_chunks<T: Send>(
    which: Range<usize>,
    play: impl Fn(Range<usize>) -> Vec<T> + Sync,
) -> Vec<T> {
    let share = chunk(which.len());
    let starts: Vec<usize> = which.clone().step_by(share).collect();
    let parts: Vec<Vec<T>> =
        starts.into_par_iter().map(|start| play(start..(start + share).min(which.end))).collect();
    parts.into_iter().flatten().collect()
}
