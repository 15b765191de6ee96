//! Service level day by day: what tomorrow may bring.
//!
//! The long-run level of a queue is a ratio of sums ([`RatioMoments`]); this file keeps the other question, how the
//! level of a single day is spread: its percentiles, the mean of the daily ratios, and on what share of days a goal
//! was met. A day on which nothing was offered has no level and is counted apart.

use super::estimate::Estimate;
use super::moments::RatioMoments;
use super::proportion::{quantile_ranks, wilson};

/// Bins over 0..1, so that a bin is 0.05 percentage points wide; one more holds the days at exactly 1.
const BINS: u64 = 2000;
/// Daily ratios are summed as whole multiples of 2⁻³².
const UNIT: u128 = 1 << 32;

/// Whether `good / offered ≥ goal`, decided in whole numbers.
///
/// The goal is read as the nearest multiple of 10⁻⁹, so that 55% of 100 is 55 although `0.55 * 100.0` is a hair more
/// than that in floating point. A day without offers meets any goal up to 0 only; a goal that is not a number is
/// never met.
///
/// ```
/// use headcount::stats::meets;
/// assert!(meets(9, 10, 0.9) && meets(55, 100, 0.55) && !meets(89, 100, 0.9));
/// ```
pub fn meets(good: u64, offered: u64, goal: f64) -> bool {
    if goal.is_nan() {
        return false;
    }
    let billionths = (goal * 1e9).round().clamp(0.0, 1e18) as u128;
    (offered > 0 || billionths == 0) && u128::from(good) * 1_000_000_000 >= billionths * u128::from(offered)
}

/// The distribution of the daily service level.
///
/// Percentiles are those of a histogram with bins of 0.05 points (0 and 1 are exact); shares and means are exact.
///
/// ```
/// use headcount::stats::DayLevels;
/// let mut days = DayLevels::new(Some(0.8));
/// for good in [70, 80, 85, 90, 95] {
///     days.record(&[(good, 100)]); // one replication of one day
/// }
/// assert_eq!(days.days_met(0.95).unwrap().mean, 0.8);
/// assert!((days.percentile(50.0, 0.95).unwrap().mean - 0.85).abs() < 0.0005);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct DayLevels {
    goal: Option<f64>,
    bins: Vec<u64>,
    empty: u64,
    several: bool,
    ratios: RatioMoments,
    met: RatioMoments,
}

impl DayLevels {
    /// Without days yet. `goal` is the level of which [`Self::days_met`] tells how often it was reached.
    pub fn new(goal: Option<f64>) -> Self {
        Self {
            goal,
            bins: vec![0; BINS as usize + 1],
            empty: 0,
            several: false,
            ratios: RatioMoments::default(),
            met: RatioMoments::default(),
        }
    }

    /// Counts one replication: `(good, offered)` of each of its days.
    pub fn record(&mut self, days: &[(u64, u64)]) {
        let (mut sum, mut met, mut counted) = (0u128, 0, 0);
        for &(good, offered) in days.iter().filter(|day| day.1 > 0) {
            let (part, whole) = (u128::from(good.min(offered)), u128::from(offered));
            self.bins[(part * u128::from(BINS) / whole) as usize] += 1;
            sum += part * UNIT / whole;
            met += u64::from(self.goal.is_some_and(|goal| meets(good, offered, goal)));
            counted += 1;
        }
        self.empty += days.len() as u64 - counted;
        self.several |= days.len() > 1;
        self.ratios.push(u64::try_from(sum).unwrap_or(u64::MAX), counted);
        self.met.push(met, counted);
    }

