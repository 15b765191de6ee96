//! From sums to estimates: every figure of the results, by the rules of the results contract.

use super::frame::{Frame, GroupFrame, QueueFrame};
use super::gather::{Gather, GroupSums, IntervalSums, QueueSums};
use super::judge;
use super::level::Level;
use super::outcome::{
    Bin, DayPercentiles, DayServiceLevel, GroupInterval, GroupOutcome, Outcome, QueueInterval, QueueOutcome,
    ServiceLevel, Total, WaitPercentiles,
};
use super::replicate::Finished;
use crate::engine::Staffing;
use crate::model::{AtClose, AtEnd, Definition, Group, GroupId, Model, Queue, QueueId, Staff};
use crate::stats::{DayLevels, Estimate, MeanMoments, RatioMoments, SectionedHistogram};

/// Microseconds to seconds.
const SECONDS: f64 = 1e-6;
/// Microseconds to hours.
const HOURS: f64 = 1.0 / 3.6e9;

/// The outcome of a finished run; `level` is the confidence level of its intervals, usually 0.95.
pub fn measure(model: &Model, staffing: &Staffing, finished: &Finished, level: f64) -> Outcome {
    let frame = Frame::new(model, staffing);
    let gather = &finished.gather;
    let lens = Lens { model, staffing, frame: &frame, gather, level };
    Outcome {
        scenario: model.name.clone(),
        seed: finished.seed,
        replications: gather.replications,
        interrupted: finished.reason.is_none(),
        level,
        contacts_simulated: gather.contacts,
        total: lens.total(),
        queues: (0..model.queues.len()).map(|q| lens.queue(q)).collect(),
        groups: (0..model.groups.len()).map(|g| lens.group(g)).collect(),
        targets: judge::targets(model, &frame, gather, finished.looks, level),
    }
}

/// What is measured, at what confidence level.
struct Lens<'a> {
    model: &'a Model,
    staffing: &'a Staffing,
    frame: &'a Frame,
    gather: &'a Gather,
    level: f64,
}

