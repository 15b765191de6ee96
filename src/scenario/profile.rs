//! How a day's contacts spread over it.
//!
//! A named profile is a curve over the clock, straight between these points (time of day: height). It is averaged over
//! each open interval and scaled so that the day sums to one; only its form matters, and only while open.
//!
//! | name | points |
//! |---|---|
//! | `flat` | the same all the time |
//! | `m-shaped` | 0:00 0.10, 5:00 0.05, 7:00 0.20, 8:00 0.60, 9:30 1.00, 11:30 1.00, 13:30 0.70, 15:30 0.90, 17:30 0.90, 20:00 0.35, 22:00 0.20, 24:00 0.10 |
//! | `morning` | 0:00 0.05, 6:00 0.10, 9:00 1.00, 11:00 1.00, 14:00 0.60, 18:00 0.35, 22:00 0.10, 24:00 0.05 |
//! | `evening` | 0:00 0.15, 3:00 0.05, 8:00 0.20, 14:00 0.45, 18:00 1.00, 20:00 1.00, 22:00 0.50, 24:00 0.15 |
//!
//! The M-curve is what most centres see: a peak 09:30–11:30, a dip after noon, a second peak 15:30–17:30, two and a
//! half to four times as many at the peak as in the quiet. Replace it by your own weights as soon as you have them.

use super::calendar::Days;
use super::document::Value;
use super::fault::Trouble;
use super::item::Item;
use super::number;
use super::series::Axis;

/// Hour of the day and height.
type Point = (f64, f64);

const FLAT: [Point; 2] = [(0.0, 1.0), (24.0, 1.0)];
const M_SHAPED: [Point; 12] = [
    (0.0, 0.10),
    (5.0, 0.05),
    (7.0, 0.20),
    (8.0, 0.60),
    (9.5, 1.0),
    (11.5, 1.0),
    (13.5, 0.70),
    (15.5, 0.90),
    (17.5, 0.90),
    (20.0, 0.35),
    (22.0, 0.20),
    (24.0, 0.10),
];
const MORNING: [Point; 8] =
    [(0.0, 0.05), (6.0, 0.1), (9.0, 1.0), (11.0, 1.0), (14.0, 0.6), (18.0, 0.35), (22.0, 0.1), (24.0, 0.05)];
const EVENING: [Point; 8] =
    [(0.0, 0.15), (3.0, 0.05), (8.0, 0.2), (14.0, 0.45), (18.0, 1.0), (20.0, 1.0), (22.0, 0.5), (24.0, 0.15)];

/// How a day's contacts spread over its open intervals.
#[derive(Clone, Debug)]
pub(super) enum Profile {
    Curve(&'static [Point]),
    /// A weight for each open interval of a day.
    Weights(Vec<f64>),
}

/// Reads `profile`: a name, or a weight for each open interval of a day.
pub(super) fn profile(item: Item<'_>, axis: Axis<'_>) -> Option<Profile> {
    if !matches!(item.node.value, Value::List(_)) {
        let names: [(&str, &'static [Point]); 4] =
            [("flat", &FLAT), ("m-shaped", &M_SHAPED), ("morning", &MORNING), ("evening", &EVENING)];
        return item.word(&names).map(Profile::Curve);
    }
    let weights = item.each(|part| part.leaf(number::not_negative))?;
    let hours = axis.hours.filter(|_| axis.days.sound)?;
    let wrong = hours.days.iter().position(|day| !day.is_empty() && day.len() != weights.len());
    if let Some(day) = wrong {
        let title = format!("`profile` has {} weights", weights.len());
        let label = format!("{} has {}", axis.days.name(day), hours.words(day, axis.days));
        return item.fault(Trouble::new(
            title,
            label,
            "write one weight for each, or name a profile such as \"m-shaped\"",
        ));
    }
    if weights.iter().sum::<f64>() <= 0.0 {
        let help = "write a weight above 0 for the hours in which customers come";
        return item.fault(Trouble::new("`profile` is zero all day", "every weight is zero", help));
    }
    Some(Profile::Weights(weights))
}

impl Profile {
    /// Shares of the day's contacts in its open intervals; they sum to one.
    pub(super) fn shares(&self, slots: &[usize], days: &Days) -> Vec<f64> {
        let heights: Vec<f64> = match self {
            Self::Curve(points) => slots.iter().map(|&slot| average(points, slot, days)).collect(),
            Self::Weights(weights) => weights.clone(),
        };
        let total: f64 = heights.iter().sum();
        heights.into_iter().map(|height| height / total).collect()
    }
}

/// The curve's mean over an interval: the corners lie on half-hours, so that five-minute steps miss none.
fn average(points: &[Point], slot: usize, days: &Days) -> f64 {
    let steps = days.minutes() / 5;
    let start = (slot % days.grid.per_day) as u32 * days.minutes();
    let heights = (0..steps).map(|step| height(points, (f64::from(start + 5 * step) + 2.5) / 60.0));
    heights.sum::<f64>() / f64::from(steps)
}

fn height(points: &[Point], hour: f64) -> f64 {
    let after = points.partition_point(|point| point.0 <= hour).clamp(1, points.len() - 1);
    let ((from, low), (to, high)) = (points[after - 1], points[after]);
    low + (high - low) * (hour - from) / (to - from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_m_curve_has_two_peaks_and_a_dip() {
        let at = |hour| height(&M_SHAPED, hour);
        assert_eq!((at(10.0), at(13.5), at(16.5), at(0.0), at(24.0)), (1.0, 0.7, 0.9, 0.1, 0.1));
        assert!((at(8.75) - 0.8).abs() < 1e-12);
        assert!((2.5..4.0).contains(&(at(10.0) / at(20.0))));
    }
}
