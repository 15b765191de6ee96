//! Figures of behaviours, worked out by hand from small tallies: what [`super::measure`] must find.

use super::fixture::{answered, back, callback, mean, model, outcome, secs, target};
use crate::engine::{DoneCell, More, Tally};
use crate::model::*;
use crate::montecarlo::QueueOutcome;
use crate::units::Micros;

/// One day, 8 to 12, one queue with this journey.
fn with(journey: Journey) -> Model {
    let mut model = model(1, 8..12);
    model.queues[0].journey = journey;
    model
}

fn keys(queue: &QueueOutcome) -> serde_json::Map<String, serde_json::Value> {
    serde_json::to_value(queue).unwrap().as_object().unwrap().clone()
}

#[test]
fn a_queue_without_behaviours_has_none_of_their_keys() {
    let model = model(1, 8..12);
    let found = outcome(&model, &[Tally::new(&model)]);
    let mut known: Vec<String> = keys(&found.queues[0]).keys().cloned().collect();
    known.sort();
    let plain = [
        "abandoned",
        "answered",
        "channel",
        "entered",
        "first_attempts",
        "intervals",
        "mean_queue",
        "name",
        "offered",
        "service_level",
        "service_levels",
    ];
    assert_eq!(known, plain);
    let group = serde_json::to_value(&found.groups[0]).unwrap();
    for key in ["mean_in_hand", "load_shares", "slot_occupancy", "mean_reply_s", "replied"] {
        assert!(group.get(key).is_none(), "{key}");
    }
}

#[test]
fn coming_again_by_hand() {
    let service = SelfService {
        contained: Series::Constant(0.2),
        takes: None,
        factor: Factor::ONE,
        back: Some(back(0)),
    };
    let journey = Journey {
        redial: Some(back(0)),
        redial_blocked: Some(back(0)),
        self_service: Some(service),
        ..Journey::default()
    };
    let mut model = with(journey);
    model.queues[0].lines = Some(9);
    let mut tally = Tally::new(&model);
    let phone = &mut tally.queues[0];
    // 20 offered: 14 for the first time, of whom 3 were blocked, 10 answered (8 within 20 s)
    let cell = &mut phone.cells[9];
    (cell.first_attempts, cell.answered, cell.abandoned, cell.blocked) = (14, 13, 4, 3);
    phone.answered_in[9 * 4..10 * 4].copy_from_slice(&[5, 4, 3, 1]);
    phone.first_answered_in[9 * 4..10 * 4].copy_from_slice(&[5, 3, 2, 0]);
    phone.more[9] = More {
        contained: 5,
        entered: 18,
        redials: 3,
        redials_blocked: 2,
        repeats: 1,
        unseen: 2,
        first_answered: 10,
        first_blocked: 3,
        ..More::default()
    };
    let found = outcome(&model, &[tally]);
    let queue = &found.queues[0];
    assert_eq!([queue.entered, queue.contained, queue.offered].map(mean), [25.0, 5.0, 20.0]);
    assert_eq!(mean(queue.containment), 5.0 / 18.0);
    assert_eq!([queue.redials, queue.redials_blocked, queue.repeats].map(mean), [3.0, 2.0, 1.0]);
    assert_eq!((mean(queue.unseen), mean(queue.first_attempt_blocked)), (2.0, 3.0 / 14.0));
    let first = queue.first_attempt_service_level.as_ref().unwrap();
    assert_eq!((first.within_s, mean(first.offered), mean(first.answered)), (20.0, 8.0 / 14.0, 0.8));
    // all attempts: 9 of 20
    assert_eq!(mean(queue.service_level.as_ref().unwrap().offered), 9.0 / 20.0);
    for key in ["transferred", "chases", "replies", "callbacks", "backlog_end", "resumed", "announced"] {
        assert!(!keys(queue).contains_key(key), "{key}");
    }
}

