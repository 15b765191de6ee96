//! One group's staff for one sense of its promises: search, then confirm, then say what is true.

use super::answer::{Label, Leaner, Reached, Sample};
use super::claims::{Claim, Claims, Sense};
use super::confirm::{Confirm, Confirmed, Rule, Standing, rules};
use super::customers::Customers;
use super::errand::Errand;
use super::exact;
use super::fresh::Fresh;
use super::job::{Crew, Job};
use super::ladder::Ladder;
use super::leaner::Scout;
use super::purse::Purse;
use super::search::{Found, fewest};
use super::statement::Speaker;
use super::sweep::{Swept, sweep};
use super::trial::{Ring, Tried};
use super::unreachable;
use super::warm_start::{Theory, beyond};
use crate::model::Goal;
use crate::montecarlo::Verdict;
use crate::stats::MeanMoments;

/// Rounds in which intervals below their floor get more agents before a search over the day begins.
const FLOOR_ROUNDS: usize = 12;
/// Replications by which floors are judged.
pub(super) const FLOOR_REPLICATIONS: u64 = 400;

/// Replications by which the scatter of days is guessed.
const PILOT: usize = 64;
/// Confidence level of the two-sided interval above whose lower end nine in ten lie.
const NINE_OF_TEN_ABOVE: f64 = 0.8;

/// One group's staff, and what is known about it.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) crew: Crew,
    pub(super) verdict: Verdict,
    pub(super) reached: Reached,
    pub(super) label: Label,
    pub(super) statement: String,
    /// What is known about the next smaller staffing.
    pub(super) fewer: Option<Verdict>,
    pub(super) binding: Option<String>,
    pub(super) candidates: u64,
    pub(super) search: Sample,
    pub(super) confirmation: Sample,
    /// The round of new customers that it belongs to.
    pub(super) round: u32,
    /// Verdicts of the targets by position, where this sense asks for them as the scenario does.
    pub(super) targets: Vec<Option<Verdict>>,
}

/// How to find one group's staff.
pub(super) struct Solver<'a, 'm> {
    pub(super) errand: &'a Errand<'a>,
    pub(super) job: &'a Job<'m>,
    pub(super) theory: &'a Theory<'a>,
    pub(super) sense: Sense,
    /// What may be spent on being wrong, half of it on the search and half on its confirmation.
    pub(super) error: f64,
    /// The staff for another sense, to start from.
    pub(super) hint: Option<&'a Crew>,
}

/// What a search brought, before it is confirmed.
pub(super) struct Sought {
    ladder: Ladder,
    claims: Claims,
    found: Option<Found>,
    swept: Option<Swept>,
    crew: Crew,
    /// The answer of theory, where it is exact: nothing was searched.
    known: Option<exact::Exact>,
}

