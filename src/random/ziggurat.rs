//! Exponential and normal draws: the ziggurat of Marsaglia and Tsang (2000, Journal of Statistical Software 5(8)), with
//! 256 layers.
//!
//! The area under the density is cut into layers of equal area `v`: layer `i` is a rectangle of width `x[i]` between
//! heights `f(x[i])` and `f(x[i + 1])`; the lowest has the tail beyond `r` with it. A draw takes a layer and a point
//! across it; in 98 to 99 of 100 cases the point lies under the density for sure (`< x[i + 1]`) and is the answer.
//!
//! From the same generator `rand_distr` draws the same numbers; a test holds both together. What is gained is time: nothing
//! is guessed about points that are not under the density for sure, and what asks the density itself is kept out of the way,
//! so that a generator's state stays in registers. And every `exp` and `ln` is `libm`'s, whose last digit is the same on
//! every machine.

use super::layers;
use rand::Rng;
use std::marker::PhantomData;
use std::sync::LazyLock;

/// A density that falls from its middle, where it is 1.
pub(super) trait Density {
    /// Even across a layer of width 1, from the upper 52 bits.
    fn across(bits: u64) -> f64;

    /// The density at `x`.
    fn at(x: f64) -> f64;

    /// How far `x` is from the middle.
    fn distance(x: f64) -> f64;

    /// The logarithm of how many times less it is at distance `far` than at `near`.
    fn fall(near: f64, far: f64) -> f64;

    /// A draw from its tail beyond `r`, on the side that `across` names; `word` is drawn already.
    fn beyond<R: Rng>(r: f64, across: f64, word: u64, random: &mut R) -> f64;
}

/// `exp(-x)`.
#[derive(Debug)]
pub(super) struct Exponential;

/// `exp(-x²/2)`: the normal density up to its constant.
#[derive(Debug)]
pub(super) struct Normal;

impl Density for Exponential {
    #[inline]
    fn across(bits: u64) -> f64 {
        f64::from_bits(bits >> 12 | 1.0_f64.to_bits()) - (1.0 - f64::EPSILON / 2.0)
    }

    fn at(x: f64) -> f64 {
        libm::exp(-x)
    }

    #[inline]
    fn distance(x: f64) -> f64 {
        x
    }

    #[inline]
    fn fall(near: f64, far: f64) -> f64 {
        far - near
    }

    fn beyond<R: Rng>(r: f64, _across: f64, word: u64, _random: &mut R) -> f64 {
        r - libm::log(from_zero(word))
    }
}

impl Density for Normal {
    #[inline]
    fn across(bits: u64) -> f64 {
        f64::from_bits(bits >> 12 | 2.0_f64.to_bits()) - 3.0
    }

    fn at(x: f64) -> f64 {
        libm::exp(-x * x / 2.0)
    }

    #[inline]
    fn distance(x: f64) -> f64 {
        x.abs()
    }

    #[inline]
    fn fall(near: f64, far: f64) -> f64 {
        (far - near) * (far + near) / 2.0
    }

    /// Marsaglia 1964.
    fn beyond<R: Rng>(r: f64, across: f64, mut word: u64, random: &mut R) -> f64 {
        loop {
            let x = libm::log(Exponential::across(word)) / r;
            let y = libm::log(Exponential::across(random.next_u64()));
            if -2.0 * y >= x * x {
                return if across < 0.0 { x - r } else { r - x };
            }
            word = random.next_u64();
        }
    }
}

/// The layers of one density.
pub(super) struct Layers<D> {
    /// Right ends, falling, the tail's beginning second.
    x: &'static [f64; 257],
    /// The density there.
    f: [f64; 257],
    of: PhantomData<D>,
}

static EXPONENTIAL: LazyLock<Layers<Exponential>> = LazyLock::new(|| Layers::new(&layers::EXPONENTIAL));
static NORMAL: LazyLock<Layers<Normal>> = LazyLock::new(|| Layers::new(&layers::NORMAL));

/// The layers of the exponential density.
pub(super) fn exponential_layers() -> &'static Layers<Exponential> {
    &EXPONENTIAL
}

/// The layers of the normal density.
pub(super) fn normal_layers() -> &'static Layers<Normal> {
    &NORMAL
}

/// Whether a point lies under the density, as far as that can be told without asking the density itself.
struct Look {
    under: bool,
    sure: bool,
}

impl<D: Density> Layers<D> {
    fn new(x: &'static [f64; 257]) -> Self {
        Self { x, f: x.map(D::at), of: PhantomData }
    }

    /// One draw.
    #[inline]
    pub(super) fn draw<R: Rng + Clone>(&self, random: &mut R) -> f64 {
        loop {
            if let (x, true) = self.attempt(random) {
                return x;
            }
        }
    }

