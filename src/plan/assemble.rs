//! The whole answer: every group in turn, then everything that is said about them together.

use super::alternatives::{self, Formula};
use super::answer::{Answer, Certificate, GroupPlan, Label, Leaner, Promise, Reached, Sample};
use super::claims::Sense;
use super::curve;
use super::customers::Customers;
use super::errand::Errand;
use super::fault::PlanError;
use super::fresh::Fresh;
use super::groups;
use super::job::{Crew, Job, pairs};
use super::settings::{Bound, Settings};
use super::show::{LEVEL, Show, scheduled};
use super::solve::{Solution, Solver, worse};
use super::warm_start::Theory;
use super::watch::{Watch, cancelled};
use crate::model::{GroupId, Model, Objective, Per, Queue, QueueId};
use crate::montecarlo::{Outcome, Staffing, TargetOutcome, Verdict, measure};

/// One group, planned in every sense that is reported.
struct Part<'m> {
    job: Job<'m>,
    asked: Solution,
    average: Option<Solution>,
    nine: Option<Solution>,
    /// What is leaner than what was asked for and cannot be told apart from it.
    leaner: Option<Leaner>,
    formulas: Vec<Option<Crew>>,
}

/// See [`super::plan`].
pub(super) fn plan(model: &Model, settings: &Settings, watch: &dyn Watch) -> Result<Answer, PlanError> {
    if groups::are_shared(model) {
        return groups::plan(model, settings, watch);
    }
    let pairs = pairs(model)?;
    let errand = Errand::new(settings, watch);
    errand.expect_parts(
        pairs.iter().map(|&(queue, _)| parts(&model.queues[queue.0], settings)).sum::<u32>() + 1,
    );
    let mut staffing = Staffing::given(model);
    let mut parts = Vec::new();
    let mut fresh = Vec::new();
    for &(queue, group) in &pairs {
        let job = Job::new(model, queue, group, &staffing);
        fresh = vec![Fresh::new(&errand, model, &[(queue, group)])];
        let part = Planner { errand: &errand, job: &job, alone: pairs.len() == 1 }
            .part(settings.error / pairs.len() as f64, &mut fresh[0]);
        staffing = part.job.staffing(&part.asked.crew);
        parts.push(part);
    }
    errand.last_part();
    errand.stage("showing the answer on new customers");
    // One group is shown on the customers that confirmed it, several on others.
    let (mut fresh, round) = match (parts.as_slice(), fresh.pop()) {
        ([only], Some(fresh)) => (fresh, only.asked.round),
        _ => (Fresh::new(&errand, model, &pairs), 1),
    };
    let mut show = Show::new(&errand, model, &pairs, fresh.customers(round));
    Ok(Assembly { errand: &errand, model, pairs: &pairs, parts: &parts, staffing }.answer(&mut show))
}

/// What is done for one group: a search and its confirmation, on average and, where the scenario asks for a share of days,
/// once more as asked; then nine days in ten.
fn parts(queue: &Queue, settings: &Settings) -> u32 {
    let plain = is_plain(queue);
    let searches = if plain { 2 } else { 4 };
    searches + u32::from(settings.beside && !queue.targets.is_empty())
}

/// Whether no target asks for a share of days, weeks or months.
fn is_plain(queue: &Queue) -> bool {
    queue.targets.iter().all(|target| target.on_days.is_none())
}

/// Plans one group.
struct Planner<'a, 'm> {
    errand: &'a Errand<'a>,
    job: &'a Job<'m>,
    /// Whether it is the only one to be planned.
    alone: bool,
}

