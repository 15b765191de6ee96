//! The answer of a joint plan: search, confirm, and say what is true.

use super::super::answer::{
    Alternative, Answer, Certificate, Label, LowerBound, OneLess, Promise, Reached,
};
use super::super::assemble::{group_plan, objective};
use super::super::claims::Sense;
use super::super::curve;
use super::super::errand::Errand;
use super::super::job::Crew;
use super::super::show::{LEVEL, Show, Size};
use super::super::solve::worse;
use super::super::watch::cancelled;
use super::bound;
use super::demand::demands;
use super::finalists::Court;
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
use crate::montecarlo::{Outcome, Staffing, Verdict, measure};

/// Replications, as many times as usual, after which a neighbour's test ends.
const BESIDE: u64 = 2;

/// Plans, and tells what was found.
pub(super) fn answer(task: &Task<'_>, errand: &Errand<'_>) -> Answer {
    errand.stage("asking theory for a start");
    let demands = demands(task, errand.settings.seed);
    let subsets = Subsets::new(task, &demands);
    let sets = sets(task);
    let base: Vec<Crew> = task.groups.iter().map(|job| job.least.clone()).collect();
    let lines = Lines::new(&subsets, &sets, task, &base);
    let flat = task.is_flat();
    let rows = if flat { bound::rows(&lines, &subsets, &sets) } else { Vec::new() };
    let start = if flat { whole(&lines.columns(), &rows) } else { None }.unwrap_or(lines.start.clone());
    let plan = Plan { task, errand, lines: &lines, rows: &rows, theory: start };
    plan.answer()
}

/// A plan in the making.
struct Plan<'a, 'm> {
    task: &'a Task<'m>,
    errand: &'a Errand<'a>,
    lines: &'a Lines<'a, 'm>,
    /// What theory knows of points.
    rows: &'a [Row],
    /// Where theory would stand.
    theory: Point,
}

impl<'m> Plan<'_, 'm> {
    fn answer(&self) -> Answer {
        let Self { task, errand, lines, .. } = *self;
        let pledges = Pledges::of(task, Sense::Asked);
        let sought = seek(lines, &pledges, errand, self.rows, &self.theory, Effort::Whole);
        let mut shown = prove(lines, &pledges, errand, &sought, errand.settings.error);
        let staffing = lines.staffing(&shown.point);
        let nine = self.nine_in_ten(&shown, &sought);
        errand.stage("showing the answer on new customers");
        let court = self.court(&pledges);
        let hurried = cancelled(errand.watch);
        let besides = errand.settings.error_besides;
        let neighbours = if hurried {
            Vec::new()
        } else {
            one_less(&court, &mut shown.customers, &staffing, &pledges.by_interval, besides)
        };
        let first = shown.customers.first();
        let group_pairs = task.group_pairs();
        let tried = shown.tried.clone();
        let mut show = Show::new(errand, task.model, &group_pairs, &mut shown.customers);
        let outcome = self.outcome(&mut show, &staffing, &pledges, &tried);
        let speech = Speech { task, lines, pledges: &pledges };
        let verdict =
            outcome.targets.iter().map(|target| target.verdict).fold(tried.verdict, worse);
        let price = lines.price(&shown.point);
        let plain = pledges_are_plain(task);
        let reached = speech.reached(&sought, &tried);
        let found = reached == Reached::Found;
        Answer {
            verdict,
            groups: task.groups.iter().map(|job| group_plan(task.model, job.group, &staffing)).collect(),
            objective: objective(task.model.plan.objective).to_owned(),
            error: errand.settings.error,
            certificate: Certificate {
                label: Label::Simulated,
                statement: speech.statement(&shown.point, &tried, &shown.open),
                fewer: None,
                candidates: sought.candidates,
                search: errand.sample(0, sought.longest as u64),
                confirmation: errand.sample(first, tried.replications.max(outcome.replications)),
            },
            binding: self.binding(&neighbours, &court, &tried),
            on_average: (plain && found).then(|| show.promise(&staffing)),
            nine_in_ten: nine.filter(|_| found).map(|point| self.promise(&mut show, &point)),
            alternatives: if hurried { Vec::new() } else { self.pooled(&mut show) },
            one_less: neighbours,
            lower_bound: self.bound(&price, found),
            curve: if hurried { Vec::new() } else { curve::around(&staffing, &group_pairs, &mut show, &task.groups) },
            reached,
            outcome,
            notes: speech.notes(errand.settings),
        }
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
        tried: &super::super::trial::Tried,
    ) -> Outcome {
        let hurried = cancelled(self.errand.watch);
        let replications = if hurried { show.replications } else { show.replications.max(tried.replications) };
        let finished = show.gathered(staffing, replications);
        let mut outcome = measure(self.task.model, staffing, &finished, LEVEL);
        outcome.interrupted |= hurried;
        for (pair, job) in self.task.jobs.iter().enumerate().take(self.task.queues) {
            let name = &job.queue_facts().name;
            let of_queue = outcome.targets.iter_mut().filter(|target| target.queue.as_ref() == Some(name));
            for (t, target) in of_queue.enumerate() {
                let mine = |pledge: &Pledge| pledge.pair == pair && pledge.claim.target() == Some(t);
                target.verdict = verdict_of(pledges, tried, mine).unwrap_or(target.verdict);
            }
        }
        for job in &self.task.groups {
            let name = &job.group_facts().name;
            let caps = outcome.targets.iter_mut().filter(|target| target.group.as_ref() == Some(name));
            for target in caps {
                let mine = |pledge: &Pledge| {
                    self.task.pairs[pledge.pair].1 == job.group
                        && matches!(pledge.claim, super::super::claims::Claim::Occupancy(_))
                };
                target.verdict = verdict_of(pledges, tried, mine).unwrap_or(target.verdict);
            }
        }
        outcome
    }

    /// The fewest that keep every target on nine days in ten, from the answer on.
    fn nine_in_ten(&self, shown: &Shown<'m>, sought: &Sought) -> Option<Point> {
        let Self { task, errand, lines, .. } = *self;
        let pledges = Pledges::of(task, Sense::NineInTen);
        if sought.stuck || shown.tried.verdict == Verdict::Missed || pledges.list.is_empty() {
            return None;
        }
        let nine = seek(lines, &pledges, errand, &[], &shown.point, Effort::Once);
        if nine.stuck || cancelled(errand.watch) {
            return None;
        }
        let shown = prove(lines, &pledges, errand, &nine, errand.settings.error_besides);
        (shown.tried.verdict == Verdict::Met && !cancelled(errand.watch)).then_some(shown.point)
    }

    fn promise(&self, show: &mut Show<'_, '_>, point: &[u32]) -> Promise {
        show.promise(&self.lines.staffing(point))
    }

    /// The goal without which fewer agents would do: the one that one agent less breaks most often.
    fn binding(
        &self,
        neighbours: &[OneLess],
        court: &Court<'_, '_>,
        tried: &super::super::trial::Tried,
    ) -> Option<String> {
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
    fn pooled(&self, show: &mut Show<'_, '_>) -> Vec<Alternative> {
        let staffing = self.lines.staffing(&self.theory);
        let shown = show.beside(&staffing);
        let size = Size::of(self.task.model, &self.task.group_pairs(), &staffing);
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
fn verdict_of(
    pledges: &Pledges,
    tried: &super::super::trial::Tried,
    which: impl Fn(&Pledge) -> bool,
) -> Option<Verdict> {
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
