//! Exponential and normal draws: the ziggurat of Marsaglia and Tsang (2000, Journal of Statistical Software 5(8)), with
//! 256 layers.
//!
//! The area under the density is cut into layers of equal area `v`: layer `i` is a rectangle of width `x[i]` between
//! heights `f(x[i])` and `f(x[i + 1])`; the lowest has the tail beyond `r` with it. A draw takes a layer and a point
//! across it; in 98 to 99 of 100 cases the point lies under the density for sure (`< x[i + 1]`) and is the answer.
//!
//! From the same generator `rand_distr` draws the same numbers; a test holds both together. What
//! is gained is time, the rare cases being kept out of the way so that a generator's state stays in registers, and that
//! every `exp` and `ln` is `libm`'s, whose last digit is the same on every machine.

use super::layers;
use rand::Rng;
use std::sync::LazyLock;

/// The layers of one density.
pub(super) struct Layers {
    /// Right ends, falling, the tail's beginning second.
    x: &'static [f64; 257],
    /// The density there.
    f: [f64; 257],
}

static EXPONENTIAL: LazyLock<Layers> =
    LazyLock::new(|| Layers { x: &layers::EXPONENTIAL, f: layers::EXPONENTIAL.map(|x| libm::exp(-x)) });

static NORMAL: LazyLock<Layers> =
    LazyLock::new(|| Layers { x: &layers::NORMAL, f: layers::NORMAL.map(|x| libm::exp(-x * x / 2.0)) });

/// The layers of the exponential density `exp(-x)`.
pub(super) fn exponential_layers() -> &'static Layers {
    &EXPONENTIAL
}

/// The layers of the normal density, up to its constant: `exp(-x²/2)`.
pub(super) fn normal_layers() -> &'static Layers {
    &NORMAL
}

impl Layers {
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
            if x < self.x[i + 1]
                || (i > 0 && self.is_under(i, x - self.x[i + 1], || libm::exp(-x), &mut random))
            {
                return (x, random);
            }
            if i == 0 {
                return (self.x[1] - libm::log(from_zero(random.next_u64())), random);
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
            let fall = (x.abs() - self.x[i + 1]) * (x.abs() + self.x[i + 1]) / 2.0;
            let density = || libm::exp(-x * x / 2.0);
            if x.abs() < self.x[i + 1] || (i > 0 && self.is_under(i, fall, density, &mut random)) {
                return (x, random);
            }
            if i == 0 {
                let beyond = self.x[1] - normal_tail(self.x[1], &mut random);
                return (if u < 0.0 { -beyond } else { beyond }, random);
            }
            bits = random.next_u64();
        }
    }

    /// Whether a height drawn evenly within layer `i` lies under the density there, which is by the factor `exp(-fall)`
    /// below its value at the layer's upper end. Mostly the first terms of the series tell: alternating and falling, they
    /// enclose what they add up to.
    fn is_under<R: Rng>(&self, i: usize, fall: f64, density: impl Fn() -> f64, random: &mut R) -> bool {
        /// Far more than all roundings, relatively; within it the density itself is asked.
        const ROUNDED: f64 = 1e-12;
        let (below, above) = (self.f[i], self.f[i + 1]);
        let height = above + (below - above) * from_zero(random.next_u64());
        let most = above * (1.0 - fall * (1.0 - fall / 2.0));
        let least = most - above * fall * fall * fall / 6.0;
        if fall < 1.0 && height < least * (1.0 - ROUNDED) {
            true
        } else if fall < 1.0 && height > most * (1.0 + ROUNDED) {
            false
        } else {
            height < density()
        }
    }
}

/// How far beyond `r` a normal in the tail lies, negative (Marsaglia 1964).
fn normal_tail<R: Rng>(r: f64, random: &mut R) -> f64 {
    loop {
        let x = libm::log(above_zero(random.next_u64())) / r;
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

    /// Two implementations against each other: two million draws of each law, tails and rejections among them. In the
    /// tails another `ln` may end in another digit.
    #[test]
    fn draws_are_those_of_rand_distr() {
        let mut ours = Stream::of_queue(1, 2, Phase::Main, 3).open(Purpose::Patience);
        let mut theirs = ours.clone();
        let same = |ours: f64, theirs: f64, tail: f64| {
            ours == theirs || (theirs.abs() > tail && (ours - theirs).abs() <= f64::EPSILON * theirs.abs())
        };
        for _ in 0..2_000_000 {
            let exponential: f64 = Exp1.sample(&mut theirs);
            assert!(same(exponential_layers().exponential(&mut ours), exponential, layers::EXPONENTIAL[1]));
            let normal: f64 = StandardNormal.sample(&mut theirs);
            assert!(same(normal_layers().normal(&mut ours), normal, layers::NORMAL[1]));
            assert!(ours == theirs, "one took more draws than the other");
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
