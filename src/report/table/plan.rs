//! What `plan` prints: the answer first, then why, then everything else.

use super::style::{Style, header};
use super::{intervals, journey, sections, worth};
use crate::model::{Model, PlanBy, Series};
use crate::montecarlo::{TargetKind, Verdict};
use crate::plan::{Answer, GroupPlan, Label, Leaner, Promise, Reached};
use crate::report::promise;
use crate::report::words::{
    NONE, agents, count, goal_percent, hours, on_days, percent, plural, share, thousands, threshold, timed,
    trimmed,
};

/// The report of a plan.
pub fn plan(model: &Model, answer: &Answer, style: Style) -> String {
    let outcome = &answer.outcome;
    let mut out = style.heading(&model.name);
    out.push_str(&headline(model, answer, style));
    if let Some(binding) = &answer.binding {
        out.push_str(&style.paragraph(&format!("The goal that binds: {binding}."), 0));
    }
    if let Some(leaner) = &answer.leaner {
        out.push_str(&style.paragraph(&cannot_be_told_apart(model, answer, leaner), 0));
    }
    out.push_str(&sections::promises(model, outcome, style));
    out.push_str(&sections::tomorrow(model, outcome, style));
    out.push_str(&planned(model, answer, style));
    out.push_str(&one_less(answer, style));
    out.push_str(&neighbours(model, answer, style));
    out.push_str(&formulas(model, answer, style));
    out.push_str(&sections::queues(model, outcome, style));
    out.push_str(&journey::queues(model, outcome, style));
    out.push_str(&sections::groups(outcome, style));
    out.push_str(&journey::groups(outcome, style));
    out.push_str(&worth::costs(outcome, style));
    out.push_str(&worth::felt(outcome, style));
    out.push_str(&intervals::table(model, outcome, Some(answer), style));
    let mut notes = vec![certificate(answer)];
    notes.extend(answer.notes.iter().cloned());
    out.push_str(&sections::meaning(model, outcome, &notes, style));
    out
}

/// The two things that a plan always says, or why there is no plan.
fn headline(model: &Model, answer: &Answer, style: Style) -> String {
    let mut out = String::new();
    if let Reached::Unreachable { reason } = &answer.reached {
        let text = format!("No staffing keeps {}. {reason}.", promise::all(&answer.outcome));
        out.push_str(&style.paragraph(&text, 0));
        out.push_str(&style.paragraph("What follows is the best that was tried.", 0));
    } else if answer.outcome.interrupted {
        let text = "Caution: stopped before the search was over; this is the best so far, and not certain.";
        out.push_str(&style.paragraph(text, 0));
    } else if answer.verdict != Verdict::Met {
        let text = match answer.verdict {
            Verdict::Missed => "Caution: on fresh replications the chosen staffing misses its promise.",
            _ => "Caution: fresh replications cannot tell whether the chosen staffing keeps its promise.",
        };
        out.push_str(&style.paragraph(text, 0));
    }
    let kept = promise::on_average(&answer.outcome);
    let share_of_days = answer.outcome.targets.iter().any(|target| target.on_days.is_some());
    if share_of_days && answer.reached == Reached::Found {
        let staff = staff_keep(model, answer, Staff::chosen(model, answer), true);
        out.push_str(&style.paragraph(&format!("{staff} {}.", promise::all(&answer.outcome)), 0));
    }
    let days = model.grid().days > 1;
    match &answer.on_average {
        Some(found) => {
            let text = format!(
                "{} {kept} on average: {}; that holds {}. {}",
                staff_keep(model, answer, Staff::of(found), !share_of_days),
                level(answer, found),
                on_days(found.days_met.mean),
                lost(found)
            );
            out.push_str(&style.paragraph(&text, 0));
        }
        None if answer.reached == Reached::Found && !share_of_days => {
            out.push_str(&style.paragraph(&chosen(answer, days), 0));
        }
        None => {}
    }
    match &answer.nine_in_ten {
        Some(found)
            if answer.on_average.as_ref().is_some_and(|mean| mean.agent_hours == found.agent_hours) =>
        {
            out.push_str(&style.paragraph("The same agents keep it on nine days in ten.", 0));
        }
        Some(found) => {
            let text = format!(
                "{} it on nine days in ten: {}. {}",
                staff_keep(model, answer, Staff::of(found), false),
                level(answer, found),
                lost(found)
            );
            out.push_str(&style.paragraph(&text, 0));
        }
        None if answer.reached == Reached::Found => {
            out.push_str(&style.paragraph("How many keep it on nine days in ten was not found.", 0));
        }
        None => {}
    }
    out
}

