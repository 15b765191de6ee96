//! Callbacks, announced waits, who comes while closed and which group is chosen, each on a day small enough to follow
//! by hand. Times are minutes after midnight.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::by_hand::*;
use common::*;
use headcount::engine::{Call as Came, Called, Ended, Fate, More, Run, Staffing, Tally, Witness};
use headcount::model::*;
use headcount::units::Micros;

fn fixed(minutes: f64) -> Law {
    Law::constant(Shape::Fixed, 60.0 * minutes)
}

/// Offered to everyone who would have to wait, accepted by all, every customer reached.
fn callback(place: Place) -> Callback {
    Callback {
        offer: Offer::Always,
        share: 1.0,
        accept: Curve::constant(1.0),
        place,
        promise: Micros::HOUR,
        reserve: 0,
        reached: 1.0,
        attempts: 1,
        retry_after: fixed(10.0),
        dialling: None,
        factor: Factor::ONE,
        scored: Scored::Apart,
    }
}

fn calls_back(agents: u32, callback: Callback) -> Model {
    let mut model = centre(1, 0..24, agents);
    model.queues[0].journey.callback = Some(callback);
    model
}

fn more(tally: &Tally, queue: usize) -> More {
    let mut sum = More::default();
    tally.queues[queue].more.iter().for_each(|more| sum.add(more));
    sum
}

/// Everything a witness can hear: contacts, calls.
#[derive(Default)]
struct Heard(Vec<Ended>, Vec<Called>);

impl Witness for Heard {
    fn ended(&mut self, story: &Ended) {
        self.0.push(*story);
    }

    fn called(&mut self, call: &Called) {
        self.1.push(*call);
    }
}

/// The calls of a day: position on the tape, minutes from acceptance, what came of it.
fn called(model: &Model, queues: &[&[Call]]) -> Vec<(usize, u64, Came)> {
    let mut heard = Heard::default();
    Run::new(model).play(&tape(queues), &Staffing::given(model), &mut heard);
    heard.1.iter().map(|call| (call.position, call.waited.0 / MINUTE, call.call)).collect()
}

fn connected(group: usize, minutes: u64) -> Came {
    Came::Connected { group, busy: Micros(minutes * MINUTE) }
}

fn in_vain(minutes: u64, last: bool) -> Came {
    Came::InVain { group: 0, busy: Micros(minutes * MINUTE), last }
}

#[test]
fn who_keeps_the_place_in_line_is_called_when_its_turn_comes() {
    let mut model = calls_back(1, Callback { offer: Offer::Waiting(1), ..callback(Place::Keep) });
    model.queues[0].thresholds = vec![Micros::from_mins(10)];
    model.queues[0].within = Micros::from_mins(10);
    // The second waits, nobody being in line; the others find one in line, or one and a kept place, and accept.
    let calls = [(0, 10, None), (2, 5, None), (3, 5, None), (4, 5, None)];
    let (fates, tally) = play(&model, &tape(&[&calls]));
    assert_eq!([fates[1].3, fates[2].3, fates[3].3], [answered(5), Fate::Callback, Fate::Callback]);
    assert_eq!([fates[1].2, fates[2].2], [8, 0]);
    assert_eq!(called(&model, &[&calls]), [(2, 12, connected(0, 5)), (3, 16, connected(0, 5))]);
    let (cell, more) = (total(&tally, 0), more(&tally, 0));
    assert_eq!((cell.answered, cell.callbacks, cell.first_attempts, cell.offered()), (2, 2, 4, 4));
    assert_eq!((cell.answered_wait, cell.queue_time), (8 * MINUTE, 8 * MINUTE), "of the second alone");
    assert_eq!((more.callbacks_offered, more.connected, more.connected_in_time), (2, 2, 2));
    assert_eq!((more.connected_wait, more.callback_time), (28 * MINUTE, 28 * MINUTE));
    assert_eq!((more.resolved, more.first_answered), (4, 2), "callbacks are handled like any other contact");
    assert_eq!(tally.queues[0].connected_in[..2], [0, 2], "later than ten minutes");
    assert_eq!(tally.groups[0].busy_total, 25 * MINUTE);
}

