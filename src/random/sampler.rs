//! Samplers: a law's shape turned into draws with mean 1.
//!
//! Exponential and normal draws are ziggurats ([`ziggurat`](super::ziggurat)), gamma draws Marsaglia and Tsang's method
//! from `rand_distr`; the last transform ([`exp`](super::exp), `libm`'s `pow`) does not depend on the platform. The sources of the
//! laws themselves are in each [`Shape`].

use super::exp::exp;
use super::ziggurat::{exponential_layers, normal_layers};
use crate::model::Shape;
use crate::units::{Durations, whole};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Gamma};

/// Draws from a [`Shape`], mean 1.
#[derive(Clone, Debug)]
pub enum Sampler {
    /// Always 1.
    Fixed,
    /// Exponential.
    Exponential,
    /// `exp(location + spread × normal)`.
    Lognormal {
        /// `-spread² / 2`, so that the mean is 1.
        location: f64,
        /// `√ln(1 + cv²)`.
        spread: f64,
    },
    /// Gamma (and Erlang).
    Gamma(Gamma<f64>),
    /// `scale × exponential^power`.
    Weibull {
        /// `1 / Γ(1 + 1/shape)`.
        scale: f64,
        /// `1 / shape`.
        power: f64,
    },
    /// Mean of a branch × exponential, the branch chosen by cumulative weight.
    Hyperexponential {
        /// Means of the branches.
        means: Vec<f64>,
        /// Cumulative weights.
        up_to: Vec<f64>,
    },
    /// Uniform.
    Uniform {
        /// Lower bound.
        low: f64,
        /// Upper − lower bound.
        width: f64,
    },
    /// Triangular, by inversion.
    Triangular {
        /// Lower bound.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Upper bound.
        high: f64,
    },
    /// One of the observed values.
    Empirical {
        /// The values.
        values: Vec<f64>,
    },
}

impl Sampler {
    /// The sampler of a shape.
    pub fn new(shape: &Shape) -> Self {
        match shape {
            Shape::Fixed => Self::Fixed,
            Shape::Exponential => Self::Exponential,
            Shape::Lognormal { cv } => {
                let variance = libm::log1p(cv * cv);
                Self::Lognormal { location: -variance / 2.0, spread: variance.sqrt() }
            }
            Shape::Gamma { cv } => Self::gamma(1.0 / (cv * cv)),
            Shape::Erlang { phases } => Self::gamma(f64::from(*phases)),
            Shape::Weibull { shape } => {
                Self::Weibull { scale: 1.0 / libm::tgamma(1.0 + 1.0 / shape), power: 1.0 / shape }
            }
            Shape::Hyperexponential { means, weights } => {
                let mut sum = 0.0;
                let up_to = weights.iter().map(|w| {
                    sum += w;
                    sum
                });
                Self::Hyperexponential { up_to: up_to.collect(), means: means.clone() }
            }
            Shape::Uniform { low, high } => Self::Uniform { low: *low, width: high - low },
            Shape::Triangular { low, mode, high } => Self::Triangular { low: *low, mode: *mode, high: *high },
            Shape::Empirical { values } => Self::Empirical { values: values.clone() },
        }
    }

    /// Gamma with mean 1; a shape parameter beyond any use (cv below 10⁻⁷ or above 10⁷) is drawn as fixed.
    fn gamma(k: f64) -> Self {
        Gamma::new(k, 1.0 / k).map_or(Self::Fixed, Self::Gamma)
    }

    /// Appends `count` draws of a law with this mean in seconds to `out`, in whole microseconds: the same as one
    /// [`Self::draw`] after the other, but the shape is looked at once.
    ///
    /// Takes the generator and gives it back, so that its state stays in registers.
    pub fn fill<R: Rng + Clone>(&self, random: R, mean: f64, count: usize, out: &mut Durations) -> R {
        match self {
            Self::Fixed => append(out, count, random, |_| mean),
            Self::Exponential => {
                let mut room = out.grow(count);
                exponential_layers().fill(count, random, |k, x| room.put(k, in_micros(x * mean)))
            }
            &Self::Lognormal { location, spread } => {
                append_lognormal(out, count, random, |normal| exp(location + spread * normal) * mean)
            }
            _ => append(out, count, random, |random| self.draw(random) * mean),
        }
    }

    /// One draw.
    pub fn draw<R: Rng + Clone>(&self, random: &mut R) -> f64 {
        match self {
            Self::Fixed => 1.0,
            Self::Exponential => exponential(random),
            Self::Lognormal { location, spread } => exp(location + spread * normal_layers().draw(random)),
            Self::Gamma(gamma) => gamma.sample(random),
            Self::Weibull { scale, power } => scale * libm::pow(exponential(random), *power),
            Self::Hyperexponential { means, up_to } => {
                let u: f64 = random.random();
                let branch = up_to.iter().position(|&p| u < p).unwrap_or(means.len() - 1);
                means[branch] * exponential(random)
            }
            Self::Uniform { low, width } => low + width * random.random::<f64>(),
            Self::Triangular { low, mode, high } => triangular(*low, *mode, *high, random.random()),
            Self::Empirical { values } => values[random.random_range(0..values.len())],
        }
    }
}

