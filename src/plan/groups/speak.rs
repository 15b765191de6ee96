//! What a joint plan says in words.

use super::super::answer::Reached;
use super::super::claims::Claims;
use super::super::confirm::Standing;
use super::super::job::{Crew, Job};
use super::super::settings::{Bound, Settings};
use super::super::statement::Speaker;
use super::super::trial::Tried;
use super::super::words;
use super::intervals::Watched;
use super::lines::{Lines, Point};
use super::one_less::words as pledge_words;
use super::pledges::Pledges;
use super::price::Price;
use super::seek::Sought;
use super::task::Task;
use super::walk::Walked;
use crate::model::{Objective, Per};
use crate::montecarlo::Verdict;

/// Speaks about one joint plan.
pub(super) struct Speech<'a, 'm> {
    pub(super) task: &'a Task<'m>,
    pub(super) lines: &'a Lines<'a, 'm>,
    pub(super) pledges: &'a Pledges,
    pub(super) watched: &'a Watched,
    pub(super) walked: Option<&'a Walked>,
}

impl Speech<'_, '_> {
    /// What was tested and how it ended.
    pub(super) fn statement(
        &self,
        crews: &[Crew],
        tried: &Tried,
        open: &[Point],
        standings: &[Vec<Standing>],
    ) -> String {
        let staff = self.staff(crews);
        if tried.interrupted {
            return format!("ended early; {staff} are the best so far");
        }
        let figure = || self.figure(tried).map_or_else(String::new, |figure| format!(" ({figure})"));
        let by_interval = self.by_interval(standings);
        if self.pledges.list.is_empty() {
            return format!("{staff}: {}", by_interval.join("; "));
        }
        let by_run = match tried.verdict {
            Verdict::Met => format!("{staff} meet every target{}", self.cheaper(crews, open)),
            Verdict::Missed => format!("{staff} miss the target{}", figure()),
            Verdict::Undecided => format!("{staff} cannot be told apart from the target{}", figure()),
        };
        std::iter::once(by_run).chain(by_interval).collect::<Vec<_>>().join("; ")
    }

    /// What is known of single intervals, queue by queue.
    fn by_interval(&self, standings: &[Vec<Standing>]) -> Vec<String> {
        let claims = Claims { list: Vec::new(), by_interval: Vec::new() };
        let of = |pair: usize| {
            let speaker =
                Speaker { job: &self.task.jobs[pair], claims: &claims, rules: &self.watched.rules[pair] };
            Some(format!("{}: {}", self.task.queue(pair).name, speaker.of_intervals(&standings[pair])?))
        };
        (0..standings.len()).filter_map(of).collect()
    }

    /// What is known of cheaper staffings.
    fn cheaper(&self, crews: &[Crew], open: &[Point]) -> String {
        let price = Price::of(self.task, &self.task.staffing(crews)).main;
        let cheaper: Vec<&Point> = open.iter().filter(|other| self.lines.price(other).main < price).collect();
        match cheaper.first() {
            Some(first) => format!(
                "; {}, which is cheaper, cannot be told apart from the target",
                self.staff(&self.lines.crews(first))
            ),
            None => "; nothing cheaper that was tried does".to_owned(),
        }
    }

