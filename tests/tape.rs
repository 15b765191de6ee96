//! The tape: what is drawn before the day is played, and what changes it — nothing but what should.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::*;
use headcount::engine::{Method, Otherwise, QueueTape, Rota, Run, Staffing, Tape};
use headcount::model::*;
use headcount::units::{Durations, Micros};
use proptest::prelude::*;

const HOURS: usize = 48;

/// Two days of hours, open from 8 to 20, busy enough for every branch; `night` contacts an hour while closed.
fn centre(night: f64) -> Model {
    let open = opening(2, 24, 8..20);
    let volumes = (0..HOURS).map(|i| if open.is_open(i) { 30.0 } else { night }).collect();
    let handle = Law {
        shape: Shape::Exponential,
        mean: Series::ByInterval((0..HOURS).map(|i| 60.0 + i as f64).collect()),
    };
    let mut phone = queue("phone", &open, volumes, handle, vec![to(0)]);
    phone.wrap = Some(Law::constant(Shape::Exponential, 30.0));
    phone.patience = Some(Law::constant(Shape::Exponential, 120.0));
    phone.balk = 0.2;
    let staff = (0..HOURS).map(|i| if open.is_open(i) { 4 } else { 0 }).collect();
    model(calendar(2, Micros::HOUR, open.clone()), vec![phone], vec![group("a", &open, &[0], staff)])
}

fn steady(mut model: Model) -> Model {
    model.calendar.grid.lead = Micros::HOUR;
    model.run.start = Start::Steady { run_in: Micros::HOUR };
    model
}

fn service(contained: Series<f64>, takes: Option<f64>) -> SelfService {
    let takes = takes.map(|mean| Law::constant(Shape::Exponential, mean));
    SelfService { contained, takes, factor: Factor::ONE, back: None }
}

fn with_service(mut model: Model, service: SelfService) -> Model {
    model.queues[0].journey.self_service = Some(service);
    model
}

/// All that is known of one contact, by entering position.
fn rows(queue: &QueueTape) -> Vec<(usize, [u64; 4], u32, bool)> {
    let row = |k: usize| {
        let times = [queue.arrive[k], queue.handle[0].at(k), queue.wrap(k), queue.patience(k)];
        (queue.entering(k), times, queue.interval[k], queue.balks(k))
    };
    let mut rows: Vec<_> = (0..queue.len()).map(row).collect();
    rows.sort_unstable();
    rows
}

