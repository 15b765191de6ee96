//! The bill of the whole centre, where more than staff is on it.
//!
//! `cost = scheduled hours × rate + answered contacts × their group's price + penalties − bonuses`. The first part is
//! known before the run, the others are chance. They are added up replication by replication, so that the interval of
//! the bill knows that a busy day costs more contacts and more penalties at once.

use super::digest::Digest;
use super::money::{Money, MoneyPer, amount};
use super::outcome::{GroupOutcome, Total};
use super::payroll::Payroll;
use crate::engine::Tally;
use crate::model::{Model, QueueId};
use crate::stats::{Estimate, MeanMoments};

/// What is on the bill; there is none where staff alone costs.
#[derive(Clone, Debug)]
pub(super) struct CostFrame {
    /// The first interval that counts.
    from: usize,
    /// Scheduled hours × rate over the counted run, in millionths.
    staff: i128,
    /// One per group: the price of an answered contact, in millionths.
    prices: Vec<Option<i128>>,
    /// Whether any queue counts cases.
    cases: bool,
    /// The least and the most that penalties and bonuses can bring in one replication; nothing without any.
    dues: Option<(f64, f64)>,
}

impl CostFrame {
    /// The bill of a payroll and such dues; nothing if neither contacts nor broken promises cost anything.
    pub(super) fn new(payroll: Payroll<'_>, dues: Option<(f64, f64)>) -> Option<Self> {
        let model: &Model = payroll.model;
        let prices: Vec<_> = model.groups.iter().map(|group| group.cost_per_contact.map(amount)).collect();
        let more = dues.is_some() || prices.iter().any(Option::is_some);
        let staff = (0..model.groups.len()).filter_map(|g| payroll.cost(g)).sum();
        let cases = (0..model.queues.len()).any(|q| model.counts_more(QueueId(q)));
        more.then(|| Self { from: payroll.from, staff: amount(staff), prices, cases, dues })
    }

    fn has_prices(&self) -> bool {
        self.prices.iter().any(Option::is_some)
    }

    /// Cases resolved: where a queue counts none, every answered contact is one.
    fn resolved(&self, tally: &Tally, digest: &mut Digest) -> u64 {
        let queues = tally.queues.iter().zip(digest.queues_mut());
        let each = queues.map(|(queue, digest)| {
            if queue.more.is_empty() {
                digest.run().cell.answered
            } else {
                queue.more[self.from..].iter().map(|more| more.resolved).sum()
            }
        });
        each.sum()
    }
}

/// Sums for the bill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CostSums {
    /// Contacts answered by each group that is paid by the contact; those of others stay empty.
    groups: Vec<MeanMoments>,
    contacts: Money,
    dues: Money,
    /// Both together.
    both: Money,
    per_contact: MoneyPer,
    per_resolved: MoneyPer,
}

impl CostSums {
    pub(super) fn new(frame: Option<&CostFrame>) -> Self {
        let groups = frame.map_or(0, |frame| frame.prices.len());
        Self { groups: vec![MeanMoments::default(); groups], ..Self::default() }
    }

    /// Counts one replication whose penalties less bonuses were `dues`, in millionths.
    pub(super) fn add(&mut self, frame: &CostFrame, tally: &Tally, digest: &mut Digest, dues: i128) {
        let mut contacts = 0;
        for ((sums, price), group) in self.groups.iter_mut().zip(&frame.prices).zip(&tally.groups) {
            let Some(price) = price else { continue };
            let answered = group.answered.iter().skip(frame.from).sum();
            sums.push(answered);
            contacts += price * i128::from(answered);
        }
        self.contacts.push(contacts);
        self.dues.push(dues);
        self.both.push(contacts + dues);
        let bill = frame.staff + contacts + dues;
        let answered = digest.queues_mut().iter().map(|queue| queue.run().cell.answered).sum();
        self.per_contact.push(bill, answered);
        if frame.cases {
            self.per_resolved.push(bill, frame.resolved(tally, digest));
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.groups.iter_mut().zip(&other.groups).for_each(|(mine, theirs)| mine.merge(theirs));
        self.contacts.merge(&other.contacts);
        self.dues.merge(&other.dues);
        self.both.merge(&other.both);
        self.per_contact.merge(&other.per_contact);
        self.per_resolved.merge(&other.per_resolved);
    }

    /// Puts every part beside the cost of staff, which `total` already has; `days` of the centre's counted opening.
    pub(super) fn tell_total(&self, frame: &CostFrame, days: usize, level: f64, total: &mut Total) {
        if days == 0 {
            return;
        }
        let a_day = |e: Estimate| e.map(|x| x / days as f64);
        let (least, most) = frame.dues.unwrap_or((0.0, 0.0));
        let no_end = if frame.has_prices() { f64::INFINITY } else { most };
        total.staff_cost = total.cost;
        let staff = total.staff_cost.map_or(0.0, |e| e.mean);
        total.cost = self.both.mean(level, least, no_end).map(a_day).map(|e| e.map(|x| x + staff));
        if frame.has_prices() {
            total.contact_cost = self.contacts.mean(level, 0.0, f64::INFINITY).map(a_day);
        }
        if frame.dues.is_some() {
            total.penalty_cost = self.dues.mean(level, least, most).map(a_day);
        }
        total.cost_per_contact = self.per_contact.ratio(level);
        total.cost_per_resolved = self.per_resolved.ratio(level);
    }

    /// Adds what a group is paid for its contacts to what its hours cost, with `days` of its counted opening.
    pub(super) fn tell_group(
        &self,
        model: &Model,
        g: usize,
        days: usize,
        level: f64,
        group: &mut GroupOutcome,
    ) {
        let Some(price) = model.groups[g].cost_per_contact.filter(|_| days > 0) else { return };
        let hours = group.cost.map_or(0.0, |e| e.mean);
        let paid = |x: f64| x * price / days as f64 + hours;
        group.cost = self.groups[g].mean(level).map(|e| e.map(paid));
    }
}
