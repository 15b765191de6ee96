//! The families of handle times and patience that planners use, in the form the formulas need.
//!
//! Times are in seconds; `cv` is the coefficient of variation, standard deviation over mean.

use libm::erfc;
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur, ln_gamma};

use super::fault::{Fault, check_shape, check_time};
use super::law::Law;

/// `P(S > x) = e^{−x/mean}`: memoryless. With an infinite mean it never ends, which as patience is Erlang C's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    /// Ends per second; 0 means never.
    rate: f64,
}

impl Exponential {
    /// With mean `mean_s` seconds, which may be infinite.
    ///
    /// # Errors
    /// A mean outside the limits of [`Fault`].
    pub fn new(mean_s: f64) -> Result<Self, Fault> {
        let endless = mean_s == f64::INFINITY;
        Ok(Self { rate: if endless { 0.0 } else { 1.0 / check_time(mean_s)? } })
    }

    /// Ends per second.
    pub(super) fn rate(self) -> f64 {
        self.rate
    }
}

impl Law for Exponential {
    fn mean_s(&self) -> f64 {
        1.0 / self.rate
    }
    fn survival(&self, x: f64) -> f64 {
        if self.rate == 0.0 { 1.0 } else { (-self.rate * x).exp() }
    }
    fn partial(&self, x: f64) -> f64 {
        if self.rate == 0.0 { x } else { self.ended(x) / self.rate }
    }
    fn ended(&self, x: f64) -> f64 {
        if self.rate == 0.0 { 0.0 } else { -(-self.rate * x).exp_m1() }
    }
    /// `(1 − e^{−z} − z·e^{−z})/rate` with `z = rate·x`, by its series where the difference would lose digits.
    fn ended_time(&self, x: f64) -> f64 {
        if self.rate == 0.0 {
            return 0.0;
        }
        let z = self.rate * x;
        if z > 0.5 {
            return (self.ended(x) - z * self.survival(x)).max(0.0) / self.rate;
        }
        let mut term = z * z / 2.0;
        let mut sum = term;
        for k in 3..20 {
            let k = f64::from(k);
            term *= -z * (k - 1.0) / (k * (k - 2.0));
            sum += term;
        }
        sum / self.rate
    }
    fn never(&self) -> f64 {
        if self.rate == 0.0 { 1.0 } else { 0.0 }
    }
}

/// Always the same length: every handling takes it, or everyone hangs up at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixed {
    length_s: f64,
}

impl Fixed {
    /// Of `length_s` seconds.
    ///
    /// # Errors
    /// A length outside the limits of [`Fault`].
    pub fn new(length_s: f64) -> Result<Self, Fault> {
        Ok(Self { length_s: check_time(length_s)? })
    }
}

impl Law for Fixed {
    fn mean_s(&self) -> f64 {
        self.length_s
    }
    fn survival(&self, x: f64) -> f64 {
        if x < self.length_s { 1.0 } else { 0.0 }
    }
    fn partial(&self, x: f64) -> f64 {
        x.min(self.length_s)
    }
    fn kinks(&self) -> Vec<f64> {
        vec![self.length_s]
    }
}

/// Equally likely anywhere from a shortest to a longest length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    low_s: f64,
    high_s: f64,
}

impl Uniform {
    /// From `low_s` (may be 0) to `high_s` seconds.
    ///
    /// # Errors
    /// A `high_s` outside the limits of [`Fault`], or a `low_s` that is not from 0 to below it.
    pub fn new(low_s: f64, high_s: f64) -> Result<Self, Fault> {
        let high_s = check_time(high_s)?;
        if (0.0..high_s).contains(&low_s) { Ok(Self { low_s, high_s }) } else { Err(Fault::Time(low_s)) }
    }
}