    /// Adds what another one counted; both must have been made for the same goal.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.bins.iter_mut().zip(&other.bins) {
            *mine += theirs;
        }
        self.empty += other.empty;
        self.several |= other.several;
        self.ratios.merge(&other.ratios);
        self.met.merge(&other.met);
    }

    /// Days that had a level.
    pub fn days(&self) -> u64 {
        self.bins.iter().sum()
    }

    /// Days on which nothing was offered.
    pub fn empty_days(&self) -> u64 {
        self.empty
    }

    /// The mean of the daily ratios, every day weighing the same; nothing without days.
    pub fn mean(&self, level: f64) -> Option<Estimate> {
        self.ratios.share_in(UNIT as f64, level)
    }

    /// The share of days that reached the goal; nothing without days or without a goal.
    ///
    /// One day per replication: Wilson's interval, for the days are independent. Several: the ratio of moments over
    /// replications, since days of one replication hang together.
    pub fn days_met(&self, level: f64) -> Option<Estimate> {
        self.goal?;
        if self.several {
            self.met.ratio_share(level)
        } else {
            let hits = u64::try_from(self.met.numerator().sum()).unwrap_or(u64::MAX);
            wilson(hits, self.days(), level)
        }
    }

    /// The percentile `percent` (0..100) of the daily level with the order-statistic interval of binomial ranks; nothing
    /// without days or for a `percent` outside 0..100.
    ///
    /// With several days per replication the ranks are those of as many independent days as there were replications:
    /// wider than needed unless the days of a replication are all alike, and never narrower.
    pub fn percentile(&self, percent: f64, level: f64) -> Option<Estimate> {
        let days = self.days();
        let p = percent / 100.0;
        if days == 0 || !(0.0..=1.0).contains(&p) {
            return None;
        }
        let independent = days.min(self.met.replications()).max(1);
        let (low, high) = quantile_ranks(independent, p, level);
        let per_rank = days as f64 / independent as f64;
        let rank = (p * days as f64 * (1.0 - 2.0 * f64::EPSILON)).ceil();
        let low = if low == 0 { 0.0 } else { self.at_rank((low - 1) as f64 * per_rank + 1.0).0 };
        let high = if high > independent { 1.0 } else { self.at_rank((high as f64 * per_rank).ceil()).1 };
        let (least, most) = self.at_rank(rank);
        Estimate::between(f64::midpoint(least, most), low, high, level, self.met.replications())
    }

    /// Bins that hold anything, for a chart: lower and upper edge, and how many days.
    pub fn bins(&self) -> impl Iterator<Item = (f64, f64, u64)> + '_ {
        let held = self.bins.iter().enumerate().filter(|(_, days)| **days > 0);
        held.map(|(bin, &days)| {
            let (least, most) = edges(bin);
            (least, most, days)
        })
    }

    /// Edges of the bin with the day of this rank, counted from 1.
    fn at_rank(&self, rank: f64) -> (f64, f64) {
        let rank = rank.max(1.0) as u64;
        let mut below = 0;
        for (bin, days) in self.bins.iter().enumerate() {
            below += days;
            if below >= rank {
                return edges(bin);
            }
        }
        (1.0, 1.0)
    }
}

