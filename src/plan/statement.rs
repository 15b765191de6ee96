//! What was certified, in words.

use super::claims::{Claim, Claims};
use super::confirm::{Confirmed, Rule, Standing};
use super::job::Job;
use super::ladder::Ladder;
use super::search::Found;
use super::solve::worse;
use super::trial::{Judged, Tried};
use super::words;
use crate::model::{Goal, Limit};
use crate::montecarlo::Verdict;
use crate::stats::Estimate;

/// Intervals named in a sentence before the rest is only counted.
const NAMED: usize = 6;

/// Speaks about one job.
pub(super) struct Speaker<'a> {
    pub(super) job: &'a Job<'a>,
    pub(super) claims: &'a Claims,
    pub(super) rules: &'a [Rule],
}

impl Speaker<'_> {
    /// A target by position.
    pub(super) fn target(&self, t: usize) -> String {
        let queue = self.job.queue_facts();
        words::target(queue, &queue.targets[t])
    }

    /// What a claim is about.
    pub(super) fn claim(&self, claim: Claim) -> String {
        words::claim(self.job, claim)
    }

    /// The statement of theory.
    pub(super) fn exact(&self, agents: u32, fewer_miss: bool) -> String {
        let one_less =
            if fewer_miss { format!(", {} miss", agents - 1) } else { ", the fewest allowed".to_owned() };
        format!("{} every target{one_less}: solved exactly", self.amount_of(agents, 0.0, "meet"))
    }

    /// What was tested and how it ended.
    pub(super) fn statement(
        &self,
        ladder: &Ladder,
        found: Option<&Found>,
        confirmed: &Confirmed,
        verdict: Verdict,
    ) -> String {
        if confirmed.tried.interrupted || found.is_some_and(|found| found.interrupted) {
            return format!("ended early; {} the best so far", self.amount(&confirmed.crew, "are"));
        }
        let by_search = found.map(|found| self.of_search(ladder, found, confirmed, verdict));
        let by_interval = self.of_intervals(&confirmed.standings);
        by_search.into_iter().chain(by_interval).collect::<Vec<_>>().join("; ")
    }

    fn of_search(&self, ladder: &Ladder, found: &Found, confirmed: &Confirmed, verdict: Verdict) -> String {
        let crew = ladder.crew(found.level);
        if found.here().verdict != Verdict::Met {
            return self.short_of(&confirmed.crew, found.here());
        }
        if confirmed.repaired {
            let searched = self.amount(&crew, "do");
            return match verdict {
                Verdict::Missed => {
                    format!("{} every target on new customers", self.amount(&confirmed.crew, "miss"))
                }
                _ => format!(
                    "{} every target on new customers, where {searched} not",
                    self.amount(&confirmed.crew, "meet")
                ),
            };
        }
        let here = format!("{} every target", self.amount(&crew, "meet"));
        let missed = || {
            let level = found.missed()?;
            Some(format!(", {}", self.short(&ladder.crew(level), "miss")))
        };
        match found.below() {
            None => format!("{here}, the fewest allowed"),
            Some(below) if below.verdict == Verdict::Missed => {
                format!("{here}{}", missed().unwrap_or_default())
            }
            Some(below) => {
                let fewer = self.short(&ladder.crew(found.level - 1), "");
                let figure =
                    below.worst().and_then(|c| self.figure(self.claims_of(below)[c], &below.claims[c]));
                let figure = figure.map_or_else(String::new, |figure| format!(" ({figure})"));
                let missed = missed().unwrap_or_default();
                format!(
                    "{here}; {}cannot be told apart from the target{figure}{missed}",
                    fewer.trim_end().to_owned() + " "
                )
            }
        }
    }

    /// Of a staffing that was not shown to do.
    fn short_of(&self, crew: &[u32], tried: &Tried) -> String {
        let figure = tried.worst().and_then(|c| self.figure(self.claims_of(tried)[c], &tried.claims[c]));
        let figure = figure.map_or_else(String::new, |figure| format!(" ({figure})"));
        match tried.verdict {
            Verdict::Missed => format!("{} the target{figure}", self.amount(crew, "miss")),
            _ => format!("{} be told apart from the target{figure}", self.amount(crew, "cannot")),
        }
    }

    /// The claims that a trial was about: those of the run, where intervals were judged apart.
    fn claims_of(&self, tried: &Tried) -> &[Claim] {
        debug_assert_eq!(self.claims.list.len(), tried.claims.len());
        &self.claims.list
    }

    pub(super) fn of_intervals(&self, standings: &[Standing]) -> Option<String> {
        let promised: Vec<&Standing> = standings.iter().filter(|one| self.rules[one.rule].promised).collect();
        let with =
            |verdict| promised.iter().filter(|one| one.verdict == verdict).copied().collect::<Vec<_>>();
        let (missed, open) = (with(Verdict::Missed), with(Verdict::Undecided));
        match (promised.len(), missed.len(), open.len()) {
            (0, ..) => None,
            (_, 0, 0) => Some("in every interval the goal is reached, at 95% confidence each".to_owned()),
            (all, 0, some) => Some(format!(
                "no interval is shown below its goal; {some} of {all} cannot be told apart from it: {}",
                self.places(&open)
            )),
            (all, some, _) => {
                Some(format!("{some} of {all} intervals are below their goal: {}", self.places(&missed)))
            }
        }
    }

    /// Intervals with their figures.
    fn places(&self, standings: &[&Standing]) -> String {
        let grid = self.job.model.grid();
        let place = |one: &&Standing| {
            let day =
                if grid.days > 1 { format!("day {} ", grid.day_of(one.interval) + 1) } else { String::new() };
            let figure = shown(&self.rules[one.rule].goal, &one.figure);
            format!("{day}{} ({figure})", grid.clock(one.interval))
        };
        words::some_of(&standings.iter().map(place).collect::<Vec<_>>(), NAMED)
    }

    /// The figure that a claim's margin speaks of.
    pub(super) fn figure(&self, claim: Claim, judged: &Judged) -> Option<String> {
        let figure = claim.figure(self.job, judged.margin?);
        let targets = &self.job.queue_facts().targets;
        Some(match claim {
            Claim::Average(t) | Claim::Interval { target: t, .. } => shown(&targets[t].goal, &figure),
            Claim::Share(t, _) => {
                format!("{} of {}", words::give_or_take(&figure), targets[t].per.stretches())
            }
            Claim::Days(_) => format!("{} of days", words::give_or_take(&figure)),
            Claim::Occupancy(_) => format!("busy {}", words::give_or_take(&figure)),
        })
    }

    /// The verdict of every target that this search was about, on all the evidence there is.
    pub(super) fn verdicts(&self, found: Option<&Found>, confirmed: &Confirmed) -> Vec<Option<Verdict>> {
        let trusted = found.is_some_and(|found| found.here().verdict == Verdict::Met);
        let tried = &confirmed.tried;
        let of_run = |t: usize| {
            let about = self
                .claims
                .list
                .iter()
                .zip(&tried.claims)
                .filter(move |(claim, _)| claim.target() == Some(t));
            about.map(|(_, judged)| judged.verdict_if(trusted && tried.looks_met() && !tried.interrupted))
        };
        let of_intervals = |t: usize| {
            let promised =
                move |one: &&Standing| self.rules[one.rule].promised && self.rules[one.rule].target == t;
            confirmed.standings.iter().filter(promised).map(|one| one.verdict)
        };
        let count = self.job.queue_facts().targets.len();
        (0..count).map(|t| of_run(t).chain(of_intervals(t)).reduce(worse)).collect()
    }

    /// "21 agents meet", "853 agent-hours meet".
    fn amount(&self, crew: &[u32], verb: &str) -> String {
        self.amount_of(crew.iter().copied().max().unwrap_or(0), self.job.hours(crew), verb)
    }

    fn amount_of(&self, agents: u32, hours: f64, verb: &str) -> String {
        if !self.job.flat {
            return format!("{hours:.1} agent-hours {verb}");
        }
        let verb = match (agents, verb) {
            (1, "are") => "is",
            (1, "do") => "does",
            (1, "meet") => "meets",
            (1, "miss") => "misses",
            (_, verb) => verb,
        };
        format!("{} {verb}", words::agents(agents))
    }

    /// "20 miss", "852.5 miss".
    fn short(&self, crew: &[u32], verb: &str) -> String {
        if self.job.flat {
            let agents = crew.iter().copied().max().unwrap_or(0);
            let verb = if agents == 1 && verb == "miss" { "misses" } else { verb };
            format!("{agents} {verb}")
        } else {
            format!("{:.1} {verb}", self.job.hours(crew))
        }
    }
}

