//! Quantiles of the normal and of Student's t, safe for every argument.
//!
//! The t quantile comes from the expansion in 1/ν of Abramowitz and Stegun (1964), 26.7.5, where it is exact to ten
//! digits, and from solving the incomplete beta function (26.7.1) elsewhere; both end after a bounded number of steps.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::beta_reg;

/// The chance outside on each side of a two-sided interval: `(1 − level) / 2`. An impossible level claims nothing: 0.
pub(crate) fn tail_of(level: f64) -> f64 {
    if level > 0.0 && level < 1.0 { (1.0 - level) / 2.0 } else { 0.0 }
}

/// `z` such that a standard normal exceeds it with probability `tail`; infinite for `tail ≤ 0`, at least 0.
pub(crate) fn normal(tail: f64) -> f64 {
    if tail > 0.0 { -Normal::standard().inverse_cdf(tail.min(0.5)) } else { f64::INFINITY }
}

/// `t` such that Student's t with `freedom` degrees exceeds it with probability `tail`; infinite without freedom.
pub(crate) fn student_t(tail: f64, freedom: f64) -> f64 {
    if tail.is_nan() || tail <= 0.0 || freedom.is_nan() || freedom < 1.0 {
        return f64::INFINITY;
    }
    let tail = tail.min(0.5);
    let z = normal(tail);
    if z == 0.0 {
        0.0
    } else if freedom >= 25.0 * (z * z + 1.0) {
        expansion(z, freedom)
    } else {
        solve(tail, freedom, z)
    }
}

/// Abramowitz and Stegun 26.7.5.
fn expansion(z: f64, freedom: f64) -> f64 {
    let s = z * z;
    let g1 = z * (s + 1.0) / 4.0;
    let g2 = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let g3 = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let g4 = z * ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92_160.0;
    z + (g1 + (g2 + (g3 + g4 / freedom) / freedom) / freedom) / freedom
}

/// The chance above `t`: half of `I_{ν/(ν+t²)}(ν/2, ½)`.
fn above(t: f64, freedom: f64) -> f64 {
    beta_reg(freedom / 2.0, 0.5, freedom / (freedom + t * t)) / 2.0
}

/// Regula falsi (Illinois) in ln t, where the logarithm of the tail is nearly straight.
fn solve(tail: f64, freedom: f64, z: f64) -> f64 {
    let excess = |u: f64| (above(u.exp(), freedom) / tail).ln();
    let mut near = z.ln();
    let mut far = near + 1.0;
    while excess(far) > 0.0 && far < 300.0 {
        (near, far) = (far, far + 2.0 * (far - near));
    }
    let (mut f_near, mut f_far) = (excess(near), excess(far));
    for _ in 0..60 {
        let next = (near * f_far - far * f_near) / (f_far - f_near);
        if !next.is_finite() || (far - near).abs() < 1e-13 {
            break;
        }
        let f_next = excess(next);
        if f_next * f_far < 0.0 {
            (near, f_near) = (far, f_far);
        } else {
            f_near /= 2.0;
        }
        (far, f_far) = (next, f_next);
        if f_next.abs() < 1e-13 {
            break;
        }
    }
    far.exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_tables_are_reproduced() {
        let table = [
            (0.025, 1.0, 12.706_204_736),
            (0.025, 2.0, 4.302_652_730),
            (0.025, 3.0, 3.182_446_305),
            (0.025, 5.0, 2.570_581_836),
            (0.025, 10.0, 2.228_138_852),
            (0.025, 30.0, 2.042_272_456),
            (0.025, 60.0, 2.000_297_822),
            (0.025, 120.0, 1.979_930_405),
            (0.025, 1000.0, 1.962_339_081),
            (0.005, 4.0, 4.604_094_871),
            (0.0005, 7.0, 5.407_882_521),
            (0.25, 3.0, 0.764_892_328),
            (0.0005, 1e9, 3.290_526_743),
        ];
        for (tail, freedom, t) in table {
            assert!(
                (student_t(tail, freedom) - t).abs() < 1e-8,
                "{tail} {freedom}: {}",
                student_t(tail, freedom)
            );
        }
    }

    #[test]
    fn small_tails_invert_the_distribution() {
        for freedom in [1.0, 2.0, 3.0, 7.0, 31.0, 63.0, 500.0] {
            for tail in [0.4, 0.1, 1e-3, 1e-5, 1e-7, 1e-9] {
                let t = student_t(tail, freedom);
                let back = above(t, freedom);
                assert!((back / tail - 1.0).abs() < 1e-7, "{freedom} {tail}: {t} gives {back}");
            }
        }
    }

    #[test]
    fn the_expansion_meets_the_solution_where_it_takes_over() {
        for tail in [0.1, 0.025, 1e-4, 1e-7] {
            let z = normal(tail);
            let freedom = 25.0 * (z * z + 1.0);
            assert!((expansion(z, freedom) / solve(tail, freedom, z) - 1.0).abs() < 1e-8, "{tail}");
        }
    }

    #[test]
    fn odd_arguments_give_infinity_not_a_panic() {
        for (tail, freedom) in [(0.0, 5.0), (-1.0, 5.0), (f64::NAN, 5.0), (0.1, 0.0), (0.1, f64::NAN)] {
            assert_eq!(student_t(tail, freedom), f64::INFINITY);
        }
        assert_eq!(tail_of(f64::NAN), 0.0);
        assert_eq!(student_t(0.7, 5.0), 0.0);
        assert!(student_t(1e-300, 3.0).is_finite());
    }
}