#[test]
fn a_separate_line_is_behind_live_contacts_and_its_reserve() {
    let accept = Curve::through(vec![(Micros::from_mins(1), 1.0), (Micros::from_mins(2), 0.0)]).unwrap();
    let mut model = calls_back(1, Callback { accept, ..callback(Place::Separate) });
    // Expected are one minute with nobody in line, two with one. The second accepts; it is in no line that anybody
    // counts, so the third expects a minute too, and so on: all accept, and are called in turn.
    let calls = [(0, 10, None), (2, 5, None), (3, 5, None)];
    assert_eq!(called(&model, &[&calls]), [(1, 8, connected(0, 5)), (2, 12, connected(0, 5))]);
    // Two who expect more than a minute, because they take that long, wait on the line and come first.
    let mut slow = model.clone();
    slow.queues[0].journey.callback =
        Some(Callback { offer: Offer::Waiting(0), ..callback(Place::Separate) });
    slow.queues.push(slow.queues[0].clone());
    slow.queues[1].journey = Journey::default();
    slow.groups[0].serves.push(Skill::plain(QueueId(1)));
    let (fates, _) = play(&slow, &tape(&[&[(0, 10, None), (2, 5, None)], &[(3, 5, None), (12, 5, None)]]));
    assert_eq!((fates[2].2, fates[3].2), (7, 3), "live contacts are taken first");
    let live = [(3, 5, None), (12, 5, None)];
    assert_eq!(called(&slow, &[&[(0, 10, None), (2, 5, None)], &live]), [(1, 18, connected(0, 5))]);
    // With a reserve of one, two agents must be free.
    model = calls_back(2, Callback { reserve: 1, ..callback(Place::Separate) });
    let calls = [(0, 10, None), (0, 20, None), (2, 5, None), (12, 30, None)];
    assert_eq!(called(&model, &[&calls]), [(2, 40, connected(0, 5))], "at 20 one is busy, at 42 nobody");
}

#[test]
fn an_attempt_in_vain_costs_time_and_sends_to_the_end_of_the_line() {
    let keep = Callback { reached: 0.0, attempts: 2, dialling: Some(fixed(2.0)), ..callback(Place::Keep) };
    let calls = [(0, 10, None), (2, 5, None), (3, 5, None)];
    for place in [Place::Keep, Place::Separate] {
        let model = calls_back(1, Callback { place, ..keep.clone() });
        // Called at 10 and 12, each for two minutes, and again ten minutes after that: at 22 and 24.
        let told = [
            (1, 8, in_vain(2, false)),
            (2, 9, in_vain(2, false)),
            (1, 20, in_vain(2, true)),
            (2, 21, in_vain(2, true)),
        ];
        assert_eq!(called(&model, &[&calls]), told);
        let (_, tally) = play(&model, &tape(&[&calls]));
        let more = more(&tally, 0);
        assert_eq!((total(&tally, 0).callbacks, more.not_reached, more.connected), (2, 2, 0));
        assert_eq!((more.callback_time, tally.groups[0].busy_total), (41 * MINUTE, 18 * MINUTE));
        assert_eq!((more.resolved, more.cases), (1, 3), "who was not reached is not handled");
    }
    let at_once = Callback { attempts: 1, dialling: None, ..keep };
    let told = [(1, 8, in_vain(0, true)), (2, 7, in_vain(0, true))];
    assert_eq!(called(&calls_back(1, at_once), &[&calls]), told);
}

#[test]
fn an_attempt_in_vain_by_agents_with_several_in_hand() {
    let keep = Callback { reached: 0.0, dialling: Some(fixed(2.0)), ..callback(Place::Keep) };
    let mut model = calls_back(1, keep);
    model.groups[0].hands = Hands { capacity: 2, stretch: vec![Factor::ONE], ..Hands::default() };
    // Two in hand, one until 10, one until 30; the third is called from 10 to 12, the fourth from 12 to 14.
    let calls = [(0, 10, None), (0, 30, None), (2, 5, None), (3, 5, None)];
    assert_eq!(called(&model, &[&calls]), [(2, 8, in_vain(2, true)), (3, 9, in_vain(2, true))]);
    let (_, tally) = play(&model, &tape(&[&calls]));
    assert_eq!(tally.groups[0].busy_total, 30 * MINUTE);
    assert_eq!(tally.groups[0].at_load[1..3], [16 * MINUTE, 14 * MINUTE]);
    model.queues[0].journey.callback = Some(callback(Place::Separate));
    assert_eq!(called(&model, &[&calls]), [(2, 8, connected(0, 5)), (3, 12, connected(0, 5))]);
    let (_, tally) = play(&model, &tape(&[&calls]));
    assert_eq!((more(&tally, 0).resolved, more(&tally, 0).connected), (4, 2));
}

