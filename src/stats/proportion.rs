//! Shares of days: how many of `n` independent days kept a promise.

use super::estimate::Estimate;
use super::quantiles::{normal, tail_of};

/// Wilson's score interval for `hits` of `trials` **independent** trials, such as one-day replications.
///
/// `(p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)` (Wilson 1927). Days inside one replication share their
/// backlog and perhaps their week: for them use [`RatioMoments::ratio_share`](super::RatioMoments::ratio_share) over
/// replications. Nothing without trials; hits beyond the trials are cut.
///
/// ```
/// use headcount::stats::wilson;
/// let met = wilson(9, 10, 0.95).unwrap();
/// assert!((met.low - 0.5958).abs() < 1e-4 && (met.high - 0.9821).abs() < 1e-4);
/// ```
pub fn wilson(hits: u64, trials: u64, level: f64) -> Option<Estimate> {
    if trials == 0 {
        return None;
    }
    let n = trials as f64;
    let p = hits.min(trials) as f64 / n;
    let z = normal(tail_of(level));
    let s = z * z / n;
    let (low, high) = if s.is_finite() {
        let half = z * (p * (1.0 - p) / n + s / 4.0 / n).sqrt();
        ((p + s / 2.0 - half) / (1.0 + s), (p + s / 2.0 + half) / (1.0 + s))
    } else {
        (0.0, 1.0)
    };
    Estimate::between(p, low.max(0.0), high.min(1.0), level, trials)
}

/// Ranks `(l, u)`, counted from 1 among `n` sorted independent values, between which the `p`-quantile lies with at
/// least the chance `level`: `P(B < l) ≤ α/2` and `P(B ≥ u) ≤ α/2` for binomial `B(n, p)`. Rank 0 stands for the
/// least possible value, `n + 1` for the greatest (David and Nagaraja 2003, 7.1).
pub(crate) fn quantile_ranks(n: u64, p: f64, level: f64) -> (u64, u64) {
    let tail = tail_of(level);
    if tail <= 0.0 || p <= 0.0 || p >= 1.0 {
        return (0, n.saturating_add(1));
    }
    (lower_rank(n, p, tail), n.saturating_add(1).saturating_sub(lower_rank(n, 1.0 - p, tail)))
}

/// The largest `l` with `P(B(n, p) < l) ≤ tail`: exact summation up to 2000 trials, Cornish–Fisher with one rank to
/// spare above.
fn lower_rank(n: u64, p: f64, tail: f64) -> u64 {
    let trials = n as f64;
    if n > 2000 {
        let z = normal(tail);
        let edge = trials * p - z * (trials * p * (1.0 - p)).sqrt() + (z * z - 1.0) * (1.0 - 2.0 * p) / 6.0;
        return (edge.floor() - 1.0).clamp(0.0, trials) as u64;
    }
    let mut log_mass = trials * (-p).ln_1p();
    let odds = (p / (1.0 - p)).ln();
    let mut sum = 0.0;
    for k in 0..n {
        sum += log_mass.exp();
        if sum > tail {
            return k;
        }
        log_mass += ((n - k) as f64 / (k + 1) as f64).ln() + odds;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_matches_published_values() {
        // Newcombe 1998, table I, method 3
        for (hits, trials, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let e = wilson(hits, trials, 0.95).unwrap();
            assert!((e.low - low).abs() < 1e-4 && (e.high - high).abs() < 1e-4, "{hits}/{trials}: {e:?}");
        }
    }

    #[test]
    fn wilson_never_leaves_the_unit_interval() {
        assert_eq!(wilson(0, 0, 0.95), None);
        for (hits, trials) in [(0, 1), (1, 1), (7, 3), (u64::MAX, u64::MAX)] {
            for level in [0.95, 1.0, f64::NAN] {
                let e = wilson(hits, trials, level).unwrap();
                assert!(0.0 <= e.low && e.low <= e.mean && e.mean <= e.high && e.high <= 1.0, "{e:?}");
            }
        }
    }

    /// P(B(n, p) < l), by Pascal's recursion on probabilities.
    fn below(n: usize, p: f64, l: u64) -> f64 {
        let mut mass = vec![0.0; n + 1];
        mass[0] = 1.0;
        for trial in 0..n {
            for k in (0..=trial + 1).rev() {
                let one_less = if k > 0 { mass[k - 1] } else { 0.0 };
                mass[k] = mass[k] * (1.0 - p) + one_less * p;
            }
        }
        mass.iter().take(l as usize).sum()
    }

    #[test]
    fn ranks_hold_the_exact_binomial_tails() {
        for n in [1, 5, 20, 59, 100, 700] {
            for p in [0.05, 0.5, 0.95] {
                let (l, u) = quantile_ranks(n, p, 0.95);
                assert!(below(n as usize, p, l) <= 0.025 + 1e-12, "{n} {p}");
                assert!(1.0 - below(n as usize, p, u) <= 0.025 + 1e-12, "{n} {p}");
                assert!(l == n || below(n as usize, p, l + 1) > 0.025 - 1e-12, "{n} {p}: not the largest");
            }
        }
        assert_eq!(quantile_ranks(100, 0.5, 0.95), (40, 61));
        assert_eq!(quantile_ranks(20, 0.05, 0.95), (0, 4));
    }

    #[test]
    fn many_trials_are_a_rank_or_two_wider_than_exact() {
        for p in [0.05, 0.5, 0.95] {
            let (l, u) = quantile_ranks(2500, p, 0.95);
            assert!(below(2500, p, l) <= 0.025 && below(2500, p, l + 3) > 0.025, "{p}");
            assert!(1.0 - below(2500, p, u) <= 0.025 && 1.0 - below(2500, p, u - 3) > 0.025, "{p}");
        }
    }
}
