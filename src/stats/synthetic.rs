//! Synthetic replications for the tests of this folder: simple, slow, and independent of the code under test.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// A named generator with the few draws that the tests need.
pub(crate) struct Draws(Xoshiro256PlusPlus);

impl Draws {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// Above 0 and below 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.uniform().ln()
    }

    /// How many of `n` trials succeed, by gaps between the rarer outcome.
    pub(crate) fn binomial(&mut self, n: u64, p: f64) -> u64 {
        if p > 0.5 {
            return n - self.binomial(n, 1.0 - p);
        }
        let (mut hits, mut at) = (0, 0.0);
        loop {
            at += (self.uniform().ln() / (-p).ln_1p()).floor() + 1.0;
            if at.is_nan() || at > n as f64 {
                return hits;
            }
            hits += 1;
        }
    }

    /// Exponential gaps up to `mean`.
    pub(crate) fn poisson(&mut self, mean: f64) -> u64 {
        let (mut count, mut at) = (0, self.exponential(1.0));
        while at < mean {
            count += 1;
            at += self.exponential(1.0);
        }
        count
    }
}

/// Whether a share seen in `runs` trials lies within three standard errors and `allowance` of what was claimed.
pub(crate) fn within(seen: f64, claimed: f64, runs: u32, allowance: f64) -> bool {
    let error = (claimed * (1.0 - claimed) / f64::from(runs)).sqrt();
    (seen - claimed).abs() <= 3.0 * error + allowance
}
