//! What may be claimed from a finished run: estimates with their intervals.
//!
//! A run is a number of independent **replications**. Inside one replication everything depends on everything — a
//! late contact delays the next, a busy morning spoils the afternoon — so the replication is the unit from which
//! every interval here is made, never the single contact. Two kinds of "how sure" must not be mixed up:
//!
//! * **Computing error** — how far the printed mean may be from the mean of infinitely many replications. This is
//!   what [`Estimate::low`] and [`Estimate::high`] span; it shrinks with more replications and says nothing about
//!   any single day.
//! * **What tomorrow may bring** — the spread of days itself, which no number of replications makes smaller. It is
//!   described by [`DayLevels`] (service level day by day) and [`WaitHistogram`] (wait by wait); their percentiles
//!   are estimates too, and carry a computing error of their own.
//!
//! Tallies come in as whole numbers and stay whole in [`RatioMoments`], [`MeanMoments`], [`WaitHistogram`] and
//! [`DayLevels`]: merging is associative and commutative, so any number of threads gives the same bytes. Floating
//! point begins where an [`Estimate`] is made.
//!
//! | to claim | use |
//! |---|---|
//! | a ratio of expectations (service level, mean wait, occupancy) | [`RatioMoments`] |
//! | a plain mean per replication (counts, longest wait) | [`MeanMoments`] |
//! | `k` of `n` independent days | [`wilson`] |
//! | how often several days together keep a promise | [`PutTogether`] |
//! | percentiles of waits | [`SectionedHistogram`] |
//! | percentiles and goals of daily service levels | [`DayLevels`] |
//! | one policy against another on the same customers | [`PairedRatios`], [`PairedMeans`] |
//! | a neighbour's figure, played on some replications only | [`carried`] |
//! | met, missed or undecided, at a stated error | [`SequentialTest`] |
//! | the same from sums only | [`Side`] |
//! | one real figure among simulated ones | [`rank_chance`], [`band`] |
//! | when a run may end | [`Stopping`] |
//! | how long a test will still take | [`replications_left`] |

mod carried;
mod control;
mod day_levels;
mod estimate;
mod hall;
mod histogram;
mod left;
mod moments;
mod paired;
mod proportion;
mod put_together;
mod quantiles;
mod rank;
mod sequential;
mod side;
mod stopping;
#[cfg(test)]
mod synthetic;
mod wager;
mod wide;

pub use carried::carried;
pub use day_levels::{DayLevels, meets};
pub use estimate::Estimate;
pub use histogram::{Bin, SectionedHistogram, WaitHistogram};
pub use left::{Left, replications_left};
pub use moments::{MeanMoments, RatioMoments};
pub use paired::{PairedMeans, PairedRatios};
pub use proportion::wilson;
pub use put_together::PutTogether;
pub use rank::{band, rank_chance};
pub use sequential::{Look, Margin, SequentialTest, Verdict};
pub use side::Side;
pub use stopping::{Auto, Fixed, Need, Reason, Step, Stopping};
