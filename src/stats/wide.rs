//! Whole numbers of 448 bits: just enough to take differences of products of three 128-bit sums without rounding.
//!
//! The spread of a ratio is `Y²Σx² + X²Σy² − 2XYΣxy`, where the terms may agree in all 53 bits of an `f64` and the
//! difference is what is wanted. So the terms are whole, the difference is whole, and one rounding comes last.

use std::cmp::Ordering;

/// Limbs of 64 bits, the least significant first.
const LIMBS: usize = 7;

/// A whole number below 2⁴⁴⁸; beyond it wraps, which three factors and a few additions cannot reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wide([u64; LIMBS]);

impl Wide {
    /// The product of up to three factors.
    pub(crate) fn product(factors: &[u128]) -> Self {
        let mut one = [0; LIMBS];
        one[0] = 1;
        factors.iter().fold(Self(one), |product, &factor| product.times(factor))
    }

    /// The sum.
    pub(crate) fn plus(mut self, other: Self) -> Self {
        let mut carry = 0;
        for (limb, added) in self.0.iter_mut().zip(other.0) {
            let sum = u128::from(*limb) + u128::from(added) + carry;
            *limb = sum as u64;
            carry = sum >> 64;
        }
        self
    }

    /// `self − other`, exact, then rounded once to the nearest real (within one unit in the last place).
    pub(crate) fn minus(self, other: Self) -> f64 {
        match self.compare(other) {
            Ordering::Less => -other.less(self).to_f64(),
            Ordering::Equal => 0.0,
            Ordering::Greater => self.less(other).to_f64(),
        }
    }

    fn times(self, factor: u128) -> Self {
        let low = self.times_limb(factor as u64, 0);
        low.plus(self.times_limb((factor >> 64) as u64, 1))
    }

    fn times_limb(self, factor: u64, shift: usize) -> Self {
        let mut out = [0; LIMBS];
        let mut carry = 0;
        for (limb, slot) in self.0.into_iter().zip(out.iter_mut().skip(shift)) {
            let product = u128::from(limb) * u128::from(factor) + carry;
            *slot = product as u64;
            carry = product >> 64;
        }
        Self(out)
    }

    fn compare(self, other: Self) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }

    /// The difference of a larger and a smaller number.
    fn less(mut self, smaller: Self) -> Self {
        let mut borrow = false;
        for (limb, taken) in self.0.iter_mut().zip(smaller.0) {
            let (once, under) = limb.overflowing_sub(taken);
            let (twice, under_again) = once.overflowing_sub(u64::from(borrow));
            *limb = twice;
            borrow = under || under_again;
        }
        self
    }

    fn to_f64(self) -> f64 {
        let top = self.0.iter().rposition(|&limb| limb != 0).unwrap_or(0);
        let limb = |below: usize| top.checked_sub(below).map_or(0, |at| u128::from(self.0[at]));
        let head = limb(0) << 64 | limb(1);
        // Three limbs hold at least 129 significant bits; what is below cannot move the 53 that are kept.
        head as f64 * 2f64.powi(64 * (top as i32 - 1)) + limb(2) as f64 * 2f64.powi(64 * (top as i32 - 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_machine_integers_where_those_suffice() {
        for (a, b, c) in
            [(3u128, 5u128, 7u128), (u128::from(u64::MAX), 12_345, 1), (0, 9, 9), (1 << 40, 1 << 40, 3)]
        {
            let exact = (a * b) as f64 - (c * c) as f64;
            let wide = Wide::product(&[a, b]).minus(Wide::product(&[c, c]));
            assert!((wide - exact).abs() <= exact.abs() * 1e-15, "{a} {b} {c}");
        }
    }

    #[test]
    fn keeps_what_floating_point_would_lose() {
        // (n + 1)(n − 1)·n − n³ = −n, with n³ near 2³⁸⁴
        let n = u128::MAX - 12_344;
        let product = Wide::product(&[n + 1, n - 1, n]);
        assert_eq!(product.minus(Wide::product(&[n, n, n])), -(n as f64));
        assert_eq!(product.plus(Wide::product(&[n])).minus(Wide::product(&[n, n, n])), 0.0);
    }

    #[test]
    fn large_numbers_round_to_the_nearest_real() {
        let cube = Wide::product(&[1 << 127, 1 << 127, 1 << 127]).minus(Wide::product(&[0]));
        assert_eq!(cube, 2f64.powi(381));
    }
}
