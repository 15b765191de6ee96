//! The customers of the search, and how every staffing that was tried on them stands to every pledge.
//!
//! All candidates meet the same customers (common random numbers), so that what differs between them is their doing. A
//! candidate that is far below a goal is seen to be so after a few replications and given up: by its own figures, or by
//! how it differs, customer by customer, from the last staffing that was seen to keep every goal on more of them. How busy
//! the days happen to be moves both alike and drops out of that difference, so that it shows soonest where days differ.

use super::super::errand::Errand;
use super::super::together::Together;
use super::super::watch::{Event, cancelled};
use super::pledges::Pledges;
use super::task::Task;
use crate::model::GroupId;
use crate::montecarlo::{Bench, Reader, Reading, Staffing};
use crate::stats::SequentialTest;
use std::collections::BTreeMap;

/// Replications after which hopeless candidates are given up.
const FIRST: usize = 8;
/// Replications of the next look; from there on they double.
const SECOND: usize = 32;
/// So unlikely must a wrong verdict be before a search trusts it.
const SURE: f64 = 1e-6;

/// When a candidate is given up before all replications are played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Patience {
    /// Never: its figures are wanted.
    Endless,
    /// Once some margin lies so many standard errors below a bar.
    Below {
        /// The margin to be reached.
        bar: f64,
        /// Standard errors.
        errors: f64,
    },
}

impl Patience {
    /// For candidates that need only reach every goal: four standard errors, for hundreds are tried.
    pub(super) const GOAL: Self = Self::Below { bar: 0.0, errors: 4.0 };

    /// For candidates that must do better than another one.
    pub(super) fn better_than(margin: f64) -> Self {
        Self::Below { bar: margin, errors: 2.0 }
    }
}

/// Staffings on the same customers.
pub(super) struct Sample<'a, 'm> {
    pub(super) task: &'a Task<'m>,
    pub(super) pledges: &'a Pledges,
    pub(super) errand: &'a Errand<'a>,
    bench: Bench<'m>,
    known: BTreeMap<Vec<Vec<u32>>, Known>,
    /// The last staffing that kept every goal, of those judged on most replications.
    kept: Option<Vec<Vec<u32>>>,
    /// Most replications that any staffing took.
    pub(super) longest: usize,
}

/// What is known about one staffing.
struct Known {
    tracks: Vec<Track>,
    done: usize,
}

/// How a staffing stands to one pledge so far: margins `z` of weight `w`.
struct Track {
    together: Together,
    test: SequentialTest,
    scale: f64,
    n: f64,
    z: f64,
    zz: f64,
    w: f64,
    /// The margins one by one.
    each: Vec<f64>,
    controlled: Option<f64>,
}

/// How a staffing stands to all pledges; margins are positive where a goal is reached.
#[derive(Clone, Debug)]
pub(super) struct Stand {
    /// By pledge, corrected for how busy these customers' days happen to be.
    pub(super) margins: Vec<f64>,
    /// The same without that correction: what to compare between staffings.
    pub(super) plain: Vec<f64>,
    /// Whether it was given up early.
    pub(super) hopeless: bool,
    /// Whether it was ended from outside.
    pub(super) interrupted: bool,
}

impl Stand {
    /// Whether every goal is reached, as far as these customers tell.
    pub(super) fn is_good(&self) -> bool {
        !self.hopeless && !self.interrupted && self.margins.iter().all(|margin| *margin >= 0.0)
    }

