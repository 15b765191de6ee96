//! How wrong the forecast may be before a promise breaks, with the staff of the answer: the factor on volumes, or on
//! handle times, up to which every promise is still kept.

use super::super::kept::{End, keeps};
use super::ask::{Asker, LEVEL};
use crate::model::{Lever, Model, Per, Target};
use crate::montecarlo::{Outcome, Staffing};
use crate::stats::Estimate;
use serde::Serialize;

/// The factor is looked for between half and one and a half.
const REACH: f64 = 0.5;
/// How often the stretch in which it must lie is halved: to a fifth of a point.
const HALVINGS: u32 = 8;

/// How far one thing may move.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Room {
    /// What: `volume`.
    pub of: &'static str,
    /// The change at which the first promise breaks, a share: 0.04 is 4% more, negative where the plan leaves none. The
    /// interval holds where its own interval would break.
    pub change: Estimate,
    /// Whether every promise still holds at the end of what was looked at, half as much again.
    pub beyond: bool,
}

/// The room of volumes and handle times. A promise in every interval is not looked at: staff that follows the day leaves
/// it none anywhere, and the worst of many intervals lies below its goal by luck.
pub(super) fn room(model: &Model, staffing: &Staffing, asker: &Asker<'_>) -> Vec<Room> {
    let looked_at = |target: &Target| target.per != Per::Interval;
    if !model.queues.iter().flat_map(|queue| &queue.targets).any(looked_at) {
        return Vec::new();
    }
    asker.stage("how wrong the forecast may be");
    let levers = [Lever::Volume, Lever::HandleTime];
    levers.into_iter().filter_map(|lever| one(model, staffing, lever, asker)).collect()
}

fn one(model: &Model, staffing: &Staffing, lever: Lever, asker: &Asker<'_>) -> Option<Room> {
    let replications = asker.replications_of_stretches(model);
    let mut tried: Vec<(f64, Outcome)> = Vec::new();
    let mut ends = [0.0; 3];
    for (place, end) in ends.iter_mut().zip([End::Estimate, End::Worse, End::Better]) {
        let mut holds = |change: f64| {
            if asker.is_over() {
                return None;
            }
            if !tried.iter().any(|(known, _)| *known == change) {
                let model = model.swung(lever, 1.0 + change)?;
                tried.push((change, asker.bench(&model).measured(staffing, replications, LEVEL)));
            }
            let (_, outcome) = tried.iter().find(|(known, _)| *known == change)?;
            let over_time = outcome.targets.iter().filter(|target| target.per != Per::Interval);
            Some(over_time.into_iter().all(|target| keeps(target, end)))
        };
        *place = edge(&mut holds)?;
    }
    let [mean, low, high] = ends;
    let change = Estimate::between(mean, low, high, LEVEL, replications)?;
    Some(Room { of: lever.name(), change, beyond: mean >= REACH })
}

/// The last change at which it holds, by halves.
fn edge(holds: &mut impl FnMut(f64) -> Option<bool>) -> Option<f64> {
    let (mut good, mut bad) = if holds(0.0)? { (0.0, REACH) } else { (-REACH, 0.0) };
    if good == 0.0 && holds(REACH)? {
        return Some(REACH);
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(good, bad);
        if holds(middle)? {
            good = middle;
        } else {
            bad = middle;
        }
    }
    Some(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_is_found_on_both_sides() {
        for truth in [-0.31, -0.004, 0.0, 0.037, 0.49] {
            let found = edge(&mut |change| Some(change <= truth)).unwrap();
            assert!((found - truth).abs() <= REACH / 256.0 && found <= truth, "{truth}: {found}");
        }
        assert_eq!(edge(&mut |_| Some(true)), Some(REACH));
        assert_eq!(edge(&mut |_| None), None);
    }
}
