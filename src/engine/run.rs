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
    /// The recursion over free times: one queue, one group, first come, first served.
    Line,
    /// The event loop: everything.
    Floor,
}

impl Method {
    /// The quicker method that can play this model.
    pub fn of(model: &Model) -> Self {
        if line::can_play(model) { Self::Line } else { Self::Floor }
    }
}

/// A replication in progress. Cloning it, or copying it onto another with [`Clone::clone_from`], is a snapshot.
#[derive(Debug)]
pub struct Run {
    facts: Arc<Facts>,
    state: State,
    tally: Tally,
}

/// Everything that a later event depends on.
#[derive(Clone, Debug)]
enum State {
    Line(Line),
    Floor(Box<Floor>),
}

impl Clone for Run {
    fn clone(&self) -> Self {
        Self { facts: Arc::clone(&self.facts), state: self.state.clone(), tally: self.tally.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.facts.clone_from(&source.facts);
        match (&mut self.state, &source.state) {
            (State::Line(mine), State::Line(theirs)) => mine.clone_from(theirs),
            (State::Floor(mine), State::Floor(theirs)) => mine.clone_from(theirs),
            (mine, theirs) => *mine = theirs.clone(),
        }
        self.tally.clone_from(&source.tally);
    }
}

/// Calls a method of whichever engine plays, with the desk it needs.
macro_rules! play {
    ($run:expr, $tape:expr, $staffing:expr, $witness:expr, $method:ident ( $($argument:expr),* )) => {{
        let facts = &*$run.facts;
        let mut desk =
            Desk { facts, tape: $tape, staffing: $staffing, tally: &mut $run.tally, witness: $witness };
        match &mut $run.state {
            State::Line(line) => line.$method(&mut desk, $($argument),*),
            State::Floor(floor) => floor.$method(&mut desk, $($argument),*),
        }
    }};
}

impl Run {
    /// A run of the model by the quicker method that can play it; call [`Run::begin`] before anything else.
    pub fn new(model: &Model) -> Self {
        Self::with(model, Method::of(model))
    }

    /// A run by a given method; where [`Method::Line`] cannot play the model, [`Method::Floor`] does.
    pub fn with(model: &Model, method: Method) -> Self {
        let facts = Arc::new(Facts::new(model));
        let state = if method == Method::Line && line::can_play(model) {
            State::Line(Line::new(&facts))
        } else {
            State::Floor(Box::new(Floor::new(&facts)))
        };
        Self { facts, state, tally: Tally::new(model) }
    }

    /// Empties the centre and the tally, to play a tape from its start.
    pub fn begin(&mut self) {
        self.tally.clear();
        match &mut self.state {
            State::Line(line) => line.begin(&self.facts),
            State::Floor(floor) => floor.begin(&self.facts),
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

    /// Whether two runs of one tape, paused at the same boundary, go on alike under the same staffing; only the recursion can
    /// tell.
    pub fn stands_as(&self, other: &Self) -> bool {
        match (&self.state, &other.state) {
            (State::Line(mine), State::Line(theirs)) => mine.stands_as(theirs, &self.facts),
            _ => false,
        }
    }

    /// What was counted so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}
