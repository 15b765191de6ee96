//! Replications on all cores, in rounds, until a rule says stop.
//!
//! Replication `r` plays the tape `(seed, r)`, whichever thread it falls to. Threads take chunks of consecutive
//! replications from a counter and finish what they took, so whatever has been done when a run is interrupted is a
//! leading part of it, without gaps. Each thread adds to sums of its own, which are whole numbers; added up after a
//! round they are the same bytes for any number of threads and any size of chunk. Each thread also keeps its tape, its
//! run and its working memory: nothing is allocated per replication.

use super::digest::Digest;
use super::frame::Frame;
use super::gather::Gather;
use crate::engine::{Run, Staffing, Tape};
use crate::model::Model;
use crate::stats::{Reason, Step, Stopping};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Most replications that a thread takes at a time.
const CHUNK: u64 = 32;
/// Contacts after which a thread looks up, to be interrupted or to tell how far it is.
const CONTACTS_BETWEEN_LOOKS: f64 = 1e6;

/// Replications to be run. The threads are those of the rayon pool in which [`Job::run`] is called.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The facts.
    pub model: &'a Model,
    /// The agents at work.
    pub staffing: &'a Staffing,
    /// Seed of every stream.
    pub seed: u64,
    /// Number of the first replication: another first number is another sample, or another shard of the same one.
    pub first: u64,
    /// Called after every chunk, from any thread, with the replications done and those of the rounds so far.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
    /// Set from outside to interrupt the run.
    pub cancel: &'a AtomicBool,
}

/// What a job brought.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The sums over all replications that were run.
    pub gather: Gather,
    /// Seed of every stream.
    pub seed: u64,
    /// Number of the first replication; those run are this one and the next `gather.replications - 1`.
    pub first: u64,
    /// How often the rule saw results, the last time included: an error is spent over so many looks.
    pub looks: u32,
    /// Why it ended; nothing if it was interrupted.
    pub reason: Option<Reason>,
}

/// One thread's belongings.
struct Worker {
    tape: Tape,
    run: Run,
    digest: Digest,
    gather: Gather,
}

impl<'a> Job<'a> {
    /// A job that begins with replication 0, tells nobody and cannot be interrupted.
    pub fn new(model: &'a Model, staffing: &'a Staffing, seed: u64) -> Self {
        static NEVER: AtomicBool = AtomicBool::new(false);
        Self { model, staffing, seed, first: 0, progress: &|_, _| {}, cancel: &NEVER }
    }

    /// Runs replications until the rule has enough, or the job is interrupted.
    pub fn run(&self, rule: &mut (impl Stopping<Gather> + ?Sized)) -> Finished {
        let frame = Frame::new(self.model, self.staffing);
        let mut gather = Gather::new(&frame);
        let mut workers: Vec<_> = (0..rayon::current_num_threads()).map(|_| self.worker(&frame)).collect();
        let mut looks = 0;
        let reason = loop {
            let done = gather.replications;
            looks += u32::from(done > 0);
            let total = match rule.step(done, &gather) {
                Step::Stop(reason) => break Some(reason),
                Step::Until(total) => total.max(done + 1),
            };
            self.round(&frame, &mut workers, done..total);
            for worker in &mut workers {
                gather.merge(&std::mem::replace(&mut worker.gather, Gather::new(&frame)));
            }
            if gather.replications < total {
                break None;
            }
        };
        Finished { gather, seed: self.seed, first: self.first, looks, reason }
    }

    fn worker(&self, frame: &Frame) -> Worker {
        Worker {
            tape: Tape::default(),
            run: Run::new(self.model),
            digest: Digest::new(frame),
            gather: Gather::new(frame),
        }
    }

