//! What one interval's agents may make up for in another: a promise over the day, opened up for whoever chooses staff by
//! other means than a plan, such as shifts.
//!
//! Theory says what each further person on shift brings in an interval ([`Curve`]), from the interval's floor up: the
//! slopes are those of the concave hull *above the floor*. From nothing up the hull would credit an interval that is
//! served badly with far more than it gives, because the true curve is S-shaped there.
//!
//! What was chosen is judged on the customers of a search ([`Trade::judge`]), which also finds the intervals that lie
//! below their floor, and in the end confirmed on customers that nobody has seen ([`Trade::confirm`]). Tests, errors and
//! floors are those of a plan.

use super::after_shrinkage;
use super::answer::Sample;
use super::claims::{Claim, Claims, Sense};
use super::confirm::{rules, standings};
use super::customers::Customers;
use super::errand::Errand;
use super::groups::{are_shared, joint};
use super::job::{Crew, Job};
use super::ladder::hull_slopes;
use super::purse::Purse;
use super::settings::Settings;
use super::show::before_shrinkage;
use super::solve::FLOOR_REPLICATIONS;
use super::trial::{Judged, Ring, Tried};
use super::warm_start::Theory;
use super::watch::Watch;
use crate::model::{Goal, GroupId, Limit, Model, Per, Queue, QueueId};
use crate::montecarlo::{Staffing, Verdict};

/// A tenth of the days more or fewer that keep a promise weighs as much as so large a share of the customers: days scatter
/// by a few points. Only the size of a step of the search depends on it.
const DAYS_IN_CUSTOMERS: f64 = 0.05;

/// So many times the replications of a plan's test may be played: the nearer a staffing may lie to its goal and still be
/// told apart from it, the fewer hours are paid.
const CLOSER: u64 = 8;

/// ... but no more contacts altogether than these, so that a week of a large centre takes seconds: its promise lies as near
/// to its goal all the same, because a replication holds so many customers.
const MOST_CONTACTS: f64 = 2e8;

/// Shares of customers that are not told apart, at least and at most.
const CLOSEST: f64 = 0.0005;
const COARSEST: f64 = 0.005;

/// How a promise is judged for shifts: as in a plan, but as closely as is worth it, which is half of what one agent more
/// in one interval brings (at most one in so many as are busy).
pub fn settings(model: &Model) -> Settings {
    let usual = Settings::of(model);
    let interval = model.grid().interval.as_secs_f64();
    let of_queue = |queue: &Queue| {
        (0..queue.volumes.len()).map(|i| queue.volumes[i] * queue.aht(i) / interval).sum::<f64>()
    };
    let busy: f64 = model.queues.iter().map(of_queue).sum();
    let indifference = (0.5 / busy.max(1.0)).clamp(CLOSEST, COARSEST);
    let most_replications = closer(usual.most_replications, model.expected_contacts());
    Settings { most_replications, indifference, beside: false, ..usual }
}

/// Replications of a test, from those of a plan's, where each has so many contacts: [`CLOSER`] times as many,
/// halved while all together are more than [`MOST_CONTACTS`], but never fewer.
fn closer(usual: u64, contacts: f64) -> u64 {
    let mut most = usual * CLOSER;
    while most > usual && most as f64 * contacts > MOST_CONTACTS {
        most /= 2;
    }
    most
}

/// So many slopes of a group are more than the solver should be given one by one.
const MANY: usize = 3000;
/// Slopes at least so large, as a share of the first of them, are taken for one.
const ALIKE: f64 = 0.8;
/// Slopes smaller than this share of an interval's first are left out.
const NEXT_TO_NOTHING: f64 = 0.01;

/// Groups whose promise is over the day or longer, and the customers on whom they are tried.
pub struct Trade<'w, 'm> {
    errand: Errand<'w>,
    model: &'m Model,
    parts: Vec<Part<'m>>,
    round: u32,
}

/// One group.
struct Part<'m> {
    queue: QueueId,
    group: GroupId,
    /// Fewest at work in every open interval.
    floors: Crew,
    search: Customers<'m>,
    purse: Purse,
}

/// What theory sees of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Curves {
    /// The group.
    pub group: GroupId,
    /// One for every interval of the run.
    pub intervals: Vec<Curve>,
    /// What the people beyond the floors must bring together, in the unit of the slopes: customers who are served as
    /// promised, or customers × seconds of waiting spared.
    pub wanted: f64,
}