#[test]
fn a_callback_may_take_longer_and_may_be_passed_on() {
    let mut model = two_queues(Take::InOrder, 1);
    model.queues[0].journey.callback = Some(Callback { factor: Factor::new(2.0), ..callback(Place::Keep) });
    model.queues[0].journey.transfer = Some(Transfer { probability: 1.0, to: QueueId(1), warm: None });
    let calls = [(0, 10, None), (2, 5, None)];
    assert_eq!(called(&model, &[&calls, &[]]), [(1, 8, connected(0, 10))]);
    let (_, tally) = play(&model, &tape(&[&calls, &[]]));
    assert_eq!((total(&tally, 1).answered, more(&tally, 1).transferred), (2, 2));
}

#[test]
fn at_a_closing_callbacks_in_line_follow_the_others() {
    let calls = [(590, 30, None), (595, 5, None)];
    let outcome = |days: usize, at_close: AtClose, place: Place| {
        let mut model = centre(days, 8..10, 1);
        model.queues[0].journey.callback = Some(callback(place));
        model.queues[0].at_close = at_close;
        let (_, tally) = play(&model, &tape(&[&calls]));
        let more = more(&tally, 0);
        assert_eq!(total(&tally, 0).callbacks, 1);
        assert_eq!(more.connected + more.callbacks_unfinished, 1);
        called(&model, &[&calls])[0].1
    };
    for place in [Place::Keep, Place::Separate] {
        assert_eq!(outcome(1, AtClose::Finish, place), 25, "the agent stays");
        assert_eq!(outcome(1, AtClose::Drop, place), 5);
        assert_eq!(outcome(2, AtClose::CarryOver, place), 24 * 60 + 480 - 595, "at the next opening");
    }
}

#[test]
fn the_next_attempt_falls_into_closed_hours() {
    let mut model = centre(2, 8..10, 1);
    let keep = Callback { reached: 0.0, attempts: 2, retry_after: fixed(60.0), ..callback(Place::Keep) };
    model.queues[0].journey.callback = Some(keep);
    let calls = [(590, 5, None), (592, 5, None)];
    let told = [(1, 3, in_vain(0, false)), (1, 24 * 60 + 480 - 592, in_vain(0, true))];
    assert_eq!(called(&model, &[&calls]), told, "nobody is there at 10:55; the next opening");
    model.queues[0].at_close = AtClose::Drop;
    assert_eq!(called(&model, &[&calls])[1], (1, 63, Came::Unfinished));
}

#[test]
fn a_kept_place_takes_no_line_but_the_call_does() {
    let mut model = calls_back(1, callback(Place::Keep));
    model.queues[0].lines = Some(2);
    let (fates, tally) = play(&model, &tape(&[&[(0, 10, None), (1, 4, None), (2, 4, None), (3, 4, None)]]));
    assert_eq!([fates[1].3, fates[2].3, fates[3].3], [Fate::Callback; 3], "one line stays free");
    assert_eq!(more(&tally, 0).connected, 3);
    // The first comes while closed and is called from 8:00 to 8:20, on the only line.
    let mut model = centre(1, 8..10, 2);
    (model.queues[0].lines, model.queues[0].volumes[1]) = (Some(1), 1.0);
    model.queues[0].journey.outside = Outside::Callback;
    model.queues[0].journey.callback = Some(Callback { share: 0.0, ..callback(Place::Keep) });
    let (fates, _) = play(&model, &tape(&[&[(60, 20, None), (485, 5, None), (500, 5, None)]]));
    assert_eq!([fates[0].3, fates[1].3, fates[2].3], [Fate::Callback, Fate::Blocked, answered(5)]);
}