    /// One round: the replications `range`, counted from the first.
    fn round(&self, frame: &Frame, workers: &mut [Worker], range: Range<u64>) {
        let patience = CONTACTS_BETWEEN_LOOKS / self.model.expected_contacts().max(1.0);
        let (threads, most) = (workers.len(), (patience as u64).clamp(1, CHUNK));
        let next = AtomicU64::new(range.start);
        let done = AtomicU64::new(range.start);
        workers.par_iter_mut().for_each(|worker| {
            while !self.cancel.load(Ordering::Relaxed) {
                let upto = |start| start + chunk(range.end - start, threads, most);
                let take = |start| (start < range.end).then(|| upto(start));
                let Ok(start) = next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) else { break };
                let end = upto(start);
                (start..end).for_each(|r| worker.replicate(self, frame, self.first + r));
                let done = done.fetch_add(end - start, Ordering::Relaxed) + (end - start);
                (self.progress)(done, range.end);
            }
        });
    }
}

/// How many of the replications that are left one of so many threads takes at a time, `most` at most: few enough to
/// share the work, so that all threads end together, and to look up often.
fn chunk(left: u64, threads: usize, most: u64) -> u64 {
    left.div_ceil(4 * threads as u64).clamp(1, most)
}

impl Worker {
    fn replicate(&mut self, job: &Job<'_>, frame: &Frame, replication: u64) {
        let Self { tape, run, digest, gather } = self;
        tape.redraw(job.model, job.seed, replication);
        let tally = run.play(tape, job.staffing, &mut gather.listen(frame, replication));
        gather.add(frame, tally, tape.contacts() as u64, digest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::montecarlo::fixture::{answered, model, target};
    use crate::montecarlo::until_decided;
    use crate::stats::Fixed;

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    fn busy() -> Model {
        let mut model = model(2, 8..12);
        model.demand.day_factor_cv = 0.1;
        model.queues[0].targets = vec![target(answered(0.6, 20))];
        model
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bytes() {
        let model = busy();
        let staffing = Staffing::given(&model);
        let job = Job::new(&model, &staffing, 7);
        let outcome = |threads| {
            let finished = pool(threads).install(|| job.run(&mut Fixed(100)));
            let json = serde_json::to_string(&crate::montecarlo::measure(&model, &staffing, &finished, 0.95))
                .unwrap();
            (finished.gather, json)
        };
        let one = outcome(1);
        assert_eq!(one.0.replications, 100);
        assert!(outcome(2) == one && outcome(8) == one);
    }

    #[test]
    fn shards_add_up_to_the_whole() {
        let model = busy();
        let staffing = Staffing::given(&model);
        let whole = Job::new(&model, &staffing, 7).run(&mut Fixed(50)).gather;
        let mut sum = Job::new(&model, &staffing, 7).run(&mut Fixed(20)).gather;
        let rest = Job { first: 20, ..Job::new(&model, &staffing, 7) }.run(&mut Fixed(30)).gather;
        sum.merge(&rest);
        assert!(sum == whole);
        let mut backwards = rest;
        backwards.merge(&Job::new(&model, &staffing, 7).run(&mut Fixed(20)).gather);
        assert!(backwards == whole);
    }

    #[test]
    fn an_interrupted_run_keeps_a_leading_part() {
        let model = busy();
        let staffing = Staffing::given(&model);
        let cancel = AtomicBool::new(false);
        let progress = |done, total| {
            assert!(done <= total);
            cancel.store(done >= 40, Ordering::Relaxed);
        };
        let job = Job { progress: &progress, cancel: &cancel, ..Job::new(&model, &staffing, 7) };
        let cut = pool(3).install(|| job.run(&mut Fixed(100_000)));
        assert_eq!(cut.reason, None);
        let done = cut.gather.replications;
        assert!((40..100_000).contains(&done));
        assert!(Job::new(&model, &staffing, 7).run(&mut Fixed(done)).gather == cut.gather);
    }

    #[test]
    fn rounds_double_until_decided() {
        let model = busy();
        let staffing = Staffing::given(&model);
        let finished = Job::new(&model, &staffing, 7).run(&mut until_decided(&model, 4096));
        let done = finished.gather.replications;
        assert!(finished.reason.is_some());
        assert_eq!(32 << (finished.looks - 1), done);
        assert!(Job::new(&model, &staffing, 7).run(&mut Fixed(done)).gather == finished.gather);
    }
}