impl<'m> Planner<'_, 'm> {
    /// The group in every sense. What was asked for is certified at the plan's error, the rest at a weaker one.
    fn part(&self, error: f64, fresh: &mut Fresh<'_, 'm>) -> Part<'m> {
        let Self { errand, job, .. } = *self;
        let targets = &job.queue_facts().targets;
        let plain = is_plain(job.queue_facts());
        let besides = errand.settings.error_besides;
        let theory = Theory::new(job);
        let formulas: Vec<_> = Formula::ALL.iter().map(|formula| formula.crew(job, &theory)).collect();
        let mut search = self.search();
        let solver = |sense, error, hint| Solver { errand, job, theory: &theory, sense, error, hint };
        let first = solver(Sense::OnAverage, if plain { error } else { besides }, None);
        errand.next_part();
        let sought = first.seek(&mut search);
        // Nine days in ten are sought at once, so that all that was found is played side by side on new customers.
        let beside = errand.settings.beside;
        let likely = plain && self.alone && sought.is_promising();
        let seeks_leaner = beside && self.alone;
        let leaner = if plain && seeks_leaner { first.leaner(&sought, &mut search) } else { None };
        let early = beside && likely && !targets.is_empty();
        let nine = solver(Sense::NineInTen, besides, Some(sought.crew()));
        let nine_sought = early.then(|| {
            errand.next_part();
            nine.seek(&mut search)
        });
        if let Some(nine_sought) = nine_sought.as_ref().filter(|_| !cancelled(errand.watch)) {
            first.expect(&sought, true, fresh.customers(1));
            nine.expect(nine_sought, false, fresh.customers(1));
            if let Some(level) = leaner {
                first.expect_leaner(&sought, level, fresh.customers(1));
            }
            self.expect_beside(sought.crew(), &formulas, fresh.customers(1));
        } else if likely && !beside {
            first.expect(&sought, true, fresh.customers(1));
        }
        errand.next_part();
        let average = first.confirm(&sought, fresh);
        let hint = Some(&average.crew);
        let (asked, leaner) = if plain {
            let told = seeks_leaner.then(|| first.tell_leaner(&sought, leaner, &average, fresh));
            (average.clone(), told.flatten())
        } else {
            let asked = solver(Sense::Asked, error, hint);
            errand.next_part();
            let sought = asked.seek(&mut search);
            let leaner = if seeks_leaner { asked.leaner(&sought, &mut search) } else { None };
            errand.next_part();
            let found = asked.confirm(&sought, fresh);
            let told = seeks_leaner.then(|| asked.tell_leaner(&sought, leaner, &found, fresh));
            (found, told.flatten())
        };
        let nine_is_new = nine_sought.is_none();
        let reached = beside && !targets.is_empty() && average.reached == Reached::Found;
        let nine = reached.then(|| {
            if let Some(nine_sought) = nine_sought.filter(|_| average.crew == *sought.crew()) {
                return nine.confirm(&nine_sought, fresh);
            }
            if nine_is_new {
                errand.next_part();
            }
            solver(Sense::NineInTen, besides, hint).solve(&mut search, fresh)
        });
        let found = |solution: &Solution| solution.reached == Reached::Found;
        // Nothing is said of days by a search that was ended before its end.
        let whole = |solution: &Solution| found(solution) && !cancelled(errand.watch);
        let nine = nine.filter(whole);
        Part { asked, average: Some(average).filter(found), nine, leaner, formulas, job: job.clone() }
    }

    /// The customers of the search.
    fn search(&self) -> Customers<'m> {
        let (settings, job) = (self.errand.settings, self.job);
        Customers::new(job.model, &[(job.queue, job.group)], settings.seed, 0, settings.tape_bytes)
    }

    /// What will stand beside a crew in the answer.
    fn expect_beside(&self, crew: &Crew, formulas: &[Option<Crew>], customers: &mut Customers<'m>) {
        let pairs = [(self.job.queue, self.job.group)];
        let mut show = Show::new(self.errand, self.job.model, &pairs, customers);
        let staffing = self.job.staffing(crew);
        show.expect_promise(&staffing);
        formulas.iter().flatten().for_each(|crew| show.expect_beside(&self.job.staffing(crew)));
        let neighbours = curve::neighbours(&staffing, std::slice::from_ref(self.job));
        for (_, staffing) in &neighbours {
            show.expect_beside(staffing);
        }
    }
}

/// Everything that an answer is made from.
struct Assembly<'a, 'm> {
    errand: &'a Errand<'a>,
    model: &'m Model,
    pairs: &'a [(QueueId, GroupId)],
    parts: &'a [Part<'m>],
    staffing: Staffing,
}

