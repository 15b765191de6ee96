//! Which law handle times follow: lognormal or gamma by maximum likelihood, or the values themselves where neither fits.
//!
//! Lognormal: mean and deviation of the logarithms. Gamma: the shape `k` solves `ln k − ψ(k) = ln x̄ − mean(ln x)` (ψ is the
//! digamma function), its mean is that of the data. Of the two, the likelier; the distance of Kolmogorov and Smirnov (the
//! largest gap between the two distribution functions) says how good it is, and beyond [`TOO_FAR`] the data stand for
//! themselves. (Brown and others, JASA 2005, found call-centre service times lognormal.)
//!
//! Phone systems log wrong numbers and agents who hang up at once as calls of a few seconds. Where there are far more under
//! [`SHORT_S`] than the law of the others has room for, they are left out of the law, and said to be.

use super::fitted::Fitted;
use statrs::distribution::{ContinuousCDF, Gamma, LogNormal};
use statrs::function::gamma::{digamma, ln_gamma};

/// Shorter calls are looked at with suspicion, s.
pub(super) const SHORT_S: f64 = 10.0;
/// A distance from the data beyond which no law is written.
pub(super) const TOO_FAR: f64 = 0.06;

/// What was found of handle times.
#[derive(Clone, Debug, PartialEq)]
pub struct HandleTime {
    /// Contacts that the law rests on.
    pub contacts: usize,
    /// Their mean, s.
    pub mean: Fitted,
    /// Mean of the logarithms of seconds.
    pub log_mean: Fitted,
    /// Their standard deviation.
    pub log_sd: Fitted,
    /// Shape of the gamma law.
    pub gamma_shape: f64,
    /// Distance of the lognormal law from the data: 0.02 is two in a hundred.
    pub lognormal_distance: f64,
    /// That of the gamma law.
    pub gamma_distance: f64,
    /// What is written into the scenario.
    pub law: Law,
    /// Share of all handled contacts under ten seconds.
    pub short: f64,
    /// The share that the law has room for.
    pub short_expected: f64,
    /// Whether they were left out, as artefacts.
    pub short_left_out: bool,
    /// Mean of all, s, the short ones included.
    pub mean_of_all: f64,
    /// The values, in order, s.
    pub values: Vec<f64>,
}

/// The law that fits best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Lognormal.
    Lognormal,
    /// Gamma.
    Gamma,
    /// Neither: the values themselves.
    Empirical,
}

impl HandleTime {
    /// Standard deviation over mean, of the law that is written.
    pub fn cv(&self) -> f64 {
        match self.law {
            Law::Lognormal => (self.log_sd.value.powi(2).exp() - 1.0).sqrt(),
            Law::Gamma => 1.0 / self.gamma_shape.sqrt(),
            Law::Empirical => deviation(&self.values, self.mean.value) / self.mean.value,
        }
    }
}

/// Fits handle times in seconds; nothing where there are fewer than 30 above 0.
pub(super) fn handle_time(all: &[f64]) -> Option<HandleTime> {
    let mut values: Vec<f64> = all.iter().copied().filter(|s| *s > 0.0).collect();
    values.sort_by(f64::total_cmp);
    let long = values[values.partition_point(|s| *s < SHORT_S)..].to_vec();
    let short = 1.0 - long.len() as f64 / all.len().max(1) as f64;
    let room = expected_short(&long);
    let left_out = short > 0.01 && short > 3.0 * room;
    let values = if left_out { long } else { values };
    if values.len() < 30 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let logs: Vec<f64> = values.iter().map(|s| s.ln()).collect();
    let log_mean = logs.iter().sum::<f64>() / n;
    let log_sd = deviation(&logs, log_mean).max(1e-9);
    let shape = gamma_shape(mean.ln() - log_mean);
    let lognormal = LogNormal::new(log_mean, log_sd).ok()?;
    let gamma = Gamma::new(shape, shape / mean).ok()?;
    let distances = (distance(&values, |s| lognormal.cdf(s)), distance(&values, |s| gamma.cdf(s)));
    let log_squares = logs.iter().map(|l| (l - log_mean).powi(2)).sum::<f64>();
    let likely_lognormal = -logs.iter().sum::<f64>()
        - n * log_sd.ln()
        - n * 0.918_938_533_204_672_7
        - log_squares / (2.0 * log_sd * log_sd);
    let likely_gamma = n * (shape * (shape / mean).ln() - ln_gamma(shape))
        + (shape - 1.0) * logs.iter().sum::<f64>()
        - shape * n;
    let (law, far) = if likely_lognormal >= likely_gamma {
        (Law::Lognormal, distances.0)
    } else {
        (Law::Gamma, distances.1)
    };
    Some(HandleTime {
        contacts: values.len(),
        mean: Fitted::normal(mean, deviation(&values, mean) / n.sqrt()),
        log_mean: Fitted::normal(log_mean, log_sd / n.sqrt()),
        log_sd: Fitted::deviation(log_sd, n - 1.0),
        gamma_shape: shape,
        lognormal_distance: distances.0,
        gamma_distance: distances.1,
        law: if far > TOO_FAR { Law::Empirical } else { law },
        short,
        short_expected: room,
        short_left_out: left_out,
        mean_of_all: all.iter().sum::<f64>() / all.len() as f64,
        values,
    })
}

