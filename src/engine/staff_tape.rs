//! Who of the planned people comes to work, and when: the staff's part of the tape.
//!
//! A staffing plans *seats*: with n people planned, seats 0 to n − 1 are taken. Whether the person of a seat stays away
//! for a day, comes late, and how late, are pure functions of (seed, replication, group, working day, seat), so that
//! one more seat changes no other, and nothing is kept. A working day is that of
//! [`Opening::working_day`](crate::model::Opening::working_day).
//!
//! The person of seat s comes at the first interval of the working day in which more than s people are planned, or
//! that much later; whoever is there leaves and comes again with the plan, on time. A group whose people are certain
//! has no [`Rota`] and pays nothing.

use super::Tape;
use crate::model::{Grid, GroupId, Late, Model, Start};
use crate::random::{Purpose, Sampler, Stream};
use crate::units::Micros;

/// Absence and lateness of one group's people.
#[derive(Clone, Debug)]
pub struct Rota {
    group: usize,
    absence: f64,
    late: Option<(Late, Sampler)>,
    grid: Grid,
    /// The working day of each interval; never falls.
    days: Vec<usize>,
    /// The interval at whose start everybody has been there for the run-in already, if there is one.
    settled: Option<usize>,
}

impl Rota {
    /// The rota of a group; `None` where everybody comes, on time.
    pub fn new(model: &Model, group: GroupId) -> Option<Self> {
        let (facts, grid) = (&model.groups[group.0], model.grid().clone());
        let (absence, late) = (facts.people.absence, facts.people.late.clone());
        let run_in = matches!(model.run.start, Start::Steady { .. });
        facts.people.are_uncertain().then(|| Self {
            group: group.0,
            absence,
            late: late.map(|late| (late.clone(), Sampler::new(&late.by.shape))),
            days: (0..grid.intervals()).map(|i| facts.opening.working_day(&grid, i)).collect(),
            grid,
            settled: model.first_open().filter(|_| run_in),
        })
    }

    /// Of `planned` people in interval `i`, how many do not stay away that day.
    pub fn not_absent(&self, tape: &Tape, i: usize, planned: u32) -> u32 {
        let stream = self.stream(tape, i);
        (0..planned).filter(|&seat| !self.is_absent(stream, seat)).count() as u32
    }

    /// How late the person of `seat` is who should come at the start of interval `i`; `None`: on time.
    pub fn late(&self, tape: &Tape, i: usize, seat: u32) -> Option<Micros> {
        let (late, sampler) = self.late.as_ref().filter(|_| self.settled != Some(i))?;
        let stream = self.stream(tape, i);
        (stream.uniform_at(Purpose::Late, u64::from(seat)) < late.share).then(|| {
            let draw = sampler.draw(&mut stream.open_at(Purpose::LateBy, u64::from(seat)));
            Micros::from_secs_f64(draw * late.by.mean.at(i))
        })
    }

    /// How many people are at work at the start of interval `i`, where `planned` are planned in each interval of the
    /// run.
    pub fn at_work(&self, tape: &Tape, planned: &[u32], i: usize) -> u32 {
        if self.late.is_none() {
            return self.not_absent(tape, i, planned[i]);
        }
        let now = self.grid.start_of(i);
        self.comings(tape, planned, i).filter(|&at| at <= now).count() as u32
    }

    /// When further people planned for interval `i` come during it, because they are late; sorted.
    pub fn latecomers(&self, tape: &Tape, planned: &[u32], i: usize) -> Vec<Micros> {
        let during = |at: &Micros| *at > self.grid.start_of(i) && *at < self.grid.start_of(i + 1);
        let late = self.late.iter().flat_map(|_| self.comings(tape, planned, i).filter(during));
        let mut late: Vec<Micros> = late.collect();
        late.sort_unstable();
        late
    }

    /// When each person who is planned for interval `i` and does not stay away comes to work that day.
    fn comings<'a>(
        &'a self,
        tape: &'a Tape,
        planned: &'a [u32],
        i: usize,
    ) -> impl Iterator<Item = Micros> + 'a {
        let stream = self.stream(tape, i);
        self.seats_by_interval(planned, i).flat_map(move |(j, seats)| {
            let come = seats.filter(move |&seat| !self.is_absent(stream, seat));
            come.map(move |seat| {
                let late = self.late(tape, j, seat).unwrap_or(Micros::ZERO);
                self.grid.start_of(j).saturating_add(late)
            })
        })
    }

    /// The seats planned for interval `i`, by the interval of the working day in which they are first planned.
    fn seats_by_interval<'a>(
        &'a self,
        planned: &'a [u32],
        i: usize,
    ) -> impl Iterator<Item = (usize, std::ops::Range<u32>)> + 'a {
        let first = self.days.partition_point(|&day| day < self.days[i]);
        let most = planned[i];
        (first..=i).scan(0_u32, move |seen, j| {
            let seats = *seen..planned[j].min(most);
            *seen = (*seen).max(seats.end);
            Some((j, seats))
        })
    }

    fn is_absent(&self, stream: Stream, seat: u32) -> bool {
        stream.uniform_at(Purpose::Absence, u64::from(seat)) < self.absence
    }

    fn stream(&self, tape: &Tape, i: usize) -> Stream {
        Stream::of_group(tape.seed, tape.replication, self.group, self.days[i])
    }
}
