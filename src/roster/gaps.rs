//! How many people each interval needs, by simulation, and the stretches in which a roster has too few or too many.
//!
//! The roster is played with one person more in every interval, then two, and so on, and with one fewer, two fewer, on the
//! same customers. An interval needs the smallest number with which its own long-run figure keeps the promises about
//! waits of every queue that the group serves. That is what its neighbours need as well at that level, so that what waits
//! at the start of an interval is what a roster at the mark would leave there. A promise over the day can hold although
//! some intervals lie below it, and a hand is lent where the day as a whole has room: the need says where people are
//! worth most, not that the promise is broken.

use super::chance::total;
use super::trials::{Trials, go_on, some_replications};
use super::{Question, Unjudged, Watch};
use crate::model::GroupId;
use crate::montecarlo::{Kept, KeptAt, Staffing};

/// The most people more, or fewer, that are tried.
const MOST: i64 = 8;

/// What a group needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Needs {
    /// The group.
    pub group: GroupId,
    /// Every counted interval in which it is open and a queue of its is too.
    pub intervals: Vec<Need>,
}

/// What one interval needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// The interval of the run.
    pub interval: usize,
    /// People at work by the roster.
    pub at_work: u32,
    /// People it needs; where [`Self::more_than_tried`], at least so many.
    pub needed: u32,
    /// Whether even the most people that were tried are too few.
    pub more_than_tried: bool,
    /// Whether it holds even with the most people fewer that were tried: then it may need less.
    pub fewer_than_tried: bool,
    /// Contacts a day that one person more brings to the good side of the goal, and one fewer takes from it.
    pub worth: (f64, f64),
}

/// A stretch with too few people, or too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its first interval.
    pub from: usize,
    /// One past its last.
    pub to: usize,
    /// People missing where it is worst (negative), or to spare where there are most.
    pub people: i64,
    /// The same over all its intervals, in intervals of one person.
    pub person_intervals: i64,
}

impl Need {
    /// People to spare; negative where some are missing.
    pub fn spare(&self) -> i64 {
        i64::from(self.at_work) - i64::from(self.needed)
    }
}

impl Needs {
    /// Stretches of neighbouring intervals of one day (each has `per_day`) with too few, or with too many.
    pub fn gaps(&self, per_day: usize) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = Vec::new();
        for need in self.intervals.iter().filter(|need| need.spare() != 0) {
            let (i, people) = (need.interval, need.spare());
            match gaps.last_mut() {
                Some(gap) if gap.to == i && gap.from / per_day == i / per_day && gap.people * people > 0 => {
                    gap.to = i + 1;
                    gap.people = if people.abs() > gap.people.abs() { people } else { gap.people };
                    gap.person_intervals += people;
                }
                _ => gaps.push(Gap { from: i, to: i + 1, people, person_intervals: people }),
            }
        }
        gaps
    }
}

/// What every group with a roster needs; `kept` is what the roster as it is gave.
pub(super) fn needs(
    question: &Question<'_>,
    trials: &mut Trials<'_>,
    kept: &[Kept],
    watch: &Watch<'_>,
) -> Result<Vec<Needs>, Unjudged> {
    let replications = some_replications(question.model, question.replications);
    let now = &kept[..replications as usize];
    let groups = (0..question.rosters.len()).filter(|&g| question.rosters[g].is_some());
    let groups: Vec<usize> = groups.collect();
    let mut found = Vec::new();
    for (k, &g) in groups.iter().enumerate() {
        let mut search = Search { question, trials, replications, group: GroupId(g) };
        let step = (k as u64, groups.len() as u64);
        found.push(search.needs(now, &|| go_on(watch, "finding what each interval needs", step.0, step.1))?);
    }
    Ok(found)
}

/// The search for one group.
struct Search<'a, 'q, 'm> {
    question: &'q Question<'a>,
    trials: &'q mut Trials<'m>,
    replications: u64,
    group: GroupId,
}

/// How every interval does with so many more people, or fewer.
struct Level {
    holds: Vec<bool>,
    beyond: Vec<f64>,
}