impl<'m> Solver<'_, 'm> {
    /// Finds, confirms, reports: `search` are the customers of the search, `fresh` those of the confirmation.
    pub(super) fn solve(&self, search: &mut Customers<'m>, fresh: &mut Fresh<'_, 'm>) -> Solution {
        let sought = self.seek(search);
        self.confirm(&sought, fresh)
    }

    /// Finds the staff on the customers of the search.
    pub(super) fn seek(&self, search: &mut Customers<'m>) -> Sought {
        let claims = Claims::of(self.job, self.sense);
        let theory_may_answer = self.sense != Sense::NineInTen && self.errand.settings.use_exact;
        if let Some(known) = exact::solve(self.job).filter(|_| theory_may_answer) {
            let crew = vec![known.agents; self.job.open.len()];
            let ladder = Ladder::flat(self.job, known.agents);
            return Sought { ladder, claims, found: None, swept: None, crew, known: Some(known) };
        }
        if self.job.flat {
            self.flat(claims, search)
        } else if claims.any_by_interval() {
            self.by_interval(claims, search)
        } else {
            self.curved(claims, search)
        }
    }

    /// One number for all intervals.
    fn flat(&self, claims: Claims, search: &mut Customers<'m>) -> Sought {
        let wanted = self.theory.every_interval().into_iter().max().unwrap_or(0);
        let ladder = Ladder::flat(self.job, beyond(wanted));
        let found = self.climb(&ladder, &claims, self.start(&ladder, &claims), search);
        Sought::on(ladder, claims, found)
    }

    /// A target in every interval; whatever is claimed of the run besides is reached by adding to that.
    fn by_interval(&self, claims: Claims, search: &mut Customers<'m>) -> Sought {
        self.errand.stage("walking through the day");
        let guess = self.theory.every_interval();
        let swept = sweep(self.job, &claims, guess, search.bench(), self.errand);
        let rest = claims.over_the_run();
        let ladder = Ladder::curved(swept.crew.clone(), &self.theory.tops(), self.theory);
        let found =
            (!rest.list.is_empty() && !swept.interrupted).then(|| self.climb(&ladder, &rest, 0, search));
        let crew = found.as_ref().map_or_else(|| swept.crew.clone(), |found| ladder.crew(found.level));
        Sought { ladder, claims, found, swept: Some(swept), crew, known: None }
    }

    /// Targets over the day or longer: the curve of least hours, from the floors of the intervals up.
    fn curved(&self, claims: Claims, search: &mut Customers<'m>) -> Sought {
        let tops = self.theory.tops();
        // Where every interval keeps its goal already, none lies below its floor.
        let kept = self.hint.filter(|_| Claims::of(self.job, Sense::OnAverage).any_by_interval());
        let mut ladder = if let Some(hint) = kept {
            Ladder::curved(hint.clone(), &tops, self.theory)
        } else {
            let ladder = Ladder::curved(self.theory.floors(self.errand.settings), &tops, self.theory);
            let start = self.start(&ladder, &claims);
            self.above_floors(ladder, start, &tops, search)
        };
        let mut start = self.start(&ladder, &claims).min(ladder.top());
        if self.sense == Sense::NineInTen {
            ladder = ladder.coarse();
            start = self.nine_days(&ladder, search).unwrap_or_else(|| self.start(&ladder, &claims));
        }
        let found = self.climb(&ladder, &claims, start, search);
        Sought::on(ladder, claims, found)
    }

    /// Where nine days in ten should keep their level, going by how days scatter around the hint's.
    fn nine_days(&self, ladder: &Ladder, search: &mut Customers<'m>) -> Option<usize> {
        let hint = self.hint?;
        let Goal::Answered { share, .. } = self.job.queue_facts().targets.first()?.goal else { return None };
        let row = search.try_on(self.job, hint, &[]);
        let readings = search.read(row, PILOT);
        let mut levels = MeanMoments::default();
        let days = readings.iter().flat_map(|one| &one.queues[0].levels).filter(|(_, of)| *of > 0);
        days.for_each(|(good, of)| levels.push((1e6 * *good as f64 / *of as f64) as u64));
        search.forget();
        // The interval of one day around the mean: Student's t times the standard deviation.
        let days = levels.mean(NINE_OF_TEN_ABOVE)?;
        let below = days.half_width() * (days.replications as f64).sqrt();
        let missing = share - (days.mean - below) * 1e-6;
        let now = self.theory.level(hint);
        Some(ladder.lowest(|crew| self.theory.level(crew) - now >= missing))
    }

    /// Where theory, or the staff for another sense, says that the answer lies.
    fn start(&self, ladder: &Ladder, claims: &Claims) -> usize {
        if let Some(hint) = self.hint {
            let hours = self.job.hours(hint);
            return ladder.lowest(|crew| self.job.hours(crew) >= hours);
        }
        let mut several = claims.list.clone();
        several.dedup_by_key(|claim| match claim {
            Claim::Interval { target, .. } => *target,
            Claim::Average(t) | Claim::Share(t, _) => 1000 + *t,
            Claim::Days(_) | Claim::Occupancy(_) => usize::MAX,
        });
        ladder.lowest(|crew| several.iter().all(|claim| self.theory.keeps(*claim, crew)))
    }

    /// Tests levels of a ladder on the customers of the search.
    fn climb(&self, ladder: &Ladder, claims: &Claims, start: usize, search: &mut Customers<'m>) -> Found {
        self.errand.stage("looking for the fewest agents");
        let Errand { settings, watch, .. } = *self.errand;
        let mut purse = Purse::new(self.error / 2.0);
        // Nothing is said of staffings that do not keep nine days in ten.
        let only_met = self.sense == Sense::NineInTen;
        let mut ring = Ring { job: self.job, customers: search, settings, watch, only_met };
        fewest(ladder.top(), start, |level| {
            let (tried, _) = ring.test(claims, &ladder.crew(level), purse.next());
            ring.customers.forget();
            tried
        })
    }

    /// The ladder with a base that leaves no interval below its floor near `start`.
    fn above_floors(&self, ladder: Ladder, start: usize, tops: &[u32], search: &mut Customers<'m>) -> Ladder {
        let (claims, rules) = self.floors();
        let Ladder::Curved { mut base, .. } = ladder.clone() else { return ladder };
        if rules.is_empty() {
            return ladder;
        }
        self.errand.stage("keeping quiet intervals above their floor");
        let Errand { settings, watch, .. } = *self.errand;
        let mut ring = Ring { job: self.job, customers: search, settings, watch, only_met: false };
        let judge =
            Confirm { errand: self.errand, job: self.job, claims: &claims, rules: &rules, error: self.error };
        let mut ladder = ladder;
        for _ in 0..FLOOR_ROUNDS {
            let crew = ladder.crew(start.min(ladder.top()));
            let total = settings.replications.min(FLOOR_REPLICATIONS) as usize;
            let row = ring.customers.try_on(self.job, &crew, &claims.by_interval);
            let done = ring.read(row, total);
            let readings = ring.customers.read(row, total.min(ring.customers.known(row)));
            let low = judge.standings(readings).into_iter().filter(|standing| below(standing, &rules));
            let low: Vec<usize> = low.map(|standing| standing.interval).collect();
            ring.customers.forget();
            if !done || !self.lift(&mut base, &crew, &low) {
                break;
            }
            ladder = Ladder::curved(base.clone(), tops, self.theory);
        }
        ladder
    }

    /// Puts one agent more than `crew` has into the base of these intervals; false if none could be.
    fn lift(&self, base: &mut Crew, crew: &[u32], intervals: &[usize]) -> bool {
        let mut lifted = false;
        for (j, i) in self.job.open.iter().enumerate() {
            if intervals.contains(i) && crew[j] < self.job.most[j] {
                base[j] = crew[j] + 1;
                lifted = true;
            }
        }
        lifted
    }

    /// The floors of the intervals, which hold where a target is over the day or longer and the staff may follow the
    /// day; and what must be read to judge them.
    fn floors(&self) -> (Claims, Vec<Rule>) {
        let targets = &self.job.queue_facts().targets;
        let by_interval: Vec<usize> = (0..targets.len()).collect();
        let rules = rules(targets, &by_interval, &[], self.errand.settings.floor);
        (Claims { list: Vec::new(), by_interval }, rules)
    }

    /// The rules by which intervals are judged in the end.
    fn rules(&self, claims: &Claims) -> (Vec<usize>, Vec<Rule>) {
        if self.job.flat {
            return (claims.by_interval.clone(), Vec::new());
        }
        let targets = &self.job.queue_facts().targets;
        let by_interval: Vec<usize> = (0..targets.len()).collect();
        let rules = rules(targets, &by_interval, &claims.by_interval, self.errand.settings.floor);
        (by_interval, rules)
    }

    /// Says that what was found will be wanted of new customers, and whether all sums over them are.
    pub(super) fn expect(&self, sought: &Sought, sums: bool, customers: &mut Customers<'m>) {
        let (by_interval, _) = self.rules(&sought.claims);
        let row = customers.try_on(self.job, &sought.crew, &by_interval);
        customers.want(row, self.errand.settings.replications);
        if sums {
            customers.gather(row);
        }
    }

    /// The lowest level below what was found that the customers of the search do not show below its goals. Where every
    /// interval has a goal of its own, none is looked for.
    pub(super) fn leaner(&self, sought: &Sought, search: &mut Customers<'m>) -> Option<usize> {
        let found = sought.found.as_ref().filter(|found| found.here().verdict == Verdict::Met)?;
        if sought.swept.is_some() || found.level == 0 || found.missed() == Some(found.level - 1) {
            return None;
        }
        self.errand.stage("looking below the answer");
        let replications = found.here().replications.max(self.errand.settings.replications);
        self.scouting(sought, |scout| scout.lowest(found, replications, search))
    }

    /// Says that a level below what was found will be wanted of new customers.
    pub(super) fn expect_leaner(&self, sought: &Sought, level: usize, customers: &mut Customers<'m>) {
        let (by_interval, _) = self.rules(&sought.claims);
        let row = customers.try_on(self.job, &sought.ladder.crew(level), &by_interval);
        customers.want(row, self.errand.settings.replications);
    }

    /// What the customers that confirmed `answer` say of the leanest staffing from that level on which they do not show
    /// below its goals.
    pub(super) fn tell_leaner(
        &self,
        sought: &Sought,
        level: Option<usize>,
        answer: &Solution,
        fresh: &mut Fresh<'_, 'm>,
    ) -> Option<Leaner> {
        // What new customers did not confirm may still be as good as the promise.
        let repaired = || Some(sought.found.as_ref()?.level).filter(|_| answer.crew != sought.crew);
        let level = level.or_else(repaired).filter(|_| answer.verdict == Verdict::Met)?;
        let replications = answer.confirmation.replications.max(self.errand.settings.replications);
        let customers = fresh.customers(answer.round);
        let hours = self.job.hours(&answer.crew);
        self.scouting(sought, |scout| scout.tell(level, hours, replications, customers))
    }

    fn scouting<T>(&self, sought: &Sought, look: impl FnOnce(Scout<'_, 'm>) -> T) -> T {
        let (by_interval, rules) = self.rules(&sought.claims);
        let claims = Claims { list: sought.claims.over_the_run().list, by_interval };
        let (job, Errand { settings, watch, .. }) = (self.job, self.errand);
        look(Scout { job, claims: &claims, rules: &rules, ladder: &sought.ladder, settings, watch: *watch })
    }

    /// Confirms what was found, and says what is true.
    pub(super) fn confirm(&self, sought: &Sought, fresh: &mut Fresh<'_, 'm>) -> Solution {
        if let Some(known) = sought.known {
            return self.known(&sought.claims, known, fresh);
        }
        let (by_interval, rules) = self.rules(&sought.claims);
        let over_the_run = if self.job.flat { sought.claims.clone() } else { sought.claims.over_the_run() };
        let claims = Claims { list: over_the_run.list, by_interval };
        let confirm = Confirm {
            errand: self.errand,
            job: self.job,
            claims: &claims,
            rules: &rules,
            error: self.error / 2.0,
        };
        let found = sought.found.as_ref();
        let met = found.is_none_or(|found| found.here().verdict == Verdict::Met);
        let mut level = found.map_or(0, |found| found.level);
        let mut step = 1;
        let confirmed = confirm.run(&sought.crew, fresh, |crew| {
            if !met {
                return crew.to_vec();
            }
            level = (level + step).min(sought.ladder.top());
            step *= if self.job.flat { 1 } else { 2 };
            let higher = sought.ladder.crew(level);
            higher.iter().zip(crew).map(|(a, b)| *a.max(b)).collect()
        });
        self.report(sought, &claims, &rules, confirmed, fresh)
    }

    fn report(
        &self,
        sought: &Sought,
        claims: &Claims,
        rules: &[Rule],
        confirmed: Confirmed,
        fresh: &mut Fresh<'_, 'm>,
    ) -> Solution {
        let speaker = Speaker { job: self.job, claims, rules };
        let verdict = verdict(sought.found.as_ref(), &confirmed, rules);
        let stuck = sought.swept.as_ref().is_some_and(|swept| !swept.stuck.is_empty());
        let failed = sought
            .found
            .as_ref()
            .is_some_and(|found| found.here().verdict == Verdict::Missed && !found.interrupted);
        let reached = if verdict != Verdict::Met && (failed || stuck) {
            let (customers, swept) = (fresh.customers(confirmed.round), sought.swept.as_ref());
            let reason = unreachable::reason(customers, self.job, &speaker, swept, &confirmed);
            Reached::Unreachable { reason }
        } else {
            Reached::Found
        };
        let unchanged = if confirmed.repaired { None } else { sought.found.as_ref() };
        let searched = sought.found.as_ref().map_or(0, Found::replications);
        let walked = sought.swept.as_ref().map_or(0, |swept| swept.replications);
        Solution {
            verdict,
            label: Label::Simulated,
            statement: speaker.statement(&sought.ladder, sought.found.as_ref(), &confirmed, verdict),
            fewer: unchanged.and_then(|found| found.below()).map(|below| below.verdict),
            binding: self.binding(&speaker, sought),
            candidates: sought.found.as_ref().map_or(0, |found| found.tested.len() as u64)
                + sought.swept.as_ref().map_or(0, |swept| swept.candidates),
            search: self.errand.sample(0, searched.max(walked)),
            confirmation: confirmed.sample,
            round: confirmed.round,
            targets: speaker.verdicts(sought.found.as_ref(), &confirmed),
            crew: confirmed.crew,
            reached,
        }
    }

    /// The goal without which fewer agents would do.
    fn binding(&self, speaker: &Speaker<'_>, sought: &Sought) -> Option<String> {
        let list = if self.job.flat { &sought.claims.list } else { &speaker.claims.list };
        let below = |found: &Found| {
            let tried = found.below().filter(|tried| tried.verdict != Verdict::Met);
            let missed = found.missed().map(|level| &found.tested[&level]);
            let here = Some(found.here()).filter(|tried| tried.verdict != Verdict::Met);
            tried.or(missed).or(here).and_then(Tried::worst)
        };
        let by_search =
            sought.found.as_ref().and_then(below).and_then(|c| Some(speaker.claim(*list.get(c)?)));
        let by_sweep = sought.swept.as_ref().and_then(|swept| swept.binding);
        by_search.or_else(|| by_sweep.map(|t| speaker.target(t)))
    }

    /// The answer of theory, looked at on new customers too.
    fn known(&self, claims: &Claims, known: exact::Exact, fresh: &mut Fresh<'_, 'm>) -> Solution {
        let crew = vec![known.agents; self.job.open.len()];
        let speaker = Speaker { job: self.job, claims, rules: &[] };
        let least = self.job.least.iter().copied().max().unwrap_or(0);
        let none = self.errand.sample(0, 0);
        Solution {
            verdict: Verdict::Met,
            reached: Reached::Found,
            label: Label::Exact,
            statement: speaker.exact(known.agents, known.agents > least),
            fewer: (known.agents > least).then_some(Verdict::Missed),
            binding: Some(speaker.target(known.binding)),
            candidates: 0,
            search: none,
            confirmation: self.errand.sample(fresh.customers(fresh.round()).first(), 0),
            round: fresh.round(),
            targets: vec![Some(Verdict::Met); self.job.queue_facts().targets.len()],
            crew,
        }
    }
}

