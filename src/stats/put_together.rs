//! The chance that the sum over several independent runs reaches a goal: a promise over a month, from days.
//!
//! Given the values of `n` independent runs, the chance that `k` of them add up to at least 0 is estimated by drawing
//! them with replacement: `p̂ = P*(X₁ + … + X_k ≥ 0)`. Drawing more sums does not make it surer, for the runs are the
//! sample. How sure it is follows from what each run contributes: with `h(x) = P*(x + X₂ + … + X_k ≥ 0)` the first-order
//! term of such a statistic is `k·(h(xᵢ) − p̂)/n` (Hoeffding 1948; von Mises 1947), so its variance is
//! `k²·var h / n`. The interval is made on the probit scale, where that variance hardly depends on `p`, with Student's t.
//! Where hardly any sum lies on one side, the tail is not seen by the runs: there the interval is Wilson's, for as many
//! stretches as the runs would fill without being used twice.

use super::estimate::Estimate;
use super::proportion::wilson;
use super::quantiles::{normal, student_t, tail_of};
use rand::RngExt;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use std::f64::consts::PI;

/// Sums drawn: their own error, at most 0.3 points, is added to that of the runs.
const DRAWS: usize = 1 << 15;
/// Sums that must lie on each side before the probit scale is trusted.
const EACH_SIDE: f64 = 100.0;

/// The chance that `runs` independent values add up to 0 or more, from values with how often each was seen, in ascending
/// order. Nothing without values. The same seed gives the same estimate.
///
/// ```
/// use headcount::stats::sum_reaches;
/// // Six days in ten end a contact above the goal, four a contact below: of 21 days together
/// // 82.6% end at or above it (binomial).
/// let met = sum_reaches(&[(-1, 4000), (1, 6000)], 21, 1, 0.95).unwrap();
/// assert!(met.contains(0.826) && met.half_width() < 0.04);
/// ```
pub fn sum_reaches(values: &[(i128, u64)], runs: u64, seed: u64, level: f64) -> Option<Estimate> {
    reaches(values, runs, seed, level, DRAWS)
}

fn reaches(values: &[(i128, u64)], runs: u64, seed: u64, level: f64, draws: usize) -> Option<Estimate> {
    let n: u64 = values.iter().map(|(_, count)| count).sum();
    if n == 0 || runs < 2 {
        let hits = values.iter().filter(|(value, _)| *value >= 0).map(|(_, count)| count).sum();
        return wilson(hits, n, level);
    }
    let others = sums(values, runs - 1, seed, draws);
    let chances = values.iter().map(|&(value, count)| {
        let short = others.partition_point(|other| other.saturating_add(value) < 0);
        (1.0 - short as f64 / draws as f64, count as f64)
    });
    let (mean, variance) = weighted(chances, n as f64);
    let drawn = mean * (1.0 - mean) / draws as f64;
    let error = ((runs as f64).powi(2) * variance / n as f64 + drawn).sqrt();
    let (stretches, each_side) = (n / runs, mean.min(1.0 - mean) * draws as f64);
    if stretches < 2 || each_side < EACH_SIDE {
        return few(mean, stretches, level, n);
    }
    let at = if mean < 0.5 { -normal(mean) } else { normal(1.0 - mean) };
    let density = (-at * at / 2.0).exp() / (2.0 * PI).sqrt();
    let half = student_t(tail_of(level), n as f64 - 1.0) * error / density;
    Estimate::between(mean, below(at - half), below(at + half), level, n)
}

/// Sums of so many values drawn with replacement, in ascending order.
fn sums(values: &[(i128, u64)], of: u64, seed: u64, draws: usize) -> Vec<i128> {
    let mut upto = 0;
    let ends: Vec<u64> = values
        .iter()
        .map(|(_, count)| {
            upto += count;
            upto
        })
        .collect();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut draw = || {
        let at = ((u128::from(random.random::<u64>()) * u128::from(upto)) >> 64) as u64;
        values[ends.partition_point(|end| *end <= at)].0
    };
    let mut sums: Vec<i128> =
        (0..draws).map(|_| (0..of).fold(0_i128, |sum, _| sum.saturating_add(draw()))).collect();
    sums.sort_unstable();
    sums
}

/// Mean and variance of numbers with weights that add up to `n`.
fn weighted(numbers: impl Iterator<Item = (f64, f64)> + Clone, n: f64) -> (f64, f64) {
    let mean = numbers.clone().map(|(x, weight)| x * weight).sum::<f64>() / n;
    let squares: f64 = numbers.map(|(x, weight)| (x - mean).powi(2) * weight).sum();
    (mean.clamp(0.0, 1.0), if n > 1.0 { squares / (n - 1.0) } else { f64::INFINITY })
}

/// What may be said where the runs hardly see one side.
fn few(mean: f64, stretches: u64, level: f64, n: u64) -> Option<Estimate> {
    let hits = (mean * stretches as f64).round() as u64;
    let (low, high) = wilson(hits, stretches, level).map_or((0.0, 1.0), |e| (e.low, e.high));
    Estimate::between(mean, low, high, level, n)
}

