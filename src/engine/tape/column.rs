//! One queue's contacts, as the engines read them.
//!
//! A contact has two numbers. Its *entering position* says when it came to the door: the backlog first, then the
//! run-in, then the run, each in order of coming. All its marks (handle time, wrap-up, patience, coins, private seed)
//! belong to that number, so that nothing that happens before the queue changes anybody else's. Its *position* is the
//! row of the columns below: rows stand in order of arrival at the queue. The two are the same unless self-service
//! takes contacts away and delays others, or a backlog stands behind contacts that came before the first opening.

use crate::random::Phase;
use crate::units::Durations;

/// The contacts of one queue, in order of arrival: one entry each in every column that is not empty.
#[derive(Clone, Debug, Default)]
pub struct QueueTape {
    /// Engine time of arrival at the queue, µs.
    pub arrive: Vec<u64>,
    /// Interval of the run in which it arrives at the queue, behind self-service where there is one;
    /// [`QueueTape::RUN_IN`] before the first opening in the run-in and for the backlog; the number of intervals for
    /// who reaches the queue only after the run.
    pub interval: Vec<u32>,
    /// Handle time, µs: one column per distinct law that may serve the queue (`Model::handle_laws`).
    pub handle: Vec<Durations>,
    /// Wrap-up, µs; empty when there is none.
    pub wrap: Durations,
    /// Patience, µs; empty when customers wait for ever.
    pub patience: Durations,
    /// Hangs up at once if it would have to wait; empty when nobody does.
    pub balks: Vec<bool>,
    /// Entering positions; empty where they are the positions.
    pub number: Vec<u32>,
    /// How many contacts, all at the head, come before what the run counts: the backlog, the run-in, and who comes
    /// before the first opening.
    pub run_in: usize,
    /// How many contacts the backlog has.
    pub backlog: usize,
    /// Entering position of the first contact of the run itself.
    pub main_from: usize,
    /// Contacts of the run that came to the door, by the interval in which that was; empty without self-service.
    pub entered: Vec<u64>,
    /// Those of them that self-service settled, by the same interval; empty without self-service.
    pub contained: Vec<u64>,
    /// Contained contacts, of the run or its run-in, whose problem was not solved after all; sorted.
    pub back: Vec<ComesBack>,
}

/// A contact that self-service settled, as it seemed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ComesBack {
    /// Engine time of coming back to [`SelfService::back`](crate::model::SelfService::back), µs.
    pub at: u64,
    /// Entering position.
    pub number: u32,
    /// Interval of the run in which it came to the door; [`QueueTape::RUN_IN`] before the first opening.
    pub interval: u32,
}

impl QueueTape {
    /// The interval of contacts that wait at the start or arrive during the run-in.
    pub const RUN_IN: u32 = u32::MAX;

    /// How many contacts there are.
    pub fn len(&self) -> usize {
        self.arrive.len()
    }

    /// Whether nobody comes at all.
    pub fn is_empty(&self) -> bool {
        self.arrive.is_empty()
    }

    /// Patience of contact `k`; [`u64::MAX`] when it waits for ever.
    pub fn patience(&self, k: usize) -> u64 {
        self.patience.get(k).unwrap_or(u64::MAX)
    }

    /// Wrap-up of contact `k`.
    pub fn wrap(&self, k: usize) -> u64 {
        self.wrap.get(k).unwrap_or(0)
    }

    /// Whether contact `k` hangs up at once if it would have to wait.
    pub fn balks(&self, k: usize) -> bool {
        self.balks.get(k).copied().unwrap_or(false)
    }

    /// The entering position of contact `k`.
    pub fn entering(&self, k: usize) -> usize {
        self.number.get(k).map_or(k, |&e| e as usize)
    }

    /// The stream phase that entering position `e` belongs to, and its number there.
    pub(super) fn phase_of(&self, e: usize) -> (Phase, usize) {
        if e >= self.main_from {
            (Phase::Main, e - self.main_from)
        } else if e >= self.backlog {
            (Phase::RunIn, e - self.backlog)
        } else {
            (Phase::Backlog, e)
        }
    }

    /// Memory that the columns take, in bytes.
    pub fn bytes(&self) -> usize {
        let durations: usize =
            self.handle.iter().chain([&self.wrap, &self.patience]).map(Durations::bytes).sum();
        durations
            + 8 * (self.arrive.len() + self.entered.len() + self.contained.len())
            + 4 * (self.interval.len() + self.number.len())
            + self.balks.len()
            + size_of::<ComesBack>() * self.back.len()
    }
}
