//! What can only be said of the whole: sizes, hours without staff, groups without work, missing rates.

use super::fault::{Trouble, grouped};
use super::limits;
use super::links::Links;
use super::needs::{self, followers};
use super::section::Section;
use crate::model::{Group, GroupId, Model, Objective, Per, QueueId, Staff, Start};
use crate::units::Micros;

/// Tells what is wrong with, or worth saying about, a model that is complete.
pub(super) fn check(model: &Model, links: Links<'_, '_>, root: &Section<'_>) {
    no_hours(model, root);
    nothing_counted(model, root);
    contacts(model, root);
    agents(model, links);
    needs::check(model, links);
    idle_groups(model, links);
    unstaffed_hours(model, links);
    idle_queues(model, links);
    cost_rates(model, links);
    long_promises(model, links);
    if let Start::Steady { run_in } = model.run.start {
        root.cx().echo(format!(
            "starts steady: a run-in of {} is not counted",
            Micros(run_in.0 / 1_000_000 * 1_000_000)
        ));
    }
}

fn no_hours(model: &Model, root: &Section<'_>) {
    if model.queues.iter().all(|queue| queue.opening.first().is_none()) {
        let trouble = Trouble::new(
            "nothing is ever open",
            "no queue opens during the run",
            "check `open` and the days of the run",
        );
        root.cx().fault(root.get("calendar").map_or(root.item.key, |item| item.key), trouble);
    }
}

/// A warm-up runs by the wall clock from the first opening, and must leave an opening to count.
fn nothing_counted(model: &Model, root: &Section<'_>) {
    let from = model.counted_from();
    let counted = |i: usize| model.grid().start_of(i) >= from;
    let open = || model.queues.iter().flat_map(|queue| queue.opening.intervals());
    if open().next().is_none() || open().any(counted) {
        return;
    }
    let run = root.get("run");
    let warm_up = run.and_then(|run| run.entries()?.iter().find(|entry| entry.key == "warm_up"));
    let trouble = Trouble::new(
        "`warm_up` leaves nothing to count",
        "every opening is over by then",
        "write a shorter one, or raise `calendar.days`",
    );
    root.cx().fault(warm_up.map_or(root.item.key, |entry| entry.key_span), trouble);
}

/// Some contacts, but not more than a machine can bear.
fn contacts(model: &Model, root: &Section<'_>) {
    let backlog: f64 = model.queues.iter().map(|queue| f64::from(queue.journey.backlog)).sum();
    let total = model.expected_contacts() + backlog;
    let place = root.get("queue").map_or(root.item.key, |item| item.key);
    if total > limits::CONTACTS || !total.is_finite() {
        let label = format!(
            "{} in one replication, at most {}",
            grouped(total as u64),
            grouped(limits::CONTACTS as u64)
        );
        root.cx().fault(
            place,
            Trouble::new("too many contacts", label, "simulate fewer days; replications do the rest"),
        );
    } else if total <= 0.0 && model.queues.iter().any(|queue| queue.opening.first().is_some()) {
        root.cx().fault(
            place,
            Trouble::new("nobody ever calls", "no contacts in the whole run", "check `arrivals`"),
        );
    }
}

/// Agents of all groups in the busiest interval.
fn agents(model: &Model, links: Links<'_, '_>) {
    let given = model.groups.iter().filter_map(|group| match &group.staff {
        Staff::Given { at_work, .. } => Some(at_work),
        Staff::Planned => None,
    });
    let mut total = vec![0_u64; model.grid().intervals()];
    for at_work in given {
        at_work.iter().zip(&mut total).for_each(|(&count, sum)| *sum += u64::from(count));
    }
    let most = total.into_iter().max().unwrap_or_default();
    if let (true, Some(group)) = (most > limits::AGENTS, links.groups.first()) {
        let label = format!("{} in the busiest interval, at most {}", grouped(most), grouped(limits::AGENTS));
        group
            .section
            .cx()
            .fault(group.section.item.key, Trouble::new("too many agents", label, "split the scenario"));
    }
}

