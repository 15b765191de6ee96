//! What each replication counted of each queue in chosen intervals, kept apart: what single days may show, to hold one
//! day that really was against.

use super::bench::Bench;
use super::level::Level;
use super::reading::Pair;
use super::slice::Slice;
use crate::engine::{Ended, Fate, Staffing, Witness};
use crate::model::{Grid, Model};
use std::ops::Range;

/// What one replication counted of one queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Played {
    /// The service level in each chosen interval: good contacts, and those among which they are counted.
    pub levels: Vec<(u32, u32)>,
    /// The same over all of them.
    pub level: Pair,
    /// Contacts offered in them.
    pub offered: u64,
    /// Contacts of theirs that were answered.
    pub answered: u64,
    /// Contacts of theirs that hung up.
    pub lost: u64,
    /// Agents' time with those answered, handle and wrap, µs.
    pub busy: u64,
}

/// Plays the replications `which` of a seed; what each counted of every queue, in the model's order. `chosen` are the
/// intervals of each queue that are looked at, in order, `levels` how its service level is counted.
pub fn replay(
    model: &Model,
    staffing: &Staffing,
    chosen: &[Vec<usize>],
    levels: &[Level],
    which: Range<u64>,
) -> Vec<Vec<Played>> {
    let number = (which.end - which.start) as usize;
    Bench::new(model, model.run.seed, which.start, 0).play(1, 0..number, |_, run, tape, _| {
        let mut ear = Ear::new(model);
        let tally = run.play(tape, staffing, &mut ear);
        let one = |q: usize| {
            let mut played = Played::default();
            for &i in &chosen[q] {
                played.add(Slice::of(&tally.queues[q], i), levels[q], ear.busy[q][i]);
            }
            played
        };
        (0..model.queues.len()).map(one).collect()
    })
}

impl Played {
    fn add(&mut self, slice: Slice<'_>, level: Level, busy: u64) {
        let (good, of) = level.fraction(slice);
        self.levels.push((good as u32, of as u32));
        self.level = (self.level.0 + good, self.level.1 + of);
        self.offered += slice.cell.offered();
        self.answered += slice.cell.answered;
        self.lost += slice.lost();
        self.busy += busy;
    }

    /// Adds what another run of the same replication counted, its intervals behind these.
    pub fn append(&mut self, other: &Self) {
        self.levels.extend_from_slice(&other.levels);
        self.level = (self.level.0 + other.level.0, self.level.1 + other.level.1);
        self.offered += other.offered;
        self.answered += other.answered;
        self.lost += other.lost;
        self.busy += other.busy;
    }
}

/// Hears how long agents are busy with the contacts of each queue and interval.
struct Ear {
    grid: Grid,
    busy: Vec<Vec<u64>>,
}

impl Ear {
    fn new(model: &Model) -> Self {
        let none = vec![0; model.grid().intervals()];
        Self { grid: model.grid().clone(), busy: vec![none; model.queues.len()] }
    }
}

impl Witness for Ear {
    fn ended(&mut self, story: &Ended) {
        let Fate::Answered { busy, .. } = story.fate else { return };
        if let (true, Some(i)) = (story.counted, self.grid.interval_at(story.arrived)) {
            self.busy[story.queue][i] += busy.0;
        }
    }
}
