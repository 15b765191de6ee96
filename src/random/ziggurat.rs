//! Exponential and normal draws: the ziggurat of Marsaglia and Tsang (2000, Journal of Statistical Software 5(8)), with
//! 256 layers.
//!
//! The area under the density is cut into layers of equal area `v`: layer `i` is a rectangle of width `x[i]` between
//! heights `f(x[i])` and `f(x[i + 1])`; the lowest has the tail beyond `r` with it. A draw takes a layer and a point
//! across it; in 98 to 99 of 100 cases the point lies under the density for sure (`< x[i + 1]`) and is the answer.
//!
//! The draws are those of `rand_distr` from the same generator, bit for bit; a test holds them to it. What is gained is
//! time, the rare cases being kept out of the way so that a generator's state stays in registers, and that `exp` and
//! `ln` of those rare cases are `libm`'s, the same on every machine.

use rand::Rng;
use std::sync::LazyLock;

/// The layers of one density.
pub(super) struct Layers {
    /// Right ends, falling: `x[0] = v / f(r)`, `x[1] = r`, …, `x[256] = 0`.
    x: [f64; 257],
    /// The density there.
    f: [f64; 257],
}

/// Where the tail of the exponential density begins.
const EXPONENTIAL_R: f64 = 7.697_117_470_131_05;
/// Where the tail of the normal density begins.
const NORMAL_R: f64 = 3.654_152_885_361_009;

static EXPONENTIAL: LazyLock<Layers> = LazyLock::new(|| {
    let (density, inverse) = (|x: f64| libm::exp(-x), |y: f64| -libm::log(y));
    Layers::new(EXPONENTIAL_R, 0.003_949_659_822_581_557, density, inverse)
});

static NORMAL: LazyLock<Layers> = LazyLock::new(|| {
    let (density, inverse) = (|x: f64| libm::exp(-x * x / 2.0), |y: f64| (-2.0 * libm::log(y)).sqrt());
    Layers::new(NORMAL_R, 0.004_928_673_233_99, density, inverse)
});

/// The layers of the exponential density `exp(-x)`.
pub(super) fn exponential_layers() -> &'static Layers {
    &EXPONENTIAL
}

/// The layers of the normal density, up to its constant: `exp(-x²/2)`.
pub(super) fn normal_layers() -> &'static Layers {
    &NORMAL
}

impl Layers {
    fn new(r: f64, v: f64, density: fn(f64) -> f64, inverse: fn(f64) -> f64) -> Self {
        let mut x = [0.0; 257];
        (x[0], x[1]) = (v / density(r), r);
        for i in 2..256 {
            x[i] = inverse(v / x[i - 1] + density(x[i - 1]));
        }
        Self { x, f: x.map(density) }
    }

    /// A unit exponential, from these layers of it.
    #[inline]
    pub(super) fn exponential<R: Rng + Clone>(&self, random: &mut R) -> f64 {
        let bits = random.next_u64();
        let x = above_zero(bits) * self.x[layer(bits)];
        if x < self.x[layer(bits) + 1] {
            return x;
        }
        let (x, after) = self.rare_exponential(random.clone(), bits);
        *random = after;
        x
    }

    /// A standard normal, from these layers of it.
    #[inline]
    pub(super) fn normal<R: Rng + Clone>(&self, random: &mut R) -> f64 {
        let bits = random.next_u64();
        let x = both_sides(bits) * self.x[layer(bits)];
        if x.abs() < self.x[layer(bits) + 1] {
            return x;
        }
        let (x, after) = self.rare_normal(random.clone(), bits);
        *random = after;
        x
    }

    /// The point that `bits` name is not under the density for sure. Takes the generator and gives it back, so that
    /// whoever calls keeps its state in registers.
    #[cold]
    fn rare_exponential<R: Rng>(&self, mut random: R, mut bits: u64) -> (f64, R) {
        loop {
            let i = layer(bits);
            let x = above_zero(bits) * self.x[i];
            if x < self.x[i + 1] || (i > 0 && self.is_under(i, libm::exp(-x), &mut random)) {
                return (x, random);
            }
            if i == 0 {
                return (EXPONENTIAL_R - libm::log(from_zero(random.next_u64())), random);
            }
            bits = random.next_u64();
        }
    }

    /// The same for the normal density.
    #[cold]
    fn rare_normal<R: Rng>(&self, mut random: R, mut bits: u64) -> (f64, R) {
        loop {
            let (i, u) = (layer(bits), both_sides(bits));
            let x = u * self.x[i];
            if x.abs() < self.x[i + 1] || (i > 0 && self.is_under(i, libm::exp(-x * x / 2.0), &mut random)) {
                return (x, random);
            }
            if i == 0 {
                let beyond = NORMAL_R - normal_tail(&mut random);
                return (if u < 0.0 { -beyond } else { beyond }, random);
            }
            bits = random.next_u64();
        }
    }

    /// Whether a height drawn evenly within layer `i` lies under the density there.
    fn is_under<R: Rng>(&self, i: usize, density: f64, random: &mut R) -> bool {
        self.f[i + 1] + (self.f[i] - self.f[i + 1]) * from_zero(random.next_u64()) < density
    }
}

/// How far beyond `r` a normal in the tail lies, negative (Marsaglia 1964).
fn normal_tail<R: Rng>(random: &mut R) -> f64 {
    loop {
        let x = libm::log(above_zero(random.next_u64())) / NORMAL_R;
        let y = libm::log(above_zero(random.next_u64()));
        if -2.0 * y >= x * x {
            return x;
        }
    }
}

/// The layer that a draw names: its lowest eight bits.
#[inline]
fn layer(bits: u64) -> usize {
    usize::from(bits as u8)
}

/// Even in (0, 1), from the upper 52 bits.
#[inline]
fn above_zero(bits: u64) -> f64 {
    f64::from_bits(bits >> 12 | 1.0_f64.to_bits()) - (1.0 - f64::EPSILON / 2.0)
}

/// Even in [-1, 1), from the upper 52 bits.
#[inline]
fn both_sides(bits: u64) -> f64 {
    f64::from_bits(bits >> 12 | 2.0_f64.to_bits()) - 3.0
}

/// Even in [0, 1), from the upper 53 bits.
fn from_zero(bits: u64) -> f64 {
    (bits >> 11) as f64 / 9_007_199_254_740_992.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Phase, Purpose, Stream};
    use rand_distr::{Distribution, Exp1, StandardNormal};

    /// Two implementations against each other: a million draws of each law, tails and rejections among them.
    #[test]
    fn draws_are_those_of_rand_distr() {
        let mut ours = Stream::of_queue(1, 2, Phase::Main, 3).open(Purpose::Patience);
        let mut theirs = ours.clone();
        for _ in 0..1_000_000 {
            let exponential: f64 = Exp1.sample(&mut theirs);
            assert_eq!(exponential_layers().exponential(&mut ours).to_bits(), exponential.to_bits());
            let normal: f64 = StandardNormal.sample(&mut theirs);
            assert_eq!(normal_layers().normal(&mut ours).to_bits(), normal.to_bits());
        }
    }

    /// Layer 0 is the widest: its base has the area of every other layer, `v`.
    #[test]
    fn layers_have_equal_areas() {
        for layers in [exponential_layers(), normal_layers()] {
            let area = |i: usize| layers.x[i] * (layers.f[i + 1] - layers.f[i]);
            assert!((1..256).all(|i| (area(i) / area(1) - 1.0).abs() < 1e-9));
        }
    }
}
