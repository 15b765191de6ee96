//! Why there are no shifts.

/// Why there are no shifts. The words are for the person who wrote the scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShiftsError {
    /// The scenario has none.
    #[error("there are no shifts to choose from; add [shifts.early] with `starts` and `length`")]
    NoShifts,
    /// Too many ways to work.
    #[error(
        "more than {most} ways to work up to shift {template}; let it start less often (`every`), or give its breaks narrower windows"
    )]
    TooMany {
        /// The template at which it was too much.
        template: String,
        /// How many there may be.
        most: usize,
    },
    /// An interval that no shift reaches.
    #[error(
        "no shift can be at work at {place}, where {people} of {group} are needed; add a start or a longer shift"
    )]
    OutOfReach {
        /// The group.
        group: String,
        /// When.
        place: String,
        /// How many are needed.
        people: u32,
    },
    /// The rules leave no room.
    #[error(
        "no set of shifts covers what is needed within the rules; raise `at_most`, `seats` or `people`, or add shifts"
    )]
    Impossible,
    /// The contracts leave no room, though the other rules do.
    #[error(
        "the people of the contracts cannot work what is needed: without contracts it would take {shifts} shifts of {hours} paid hours together; let a contract have more `people`, other hours or days, or less `rest`"
    )]
    TooFewPeople {
        /// Shifts that would do without contracts.
        shifts: u64,
        /// Their paid hours.
        hours: String,
    },
    /// The contracts give more hours than there may be shifts for.
    #[error(
        "the contracts give more hours than the rules leave room for; lower `hours_a_week` or raise `seats`, `people`, `at_most`"
    )]
    TooManyHours,
    /// A contract whose week no shifts add up to.
    #[error(
        "no shifts of contract {contract} add up to {least} to {most} a week on at most {days} days; allow a `tolerance`, or add shifts of other lengths"
    )]
    NoWeek {
        /// The contract.
        contract: String,
        /// Least hours.
        least: String,
        /// Most hours.
        most: String,
        /// Most days.
        days: u32,
    },
    /// None was found, though there may be one.
    #[error(
        "no set of whole shifts was found that covers what is needed within the rules; loosen a rule a little"
    )]
    NotFound,
}
