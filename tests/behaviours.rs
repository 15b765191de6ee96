//! What may happen to a contact besides waiting and being answered, each on a day small enough to follow by hand.
//! Times are minutes after midnight; one interval is one hour.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::by_hand::{Call, MINUTE, column, set_staff, tape, total};
use common::*;
use headcount::engine::{ComesBack, Ended, Fate, More, Resolved, Rota, Run, Staffing, Tally, Tape, Witness};
use headcount::model::*;
use headcount::random::{Phase, Purpose, Stream, later};
use headcount::units::Micros;

fn minutes(m: f64) -> Law {
    Law::constant(Shape::Fixed, 60.0 * m)
}

/// A front line and a second line, each with a queue and a group of one agent, open round the clock. Who comes to the
/// second line takes five minutes, who comes back to the first ten.
fn two_lines() -> Model {
    let opening = opening(1, 24, 0..24);
    let line =
        |name: &str, group: usize, m: f64| queue(name, &opening, vec![0.0; 24], minutes(m), vec![to(group)]);
    let queues = vec![line("front", 0, 10.0), line("second", 1, 5.0)];
    let groups =
        vec![group("first", &opening, &[0], vec![1; 24]), group("experts", &opening, &[1], vec![1; 24])];
    model(calendar(1, Micros::HOUR, opening.clone()), queues, groups)
}

/// One queue and one group.
fn one_line(staff: &[u32]) -> Model {
    let opening = opening(1, 24, 0..24);
    let queue = queue("only", &opening, vec![0.0; 24], minutes(10.0), vec![to(0)]);
    let mut model = model(
        calendar(1, Micros::HOUR, opening.clone()),
        vec![queue],
        vec![group("all", &opening, &[0], vec![1; 24])],
    );
    set_staff(&mut model, 0, staff);
    model
}

fn back(after: f64, most: Option<u32>, to: usize) -> Return {
    Return { probability: 1.0, after: minutes(after), most, to: QueueId(to) }
}

/// A witness that remembers contacts and cases.
#[derive(Default)]
struct Told {
    ended: Vec<Ended>,
    cases: Vec<Resolved>,
}

impl Witness for Told {
    fn ended(&mut self, story: &Ended) {
        self.ended.push(*story);
    }

    fn resolved(&mut self, case: &Resolved) {
        self.cases.push(*case);
    }
}

impl Told {
    /// Waits of the contacts of queue `q`, in the order in which they joined it, µs.
    fn waits(&self, q: usize) -> Vec<u64> {
        let mut mine: Vec<_> = self.ended.iter().filter(|story| story.queue == q).collect();
        mine.sort_by_key(|story| story.arrived);
        mine.iter().map(|story| story.wait.0).collect()
    }

    /// From first arrival to the end of every case that ended, in order of the end, minutes.
    fn took(&self) -> Vec<u64> {
        self.cases.iter().map(|case| case.took.0 / MINUTE).collect()
    }
}

fn play(model: &Model, tape: &Tape) -> (Told, Tally) {
    let mut told = Told::default();
    let tally = Run::new(model).play(tape, &Staffing::given(model), &mut told).clone();
    (told, tally)
}

fn more(tally: &Tally, queue: usize) -> More {
    let mut sum = More::default();
    tally.queues[queue].more.iter().for_each(|more| sum.add(more));
    sum
}

fn busy(tally: &Tally, group: usize) -> u64 {
    tally.groups[group].busy_total
}

/// Passes every contact of the front line on to the second, `warm` minutes after that has answered.
fn transferring(model: &mut Model, to: usize, warm: Option<f64>) {
    let warm = warm.map(minutes);
    model.queues[0].journey.transfer = Some(Transfer { probability: 1.0, to: QueueId(to), warm });
}

#[test]
fn a_cold_transfer_frees_the_first_agent_at_once() {
    let mut model = two_lines();
    transferring(&mut model, 1, None);
    let (told, tally) = play(&model, &tape(&[&[(0, 10, None), (1, 10, None)], &[]]));
    assert_eq!(told.waits(0), [0, 9 * MINUTE]);
    assert_eq!(told.waits(1), [0, 0], "at 10 and at 20");
    assert_eq!(told.took(), [15, 24], "to the end in the second line: 0–15 and 1–25");
    assert!(told.cases.iter().all(|case| case.queue == 1 && case.touches == 2));
    let (front, second) = (total(&tally, 0), total(&tally, 1));
    assert_eq!((front.offered(), front.first_attempts, front.answered), (2, 2, 2));
    assert_eq!((second.offered(), second.first_attempts, second.answered), (2, 0, 2));
    let second = more(&tally, 1);
    assert_eq!((second.transferred, second.cases, second.resolved, second.resolved_at_once), (2, 2, 2, 0));
    assert_eq!((more(&tally, 0).resolved, second.touches), (0, 4));
}

