//! Waits in buckets of constant relative width, and percentiles from them.
//!
//! Buckets are log-linear, as in Gil Tene's HdrHistogram: below 256 µs every microsecond has its own, above that
//! every octave is cut into 128. Counts are whole, memory is bounded (27 kB for waits up to an hour, 60 kB at
//! most), and merging is exact.

use super::estimate::Estimate;
use super::quantiles::{student_t, tail_of};

/// Buckets per octave are `2^SHIFT`.
const SHIFT: u32 = 7;

/// Counts of waits in whole microseconds.
///
/// ```
/// use headcount::stats::WaitHistogram;
/// let mut waits = WaitHistogram::default();
/// (1..=1000).for_each(|ms| waits.record(ms * 1000));
/// let median = waits.quantile(0.5).unwrap();
/// assert!((median / 500_000.0 - 1.0).abs() < WaitHistogram::RELATIVE_ERROR);
/// ```
#[derive(Clone, Debug, Default)]
pub struct WaitHistogram {
    counts: Vec<u64>,
    total: u64,
}

impl WaitHistogram {
    /// A percentile differs from that of the raw waits by less than this share of itself.
    pub const RELATIVE_ERROR: f64 = 1.0 / 128.0;
    /// Waits below this many microseconds are counted one by one, and their percentiles are exact.
    pub const EXACT_BELOW: u64 = 2 << SHIFT;

    /// Counts one wait.
    #[inline]
    pub fn record(&mut self, micros: u64) {
        match self.counts.get_mut(bucket_of(micros)) {
            Some(count) => {
                *count += 1;
                self.total += 1;
            }
            None => self.make_room(micros),
        }
    }

    /// Counts one wait longer than all so far. Kept out of [`Self::record`], which is then small enough to stand where
    /// it is wanted.
    #[cold]
    #[inline(never)]
    fn make_room(&mut self, micros: u64) {
        self.record_many(micros, 1);
    }

    /// Counts `count` waits of the same length.
    #[inline]
    pub fn record_many(&mut self, micros: u64, count: u64) {
        let bucket = bucket_of(micros);
        if bucket >= self.counts.len() {
            self.counts.resize(bucket + 1, 0);
        }
        self.counts[bucket] = self.counts[bucket].saturating_add(count);
        self.total = self.total.saturating_add(count);
    }

    /// Adds what another histogram counted.
    pub fn merge(&mut self, other: &Self) {
        if other.counts.len() > self.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine = mine.saturating_add(*theirs);
        }
        self.total = self.total.saturating_add(other.total);
    }

    /// Forgets all counts and keeps the memory.
    pub fn clear(&mut self) {
        self.counts.fill(0);
        self.total = 0;
    }

    /// How many waits were counted.
    pub fn count(&self) -> u64 {
        self.total
    }

    /// The wait in microseconds that a share `p` of all waits does not exceed: the `⌈p·N⌉`-th smallest, placed inside
    /// its bucket as if the bucket were filled evenly. Nothing without waits or for a `p` outside 0..1.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if self.total == 0 || !(0.0..=1.0).contains(&p) {
            return None;
        }
        // Two rounding errors taken off, so that 0.07 × 100 asks for the seventh.
        let rank = (p * self.total as f64 * (1.0 - 2.0 * f64::EPSILON)).ceil().max(1.0);
        let mut below = 0.0;
        for (bucket, &count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let count = count as f64;
            if below + count >= rank {
                let (least, most) = bounds_of(bucket);
                return Some(least as f64 + (most - least) as f64 * ((rank - below - 0.5) / count));
            }
            below += count;
        }
        self.bins().last().map(|bin| bin.most as f64)
    }

    /// The share of waits up to `micros`, counting the bucket that holds it in proportion; nothing without waits.
    pub fn share_within(&self, micros: u64) -> Option<f64> {
        let last = bucket_of(micros);
        let (least, most) = bounds_of(last);
        let below: u64 = self.counts.iter().take(last).sum();
        let inside = self.counts.get(last).copied().unwrap_or(0) as f64;
        let part = ((micros - least) as f64 + 1.0) / ((most - least) as f64 + 1.0);
        (self.total > 0).then(|| (below as f64 + inside * part) / self.total as f64)
    }

    /// The buckets that hold anything, from the shortest wait to the longest.
    pub fn bins(&self) -> impl Iterator<Item = Bin> + '_ {
        self.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(bucket, &count)| {
            let (least, most) = bounds_of(bucket);
            Bin { least, most, count }
        })
    }
}

/// Equal if they counted the same, however large their memory has grown.
impl PartialEq for WaitHistogram {
    fn eq(&self, other: &Self) -> bool {
        self.bins().eq(other.bins())
    }
}

impl Eq for WaitHistogram {}

/// One bucket of a histogram, for a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// The shortest wait that falls here, in microseconds.
    pub least: u64,
    /// The longest wait that falls here, in microseconds.
    pub most: u64,
    /// How many waits did.
    pub count: u64,
}

