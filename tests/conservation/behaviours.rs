//! The same laws for a centre in which everything may happen at once: several contacts in hand, work put aside and
//! interrupted, sessions parked, transfers cold and warm, redials, repeats, questions, late calls, callbacks, people
//! who stay away or come late.

use crate::common::*;
use headcount::engine::{
    Call, Called, Cell, Ended, Fate, More, Resolved, Run, Staffing, Tally, Tape, Witness,
};
use headcount::model::*;
use headcount::units::Micros;
use proptest::prelude::*;

/// Everything that may vary.
#[derive(Clone, Debug)]
struct Knobs {
    days: usize,
    volumes: [u32; 3],
    staff: Vec<Vec<u32>>,
    capacity: u32,
    stretch: Vec<f64>,
    assign: Assign,
    take: Take,
    wrap: [u32; 3],
    patience: Option<u32>,
    limits: [Option<u32>; 3],
    warm: Option<bool>,
    transfer_to: usize,
    coming_back: [bool; 3],
    ask: bool,
    silence: Option<(u32, u32)>,
    /// Whether mail is suspended when its agent leaves, and interrupted.
    aside: [bool; 2],
    reserve: u32,
    chase: Option<Clock>,
    callback: Option<bool>,
    outside: u8,
    people: [bool; 3],
    moves_on: Option<u32>,
    at_close: [u8; 3],
    at_end: AtEnd,
}

fn minutes(shape: Shape, m: u32) -> Law {
    Law::constant(shape, 60.0 * f64::from(m))
}

/// Now minutes, now something continuous, so that there are ties.
fn law(m: u32) -> Law {
    let shape = if m.is_multiple_of(2) { Shape::Fixed } else { Shape::Exponential };
    minutes(shape, m)
}

fn back(m: u32, to: usize) -> Return {
    Return { probability: 0.5, after: law(m), most: Some(3), to: QueueId(to) }
}

fn hands() -> impl Strategy<Value = (u32, Vec<f64>, Assign, Take)> {
    (
        1_u32..5,
        prop::sample::select(vec![vec![1.0], vec![1.0, 1.2, 1.5]]),
        prop::sample::select(vec![Assign::LeastLoaded, Assign::FillFirst]),
        prop::sample::select(vec![Take::LongestWait, Take::InOrder, Take::LongestQueue, Take::EarliestDue]),
    )
}

/// Wrap-up, patience, most waiting and lines.
type Marks = ([u32; 3], Option<u32>, [Option<u32>; 3]);

fn marks() -> impl Strategy<Value = Marks> {
    let limit = || prop::option::weighted(0.3, 1_u32..12);
    ([0_u32..4, 0_u32..4, 0_u32..4], prop::option::of(1_u32..15), [limit(), limit(), limit()])
}

/// Silences, work put aside, agents held back, late items.
type Aside = (Option<(u32, u32)>, [bool; 2], u32, Option<Clock>);

fn aside() -> impl Strategy<Value = Aside> {
    (
        prop::option::of((1_u32..8, 0_u32..30)),
        any::<[bool; 2]>(),
        0_u32..2,
        prop::option::of(prop::sample::select(vec![Clock::Elapsed, Clock::Business])),
    )
}

