//! Two engines, one answer: on the same tape the recursion and the event loop give every contact the same fate,
//! wait and agent-time, on random scenarios full of ties (fixed times, equal patience, staff up and down). The event loop
//! has a quicker way where nothing is switched on in any queue that it plays: it tells what the ordinary one tells,
//! of every contact, or of all who found an agent idle together.
//! Where several queues are played, those that stand apart are the recursion's, and fare as in the event loop.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::*;
use headcount::engine::{Cell, Ended, Fate, Method, QueueTape, Run, Staffing, Tally, Tape, Witness};
use headcount::model::*;
use headcount::units::{Durations, Micros};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A law that often gives equal times: multiples of whole minutes, or something continuous.
fn law() -> impl Strategy<Value = Law> {
    prop_oneof![
        3 => (1_u32..40).prop_map(|m| Law::constant(Shape::Fixed, 60.0 * f64::from(m))),
        2 => (1_u32..30, 1_u32..4).prop_map(|(m, n)| {
            let values = (0..=n).map(|k| f64::from(k) * 2.0 / f64::from(n)).collect();
            Law::constant(Shape::Empirical { values }, 60.0 * f64::from(m))
        }),
        2 => (1_u32..30).prop_map(|m| Law::constant(Shape::Exponential, 60.0 * f64::from(m))),
    ]
}

fn law_of_a_minute() -> Law {
    Law::constant(Shape::Fixed, 60.0)
}

#[derive(Debug, Clone)]
struct Case {
    model: Model,
    seed: u64,
}

fn case() -> impl Strategy<Value = Case> {
    let shape = (1_usize..4, 0_usize..20, 1_usize..25, any::<u64>());
    let laws = (
        law(),
        prop::option::of(law()),
        prop::option::of(law()),
        prop::option::of(law()),
        prop_oneof![Just(0.0), Just(0.3)],
    );
    let rules = (
        prop_oneof![Just(AtClose::Finish), Just(AtClose::Drop), Just(AtClose::CarryOver)],
        prop_oneof![Just(AtEnd::Finish), Just(AtEnd::Drop)],
        prop_oneof![Just(0_u64), Just(45)],
        0_u64..3,
    );
    let staff = prop::collection::vec(0_u32..6, 24);
    let volumes = prop::collection::vec(0_u32..25, 24);
    (shape, laws, rules, staff, volumes).prop_map(
        |((days, from, length, seed), laws, rules, staff, volumes)| {
            let (handle, own, wrap, patience, balk) = laws;
            let (at_close, at_end, run_in, warm_up) = rules;
            let open = opening(days, 24, from..(from + length).min(24));
            let per_run = |i: usize| (i % 24, open.is_open(i));
            let arriving =
                (0..days * 24).map(per_run).map(|(h, on)| if on { f64::from(volumes[h]) } else { 0.0 });
            let working = (0..days * 24).map(per_run).map(|(h, on)| if on { staff[h] } else { 0 });
            let arriving = arriving.collect();
            let working = working.collect();
            let mut calendar = calendar(days, Micros::HOUR, open.clone());
            let run_in = Micros::from_mins(run_in);
            calendar.grid.lead = if run_in > Micros::ZERO { Micros::HOUR } else { Micros::ZERO };
            let mut queue = queue("phone", &open, arriving, handle, vec![to(0)]);
            queue.wrap = wrap;
            queue.patience = patience;
            queue.balk = balk;
            queue.at_close = at_close;
            let mut agents = group("agents", &open, &[0], working);
            agents.serves[0].handle = own;
            let mut model = model(calendar, vec![queue], vec![agents]);
            model.run.at_end = at_end;
            model.run.warm_up = Micros(Micros::HOUR.0 * warm_up);
            model.run.start = if run_in > Micros::ZERO { Start::Steady { run_in } } else { Start::Empty };
            Case { model, seed }
        },
    )
}

