//! Offered load over time: how many calls would be in hand if nobody ever waited.
//!
//! M_t/G/∞ with arrivals at rate `λ(t)` and handle times of law `S`, empty at the start (Eick, Massey and Whitt
//! 1993):
//!
//! `m(t) = ∫₀ᵗ λ(t−u) P(S > u) du`,
//!
//! and the number in hand is Poisson with that mean. Unlike `calls × AHT` interval by interval, it knows that long
//! calls reach into the next interval, so the peak of the work comes later than the peak of the calls, and is lower.
//! It ignores waiting and hanging up.
//!
//! With rates constant over each interval only `partial(x) = ∫₀ˣ P(S > u) du` is needed, in seconds; every
//! [`Law`](super::Law) has it.

use super::fault::{Fault, check_rate, check_time};
use super::quadrature::{bounds, integrate};

/// The mean number in hand at `t_s` seconds after an empty start, with `rates_per_s[i]` calls per second over the
/// `i`-th interval of `interval_s` seconds and none afterwards. Before the start it is 0.
///
/// # Errors
/// A rate that is negative or not finite, or an interval outside the limits of [`Fault`].
///
/// ```
/// use headcount::erlang::{Fixed, Law, mean_in_hand};
/// // 60 calls an hour for half an hour, 10 minutes each.
/// let law = Fixed::new(600.0).unwrap();
/// let at = |t_s| mean_in_hand(&[1.0 / 60.0], 1800.0, |x| law.partial(x), t_s).unwrap();
/// assert!((at(300.0) - 5.0).abs() < 1e-12);
/// assert!((at(1200.0) - 10.0).abs() < 1e-12);
/// assert!(at(2400.0).abs() < 1e-12);
/// ```
pub fn mean_in_hand(
    rates_per_s: &[f64],
    interval_s: f64,
    partial: impl Fn(f64) -> f64,
    t_s: f64,
) -> Result<f64, Fault> {
    check_rates(rates_per_s, interval_s)?;
    // What began `x` seconds ago or later, per call per second; a call from the future does not count.
    let begun = |x: f64| if x > 0.0 { within_bounds(partial(x), x) } else { 0.0 };
    let edge = |i: usize| t_s.min(f64::MAX) - interval_s * i as f64;
    Ok(rates_per_s.iter().enumerate().map(|(i, rate)| rate * (begun(edge(i)) - begun(edge(i + 1)))).sum())
}

/// The average of [`mean_in_hand`] over each interval: the offered load in erlangs to staff the interval for.
///
/// An interval's calls weigh on a later one by how far it lies behind, so the whole is one table of weights: a week
/// of quarter-hours takes about a millisecond.
///
/// # Errors
/// A rate that is negative or not finite, or an interval outside the limits of [`Fault`].
///
/// ```
/// use headcount::erlang::{Exponential, Law, interval_loads};
/// // Half-hours with 12, 60 and 12 calls of 20 minutes.
/// let rates = [12.0, 60.0, 12.0].map(|calls| calls / 1800.0);
/// let law = Exponential::new(1200.0).unwrap();
/// let loads = interval_loads(&rates, 1800.0, |x| law.partial(x)).unwrap();
/// // calls × AHT says 8, 40 and 8.
/// let rounded: Vec<f64> = loads.iter().map(|load| load.round()).collect();
/// assert_eq!(rounded, [4.0, 23.0, 21.0]);
/// ```
pub fn interval_loads(
    rates_per_s: &[f64],
    interval_s: f64,
    partial: impl Fn(f64) -> f64,
) -> Result<Vec<f64>, Fault> {
    check_rates(rates_per_s, interval_s)?;
    let weights = weights(rates_per_s.len(), interval_s, partial);
    Ok((0..rates_per_s.len())
        .map(|now| rates_per_s[..=now].iter().rev().zip(&weights).map(|(rate, weight)| rate * weight).sum())
        .collect())
}