/// What less staff may do: "853.0 agent hours cannot be told apart from the promise: 89.99% ± 0.05 on 1,478 new
/// days."
fn cannot_be_told_apart(model: &Model, answer: &Answer, leaner: &Leaner) -> String {
    let staff = Staff::of_groups(model, &leaner.groups);
    let flat = |groups: &[GroupPlan]| groups.iter().all(|group| at_most_one_number(&group.agents));
    let amount = if flat(&answer.groups) && flat(&leaner.groups) {
        agents(staff.agents)
    } else {
        format!(
            "{} agent hours{}",
            hours(staff.agent_hours),
            if model.grid().days > 1 { " a day" } else { "" }
        )
    };
    let of = match answer.outcome.targets.as_slice() {
        [_] => String::new(),
        _ => format!(" ({})", leaner.target),
    };
    let level = leaner.level;
    let figure = if leaner.is_share {
        format!("{:.2}% ± {:.2}", 100.0 * level.mean, 100.0 * level.half_width())
    } else {
        timed(level)
    };
    let new = if model.grid().days == 1 { "new day" } else { "new replication" };
    format!(
        "{amount} cannot be told apart from the promise{of}: {figure} on {}.",
        plural(leaner.sample.replications, new)
    )
}

/// How many are at work and scheduled: at most at once, and in hours a day.
#[derive(Clone, Copy)]
struct Staff {
    agents: u32,
    scheduled: u32,
    agent_hours: f64,
    scheduled_hours: f64,
}

impl Staff {
    fn of(found: &Promise) -> Self {
        Self {
            agents: found.agents,
            scheduled: found.scheduled,
            agent_hours: found.agent_hours,
            scheduled_hours: found.scheduled_hours,
        }
    }

    /// The chosen staffing, all planned groups together.
    fn chosen(model: &Model, answer: &Answer) -> Self {
        Self::of_groups(model, &answer.groups)
    }

    /// Planned groups, all together.
    fn of_groups(model: &Model, groups: &[GroupPlan]) -> Self {
        let days = model.open_days() as f64;
        let at_once = |staff: fn(&GroupPlan) -> &[u32]| {
            let of = |i: usize| groups.iter().filter_map(|group| staff(group).get(i)).sum();
            (0..model.grid().intervals()).map(of).max().unwrap_or(0)
        };
        Self {
            agents: at_once(|group| &group.agents),
            scheduled: at_once(|group| &group.scheduled),
            agent_hours: groups.iter().map(|group| group.agent_hours).sum::<f64>() / days,
            scheduled_hours: groups.iter().map(|group| group.scheduled_hours).sum::<f64>() / days,
        }
    }
}

/// "21 agents (30 scheduled at 30% shrinkage) keep", or with hours where the number changes over the day.
fn staff_keep(model: &Model, answer: &Answer, found: Staff, explain: bool) -> String {
    let shrinkage = if explain { shrinkage(model) } else { None };
    let flat = model.planned_groups().all(|id| model.groups[id.0].plan == PlanBy::Flat)
        || answer.groups.iter().all(|group| at_most_one_number(&group.agents));
    let more = found.scheduled > found.agents;
    if flat {
        let scheduled = format!(" ({} scheduled{})", found.scheduled, shrinkage.unwrap_or_default());
        let scheduled = if more { scheduled } else { String::new() };
        return format!(
            "{}{scheduled} keep{}",
            agents(found.agents),
            if found.agents == 1 { "s" } else { "" }
        );
    }
    let scheduled = format!(" ({} scheduled{})", hours(found.scheduled_hours), shrinkage.unwrap_or_default());
    let scheduled = if more { scheduled } else { String::new() };
    let a_day = if model.grid().days > 1 { " a day" } else { "" };
    let (total, peak) = (hours(found.agent_hours), agents(found.agents));
    format!("{total} agent hours{a_day}{scheduled}, at most {peak} at once, keep")
}

