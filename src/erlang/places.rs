//! A queue with finitely many places: the exponential series cut short, `e_m(y) = Σ_{j<m} yʲ/j!`.
//!
//! With `m` places to wait, the arrivals that are met with `V` seconds of work ahead thin out by the factor
//! `e_m(y)/eʸ`, the probability that a Poisson variable with mean `y` is below `m`.

use super::b::inverse_blocking;

/// How many calls may wait at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Places {
    /// As many as come.
    Unlimited,
    /// At most this many, a whole number.
    Limited(f64),
}

/// More places than this are as good as unlimited; no telephone system has them, and the work stays bounded.
const MANY: f64 = 1e7;

impl Places {
    /// The places that `lines` lines leave beside `agents` agents.
    pub(super) fn beside(agents: f64, lines: Option<u32>) -> Self {
        match lines.map(|lines| (f64::from(lines) - agents).floor().max(0.0)) {
            Some(places) if places < MANY => Self::Limited(places),
            _ => Self::Unlimited,
        }
    }

    /// Whether nobody can wait at all.
    pub(super) fn none(self) -> bool {
        self == Self::Limited(0.0)
    }

    /// `ln e_m(y)`, or `y` if places are unlimited.
    pub(super) fn log_series(self, y: f64) -> f64 {
        match self {
            Self::Unlimited => y,
            Self::Limited(places) if y < places => y + (-at_least(places, y)).ln_1p(),
            Self::Limited(places) => log_term(places - 1.0, y) + inverse_blocking(y, places - 1.0).ln(),
        }
    }

    /// `e_{m−1}(y)/e_m(y)`, the derivative of [`Places::log_series`]; 1 if places are unlimited.
    pub(super) fn log_series_slope(self, y: f64) -> f64 {
        match self {
            Self::Unlimited => 1.0,
            Self::Limited(places) => -(log_term(places - 1.0, y) - self.log_series(y)).exp_m1(),
        }
    }
}

/// `P(N ≥ k)` for a Poisson variable with mean `y < k`.
fn at_least(k: f64, y: f64) -> f64 {
    let (mut sum, mut term, mut next) = (1.0, 1.0, k + 1.0);
    while term > 1e-18 * sum {
        term *= y / next;
        sum += term;
        next += 1.0;
    }
    (log_term(k, y) - y).exp() * sum
}

/// `ln(yᵏ/k!)`, by Stirling's formula with its error where `k` is large, so that digits do not cancel.
fn log_term(k: f64, y: f64) -> f64 {
    if k == 0.0 {
        0.0
    } else {
        k * (1.0 + (y / k).ln()) - 0.5 * (std::f64::consts::TAU * k).ln() - stirling_error(k)
    }
}

/// `ln k! − (k ln k − k + ½ ln 2πk)`.
fn stirling_error(k: f64) -> f64 {
    if k < 16.0 {
        return libm::lgamma(k + 1.0) - (k * k.ln() - k + 0.5 * (std::f64::consts::TAU * k).ln());
    }
    let square = 1.0 / (k * k);
    (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0))) / k
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(places: u32, y: f64) -> f64 {
        let mut term = 1.0;
        (0..places)
            .map(|j| {
                term *= if j == 0 { 1.0 } else { y / f64::from(j) };
                term
            })
            .sum()
    }

    #[test]
    fn the_cut_series_and_its_slope() {
        for (places, y) in
            [(1, 0.0), (1, 7.0), (2, 0.3), (5, 4.9), (5, 5.1), (40, 1e-3), (40, 39.0), (40, 300.0)]
        {
            let limited = Places::Limited(f64::from(places));
            let wanted = series(places, y);
            assert!(
                (limited.log_series(y) - wanted.ln()).abs() < 1e-13 * (1.0 + wanted.ln()),
                "{places}, {y}"
            );
            let slope = series(places - 1, y) / wanted;
            assert!((limited.log_series_slope(y) - slope).abs() < 1e-12, "{places}, {y}");
        }
    }

    #[test]
    fn agents_beyond_the_lines_leave_no_place() {
        assert!(Places::beside(9.0, Some(8)).none());
        assert_eq!(Places::beside(2.5, Some(8)), Places::Limited(5.0));
        assert_eq!(Places::beside(2.0, Some(u32::MAX)), Places::Unlimited);
    }
}
