//! What the formulas need to know of a length of time, be it patience or handling: its survival function and the
//! integral of that.

use super::fault::{Fault, check_time};
use super::quadrature::{bounds, integrate};

/// The law of a positive length of time `S`, in seconds. Every function takes `x ≥ 0`.
pub trait Law {
    /// The mean in seconds; may be infinite.
    fn mean_s(&self) -> f64;

    /// `P(S > x)`.
    fn survival(&self, x: f64) -> f64;

    /// `∫₀ˣ P(S > u) du = E[min(S, x)]`, in seconds.
    fn partial(&self, x: f64) -> f64;

    /// `P(S ≤ x)`. Override it where the difference from 1 loses digits.
    fn ended(&self, x: f64) -> f64 {
        1.0 - self.survival(x)
    }

    /// `E[S; S ≤ x] = partial(x) − x·P(S > x)`, in seconds.
    fn ended_time(&self, x: f64) -> f64 {
        (self.partial(x) - x * self.survival(x)).max(0.0)
    }

    /// `P(S = ∞)`: the share who would never end.
    fn never(&self) -> f64 {
        0.0
    }

    /// Where the survival function jumps or bends, ascending: integrals are cut there.
    fn kinks(&self) -> Vec<f64> {
        Vec::new()
    }
}

/// A law given as two functions of seconds, `survival` and `partial` (see [`Law`]).
///
/// Values outside what a law can have are drawn to the nearest that it can; NaN counts as zero.
///
/// ```
/// use headcount::erlang::{FromFn, Law};
/// let law = FromFn::new(60.0, |x: f64| (-x / 60.0).exp(), |x: f64| 60.0 * (1.0 - (-x / 60.0).exp()));
/// assert_eq!(law.unwrap().survival(0.0), 1.0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FromFn<S, P> {
    mean_s: f64,
    survival: S,
    partial: P,
}

impl<S: Fn(f64) -> f64, P: Fn(f64) -> f64> FromFn<S, P> {
    /// A law with this mean in seconds, survival function and integral of the survival function.
    ///
    /// # Errors
    /// A mean outside the limits of [`Fault`].
    pub fn new(mean_s: f64, survival: S, partial: P) -> Result<Self, Fault> {
        Ok(Self { mean_s: check_time(mean_s)?, survival, partial })
    }
}

impl<S: Fn(f64) -> f64, P: Fn(f64) -> f64> Law for FromFn<S, P> {
    fn mean_s(&self) -> f64 {
        self.mean_s
    }
    fn survival(&self, x: f64) -> f64 {
        share((self.survival)(x))
    }
    fn partial(&self, x: f64) -> f64 {
        // `max` turns NaN into zero, as promised; `clamp` would keep it.
        (self.partial)(x).max(0.0).min(x)
    }
}

/// A law given as its survival function alone; the integral is computed each time, so this is a hundred times slower
/// than [`FromFn`]. Cuts in the function should be told to [`FromSurvival::with_kinks`].
#[derive(Clone, Debug)]
pub struct FromSurvival<S> {
    mean_s: f64,
    survival: S,
    kinks: Vec<f64>,
}

impl<S: Fn(f64) -> f64> FromSurvival<S> {
    /// A law with this mean in seconds and this survival function.
    ///
    /// # Errors
    /// A mean outside the limits of [`Fault`].
    pub fn new(mean_s: f64, survival: S) -> Result<Self, Fault> {
        Ok(Self { mean_s: check_time(mean_s)?, survival, kinks: Vec::new() })
    }

    /// The same law, told where its survival function jumps or bends, in seconds.
    #[must_use]
    pub fn with_kinks(self, mut kinks: Vec<f64>) -> Self {
        kinks.retain(|kink| kink.is_finite());
        kinks.sort_by(f64::total_cmp);
        Self { kinks, ..self }
    }
}

impl<S: Fn(f64) -> f64> Law for FromSurvival<S> {
    fn mean_s(&self) -> f64 {
        self.mean_s
    }
    fn survival(&self, x: f64) -> f64 {
        share((self.survival)(x))
    }
    fn partial(&self, x: f64) -> f64 {
        let [area] = integrate(&bounds(0.0, x, 4, &self.kinks), 1e-13, |u| [self.survival(u)]);
        area
    }
    fn kinks(&self) -> Vec<f64> {
        self.kinks.clone()
    }
}

/// The nearest probability; NaN becomes zero.
fn share(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closures_out_of_bounds_are_drawn_back() {
        let law = FromFn::new(1.0, |_| f64::NAN, |_| f64::INFINITY).unwrap();
        assert_eq!((law.survival(1.0), law.partial(3.0)), (0.0, 3.0));
        assert!(FromFn::new(f64::NAN, |_| 0.0, |_| 0.0).is_err());
    }

    #[test]
    fn the_integral_of_a_bare_survival_function() {
        let law = FromSurvival::new(50.0, |x| if x < 50.0 { 1.0 } else { 0.0 }).unwrap();
        assert!((law.with_kinks(vec![50.0, f64::NAN]).partial(80.0) - 50.0).abs() < 1e-12);
    }
}
