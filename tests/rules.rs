//! The numbered rules that decide numbers, each on a day small enough to follow by hand. Times are minutes after
//! midnight; one interval is one hour; agents serve one at a time.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::by_hand::*;
use common::*;
use headcount::engine::{Cell, Fate, Tape};
use headcount::model::*;
use headcount::units::Micros;

#[test]
fn rule_1_waits_up_to_and_including_the_threshold_count() {
    let mut model = centre(1, 0..24, 1);
    model.queues[0].thresholds = vec![Micros::from_mins(5), Micros::from_mins(10)];
    model.queues[0].within = Micros::from_mins(5);
    // Waits 0, 5 (exactly the threshold), 8 and 15; the last hangs up after 3.
    let calls = [(0, 10, None), (5, 5, None), (7, 10, None), (10, 10, None), (11, 1, Some(3))];
    let (_, tally) = play(&model, &tape(&[&calls]));
    let queue = &tally.queues[0];
    assert_eq!((queue.answered_within(0, 0), queue.answered_within(0, 1)), (2, 3));
    assert_eq!((queue.abandoned_within(0, 0), queue.cells[0].answered, queue.cells[0].abandoned), (1, 4, 1));
}

#[test]
fn rule_2_every_contact_has_one_fate() {
    let mut model = centre(1, 8..10, 1);
    model.queues[0].max_waiting = Some(1);
    model.queues[0].at_close = AtClose::Drop;
    // Answered; waits and hangs up; blocked behind it; answered; drops at closing.
    let calls = [(480, 60, None), (500, 9, Some(10)), (505, 9, None), (550, 60, None), (560, 5, None)];
    let (fates, tally) = play(&model, &tape(&[&calls]));
    let fates: Vec<_> = fates.into_iter().map(|(_, _, wait, fate)| (wait, fate)).collect();
    let expected = [
        (0, answered(60)),
        (10, Fate::Abandoned),
        (0, Fate::Blocked),
        (0, answered(60)),
        (40, Fate::Unfinished),
    ];
    assert_eq!(fates, expected);
    let sum = total(&tally, 0);
    assert_eq!(sum.offered(), 5);
    assert_eq!((sum.answered, sum.abandoned, sum.blocked, sum.unfinished), (2, 1, 1, 1));
}

#[test]
fn rule_3_a_contact_counts_where_it_arrived_and_not_in_the_warm_up() {
    let mut model = centre(1, 8..12, 1);
    model.run.warm_up = Micros::HOUR;
    // One in the warm-up keeps the agent busy until 9:10; one arrives 8:59, one 9:05, both answered later.
    let calls = [(480, 70, None), (539, 5, None), (545, 130, None)];
    let (_, tally) = play(&model, &tape(&[&calls]));
    assert_eq!(tally.queues[0].cells[8], Cell { ..Cell::default() }, "the warm-up is not counted");
    let nine = &tally.queues[0].cells[9];
    assert_eq!((nine.answered, nine.answered_wait), (1, 10 * MINUTE));
    assert_eq!(nine.queue_time, 20 * MINUTE, "both wait after 9:00: 9:00–9:10 and 9:05–9:15");
    // Busy from 9:00 on: 10 + 5 + 130 minutes, the last 25 of them in the hours from 11.
    assert_eq!(tally.groups[0].busy_total, 145 * MINUTE);
    assert_eq!(tally.groups[0].busy[9..12], [60 * MINUTE, 60 * MINUTE, 25 * MINUTE]);
}

#[test]
fn rule_4_ends_come_before_arrivals_and_answers_before_hanging_up() {
    let model = centre(1, 0..24, 1);
    // The agent is free at 10: who arrives at 10 does not wait; who waits exactly the patience is answered.
    let (fates, _) = play(&model, &tape(&[&[(0, 10, None), (10, 5, None), (12, 5, Some(3))]]));
    assert_eq!(fates[1].2, 0);
    assert_eq!(fates[2].3, answered(5));
}