#[test]
fn a_group_that_settles_some_itself_passes_on_the_rest() {
    let mut model = two_lines();
    transferring(&mut model, 1, None);
    model.groups[0].serves[0].success = Some(1.0);
    let (told, tally) = play(&model, &tape(&[&[(0, 10, None)], &[]]));
    assert_eq!((told.took(), more(&tally, 0).resolved_at_once, total(&tally, 1).offered()), (vec![10], 1, 0));
}

#[test]
fn a_warm_transfer_keeps_the_first_agent_until_the_second_has_answered() {
    let mut model = two_lines();
    transferring(&mut model, 1, Some(2.0));
    model.queues[0].wrap = Some(minutes(3.0));
    let mut tape = tape(&[&[(0, 10, None), (5, 10, None)], &[(0, 30, None)]]);
    tape.queues[0].wrap = [3 * MINUTE; 2].into_iter().collect();
    let (told, tally) = play(&model, &tape);
    // Talks until 10, stays until the expert is free at 30, hands over until 32, wraps up until 35. The next one:
    // talks until 45, the expert, free since 35, answers at once; handover until 47, wrap-up until 50.
    assert_eq!(told.waits(0), [0, 30 * MINUTE]);
    assert_eq!(told.waits(1), [0, 20 * MINUTE, 0]);
    assert_eq!(busy(&tally, 0), 50 * MINUTE);
    assert_eq!(busy(&tally, 1), 40 * MINUTE);
}

#[test]
fn a_warm_transfer_ends_when_the_customer_hangs_up_or_finds_no_line() {
    let mut model = two_lines();
    transferring(&mut model, 1, Some(2.0));
    model.queues[1].patience = Some(minutes(5.0));
    let tape = tape(&[&[(0, 10, None), (5, 10, None)], &[(0, 60, None)]]);
    let (told, tally) = play(&model, &tape);
    // Hangs up at 15, which is written down a microsecond later; so does the second at 15 + 10 + 5.
    assert_eq!(told.waits(0), [0, 10 * MINUTE + 1]);
    assert_eq!((total(&tally, 1).abandoned, total(&tally, 1).answered), (2, 1));
    assert_eq!(busy(&tally, 0), 30 * MINUTE + 2);
    model.queues[1].max_waiting = Some(0);
    let (told, tally) = play(&model, &tape);
    assert_eq!(told.waits(0), [0, 5 * MINUTE + 1]);
    assert_eq!((total(&tally, 1).blocked, busy(&tally, 0)), (2, 20 * MINUTE + 2));
}

#[test]
fn the_first_agent_stays_with_a_customer_whom_the_second_line_sends_on() {
    let mut model = two_lines();
    transferring(&mut model, 1, Some(2.0));
    let opening = model.queues[0].opening.clone();
    model.queues.push(queue("third", &opening, vec![0.0; 24], minutes(5.0), vec![to(2)]));
    model.groups.push(group("last", &opening, &[2], vec![1; 24]));
    model.queues[1].after_wait = Some(AfterWait { wait: Micros::from_mins(4), to: QueueId(2) });
    model.queues[2].patience = Some(minutes(3.0));
    let calls: [&[Call]; 3] = [&[(0, 10, None)], &[(0, 60, None)], &[(0, 16, None)]];
    // Joins the second line at 10, the third at 14, is answered there at 16, handed over until 18.
    let (told, tally) = play(&model, &tape(&calls));
    assert_eq!((told.waits(2)[1], busy(&tally, 0)), (2 * MINUTE, 18 * MINUTE));
    // With nobody free before 20 it hangs up at 17.
    let (_, tally) = play(&model, &tape(&[calls[0], calls[1], &[(0, 20, None)]]));
    assert_eq!((total(&tally, 2).abandoned, busy(&tally, 0)), (1, 17 * MINUTE + 1));
}

