//! The chance that the sum over several independent runs reaches a goal: a promise over a month, from days.
//!
//! Given the values of `n` independent runs, the chance that `k` of them add up to at least 0 is estimated by drawing
//! them with replacement: `p̂ = P*(X₁ + … + X_k ≥ 0)`. Drawing more sums does not make it surer, for the runs are the
//! sample. How sure it is follows from what each run contributes: with `h(x) = P*(x + X₂ + … + X_k ≥ 0)` the first-order
//! term of such a statistic is `k·(h(xᵢ) − p̂)/n` (Hoeffding 1948; von Mises 1947), so its variance is
//! `k²·var h / n`. The interval is made on the probit scale, where that variance hardly depends on `p`, with Student's t.
//! Where hardly any sum lies on one side, the tail is not seen by the runs: there the interval is Wilson's, for as many
//! stretches as the runs would fill without being used twice.
//!
//! A stretch in which nobody came keeps no promise and breaks none. So the chance is one of a ratio, `R = A/B`: `A` that the
//! sum reaches 0 and anybody came, `B` that anybody came. To the first order a run contributes `k·(a(x) − R·b(x))/(B·n)`,
//! with `a` and `b` the chances given that run, as `h` above.

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

/// The chance that several independent runs add up to 0 or more, drawn once from what was seen; its interval at any
/// confidence level is [`Self::at`].
///
/// ```
/// use headcount::stats::PutTogether;
/// // Six days in ten end a contact above the goal, four a contact below: of 21 days together
/// // 82.6% end at or above it (binomial).
/// let met = PutTogether::draw(&[(-1, 4000), (1, 6000)], 0, 21, 1).at(0.95).unwrap();
/// assert!(met.contains(0.826) && met.half_width() < 0.04);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PutTogether {
    /// Runs that were seen.
    n: u64,
    /// Stretches with anybody that they would fill without being used twice.
    stretches: u64,
    /// The chance of a stretch in which anybody came; nothing where nobody ever did.
    mean: Option<f64>,
    /// Standard error of the mean.
    error: f64,
    /// Sums on the rarer side, of those drawn; 0 where a run is a stretch and nothing was drawn.
    each_side: f64,
}

impl PutTogether {
    /// Draws stretches of `runs` runs from the values of those that were seen, with how often each was, in ascending order,
    /// and from `nobody` runs in which nobody came: those add nothing, and stretches made of them alone are not counted. The
    /// same seed gives the same estimate.
    pub fn draw(values: &[(i128, u64)], nobody: u64, runs: u64, seed: u64) -> Self {
        Self::drawn(values, nobody, runs.max(1), seed, DRAWS)
    }

    fn drawn(values: &[(i128, u64)], nobody: u64, runs: u64, seed: u64, draws: usize) -> Self {
        let came: u64 = values.iter().map(|(_, count)| count).sum();
        let n = came + nobody;
        if came == 0 {
            return Self { n, stretches: 0, mean: None, error: f64::INFINITY, each_side: 0.0 };
        }
        let (others, empty) = sums(values, nobody, runs - 1, seed, draws);
        let reaches = |value: i128| {
            let short = others.partition_point(|other| other.saturating_add(value) < 0);
            1.0 - short as f64 / draws as f64
        };
        // The chance that nobody comes in all the other runs, and that anybody does in all of them.
        let others_empty = empty as f64 / draws as f64;
        let anybody = 1.0 - others_empty * nobody as f64 / n as f64;
        let seen = values.iter().map(|&(value, count)| (reaches(value), 1.0, count as f64));
        let quiet = (reaches(0) - others_empty, 1.0 - others_empty, nobody as f64);
        let seen: Vec<(f64, f64, f64)> = seen.chain((nobody > 0).then_some(quiet)).collect();
        let kept = seen.iter().map(|(kept, _, count)| kept * count).sum::<f64>() / n as f64;
        let mean = (kept / anybody).clamp(0.0, 1.0);
        // What each run contributes to the ratio of both chances, to the first order: nothing on average.
        let squares = seen.iter().map(|(kept, of, count)| ((kept - mean * of) / anybody).powi(2) * count);
        let variance = if n > 1 { squares.sum::<f64>() / (n as f64 - 1.0) } else { f64::INFINITY };
        let drawn = mean * (1.0 - mean) / (draws as f64 * anybody);
        let error = ((runs as f64).powi(2) * variance / n as f64 + drawn).sqrt();
        let each_side = if runs > 1 { mean.min(1.0 - mean) * anybody * draws as f64 } else { 0.0 };
        let stretches = (n as f64 * anybody / runs as f64) as u64;
        Self { n, stretches, mean: Some(mean), error, each_side }
    }