/// The chance that a standard normal lies below `x`.
fn below(x: f64) -> f64 {
    if x.is_nan() { f64::NAN } else { libm::erfc(-x / std::f64::consts::SQRT_2) / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Binomial, DiscreteCDF};
    use std::collections::BTreeMap;

    /// `n` days of `calls` calls, each answered in time with chance `level`, held against 80%, in fifths of a call.
    fn days(random: &mut Xoshiro256PlusPlus, n: usize, calls: u32, level: f64) -> Vec<(i128, u64)> {
        let mut seen = BTreeMap::new();
        for _ in 0..n {
            let good = (0..calls).filter(|_| random.random::<f64>() < level).count() as i128;
            *seen.entry(5 * good - 4 * i128::from(calls)).or_insert(0) += 1;
        }
        seen.into_iter().collect()
    }

    /// The exact chance that of all calls of the month 80% are answered in time.
    fn exact(calls: u32, runs: u64, level: f64) -> f64 {
        let all = u64::from(calls) * runs;
        1.0 - Binomial::new(level, all).unwrap().cdf((4 * all).div_ceil(5) - 1)
    }

    /// How often the interval held the exact chance, and the mean of the estimates.
    fn coverage(n: usize, calls: u32, runs: u64, level: f64, studies: u32) -> (f64, f64) {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
        let truth = exact(calls, runs, level);
        let (mut held, mut sum) = (0, 0.0);
        for study in 0..studies {
            let seen = days(&mut random, n, calls, level);
            let e = reaches(&seen, runs, u64::from(study), 0.95, 1 << 12).unwrap();
            held += u32::from(e.contains(truth));
            sum += e.mean;
        }
        (f64::from(held) / f64::from(studies), sum / f64::from(studies))
    }

    /// Six comparisons with the binomial distribution: the interval holds the exact chance at least as often as it says,
    /// less 3 standard errors of the count of studies.
    #[test]
    fn the_interval_holds_the_exact_chance_of_a_month() {
        let studies = 400;
        let least = 0.95 - 3.0 * (0.95 * 0.05 / f64::from(studies)).sqrt();
        for (n, runs, level) in [
            (210, 21, 0.80),
            (210, 21, 0.82),
            (420, 21, 0.83),
            (420, 21, 0.79),
            (100, 4, 0.82),
            (84, 5, 0.81),
        ] {
            let (held, mean) = coverage(n, 40, runs, level, studies);
            assert!(held >= least, "{n} {runs} {level}: {held}");
            // The bias of drawing with replacement is of the order runs/n, small beside the interval.
            assert!((mean - exact(40, runs, level)).abs() < 0.05, "{n} {runs} {level}: {mean}");
        }
    }

    /// Two comparisons with the binomial distribution, with so many days that 3 standard errors are small.
    #[test]
    fn many_days_find_the_exact_chance() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
        for level in [0.795, 0.81] {
            let seen = days(&mut random, 200_000, 40, level);
            let e = sum_reaches(&seen, 21, 1, 0.997_300_203_936_740).unwrap();
            assert!(e.contains(exact(40, 21, level)), "{level}: {e:?}");
            assert!(e.half_width() < 0.02, "{e:?}");
        }
    }

    #[test]
    fn single_runs_are_counted() {
        assert_eq!(sum_reaches(&[(-3, 1), (0, 2), (4, 1)], 1, 9, 0.95), wilson(3, 4, 0.95));
        assert_eq!(sum_reaches(&[], 21, 9, 0.95), None);
    }

    #[test]
    fn what_was_never_seen_is_not_ruled_out() {
        // a thousand good days are 47 months without a miss, and no more
        let sure = sum_reaches(&[(5, 1000)], 21, 1, 0.95).unwrap();
        assert_eq!((sure.mean, sure.high), (1.0, 1.0));
        assert!((sure.low - wilson(47, 47, 0.95).unwrap().low).abs() < 1e-12);
        // thirty days are one month; less than one says nothing
        let one = sum_reaches(&[(5, 30)], 21, 1, 0.95).unwrap();
        assert!((one.low - wilson(1, 1, 0.95).unwrap().low).abs() < 1e-12);
        let little = sum_reaches(&[(5, 20)], 21, 1, 0.95).unwrap();
        assert_eq!((little.low, little.high), (0.0, 1.0));
        // sums that would overflow stay where they are
        let far = sum_reaches(&[(i128::MIN, 50), (i128::MAX, 50)], 3, 1, 0.95).unwrap();
        assert!(far.low >= 0.0 && far.high <= 1.0);
    }

    #[test]
    fn the_same_seed_gives_the_same_chance() {
        let seen = days(&mut Xoshiro256PlusPlus::seed_from_u64(3), 500, 60, 0.81);
        let of = |seed| sum_reaches(&seen, 21, seed, 0.95).unwrap();
        assert_eq!(of(5), of(5));
        assert_ne!(of(5), of(6));
        // what differs between seeds is the drawing, a few tenths of a point
        assert!((of(5).mean - of(6).mean).abs() < 0.02);
    }
}