#[test]
fn an_agent_told_to_leave_stays_with_the_customer() {
    let mut model = two_lines();
    transferring(&mut model, 1, Some(2.0));
    set_staff(&mut model, 0, &[1, 0]);
    for suspend in [false, true] {
        model.queues[0].journey.suspend = suspend;
        let (told, tally) = play(&model, &tape(&[&[(50, 5, None)], &[(0, 70, None)]]));
        assert_eq!(told.waits(1), [0, 15 * MINUTE]);
        assert_eq!((busy(&tally, 0), tally.groups[0].overtime_total), (22 * MINUTE, 12 * MINUTE));
    }
}

#[test]
fn a_warm_transfer_within_a_group_needs_somebody_else() {
    let mut model = two_lines();
    model.groups.truncate(1);
    model.groups[0].serves.push(Skill::plain(QueueId(1)));
    model.queues[1].route = vec![to(0)];
    transferring(&mut model, 1, Some(2.0));
    set_staff(&mut model, 0, &[2]);
    let (told, tally) = play(&model, &tape(&[&[(0, 10, None)], &[]]));
    assert_eq!((told.waits(1), busy(&tally, 0)), (vec![0], (12 + 5) * MINUTE));
    // Alone, the agent lets go and answers in the second line.
    set_staff(&mut model, 0, &[1]);
    let (told, tally) = play(&model, &tape(&[&[(0, 10, None)], &[]]));
    assert_eq!((told.waits(1), busy(&tally, 0), told.took()), (vec![0], 15 * MINUTE, vec![15]));
    // Two who would wait for each other: the first lets go and answers that customer, and then the other one, with
    // whom the second stays until 15 and the handover.
    set_staff(&mut model, 0, &[2]);
    let (told, tally) = play(&model, &tape(&[&[(0, 10, None), (0, 10, None)], &[]]));
    assert_eq!(told.waits(1), [0, 5 * MINUTE]);
    assert_eq!(busy(&tally, 0), (20 + 17) * MINUTE);
}

#[test]
fn who_waits_with_a_customer_nobody_ever_answers_goes_home_in_the_end() {
    let mut model = two_lines();
    transferring(&mut model, 1, Some(2.0));
    model.groups[1].serves[0].reserve = 1;
    let (told, tally) = play(&model, &tape(&[&[(60, 10, None)], &[]]));
    assert_eq!((total(&tally, 1).unfinished, told.took()), (1, vec![]));
    assert_eq!(busy(&tally, 0), (23 * 60) * MINUTE + 1, "to the end of the run");
}

#[test]
fn who_was_answered_comes_back_as_often_as_allowed() {
    let mut model = one_line(&[1]);
    model.queues[0].journey.repeat = Some(back(30.0, Some(1), 0));
    let (told, tally) = play(&model, &tape(&[&[(0, 10, None)]]));
    // Back at 40 for another ten minutes.
    assert_eq!((told.took(), busy(&tally, 0)), (vec![10, 10], 20 * MINUTE));
    assert_eq!((total(&tally, 0).offered(), total(&tally, 0).first_attempts), (2, 1));
    let more = more(&tally, 0);
    assert_eq!((more.repeats, more.cases, more.resolved, more.resolved_at_once), (1, 2, 2, 1));
    assert_eq!((tally.queues[0].cells[0].answered, more.unseen), (2, 0));
}

#[test]
fn who_would_come_back_after_the_end_is_unseen() {
    let mut model = one_line(&[1]);
    model.queues[0].journey.repeat = Some(back(24.0 * 60.0, None, 0));
    let (_, tally) = play(&model, &tape(&[&[(0, 10, None), (30, 10, None)]]));
    let more = more(&tally, 0);
    assert_eq!((total(&tally, 0).offered(), more.unseen, more.resolved, more.resolved_at_once), (2, 2, 2, 0));
}

#[test]
fn who_hung_up_tries_again_up_to_the_number_of_attempts() {
    let mut model = one_line(&[1]);
    model.queues[0].patience = Some(minutes(2.0));
    model.queues[0].journey.redial = Some(back(10.0, Some(2), 0));
    let (told, tally) = play(&model, &tape(&[&[(0, 50, None), (5, 5, Some(2))]]));
    // At 5, 17 and 29, giving up after two minutes each time.
    assert_eq!(told.waits(0), [0, 2 * MINUTE, 2 * MINUTE, 2 * MINUTE]);
    assert_eq!((total(&tally, 0).offered(), total(&tally, 0).abandoned), (4, 3));
    assert_eq!((total(&tally, 0).first_attempts, more(&tally, 0).redials), (2, 2));
    // The third time the agent is free.
    let (told, tally) = play(&model, &tape(&[&[(0, 27, None), (5, 5, Some(2))]]));
    assert_eq!((told.waits(0)[3], total(&tally, 0).answered, busy(&tally, 0)), (0, 2, 37 * MINUTE));
}

