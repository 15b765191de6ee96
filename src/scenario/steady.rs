//! `start = "steady"`: how long a run-in forgets that the centre was empty.
//!
//! A queue with patience forgets within a few times the longer of mean handling time and mean patience: twelve times
//! that leaves e⁻¹² of the start. A queue without patience forgets within a few relaxation times of M/M/n,
//! AHT / (√n − √a)² for load a (Morse 1955; Newell 1982), but not faster than its services end. It has no steady
//! state at all if its groups cannot carry its load. Where customers come again, none of this is over before they do:
//! the run-in is at least twelve times the longest mean time for which they are away.

use super::fault::Trouble;
use super::item::Item;
use super::limits;
use super::traffic::traffic;
use crate::model::{Group, Model, Queue, QueueId, Staff, Start};
use crate::units::Micros;

/// e⁻¹² of the start is left.
const TIMES: f64 = 12.0;
/// Longest run-in, in handling times: beyond, the queue is so near its limit that nothing settles.
const MOST: f64 = 4000.0;

/// Gives a run that starts steady its run-in, and the grid the room for it. `item` is where to point.
pub(super) fn settle(model: &mut Model, item: Option<Item<'_>>) -> Option<()> {
    let (Start::Steady { .. }, Some(item)) = (model.run.start, item) else { return Some(()) };
    let Some(first) = model.queues.iter().filter_map(|queue| queue.opening.first()).min() else {
        return Some(()); // nothing ever opens, which is told elsewhere
    };
    let mut longest = 0.0_f64;
    let rates = traffic(model, first);
    for queue in (0..model.queues.len()).map(QueueId).filter(|queue| rates[queue.0] > 0.0) {
        longest = longest.max(relaxation(model, queue, first, &rates, item)?);
    }
    let run_in = Micros::from_secs_f64(longest);
    let interval = model.grid().interval.0;
    let rate = rates.iter().sum::<f64>();
    if rate * (run_in.0 as f64 / interval as f64) > limits::CONTACTS {
        let help = "start = \"empty\" with `warm_up` gives the length yourself";
        return item.fault(Trouble::new(
            "the way to the steady state is too long",
            format!("{run_in}"),
            help,
        ));
    }
    model.run.start = Start::Steady { run_in };
    model.calendar.grid.lead = Micros(run_in.0.div_ceil(interval) * interval);
    Some(())
}

/// Twelve relaxation times of a queue at the first open interval, in seconds.
fn relaxation(model: &Model, queue: QueueId, first: usize, rates: &[f64], item: Item<'_>) -> Option<f64> {
    let facts = &model.queues[queue.0];
    let aht = facts.aht(first);
    if let Some(patience) = &facts.patience {
        return Some(TIMES * aht.max(patience.mean.at(first)).max(away(facts, first)));
    }
    let load = captive_load(model, queue, first, rates);
    let agents = agents(model, queue, first, load);
    if agents <= load {
        let label =
            format!("`{}` brings {load:.1} Erlang to {} and nobody hangs up", facts.name, carried(agents));
        let help = "add agents or patience, or write start = \"empty\"";
        return item.fault(Trouble::new("there is no steady state: the queue grows for ever", label, help));
    }
    let gap = (agents.sqrt() - load.sqrt()).powi(2).min(1.0);
    let times = TIMES / gap;
    if times > MOST {
        let title = format!("`{}` is so near its limit that it never quite settles", facts.name);
        let help = "the run-in ends after 4000 handling times; results depend on it";
        item.note(Trouble::new(title, "steady is out of reach", help));
    }
    Some((aht * times.min(MOST)).max(TIMES * away(facts, first)))
}

/// The longest mean time for which customers are away before they come again, in seconds; 0 where nobody does.
fn away(queue: &Queue, first: usize) -> f64 {
    let journey = &queue.journey;
    let asked = journey.ask_back.as_ref().map(|ask| &ask.after);
    let unsolved = journey.self_service.as_ref().and_then(|service| service.back.as_ref());
    let returns = [&journey.redial, &journey.redial_blocked, &journey.repeat];
    let returns = returns.into_iter().flatten().chain(unsolved).map(|back| &back.after);
    returns.chain(asked).map(|law| law.mean.at(first)).fold(0.0, f64::max)
}

/// Load of all patient queues that have no agents but this queue's, in Erlang.
fn captive_load(model: &Model, queue: QueueId, first: usize, rates: &[f64]) -> f64 {
    let on_route = |group| model.queues[queue.0].route.iter().any(|step| step.group == group);
    let captive =
        |other: &Queue| other.patience.is_none() && other.route.iter().all(|step| on_route(step.group));
    let load = |other: &Queue, rate: f64| rate * other.aht(first) / model.grid().interval.as_secs_f64();
    let all = model.queues.iter().zip(rates).filter(|(other, _)| captive(other));
    all.map(|(other, rate)| load(other, *rate)).sum()
}

/// What the agents who may serve a queue can carry, in Erlang alone in hand: one each, or more with several contacts at
/// once. Where agents are to be planned, the least that could carry the load with ease.
fn agents(model: &Model, queue: QueueId, first: usize, load: f64) -> f64 {
    let mut given = 0.0;
    for step in &model.queues[queue.0].route {
        let group = &model.groups[step.group.0];
        match &group.staff {
            Staff::Given { at_work, .. } => given += f64::from(at_work[first]) * worth(group, queue),
            Staff::Planned => return (load + 0.5 * load.sqrt()).ceil(),
        }
    }
    given
}

/// How many contacts of a queue, each as quick as alone, an agent of the group can work on at best.
fn worth(group: &Group, queue: QueueId) -> f64 {
    let hands = &group.hands;
    let most = group.skill(queue).map_or(1, |skill| hands.capacity / skill.need);
    let stretch = |k: u32| hands.stretch[(k as usize).min(hands.stretch.len()) - 1].as_f64();
    (1..=most).map(|k| f64::from(k) / stretch(k)).fold(0.0, f64::max)
}

/// Agents in words; a part of one only where there is one.
fn carried(agents: f64) -> String {
    if agents.fract() == 0.0 { format!("{agents} agents") } else { format!("agents who carry {agents:.1}") }
}
