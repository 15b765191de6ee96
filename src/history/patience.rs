//! How long customers are willing to wait, from waits that mostly ended otherwise.
//!
//! Who was answered after a minute would have waited longer: that wait is *censored*. With `d` customers who hung up and
//! waits `w` of all who waited at all (answered ones included), by maximum likelihood:
//!
//! - exponential: mean `Σw/d`;
//! - Weibull: the shape `k` solves `Σ wᵏ ln w / Σ wᵏ − 1/k − Σ_hung ln w / d = 0`, and `λᵏ = Σ wᵏ/d`;
//! - Kaplan and Meier: the share still willing after `t` is the product over earlier hang-ups of `1 − 1/(those still
//!   waiting)`; it supposes no law at all.
//!
//! (Kaplan and Meier 1958; Brown and others, JASA 2005, for call centres.) From counts by interval there is only the
//! exponential mean: seconds waited by all over the number who hung up.

use super::fitted::Fitted;
use statrs::function::gamma::gamma;

/// What was found of patience.
#[derive(Clone, Debug, PartialEq)]
pub struct Patience {
    /// Customers who waited.
    pub waited: f64,
    /// Of them, those who hung up.
    pub hung_up: f64,
    /// Mean of the exponential law, s.
    pub mean: Fitted,
    /// The Weibull law, where there are single waits.
    pub weibull: Option<Weibull>,
    /// Kaplan and Meier's curve: seconds, and the share still willing to wait.
    pub curve: Vec<(f64, f64)>,
    /// Largest gap between that curve and the exponential law, while 30 or more were waiting; nothing where fewer always were.
    pub exponential_distance: Option<f64>,
}

/// A Weibull law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    /// Below 1: those who have waited long wait on.
    pub shape: Fitted,
    /// Its mean, s.
    pub mean: f64,
    /// Scale, s: `P(patience > t) = exp(−(t/scale)^shape)`.
    pub scale: f64,
    /// How much likelier than the exponential law: twice the difference of log likelihoods, about 4 by chance.
    pub gain: f64,
    /// Largest gap between Kaplan and Meier's curve and this law.
    pub distance: Option<f64>,
}

impl Patience {
    /// Whether the Weibull law is written: clearly likelier, and clearly another shape.
    pub fn is_weibull(&self) -> bool {
        self.weibull.is_some_and(|law| law.gain > 10.8 && (law.shape.value - 1.0).abs() > 0.1)
    }
}

/// From single waits above 0 in seconds, each with whether it ended by hanging up.
pub(super) fn from_waits(waits: &[(f64, bool)]) -> Option<Patience> {
    let mut waits: Vec<(f64, bool)> = waits.iter().copied().filter(|(wait, _)| *wait > 0.0).collect();
    waits.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = waits.iter().map(|(wait, _)| wait).sum();
    let hung = waits.iter().filter(|(_, hung)| *hung).count() as f64;
    let mut found = from_totals(total, hung, waits.len() as f64)?;
    let (curve, at_risk) = kaplan_meier(&waits);
    let far = |law: &dyn Fn(f64) -> f64| {
        let seen = curve.iter().zip(&at_risk).filter(|(_, risk)| **risk >= 30.0);
        seen.map(|((t, share), _)| (share - law(*t)).abs()).reduce(f64::max)
    };
    let mean = found.mean.value;
    found.exponential_distance = far(&|t| (-t / mean).exp());
    if hung >= 10.0 {
        let mut law = weibull(&waits, hung, mean);
        law.distance = far(&|t| (-(t / law.scale).powf(law.shape.value)).exp());
        found.weibull = Some(law);
    }
    found.curve = curve;
    Some(found)
}

/// From the seconds waited by all, the number who hung up and the number who waited.
pub(super) fn from_totals(total: f64, hung_up: f64, waited: f64) -> Option<Patience> {
    (total > 0.0 && hung_up >= 1.0).then(|| Patience {
        waited,
        hung_up,
        mean: Fitted::in_logs(total / hung_up, 1.0 / hung_up.sqrt()),
        weibull: None,
        curve: Vec::new(),
        exponential_distance: None,
    })
}