impl Lens<'_> {
    fn total(&self) -> Total {
        let sums = &self.gather.total;
        let days = self.frame.days;
        let rated = self.model.groups.iter().any(|group| group.cost_per_hour.is_some());
        let cost: f64 = (0..self.model.groups.len()).filter_map(|g| self.run_cost(g)).sum();
        let leaves = self.model.queues.iter().any(can_abandon);
        Total {
            offered: self.per_day(&sums.answered.denominator(), days),
            answered: self.per_day(&sums.answered.numerator(), days),
            abandonment: sums.lost.ratio_share(self.level).filter(|_| leaves),
            cost: (rated && days > 0).then(|| Estimate::exact(cost / days as f64)),
        }
    }

    /// A count per day of counted opening.
    fn per_day(&self, count: &MeanMoments, days: usize) -> Option<Estimate> {
        count.mean(self.level).filter(|_| days > 0).map(|e| e.scale(1.0 / days as f64))
    }

    fn share(&self, ratio: &RatioMoments) -> Option<Estimate> {
        ratio.ratio_share(self.level)
    }

    fn seconds(&self, ratio: &RatioMoments) -> Option<Estimate> {
        ratio.ratio(self.level).map(|e| e.scale(SECONDS))
    }

    fn queue(&self, q: usize) -> QueueOutcome {
        let (queue, frame, sums) = (&self.model.queues[q], &self.frame.queues[q], &self.gather.queues[q]);
        let days = frame.days.len();
        let count = |moments: &MeanMoments| self.per_day(moments, days);
        let reaches = |to| self.model.queues.iter().filter_map(|q| q.after_wait).any(|leave| leave.to == QueueId(to));
        let can_block = queue.lines.is_some() || queue.max_waiting.is_some();
        QueueOutcome {
            name: queue.name.clone(),
            channel: queue.channel.key(),
            entered: count(&sums.answered.denominator()),
            offered: count(&sums.answered.denominator()),
            first_attempts: count(&sums.first_attempts),
            answered: count(&sums.answered.numerator()),
            abandoned: count(&sums.abandoned).filter(|_| queue.patience.is_some()),
            balked: count(&sums.balked).filter(|_| queue.balk > 0.0),
            blocked: count(&sums.blocked.numerator()).filter(|_| can_block),
            turned_away: count(&sums.turned_away).filter(|_| reaches(q)),
            moved_on: count(&sums.moved_on).filter(|_| queue.after_wait.is_some()),
            unfinished: count(&sums.unfinished)
                .filter(|e| e.mean > 0.0 || queue.at_close == AtClose::Drop || self.model.run.at_end == AtEnd::Drop),
            wait_probability: self.share(&sums.waited),
            mean_wait_s: self.seconds(&sums.wait),
            asa_s: self.seconds(&sums.asa),
            abandonment: self.share(&sums.lost).filter(|_| can_abandon(queue)),
            blocking: self.share(&sums.blocked).filter(|_| can_block),
            service_level: self.service_level(queue, frame, sums, queue.within.as_secs_f64()),
            service_levels: self.service_levels(queue, frame, sums),
            wait_percentiles_s: self.percentiles(&self.gather.waits[q]),
            longest_wait_s: sums.longest.mean(self.level).map(|e| e.scale(SECONDS)),
            mean_queue: self.per_time(&sums.queue_time, frame.open.len()),
            day_service_level: self.days(queue, frame, &sums.days),
            intervals: frame.open.iter().zip(&sums.intervals).map(|(&i, sums)| self.interval(queue, i, sums)).collect(),
            wait_bins: wait_bins(&self.gather.waits[q]),
        }
    }

    /// Time in µs, averaged over so many intervals.
    fn per_time(&self, time: &MeanMoments, intervals: usize) -> Option<Estimate> {
        let length = (intervals as u64 * self.model.grid().interval.0) as f64;
        time.mean(self.level).filter(|_| intervals > 0).map(|e| e.scale(1.0 / length))
    }

    fn service_levels(&self, queue: &Queue, frame: &QueueFrame, sums: &QueueSums) -> Vec<ServiceLevel> {
        let at = |(levels, sums): (&[Level; 4], &[RatioMoments; 4])| {
            let [offered, answered, ignore_early, credit_early] = std::array::from_fn(|k| self.share(&sums[k]));
            let within_s = levels[0].within(queue).as_secs_f64();
            ServiceLevel { within_s, offered, answered, ignore_early, credit_early, ..ServiceLevel::default() }
        };
        let mut found: Vec<_> = frame.levels.iter().zip(&sums.levels).map(at).collect();
        for (level, moments) in frame.shorts.iter().zip(&sums.shorts) {
            let within_s = level.within(queue).as_secs_f64();
            let Some(row) = found.iter_mut().find(|row| row.within_s == within_s) else { continue };
            let key = match level.definition {
                Definition::IgnoreShort { .. } => &mut row.ignore_short,
                _ => &mut row.credit_short,
            };
            *key = key.or_else(|| self.share(moments));
        }
        found
    }

    fn service_level(&self, queue: &Queue, frame: &QueueFrame, sums: &QueueSums, within_s: f64) -> Option<ServiceLevel> {
        self.service_levels(queue, frame, sums).into_iter().find(|row| row.within_s == within_s)
    }

    fn percentiles(&self, waits: &SectionedHistogram) -> Option<WaitPercentiles> {
        let at = |percent| waits.percentile(percent, self.level).map(|e| e.scale(SECONDS));
        let found = WaitPercentiles { p50: at(50.0), p90: at(90.0), p95: at(95.0), p99: at(99.0) };
        found.p50.is_some().then_some(found)
    }

    fn days(&self, queue: &Queue, frame: &QueueFrame, days: &DayLevels) -> Option<DayServiceLevel> {
        let level = frame.level.filter(|_| days.days() > 0)?;
        let at = |percent| days.percentile(percent, self.level);
        Some(DayServiceLevel {
            mean: days.mean(self.level),
            percentiles: DayPercentiles { p5: at(5.0), p50: at(50.0), p95: at(95.0) },
            within_s: level.within(queue).as_secs_f64(),
            definition: level.definition.key(),
            goal: frame.goal,
            days_met: days.days_met(self.level),
            bins: day_bins(days),
        })
    }

    fn interval(&self, queue: &Queue, i: usize, sums: &IntervalSums) -> QueueInterval {
        let grid = self.model.grid();
        let mean = |moments: &MeanMoments| moments.mean(self.level);
        QueueInterval {
            index: i,
            day: grid.day_of(i) + 1,
            start: grid.clock(i),
            offered: mean(&sums.offered),
            answered: mean(&sums.answered),
            abandoned: mean(&sums.abandoned).filter(|_| queue.patience.is_some()),
            mean_wait_s: self.seconds(&sums.wait),
            service_level: self.share(&sums.level),
            mean_queue: self.per_time(&sums.queue_time, 1),
        }
    }

    fn group(&self, g: usize) -> GroupOutcome {
        let (frame, sums) = (&self.frame.groups[g], &self.gather.groups[g]);
        let group = &self.model.groups[g];
        let days = frame.days.len();
        let hours = |moments: &MeanMoments| self.per_day(moments, days).map(|e| e.scale(HOURS));
        let exact = |run: f64| (days > 0).then(|| Estimate::exact(run / days as f64));
        GroupOutcome {
            name: group.name.clone(),
            staffed_hours: exact(self.paid_intervals(group).map(|i| self.at_work(g, i)).sum::<f64>() * self.hours()),
            busy_hours: hours(&sums.busy),
            overtime_hours: hours(&sums.overtime),
            occupancy: self.share(&sums.occupancy.moments),
            cost: self.run_cost(g).and_then(exact),
            intervals: self.group_intervals(g, frame, sums),
        }
    }

    fn group_intervals(&self, g: usize, frame: &GroupFrame, sums: &GroupSums) -> Vec<GroupInterval> {
        let grid = self.model.grid();
        let row = |(&i, sums): (&usize, &RatioMoments)| GroupInterval {
            index: i,
            day: grid.day_of(i) + 1,
            start: grid.clock(i),
            agents: self.staffing.at(GroupId(g), i),
            occupancy: self.share(sums),
        };
        frame.open.iter().zip(&sums.intervals).map(row).collect()
    }

    /// The intervals whose staff is paid for in the counted part of the run: all of them unless there is a warm-up.
    fn paid_intervals<'g>(&self, group: &'g Group) -> impl Iterator<Item = usize> + 'g {
        let from = if self.model.run.warm_up.0 == 0 { 0 } else { self.frame.from };
        group.opening.intervals().filter(move |i| *i >= from)
    }

    fn at_work(&self, g: usize, i: usize) -> f64 {
        f64::from(self.staffing.at(GroupId(g), i))
    }

    /// Length of an interval.
    fn hours(&self) -> f64 {
        self.model.grid().interval.as_hours_f64()
    }

    /// Scheduled hours × rate over the counted run; nothing without a rate.
    fn run_cost(&self, g: usize) -> Option<f64> {
        let group = &self.model.groups[g];
        let rate = group.cost_per_hour?;
        let scheduled: f64 = self.paid_intervals(group).map(|i| self.scheduled(g, i)).sum();
        Some(scheduled * self.hours() * rate)
    }

    /// Agents scheduled in an interval: as the scenario gives them for this staff, else at work / (1 − shrinkage).
    fn scheduled(&self, g: usize, i: usize) -> f64 {
        let group = &self.model.groups[g];
        let agents = self.staffing.at(GroupId(g), i);
        match &group.staff {
            Staff::Given { at_work, scheduled: Some(scheduled) } if at_work[i] == agents => f64::from(scheduled[i]),
            _ => f64::from(agents) / (1.0 - group.shrinkage.at(i)),
        }
    }
}

