//! Customers on whom staffings are tried: replications of one seed from some number on.
//!
//! A staffing that will be wanted is *expected*; whenever replications are drawn, every expected staffing that has come
//! as far is played on them while they are at hand. So what is shown side by side costs one draw and as many plays, and
//! what was read for one purpose serves the next.

use super::job::Crew;
use super::job::Job;
use crate::model::{GroupId, Model, QueueId};
use crate::montecarlo::{Bench, Finished, Gathering, Reader, Reading, Staffing};

/// A stretch of replications, and what they said of every staffing that was tried on them.
pub(super) struct Customers<'m> {
    model: &'m Model,
    pairs: Vec<(QueueId, GroupId)>,
    seed: u64,
    bench: Bench<'m>,
    rows: Vec<Row>,
}

/// One staffing.
struct Row {
    staffing: Staffing,
    reader: Reader,
    /// Targets that are read by interval, for each planned queue.
    by_interval: Vec<Vec<usize>>,
    /// Replications that it is played on when others are.
    most: usize,
    readings: Vec<Reading>,
    gathering: Option<Gathering>,
}

/// Number of a staffing among those tried on some customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowId(usize);

impl<'m> Customers<'m> {
    /// Replications from `first` on, to be read for the queues and groups of `pairs`; at most `tape_bytes` bytes of them
    /// are kept.
    pub(super) fn new(
        model: &'m Model,
        pairs: &[(QueueId, GroupId)],
        seed: u64,
        first: u64,
        tape_bytes: usize,
    ) -> Self {
        let bench = Bench::new(model, seed, first, tape_bytes);
        Self { model, pairs: pairs.to_vec(), seed, bench, rows: Vec::new() }
    }

    /// Number of the first replication.
    pub(super) fn first(&self) -> u64 {
        self.bench.first()
    }

    /// The bench on which they are played.
    pub(super) fn bench(&mut self) -> &mut Bench<'m> {
        &mut self.bench
    }

    /// How many staffings are played on a replication that is new to all of them.
    pub(super) fn expected(&self) -> usize {
        self.rows.len()
    }

    /// Forgets all staffings; the customers stay.
    pub(super) fn forget(&mut self) {
        self.rows.clear();
    }

    /// A staffing that will be wanted on the first `most` replications, nothing of it interval by interval.
    pub(super) fn expect(&mut self, staffing: &Staffing, most: u64) -> RowId {
        self.row(staffing, None, most)
    }

    /// The staffing of a job's crew, to be judged on as many replications as that takes; targets `by_interval` are read
    /// interval by interval.
    pub(super) fn try_on(&mut self, job: &Job<'_>, crew: &Crew, by_interval: &[usize]) -> RowId {
        self.row(&job.staffing(crew), Some(vec![by_interval.to_vec()]), 0)
    }

    /// Says that a staffing will be wanted on the first `most` replications.
    pub(super) fn want(&mut self, RowId(row): RowId, most: u64) {
        self.rows[row].most = self.rows[row].most.max(most as usize);
    }

    /// The row of a staffing that tells what is asked.
    pub(super) fn row(
        &mut self,
        staffing: &Staffing,
        by_interval: Option<Vec<Vec<usize>>>,
        most: u64,
    ) -> RowId {
        let serves = |row: &Row| {
            row.staffing == *staffing && by_interval.as_ref().is_none_or(|wanted| row.by_interval == *wanted)
        };
        let known = self.rows.iter().position(serves).unwrap_or_else(|| {
            let by_interval = by_interval.unwrap_or_else(|| vec![Vec::new(); self.pairs.len()]);
            let reader = Reader::new(self.model, staffing, &self.pairs, &by_interval);
            let (staffing, readings) = (staffing.clone(), Vec::new());
            self.rows.push(Row { staffing, reader, by_interval, most: 0, readings, gathering: None });
            self.rows.len() - 1
        });
        self.want(RowId(known), most);
        RowId(known)
    }

    /// What `total` replications say of a staffing.
    pub(super) fn read(&mut self, RowId(row): RowId, total: usize) -> &[Reading] {
        while self.rows[row].readings.len() < total {
            self.play(row, total);
        }
        &self.rows[row].readings[..total]
    }

    /// What the first `total` replications said, all of which have been read.
    pub(super) fn known_readings(&self, RowId(row): RowId, total: usize) -> &[Reading] {
        &self.rows[row].readings[..total]
    }

    /// How many replications have been read for a staffing.
    pub(super) fn known(&self, RowId(row): RowId) -> usize {
        self.rows[row].readings.len()
    }

    /// Plays a staffing on to at most `total` replications, and with it every one that has come as far.
    fn play(&mut self, row: usize, total: usize) {
        let have = self.rows[row].readings.len();
        let wanted = |(k, one): (usize, &Row)| if k == row { total } else { one.most };
        let goes_along = |&(k, one): &(usize, &Row)| one.readings.len() == have && wanted((k, one)) > have;
        let together: Vec<(usize, &Row)> = self.rows.iter().enumerate().filter(goes_along).collect();
        let end = together.iter().map(|&one| wanted(one)).min().unwrap_or(total);
        let made = self.bench.play(together.len(), have..end, |k, run, tape, replication| {
            let (_, Row { staffing, reader, gathering, .. }) = together[k];
            let tally = match gathering {
                Some(gathering) => gathering.play(run, tape, staffing, replication),
                None => run.play(tape, staffing, &mut ()),
            };
            reader.read(tape, tally)
        });
        let numbers: Vec<usize> = together.iter().map(|(k, _)| *k).collect();
        for (k, reading) in numbers.iter().cycle().zip(made) {
            self.rows[*k].readings.push(reading);
        }
    }

    /// From now on all sums over the replications of this staffing are wanted too.
    pub(super) fn gather(&mut self, RowId(row): RowId) {
        let row = &mut self.rows[row];
        if row.gathering.is_none() {
            row.gathering = Some(Gathering::new(self.model, &row.staffing));
            row.readings.clear();
        }
    }

    /// The sums of a staffing over at least `total` replications.
    pub(super) fn gathered(&mut self, row: RowId, total: u64) -> Finished {
        self.gather(row);
        self.read(row, total as usize);
        let gathering = self.rows[row.0].gathering.as_ref().expect("it was just asked for");
        gathering.finished(self.seed, self.bench.first())
    }
}