fn knobs() -> impl Strategy<Value = Knobs> {
    let staff = prop::collection::vec(prop::collection::vec(0_u32..4, 24), 3);
    let size = (1_usize..3, [0_u32..25, 0_u32..25, 0_u32..12], staff);
    let passing = (prop::option::of(any::<bool>()), 0_usize..3, any::<[bool; 3]>(), any::<bool>());
    let outside = (prop::option::of(any::<bool>()), 0_u8..4, prop::option::of(1_u32..10));
    let ends = ([0_u8..3, 0_u8..3, 0_u8..3], prop::sample::select(vec![AtEnd::Finish, AtEnd::Drop]));
    (size, hands(), marks(), passing, aside(), outside, ends, any::<[bool; 3]>()).prop_map(
        |(size, hands, marks, passing, aside, outside, ends, people)| {
            let ((days, volumes, staff), (capacity, stretch, assign, take)) = (size, hands);
            let ((wrap, patience, limits), (warm, transfer_to, coming_back, ask)) = (marks, passing);
            let (silence, aside, reserve, chase) = aside;
            let ((callback, outside, moves_on), (at_close, at_end)) = (outside, ends);
            Knobs {
                days,
                volumes,
                staff,
                capacity,
                stretch,
                assign,
                take,
                wrap,
                patience,
                limits,
                warm,
                transfer_to,
                coming_back,
                ask,
                silence,
                aside,
                reserve,
                chase,
                callback,
                outside,
                people,
                moves_on,
                at_close,
                at_end,
            }
        },
    )
}

/// Calls, chats and mail; a group for calls, one for chats, one for everything.
fn build(k: &Knobs) -> Model {
    let open = opening(k.days, 24, 7..19);
    let at_close =
        |q: usize| [AtClose::Finish, AtClose::Drop, AtClose::CarryOver][usize::from(k.at_close[q])];
    let channels = [Channel::Voice, Channel::Messaging, Channel::Email];
    let handle = [6, 15, 9];
    let queues: Vec<Queue> = (0..3)
        .map(|q| {
            let volume = |i| if open.is_open(i) { f64::from(k.volumes[q]) } else { 0.0 };
            let mut route = vec![to(2)];
            if q < 2 {
                route.insert(0, to(q));
            }
            let volumes = (0..k.days * 24).map(volume).collect();
            let mut queue = queue(&format!("q{q}"), &open, volumes, law(handle[q]), route);
            queue.channel = channels[q];
            queue.wrap = (k.wrap[q] > 0).then(|| law(k.wrap[q]));
            queue.patience = k.patience.filter(|_| q < 2).map(law);
            queue.max_waiting = k.limits[q].filter(|_| q < 2);
            queue.lines = k.limits[2].filter(|_| q == 1);
            queue.at_close = at_close(q);
            queue
        })
        .collect();
    let mut model = model(calendar(k.days, Micros::HOUR, open.clone()), queues, groups(k, &open));
    model.run.at_end = k.at_end;
    behave(k, &mut model);
    model
}

fn groups(k: &Knobs, open: &Opening) -> Vec<Group> {
    let serves: [&[usize]; 3] = [&[0], &[1], &[0, 1, 2]];
    let groups = serves.iter().zip(&k.staff).enumerate().map(|(g, (serves, staff))| {
        let at_work = (0..k.days * 24).map(|i| if open.is_open(i) { staff[i % 24] } else { 0 }).collect();
        let mut group = group(&format!("g{g}"), open, serves, at_work);
        group.take = k.take;
        if g > 0 {
            let stretch = k.stretch.iter().map(|&stretch| Factor::new(stretch)).collect();
            group.hands = Hands { capacity: k.capacity, stretch, assign: k.assign, typing: None };
        }
        for skill in &mut group.serves {
            // Chats share hands, calls and mail do not.
            skill.need = if g == 0 || skill.queue == QueueId(1) { 1 } else { k.capacity };
            if skill.queue == QueueId(2) {
                (skill.interruptible, skill.reserve) = (k.aside[1], k.reserve);
            }
        }
        if k.people[g] {
            let late = Late { share: 0.4, by: law(7) };
            group.people = People { absence: 0.2, late: Some(late), learning: None };
        }
        group
    });
    groups.collect()
}