/// Arrivals on whole minutes, so that they tie with everything else.
fn coarse(mut tape: Tape) -> Tape {
    for t in tape.queues.iter_mut().flat_map(|queue| &mut queue.arrive) {
        *t -= *t % 60_000_000;
    }
    tape
}

fn play(model: &Model, tape: &Tape, method: Method) -> (Vec<Ended>, Tally) {
    let mut stories = Stories::default();
    let mut run = Run::with(model, method);
    let tally = run.play(tape, &Staffing::given(model), &mut stories).clone();
    stories.0.sort_by_key(|story| (story.queue, story.position));
    (stories.0, tally)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn both_engines_tell_the_same_story(case in case()) {
        prop_assert!(Method::is_one_line(&case.model));
        for tape in [Tape::draw(&case.model, case.seed, 0), coarse(Tape::draw(&case.model, case.seed, 1))] {
            let (line, line_tally) = play(&case.model, &tape, Method::Line);
            let (floor, floor_tally) = play(&case.model, &tape, Method::Floor);
            prop_assert_eq!(line.len(), tape.contacts());
            for (one, other) in line.iter().zip(&floor) {
                prop_assert_eq!(one, other);
            }
            prop_assert_eq!(line.len(), floor.len());
            prop_assert_eq!(line_tally, floor_tally);
        }
    }

    #[test]
    fn pausing_changes_nothing(case in case(), stops in prop::collection::vec(0_usize..80, 1..4)) {
        let tape = coarse(Tape::draw(&case.model, case.seed, 0));
        let staffing = Staffing::given(&case.model);
        let mut stops = stops;
        stops.sort_unstable();
        for method in [Method::Line, Method::Floor] {
            let (_, whole) = play(&case.model, &tape, method);
            let mut run = Run::with(&case.model, method);
            run.begin();
            for &stop in &stops {
                run.advance(&tape, &staffing, stop, &mut ());
                run = run.clone();
            }
            let mut settled = run.clone();
            settled.settle(&tape, &staffing, stops[0], &mut ());
            run.finish(&tape, &staffing, &mut ());
            prop_assert_eq!(run.tally(), &whole);
            for i in 0..=stops[0].min(case.model.grid().intervals() - 1) {
                let (cell, other) = (&settled.tally().queues[0].cells[i], &whole.queues[0].cells[i]);
                prop_assert_eq!(cell.offered(), other.offered());
                prop_assert_eq!(cell.answered_wait, other.answered_wait);
            }
        }
    }
}