impl Assembly<'_, '_> {
    fn answer(&self, show: &mut Show<'_, '_>) -> Answer {
        let outcome = self.outcome(show);
        let on_average = self.promise(show, |part| part.average.as_ref());
        let nine_in_ten = self.promise(show, |part| part.nine.as_ref());
        let jobs: Vec<Job<'_>> = self.parts.iter().map(|part| part.job.clone()).collect();
        let bare = cancelled(self.errand.watch) || !self.errand.settings.beside;
        let alternatives = if bare { Vec::new() } else { self.alternatives(show, &jobs) };
        let curve = if bare { Vec::new() } else { curve::around(&self.staffing, self.pairs, show, &jobs) };
        Answer {
            verdict: self.verdict(&outcome),
            reached: self.reached(),
            groups: self.groups(),
            objective: objective(self.model.plan.objective).to_owned(),
            error: self.errand.settings.error,
            certificate: self.certificate(show),
            leaner: self.parts.iter().find_map(|part| part.leaner.clone()),
            binding: self.parts.iter().find_map(|part| part.asked.binding.clone()),
            on_average,
            nine_in_ten,
            alternatives,
            one_less: Vec::new(),
            lower_bound: None,
            curve,
            outcome,
            notes: self.notes(),
        }
    }

    /// The chosen staffing on new customers, as many as confirmed it, so that what is shown is what was judged; verdicts
    /// are those of the search and its confirmation.
    fn outcome(&self, show: &mut Show<'_, '_>) -> Outcome {
        let hurried = cancelled(self.errand.watch);
        let confirmed = self.parts.iter().map(|part| part.asked.confirmation.replications).max().unwrap_or(0);
        let replications =
            if hurried { show.replications } else { confirmed.max(self.errand.settings.to_confirm()) };
        let finished = show.gathered(&self.staffing, replications);
        let mut outcome = measure(self.model, &self.staffing, &finished, LEVEL);
        outcome.interrupted |= hurried;
        for part in self.parts {
            let name = &part.job.queue_facts().name;
            let of_queue = outcome.targets.iter_mut().filter(|target| target.queue.as_ref() == Some(name));
            for (target, verdict) in of_queue.zip(&part.asked.targets) {
                target.verdict = verdict.unwrap_or(target.verdict);
            }
            let cap =
                |target: &&mut TargetOutcome| target.group.as_ref() == Some(&part.job.group_facts().name);
            if part.asked.verdict == Verdict::Met {
                outcome.targets.iter_mut().filter(cap).for_each(|target| target.verdict = Verdict::Met);
            }
        }
        outcome
    }

    /// Of the planned groups' searches, and of every other target as simulated.
    fn verdict(&self, outcome: &Outcome) -> Verdict {
        let planned = self.parts.iter().map(|part| part.asked.verdict);
        planned.chain(outcome.targets.iter().map(|target| target.verdict)).fold(Verdict::Met, worse)
    }

    fn reached(&self) -> Reached {
        let failed =
            self.parts.iter().map(|part| &part.asked.reached).find(|reached| **reached != Reached::Found);
        failed.cloned().unwrap_or(Reached::Found)
    }

    fn groups(&self) -> Vec<GroupPlan> {
        self.parts.iter().map(|part| group_plan(self.model, part.job.group, &self.staffing)).collect()
    }

    fn certificate(&self, show: &Show<'_, '_>) -> Certificate {
        let [first, ..] = self.parts else { unreachable!("a plan has a part") };
        let exact = self.parts.iter().all(|part| part.asked.label == Label::Exact);
        let shown = self.errand.sample(show.first(), show.replications);
        let longest = |a: Sample, b: Sample| if b.replications > a.replications { b } else { a };
        let statement = match self.parts {
            [only] => only.asked.statement.clone(),
            several => {
                let each = several
                    .iter()
                    .map(|part| format!("{}: {}", part.job.group_facts().name, part.asked.statement));
                each.collect::<Vec<_>>().join("; ")
            }
        };
        Certificate {
            label: if exact { Label::Exact } else { Label::Simulated },
            statement,
            fewer: if self.parts.len() == 1 { first.asked.fewer } else { None },
            candidates: self.parts.iter().map(|part| part.asked.candidates).sum(),
            search: self.parts.iter().map(|part| part.asked.search).fold(first.asked.search, longest),
            confirmation: self.parts.iter().map(|part| part.asked.confirmation).fold(shown, longest),
        }
    }

