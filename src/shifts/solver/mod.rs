//! Whole numbers of shifts: the cheapest that cover what is needed, and how far below them anything could lie.
//!
//! The life of a solution: the [`program`] is relaxed to real numbers ([`relax`], solved by [`simplex`]), which gives the
//! bound that is always told; rounded and repaired ([`greedy`]) it is a first answer; then parts of it are taken out and
//! solved again as well as can be ([`branch`]), and a few shifts are taken out and bought again ([`ruin`]), until nothing
//! gets better or the budget is used up ([`search`]).
//!
//! The budget is counted in steps of work, never in seconds: the same program gives the same answer on every machine and
//! with any number of threads.
//!
//! Where the feature `highs` is built, the same program can be given to another solver ([`mod@means`] chooses, `highs` asks).

mod branch;
mod greedy;
#[cfg(feature = "highs")]
mod highs;
mod means;
mod program;
mod relax;
mod ruin;
mod search;
mod simplex;

pub use means::{Effort, Means, Solver, solve};
pub use program::{Column, Limit, Program, Row};
pub use search::{Solved, Unsolved};

/// Where two numbers that a linear program gave are one.
pub(super) const CLOSE: f64 = 1e-6;