/// A queue with callbacks on two days: day one 10 of 12 offered accept.
fn called_back(scored: Scored) -> (Model, Tally) {
    let mut model = model(2, 8..12);
    model.queues[0].journey.callback = Some(Callback { scored, ..callback() });
    model.queues[0].targets = vec![target(answered(0.8, 20)), target(Goal::CalledBack { share: 0.75 })];
    let mut tally = Tally::new(&model);
    let phone = &mut tally.queues[0];
    let cell = &mut phone.cells[9];
    (cell.first_attempts, cell.answered, cell.abandoned, cell.callbacks) = (30, 16, 4, 10);
    phone.answered_in[9 * 4..10 * 4].copy_from_slice(&[8, 4, 4, 0]);
    phone.connected_in[9 * 4..10 * 4].copy_from_slice(&[0, 1, 3, 4]);
    phone.more[9] = More {
        callbacks_offered: 12,
        connected: 8,
        connected_in_time: 6,
        not_reached: 1,
        callbacks_unfinished: 1,
        connected_wait: 4_000_000_000,
        callback_time: 1_800_000_000,
        first_answered: 16,
        first_apart: 10,
        ..More::default()
    };
    // spent after closing: in nobody's mean
    phone.more[13].callback_time = 999_999_999;
    (model, tally)
}

#[test]
fn callbacks_by_hand() {
    let (model, tally) = called_back(Scored::Apart);
    let found = outcome(&model, &[tally]);
    let queue = &found.queues[0];
    // per day, of two
    assert_eq!([queue.callbacks_offered, queue.callbacks].map(mean), [6.0, 5.0]);
    let [connected, lost, left] =
        [queue.callbacks_connected, queue.callbacks_not_reached, queue.callbacks_unfinished].map(mean);
    assert_eq!((connected, lost, left), (4.0, 0.5, 0.5));
    assert_eq!(connected + lost + left, mean(queue.callbacks));
    assert_eq!(mean(queue.callback_wait_s), 500.0);
    // half an hour of one callback in eight open hours
    assert_eq!(mean(queue.mean_callback_queue), 0.5 / 8.0);
    let promise = queue.callback_promise.as_ref().unwrap();
    assert_eq!((promise.within_s, mean(promise.share)), (1800.0, 0.6));
    let kept = &found.targets[1];
    assert_eq!((kept.kind, mean(kept.achieved)), (crate::montecarlo::TargetKind::CalledBack, 0.6));
    assert_eq!(mean(kept.days_met), 0.0);
}

#[test]
fn all_three_scorings_stand_side_by_side() {
    // D = 20 without callbacks, 30 with them; 12 answered within 20 s; 6 callbacks as promised, 1 within 20 s
    let ways = [12.0 / 20.0, 18.0 / 30.0, 13.0 / 30.0];
    for (scored, own) in [Scored::Apart, Scored::ByPromise, Scored::ClockContinues].into_iter().zip(ways) {
        let (model, tally) = called_back(scored);
        let found = outcome(&model, &[tally]);
        let queue = &found.queues[0];
        let shown = queue.callback_scoring.as_ref().unwrap();
        assert_eq!([shown.apart, shown.by_promise, shown.clock_continues].map(mean), ways);
        assert_eq!(mean(queue.service_level.as_ref().unwrap().offered), own);
        assert_eq!((mean(queue.intervals[1].service_level), mean(found.targets[0].achieved)), (own, own));
    }
}

#[test]
fn announced_waits_by_hand() {
    let mut model =
        with(Journey { announced: Some(Announced { balk: None, patience: None }), ..<_>::default() });
    model.queues[0].balk = 0.0;
    let mut tally = Tally::new(&model);
    tally.queues[0].more[8] = More {
        announced: 4,
        announced_wait: 400_000_000,
        real_wait: 240_000_000,
        announced_error: 200_000_000,
        ..More::default()
    };
    let found = outcome(&model, &[tally, Tally::new(&model)]);
    let waits = found.queues[0].announced.as_ref().unwrap();
    assert_eq!(
        [waits.mean_announced_s, waits.mean_real_s, waits.mean_error_s].map(mean),
        [100.0, 60.0, 50.0]
    );
    assert!(found.queues[0].balked.is_none());
}

