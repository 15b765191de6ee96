//! What the formulas refuse, and the limits within which they answer.

/// The largest load, in erlangs, and the largest number of agents or lines that the formulas take: ten million,
/// far above any centre; it keeps the work of every call bounded.
pub const MAX_LOAD: f64 = 1e7;

/// The shortest length of time, in seconds, that the formulas take as a mean: a microsecond.
pub const MIN_MEAN_S: f64 = 1e-6;

/// The longest length of time, in seconds, that the formulas take as a mean: some 30,000 years.
pub const MAX_MEAN_S: f64 = 1e12;

/// The most contacts in one agent's hands that the formulas take: far above anyone's.
pub const MAX_IN_HAND: u32 = 1000;

/// The most by which a further contact may lengthen the others: a hundred times.
const MAX_EXTRA: f64 = 100.0;

/// Why a formula has no answer: an input outside its domain.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The load is negative, not a number, or above [`MAX_LOAD`].
    #[error("the load must be from 0 to 10,000,000 erlangs, not {0}")]
    Load(f64),
    /// The number of agents or lines is negative, not a number, or above [`MAX_LOAD`].
    #[error("the number of agents or lines must be from 0 to 10,000,000, not {0}")]
    Agents(f64),
    /// A handle time, patience, period or interval is outside [`MIN_MEAN_S`] to [`MAX_MEAN_S`].
    #[error("a time must be from a microsecond to 1,000,000,000,000 s, not {0} s")]
    Time(f64),
    /// A coefficient of variation or a shape is outside the domain of its law.
    #[error("the spread or shape {0} is outside the domain of its law")]
    Shape(f64),
    /// An arrival rate is negative or not finite.
    #[error("an arrival rate must be finite and not negative, not {0}")]
    Rate(f64),
    /// The number in an agent's hands is 0 or above [`MAX_IN_HAND`].
    #[error("the number in hand must be from 1 to 1,000, not {0}")]
    InHand(u32),
    /// The mean number in an agent's hands is below 1, not a number, or above [`MAX_IN_HAND`].
    #[error("the mean number in hand, over the time with any, must be from 1 to 1,000, not {0}")]
    MeanInHand(f64),
    /// Shares of time are negative, too many, or do not add up; with their sum.
    #[error("the shares of time with 1, 2, 3, … in hand must add up to 1, not {0}")]
    Shares(f64),
    /// What several in hand add to a time, as a share of it, is negative, not a number, or above a hundred.
    #[error("what a further contact in hand adds must be a share from 0 to 100, not {0}")]
    Extra(f64),
}

/// The load itself, if the formulas take it.
pub(super) fn check_load(load: f64) -> Result<f64, Fault> {
    if (0.0..=MAX_LOAD).contains(&load) { Ok(load) } else { Err(Fault::Load(load)) }
}

/// The number of agents or lines itself, if the formulas take it.
pub(super) fn check_agents(agents: f64) -> Result<f64, Fault> {
    if (0.0..=MAX_LOAD).contains(&agents) { Ok(agents) } else { Err(Fault::Agents(agents)) }
}

/// The time itself, if the formulas take it as a mean.
pub(super) fn check_time(seconds: f64) -> Result<f64, Fault> {
    if (MIN_MEAN_S..=MAX_MEAN_S).contains(&seconds) { Ok(seconds) } else { Err(Fault::Time(seconds)) }
}

/// The spread or shape itself, if it lies from `low` to `high`.
pub(super) fn check_shape(shape: f64, low: f64, high: f64) -> Result<f64, Fault> {
    if (low..=high).contains(&shape) { Ok(shape) } else { Err(Fault::Shape(shape)) }
}

/// The arrival rate itself, if it is finite and not negative.
pub(super) fn check_rate(rate: f64) -> Result<f64, Fault> {
    if rate.is_finite() && rate >= 0.0 { Ok(rate) } else { Err(Fault::Rate(rate)) }
}

/// The extra time itself, as a share, if the formulas take it.
pub(super) fn check_extra(share: f64) -> Result<f64, Fault> {
    if (0.0..=MAX_EXTRA).contains(&share) { Ok(share) } else { Err(Fault::Extra(share)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_a_number_is_outside_every_domain() {
        assert!(check_load(f64::NAN).is_err());
        assert!(check_agents(f64::NAN).is_err());
        assert!(check_time(f64::NAN).is_err());
        assert!(check_shape(f64::NAN, 0.0, 1.0).is_err());
        assert!(check_rate(f64::NAN).is_err());
        assert!(check_extra(f64::NAN).is_err());
    }

    #[test]
    fn a_fault_names_the_value() {
        assert_eq!(Fault::Load(-1.0).to_string(), "the load must be from 0 to 10,000,000 erlangs, not -1");
    }
}
