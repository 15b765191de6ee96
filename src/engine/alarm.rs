//! Everything that happens at a time of its own besides arrivals off the tape and ends of service.

use super::case::Holder;
use std::cmp::Ordering;

/// Something to do at an instant. Equal instants go by place on the tape, then by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Alarm {
    /// When, µs.
    pub(super) at: u64,
    /// The contact's place on the tape.
    pub(super) place: u64,
    pub(super) what: What,
}

impl Ord for Alarm {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.place, self.what).cmp(&(other.at, other.place, other.what))
    }
}

impl PartialOrd for Alarm {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    // What a heap asks: the times settle nearly all.

    #[inline]
    fn lt(&self, other: &Self) -> bool {
        if self.at == other.at { self.cmp(other).is_lt() } else { self.at < other.at }
    }

    #[inline]
    fn le(&self, other: &Self) -> bool {
        !other.lt(self)
    }

    #[inline]
    fn ge(&self, other: &Self) -> bool {
        !self.lt(other)
    }
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// A waiting contact looks for an agent again, or leaves for another queue.
    Wake {
        /// Its queue.
        queue: u32,
        /// Its ticket there.
        ticket: u64,
    },
    /// A contact comes, or comes back, with a case of its own.
    Comes {
        /// The queue it comes to.
        queue: u32,
        /// The queue on whose tape it stands, and its position there.
        home: u32,
        k: u32,
        /// Its case.
        case: u32,
    },
    /// Who hung up in this queue is written down, because something follows from it.
    Leaves {
        /// The queue.
        queue: u32,
    },
    /// An agent is done waiting for somebody.
    Release(Holder),
    /// A person of the group comes late to work.
    Late { group: u32 },
    /// A customer has been silent for so long that they write again, or their session is parked.
    Silent(Holder),
    /// The customer of a parked session writes again.
    Writes {
        /// The queue it comes back to.
        queue: u32,
        /// The queue on whose tape it stands, and its position there.
        home: u32,
        k: u32,
        /// Its case.
        case: u32,
    },
    /// An item falls due: if it is still open its customer may call.
    Overdue {
        /// Where it waits or is worked on.
        queue: u32,
        /// The queue on whose tape it stands, and its position there.
        home: u32,
        k: u32,
        /// Its case.
        case: u32,
    },
    /// Somebody who accepted a callback waits to be called, now or again.
    Calls {
        /// The line in which it waits.
        queue: u32,
        /// The queue on whose tape it stands, and its position there.
        home: u32,
        k: u32,
        /// Its case, with the mark of those that came from elsewhere.
        case: u32,
        /// The interval in which it came.
        interval: u32,
    },
    /// Those of the group who have stayed after a closing look whether anybody is left to stay for.
    Looks { group: u32 },
}