/// One interval: people on shift, shrinkage included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Fewest.
    pub least: u32,
    /// What the first, second … person beyond brings; never rising.
    pub slopes: Vec<f64>,
}

/// How a group's staff did.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The group.
    pub group: GroupId,
    /// Whether the promises over the day are kept.
    pub verdict: Verdict,
    /// By how much the promise that is worst kept lies above its goal, in the unit of the slopes; negative below.
    pub ahead: f64,
    /// Half the width of the interval around it.
    pub give_or_take: f64,
    /// Half the width that the longest test would have: how far above its goal a promise must lie to be told apart from it.
    pub closest: f64,
    /// Whether no estimate lies below its goal.
    pub looks_met: bool,
    /// Intervals of the run that are shown to lie below their floor, by 3 standard errors.
    pub low: Vec<usize>,
    /// The customers.
    pub sample: Sample,
    /// Whether it was ended from outside.
    pub interrupted: bool,
}

impl<'w, 'm> Trade<'w, 'm> {
    /// All groups of a scenario whose promise can be kept by making up for one interval in another; there may be none.
    pub fn new(model: &'m Model, settings: &'w Settings, watch: &'w dyn Watch) -> Self {
        let errand = Errand::new(settings, watch);
        let nobody = Staffing::given(model);
        let open: Vec<(QueueId, GroupId)> = planned(model).filter(|pair| trades(model, *pair)).collect();
        let open = if are_shared(model) { Vec::new() } else { open };
        let several = open.len().max(1);
        let part = |&(queue, group): &(QueueId, GroupId)| {
            let job = Job::new(model, queue, group, &nobody);
            let bytes = settings.tape_bytes / several;
            Part {
                queue,
                group,
                floors: Theory::new(&job).floors(settings),
                search: Customers::new(model, &[(queue, group)], settings.seed, 0, bytes),
                purse: Purse::new(settings.error / 2.0 / several as f64),
            }
        };
        let parts = open.iter().map(part).collect();
        Self { errand, model, parts, round: 0 }
    }

    /// The groups.
    pub fn groups(&self) -> Vec<GroupId> {
        self.parts.iter().map(|part| part.group).collect()
    }

    /// What theory sees of each group above its floors as they are now.
    pub fn curves(&self) -> Vec<Curves> {
        let nobody = Staffing::given(self.model);
        self.parts
            .iter()
            .map(|part| part.curves(&Job::new(self.model, part.queue, part.group, &nobody)))
            .collect()
    }

    /// How each group does when everybody works as in `staffing`, on the customers of the search. Intervals below their
    /// floor get one more person than they have as their new floor.
    pub fn judge(&mut self, staffing: &Staffing) -> Vec<Judgement> {
        let (errand, model) = (&self.errand, self.model);
        let one = |part: &mut Part<'m>| {
            let error = part.purse.next();
            let job = Job::new(model, part.queue, part.group, staffing);
            let judged = Court { errand, job: &job, staffing, error, at_least: FLOOR_REPLICATIONS }
                .judge(&mut part.search);
            part.lift(&job, staffing, &judged.low);
            judged
        };
        self.parts.iter_mut().map(one).collect()
    }

    /// How each group does on customers that were never used before. Floors that are shown broken are lifted.
    pub fn confirm(&mut self, staffing: &Staffing) -> Vec<Judgement> {
        self.round += 1;
        let share = 1.0 / f64::from(self.round * (self.round + 1));
        let error = self.errand.settings.error / 2.0 / self.parts.len().max(1) as f64 * share;
        let (errand, model, first) = (&self.errand, self.model, self.errand.fresh());
        let one = |part: &mut Part<'m>| {
            let job = Job::new(model, part.queue, part.group, staffing);
            let pair = [(part.queue, part.group)];
            let mut customers = Customers::new(model, &pair, errand.settings.seed, first, 0);
            let judged = Court { errand, job: &job, staffing, error, at_least: errand.settings.to_confirm() }
                .judge(&mut customers);
            part.lift(&job, staffing, &judged.low);
            judged
        };
        self.parts.iter_mut().map(one).collect()
    }
}

/// Every planned group with the queue that it serves first.
fn planned(model: &Model) -> impl Iterator<Item = (QueueId, GroupId)> + '_ {
    let pair = |id: GroupId| Some((model.groups[id.0].serves.first()?.queue, id));
    model.planned_groups().filter_map(pair)
}

