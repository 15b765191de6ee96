//! Control variates: quantities of the tape with a known mean, used to take away noise that is not of interest.
//!
//! A day with more first contacts than expected has, for that reason alone, a worse level. Regressing the margin `z`
//! on such deviations `c` (known mean 0) and reading the intercept removes this part: `ẑ = z̄ − β·c̄`, with least-squares
//! `β` and residual variance on `R − 1 − k` degrees of freedom (Lavenberg and Welch 1981; Glasserman 2004, 4.1). Only
//! quantities drawn before the day is run qualify: once redials or repeats exist, counts seen by the engine have no
//! known mean.

/// An estimated mean, its standard error, and the shape of what is left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Adjusted {
    /// The intercept.
    pub(crate) mean: f64,
    /// Its standard error.
    pub(crate) error: f64,
    /// Degrees of freedom of the residual variance.
    pub(crate) freedom: f64,
    /// Skewness of the mean: that of the residuals over `√R`.
    pub(crate) skew: f64,
}

/// Fits rows of `(z, c_1 … c_k)`, `stride = k + 1` numbers each; nothing below `k + 3` rows.
pub(crate) fn adjust(rows: &[f64], stride: usize) -> Option<Adjusted> {
    let n = rows.len() / stride.max(1);
    if n < stride + 2 {
        return None;
    }
    let means = column_means(rows, stride);
    let products = centred_products(rows, &means);
    let beta = solve(&products, |row| products[row + 1][0], stride - 1);
    let weights = solve(&products, |row| means[row + 1], stride - 1);
    let dot = |v: &[f64]| -> f64 { v.iter().zip(&means[1..]).map(|(a, b)| a * b).sum() };
    let leverage = 1.0 / n as f64 + dot(&weights).max(0.0);
    let (squares, cubes) = residual_powers(rows, &means, &beta);
    let freedom = (n - stride) as f64;
    Some(Adjusted {
        mean: means[0] - dot(&beta),
        error: (squares / freedom * leverage).sqrt(),
        freedom,
        skew: skewness(n as f64, squares, cubes) * leverage.sqrt(),
    })
}

fn column_means(rows: &[f64], stride: usize) -> Vec<f64> {
    let n = (rows.len() / stride) as f64;
    (0..stride).map(|column| rows.iter().skip(column).step_by(stride).sum::<f64>() / n).collect()
}

fn centred_products(rows: &[f64], means: &[f64]) -> Vec<Vec<f64>> {
    let k = means.len();
    let mut products = vec![vec![0.0; k]; k];
    for row in rows.chunks_exact(k) {
        let deviations: Vec<f64> = row.iter().zip(means).map(|(x, mean)| x - mean).collect();
        for (line, d) in products.iter_mut().zip(&deviations) {
            line.iter_mut().zip(&deviations).for_each(|(sum, e)| *sum += d * e);
        }
    }
    products
}

/// Solves for `k` controls by elimination. A control that the ones before it already explain gets 0.
fn solve(products: &[Vec<f64>], right: impl Fn(usize) -> f64, k: usize) -> Vec<f64> {
    let mut a: Vec<Vec<f64>> = (0..k).map(|i| products[i + 1][1..].to_vec()).collect();
    let mut b: Vec<f64> = (0..k).map(right).collect();
    let mut used = vec![false; k];
    for pivot in 0..k {
        if a[pivot][pivot] <= 1e-9 * products[pivot + 1][pivot + 1] {
            continue;
        }
        used[pivot] = true;
        for row in (0..k).filter(|&row| row != pivot) {
            let factor = a[row][pivot] / a[pivot][pivot];
            let pivot_row = a[pivot].clone();
            a[row].iter_mut().zip(&pivot_row).for_each(|(x, p)| *x -= factor * p);
            b[row] -= factor * b[pivot];
        }
    }
    (0..k).map(|i| if used[i] { b[i] / a[i][i] } else { 0.0 }).collect()
}

/// Sums of squares and of cubes of the residuals.
fn residual_powers(rows: &[f64], means: &[f64], beta: &[f64]) -> (f64, f64) {
    let explained = |row: &[f64]| -> f64 {
        let deviations = row[1..].iter().zip(&means[1..]).map(|(c, mean)| c - mean);
        deviations.zip(beta).map(|(c, b)| c * b).sum()
    };
    rows.chunks_exact(means.len()).fold((0.0, 0.0), |(squares, cubes), row| {
        let residual = row[0] - means[0] - explained(row);
        (squares + residual * residual, cubes + residual * residual * residual)
    })
}

/// The adjusted Fisher–Pearson coefficient `√(n(n − 1))/(n − 2) · m₃/m₂^{3/2}`.
fn skewness(n: f64, squares: f64, cubes: f64) -> f64 {
    let second = squares / n;
    if second > 0.0 { (n * (n - 1.0)).sqrt() / (n - 2.0) * (cubes / n) / second.powf(1.5) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::synthetic::Draws;

    #[test]
    fn without_controls_it_is_the_plain_mean() {
        let a = adjust(&[1.0, 2.0, 3.0, 10.0], 1).unwrap();
        assert_eq!((a.mean, a.freedom), (4.0, 3.0));
        assert!((a.error - (50.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
        // numpy/scipy: skew([1, 2, 3, 10], bias=False) = 1.763632614803888
        assert!((a.skew * 2.0 - 1.763_632_614_803_888).abs() < 1e-12);
    }

    #[test]
    fn a_perfect_control_leaves_no_noise() {
        let rows: Vec<f64> = (0..10).flat_map(|k| [5.0 - 3.0 * f64::from(k), f64::from(k)]).collect();
        let a = adjust(&rows, 2).unwrap();
        assert!((a.mean - 5.0).abs() < 1e-12 && a.error < 1e-12);
    }

    #[test]
    fn a_repeated_control_changes_nothing() {
        let mut draws = Draws::new(31);
        let (mut once, mut twice) = (vec![], vec![]);
        for _ in 0..50 {
            let c = draws.uniform() - 0.5;
            let z = c + draws.uniform();
            once.extend([z, c]);
            twice.extend([z, c, 2.0 * c]);
        }
        let (a, b) = (adjust(&once, 2).unwrap(), adjust(&twice, 3).unwrap());
        assert!((a.mean - b.mean).abs() < 1e-9 && (a.error / b.error - 1.0).abs() < 0.02);
    }

    #[test]
    fn the_intercept_is_unbiased_and_its_error_right() {
        let mut draws = Draws::new(32);
        let mut scores = vec![];
        for _ in 0..2000 {
            let rows: Vec<f64> = (0..40)
                .flat_map(|_| {
                    let (c, e) = (draws.uniform() - 0.5, draws.uniform() - 0.5);
                    [2.0 + 4.0 * c + e, c, e * e - 1.0 / 12.0]
                })
                .collect();
            let a = adjust(&rows, 3).unwrap();
            assert!(a.error < 0.08, "0.29/√40 = 0.046 where c would leave 0.19");
            scores.push((a.mean - 2.0) / a.error);
        }
        let mean = scores.iter().sum::<f64>() / 2000.0;
        let variance = scores.iter().map(|s| s * s).sum::<f64>() / 2000.0;
        assert!(mean.abs() < 0.07 && (0.95..1.2).contains(&variance), "{mean} {variance}");
    }

    #[test]
    fn too_few_rows_give_nothing() {
        assert_eq!(adjust(&[], 1), None);
        assert_eq!(adjust(&[1.0, 2.0], 1), None);
        assert_eq!(adjust(&[1.0; 6], 2), None);
        assert_eq!(adjust(&[1.0; 8], 1).unwrap().error, 0.0);
    }
}
