//! How much the busyness of a whole day varies beyond chance.
//!
//! Given its weekday `w`, a day's contacts are Poisson with mean `m_w B`, where `B` has mean 1 and variance `c`, the square
//! of the scenario's `day_factor_cv`. Then `Var N = m_w + c m_w²`, so that `s_w²/m_w²` estimates `c + 1/m_w`: weekdays are
//! pooled by their degrees of freedom, and the Poisson part `1/m_w` is taken off. Where days are large, `s²` over its mean
//! is nearly chi square, which gives the interval. Growth and seasons count as variation: fit a stretch without them.

use super::fitted::{Fitted, chi_square};

/// The day factor.
#[derive(Clone, Debug, PartialEq)]
pub struct DayFactor {
    /// Square of the coefficient of variation, weekday effects and Poisson noise taken out; never below 0.
    pub cv2: Fitted,
    /// Its root: the scenario's `day_factor_cv`.
    pub cv: Fitted,
    /// Days that it rests on.
    pub days: usize,
    /// Correlation of the morning's factor with the afternoon's, Poisson noise taken out, if it can be told: 1 where a
    /// busy morning means a day that is as busy throughout.
    pub halves: Option<f64>,
}

/// A day: its weekday (Monday 0), its contacts, and those of its first half.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub(super) weekday: usize,
    pub(super) total: f64,
    pub(super) first_half: f64,
}

/// Nothing where no weekday has two days with contacts.
pub(super) fn day_factor(days: &[Day]) -> Option<DayFactor> {
    let groups: Vec<Vec<Day>> = (0..7)
        .map(|w| days.iter().copied().filter(|day| day.weekday == w && day.total > 0.0).collect())
        .collect();
    let groups: Vec<Vec<Day>> = groups.into_iter().filter(|group: &Vec<Day>| group.len() >= 2).collect();
    let freedom: f64 = groups.iter().map(|group| group.len() as f64 - 1.0).sum();
    if freedom < 1.0 {
        return None;
    }
    let total = |day: &Day| day.total;
    let (spread, noise) = groups.iter().fold((0.0, 0.0), |sum, group| {
        let mean = mean(group, total);
        (sum.0 + squares(group, total, total) / (mean * mean), sum.1 + (group.len() as f64 - 1.0) / mean)
    });
    let (low, high) = chi_square(freedom);
    let noise = noise / freedom;
    let cv2 =
        Fitted { value: spread / freedom - noise, low: spread / high - noise, high: spread / low - noise };
    let cv2 = cv2.map(|value| value.max(0.0));
    let days = groups.iter().map(Vec::len).sum();
    Some(DayFactor { cv2, cv: cv2.map(f64::sqrt), days, halves: halves(&groups) })
}

fn mean(group: &[Day], of: impl Fn(&Day) -> f64) -> f64 {
    group.iter().map(of).sum::<f64>() / group.len() as f64
}

/// Sum of products of distances from the means.
fn squares(group: &[Day], a: impl Fn(&Day) -> f64, b: impl Fn(&Day) -> f64) -> f64 {
    let (mean_a, mean_b) = (mean(group, &a), mean(group, &b));
    group.iter().map(|day| (a(day) - mean_a) * (b(day) - mean_b)).sum()
}

/// Correlation of the halves' factors; chance is independent in the two and only widens each.
fn halves(groups: &[Vec<Day>]) -> Option<f64> {
    let first = |day: &Day| day.first_half;
    let second = |day: &Day| day.total - day.first_half;
    let (mut both, mut one, mut two) = (0.0, 0.0, 0.0);
    for group in groups {
        let (a, b) = (mean(group, first), mean(group, second));
        if a <= 0.0 || b <= 0.0 {
            return None;
        }
        let freedom = group.len() as f64 - 1.0;
        both += squares(group, first, second) / (a * b);
        one += squares(group, first, first) / (a * a) - freedom / a;
        two += squares(group, second, second) / (b * b) - freedom / b;
    }
    (one > 0.0 && two > 0.0).then(|| (both / (one * two).sqrt()).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two Mondays of 90 and 110, two Tuesdays of 190 and 210: s²/m² = 200/100² and 200/200², less 1/100 and 1/200.
    #[test]
    fn by_hand() {
        let day = |weekday, total| Day { weekday, total, first_half: total / 2.0 };
        let found = day_factor(&[day(0, 90.0), day(0, 110.0), day(1, 190.0), day(1, 210.0)]).unwrap();
        let expected: f64 = f64::midpoint(0.02 - 0.01, 0.005 - 0.005);
        assert!((found.cv2.value - expected).abs() < 1e-12, "{found:?}");
        assert_eq!(found.days, 4);
        assert!(day_factor(&[day(0, 90.0), day(1, 90.0)]).is_none());
    }
}