impl Sought {
    /// What was found on a ladder.
    fn on(ladder: Ladder, claims: Claims, found: Found) -> Self {
        let crew = ladder.crew(found.level);
        Self { ladder, claims, found: Some(found), swept: None, crew, known: None }
    }

    /// Whether it was met, as far as the search saw.
    pub(super) fn is_promising(&self) -> bool {
        let met = self.found.as_ref().is_none_or(|found| found.here().verdict == Verdict::Met);
        met && self.swept.as_ref().is_none_or(|swept| swept.stuck.is_empty() && !swept.interrupted)
    }

    /// The staff that was found.
    pub(super) fn crew(&self) -> &Crew {
        &self.crew
    }
}

/// Whether an interval looks worse than its floor.
fn below(standing: &Standing, rules: &[Rule]) -> bool {
    let Goal::Answered { share, .. } = rules[standing.rule].goal else { return false };
    standing.figure.mean < share
}

/// What may be said of the chosen staffing. It was met on the customers of the search at the search's error, unless it
/// was repaired since; new customers must not contradict that, and intervals speak for themselves.
fn verdict(found: Option<&Found>, confirmed: &Confirmed, rules: &[Rule]) -> Verdict {
    if confirmed.tried.interrupted {
        return Verdict::Undecided;
    }
    let trusted = found.is_some_and(|found| found.here().verdict == Verdict::Met);
    let run = match confirmed.tried.verdict {
        Verdict::Undecided if trusted && confirmed.tried.looks_met() => Verdict::Met,
        verdict => verdict,
    };
    let promised = confirmed.standings.iter().filter(|standing| rules[standing.rule].promised);
    let floors = confirmed.standings.iter().filter(|standing| !rules[standing.rule].promised);
    let all = promised
        .map(|standing| standing.verdict)
        .chain(floors.map(|standing| standing.verdict).filter(|verdict| *verdict == Verdict::Missed));
    all.fold(run, worse)
}

/// The worse of two verdicts.
pub(super) fn worse(a: Verdict, b: Verdict) -> Verdict {
    match (a, b) {
        (Verdict::Missed, _) | (_, Verdict::Missed) => Verdict::Missed,
        (Verdict::Undecided, _) | (_, Verdict::Undecided) => Verdict::Undecided,
        _ => Verdict::Met,
    }
}
