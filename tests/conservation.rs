//! Laws that hold whatever the scenario: contacts balance, agent time adds up, nobody is in two places, and a group
//! that nothing reaches changes nothing.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::*;
use headcount::engine::{Ended, Fate, Run, Staffing, Tally, Tape};
use headcount::model::*;
use headcount::units::Micros;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[derive(Debug, Clone)]
struct QueueCase {
    volume: u32,
    handle: u32,
    wrap: u32,
    patience: Option<u32>,
    balk: bool,
    lines: Option<u32>,
    max_waiting: Option<u32>,
    after: u32,
    moves_after: Option<u32>,
    at_close: u8,
}

fn queue_case() -> impl Strategy<Value = QueueCase> {
    let marks = (0_u32..30, 1_u32..20, 0_u32..4, prop::option::of(1_u32..20), any::<bool>());
    let limits = (
        prop::option::of(2_u32..12),
        prop::option::of(0_u32..6),
        0_u32..4,
        prop::option::of(1_u32..10),
        0_u8..3,
    );
    (marks, limits).prop_map(|((volume, handle, wrap, patience, balk), limits)| {
        let (lines, max_waiting, after, moves_after, at_close) = limits;
        QueueCase { volume, handle, wrap, patience, balk, lines, max_waiting, after, moves_after, at_close }
    })
}

fn minutes(shape: Shape, m: u32) -> Law {
    Law::constant(shape, 60.0 * f64::from(m))
}

/// Three groups over two or three queues: specialists for the first two, a group for all.
fn build(cases: &[QueueCase], staff: &[Vec<u32>], take: Take, days: usize) -> Model {
    let intervals = days * 24;
    let open = opening(days, 24, 7..19);
    let last = cases.len() - 1;
    let queues = cases.iter().enumerate().map(|(q, case)| {
        let volumes =
            (0..intervals).map(|i| if open.is_open(i) { f64::from(case.volume) } else { 0.0 }).collect();
        let mut route =
            vec![RouteStep { group: GroupId(2), after: Micros::from_mins(u64::from(case.after)) }];
        if q < 2 {
            route.insert(0, to(q));
        }
        let mut queue =
            queue(&format!("q{q}"), &open, volumes, minutes(Shape::Exponential, case.handle), route);
        queue.wrap = (case.wrap > 0).then(|| minutes(Shape::Fixed, case.wrap));
        queue.patience = case.patience.map(|m| minutes(Shape::Exponential, m));
        queue.balk = if case.balk { 0.2 } else { 0.0 };
        queue.lines = case.lines;
        queue.max_waiting = case.max_waiting;
        queue.at_close = [AtClose::Finish, AtClose::Drop, AtClose::CarryOver][usize::from(case.at_close)];
        // Overflow runs to the next queue, and from the last to the first: a circle.
        let next = QueueId(if q == last { 0 } else { q + 1 });
        queue.after_wait = case
            .moves_after
            .map(|m| AfterWait { wait: Micros::from_mins(u64::from(m)), to: next })
            .filter(|leave| leave.to != QueueId(q));
        queue
    });
    let everyone: Vec<usize> = (0..cases.len()).collect();
    let groups = [("a", vec![0]), ("b", vec![1]), ("all", everyone)].into_iter().zip(staff).map(
        |((name, serves), staff)| {
            let at_work = (0..intervals).map(|i| if open.is_open(i) { staff[i % 24] } else { 0 }).collect();
            let serves: Vec<usize> = serves.into_iter().filter(|&q| q < cases.len()).collect();
            let mut group = group(name, &open, &serves, at_work);
            group.take = take;
            group
        },
    );
    model(calendar(days, Micros::HOUR, open.clone()), queues.collect(), groups.collect())
}

