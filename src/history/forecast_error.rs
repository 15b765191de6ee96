//! How good a planner's own forecasts were, and how much of the error was chance.
//!
//! `A` is what came and `F` what was forecast, over the intervals that both name; `b = ΣA/ΣF` is the bias. A forecast that
//! is right on average still misses each day by chance: a Poisson count with mean `bF` has variance `bF`. So the part of the
//! error that is the forecast's own has the squared coefficient of variation
//!
//! - of days: mean of `((A − bF)² − bF)/(bF)²`, the square of the scenario's `day_factor_cv`;
//! - of intervals within days: `Σ((A − G)² − G(1 − G/A_day)) / ΣG²`, where `G` is the forecast scaled to the day's own
//!   total: what is left once the day's level is known.

use super::fitted::{Fitted, chi_square};
use crate::exports::{DAY, Intervals};
use statrs::function::gamma::ln_gamma;
use std::collections::BTreeMap;

/// How good forecasts were.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForecastError {
    /// Contacts that came over contacts forecast, less 1.
    pub bias: f64,
    /// Absolute errors of days over what came (weighted absolute percentage error).
    pub day_wape: f64,
    /// What it would be by chance alone.
    pub day_wape_chance: f64,
    /// Absolute errors of intervals over what came.
    pub interval_wape: f64,
    /// What it would be by chance alone.
    pub interval_wape_chance: f64,
    /// Squared coefficient of variation of days, chance and bias taken out; never below 0.
    pub day_cv2: Fitted,
    /// Its root.
    pub day_cv: Fitted,
    /// The same of intervals within days.
    pub interval_cv: f64,
    /// Days that were compared.
    pub days: usize,
}

/// Compares two files; nothing where they share fewer than two days. Queues meet by name, or the only ones of each.
pub(super) fn forecast_error(actual: &Intervals, forecast: &Intervals) -> Option<ForecastError> {
    let by_day = days(actual, forecast);
    let days: Vec<&Vec<(f64, f64)>> =
        by_day.values().filter(|day| day.iter().any(|(_, f)| *f > 0.0)).collect();
    if days.len() < 2 {
        return None;
    }
    let cells = || days.iter().flat_map(|day| day.iter());
    let came: f64 = cells().map(|(a, _)| a).sum();
    let b = came / cells().map(|(_, f)| f).sum::<f64>();
    if !(b > 0.0 && b.is_finite()) {
        return None;
    }
    let totals: Vec<(f64, f64)> =
        days.iter().map(|day| day.iter().fold((0.0, 0.0), |s, c| (s.0 + c.0, s.1 + c.1))).collect();
    let wape = |cells: &mut dyn Iterator<Item = (f64, f64)>| {
        cells.fold((0.0, 0.0), |sum, (a, f)| {
            (sum.0 + (a - f).abs() / came, sum.1 + mean_deviation(b * f) / came)
        })
    };
    let (day_wape, day_wape_chance) = wape(&mut totals.iter().copied());
    let (interval_wape, interval_wape_chance) = wape(&mut cells().copied());
    let (day_cv2, day_cv) = day_part(&totals, b);
    Some(ForecastError {
        bias: b - 1.0,
        day_wape,
        day_wape_chance,
        interval_wape,
        interval_wape_chance,
        day_cv2,
        day_cv,
        interval_cv: interval_part(&days),
        days: days.len(),
    })
}

/// What came and what was forecast in each interval that both name, all queues together, by day.
fn days(actual: &Intervals, forecast: &Intervals) -> BTreeMap<i32, Vec<(f64, f64)>> {
    let alone = actual.queues.len() == 1 && forecast.queues.len() == 1;
    let mut cells: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
    for queue in &actual.queues {
        let other = forecast.queues.iter().find(|other| alone || other.name == queue.name);
        let Some(other) = other else { continue };
        for row in &queue.rows {
            if let Ok(k) = other.rows.binary_search_by_key(&row.at, |row| row.at) {
                let cell = cells.entry(row.at).or_default();
                cell.0 += row.offered;
                cell.1 += other.rows[k].offered;
            }
        }
    }
    let mut days: BTreeMap<i32, Vec<(f64, f64)>> = BTreeMap::new();
    for (at, cell) in cells {
        days.entry(at.div_euclid(DAY)).or_default().push(cell);
    }
    days
}

fn day_part(totals: &[(f64, f64)], b: f64) -> (Fitted, Fitted) {
    let freedom = totals.len() as f64 - 1.0;
    let (spread, noise) = totals.iter().filter(|(_, f)| *f > 0.0).fold((0.0, 0.0), |sum, (a, f)| {
        (sum.0 + ((a - b * f) / (b * f)).powi(2), sum.1 + 1.0 / (b * f) / totals.len() as f64)
    });
    let (low, high) = chi_square(freedom);
    let cv2 =
        Fitted { value: spread / freedom - noise, low: spread / high - noise, high: spread / low - noise };
    let cv2 = cv2.map(|value| value.max(0.0));
    (cv2, cv2.map(f64::sqrt))
}

fn interval_part(days: &[&Vec<(f64, f64)>]) -> f64 {
    let (mut over, mut under) = (0.0, 0.0);
    for day in days {
        let (came, forecast) = day.iter().fold((0.0, 0.0), |s, c| (s.0 + c.0, s.1 + c.1));
        if came <= 0.0 || forecast <= 0.0 {
            continue;
        }
        for (a, f) in *day {
            let g = f * came / forecast;
            over += (a - g).powi(2) - g * (1.0 - g / came);
            under += g * g;
        }
    }
    if under > 0.0 { (over / under).max(0.0).sqrt() } else { 0.0 }
}

/// Mean distance of a Poisson count from its mean `m`: `2 e^{-m} m^{⌊m⌋+1}/⌊m⌋!` (de Moivre's formula).
fn mean_deviation(m: f64) -> f64 {
    if m <= 0.0 {
        return 0.0;
    }
    let floor = m.floor();
    2.0 * (-m + (floor + 1.0) * m.ln() - ln_gamma(floor + 1.0)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Summed term by term.
    #[test]
    fn distances_of_poisson_counts() {
        for m in [0.3f64, 1.0, 4.7, 40.0] {
            let mut p = (-m).exp();
            let mut sum = p * m;
            for k in 1..400 {
                p *= m / f64::from(k);
                sum += p * (f64::from(k) - m).abs();
            }
            assert!((mean_deviation(m) - sum).abs() < 1e-9 * sum, "{m}");
        }
    }
}
