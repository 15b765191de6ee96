//! Menu, knowledge base or chatbot before the queue.

use super::{Factor, Law, Return, Series};

/// What happens before the queue. Drawn with the tape: it depends on nobody's staffing.
#[derive(Clone, Debug, PartialEq)]
pub struct SelfService {
    /// Share settled without an agent, by the interval of entering; 0 during an outage.
    pub contained: Series<f64>,
    /// Time spent there by who is not contained, before joining the queue.
    pub takes: Option<Law>,
    /// Multiplier on the handle time of who failed there.
    pub factor: Factor,
    /// The contained whose problem was not solved after all.
    pub back: Option<Return>,
}
