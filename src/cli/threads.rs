//! How many threads a command may use: they change the time it takes, never the result.

use super::failure::Failure;

/// Does `work` on so many threads, or on one per core.
pub(super) fn with<T: Send>(threads: Option<u32>, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let number = threads.unwrap_or(0); // 0: one per core
    let pool = rayon::ThreadPoolBuilder::new().num_threads(number as usize).build();
    let pool = pool.map_err(|error| {
        Failure::usage(format!("cannot start {number} threads: {error}"), "ask for fewer")
    })?;
    Ok(pool.install(work))
}
