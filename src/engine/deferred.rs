//! Deferred work: how much of it is open, how old the oldest is, and the calls that late items make.

use super::alarm::What;
use super::case::Origin;
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
            let waiting = self.queues[q].all().filter(|contact| !self.only_wraps_up(contact));
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
    let at = match due.clock {
        Clock::Elapsed => from.saturating_add(left),
        Clock::Business => {
            let open = &facts.queues[gone.queue].open_before;
            let goal = facts.open_time(gone.queue, from).saturating_add(left);
            // The last interval that starts before the goal is reached holds it.
            let i = open.partition_point(|&before| before < goal).checked_sub(1)?;
            facts.start_of(i) + (goal - open[i])
        }
    };
    (at < facts.end()).then_some(at)
}
