//! A number that depends on a length of time: a share of satisfied customers over the wait, a chance of accepting
//! a callback over the announced wait.

use crate::units::Micros;

/// A piecewise linear curve over time; level before its first and after its last point.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    points: Vec<(Micros, f64)>,
}

impl Curve {
    /// The same value everywhere.
    pub fn constant(value: f64) -> Self {
        Self { points: vec![(Micros::ZERO, value)] }
    }

    /// Through the given points, of which there is at least one, in strictly rising order of time; anything else
    /// is `None`.
    pub fn through(points: Vec<(Micros, f64)>) -> Option<Self> {
        let rising = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
        (rising && !points.is_empty()).then_some(Self { points })
    }

    /// The points.
    pub fn points(&self) -> &[(Micros, f64)] {
        &self.points
    }

    /// The value at `time`.
    ///
    /// ```
    /// use headcount::{model::Curve, units::Micros};
    /// let curve = Curve::through(vec![(Micros(10), 1.0), (Micros(20), 0.0)]).unwrap();
    /// assert_eq!([curve.at(Micros(5)), curve.at(Micros(15)), curve.at(Micros(99))], [1.0, 0.5, 0.0]);
    /// ```
    pub fn at(&self, time: Micros) -> f64 {
        let after = self.points.partition_point(|point| point.0 <= time);
        match (after.checked_sub(1).map(|i| self.points[i]), self.points.get(after)) {
            (Some((from, low)), Some(&(to, high))) => {
                low + (high - low) * ((time - from).0 as f64 / (to - from).0 as f64)
            }
            (Some((_, value)), None) | (None, Some(&(_, value))) => value,
            (None, None) => 0.0,
        }
    }
}
