//! How many more replications a test will want, as far as that can be known while it runs.
//!
//! A half-width shrinks with the root of the replications, so a margin `m` that is known to `± h` after `n` of them clears
//! its goal after about `n·(h/m)²`, and the test ends undecided, at the latest, once `h` is below what is worth telling apart
//! or once the most replications are done. Tests look after doubling numbers, so what is wanted is rounded up to a look.
//! The margin itself is uncertain: only where a standard error either way leads to the same end within a factor of two is the
//! end said to be known, else there is a bound.

use super::estimate::Estimate;
use super::quantiles::{normal, tail_of};

/// Replications that are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// About so many, within a factor of two.
    About(u64),
    /// So many at most.
    AtMost(u64),
}

impl Left {
    /// The number.
    pub fn number(self) -> u64 {
        match self {
            Self::About(n) | Self::AtMost(n) => n,
        }
    }

    /// The same with another number.
    #[must_use]
    pub fn map(self, number: impl FnOnce(u64) -> u64) -> Self {
        match self {
            Self::About(n) => Self::About(number(n)),
            Self::AtMost(n) => Self::AtMost(number(n)),
        }
    }
}

/// What a test still wants that has the interval `margin` of its distance from the goal: it ends undecided once the interval
/// is narrower than `indifference` on each side, or after `most` replications.
///
/// ```
/// use headcount::stats::{Estimate, Left, replications_left};
/// // Close to the goal, and two thousand are the most: another thousand, whatever they bring.
/// let margin = Estimate::around(0.002, 0.04, 0.9998, 1000).unwrap();
/// assert_eq!(replications_left(margin, 0.001, 2000), Left::About(1000));
/// // Nearly clear of it: two looks or three more, nobody knows.
/// let margin = Estimate::around(0.018, 0.02, 0.9998, 1000).unwrap();
/// assert_eq!(replications_left(margin, 0.001, 100_000), Left::AtMost(99_000));
/// ```
pub fn replications_left(margin: Estimate, indifference: f64, most: u64) -> Left {
    let done = margin.replications;
    let rest = most.saturating_sub(done);
    let (distance, half) = (margin.mean.abs(), margin.half_width());
    if done == 0 || !half.is_finite() || half <= 0.0 {
        return Left::AtMost(rest);
    }
    let error = half / normal(tail_of(margin.level)).max(1.0);
    let narrow = if indifference > 0.0 { (half / indifference).powi(2) } else { f64::INFINITY };
    let left = |distance: f64| {
        let clear = if distance > 0.0 { (half / distance).powi(2) } else { f64::INFINITY };
        look(done, clear.min(narrow), most) - done.min(most)
    };
    let (sooner, expected, later) =
        (left(distance + error), left(distance), left((distance - error).max(0.0)));
    let known = later <= 2 * expected && expected <= 2 * sooner;
    if known { Left::About(expected) } else { Left::AtMost(left(0.0)) }
}

/// The next look at which so many times the replications are done.
fn look(done: u64, times: f64, most: u64) -> u64 {
    let mut next = done.saturating_mul(2);
    while (next as f64) < times * done as f64 && next < most {
        next = next.saturating_mul(2);
    }
    next.min(most).max(done.min(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A margin with its half-width at an error of 1e-4 on each side.
    fn margin(mean: f64, half: f64, done: u64) -> Estimate {
        Estimate::around(mean, half, 0.9998, done).expect("figures")
    }

    #[test]
    fn it_is_known_only_within_a_factor_of_two() {
        // h/m = 4 from the goal: 16 times as many, ± a standard error (h/3.72) 4 to never
        assert_eq!(replications_left(margin(0.01, 0.04, 100), 0.0, 1 << 20), Left::AtMost((1 << 20) - 100));
        // on the goal it ends when it is narrow: (0.04/0.01)² = 16 times as many, 14 if it is a standard error off
        assert_eq!(replications_left(margin(0.0, 0.04, 100), 0.01, 1 << 20), Left::About(1500));
        // (0.04/0.004)² = 100 times, 14 if it is a standard error off: not known, but no more than 128
        assert_eq!(replications_left(margin(0.0, 0.04, 100), 0.004, 1 << 20), Left::AtMost(12_700));
        // 0.04/0.02 squared: four times as many, whichever way it turns out
        assert_eq!(replications_left(margin(0.0, 0.04, 100), 0.02, 1 << 20), Left::About(300));
        // the most is near: known
        assert_eq!(replications_left(margin(0.01, 0.04, 100), 0.0, 200), Left::About(100));
        // far beyond its interval the next look decides
        assert_eq!(replications_left(margin(0.2, 0.04, 100), 0.0, 1 << 20), Left::About(100));
    }

    #[test]
    fn nothing_known_is_a_bound_and_nothing_left_is_nothing() {
        assert_eq!(replications_left(margin(0.1, f64::INFINITY, 64), 0.001, 4096), Left::AtMost(4032));
        assert_eq!(replications_left(margin(0.1, 0.0, 64), 0.001, 4096), Left::AtMost(4032));
        assert_eq!(replications_left(margin(0.01, 0.04, 200), 0.0, 200), Left::About(0));
        assert_eq!(replications_left(margin(0.01, 0.04, 300), 0.0, 200), Left::About(0));
        assert_eq!(Left::About(3).map(|n| 21 * n), Left::About(63));
        assert_eq!(Left::AtMost(7).number(), 7);
    }

    /// A test of a normal margin that ends where its interval clears the goal at a doubling look: wherever the end was said
    /// to be known, it came within a factor of two in most runs. A standard error either way holds two runs of three.
    #[test]
    fn what_is_said_to_be_known_mostly_is() {
        use crate::stats::synthetic::Draws;
        let mut draws = Draws::new(5);
        let (mut known, mut right) = (0_u32, 0_u32);
        for run in 0..2000 {
            let truth = 0.002 + 0.01 * f64::from(run % 10);
            let (mut sum, mut done, mut said) = (0.0, 0_u64, Vec::new());
            let end = loop {
                let next = if done == 0 { 32 } else { done * 2 };
                for _ in done..next {
                    let radius = (-2.0 * draws.uniform().ln()).sqrt();
                    sum += truth + 0.3 * radius * (std::f64::consts::TAU * draws.uniform()).cos();
                }
                done = next;
                let half = 3.72 * 0.3 / (done as f64).sqrt();
                let seen = margin(sum / done as f64, half, done);
                if !seen.contains(0.0) || half < 0.01 || done >= 1 << 14 {
                    break done;
                }
                said.push((done, replications_left(seen, 0.01, 1 << 14)));
            };
            for (at, left) in said {
                match left {
                    Left::About(n) => {
                        known += 1;
                        right += u32::from(n <= 2 * (end - at) && end - at <= 2 * n);
                    }
                    Left::AtMost(n) => assert!(end - at <= n, "{at} {end} {n}"),
                }
            }
        }
        assert!(known > 200, "{known}");
        assert!(f64::from(right) > 0.667 * f64::from(known), "{right} of {known}");
    }
}
