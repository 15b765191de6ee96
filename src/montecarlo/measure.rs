//! From sums to estimates: every figure of the results, by the rules of the results contract.

use super::bins::{day_bins, wait_bins};
use super::frame::{Frame, GroupFrame, QueueFrame};
use super::gather::{Gather, GroupSums, IntervalSums, QueueSums};
use super::judge;
use super::level::Level;
use super::outcome::{
    DayPercentiles, DayServiceLevel, GroupInterval, GroupOutcome, KeptWithin, Outcome, QueueInterval,
    QueueOutcome, ServiceLevel, Total, WaitPercentiles,
};
use super::payroll::Payroll;
use super::replicate::Finished;
use super::worth;
use crate::engine::Staffing;
use crate::model::{AtClose, AtEnd, Definition, GroupId, Model, Outside, Queue, QueueId};
use crate::stats::{DayLevels, Estimate, MeanMoments, RatioMoments, SectionedHistogram};
use crate::units::Micros;

/// Microseconds to seconds.
pub(super) const SECONDS: f64 = 1e-6;
/// Microseconds to hours.
const HOURS: f64 = 1.0 / 3.6e9;

/// The outcome of a finished run; `level` is the confidence level of its intervals, usually 0.95.
pub fn measure(model: &Model, staffing: &Staffing, finished: &Finished, level: f64) -> Outcome {
    let frame = Frame::new(model, staffing);
    let gather = &finished.gather;
    let lens = Lens { model, staffing, frame: &frame, gather, level };
    let mut outcome = Outcome {
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
        outcomes: Vec::new(),
    };
    worth::tell(model, &frame, &gather.worth, level, &mut outcome);
    outcome
}

/// What is measured, at what confidence level.
pub(super) struct Lens<'a> {
    pub(super) model: &'a Model,
    pub(super) staffing: &'a Staffing,
    pub(super) frame: &'a Frame,
    pub(super) gather: &'a Gather,
    pub(super) level: f64,
}

