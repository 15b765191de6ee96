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

/// Slots of busy agents: whose agent it is, and whether it was told to leave.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    busy: Vec<(u32, bool)>,
    free: Vec<u32>,
}

impl Slots {
    pub(super) fn clear(&mut self) {
        self.busy.clear();
        self.free.clear();
    }

    /// A slot for an agent of group `g`.
    pub(super) fn take(&mut self, g: usize) -> u32 {
        let entry = (g as u32, false);
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

    /// The group of the slot's agent, and whether it was told to leave.
    pub(super) fn of(&self, slot: u32) -> (usize, bool) {
        let (g, leaving) = self.busy[slot as usize];
        (g as usize, leaving)
    }

    pub(super) fn tell_to_leave(&mut self, slot: u32) {
        self.busy[slot as usize].1 = true;
    }
}
