//! How long a contact that joins now is expected to wait: what is announced, and what offers of callbacks go by.
//!
//! The only floating point in the engine besides coins: +, −, × and ÷ of IEEE 754, which are the same everywhere,
//! rounded to whole microseconds before anything depends on it.

use super::facts::{Facts, QueueFacts};
use super::floor::Floor;
use crate::model::Estimator;
use crate::units::Micros;

impl Floor {
    /// The expected wait of a contact that would join queue `q` now, means being those of interval `i`;
    /// [`Micros::NEVER`] while nobody is at work. The line must have been cleared of who hung up.
    pub(super) fn expected_wait(&self, facts: &Facts, q: usize, i: usize) -> Micros {
        let queue = &facts.queues[q];
        let ahead = self.queues[q].len();
        match queue.journey.estimator {
            Estimator::Patience => {
                let patience = queue.patience.as_ref().map(|law| law.mean.at(i));
                self.of_line(facts, q, i, |rate| with_patience(rate, patience, ahead))
            }
            Estimator::QueueLength => self.of_line(facts, q, i, |rate| (ahead + 1) as f64 / rate),
            Estimator::LastAnswered | Estimator::MovingAverage => self.of_answered(q),
        }
    }

    /// An expected wait that follows from the rate at which contacts end per second while everybody is busy.
    fn of_line(&self, facts: &Facts, q: usize, i: usize, seconds: impl Fn(f64) -> f64) -> Micros {
        let queue = &facts.queues[q];
        let agents = self.agents_for(facts, queue);
        if agents == 0.0 {
            return Micros::NEVER;
        }
        let handle = queue.laws.first().map_or(0.0, |law| law.mean.at(i));
        let wrap = queue.wrap.as_ref().map_or(0.0, |law| law.mean.at(i));
        Micros::from_secs_f64(seconds(agents / (handle + wrap)))
    }

    /// Agents at work who may take the queue's contacts at once; who may hold several counts for as many.
    fn agents_for(&self, facts: &Facts, queue: &QueueFacts) -> f64 {
        let at_once = queue.route.iter().filter(|link| link.after == 0);
        let of_group = at_once.map(|link| {
            let each = f64::from(facts.groups[link.group].capacity) / f64::from(link.need);
            f64::from(self.crews[link.group].present) * each
        });
        of_group.sum()
    }

    /// The mean wait of those remembered; none while nobody has been answered.
    fn of_answered(&self, q: usize) -> Micros {
        let waits = &self.answered_last[q];
        let sum: u64 = waits.iter().sum();
        Micros(sum / (waits.len() as u64).max(1))
    }

    /// Remembers the wait of who was answered, where an estimator asks for it.
    pub(super) fn remember(&mut self, queue: &QueueFacts, q: usize, wait: u64) {
        if queue.remembers == 0 {
            return;
        }
        let waits = &mut self.answered_last[q];
        if waits.len() == queue.remembers {
            waits.pop_front();
        }
        waits.push_back(wait);
    }
}

/// Σ over j from 0 to `ahead` of 1 / (rate + j / patience): contacts end at this rate per second, and each of those
/// ahead may hang up, with this mean patience in seconds. In seconds.
fn with_patience(rate: f64, patience: Option<f64>, ahead: usize) -> f64 {
    let Some(patience) = patience else { return (ahead + 1) as f64 / rate };
    (1..=ahead).fold(1.0 / rate, |sum, j| sum + 1.0 / (rate + j as f64 / patience))
}

#[cfg(test)]
mod tests {
    use super::with_patience;

    /// The field's example: 50 agents, AHT 5 minutes, 20 ahead, patience 3 minutes.
    #[test]
    fn people_ahead_who_may_hang_up_shorten_the_wait() {
        let rate = 50.0 / 300.0;
        assert_eq!(with_patience(rate, None, 20).round(), 126.0);
        assert_eq!(with_patience(rate, Some(180.0), 20).round(), 97.0);
        assert_eq!(with_patience(rate, Some(180.0), 0), 6.0);
    }
}