impl Law for Uniform {
    fn mean_s(&self) -> f64 {
        f64::midpoint(self.low_s, self.high_s)
    }
    fn survival(&self, x: f64) -> f64 {
        1.0 - self.ended(x)
    }
    fn partial(&self, x: f64) -> f64 {
        let past = (x.min(self.high_s) - self.low_s).max(0.0);
        x.min(self.low_s) + past * (1.0 - past / (2.0 * (self.high_s - self.low_s)))
    }
    fn ended(&self, x: f64) -> f64 {
        ((x - self.low_s) / (self.high_s - self.low_s)).clamp(0.0, 1.0)
    }
    fn kinks(&self) -> Vec<f64> {
        vec![self.low_s, self.high_s]
    }
}

/// The gamma law: a sum of `1/cv²` exponential stages, if that is a whole number (Erlang-k).
/// `E[S; S ≤ x] = mean·P(k+1, x/scale)` with the regularised incomplete gamma function `P`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    mean_s: f64,
    stages: f64,
}

impl Gamma {
    /// With mean `mean_s` seconds and coefficient of variation `cv`, from 0.01 to 10.
    ///
    /// # Errors
    /// A mean outside the limits of [`Fault`], or another `cv`.
    pub fn new(mean_s: f64, cv: f64) -> Result<Self, Fault> {
        let cv = check_shape(cv, 0.01, 10.0)?;
        Ok(Self { mean_s: check_time(mean_s)?, stages: 1.0 / (cv * cv) })
    }

    /// Erlang-k: the sum of `stages` exponential times that last `mean_s` seconds together, 1 to 10,000 of them.
    ///
    /// # Errors
    /// A mean outside the limits of [`Fault`], or another number of stages.
    pub fn erlang(mean_s: f64, stages: u32) -> Result<Self, Fault> {
        let stages = check_shape(f64::from(stages), 1.0, 10_000.0)?;
        Ok(Self { mean_s: check_time(mean_s)?, stages })
    }

    /// `x` in units of the scale.
    fn scaled(&self, x: f64) -> f64 {
        x * self.stages / self.mean_s
    }
}

impl Law for Gamma {
    fn mean_s(&self) -> f64 {
        self.mean_s
    }
    fn survival(&self, x: f64) -> f64 {
        upper_gamma(self.stages, self.scaled(x))
    }
    fn partial(&self, x: f64) -> f64 {
        // The last term is zero at infinity, where the product alone would not be a number.
        let survival = self.survival(x);
        self.ended_time(x) + if survival > 0.0 { x * survival } else { 0.0 }
    }
    fn ended(&self, x: f64) -> f64 {
        lower_gamma(self.stages, self.scaled(x))
    }
    fn ended_time(&self, x: f64) -> f64 {
        self.mean_s * lower_gamma(self.stages + 1.0, self.scaled(x))
    }
}

/// The lognormal law, the usual shape of handle times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lognormal {
    mean_s: f64,
    log_mean: f64,
    log_sd: f64,
}

impl Lognormal {
    /// With mean `mean_s` seconds and coefficient of variation `cv`, from 0.01 to 10.
    ///
    /// # Errors
    /// A mean outside the limits of [`Fault`], or another `cv`.
    pub fn new(mean_s: f64, cv: f64) -> Result<Self, Fault> {
        let (mean_s, cv) = (check_time(mean_s)?, check_shape(cv, 0.01, 10.0)?);
        let variance = (cv * cv).ln_1p();
        Ok(Self { mean_s, log_mean: mean_s.ln() - variance / 2.0, log_sd: variance.sqrt() })
    }

    /// `(ln x − log-mean)/log-sd`.
    fn scaled(&self, x: f64) -> f64 {
        (x.ln() - self.log_mean) / self.log_sd
    }
}

