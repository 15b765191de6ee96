//! A group's agents: how many are at work, and how many of them idle.

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
