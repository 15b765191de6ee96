//! Money over replications, in whole millionths, so that sums are exact and any order gives the same bytes.
//!
//! An amount may be negative: a bonus, or an outcome that costs. The sums of `stats` are of counts, which are not; an
//! amount is therefore kept as the difference of two, what is above nothing and what is below. The moments of the
//! difference of paired tallies are those of the amount itself.

use crate::stats::{Estimate, PairedMeans, PairedRatios};

/// Parts of one unit of money.
const PARTS: f64 = 1e6;

/// An amount of money in whole millionths, to the nearest.
pub(super) fn amount(money: f64) -> i128 {
    (money * PARTS).round() as i128
}

/// What an amount has above nothing and below; one of the two is zero.
fn sides(amount: i128) -> (u64, u64) {
    let whole = |part: i128| u64::try_from(part.max(0)).unwrap_or(u64::MAX);
    (whole(amount), whole(amount.saturating_neg()))
}

/// The mean amount per replication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Money(PairedMeans);

impl Money {
    /// Counts one replication's amount.
    pub(super) fn push(&mut self, amount: i128) {
        let (above, below) = sides(amount);
        self.0.push(above, below);
    }

    /// Adds what another one counted.
    pub(super) fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0);
    }

    /// The mean with Student's t interval, cut to what one replication can bring, `least` to `most`.
    ///
    /// Where every replication brought the same — no penalty in a hundred days — the t interval has no width, which
    /// would read as certainty. Then the rule is that of [`crate::stats::RatioMoments::ratio_share`]: a replication
    /// unlike those seen may still have probability up to `q = 1 − (α/2)^{1/R}`, and may bring the least or the most.
    /// It needs both to be finite.
    pub(super) fn mean(&self, level: f64, least: f64, most: f64) -> Option<Estimate> {
        let e = self.0.difference(level)?.map(|x| x / PARTS).clip(least, most);
        let bounded = least.is_finite() && most.is_finite();
        if e.low < e.high || e.replications < 2 || !bounded {
            return Some(e);
        }
        let unseen = 1.0 - ((1.0 - level) / 2.0).powf(1.0 / e.replications as f64);
        let (low, high) = (e.mean - unseen * (e.mean - least), e.mean + unseen * (most - e.mean));
        Estimate::between(e.mean, low, high, level, e.replications)
    }
}

/// An amount over a count: the ratio of their expectations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MoneyPer(PairedRatios);

impl MoneyPer {
    /// Counts one replication's amount and what it was for.
    pub(super) fn push(&mut self, amount: i128, count: u64) {
        let (above, below) = sides(amount);
        self.0.push((above, count), (below, count));
    }

    /// Adds what another one counted.
    pub(super) fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0);
    }

    /// The ratio with its interval; nothing where nothing was counted.
    pub(super) fn ratio(&self, level: f64) -> Option<Estimate> {
        let never_below = self.0.second().numerator().sum() == 0;
        let e = if never_below { self.0.first().ratio(level) } else { self.0.difference(level) };
        e.map(|e| e.map(|x| x / PARTS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amounts: &[f64]) -> Money {
        let mut sums = Money::default();
        for &x in amounts {
            sums.push(amount(x));
        }
        sums
    }

    #[test]
    fn amounts_of_both_signs_have_one_mean() {
        let e = money(&[100.0, -50.0, 40.0]).mean(0.95, f64::NEG_INFINITY, f64::INFINITY).unwrap();
        assert_eq!(e.mean, 30.0);
        // deviations 70, −80, 10: variance 11400 / 2; t with two degrees of freedom
        assert!((e.half_width() - 4.302_652_7 * (5700f64 / 3.0).sqrt()).abs() < 1e-5);
    }

    #[test]
    fn what_was_never_seen_is_not_ruled_out() {
        let e = money(&[0.0; 100]).mean(0.95, -500.0, 2000.0).unwrap();
        let unseen = 1.0 - 0.025f64.powf(0.01);
        assert_eq!(e.mean, 0.0);
        assert!((e.low + 500.0 * unseen).abs() < 1e-9 && (e.high - 2000.0 * unseen).abs() < 1e-9);
        let open = money(&[7.0; 100]).mean(0.95, 0.0, f64::INFINITY).unwrap();
        assert_eq!((open.low, open.mean, open.high), (7.0, 7.0, 7.0));
    }

    #[test]
    fn one_replication_claims_only_what_is_possible() {
        let e = money(&[3.0]).mean(0.95, 0.0, 10.0).unwrap();
        assert_eq!((e.low, e.mean, e.high), (0.0, 3.0, 10.0));
        assert_eq!(Money::default().mean(0.95, 0.0, 1.0), None);
    }

    #[test]
    fn amounts_over_counts_are_ratios_of_sums() {
        let mut per = MoneyPer::default();
        for (x, n) in [(120.0, 10), (-20.0, 20), (50.0, 20)] {
            per.push(amount(x), n);
        }
        let e = per.ratio(0.95).unwrap();
        assert!((e.mean - 3.0).abs() < 1e-12);
        // d = x − 3n: 90, −80, −10; its error over the mean count 50/3
        let error = (14_600f64 / 2.0 / 3.0).sqrt() / (50.0 / 3.0);
        assert!((e.half_width() - 4.302_652_7 * error).abs() < 1e-6);
        assert_eq!(MoneyPer::default().ratio(0.95), None);
    }
}
