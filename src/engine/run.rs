//! A replication in progress: begun, played up to an interval boundary as often as wanted, finished.

use super::desk::Desk;
use super::facts::Facts;
use super::floor::Floor;
use super::line::{self, Line};
use super::{Staffing, Tally, Tape, Witness};
use crate::model::Model;
use std::sync::Arc;

/// Which engine plays the tape. Both give the same fate, wait and agent-time to every contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The recursion over free times for each queue and group that have only each other, the event loop for all others.
    Line,
    /// The event loop for everything.
    Floor,
}

impl Method {
    /// The quickest method that can play this model.
    pub fn of(model: &Model) -> Self {
        if line::apart(model).is_empty() { Self::Floor } else { Self::Line }
    }

    /// Whether a model is one queue and one group, and the recursion plays them.
    pub fn is_one_line(model: &Model) -> bool {
        model.queues.len() == 1 && model.groups.len() == 1 && Self::of(model) == Self::Line
    }
}

/// A replication in progress. Cloning it, or copying it onto another with [`Clone::clone_from`], is a snapshot.
#[derive(Debug)]
pub struct Run {
    facts: Arc<Facts>,
    /// Of the queues and groups that the recursion plays.
    lines: Vec<Line>,
    /// Of all others, if there are any.
    floor: Option<Box<Floor>>,
    tally: Tally,
}

impl Clone for Run {
    fn clone(&self) -> Self {
        Self {
            facts: Arc::clone(&self.facts),
            lines: self.lines.clone(),
            floor: self.floor.clone(),
            tally: self.tally.clone(),
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.facts.clone_from(&source.facts);
        self.lines.clone_from(&source.lines);
        self.floor.clone_from(&source.floor);
        self.tally.clone_from(&source.tally);
    }
}

/// Calls a method of every engine that plays, with the desk it needs.
macro_rules! play {
    ($run:expr, $tape:expr, $staffing:expr, $witness:expr, $method:ident ( $($argument:expr),* )) => {{
        let facts = &*$run.facts;
        let mut desk =
            Desk { facts, tape: $tape, staffing: $staffing, tally: &mut $run.tally, witness: $witness, cohorts: Vec::new() };
        for line in &mut $run.lines {
            line.$method(&mut desk, $($argument),*);
        }
        if let Some(floor) = &mut $run.floor {
            floor.$method(&mut desk, $($argument),*);
        }
    }};
}

impl Run {
    /// A run of the model by the quickest method that can play it; call [`Run::begin`] before anything else.
    pub fn new(model: &Model) -> Self {
        Self::with(model, Method::of(model))
    }

    /// A run by a given method.
    pub fn with(model: &Model, method: Method) -> Self {
        let apart = if method == Method::Floor { Vec::new() } else { line::apart(model) };
        let facts = Arc::new(Facts::new(model, &apart));
        let lines: Vec<Line> = apart.iter().map(|&(queue, _)| Line::new(&facts, queue)).collect();
        let all = apart.len() == model.queues.len() && apart.len() == model.groups.len();
        let floor = (!all).then(|| Box::new(Floor::new(&facts)));
        Self { facts, lines, floor, tally: Tally::new(model) }
    }

    /// Empties the centre and the tally, to play a tape from its start.
    pub fn begin(&mut self) {
        self.tally.clear();
        self.lines.iter_mut().for_each(|line| line.begin(&self.facts));
        if let Some(floor) = &mut self.floor {
            floor.begin(&self.facts);
        }
    }

    /// Plays everything that happens before interval `until` of the run starts. The staffing of interval `until` and
    /// later ones is looked at only to find out whether anyone will ever come; the next call may bring another one.
    pub fn advance<W: Witness>(&mut self, tape: &Tape, staffing: &Staffing, until: usize, witness: &mut W) {
        let until = until.min(self.facts.intervals);
        play!(self, tape, staffing, witness, advance(until));
    }

    /// Plays on until every contact that arrived in interval `interval` or before has its fate.
    pub fn settle<W: Witness>(&mut self, tape: &Tape, staffing: &Staffing, interval: usize, witness: &mut W) {
        let interval = interval.min(self.facts.intervals - 1);
        play!(self, tape, staffing, witness, settle(interval));
    }

    /// Plays on to the last contact's end.
    pub fn finish<W: Witness>(&mut self, tape: &Tape, staffing: &Staffing, witness: &mut W) {
        play!(self, tape, staffing, witness, finish());
    }

    /// Begins, plays the whole tape and returns the tally.
    pub fn play<W: Witness>(&mut self, tape: &Tape, staffing: &Staffing, witness: &mut W) -> &Tally {
        self.begin();
        self.finish(tape, staffing, witness);
        &self.tally
    }

    /// Whether two runs of one tape, paused at the same boundary, go on alike under the same staffing; only told where a
    /// model is one line ([`Method::is_one_line`]).
    pub fn stands_as(&self, other: &Self) -> bool {
        match (self.lines.as_slice(), other.lines.as_slice()) {
            ([mine], [theirs]) if self.floor.is_none() => mine.stands_as(theirs, &self.facts),
            _ => false,
        }
    }

    /// What was counted so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}
