//! Laws that hold whatever the scenario: contacts balance, agent time adds up, nobody is in two places, and a group
//! that nothing reaches changes nothing.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

#[path = "conservation/behaviours.rs"]
mod behaviours;
mod common;

use common::*;
use headcount::engine::{Call, Called, Ended, Fate, More, Run, Staffing, Tally, Tape, Witness};
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
    callback: Option<CallbackCase>,
    /// Some come while closed.
    night: bool,
}

#[derive(Debug, Clone)]
struct CallbackCase {
    offer: Offer,
    place: Place,
    reserve: u32,
    /// Chances to be offered, to accept and to reach.
    shares: [f64; 3],
    attempts: u32,
    dialling: u32,
    retry: u32,
}

fn callback_case() -> impl Strategy<Value = CallbackCase> {
    let offer = prop_oneof![
        Just(Offer::Always),
        (0_u32..4).prop_map(Offer::Waiting),
        (1_u64..20).prop_map(|m| Offer::ExpectedWait(Micros::from_mins(m))),
    ];
    let place = prop_oneof![Just(Place::Keep), Just(Place::Separate)];
    let share = || prop_oneof![Just(1.0), Just(0.6)];
    (offer, place, 0_u32..3, (share(), share(), share()), 1_u32..4, 0_u32..4, 0_u32..90).prop_map(
        |(offer, place, reserve, (a, b, c), attempts, dialling, retry)| {
            let shares = [a, b, c];
            CallbackCase { offer, place, reserve, shares, attempts, dialling, retry }
        },
    )
}

