//! On which side of zero a mean lies, from whole-number sums, for verdicts that keep no replication.
//!
//! Every replication has a distance from its goal, above or below it. The t statistic of the mean distance is corrected
//! for skewness (Johnson 1978, Hall 1992): where misses are rare and large, the plain one is certain too early. Sums are
//! whole numbers up to the third power, so that they merge to the same bytes in any order.

use super::hall::transform;
use super::quantiles::student_t;
use super::wide::Wide;

/// Sums of signed distances from a goal over replications.
///
/// ```
/// use headcount::stats::Side;
/// let mut side = Side::default();
/// (0..100).for_each(|r| side.push(true, 10 + r % 7));
/// (0..10).for_each(|_| side.push(false, 3));
/// assert!(side.shows_above(1e-4) && !side.shows_below(0.1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    replications: u64,
    sum_above: u128,
    sum_below: u128,
    squares: Wide,
    cubes_above: Wide,
    cubes_below: Wide,
}

impl Side {
    /// Counts one replication at this distance above (or below) the goal; the sum saturates far beyond any use. Squares
    /// are wide: those of agent time in µs, in billionths, do not fit 128 bits.
    pub fn push(&mut self, above: bool, distance: u128) {
        let cube = Wide::product(&[distance; 3]);
        let (sum, cubes) = if above {
            (&mut self.sum_above, &mut self.cubes_above)
        } else {
            (&mut self.sum_below, &mut self.cubes_below)
        };
        *sum = sum.saturating_add(distance);
        *cubes = cubes.plus(cube);
        self.squares = self.squares.plus(Wide::product(&[distance; 2]));
        self.replications += 1;
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: &Self) {
        self.replications += other.replications;
        self.sum_above = self.sum_above.saturating_add(other.sum_above);
        self.sum_below = self.sum_below.saturating_add(other.sum_below);
        self.squares = self.squares.plus(other.squares);
        self.cubes_above = self.cubes_above.plus(other.cubes_above);
        self.cubes_below = self.cubes_below.plus(other.cubes_below);
    }

    /// Sum of the squared distances.
    pub fn squares(&self) -> f64 {
        self.squares.minus(Wide::default())
    }

    /// Whether the mean is shown to lie above the goal, with this chance of a mistake.
    pub fn shows_above(&self, error: f64) -> bool {
        self.statistic().is_some_and(|t| t > student_t(error, self.freedom()))
    }

    /// Whether the mean is shown to lie below the goal, with this chance of a mistake.
    pub fn shows_below(&self, error: f64) -> bool {
        self.statistic().is_some_and(|t| -t > student_t(error, self.freedom()))
    }

    fn freedom(&self) -> f64 {
        self.replications as f64 - 1.0
    }

    /// The corrected t statistic; nothing below two replications or when they do not vary.
    fn statistic(&self) -> Option<f64> {
        let n = self.replications as f64;
        let whole = |sum: u128| Wide::product(&[sum]);
        let mean = whole(self.sum_above).minus(whole(self.sum_below)) / n;
        let squares = self.squares() / n - mean * mean;
        if self.replications < 2 || squares <= 0.0 {
            return None;
        }
        let cubes = self.cubes_above.minus(self.cubes_below) / n;
        let third = cubes - 3.0 * mean * (squares + mean * mean) + 2.0 * mean.powi(3);
        // No sample of n is more skewed than √n; beyond it stands rounding.
        let skew = (third / squares.powf(1.5)).clamp(-n.sqrt(), n.sqrt());
        let t = mean / (squares / (n - 1.0)).sqrt();
        Some(transform(t, skew / n.sqrt()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::control::adjust;
    use crate::stats::hall;

    /// The same statistic from the rows themselves.
    #[test]
    fn sums_give_the_statistic_of_the_rows() {
        let rows: Vec<i64> =
            (0..500_i64).map(|r| (r * r * 37) % 101 - if r % 19 == 0 { 400 } else { 20 }).collect();
        let mut side = Side::default();
        for d in &rows {
            side.push(*d > 0, u128::from(d.unsigned_abs()));
        }
        let reals: Vec<f64> = rows.iter().map(|&d| d as f64).collect();
        let fit = adjust(&reals, 1).unwrap();
        let (found, expected) = (side.statistic().unwrap(), hall::statistic(&fit));
        assert!((found / expected - 1.0).abs() < 0.01, "{found} {expected}");
    }

    #[test]
    fn halves_merge_to_the_whole() {
        let (mut whole, mut halves) = (Side::default(), [Side::default(); 2]);
        for r in 0..1000_u64 {
            let (above, distance) = (r % 3 == 0, u128::from(r * r % 977) << 40);
            whole.push(above, distance);
            halves[usize::from(r % 7 > 2)].push(above, distance);
        }
        let [mut one, other] = halves;
        one.merge(&other);
        assert_eq!(one, whole);
    }

    #[test]
    fn too_little_shows_nothing() {
        let mut side = Side::default();
        assert!(!side.shows_above(0.5) && !side.shows_below(0.5));
        side.push(true, 5);
        side.push(true, 5);
        assert!(!side.shows_above(0.5));
    }
}
