//! Counts in bins of round widths, for charts.

use super::outcome::Bin;
use crate::stats::{DayLevels, SectionedHistogram};
use crate::units::Micros;

/// Waits for a chart: those answered at once in a bin of no width, then about forty bins of a round width up to the
/// 99th percentile and beyond the threshold, and one for the rest.
pub(super) fn wait_bins(waits: &SectionedHistogram, within: Micros) -> Vec<Bin> {
    let pooled = waits.pooled();
    let Some(most) = pooled.quantile(0.99) else { return Vec::new() };
    let far = most.max(1.25 * within.0 as f64);
    let width = round_width(far / 40.0);
    let last = (far as u64 / width) as usize + 1;
    let edge = |bin: usize| (bin as u64 * width) as f64 / 1e6;
    let mut bins = vec![Bin { low: 0.0, high: 0.0, count: 0 }];
    bins.extend((0..=last).map(|k| Bin { low: edge(k), high: edge(k + 1), count: 0 }));
    for fine in pooled.bins() {
        let bin = if fine.most == 0 { 0 } else { 1 + ((fine.least / width) as usize).min(last) };
        bins[bin].count += fine.count;
        if bin == last + 1 {
            bins[bin].high = bins[bin].high.max(fine.most as f64 / 1e6);
        }
    }
    bins
}

/// The least of 1, 2, 5, 10, 20, 30 s, 1, 2, 5, 10, 20, 30 min, 1 h … that is not below `micros`.
fn round_width(micros: f64) -> u64 {
    let steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800];
    let fits = |step: &u64| (*step * 1_000_000) as f64 >= micros;
    steps
        .into_iter()
        .find(fits)
        .map_or((micros / 86.4e9).ceil() as u64 * 86_400_000_000, |step| step * 1_000_000)
}

/// Days by service level for a chart: a bin for every point.
pub(super) fn day_bins(days: &DayLevels) -> Vec<Bin> {
    let edge = |point: u32| f64::from(point) / 100.0;
    let mut bins: Vec<_> = (0..100).map(|k| Bin { low: edge(k), high: edge(k + 1), count: 0 }).collect();
    for (low, _, count) in days.bins() {
        let point = (low * 100.0 + 1e-6) as usize;
        bins[point.min(99)].count += count;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(seconds: u64) -> Micros {
        Micros::from_secs(seconds)
    }

    #[test]
    fn chart_bins_hold_every_wait_once() {
        let mut waits = SectionedHistogram::default();
        (0..10_000).for_each(|k| waits.record(k % 20, k * 30_000));
        let bins = wait_bins(&waits, secs(20));
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<u64>(), 10_000);
        assert_eq!((bins[0].count, bins[1].high), (1, 10.0));
        assert!(bins[1..].windows(2).all(|pair| pair[0].high == pair[1].low));
        assert!(bins.last().unwrap().high >= 299.9);
        assert!(wait_bins(&SectionedHistogram::default(), secs(20)).is_empty());
    }

    #[test]
    fn chart_bins_reach_beyond_the_threshold() {
        let mut waits = SectionedHistogram::default();
        (0..1000).for_each(|k| waits.record(k % 20, k * 30_000));
        let bins = wait_bins(&waits, secs(120));
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<u64>(), 1000);
        assert!(bins[bins.len() - 2].high >= 150.0 && bins[1].high == 5.0);
    }
}
