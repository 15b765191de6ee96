//! Many replications on all cores, and what they add up to.
//!
//! | file | holds |
//! |---|---|
//! | `frame` | what is counted and by which yardsticks |
//! | `slice`, `level`, `yardstick` | counts of a stretch, the definitions of rule 1, targets as fractions |
//! | `beyond`, `replies` | counts of behaviours over a stretch, replies inside chats |
//! | `digest`, `gather`, `tested` | sums of one replication by day, and over replications |
//! | `runs_together` | days put together to months: how often those keep a promise |
//! | `journey`, `hands` | sums over replications that only behaviours, or several in hand, bring |
//! | `replicate` | [`Job`]: replications on all cores, in rounds, until a rule says stop |
//! | `shelf` | tapes in memory, and the runs that play them |
//! | `same_customers` | several centres on the same customers: what they share is drawn once |
//! | `chunks`, `by_thread` | what a thread takes at a time, and what it has of its own |
//! | `side_by_side` | other work on all cores |
//! | `sweep` | [`Stage`]: paused replications, to try staffings of what follows |
//! | `bench`, `reading` | [`Bench`]: whole runs of many staffings on the same customers, read one by one |
//! | `kept` | which days and which intervals of a replication kept their promises |
//! | `replay` | what each replication counted in chosen intervals of each queue, to hold one real day against |
//! | `gathering` | sums over replications that are read one by one as well |
//! | [`compare`] | several scenarios on the same customers, and how they differ |
//! | `measure`, `measure_journey`, `judge` | from sums to the [`Outcome`]: estimates and verdicts |
//! | `fresh_demand` | first contacts, solved from volumes that count every attempt |
//! | `worth`, `felt`, `dues`, `costs` | what customers feel, what broken promises cost, and the bill |
//! | `money`, `payroll` | amounts in whole numbers, and what staff costs |
//! | `bins` | counts in bins, for charts |
//! | `outcome`, `found_in_queue`, `found_in_group`, `found_levels`, `figures` | the result types, key by key those of the results contract |
//!
//! ```
//! # fn of(model: &headcount::model::Model) {
//! use headcount::montecarlo::{Job, Staffing, measure};
//! use headcount::stats::Fixed;
//! let staffing = Staffing::given(model);
//! let finished = Job::new(model, &staffing, model.run.seed).run(&mut Fixed(1000));
//! let outcome = measure(model, &staffing, &finished, 0.95);
//! println!("{}", serde_json::to_string(&outcome).unwrap());
//! # }
//! ```

mod bench;
mod beyond;
mod bins;
mod busyness;
mod by_thread;
mod chunks;
pub mod compare;
mod costs;
mod decide;
mod digest;
mod dues;
mod felt;
mod figures;
#[cfg(test)]
mod fixture;
mod found_in_group;
mod found_in_queue;
mod found_levels;
mod frame;
mod fresh_demand;
mod gather;
mod gathering;
mod hands;
mod journey;
mod judge;
mod kept;
mod level;
mod listener;
mod measure;
mod measure_journey;
#[cfg(test)]
mod measured;
mod money;
mod nudge;
mod outcome;
mod payroll;
mod reading;
mod replay;
mod replicate;
mod replies;
mod runs_together;
mod same_customers;
mod shelf;
mod side_by_side;
mod slice;
mod spells;
mod sweep;
mod tested;
pub mod wordings;
mod worth;
mod yardstick;

pub use crate::engine::Staffing;
pub use bench::Bench;
pub use fresh_demand::{FreshDemand, TooManyReturns, fresh_demand};
pub use gather::Gather;
pub use gathering::Gathering;
pub use judge::until_decided;
pub use kept::{Keeper, Kept, KeptAt};
pub use level::Level;
pub use measure::measure;
pub use nudge::{Nudged, Nudging};
pub use outcome::{
    AnnouncedWait, Bin, CallbackScoring, DayPercentiles, DayServiceLevel, DoneWithin, Felt, FirstAttempts,
    GroupInterval, GroupOutcome, KeptWithin, Outcome, Place, QueueInterval, QueueOutcome, ServiceLevel,
    TargetKind, TargetOutcome, Total, Verdict, WaitPercentiles,
};
pub use reading::{CONTROLS, Pair, QueueReading, Reader, Reading, controlled, every_queue};
pub use replay::{Played, replay};
pub use replicate::{Finished, Job};
pub(crate) use side_by_side::side_by_side;
pub use sweep::{Ask, Counts, Stage};