/// Whether surplus in one interval may pay for deficit in another: promises about waits over the day or longer, to
/// customers who are on the line, served one at a time.
fn trades(model: &Model, (queue, group): (QueueId, GroupId)) -> bool {
    let facts = &model.queues[queue.0];
    let of_waits = |goal: &Goal| matches!(goal, Goal::Answered { .. } | Goal::Asa(_) | Goal::Abandoned(_));
    let over_the_day =
        facts.targets.iter().all(|target| target.per != Per::Interval && of_waits(&target.goal));
    let one_at_a_time = model.groups[group.0].most_in_hand() <= 1;
    !facts.targets.is_empty() && over_the_day && one_at_a_time && !facts.channel.is_deferred()
}

/// Why the shifts of a planned group cover its plan in every interval instead of keeping its promise over the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covered {
    /// Some planned group serves several queues, or a queue that another serves too; and not all that is promised is about
    /// waits and hang-ups of those on the line, or a group may be busy for a share of its time only.
    Shared,
    /// A promise is in every interval, or not about waits and hang-ups.
    Interval,
    /// People serve several contacts at once.
    Several,
    /// The work can wait.
    Deferred,
    /// Nothing is promised.
    NoPromise,
}

/// Why a planned group is none of [`Trade::groups`] nor of those of [`joint::Joint`]; nothing where it is one.
pub fn why_covered(model: &Model, group: GroupId) -> Option<Covered> {
    let queue = model.groups[group.0].serves.first()?.queue;
    let facts = &model.queues[queue.0];
    if joint::is_for(model) {
        None
    } else if are_shared(model) {
        Some(Covered::Shared)
    } else if trades(model, (queue, group)) {
        None
    } else if facts.targets.is_empty() {
        Some(Covered::NoPromise)
    } else if facts.channel.is_deferred() {
        Some(Covered::Deferred)
    } else if model.groups[group.0].most_in_hand() > 1 {
        Some(Covered::Several)
    } else {
        Some(Covered::Interval)
    }
}

impl Part<'_> {
    fn curves(&self, job: &Job<'_>) -> Curves {
        let theory = Theory::new(job);
        let mut curves = Curves {
            group: self.group,
            intervals: vec![Curve::default(); job.model.grid().intervals()],
            wanted: theory.wanted(),
        };
        for (j, (&floor, top)) in self.floors.iter().zip(theory.tops()).enumerate() {
            let i = job.open[j];
            let share = job.group_facts().shrinkage.at(i);
            let on_shift = |agents: u32| before_shrinkage(agents, share);
            let at_work = |people| after_shrinkage(job.model, job.group, i, people);
            let (least, most) = (on_shift(floor), on_shift(top.max(floor)));
            let gains: Vec<f64> = (least..=most).map(|people| theory.gain(j, at_work(people))).collect();
            curves.wanted -= gains[0];
            curves.intervals[i] = Curve { least, slopes: rising(hull_slopes(&gains)) };
        }
        if curves.intervals.iter().map(|curve| curve.slopes.len()).sum::<usize>() > MANY {
            curves.intervals.iter_mut().for_each(|curve| curve.slopes = levelled(&curve.slopes));
        }
        curves.wanted = curves.wanted.max(0.0);
        curves
    }

    /// One more at work than there are becomes the floor of these intervals.
    fn lift(&mut self, job: &Job<'_>, staffing: &Staffing, low: &[usize]) {
        for (j, &i) in job.open.iter().enumerate() {
            if low.contains(&i) {
                let more = (staffing.at(job.group, i) + 1).min(job.most[j]);
                self.floors[j] = self.floors[j].max(more);
            }
        }
    }
}

/// Slopes without those that bring nothing at the end.
fn rising(mut slopes: Vec<f64>) -> Vec<f64> {
    slopes.truncate(slopes.iter().take_while(|slope| **slope > 0.0).count());
    slopes
}

/// Slopes of which neighbours that differ little are one, and the last, which bring next to nothing, are left out: the
/// solver has one variable for those that are the same. What that changes, the simulation corrects.
fn levelled(slopes: &[f64]) -> Vec<f64> {
    let mut level = Vec::new();
    let mut rest = slopes;
    while let Some(&first) = rest.first().filter(|first| **first >= NEXT_TO_NOTHING * slopes[0]) {
        let (alike, others) = rest.split_at(rest.iter().take_while(|slope| **slope >= ALIKE * first).count());
        level.extend(vec![alike.iter().sum::<f64>() / alike.len() as f64; alike.len()]);
        rest = others;
    }
    level
}