/// Whether customers of a queue may hang up at all.
fn can_abandon(queue: &Queue) -> bool {
    queue.patience.is_some() || queue.balk > 0.0
}

/// Waits for a chart: those answered at once in a bin of no width, then about forty bins of a round width up to the
/// 99th percentile, and one for the rest.
fn wait_bins(waits: &SectionedHistogram) -> Vec<Bin> {
    let pooled = waits.pooled();
    let Some(far) = pooled.quantile(0.99) else { return Vec::new() };
    let width = round_width(far / 40.0);
    let last = (far as u64 / width) as usize + 1;
    let edge = |bin: usize| (bin as u64 * width) as f64 * SECONDS;
    let mut bins = vec![Bin { low: 0.0, high: 0.0, count: 0 }];
    bins.extend((0..=last).map(|k| Bin { low: edge(k), high: edge(k + 1), count: 0 }));
    for fine in pooled.bins() {
        let bin = if fine.most == 0 { 0 } else { 1 + ((fine.least / width) as usize).min(last) };
        bins[bin].count += fine.count;
        if bin == last + 1 {
            bins[bin].high = bins[bin].high.max(fine.most as f64 * SECONDS);
        }
    }
    bins
}

/// The least of 1, 2, 5, 10, 20, 30 s, 1, 2, 5, 10, 20, 30 min, 1 h … that is not below `micros`.
fn round_width(micros: f64) -> u64 {
    let steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800];
    let fits = |step: &u64| (*step * 1_000_000) as f64 >= micros;
    steps.into_iter().find(fits).map_or((micros / 86.4e9).ceil() as u64 * 86_400_000_000, |step| step * 1_000_000)
}

/// Days by service level for a chart: a bin for every point.
fn day_bins(days: &DayLevels) -> Vec<Bin> {
    let edge = |point: u32| f64::from(point) / 100.0;
    let mut bins: Vec<_> = (0..100).map(|k| Bin { low: edge(k), high: edge(k + 1), count: 0 }).collect();
    for (low, _, count) in days.bins() {
        let point = (low * 100.0 + 1e-6) as usize;
        bins[point.min(99)].count += count;
    }
    bins
}