/// Several queues and groups in which nothing is switched on, open for some hours of one to three days; begun empty or
/// not, and sometimes with so many other queues that a word has no bit for each.
fn centre() -> impl Strategy<Value = Case> {
    let queue_of =
        (law(), prop::option::of(law()), prop_oneof![2 => Just(0.0), 1 => Just(0.3)], 0_u32..15, 1_u32..4);
    let more = (prop::option::weighted(0.3, law()), 1_u64..4, 0_u64..4);
    let take = prop_oneof![
        Just(Take::InOrder),
        Just(Take::LongestWait),
        Just(Take::Priority),
        Just(Take::Weighted),
        Just(Take::EarliestDue),
    ];
    let close = prop_oneof![Just(AtClose::Finish), Just(AtClose::Drop), Just(AtClose::CarryOver)];
    // How much longer than others a group takes, and by which law of its own.
    let own = (1_u32..4, prop::option::weighted(0.3, law()));
    let group_of = (1_usize..8, take, prop::collection::vec(0_u32..5, 24), own);
    let start = prop_oneof![
        2 => Just(Start::Empty),
        1 => (1_u64..90).prop_map(|minutes| Start::Steady { run_in: Micros::from_mins(minutes) }),
    ];
    let shape = (1_usize..4, 0_usize..20, 2_usize..25, any::<u64>(), close);
    let warm_up = prop_oneof![2 => Just(0), 1 => 1_u64..6];
    // Whether there are very many queues; whether who has waited longest is next everywhere, by that or by equal keys.
    let wide = prop::bool::weighted(0.2);
    let in_turn = prop_oneof![
        3 => Just(None),
        2 => Just(Some(Take::LongestWait)),
        1 => Just(Some(Take::Priority)),
        1 => Just(Some(Take::Weighted)),
    ];
    let at_end = prop_oneof![Just(AtEnd::Finish), Just(AtEnd::Drop)];
    let shape = (shape, start, (warm_up, at_end), wide, in_turn);
    let all = (shape, prop::collection::vec((queue_of, more), 1..4), prop::collection::vec(group_of, 1..4));
    all.prop_map(
        |(
            ((days, from, length, seed, at_close), start, (warm_up, at_end), wide, in_turn),
            queues,
            groups,
        )| {
            let open = opening(days, 24, from..(from + length).min(24));
            let over_day = |value: &dyn Fn(usize) -> u32| -> Vec<u32> {
                (0..days * 24).map(|i| if open.is_open(i) { value(i % 24) } else { 0 }).collect()
            };
            let serves = |skills: usize| -> Vec<usize> {
                (0..queues.len()).filter(|q| skills >> q & 1 == 1).collect()
            };
            let routed = |q: usize| {
                let able = groups.iter().enumerate().filter(|(_, (skills, ..))| skills >> q & 1 == 1);
                able.map(|(g, _)| to(g)).collect::<Vec<_>>()
            };
            let mut made = Vec::new();
            for (q, ((handle, patience, balk, volume, priority), (wrap, weight, many))) in
                queues.iter().enumerate()
            {
                let volumes = over_day(&|_| *volume).into_iter().map(f64::from).collect();
                let mut queue = queue(&format!("q{q}"), &open, volumes, handle.clone(), routed(q));
                (queue.patience, queue.balk, queue.priority, queue.at_close) =
                    (patience.clone(), *balk, *priority, at_close);
                (queue.wrap, queue.weight) = (wrap.clone(), weight << 32);
                if in_turn.is_some() {
                    (queue.priority, queue.weight) = (3, 2 << 32);
                }
                queue.thresholds = (0..2 + many).map(|k| Micros::from_secs(100 * k)).collect();
                made.push(queue);
            }
            if wide {
                let silent =
                    |q| queue(&format!("silent{q}"), &open, vec![0.0; days * 24], law_of_a_minute(), vec![]);
                made.extend((0..66).map(silent));
            }
            let mut hired = Vec::new();
            for (g, (skills, take, staff, (longer, own))) in groups.iter().enumerate() {
                let mut group =
                    group(&format!("g{g}"), &open, &serves(*skills), over_day(&|hour| staff[hour]));
                group.take = in_turn.unwrap_or(*take);
                if let Some(skill) = group.serves.first_mut() {
                    (skill.factor, skill.handle) = (Factor::new(f64::from(*longer) / 2.0), own.clone());
                }
                hired.push(group);
            }
            let mut model = model(calendar(days, Micros::HOUR, open.clone()), made, hired);
            model.run.start = start;
            (model.run.warm_up, model.run.at_end) = (Micros(warm_up * Micros::HOUR.0), at_end);
            if let Start::Steady { run_in } = start {
                model.calendar.grid.lead = run_in;
            }
            Case { model, seed }
        },
    )
}

/// What stands beside the first queue and its group: one more of each.
#[derive(Debug, Clone)]
struct Neighbour {
    open: std::ops::Range<usize>,
    handle: Law,
    patience: Option<Law>,
    volume: u32,
    staff: Vec<u32>,
    at_close: AtClose,
    /// Whether its queue and its group share work with the others of the kind, instead of having only each other.
    shares: bool,
    limit: Option<u32>,
}