impl Law for Lognormal {
    fn mean_s(&self) -> f64 {
        self.mean_s
    }
    fn survival(&self, x: f64) -> f64 {
        normal(-self.scaled(x))
    }
    fn partial(&self, x: f64) -> f64 {
        let survival = self.survival(x);
        self.ended_time(x) + if survival > 0.0 { x * survival } else { 0.0 }
    }
    fn ended(&self, x: f64) -> f64 {
        normal(self.scaled(x))
    }
    fn ended_time(&self, x: f64) -> f64 {
        self.mean_s * normal(self.scaled(x) - self.log_sd)
    }
}

/// Two kinds of customers, each exponential, each with half of the total time (balanced means): more variable than
/// the exponential law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hyperexponential {
    /// Share and law of the short and of the long kind.
    kinds: [(f64, Exponential); 2],
}

impl Hyperexponential {
    /// With mean `mean_s` seconds and coefficient of variation `cv`, from 1 to 100.
    ///
    /// # Errors
    /// A mean outside the limits of [`Fault`], or another `cv`.
    pub fn balanced(mean_s: f64, cv: f64) -> Result<Self, Fault> {
        let (mean_s, square) = (check_time(mean_s)?, check_shape(cv, 1.0, 100.0)?.powi(2));
        let short = f64::midpoint(1.0, ((square - 1.0) / (square + 1.0)).sqrt());
        // 1 − short, written so that it keeps its digits when it is small.
        let long = 0.5 / ((square + 1.0) * short);
        let kind = |share: f64| (share, Exponential { rate: 2.0 * share / mean_s });
        Ok(Self { kinds: [kind(short), kind(long)] })
    }

    /// The two kinds' values, weighted by their shares.
    fn mix(&self, value: impl Fn(&Exponential) -> f64) -> f64 {
        self.kinds.iter().map(|(share, law)| share * value(law)).sum()
    }
}

impl Law for Hyperexponential {
    fn mean_s(&self) -> f64 {
        self.mix(Exponential::mean_s)
    }
    fn survival(&self, x: f64) -> f64 {
        self.mix(|law| law.survival(x))
    }
    fn partial(&self, x: f64) -> f64 {
        self.mix(|law| law.partial(x))
    }
    fn ended(&self, x: f64) -> f64 {
        self.mix(|law| law.ended(x))
    }
    fn ended_time(&self, x: f64) -> f64 {
        self.mix(|law| law.ended_time(x))
    }
}

/// `P(S > x) = e^{−(x/scale)^shape}`: impatience that falls with time (shape below 1) or rises (above 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    scale_s: f64,
    shape: f64,
}

impl Weibull {
    /// With mean `mean_s` seconds and this shape, from 0.1 to 100.
    ///
    /// # Errors
    /// A mean outside the limits of [`Fault`], or another shape.
    pub fn new(mean_s: f64, shape: f64) -> Result<Self, Fault> {
        let shape = check_shape(shape, 0.1, 100.0)?;
        let scale_s = check_time(mean_s)? / ln_gamma(1.0 + 1.0 / shape).exp();
        Ok(Self { scale_s, shape })
    }

    /// `(x/scale)^shape`.
    fn hazard(&self, x: f64) -> f64 {
        (x / self.scale_s).powf(self.shape)
    }
}

impl Law for Weibull {
    fn mean_s(&self) -> f64 {
        self.scale_s * ln_gamma(1.0 + 1.0 / self.shape).exp()
    }
    fn survival(&self, x: f64) -> f64 {
        (-self.hazard(x)).exp()
    }
    fn partial(&self, x: f64) -> f64 {
        self.mean_s() * lower_gamma(1.0 / self.shape, self.hazard(x))
    }
    fn ended(&self, x: f64) -> f64 {
        -(-self.hazard(x)).exp_m1()
    }
    fn ended_time(&self, x: f64) -> f64 {
        self.mean_s() * lower_gamma(1.0 + 1.0 / self.shape, self.hazard(x))
    }
}

/// `Φ(z)`, the standard normal distribution function.
fn normal(z: f64) -> f64 {
    0.5 * erfc(-z / std::f64::consts::SQRT_2)
}

