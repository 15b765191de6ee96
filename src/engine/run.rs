//! A replication in progress: begun, played up to an interval boundary as often as wanted, finished.

use super::{Staffing, Tally, Tape, Witness};
use crate::model::Model;

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
    pub fn of(_model: &Model) -> Self {
        Self::Floor
    }
}

/// A replication in progress. Cloning it, or copying it onto another with [`Clone::clone_from`], is a snapshot.
#[derive(Clone, Debug)]
pub struct Run {
    tally: Tally,
}

impl Run {
    /// A run of the model by the quicker method that can play it; call [`Run::begin`] before anything else.
    pub fn new(model: &Model) -> Self {
        Self::with(model, Method::of(model))
    }

    /// A run by a given method (for tests; [`Method::Line`] only where [`Method::of`] says so).
    pub fn with(model: &Model, _method: Method) -> Self {
        Self { tally: Tally::new(model) }
    }

    /// Empties the centre and the tally, to play `tape` from the start.
    pub fn begin(&mut self, _model: &Model, _tape: &Tape) {
        self.tally.clear();
    }

    /// Plays everything that happens before interval `until` of the run starts. The staffing of interval `until`
    /// and later ones is not looked at yet, so the next call may bring another one.
    pub fn advance<W: Witness>(
        &mut self,
        _model: &Model,
        _tape: &Tape,
        _staffing: &Staffing,
        _until: usize,
        _witness: &mut W,
    ) {
        todo!()
    }

    /// Plays on until every contact that arrived in interval `interval` or before has its fate.
    pub fn settle<W: Witness>(
        &mut self,
        _model: &Model,
        _tape: &Tape,
        _staffing: &Staffing,
        _interval: usize,
        _witness: &mut W,
    ) {
        todo!()
    }

    /// Plays on to the last contact's end.
    pub fn finish<W: Witness>(&mut self, _model: &Model, _tape: &Tape, _staffing: &Staffing, _witness: &mut W) {
        todo!()
    }

    /// What was counted so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}
