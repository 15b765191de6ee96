//! Two policies, staffings or scenarios on the same customers.
//!
//! With common random numbers a replication tells about both, and what they share — a busy day, a run of long calls —
//! cancels in the difference. The interval of the difference is then much narrower than two intervals side by side
//! suggest. As in [`moments`](super::RatioMoments) the sums are whole, merge exactly, and saturate into `None`.

use super::estimate::Estimate;
use super::moments::{MeanMoments, RatioMoments};
use super::quantiles::{student_t, tail_of};
use super::wide::Wide;

/// The difference of two ratios of expectations over the same replications, `a − b`.
///
/// ```
/// use headcount::stats::PairedRatios;
/// let mut levels = PairedRatios::default();
/// for (more, fewer, offered) in [(90, 85, 100), (95, 91, 100), (80, 74, 90), (88, 83, 95)] {
///     levels.push((more, offered), (fewer, offered));
/// }
/// let gain = levels.difference(0.95).unwrap();
/// assert!(gain.low > 0.03 && gain.high < 0.08);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairedRatios {
    a: RatioMoments,
    b: RatioMoments,
    /// Σ of products across: numerators, numerator a × denominator b, denominator a × numerator b, denominators.
    cross: [u128; 4],
    /// Whether they differed in any replication: where they never did, not even the last bit of a sum may.
    differ: bool,
}

impl PairedRatios {
    /// Counts one replication: `(x, y)` as the first and as the second saw it.
    #[inline]
    pub fn push(&mut self, a: (u64, u64), b: (u64, u64)) {
        self.a.push(a.0, a.1);
        self.b.push(b.0, b.1);
        self.differ |= a != b;
        for (sum, (p, q)) in self.cross.iter_mut().zip([(a.0, b.0), (a.0, b.1), (a.1, b.0), (a.1, b.1)]) {
            *sum = sum.saturating_add(u128::from(p) * u128::from(q));
        }
    }

    /// Adds what another accumulator saw.
    pub fn merge(&mut self, other: &Self) {
        self.a.merge(&other.a);
        self.b.merge(&other.b);
        self.differ |= other.differ;
        for (mine, theirs) in self.cross.iter_mut().zip(other.cross) {
            *mine = mine.saturating_add(theirs);
        }
    }

    /// The first ratio's own moments.
    pub fn first(&self) -> RatioMoments {
        self.a
    }

    /// The second ratio's own moments.
    pub fn second(&self) -> RatioMoments {
        self.b
    }

    /// `θ_a − θ_b`, by the delta method on `d_r = (x_a − θ_a y_a)/ȳ_a − (x_b − θ_b y_b)/ȳ_b`, Student's t with `R − 1`
    /// degrees of freedom. Nothing if a ratio does not exist; unbounded for a single replication.
    pub fn difference(&self, level: f64) -> Option<Estimate> {
        let (a, b) = (self.a.value()?, self.b.value()?);
        if self.cross.contains(&u128::MAX) {
            return None;
        }
        if !self.differ && self.a.replications() > 1 {
            return Estimate::around(0.0, 0.0, level, self.a.replications());
        }
        let n = self.a.replications() as f64;
        let (ya, yb) = (self.a.denominator().sum() as f64, self.b.denominator().sum() as f64);
        let own = self.a.scatter() / ya.powi(4) + self.b.scatter() / yb.powi(4);
        let common = self.shared() / ya.powi(2) / yb.powi(2);
        let error = ((own - 2.0 * common).max(0.0) * n / (n - 1.0)).sqrt();
        let half = if error == 0.0 { 0.0 } else { student_t(tail_of(level), n - 1.0) * error };
        Estimate::around(a - b, half, level, self.a.replications())
    }

    /// `Y_a Y_b Σ d_a d_b`, exact until the last rounding.
    fn shared(&self) -> f64 {
        let sums = |m: &RatioMoments| (m.numerator().sum(), m.denominator().sum());
        let ((xa, ya), (xb, yb)) = (sums(&self.a), sums(&self.b));
        let [xx, xy, yx, yy] = self.cross;
        let plus = Wide::product(&[ya, yb, xx]).plus(Wide::product(&[xa, xb, yy]));
        plus.minus(Wide::product(&[ya, xb, xy]).plus(Wide::product(&[xa, yb, yx])))
    }
}

/// The difference of two means per replication over the same replications, `a − b`.
///
/// ```
/// use headcount::stats::PairedMeans;
/// let mut lost = PairedMeans::default();
/// [(9, 7), (4, 3), (15, 12)].into_iter().for_each(|(a, b)| lost.push(a, b));
/// assert_eq!(lost.difference(0.95).unwrap().mean, 2.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairedMeans {
    a: MeanMoments,
    b: MeanMoments,
    cross: u128,
}

impl PairedMeans {
    /// Counts one replication.
    #[inline]
    pub fn push(&mut self, a: u64, b: u64) {
        self.a.push(a);
        self.b.push(b);
        self.cross = self.cross.saturating_add(u128::from(a) * u128::from(b));
    }

    /// Adds what another accumulator saw.
    pub fn merge(&mut self, other: &Self) {
        self.a.merge(&other.a);
        self.b.merge(&other.b);
        self.cross = self.cross.saturating_add(other.cross);
    }

