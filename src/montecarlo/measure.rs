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
mod tests {
    use super::*;
    use crate::engine::{Ended, Fate, Tally, Witness};
    use crate::model::{AfterWait, Goal, Staff};
    use crate::montecarlo::digest::Digest;
    use crate::montecarlo::fixture::{answered, mean, model, queue, secs, target};
    use crate::montecarlo::outcome::Verdict;
    use crate::stats::Reason;
    use crate::units::Micros;

    /// The outcome of the given tallies, one per replication.
    fn outcome(model: &Model, tallies: &[Tally], waits: &[(u64, u64)]) -> Outcome {
        let staffing = Staffing::given(model);
        let frame = Frame::new(model, &staffing);
        let mut gather = Gather::new(&frame);
        let mut digest = Digest::new(&frame);
        for tally in tallies {
            gather.add(&frame, tally, 100, &mut digest);
        }
        for &(replication, seconds) in waits {
            let fate = Fate::Answered { group: 0, busy: Micros::ZERO };
            let story = |counted| Ended {
                queue: 0,
                position: 0,
                arrived: Micros::ZERO,
                wait: secs(seconds),
                fate,
                counted,
            };
            gather.listen(&frame, replication).ended(&story(true));
            gather.listen(&frame, replication).ended(&Ended { wait: secs(9999), ..story(false) });
        }
        let finished = Finished { gather, seed: 9, first: 0, looks: 1, reason: Some(Reason::AsAsked) };
        measure(model, &staffing, &finished, 0.95)
    }

    /// Two days of 8–12; on day one at 9 h: 10 offered, 6 answered (4 at once, 1 within 20 s, 1 after), 2 abandoned
    /// (one early), 1 balked, 1 unfinished; on day two at 8 h: 10 answered at once.
    fn two_days(model: &Model) -> Tally {
        let mut tally = Tally::new(model);
        let queue = &mut tally.queues[0];
        let cell = &mut queue.cells[9];
        (cell.first_attempts, cell.answered, cell.abandoned, cell.balked, cell.unfinished) = (9, 6, 2, 1, 1);
        (cell.waited, cell.answered_wait, cell.abandoned_wait) = (4, 60_000_000, 20_000_000);
        (cell.longest_wait, cell.queue_time) = (50_000_000, 3_600_000_000);
        queue.answered_in[9 * 4..10 * 4].copy_from_slice(&[4, 1, 1, 0]);
        queue.abandoned_in[9 * 4..10 * 4].copy_from_slice(&[1, 0, 1, 0]);
        (queue.cells[32].first_attempts, queue.cells[32].answered) = (10, 10);
        queue.answered_in[32 * 4] = 10;
        // after closing: seen by nobody's occupancy and queue
        queue.cells[12].queue_time = 999_999_999;
        let group = &mut tally.groups[0];
        (group.busy[9], group.busy[11], group.overtime[11]) = (9_000_000_000, 5_000_000_000, 1_000_000_000);
        (group.busy[12], group.overtime[12]) = (500_000_000, 500_000_000);
        (group.busy_total, group.overtime_total) = (14_500_000_000, 1_500_000_000);
        tally
    }

    #[test]
    fn every_figure_of_a_queue_by_hand() {
        let mut model = model(2, 8..12);
        model.queues[0].balk = 0.1;
        let tally = two_days(&model);
        let found = outcome(&model, &[tally.clone(), tally], &[(0, 0), (1, 0), (0, 10), (1, 30)]);
        let queue = &found.queues[0];
        // counts are per day: two days with opening
        assert_eq!((mean(queue.entered), mean(queue.offered), mean(queue.first_attempts)), (10.0, 10.0, 9.5));
        assert_eq!((mean(queue.answered), mean(queue.abandoned), mean(queue.balked)), (8.0, 1.0, 0.5));
        assert_eq!(mean(queue.unfinished), 0.5);
        // a balker is an abandonment
        assert_eq!(mean(queue.abandonment), 3.0 / 20.0);
        assert_eq!(mean(queue.wait_probability), 4.0 / 18.0);
        assert!((mean(queue.mean_wait_s) - 80.0 / 18.0).abs() < 1e-12);
        assert!((mean(queue.asa_s) - 60.0 / 16.0).abs() < 1e-12);
        assert_eq!(mean(queue.longest_wait_s), 50.0);
        // one contact in line for an hour of eight open ones
        assert_eq!(mean(queue.mean_queue), 0.125);
        // within 20 s: 15 of 20 offered, of 16 answered; the balker and one other hung up early
        let level = queue.service_level.as_ref().unwrap();
        assert_eq!(level.within_s, 20.0);
        assert_eq!([level.offered, level.answered].map(mean), [15.0 / 20.0, 15.0 / 16.0]);
        assert_eq!([level.ignore_early, level.credit_early].map(mean), [15.0 / 18.0, 17.0 / 20.0]);
        assert_eq!(
            queue.service_levels.iter().map(|row| row.within_s).collect::<Vec<_>>(),
            [5.0, 20.0, 120.0]
        );
        // by day: 5 of 10, and 10 of 10
        let days = queue.day_service_level.as_ref().unwrap();
        assert!((mean(days.mean) - 0.75).abs() < 1e-9);
        assert_eq!((days.bins[50].count, days.bins[99].count), (2, 2));
        assert_eq!(mean(queue.wait_percentiles_s.as_ref().unwrap().p50), 0.0);
        assert_eq!(queue.wait_bins.iter().map(|bin| bin.count).sum::<u64>(), 4);
        assert_eq!((queue.wait_bins[0].count, found.contacts_simulated), (2, 200));
    }

