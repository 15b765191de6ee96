//! Double sampling: a figure that is costly on every replication is taken on some, and carried over to all with the help
//! of related ones that are known on all (Cochran 1977, 12.6).
//!
//! On the same customers a staffing and its neighbour fare much alike. What the neighbour's figure would be on
//! replications where it was not played follows, up to a residual, from the first's: `ȳ − β·(x̄ − X̄)` with least-squares
//! `β`, means `ȳ`, `x̄` over the few and `X̄` over all. Its variance is that of the residuals over the few, and that of
//! the rest over all.

use super::control::adjust;
use super::estimate::Estimate;
use super::quantiles::{student_t, tail_of};

/// The mean of `y` over all replications; `y` is known on the first ones, the rows of `x`, of `width` numbers each, on
/// all. Nothing where too few are known.
///
/// ```
/// use headcount::stats::carried;
/// let x: Vec<f64> = (0..1000).map(|r| f64::from(r % 10)).collect();
/// let y: Vec<f64> = (0..25).map(|r| 3.0 + 2.0 * f64::from(r % 10)).collect();
/// assert!((carried(&y, &x, 1, 0.95).unwrap().mean - 12.0).abs() < 1e-9);
/// ```
pub fn carried(y: &[f64], x: &[f64], width: usize, level: f64) -> Option<Estimate> {
    let all = x.len() / width.max(1);
    let means: Vec<f64> =
        (0..width).map(|k| x.iter().skip(k).step_by(width).sum::<f64>() / all as f64).collect();
    let rows: Vec<f64> = y
        .iter()
        .zip(x.chunks_exact(width.max(1)))
        .flat_map(|(y, x)| std::iter::once(*y).chain(x.iter().zip(&means).map(|(x, mean)| x - mean)))
        .collect();
    let fit = adjust(&rows, width + 1)?;
    let n = y.len() as f64;
    let mean = y.iter().sum::<f64>() / n;
    let spread = y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let explained = (spread - fit.error.powi(2) * n).max(0.0);
    let error = (fit.error.powi(2) + explained / all as f64).sqrt();
    let half = if error == 0.0 { 0.0 } else { student_t(tail_of(level), fit.freedom) * error };
    Estimate::around(fit.mean, half, level, y.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::synthetic::Draws;

    #[test]
    fn known_on_all_it_is_the_plain_mean() {
        let y = [1.0, 4.0, 2.0, 8.0, 5.0, 7.0];
        let x = [1.0, 3.0, 2.0, 9.0, 4.0, 8.0];
        let found = carried(&y, &x, 1, 0.95).unwrap();
        assert!((found.mean - 4.5).abs() < 1e-12);
    }

    #[test]
    fn its_interval_holds_the_truth_as_often_as_it_says() {
        let mut draws = Draws::new(77);
        let (mut held, mut width) = (0, 0.0);
        for _ in 0..1000 {
            let x: Vec<f64> = (0..400).map(|_| draws.uniform()).collect();
            let y: Vec<f64> = x[..100].iter().map(|x| 3.0 * x + 0.5 * draws.uniform()).collect();
            let found = carried(&y, &x, 1, 0.95).unwrap();
            held += u32::from(found.contains(1.75));
            width += found.half_width() / 1000.0;
        }
        // Binomial error of the share: 0.7 points. On 100 alone the half-width would be 0.172.
        assert!((930..=970).contains(&held), "{held}");
        assert!((0.085..0.1).contains(&width), "{width}");
    }

    #[test]
    fn too_few_say_nothing() {
        assert_eq!(carried(&[1.0, 2.0], &[1.0, 2.0, 3.0], 1, 0.95), None);
    }
}