    /// `E a − E b` with the paired t interval; nothing without replications, unbounded for a single one.
    pub fn difference(&self, level: f64) -> Option<Estimate> {
        if self.a.mean(level).is_none() || self.b.mean(level).is_none() || self.cross == u128::MAX {
            return None;
        }
        let n = self.a.replications() as f64;
        let error = (self.scatter() / (n - 1.0)).sqrt() / n;
        let half = if error == 0.0 { 0.0 } else { student_t(tail_of(level), n - 1.0) * error };
        let gap = Wide::product(&[self.a.sum()]).minus(Wide::product(&[self.b.sum()]));
        Estimate::around(gap / n, half, level, self.a.replications())
    }

    /// `n Σ(a − b)² − (Σ(a − b))²`, exact until the last rounding.
    fn scatter(&self) -> f64 {
        let n = u128::from(self.a.replications());
        let (a, b) = (self.a.sum(), self.b.sum());
        let plus = Wide::product(&[n, self.a.squares()]).plus(Wide::product(&[n, self.b.squares()]));
        let plus = plus.plus(Wide::product(&[2, a, b]));
        let less =
            Wide::product(&[2 * n, self.cross]).plus(Wide::product(&[a, a])).plus(Wide::product(&[b, b]));
        plus.minus(less).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::synthetic::Draws;

    type Pair = ((u64, u64), (u64, u64));

    fn two_pass(data: &[Pair]) -> (f64, f64) {
        let n = data.len() as f64;
        let mean = |f: &dyn Fn(&Pair) -> u64| data.iter().map(|d| f(d) as f64).sum::<f64>() / n;
        let (ya, yb) = (mean(&|d| d.0.1), mean(&|d| d.1.1));
        let (ta, tb) = (mean(&|d| d.0.0) / ya, mean(&|d| d.1.0) / yb);
        let d = data
            .iter()
            .map(|&((p, q), (r, s))| (p as f64 - ta * q as f64) / ya - (r as f64 - tb * s as f64) / yb);
        (ta - tb, (d.map(|v| v * v).sum::<f64>() / (n - 1.0) / n).sqrt())
    }

    fn days(draws: &mut Draws) -> Vec<Pair> {
        let day = |draws: &mut Draws| {
            let offered = draws.poisson(200.0);
            let good = draws.binomial(offered, 0.8);
            ((good + draws.binomial(offered - good, 0.1), offered), (good, offered))
        };
        (0..200).map(|_| day(draws)).collect()
    }

    #[test]
    fn equals_the_two_pass_formula() {
        let data = days(&mut Draws::new(21));
        let mut moments = PairedRatios::default();
        for &(a, b) in &data {
            moments.push(a, b);
        }
        let (difference, error) = two_pass(&data);
        let e = moments.difference(0.95).unwrap();
        assert!((e.mean - difference).abs() < 1e-12);
        assert!((e.half_width() / (error * 1.971_956_544) - 1.0).abs() < 1e-8);
        let apart = moments.first().ratio(0.95).unwrap().half_width();
        assert!(e.half_width() < apart / 2.0, "pairing must pay");
    }

    #[test]
    fn a_policy_does_not_differ_from_itself() {
        // Many samples: in some of them the last bits of the sums do not cancel.
        for seed in 22..72 {
            let mut moments = PairedRatios::default();
            let mut means = PairedMeans::default();
            for (a, _) in days(&mut Draws::new(seed)) {
                moments.push(a, a);
                means.push(a.0, a.0);
            }
            let zero = |e: Estimate| (e.mean, e.low, e.high);
            assert_eq!(zero(moments.difference(0.95).unwrap()), (0.0, 0.0, 0.0));
            assert_eq!(zero(means.difference(0.95).unwrap()), (0.0, 0.0, 0.0));
        }
    }

    #[test]
    fn means_equal_a_t_interval_on_differences() {
        let data = days(&mut Draws::new(23));
        let (mut paired, mut plain) = (PairedMeans::default(), MeanMoments::default());
        for &((a, _), (b, _)) in &data {
            paired.push(a, b);
            plain.push(a - b);
        }
        let (x, y) = (paired.difference(0.95).unwrap(), plain.mean(0.95).unwrap());
        assert!((x.mean - y.mean).abs() < 1e-12 && (x.half_width() - y.half_width()).abs() < 1e-12);
    }

    #[test]
    fn merging_in_any_order_gives_the_same_bytes() {
        let data = days(&mut Draws::new(24));
        let sum = |part: &[Pair]| {
            let mut moments = (PairedRatios::default(), PairedMeans::default());
            for &(a, b) in part {
                moments.0.push(a, b);
                moments.1.push(a.0, b.0);
            }
            moments
        };
        let (first, second) = (sum(&data[..70]), sum(&data[70..]));
        let mut forwards = first;
        forwards.0.merge(&second.0);
        forwards.1.merge(&second.1);
        let mut backwards = second;
        backwards.0.merge(&first.0);
        backwards.1.merge(&first.1);
        assert_eq!((forwards, backwards), (sum(&data), sum(&data)));
    }

    #[test]
    fn too_little_claims_nothing() {
        assert_eq!(PairedRatios::default().difference(0.95), None);
        assert_eq!(PairedMeans::default().difference(0.95), None);
        let mut one = PairedRatios::default();
        one.push((1, 2), (1, 3));
        assert!(!one.difference(0.95).unwrap().is_bounded());
        let mut mean = PairedMeans::default();
        mean.push(5, 3);
        assert!(!mean.difference(0.95).unwrap().is_bounded());
        one.push((u64::MAX, u64::MAX), (u64::MAX, u64::MAX));
        one.push((u64::MAX, u64::MAX), (u64::MAX, u64::MAX));
        assert_eq!(one.difference(0.95), None);
    }
}
