//! The t statistic corrected for skewness, and the interval that goes with it.
//!
//! `g(t) = t + d/6 + d t²/3 + d² t³/27`, `d` the skewness of the mean (that of one replication over `√R`). The first
//! three terms are Johnson's (1978); Hall (1992) added the cubic, which makes `g` monotone — it is `((1 + dt/3)³ − 1)/d
//! + d/6` — and so invertible.

use super::control::Adjusted;

/// Hall's transform of `t`.
pub(crate) fn transform(t: f64, d: f64) -> f64 {
    t + d / 6.0 + d * t * t / 3.0 + d * d * t * t * t / 27.0
}

/// The `t` with `transform(t, d) = g`.
fn inverse(g: f64, d: f64) -> f64 {
    let shifted = g - d / 6.0;
    if (d * shifted).abs() < 1e-6 {
        return shifted - d * shifted * shifted / 3.0;
    }
    ((1.0 + d * shifted).cbrt() - 1.0) * 3.0 / d
}

/// The statistic for the hypothesis that the mean is 0; infinite, with the mean's sign, when nothing varies.
pub(crate) fn statistic(fit: &Adjusted) -> f64 {
    if fit.error > 0.0 {
        transform(fit.mean / fit.error, fit.skew)
    } else if fit.mean == 0.0 {
        0.0
    } else {
        f64::INFINITY.copysign(fit.mean)
    }
}

/// The means that a test with this quantile on each side does not reject.
pub(crate) fn interval(fit: &Adjusted, quantile: f64) -> (f64, f64) {
    if fit.error > 0.0 {
        let end = |g| fit.mean - fit.error * inverse(g, fit.skew);
        (end(quantile), end(-quantile))
    } else {
        (fit.mean, fit.mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_undoes_the_transform() {
        for d in [-2.0, -0.5, -1e-3, -1e-9, 0.0, 1e-9, 1e-3, 0.3, 1.5] {
            for t in [-6.0, -2.0, -0.1, 0.0, 0.1, 2.0, 6.0] {
                let back = transform(inverse(t, d), d);
                assert!((back - t).abs() < 1e-9 * (1.0 + t.abs() * 100.0), "{d} {t}: {back}");
            }
        }
    }

    #[test]
    fn rare_misses_weaken_the_case_for_met() {
        // left-skewed margins: an upper tail of t must clear a higher bar
        assert!(transform(3.0, -0.5) < 2.0 && transform(-3.0, -0.5) < -3.0);
    }

    #[test]
    fn the_interval_holds_zero_exactly_when_the_test_does_not_reject() {
        for (mean, skew) in [(0.5, -0.4), (2.5, -0.4), (2.1, 0.3), (-2.5, -0.2), (-1.0, 0.5)] {
            let fit = Adjusted { mean, error: 1.0, freedom: 31.0, skew };
            let (low, high) = interval(&fit, 2.0);
            assert_eq!(low <= 0.0 && 0.0 <= high, statistic(&fit).abs() <= 2.0, "{mean} {skew}");
        }
    }
}
