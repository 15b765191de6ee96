//! The answer of a joint plan: search, confirm, and say what is true.

use super::super::answer::{Alternative, Answer, Certificate, Label, Leaner, LowerBound, OneLess, Reached};
use super::super::assemble::{group_plan, objective};
use super::super::claims::{Claim, Sense};
use super::super::confirm::Standing;
use super::super::curve;
use super::super::errand::Errand;
use super::super::job::{Crew, Job};
use super::super::leaner;
use super::super::show::{LEVEL, Show, Size};
use super::super::solve::worse;
use super::super::together::Together;
use super::super::trial::Tried;
use super::super::watch::cancelled;
use super::bound;
use super::demand::demands;
use super::finalists::Court;
use super::intervals::Watched;
use super::lines::{Lines, Point};
use super::one_less::{self, one_less};
use super::pledges::{Pledge, Pledges};
use super::price::Price;
use super::program::{Row, whole};
use super::seek::{Effort, Sought, seek};
use super::speak::Speech;
use super::subsets::{Subsets, sets};
use super::task::Task;
use super::verdicts::{Shown, prove};
use super::walk::{Walked, walk};
use crate::montecarlo::{Outcome, Staffing, Verdict, measure};

/// Replications, as many times as usual, after which a neighbour's test ends.
const BESIDE: u64 = 2;

/// Plans, and tells what was found.
pub(super) fn answer(task: &Task<'_>, errand: &Errand<'_>) -> Answer {
    errand.expect_parts(if errand.settings.beside { 5 } else { 4 });
    errand.next_part();
    errand.stage("asking theory for a start");
    let demands = demands(task, errand.settings.seed);
    let subsets = Subsets::new(task, &demands);
    let sets = sets(task);
    let base: Vec<Crew> = task.groups.iter().map(|job| job.least.clone()).collect();
    let lines = Lines::new(&subsets, &sets, task, &base);
    let flat = task.is_flat();
    let rows = if flat { bound::rows(&lines, &subsets, &sets) } else { Vec::new() };
    let theory = if flat { whole(&lines.columns(), &rows) } else { None }.unwrap_or(lines.start.clone());
    let pooled = lines.staffing(&theory);
    let pledges = Pledges::of(task, Sense::Asked);
    let watched = Watched::of(task, &pledges, errand.settings);
    let plan = |lines: &Lines<'_, '_>, rows: &[Row], start: Point, walked: Option<Walked>| {
        let over_the_run = if flat { pledges.clone() } else { pledges.over_the_run() };
        let plan = Plan { task, errand, lines, rows, watched: &watched, pooled: &pooled, start, walked };
        plan.answer(&over_the_run)
    };
    if flat || !pledges.any_by_interval() {
        return plan(&lines, &rows, theory, None);
    }
    let walked = walk(task, &pledges, errand, lines.crews(&theory));
    let lines = Lines::new(&subsets, &sets, task, &walked.crews);
    let start = lines.above_base();
    plan(&lines, &[], start, Some(walked))
}

/// A plan in the making.
struct Plan<'a, 'm> {
    task: &'a Task<'m>,
    errand: &'a Errand<'a>,
    lines: &'a Lines<'a, 'm>,
    /// What theory knows of points.
    rows: &'a [Row],
    watched: &'a Watched,
    /// What theory alone would give.
    pooled: &'a Staffing,
    /// Where the search begins.
    start: Point,
    /// What a walk through the day found, where targets are by interval.
    walked: Option<Walked>,
}