#[test]
fn who_hung_up_may_try_another_queue() {
    let mut model = two_lines();
    model.queues[0].journey.redial = Some(back(10.0, None, 1));
    let (told, tally) = play(&model, &tape(&[&[(0, 50, None), (5, 5, Some(2))], &[]]));
    assert_eq!((told.waits(1), busy(&tally, 1)), (vec![0], 5 * MINUTE));
    assert_eq!((more(&tally, 0).redials, more(&tally, 1).redials), (0, 1));
}

#[test]
fn who_was_blocked_tries_again() {
    let mut model = one_line(&[1]);
    model.queues[0].lines = Some(1);
    model.queues[0].journey.redial_blocked = Some(back(20.0, None, 0));
    let (_, tally) = play(&model, &tape(&[&[(0, 30, None), (5, 5, None)]]));
    // At 5 and at 25 all lines are taken; at 45 not.
    let more = more(&tally, 0);
    assert_eq!((total(&tally, 0).blocked, total(&tally, 0).answered), (2, 2));
    assert_eq!((more.redials_blocked, more.first_blocked, busy(&tally, 0)), (2, 1, 40 * MINUTE));
}

/// Deferred work of a minute each, at which the customer is asked back half the time, the answer coming after `after`
/// minutes.
fn asking(days: usize, open: std::ops::Range<usize>, after: f64) -> Model {
    let opening = opening(days, 24, open.clone());
    let staff: Vec<u32> = (0..days * 24).map(|i| if opening.is_open(i) { 9 } else { 0 }).collect();
    let mut mail = queue("mail", &opening, vec![0.0; days * 24], minutes(1.0), vec![to(0)]);
    (mail.channel, mail.at_close) = (Channel::Email, AtClose::CarryOver);
    mail.journey.ask_back = Some(AskBack { probability: 0.5, after: minutes(after) });
    let promise = |within, clock| Target {
        goal: Goal::Done { share: 0.9, within: Micros::from_mins(within), clock },
        per: Per::Day,
        on_days: None,
        floor: None,
        penalties: Vec::new(),
    };
    mail.targets = vec![promise(2, Clock::Elapsed), promise(2, Clock::Business)];
    model(
        calendar(days, Micros::HOUR, opening.clone()),
        vec![mail],
        vec![group("all", &opening, &[0], staff)],
    )
}

#[test]
fn the_clock_stands_still_while_the_customer_is_asked() {
    let model = asking(1, 0..24, 7.0);
    let calls: Vec<Call> = (0..60).map(|k| (10 * k, 1, None)).collect();
    let (told, tally) = play(&model, &tape(&[&calls]));
    assert_eq!(told.cases.len(), 60);
    let mut asked = 0;
    for case in &told.cases {
        // A minute's work each time, and no wait: nine agents for one item every ten minutes.
        assert_eq!(case.took.0, u64::from(case.touches) * MINUTE);
        asked += u64::from(case.touches) - 1;
    }
    assert!(asked > 20, "half of the time: {asked}");
    let more = more(&tally, 0);
    assert_eq!(
        (more.replies, total(&tally, 0).answered, more.cases, more.resolved),
        (asked, 60 + asked, 60, 60)
    );
    assert_eq!(more.touches, 60 + asked);
    let quick = told.cases.iter().filter(|case| case.touches <= 2).count() as u64;
    let once = told.cases.iter().filter(|case| case.touches == 1).count() as u64;
    assert_eq!(more.resolved_at_once, once);
    for clock in 0..2 {
        let done = tally.queues[0].done.iter().skip(clock).step_by(2);
        assert_eq!(
            done.map(|cell| [cell.done, cell.started]).fold([0, 0], |a, b| [a[0] + b[0], a[1] + b[1]]),
            [quick, 60]
        );
    }
}

