//! How many contacts reach a queue's agents in an interval, once those who come again and those who are passed on
//! are counted: the traffic equations, solved by going round.
//!
//! Who hangs up and tries again is left out: this is for queues in which nobody hangs up.

use crate::model::{Model, Queue, QueueId};

/// Rounds: with half of all contacts coming again, 2⁻⁵⁰ of them are left out. With all of them there is no end, and
/// the load that has come up by then is more than anybody can carry.
const ROUNDS: usize = 50;

/// Contacts to be handled in interval `i`, by queue: new ones, returned, passed on and asked back.
pub(super) fn traffic(model: &Model, i: usize) -> Vec<f64> {
    let fresh: Vec<f64> = model.queues.iter().map(|queue| reaching(queue, i)).collect();
    let mut rates = fresh.clone();
    for _ in 0..ROUNDS {
        let mut next = fresh.clone();
        for (queue, rate) in model.queues.iter().zip(&rates) {
            for (to, share) in passed_on(queue) {
                let counted_already = model.queues[to.0].journey.all_attempts && fresh[to.0] > 0.0;
                next[to.0] += if counted_already { 0.0 } else { rate * share };
            }
        }
        rates = next;
    }
    let touches =
        |queue: &Queue| queue.journey.ask_back.as_ref().map_or(1.0, |ask| 1.0 / (1.0 - ask.probability));
    model.queues.iter().zip(rates).map(|(queue, rate)| rate * touches(queue)).collect()
}

/// Those who come of their own and are not contained.
fn reaching(queue: &Queue, i: usize) -> f64 {
    let contained = queue.journey.self_service.as_ref().map_or(0.0, |service| service.contained.at(i));
    queue.volumes[i] * (1.0 - contained)
}

/// Where a queue's answered contacts come next, and what share of them.
fn passed_on(queue: &Queue) -> Vec<(QueueId, f64)> {
    let transfer = queue.journey.transfer.as_ref().map(|transfer| (transfer.to, transfer.probability));
    let repeat = queue.journey.repeat.as_ref().map(|back| (back.to, back.probability));
    transfer.into_iter().chain(repeat).collect()
}