fn neighbour() -> impl Strategy<Value = Neighbour> {
    let close = prop_oneof![Just(AtClose::Finish), Just(AtClose::Drop), Just(AtClose::CarryOver)];
    let rules = (close, any::<bool>(), prop::option::weighted(0.2, 0_u32..4));
    let demand = (0_usize..20, 1_usize..25, 0_u32..15);
    (demand, law(), prop::option::of(law()), prop::collection::vec(0_u32..5, 24), rules).prop_map(
        |((from, length, volume), handle, patience, staff, (at_close, shares, limit))| {
            let open = from..(from + length).min(24);
            Neighbour { open, handle, patience, volume, staff, at_close, shares, limit }
        },
    )
}

/// A centre in which the recursion can play some queues, and maybe not all; each keeps its own hours.
fn partly_apart() -> impl Strategy<Value = Case> {
    (case(), prop::collection::vec(neighbour(), 1..5)).prop_map(|(mut case, neighbours)| {
        let model = &mut case.model;
        let days = model.grid().days;
        let sharing: Vec<usize> =
            (1..).zip(&neighbours).filter(|(_, one)| one.shares).map(|(n, _)| n).collect();
        for (n, one) in (1..).zip(&neighbours) {
            let open = opening(days, 24, one.open.clone());
            let hours = |i: usize| open.is_open(i).then_some(i % 24);
            let volumes = (0..days * 24).map(|i| hours(i).map_or(0.0, |_| f64::from(one.volume))).collect();
            let staff = (0..days * 24).map(|i| hours(i).map_or(0, |hour| one.staff[hour])).collect();
            let with = if one.shares { sharing.clone() } else { vec![n] };
            let route = with.iter().map(|&group| to(group)).collect();
            let mut queue = queue(&format!("q{n}"), &open, volumes, one.handle.clone(), route);
            (queue.patience, queue.at_close) = (one.patience.clone(), one.at_close);
            queue.max_waiting = one.limit;
            model.queues.push(queue);
            model.groups.push(group(&format!("g{n}"), &open, &with, staff));
        }
        case
    })
}

/// The same with one queue more, which nobody calls and whose line has a limit: that is enough for the ordinary way.
fn with_a_limit_somewhere(case: &Case, tape: &Tape) -> (Model, Tape) {
    let (mut model, mut tape) = (case.model.clone(), tape.clone());
    let mut idle = model.queues[0].clone();
    (idle.max_waiting, idle.route) = (Some(1), Vec::new());
    idle.volumes.fill(0.0);
    model.queues.push(idle);
    tape.queues.push(QueueTape { handle: vec![Durations::default()], ..QueueTape::default() });
    (model, tape)
}

/// Every contact's story, in order of queue and position, and what was counted of the queues and groups of the first model.
fn told(model: &Model, tape: &Tape, stops: &[usize]) -> (Vec<Ended>, Tally) {
    let mut stories = Stories::default();
    let (mut run, staffing) = (Run::with(model, Method::Floor), Staffing::given(model));
    run.begin();
    for &stop in stops {
        run.advance(tape, &staffing, stop, &mut stories);
        run = run.clone();
    }
    run.finish(tape, &staffing, &mut stories);
    // That somebody hung up is told when it is noticed, which may be sooner or later.
    stories.0.sort_by_key(|story| (story.queue, story.position));
    (stories.0, run.tally().clone())
}

/// What became of who came up to an interval, played on until they all have their fate.
fn settled(model: &Model, tape: &Tape, interval: usize) -> Vec<Vec<(u64, u64, u64, u64)>> {
    let mut run = Run::with(model, Method::Floor);
    run.begin();
    run.settle(tape, &Staffing::given(model), interval, &mut ());
    let fates = |cell: &Cell| (cell.offered(), cell.answered, cell.abandoned, cell.answered_wait);
    run.tally().queues.iter().map(|queue| queue.cells[..=interval].iter().map(fates).collect()).collect()
}

/// How many of the answered who count waited how long, by queue and wait.
#[derive(Default)]
struct Waits(BTreeMap<(usize, u64), u64>);