#[test]
fn kept_places_count_towards_the_most_waiting() {
    for (place, fate) in [(Place::Keep, Fate::Blocked), (Place::Separate, Fate::Callback)] {
        let mut model = calls_back(1, callback(place));
        model.queues[0].max_waiting = Some(1);
        let (fates, _) = play(&model, &tape(&[&[(0, 10, None), (1, 4, None), (2, 4, None)]]));
        assert_eq!(fates[2].3, fate);
    }
}

#[test]
fn a_callback_does_not_leave_for_another_queue() {
    let mut model = two_queues(Take::InOrder, 1);
    model.queues[0].journey.callback = Some(callback(Place::Keep));
    model.queues[0].after_wait = Some(AfterWait { wait: Micros::from_mins(3), to: QueueId(1) });
    assert_eq!(called(&model, &[&[(0, 10, None), (2, 5, None)], &[]]), [(1, 8, connected(0, 5))]);
}

#[test]
fn a_further_group_calls_when_route_after_lets_it() {
    for place in [Place::Keep, Place::Separate] {
        let mut model = calls_back(1, callback(place));
        let opening = model.queues[0].opening.clone();
        model.groups.push(group("overflow", &opening, &[0], vec![1; 24]));
        model.queues[0].route.push(RouteStep { group: GroupId(1), after: Micros::from_mins(4) });
        assert_eq!(called(&model, &[&[(0, 30, None), (5, 30, None)]]), [(1, 4, connected(1, 30))]);
    }
}

/// What the second and third of three contacts are told, in minutes, who come at 2 and 3 while one handle time is ten.
fn told(change: impl Fn(&mut Model)) -> (u64, u64) {
    let mut model = centre(1, 0..24, 1);
    model.queues[0].handle = fixed(10.0);
    model.queues[0].journey.announced = Some(Announced { balk: None, patience: None });
    change(&mut model);
    let after = |calls: &[Call]| {
        let (_, tally) = play(&model, &tape(&[calls]));
        more(&tally, 0).announced_wait
    };
    let calls = [(0, 10, None), (2, 10, None), (3, 10, None)];
    let second = after(&calls[..2]);
    (second / MINUTE, (after(&calls) - second) / MINUTE)
}

#[test]
fn expected_waits() {
    let estimator = |estimator: Estimator| move |m: &mut Model| m.queues[0].journey.estimator = estimator;
    assert_eq!(told(estimator(Estimator::Patience)), (10, 20), "patience without end");
    assert_eq!(told(estimator(Estimator::QueueLength)), (10, 20));
    // 10, then 10 + 1 / (1/10 + 1/40) = 18; the patience that counts is on the tape, and without end.
    let patient = |m: &mut Model| m.queues[0].patience = Some(fixed(40.0));
    assert_eq!(told(patient), (10, 18));
    let with_wrap = |m: &mut Model| m.queues[0].wrap = Some(fixed(2.0));
    assert_eq!(told(with_wrap), (12, 24));
    assert_eq!(told(estimator(Estimator::LastAnswered)), (0, 0), "the first was answered at once");
    // Groups behind a delay do not count; an agent who holds two counts for two.
    let delayed = |m: &mut Model| {
        let opening = m.queues[0].opening.clone();
        m.groups.push(group("overflow", &opening, &[0], vec![1; 24]));
        m.queues[0].route.push(RouteStep { group: GroupId(1), after: Micros::from_mins(30) });
    };
    assert_eq!(told(delayed), (10, 20));
}

#[test]
fn who_may_hold_two_counts_for_two() {
    let mut model = centre(1, 0..24, 1);
    model.queues[0].handle = fixed(10.0);
    model.queues[0].journey.announced = Some(Announced { balk: None, patience: None });
    model.groups[0].hands = Hands { capacity: 2, stretch: vec![Factor::ONE], ..Hands::default() };
    let (_, tally) = play(&model, &tape(&[&[(0, 10, None), (0, 10, None), (2, 10, None), (3, 10, None)]]));
    assert_eq!(more(&tally, 0).announced_wait, (5 + 10) * MINUTE);
}