fn behave(k: &Knobs, model: &mut Model) {
    let [calls, chats, mail] = model.queues.as_mut_slice() else { return };
    let transfer =
        |warm: bool| Transfer { probability: 0.4, to: QueueId(k.transfer_to), warm: warm.then(|| law(2)) };
    calls.journey.transfer = k.warm.map(transfer);
    calls.journey.redial = k.coming_back[0].then(|| back(10, 0));
    calls.journey.redial_blocked = k.coming_back[1].then(|| back(5, 1));
    chats.journey.repeat = k.coming_back[2].then(|| back(90, 0));
    calls.after_wait =
        k.moves_on.map(|m| AfterWait { wait: Micros::from_mins(u64::from(m)), to: QueueId(1) });
    calls.journey.outside = match k.outside {
        0 => Outside::Voicemail(QueueId(2)),
        1 if k.callback.is_some() => Outside::Callback,
        _ => Outside::TurnedAway,
    };
    calls.journey.callback = k.callback.map(|apart| Callback {
        offer: Offer::Waiting(1),
        share: 1.0,
        accept: Curve::constant(0.6),
        place: if apart { Place::Separate } else { Place::Keep },
        promise: Micros::from_mins(60),
        reserve: 0,
        reached: 0.7,
        attempts: 2,
        retry_after: law(20),
        dialling: None,
        factor: Factor::ONE,
        scored: Scored::Apart,
    });
    chats.journey.silence = k.silence.map(|(every, lasts)| Silence {
        every: Micros::from_mins(u64::from(every)),
        lasts: law(lasts),
        park_after: Micros::from_mins(6),
    });
    mail.journey.suspend = k.aside[0];
    mail.journey.ask_back = k.ask.then(|| AskBack { probability: 0.4, after: law(45) });
    let due = |clock| Due { within: Micros::from_mins(50), clock };
    mail.journey.chase = k.chase.map(|clock| Chase { probability: 0.6, due: due(clock), to: QueueId(0) });
}

/// A witness that remembers everything.
#[derive(Default)]
struct Told {
    ended: Vec<Ended>,
    cases: Vec<Resolved>,
    called: Vec<Called>,
}

impl Witness for Told {
    fn ended(&mut self, story: &Ended) {
        self.ended.push(*story);
    }

    fn resolved(&mut self, case: &Resolved) {
        self.cases.push(*case);
    }

    fn called(&mut self, called: &Called) {
        self.called.push(*called);
    }
}

fn cells(tally: &Tally, queue: usize) -> Cell {
    let mut sum = Cell::default();
    tally.queues[queue].cells.iter().for_each(|cell| sum.add(cell));
    sum
}

fn more(tally: &Tally, queue: usize) -> More {
    let mut sum = More::default();
    tally.queues[queue].more.iter().for_each(|more| sum.add(more));
    sum
}

/// Agent time adds up in every group and interval.
fn agent_time(model: &Model, tally: &Tally) -> Result<(), TestCaseError> {
    let staffing = Staffing::given(model);
    for (g, group) in tally.groups.iter().enumerate() {
        prop_assert!(group.overtime_total <= group.busy_total);
        prop_assert!(group.busy.iter().sum::<u64>() <= group.busy_total);
        for (i, (&busy, &over)) in group.busy.iter().zip(&group.overtime).enumerate() {
            let staffed = u64::from(staffing.at(GroupId(g), i)) * Micros::HOUR.0 - group.away_in(i);
            prop_assert!(over <= busy && busy - over <= staffed, "{g} {i}: {busy} − {over} of {staffed}");
            if group.loads > 0 {
                let at_load = &group.at_load[i * group.loads..][..group.loads];
                prop_assert_eq!((at_load[0], at_load.iter().sum::<u64>()), (0, busy), "{} {}", g, i);
            }
        }
    }
    Ok(())
}

