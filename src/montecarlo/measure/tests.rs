//! The figures of a run, by hand.

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
    assert_eq!(queue.service_levels.iter().map(|row| row.within_s).collect::<Vec<_>>(), [5.0, 20.0, 120.0]);
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
