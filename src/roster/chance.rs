//! On which days, and in which intervals, the promises hold: shares of replications, with their computing error.

use super::trials::LEVEL;
use crate::montecarlo::{Keeper, Kept, KeptAt};
use crate::stats::{Estimate, RatioMoments, wilson};

/// Chances by day and by interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Chances {
    /// That every promise holds on a day, over all days; nothing if nobody ever came.
    pub overall: Option<Estimate>,
    /// For each counted day of the run.
    pub days: Vec<DayChance>,
    /// For each counted interval of the queues that promise something about waits.
    pub intervals: Vec<IntervalChance>,
}

/// One day of the run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayChance {
    /// Which day, from 0.
    pub day: usize,
    /// Share of replications in which every promise held on it; nothing if nobody ever came.
    pub kept: Option<Estimate>,
}

/// One interval of a queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalChance {
    /// Which.
    pub at: KeptAt,
    /// Share of replications in which its own figure kept the promise, of those with anybody.
    pub kept: Option<Estimate>,
    /// The long-run figure: a share, or µs.
    pub achieved: Option<Estimate>,
    /// Whether that long-run figure keeps the promise.
    pub holds: Option<bool>,
}

impl Chances {
    /// From what every replication kept. Replications are independent; days of one are not, so that the overall chance
    /// has its interval from replications.
    pub fn new(keeper: &Keeper, kept: &[Kept]) -> Self {
        let mut overall = RatioMoments::default();
        for one in kept {
            let (held, days) = held(one);
            overall.push(held, days);
        }
        let day =
            |(k, &day): (usize, &usize)| DayChance { day, kept: share(kept.iter().map(|one| one.days[k])) };
        let interval = |(k, at): (usize, &KeptAt)| {
            let figures = || kept.iter().map(|one| one.intervals[k]);
            let mut moments = RatioMoments::default();
            figures().for_each(|(x, y)| moments.push(x, y));
            let is_share = keeper.is_share(at);
            IntervalChance {
                at: *at,
                kept: share(figures().map(|figure| keeper.holds(at, figure))),
                achieved: if is_share { moments.ratio_share(LEVEL) } else { moments.ratio(LEVEL) },
                holds: keeper.holds(at, total(figures())),
            }
        };
        // Over one day the replications are independent trials, for which there is an exact account.
        let one_day = keeper.days().len() == 1;
        let days: Vec<DayChance> = keeper.days().iter().enumerate().map(day).collect();
        Self {
            overall: if one_day { days[0].kept } else { overall.ratio_share(LEVEL) },
            intervals: keeper.intervals().iter().enumerate().map(interval).collect(),
            days,
        }
    }
}

/// Days of a replication that kept everything, and days with anybody.
pub(super) fn held(kept: &Kept) -> (u64, u64) {
    let days = kept.days.iter().flatten();
    (days.clone().filter(|held| **held).count() as u64, days.count() as u64)
}

/// The share that held, of independent trials.
fn share(held: impl Iterator<Item = Option<bool>>) -> Option<Estimate> {
    let (mut hits, mut trials) = (0, 0);
    held.flatten().for_each(|held| {
        trials += 1;
        hits += u64::from(held);
    });
    wilson(hits, trials, LEVEL)
}

/// Numerators and denominators, added up.
pub(super) fn total(figures: impl Iterator<Item = (u64, u64)>) -> (u64, u64) {
    figures.fold((0, 0), |sum, (x, y)| (sum.0.saturating_add(x), sum.1.saturating_add(y)))
}