/// The bucket of a wait: itself below 256, then 128 buckets for every power of two.
///
/// Octave and place in it are what a double begins with: its exponent and its upper bits. Reading them there is quicker
/// than counting zeros, which a generic x86-64 has no instruction for, and makes no guess.
#[inline]
fn bucket_of(micros: u64) -> usize {
    /// Bits of the double of 2⁷, above the lower ones that a bucket does not tell apart, less that bucket's number.
    const FIRST: u64 = (1023 + SHIFT as u64 - 1) << SHIFT;
    if micros >> f64::MANTISSA_DIGITS != 0 {
        return far_bucket_of(micros);
    }
    let upper = (micros as i64 as f64).to_bits() >> (f64::MANTISSA_DIGITS - 1 - SHIFT);
    (if micros < WaitHistogram::EXACT_BELOW { micros } else { upper.wrapping_sub(FIRST) }) as usize
}

/// The bucket of a wait that a double does not hold exactly: longer than 285 years.
#[cold]
#[inline(never)]
fn far_bucket_of(micros: u64) -> usize {
    let octave = (u64::BITS - 1 - (micros | 1).leading_zeros()).saturating_sub(SHIFT);
    ((octave as usize) << SHIFT) + (micros >> octave) as usize
}

/// The least and the most microseconds of a bucket.
fn bounds_of(bucket: usize) -> (u64, u64) {
    let octave = ((bucket >> SHIFT) as u32).saturating_sub(1);
    let head = (bucket - ((octave as usize) << SHIFT)) as u64;
    let least = head << octave;
    (least, least + ((1 << octave) - 1))
}

/// Histograms of 20 groups of replications, so that a percentile gets an interval.
///
/// Sectioning (Asmussen and Glynn 2007, III.5): replication `r` belongs to section `r mod 20`; the estimate is the
/// percentile of all waits together, and its standard error `√(Σ(q_s − q)² / (S − 1) / S)` comes from the sections'
/// own percentiles `q_s`, with Student's t and `S − 1` degrees of freedom. Sections that saw no wait do not count, so
/// fewer replications than sections use as many sections as there are replications.
///
/// ```
/// use headcount::stats::SectionedHistogram;
/// let mut waits = SectionedHistogram::default();
/// for replication in 0..40 {
///     (0..100).for_each(|k| waits.record(replication, 1_000_000 * (k + replication % 3)));
/// }
/// let p90 = waits.percentile(90.0, 0.95).unwrap().scale(1e-6); // seconds
/// assert!(p90.low < p90.mean && p90.mean < p90.high && p90.contains(90.0));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionedHistogram {
    sections: Vec<WaitHistogram>,
    replications: u64,
}

impl Default for SectionedHistogram {
    fn default() -> Self {
        Self { sections: vec![WaitHistogram::default(); Self::SECTIONS], replications: 0 }
    }
}

impl SectionedHistogram {
    /// How many sections there are.
    pub const SECTIONS: usize = 20;

    /// Counts one wait of one replication.
    #[inline]
    pub fn record(&mut self, replication: u64, micros: u64) {
        self.open(replication);
        self.record_in(Self::section_of(replication), micros);
    }

    /// A replication will be counted, even if it has no wait.
    pub fn open(&mut self, replication: u64) {
        self.replications = self.replications.max(replication.saturating_add(1));
    }

    /// Counts one wait of a replication that was opened and belongs to `section` (see [`Self::section_of`]).
    #[inline]
    pub fn record_in(&mut self, section: usize, micros: u64) {
        self.sections[section].record(micros);
    }

    /// The same of `count` waits of one length.
    pub fn record_many_in(&mut self, section: usize, micros: u64, count: u64) {
        self.sections[section].record_many(micros, count);
    }

    /// The section to which the waits of a replication belong.
    pub fn section_of(replication: u64) -> usize {
        (replication % Self::SECTIONS as u64) as usize
    }

    /// Counts `count` waits of the same length of one replication.
    #[inline]
    pub fn record_many(&mut self, replication: u64, micros: u64, count: u64) {
        self.section_mut(replication).record_many(micros, count);
    }

    /// Counts all waits of one replication.
    pub fn record_all(&mut self, replication: u64, waits: &WaitHistogram) {
        self.section_mut(replication).merge(waits);
    }

    /// The section to which the waits of one replication belong.
    #[inline]
    fn section_mut(&mut self, replication: u64) -> &mut WaitHistogram {
        self.open(replication);
        &mut self.sections[Self::section_of(replication)]
    }