    /// A promise of all groups together, where every one of them keeps it.
    fn promise(
        &self,
        show: &mut Show<'_, '_>,
        which: impl for<'p> Fn(&'p Part<'_>) -> Option<&'p Solution>,
    ) -> Option<Promise> {
        let crews: Option<Vec<&Crew>> =
            self.parts.iter().map(|part| which(part).map(|found| &found.crew)).collect();
        let crews = crews?;
        Some(show.promise(&self.with(crews.into_iter())))
    }

    /// The answer's staffing with other crews in the planned groups.
    fn with<'c>(&self, crews: impl Iterator<Item = &'c Crew>) -> Staffing {
        let mut staffing = self.staffing.clone();
        for (part, crew) in self.parts.iter().zip(crews) {
            for (&i, &agents) in part.job.open.iter().zip(crew) {
                staffing.set(part.job.group, i, agents);
            }
        }
        staffing
    }

    fn alternatives(&self, show: &mut Show<'_, '_>, jobs: &[Job<'_>]) -> Vec<super::answer::Alternative> {
        let mut found = Vec::new();
        for (k, &formula) in Formula::ALL.iter().enumerate() {
            let crews: Option<Vec<&Crew>> = self.parts.iter().map(|part| part.formulas[k].as_ref()).collect();
            let Some(crews) = crews else { continue };
            let staffing = self.with(crews.into_iter());
            found.push(alternatives::beside(formula, &staffing, self.pairs, show, jobs));
        }
        found
    }

    /// What the reader must know besides.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let settings = self.errand.settings;
        let targets = || self.parts.iter().flat_map(|part| &part.job.queue_facts().targets);
        let by_interval = targets().any(|target| target.per == Per::Interval && target.on_days.is_none());
        let curved = self.parts.iter().any(|part| !part.job.flat);
        if by_interval && curved {
            let reached = self.reached() == Reached::Found && !cancelled(self.errand.watch);
            notes.extend(reached.then(|| match settings.bound {
                Bound::PointEstimate => {
                    "every interval has the fewest agents whose estimate reaches the goal, and none is shown below it by 3 standard errors".to_owned()
                }
                Bound::LowerBound => "in every interval the one-sided 95% bound reaches the goal".to_owned(),
            }));
            notes.push("on nine days in ten means: with at least these agents in every interval, and the level of the day at the goal on nine days in ten".to_owned());
        }
        if curved && targets().any(|target| target.per != Per::Interval && target.floor.is_none()) {
            notes.push(format!(
                "no interval was left below {} in the long run; set `floor` in the target to change that",
                super::words::percent(settings.floor)
            ));
        }
        notes.extend(super::words::left_out(self.model));
        notes
    }
}

/// The staff of one group in a staffing.
pub(super) fn group_plan(model: &Model, id: GroupId, staffing: &Staffing) -> GroupPlan {
    let group = &model.groups[id.0];
    let agents = staffing.of(id).to_vec();
    let scheduled = scheduled(model, id, &agents);
    let hours = |agents: &[u32]| {
        agents.iter().map(|&n| f64::from(n)).sum::<f64>() * model.grid().interval.as_hours_f64()
    };
    let scheduled_hours = hours(&scheduled);
    GroupPlan {
        name: group.name.clone(),
        agent_hours: hours(&agents),
        scheduled_hours,
        cost: group.cost_per_hour.map(|rate| rate * scheduled_hours),
        agents,
        scheduled,
    }
}

pub(super) fn objective(objective: Objective) -> &'static str {
    match objective {
        Objective::AgentHours => "agent_hours",
        Objective::Cost => "cost",
        Objective::Headcount => "headcount",
    }
}
