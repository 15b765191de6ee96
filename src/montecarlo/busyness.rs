//! How busy the days of a tape are, as quantities of known mean: what a test takes the noise of busy days away with.
//!
//! A level hardly rises on quiet days and falls steeply on busy ones; whether a day keeps its promise jumps from yes to no
//! at some busyness. No straight line explains that. But the law of a day's factor `B` is known, so its rank `U = F(B)`
//! is uniform, and the Legendre polynomials of `2U − 1` have mean 0, are uncorrelated with each other and never leave
//! −1 to 1. With four of them the regression in [`crate::stats`] does what strata of busyness would, once there are bad
//! days and good ones enough. Powers of `B` itself explain as much, but a single very busy day pulls them so hard that
//! tests were wrong more often than granted (`docs/planning.md`).

use crate::model::{Demand, Model};
use statrs::function::gamma::checked_gamma_lr;
use std::ops::RangeInclusive;

/// Polynomials of a day's rank.
pub(super) const ORDERS: usize = 4;
/// Coefficients of variation for which ranks are used. Days that vary less are as good as exact, and the incomplete gamma
/// function takes long there; where they vary more, a few days with several times the contacts decide, which what never
/// leaves −1 to 1 cannot follow, and tests were wrong more often than granted.
const CVS: RangeInclusive<f64> = 0.005..=0.5;

/// What is known of the days of a run.
#[derive(Clone, Debug)]
pub(super) struct Busyness {
    /// The share of the contacts that each day expects.
    days: Vec<f64>,
    /// Shape parameter of the gamma law (mean 1) of a day's factor; nothing where its rank is not known.
    shape: Option<f64>,
}

impl Busyness {
    /// Of the days among whose intervals `volumes` are expected.
    pub(super) fn new<'v>(model: &Model, volumes: impl Iterator<Item = (usize, &'v f64)> + Clone) -> Self {
        let all: f64 = volumes.clone().map(|(_, volume)| volume).sum();
        let mut days = vec![0.0; model.grid().days];
        for (i, volume) in volumes.filter(|(_, volume)| **volume > 0.0) {
            days[model.grid().day_of(i)] += volume / all;
        }
        Self { days, shape: shape(&model.demand) }
    }

    /// The polynomials, averaged over the days in proportion to their contacts; 0 where ranks are not known.
    pub(super) fn controls(&self, factors: &[f64]) -> [f64; ORDERS] {
        let mut sums = [0.0; ORDERS];
        let Some(shape) = self.shape else { return sums };
        for (share, factor) in self.days.iter().zip(factors).filter(|(share, _)| **share > 0.0) {
            let rank = checked_gamma_lr(shape, shape * factor).unwrap_or(0.5);
            let polynomials = legendre(2.0 * rank - 1.0);
            sums.iter_mut().zip(polynomials).for_each(|(sum, p)| *sum += share * p);
        }
        sums
    }
}

/// Whether the ranks of days are known and worth looking at.
pub(super) fn is_known(demand: &Demand) -> bool {
    shape(demand).is_some()
}

/// The shape of the gamma law of a day's factor. The product of a day's and a week's part is not gamma: there is none.
fn shape(demand: &Demand) -> Option<f64> {
    let cv = match (demand.day_factor_cv, demand.week_factor_cv) {
        (day, 0.0) => day,
        (0.0, week) => week,
        _ => return None,
    };
    CVS.contains(&cv).then(|| 1.0 / (cv * cv))
}

/// The Legendre polynomials of orders 1 to 4.
fn legendre(x: f64) -> [f64; ORDERS] {
    let xx = x * x;
    [x, (3.0 * xx - 1.0) / 2.0, (5.0 * xx - 3.0) * x / 2.0, ((35.0 * xx - 30.0) * xx + 3.0) / 8.0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Tape;
    use crate::montecarlo::fixture::model;

    /// Means over drawn days are 0 and variances 1/(2k + 1), each within 3 standard errors (8 comparisons a law).
    fn assert_known(model: &Model) {
        let volumes = model.queues[0].volumes.iter().enumerate();
        let busyness = Busyness::new(model, volumes);
        let drawn = 4000;
        let all: Vec<[f64; ORDERS]> =
            (0..drawn).map(|r| busyness.controls(&Tape::draw(model, 5, r).day_factors)).collect();
        for k in 0..ORDERS {
            let mean = |f: &dyn Fn(f64) -> f64| all.iter().map(|one| f(one[k])).sum::<f64>() / drawn as f64;
            let (first, second, fourth) = (mean(&|x| x), mean(&|x| x * x), mean(&|x| x.powi(4)));
            let expected = 1.0 / (2.0 * (k as f64 + 1.0) + 1.0);
            assert!(first.abs() < 3.0 * (expected / drawn as f64).sqrt(), "{k}: {first}");
            let error = ((fourth - second * second) / drawn as f64).sqrt();
            assert!((second - expected).abs() < 3.0 * error, "{k}: {second}");
        }
    }

    #[test]
    fn ranks_are_uniform_whatever_the_law() {
        for cv in [0.01, 0.1, 0.5] {
            let mut model = model(1, 8..12);
            model.demand.day_factor_cv = cv;
            assert_known(&model);
            (model.demand.day_factor_cv, model.demand.week_factor_cv) = (0.0, cv);
            assert_known(&model);
        }
    }

    #[test]
    fn what_is_not_known_is_not_used() {
        let mut model = model(1, 8..12);
        let controls = |model: &Model| {
            let volumes = model.queues[0].volumes.iter().enumerate();
            (is_known(&model.demand), Busyness::new(model, volumes).controls(&[1.5]))
        };
        assert_eq!(controls(&model), (false, [0.0; ORDERS]));
        (model.demand.day_factor_cv, model.demand.week_factor_cv) = (0.1, 0.1);
        assert_eq!(controls(&model), (false, [0.0; ORDERS]));
        for cv in [1e-6, 0.6] {
            (model.demand.day_factor_cv, model.demand.week_factor_cv) = (cv, 0.0);
            assert_eq!(controls(&model), (false, [0.0; ORDERS]));
        }
        model.demand.day_factor_cv = 0.1;
        assert!(controls(&model).0 && controls(&model).1[0] > 0.99);
    }
}