impl Search<'_, '_, '_> {
    fn needs(&mut self, now: &[Kept], go_on: &dyn Fn() -> Result<(), Unjudged>) -> Result<Needs, Unjudged> {
        let intervals = self.intervals();
        let now = self.level(now, &intervals);
        let mut extra: Vec<Option<i64>> = vec![None; intervals.len()];
        let (mut more, mut less) = (Vec::new(), Vec::new());
        for by in 1..=MOST {
            let missing = |k: usize, extra: &[Option<i64>]| !now.holds[k] && extra[k].is_none();
            if by > 1 && !(0..intervals.len()).any(|k| missing(k, &extra)) {
                break;
            }
            go_on()?;
            let level = self.with(by, &intervals);
            (0..intervals.len()).filter(|&k| level.holds[k]).for_each(|k| {
                if missing(k, &extra) {
                    extra[k] = Some(by);
                }
            });
            if by == 1 {
                more = level.beyond;
            }
        }
        let mut fewer: Vec<bool> = now.holds.clone();
        (0..intervals.len()).filter(|&k| now.holds[k]).for_each(|k| extra[k] = Some(0));
        for by in 1..=MOST {
            if by > 1 && !fewer.iter().any(|may| *may) {
                break;
            }
            go_on()?;
            let level = self.with(-by, &intervals);
            for (k, &i) in intervals.iter().enumerate() {
                fewer[k] &= level.holds[k] && i64::from(self.at_work(i)) >= by;
                if fewer[k] {
                    extra[k] = Some(-by);
                }
            }
            if by == 1 {
                less = level.beyond;
            }
        }
        let need = |(k, &interval): (usize, &usize)| {
            let at_work = self.at_work(interval);
            let days = self.replications as f64;
            Need {
                interval,
                at_work,
                needed: (i64::from(at_work) + extra[k].unwrap_or(MOST + 1)).max(0) as u32,
                more_than_tried: extra[k].is_none(),
                fewer_than_tried: extra[k] == Some(-MOST),
                worth: ((more[k] - now.beyond[k]) / days, (now.beyond[k] - less[k]) / days),
            }
        };
        let intervals = intervals.iter().enumerate().map(need).collect();
        Ok(Needs { group: self.group, intervals })
    }

    fn at_work(&self, i: usize) -> u32 {
        self.question.staffing.at(self.group, i)
    }

    fn serves(&self, at: &KeptAt) -> bool {
        self.question.model.groups[self.group.0].serves.iter().any(|skill| skill.queue.0 == at.queue)
    }

    /// Counted intervals in which the group and a queue of its are open.
    fn intervals(&self) -> Vec<usize> {
        let opening = &self.question.model.groups[self.group.0].opening;
        let read = self.trials.keeper().intervals().iter();
        let mine = read.filter(|at| self.serves(at) && opening.is_open(at.interval));
        let mut intervals: Vec<usize> = mine.map(|at| at.interval).collect();
        intervals.sort_unstable();
        intervals.dedup();
        intervals
    }

    /// With so many people more in every interval in which the group is open.
    fn with(&mut self, by: i64, intervals: &[usize]) -> Level {
        let model = self.question.model;
        let mut staffing: Staffing = self.question.staffing.clone();
        for i in model.groups[self.group.0].opening.intervals() {
            let people = (i64::from(staffing.at(self.group, i)) + by).max(0);
            staffing.set(self.group, i, people as u32);
        }
        let kept = self.trials.play(&staffing, self.replications);
        self.level(&kept, intervals)
    }

    fn level(&self, kept: &[Kept], intervals: &[usize]) -> Level {
        let keeper = self.trials.keeper();
        let mut level = Level { holds: vec![true; intervals.len()], beyond: vec![0.0; intervals.len()] };
        for (n, at) in keeper.intervals().iter().enumerate().filter(|(_, at)| self.serves(at)) {
            let Ok(k) = intervals.binary_search(&at.interval) else { continue };
            let figure = total(kept.iter().map(|one| one.intervals[n]));
            level.holds[k] &= keeper.holds(at, figure) != Some(false);
            level.beyond[k] += keeper.beyond(at, figure);
        }
        level
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_one_sign_on_one_day_are_one_stretch() {
        let need = |interval, at_work, needed| Need {
            interval,
            at_work,
            needed,
            more_than_tried: false,
            fewer_than_tried: false,
            worth: (0.0, 0.0),
        };
        let intervals = vec![
            need(16, 4, 5),
            need(17, 4, 6),
            need(18, 6, 6),
            need(19, 6, 5),
            need(23, 6, 5),
            need(24, 6, 5),
        ];
        let gaps = Needs { group: GroupId(0), intervals }.gaps(24);
        let gap = |from, to, people, person_intervals| Gap { from, to, people, person_intervals };
        assert_eq!(gaps, [gap(16, 18, -2, -3), gap(19, 20, 1, 1), gap(23, 24, 1, 1), gap(24, 25, 1, 1)]);
    }
}