impl Claim {
    /// The figure that a margin of this claim speaks of, in the margin's unit: a share, or microseconds.
    pub(super) fn figure(self, job: &Job<'_>, margin: Estimate) -> Estimate {
        let around = |goal: f64, sign: f64| margin.map(|x| goal + sign * x);
        match self {
            Self::Average(t) | Self::Interval { target: t, .. } => {
                match job.queue_facts().targets[t].goal.limit() {
                    Limit::AtLeast(share) => around(share, 1.0),
                    Limit::AtMost(share) => around(share, -1.0),
                    Limit::WaitAtMost(most) => around(most.0 as f64, -1.0),
                }
            }
            Self::Share(_, share) | Self::Days(share) => around(share, 1.0),
            Self::Occupancy(most) => around(most, -1.0),
        }
    }

    /// The target that a claim is about.
    pub(super) fn target(self) -> Option<usize> {
        match self {
            Self::Average(t) | Self::Share(t, _) | Self::Interval { target: t, .. } => Some(t),
            Self::Days(_) | Self::Occupancy(_) => None,
        }
    }
}

impl Judged {
    /// The verdict, where the search has met the claim before and new customers do not contradict it.
    fn verdict_if(&self, met_before: bool) -> Verdict {
        if met_before && self.verdict == Verdict::Undecided { Verdict::Met } else { self.verdict }
    }
}

/// A figure in its goal's unit.
fn shown(goal: &Goal, figure: &Estimate) -> String {
    if goal.is_share() {
        return words::give_or_take(figure);
    }
    format!("{:.1}s ± {:.1}", figure.mean / 1e6, figure.half_width() / 1e6)
}