#[test]
fn an_answer_at_night_waits_by_the_elapsed_clock_and_not_by_the_business_clock() {
    // Open from 8 to 10; answers come three hours later, when nobody is there.
    let model = asking(2, 8..10, 180.0);
    let calls: Vec<Call> = (0..60).map(|k| (480 + k, 1, None)).collect();
    let (told, tally) = play(&model, &tape(&[&calls]));
    let with = |touches| told.cases.iter().filter(move |case| case.touches == touches);
    assert!(with(1).all(|case| case.took.0 == MINUTE));
    // Asked a minute after coming; the answer waits from three hours later to eight the next morning or, behind nine
    // at a time of those before it, a little longer.
    assert!(with(2).count() > 5 && with(3).count() == 0, "asked again, they answer after the second day");
    for case in with(2) {
        let answered_at = case.began.0 + 181 * MINUTE;
        let next_morning = (24 + 8) * 60 * MINUTE;
        let late = case.took.0 - (MINUTE + next_morning - answered_at + MINUTE);
        assert!(late <= 6 * MINUTE && late.is_multiple_of(MINUTE), "{late}");
    }
    let done =
        |clock: usize| tally.queues[0].done.iter().skip(clock).step_by(2).map(|cell| cell.done).sum::<u64>();
    assert_eq!(done(0), with(1).count() as u64);
    let punctual =
        with(2).filter(|case| case.began.0 + case.took.0 + 180 * MINUTE <= (32 * 60 + 1) * MINUTE).count();
    assert_eq!(done(1), (with(1).count() + punctual) as u64);
    // Nine were answered at eight with no wait in opening time: done, or asked again and not due yet, by that clock.
    let open = |clock: usize| {
        tally.queues[0].done.iter().skip(clock).step_by(2).map(|cell| cell.open_not_due).sum::<u64>()
    };
    assert_eq!((open(0), open(1) + punctual as u64), (0, 9));
}

#[test]
fn a_late_item_makes_its_customer_call() {
    let mut model = two_lines();
    model.queues[0].channel = Channel::Email;
    let due = Due { within: Micros::from_mins(30), clock: Clock::Elapsed };
    model.queues[0].journey.chase = Some(Chase { probability: 1.0, due, to: QueueId(1) });
    // Done at 20; at 30, just in time; at 40, ten minutes late.
    let (told, tally) = play(&model, &tape(&[&[(0, 20, None), (0, 10, None), (0, 10, None)], &[]]));
    let called: Vec<u64> =
        told.ended.iter().filter(|story| story.queue == 1).map(|story| story.arrived.0).collect();
    assert_eq!(called, [30 * MINUTE + 1]);
    assert_eq!(
        (more(&tally, 1).chases, total(&tally, 1).answered, total(&tally, 1).first_attempts),
        (1, 1, 0)
    );
    assert_eq!((told.took().len(), more(&tally, 0).resolved), (4, 3));
}

/// The private seed of contact `k` of the first queue of a tape made by hand.
fn seed(k: u64) -> u64 {
    later::contact_seed(Stream::of_queue(0, 0, Phase::Main, 0), k)
}

/// Work up to silence number `n` of contact `k`, counted from the one before, µs.
fn stretch(every: Micros, k: u64, n: usize) -> u64 {
    later::exponential_of(every, seed(k), 0, 0, Purpose::Stretch(n)).0
}

/// Silences of `lasts` minutes, parked after five, so often that the first contact, of ten minutes, has exactly one;
/// and when it comes, µs.
fn one_silence(lasts: f64) -> (Silence, u64) {
    let unit = Micros::from_mins(10);
    let [first, second] = [0, 1].map(|n| stretch(unit, 0, n) as f64 / unit.0 as f64);
    // The first within the ten minutes, the second after them.
    let every = Micros((10.0 * MINUTE as f64 / (first + second / 2.0)) as u64);
    let at = stretch(every, 0, 0);
    assert!(at < 10 * MINUTE && at + stretch(every, 0, 1) > 10 * MINUTE);
    (Silence { every, lasts: minutes(lasts), park_after: Micros::from_mins(5) }, at)
}

/// A messaging queue with one silence in its first contact, another queue without, one group for both.
fn messaging(lasts: f64, staff: &[u32]) -> (Model, u64) {
    let mut model = one_line(staff);
    let mut other = model.queues[0].clone();
    "other".clone_into(&mut other.name);
    model.queues.push(other);
    model.groups[0].serves.push(Skill::plain(QueueId(1)));
    let (silence, at) = one_silence(lasts);
    model.queues[0].journey.silence = Some(silence);
    model.queues[0].within = Micros::from_mins(20);
    (model, at)
}

/// A tape with one session at the start and other contacts at so many µs, of so many minutes.
fn session_and(others: &[(u64, u64)]) -> Tape {
    let mut other = column(&others.iter().map(|&(_, m)| (0, m, None)).collect::<Vec<_>>());
    other.arrive = others.iter().map(|&(at, _)| at).collect();
    other.interval = others.iter().map(|&(at, _)| (at / (60 * MINUTE)) as u32).collect();
    Tape::of(vec![column(&[(0, 10, None)]), other])
}