/// Mail: cases at 9 and 10 h, the second hour's not all due at the end.
fn mail() -> (Model, Tally) {
    let mut model = model(1, 8..12);
    let queue = &mut model.queues[0];
    queue.channel = Channel::Email;
    queue.journey.ask_back = Some(AskBack { probability: 0.1, after: queue.handle.clone() });
    let done = |within, clock| Goal::Done { share: 0.8, within: secs(within), clock };
    queue.targets = vec![
        target(done(3600, Clock::Elapsed)),
        Target { per: Per::Interval, ..target(done(7200, Clock::Business)) },
    ];
    let mut tally = Tally::new(&model);
    let mail = &mut tally.queues[0];
    mail.more[9] = More {
        cases: 10,
        first_touches: 9,
        resolved: 9,
        resolution_time: 9_000_000_000,
        resolved_at_once: 6,
        touches: 12,
        replies: 1,
        backlog: 4,
        oldest: 1_800_000_000,
        ..More::default()
    };
    mail.more[10] = More {
        cases: 5,
        first_touches: 1,
        resolved: 1,
        resolution_time: 1_000_000_000,
        resolved_at_once: 1,
        touches: 1,
        backlog: 6,
        oldest: 5_400_000_000,
        ..More::default()
    };
    mail.more[23] = More { backlog: 2, oldest: 60_000_000, ..More::default() };
    mail.done[9 * 2] = DoneCell { started: 9, done: 8, ..DoneCell::default() };
    mail.done[10 * 2] = DoneCell { started: 2, done: 1, not_started_not_due: 3, open_not_due: 4 };
    mail.done[9 * 2 + 1] = DoneCell { started: 10, done: 9, ..DoneCell::default() };
    mail.done[10 * 2 + 1] = DoneCell { started: 2, done: 1, not_started_not_due: 3, open_not_due: 4 };
    (model, tally)
}

#[test]
fn deferred_work_by_hand() {
    let (model, tally) = mail();
    let found = outcome(&model, &[tally]);
    let queue = &found.queues[0];
    assert_eq!((mean(queue.resolution_time_s), mean(queue.first_contact_resolution)), (1000.0, 0.7));
    assert_eq!((mean(queue.touches_per_case), mean(queue.replies)), (1.3, 1.0));
    // what lies at the last midnight
    assert_eq!(mean(queue.backlog_end), 2.0);
    let [first, second] = queue.done.as_slice() else { panic!("two promises") };
    assert_eq!((first.within_s, first.clock), (3600.0, "elapsed"));
    // 15 cases, 3 of them not begun and 4 not done before the end that were not due either
    assert_eq!((mean(first.started), mean(first.completed)), (11.0 / 12.0, 9.0 / 11.0));
    assert_eq!((second.within_s, second.clock, mean(second.completed)), (7200.0, "business", 10.0 / 11.0));
    let rows: Vec<_> = queue.intervals.iter().map(|at| (mean(at.backlog), mean(at.oldest_s))).collect();
    assert_eq!(rows, [(0.0, 0.0), (4.0, 1800.0), (6.0, 5400.0), (0.0, 0.0)]);
    assert_eq!(
        queue.intervals.iter().map(|at| at.done.map(|e| e.mean)).collect::<Vec<_>>(),
        [None, Some(0.8), Some(1.0), None]
    );
}

#[test]
fn done_is_judged_over_what_is_due() {
    let (model, tally) = mail();
    let found = outcome(&model, &[tally]);
    assert_eq!((found.targets[0].definition, mean(found.targets[0].achieved)), (Some("elapsed"), 9.0 / 11.0));
    assert_eq!(mean(found.targets[0].days_met), 1.0);
    // by interval: 9 of 10 and 1 of 1; the hours without cases have no worst
    let second = &found.targets[1];
    assert_eq!((second.per, mean(second.achieved)), (Per::Interval, 0.9));
    assert_eq!(second.worst_interval.as_ref().map(|at| at.index), Some(9));
}