/// " at 30% shrinkage", where all planned groups share one number.
fn shrinkage(model: &Model) -> Option<String> {
    let mut all = model.planned_groups().map(|id| match &model.groups[id.0].shrinkage {
        Series::Constant(share) => Some(*share),
        Series::ByInterval(_) => None,
    });
    let first = all.next()??;
    all.all(|other| other == Some(first)).then(|| format!(" at {} shrinkage", goal_percent(first)))
}

/// Whether a group has one number whenever it is staffed.
fn at_most_one_number(staff: &[u32]) -> bool {
    let mut staffed = staff.iter().filter(|n| **n > 0);
    staffed.next().is_none_or(|first| staffed.all(|n| n == first))
}

/// The promised measure of the first target, in its unit; whose it is, where there are several.
fn level(answer: &Answer, found: &Promise) -> String {
    let targets = &answer.outcome.targets;
    let level = match targets.first().map(|target| target.kind) {
        Some(TargetKind::Asa | TargetKind::Longest) => timed(found.level),
        // What a cap on occupancy gives customers is their service level, which nobody promised.
        Some(TargetKind::MaxOccupancy) => {
            let level = answer.outcome.queues.iter().find_map(|queue| queue.service_level.as_ref());
            let within =
                level.map_or_else(String::new, |level| format!(" within {}", threshold(level.within_s)));
            return format!("{} answered{within}", share(found.level));
        }
        _ => share(found.level),
    };
    match targets.as_slice() {
        [first, _, ..] => format!("{} {level}", promise::whose(first)),
        _ => level,
    }
}

/// "38 customers a day hang up."
fn lost(found: &Promise) -> String {
    match count(found.lost_per_day.mean).as_str() {
        "0" => "Practically nobody hangs up.".to_owned(),
        "1" => "1 customer a day hangs up.".to_owned(),
        n => format!("{n} customers a day hang up."),
    }
}

/// The chosen staffing, where the plan did not say what it keeps on average.
fn chosen(answer: &Answer, days: bool) -> String {
    let peak: u32 = answer.groups.iter().map(crate::plan::GroupPlan::peak).sum();
    let total: f64 = answer.groups.iter().map(|group| group.agent_hours).sum();
    let over = if days { " over the run" } else { "" };
    format!("At most {} at once, {} agent hours{over}.", agents(peak), hours(total))
}

/// The staff to be at work and to be scheduled, group by group.
fn planned(model: &Model, answer: &Answer, style: Style) -> String {
    if answer.groups.len() < 2 && model.grid().days < 2 {
        return String::new();
    }
    let priced = answer.groups.iter().any(|group| group.cost.is_some());
    let mut titles = header(["planned group", "at work", "hours", "scheduled", "scheduled hours"]);
    if priced {
        titles.push("cost".to_owned());
    }
    let rows = answer.groups.iter().map(|group| {
        let range = |staff: &[u32]| {
            let open = || staff.iter().copied().filter(|n| *n > 0);
            let (low, high) = (open().min().unwrap_or(0), open().max().unwrap_or(0));
            if low == high { low.to_string() } else { format!("{low} to {high}") }
        };
        let mut row = vec![
            group.name.clone(),
            range(&group.agents),
            hours(group.agent_hours),
            range(&group.scheduled),
            hours(group.scheduled_hours),
        ];
        if priced {
            row.push(group.cost.map_or(NONE.to_owned(), thousands));
        }
        row
    });
    let heading = style.heading("The plan, over the whole run");
    format!("\n{heading}{}", style.grid(&titles, rows.collect()))
}

