//! Probability laws of handle time, wrap-up and patience.
//!
//! A law is a *shape* with mean 1 and a mean in seconds, which may change over the day. Keeping them apart lets the
//! same draw serve a longer handle time: in a what-if the same customers have it.

/// One value for the whole run, or one for each interval of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Series<T> {
    /// The same all the time.
    Constant(T),
    /// One value per interval of the run (the grid's length).
    ByInterval(Vec<T>),
}

impl<T: Copy> Series<T> {
    /// The value in interval `i`.
    pub fn at(&self, i: usize) -> T {
        match self {
            Self::Constant(value) => *value,
            Self::ByInterval(values) => values[i],
        }
    }
}

/// A probability law on `[0, ∞)`: shape times mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Law {
    /// The shape, with mean 1.
    pub shape: Shape,
    /// The mean in seconds.
    pub mean: Series<f64>,
}

impl Law {
    /// A law whose mean does not change over the run; `mean` in seconds.
    pub fn constant(shape: Shape, mean: f64) -> Self {
        Self { shape, mean: Series::Constant(mean) }
    }
}

/// The shape of a law, scaled to mean 1. `cv` is the coefficient of variation: standard deviation over mean.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Always the mean.
    Fixed,
    /// Memoryless, cv 1.
    Exponential,
    /// Logarithm is normal with variance `ln(1 + cv²)`.
    Lognormal {
        /// Coefficient of variation, > 0.
        cv: f64,
    },
    /// Gamma with shape parameter `1 / cv²`.
    Gamma {
        /// Coefficient of variation, > 0.
        cv: f64,
    },
    /// Weibull with the given shape parameter.
    Weibull {
        /// Shape parameter k, > 0; 1 is exponential.
        shape: f64,
    },
    /// Sum of equal exponential phases; cv = 1/√phases.
    Erlang {
        /// Number of phases, ≥ 1.
        phases: u32,
    },
    /// A mixture of exponentials.
    Hyperexponential {
        /// Means of the branches, relative to the overall mean, > 0.
        means: Vec<f64>,
        /// Their probabilities, summing to 1.
        weights: Vec<f64>,
    },
    /// Equally likely between two bounds, relative to the mean.
    Uniform {
        /// Lower bound / mean, ≥ 0.
        low: f64,
        /// Upper bound / mean, > low.
        high: f64,
    },
    /// Triangular between two bounds, relative to the mean.
    Triangular {
        /// Lower bound / mean, ≥ 0.
        low: f64,
        /// Most likely value / mean.
        mode: f64,
        /// Upper bound / mean, > low.
        high: f64,
    },
    /// Values that were observed, each equally likely, relative to their mean; sorted.
    Empirical {
        /// Observed values / their mean.
        values: Vec<f64>,
    },
}

impl Shape {
    /// Coefficient of variation.
    ///
    /// ```
    /// use headcount::model::Shape;
    /// assert_eq!(Shape::Erlang { phases: 4 }.cv(), 0.5);
    /// ```
    pub fn cv(&self) -> f64 {
        self.variance().sqrt()
    }

    /// Variance of the shape with mean 1, i.e. cv².
    fn variance(&self) -> f64 {
        match self {
            Self::Fixed => 0.0,
            Self::Exponential => 1.0,
            Self::Lognormal { cv } | Self::Gamma { cv } => cv * cv,
            Self::Weibull { shape } => {
                let mean = libm::tgamma(1.0 + 1.0 / shape);
                libm::tgamma(1.0 + 2.0 / shape) / (mean * mean) - 1.0
            }
            Self::Erlang { phases } => 1.0 / f64::from(*phases),
            Self::Hyperexponential { means, weights } => {
                let second: f64 = means.iter().zip(weights).map(|(m, w)| 2.0 * w * m * m).sum();
                second - 1.0
            }
            Self::Uniform { low, high } => (high - low).powi(2) / 12.0,
            Self::Triangular { low, mode, high } => {
                (low * low + mode * mode + high * high - low * mode - low * high - mode * high) / 18.0
            }
            Self::Empirical { values } => {
                values.iter().map(|v| (v - 1.0).powi(2)).sum::<f64>() / values.len() as f64
            }
        }
    }
}
