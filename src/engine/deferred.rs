//! Deferred work: how much of it is open, how old the oldest is, and the calls that late items make.

use super::alarm::What;
use super::case::{Case, Origin};
use super::desk::Desk;
use super::facts::Facts;
use super::floor::Floor;
use super::leaving::{Gone, clocked};
use super::ledger;
use super::tally::Witness;
use super::waiting::Contact;
use crate::model::{Chase, Clock};
use crate::random::{Purpose, later};

impl Floor {
    /// At the boundary at `t`: what is open in every deferred queue, waiting or in somebody's hands.
    pub(super) fn count_backlog<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64) {
        let Some(before) = self.boundary.checked_sub(1) else { return };
        for q in 0..self.queues.len() {
            if !desk.facts.queues[q].deferred || desk.facts.queues[q].owner != q {
                continue;
            }
            self.resolve_head(desk, q, t);
            let in_hand = self.hands.iter().flat_map(|hands| &hands.agents).flat_map(|agent| &agent.jobs);
            let in_hand = in_hand.filter(|job| job.link.queue == q && job.phase.is_on_line());
            let here = |contact: &&Contact| contact.expires >= t && !self.only_wraps_up(contact);
            let waiting = self.queues[q].all().filter(here);
            let open = waiting.chain(in_hand.map(|job| &job.contact));
            let (mut items, mut oldest) = (0, 0);
            for contact in open {
                items += 1;
                oldest = oldest.max(t - contact.joined);
            }
            ledger::backlog(desk.tally, q, before, items, oldest);
        }
    }

    /// Whether nothing but wrap-up is left of a contact that was put aside: its customer was done before.
    pub(super) fn only_wraps_up(&self, contact: &Contact) -> bool {
        let left = self.cases.get(contact.case_number()).and_then(|case| case.left);
        left.is_some_and(|left| left.wrap.is_none())
    }

    /// An item comes whose customer may call when it is late: the alarm is set.
    pub(super) fn watch<W: Witness>(&mut self, desk: &Desk<W>, q: usize, mut contact: Contact) -> Contact {
        let Some(chase) = &desk.facts.queues[q].journey.chase else { return contact };
        let case = self.case_of(desk, &contact);
        if contact.case_number() == 0 {
            contact.case |= self.cases.file(case);
        }
        let gone = Gone { queue: q, contact: &contact, case: &case, at: contact.joined };
        if let Some(due) = falls_due(desk.facts, &gone, chase) {
            let Contact { home, k, .. } = contact;
            self.alarm(
                due,
                &contact,
                What::Overdue { queue: q as u32, home, k, case: contact.case_number() },
            );
        }
        contact
    }

    /// An item falls due: if it is still open its customer may call.
    pub(super) fn overdue<W: Witness>(&mut self, desk: &mut Desk<W>, t: u64, place: u64, what: What) {
        let What::Overdue { queue, home, k, case } = what else { return };
        let Some(case) = self.cases.get(case).copied().filter(|case| !case.closed) else { return };
        let Some(chase) = &desk.facts.queues[queue as usize].journey.chase else { return };
        let next = case.follow(Origin::Chase);
        if later::coin(next.seed, next.leg, chase.to.0, Purpose::Returns, chase.probability) {
            let from = Contact { joined: t, expires: u64::MAX, place, home, k, case: 0, interval: 0 };
            self.come(desk, chase.to.0, &from, next, t);
        }
    }
}

/// When an item falls due by the clock that counts; nothing if that is after the end of the run.
fn falls_due(facts: &Facts, gone: &Gone<'_>, chase: &Chase) -> Option<u64> {
    let (due, from) = (chase.due, gone.at);
    // An item that comes back overdue has been called after already, or never will be.
    let left = due.within.0.checked_sub(clocked(facts, gone, from, due.clock))?.saturating_add(1);
    let at = runs_out(facts, gone.queue, from, left, due.clock);
    (at < facts.end()).then_some(at)
}

/// When a clock of queue `q` will have run for `left` from `from` on, µs.
fn runs_out(facts: &Facts, q: usize, from: u64, left: u64, clock: Clock) -> u64 {
    match clock {
        Clock::Elapsed => from.saturating_add(left),
        Clock::Business => {
            let open = &facts.queues[q].open_before;
            let goal = facts.open_time(q, from).saturating_add(left);
            // The last interval that starts before the goal is reached holds it.
            match open.partition_point(|&before| before < goal).checked_sub(1) {
                Some(i) => facts.start_of(i).saturating_add(goal - open[i]),
                None => from,
            }
        }
    }
}

/// When the promise for a waiting contact breaks, µs: by the first target of its queue; from the case's first arrival,
/// where the promise is about the end of the work.
pub(super) fn breaks(facts: &Facts, contact: &Contact, case: Option<&Case>, q: usize) -> u64 {
    let queue = &facts.queues[q];
    let Some(due) = queue.done_first else { return contact.joined.saturating_add(queue.within) };
    let (began, stopped) = case.map_or((contact.joined, [0, 0]), |case| (case.began, case.stopped));
    let stopped = match due.clock {
        Clock::Elapsed => stopped[0],
        Clock::Business => stopped[1],
    };
    runs_out(facts, q, began, due.within.0.saturating_add(stopped), due.clock)
}
