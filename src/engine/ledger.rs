//! Writing down what happened: the only place where an engine touches its tally.

use super::facts::Facts;
use super::tally::{Ended, Fate, Tally, Witness};
use crate::units::Micros;

/// A contact as the ledger needs it: where and when it joined.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joined {
    pub(super) queue: usize,
    pub(super) position: usize,
    pub(super) at: u64,
    /// Interval of the run; anything beyond it is not counted.
    pub(super) interval: usize,
    /// Whether it is the customer's first attempt.
    pub(super) first: bool,
}

/// Counts one contact's end and tells the witness.
pub(super) fn ended<W: Witness>(
    tally: &mut Tally,
    facts: &Facts,
    contact: &Joined,
    left: u64,
    fate: Fate,
    witness: &mut W,
) {
    let wait = left - contact.at;
    let counted = contact.at >= facts.counted_from && contact.interval < facts.intervals;
    if wait > 0 {
        queue_time(tally, facts, contact, left);
    }
    if counted {
        count(tally, facts, contact, wait, fate);
    }
    witness.ended(&Ended {
        queue: contact.queue,
        position: contact.position,
        arrived: Micros(contact.at),
        wait: Micros(wait),
        fate,
        counted,
    });
}

fn count(tally: &mut Tally, facts: &Facts, contact: &Joined, wait: u64, fate: Fate) {
    let queue = &mut tally.queues[contact.queue];
    let cell = &mut queue.cells[contact.interval];
    cell.first_attempts += u64::from(contact.first);
    let class = || contact.interval * queue.classes + facts.queues[contact.queue].class_of(wait);
    match fate {
        Fate::Answered { .. } => {
            cell.answered += 1;
            cell.waited += u64::from(wait > 0);
            cell.answered_wait = cell.answered_wait.saturating_add(wait);
            cell.longest_wait = cell.longest_wait.max(wait);
            queue.answered_in[class()] += 1;
        }
        Fate::Abandoned => {
            cell.abandoned += 1;
            cell.waited += u64::from(wait > 0);
            cell.abandoned_wait = cell.abandoned_wait.saturating_add(wait);
            queue.abandoned_in[class()] += 1;
        }
        Fate::Balked => cell.balked += 1,
        Fate::Blocked => cell.blocked += 1,
        Fate::TurnedAway => cell.turned_away += 1,
        Fate::MovedOn => cell.moved_on += 1,
        Fate::Callback => cell.callbacks += 1,
        Fate::Unfinished => cell.unfinished += 1,
    }
}

/// Time in line, in the intervals in which it was spent.
fn queue_time(tally: &mut Tally, facts: &Facts, contact: &Joined, left: u64) {
    let cells = &mut tally.queues[contact.queue].cells;
    spread(facts, contact.at, left, contact.interval, |i, time| cells[i].queue_time += time);
}

/// Time at work from `from` to `to`, started in interval `hint` or later.
pub(super) fn busy(tally: &mut Tally, facts: &Facts, group: usize, from: u64, to: u64, hint: usize) {
    let group = &mut tally.groups[group];
    group.busy_total += to.saturating_sub(from.max(facts.counted_from));
    spread(facts, from, to, hint, |i, time| group.busy[i] += time);
}

/// Time at work after an agent was due to leave.
pub(super) fn overtime(tally: &mut Tally, facts: &Facts, group: usize, from: u64, to: u64, hint: usize) {
    let group = &mut tally.groups[group];
    group.overtime_total += to.saturating_sub(from.max(facts.counted_from));
    spread(facts, from, to, hint, |i, time| group.overtime[i] += time);
}

/// Splits the counted part of `from..to` over the intervals of the run. `hint` is an interval that does not start
/// after `from`, or anything for a time before the run.
fn spread(facts: &Facts, from: u64, to: u64, hint: usize, mut add: impl FnMut(usize, u64)) {
    let mut from = from.max(facts.counted_from);
    let mut i =
        if hint < facts.intervals && facts.start_of(hint) <= from { hint } else { facts.interval_at(from) };
    while from < to && i < facts.intervals {
        let end = facts.start_of(i + 1);
        if from < end {
            add(i, to.min(end) - from);
            from = end;
        }
        i += 1;
    }
}
