//! Staffings in one line, each with more agents than the one before: what a search by one number climbs.
//!
//! * **Flat**: level `k` puts the same number of agents into every open interval.
//! * **Curved**: level 0 is the least staffing of every interval, and each level adds one agent to one interval, where
//!   theory says that an agent helps most. Gains are taken from the upper hull of the curve "customers helped by n
//!   agents": the curve itself is S-shaped, and whoever climbs it by local gains alone starves quiet intervals.
//!   The levels on the hulls' corners are the staffings of least hours for their service, as far as theory sees.

use super::job::{Crew, Job};
use super::warm_start::Theory;
use crate::montecarlo::side_by_side;

/// A line of staffings.
#[derive(Clone, Debug)]
pub(super) enum Ladder {
    /// The same number in every interval, between two bounds, but never above an interval's own bound.
    Flat { least: u32, most: u32, caps: Vec<u32> },
    /// From a base on, one agent more at each step, in the interval (by position) that the step names.
    Curved {
        base: Crew,
        steps: Vec<usize>,
        /// Steps from one level to the next.
        stride: usize,
    },
}

/// A coarse ladder has levels of one agent in so many.
const COARSE: u32 = 400;

impl Ladder {
    /// One number, from the job's least to `most` or the job's most.
    pub(super) fn flat(job: &Job<'_>, most: u32) -> Self {
        let least = job.least.iter().copied().max().unwrap_or(0);
        let cap = job.most.iter().copied().max().unwrap_or(0);
        Self::Flat { least, most: most.min(cap).max(least), caps: job.most.clone() }
    }

    /// From `base` up to `tops`, steepest gain first.
    pub(super) fn curved(base: Crew, tops: &[u32], theory: &Theory<'_>) -> Self {
        let slopes = side_by_side(base.len().min(tops.len()), |j| {
            let gains: Vec<f64> = (base[j]..=tops[j].max(base[j])).map(|n| theory.gain(j, n)).collect();
            hull_slopes(&gains)
        });
        let of_interval = |(j, slopes): (usize, Vec<f64>)| slopes.into_iter().map(move |slope| (slope, j));
        let mut steps: Vec<(f64, usize)> = slopes.into_iter().enumerate().flat_map(of_interval).collect();
        // The sort is stable and slopes of one interval never rise, so each interval's steps stay in order.
        steps.sort_by(|a, b| b.0.total_cmp(&a.0));
        Self::Curved { base, steps: steps.into_iter().map(|(_, j)| j).collect(), stride: 1 }
    }

    /// The same line with fewer levels, a quarter of a percent of the base's agents apart: for answers that need not be
    /// known to the last half-hour.
    pub(super) fn coarse(self) -> Self {
        match self {
            Self::Curved { base, steps, .. } => {
                let stride = (base.iter().sum::<u32>() / COARSE).max(1) as usize;
                Self::Curved { base, steps, stride }
            }
            Self::Flat { .. } => self,
        }
    }

    /// The highest level.
    pub(super) fn top(&self) -> usize {
        match self {
            Self::Flat { least, most, .. } => (most - least) as usize,
            Self::Curved { steps, stride, .. } => steps.len().div_ceil(*stride),
        }
    }

    /// The staffing at a level.
    pub(super) fn crew(&self, level: usize) -> Crew {
        match self {
            Self::Flat { least, caps, .. } => {
                caps.iter().map(|cap| (*cap).min(least + level as u32)).collect()
            }
            Self::Curved { base, steps, stride } => {
                let mut crew = base.clone();
                steps.iter().take(level * stride).for_each(|&j| crew[j] += 1);
                crew
            }
        }
    }

    /// The lowest level at which `good` holds, given that it holds above it; the top if it never does.
    pub(super) fn lowest(&self, good: impl Fn(&[u32]) -> bool) -> usize {
        let (mut low, mut high) = (0, self.top());
        while low < high {
            let middle = low + (high - low) / 2;
            if good(&self.crew(middle)) { high = middle } else { low = middle + 1 }
        }
        low
    }
}

/// Slopes of the upper concave hull of `values` at 0, 1, 2 …, one for each step; they never rise.
pub(super) fn hull_slopes(values: &[f64]) -> Vec<f64> {
    let mut corners: Vec<usize> = Vec::new();
    let slope = |a: usize, b: usize| (values[b] - values[a]) / (b - a) as f64;
    for n in 0..values.len() {
        while let [.., a, b] = corners[..] {
            if slope(a, b) > slope(b, n) {
                break;
            }
            corners.pop();
        }
        corners.push(n);
    }
    let edges = corners.windows(2);
    edges.flat_map(|edge| vec![slope(edge[0], edge[1]); edge[1] - edge[0]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hull_bridges_the_convex_foot_of_an_s_curve() {
        assert_eq!(hull_slopes(&[0.0, 1.0, 6.0, 9.0, 10.0]), [3.0, 3.0, 3.0, 1.0]);
        assert_eq!(hull_slopes(&[5.0]), Vec::<f64>::new());
        assert_eq!(hull_slopes(&[1.0, 1.0, 1.0]), [0.0, 0.0]);
    }

    #[test]
    fn a_coarse_ladder_ends_where_the_fine_one_does() {
        let fine = Ladder::Curved { base: vec![400, 500], steps: vec![0, 1, 0, 0, 1], stride: 1 };
        assert_eq!((fine.top(), fine.crew(2)), (5, vec![401, 501]));
        let coarse = fine.clone().coarse();
        assert_eq!((coarse.top(), coarse.crew(1), coarse.crew(3)), (3, vec![401, 501], fine.crew(5)));
    }

    #[test]
    fn a_flat_ladder_respects_each_intervals_own_bound() {
        let ladder = Ladder::Flat { least: 2, most: 9, caps: vec![9, 4] };
        assert_eq!((ladder.top(), ladder.crew(0), ladder.crew(5)), (7, vec![2, 2], vec![7, 4]));
        assert_eq!(ladder.lowest(|crew| crew[0] >= 5), 3);
        assert_eq!(ladder.lowest(|_| false), 7);
    }
}
