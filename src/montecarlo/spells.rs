//! Spells of bad intervals within a replication: the events that a verdict waits for where nothing lasts all day.
//!
//! A sample without a miss looks certain, so nothing is called kept before 30 events lay below its goal. Where one cause
//! makes a whole day worse — a busy day, people who are away — a replication is one event. Where nothing does, a
//! day holds many: runs of intervals below the goal, with at least one at or above it between them. Intervals with less
//! than half the usual contacts do not count: chance alone decides them.

use crate::model::{Model, Queue};

/// Of these counted open intervals, those with at least half as many contacts as the mean of them; none where days differ
/// as a whole, or the work can wait.
pub(super) fn busy(model: &Model, queue: &Queue, open: &[usize]) -> Vec<usize> {
    if model.days_differ() || queue.channel.is_deferred() {
        return Vec::new();
    }
    let mean = open.iter().map(|&i| queue.volumes[i]).sum::<f64>() / open.len().max(1) as f64;
    open.iter().copied().filter(|&i| queue.volumes[i] > 0.0 && queue.volumes[i] >= mean / 2.0).collect()
}

/// How many spells of misses there are in a row, and how many of hits.
pub(super) fn spells(held: impl Iterator<Item = bool>) -> (u64, u64) {
    let (mut below, mut above, mut before) = (0, 0, None);
    for held in held {
        if before != Some(held) {
            (below, above) = (below + u64::from(!held), above + u64::from(held));
        }
        before = Some(held);
    }
    (below, above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::montecarlo::fixture::model;

    #[test]
    fn neighbours_on_one_side_are_one_spell() {
        let of = |text: &str| spells(text.chars().map(|c| c == '+'));
        assert_eq!([of(""), of("+++"), of("--+--++-")], [(0, 0), (0, 1), (3, 2)]);
    }

    #[test]
    fn quiet_intervals_and_busy_days_do_not_count() {
        let mut model = model(1, 8..12);
        let busy = |model: &Model| busy(model, &model.queues[0], &[8, 9, 10, 11]);
        assert_eq!(busy(&model), [8, 9, 10, 11]);
        model.queues[0].volumes[9] *= 0.3;
        assert_eq!(busy(&model), [8, 10, 11]);
        model.demand.day_factor_cv = 0.1;
        assert!(busy(&model).is_empty());
    }
}