    #[test]
    fn every_figure_of_an_interval_by_hand() {
        let model = model(2, 8..12);
        let found = outcome(&model, &[two_days(&model)], &[]);
        let rows = &found.queues[0].intervals;
        assert_eq!(rows.len(), 8);
        let row = &rows[1];
        assert_eq!((row.day, row.start.as_str(), row.index), (1, "09:00", 9));
        assert_eq!([row.offered, row.answered, row.abandoned].map(mean), [10.0, 6.0, 2.0]);
        assert_eq!((mean(row.mean_wait_s), mean(row.service_level), mean(row.mean_queue)), (10.0, 0.5, 1.0));
        assert_eq!((rows[0].service_level, mean(rows[0].offered)), (None, 0.0));
        assert_eq!((rows[4].day, rows[4].start.as_str()), (2, "08:00"));
    }

    #[test]
    fn occupancy_stops_at_closing_and_hours_do_not() {
        let mut model = model(2, 8..12);
        let group = &mut model.groups[0];
        group.cost_per_hour = Some(20.0);
        group.shrinkage = crate::model::Series::Constant(0.2);
        let found = outcome(&model, &[two_days(&model)], &[]);
        let group = &found.groups[0];
        // eight open hours with five agents, one agent-hour is 3600 s
        let staffed = 8.0 * 5.0 * 3600.0;
        assert!((mean(group.occupancy) - 14_000.0 / (staffed + 1000.0)).abs() < 1e-12);
        assert_eq!(mean(group.staffed_hours), 20.0);
        assert!((mean(group.busy_hours) - 14_500.0 / 3600.0 / 2.0).abs() < 1e-12);
        assert!((mean(group.overtime_hours) - 1500.0 / 3600.0 / 2.0).abs() < 1e-12);
        assert_eq!((mean(group.cost), mean(found.total.cost)), (500.0, 500.0));
        let row = &group.intervals[3];
        assert_eq!((row.start.as_str(), row.agents), ("11:00", 5));
        assert!((mean(row.occupancy) - 5000.0 / 19_000.0).abs() < 1e-12);
    }

    #[test]
    fn given_schedules_are_paid_as_given() {
        let mut model = model(1, 8..12);
        let group = &mut model.groups[0];
        group.cost_per_hour = Some(10.0);
        group.shrinkage = crate::model::Series::Constant(0.3);
        let Staff::Given { at_work, scheduled } = &mut group.staff else { unreachable!() };
        *scheduled = Some(at_work.iter().map(|n| n + n / 5 * 3).collect());
        let found = outcome(&model, &[Tally::new(&model)], &[]);
        assert_eq!(mean(found.groups[0].cost), 4.0 * 8.0 * 10.0);
    }

    #[test]
    fn warm_up_is_simulated_and_not_counted() {
        let mut model = model(2, 8..12);
        model.run.warm_up = secs(2 * 3600);
        model.groups[0].cost_per_hour = Some(10.0);
        let found = outcome(&model, &[two_days(&model)], &[]);
        let queue = &found.queues[0];
        assert_eq!((mean(queue.offered), queue.intervals.len()), (5.0, 6));
        assert_eq!(mean(found.groups[0].staffed_hours), 15.0);
        assert_eq!(mean(found.total.cost), 150.0);
    }