/// The columns are of one length, sorted, and the intervals are those of arrival.
fn check_columns(model: &Model, queue: &QueueTape) {
    let (n, grid) = (queue.len(), model.grid());
    assert!(queue.arrive.is_sorted());
    for column in queue.handle.iter().chain([&queue.wrap, &queue.patience]) {
        assert!(column.is_empty() || column.len() == n);
    }
    assert!(queue.interval.len() == n && (queue.balks.is_empty() || queue.balks.len() == n));
    let mut seen: Vec<usize> = (0..n).map(|k| queue.entering(k)).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), n, "entering positions are distinct");
    let first = model.first_open().expect("it opens");
    for k in 0..n {
        let expected = if queue.interval[k] == QueueTape::RUN_IN {
            assert!(queue.arrive[k] <= grid.start_of(first).0);
            QueueTape::RUN_IN
        } else {
            grid.interval_at(Micros(queue.arrive[k])).unwrap_or(grid.intervals()) as u32
        };
        assert_eq!(queue.interval[k], expected);
        let early = queue.interval[k] == QueueTape::RUN_IN || (queue.interval[k] as usize) < first;
        assert_eq!(k < queue.run_in, early);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_tape_is_in_order(
        seed in any::<u64>(),
        share in 0.0..1.0_f64,
        takes in prop::option::of(1.0..4000.0_f64),
        (night, backlog, run_in) in (prop_oneof![Just(0.0), Just(5.0)], 0_u32..20, any::<bool>()),
        bot in any::<bool>(),
    ) {
        let mut model = with_service(centre(night), service(Series::Constant(share), takes));
        model.queues[0].journey.backlog = backlog;
        model.queues[0].journey.outside = if bot { Outside::Bot } else { Outside::TurnedAway };
        let model = if run_in { steady(model) } else { model };
        let tape = Tape::draw(&model, seed, 3);
        let queue = &tape.queues[0];
        check_columns(&model, queue);
        let contained: u64 = queue.contained.iter().sum();
        let came = queue.number.iter().filter(|&&e| e as usize >= queue.main_from).count() as u64;
        prop_assert_eq!(queue.entered.iter().sum::<u64>(), came + contained);
        let mut again = Tape::draw(&centre(1.0), seed, 9);
        again.redraw(&model, seed, 3);
        prop_assert_eq!(rows(&again.queues[0]), rows(queue));
    }

    #[test]
    fn self_service_that_settles_nothing_changes_nothing(seed in any::<u64>(), run_in in any::<bool>()) {
        let plain = if run_in { steady(centre(0.0)) } else { centre(0.0) };
        let model = with_service(plain.clone(), service(Series::Constant(0.0), None));
        let (before, after) = (Tape::draw(&plain, seed, 0), Tape::draw(&model, seed, 0));
        prop_assert_eq!(rows(&before.queues[0]), rows(&after.queues[0]));
        prop_assert_eq!(before.queues[0].run_in, after.queues[0].run_in);
        prop_assert!(after.queues[0].contained.iter().all(|&n| n == 0));
        prop_assert!(before.queues[0].entered.is_empty());
    }

    #[test]
    fn an_outage_changes_only_who_enters_during_it(seed in any::<u64>(), from in 8_usize..18) {
        let outage = |i: usize| (from..from + 2).contains(&i);
        let shares = Series::ByInterval((0..HOURS).map(|i| if outage(i) { 0.0 } else { 0.6 }).collect());
        let usual = with_service(centre(0.0), service(Series::Constant(0.6), Some(300.0)));
        let during = with_service(centre(0.0), service(shares, Some(300.0)));
        let (usual, during) = (Tape::draw(&usual, seed, 0), Tape::draw(&during, seed, 0));
        let (usual, during) = (&usual.queues[0], &during.queues[0]);
        let (before, after) = (rows(usual), rows(during));
        prop_assert!(before.iter().all(|row| after.contains(row)), "who came comes still, with the same marks");
        prop_assert_eq!(&usual.entered, &during.entered);
        for i in 0..HOURS {
            prop_assert_eq!(during.contained[i], if outage(i) { 0 } else { usual.contained[i] });
        }
        let more: u64 = (from..from + 2).map(|i| usual.contained[i]).sum();
        prop_assert_eq!(after.len() as u64, before.len() as u64 + more);
    }

    #[test]
    fn a_backlog_changes_nobody_else(seed in any::<u64>(), backlog in 1_u32..30, run_in in any::<bool>()) {
        let plain = if run_in { steady(centre(4.0)) } else { centre(4.0) };
        let mut model = plain.clone();
        model.queues[0].journey.backlog = backlog;
        let (before, after) = (Tape::draw(&plain, seed, 0), Tape::draw(&model, seed, 0));
        let (before, after) = (rows(&before.queues[0]), rows(&after.queues[0]));
        let (waiting, others) = after.split_at(backlog as usize);
        let others: Vec<_> = others.iter().map(|&(e, t, i, b)| (e - backlog as usize, t, i, b)).collect();
        prop_assert_eq!(before, others);
        let start = model.grid().start_of(8).0 - if run_in { Micros::HOUR.0 } else { 0 };
        for &(_, [arrive, _, _, patience], interval, balks) in waiting {
            prop_assert_eq!((arrive, patience, interval, balks), (start, u64::MAX, QueueTape::RUN_IN, false));
        }
    }
}

/// Something that a what-if may change, the more so the larger `x`.
fn change(model: &mut Model, what: usize, x: f64) {
    let queue = &mut model.queues[0];
    match what {
        0 | 1 => queue.volumes.iter_mut().for_each(|volume| *volume *= x),
        2 => queue.handle.mean = Series::Constant(100.0 * x),
        3 => queue.handle.scale(x),
        4 => queue.handle.shape = if x < 1.0 { Shape::Exponential } else { Shape::Lognormal { cv: x } },
        5 => queue.patience = (x < 1.5).then(|| Law::constant(Shape::Exponential, 2e3 * x)),
        6 => queue.wrap = (x < 1.0).then(|| Law::constant(Shape::Exponential, 30.0 * x)),
        7 => queue.balk = (x - 1.0).max(0.0),
        8 => queue.counted = x < 1.0,
        9 => queue.journey.backlog = if x < 1.0 { 0 } else { 7 },
        10 => {
            let some = service(Series::Constant(x / 2.0), Some(60.0));
            queue.journey.self_service = (x < 1.0).then_some(some);
        }
        11 => queue.journey.outside = if x < 1.0 { Outside::Bot } else { Outside::TurnedAway },
        12 => {
            // The lead is there all the same, so that only the start changes.
            let run_in = Micros::HOUR;
            model.run.start = if x < 1.0 { Start::Empty } else { Start::Steady { run_in } };
        }
        13 => model.demand.day_factor_cv = (x - 1.0).max(0.0),
        14 => model.demand.handle_factor_cv = (x - 1.0).max(0.0),
        15 => {
            let own = Law::constant(Shape::Exponential, 90.0);
            model.groups[0].serves[0].handle = (x < 1.0).then_some(own);
        }
        16 => {
            let another = queue.clone();
            model.queues.truncate(1);
            model.queues.extend((x < 1.0).then_some(another));
        }
        17 => model.demand.interval_factor_cv = (x - 1.0).max(0.0),
        18 => queue.opening = opening(2, 24, if x < 1.0 { 8..20 } else { 10..18 }),
        19 => {
            let means = (0..HOURS).map(|i| x * (200.0 + i as f64)).collect();
            queue.patience = Some(Law { shape: Shape::Exponential, mean: Series::ByInterval(means) });
        }
        20 if model.queues.len() > 1 => {
            let other = &mut model.queues[1];
            other.volumes.iter_mut().for_each(|volume| *volume *= x);
            other.wrap = (x < 1.0).then(|| Law::constant(Shape::Exponential, 30.0));
        }
        _ => model.groups[0].staff = Staff::Planned,
    }
}

