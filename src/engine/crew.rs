//! A group's agents: how many are at work, how many of them idle, and which busy ones were told to leave.

/// The agents of one group. Agents are alike, so the idle are only counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Crew {
    /// At work and not told to leave.
    pub(super) present: u32,
    /// Of those, without a contact.
    pub(super) idle: u32,
    /// After the group's closing: due to leave, and still there only for those who wait.
    pub(super) staying: bool,
    /// Not here yet, but late and on their way.
    pub(super) expected: u32,
}

impl Crew {
    /// New people come to work.
    pub(super) fn hire(&mut self, agents: u32) {
        self.present += agents;
        self.idle += agents;
    }

    /// The idle go home.
    pub(super) fn send_idle_home(&mut self) {
        self.present -= self.idle;
        self.idle = 0;
    }
}

/// Whose end of service has a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// An agent of a group that is only counted.
    Agent,
    /// The same, told to leave.
    Leaver,
    /// An agent known by number.
    Known(u32),
}

/// Slots of agents among the ends of service: whose agent it is, and what is known about them.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    busy: Vec<(u32, Holds)>,
    free: Vec<u32>,
}

impl Slots {
    pub(super) fn clear(&mut self) {
        self.busy.clear();
        self.free.clear();
    }

    /// A slot for an agent of group `g`.
    pub(super) fn take(&mut self, g: usize) -> u32 {
        self.put((g as u32, Holds::Agent))
    }

    /// A slot for the ends of agent number `agent` of group `g`, who keeps it.
    pub(super) fn take_for(&mut self, g: usize, agent: u32) -> u32 {
        self.put((g as u32, Holds::Known(agent)))
    }

    fn put(&mut self, entry: (u32, Holds)) -> u32 {
        if let Some(slot) = self.free.pop() {
            self.busy[slot as usize] = entry;
            return slot;
        }
        self.busy.push(entry);
        (self.busy.len() - 1) as u32
    }

    pub(super) fn give_back(&mut self, slot: u32) {
        self.free.push(slot);
    }

    /// The group of the slot's agent, and what it holds.
    pub(super) fn of(&self, slot: u32) -> (usize, Holds) {
        let (g, holds) = self.busy[slot as usize];
        (g as usize, holds)
    }

    pub(super) fn tell_to_leave(&mut self, slot: u32) {
        self.busy[slot as usize].1 = Holds::Leaver;
    }
}