    /// The least margin.
    pub(super) fn worst(&self) -> f64 {
        self.margins.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

impl<'a, 'm> Sample<'a, 'm> {
    /// The customers `first ..` of a search.
    pub(super) fn new(task: &'a Task<'m>, pledges: &'a Pledges, errand: &'a Errand<'a>, first: u64) -> Self {
        let bench = Bench::new(task.model, errand.settings.seed, first, errand.settings.tape_bytes);
        Self { task, pledges, errand, bench, known: BTreeMap::new(), kept: None, longest: 0 }
    }

    /// How many staffings were tried.
    pub(super) fn candidates(&self) -> u64 {
        self.known.len() as u64
    }

    /// How a staffing stands after `total` replications, or before where patience ends.
    pub(super) fn judge(&mut self, staffing: &Staffing, total: usize, patience: Patience) -> Stand {
        let key: Vec<Vec<u32>> = self.task.groups.iter().map(|job| staffing.of(job.group).to_vec()).collect();
        let mut known = self.known.remove(&key).unwrap_or_else(|| {
            self.announce(staffing);
            Known::new(self.task, self.pledges)
        });
        let reader = Reader::new(self.task.model, staffing, &self.task.pairs, &self.pledges.by_interval);
        let beside = self.kept.as_ref().and_then(|key| self.known.get(key));
        let (mut hopeless, mut interrupted) = (false, false);
        while known.done < total && !hopeless {
            hopeless = known.is_hopeless(patience, beside);
            interrupted = cancelled(self.errand.watch);
            if hopeless || interrupted {
                break;
            }
            let next = match known.done {
                0 => FIRST,
                done if done < SECOND => SECOND,
                done => 2 * done,
            };
            let which = known.done..next.min(total);
            let read = self.bench.read(staffing, which.clone(), |tape, tally| reader.read(tape, tally));
            known.push(self.task, self.pledges, &read);
        }
        self.longest = self.longest.max(known.done);
        let stand = known.stand(hopeless, interrupted);
        if stand.is_good() && beside.is_none_or(|kept| kept.done <= known.done) {
            self.kept = Some(key.clone());
        }
        self.known.insert(key, known);
        stand
    }

    fn announce(&self, staffing: &Staffing) {
        let groups = || self.task.groups.iter().map(|job| job.group);
        let at = |i: usize| groups().map(|group: GroupId| staffing.at(group, i)).sum::<u32>();
        let intervals = 0..self.task.model.grid().intervals();
        let agent_hours = intervals.clone().map(|i| f64::from(at(i))).sum::<f64>()
            * self.task.model.grid().interval.as_hours_f64();
        let agents = intervals.map(at).max().unwrap_or(0);
        self.errand.watch.event(&Event::Candidate { agents, agent_hours });
    }
}

impl Known {
    fn new(task: &Task<'_>, pledges: &Pledges) -> Self {
        let track = |pledge: &super::pledges::Pledge| {
            let test = pledge.claim.controlled(task.model, SequentialTest::new(SURE, 0.0, 1 << 40));
            let scale = pledge.scale(task);
            let together = Together::of(pledge.claim, &task.jobs[pledge.pair]);
            Track {
                together,
                test,
                scale,
                n: 0.0,
                z: 0.0,
                zz: 0.0,
                w: 0.0,
                each: Vec::new(),
                controlled: None,
            }
        };
        Self { tracks: pledges.list.iter().map(track).collect(), done: 0 }
    }

    fn push(&mut self, task: &Task<'_>, pledges: &Pledges, readings: &[Reading]) {
        for (k, track) in self.tracks.iter_mut().enumerate() {
            for reading in readings {
                let whole = pledges.margin_together(task, k, reading, &mut track.together);
                let Some((margin, controls)) = whole else { continue };
                track.n += 1.0;
                track.z += margin.z;
                track.zz += margin.z * margin.z;
                track.w += margin.weight;
                track.each.push(margin.z);
                if track.test.verdict().is_none() {
                    track.test.push(margin, &controls);
                }
            }
            let looked = track.test.look().and_then(|look| look.margin);
            track.controlled = looked.map(|margin| margin.mean).filter(|_| track.test.verdict().is_none());
        }
        self.done += readings.len();
    }

    /// Whether patience ends; `beside` was judged on the same customers and perhaps more.
    fn is_hopeless(&self, patience: Patience, beside: Option<&Known>) -> bool {
        let Patience::Below { bar, errors } = patience else { return false };
        let far = |(mean, error): (f64, f64), scale: f64| mean + errors * error < bar * scale;
        // Stretches of many replications are few at first.
        let enough = |track: &Track| track.n >= FIRST as f64;
        let alone = || {
            let mut tracks = self.tracks.iter().filter(|track| enough(track));
            tracks.any(|track| far((track.mean(), track.error()), track.scale))
        };
        let by_difference = || {
            let pairs = beside
                .filter(|other| other.done >= self.done)
                .map(|other| self.tracks.iter().zip(&other.tracks));
            pairs.is_some_and(|pairs| {
                pairs
                    .filter(|(track, _)| enough(track))
                    .any(|(track, other)| far(track.beside(other), track.scale))
            })
        };
        self.done >= FIRST && (alone() || by_difference())
    }

    fn stand(&self, hopeless: bool, interrupted: bool) -> Stand {
        Stand {
            margins: self.tracks.iter().map(|track| track.corrected() / track.scale).collect(),
            plain: self.tracks.iter().map(|track| track.mean() / track.scale).collect(),
            hopeless,
            interrupted,
        }
    }
}

impl Track {
    /// The mean margin in the goal's units; a promise to nobody is kept.
    fn mean(&self) -> f64 {
        if self.w > 0.0 { self.z / self.w } else { 0.0 }
    }

    /// The same, corrected for how busy the days happened to be where that is known.
    fn corrected(&self) -> f64 {
        self.controlled.unwrap_or_else(|| self.mean())
    }

    /// What the mean margin will be, going by another staffing's and by how the two differ so far; and the standard
    /// error of that difference.
    fn beside(&self, other: &Self) -> (f64, f64) {
        let weight = other.w / other.n.max(1.0);
        if weight <= 0.0 {
            return (self.mean(), f64::INFINITY);
        }
        let differences = self.each.iter().zip(&other.each).map(|(mine, other)| mine - other);
        let (z, zz) = differences.fold((0.0, 0.0), |(z, zz), d| (z + d, zz + d * d));
        (other.corrected() + z / self.n / weight, error_of_sum(self.n, z, zz) / (self.n * weight))
    }

    /// Its standard error.
    fn error(&self) -> f64 {
        if self.w > 0.0 { error_of_sum(self.n, self.z, self.zz) / self.w } else { 0.0 }
    }
}

/// Standard error of a sum of `n` numbers, from it and the sum of their squares; 0 where it cannot be known.
fn error_of_sum(n: f64, sum: f64, squares: f64) -> f64 {
    if n < 2.0 {
        return 0.0;
    }
    let mean = sum / n;
    let variance = (squares / n - mean * mean).max(0.0) * n / (n - 1.0);
    (variance * n).sqrt()
}
