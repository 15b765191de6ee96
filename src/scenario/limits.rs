//! How large a scenario may be. Beyond these a run would end in an exhausted machine, not in an answer.

/// Most days of a run.
pub(super) const DAYS: u64 = 366;
/// Most queues, and most groups.
pub(super) const NAMES: usize = 200;
/// Most agents in an interval, over all groups.
pub(crate) const AGENTS: u64 = 100_000;
/// Most contacts expected in a replication.
pub(crate) const CONTACTS: f64 = 5e7;
/// Most replications.
pub(super) const REPLICATIONS: u64 = 100_000_000;
/// Largest scenario file, in bytes.
pub(super) const FILE: u64 = 10_000_000;
/// Largest CSV file, in bytes.
pub(super) const CSV: u64 = 200_000_000;
/// Most people whose weeks are dealt out, over all contracts.
pub(crate) const CREW: u64 = 5_000;
