//! A number that was estimated, with the 95% interval it lies in.

use crate::stats;
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// 97.5% quantile of the normal law.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// An estimate.
///
/// ```
/// use headcount::history::Fitted;
/// assert!(Fitted { value: 322.0, low: 308.0, high: 337.0 }.holds(330.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// The estimate.
    pub value: f64,
    /// Lower end of its 95% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Fitted {
    /// From a standard error.
    pub(super) fn normal(value: f64, error: f64) -> Self {
        Self { value, low: value - Z * error, high: value + Z * error }
    }

    /// From the standard error of the logarithm: for what cannot be below 0.
    pub(super) fn in_logs(value: f64, error: f64) -> Self {
        let factor = (Z * error).exp();
        Self { value, low: value / factor, high: value * factor }
    }

    /// A standard deviation of `freedom` degrees, of normal data.
    pub(super) fn deviation(value: f64, freedom: f64) -> Self {
        let (low, high) = chi_square(freedom);
        Self { value, low: value * (freedom / high).sqrt(), high: value * (freedom / low).sqrt() }
    }

    /// A share: `hits` of `trials`, with [`stats::wilson`]'s interval.
    pub(super) fn share(hits: usize, trials: usize) -> Self {
        let value = hits as f64 / trials as f64;
        let found = stats::wilson(hits as u64, trials as u64, 0.95);
        found.map_or(Self { value, low: 0.0, high: 1.0 }, |found| Self {
            value,
            low: found.low,
            high: found.high,
        })
    }

    /// Whether a value lies in the interval.
    pub fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Every end through a function that rises.
    pub(super) fn map(self, through: impl Fn(f64) -> f64) -> Self {
        Self { value: through(self.value), low: through(self.low), high: through(self.high) }
    }
}

/// The 2.5% and 97.5% quantiles of chi square; of the normal law that it becomes where there are very many degrees.
pub(super) fn chi_square(freedom: f64) -> (f64, f64) {
    if freedom > 5000.0 {
        let half = Z * (2.0 * freedom).sqrt();
        return (freedom - half, freedom + half);
    }
    match ChiSquared::new(freedom) {
        Ok(law) => (law.inverse_cdf(0.025), law.inverse_cdf(0.975)),
        Err(_) => (0.0, f64::INFINITY),
    }
}