/// For each distance in intervals, the mean number in hand per call per second that arrived so many intervals before;
/// ends where the rest is nothing.
fn weights(intervals: usize, interval_s: f64, partial: impl Fn(f64) -> f64) -> Vec<f64> {
    let (mut weights, mut sum, mut before) = (Vec::new(), 0.0, 0.0);
    for distance in 0..intervals {
        let from = interval_s * distance as f64;
        let [area] =
            integrate(&bounds(from, from + interval_s, 2, &[]), 1e-12, |x| [within_bounds(partial(x), x)]);
        let weight = (area / interval_s - before).max(0.0);
        before = area / interval_s;
        sum += weight;
        // `partial` is concave, so once past the first the weights only fall.
        if distance > 0 && weight <= 1e-16 * sum {
            break;
        }
        weights.push(weight);
    }
    weights
}

/// A `partial(x)` drawn to what it can be, from 0 to `x`; NaN counts as zero.
fn within_bounds(partial: f64, x: f64) -> f64 {
    partial.max(0.0).min(x)
}

/// Whether the intervals and their rates are usable.
fn check_rates(rates_per_s: &[f64], interval_s: f64) -> Result<(), Fault> {
    check_time(interval_s)?;
    rates_per_s.iter().try_for_each(|rate| check_rate(*rate).map(|_| ()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::erlang::{Exponential, Fixed, Gamma, Law, Lognormal};

    #[test]
    fn an_interval_mean_is_the_average_of_its_moments() {
        let rates = [12.0, 30.0, 54.0, 66.0, 48.0].map(|calls| calls / 1800.0);
        let laws: [Box<dyn Law>; 5] = [
            Box::new(Exponential::new(30.0).unwrap()),
            Box::new(Exponential::new(4000.0).unwrap()),
            Box::new(Fixed::new(2500.0).unwrap()),
            Box::new(Gamma::new(300.0, 0.7).unwrap()),
            Box::new(Lognormal::new(600.0, 1.5).unwrap()),
        ];
        for law in &laws {
            let means = interval_loads(&rates, 1800.0, |x| law.partial(x)).unwrap();
            for (i, mean) in means.iter().enumerate() {
                let from = 1800.0 * i as f64;
                let kinks = [from + 700.0, from + 2500.0 - 1800.0];
                let [area] = integrate(&bounds(from, from + 1800.0, 4, &kinks), 1e-12, |t| {
                    [mean_in_hand(&rates, 1800.0, |x| law.partial(x), t).unwrap()]
                });
                assert!((area / 1800.0 / mean - 1.0).abs() < 1e-10, "interval {i}: {mean}");
            }
        }
    }

    #[test]
    fn the_first_interval_in_closed_form() {
        // λ·(1/Δ)∫₀^Δ s(1 − e^{−x/s}) dx = λs·(1 − (s/Δ)(1 − e^{−Δ/s}))
        let loads = interval_loads(&[1.0], 1800.0, |x| -1200.0 * (-x / 1200.0).exp_m1()).unwrap();
        let wanted = 1200.0 * (1.0 + 2.0 / 3.0 * (-1.5f64).exp_m1());
        assert!((loads[0] / wanted - 1.0).abs() < 1e-13);
    }

    #[test]
    fn unusable_input_is_a_fault_and_no_intervals_are_none() {
        assert!(interval_loads(&[f64::NAN], 1800.0, |x| x).is_err());
        assert!(interval_loads(&[1.0], 0.0, |x| x).is_err());
        assert!(mean_in_hand(&[-1.0], 1800.0, |x| x, 1.0).is_err());
        assert_eq!(interval_loads(&[], 1800.0, |x| x), Ok(vec![]));
        assert_eq!(mean_in_hand(&[1.0], 1800.0, |x| x, -5.0), Ok(0.0));
        assert_eq!(mean_in_hand(&[1.0], 1800.0, |_| f64::NAN, 5.0), Ok(0.0));
        assert_eq!(mean_in_hand(&[1.0], 1800.0, |x| x, f64::INFINITY), Ok(0.0));
        assert_eq!(interval_loads(&[1.0], 1800.0, |_| f64::NAN), Ok(vec![0.0]));
    }
}