#[test]
fn a_short_silence_keeps_the_place_and_stops_the_work() {
    let (model, at) = messaging(3.0, &[1]);
    let (told, tally) = play(&model, &session_and(&[(at + MINUTE, 5)]));
    assert_eq!(told.took(), [13], "ten minutes of work, three of silence");
    assert_eq!(told.waits(1), [12 * MINUTE - at], "the place was taken");
    assert_eq!((busy(&tally, 0), more(&tally, 0).resumed), (18 * MINUTE, 0));
}

#[test]
fn silences_come_after_stretches_of_work() {
    let mut model = one_line(&[1]);
    let every = Micros::from_mins(4);
    model.queues[0].journey.silence =
        Some(Silence { every, lasts: minutes(3.0), park_after: Micros::from_mins(5) });
    let calls: Vec<Call> = (0..6).map(|k| (200 * k, 30, None)).collect();
    let (told, tally) = play(&model, &tape(&[&calls]));
    let mut all = 0;
    for (case, k) in told.cases.iter().zip(0..) {
        let mut worked = 0;
        let silent = (0..).take_while(|&n| {
            worked += stretch(every, k, n);
            worked < 30 * MINUTE
        });
        let silent = silent.count() as u64;
        assert_eq!(case.took.0, (30 + 3 * silent) * MINUTE);
        all += silent;
    }
    // 6 × 30 / 4 = 45 on average, Poisson.
    assert!((25..66).contains(&all), "{all}");
    assert_eq!(busy(&tally, 0), (180 + 3 * all) * MINUTE);
}

#[test]
fn a_long_silence_frees_the_place_until_the_customer_writes_again() {
    let (model, at) = messaging(20.0, &[1]);
    let (told, tally) = play(&model, &session_and(&[(at + MINUTE, 7)]));
    // Parked five minutes after falling silent; the other one, who waited four, is done before the customer writes.
    assert_eq!(told.waits(1), [4 * MINUTE]);
    assert_eq!((told.took(), busy(&tally, 0)), (vec![30], (10 + 5 + 7) * MINUTE));
    let (cell, more) = (total(&tally, 0), more(&tally, 0));
    assert_eq!((cell.offered(), cell.answered, more.cases, more.resolved), (1, 1, 1, 1));
    assert_eq!((more.resumed, more.resumed_in_time, more.resumed_wait), (1, 1, 0));
    assert_eq!((more.touches, more.resolved_at_once), (1, 1));
}

#[test]
fn who_writes_again_joins_the_line_then() {
    let (mut model, at) = messaging(20.0, &[1]);
    // The first of the others keeps the agent from 5 to 35 after the silence began; two more come at 10 and at 25.
    let after = |m: u64| at + m * MINUTE;
    let tape = session_and(&[(after(1), 30), (after(10), 4), (after(25), 4)]);
    let (told, tally) = play(&model, &tape);
    let rest = 10 * MINUTE - at;
    assert_eq!(told.waits(1), [4 * MINUTE, 25 * MINUTE, 14 * MINUTE + rest]);
    assert_eq!(told.cases[0].took.0, after(39) + rest);
    let resumed = |tally: &Tally| {
        let cell = tally.queues[0].more[0];
        (cell.resumed, cell.resumed_in_time, cell.resumed_wait)
    };
    assert_eq!(resumed(&tally), (1, 1, 19 * MINUTE), "within the queue's 20 minutes");
    let goal = Goal::Replied { share: 0.9, within: Micros::from_mins(18) };
    model.queues[0].targets =
        vec![Target { goal, per: Per::Day, on_days: None, floor: None, penalties: Vec::new() }];
    assert_eq!(resumed(&play(&model, &tape).1), (1, 0, 19 * MINUTE), "not within the promise of 18");
}

/// A group of two who hold two each.
fn in_twos(lasts: f64, staff: &[u32]) -> (Model, u64) {
    let (mut model, at) = messaging(lasts, staff);
    model.groups[0].hands = Hands { capacity: 2, ..Hands::default() };
    (model, at)
}

fn two_in_hand(tally: &Tally) -> u64 {
    let group = &tally.groups[0];
    group.at_load.iter().skip(2).step_by(group.loads).sum()
}