impl Lens<'_> {
    fn total(&self) -> Total {
        let sums = &self.gather.total;
        let days = self.frame.days;
        let rated = self.model.groups.iter().any(|group| group.cost_per_hour.is_some());
        let cost: f64 = (0..self.model.groups.len()).filter_map(|g| self.payroll().cost(g)).sum();
        let leaves = self.model.queues.iter().any(can_abandon);
        Total {
            offered: self.per_day(&sums.answered.denominator(), days),
            answered: self.per_day(&sums.answered.numerator(), days),
            abandonment: sums.lost.ratio_share(self.level).filter(|_| leaves),
            cost: (rated && days > 0).then(|| Estimate::exact(cost / days as f64)),
            ..Total::default()
        }
    }

    /// A count per day of counted opening.
    pub(super) fn per_day(&self, count: &MeanMoments, days: usize) -> Option<Estimate> {
        count.mean(self.level).filter(|_| days > 0).map(|e| e.scale(1.0 / days as f64))
    }

    pub(super) fn share(&self, ratio: &RatioMoments) -> Option<Estimate> {
        ratio.ratio_share(self.level)
    }

    pub(super) fn seconds(&self, ratio: &RatioMoments) -> Option<Estimate> {
        ratio.ratio(self.level).map(|e| e.scale(SECONDS))
    }

    fn queue(&self, q: usize) -> QueueOutcome {
        let (queue, frame, sums) = (&self.model.queues[q], &self.frame.queues[q], &self.gather.queues[q]);
        let days = frame.open_days();
        let count = |moments: &MeanMoments| self.per_day(moments, days);
        let can_block = queue.lines.is_some() || queue.max_waiting.is_some();
        let mut found = QueueOutcome {
            name: queue.name.clone(),
            channel: queue.channel.key(),
            entered: count(&sums.answered.denominator()),
            offered: count(&sums.answered.denominator()),
            first_attempts: count(&sums.first_attempts),
            answered: count(&sums.answered.numerator()),
            abandoned: count(&sums.abandoned).filter(|_| queue.patience.is_some()),
            balked: count(&sums.balked).filter(|_| balks(queue)),
            blocked: count(&sums.blocked.numerator()).filter(|_| can_block),
            turned_away: count(&sums.turned_away).filter(|e| e.mean > 0.0 || self.comes_while_closed(q)),
            moved_on: count(&sums.moved_on).filter(|_| moves_on(queue)),
            unfinished: count(&sums.unfinished).filter(|e| {
                e.mean > 0.0 || queue.at_close == AtClose::Drop || self.model.run.at_end == AtEnd::Drop
            }),
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
            intervals: frame
                .shown
                .iter()
                .zip(&sums.intervals)
                .map(|(&i, sums)| self.interval(queue, i, sums))
                .collect(),
            wait_bins: wait_bins(&self.gather.waits[q], queue.within),
            ..QueueOutcome::default()
        };
        self.journey(q, &mut found);
        found
    }

    /// Whether contacts are bound to come to a queue while it is closed: customers who do not look at its opening hours,
    /// or what other queues move to it.
    fn comes_while_closed(&self, q: usize) -> bool {
        let own = &self.model.queues[q];
        let expected = own.volumes.iter().enumerate().any(|(i, v)| *v > 0.0 && !own.opening.is_open(i));
        let moved = |queue: &Queue| queue.after_wait.is_some_and(|leave| leave.to == QueueId(q));
        expected || self.model.queues.iter().any(moved)
    }

    /// Time in µs, averaged over so many intervals.
    pub(super) fn per_time(&self, time: &MeanMoments, intervals: usize) -> Option<Estimate> {
        let length = (intervals as u64 * self.model.grid().interval.0) as f64;
        time.mean(self.level).filter(|_| intervals > 0).map(|e| e.scale(1.0 / length))
    }

    fn service_levels(&self, queue: &Queue, frame: &QueueFrame, sums: &QueueSums) -> Vec<ServiceLevel> {
        let at = |(levels, sums): (&[Level; 4], &[RatioMoments; 4])| {
            let [offered, answered, ignore_early, credit_early] =
                std::array::from_fn(|k| self.share(&sums[k]));
            let within_s = levels[0].within(queue).as_secs_f64();
            ServiceLevel {
                within_s,
                offered,
                answered,
                ignore_early,
                credit_early,
                ..ServiceLevel::default()
            }
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

    fn service_level(
        &self,
        queue: &Queue,
        frame: &QueueFrame,
        sums: &QueueSums,
        within_s: f64,
    ) -> Option<ServiceLevel> {
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
            service_level: self.share(&sums.level).filter(|_| queue.opening.is_open(i)),
            mean_queue: self.per_time(&sums.queue_time, 1),
            ..QueueInterval::default()
        }
    }

    fn group(&self, g: usize) -> GroupOutcome {
        let (frame, sums) = (&self.frame.groups[g], &self.gather.groups[g]);
        let group = &self.model.groups[g];
        let days = frame.days.len();
        let hours = |moments: &MeanMoments| self.per_day(moments, days).map(|e| e.scale(HOURS));
        let exact = |run: f64| (days > 0).then(|| Estimate::exact(run / days as f64));
        let mut found = GroupOutcome {
            name: group.name.clone(),
            staffed_hours: exact(
                self.payroll().intervals(g).map(|i| self.at_work(g, i)).sum::<f64>() * self.hours(),
            ),
            busy_hours: hours(&sums.busy),
            overtime_hours: hours(&sums.overtime),
            occupancy: self.share(&sums.occupancy.moments),
            cost: self.payroll().cost(g).and_then(exact),
            intervals: self.group_intervals(g, frame, sums),
            ..GroupOutcome::default()
        };
        self.hands(frame, sums, &mut found);
        found
    }

    /// Fills in what several contacts in hand, and replies inside chats, amount to.
    fn hands(&self, frame: &GroupFrame, sums: &GroupSums, found: &mut GroupOutcome) {
        let (Some(frame), Some(sums)) = (&frame.hands, &sums.hands) else { return };
        if frame.most > 1 {
            found.mean_in_hand = sums.in_hand.ratio(self.level);
            found.slot_occupancy = self.share(&sums.slots);
            let shares = (1..).zip(&sums.loads).filter_map(|(k, sums)| Some((k, self.share(sums)?)));
            found.load_shares = shares.collect();
        }
        found.mean_reply_s = sums.reply.ratio(self.level);
        let kept = |(within, sums): (Micros, &RatioMoments)| {
            let share = self.share(sums)?;
            Some(KeptWithin { within_s: within.as_secs_f64(), share: Some(share) })
        };
        found.replied = frame.promised().zip(&sums.in_time).filter_map(kept).collect();
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

    fn payroll(&self) -> Payroll<'_> {
        Payroll { model: self.model, staffing: self.staffing, from: self.frame.from }
    }

    fn at_work(&self, g: usize, i: usize) -> f64 {
        f64::from(self.staffing.at(GroupId(g), i))
    }

    /// Length of an interval.
    fn hours(&self) -> f64 {
        self.model.grid().interval.as_hours_f64()
    }
}

/// Whether customers of a queue may hang up at all.
fn can_abandon(queue: &Queue) -> bool {
    queue.patience.is_some() || balks(queue)
}

/// Whether they may hang up at once.
fn balks(queue: &Queue) -> bool {
    queue.balk > 0.0 || queue.journey.announced.as_ref().is_some_and(|announced| announced.balk.is_some())
}

/// Whether they may leave for another queue.
fn moves_on(queue: &Queue) -> bool {
    queue.after_wait.is_some() || matches!(queue.journey.outside, Outside::Voicemail(_))
}

#[cfg(test)]
mod tests;