#[test]
fn the_waits_of_those_answered_last() {
    let mut model = centre(1, 0..24, 1);
    model.queues[0].journey.announced = Some(Announced { balk: None, patience: None });
    // Waits 0, 8, 13; the fourth comes at 17, after the third was answered at 15, and waits 4.
    let calls = [(0, 10, None), (2, 5, None), (2, 6, None), (17, 5, None)];
    for (estimator, last) in [(Estimator::LastAnswered, 13), (Estimator::MovingAverage, 7)] {
        model.queues[0].journey.estimator = estimator;
        let (fates, tally) = play(&model, &tape(&[&calls]));
        let more = more(&tally, 0);
        assert_eq!([fates[1].2, fates[2].2, fates[3].2], [8, 13, 4]);
        assert_eq!((more.announced, more.announced_wait, more.real_wait), (3, last * MINUTE, 25 * MINUTE));
        assert_eq!(more.announced_error, (8 + 13 + last.abs_diff(4)) * MINUTE);
        assert_eq!((more.first_answered, total(&tally, 0).first_attempts), (4, 4));
    }
}

#[test]
fn what_is_announced_decides_who_balks_and_how_long_they_stay() {
    let mut model = centre(1, 0..24, 1);
    model.queues[0].handle = fixed(10.0);
    let minutes = |points: &[(u64, f64)]| {
        Curve::through(points.iter().map(|&(m, value)| (Micros::from_mins(m), value)).collect())
    };
    model.queues[0].journey.announced = Some(Announced {
        balk: minutes(&[(10, 0.0), (20, 1.0)]),
        patience: minutes(&[(10, 0.5), (20, 1.0)]),
    });
    let mut tape = tape(&[&[(0, 10, None), (2, 5, Some(6)), (3, 5, Some(6)), (50, 5, None)]]);
    tape.queues[0].balks = vec![true; 4];
    let (fates, _) = play(&model, &tape);
    assert_eq!(
        (fates[1].2, fates[1].3),
        (3, Fate::Abandoned),
        "half the patience, and the queue's balk is out"
    );
    assert_eq!((fates[2].2, fates[2].3), (0, Fate::Balked), "twenty minutes are announced");
    model.queues[0].journey.announced = Some(Announced { balk: None, patience: None });
    assert_eq!(play(&model, &tape).0[1].3, Fate::Balked, "the queue's own balk");
}

#[test]
fn offers_by_expected_wait_are_compared_with_the_real_one() {
    let offer = Offer::ExpectedWait(Micros::from_mins(20));
    let mut model = calls_back(1, Callback { offer, ..callback(Place::Keep) });
    model.queues[0].handle = fixed(10.0);
    let calls = [(0, 10, None), (2, 10, None), (3, 10, None)];
    let (fates, tally) = play(&model, &tape(&[&calls]));
    assert_eq!((fates[1].3, fates[2].3), (answered(10), Fate::Callback));
    let more = more(&tally, 0);
    assert_eq!((more.announced, more.announced_wait, more.real_wait), (1, 10 * MINUTE, 8 * MINUTE));
}

/// Two days, open from 8 to 10; the second contact comes at 11.
fn outside(outside: Outside, change: impl Fn(&mut Model)) -> (Vec<Story>, Tally, Model) {
    let mut model = centre(2, 8..10, 1);
    model.queues[0].volumes[11] = 1.0;
    model.queues[0].journey.outside = outside;
    let mut mail = model.queues[0].clone();
    (mail.channel, mail.journey) = (Channel::Email, Journey::default());
    mail.at_close = AtClose::CarryOver;
    model.queues.push(mail);
    model.groups[0].serves.push(Skill::plain(QueueId(1)));
    change(&mut model);
    let (fates, tally) = play(&model, &tape(&[&[(490, 10, None), (660, 5, None)], &[]]));
    (fates, tally, model)
}

#[test]
fn who_comes_while_closed() {
    for away in [Outside::TurnedAway, Outside::Bot, Outside::Callback] {
        let (fates, tally, _) = outside(away, |_| {});
        assert_eq!(fates[1].3, Fate::TurnedAway, "no callback without a queue that calls back");
        assert_eq!((total(&tally, 0).turned_away, total(&tally, 0).first_attempts), (1, 2));
    }
    let (fates, tally, _) = outside(Outside::Voicemail(QueueId(1)), |_| {});
    assert_eq!(fates[1].3, Fate::MovedOn);
    assert_eq!(more(&tally, 1).transferred, 1);
    assert_eq!(total(&tally, 1).answered_wait, (24 * 60 + 480 - 660) * MINUTE, "at the next opening");
    let (fates, _, _) = outside(Outside::Voicemail(QueueId(1)), |m| m.queues[1].channel = Channel::Voice);
    assert_eq!(fates[1].3, Fate::TurnedAway, "messages are for those who may always be joined");
    let (fates, _, _) = outside(Outside::TurnedAway, |m| m.queues[0].channel = Channel::Email);
    assert_eq!(fates[1].2, 24 * 60 + 480 - 660, "deferred work simply joins");
}

