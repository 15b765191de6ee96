//! Models made by hand, for the tests of this folder.

use super::digest::Digest;
use super::frame::Frame;
use super::slice::Slice;
use super::{Finished, Gather, measure};
use crate::engine::{Cell, Staffing, Tally};
use crate::model::*;
use crate::montecarlo::Outcome;
use crate::stats::{Estimate, Reason};
use crate::units::Micros;

/// Seconds.
pub(super) fn secs(seconds: u64) -> Micros {
    Micros::from_secs(seconds)
}

/// Days of 24 hourly intervals, open in the given hours: one queue, one group of five, nobody waits for ever.
pub(super) fn model(days: usize, hours: std::ops::Range<usize>) -> Model {
    let flags: Vec<bool> = (0..days * 24).map(|i| hours.contains(&(i % 24))).collect();
    let opening = Opening::from_flags(&flags);
    let grid = Grid { lead: Micros::ZERO, interval: Micros::HOUR, per_day: 24, days };
    Model {
        name: "by hand".to_owned(),
        description: String::new(),
        calendar: Calendar { start: None, timezone: None, grid, opening: opening.clone() },
        demand: Demand::default(),
        run: Run {
            replications: Replications::Fixed(1),
            seed: 1,
            start: Start::Empty,
            warm_up: Micros::ZERO,
            at_end: AtEnd::Finish,
        },
        plan: Plan {
            objective: Objective::AgentHours,
            error: 1e-4,
            headcount: None,
            intervals: Intervals::Estimate,
        },
        queues: vec![queue("phone", &opening, 40.0)],
        groups: vec![group("crew", &opening, 5)],
        outcomes: Vec::new(),
        shifts: crate::model::Shifts::default(),
    }
}

/// So many contacts an hour of five minutes each, patience three minutes, to group 0.
pub(super) fn queue(name: &str, opening: &Opening, per_hour: f64) -> Queue {
    let last = opening.end().unwrap_or(0).next_multiple_of(24);
    Queue {
        name: name.to_owned(),
        channel: Channel::Voice,
        opening: opening.clone(),
        volumes: (0..last).map(|i| if opening.is_open(i) { per_hour } else { 0.0 }).collect(),
        counted: false,
        handle: Law::constant(Shape::Lognormal { cv: 1.0 }, 300.0),
        wrap: None,
        patience: Some(Law::constant(Shape::Exponential, 180.0)),
        balk: 0.0,
        lines: None,
        max_waiting: None,
        route: vec![RouteStep { group: GroupId(0), after: Micros::ZERO }],
        after_wait: None,
        priority: 1,
        weight: 1 << 32,
        at_close: AtClose::Finish,
        targets: Vec::new(),
        thresholds: vec![secs(5), secs(20), secs(120)],
        within: secs(20),
        journey: Journey::default(),
    }
}

/// So many agents whenever open, serving queue 0.
pub(super) fn group(name: &str, opening: &Opening, agents: u32) -> Group {
    let last = opening.end().unwrap_or(0).next_multiple_of(24);
    Group {
        name: name.to_owned(),
        opening: opening.clone(),
        serves: vec![Skill::plain(QueueId(0))],
        take: Take::LongestWait,
        staff: Staff::Given {
            at_work: (0..last).map(|i| if opening.is_open(i) { agents } else { 0 }).collect(),
            scheduled: None,
        },
        shrinkage: Series::Constant(0.0),
        cost_per_hour: None,
        at_least: 0,
        at_most: None,
        plan: PlanBy::PerInterval,
        max_occupancy: None,
        hands: Hands::default(),
        people: People::default(),
        cost_per_contact: None,
    }
}

/// A promise about the day, on the long-run average.
pub(super) fn target(goal: Goal) -> Target {
    Target { goal, per: Per::Day, on_days: None, floor: None, penalties: Vec::new() }
}

/// At least a share answered within so many seconds, of all offered.
pub(super) fn answered(share: f64, within: u64) -> Goal {
    Goal::Answered { share, within: secs(within), definition: Definition::Offered }
}

/// Counts of a queue without behaviours.
pub(super) fn slice<'a>(cell: &'a Cell, answered_in: &'a [u64], abandoned_in: &'a [u64]) -> Slice<'a> {
    Slice { cell, answered_in, abandoned_in, beyond: None, replied: &[] }
}

/// A callback for whoever would have to wait, within half an hour, standing apart.
pub(super) fn callback() -> Callback {
    Callback {
        offer: Offer::Always,
        share: 1.0,
        accept: Curve::constant(0.5),
        place: Place::Keep,
        promise: Micros::from_mins(30),
        reserve: 0,
        reached: 1.0,
        attempts: 1,
        retry_after: Law::constant(Shape::Fixed, 600.0),
        dialling: None,
        factor: Factor::ONE,
        scored: Scored::Apart,
    }
}

/// Coming again to this queue.
pub(super) fn back(to: usize) -> Return {
    Return { probability: 0.5, after: Law::constant(Shape::Exponential, 600.0), most: None, to: QueueId(to) }
}

/// What is found when replications counted these tallies, one each.
pub(super) fn outcome(model: &Model, tallies: &[Tally]) -> Outcome {
    let staffing = Staffing::given(model);
    let frame = Frame::new(model, &staffing);
    let (mut gather, mut digest) = (Gather::new(&frame), Digest::new(&frame));
    for tally in tallies {
        gather.add(&frame, tally, 100, &mut digest);
    }
    let finished = Finished { gather, seed: 9, first: 0, looks: 1, reason: Some(Reason::AsAsked) };
    measure(model, &staffing, &finished, 0.95)
}

/// The mean of a figure that applies.
pub(super) fn mean(estimate: Option<Estimate>) -> f64 {
    estimate.expect("the figure applies").mean
}
