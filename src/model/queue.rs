//! What customers want: a queue's volumes, handle time, patience, promises and routes.

use super::{Goal, GroupId, Journey, Law, Opening, QueueId, Target};
use crate::units::Micros;

/// A stream of contacts that wait in one line.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Its name in the scenario.
    pub name: String,
    /// How customers make contact.
    pub channel: Channel,
    /// When it is open.
    pub opening: Opening,
    /// Contacts expected in each interval of the run (the grid's length), `forecast_scale` included, the day factor not:
    /// who enters, where there is self-service. While closed usually 0; who comes then meets `journey.outside`.
    pub volumes: Vec<f64>,
    /// The volumes are whole numbers of contacts that came, not a forecast: exactly so many come in each interval, and
    /// neither the day's nor the week's factor changes them.
    pub counted: bool,
    /// Agent and customer together; the whole of the agent's work when `wrap` is `None`.
    pub handle: Law,
    /// After-contact work: the agent is busy, the customer gone.
    pub wrap: Option<Law>,
    /// How long a customer waits before hanging up; `None`: for ever.
    pub patience: Option<Law>,
    /// Share that hangs up at once when they would have to wait.
    pub balk: f64,
    /// Most contacts waiting and with an agent; beyond, blocked.
    pub lines: Option<u32>,
    /// Most contacts waiting; beyond, blocked.
    pub max_waiting: Option<u32>,
    /// Groups in the order in which an arriving contact tries them; contains every group that serves the queue.
    pub route: Vec<RouteStep>,
    /// Leaves for another queue after a wait.
    pub after_wait: Option<AfterWait>,
    /// Lower first, where a group takes by priority.
    pub priority: u32,
    /// Factor on the wait where a group takes by weighted wait, in units of 2⁻³² (so 1.0 is `1 << 32`).
    pub weight: u64,
    /// What happens to those who wait at a closing.
    pub at_close: AtClose,
    /// Promises; all must hold.
    pub targets: Vec<Target>,
    /// Every threshold to be counted exactly: sorted, distinct, never empty.
    pub thresholds: Vec<Micros>,
    /// The threshold of the reported service level: the first target's, else the channel's usual one. One of `thresholds`.
    pub within: Micros,
    /// What may happen to its contacts besides.
    pub journey: Journey,
}

impl Queue {
    /// Promises `other` in the place of `made`, and counts its threshold; the level by which the queue is reported is
    /// that of the new promise where it was that of the old one.
    pub fn promise_instead(&mut self, made: &Target, other: Target) {
        if let (Goal::Answered { within: old, .. }, Goal::Answered { within: new, .. }) =
            (&made.goal, &other.goal)
        {
            if self.within == *old {
                self.within = *new;
            }
            if let Err(place) = self.thresholds.binary_search(new) {
                self.thresholds.insert(place, *new);
            }
        }
        if let Some(place) = self.targets.iter_mut().find(|target| *target == made) {
            *place = other;
        }
    }

    /// Contacts expected over the run, before the day factor.
    pub fn expected_contacts(&self) -> f64 {
        self.volumes.iter().sum()
    }

    /// Mean time an agent is busy with a contact in interval `i`, in seconds: handle and wrap.
    pub fn aht(&self, i: usize) -> f64 {
        self.handle.mean.at(i) + self.wrap.as_ref().map_or(0.0, |wrap| wrap.mean.at(i))
    }

    /// Where `threshold` stands in [`Self::thresholds`].
    pub fn threshold_index(&self, threshold: Micros) -> Option<usize> {
        self.thresholds.binary_search(&threshold).ok()
    }
}

/// One group on a queue's route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteStep {
    /// The group.
    pub group: GroupId,
    /// It neither receives nor takes the contact before it has waited so long.
    pub after: Micros,
}

/// Leaving for another queue after a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AfterWait {
    /// The wait after which it leaves.
    pub wait: Micros,
    /// Where it is offered anew.
    pub to: QueueId,
}

/// What happens to those who wait at a closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtClose {
    /// The staff stays until they have been served or have hung up.
    Finish,
    /// They are unfinished.
    Drop,
    /// They wait on until the next opening.
    CarryOver,
}

/// How customers make contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Telephone.
    Voice,
    /// Video call.
    Video,
    /// Live chat.
    Chat,
    /// Messaging that may pause.
    Messaging,
    /// Mail.
    Email,
    /// Social media.
    Social,
    /// Work without a customer on the line.
    BackOffice,
    /// Calls that agents make, from a list.
    Outbound,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 8] = [
        Self::Voice,
        Self::Video,
        Self::Chat,
        Self::Messaging,
        Self::Email,
        Self::Social,
        Self::BackOffice,
        Self::Outbound,
    ];

    /// The key as written in a scenario file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Video => "video",
            Self::Chat => "chat",
            Self::Messaging => "messaging",
            Self::Email => "email",
            Self::Social => "social",
            Self::BackOffice => "back_office",
            Self::Outbound => "outbound",
        }
    }

    /// Whether its work waits in line for days if need be, and nobody stays late for it: no customer is on the line yet.
    pub fn is_deferred(self) -> bool {
        self.may_be_put_aside() || self == Self::Outbound
    }

    /// Whether its work may stop in the middle and go on later: no customer is ever on the line.
    pub fn may_be_put_aside(self) -> bool {
        matches!(self, Self::Email | Self::Social | Self::BackOffice)
    }

    /// The threshold reported where no target names one: what the field usually promises on this channel.
    pub fn usual_threshold(self) -> Micros {
        match self {
            Self::Voice | Self::Video => Micros::from_secs(20),
            Self::Chat | Self::Messaging => Micros::from_secs(60),
            Self::Social => Micros::from_mins(60),
            Self::Email | Self::BackOffice | Self::Outbound => Micros::DAY,
        }
    }
}