#[test]
fn parked_sessions_by_hand() {
    let mut model = with(Journey::default());
    let silence = Silence { every: secs(60), lasts: model.queues[0].handle.clone(), park_after: secs(120) };
    model.queues[0].journey.silence = Some(silence);
    model.queues[0].targets = vec![target(Goal::Replied { share: 0.9, within: secs(60) })];
    let mut tally = Tally::new(&model);
    tally.queues[0].more[8] =
        More { resumed: 8, resumed_in_time: 6, resumed_wait: 400_000_000, ..More::default() };
    let found = outcome(&model, &[tally]);
    let queue = &found.queues[0];
    assert_eq!((mean(queue.resumed), mean(queue.reply_wait_s)), (8.0, 50.0));
    let kept = queue.replied.as_ref().unwrap();
    assert_eq!((kept.within_s, mean(kept.share), mean(found.targets[0].achieved)), (60.0, 0.75, 0.75));
}

/// Three at once, five agents for four hours: ten agent-hours with one in hand, five with two, one with three.
fn chats() -> (Model, Tally) {
    let mut model = model(1, 8..12);
    let hands = &mut model.groups[0].hands;
    // calls need all six units, chats two
    hands.capacity = 6;
    hands.typing = Some(Typing { think: secs(45), compose: secs(15), switching: 0.0 });
    model.groups[0].serves[0].need = 2;
    model.queues[0].channel = Channel::Chat;
    model.queues[0].targets = vec![target(Goal::Replied { share: 0.5, within: secs(15) })];
    let mut tally = Tally::new(&model);
    let crew = &mut tally.groups[0];
    let hour = Micros::HOUR.0;
    assert_eq!(crew.loads, 4);
    crew.at_load[8 * 4..9 * 4].copy_from_slice(&[0, 4 * hour, hour, 0]);
    crew.at_load[9 * 4..10 * 4].copy_from_slice(&[0, 6 * hour, 4 * hour, hour]);
    // after closing: in nobody's mean
    crew.at_load[13 * 4 + 1] = hour;
    (crew.busy[8], crew.busy[9]) = (5 * hour, 11 * hour);
    (model, tally)
}

#[test]
fn several_in_hand_by_hand() {
    let (model, tally) = chats();
    let found = outcome(&model, &[tally]);
    let group = &found.groups[0];
    // 10·1 + 5·2 + 1·3 = 23 contact-hours over 20 agent-hours, of 60 slot-hours
    assert!((mean(group.mean_in_hand) - 23.0 / 20.0).abs() < 1e-12);
    assert!((mean(group.slot_occupancy) - 23.0 / 60.0).abs() < 1e-12);
    let shares: Vec<_> = group.load_shares.iter().map(|(k, e)| (*k, e.mean)).collect();
    assert_eq!(shares, [(1, 10.0 / 20.0), (2, 5.0 / 20.0), (3, 1.0 / 20.0)]);
    assert_eq!(mean(group.occupancy), 16.0 / 20.0);
    let json = serde_json::to_value(group).unwrap();
    assert_eq!(json["load_shares"]["2"]["mean"], 0.25);
}

#[test]
fn replies_inside_chats_by_hand() {
    let (model, tally) = chats();
    let found = outcome(&model, &[tally]);
    // R(1) = 15, R(2) = 15(1 + 15/60) = 18.75, R(3) = 15(1 + 2·18.75/63.75) = 23.8235…
    let reply = [15.0, 18.75, 15.0 * (1.0 + 37.5 / 63.75)];
    // r = 1/3: nobody ahead of a second chat's message with 3/4; of a third's with 9/17, one with 6/17, both with 2/17
    let e = (-1.0_f64).exp();
    let late = [e, e * (0.75 + 0.25 * 2.0), e * (9.0 + 6.0 * 2.0 + 2.0 * 2.5) / 17.0];
    let seconds = [36_000.0, 18_000.0, 3600.0];
    let replies: Vec<f64> = (0..3).map(|k| seconds[k] * (k + 1) as f64 / (45.0 + reply[k])).collect();
    let all: f64 = replies.iter().sum();
    let share = (0..3).map(|k| replies[k] * (1.0 - late[k])).sum::<f64>() / all;
    let group = &found.groups[0];
    assert!(
        (mean(group.mean_reply_s) - (0..3).map(|k| replies[k] * reply[k]).sum::<f64>() / all).abs() < 1e-6
    );
    assert_eq!(group.replied.iter().map(|kept| kept.within_s).collect::<Vec<_>>(), [15.0]);
    assert!((mean(group.replied[0].share) - share).abs() < 1e-8);
    // the queue's promise, over the whole run: an hour after closing with one in hand comes on top
    let late_hour = 3600.0 / 60.0;
    let wanted = (share * all + late_hour * (1.0 - e)) / (all + late_hour);
    assert!((mean(found.targets[0].achieved) - wanted).abs() < 1e-8);
}

