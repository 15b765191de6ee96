//! A number and how well it is known.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A mean with the interval that its computing error allows.
///
/// The bounds are never NaN. Where nothing is known about a side — one replication says nothing about the spread —
/// that bound is infinite, which is honest arithmetic: [`Self::contains`] is then true of everything on that side.
/// Serialised, an estimate is `{ "mean", "low", "high" }` and an infinite bound is left out, as results leave out
/// whatever does not apply.
///
/// ```
/// use headcount::stats::Estimate;
/// let wait = Estimate::around(12e6, 1e6, 0.95, 100).unwrap().scale(1e-6); // microseconds to seconds
/// assert_eq!((wait.low, wait.mean, wait.high), (11.0, 12.0, 13.0));
/// assert!(wait.contains(11.5));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The point estimate.
    pub mean: f64,
    /// Lower end of the interval; negative infinity where there is none.
    pub low: f64,
    /// Upper end of the interval; infinity where there is none.
    pub high: f64,
    /// Confidence level of the interval, 0.95 unless asked otherwise; 1 for [`Self::exact`].
    pub level: f64,
    /// Replications behind the estimate; 0 for [`Self::exact`].
    pub replications: u64,
}

impl Estimate {
    /// A number known without computing error, such as a formula's result or an input.
    pub const fn exact(value: f64) -> Self {
        Self { mean: value, low: value, high: value, level: 1.0, replications: 0 }
    }

    /// `mean ± half_width`; nothing if the mean is not finite. An undefined half-width is infinite.
    pub fn around(mean: f64, half_width: f64, level: f64, replications: u64) -> Option<Self> {
        let half = half_width.abs();
        Self::between(mean, mean - half, mean + half, level, replications)
    }

    /// An interval that need not be symmetric; nothing if the mean is not finite. An undefined bound is infinite, and
    /// the interval is widened, if need be, to hold its mean.
    pub fn between(mean: f64, low: f64, high: f64, level: f64, replications: u64) -> Option<Self> {
        let low = if low.is_nan() { f64::NEG_INFINITY } else { low.min(mean) };
        let high = if high.is_nan() { f64::INFINITY } else { high.max(mean) };
        mean.is_finite().then_some(Self { mean, low, high, level, replications })
    }

    /// Half the length of the interval; infinite if a bound is.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// Whether the interval holds `x`.
    pub fn contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    /// Whether both bounds are finite, so that an interval can be printed.
    pub fn is_bounded(&self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    /// In another unit: everything times `factor`. A negative factor exchanges the bounds.
    #[must_use]
    pub fn scale(self, factor: f64) -> Self {
        self.map(|x| if factor == 0.0 { 0.0 } else { x * factor })
    }

    /// Through a monotone function, rising or falling. A bound whose image is undefined becomes infinite.
    #[must_use]
    pub fn map(self, monotone: impl Fn(f64) -> f64) -> Self {
        let mean = monotone(self.mean);
        let (a, b) = (monotone(self.low), monotone(self.high));
        let (low, high) = if a > b { (b, a) } else { (a, b) };
        let low = if low.is_nan() { f64::NEG_INFINITY } else { low };
        let high = if high.is_nan() { f64::INFINITY } else { high };
        Self { mean, low, high, ..self }
    }

    /// Cut to what is possible, as `0.0..=1.0` for a share.
    #[must_use]
    pub fn clip(self, least: f64, most: f64) -> Self {
        let cut = |x: f64| x.max(least).min(most);
        Self { mean: cut(self.mean), low: cut(self.low), high: cut(self.high), ..self }
    }
}

/// As an object with `mean`, `low`, `high`; what is not finite is left out.
impl Serialize for Estimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let entries = [("mean", self.mean), ("low", self.low), ("high", self.high)];
        for (key, value) in entries.into_iter().filter(|(_, value)| value.is_finite()) {
            map.serialize_entry(key, &value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_three_keys_and_no_infinity() {
        let json = |e: Option<Estimate>| serde_json::to_string(&e).unwrap();
        assert_eq!(json(Estimate::around(0.5, 0.25, 0.95, 9)), r#"{"mean":0.5,"low":0.25,"high":0.75}"#);
        assert_eq!(json(Estimate::between(3.0, 0.0, f64::INFINITY, 0.95, 1)), r#"{"mean":3.0,"low":0.0}"#);
        assert_eq!(json(Estimate::around(f64::NAN, 1.0, 0.95, 9)), "null");
    }

    #[test]
    fn bounds_are_never_undefined() {
        let unknown = Estimate::around(1.0, f64::NAN, 0.95, 1).unwrap();
        assert!(unknown.contains(-1e300) && unknown.contains(1e300) && !unknown.is_bounded());
        assert_eq!(unknown.half_width(), f64::INFINITY);
        assert!(!unknown.scale(0.0).low.is_nan());
        assert!(unknown.map(f64::sqrt).contains(0.0));
    }

    #[test]
    fn scaling_by_a_negative_exchanges_the_bounds() {
        let e = Estimate::between(2.0, 1.0, 5.0, 0.95, 7).unwrap().scale(-1.0);
        assert_eq!((e.mean, e.low, e.high), (-2.0, -5.0, -1.0));
        assert_eq!(e.clip(-3.0, -1.5), Estimate { low: -3.0, high: -1.5, ..e });
    }

    #[test]
    fn an_exact_number_is_its_own_interval() {
        assert_eq!(Estimate::exact(0.25).half_width(), 0.0);
        assert!(Estimate::exact(0.25).contains(0.25));
    }
}