/// Everything that is on a tape.
fn on_it(tape: &Tape) -> impl PartialEq + std::fmt::Debug {
    let queue = |queue: &QueueTape| {
        let times = [&queue.wrap, &queue.patience].into_iter().chain(&queue.handle);
        let columns =
            (queue.arrive.clone(), queue.interval.clone(), queue.balks.clone(), queue.number.clone());
        let before = (queue.run_in, queue.backlog, queue.main_from);
        let service = (queue.entered.clone(), queue.contained.clone(), queue.back.clone());
        (columns, times.cloned().collect::<Vec<Durations>>(), before, service)
    };
    let queues: Vec<_> = tape.queues.iter().map(queue).collect();
    (queues, tape.day_factors.clone(), tape.handle_factors.clone())
}

proptest! {
    #[test]
    fn a_tape_turned_to_another_model_is_that_models_tape(
        seed in any::<u64>(),
        changes in prop::collection::vec((0_usize..22, 0.3..2.0_f64), 1..12),
    ) {
        let mut model = centre(2.0);
        model.calendar.grid.lead = Micros::HOUR;
        let mut tape = Tape::draw(&model, seed, 5);
        for (what, x) in changes {
            let before = model.clone();
            change(&mut model, what, x);
            tape.turn(&model, &Otherwise::between(&before, &model));
            let drawn = Tape::draw(&model, seed, 5);
            prop_assert_eq!(on_it(&tape), on_it(&drawn), "{} by {}", what, x);
        }
    }
}

#[test]
fn the_backlog_is_worked_and_not_counted() {
    let mut model = centre(0.0);
    model.queues[0].journey.backlog = 40;
    let tape = Tape::draw(&model, 1, 0);
    let came = tape.contacts() as u64 - 40;
    let mut stories = Stories::default();
    let tally = Run::new(&model).play(&tape, &Staffing::given(&model), &mut stories).clone();
    let offered: u64 = tally.queues[0].cells.iter().map(headcount::engine::Cell::offered).sum();
    assert_eq!(offered, came);
    stories.0.sort_by_key(|story| story.position);
    let answered = |k: usize| matches!(stories.0[k].fate, headcount::engine::Fate::Answered { .. });
    assert!((0..40).all(|k| answered(k) && !stories.0[k].counted));
    assert!((40..stories.0.len()).all(|k| stories.0[k].counted));
}

#[test]
fn who_fails_in_self_service_takes_longer_to_handle() {
    let mut hard = service(Series::Constant(0.5), None);
    hard.factor = Factor::new(1.5);
    let usual = Tape::draw(&with_service(centre(0.0), service(Series::Constant(0.5), None)), 5, 0);
    let hard = Tape::draw(&with_service(centre(0.0), hard), 5, 0);
    let (usual, hard) = (&usual.queues[0], &hard.queues[0]);
    let longer: Durations = usual.handle[0].iter().map(|t| Factor::new(1.5).of(Micros(t)).0).collect();
    assert_eq!((&hard.handle[0], &hard.wrap), (&longer, &usual.wrap));
}

