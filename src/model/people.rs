//! People rather than numbers: who stays away, who comes late, who is still learning.

use super::Law;

/// What is uncertain, or changes, about a group's people. Everything is off by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// Chance that a person at work on a day stays away that day: a risk, drawn anew for each day and seat.
    pub absence: f64,
    /// Coming late to the start of a shift.
    pub late: Option<Late>,
    /// Being slower at first.
    pub learning: Option<Learning>,
}

/// Coming late.
#[derive(Clone, Debug, PartialEq)]
pub struct Late {
    /// Chance that a person comes late on a day.
    pub share: f64,
    /// How late.
    pub by: Law,
}

/// Being slower at first: handle times are multiplied by 1 + (`factor` − 1) · exp(−3 · week / `weeks`), week from 0 at
/// the start of the run, so that 95% of the lag is gone after `weeks`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learning {
    /// The multiplier on the first day.
    pub factor: f64,
    /// Weeks until it is nearly gone.
    pub weeks: f64,
}

impl People {
    /// Whether planned people may stay away or come late.
    pub fn are_uncertain(&self) -> bool {
        self.absence > 0.0 || self.late.is_some()
    }
}

impl Learning {
    /// The multiplier on handle times on a day of the run, from 0; weeks are days / 7.
    ///
    /// ```
    /// use headcount::model::Learning;
    /// let learning = Learning { factor: 1.5, weeks: 8.0 };
    /// assert_eq!(learning.factor_on(0), 1.5);
    /// assert!((learning.factor_on(56) - (1.0 + 0.5 * (-3.0f64).exp())).abs() < 1e-15); // 95% of the lag is gone
    /// ```
    pub fn factor_on(&self, day: usize) -> f64 {
        let week = day as f64 / 7.0;
        1.0 + (self.factor - 1.0) * libm::exp(-3.0 * week / self.weeks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lag_shrinks_from_day_to_day_and_never_ends() {
        let slow = Learning { factor: 1.4, weeks: 4.0 };
        let days: Vec<f64> = (0..60).map(|day| slow.factor_on(day)).collect();
        assert!(days.windows(2).all(|pair| pair[1] < pair[0]) && days[59] > 1.0);
        // Half a week in: 1 + 0.4 e^(−3 · 0.5 / 4); a day is a seventh of a week.
        let half_a_week = f64::midpoint(slow.factor_on(3), slow.factor_on(4));
        assert!((half_a_week - (1.0 + 0.4 * (-0.375f64).exp())).abs() < 1e-3);
        assert_eq!(Learning { factor: 1.0, weeks: 4.0 }.factor_on(9), 1.0);
    }
}
