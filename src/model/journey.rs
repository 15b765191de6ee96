//! What may happen to a contact besides waiting and being answered: it comes back, is passed on, asks for a
//! callback, falls silent. Everything is off by default.

use super::{Announced, Callback, Law, QueueId, SelfService, Silence};
use crate::units::Micros;

/// Everything optional about a queue's contacts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journey {
    /// Who hung up (at once or later) and tries again.
    pub redial: Option<Return>,
    /// Who was blocked and tries again.
    pub redial_blocked: Option<Return>,
    /// Who was answered and comes back because the problem was not solved.
    pub repeat: Option<Return>,
    /// Contacts passed on to another queue when the first agent is done.
    pub transfer: Option<Transfer>,
    /// Cases in which the customer is asked something, the clock standing still until the answer comes.
    pub ask_back: Option<AskBack>,
    /// Overdue items that make the customer call.
    pub chase: Option<Chase>,
    /// Callbacks instead of waiting.
    pub callback: Option<Callback>,
    /// What customers do who hear how long it will take.
    pub announced: Option<Announced>,
    /// How the expected wait is worked out, for announcements and callback offers.
    pub estimator: Estimator,
    /// Menu, knowledge base or chatbot before the queue.
    pub self_service: Option<SelfService>,
    /// Pauses of a messaging session.
    pub silence: Option<Silence>,
    /// What happens to who comes while the queue is closed.
    pub outside: Outside,
    /// Which of several groups gets a contact.
    pub choose: Choose,
    /// Whether work stops when the agent leaves, to be resumed by whoever is free.
    pub suspend: bool,
    /// Whether the volumes hold redials, repeats and transfers already: the fresh demand is then solved from them.
    pub all_attempts: bool,
    /// Contacts waiting at the start of the run; worked, not counted.
    pub backlog: u32,
}

impl Journey {
    /// The queues that get contacts from this one by any behaviour.
    pub fn targets(&self) -> impl Iterator<Item = QueueId> + '_ {
        let back = self.self_service.as_ref().and_then(|service| service.back.as_ref());
        let returns = [self.redial.as_ref(), self.redial_blocked.as_ref(), self.repeat.as_ref(), back];
        let message = match self.outside {
            Outside::Voicemail(to) => Some(to),
            _ => None,
        };
        let others = [self.transfer.as_ref().map(|t| t.to), self.chase.as_ref().map(|c| c.to), message];
        returns.into_iter().flatten().map(|back| back.to).chain(others.into_iter().flatten())
    }
}

/// Coming again.
#[derive(Clone, Debug, PartialEq)]
pub struct Return {
    /// The chance.
    pub probability: f64,
    /// The time until then, from hanging up, being blocked, or the end of the contact.
    pub after: Law,
    /// Most times one customer comes back this way; `None`: no limit.
    pub most: Option<u32>,
    /// Where: usually the queue itself.
    pub to: QueueId,
}

/// Passing on.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// The chance, where the group's skill does not say otherwise.
    pub probability: f64,
    /// The second line.
    pub to: QueueId,
    /// Warm: the first agent stays until the second has answered, and this much longer. `None`: cold. Where nobody at
    /// work could ever answer, because they are all staying with customers themselves or nobody is there, the first
    /// agent lets go.
    pub warm: Option<Law>,
}

/// Asking the customer.
#[derive(Clone, Debug, PartialEq)]
pub struct AskBack {
    /// The chance at the end of each touch.
    pub probability: f64,
    /// Time until the customer answers: the case comes back to its queue, its clock stood still.
    pub after: Law,
}

/// Calling after an overdue item.
#[derive(Clone, Debug, PartialEq)]
pub struct Chase {
    /// The chance that an item still open when it falls due is called after.
    pub probability: f64,
    /// When it falls due.
    pub due: Due,
    /// The queue that gets the call.
    pub to: QueueId,
}

/// When something falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// So long after it arrived.
    pub within: Micros,
    /// By which clock.
    pub clock: Clock,
}

/// A clock for promises on deferred work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// It always runs.
    #[default]
    Elapsed,
    /// It runs while the queue is open.
    Business,
}

impl Clock {
    /// The key as written in a scenario file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Elapsed => "elapsed",
            Self::Business => "business",
        }
    }
}

/// How the expected wait is worked out. q people are in line, n agents at work could take them, a is the mean
/// handle time, p the mean patience.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Estimator {
    /// Σ over j from 0 to q of 1 / (n/a + j/p): people ahead may hang up.
    #[default]
    Patience,
    /// (q + 1) a / n.
    QueueLength,
    /// The wait of who was last answered.
    LastAnswered,
    /// The mean wait of the last ten answered.
    MovingAverage,
}

/// What happens to who comes while the queue is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outside {
    /// Lost to this queue.
    #[default]
    TurnedAway,
    /// Leaves a message: a contact of this (deferred) queue.
    Voicemail(QueueId),
    /// Is called back from the next opening on.
    Callback,
    /// Only self-service answers; who is not contained is turned away.
    Bot,
}

/// Which of several groups with somebody free gets a contact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choose {
    /// The first of the route.
    #[default]
    InOrder,
    /// That whose longest idle agent has been idle longest.
    LongestIdle,
    /// That with most agents idle.
    MostIdle,
}