#[test]
fn who_comes_outside_opening_counts_in_the_run() {
    let mut model = model(14, 8..12);
    let flags: Vec<bool> = (0..14 * 24).map(|i| (8..12).contains(&(i % 24)) && i / 24 % 7 < 5).collect();
    model.queues[0].opening = Opening::from_flags(&flags);
    model.queues[0].targets = vec![
        target(answered(0.7, 20)),
        Target { per: Per::Week, ..target(answered(0.7, 20)) },
        Target { per: Per::Interval, on_days: Some(0.9), ..target(answered(0.7, 20)) },
    ];
    let mut tally = Tally::new(&model);
    let phone = &mut tally.queues[0];
    for day in (0..14).filter(|day| day % 7 < 5) {
        phone.cells[day * 24 + 9].answered = 8;
        phone.cells[day * 24 + 9].first_attempts = 8;
        phone.answered_in[(day * 24 + 9) * 4] = 8;
    }
    // on the first Saturday and the first evening
    (phone.cells[5 * 24 + 9].turned_away, phone.cells[20].turned_away) = (10, 2);
    (phone.cells[5 * 24 + 9].first_attempts, phone.cells[20].first_attempts) = (10, 2);
    let found = outcome(&model, &[tally]);
    let queue = &found.queues[0];
    // 92 contacts on ten open days
    assert!((mean(queue.offered) - 9.2).abs() < 1e-12 && (mean(queue.turned_away) - 1.2).abs() < 1e-12);
    let level = 80.0 / 92.0;
    assert_eq!(mean(queue.service_level.as_ref().unwrap().offered), level);
    assert!(found.targets.iter().all(|target| mean(target.achieved) == level));
    // every open day: 8 of 8, but 8 of 10 on the first; the first week has 40 of 52
    assert_eq!(found.targets.iter().map(|t| mean(t.days_met)).collect::<Vec<_>>(), [1.0, 1.0, 1.0]);
    let days = queue.day_service_level.as_ref().unwrap();
    assert!((mean(days.mean) - 0.98).abs() < 1e-9);
    // hours of expected customers are shown though closed: 8 to 12 on four days more than open
    assert_eq!(queue.intervals.len(), 14 * 4);
    let saturday = queue.intervals.iter().find(|at| at.index == 5 * 24 + 9).unwrap();
    assert_eq!((mean(saturday.offered), saturday.service_level), (10.0, None));
}

#[test]
fn a_week_is_judged_with_its_closed_days() {
    let mut model = model(14, 8..12);
    let flags: Vec<bool> = (0..14 * 24).map(|i| i == 9 || i == 7 * 24 + 9).collect();
    model.queues[0].opening = Opening::from_flags(&flags);
    model.queues[0].targets =
        vec![Target { per: Per::Week, ..target(answered(0.7, 20)) }, target(answered(0.7, 20))];
    let mut tally = Tally::new(&model);
    let phone = &mut tally.queues[0];
    for i in [9, 7 * 24 + 9] {
        phone.cells[i].answered = 8;
        phone.answered_in[i * 4] = 8;
    }
    phone.cells[5 * 24].turned_away = 8;
    let found = outcome(&model, &[tally]);
    assert_eq!(found.targets.iter().map(|t| mean(t.days_met)).collect::<Vec<_>>(), [0.5, 1.0]);
}
