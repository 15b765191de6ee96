//! Erlang B: calls that find every line busy are lost.
//!
//! Blocking is `B(n, a) = (aⁿ/n!) / Σ_{k≤n} aᵏ/k!` (Erlang 1917) for Poisson arrivals, any service law, and no
//! waiting. It is computed in the inverse form `1/B(n) = 1 + (n/a)·1/B(n−1)`, a sum of positive terms: nothing
//! cancels and nothing overflows on the way, from a hundredth of an erlang to ten million. For a number of lines that
//! is not whole it is the continuation `1/B(n, a) = ∫₀^∞ e^{−t}(1+t/a)ⁿ dt` (Jagerman 1974), which obeys the same
//! recursion.

use super::fault::{Fault, MAX_LOAD, check_agents, check_load};
use super::quadrature::{bounds, integrate};

/// The share of calls that find all `lines` busy and are lost, offered `load` erlangs.
///
/// # Errors
/// A load or a number of lines outside 0 to [`MAX_LOAD`].
///
/// ```
/// use headcount::erlang::blocking;
/// // 8.108 erlangs on 15 lines lose 1% of the calls.
/// assert!((blocking(8.108, 15).unwrap() - 0.01).abs() < 1e-6);
/// ```
pub fn blocking(load: f64, lines: impl Into<f64>) -> Result<f64, Fault> {
    let lines = check_agents(lines.into())?;
    Ok(1.0 / inverse_blocking(check_load(load)?, lines))
}

/// The fewest lines on which at most the share `target` of the calls is lost, offered `load` erlangs; 0 if nobody
/// calls.
///
/// `None` if no number up to [`MAX_LOAD`] is enough, as for a target of zero, or if an input is outside its domain.
///
/// ```
/// use headcount::erlang::lines_needed;
/// assert_eq!(lines_needed(10.0, 0.05), Some(15));
/// assert_eq!(lines_needed(10.0, 0.0), None);
/// ```
pub fn lines_needed(load: f64, target: f64) -> Option<u32> {
    let load = check_load(load).ok()?;
    if load == 0.0 {
        return (target >= 0.0).then_some(0);
    }
    if target.is_nan() || target <= 0.0 {
        return None;
    }
    let mut inverse = 1.0;
    for lines in 0..=MAX_LOAD as u32 {
        if 1.0 / inverse <= target {
            return Some(lines);
        }
        inverse = 1.0 + f64::from(lines + 1) / load * inverse;
    }
    None
}

/// The most erlangs that `lines` can be offered with at most the share `target` lost, to 15 digits.
///
/// At most [`MAX_LOAD`]; `None` if the target is not above zero or the number of lines is outside its domain.
///
/// ```
/// use headcount::erlang::load_for_blocking;
/// assert!((load_for_blocking(15, 0.01).unwrap() - 8.108_042_797_184_45).abs() < 1e-12);
/// ```
pub fn load_for_blocking(lines: impl Into<f64>, target: f64) -> Option<f64> {
    let lines = check_agents(lines.into()).ok()?;
    if target.is_nan() || target <= 0.0 {
        return None;
    }
    let fits = |load: f64| 1.0 / inverse_blocking(load, lines) <= target;
    Some(largest(lines.max(1.0), fits))
}

/// The largest load at which `fits` holds, given that it holds at 0 and never again once it fails, to the last bits.
pub(super) fn largest(start: f64, fits: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, start.min(MAX_LOAD));
    while fits(high) {
        low = high;
        if high >= MAX_LOAD {
            return MAX_LOAD;
        }
        high = (high * 2.0).min(MAX_LOAD);
    }
    while high - low > 1e-15 * high {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// `1/B(lines, load)`, at least 1; infinite where `B` is below the smallest number.
///
/// Runs the recursion from the top, `1 + n/a + n(n−1)/a² + …`, and stops where the rest no longer counts: about
/// `lines − load + 9·√load` terms.
pub(super) fn inverse_blocking(load: f64, lines: f64) -> f64 {
    let (mut sum, mut term, mut left) = (1.0, 1.0, lines);
    while left >= 1.0 {
        let ratio = left / load;
        term *= ratio;
        sum += term;
        left -= 1.0;
        if sum == f64::INFINITY || (ratio < 1.0 && term * ratio < 1e-18 * sum * (1.0 - ratio)) {
            return sum;
        }
    }
    if left > 0.0 { sum + term * excess_of_fraction(load, left) } else { sum }
}

/// `1/B(fraction, load) − 1` for less than one line: the integral of the continuation after `t = a(eᵘ − 1)`.
pub(super) fn excess_of_fraction(load: f64, fraction: f64) -> f64 {
    let log_of = |u: f64| u - load * u.exp_m1();
    let mut end = 1.0 / (1.0 + load);
    while log_of(end) + fraction * end > -50.0 && end < 800.0 {
        end *= 1.5;
    }
    let [area] = integrate(&bounds(0.0, end, 8, &[]), 1e-13, |u| {
        [(load.ln() + log_of(u)).exp() * (fraction * u).exp_m1()]
    });
    if load > 0.0 { area } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1/B` by the plain recursion.
    fn recursion(load: f64, lines: u32) -> f64 {
        (1..=lines).fold(1.0, |inverse, k| 1.0 + f64::from(k) / load * inverse)
    }

    #[test]
    fn the_sum_from_the_top_is_the_recursion() {
        for (load, lines) in [(0.01, 1), (0.5, 8), (10.0, 20), (100.0, 80), (1000.0, 1029), (9000.0, 500)] {
            let wanted = recursion(load, lines);
            assert!((inverse_blocking(load, f64::from(lines)) / wanted - 1.0).abs() < 1e-13);
        }
    }

    #[test]
    fn between_whole_numbers_the_recursion_still_holds() {
        for (load, lines) in [(1e-3, 0.5), (0.05, 0.25), (2.0, 1.5), (10.0, 7.25), (500.0, 0.9), (1e7, 0.5)] {
            let wanted = 1.0 + (lines + 1.0) / load * inverse_blocking(load, lines);
            assert!((inverse_blocking(load, lines + 1.0) / wanted - 1.0).abs() < 1e-13, "{load} on {lines}");
        }
        // 1/B(1/2, 1) = e·Γ(3/2, 1)
        let half = std::f64::consts::E * 0.507_282_233_811_773_3;
        assert!((inverse_blocking(1.0, 0.5) / half - 1.0).abs() < 1e-13);
    }

    #[test]
    fn the_edges_are_answers() {
        assert_eq!(blocking(0.0, 0), Ok(1.0));
        assert_eq!(blocking(0.0, 0.5), Ok(0.0));
        assert_eq!(blocking(0.0, 3), Ok(0.0));
        assert_eq!(blocking(5.0, 0), Ok(1.0));
        assert_eq!(blocking(1e-300, 10_000_000), Ok(0.0));
        assert!(blocking(1e7, 10_000_000).unwrap() > 0.0);
        assert!(blocking(f64::INFINITY, 3).is_err());
        assert_eq!(lines_needed(0.0, 0.0), Some(0));
        assert_eq!(lines_needed(5.0, f64::NAN), None);
        assert_eq!(lines_needed(5.0, 1.0), Some(0));
        assert_eq!(load_for_blocking(5, 1.0), Some(MAX_LOAD));
        assert_eq!(load_for_blocking(5, f64::NAN), None);
    }
}