#[test]
fn rule_4_ends_come_before_staffing_changes() {
    let mut model = centre(1, 0..24, 1);
    set_staff(&mut model, 0, &[1, 0, 1]);
    // Both agents' work ends at 1:00, where staff falls to nobody: the end comes first, so the waiting one is taken.
    let (fates, tally) = play(&model, &tape(&[&[(0, 60, None), (50, 7, None)]]));
    assert_eq!((fates[1].2, fates[1].3), (10, answered(7)));
    assert_eq!(tally.groups[0].overtime[1], 7 * MINUTE);
}

#[test]
fn rule_4_staffing_comes_before_arrivals() {
    let mut model = centre(1, 0..24, 1);
    set_staff(&mut model, 0, &[1, 2, 1]);
    let (fates, _) = play(&model, &tape(&[&[(0, 100, None), (60, 5, None)]]));
    assert_eq!(fates[1].2, 0, "the second agent is there at 1:00, before the contact of 1:00");
}

#[test]
fn rule_5_the_idle_leave_first_then_the_first_to_finish_and_newcomers_are_new_people() {
    let mut model = centre(1, 0..24, 2);
    set_staff(&mut model, 0, &[3, 1, 2, 2]);
    // Two are busy until 2:05 and 3:00. At 1:00 the idle one leaves and the one who finishes first is told to; at
    // 2:00 a new person comes and takes the contact of 2:01; the one told to leave takes nobody at 2:05.
    let calls = [(0, 125, None), (0, 180, None), (121, 30, None), (122, 5, None)];
    let (fates, tally) = play(&model, &tape(&[&calls]));
    assert_eq!(fates[2].2, 0);
    assert_eq!(fates[3].2, 29, "waits for the newcomer, who is free at 2:31");
    assert_eq!(tally.groups[0].overtime[1], 60 * MINUTE);
    assert_eq!(tally.groups[0].overtime[2], 5 * MINUTE);
}

#[test]
fn rule_6_nobody_who_can_ever_come_means_unfinished_at_once() {
    let mut model = centre(1, 0..24, 1);
    set_staff(&mut model, 0, &[1, 0]);
    // The second waits when the last agent is gone for good at 1:00; the third arrives after that.
    let calls = [(0, 90, None), (30, 5, None), (70, 5, None)];
    let (fates, _) = play(&model, &tape(&[&calls]));
    assert_eq!((fates[1].2, fates[1].3), (30, Fate::Unfinished));
    assert_eq!((fates[2].2, fates[2].3), (0, Fate::Unfinished));
}

#[test]
fn rule_6_the_last_staffing_stays_until_everyone_has_ended() {
    let model = centre(1, 8..10, 1);
    let calls = [(590, 30, None), (595, 30, None), (599, 30, Some(2))];
    let (fates, tally) = play(&model, &tape(&[&calls]));
    assert_eq!((fates[1].2, fates[1].3), (25, answered(30)));
    assert_eq!(fates[2].3, Fate::Abandoned);
    assert_eq!(tally.groups[0].overtime_total, 50 * MINUTE);
    let mut dropped = model.clone();
    dropped.queues[0].at_close = AtClose::Drop;
    let (fates, _) = play(&dropped, &tape(&[&calls]));
    assert_eq!((fates[1].2, fates[1].3), (5, Fate::Unfinished));
    let mut carried = centre(2, 8..10, 1);
    carried.queues[0].at_close = AtClose::CarryOver;
    let (fates, _) = play(&carried, &tape(&[&calls]));
    assert_eq!((fates[1].2, fates[1].3), (24 * 60 + 480 - 595, answered(30)), "taken up at the next opening");
}

#[test]
fn rule_7_outside_its_series_a_group_has_no_agents() {
    let mut model = centre(1, 8..12, 1);
    model.groups[0].opening = opening(1, 24, 9..12);
    set_staff(&mut model, 0, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0]);
    let (fates, _) = play(&model, &tape(&[&[(485, 5, None)]]));
    assert_eq!((fates[0].2, fates[0].3), (55, answered(5)));
}

