//! What counts as kept within the time: the four definitions of a service level, and what every queue here can say.

/// Which calls a service level counts, and out of which. `A` answered, `A_T` answered within the time, `L` lost
/// because the caller hung up, `L_T` hung up within the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Definition {
    /// `A_T / (A + L)`, with blocked calls too in the denominator: everyone who called.
    #[default]
    Offered,
    /// `A_T / A`: only those who were answered. Flatters whoever lets customers hang up.
    Answered,
    /// `A_T / (A + L − L_T)`: those who hung up within the time do not count.
    IgnoreEarly,
    /// `(A_T + L_T) / (A + L)`: those who hung up within the time count as kept.
    CreditEarly,
}

/// What becomes of the accepted calls, as shares of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fates {
    /// Answered within the time.
    pub(super) served_within: f64,
    /// Hung up within the time.
    pub(super) lost_within: f64,
    /// Still waiting when the time is up.
    pub(super) beyond: f64,
    /// Answered, however late.
    pub(super) served: f64,
    /// Share of the offered calls that were turned away.
    pub(super) blocked: f64,
}

impl Fates {
    /// The service level by `definition`.
    pub(super) fn level(&self, definition: Definition) -> f64 {
        let level = match definition {
            Definition::Offered => self.served_within * (1.0 - self.blocked),
            Definition::Answered => ratio(self.served_within, self.served),
            Definition::IgnoreEarly => ratio(self.served_within, self.served_within + self.beyond),
            Definition::CreditEarly => self.served_within + self.lost_within,
        };
        level.clamp(0.0, 1.0)
    }
}

/// `part / whole`, and 0 of nothing.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// What a queue in steady state promises, whatever its formula. Times in seconds; nothing here is ever NaN.
pub trait Queue {
    /// The service level within `within_s` seconds; 0 if that is negative or not a number.
    fn service_level(&self, definition: Definition, within_s: f64) -> f64;
    /// The probability that an accepted call has to wait.
    fn wait_probability(&self) -> f64;
    /// The mean wait of the answered in seconds; infinite if nobody is answered.
    fn speed_of_answer_s(&self) -> f64;
    /// The share of the accepted calls that hang up.
    fn abandonment(&self) -> f64;
    /// The share of all calls that hang up, those among them that are turned away.
    fn abandonment_of_offered(&self) -> f64 {
        self.abandonment() * (1.0 - self.blocking())
    }
    /// The share of the offered calls that are turned away because every line is taken.
    fn blocking(&self) -> f64;
    /// The share of the agents' time that is spent on calls.
    fn occupancy(&self) -> f64;
    /// Whether the queue settles at all; if not, waits grow without end.
    fn is_stable(&self) -> bool;
}