/// Share contained and share of them who come back, each at three standard errors; they come back after the time
/// that the law says.
#[test]
fn as_many_are_contained_and_come_back_as_the_shares_say() {
    let mut bot = service(Series::Constant(0.3), None);
    let after = Law::constant(Shape::Fixed, 7200.0);
    bot.back = Some(Return { probability: 0.4, after, most: None, to: QueueId(0) });
    let model = with_service(centre(0.0), bot);
    let (mut entered, mut contained, mut back) = (0, 0, 0);
    for replication in 0..100 {
        let tape = Tape::draw(&model, 11, replication);
        let queue = &tape.queues[0];
        assert!(queue.back.is_sorted() && !queue.back.is_empty());
        let came: Vec<u32> = queue.number.clone();
        assert!(queue.back.iter().all(|back| !came.contains(&back.number)), "who comes back was contained");
        entered += queue.entered.iter().sum::<u64>();
        contained += queue.contained.iter().sum::<u64>();
        back += queue.back.len() as u64;
    }
    let close = |hits: u64, of: u64, share: f64| {
        let error = (share * (1.0 - share) / of as f64).sqrt();
        assert!((hits as f64 / of as f64 - share).abs() < 3.0 * error, "{hits} of {of} for {share}");
    };
    close(contained, entered, 0.3);
    close(back, contained, 0.4);
}

#[test]
fn only_a_bot_answers_while_closed() {
    let night = |outside| {
        let mut model = with_service(centre(20.0), service(Series::Constant(1.0), None));
        model.queues[0].journey.outside = outside;
        Tape::draw(&model, 1, 0).queues.remove(0)
    };
    let (closed, bot) = (night(Outside::TurnedAway), night(Outside::Bot));
    assert_eq!(closed.entered, bot.entered);
    let open = |i: usize| (8..20).contains(&(i % 24));
    for i in 0..HOURS {
        assert_eq!(closed.contained[i], if open(i) { closed.entered[i] } else { 0 });
        assert_eq!(bot.contained[i], bot.entered[i]);
    }
    assert!(bot.is_empty());
}

#[test]
fn contacts_come_while_closed_but_a_run_in_stands_for_who_came_before_it() {
    let open = |i: &u32| (8..20).contains(&(i % 24));
    let queue = &Tape::draw(&centre(10.0), 1, 0).queues[0];
    assert!(queue.interval.iter().any(|i| !open(i) && *i < 8), "before the first opening");
    assert!(queue.interval.iter().any(|i| (20..32).contains(i)), "at night");
    let queue = &Tape::draw(&steady(centre(10.0)), 1, 0).queues[0];
    assert!(queue.interval.iter().all(|&i| i == QueueTape::RUN_IN || i >= 8));
    assert_eq!(Method::of(&centre(10.0)), Method::Floor);
}

fn uncertain(absence: f64, late: Option<f64>) -> Model {
    let mut model = centre(0.0);
    let by = Law::constant(Shape::Exponential, 1800.0);
    model.groups[0].people = People { absence, late: late.map(|share| Late { share, by }), learning: None };
    model
}

fn rota(model: &Model) -> Rota {
    Rota::new(model, GroupId(0)).expect("people are uncertain")
}