    /// Adds what another one counted; the replications must be numbered in common.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.sections.iter_mut().zip(&other.sections) {
            mine.merge(theirs);
        }
        self.replications = self.replications.max(other.replications);
    }

    /// All waits together.
    pub fn pooled(&self) -> WaitHistogram {
        let mut all = WaitHistogram::default();
        self.sections.iter().for_each(|section| all.merge(section));
        all
    }

    /// The percentile `percent` (0..100) of all waits, in microseconds, with its interval; nothing without waits. With
    /// a single section that saw waits no interval is claimed: 0 to infinity.
    pub fn percentile(&self, percent: f64, level: f64) -> Option<Estimate> {
        let p = percent / 100.0;
        let all = self.pooled().quantile(p)?;
        let parts: Vec<f64> = self.sections.iter().filter_map(|section| section.quantile(p)).collect();
        let s = parts.len() as f64;
        let squares: f64 = parts.iter().map(|q| (q - all) * (q - all)).sum();
        let half = match parts.len() {
            0 | 1 => f64::INFINITY,
            _ if squares == 0.0 => 0.0,
            _ => student_t(tail_of(level), s - 1.0) * (squares / (s - 1.0) / s).sqrt(),
        };
        Estimate::between(all, (all - half).max(0.0), all + half, level, self.replications)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::synthetic::{Draws, within};

    #[test]
    fn buckets_tile_all_waits() {
        let mut next = 0;
        for bucket in 0..=bucket_of(u64::MAX) {
            let (least, most) = bounds_of(bucket);
            assert_eq!(least, next, "{bucket}");
            assert_eq!((bucket_of(least), bucket_of(most)), (bucket, bucket));
            assert!((most - least) as f64 <= least as f64 * WaitHistogram::RELATIVE_ERROR);
            next = most.wrapping_add(1);
        }
        assert_eq!(next, 0);
        assert_eq!(bounds_of(255), (255, 255));
    }

    #[test]
    fn quantiles_are_within_the_stated_error_of_sorted_data() {
        let mut draws = Draws::new(3);
        let mut waits: Vec<u64> = (0..5001)
            .map(|_| if draws.uniform() < 0.3 { 0 } else { draws.exponential(40e6) as u64 })
            .collect();
        let mut histogram = WaitHistogram::default();
        for &wait in &waits {
            histogram.record(wait);
        }
        waits.sort_unstable();
        for p in [0.0, 0.1, 0.3, 0.31, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0] {
            let rank = f64::ceil(p * 5001.0).max(1.0) as usize;
            let exact = waits[rank - 1] as f64;
            let found = histogram.quantile(p).unwrap();
            assert!((found - exact).abs() <= exact * WaitHistogram::RELATIVE_ERROR, "{p}: {found} {exact}");
        }
        let within_minute = waits.iter().filter(|wait| **wait <= 60_000_000).count() as f64 / 5001.0;
        assert!((histogram.share_within(60_000_000).unwrap() - within_minute).abs() < 0.002);
        assert_eq!(histogram.share_within(u64::MAX), Some(1.0));
    }

    #[test]
    fn short_waits_are_exact() {
        let mut histogram = WaitHistogram::default();
        (1..=100).for_each(|wait| histogram.record(wait));
        for p in [0.07, 0.29, 0.57, 0.9, 0.95] {
            assert_eq!(histogram.quantile(p), Some(f64::round(p * 100.0)), "{p}");
        }
        assert_eq!(histogram.bins().count(), 100);
    }

    #[test]
    fn nothing_counted_claims_nothing() {
        let mut histogram = WaitHistogram::default();
        assert_eq!((histogram.quantile(0.5), histogram.share_within(9)), (None, None));
        histogram.record(u64::MAX);
        histogram.record(0);
        assert_eq!((histogram.quantile(f64::NAN), histogram.quantile(1.5)), (None, None));
        assert!(histogram.quantile(1.0).unwrap() > 1.8e19);
        assert_eq!(SectionedHistogram::default().percentile(90.0, 0.95), None);
    }

    #[test]
    fn merging_in_any_order_gives_the_same_bytes() {
        let mut parts = vec![SectionedHistogram::default(); 3];
        let mut whole = SectionedHistogram::default();
        for replication in 0..30u64 {
            let wait = (replication * 7919) % 977 * 100_000;
            parts[(replication % 3) as usize].record(replication, wait);
            whole.record(replication, wait);
        }
        let mut forwards = parts[0].clone();
        forwards.merge(&parts[1]);
        forwards.merge(&parts[2]);
        let mut backwards = parts[2].clone();
        backwards.merge(&parts[1]);
        backwards.merge(&parts[0]);
        assert_eq!((&forwards, &backwards), (&whole, &whole));
        assert_eq!(forwards.pooled().count(), 30);
    }

    #[test]
    fn one_replication_claims_no_interval() {
        let mut histogram = SectionedHistogram::default();
        (0..100).for_each(|wait| histogram.record(0, wait));
        let p90 = histogram.percentile(90.0, 0.95).unwrap();
        assert_eq!((p90.mean, p90.low, p90.high), (89.0, 0.0, f64::INFINITY));
    }

    #[test]
    fn percentile_intervals_hold_the_truth() {
        // exponential waits: the 90th percentile is mean × ln 10
        let (runs, truth) = (600, 30e6 * 10f64.ln());
        let mut draws = Draws::new(5);
        let held = (0..runs).filter(|_| {
            let mut histogram = SectionedHistogram::default();
            for replication in 0..60 {
                (0..50).for_each(|_| histogram.record(replication, draws.exponential(30e6) as u64));
            }
            histogram.percentile(90.0, 0.95).is_some_and(|e| e.contains(truth))
        });
        let share = held.count() as f64 / f64::from(runs);
        assert!(within(share, 0.95, runs, 0.0), "{share}");
    }
}