    /// One point: a draw, or 0 and `false` if it fell above the density. For loops that go on in either case. (Half of the
    /// points that are not under the density for sure fall above it: to stop for those is a guess, mostly a wrong one.)
    #[allow(clippy::inline_always)] // As below.
    #[inline(always)]
    pub(super) fn attempt<R: Rng + Clone>(&self, random: &mut R) -> (f64, bool) {
        let bits = random.next_u64();
        let (i, x) = self.point(bits);
        if D::distance(x) < self.x[i + 1] {
            return (x, true);
        }
        let word = random.next_u64();
        let look = self.look(i, x, word);
        if look.sure {
            return (if look.under { x } else { 0.0 }, look.under);
        }
        let (settled, after) = self.settle(bits, word, random.clone());
        *random = after;
        (settled.unwrap_or(0.0), settled.is_some())
    }

    /// Puts so many draws, one after the other. Every point is put, and one that fell above the density is replaced by the
    /// next.
    ///
    /// Takes the generator and gives it back, so that its state stays in registers.
    #[allow(clippy::inline_always)] // One copy for each law.
    #[inline(always)]
    pub(super) fn fill<R: Rng + Clone>(
        &self,
        count: usize,
        mut random: R,
        mut put: impl FnMut(usize, f64),
    ) -> R {
        let mut next = 0;
        while next < count {
            let bits = random.next_u64();
            let (i, x) = self.point(bits);
            put(next, x);
            next += 1;
            if D::distance(x) >= self.x[i + 1] {
                let (here, word) = (next - 1, random.next_u64());
                let look = self.look(i, x, word);
                next = here + usize::from(look.under);
                if !look.sure {
                    let (settled, after) = self.settle(bits, word, random);
                    random = after;
                    next = here + usize::from(settled.is_some());
                    if let Some(x) = settled {
                        put(here, x);
                    }
                }
            }
        }
        random
    }

    /// The point that `bits` name: its layer, and where in it.
    #[inline]
    fn point(&self, bits: u64) -> (usize, f64) {
        let i = usize::from(bits as u8); // the lowest eight bits
        (i, D::across(bits) * self.x[i])
    }

    /// Looks at the height, drawn evenly within layer `i`, of a point that is not under the density for sure. There the
    /// density is by the factor `exp(-fall)` below its value at the layer's upper end, and the first terms of that series,
    /// alternating and falling, enclose it.
    #[allow(clippy::needless_bitwise_bool)] // Nothing is guessed.
    #[inline]
    fn look(&self, i: usize, x: f64, word: u64) -> Look {
        /// Far more than all roundings, relatively.
        const ROUNDED: f64 = 1e-12;
        let fall = D::fall(self.x[i + 1], D::distance(x));
        let height = self.height(i, word);
        let above = self.f[i + 1];
        let most = above * (1.0 - fall * (1.0 - fall / 2.0));
        let least = most - above * fall * fall * fall / 6.0;
        let (under, over) = (height < least * (1.0 - ROUNDED), height > most * (1.0 + ROUNDED));
        Look { under, sure: (under | over) & (fall < 1.0) & (i > 0) }
    }

    /// Even in height within layer `i`.
    #[inline]
    fn height(&self, i: usize, word: u64) -> f64 {
        let (below, above) = (self.f[i], self.f[i + 1]);
        above + (below - above) * from_zero(word)
    }

    /// What becomes of a point that a look left open, or that lies in the tail: the draw, if it is one.
    #[cold]
    #[inline(never)]
    fn settle<R: Rng>(&self, bits: u64, word: u64, mut random: R) -> (Option<f64>, R) {
        let (i, x) = self.point(bits);
        if i == 0 {
            return (Some(D::beyond(self.x[1], D::across(bits), word, &mut random)), random);
        }
        let under = self.height(i, word) < D::at(x);
        (under.then_some(x), random)
    }
}

/// Even in [0, 1), from the upper 53 bits.
#[inline]
fn from_zero(bits: u64) -> f64 {
    (bits >> 11) as i64 as f64 / 9_007_199_254_740_992.0
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
            assert!(same(exponential_layers().draw(&mut ours), exponential, layers::EXPONENTIAL[1]));
            let normal: f64 = StandardNormal.sample(&mut theirs);
            assert!(same(normal_layers().draw(&mut ours), normal, layers::NORMAL[1]));
            assert!(ours == theirs, "one took more draws than the other");
        }
    }

    /// Layer 0 is the widest: its base has the area of every other layer, `v`.
    #[test]
    fn layers_have_equal_areas() {
        fn equal<D>(layers: &Layers<D>) -> bool {
            let area = |i: usize| layers.x[i] * (layers.f[i + 1] - layers.f[i]);
            (1..256).all(|i| (area(i) / area(1) - 1.0).abs() < 1e-9)
        }
        assert!(equal(exponential_layers()) && equal(normal_layers()));
    }
}
