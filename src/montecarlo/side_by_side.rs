//! Work that is no replication, on all cores too.

use rayon::prelude::*;

/// What `one` makes of each number below `count`, in order; spread over the rayon pool in which it is called.
pub(crate) fn side_by_side<T: Send>(count: usize, one: impl Fn(usize) -> T + Send + Sync) -> Vec<T> {
    (0..count).into_par_iter().with_max_len(1).map(one).collect()
}