/// Appends so many times in seconds to `out`, in whole microseconds.
#[allow(clippy::inline_always)] // One copy for each law, whose generator lives in registers, not in memory.
#[inline(always)]
fn append<R>(out: &mut Durations, count: usize, mut random: R, mut draw: impl FnMut(&mut R) -> f64) -> R {
    let mut room = out.grow(count);
    for k in 0..count {
        room.put(k, in_micros(draw(&mut random)));
    }
    random
}

/// The same for times made of normals: block by block, first the normals, then all their times, several at once.
#[allow(clippy::inline_always)] // As above.
#[inline(always)]
fn append_lognormal<R: Rng + Clone>(
    out: &mut Durations,
    count: usize,
    mut random: R,
    time: impl Fn(f64) -> f64,
) -> R {
    let layers = normal_layers();
    let mut block = [0.0; 64];
    let mut room = out.grow(count);
    for from in (0..count).step_by(block.len()) {
        let size = block.len().min(count - from);
        random = layers.fill(size, random, |k, normal| block[k] = normal);
        for x in &mut block {
            *x = time(*x);
        }
        (from..).zip(&block[..size]).for_each(|(k, &x)| room.put(k, in_micros(x)));
    }
    random
}

/// Seconds of a draw, which is never negative, as [`Micros::from_secs_f64`] rounds them; none comes near the 292,000 years
/// where the two differ.
#[inline]
fn in_micros(seconds: f64) -> u64 {
    whole(seconds * 1e6 + 0.5)
}

/// A unit exponential.
#[inline]
pub fn exponential<R: Rng + Clone>(random: &mut R) -> f64 {
    exponential_layers().draw(random)
}

/// A unit exponential, or 0 and `false` where its point fell above the density: the next attempt tells more.
#[inline]
pub fn attempt_exponential<R: Rng + Clone>(random: &mut R) -> (f64, bool) {
    exponential_layers().attempt(random)
}

/// Inverse of the triangular distribution function at `u`.
fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if u * width <= mode - low {
        low + (u * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - u) * width * (high - mode)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Phase, Purpose, Stream};

    fn shapes() -> Vec<Shape> {
        vec![
            Shape::Fixed,
            Shape::Exponential,
            Shape::Lognormal { cv: 1.0 },
            Shape::Lognormal { cv: 0.3 },
            Shape::Gamma { cv: 0.5 },
            Shape::Gamma { cv: 1.5 },
            Shape::Weibull { shape: 0.7 },
            Shape::Weibull { shape: 2.0 },
            Shape::Erlang { phases: 3 },
            Shape::Hyperexponential { means: vec![0.5, 3.0], weights: vec![0.8, 0.2] },
            Shape::Uniform { low: 0.5, high: 1.5 },
            Shape::Triangular { low: 0.25, mode: 0.75, high: 2.0 },
            Shape::Empirical { values: vec![0.5, 0.5, 1.0, 2.0] },
        ]
    }

    /// 26 comparisons at three standard errors: mean and second moment of every shape.
    #[test]
    fn draws_have_mean_one_and_the_stated_cv() {
        const DRAWS: usize = 200_000;
        for (index, shape) in shapes().iter().enumerate() {
            let sampler = Sampler::new(shape);
            let mut random = Stream::of_queue(7, 0, Phase::Main, index).open(Purpose::Handle(0));
            let draws: Vec<f64> = (0..DRAWS).map(|_| sampler.draw(&mut random)).collect();
            close(&draws, 1.0, shape);
            let squares: Vec<f64> = draws.iter().map(|x| x * x).collect();
            close(&squares, 1.0 + shape.cv().powi(2), shape);
        }
    }

    fn close(sample: &[f64], expected: f64, shape: &Shape) {
        let n = sample.len() as f64;
        let mean = sample.iter().sum::<f64>() / n;
        let variance = sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let error = (mean - expected).abs();
        assert!(error <= 3.0 * (variance / n).sqrt() + 1e-12, "{shape:?}: {mean} for {expected}");
    }

    /// Many at once are the same draws as one after the other, long ones among them: their mean is 20 minutes.
    #[test]
    fn filling_draws_what_drawing_draws() {
        const DRAWS: usize = 50_000;
        for shape in shapes() {
            let (sampler, mut random) =
                (Sampler::new(&shape), Stream::of_queue(3, 1, Phase::Main, 0).open(Purpose::Wrap));
            let (mut filled, part) = (Durations::default(), DRAWS / 2);
            let after = sampler.fill(random.clone(), 1200.0, part, &mut filled);
            let after = sampler.fill(after, 1200.0, DRAWS - part, &mut filled);
            let drawn: Durations =
                (0..DRAWS).map(|_| in_micros(sampler.draw(&mut random) * 1200.0)).collect();
            assert!(filled == drawn && after == random, "{shape:?}");
        }
    }

    #[test]
    #[allow(clippy::unreadable_literal)] // bit patterns
    fn the_first_draws_never_change() {
        let first = shapes().into_iter().map(|shape| {
            let mut random = Stream::of_queue(1, 0, Phase::Main, 0).open(Purpose::Handle(0));
            Sampler::new(&shape).draw(&mut random).to_bits()
        });
        let pinned: [u64; 13] = [
            4607182418800017408,
            4596972952749233310,
            4597223467764962132,
            4603923787191208234,
            4600899254731049104,
            4570474129893269037,
            4591066695265139928,
            4602905692058616017,
            4599591340927919285,
            4601848097879169251,
            4603616336941762134,
            4603145264782460236,
            4602678819172646912,
        ];
        assert_eq!(first.collect::<Vec<_>>(), pinned);
    }
}
