//! From a requirement to shifts: how many people work which shift on which day, and when they take their breaks.
//!
//! 1. [`mod@patterns`]: every way in which somebody may work on a day, out of the scenario's `[shifts]`.
//! 2. [`mod@cover`]: what is needed in every interval, and the rules of the schedule, as a program; [`solver`] finds the
//!    cheapest shifts and the bound below which none can be.
//! 3. [`mod@kept`]: what customers get, simulated. [`mod@roster`]: the shifts dealt out to people, a row for each person and day.
//!
//! Where a scenario plans for a promise over the day, the requirement is that of the plan, interval by interval: the
//! shifts keep the promise because they cover the plan, and usually more than keep it.

pub mod cover;
pub mod kept;
pub mod patterns;
pub mod roster;
pub mod solver;

pub use cover::{Cover, Need, ShiftsError, cover};
pub use kept::{kept, staffing};
pub use patterns::{Pattern, Pause, patterns};
pub use roster::{Duty, roster};