#[test]
fn a_session_goes_back_to_the_same_person() {
    let (model, at) = in_twos(20.0, &[2]);
    let after = |m: u64| at + m * MINUTE;
    // The first of the others goes to the colleague, who has been idle for longer; the second to the person who had
    // the session. The colleague is idle again when the customer writes, but the session goes where it was.
    let (told, tally) = play(&model, &session_and(&[(after(6), 12), (after(7), 60)]));
    assert_eq!(told.cases[0].took.0, 30 * MINUTE);
    assert_eq!(two_in_hand(&tally), 10 * MINUTE - at);
    assert_eq!(more(&tally, 0).resumed_wait, 0);
}

#[test]
fn whoever_is_there_goes_on_when_that_person_has_left() {
    // Nobody from 1:00 to 2:00; then two others come, the first under the old number.
    let (model, at) = in_twos(150.0, &[1, 0, 2]);
    let (told, tally) = play(&model, &session_and(&[(125 * MINUTE, 60)]));
    assert_eq!(told.cases[0].took.0, 160 * MINUTE);
    assert!(two_in_hand(&tally) == 0 && at < 10 * MINUTE);
    assert_eq!(more(&tally, 0).resumed, 1);
}

#[test]
fn nobody_stays_late_for_a_silent_customer() {
    let (mut model, at) = messaging(200.0, &[1, 0, 0, 1]);
    if let Some(silence) = &mut model.queues[0].journey.silence {
        silence.park_after = Micros::from_mins(190);
    }
    let (told, tally) = play(&model, &session_and(&[]));
    // Told to leave at 1:00, ten minutes or less into the silence; somebody is there again from 3:00 on.
    assert_eq!((told.took(), more(&tally, 0).resumed_wait), (vec![210], 0));
    assert_eq!(tally.groups[0].overtime_total, 0);
    assert_eq!(busy(&tally, 0), 60 * MINUTE + 10 * MINUTE - at);
}

#[test]
fn sessions_parked_at_the_end_are_open() {
    let (model, at) = messaging(24.0 * 60.0, &[1]);
    let (told, tally) = play(&model, &session_and(&[]));
    assert_eq!((told.ended.len(), told.cases.len(), busy(&tally, 0)), (1, 0, at + 5 * MINUTE));
    let more = more(&tally, 0);
    assert_eq!((total(&tally, 0).answered, more.cases, more.resolved, more.resumed), (1, 1, 0, 0));
}

#[test]
fn a_silent_customer_keeps_the_line_and_a_parked_one_does_not() {
    let (mut model, at) = messaging(20.0, &[2]);
    model.queues[0].lines = Some(1);
    let mut tape = session_and(&[]);
    let first = at.div_ceil(MINUTE);
    tape.queues[0] = column(&[(0, 10, None), (first + 2, 1, None), (first + 6, 1, None)]);
    model.queues[0].journey.silence.iter_mut().for_each(|silence| silence.lasts = minutes(20.0));
    let (told, tally) = play(&model, &Tape::of(tape.queues));
    assert_eq!((total(&tally, 0).blocked, total(&tally, 0).answered), (1, 2));
    let fates: Vec<Fate> = told.ended.iter().map(|story| story.fate).collect();
    assert_eq!(fates[1], Fate::Blocked);
}

#[test]
fn a_session_that_live_work_interrupts_falls_silent_where_it_would_have() {
    let (mut model, at) = messaging(3.0, &[1]);
    model.groups[0].serves[0].interruptible = true;
    // Interrupted for five minutes half-way to the silence, and again during it.
    let (told, tally) = play(&model, &session_and(&[(at / 2, 5), (at + 6 * MINUTE, 7)]));
    assert_eq!(told.waits(1), [0, 0]);
    // Silent from `at` + 5 to `at` + 8; the second interruption, which parked it, ends at `at` + 13.
    assert_eq!(told.cases[0].took.0, 10 * MINUTE + 5 * MINUTE + 8 * MINUTE);
    let more = more(&tally, 0);
    assert_eq!((more.resumed, more.resumed_wait), (1, 5 * MINUTE));
    assert_eq!(busy(&tally, 0), (10 + 5 + 7 + 1) * MINUTE);
}

