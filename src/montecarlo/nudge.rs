//! What one agent more, or one less, in one interval changes, on the same customers: coupled differences.
//!
//! The day is played once, and a copy kept at every interval boundary. A nudged day starts from the copy where its
//! interval starts, and is played only until it stands at a boundary as the day itself stood there: from then on the two
//! are the same. That is soon, so that all nudges of a day cost a few days instead of two for every interval, and the
//! difference is exact. Only the recursion of one queue can tell cheaply that two runs stand alike.

use super::bench::Bench;
use super::chunks::in_chunks;
use super::level::Level;
use super::reading::Pair;
use super::shelf::Hand;
use super::slice::Slice;
use crate::engine::{Method, Run, Staffing, Tally, Tape};
use crate::model::GroupId;
use std::ops::Range;

/// One replication with every nudge: contacts answered in time, and lost, of the whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nudged {
    /// As it stands.
    pub plain: Pair,
    /// For each interval: with one agent more, and with one less; nothing where there is none to spare.
    pub nudges: Vec<(Pair, Option<Pair>)>,
}

/// What is nudged, and by what it is measured.
#[derive(Clone, Debug)]
pub struct Nudging<'a> {
    /// The staffing as it stands.
    pub staffing: &'a Staffing,
    /// The group whose agents are nudged: the only one of the model.
    pub group: GroupId,
    /// What "in time" means.
    pub level: Level,
    /// The intervals, rising.
    pub intervals: &'a [usize],
}

impl Nudging<'_> {
    /// The replications `which` of a bench, one after the other, each with every nudge; nothing where the model needs the
    /// event engine.
    pub fn play(&self, bench: &mut Bench<'_>, which: Range<usize>) -> Option<Vec<Nudged>> {
        let (model, _) = bench.shelf.drawn_from();
        let span = *self.intervals.first()?..self.intervals.last()? + 1;
        if !Method::is_one_line(model) {
            return None;
        }
        bench.shelf.keep(which.end);
        let shelf = &bench.shelf;
        Some(in_chunks(which, |chunk| {
            let mut hand = shelf.hand();
            let Hand { run, tape } = &mut *hand;
            let mut copies = vec![Run::new(model); span.len()];
            chunk.map(|r| self.one(run, &mut copies, &span, shelf.tape(r, tape))).collect()
        }))
    }

    /// One replication; `copies` holds one run for each boundary of `span`.
    fn one(&self, run: &mut Run, copies: &mut [Run], span: &Range<usize>, tape: &Tape) -> Nudged {
        run.begin();
        for (boundary, copy) in span.clone().zip(copies.iter_mut()) {
            // The first interval's agents are those of the run-in before it too.
            if boundary > span.start {
                run.advance(tape, self.staffing, boundary, &mut ());
            }
            copy.clone_from(run);
        }
        run.finish(tape, self.staffing, &mut ());
        let plain = self.counts(run.tally());
        let mut staffing = self.staffing.clone();
        let mut nudges = Vec::with_capacity(self.intervals.len());
        for &i in self.intervals {
            let now = self.staffing.at(self.group, i);
            let mut with = |agents| {
                staffing.set(self.group, i, agents);
                self.nudged(run, &copies[i - span.start..], tape, &staffing, i, plain)
            };
            nudges.push((with(now + 1), now.checked_sub(1).map(&mut with)));
            staffing.set(self.group, i, now);
        }
        Nudged { plain, nudges }
    }

    /// What a staffing gives that is another in interval `i`, the first of the `copies`.
    fn nudged(
        &self,
        run: &mut Run,
        copies: &[Run],
        tape: &Tape,
        staffing: &Staffing,
        i: usize,
        plain: Pair,
    ) -> Pair {
        run.clone_from(&copies[0]);
        for (boundary, copy) in (i..).zip(copies).skip(1) {
            run.advance(tape, staffing, boundary, &mut ());
            if run.stands_as(copy) {
                // The rest of the run is the plain one's. Who waited when the interval began came in an earlier one, so
                // that all intervals are compared.
                let (mine, theirs) = (self.counts(run.tally()), self.counts(copy.tally()));
                return (plain.0 + mine.0 - theirs.0, plain.1 + mine.1 - theirs.1);
            }
        }
        run.finish(tape, staffing, &mut ());
        self.counts(run.tally())
    }

    /// Answered in time, and lost, in all intervals.
    fn counts(&self, tally: &Tally) -> Pair {
        let queue = &tally.queues[0];
        let slices = (0..queue.cells.len()).map(|i| Slice::of(queue, i));
        slices.fold((0, 0), |sum, one| (sum.0 + self.level.fraction(one).0, sum.1 + one.lost()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Model, QueueId};
    use crate::montecarlo::Ask;
    use crate::montecarlo::fixture::model;

    fn level(model: &Model) -> Level {
        Ask::reported(model, QueueId(0)).unwrap().level
    }

    #[test]
    fn a_nudged_day_is_the_day_played_anew() {
        // From crowded, where whoever waits at a boundary carries a nudge on into the next day, to quiet.
        for agents in [1, 2, 4] {
            let model = model(2, 8..14);
            let group = GroupId(0);
            let intervals: Vec<usize> = model.groups[0].opening.intervals().collect();
            let mut staffing = Staffing::given(&model);
            for &i in &intervals {
                staffing.set(group, i, agents + u32::from(i % 3 == 0));
            }
            let nudging = Nudging { staffing: &staffing, group, level: level(&model), intervals: &intervals };
            let bench = || Bench::new(&model, 5, 3, 1 << 20);
            let nudged = nudging.play(&mut bench(), 10..40).unwrap();
            let whole = |other: &Staffing| bench().read(other, 10..40, |_, tally| nudging.counts(tally));
            assert_eq!(nudged.iter().map(|one| one.plain).collect::<Vec<_>>(), whole(&staffing));
            for (k, &i) in intervals.iter().enumerate() {
                let now = staffing.at(group, i);
                let with = |agents: u32| {
                    let mut other = staffing.clone();
                    other.set(group, i, agents);
                    whole(&other)
                };
                let more: Vec<Pair> = nudged.iter().map(|one| one.nudges[k].0).collect();
                let less: Vec<Pair> = nudged.iter().filter_map(|one| one.nudges[k].1).collect();
                assert_eq!((more, less), (with(now + 1), with(now - 1)), "{agents} agents, interval {i}");
            }
        }
    }

    #[test]
    fn the_event_engine_and_nothing_to_nudge_give_nothing() {
        let mut model = model(1, 8..12);
        let staffing = Staffing::given(&model);
        let level = level(&model);
        let nudging = |intervals| Nudging { staffing: &staffing, group: GroupId(0), level, intervals };
        assert!(nudging(&[]).play(&mut Bench::new(&model, 1, 0, 0), 0..2).is_none());
        model.queues[0].max_waiting = Some(3);
        assert!(nudging(&[8]).play(&mut Bench::new(&model, 1, 0, 0), 0..2).is_none());
    }
}
