//! Sums over replications that are played for another reason too: what [`Job`](super::Job) gathers, for a staffing whose
//! replications are read one by one as well. The sums are those of a job, to the bit.

use super::by_thread::ByThread;
use super::digest::Digest;
use super::frame::Frame;
use super::gather::Gather;
use super::replicate::Finished;
use crate::engine::{Run, Staffing, Tally, Tape};
use crate::model::Model;
use crate::stats::Reason;

/// Sums of one staffing, a part of them with each thread.
#[derive(Debug)]
pub struct Gathering {
    frame: Frame,
    threads: ByThread<(Digest, Gather)>,
}

impl Gathering {
    /// Without replications yet.
    pub fn new(model: &Model, staffing: &Staffing) -> Self {
        let frame = Frame::new(model, staffing);
        let threads = ByThread::new(|| (Digest::new(&frame), Gather::new(&frame)));
        Self { frame, threads }
    }

    /// Plays replication number `replication`, which is on the tape, and counts it.
    pub fn play<'r>(
        &self,
        run: &'r mut Run,
        tape: &Tape,
        staffing: &Staffing,
        replication: u64,
    ) -> &'r Tally {
        let mut mine = self.threads.mine();
        let (digest, gather) = &mut *mine;
        let tally = run.play(tape, staffing, &mut gather.listen(&self.frame, replication));
        gather.add(&self.frame, tally, tape.contacts() as u64, digest);
        tally
    }

    /// Everything counted, given the seed and the number of the first replication.
    pub fn finished(&self, seed: u64, first: u64) -> Finished {
        let mut gather = Gather::new(&self.frame);
        self.threads.all().for_each(|thread| gather.merge(&thread.1));
        Finished { gather, seed, first, looks: 1, reason: Some(Reason::AsAsked) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::montecarlo::fixture::model;
    use crate::montecarlo::{Bench, Job};
    use crate::stats::Fixed;

    #[test]
    fn what_is_gathered_on_a_bench_is_what_a_job_gathers() {
        let model = model(2, 8..12);
        let staffing = Staffing::given(&model);
        let gathering = Gathering::new(&model, &staffing);
        let mut bench = Bench::new(&model, 7, 100, 0);
        for which in [0..9, 9..40] {
            bench.play(1, which, |_, run, tape, r| {
                gathering.play(run, tape, &staffing, r);
            });
        }
        let job = Job { first: 100, ..Job::new(&model, &staffing, 7) }.run(&mut Fixed(40));
        let found = gathering.finished(7, 100);
        assert!(found.gather == job.gather && (found.looks, found.reason) == (job.looks, job.reason));
    }
}