#[test]
fn who_stays_away_is_not_there() {
    let mut model = one_line(&[10]);
    model.groups[0].people.absence = 0.4;
    let calls: Vec<Call> = (0..20).map(|_| (5, 30, None)).collect();
    let tape = tape(&[&calls]);
    let here = Rota::new(&model, GroupId(0)).map_or(10, |rota| rota.not_absent(&tape, 0, 10));
    assert!((1..10).contains(&here), "{here} of 10");
    let (told, tally) = play(&model, &tape);
    assert_eq!(told.waits(0).iter().filter(|&&wait| wait == 0).count(), here as usize);
    let away = u64::from(10 - here) * 60 * MINUTE;
    assert!(tally.groups[0].away.iter().all(|&time| time == away), "the same people all day");
    // One more seat changes nobody else's day.
    set_staff(&mut model, 0, &[11]);
    let more = Rota::new(&model, GroupId(0)).map_or(0, |rota| rota.not_absent(&tape, 0, 11));
    assert!(more == here || more == here + 1);
}

fn late(m: f64) -> Late {
    Late { share: 1.0, by: minutes(m) }
}

#[test]
fn who_comes_late_takes_up_work_on_coming() {
    let mut model = one_line(&[1, 0]);
    model.groups[0].people.late = Some(late(20.0));
    // Nobody else will ever come, and still this one is waited for.
    let (told, tally) = play(&model, &tape(&[&[(5, 5, None), (30, 5, None)]]));
    assert_eq!(told.waits(0), [15 * MINUTE, 0]);
    assert_eq!((tally.groups[0].away[0], tally.groups[0].away[1]), (20 * MINUTE, 0));
    // In a group whose people are known by what they hold too.
    model.groups[0].hands.capacity = 2;
    let (told, _) = play(&model, &tape(&[&[(5, 5, None), (6, 5, None)]]));
    assert_eq!(told.waits(0), [15 * MINUTE, 14 * MINUTE]);
}

#[test]
fn who_would_come_later_than_needed_does_not_come() {
    let mut model = one_line(&[2, 1, 1, 0]);
    model.groups[0].people.late = Some(late(80.0));
    let (told, tally) = play(&model, &tape(&[&[(65, 10, None), (66, 10, None)]]));
    assert_eq!(told.waits(0), [15 * MINUTE, 24 * MINUTE], "one person, from 1:20 on");
    assert_eq!(tally.groups[0].away[..3], [120 * MINUTE, 20 * MINUTE, 0]);
}

#[test]
fn beginners_take_longer() {
    let mut model = one_line(&[1]);
    model.queues[0].wrap = Some(minutes(3.0));
    model.groups[0].people.learning = Some(Learning { factor: 2.0, weeks: 4.0 });
    for capacity in [1, 2] {
        model.groups[0].hands.capacity = capacity;
        let mut tape = tape(&[&[(0, 10, None)]]);
        tape.queues[0].wrap = [3 * MINUTE].into_iter().collect();
        let (_, tally) = play(&model, &tape);
        assert_eq!(busy(&tally, 0), 23 * MINUTE, "twice ten on the first day, the wrap-up as ever");
    }
}

#[test]
fn who_self_service_only_seemed_to_settle_comes_back() {
    let mut model = one_line(&[1]);
    model.queues[0].journey.self_service = Some(SelfService {
        contained: Series::Constant(0.5),
        takes: None,
        factor: Factor::ONE,
        back: Some(back(0.0, None, 0)),
    });
    let mut tape = tape(&[&[(0, 10, None)]]);
    let queue = &mut tape.queues[0];
    (queue.entered, queue.contained) = (vec![0; 24], vec![0; 24]);
    (queue.entered[0], queue.contained[0], queue.entered[3], queue.contained[3]) = (3, 2, 1, 1);
    let back = |at, number, interval| ComesBack { at: at * MINUTE, number, interval };
    queue.back = vec![back(5, 1, 0), back(24 * 60, 3, 3)];
    let (told, tally) = play(&model, &tape);
    assert_eq!((told.waits(0), busy(&tally, 0)), (vec![0, 5 * MINUTE], 20 * MINUTE));
    let (cell, sum) = (total(&tally, 0), more(&tally, 0));
    assert_eq!((cell.offered(), cell.first_attempts, sum.repeats, sum.resolved), (2, 1, 1, 2));
    assert_eq!((sum.entered, sum.contained, sum.unseen), (4, 3, 1));
    assert_eq!((tally.queues[0].more[3].unseen, tally.queues[0].more[0].contained), (1, 2));
    model.run.warm_up = Micros::HOUR;
    let (_, tally) = play(&model, &tape);
    assert_eq!((more(&tally, 0).entered, more(&tally, 0).contained), (1, 1), "not in the warm-up");
}
