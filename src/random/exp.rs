//! The exponential function for lognormal draws, many at a time.
//!
//! Multiplications and additions alone, in a fixed order and without a branch: a compiler takes two or four numbers at
//! once, and every machine gives the same bits, which a platform's own `exp` does not promise. `t = k ln 2 + r` with a
//! whole `k` and `|r| ≤ ln 2 / 2`; `exp(r)` is its Taylor series up to `r¹³ / 13!`, whose rest is below 10⁻¹⁷; `2ᵏ` goes
//! into the exponent. It differs from the true value by at most one unit in the last place, as `libm::exp` may.

/// `1 / n!`, from 13 down to 0.
const TERMS: [f64; 14] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// Adding it to a number below 2⁵¹ rounds that to a whole one, which then stands in the lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0; // 1.5 × 2⁵²
/// The upper 32 bits of ln 2, so that a whole number of them is exact.
const LN_2_UPPER: f64 = f64::from_bits(std::f64::consts::LN_2.to_bits() & 0xffff_ffff_0000_0000);
/// The rest of ln 2: what its double leaves out (2.319 × 10⁻¹⁷), and what was cut off above.
const LN_2_LOWER: f64 = (std::f64::consts::LN_2 - LN_2_UPPER) + 2.319_046_813_846_299_6e-17;

/// `exp(t)` for `t` from -700 to 700; beyond, the value at the nearer end.
#[allow(clippy::inline_always)] // Vectors are made of it where it is used.
#[inline(always)]
pub(super) fn exp(t: f64) -> f64 {
    let t = t.clamp(-700.0, 700.0);
    let rounded = t * std::f64::consts::LOG2_E + ROUNDER;
    let k = rounded - ROUNDER;
    let r = (t - k * LN_2_UPPER) - k * LN_2_LOWER;
    let [first, rest @ ..] = TERMS;
    let mut sum = first;
    for term in rest {
        sum = sum * r + term;
    }
    f64::from_bits(sum.to_bits().wrapping_add(rounded.to_bits() << 52))
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn it_is_the_exponential_function_to_the_last_digit_but_one() {
        for n in -70_000..=70_000 {
            let t = f64::from(n) * 0.009_999_7;
            let (ours, other) = (exp(t), libm::exp(t));
            assert!((ours - other).abs() <= other * f64::EPSILON, "exp({t}): {ours} and {other}");
        }
    }

    #[test]
    fn the_ends_are_held() {
        assert_eq!((exp(0.0), exp(900.0), exp(f64::NEG_INFINITY)), (1.0, exp(700.0), exp(-700.0)));
        assert!(exp(-700.0) > 0.0 && exp(700.0).is_finite());
    }
}