impl<'m> Plan<'_, 'm> {
    fn answer(&self, pledges: &Pledges) -> Answer {
        let Self { task, errand, lines, watched, .. } = *self;
        errand.next_part();
        let sought = self.sought(pledges);
        errand.next_part();
        let mut shown = prove(lines, pledges, errand, watched, &sought, errand.settings.error);
        let staffing = task.staffing(&shown.crews);
        let nine = self.nine_in_ten(&shown, &sought);
        errand.last_part();
        errand.stage("showing the answer on new customers");
        let court = self.court(pledges);
        let hurried = cancelled(errand.watch);
        let bare = hurried || !errand.settings.beside;
        let besides = errand.settings.error_besides;
        let neighbours = if bare || pledges.list.is_empty() {
            Vec::new()
        } else {
            one_less(&court, &mut shown.customers, &staffing, &watched.by_interval, besides)
        };
        let first = shown.customers.first();
        let leaner = if bare { None } else { self.leaner(pledges, &mut shown) };
        let group_pairs = task.group_pairs();
        let tried = shown.tried.clone();
        let mut show = Show::new(errand, task.model, &group_pairs, &mut shown.customers);
        let outcome = self.outcome(&mut show, &staffing, pledges, &tried, &shown.standings);
        let speech = Speech { task, lines, pledges, watched, walked: self.walked.as_ref() };
        let verdict = outcome.targets.iter().map(|target| target.verdict).fold(tried.verdict, worse);
        let verdict = if tried.interrupted && verdict == Verdict::Met { Verdict::Undecided } else { verdict };
        let reached = speech.reached(&sought, &tried, verdict);
        let found = reached == Reached::Found;
        let walked = self.walked.as_ref().map_or(0, |walked| walked.replications);
        Answer {
            verdict,
            groups: task.groups.iter().map(|job| group_plan(task.model, job.group, &staffing)).collect(),
            objective: objective(task.model.plan.objective).to_owned(),
            error: errand.settings.error,
            certificate: Certificate {
                label: Label::Simulated,
                statement: speech.statement(&shown.crews, &tried, &shown.open, &shown.standings),
                fewer: None,
                candidates: sought.candidates,
                search: errand.sample(0, walked.max(sought.longest as u64)),
                confirmation: errand.sample(first, tried.replications.max(outcome.replications)),
            },
            leaner,
            binding: self.binding(&neighbours, &court, &tried),
            on_average: (pledges_are_plain(task) && found).then(|| show.promise(&staffing)),
            nine_in_ten: nine.filter(|_| found).map(|crews| show.promise(&task.staffing(&crews))),
            alternatives: if bare { Vec::new() } else { self.alternatives(&mut show) },
            one_less: neighbours,
            lower_bound: self.bound(&Price::of(task, &staffing), found),
            curve: if bare {
                Vec::new()
            } else {
                curve::around(&staffing, &group_pairs, &mut show, &task.groups)
            },
            reached,
            outcome,
            notes: speech.notes(errand.settings, found && !hurried),
        }
    }

    /// The search over the run; nothing is left to be sought where every target is by interval.
    fn sought(&self, pledges: &Pledges) -> Sought {
        let walked = self.walked.as_ref();
        let mut sought = if pledges.list.is_empty() {
            Sought { finalists: vec![self.start.clone()], stuck: false, candidates: 0, longest: 0 }
        } else {
            seek(self.lines, pledges, self.errand, self.rows, &self.start, Effort::Whole)
        };
        sought.candidates += walked.map_or(0, |walked| walked.candidates);
        sought.stuck |= walked.is_some_and(|walked| !walked.stuck.is_empty());
        sought
    }

    /// The cheapest finalist that could not be told apart from its goals, where it costs less than the answer: as the
    /// customers of the last round show it, whom no search has seen.
    fn leaner(&self, pledges: &Pledges, shown: &mut Shown<'m>) -> Option<Leaner> {
        let Self { task, lines, .. } = *self;
        let price = Price::of(task, &task.staffing(&shown.crews)).main;
        let point = shown.open.iter().find(|point| lines.price(point).main < price)?;
        let staffing = lines.staffing(point);
        let customers = &mut shown.customers;
        let row = customers.row(&staffing, Some(self.watched.by_interval.clone()), 0);
        let known = customers.known(row);
        let sample = self.errand.sample(customers.first(), known as u64);
        let readings = customers.known_readings(row, known);
        let margin = |k: usize| {
            let Pledge { pair, claim } = pledges.list[k];
            let mut together = Together::of(claim, &task.jobs[pair]);
            leaner::margin(task.model, claim, readings, |reading| {
                pledges.margin_together(task, k, reading, &mut together)
            })
        };
        let worst = leaner::worst((0..pledges.list.len()).map(margin), |k| pledges.list[k].scale(task))?;
        let Pledge { pair, claim } = pledges.list[worst.claim];
        let groups: Vec<&Job<'_>> = task.groups.iter().collect();
        Some(leaner::leaner(&groups, &staffing, claim, &task.jobs[pair], worst.margin, sample))
    }

    fn court<'b>(&'b self, pledges: &'b Pledges) -> Court<'b, 'm> {
        let settings = self.errand.settings;
        let most = settings.most_replications.min(BESIDE * settings.replications);
        Court { task: self.task, pledges, errand: self.errand, most }
    }

    /// The answer on new customers, as many as confirmed it; verdicts are those of the confirmation.
    fn outcome(
        &self,
        show: &mut Show<'_, 'm>,
        staffing: &Staffing,
        pledges: &Pledges,
        tried: &Tried,
        standings: &[Vec<Standing>],
    ) -> Outcome {
        let hurried = cancelled(self.errand.watch);
        let replications =
            if hurried { show.replications } else { show.replications.max(tried.replications) };
        let finished = show.gathered(staffing, replications);
        let mut outcome = measure(self.task.model, staffing, &finished, LEVEL);
        outcome.interrupted |= hurried;
        for (pair, job) in self.task.jobs.iter().enumerate().take(self.task.queues) {
            let name = &job.queue_facts().name;
            let of_queue = outcome.targets.iter_mut().filter(|target| target.queue.as_ref() == Some(name));
            for (t, target) in of_queue.enumerate() {
                let mine = |pledge: &Pledge| pledge.pair == pair && pledge.claim.target() == Some(t);
                let by_run = verdict_of(pledges, tried, mine);
                let by_interval = self.watched.verdict(pair, t, standings);
                let both = by_run.into_iter().chain(by_interval).reduce(worse);
                target.verdict = both.unwrap_or(target.verdict);
            }
        }
        for job in &self.task.groups {
            let name = &job.group_facts().name;
            let caps = outcome.targets.iter_mut().filter(|target| target.group.as_ref() == Some(name));
            for target in caps {
                let mine = |pledge: &Pledge| {
                    self.task.pairs[pledge.pair].1 == job.group && matches!(pledge.claim, Claim::Occupancy(_))
                };
                target.verdict = verdict_of(pledges, tried, mine).unwrap_or(target.verdict);
            }
        }
        outcome
    }

    /// The fewest that keep every target on nine days in ten, from the answer on.
    fn nine_in_ten(&self, shown: &Shown<'m>, sought: &Sought) -> Option<Vec<Crew>> {
        let Self { task, errand, lines, .. } = *self;
        let pledges = Pledges::of(task, Sense::NineInTen);
        if !errand.settings.beside
            || sought.stuck
            || shown.tried.verdict == Verdict::Missed
            || pledges.list.is_empty()
        {
            return None;
        }
        errand.next_part();
        let nine = seek(lines, &pledges, errand, &[], &shown.point, Effort::Besides);
        if nine.stuck || cancelled(errand.watch) {
            return None;
        }
        let nothing = Watched::of(task, &pledges, errand.settings).without_rules();
        let nine = prove(lines, &pledges, errand, &nothing, &nine, errand.settings.error_besides);
        let met = nine.tried.verdict == Verdict::Met && !cancelled(errand.watch);
        // Intervals that were repaired keep what they got.
        let most = |(a, b): (&Crew, &Crew)| a.iter().zip(b).map(|(x, y)| *x.max(y)).collect();
        met.then(|| nine.crews.iter().zip(&shown.crews).map(most).collect())
    }

    /// The goal without which fewer agents would do: the one that one agent less breaks most often.
    fn binding(&self, neighbours: &[OneLess], court: &Court<'_, '_>, tried: &Tried) -> Option<String> {
        let broken: Vec<&String> = neighbours.iter().filter_map(|one| one.target.as_ref()).collect();
        let times = |target: &String| broken.iter().filter(|other| **other == target).count();
        let most = broken.iter().enumerate().max_by_key(|(k, target)| (times(target), usize::MAX - k));
        let closest = || {
            let k = one_less::worst(court, tried)?;
            Some(one_less::words(self.task, court.pledges.list[k]))
        };
        most.map(|(_, target)| (*target).clone()).or_else(closest)
    }

    fn bound(&self, price: &Price, found: bool) -> Option<LowerBound> {
        if found { bound::bound(self.lines, self.rows, price) } else { None }
    }

    /// What theory alone would give, simulated.
    fn alternatives(&self, show: &mut Show<'_, '_>) -> Vec<Alternative> {
        let shown = show.beside(self.pooled);
        let size = Size::of(self.task.model, &self.task.group_pairs(), self.pooled);
        vec![Alternative {
            name: "Erlang A, pooled".to_owned(),
            agents: size.peak,
            agent_hours: size.hours,
            level: Some(shown.level),
            abandonment: Some(shown.abandonment),
            why: "supposes that whoever can serve a queue is always there for it".to_owned(),
        }]
    }
}

/// The worst verdict of the pledges that `which` picks.
fn verdict_of(pledges: &Pledges, tried: &Tried, which: impl Fn(&Pledge) -> bool) -> Option<Verdict> {
    let mine = pledges.list.iter().zip(&tried.claims).filter(|(pledge, _)| which(pledge));
    mine.map(|(_, judged)| judged.verdict).reduce(worse)
}

/// Whether every target is to be kept in the long run.
fn pledges_are_plain(task: &Task<'_>) -> bool {
    let targets = (0..task.queues).flat_map(|pair| &task.queue(pair).targets);
    let mut any = false;
    let plain = targets.inspect(|_| any = true).all(|target| target.on_days.is_none());
    plain && any
}