/// The share under ten seconds that a lognormal law of the longer ones has room for.
fn expected_short(long: &[f64]) -> f64 {
    if long.len() < 30 {
        return 1.0;
    }
    let logs: Vec<f64> = long.iter().map(|s| s.ln()).collect();
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    LogNormal::new(mean, deviation(&logs, mean).max(1e-9)).map_or(0.0, |law| law.cdf(SHORT_S))
}

fn deviation(values: &[f64], mean: f64) -> f64 {
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// Solves `ln k − ψ(k) = gap`, which falls as `k` rises, by halving.
fn gamma_shape(gap: f64) -> f64 {
    let (mut low, mut high) = (1e-3f64, 1e6f64);
    for _ in 0..100 {
        let middle = (low * high).sqrt();
        if middle.ln() - digamma(middle) > gap { low = middle } else { high = middle }
    }
    (low * high).sqrt()
}

/// The largest gap between the share of values up to `s` and the law's. `values` in order.
fn distance(values: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let n = values.len() as f64;
    let mut most: f64 = 0.0;
    let mut below = 0;
    while below < values.len() {
        // Values are often whole seconds: equal ones make one step.
        let here = values[below];
        let upto = below + values[below..].partition_point(|value| *value <= here);
        // A law of whole seconds is compared in the middle of its step.
        let gap = (cdf(here) - (below + upto) as f64 / (2.0 * n)).abs();
        most = most.max(gap);
        below = upto;
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::Uniform;

    /// Evenly spaced quantiles of a law are as near to it as data can be: it is chosen, with its own parameters.
    fn quantiles(of: impl Fn(f64) -> f64) -> Vec<f64> {
        (0..5000).map(|k| of((f64::from(k) + 0.5) / 5000.0)).collect()
    }

    #[test]
    fn each_law_knows_its_own() {
        let lognormal = LogNormal::new(5.0, 0.8).unwrap();
        let found = handle_time(&quantiles(|p| lognormal.inverse_cdf(p))).unwrap();
        assert_eq!((found.law, found.short_left_out), (Law::Lognormal, false));
        assert!(
            found.log_mean.holds(5.0) && found.log_sd.holds(0.8) && found.lognormal_distance < 0.002,
            "{:?}",
            found.log_sd
        );
        let gamma = Gamma::new(4.0, 4.0 / 300.0).unwrap();
        let found = handle_time(&quantiles(|p| gamma.inverse_cdf(p))).unwrap();
        assert_eq!(found.law, Law::Gamma);
        assert!(
            (found.gamma_shape - 4.0).abs() < 0.02 && (found.cv() - 0.5).abs() < 0.002,
            "{}",
            found.gamma_shape
        );
        // Half of all calls are short errands, half long ones: no law of the two.
        let (short, long) = (Uniform::new(50.0, 60.0).unwrap(), Uniform::new(500.0, 600.0).unwrap());
        let two = |p: f64| if p < 0.5 { short.inverse_cdf(2.0 * p) } else { long.inverse_cdf(2.0 * p - 1.0) };
        assert_eq!(handle_time(&quantiles(two)).unwrap().law, Law::Empirical);
        assert!(handle_time(&[100.0; 29]).is_none());
    }

    #[test]
    fn a_flood_of_short_calls_is_left_out_and_said() {
        let lognormal = LogNormal::new(5.0, 0.8).unwrap();
        let mut all = quantiles(|p| lognormal.inverse_cdf(p));
        all.extend(vec![3.0; 500]);
        let found = handle_time(&all).unwrap();
        assert!(found.short_left_out && (found.short - 500.0 / 5500.0).abs() < 0.001, "{}", found.short);
        assert!(found.log_mean.holds(5.0), "{:?}", found.log_mean);
    }

    /// Everything alike, as a machine would take: no division by nothing.
    #[test]
    fn calls_that_all_last_the_same() {
        let found = handle_time(&[120.0; 100]).unwrap();
        assert!(found.cv().is_finite() && found.mean.value == 120.0);
    }
}
