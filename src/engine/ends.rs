//! Ends of service: who of each group's busy agents is free first, and in which group that is.
//!
//! The agents of a group play a tournament, and the groups another one. Where only a contact in line makes an end of
//! service an event (see [`plainly`](super::plainly)), a group takes part in that second one only while it is watched.

use super::tournament::{NEVER, Tournament};

/// Whose end of service it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// An agent of a group that is only counted.
    Agent,
    /// The same, told to leave.
    Leaver,
    /// An agent known by number.
    Known(u32),
}

/// Those of one group, each with a slot of their own.
#[derive(Debug)]
pub(super) struct Busy {
    ends: Tournament<true>,
    /// What is known about who has a slot.
    holds: Vec<Holds>,
    /// Slots that nobody has.
    free: Vec<u32>,
    /// How many were told to leave.
    leavers: u32,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Busy {
    fn clone(&self) -> Self {
        Self { ends: self.ends.clone(), holds: self.holds.clone(), free: self.free.clone(), ..*self }
    }

    fn clone_from(&mut self, source: &Self) {
        self.ends.clone_from(&source.ends);
        self.holds.clone_from(&source.holds);
        self.free.clone_from(&source.free);
        self.leavers = source.leavers;
    }
}

impl Busy {
    fn new() -> Self {
        Self { ends: Tournament::new(1), holds: Vec::new(), free: Vec::new(), leavers: 0 }
    }

    fn clear(&mut self) {
        self.ends.clear();
        self.holds.clear();
        self.free.clear();
        self.leavers = 0;
    }

    /// When the first of them is free; [`NEVER`] if nobody is busy.
    #[inline]
    pub(super) fn next(&self) -> u64 {
        self.ends.next()
    }

    /// The slot of who is free first.
    #[inline]
    pub(super) fn first(&self) -> u32 {
        self.ends.first()
    }

    /// What is known about who has the slot.
    #[inline]
    pub(super) fn holds(&self, slot: u32) -> Holds {
        self.holds[slot as usize]
    }

    /// Whether who has the slot was told to leave.
    #[inline]
    pub(super) fn leaves(&self, slot: u32) -> bool {
        self.leavers > 0 && self.holds(slot) == Holds::Leaver
    }

    /// A slot for somebody.
    pub(super) fn begin(&mut self, holds: Holds) -> u32 {
        if let Some(slot) = self.free.pop() {
            self.holds[slot as usize] = holds;
            return slot;
        }
        self.holds.push(holds);
        (self.holds.len() - 1) as u32
    }

    /// Who has the slot is busy until `time`.
    #[inline]
    pub(super) fn set(&mut self, slot: u32, time: u64, rank: u64) {
        self.ends.set(slot, time, rank);
    }

    /// Who has the slot is busy no more, and gives it back.
    pub(super) fn stop(&mut self, slot: u32) {
        self.ends.take_out(slot);
        self.free.push(slot);
        self.leavers -= u32::from(self.holds(slot) == Holds::Leaver);
    }
}

/// Those of all groups.
#[derive(Debug)]
pub(super) struct Ends {
    groups: Vec<Busy>,
    /// The first of each group.
    firsts: Tournament<true>,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Ends {
    fn clone(&self) -> Self {
        Self { groups: self.groups.clone(), firsts: self.firsts.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.groups.clone_from(&source.groups);
        self.firsts.clone_from(&source.firsts);
    }
}

impl Ends {
    pub(super) fn new(groups: usize) -> Self {
        Self { groups: (0..groups).map(|_| Busy::new()).collect(), firsts: Tournament::new(groups) }
    }

    pub(super) fn clear(&mut self) {
        self.groups.iter_mut().for_each(Busy::clear);
        self.firsts.clear();
    }

    /// When the first of those watched is free; [`NEVER`] if there is none.
    #[inline]
    pub(super) fn next(&self) -> u64 {
        self.firsts.next()
    }

    /// Group and slot of who that is; meaningless if there is none.
    #[inline]
    pub(super) fn first(&self) -> (usize, u32) {
        let g = self.firsts.first() as usize;
        (g, self.groups[g].first())
    }

    /// What is known about who has a slot of group `g`.
    #[inline]
    pub(super) fn holds(&self, g: usize, slot: u32) -> Holds {
        self.groups[g].holds(slot)
    }

    /// A slot for somebody of group `g`.
    #[inline]
    pub(super) fn begin(&mut self, g: usize, holds: Holds) -> u32 {
        self.groups[g].begin(holds)
    }

    /// Who has a slot of group `g` is busy until `time`; of two at one time the lower rank is first.
    #[inline]
    pub(super) fn set(&mut self, g: usize, slot: u32, time: u64, rank: u64) {
        self.change(g, slot, |busy| busy.set(slot, time, rank));
    }

    /// Who has a slot of group `g` is busy no more, but keeps it.
    pub(super) fn rest(&mut self, g: usize, slot: u32) {
        self.change(g, slot, |busy| busy.ends.take_out(slot));
    }

    /// The same, giving it back.
    #[inline]
    pub(super) fn stop(&mut self, g: usize, slot: u32) {
        self.change(g, slot, |busy| busy.stop(slot));
    }

    /// When who has the slot is free; [`NEVER`] if not busy.
    pub(super) fn time_of(&self, g: usize, slot: u32) -> u64 {
        self.groups[g].ends.time_of(slot)
    }

    /// Who has the slot leaves when free.
    pub(super) fn tell_to_leave(&mut self, g: usize, slot: u32) {
        let busy = &mut self.groups[g];
        busy.leavers += u32::from(busy.holds(slot) != Holds::Leaver);
        busy.holds[slot as usize] = Holds::Leaver;
    }

    /// Of those of group `g` who are only counted and stay, the `count` who are free first: when, and their slots.
    pub(super) fn first_to_finish(&self, g: usize, count: usize) -> Vec<(u64, u32)> {
        if count == 0 {
            return Vec::new();
        }
        let busy = &self.groups[g];
        let mut all: Vec<_> =
            busy.ends.all().filter(|&(_, _, slot)| busy.holds(slot) == Holds::Agent).collect();
        if count < all.len() {
            all.select_nth_unstable(count);
            all.truncate(count);
        }
        all.into_iter().map(|(end, _, slot)| (end, slot)).collect()
    }

    /// Those of one group; whoever changes them and whose group is watched says so ([`Ends::watch`]).
    #[inline]
    pub(super) fn of(&mut self, g: usize) -> &mut Busy {
        &mut self.groups[g]
    }

    /// From now on group `g` takes part with its first, or its first has changed.
    #[inline]
    pub(super) fn watch(&mut self, g: usize) {
        let busy = &self.groups[g];
        match busy.next() {
            NEVER => self.firsts.take_out(g as u32),
            time => self.firsts.set(g as u32, time, busy.ends.rank(busy.first())),
        }
    }

    /// Group `g` takes part no more.
    #[inline]
    pub(super) fn unwatch(&mut self, g: usize) {
        self.firsts.take_out(g as u32);
    }

    /// Changes a slot of group `g`, which is watched.
    #[inline]
    fn change(&mut self, g: usize, slot: u32, change: impl FnOnce(&mut Busy)) {
        let busy = &mut self.groups[g];
        let before = busy.ends.leader();
        change(busy);
        // Who was not the first and is not now has changed nothing for the groups.
        if busy.ends.leader() != before || busy.first() == slot {
            self.watch(g);
        }
    }
}
