//! From a promise, or a requirement, to shifts: how many people work which shift on which day, and when they take their
//! breaks.
//!
//! 1. [`mod@patterns`]: every way in which somebody may work on a day, out of the scenario's `[shifts]`.
//! 2. [`needs`]: what each group needs in every interval, or what its people must bring together where the promise is over
//!    the day.
//! 3. [`schedule`]: needs and the [`rules`] of the schedule as a program; [`solver`] finds the cheapest shifts and the bound
//!    below which none can be. [`mod@promise`] solves and simulates until a promise over the day is kept;
//!    [`mod@jointly`] does so for groups that share queues.
//! 4. [`mod@kept`]: what customers get, simulated; [`answer`]: all that is said of it. [`mod@coverage`]: people and hours
//!    against the need. [`mod@roster`]: the shifts dealt out to people, a row for each person and day. [`mod@prices`]: what
//!    each rule costs.
//! 5. With contracts: [`mod@crew`] are the people, `contract_rules` what their weeks ask of the shifts chosen, and
//!    [`mod@tours`] joins the shifts into people's weeks.

pub mod answer;
mod clock;
mod contract_rules;
pub mod coverage;
pub mod crew;
mod error;
pub mod jointly;
pub mod kept;
mod mixed;
pub mod needs;
pub mod patterns;
pub mod prices;
pub mod promise;
pub mod roster;
mod rules;
pub mod schedule;
pub mod solver;
pub mod tours;

pub use answer::Answer;
pub use error::ShiftsError;
pub use jointly::jointly;
pub use kept::{kept, staffing};
pub use needs::{Gain, Jointly, Need, Sum};
pub use patterns::{Pattern, Pause, patterns};
pub use prices::{Price, prices};
pub use promise::{Promised, promised};
pub use roster::{Duty, dealt, roster};
pub use schedule::{Schedule, cover};
pub use tours::{Tours, tours};
