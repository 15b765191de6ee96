//! What a joint plan says in words.

use super::super::answer::Reached;
use super::super::settings::Settings;
use super::super::trial::Tried;
use super::super::words;
use super::lines::{Lines, Point};
use super::one_less::words as pledge_words;
use super::pledges::Pledges;
use super::seek::Sought;
use super::task::Task;
use crate::model::{Objective, Per};
use crate::montecarlo::Verdict;

/// Speaks about one joint plan.
pub(super) struct Speech<'a, 'm> {
    pub(super) task: &'a Task<'m>,
    pub(super) lines: &'a Lines<'a, 'm>,
    pub(super) pledges: &'a Pledges,
}

impl Speech<'_, '_> {
    /// What was tested and how it ended.
    pub(super) fn statement(&self, point: &[u32], tried: &Tried, open: &[Point]) -> String {
        let staff = self.staff(point);
        if tried.interrupted {
            return format!("ended early; {staff} are the best so far");
        }
        let figure = || self.figure(tried).map_or_else(String::new, |figure| format!(" ({figure})"));
        match tried.verdict {
            Verdict::Met => format!("{staff} meet every target{}", self.cheaper(point, open)),
            Verdict::Missed => format!("{staff} miss the target{}", figure()),
            Verdict::Undecided => format!("{staff} cannot be told apart from the target{}", figure()),
        }
    }

    /// What is known of cheaper staffings.
    fn cheaper(&self, point: &[u32], open: &[Point]) -> String {
        let price = self.lines.price(point).main;
        let cheaper: Vec<&Point> = open.iter().filter(|other| self.lines.price(other).main < price).collect();
        match cheaper.first() {
            Some(first) => format!("; {}, which is cheaper, cannot be told apart from the target", self.staff(first)),
            None => "; nothing cheaper that was tried does".to_owned(),
        }
    }

    /// "9 sales-desk, 5 service-desk and 3 generalists", or hours where staff follows the day.
    fn staff(&self, point: &[u32]) -> String {
        let crews = self.lines.crews(point);
        let length = self.task.model.grid().interval.as_hours_f64();
        let one = |(job, crew): (&super::super::job::Job<'_>, &Vec<u32>)| {
            let name = &job.group_facts().name;
            if job.flat {
                format!("{} {name}", crew.iter().copied().max().unwrap_or(0))
            } else {
                let hours = crew.iter().map(|&n| f64::from(n)).sum::<f64>() * length;
                format!("{hours:.1} hours of {name}")
            }
        };
        let all: Vec<String> = self.task.groups.iter().zip(&crews).map(one).collect();
        match all.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            _ => all.join(""),
        }
    }

    /// The figure of the claim that is furthest below its goal.
    fn figure(&self, tried: &Tried) -> Option<String> {
        let k = self.worst(tried)?;
        let pledge = self.pledges.list[k];
        let claims = super::super::claims::Claims { list: Vec::new(), by_interval: Vec::new() };
        let speaker =
            super::super::statement::Speaker { job: &self.task.jobs[pledge.pair], claims: &claims, rules: &[] };
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
    pub(super) fn reached(&self, sought: &Sought, tried: &Tried) -> Reached {
        if !sought.stuck || tried.verdict != Verdict::Missed {
            return Reached::Found;
        }
        let what = self.worst(tried).map_or_else(
            || "The target".to_owned(),
            |k| pledge_words(self.task, self.pledges.list[k]),
        );
        let figure = self.figure(tried);
        let given = figure.and_then(|figure| figure.split_once(": ").map(|(_, given)| given.to_owned()));
        let given = given.map_or_else(String::new, |given| format!("; they give {}", last_part(&given)));
        Reached::Unreachable { reason: format!("{what} cannot be kept: {}{given}", self.limit()) }
    }

    /// What holds the staff down.
    fn limit(&self) -> String {
        let bounded = self.task.groups.iter().map(|job| job.group_facts()).find(|group| group.at_most.is_some());
        match (bounded, self.task.model.plan.headcount) {
            (Some(group), _) => {
                format!("group {} may have at most {}", group.name, words::agents(group.at_most.unwrap_or(0)))
            }
            (None, Some(most)) => format!("the plan's headcount is {most}"),
            (None, None) => "no number of agents that was tried is enough".to_owned(),
        }
    }

    /// What the reader must know besides.
    pub(super) fn notes(&self, settings: &Settings) -> Vec<String> {
        let mut notes = Vec::new();
        let flat = self.task.is_flat();
        notes.push(match self.task.model.plan.objective {
            Objective::AgentHours => "groups that share queues were planned together, for the fewest agent hours".to_owned(),
            Objective::Cost => "groups that share queues were planned together, for the least cost".to_owned(),
            Objective::Headcount => "groups that share queues were planned together, for the fewest people at once".to_owned(),
        });
        notes.push("that no cheaper staffing does is not certified: those that were tried do not".to_owned());
        let targets = || (0..self.task.queues).flat_map(|pair| &self.task.queue(pair).targets);
        if !flat && targets().any(|target| target.per != Per::Interval && target.floor.is_none()) {
            notes.push(format!(
                "no interval was left below {} in the long run; set `floor` in the target to change that",
                words::percent(settings.floor)
            ));
        }
        notes.push("absence beyond shrinkage and error in the handle time are not part of the risk".to_owned());
        notes
    }
}

/// What follows the last colon.
fn last_part(text: &str) -> &str {
    text.rsplit(": ").next().unwrap_or(text)
}
