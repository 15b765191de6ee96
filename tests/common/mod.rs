//! Models made by hand, for tests that want every corner of the engine.
#![allow(dead_code, unreachable_pub, clippy::wildcard_imports)] // every test binary uses its own part

pub mod by_hand;
pub mod desk;

use headcount::engine::{Ended, Witness};
use headcount::model::*;
use headcount::units::Micros;

/// A witness that remembers everything.
#[derive(Default)]
pub struct Stories(pub Vec<Ended>);

impl Witness for Stories {
    fn ended(&mut self, story: &Ended) {
        self.0.push(*story);
    }
}

/// Flags for a run of `days` days with the given open intervals a day.
pub fn opening(days: usize, per_day: usize, open: std::ops::Range<usize>) -> Opening {
    let flags: Vec<bool> = (0..days * per_day).map(|i| open.contains(&(i % per_day))).collect();
    Opening::from_flags(&flags)
}

/// A calendar of hours, open all the time unless changed.
pub fn calendar(days: usize, interval: Micros, opening: Opening) -> Calendar {
    let per_day = (Micros::DAY.0 / interval.0) as usize;
    Calendar {
        start: None,
        timezone: None,
        grid: Grid { lead: Micros::ZERO, interval, per_day, days },
        opening,
    }
}

/// A queue with nothing special about it.
pub fn queue(name: &str, opening: &Opening, volumes: Vec<f64>, handle: Law, route: Vec<RouteStep>) -> Queue {
    Queue {
        name: name.to_owned(),
        channel: Channel::Voice,
        opening: opening.clone(),
        volumes,
        counted: false,
        handle,
        wrap: None,
        patience: None,
        balk: 0.0,
        lines: None,
        max_waiting: None,
        route,
        after_wait: None,
        priority: 1,
        weight: 1 << 32,
        at_close: AtClose::Finish,
        targets: Vec::new(),
        thresholds: vec![Micros::from_secs(20)],
        within: Micros::from_secs(20),
        journey: Journey::default(),
    }
}

/// A group with nothing special about it.
pub fn group(name: &str, opening: &Opening, serves: &[usize], at_work: Vec<u32>) -> Group {
    let skill = |&q: &usize| Skill::plain(QueueId(q));
    Group {
        name: name.to_owned(),
        opening: opening.clone(),
        serves: serves.iter().map(skill).collect(),
        take: Take::LongestWait,
        staff: Staff::Given { at_work, scheduled: None },
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

/// A model around queues and groups.
pub fn model(calendar: Calendar, queues: Vec<Queue>, groups: Vec<Group>) -> Model {
    Model {
        name: "test".to_owned(),
        description: String::new(),
        calendar,
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
        queues,
        groups,
        outcomes: Vec::new(),
        shifts: Shifts::default(),
    }
}

/// Straight to a group.
pub fn to(group: usize) -> RouteStep {
    RouteStep { group: GroupId(group), after: Micros::ZERO }
}