/// Contacts balance in every queue, and what was answered is settled, passed on, asked back or in hand.
fn contacts(k: &Knobs, told: &Told, tally: &Tally) -> Result<(), TestCaseError> {
    let (mut answered, mut settled, mut moved_on) = (0, 0, 0);
    for q in 0..3 {
        let (cell, more) = (cells(tally, q), more(tally, q));
        let counted = told.ended.iter().filter(|story| story.queue == q && story.counted).count();
        prop_assert_eq!(cell.offered(), counted as u64);
        if !tally.queues[q].more.is_empty() {
            let elsewhere = more.redials + more.redials_blocked + more.repeats;
            let elsewhere = elsewhere + more.transferred + more.chases + more.replies;
            prop_assert_eq!(cell.offered(), cell.first_attempts + elsewhere, "queue {}", q);
            prop_assert_eq!(
                cell.callbacks,
                more.connected + more.not_reached + more.callbacks_unfinished,
                "queue {}",
                q
            );
            prop_assert!(more.resumed_in_time <= more.resumed && more.resolved <= more.cases);
            answered += cell.answered + more.connected;
            settled += more.resolved + more.transferred + more.replies;
        }
        moved_on += cell.moved_on;
    }
    let whole = (0..3).all(|q| !tally.queues[q].more.is_empty());
    if whole {
        // Who moves on is counted as passed on where they come.
        prop_assert!(settled <= answered + moved_on, "{settled} settled of {answered}, {moved_on} moved");
        if k.aside == [false; 2] && !k.ask && k.warm.is_none() && k.silence.is_none() {
            // Nothing is ever put aside or passed on: whoever was answered was settled.
            let answered =
                told.ended.iter().filter(|story| matches!(story.fate, Fate::Answered { .. })).count();
            let connected =
                told.called.iter().filter(|told| matches!(told.call, Call::Connected { .. })).count();
            prop_assert_eq!(told.cases.len(), answered + connected);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_everything_balances(knobs in knobs(), seed in any::<u64>()) {
        let model = build(&knobs);
        let tape = Tape::draw(&model, seed, 0);
        let staffing = Staffing::given(&model);
        let mut told = Told::default();
        let mut run = Run::new(&model);
        let tally = run.play(&tape, &staffing, &mut told).clone();
        agent_time(&model, &tally)?;
        contacts(&knobs, &told, &tally)?;
        // Stopping at every boundary, and going on with a copy, changes nothing.
        run.begin();
        for i in 0..=model.grid().intervals() {
            run.advance(&tape, &staffing, i, &mut ());
            run = run.clone();
        }
        run.finish(&tape, &staffing, &mut ());
        prop_assert_eq!(run.tally(), &tally);
    }

    #[test]
    fn work_put_aside_is_neither_lost_nor_done_twice(
        knobs in knobs().prop_map(one_at_a_time),
        seed in any::<u64>(),
    ) {
        let model = build(&knobs);
        let mut told = Told::default();
        let tape = Tape::draw(&model, seed, 0);
        let tally = Run::new(&model).play(&tape, &Staffing::given(&model), &mut told).clone();
        let worked = |story: &Ended| match story.fate {
            Fate::Answered { busy, .. } => Some((story.queue, busy.0)),
            _ => None,
        };
        let answered: Vec<(usize, u64)> = told.ended.iter().filter_map(worked).collect();
        let busy: u64 = tally.groups.iter().map(|group| group.busy_total).sum();
        let whole: u64 = answered.iter().map(|(_, busy)| busy).sum();
        // Unless some mail was put aside in the end.
        let mail = |queue: usize| queue == 2;
        let settled = told.cases.iter().filter(|case| mail(case.queue)).count();
        let all = settled == answered.iter().filter(|(queue, _)| mail(*queue)).count();
        prop_assert!(if all { busy == whole } else { busy < whole }, "{} of {}", busy, whole);
    }
}

/// Agents with one contact at a time, who work on all they hold; mail is interrupted and suspended, to be taken up by
/// anybody.
fn one_at_a_time(knobs: Knobs) -> Knobs {
    let [calls, chats, _] = knobs.wrap;
    Knobs {
        capacity: 1,
        stretch: vec![1.0],
        wrap: [calls, chats, 0],
        aside: [true; 2],
        at_end: AtEnd::Finish,
        at_close: [0, 0, 2],
        warm: None,
        silence: None,
        callback: None,
        ask: false,
        ..knobs
    }
}
