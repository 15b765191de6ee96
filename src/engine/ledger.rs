//! Writing down what happened: here, and for whole intervals at once in [`cohort`](super::cohort), an engine touches its
//! tally, nowhere else.

use super::case::Origin;
use super::desk::Desk;
use super::facts::Facts;
use super::leaving::{Gone, clocked};
use super::more::DoneCell;
use super::tally::{Call, Called, Ended, Fate, GroupTally, Tally, Witness};
use super::waiting::Contact;
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
    group_busy(&mut tally.groups[group], facts, from, to, hint);
}

/// The same for a group's own tally.
pub(super) fn group_busy(group: &mut GroupTally, facts: &Facts, from: u64, to: u64, hint: usize) {
    group.busy_total += to.saturating_sub(from.max(facts.counted_from));
    spread(facts, from, to, hint, |i, time| group.busy[i] += time);
}

/// Time at work after an agent was due to leave.
pub(super) fn overtime(tally: &mut Tally, facts: &Facts, group: usize, from: u64, to: u64, hint: usize) {
    group_overtime(&mut tally.groups[group], facts, from, to, hint);
}

/// The same for a group's own tally.
pub(super) fn group_overtime(group: &mut GroupTally, facts: &Facts, from: u64, to: u64, hint: usize) {
    group.overtime_total += to.saturating_sub(from.max(facts.counted_from));
    spread(facts, from, to, hint, |i, time| group.overtime[i] += time);
}

