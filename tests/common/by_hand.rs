//! Days small enough to follow by hand. Times are minutes after midnight; one interval is one hour; agents serve one at
//! a time.

use super::*;
use headcount::engine::{Cell, Fate, Method, QueueTape, Run, Staffing, Tally, Tape};

/// A minute, µs.
pub const MINUTE: u64 = 60_000_000;

/// One contact: arrives, handle time, patience (all in minutes; no patience: waits for ever).
pub type Call = (u64, u64, Option<u64>);

/// A tape with these contacts, one list a queue.
pub fn tape(queues: &[&[Call]]) -> Tape {
    Tape::of(queues.iter().map(|calls| column(calls)).collect())
}

pub fn column(calls: &[Call]) -> QueueTape {
    QueueTape {
        arrive: calls.iter().map(|call| call.0 * MINUTE).collect(),
        interval: calls.iter().map(|call| (call.0 / 60) as u32).collect(),
        handle: vec![calls.iter().map(|call| call.1 * MINUTE).collect()],
        patience: calls.iter().map(|call| call.2.map_or(u64::MAX, |m| m * MINUTE)).collect(),
        ..QueueTape::default()
    }
}

/// One queue and one group, open during `open` hours of each day, `agents` at work.
pub fn centre(days: usize, open: std::ops::Range<usize>, agents: u32) -> Model {
    let opening = opening(days, 24, open);
    let staff = (0..days * 24).map(|i| if opening.is_open(i) { agents } else { 0 }).collect();
    let handle = Law::constant(Shape::Fixed, 60.0);
    let queue = queue("phone", &opening, vec![0.0; days * 24], handle, vec![to(0)]);
    model(calendar(days, Micros::HOUR, opening.clone()), vec![queue], vec![group("a", &opening, &[0], staff)])
}

/// Two queues and one group for both, open round the clock.
pub fn two_queues(take: Take, agents: u32) -> Model {
    let mut model = centre(1, 0..24, agents);
    let mut second = model.queues[0].clone();
    "mail".clone_into(&mut second.name);
    model.queues.push(second);
    model.groups[0].serves.push(Skill::plain(QueueId(1)));
    model.groups[0].take = take;
    model
}

pub fn set_staff(model: &mut Model, group: usize, staff: &[u32]) {
    let intervals = model.grid().intervals();
    let at_work = (0..intervals).map(|i| staff.get(i).or(staff.last()).copied().unwrap_or(0)).collect();
    model.groups[group].staff = Staff::Given { at_work, scheduled: None };
}

/// What became of one contact: queue, position, wait in minutes, fate.
pub type Story = (usize, usize, u64, Fate);

/// Plays the tape; checks the balance of rule 2; gives the stories in tape order.
pub fn play(model: &Model, tape: &Tape) -> (Vec<Story>, Tally) {
    let mut told = None;
    for method in [Method::of(model), Method::Floor] {
        let mut stories = Stories::default();
        let tally = Run::with(model, method).play(tape, &Staffing::given(model), &mut stories).clone();
        let mut fates: Vec<_> =
            stories.0.iter().map(|s| (s.queue, s.position, s.wait.0 / MINUTE, s.fate)).collect();
        fates.sort_by_key(|fate| (fate.0, fate.1));
        let result = (fates, tally);
        assert!(told.as_ref().is_none_or(|before| *before == result), "the engines differ");
        told = Some(result);
    }
    told.expect("played")
}

pub fn answered(minutes: u64) -> Fate {
    Fate::Answered { group: 0, busy: Micros(minutes * MINUTE) }
}

pub fn total(tally: &Tally, queue: usize) -> Cell {
    let mut sum = Cell::default();
    tally.queues[queue].cells.iter().for_each(|cell| sum.add(cell));
    sum
}
