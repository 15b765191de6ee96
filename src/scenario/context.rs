//! What every reader carries along: the texts, and what has been found so far.

use super::csv::Table;
use super::fault::{Fault, Faults, Note, Severity, Trouble};
use super::hash::Hash;
use super::source::{Source, Span};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

/// Faults told at most; whoever has more mends these first.
const MOST: usize = 100;

/// The texts of a scenario and everything found in them.
pub(super) struct Context {
    pub(super) sources: Vec<Source>,
    /// The folder that paths in the scenario are relative to.
    pub(super) folder: Option<PathBuf>,
    /// CSV files read so far; `None`: could not be read, which has been told.
    pub(super) files: RefCell<BTreeMap<PathBuf, Option<Rc<Table>>>>,
    pub(super) hash: RefCell<Hash>,
    faults: RefCell<Vec<Fault>>,
    notes: RefCell<Vec<Note>>,
    echoes: RefCell<Vec<String>>,
}

impl Context {
    pub(super) fn new(sources: Vec<Source>, folder: Option<PathBuf>) -> Self {
        let hash = RefCell::new(Hash::of(sources.iter().map(|source| source.text.as_bytes())));
        Self {
            sources,
            folder,
            files: RefCell::default(),
            hash,
            faults: RefCell::default(),
            notes: RefCell::default(),
            echoes: RefCell::default(),
        }
    }

    /// Tells a fault at `span`.
    pub(super) fn fault(&self, span: Span, trouble: Trouble) {
        if !self.is_full() {
            self.tell(Fault::new(Some(self.sources[span.source].place(span)), trouble, Severity::Error));
        }
    }

    /// Tells a fault whose place is already known, or that has none.
    pub(super) fn tell(&self, fault: Fault) {
        if !self.is_full() {
            self.faults.borrow_mut().push(fault);
        }
    }

    /// Whether so much is wrong that looking further helps nobody.
    pub(super) fn is_full(&self) -> bool {
        self.faults.borrow().len() >= MOST
    }

    /// Tells something that is worth saying but does no harm.
    pub(super) fn note(&self, span: Span, trouble: Trouble) {
        if self.notes.borrow().len() < MOST {
            let place = Some(self.sources[span.source].place(span));
            self.notes.borrow_mut().push(Fault::new(place, trouble, Severity::Warning));
        }
    }

    /// Says in words how something was understood.
    pub(super) fn echo(&self, text: impl Into<String>) {
        if self.echoes.borrow().len() < 10 * MOST {
            self.echoes.borrow_mut().push(text.into());
        }
    }

    /// What was said about a scenario without faults; else the faults.
    pub(super) fn finish(self) -> Result<(Vec<Note>, Vec<String>, String), Faults> {
        let mut faults = self.faults.into_inner();
        if faults.len() == MOST {
            let trouble =
                Trouble::bare(format!("there may be more than these {MOST} faults"), "mend these first");
            faults.push(Fault::new(None, trouble, Severity::Error));
        }
        if !faults.is_empty() {
            return Err(Faults::new(faults));
        }
        let mut notes = self.notes.into_inner();
        notes.sort_by_key(Note::rank);
        notes.dedup();
        Ok((notes, self.echoes.into_inner(), self.hash.into_inner().hex()))
    }
}