#[test]
fn who_comes_while_closed_is_called_from_the_next_opening_on() {
    for place in [Place::Keep, Place::Separate] {
        let calls = |m: &mut Model| {
            m.queues[0].journey.callback = Some(Callback { share: 0.0, ..callback(place) });
            // Somebody else's agents are there at night; the customer is called when the queue opens.
            m.queues[1].opening = opening(2, 24, 0..24);
            m.groups[0].opening = opening(2, 24, 0..24);
            set_staff(m, 0, &[1]);
        };
        let (fates, tally, model) = outside(Outside::Callback, calls);
        assert_eq!((fates[1].2, fates[1].3), (0, Fate::Callback));
        let (waited, more) = (24 * 60 + 480 - 660, more(&tally, 0));
        assert_eq!((more.callbacks_offered, more.connected, more.connected_in_time), (1, 1, 0));
        assert_eq!((more.connected_wait, more.callback_time), (waited * MINUTE, waited * MINUTE));
        assert_eq!(
            called(&model, &[&[(490, 10, None), (660, 5, None)], &[]]),
            [(1, waited, connected(0, 5))]
        );
        let (_, tally, _) = outside(Outside::Callback, |m| {
            calls(m);
            m.queues[0].opening = Opening::from_flags(&(0..48).map(|i| i < 10).collect::<Vec<_>>());
        });
        assert_eq!(tally.queues[0].more[11].callbacks_unfinished, 1, "never opens again");
    }
}

#[test]
fn a_transfer_into_closed_hours_follows_the_same_rule() {
    let mut model = two_queues(Take::InOrder, 1);
    model.queues[0].journey.transfer = Some(Transfer { probability: 1.0, to: QueueId(1), warm: None });
    model.queues[1].opening = opening(1, 24, 8..10);
    let tape = tape(&[&[(60, 10, None)], &[]]);
    assert_eq!(total(&play(&model, &tape).1, 1).turned_away, 1);
    model.queues[1].journey.outside = Outside::Callback;
    model.queues[1].journey.callback = Some(callback(Place::Keep));
    let (_, tally) = play(&model, &tape);
    assert_eq!((total(&tally, 1).callbacks, total(&tally, 1).first_attempts), (1, 0));
    assert_eq!((more(&tally, 1).transferred, more(&tally, 1).connected), (1, 1));
    assert_eq!(called(&model, &[&[(60, 10, None)], &[]]), [(0, 410, connected(0, 1))], "from 1:10 to 8:00");
}

/// Which group gets the contact of 50: the first has one agent, idle since 30; the second two, one idle since 40 and,
/// unless busy, one since midnight.
fn chosen(choose: Choose, busy: bool) -> usize {
    let mut model = centre(1, 0..24, 1);
    let opening = model.queues[0].opening.clone();
    model.groups.push(group("second", &opening, &[0, 1], vec![2; 24]));
    model.queues.push(model.queues[0].clone());
    model.queues[0].route.push(to(1));
    model.queues[1].route = vec![to(1)];
    model.queues[0].journey.choose = choose;
    let (one, two) = ([(0, 30, None), (50, 5, None)], [(10, 30, None), (11, 80, None)]);
    let (fates, _) = play(&model, &tape(&[&one, if busy { &two } else { &two[..1] }]));
    match fates[1].3 {
        Fate::Answered { group, .. } => group,
        fate => panic!("{fate:?}"),
    }
}

#[test]
fn which_of_several_groups_gets_a_contact() {
    assert_eq!([chosen(Choose::InOrder, false), chosen(Choose::InOrder, true)], [0, 0]);
    assert_eq!([chosen(Choose::LongestIdle, false), chosen(Choose::LongestIdle, true)], [1, 0]);
    assert_eq!([chosen(Choose::MostIdle, false), chosen(Choose::MostIdle, true)], [1, 0]);
}