/// Splits the counted part of `from..to` over the intervals of the run. `hint` is an interval that does not start
/// after `from`, or anything for a time before the run.
pub(super) fn spread(facts: &Facts, from: u64, to: u64, hint: usize, mut add: impl FnMut(usize, u64)) {
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

/// Planned time of people who stay away, or come later, during interval `i`.
pub(super) fn away(tally: &mut Tally, group: usize, i: usize, time: u64) {
    if let Some(away) = tally.groups[group].away.get_mut(i) {
        *away += time;
    }
}

/// A contact is answered by a group that is paid by the contact.
pub(super) fn paid(tally: &mut Tally, facts: &Facts, group: usize, t: u64) {
    let i = facts.interval_at(t);
    if let Some(answered) = tally.groups[group].answered.get_mut(i).filter(|_| t >= facts.counted_from) {
        *answered += 1;
    }
}

/// Time of an agent with `load` contacts in hand.
pub(super) fn loaded(
    tally: &mut Tally,
    facts: &Facts,
    group: usize,
    load: usize,
    from: u64,
    to: u64,
    hint: usize,
) {
    let group = &mut tally.groups[group];
    let (loads, load) = (group.loads, load.min(group.loads.saturating_sub(1)));
    spread(facts, from, to, hint, |i, time| group.at_load[i * loads + load] += time);
}

/// What is counted beyond the ordinary when a contact leaves its queue.
pub(super) fn more<W: Witness>(desk: &mut Desk<W>, gone: &Gone<'_>, fate: Fate) {
    let (contact, case, facts) = (gone.contact, gone.case, desk.facts);
    let wait = gone.at - contact.joined;
    let Some(more) = desk.more(gone.queue, contact) else { return };
    match case.origin {
        Origin::New => {}
        Origin::Redial => more.redials += 1,
        Origin::RedialBlocked => more.redials_blocked += 1,
        Origin::Repeat => more.repeats += 1,
        Origin::Transfer => more.transferred += 1,
        Origin::Chase => more.chases += 1,
        Origin::Reply => more.replies += 1,
    }
    more.cases += u64::from(case.origin != Origin::Reply);
    let first = contact.is_first();
    match fate {
        Fate::Answered { .. } => {
            more.first_answered += u64::from(first);
            if let Some(announced) = case.announced {
                more.announced += 1;
                more.announced_wait = more.announced_wait.saturating_add(announced);
                more.real_wait = more.real_wait.saturating_add(wait);
                more.announced_error = more.announced_error.saturating_add(announced.abs_diff(wait));
            }
            if first {
                let queue = &mut desk.tally.queues[facts.queues[gone.queue].owner];
                let class = facts.queues[gone.queue].class_of(wait);
                queue.first_answered_in[contact.interval as usize * queue.classes + class] += 1;
            }
            if case.origin != Origin::Reply {
                per_promise(desk, gone, gone.at, |cell, in_time| cell.started += u64::from(in_time));
            }
        }
        Fate::Blocked => more.first_blocked += u64::from(first),
        Fate::MovedOn | Fate::Callback => more.first_apart += u64::from(first),
        _ => {}
    }
}

/// Somebody who accepted a callback was called, or will not be; the contact is as it was when it accepted.
pub(super) fn called<W: Witness>(desk: &mut Desk<W>, gone: &Gone<'_>, call: Call) {
    let (contact, facts) = (gone.contact, desk.facts);
    let queue = &facts.queues[gone.queue];
    let wait = gone.at - contact.joined;
    if !matches!(call, Call::InVain { last: false, .. }) {
        let more = &mut desk.tally.queues[queue.owner].more;
        let hint = contact.interval as usize;
        spread(facts, contact.joined, gone.at, hint, |i, time| more[i].callback_time += time);
    }
    let counted = desk.more(gone.queue, contact);
    let told = Called {
        queue: queue.owner,
        position: contact.k as usize,
        accepted: Micros(contact.joined),
        waited: Micros(wait),
        call,
        counted: counted.is_some(),
    };
    if let Some(more) = counted {
        match call {
            Call::Connected { .. } => connected(desk, gone, wait),
            Call::InVain { last, .. } => more.not_reached += u64::from(last),
            Call::Unfinished => {
                more.callbacks_unfinished += 1;
                open_at_end(desk, gone, desk.facts.end(), gone.case.touches > 0);
            }
        }
    }
    desk.witness.called(&told);
}

/// A callback that counts connects after `wait`.
fn connected<W: Witness>(desk: &mut Desk<W>, gone: &Gone<'_>, wait: u64) {
    let queue = &desk.facts.queues[gone.queue];
    let promise = queue.journey.callback.as_ref().map_or(Micros::NEVER, |callback| callback.promise);
    if let Some(more) = desk.more(gone.queue, gone.contact) {
        more.connected += 1;
        more.connected_in_time += u64::from(wait <= promise.0);
        more.connected_wait = more.connected_wait.saturating_add(wait);
    }
    let tally = &mut desk.tally.queues[queue.owner];
    tally.connected_in[gone.contact.interval as usize * tally.classes + queue.class_of(wait)] += 1;
    if gone.case.origin != Origin::Reply {
        per_promise(desk, gone, gone.at, |cell, in_time| cell.started += u64::from(in_time));
    }
}

/// A case ends. `at_once`: with one touch, never to come back.
pub(super) fn resolved<W: Witness>(desk: &mut Desk<W>, gone: &Gone<'_>, took: u64, at_once: bool) {
    let cohort = gone.case.cohort as usize;
    if !desk.facts.counts(cohort) {
        return;
    }
    let owner = desk.facts.queues[gone.queue].owner;
    let Some(more) = desk.tally.queues[owner].more.get_mut(cohort) else { return };
    more.resolved += 1;
    more.resolution_time = more.resolution_time.saturating_add(took);
    more.resolved_at_once += u64::from(at_once);
    more.touches += u64::from(gone.case.touches);
    per_promise(desk, gone, gone.at, |cell, in_time| cell.done += u64::from(in_time));
}

/// A parked session is back in an agent's hands, its customer having waited so long for that.
pub(super) fn resumed<W: Witness>(desk: &mut Desk<W>, queue: usize, session: &Contact, wait: u64) {
    let in_time = wait <= desk.facts.queues[queue].reply_within;
    let Some(more) = desk.more(queue, session) else { return };
    more.resumed += 1;
    more.resumed_in_time += u64::from(in_time);
    more.resumed_wait = more.resumed_wait.saturating_add(wait);
}

/// A case is still open at the end of the run: not missed where it is not yet due then, its clocks having run until
/// `until`.
pub(super) fn open_at_end<W: Witness>(desk: &mut Desk<W>, gone: &Gone<'_>, until: u64, touched: bool) {
    per_promise(desk, gone, until, |cell, in_time| {
        cell.open_not_due += u64::from(in_time);
        cell.not_started_not_due += u64::from(in_time && !touched);
    });
}

/// For every `done` promise of the queue: the counters of the case's cohort, and whether it is in time at `t`.
fn per_promise<W: Witness>(
    desk: &mut Desk<W>,
    gone: &Gone<'_>,
    t: u64,
    mut count: impl FnMut(&mut DoneCell, bool),
) {
    let facts = desk.facts;
    let queue = &facts.queues[gone.queue];
    let cohort = gone.case.cohort as usize;
    if !facts.counts(cohort) {
        return;
    }
    let tally = &mut desk.tally.queues[queue.owner];
    for (d, due) in queue.dues.iter().enumerate() {
        let in_time = clocked(facts, gone, t, due.clock) <= due.within.0;
        count(&mut tally.done[cohort * tally.promises + d], in_time);
    }
}

/// Items open at the end of interval `i`, and the age of the oldest, µs.
pub(super) fn backlog(tally: &mut Tally, queue: usize, i: usize, items: u64, oldest: u64) {
    if let Some(more) = tally.queues[queue].more.get_mut(i) {
        (more.backlog, more.oldest) = (items, oldest);
    }
}