    /// "9 sales-desk, 5 service-desk and 3 generalists", or hours where staff follows the day.
    fn staff(&self, crews: &[Crew]) -> String {
        let length = self.task.model.grid().interval.as_hours_f64();
        let one = |(job, crew): (&Job<'_>, &Crew)| {
            let name = &job.group_facts().name;
            if job.flat {
                format!("{} {name}", crew.iter().copied().max().unwrap_or(0))
            } else {
                let hours = crew.iter().map(|&n| f64::from(n)).sum::<f64>() * length;
                format!("{hours:.1} hours of {name}")
            }
        };
        let all: Vec<String> = self.task.groups.iter().zip(crews).map(one).collect();
        match all.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            _ => all.join(""),
        }
    }

    /// The figure of the claim that is furthest below its goal.
    fn figure(&self, tried: &Tried) -> Option<String> {
        let k = self.worst(tried)?;
        let pledge = self.pledges.list[k];
        let claims = Claims { list: Vec::new(), by_interval: Vec::new() };
        let speaker = Speaker { job: &self.task.jobs[pledge.pair], claims: &claims, rules: &[] };
        let figure = speaker.figure(pledge.claim, &tried.claims[k])?;
        Some(format!("{}: {figure}", pledge_words(self.task, pledge)))
    }

    fn worst(&self, tried: &Tried) -> Option<usize> {
        let margin = |k: &usize| {
            let scale = self.pledges.list[*k].scale(self.task);
            tried.claims[*k].margin.map_or(f64::INFINITY, |margin| margin.mean / scale)
        };
        (0..tried.claims.len()).min_by(|a, b| margin(a).total_cmp(&margin(b)))
    }

    /// Whether anything was found, and why not.
    pub(super) fn reached(&self, sought: &Sought, tried: &Tried, verdict: Verdict) -> Reached {
        if !sought.stuck || verdict != Verdict::Missed {
            return Reached::Found;
        }
        let stuck = self.walked.and_then(|walked| walked.stuck.first());
        if let Some(&i) = stuck {
            let place = self.task.model.grid().clock(i);
            let reason = format!("the interval at {place} cannot be kept: {}", self.limit());
            return Reached::Unreachable { reason };
        }
        let what = self
            .worst(tried)
            .map_or_else(|| "the target".to_owned(), |k| pledge_words(self.task, self.pledges.list[k]));
        let figure = self.figure(tried);
        let given = figure.and_then(|figure| figure.split_once(": ").map(|(_, given)| given.to_owned()));
        let given = given.map_or_else(String::new, |given| format!("; they give {}", last_part(&given)));
        Reached::Unreachable { reason: format!("{what} cannot be kept: {}{given}", self.limit()) }
    }

    /// What holds the staff down.
    fn limit(&self) -> String {
        let bounded = self.task.groups.iter().map(Job::group_facts).find(|group| group.at_most.is_some());
        match (bounded, self.task.model.plan.headcount) {
            (Some(group), _) => {
                format!("group {} may have at most {}", group.name, words::agents(group.at_most.unwrap_or(0)))
            }
            (None, Some(most)) => format!("the plan's headcount is {most}"),
            (None, None) => "no number of agents that was tried is enough".to_owned(),
        }
    }

    /// What the reader must know besides.
    pub(super) fn notes(&self, settings: &Settings, found: bool) -> Vec<String> {
        let mut notes = Vec::new();
        let flat = self.task.is_flat();
        notes.push(match self.task.model.plan.objective {
            Objective::AgentHours => {
                "groups that share queues were planned together, for the fewest agent hours".to_owned()
            }
            Objective::Cost => {
                "groups that share queues were planned together, for the least cost".to_owned()
            }
            Objective::Headcount => {
                "groups that share queues were planned together, for the fewest people at once".to_owned()
            }
        });
        notes.push("that no cheaper staffing does is not certified: those that were tried do not".to_owned());
        let targets = || (0..self.task.queues).flat_map(|pair| &self.task.queue(pair).targets);
        let by_interval = targets().any(|target| target.per == Per::Interval && target.on_days.is_none());
        if !flat && by_interval && found {
            notes.push(match settings.bound {
                Bound::PointEstimate => {
                    "no interval with a promise of its own is shown below its goal by 3 standard errors"
                        .to_owned()
                }
                Bound::LowerBound => {
                    "in every interval with a promise of its own the one-sided 95% bound reaches the goal"
                        .to_owned()
                }
            });
        }
        if !flat && targets().any(|target| target.per != Per::Interval && target.floor.is_none()) {
            notes.push(format!(
                "no interval was left below {} in the long run; set `floor` in the target to change that",
                words::percent(settings.floor)
            ));
        }
        notes.extend(words::left_out(self.task.model));
        notes
    }
}

/// What follows the last colon.
fn last_part(text: &str) -> &str {
    text.rsplit(": ").next().unwrap_or(text)
}