/// The claim that is worst kept, in the unit of the slopes.
#[derive(Clone, Copy, Default)]
struct Worst {
    ahead: f64,
    give_or_take: f64,
    closest: f64,
}

/// Where one group's staff is judged.
struct Court<'a, 'm> {
    errand: &'a Errand<'a>,
    job: &'a Job<'m>,
    staffing: &'a Staffing,
    error: f64,
    /// Replications by which floors are judged.
    at_least: u64,
}

impl<'m> Court<'_, 'm> {
    fn judge(&self, customers: &mut Customers<'m>) -> Judgement {
        let Errand { settings, watch, .. } = *self.errand;
        let targets = &self.job.queue_facts().targets;
        let by_interval: Vec<usize> = (0..targets.len()).collect();
        let rules = rules(targets, &by_interval, &[], settings.floor);
        let claims = Claims { list: Claims::of(self.job, Sense::Asked).list, by_interval };
        let crew: Crew = self.job.open.iter().map(|&i| self.staffing.at(self.job.group, i)).collect();
        let first = customers.first();
        let mut ring = Ring { job: self.job, customers, settings, watch, only_met: false };
        let (tried, row) = ring.test(&claims, &crew, self.error);
        let wanted = (tried.replications.max(self.at_least)) as usize;
        let interrupted = tried.interrupted || !ring.read(row, wanted);
        let read = wanted.min(customers.known(row));
        let standings = standings(self.job, &rules, customers.read(row, read), 0);
        let low =
            standings.iter().filter(|one| one.verdict == Verdict::Missed).map(|one| one.interval).collect();
        customers.forget();
        let Worst { ahead, give_or_take, closest } = self.worst(&claims, &tried);
        let sample = self.errand.sample(first, read as u64);
        Judgement {
            group: self.job.group,
            verdict: tried.verdict,
            ahead,
            give_or_take,
            closest,
            looks_met: tried.looks_met(),
            low,
            sample,
            interrupted,
        }
    }

    /// The claim that is worst kept: how far ahead of its goal it is, and how well that is known.
    fn worst(&self, claims: &Claims, tried: &Tried) -> Worst {
        let settings = self.errand.settings;
        let longer = tried.replications as f64 / settings.most_replications.max(1) as f64;
        let one = |(claim, judged): (&Claim, &Judged)| {
            let (unit, margin) = (self.unit(*claim), judged.margin?);
            let half = Some(margin.half_width()).filter(|half| half.is_finite()).unwrap_or(0.0);
            let closest =
                (half * longer.sqrt().min(1.0)).max(claim.indifference(self.job, settings.indifference));
            Some(Worst { ahead: margin.mean * unit, give_or_take: half * unit, closest: closest * unit })
        };
        let known = claims.list.iter().zip(&tried.claims).filter_map(one);
        known.min_by(|a, b| a.ahead.total_cmp(&b.ahead)).unwrap_or_default()
    }

    /// What one unit of a claim's margin is in the unit of the slopes.
    fn unit(&self, claim: Claim) -> f64 {
        let queue = self.job.queue_facts();
        let volume: f64 = queue.volumes.iter().sum();
        match claim {
            Claim::Average(t) => match queue.targets[t].goal.limit() {
                Limit::WaitAtMost(_) => volume * 1e-6,
                Limit::AtLeast(_) | Limit::AtMost(_) => volume,
            },
            Claim::Share(..) | Claim::Days(_) => volume * DAYS_IN_CUSTOMERS,
            Claim::Interval { .. } | Claim::Occupancy(_) => volume,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_weeks_are_tested_less_often_but_never_less_than_a_plan() {
        assert_eq!(
            [0.0, 10_000.0, 100_000.0, 1e9].map(|contacts| closer(512, contacts)),
            [4096, 4096, 1024, 512]
        );
    }

    #[test]
    fn slopes_that_differ_little_are_one_and_bring_as_much_together() {
        assert_eq!(levelled(&[10.0, 9.0, 8.0, 4.0, 3.5, 0.05]), [9.0, 9.0, 9.0, 3.75, 3.75]);
        assert_eq!(levelled(&[]), Vec::<f64>::new());
        assert_eq!(rising(vec![3.0, 1.0, 0.0]), [3.0, 1.0]);
    }
}