impl Witness for Waits {
    fn ended(&mut self, story: &Ended) {
        if story.counted && matches!(story.fate, Fate::Answered { .. }) {
            *self.0.entry((story.queue, story.wait.0)).or_default() += 1;
        }
    }

    fn hears_all(&self) -> bool {
        false
    }

    fn found_idle(&mut self, queue: usize, contacts: u64) {
        if contacts > 0 {
            *self.0.entry((queue, 0)).or_default() += contacts;
        }
    }
}

fn waits_of(stories: &[Ended]) -> BTreeMap<(usize, u64), u64> {
    let mut waits = Waits::default();
    for story in stories {
        waits.ended(story);
    }
    waits.0
}

/// The same as a witness counts who need not hear every story.
fn waits_told_in_passing(model: &Model, tape: &Tape) -> BTreeMap<(usize, u64), u64> {
    let mut waits = Waits::default();
    Run::with(model, Method::Floor).play(tape, &Staffing::given(model), &mut waits);
    waits.0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn queues_that_stand_apart_fare_as_in_the_event_loop(
        case in partly_apart(),
        stops in prop::collection::vec(0_usize..80, 1..4)
    ) {
        prop_assert!(Method::of(&case.model) == Method::Line && !Method::is_one_line(&case.model));
        let (tape, staffing) = (coarse(Tape::draw(&case.model, case.seed, 1)), Staffing::given(&case.model));
        for tape in [&Tape::draw(&case.model, case.seed, 0), &tape] {
            let (both, both_tally) = play(&case.model, tape, Method::Line);
            let (floor, floor_tally) = play(&case.model, tape, Method::Floor);
            prop_assert_eq!(both, floor);
            prop_assert_eq!(both_tally, floor_tally);
        }
        let stops = { let mut stops = stops; stops.sort_unstable(); stops };
        let paused = |method| {
            let mut run = Run::with(&case.model, method);
            run.begin();
            for &stop in &stops {
                run.advance(&tape, &staffing, stop, &mut ());
                run = run.clone();
            }
            run
        };
        let (mut both, mut floor) = (paused(Method::Line), paused(Method::Floor));
        let mut settled = both.clone();
        settled.settle(&tape, &staffing, stops[0], &mut ());
        both.finish(&tape, &staffing, &mut ());
        floor.finish(&tape, &staffing, &mut ());
        prop_assert_eq!(both.tally(), floor.tally());
        for (early, whole) in settled.tally().queues.iter().zip(&floor.tally().queues) {
            for (cell, other) in early.cells.iter().zip(&whole.cells).take(stops[0] + 1) {
                prop_assert_eq!((cell.offered(), cell.answered_wait), (other.offered(), other.answered_wait));
            }
        }
    }

    #[test]
    fn the_quick_way_tells_what_the_ordinary_one_tells(
        case in centre(),
        stops in prop::collection::vec(0_usize..80, 0..3)
    ) {
        let stops = { let mut stops = stops; stops.sort_unstable(); stops };
        for drawn in &[Tape::draw(&case.model, case.seed, 0), coarse(Tape::draw(&case.model, case.seed, 1))] {
            let (quick, counted) = told(&case.model, drawn, &stops);
            prop_assert_eq!(waits_of(&quick), waits_told_in_passing(&case.model, drawn));
            let (model, tape) = with_a_limit_somewhere(&case, drawn);
            let (ordinary, mut all) = told(&model, &tape, &[]);
            all.queues.truncate(case.model.queues.len());
            prop_assert_eq!(quick, ordinary);
            prop_assert_eq!(counted, all);
            let i = stops.first().copied().unwrap_or(12).min(case.model.grid().intervals() - 1);
            let (quick, mut ordinary) = (settled(&case.model, drawn, i), settled(&model, &tape, i));
            ordinary.truncate(quick.len());
            prop_assert_eq!(quick, ordinary);
        }
    }
}
