//! What self-service leaves to the day: its counts, and the contained whose problem was not solved after all. Who is
//! contained, and who comes back, stands on the tape.

use super::QueueTape;
use super::case::{Case, Origin};
use super::desk::Desk;
use super::floor::Floor;
use super::leaving::opens_for;
use super::tally::Witness;
use super::waiting::Contact;

impl Floor {
    /// Counts who came to self-service, and sends those who will come back.
    pub(super) fn self_service<W: Witness>(&mut self, desk: &mut Desk<W>) {
        let tape = desk.tape;
        // They have no row on the tape: their places stand behind those that have.
        let mut place = tape.contacts() as u64;
        for (q, column) in tape.queues.iter().enumerate() {
            count(desk, q, column);
            let journey = &desk.facts.queues[q].journey;
            let Some(back) = journey.self_service.as_ref().and_then(|service| service.back.as_ref()) else {
                continue;
            };
            for contained in &column.back {
                let entered =
                    Case { seed: tape.entering_seed(q, contained.number as usize), ..Case::default() };
                let mut case = entered.follow(Origin::Repeat);
                case.returns[Origin::Repeat as usize - 1] += 1;
                let (home, k, interval) = (q as u32, contained.number, contained.interval);
                let contact =
                    Contact { joined: contained.at, expires: u64::MAX, place, home, k, case: 0, interval };
                place += 1;
                match opens_for(desk.facts, back.to.0, contained.at, &case) {
                    Some(due) => self.send(due, back.to.0, &contact, case),
                    None => unseen(desk, q, interval as usize),
                }
            }
        }
    }
}

/// Somebody who came in interval `i` would come back after the end of the run.
fn unseen<W: Witness>(desk: &mut Desk<W>, q: usize, i: usize) {
    if let Some(more) = desk.tally.queues[q].more.get_mut(i).filter(|_| desk.facts.counts(i)) {
        more.unseen += 1;
    }
}

/// Who came to the self-service of queue `q`, and was contained, by interval.
fn count<W: Witness>(desk: &mut Desk<W>, q: usize, column: &QueueTape) {
    let cells = desk.tally.queues[q].more.iter_mut().zip(column.entered.iter().zip(&column.contained));
    for (i, (more, (&entered, &contained))) in cells.enumerate() {
        if desk.facts.counts(i) {
            (more.entered, more.contained) = (entered, contained);
        }
    }
}
