//! One replication: a tape of contacts, a staffing, and what became of everyone.
//!
//! The engine knows one run of days and nothing else: no targets, no threads, no files. Everything random was drawn
//! before (the [`Tape`]); the engine only consumes it, in whole microseconds, so a staffing's result is a pure
//! function of model, tape and staffing.
//!
//! The life of a replication:
//! 1. [`Tape::redraw`] draws arrivals, handle times, wrap-up, patience and coins from named streams.
//! 2. [`Run::begin`] empties the centre.
//! 3. [`Run::advance`] plays the tape up to an interval boundary, as often as wanted; a search clones the run there
//!    and tries another staffing for what follows. [`Run::finish`] plays it to the last contact's end.
//! 4. [`Run::tally`] is what was counted; a [`Witness`] hears every contact's story on the way.
//!
//! Two engines give one answer: `line.rs` is a recursion over agents' free times for a queue, first come, first served,
//! and a group that have only each other; `floor.rs` plays events for everything else. A test holds them to the same
//! fate, wait and agent-time for every contact.

mod alarm;
mod announcing;
mod arriving;
mod callback;
mod callback_lines;
mod case;
mod choosing;
mod cohort;
mod coming;
mod crew;
mod deferred;
mod desk;
mod ends;
mod expected_wait;
mod facts;
mod floor;
mod free_times;
mod gathered;
mod handling;
mod hands;
mod heap;
mod in_turn;
mod leaving;
mod ledger;
mod line;
mod lines;
mod more;
mod outside;
mod parking;
mod plain;
mod plainly;
mod router;
mod run;
mod self_service;
mod staff_tape;
mod staffing;
mod staffing_change;
mod stretch;
mod tally;
mod tape;
mod tournament;
mod waiting;

pub use more::{DoneCell, More};
pub use run::{Method, Run};
pub use staff_tape::Rota;
pub use staffing::Staffing;
pub use tally::{Call, Called, Cell, Ended, Fate, GroupTally, QueueTally, Resolved, Tally, Witness};
pub use tape::{ComesBack, Otherwise, QueueTape, Tape};