/// Lower and upper edge of a bin; the last is exactly 1.
fn edges(bin: usize) -> (f64, f64) {
    let edge = |bin: usize| (bin as f64 / BINS as f64).min(1.0);
    (edge(bin), edge(bin + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::synthetic::{Draws, within};

    #[test]
    fn a_goal_is_met_exactly_where_arithmetic_says_so() {
        for offered in 1..=1000u64 {
            for percent in 0..=100u64 {
                let good = (percent * offered).div_ceil(100);
                let goal = percent as f64 / 100.0;
                assert!(meets(good, offered, goal), "{good}/{offered} {goal}");
                assert!(good == 0 || !meets(good - 1, offered, goal), "{good}-1/{offered} {goal}");
            }
        }
        assert!(
            !meets(5, 5, f64::NAN) && !meets(0, 0, 0.5) && meets(0, 0, -1.0) && !meets(5, 5, f64::INFINITY)
        );
        assert!(meets(u64::MAX, u64::MAX, 1.0));
    }

    #[test]
    fn percentiles_agree_with_sorted_days() {
        let mut draws = Draws::new(11);
        let mut days = DayLevels::new(None);
        let mut levels: Vec<f64> = (0..999)
            .map(|_| {
                let chance = 0.8 + 0.1 * draws.uniform();
                let good = draws.binomial(1000, chance);
                days.record(&[(good, 1000)]);
                good as f64 / 1000.0
            })
            .collect();
        levels.sort_unstable_by(f64::total_cmp);
        for (percent, rank) in [(5.0, 50), (50.0, 500), (95.0, 950)] {
            let e = days.percentile(percent, 0.95).unwrap();
            assert!((e.mean - levels[rank - 1]).abs() <= 0.0005, "{percent}: {e:?}");
            assert!(e.low < e.mean && e.mean < e.high && e.half_width() < 0.02);
        }
        let mean = levels.iter().sum::<f64>() / 999.0;
        assert!((days.mean(0.95).unwrap().mean - mean).abs() < 1e-9);
    }

    #[test]
    fn percentile_intervals_hold_the_truth() {
        // levels uniform on 0.6..1: the 5th percentile is 0.62
        let mut draws = Draws::new(12);
        let (runs, truth) = (1000, 0.62);
        let held = (0..runs).filter(|_| {
            let mut days = DayLevels::new(None);
            (0..200).for_each(|_| days.record(&[((6e8 + 4e8 * draws.uniform()) as u64, 1_000_000_000)]));
            days.percentile(5.0, 0.95).is_some_and(|e| e.contains(truth))
        });
        let share = held.count() as f64 / f64::from(runs);
        // discrete ranks can only cover more than they must
        assert!(share > 0.95 - 0.021 && share < 0.995, "{share}");
    }

    #[test]
    fn shares_of_days_cluster_by_replication() {
        let mut draws = Draws::new(13);
        let runs = 1000;
        // one coin per replication decides all its five days: Wilson over 500 days would be far too narrow
        let held = (0..runs).filter(|_| {
            let mut days = DayLevels::new(Some(0.8));
            for _ in 0..100 {
                let good = if draws.uniform() < 0.7 { 9 } else { 5 };
                days.record(&[(good, 10); 5]);
            }
            days.days_met(0.95).is_some_and(|e| e.contains(0.7))
        });
        let share = held.count() as f64 / f64::from(runs);
        assert!(within(share, 0.95, runs, 0.01), "{share}");
    }

    #[test]
    fn single_days_use_wilson() {
        let mut days = DayLevels::new(Some(0.8));
        (0..10).for_each(|day| days.record(&[(if day == 0 { 7 } else { 8 }, 10)]));
        let met = days.days_met(0.95).unwrap();
        assert_eq!((met.mean, met.low), (0.9, wilson(9, 10, 0.95).unwrap().low));
    }

    #[test]
    fn several_days_widen_the_percentiles() {
        let (mut apart, mut together) = (DayLevels::new(None), DayLevels::new(None));
        for k in 0..400u64 {
            apart.record(&[(500 + k, 1000)]);
        }
        for k in 0..20u64 {
            let week: Vec<(u64, u64)> = (0..20).map(|j| (500 + 20 * k + j, 1000)).collect();
            together.record(&week);
        }
        let [a, b] = [apart, together].map(|days| days.percentile(50.0, 0.95).unwrap());
        assert_eq!(a.mean, b.mean);
        assert!(b.half_width() > 3.0 * a.half_width());
    }

    #[test]
    fn extremes_are_exact_and_empty_days_apart() {
        let mut days = DayLevels::new(Some(1.0));
        assert_eq!((days.mean(0.95), days.percentile(5.0, 0.95), days.days_met(0.95)), (None, None, None));
        (0..50).for_each(|_| days.record(&[(7, 7), (0, 0)]));
        assert_eq!((days.days(), days.empty_days()), (50, 50));
        assert_eq!(days.mean(0.95).unwrap().mean, 1.0);
        assert!(days.mean(0.95).unwrap().low > 0.92 && days.mean(0.95).unwrap().low < 1.0);
        assert_eq!(days.percentile(50.0, 0.95).unwrap().mean, 1.0);
        assert_eq!(days.percentile(101.0, 0.95), None);
        assert_eq!(days.bins().collect::<Vec<_>>(), [(1.0, 1.0, 50)]);
    }

    #[test]
    fn merging_in_any_order_gives_the_same_bytes() {
        let mut parts = [DayLevels::new(Some(0.5)), DayLevels::new(Some(0.5))];
        let mut whole = DayLevels::new(Some(0.5));
        for k in 0..40u64 {
            let day = [(k, 40), (40 - k, 41)];
            parts[(k % 2) as usize].record(&day);
            whole.record(&day);
        }
        let [mut a, mut b] = parts.clone();
        a.merge(&parts[1]);
        b.merge(&parts[0]);
        assert_eq!((&a, &b), (&whole, &whole));
    }
}