#[test]
fn certain_people_need_no_rota_and_uncertain_ones_the_event_engine() {
    assert!(Rota::new(&centre(0.0), GroupId(0)).is_none());
    assert_eq!(Method::of(&centre(0.0)), Method::Line);
    assert_eq!(Method::of(&uncertain(0.1, None)), Method::Floor);
    let mut learning = centre(0.0);
    learning.groups[0].people.learning = Some(Learning { factor: 1.5, weeks: 1.0 });
    assert!(Rota::new(&learning, GroupId(0)).is_none());
    assert_eq!(Method::of(&learning), Method::Floor);
    let factors = learning.learning(GroupId(0));
    assert_eq!((factors.len(), factors[0]), (2, Factor::new(1.5)));
    assert!(factors[1].as_f64() < factors[0].as_f64() && centre(0.0).learning(GroupId(0)).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn one_more_seat_changes_no_other(seed in any::<u64>(), absence in 0.0..1.0_f64, share in 0.0..1.0_f64) {
        let model = uncertain(absence, Some(share));
        let (rota, tape) = (rota(&model), Tape::draw(&model, seed, 0));
        let come = |i, planned| rota.not_absent(&tape, i, planned);
        let staff = |n: u32| -> Vec<u32> { (0..HOURS as u32).map(|i| if i % 24 < 14 { n } else { n / 2 }).collect() };
        for n in 0..30 {
            prop_assert!(matches!(come(9, n + 1) - come(9, n), 0 | 1));
            prop_assert_eq!(come(9, n), come(19, n), "absent for the whole day");
            for i in [8, 13, 15, 33] {
                let (few, many) = (staff(n), staff(n + 1));
                let more = many[i] - few[i];
                let at_work = |planned: &[u32]| rota.at_work(&tape, planned, i);
                prop_assert!(at_work(&many) - at_work(&few) <= more);
                let (late, others) = (rota.latecomers(&tape, &few, i), rota.latecomers(&tape, &many, i));
                prop_assert!(late.iter().all(|at| others.contains(at)) && others.len() - late.len() <= more as usize);
            }
        }
    }

    #[test]
    fn in_the_end_everybody_comes_who_does_not_stay_away(seed in any::<u64>(), planned in proptest::collection::vec(0_u32..12, 12)) {
        let mut model = uncertain(0.3, Some(0.5));
        model.groups[0].people.late = Some(Late { share: 0.5, by: Law::constant(Shape::Fixed, 5400.0) });
        let (rota, tape) = (rota(&model), Tape::draw(&model, seed, 0));
        let staff: Vec<u32> = (0..HOURS).map(|i| if (8..20).contains(&i) { planned[i - 8] } else { 0 }).collect();
        let mut first_planned = [None; 12];
        for i in 8..20 {
            let grid = model.grid();
            for seat in 0..staff[i] {
                first_planned[seat as usize].get_or_insert(i);
            }
            let absent = |seat: u32| rota.not_absent(&tape, i, seat + 1) == rota.not_absent(&tape, i, seat);
            let comes = |seat: &u32| -> Micros {
                let since = first_planned[*seat as usize].expect("planned");
                grid.start_of(since) + rota.late(&tape, since, *seat).unwrap_or(Micros::ZERO)
            };
            let come: Vec<Micros> = (0..staff[i]).filter(|&seat| !absent(seat)).map(|seat| comes(&seat)).collect();
            let there = come.iter().filter(|&&at| at <= grid.start_of(i)).count();
            prop_assert_eq!(rota.at_work(&tape, &staff, i), there as u32);
            let during = come.iter().filter(|&&at| at > grid.start_of(i) && at < grid.start_of(i + 1)).count();
            prop_assert_eq!(rota.latecomers(&tape, &staff, i).len(), during);
        }
    }
}

/// Absent days and late people, each at three standard errors, and lateness at its mean.
#[test]
fn as_many_stay_away_and_come_late_as_the_shares_say() {
    let model = uncertain(0.08, Some(0.25));
    let rota = rota(&model);
    let (mut absent, mut late, mut lateness) = (0.0, 0.0, 0.0);
    for replication in 0..400 {
        let tape = Tape::draw(&model, 3, replication);
        absent += [8, 32].map(|i| f64::from(50 - rota.not_absent(&tape, i, 50))).iter().sum::<f64>();
        let times = [8, 32].into_iter().flat_map(|i| (0..50).map(move |seat| (i, seat)));
        let times = times.filter_map(|(i, seat)| rota.late(&tape, i, seat));
        times.for_each(|by| (late, lateness) = (late + 1.0, lateness + by.as_secs_f64()));
    }
    let close = |found: f64, expected: f64, error: f64| {
        assert!((found - expected).abs() < 3.0 * error, "{found} for {expected}");
    };
    let seats = 40_000.0_f64;
    close(absent / seats, 0.08, (0.08 * 0.92 / seats).sqrt());
    close(late / seats, 0.25, (0.25 * 0.75 / seats).sqrt());
    close(lateness / late, 1800.0, 1800.0 / late.sqrt());
}

#[test]
fn days_and_replications_and_groups_draw_people_of_their_own() {
    let mut model = uncertain(0.5, None);
    let second = model.groups[0].clone();
    model.groups.push(second);
    let other = Rota::new(&model, GroupId(1)).expect("people are uncertain");
    let (rota, tapes) = (rota(&model), [0, 1].map(|r| Tape::draw(&model, 1, r)));
    let pattern =
        |rota: &Rota, tape: &Tape, i| -> Vec<u32> { (0..64).map(|n| rota.not_absent(tape, i, n)).collect() };
    let today = pattern(&rota, &tapes[0], 8);
    assert_ne!(today, pattern(&rota, &tapes[0], 32));
    assert_ne!(today, pattern(&rota, &tapes[1], 8));
    assert_ne!(today, pattern(&other, &tapes[0], 8));
}

#[test]
fn nobody_is_late_for_a_centre_that_has_been_running() {
    let model = steady(uncertain(0.0, Some(1.0)));
    let (rota, tape) = (rota(&model), Tape::draw(&model, 1, 0));
    let staff: Vec<u32> = (0..HOURS).map(|i| if (8..20).contains(&(i % 24)) { 4 } else { 0 }).collect();
    assert_eq!(rota.at_work(&tape, &staff, 8), 4);
    assert_eq!((rota.at_work(&tape, &staff, 32), rota.late(&tape, 8, 0)), (0, None));
}