/// What one agent less in one group would do, and how much less theory thinks possible.
fn one_less(answer: &Answer, style: Style) -> String {
    if answer.one_less.is_empty() {
        return String::new();
    }
    let titles = header(["one less in", "at most", "promises", "hit hardest", "gives"]);
    let rows = answer.one_less.iter().map(|one| {
        let verdict = match one.verdict {
            Verdict::Met => "still kept",
            Verdict::Missed => "MISSED",
            Verdict::Undecided => "cannot tell",
        };
        let waits = one.level.is_some_and(|level| level.mean > 1.0);
        let level =
            one.level.map_or(NONE.to_owned(), |level| if waits { timed(level) } else { share(level) });
        let target = one.target.clone().unwrap_or_else(|| NONE.to_owned());
        vec![one.group.clone(), one.agents.to_string(), verdict.to_owned(), target, level]
    });
    let heading = style.heading("One agent less all day in one group");
    let mut out = format!("\n{heading}{}", style.grid(&titles, rows.collect()));
    if let Some(bound) = &answer.lower_bound {
        let unit = match answer.objective.as_str() {
            "cost" => " in cost",
            "headcount" => " people",
            _ => " agent hours",
        };
        let text = format!(
            "Theory's lower bound: {}{unit} over the run, where the plan has {}. It assumes {}.",
            thousands_or_tenths(bound.value),
            thousands_or_tenths(bound.answer),
            bound.assumes
        );
        out.push('\n');
        out.push_str(&style.paragraph(&text, 0));
    }
    out
}

/// A sum with tenths below a thousand.
fn thousands_or_tenths(x: f64) -> String {
    if x < 1000.0 { trimmed((x * 10.0).round() / 10.0, 1) } else { thousands(x) }
}

/// What a few agents more or less would give.
fn neighbours(model: &Model, answer: &Answer, style: Style) -> String {
    if answer.curve.len() < 2 {
        return String::new();
    }
    let priced = answer.curve.iter().any(|point| point.cost.is_some());
    let flat = answer.groups.iter().all(|group| at_most_one_number(&group.agents));
    let first = if flat { "agents" } else { "peak agents" };
    let mut titles = header([first, "hours", "service level", "hang up", "days kept"]);
    let waits = promise::plans_for_waits(model, &answer.outcome);
    if !waits {
        titles.remove(2);
    }
    if priced {
        titles.push("cost".to_owned());
    }
    let rows = answer.curve.iter().map(|point| {
        let mark = if point.offset == 0 { " ← plan" } else { "" };
        let mut row = vec![
            format!("{}{mark}", point.agents),
            hours(point.agent_hours),
            share(point.level),
            format!("{} ({})", count(point.lost_per_day.mean), percent(point.abandonment.mean)),
            percent(point.days_met.mean),
        ];
        if !waits {
            row.remove(2);
        }
        if priced {
            row.push(point.cost.map_or(NONE.to_owned(), thousands));
        }
        row
    });
    let heading = style.heading("A few agents more or less all day, per day");
    format!("\n{heading}{}", style.grid(&titles, rows.collect()))
}

/// What the formulas would have asked for.
fn formulas(model: &Model, answer: &Answer, style: Style) -> String {
    if answer.alternatives.is_empty() || !promise::plans_for_waits(model, &answer.outcome) {
        return String::new();
    }
    let mut out = format!("\n{}", style.heading("What the formulas would say"));
    let flat = answer.groups.iter().all(|group| at_most_one_number(&group.agents));
    let peak = if flat { "" } else { " at the peak" };
    for other in &answer.alternatives {
        let offered = answer.outcome.total.offered.map(|e| e.mean);
        let lost = match (other.abandonment, offered) {
            (Some(gone), Some(all)) => format!("; {} a day hang up", count(gone.mean * all)),
            (Some(gone), None) => format!("; {} hang up", percent(gone.mean)),
            _ => String::new(),
        };
        let given = other
            .level
            .map_or_else(String::new, |level| format!(", which would give {}{lost}", share(level)));
        let text = format!(
            "{}: {}{peak}, {} hours a day{given}. It {}.",
            other.name,
            agents(other.agents),
            hours(other.agent_hours),
            other.why
        );
        out.push_str(&style.hanging(&text, 2, 4));
    }
    out
}

/// What was certified, and how.
fn certificate(answer: &Answer) -> String {
    let proof = &answer.certificate;
    if proof.label == Label::Exact {
        return format!("exact: {}", proof.statement);
    }
    format!(
        "certified by simulation at an error of {}: {}. {} tested on up to {}; confirmed on {} that the search had \
         not seen",
        trimmed(answer.error, 6),
        proof.statement,
        plural(proof.candidates, "staffing"),
        plural(proof.search.replications, "replication"),
        thousands(proof.confirmation.replications as f64),
    )
}