    #[test]
    fn what_does_not_apply_is_left_out() {
        let mut model = model(1, 8..12);
        model.queues[0].patience = None;
        let found = outcome(&model, &[Tally::new(&model)], &[]);
        let json = serde_json::to_value(&found).unwrap();
        let queue = json["queues"][0].as_object().unwrap();
        for key in
            ["abandoned", "abandonment", "balked", "blocked", "blocking", "turned_away", "moved_on", "asa_s"]
        {
            assert!(!queue.contains_key(key), "{key}");
        }
        for key in ["wait_percentiles_s", "day_service_level", "longest_wait_s", "unfinished"] {
            assert!(!queue.contains_key(key), "{key}: nobody came");
        }
        assert_eq!(queue["offered"]["mean"], 0.0);
        assert_eq!(queue["service_level"], serde_json::json!({ "within_s": 20 }));
        assert!(json["total"].get("cost").is_none() && json.get("interrupted").is_none());
    }

    #[test]
    fn who_moves_on_is_offered_twice_and_demanded_once() {
        let mut model = model(1, 8..12);
        let opening = model.calendar.opening.clone();
        model.queues.push(queue("voicemail", &opening, 0.0));
        model.queues[0].after_wait = Some(AfterWait { wait: secs(60), to: QueueId(1) });
        let mut tally = Tally::new(&model);
        let cell = &mut tally.queues[0].cells[9];
        (cell.first_attempts, cell.answered, cell.moved_on) = (10, 8, 2);
        tally.queues[0].answered_in[9 * 4] = 8;
        // one moved contact found the voicemail closed
        (tally.queues[1].cells[9].answered, tally.queues[1].cells[13].turned_away) = (1, 1);
        tally.queues[1].answered_in[9 * 4] = 1;
        let found = outcome(&model, &[tally], &[]);
        let [phone, voicemail] = [&found.queues[0], &found.queues[1]];
        assert_eq!((mean(phone.offered), mean(phone.moved_on)), (10.0, 2.0));
        assert_eq!(mean(phone.service_level.as_ref().unwrap().offered), 1.0);
        assert_eq!((mean(voicemail.offered), mean(voicemail.turned_away)), (2.0, 1.0));
        assert_eq!(mean(voicemail.service_level.as_ref().unwrap().offered), 0.5);
        assert_eq!((mean(found.total.offered), mean(found.total.answered)), (12.0, 9.0));
    }

    #[test]
    fn short_abandonments_stand_beside_the_threshold_that_uses_them() {
        let mut model = model(2, 8..12);
        let goal = Goal::Answered {
            share: 0.8,
            within: secs(20),
            definition: Definition::CreditShort { short: secs(5) },
        };
        model.queues[0].targets = vec![target(goal)];
        let found = outcome(&model, &[two_days(&model)], &[]);
        let queue = &found.queues[0];
        assert_eq!(mean(queue.service_level.as_ref().unwrap().credit_short), 17.0 / 20.0);
        assert!(queue.service_levels[0].credit_short.is_none());
        assert_eq!(mean(queue.intervals[1].service_level), 0.7);
        let days = queue.day_service_level.as_ref().unwrap();
        assert_eq!((days.definition, days.goal, mean(days.days_met)), ("credit_short", Some(0.8), 0.5));
    }

    #[test]
    fn targets_are_named_as_in_the_contract() {
        let mut model = model(2, 8..12);
        model.queues[0].targets = vec![target(answered(0.9, 120)), target(Goal::Asa(secs(30)))];
        model.groups[0].max_occupancy = Some(0.88);
        let found = outcome(&model, &[two_days(&model)], &[]);
        let json = serde_json::to_value(&found.targets).unwrap();
        assert_eq!(json[0]["queue"], "phone");
        assert_eq!((&json[0]["kind"], &json[0]["within_s"]), (&"answered".into(), &120.into()));
        assert_eq!((&json[0]["per"], &json[0]["definition"]), (&"day".into(), &"offered".into()));
        assert_eq!((&json[0]["goal"], &json[0]["achieved"]["mean"]), (&0.9.into(), &0.8.into()));
        assert_eq!((&json[0]["days_met"]["mean"], &json[0]["verdict"]), (&0.5.into(), &"undecided".into()));
        assert_eq!((&json[1]["kind"], &json[1]["goal"]), (&"asa".into(), &30.into()));
        assert_eq!((&json[2]["kind"], &json[2]["group"]), (&"max_occupancy".into(), &"crew".into()));
        assert_eq!(found.verdict(), Some(Verdict::Undecided));
    }
}