fn callback(case: &CallbackCase) -> Callback {
    let [share, accept, reached] = case.shares;
    Callback {
        offer: case.offer,
        share,
        accept: Curve::constant(accept),
        place: case.place,
        promise: Micros::from_mins(20),
        reserve: case.reserve,
        reached,
        attempts: case.attempts,
        retry_after: minutes(Shape::Exponential, case.retry),
        dialling: (case.dialling > 0).then(|| minutes(Shape::Fixed, case.dialling)),
        factor: Factor::new(1.5),
        scored: Scored::Apart,
    }
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
    let called = (prop::option::of(callback_case()), any::<bool>());
    (marks, limits, called).prop_map(|((volume, handle, wrap, patience, balk), limits, (callback, night))| {
        let (lines, max_waiting, after, moves_after, at_close) = limits;
        QueueCase {
            volume,
            handle,
            wrap,
            patience,
            balk,
            lines,
            max_waiting,
            after,
            moves_after,
            at_close,
            callback,
            night,
        }
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
        let volumes = (0..intervals)
            .map(|i| if open.is_open(i) || case.night { f64::from(case.volume) } else { 0.0 })
            .collect();
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
        queue.journey.callback = case.callback.as_ref().map(callback);
        if case.callback.is_some() {
            queue.journey.outside = Outside::Callback;
        }
        queue.journey.choose =
            [Choose::InOrder, Choose::LongestIdle, Choose::MostIdle][case.after as usize % 3];
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

/// Contacts' ends, and calls to those who accepted a callback.
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

fn play(model: &Model, tape: &Tape) -> (Vec<Ended>, Vec<Called>, Tally) {
    let mut heard = Heard::default();
    let tally = Run::new(model).play(tape, &Staffing::given(model), &mut heard).clone();
    (heard.0, heard.1, tally)
}

/// When an agent of a group works on what, and how long: every contact answered, every call made.
fn work(stories: &[Ended], calls: &[Called], group: usize) -> Vec<(Micros, Micros)> {
    let answered = stories.iter().filter_map(|s| match s.fate {
        Fate::Answered { group, busy } => Some((group, s.arrived + s.wait, busy)),
        _ => None,
    });
    let called = calls.iter().filter_map(|c| match c.call {
        Call::Connected { group, busy } | Call::InVain { group, busy, .. } => {
            Some((group, c.accepted + c.waited, busy))
        }
        Call::Unfinished => None,
    });
    answered.chain(called).filter(|work| work.0 == group).map(|(_, start, busy)| (start, busy)).collect()
}

/// The most agents at work at once.
fn most_at_once(work: &[(Micros, Micros)]) -> usize {
    let mut steps: Vec<_> = (work.iter().filter(|work| work.1 > Micros::ZERO))
        .flat_map(|&(start, busy)| [(start, 1_i64), (start + busy, -1)])
        .collect();
    steps.sort_unstable();
    let running = steps.iter().scan(0, |now, step| {
        *now += step.1;
        Some(*now)
    });
    running.max().unwrap_or(0) as usize
}

/// Rule 2 for callbacks, interval by interval; what the counters say is what was heard.
fn callbacks_balance(model: &Model, tally: &Tally, calls: &[Called]) -> Result<(), TestCaseError> {
    for (q, queue) in tally.queues.iter().enumerate() {
        let mut sum = More::default();
        for (more, cell) in queue.more.iter().zip(&queue.cells) {
            prop_assert_eq!(more.connected + more.not_reached + more.callbacks_unfinished, cell.callbacks);
            prop_assert!(
                more.connected_in_time <= more.connected && cell.callbacks <= more.callbacks_offered
            );
            sum.add(more);
        }
        prop_assert_eq!(queue.connected_in.iter().sum::<u64>(), sum.connected);
        let last = |c: &&Called| c.queue == q && !matches!(c.call, Call::InVain { last: false, .. });
        let ended: Vec<&Called> = calls.iter().filter(last).collect();
        let connected = ended.iter().filter(|c| c.counted && matches!(c.call, Call::Connected { .. }));
        prop_assert_eq!(sum.connected_wait, connected.map(|c| c.waited.0).sum::<u64>());
        // All contacts come during the run; whoever waits longer is not counted after its end.
        let (from, to) = (model.counted_from().0, model.grid().end().0);
        let within = |t: Micros| t.0.clamp(from, to);
        let waited = ended.iter().map(|c| within(c.accepted + c.waited) - within(c.accepted));
        prop_assert_eq!(sum.callback_time, waited.sum::<u64>());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn contacts_and_agent_time_balance(model in model_case(), seed in any::<u64>()) {
        let tape = Tape::draw(&model, seed, 0);
        let (stories, calls, tally) = play(&model, &tape);
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
        callbacks_balance(&model, &tally, &calls)?;
        // Agent time is what the contacts took, and never more than there was.
        for (g, group) in tally.groups.iter().enumerate() {
            let work = work(&stories, &calls, g);
            let counted = |&(start, busy): &(Micros, Micros)| {
                (start + busy).0.saturating_sub(start.max(model.counted_from()).0)
            };
            prop_assert_eq!(group.busy_total, work.iter().map(counted).sum::<u64>());
            prop_assert!(group.overtime_total <= group.busy_total);
            let staffing = Staffing::given(&model);
            for (i, (&busy, &over)) in group.busy.iter().zip(&group.overtime).enumerate() {
                let scheduled = u64::from(staffing.at(GroupId(g), i)) * Micros::HOUR.0;
                prop_assert!(busy - over <= scheduled, "interval {}: {} busy, {} scheduled", i, busy - over, scheduled);
            }
            let most = staffing.of(GroupId(g)).iter().max().copied().unwrap_or(0) as usize;
            // Those told to leave may overlap with newcomers, at most once each.
            prop_assert!(most_at_once(&work) <= 2 * most);
        }
    }

    #[test]
    fn a_group_that_nothing_reaches_changes_nothing(model in model_case(), seed in any::<u64>()) {
        let (before, calls_before, _) = play(&model, &Tape::draw(&model, seed, 3));
        let mut more = model.clone();
        let open = more.calendar.opening.clone();
        more.groups.push(group("nobody", &open, &[], vec![7; more.grid().intervals()]));
        let (after, calls_after, _) = play(&more, &Tape::draw(&more, seed, 3));
        prop_assert_eq!(before, after);
        prop_assert_eq!(calls_before, calls_after);
    }

    #[test]
    fn settling_an_interval_ends_its_callbacks(model in model_case(), seed in any::<u64>(), i in 0_usize..24) {
        let (tape, staffing) = (Tape::draw(&model, seed, 0), Staffing::given(&model));
        let (_, _, whole) = play(&model, &tape);
        let mut run = Run::new(&model);
        run.begin();
        run.settle(&tape, &staffing, i, &mut ());
        for (settled, whole) in run.tally().queues.iter().zip(&whole.queues).filter(|pair| !pair.0.more.is_empty()) {
            let (settled, whole) = (&settled.more[i], &whole.more[i]);
            prop_assert_eq!(settled.connected_wait, whole.connected_wait);
            prop_assert_eq!(settled.not_reached, whole.not_reached);
        }
    }
}