/// Two wait, one a queue; the agent is free at 10. Which queue is served first?
fn first_served(take: Take, mail_first: bool, change: impl Fn(&mut Model)) -> usize {
    let mut model = two_queues(take, 1);
    change(&mut model);
    let (phone, mail) = if mail_first { (3, 2) } else { (2, 3) };
    let (fates, _) =
        play(&model, &tape(&[&[(0, 10, None), (phone, 5, None)], &[(mail, 5, None), (9, 5, None)]]));
    // Positions: phone 1 and mail 0 are the two that wait first.
    let (waits_phone, waits_mail) = (fates[1].2, fates[2].2);
    usize::from(waits_mail + mail < waits_phone + phone)
}

#[test]
fn rule_8_what_a_free_agent_takes() {
    let nothing = |_: &mut Model| {};
    assert_eq!(first_served(Take::LongestWait, false, nothing), 0);
    assert_eq!(first_served(Take::LongestWait, true, nothing), 1);
    assert_eq!(first_served(Take::InOrder, true, nothing), 0, "phone stands first in serves");
    assert_eq!(first_served(Take::Priority, true, nothing), 1, "equal priority: the longer wait");
    assert_eq!(first_served(Take::Priority, true, |m| m.queues[1].priority = 2), 0);
    assert_eq!(first_served(Take::LongestQueue, false, nothing), 1, "two wait for mail");
    assert_eq!(first_served(Take::Weighted, false, nothing), 0);
    assert_eq!(first_served(Take::Weighted, false, |m| m.queues[1].weight = 2 << 32), 1, "7 × 2 beats 8");
    assert_eq!(first_served(Take::EarliestDue, true, nothing), 1);
    let later = |m: &mut Model| m.queues[1].within = Micros::from_mins(30);
    assert_eq!(first_served(Take::EarliestDue, true, later), 0, "mail is due later");
}

#[test]
fn rule_8_a_contact_looks_for_an_agent_when_route_after_lets_it() {
    let mut model = centre(1, 0..24, 1);
    let opening = model.queues[0].opening.clone();
    model.groups.push(group("overflow", &opening, &[0], vec![1; 24]));
    model.queues[0].route.push(RouteStep { group: GroupId(1), after: Micros::from_mins(4) });
    let calls = [(0, 30, None), (5, 30, None), (6, 30, Some(3))];
    let (fates, tally) = play(&model, &tape(&[&calls]));
    assert_eq!((fates[1].2, fates[1].3), (4, Fate::Answered { group: 1, busy: Micros(30 * MINUTE) }));
    assert_eq!(fates[2].3, Fate::Abandoned, "hangs up before the overflow may take it");
    assert_eq!(tally.groups[1].busy_total, 30 * MINUTE);
}

#[test]
fn leaving_for_another_queue_is_a_new_contact_there() {
    let mut model = two_queues(Take::LongestWait, 1);
    let opening = model.queues[0].opening.clone();
    model.groups.push(group("mailers", &opening, &[1], vec![1; 24]));
    model.queues[1].route = vec![to(1)];
    model.groups[0].serves.truncate(1);
    model.queues[0].after_wait = Some(AfterWait { wait: Micros::from_mins(10), to: QueueId(1) });
    let (_, tally) = play(&model, &tape(&[&[(0, 50, None), (5, 5, None)], &[]]));
    let (phone, mail) = (total(&tally, 0), total(&tally, 1));
    assert_eq!((phone.offered(), phone.first_attempts, phone.moved_on, phone.answered), (2, 2, 1, 1));
    assert_eq!((mail.offered(), mail.first_attempts, mail.answered, mail.answered_wait), (1, 0, 1, 0));
    assert_eq!(tally.groups[1].busy_total, MINUTE, "served by the other queue's law: one minute");
}

