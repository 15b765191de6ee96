//! What customers feel: the shares that follow from their waits, heard story by story.
//!
//! Every counted story that an outcome speaks for is one *answer*: the curve's share at its wait (or at the time its
//! case took), or the share of those who were never answered. Shares are added in whole millionths. Nobody is drawn to
//! be satisfied: the expected share stands for the customer, which has the same mean and less noise.

use super::money::amount;
use crate::engine::{Ended, Fate, Resolved};
use crate::model::{Curve, Outcome, Over};
use crate::stats::{Estimate, RatioMoments};
use crate::units::Micros;
use serde::Serialize;

/// Parts of a whole customer.
const PARTS: f64 = 1e6;

/// What was found about one outcome of the model.
///
/// For satisfaction this is the field's own measure: positive answers over all answers, of customers who are taken to
/// answer alike. It is not an average of scores (such as 4.2 of 5), nor a net promoter score (promoters less
/// detractors), which a curve of shares cannot give.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Felt {
    /// Its name in the scenario.
    pub name: String,
    /// Whose customers.
    pub queue: String,
    /// Positive answers over all answers: the answered (or resolved), and the never answered where they have a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Estimate>,
    /// Positive answers per day of the queue's counted opening.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customers: Option<Estimate>,
    /// `customers` × value of one; left out where the outcome has no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Estimate>,
}

/// An outcome, ready to hear stories.
#[derive(Clone, Debug)]
pub(super) struct OutcomeFrame {
    queue: usize,
    over: Over,
    share: Curve,
    /// In parts of a customer.
    unanswered: Option<u64>,
    /// Of one customer, in millionths.
    value: i128,
}

/// The nearest whole number of parts.
fn parts(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * PARTS).round() as u64
}

impl OutcomeFrame {
    pub(super) fn new(outcome: &Outcome) -> Self {
        Self {
            queue: outcome.queue.0,
            over: outcome.over,
            share: outcome.share.clone(),
            unanswered: outcome.unanswered.map(parts),
            value: amount(outcome.value.unwrap_or(0.0)),
        }
    }

    /// What a contact's end says; nothing where the outcome does not speak for it. Who moved on is asked in the other
    /// queue, and who accepted a callback is neither answered yet nor unanswered.
    fn answer(&self, story: &Ended) -> Option<u64> {
        match story.fate {
            Fate::Answered { .. } => (self.over == Over::Wait).then(|| self.at(story.wait)),
            Fate::Abandoned | Fate::Balked | Fate::Blocked | Fate::TurnedAway | Fate::Unfinished => {
                self.unanswered
            }
            Fate::MovedOn | Fate::Callback => None,
        }
    }

    fn at(&self, time: Micros) -> u64 {
        parts(self.share.at(time))
    }
}

/// Sums for one outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FeltSums {
    /// Parts and answers of the replication that is being heard.
    heard: (u64, u64),
    /// Parts over answers.
    answers: RatioMoments,
}

impl FeltSums {
    fn hear(&mut self, parts: u64) {
        self.heard = (self.heard.0 + parts, self.heard.1 + 1);
    }

    /// Counts the replication that was heard; what it was worth, in millionths.
    pub(super) fn close(&mut self, outcome: &OutcomeFrame) -> i128 {
        let (sum, answers) = std::mem::take(&mut self.heard);
        self.answers.push(sum, answers);
        let product = outcome.value * i128::from(sum);
        let half = product.signum() * (PARTS as i128 / 2);
        (product + half) / PARTS as i128
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.answers.merge(&other.answers);
    }

    /// What was found, with `days` of the queue's counted opening.
    pub(super) fn tell(&self, outcome: &Outcome, queue: &str, days: usize, level: f64) -> Felt {
        let customers = self.answers.numerator().mean(level).filter(|_| days > 0);
        let customers = customers.map(|e| e.map(|x| x / PARTS / days as f64));
        Felt {
            name: outcome.name.clone(),
            queue: queue.to_owned(),
            share: self.answers.share_in(PARTS, level),
            customers,
            value: customers.and_then(|e| Some(e.scale(outcome.value?))),
        }
    }
}

/// Hears the stories of one replication.
#[derive(Debug)]
pub(super) struct Hearing<'a> {
    pub(super) outcomes: &'a [OutcomeFrame],
    pub(super) sums: &'a mut [FeltSums],
}

impl Hearing<'_> {
    /// Whether any outcome is asked for.
    pub(super) fn hears_any(&self) -> bool {
        !self.outcomes.is_empty()
    }

    /// A contact ended.
    #[inline]
    pub(super) fn ended(&mut self, story: &Ended) {
        if self.hears_any() {
            self.hear(*story);
        }
    }

    /// Few scenarios have outcomes: kept out of what every contact goes through. Takes the story itself, which is then put
    /// together only where somebody hears it.
    #[inline(never)]
    fn hear(&mut self, story: Ended) {
        for (outcome, sums) in self.outcomes.iter().zip(&mut *self.sums) {
            if story.counted && outcome.queue == story.queue {
                outcome.answer(&story).into_iter().for_each(|parts| sums.hear(parts));
            }
        }
    }

    /// A case ended.
    #[inline]
    pub(super) fn resolved(&mut self, case: &Resolved) {
        for (outcome, sums) in self.outcomes.iter().zip(&mut *self.sums) {
            if case.counted && outcome.queue == case.queue && outcome.over == Over::Resolution {
                sums.hear(outcome.at(case.took));
            }
        }
    }
}