fn idle_groups(model: &Model, links: Links<'_, '_>) {
    for (id, part) in links.groups.iter().enumerate() {
        if !model.queues.iter().any(|queue| queue.route.iter().any(|step| step.group == GroupId(id))) {
            let title = format!("no queue reaches `{}`", part.name());
            part.section.cx().note(
                part.section.item.key,
                Trouble::new(title, "never has work", "check `serves` and the routes"),
            );
        }
    }
}

/// Whether a group is open and has anybody, or is yet to be planned.
fn may_work(group: &Group, i: usize) -> bool {
    let anybody = match &group.staff {
        Staff::Given { at_work, .. } => at_work[i] > 0,
        Staff::Planned => true,
    };
    anybody && group.opening.is_open(i)
}

/// Open intervals of a queue in which none of its groups is at work.
fn unstaffed_hours(model: &Model, links: Links<'_, '_>) {
    for (queue, part) in model.queues.iter().zip(links.queues) {
        let staffed = |i: usize| queue.route.iter().any(|step| may_work(&model.groups[step.group.0], i));
        let mut alone = queue.opening.intervals().filter(|&i| !staffed(i));
        if let Some(first) = alone.next() {
            let grid = model.grid();
            let label = format!("nobody at {} of day {}", grid.clock(first), grid.day_of(first) + 1);
            let title = format!("`{}` is open while nobody who serves it is at work", queue.name);
            part.section.cx().note(
                part.section.item.key,
                Trouble::new(title, label, "check `open` of the queue and its groups, and their `agents`"),
            );
        }
    }
}

fn idle_queues(model: &Model, links: Links<'_, '_>) {
    for (id, (queue, part)) in model.queues.iter().zip(links.queues).enumerate() {
        let sends = |other: &crate::model::Queue| followers(other).contains(&QueueId(id));
        let own = queue.expected_contacts() > 0.0 || queue.journey.backlog > 0;
        if !own && !model.queues.iter().any(sends) {
            let title = format!("nobody ever comes to `{}`", queue.name);
            part.section.cx().note(
                part.section.item.key,
                Trouble::new(title, "no arrivals, no overflow", "check its `arrivals`"),
            );
        }
    }
}

/// A cheapest plan needs to know what people cost.
fn cost_rates(model: &Model, links: Links<'_, '_>) {
    for (group, part) in model.groups.iter().zip(links.groups) {
        let planned = group.staff == Staff::Planned && model.plan.objective == Objective::Cost;
        if planned && group.cost_per_hour.is_none() && group.cost_per_contact.is_none() {
            part.section
                .missing::<()>("cost_per_hour", "add `cost_per_hour = 28.0`: the plan's objective is cost");
        }
    }
}

/// Promises over a stretch that the run does not have: said how it is put together, or warned of.
fn long_promises(model: &Model, links: Links<'_, '_>) {
    let days = model.counted_days();
    for (queue, part) in model.queues.iter().zip(links.queues) {
        let is_long = |per: &Per| queue.targets.iter().any(|target| target.per == *per) && per.days() > days;
        let long = [Per::Week, Per::Month].into_iter().filter(is_long);
        let (together, cut): (Vec<Per>, Vec<Per>) = long.partition(|per| model.runs_of(*per) > 1);
        for per in together {
            part.section.cx().echo(format!(
                "{}: a {} is put together from {} independent runs like this one; raise `calendar.days` if one leaves work to the next",
                part.name(),
                per.key(),
                model.runs_of(per)
            ));
        }
        if let (Some(per), Some(item)) = (cut.last(), part.section.get("target")) {
            let label = format!("the run counts {days} of {} days", per.days());
            let help = "raise `calendar.days`, or read it as the part inside the run";
            item.note(Trouble::new("the run is shorter than the target's stretch of time", label, help));
        }
    }
}