fn model_case() -> impl Strategy<Value = Model> {
    let take = prop::sample::select(vec![
        Take::LongestWait,
        Take::InOrder,
        Take::Priority,
        Take::LongestQueue,
        Take::Weighted,
        Take::EarliestDue,
    ]);
    let staff = prop::collection::vec(prop::collection::vec(0_u32..5, 24), 3);
    (prop::collection::vec(queue_case(), 2..4), staff, take, 1_usize..3)
        .prop_map(|(cases, staff, take, days)| build(&cases, &staff, take, days))
}

fn play(model: &Model, tape: &Tape) -> (Vec<Ended>, Tally) {
    let mut stories = Stories::default();
    let tally = Run::new(model).play(tape, &Staffing::given(model), &mut stories).clone();
    (stories.0, tally)
}

/// The most agents of a group at work at once, from the contacts' stories.
fn most_at_once(stories: &[Ended], group: usize) -> usize {
    let mut steps = Vec::new();
    for story in stories {
        if let Fate::Answered { group: g, busy } = story.fate
            && g == group
            && busy > Micros::ZERO
        {
            let start = story.arrived + story.wait;
            steps.push((start, 1_i64));
            steps.push((start + busy, -1));
        }
    }
    steps.sort_unstable();
    let mut now = 0;
    steps
        .iter()
        .map(|step| {
            now += step.1;
            now
        })
        .max()
        .unwrap_or(0) as usize
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn contacts_and_agent_time_balance(model in model_case(), seed in any::<u64>()) {
        let tape = Tape::draw(&model, seed, 0);
        let (stories, tally) = play(&model, &tape);
        let moved = stories.iter().filter(|s| s.fate == Fate::MovedOn).count();
        // Nobody is lost and nobody is made up: every contact ends once, and once more for every queue it was sent to.
        prop_assert_eq!(stories.len(), tape.contacts() + moved);
        let own: BTreeSet<_> = stories.iter().map(|s| (s.queue, s.position, s.arrived)).collect();
        prop_assert_eq!(own.len(), stories.len());
        // Rule 2, and the cells hold exactly what was counted.
        let offered: u64 = tally.queues.iter().flat_map(|q| &q.cells).map(headcount::engine::Cell::offered).sum();
        prop_assert_eq!(offered as usize, stories.iter().filter(|s| s.counted).count());
        for queue in &tally.queues {
            let cells = |f: fn(&headcount::engine::Cell) -> u64| queue.cells.iter().map(f).sum::<u64>();
            prop_assert_eq!(queue.answered_in.iter().sum::<u64>(), cells(|c| c.answered));
            prop_assert_eq!(queue.abandoned_in.iter().sum::<u64>(), cells(|c| c.abandoned));
        }
        // Agent time is what the contacts took, and never more than there was.
        for (g, group) in tally.groups.iter().enumerate() {
            let worked = |s: &Ended| match s.fate { Fate::Answered { group, busy } if group == g => busy.0, _ => 0 };
            prop_assert_eq!(group.busy_total, stories.iter().map(worked).sum::<u64>());
            prop_assert!(group.overtime_total <= group.busy_total);
            let staffing = Staffing::given(&model);
            for (i, (&busy, &over)) in group.busy.iter().zip(&group.overtime).enumerate() {
                let scheduled = u64::from(staffing.at(GroupId(g), i)) * Micros::HOUR.0;
                prop_assert!(busy - over <= scheduled, "interval {}: {} busy, {} scheduled", i, busy - over, scheduled);
            }
            let most = staffing.of(GroupId(g)).iter().max().copied().unwrap_or(0) as usize;
            // Those told to leave may overlap with newcomers, at most once each.
            prop_assert!(most_at_once(&stories, g) <= 2 * most);
        }
    }

    #[test]
    fn a_group_that_nothing_reaches_changes_nothing(model in model_case(), seed in any::<u64>()) {
        let (before, _) = play(&model, &Tape::draw(&model, seed, 3));
        let mut more = model.clone();
        let open = more.calendar.opening.clone();
        more.groups.push(group("nobody", &open, &[], vec![7; more.grid().intervals()]));
        let (after, _) = play(&more, &Tape::draw(&more, seed, 3));
        prop_assert_eq!(before, after);
    }
}
