//! Ends of service: who of each group's busy agents is free first, and in which group that is.
//!
//! Where only a contact in line makes an end of service an event (see [`plainly`](super::plainly)), the agents of a group
//! play a tournament, and the groups another one, in which a group takes part only while it is watched. Elsewhere all
//! agents play one.

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

/// Some who are busy, each with a slot of their own: those of one group, or all.
#[derive(Debug)]
pub(super) struct Busy {
    ends: Tournament<true>,
    /// Who has a slot: of which group, and what is known about them.
    who: Vec<(u32, Holds)>,
    /// Slots that nobody has.
    free: Vec<u32>,
    /// How many were told to leave.
    leavers: u32,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Busy {
    fn clone(&self) -> Self {
        Self { ends: self.ends.clone(), who: self.who.clone(), free: self.free.clone(), ..*self }
    }

    fn clone_from(&mut self, source: &Self) {
        self.ends.clone_from(&source.ends);
        self.who.clone_from(&source.who);
        self.free.clone_from(&source.free);
        self.leavers = source.leavers;
    }
}

impl Busy {
    fn new() -> Self {
        Self { ends: Tournament::new(1), who: Vec::new(), free: Vec::new(), leavers: 0 }
    }

    fn clear(&mut self) {
        self.ends.clear();
        self.who.clear();
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
    fn holds(&self, slot: u32) -> Holds {
        self.who[slot as usize].1
    }

    /// Whether who has the slot was told to leave.
    #[inline]
    pub(super) fn leaves(&self, slot: u32) -> bool {
        self.leavers > 0 && self.holds(slot) == Holds::Leaver
    }

    /// The rank of who has the slot.
    pub(super) fn rank(&self, slot: u32) -> u64 {
        self.ends.rank(slot)
    }

    /// A slot for somebody of group `g`.
    pub(super) fn begin(&mut self, g: usize, holds: Holds) -> u32 {
        let who = (g as u32, holds);
        if let Some(slot) = self.free.pop() {
            self.who[slot as usize] = who;
            return slot;
        }
        self.who.push(who);
        (self.who.len() - 1) as u32
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

/// Those of all groups: together, or by group.
#[derive(Debug)]
pub(super) struct Ends {
    /// All of them, where they play together.
    all: Busy,
    /// Those of each group, where each plays for itself; else none.
    groups: Vec<Busy>,
    /// The first of each of these groups that is watched.
    firsts: Tournament<true>,
}

/// Written out so that copying a snapshot onto another keeps the memory.
impl Clone for Ends {
    fn clone(&self) -> Self {
        Self { all: self.all.clone(), groups: self.groups.clone(), firsts: self.firsts.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.all.clone_from(&source.all);
        self.groups.clone_from(&source.groups);
        self.firsts.clone_from(&source.firsts);
    }
}

impl Ends {
    /// Of so many groups, whose agents play among themselves, or all together.
    pub(super) fn new(groups: usize, by_group: bool) -> Self {
        let groups = if by_group { groups } else { 0 };
        Self {
            all: Busy::new(),
            groups: (0..groups).map(|_| Busy::new()).collect(),
            firsts: Tournament::new(groups),
        }
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.groups.iter_mut().for_each(Busy::clear);
        self.firsts.clear();
    }

    /// When the first of those watched is free; [`NEVER`] if there is none.
    #[inline]
    pub(super) fn next(&self) -> u64 {
        if self.groups.is_empty() { self.all.next() } else { self.next_of_groups() }
    }

    /// Group and slot of who that is; meaningless if there is none.
    #[inline]
    pub(super) fn first(&self) -> (usize, u32) {
        if self.groups.is_empty() {
            let slot = self.all.first();
            (self.all.who[slot as usize].0 as usize, slot)
        } else {
            self.first_of_groups()
        }
    }

    /// The same where each group plays for itself.
    #[inline]
    pub(super) fn first_of_groups(&self) -> (usize, u32) {
        let g = self.firsts.first() as usize;
        (g, self.groups[g].first())
    }

    /// When that is, where each group plays for itself.
    #[inline]
    pub(super) fn next_of_groups(&self) -> u64 {
        self.firsts.next()
    }

    /// What is known about who has a slot of group `g`.
    #[inline]
    pub(super) fn holds(&self, g: usize, slot: u32) -> Holds {
        self.of(g).holds(slot)
    }

    /// A slot for somebody of group `g`.
    #[inline]
    pub(super) fn begin(&mut self, g: usize, holds: Holds) -> u32 {
        self.of_mut(g).begin(g, holds)
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
        self.of(g).ends.time_of(slot)
    }

    /// Who has the slot leaves when free.
    pub(super) fn tell_to_leave(&mut self, g: usize, slot: u32) {
        let busy = self.of_mut(g);
        busy.leavers += u32::from(busy.holds(slot) != Holds::Leaver);
        busy.who[slot as usize].1 = Holds::Leaver;
    }

    /// Of those of group `g` who are only counted and stay, the `count` who are free first, in no order: when, and their
    /// slots.
    pub(super) fn first_to_finish(&self, g: usize, count: usize) -> Vec<(u64, u32)> {
        if count == 0 {
            return Vec::new();
        }
        let busy = self.of(g);
        let stays = |slot: u32| busy.who[slot as usize] == (g as u32, Holds::Agent);
        let mut all: Vec<_> = busy.ends.all().filter(|&(_, _, slot)| stays(slot)).collect();
        if count < all.len() {
            all.select_nth_unstable(count);
            all.truncate(count);
        }
        all.into_iter().map(|(end, _, slot)| (end, slot)).collect()
    }

    /// Those of group `g`, where each plays for itself; whoever changes them says so if the group is watched
    /// ([`Ends::watch`]).
    #[inline]
    pub(super) fn of_group(&mut self, g: usize) -> &mut Busy {
        &mut self.groups[g]
    }

    /// From now on group `g` is watched, or its first has changed.
    #[inline]
    pub(super) fn watch(&mut self, g: usize) {
        tell(&mut self.firsts, g, &self.groups[g]);
    }

    /// Group `g` is watched no more.
    #[inline]
    pub(super) fn unwatch(&mut self, g: usize) {
        self.firsts.take_out(g as u32);
    }

    /// Those among whom group `g` plays.
    fn of(&self, g: usize) -> &Busy {
        if self.groups.is_empty() { &self.all } else { &self.groups[g] }
    }

    fn of_mut(&mut self, g: usize) -> &mut Busy {
        if self.groups.is_empty() { &mut self.all } else { &mut self.groups[g] }
    }

    /// Changes a slot of group `g`, which is watched.
    #[inline]
    fn change(&mut self, g: usize, slot: u32, change: impl FnOnce(&mut Busy)) {
        let Some(busy) = self.groups.get_mut(g) else { return change(&mut self.all) };
        let before = busy.ends.leader();
        change(busy);
        // Who was not the first and is not now has changed nothing for the groups.
        if busy.ends.leader() != before || busy.first() == slot {
            tell(&mut self.firsts, g, busy);
        }
    }
}

/// Tells the groups who is the first of group `g`.
#[inline]
fn tell(firsts: &mut Tournament<true>, g: usize, busy: &Busy) {
    match busy.next() {
        NEVER => firsts.take_out(g as u32),
        time => firsts.set(g as u32, time, busy.rank(busy.first())),
    }
}
