//! Where an axis is marked: round numbers, few of them.

/// A stretch of numbers and the round marks inside it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    /// Lower end, itself a mark.
    pub(super) low: f64,
    /// Upper end, itself a mark.
    pub(super) high: f64,
    /// Distance between marks.
    pub(super) step: f64,
}

impl Ticks {
    /// Round marks that cover `low..high`, about `wanted` of them; what is not a stretch becomes 0..1.
    pub(super) fn covering(low: f64, high: f64, wanted: usize) -> Self {
        let (low, high) =
            if low.is_finite() && high.is_finite() && low <= high { (low, high) } else { (0.0, 1.0) };
        let high = if high - low < 1e-9 * high.abs().max(1e-9) { low + low.abs().max(1.0) } else { high };
        let step = round_step((high - low) / wanted.max(1) as f64);
        // A hair of tolerance, so that 0.9 counts as nine steps of 0.1.
        Self { low: (low / step + 1e-9).floor() * step, high: (high / step - 1e-9).ceil() * step, step }
    }

    /// The same, in whole numbers.
    pub(super) fn whole(low: f64, high: f64, wanted: usize) -> Self {
        let ticks = Self::covering(low, high, wanted);
        let (low, high) = (ticks.low.floor(), ticks.high.ceil());
        if ticks.step >= 1.0 { ticks } else { Self { low, high: high.max(low + 1.0), step: 1.0 } }
    }

    /// So many equal, round steps from zero that reach at least `high`.
    pub(super) fn stepped(high: f64, steps: usize) -> Self {
        let step = finer_step(high / steps as f64);
        Self { low: 0.0, high: step * steps as f64, step }
    }

    /// Every mark.
    pub(super) fn marks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round().clamp(0.0, 1000.0) as usize;
        (0..=count).map(|k| self.low + self.step * k as f64).collect()
    }

    /// Decimals that tell neighbouring marks apart.
    pub(super) fn decimals(&self) -> usize {
        (0..6)
            .find(|&d| (self.step * 10f64.powi(d) - (self.step * 10f64.powi(d)).round()).abs() < 1e-6)
            .unwrap_or(6) as usize
    }
}

/// The round number (1, 2 or 5 times a power of ten) next above.
fn round_step(least: f64) -> f64 {
    let exponent = libm::floor(libm::log10(least.max(1e-12))) as i32;
    let power = if exponent < 0 { 1.0 / 10f64.powi(-exponent) } else { 10f64.powi(exponent) };
    let multiples = [1.0, 2.0, 5.0, 10.0, 20.0];
    multiples
        .into_iter()
        .map(|m| m * power)
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(20.0 * power)
}

/// As [`round_step`], with more numbers to choose from: for an axis whose marks must fall on the other axis' lines.
fn finer_step(least: f64) -> f64 {
    let coarse = round_step(least);
    let finer = [0.3, 0.4, 0.5, 0.6, 0.8, 1.0].map(|part| part * coarse);
    finer.into_iter().find(|step| *step >= least * (1.0 - 1e-9)).unwrap_or(coarse)
}

/// A round number of seconds next above, as clocks are cut: 1, 2, 5, 10, 15, 30 seconds, minutes, hours.
pub(super) fn round_seconds(least: f64) -> f64 {
    const STEPS: [f64; 22] = [
        0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0,
        7200.0, 10_800.0, 14_400.0, 21_600.0, 43_200.0, 86_400.0,
    ];
    STEPS.into_iter().find(|step| *step >= least).unwrap_or_else(|| 86_400.0 * (least / 86_400.0).ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_cover() {
        let ticks = Ticks::covering(0.0, 47.0, 5);
        assert_eq!(ticks.marks(), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]);
        assert_eq!(Ticks::covering(0.0, 9.0, 5).decimals(), 0);
        assert_eq!(Ticks::covering(0.0, 1.0, 5).decimals(), 1);
        assert_eq!(Ticks::covering(0.0, 1e6, 5).step, 200_000.0);
        assert_eq!(Ticks::whole(3.0, 4.0, 5).marks(), [3.0, 4.0]);
        assert_eq!(
            (round_seconds(11.0), round_seconds(200.0), round_seconds(1e6)),
            (15.0, 300.0, 1_036_800.0)
        );
    }

    #[test]
    fn nothing_to_cover_is_no_trouble() {
        for (low, high) in
            [(0.0, 0.0), (5.0, 5.0), (f64::NAN, 1.0), (f64::INFINITY, 0.0), (-1e300, 1e300), (1e-300, 2e-300)]
        {
            for ticks in [Ticks::covering(low, high, 5), Ticks::whole(low, high, 5)] {
                assert!(
                    ticks.high > ticks.low && ticks.step > 0.0 && !ticks.marks().is_empty(),
                    "{low} {high} {ticks:?}"
                );
            }
        }
    }
}