/// The regularised lower incomplete gamma function, with its limits at 0 and infinity.
fn lower_gamma(shape: f64, x: f64) -> f64 {
    if x == f64::INFINITY { 1.0 } else { checked_gamma_lr(shape, x).unwrap_or(0.0) }
}

/// The regularised upper incomplete gamma function, with its limits at 0 and infinity.
fn upper_gamma(shape: f64, x: f64) -> f64 {
    if x == f64::INFINITY { 0.0 } else { checked_gamma_ur(shape, x).unwrap_or(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::erlang::quadrature::{bounds, integrate};

    fn all() -> Vec<Box<dyn Law>> {
        vec![
            Box::new(Exponential::new(60.0).unwrap()),
            Box::new(Fixed::new(60.0).unwrap()),
            Box::new(Uniform::new(0.0, 120.0).unwrap()),
            Box::new(Uniform::new(20.0, 100.0).unwrap()),
            Box::new(Gamma::erlang(60.0, 2).unwrap()),
            Box::new(Gamma::new(60.0, 0.3).unwrap()),
            Box::new(Gamma::new(60.0, 1.7).unwrap()),
            Box::new(Lognormal::new(60.0, 1.0).unwrap()),
            Box::new(Lognormal::new(60.0, 0.2).unwrap()),
            Box::new(Hyperexponential::balanced(60.0, 2.0).unwrap()),
            Box::new(Weibull::new(60.0, 0.7).unwrap()),
            Box::new(Weibull::new(60.0, 3.0).unwrap()),
        ]
    }

    #[test]
    fn each_law_agrees_with_itself() {
        for (i, law) in all().iter().enumerate() {
            assert!((law.mean_s() - 60.0).abs() < 1e-11, "law {i}");
            assert!((law.partial(f64::INFINITY) - 60.0).abs() < 1e-11, "law {i}");
            for x in [1e-3, 1.0, 20.0, 59.0, 100.0, 700.0] {
                let cuts = bounds(0.0, x, 40, &law.kinks());
                let [area] = integrate(&cuts, 1e-13, |u| [law.survival(u)]);
                assert!((law.partial(x) / area - 1.0).abs() < 1e-11, "law {i}, {x} s");
                assert!((law.ended(x) + law.survival(x) - 1.0).abs() < 1e-13, "law {i}, {x} s");
                let ended = law.partial(x) - x * law.survival(x);
                assert!((law.ended_time(x) - ended).abs() < 1e-11, "law {i}, {x} s");
            }
        }
    }

    #[test]
    fn the_ends_of_the_scale_are_numbers() {
        let never = Exponential::new(f64::INFINITY).unwrap();
        assert_eq!((never.survival(f64::INFINITY), never.never(), never.partial(5.0)), (1.0, 1.0, 5.0));
        for law in all() {
            for x in [0.0, 1e-300, 1e300, f64::INFINITY] {
                let values = [law.survival(x), law.ended(x), law.partial(x)];
                assert!(values.iter().all(|v| v.is_finite()), "{x}: {values:?}");
            }
        }
    }

    #[test]
    fn little_patience_lost_keeps_its_digits() {
        let law = Exponential::new(1e6).unwrap();
        assert!((law.ended_time(1.0) / (0.5e-6 - 1e-12 / 3.0) - 1.0).abs() < 1e-11);
    }

    #[test]
    fn shapes_outside_their_domain_are_faults() {
        assert!(Gamma::new(60.0, 0.0).is_err());
        assert!(Lognormal::new(60.0, f64::NAN).is_err());
        assert!(Hyperexponential::balanced(60.0, 0.9).is_err());
        assert!(Weibull::new(60.0, f64::INFINITY).is_err());
        assert!(Uniform::new(60.0, 60.0).is_err());
        assert!(Exponential::new(0.0).is_err());
    }
}
