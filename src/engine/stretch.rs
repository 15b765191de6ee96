//! Contacts that arrived in one interval, decided one after another: where a day of the recursion spends its time.

use super::cohort::{Cohort, Stint, Work};
use super::desk::Desk;
use super::free_times::Crew;
use super::tally::{Ended, Fate, Witness};
use crate::model::Factor;
use crate::units::Micros;

/// What is to be decided, and what does not change meanwhile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// Queue and group (positions in the model).
    pub(super) queue: usize,
    pub(super) group: usize,
    /// Position of the first contact.
    pub(super) first: usize,
    /// One past the last that may be decided.
    pub(super) last: usize,
    /// Who arrives at or starts after this time waits for its decision.
    pub(super) limit: u64,
    /// The interval that begins at the boundary crossed last, before which none of them starts.
    pub(super) at: usize,
    /// Whether the agents are due to leave.
    pub(super) late: bool,
    /// By how much handle times are multiplied.
    pub(super) factor: Factor,
    /// Column of the tape's handle times.
    pub(super) column: usize,
}

impl Stretch {
    /// Decides contacts that arrived in the same interval as the first: each balks, has hung up by the time it could
    /// start, or is answered. The position of the next one.
    pub(super) fn decide<W: Witness>(self, desk: &mut Desk<W>, mut crew: impl Crew) -> usize {
        let Desk { facts, tape, tally, witness, .. } = desk;
        let Self { first, last, limit, .. } = self;
        let queue = &tape.queues[self.queue];
        let (arrive, intervals) = (&queue.arrive[..last], &queue.interval[..last]);
        let (handle, interval) = (queue.handle[self.column].first(last), intervals[first]);
        let patience = queue.patience.first(last);
        let balking = !queue.balks.is_empty();
        let as_drawn = self.factor == Factor::ONE && queue.wrap.is_empty();
        let mut cohort = Cohort::open(facts, self.queue, interval as usize);
        let (counts, group) = (&mut tally.queues[self.queue], &mut tally.groups[self.group]);
        let (stint, mut work) = (Stint::of(facts, self.at, self.late), Work::default());
        let mut k = first;
        while k < last && intervals[k] == interval {
            let (arrived, earliest) = (arrive[k], crew.earliest());
            if arrived >= limit || earliest > limit {
                break;
            }
            let start = arrived.max(earliest);
            let (wait, patience) = (start - arrived, patience.get(k).unwrap_or(u64::MAX));
            let (wait, fate) = if balking && wait > 0 && queue.balks(k) {
                cohort.balked();
                (0, Fate::Balked)
            } else if wait > patience {
                cohort.abandoned(counts, facts, arrived, patience);
                (patience, Fate::Abandoned)
            } else {
                let busy = if as_drawn {
                    handle.at(k)
                } else {
                    self.factor.of(Micros(handle.at(k))).0 + queue.wrap(k)
                };
                crew.occupy_earliest(start + busy);
                stint.busy(&mut work, group, facts, start, start + busy);
                cohort.answered(counts, facts, arrived, wait);
                (wait, Fate::Answered { group: self.group, busy: Micros(busy) })
            };
            let (arrived, wait, counted) = (Micros(arrived), Micros(wait), cohort.counts());
            witness.ended(&Ended { queue: self.queue, position: k, arrived, wait, fate, counted });
            k += 1;
        }
        crew.close();
        cohort.close(counts);
        stint.close(work, group);
        k
    }
}