#[test]
fn lines_count_waiting_and_with_an_agent_but_not_wrap_up() {
    let mut model = centre(1, 0..24, 1);
    model.queues[0].lines = Some(2);
    model.queues[0].wrap = Some(Law::constant(Shape::Fixed, 600.0));
    // With an agent until 10, wrap-up until 20. At 5 one waits; at 6 both lines are taken; at 11 one is free again.
    let mut tape = tape(&[&[(0, 10, None), (5, 10, None), (6, 10, None), (11, 10, None)]]);
    tape.queues[0].wrap = [10 * MINUTE; 4].into_iter().collect();
    let (fates, _) = play(&model, &tape);
    assert_eq!(fates[2].3, Fate::Blocked);
    assert_eq!((fates[1].2, fates[3].2), (15, 29));
}

#[test]
fn a_group_that_has_its_own_handle_time_takes_that_long() {
    let mut model = centre(1, 0..24, 1);
    model.groups[0].serves[0].handle = Some(Law::constant(Shape::Fixed, 240.0));
    let drawn = Tape::draw(&model, 1, 0);
    assert_eq!(drawn.queues[0].handle.len(), 2, "the queue's law and the group's");
    let mut tape = tape(&[&[(0, 10, None), (1, 10, None)]]);
    tape.queues[0].handle.push([4 * MINUTE; 2].into_iter().collect());
    let (fates, _) = play(&model, &tape);
    assert_eq!((fates[0].3, fates[1].2, fates[1].3), (answered(4), 3, answered(4)));
}

#[test]
fn a_run_in_is_as_busy_as_the_day_of_the_first_opening() {
    let mut model = centre(3, 8..10, 1);
    let flags: Vec<bool> = (0..72).map(|i| i >= 48).collect();
    model.queues[0].opening = Opening::from_flags(&flags);
    model.queues[0].volumes = flags.iter().map(|&open| if open { 1000.0 } else { 0.0 }).collect();
    model.calendar.grid.lead = Micros::HOUR;
    model.run.start = Start::Steady { run_in: Micros::HOUR };
    model.demand.day_factor_cv = 1.0;
    for replication in 0..10 {
        let tape = Tape::draw(&model, 1, replication);
        let expected = 1000.0 * tape.day_factors[2];
        let came = tape.queues[0].run_in as f64;
        assert!((came - expected).abs() < 5.0 * expected.sqrt() + 5.0, "{came} for {expected}");
    }
}

#[test]
fn who_stays_over_two_closings_is_on_overtime_once() {
    let mut model = centre(1, 8..10, 1);
    let flags: Vec<bool> = (0..24).map(|i| (8..10).contains(&i) || (11..12).contains(&i)).collect();
    model.groups[0].opening = Opening::from_flags(&flags);
    set_staff(&mut model, 0, &[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0]);
    // Open again from 11 to 12, with nobody: the agent of 8–10 is still there for the third contact.
    let calls = [(590, 30, None), (595, 120, None), (596, 30, None)];
    let (fates, tally) = play(&model, &tape(&[&calls]));
    assert_eq!(fates[2].3, answered(30));
    assert_eq!(tally.groups[0].overtime_total, 170 * MINUTE);
}

#[test]
fn waits_too_long_to_add_up_claim_nothing() {
    let mut sum = Cell { answered_wait: u64::MAX - 1, queue_time: u64::MAX, ..Cell::default() };
    sum.add(&Cell { answered_wait: 5, queue_time: 5, ..Cell::default() });
    assert_eq!((sum.answered_wait, sum.queue_time), (u64::MAX, u64::MAX));
}

#[test]
fn balkers_leave_only_when_they_would_wait() {
    let model = centre(1, 0..24, 1);
    let mut tape = tape(&[&[(0, 10, None), (5, 10, None), (12, 5, None)]]);
    tape.queues[0].balks = vec![true; 3];
    let (fates, tally) = play(&model, &tape);
    assert_eq!((fates[0].3, fates[1].3, fates[2].3), (answered(10), Fate::Balked, answered(5)));
    assert_eq!(total(&tally, 0).balked, 1);
}
