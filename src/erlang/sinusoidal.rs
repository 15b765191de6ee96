//! Offered load under arrivals that rise and fall like a sine: the textbook case of the lag between calls and work.
//!
//! With `λ(t) = λ̄ + β·sin(ωt)` for ever, M_t/G/∞ has the mean number in hand
//! `m(t) = λ̄·E[S] + β·(c·sin ωt − s·cos ωt)`, `c = ∫₀^∞ cos(ωu) P(S > u) du`, `s = ∫₀^∞ sin(ωu) P(S > u) du`
//! (Eick, Massey and Whitt 1993). The peak is flatter than `λ(t)·E[S]` and comes later by `atan2(s, c)/ω`.

use std::f64::consts::TAU;

use super::fault::{Fault, check_rate, check_time};
use super::law::Law;
use super::quadrature::{bounds, integrate};

/// The most quarter periods that are integrated; longer calls than that are cut, and found in no centre.
const MAX_QUARTERS: f64 = 200_000.0;

/// The mean number in hand under sinusoidal arrivals in their periodic steady state.
///
/// ```
/// use headcount::erlang::{Exponential, Sinusoid};
/// // 100 calls an hour on average, 60 more at noon than at six, calls of an hour.
/// let handling = Exponential::new(3600.0).unwrap();
/// let hand = Sinusoid::new(100.0 / 3600.0, 60.0 / 3600.0, 86_400.0, &handling).unwrap();
/// assert!((hand.peak() - 158.04).abs() < 0.01);
/// assert!((hand.lag_s() / 60.0 - 58.68).abs() < 0.01); // minutes after the calls' peak
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sinusoid {
    mean: f64,
    amplitude: f64,
    lag: f64,
    frequency: f64,
}

impl Sinusoid {
    /// Under `mean_per_s + swing_per_s·sin(2πt/period_s)` calls per second with handle times of `law`.
    ///
    /// # Errors
    /// A rate that is negative or not finite, or a period or a mean of the law outside the limits of [`Fault`].
    pub fn new(mean_per_s: f64, swing_per_s: f64, period_s: f64, law: &impl Law) -> Result<Self, Fault> {
        let (mean_per_s, swing_per_s) = (check_rate(mean_per_s)?, check_rate(swing_per_s)?);
        let (frequency, mean_s) = (TAU / check_time(period_s)?, check_time(law.mean_s())?);
        let [cosine, sine] = transforms(frequency, law);
        Ok(Self {
            mean: mean_per_s * mean_s,
            amplitude: swing_per_s * cosine.hypot(sine),
            lag: sine.atan2(cosine),
            frequency,
        })
    }

    /// The mean number in hand at `t_s` seconds.
    pub fn at(&self, t_s: f64) -> f64 {
        self.mean + self.amplitude * (self.frequency * t_s - self.lag).sin()
    }

    /// The average over a period, `λ̄·E[S]`.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The largest value.
    pub fn peak(&self) -> f64 {
        self.mean + self.amplitude
    }

    /// How long after the peak of the calls the peak of the work comes, in seconds.
    pub fn lag_s(&self) -> f64 {
        self.lag / self.frequency
    }
}

/// The cosine and sine transforms of the survival function.
fn transforms(frequency: f64, law: &impl Law) -> [f64; 2] {
    let quarter = TAU / frequency / 4.0;
    let mut end = law.mean_s();
    while law.survival(end) > 1e-17 && end < quarter * MAX_QUARTERS {
        end *= 1.1;
    }
    let end = end.min(quarter * MAX_QUARTERS);
    let mut kinks: Vec<f64> = (0..8).map(|halvings| law.mean_s() / f64::from(1 << halvings)).collect();
    kinks.extend(law.kinks());
    let parts = (end / quarter).ceil().clamp(8.0, MAX_QUARTERS) as u32;
    integrate(&bounds(0.0, end, parts, &kinks), 1e-14, |u| {
        let (sine, cosine) = (frequency * u).sin_cos();
        let survival = law.survival(u);
        [cosine * survival, sine * survival]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::erlang::{Exponential, Fixed};

    #[test]
    fn the_exponential_law_in_closed_form() {
        // c = s̄/(1 + (ωs̄)²), and the lag is atan(ωs̄)/ω.
        let hand = Sinusoid::new(0.1, 0.05, 3600.0, &Exponential::new(900.0).unwrap()).unwrap();
        let turn = TAU / 4.0;
        assert!((hand.peak() - (90.0 + 45.0 / (1.0 + turn * turn).sqrt())).abs() < 1e-12);
        assert!((hand.lag_s() - turn.atan() * 3600.0 / TAU).abs() < 1e-10);
    }

    #[test]
    fn calls_of_one_length_lag_by_half_of_it() {
        let hand = Sinusoid::new(0.1, 0.05, 3600.0, &Fixed::new(300.0).unwrap()).unwrap();
        assert!((hand.lag_s() - 150.0).abs() < 1e-10);
        assert!(Sinusoid::new(0.1, 0.05, f64::NAN, &Fixed::new(300.0).unwrap()).is_err());
    }
}
