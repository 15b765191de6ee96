//! Integrals by adaptive Gauss–Kronrod panels, several integrands at once.
//!
//! Each panel is measured with 15 points; the 7 of them that form a Gauss rule give the error. A panel is halved
//! while its error exceeds its share of the whole, up to a fixed budget, so every call ends.

/// How many halvings one integral may spend before it settles for what it has.
const BUDGET: usize = 4000;

/// The non-negative Kronrod points on `[-1, 1]`; the odd positions are Gauss points.
const POINTS: [f64; 8] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
    0.0,
];

/// The weights of the Kronrod points.
const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_55,
    0.104_790_010_322_250_18,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_4,
    0.204_432_940_075_298_9,
    0.209_482_141_084_727_82,
];

/// The weights of the Gauss points among them.
const GAUSS: [f64; 4] =
    [0.129_484_966_168_869_7, 0.279_705_391_489_276_64, 0.381_830_050_505_118_9, 0.417_959_183_673_469_4];

/// One panel: its ends, its integrals and how far its two rules differ.
struct Panel<const N: usize> {
    from: f64,
    to: f64,
    value: [f64; N],
    error: [f64; N],
}

impl<const N: usize> Panel<N> {
    /// Measures the integrands from `from` to `to`.
    fn measure(from: f64, to: f64, integrands: &impl Fn(f64) -> [f64; N]) -> Self {
        let (middle, half) = (from + (to - from) / 2.0, (to - from) / 2.0);
        let (mut value, mut gauss) = ([0.0; N], [0.0; N]);
        for (i, point) in POINTS.into_iter().enumerate() {
            let offset = half * point;
            let (left, right) = (integrands(middle - offset), integrands(middle + offset));
            let double = if i == 7 { 0.5 } else { 1.0 };
            for k in 0..N {
                let both = (left[k] + right[k]) * double * half;
                value[k] += KRONROD[i] * both;
                gauss[k] += if i % 2 == 1 { GAUSS[i / 2] * both } else { 0.0 };
            }
        }
        let error = std::array::from_fn(|k| (value[k] - gauss[k]).abs());
        Self { from, to, value, error }
    }

    /// The two halves, or nothing if the panel is too narrow to halve.
    fn halves(&self, integrands: &impl Fn(f64) -> [f64; N]) -> Option<[Self; 2]> {
        let middle = self.from + (self.to - self.from) / 2.0;
        let wide = middle > self.from && middle < self.to;
        wide.then(|| {
            [Self::measure(self.from, middle, integrands), Self::measure(middle, self.to, integrands)]
        })
    }
}

/// The integrals of `integrands` over the panels between successive `bounds` (ascending, finite), each within about
/// `tolerance` of the sum of its panels' absolute values.
pub(super) fn integrate<const N: usize>(
    bounds: &[f64],
    tolerance: f64,
    integrands: impl Fn(f64) -> [f64; N],
) -> [f64; N] {
    let mut open: Vec<Panel<N>> = bounds
        .windows(2)
        .filter(|pair| pair[1] > pair[0])
        .map(|pair| Panel::measure(pair[0], pair[1], &integrands))
        .collect();
    let allowed: [f64; N] =
        std::array::from_fn(|k| tolerance * open.iter().map(|panel| panel.value[k].abs()).sum::<f64>());
    let mut total = [0.0; N];
    let mut budget = BUDGET;
    while let Some(panel) = open.pop() {
        let rough = panel.error.iter().zip(&allowed).any(|(error, allowed)| error > allowed);
        let halves = if rough && budget > 0 { panel.halves(&integrands) } else { None };
        if let Some(halves) = halves {
            budget -= 1;
            open.extend(halves);
        } else {
            total.iter_mut().zip(panel.value).for_each(|(total, value)| *total += value);
        }
    }
    total
}

/// `parts` equal panels from `from` to `to`, cut also at those `kinks` that lie between.
pub(super) fn bounds(from: f64, to: f64, parts: u32, kinks: &[f64]) -> Vec<f64> {
    let step = (to - from) / f64::from(parts);
    let mut all: Vec<f64> = (0..parts).map(|i| from + step * f64::from(i)).collect();
    all.push(to);
    all.extend(kinks.iter().copied().filter(|kink| *kink > from && *kink < to));
    all.sort_by(f64::total_cmp);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_kinked_and_steep_integrands_are_exact() {
        let found = integrate(&[0.0, 1.0, 40.0], 1e-13, |x| [(-x).exp(), (x - 3.3).max(0.0), x.sqrt()]);
        let wanted = [1.0 - (-40f64).exp(), 36.7 * 36.7 / 2.0, 40f64.powf(1.5) / 1.5];
        for (found, wanted) in found.into_iter().zip(wanted) {
            assert!((found / wanted - 1.0).abs() < 1e-13, "{found} is not {wanted}");
        }
    }

    #[test]
    fn an_integrand_that_never_settles_still_ends() {
        let [found] = integrate(&[0.0, 1.0], 0.0, |x| [(1e9 * x).sin()]);
        assert!(found.abs() < 1.0);
    }
}