/// The curve just after each hang-up, and how many were waiting then. `waits` in order.
fn kaplan_meier(waits: &[(f64, bool)]) -> (Vec<(f64, f64)>, Vec<f64>) {
    let (mut curve, mut at_risk, mut share, mut i) = (Vec::new(), Vec::new(), 1.0, 0);
    while i < waits.len() {
        let here = waits[i].0;
        let next = i + waits[i..].partition_point(|(wait, _)| *wait <= here);
        let hung = waits[i..next].iter().filter(|(_, hung)| *hung).count();
        if hung > 0 {
            let risk = (waits.len() - i) as f64;
            share *= 1.0 - hung as f64 / risk;
            curve.push((here, share));
            at_risk.push(risk);
        }
        i = next;
    }
    (curve, at_risk)
}

/// `mean`: of the exponential law, which keeps the powers in reach.
fn weibull(waits: &[(f64, bool)], hung: f64, mean: f64) -> Weibull {
    // In units of the mean, so that no power overflows.
    let scaled = || waits.iter().map(move |(wait, hung)| (wait / mean, *hung));
    let logs_hung: f64 = scaled().filter(|(_, hung)| *hung).map(|(wait, _)| wait.ln()).sum();
    // Σ wᵏ, Σ wᵏ ln w, Σ wᵏ ln² w.
    let sums = |k: f64| {
        scaled().fold((0.0, 0.0, 0.0), |sum, (wait, _)| {
            let (power, log) = (wait.powf(k), wait.ln());
            (sum.0 + power, sum.1 + power * log, sum.2 + power * log * log)
        })
    };
    let (mut low, mut high) = (0.05, 20.0);
    for _ in 0..60 {
        let k = f64::midpoint(low, high);
        let (s0, s1, _) = sums(k);
        if s1 / s0 - 1.0 / k - logs_hung / hung < 0.0 { low = k } else { high = k }
    }
    let k = f64::midpoint(low, high);
    let (s0, s1, s2) = sums(k);
    let curvature = hung * (1.0 / (k * k) + s2 / s0 - (s1 / s0).powi(2));
    let scale = (s0 / hung).powf(1.0 / k);
    // Log likelihoods at their maxima; the exponential's scale is 1 in these units, so that its sum of waits is `hung`.
    let likely = hung * (k.ln() - k * scale.ln()) + (k - 1.0) * logs_hung - hung;
    Weibull {
        shape: Fitted::in_logs(k, 1.0 / (curvature.sqrt() * k)),
        mean: scale * mean * gamma(1.0 + 1.0 / k),
        scale: scale * mean,
        gain: 2.0 * (likely + hung),
        distance: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five customers: 10 hung up, 20 answered, 30 hung up, 30 answered, 60 answered.
    #[test]
    fn by_hand() {
        let waits = [(10.0, true), (20.0, false), (30.0, true), (30.0, false), (60.0, false)];
        let found = from_waits(&waits).unwrap();
        assert!((found.mean.value - 75.0).abs() < 1e-12);
        let expected = [(10.0, 0.8), (30.0, 0.8 * 2.0 / 3.0)];
        assert_eq!(found.curve.len(), 2);
        for (found, expected) in found.curve.iter().zip(expected) {
            assert!((found.1 - expected.1).abs() < 1e-12 && found.0 == expected.0);
        }
    }

    /// Quantiles of an exponential law without censoring have a Weibull shape near 1, those of a square root 2.
    #[test]
    fn shapes_are_found() {
        for shape in [0.5, 1.0, 2.0] {
            let quantile = |i: i32| (-(1.0 - (f64::from(i) + 0.5) / 2000.0).ln()).powf(1.0 / shape) * 300.0;
            let waits: Vec<_> = (0..2000).map(|i| (quantile(i), true)).collect();
            let law = from_waits(&waits).unwrap().weibull.unwrap();
            assert!(law.shape.holds(shape) && (law.shape.value / shape - 1.0).abs() < 0.01, "{law:?}");
            assert!((law.scale - 300.0).abs() < 3.0, "{law:?}");
        }
    }
}
