//! What is special about a contact that has not just come off the tape: it came before, was put aside, asked for a
//! callback, was told how long it will take.

use crate::random::later;

/// Where a contact came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Origin {
    /// The customer's first contact.
    #[default]
    New,
    /// Hung up before.
    Redial,
    /// Was blocked before.
    RedialBlocked,
    /// Was answered before, the problem not solved.
    Repeat,
    /// Passed on by another queue.
    Transfer,
    /// Calls after a late item.
    Chase,
    /// Answers what was asked.
    Reply,
}

/// Work left over when a contact was put aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Of the phase it was in, up to the customer's next silence, at load 1, in units of 2⁻²⁰ µs.
    pub(super) work: u64,
    /// The same after that silence.
    pub(super) rest: u64,
    /// How often the customer has fallen silent.
    pub(super) silences: u32,
    /// Wrap-up still to come, µs; `None` when the wrap-up itself was put aside.
    pub(super) wrap: Option<u64>,
}

/// A session whose customer fell silent for so long that its place was given away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parked {
    /// The agent who had it.
    pub(super) with: Holder,
    /// When the session joined its queue, µs.
    pub(super) joined: u64,
    /// The interval of that.
    pub(super) interval: u32,
}

/// An agent who waits for somebody: the group, the agent's number in it, the number of the job in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Holder {
    pub(super) group: u32,
    pub(super) agent: u32,
    pub(super) job: u64,
}

/// One contact's special circumstances.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Case {
    /// The private seed of what is drawn for this contact.
    pub(super) seed: u64,
    /// Which of that seed's attempts it is; 0: it stands on the tape with all its marks.
    pub(super) leg: u32,
    pub(super) origin: Origin,
    /// How often this customer came back after hanging up, after being blocked, after an answer.
    pub(super) returns: [u32; 3],
    /// When the case began: the first arrival of all its legs, µs.
    pub(super) began: u64,
    /// The interval of the case's first arrival in this queue: its cohort.
    pub(super) cohort: u32,
    /// How long the customer was asked and the clock stood still: by the clock on the wall, and in opening time, µs.
    pub(super) stopped: [u64; 2],
    /// How often an agent took it up, asked-back turns included, before now.
    pub(super) touches: u32,
    /// Whether an agent is done with this leg of it.
    pub(super) closed: bool,
    /// Whether it was transferred or asked back on the way.
    pub(super) passed: bool,
    pub(super) left: Option<Left>,
    /// Parked, or back and waiting since.
    pub(super) parked: Option<Parked>,
    /// The agent who passed it on and stays until it is answered.
    pub(super) warm: Option<Holder>,
    /// Accepted a callback at this time, and has not been reached yet, µs.
    pub(super) callback: Option<u64>,
    /// Attempts to call back so far.
    pub(super) dialled: u32,
    /// The wait that was announced, µs.
    pub(super) announced: Option<u64>,
}

/// The cases of one replication. Number 0 is no case; numbers of forgotten cases are given again.
#[derive(Clone, Debug, Default)]
pub(super) struct Cases {
    all: Vec<Case>,
    forgotten: Vec<u32>,
}

impl Cases {
    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.forgotten.clear();
    }

    /// Files a case; returns its number.
    pub(super) fn file(&mut self, case: Case) -> u32 {
        if let Some(number) = self.forgotten.pop() {
            self.all[number as usize - 1] = case;
            return number;
        }
        self.all.push(case);
        self.all.len() as u32
    }

    /// Nobody will ask for this case again.
    pub(super) fn forget(&mut self, number: u32) {
        if number > 0 {
            self.forgotten.push(number);
        }
    }

    /// The case with this number, if it is one.
    pub(super) fn get(&self, number: u32) -> Option<&Case> {
        self.all.get((number as usize).checked_sub(1)?)
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut Case> {
        self.all.get_mut((number as usize).checked_sub(1)?)
    }
}

impl Case {
    /// A further contact of the same customer, with draws of its own.
    pub(super) fn follow(&self, origin: Origin) -> Self {
        Self {
            seed: later::follow(self.seed, u64::from(self.leg) << 8 | origin as u64),
            leg: 1,
            origin,
            returns: self.returns,
            ..Self::default()
        }
    }
}