    /// How many stretches in which anybody came the runs would fill without being used twice.
    pub fn stretches(&self) -> u64 {
        self.stretches
    }

    /// How many runs were seen.
    pub fn runs(&self) -> u64 {
        self.n
    }

    /// The share of stretches that reach 0, of those in which anybody came, with its interval at a confidence level;
    /// nothing where nobody ever came.
    pub fn at(&self, level: f64) -> Option<Estimate> {
        let mean = self.mean?;
        if self.stretches < 2 || self.each_side < EACH_SIDE {
            return few(mean, self.stretches, level, self.n);
        }
        let at = if mean < 0.5 { -normal(mean) } else { normal(1.0 - mean) };
        let density = (-at * at / 2.0).exp() / (2.0 * PI).sqrt();
        let half = student_t(tail_of(level), self.n as f64 - 1.0) * self.error / density;
        Estimate::between(mean, below(at - half), below(at + half), level, self.n)
    }
}

/// Sums of so many runs drawn with replacement, in ascending order, and how many of them hold only runs in which nobody came:
/// those add 0.
fn sums(values: &[(i128, u64)], nobody: u64, of: u64, seed: u64, draws: usize) -> (Vec<i128>, usize) {
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
        let at = ((u128::from(random.random::<u64>()) * u128::from(upto + nobody)) >> 64) as u64;
        values.get(ends.partition_point(|end| *end <= at)).map(|(value, _)| *value)
    };
    let mut empty = 0;
    let mut sum = |_| {
        let runs = (0..of).map(|_| draw());
        let add = |sum: Option<i128>, run: Option<i128>| match run {
            Some(value) => Some(sum.unwrap_or(0).saturating_add(value)),
            None => sum,
        };
        let sum = runs.fold(None, add);
        empty += usize::from(sum.is_none());
        sum.unwrap_or(0)
    };
    let mut sums: Vec<i128> = (0..draws).map(&mut sum).collect();
    sums.sort_unstable();
    (sums, empty)
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
    use statrs::distribution::{Binomial, Discrete, DiscreteCDF};
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
            let e = PutTogether::drawn(&seen, 0, runs, u64::from(study), 1 << 12).at(0.95).unwrap();
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
            let e = PutTogether::draw(&seen, 0, 21, 1).at(0.997_300_203_936_740).unwrap();
            assert!(e.contains(exact(40, 21, level)), "{level}: {e:?}");
            assert!(e.half_width() < 0.02, "{e:?}");
        }
    }

    /// Nobody comes on nine days in ten; on the others a week gains or loses one contact. Two comparisons with the exact
    /// chance, a sum over how many days have anybody, of those weeks in which anybody came; and with 0 at the goal, every
    /// empty week would have kept the promise.
    #[test]
    fn stretches_without_anybody_are_not_counted() {
        let of = |k: u64, p: f64, n: u64| Binomial::new(p, n).unwrap().pmf(k);
        for (good, runs) in [(0.4, 5), (0.6, 21)] {
            let kept =
                |days: u64| (0..=days).filter(|k| 2 * k >= days).map(|k| of(k, good, days)).sum::<f64>();
            let busy: f64 = (1..=runs).map(|days| of(days, 0.1, runs) * kept(days)).sum();
            let exact = busy / (1.0 - of(0, 0.1, runs));
            let up = (good * 20_000.0) as u64;
            let found = PutTogether::draw(&[(-1, 20_000 - up), (1, up)], 180_000, runs, 5);
            let e = found.at(0.997_300_203_936_740).unwrap();
            assert!(e.contains(exact) && e.half_width() < 0.03, "{good} {runs}: {e:?} for {exact}");
        }
    }

    /// How often the interval holds the exact chance where most days are empty: one comparison, 3 standard errors of the
    /// count of studies.
    #[test]
    fn the_interval_holds_where_most_days_are_empty() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(17);
        let of = |k: u64, p: f64, n: u64| Binomial::new(p, n).unwrap().pmf(k);
        let kept = |days: u64| (0..=days).filter(|k| 2 * k >= days).map(|k| of(k, 0.5, days)).sum::<f64>();
        let exact = (1..=5).map(|days| of(days, 0.2, 5) * kept(days)).sum::<f64>() / (1.0 - of(0, 0.2, 5));
        let studies = 400;
        let held = (0..studies).filter(|&study| {
            let came = (0..400).filter(|_| random.random::<f64>() < 0.2).count() as u64;
            let up = (0..came).filter(|_| random.random::<f64>() < 0.5).count() as u64;
            let values = [(-1, came - up), (1, up)];
            let found = PutTogether::drawn(&values, 400 - came, 5, study, 1 << 12).at(0.95);
            found.is_some_and(|e| e.contains(exact))
        });
        let (held, n) = (held.count() as f64, studies as f64);
        assert!(held / n >= 0.95 - 3.0 * (0.95 * 0.05 / n).sqrt(), "{held} of {n}");
    }

    #[test]
    fn single_runs_are_counted() {
        let met = |nobody| PutTogether::draw(&[(-3, 1), (0, 2), (4, 1)], nobody, 1, 9).at(0.95).unwrap();
        assert_eq!(Some(met(0)), wilson(3, 4, 0.95));
        // Runs in which nobody came are no stretches.
        assert_eq!((met(5).mean, met(5).low, met(5).high), (met(0).mean, met(0).low, met(0).high));
        assert_eq!(PutTogether::draw(&[], 0, 21, 9).at(0.95), None);
        assert_eq!(PutTogether::draw(&[], 1000, 21, 9).at(0.95), None);
    }

    #[test]
    fn what_was_never_seen_is_not_ruled_out() {
        // a thousand good days are 47 months without a miss, and no more
        let at = |values: &[(i128, u64)], runs| PutTogether::draw(values, 0, runs, 1).at(0.95).unwrap();
        let sure = at(&[(5, 1000)], 21);
        assert_eq!((sure.mean, sure.high), (1.0, 1.0));
        assert!((sure.low - wilson(47, 47, 0.95).unwrap().low).abs() < 1e-12);
        // thirty days are one month; less than one says nothing
        let one = at(&[(5, 30)], 21);
        assert!((one.low - wilson(1, 1, 0.95).unwrap().low).abs() < 1e-12);
        let little = at(&[(5, 20)], 21);
        assert_eq!((little.low, little.high), (0.0, 1.0));
        // sums that would overflow stay where they are
        let far = at(&[(i128::MIN, 50), (i128::MAX, 50)], 3);
        assert!(far.low >= 0.0 && far.high <= 1.0);
    }

    #[test]
    fn the_same_seed_gives_the_same_chance() {
        let seen = days(&mut Xoshiro256PlusPlus::seed_from_u64(3), 500, 60, 0.81);
        let of = |seed| PutTogether::draw(&seen, 0, 21, seed).at(0.95).unwrap();
        assert_eq!(of(5), of(5));
        assert_ne!(of(5), of(6));
        // what differs between seeds is the drawing, a few tenths of a point
        assert!((of(5).mean - of(6).mean).abs() < 0.02);
    }
}
