//! Made-up models and outcomes of any size for the tests of this folder; nothing here was simulated.

use crate::model::{
    AtClose, AtEnd, Calendar, Channel, Definition, Demand, Goal, Grid, Group, Hands, Intervals, Journey, Law,
    Model, Objective, Opening, People, Per, Plan, PlanBy, Queue, QueueId, Replications, RouteStep, Run,
    Series, Shape, Skill, Staff, Start, Take, Target,
};
use crate::montecarlo::{
    Bin, DayPercentiles, DayServiceLevel, GroupInterval, GroupOutcome, Outcome, Place, QueueInterval,
    QueueOutcome, ServiceLevel, TargetKind, TargetOutcome, Total, Verdict, WaitPercentiles,
};
use crate::plan::{
    Alternative, Answer, Certificate, CurvePoint, DayRange, GroupPlan, Label, Leaner, Promise, Reached,
    Sample,
};
use crate::stats::Estimate;
use crate::units::Micros;

/// `mean ± half`, as a thousand replications would give it.
pub(super) fn e(mean: f64, half: f64) -> Estimate {
    Estimate { mean, low: mean - half, high: mean + half, level: 0.95, replications: 1000 }
}

#[allow(clippy::unnecessary_wraps)] // every figure of an outcome may be missing
fn s(mean: f64, half: f64) -> Option<Estimate> {
    Some(e(mean, half).clip(0.0, 1.0))
}

#[allow(clippy::unnecessary_wraps)]
fn n(mean: f64, half: f64) -> Option<Estimate> {
    Some(e(mean, half))
}

/// Of what size a made-up centre is.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) days: usize,
    pub(super) minutes: u64,
    pub(super) open: (usize, usize),
    pub(super) dated: bool,
}

/// One weekday from eight to eight in half-hours.
pub(super) const ONE_DAY: Size = Size { days: 1, minutes: 30, open: (8, 20), dated: false };

/// A day's shape: two humps, 0.25 to 1.
fn hump(hour: f64) -> f64 {
    let bell = |at: f64, wide: f64| libm::exp(-((hour - at) / wide) * ((hour - at) / wide));
    0.22 + 0.78 * (bell(10.5, 2.0) + 0.7 * bell(15.5, 2.2)).min(1.0)
}

/// A centre with one queue and one group.
pub(super) fn model(size: Size) -> Model {
    let per_day = (1440 / size.minutes) as usize;
    let grid =
        Grid { lead: Micros::ZERO, interval: Micros::from_mins(size.minutes), per_day, days: size.days };
    let hour = |i: usize| (i % per_day) as f64 * size.minutes as f64 / 60.0;
    let flags: Vec<bool> = (0..grid.intervals())
        .map(|i| hour(i) >= size.open.0 as f64 && hour(i) < size.open.1 as f64)
        .collect();
    let opening = Opening::from_flags(&flags);
    let volumes = (0..grid.intervals())
        .map(|i| if flags[i] { 250.0 * size.minutes as f64 / 30.0 * hump(hour(i)) } else { 0.0 })
        .collect();
    let within = Micros::from_mins(2);
    let target = Target {
        goal: Goal::Answered { share: 0.9, within, definition: Definition::Offered },
        per: Per::Day,
        on_days: None,
        floor: None,
        penalties: Vec::new(),
    };
    let queue = Queue {
        name: "phone".to_owned(),
        channel: Channel::Voice,
        opening: opening.clone(),
        volumes,
        counted: false,
        handle: Law::constant(Shape::Lognormal { cv: 1.0 }, 300.0),
        wrap: Some(Law::constant(Shape::Fixed, 30.0)),
        patience: Some(Law::constant(Shape::Exponential, 180.0)),
        balk: 0.0,
        lines: None,
        max_waiting: None,
        route: vec![RouteStep { group: crate::model::GroupId(0), after: Micros::ZERO }],
        after_wait: None,
        priority: 1,
        weight: 1 << 32,
        at_close: AtClose::Finish,
        targets: vec![target],
        thresholds: vec![Micros::from_secs(20), within],
        within,
        journey: Journey::default(),
    };
    let group = Group {
        name: "everyone".to_owned(),
        opening: opening.clone(),
        serves: vec![Skill::plain(QueueId(0))],
        take: Take::LongestWait,
        staff: Staff::Planned,
        shrinkage: Series::Constant(0.3),
        cost_per_hour: Some(28.0),
        at_least: 1,
        at_most: None,
        plan: PlanBy::PerInterval,
        max_occupancy: None,
        hands: Hands::default(),
        people: People::default(),
        cost_per_contact: None,
    };
    let start = size.dated.then(|| jiff::civil::date(2026, 11, 23));
    Model {
        name: "Support, one weekday".to_owned(),
        description: "Phones with one crew".to_owned(),
        calendar: Calendar { start, timezone: None, grid, opening },
        demand: Demand { day_factor_cv: 0.08, ..Demand::default() },
        run: Run {
            replications: Replications::Fixed(1000),
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
        queues: vec![queue],
        groups: vec![group],
        outcomes: Vec::new(),
        shifts: crate::model::Shifts::default(),
    }
}

/// Agents that a made-up volume would need.
fn agents_for(volume: f64, minutes: u64) -> u32 {
    let load = volume * 330.0 / (minutes as f64 * 60.0);
    (load + 1.1 * load.sqrt() - 1.0).round().max(1.0) as u32
}

/// A made-up result for [`model`].
pub(super) fn outcome(model: &Model) -> Outcome {
    let queue = &model.queues[0];
    let grid = model.grid();
    let days = grid.days as f64;
    let minutes = grid.interval.0 / 60_000_000;
    let open: Vec<usize> = queue.opening.intervals().collect();
    let wobble = |i: usize| ((i * 37 % 17) as f64 / 17.0 - 0.5) * 0.06;
    let level = |i: usize| (0.935 - 0.08 * (queue.volumes[i] / 250.0 - 0.6) + wobble(i)).min(1.0);
    let intervals = open.iter().map(|&i| QueueInterval {
        index: i,
        day: grid.day_of(i) + 1,
        start: grid.clock(i),
        offered: n(queue.volumes[i], queue.volumes[i] * 0.01),
        answered: n(queue.volumes[i] * (0.96 + 0.04 * level(i)), queue.volumes[i] * 0.01),
        abandoned: n(queue.volumes[i] * 0.04 * (1.0 - level(i)) * 8.0, 0.1),
        mean_wait_s: n(200.0 * (1.0 - level(i)), 0.8),
        service_level: s(level(i), 0.004 + 0.01 * (1.0 - level(i))),
        mean_queue: n(queue.volumes[i] * 200.0 * (1.0 - level(i)) / 1800.0, 0.05),
        ..QueueInterval::default()
    });
    let offered = queue.expected_contacts() / days;
    let bell = |x: f64| libm::exp(-(((x - 0.925) / 0.05) * ((x - 0.925) / 0.05)));
    let day_bins = (1200..2000).map(|b| f64::from(b) / 2000.0).map(|low| Bin {
        low,
        high: low + 0.0005,
        count: (6.0 * bell(low)).round() as u64,
    });
    let wait_bins = (0..900).map(|t| Bin {
        low: f64::from(t),
        high: f64::from(t + 1),
        count: if t == 0 { 3_000_000 } else { (9_000.0 * libm::exp(-f64::from(t) / 70.0)) as u64 },
    });
    let staff = |i: usize| agents_for(queue.volumes[i], minutes);
    let staffed: f64 = open.iter().map(|&i| f64::from(staff(i)) * minutes as f64 / 60.0).sum::<f64>() / days;
    Outcome {
        scenario: model.name.clone(),
        seed: 1,
        replications: 1000,
        interrupted: false,
        level: 0.95,
        contacts_simulated: 4_203_117,
        total: Total {
            offered: n(offered, 12.0),
            answered: n(offered - 38.4, 12.0),
            abandonment: s(38.4 / offered, 0.0004),
            cost: n(staffed / 0.7 * 28.0, 0.0),
            ..Total::default()
        },
        queues: vec![QueueOutcome {
            name: "phone".to_owned(),
            channel: "voice",
            offered: n(offered, 12.0),
            first_attempts: n(offered, 12.0),
            answered: n(offered - 38.4, 12.0),
            abandoned: n(38.4, 2.3),
            wait_probability: s(0.183, 0.002),
            mean_wait_s: n(14.2, 0.4),
            asa_s: n(13.6, 0.4),
            abandonment: s(38.4 / offered, 0.0004),
            service_level: Some(ServiceLevel {
                within_s: 120.0,
                offered: s(0.9123, 0.0031),
                ..<_>::default()
            }),
            service_levels: vec![
                ServiceLevel { within_s: 20.0, offered: s(0.8312, 0.0035), ..<_>::default() },
                ServiceLevel { within_s: 120.0, offered: s(0.9123, 0.0031), ..<_>::default() },
            ],
            wait_percentiles_s: Some(WaitPercentiles {
                p50: n(0.0, 0.0),
                p90: n(64.0, 1.2),
                p95: n(112.0, 2.0),
                p99: n(227.0, 4.0),
            }),
            longest_wait_s: n(612.0, 11.0),
            mean_queue: n(1.38, 0.05),
            day_service_level: Some(DayServiceLevel {
                mean: s(0.9101, 0.003),
                percentiles: DayPercentiles {
                    p5: s(0.712, 0.008),
                    p50: s(0.93, 0.004),
                    p95: s(0.986, 0.002),
                },
                within_s: 120.0,
                definition: "offered",
                goal: Some(0.9),
                days_met: s(0.68, 0.029),
                bins: day_bins.filter(|bin| bin.count > 0).collect(),
            }),
            intervals: intervals.collect(),
            wait_bins: wait_bins.filter(|bin| bin.count > 0).collect(),
            ..QueueOutcome::default()
        }],
        groups: vec![GroupOutcome {
            name: "everyone".to_owned(),
            staffed_hours: n(staffed, 0.0),
            busy_hours: n(offered * 330.0 / 3600.0, 1.1),
            overtime_hours: n(0.42, 0.03),
            occupancy: s((offered * 330.0 / 3600.0 / staffed).min(0.99), 0.001),
            cost: n(staffed / 0.7 * 28.0, 0.0),
            intervals: open
                .iter()
                .map(|&i| GroupInterval {
                    index: i,
                    day: grid.day_of(i) + 1,
                    start: grid.clock(i),
                    agents: staff(i),
                    occupancy: s(0.85, 0.002),
                })
                .collect(),
            ..GroupOutcome::default()
        }],
        targets: vec![TargetOutcome {
            queue: Some("phone".to_owned()),
            group: None,
            kind: TargetKind::Answered,
            goal: 0.9,
            within_s: Some(120.0),
            per: Per::Day,
            definition: Some("offered"),
            on_days: None,
            achieved: s(0.9123, 0.0031),
            days_met: s(0.68, 0.029),
            worst_interval: None::<Place>,
            verdict: Verdict::Met,
            penalty_cost: None,
        }],
        outcomes: Vec::new(),
    }
}

/// The planned group with so many agents in each interval of so many minutes.
fn everyone(agents: Vec<u32>, minutes: u64) -> GroupPlan {
    let scheduled: Vec<u32> = agents.iter().map(|&n| (f64::from(n) / 0.7).ceil() as u32).collect();
    let hours = |staff: &[u32]| staff.iter().map(|&n| f64::from(n)).sum::<f64>() * minutes as f64 / 60.0;
    GroupPlan {
        name: "everyone".to_owned(),
        agent_hours: hours(&agents),
        scheduled_hours: hours(&scheduled),
        cost: Some(hours(&scheduled) * 28.0),
        agents,
        scheduled,
    }
}

/// One agent less in the first interval that has any.
fn leaner(agents: &[u32], minutes: u64) -> Leaner {
    let mut agents = agents.to_vec();
    agents.iter_mut().find(|n| **n > 0).into_iter().for_each(|n| *n -= 1);
    Leaner {
        groups: vec![everyone(agents, minutes)],
        target: "phone: 90% within 2m".to_owned(),
        is_share: true,
        level: e(0.8998, 0.0005),
        sample: Sample { seed: 1, first: 0, replications: 1000 },
    }
}

/// A made-up plan for [`model`].
pub(super) fn answer(model: &Model) -> Answer {
    let outcome = outcome(model);
    let grid = model.grid();
    let minutes = grid.interval.0 / 60_000_000;
    let mut agents = vec![0; grid.intervals()];
    for interval in &outcome.groups[0].intervals {
        agents[interval.index] = interval.agents;
    }
    let scheduled: Vec<u32> = agents.iter().map(|&n| (f64::from(n) / 0.7).ceil() as u32).collect();
    let hours = |staff: &[u32]| staff.iter().map(|&n| f64::from(n)).sum::<f64>() * minutes as f64 / 60.0;
    let (peak, scheduled_peak) =
        (agents.iter().copied().max().unwrap(), scheduled.iter().copied().max().unwrap());
    let days = grid.days as f64;
    let promise = |more: u32, level: f64, met: f64, lost: f64| Promise {
        agents: peak + more,
        scheduled: scheduled_peak + (f64::from(more) / 0.7).ceil() as u32,
        agent_hours: hours(&agents) / days + f64::from(more) * 12.0,
        scheduled_hours: (hours(&agents) / days + f64::from(more) * 12.0) / 0.7,
        cost: Some((hours(&agents) / days + f64::from(more) * 12.0) / 0.7 * 28.0),
        level: e(level, 0.001),
        days_met: e(met, 0.012),
        lost_per_day: e(lost, 0.9),
    };
    let curve = (-3..=3).map(|offset: i32| {
        let x = f64::from(offset);
        let level = 1.0 - 0.0877 * libm::exp(-0.33 * x);
        CurvePoint {
            agents: (i64::from(peak) + i64::from(offset)) as u32,
            offset,
            agent_hours: hours(&agents) / days + 12.0 * x,
            level: e(level, 0.003),
            days: Some(DayRange {
                p5: level - 0.2 * libm::exp(-0.25 * x),
                p95: level + (1.0 - level) * 0.85,
            }),
            abandonment: e(0.0108 * libm::exp(-0.4 * x), 0.0004),
            lost_per_day: e(38.4 * libm::exp(-0.4 * x), 1.4),
            days_met: e((0.68 + 0.11 * x).clamp(0.0, 1.0), 0.02),
            cost: Some((hours(&agents) / days + 12.0 * x) / 0.7 * 28.0),
        }
    });
    Answer {
        verdict: Verdict::Met,
        reached: Reached::Found,
        groups: vec![everyone(agents.clone(), minutes)],
        objective: "agent_hours".to_owned(),
        error: 1e-4,
        certificate: Certificate {
            label: Label::Simulated,
            statement: format!("{peak} agents at the peak meet every promise, {} miss", peak - 1),
            fewer: Some(crate::montecarlo::Verdict::Missed),
            candidates: 9,
            search: Sample { seed: 1, first: 1000, replications: 4096 },
            confirmation: Sample { seed: 1, first: 0, replications: 1000 },
        },
        binding: Some("phone: 90% within 2m".to_owned()),
        on_average: Some(promise(0, 0.9123, 0.68, 38.4)),
        nine_in_ten: Some(promise(2, 0.948, 0.91, 17.2)),
        alternatives: vec![
            Alternative {
                name: "Erlang C".to_owned(),
                agents: peak + 3,
                agent_hours: hours(&outcome_agents(&outcome)) / days + 31.0,
                level: Some(e(0.962, 0.001)),
                abandonment: Some(e(0.004, 0.0002)),
                why: "supposes that nobody ever hangs up".to_owned(),
            },
            Alternative {
                name: "Erlang A".to_owned(),
                agents: peak - 1,
                agent_hours: hours(&outcome_agents(&outcome)) / days - 14.5,
                level: Some(e(0.881, 0.001)),
                abandonment: Some(e(0.018, 0.0004)),
                why: "takes every interval for itself, as if the queue of the one before had gone".to_owned(),
            },
        ],
        leaner: Some(leaner(&agents, minutes)),
        one_less: Vec::new(),
        lower_bound: None,
        curve: curve.collect(),
        outcome,
        notes: vec![
            "absence and lateness of agents are not part of the risk".to_owned(),
            "the handle time itself is taken as known".to_owned(),
        ],
    }
}

fn outcome_agents(outcome: &Outcome) -> Vec<u32> {
    outcome.groups[0].intervals.iter().map(|interval| interval.agents).collect()
}

/// The same with a second queue, a second group with a staff of its own, and promises of every kind.
pub(super) fn two_queues(size: Size) -> (Model, Answer) {
    let mut model = model(size);
    let mut answer = answer(&model);
    let mut chat = model.queues[0].clone();
    (chat.name, chat.channel, chat.patience) = ("chat".to_owned(), Channel::Chat, None);
    model.queues.push(chat);
    let mut night = model.groups[0].clone();
    (night.name, night.staff) =
        ("specialists".to_owned(), Staff::Given { at_work: Vec::new(), scheduled: None });
    model.groups.push(night);
    let outcome = &mut answer.outcome;
    let mut chat = outcome.queues[0].clone();
    (chat.name, chat.channel) = ("chat".to_owned(), "chat");
    (chat.abandoned, chat.abandonment, chat.blocked) = (None, None, n(3.2, 0.1));
    outcome.queues.push(chat);
    let mut specialists = outcome.groups[0].clone();
    (specialists.name, specialists.cost) = ("specialists".to_owned(), None);
    specialists.intervals.iter_mut().for_each(|at| at.agents = 4);
    outcome.groups.push(specialists);
    let first = outcome.targets[0].clone();
    let other = |kind, goal, achieved: Option<Estimate>, verdict| TargetOutcome {
        queue: Some("chat".to_owned()),
        kind,
        goal,
        within_s: None,
        definition: None,
        achieved,
        verdict,
        ..first.clone()
    };
    let place = outcome.queues[0].intervals.first().map(|at| Place {
        index: at.index,
        day: 1,
        start: at.start.clone(),
    });
    outcome.targets.extend([
        TargetOutcome {
            per: Per::Interval,
            worst_interval: place,
            verdict: Verdict::Undecided,
            ..first.clone()
        },
        TargetOutcome { on_days: Some(0.9), verdict: Verdict::Missed, ..first.clone() },
        other(TargetKind::Asa, 30.0, n(13.6, 0.4), Verdict::Met),
        other(TargetKind::Abandoned, 0.05, s(0.0103, 0.0004), Verdict::Met),
        TargetOutcome {
            on_days: Some(0.95),
            ..other(TargetKind::Longest, 600.0, n(612.0, 11.0), Verdict::Missed)
        },
        TargetOutcome {
            queue: None,
            group: Some("everyone".to_owned()),
            ..other(TargetKind::MaxOccupancy, 0.88, s(0.856, 0.001), Verdict::Met)
        },
    ]);
    (model, answer)
}

/// The same where everybody is answered at once.
pub(super) fn perfect(model: &Model) -> Answer {
    let mut answer = answer(model);
    let queue = &mut answer.outcome.queues[0];
    queue.intervals.iter_mut().for_each(|at| at.service_level = s(1.0, 0.0));
    queue.wait_bins = vec![Bin { low: 0.0, high: 0.0, count: 4_000_000 }];
    queue.wait_percentiles_s = Some(WaitPercentiles { p90: n(0.0, 0.0), ..<_>::default() });
    let days = queue.day_service_level.as_mut().unwrap();
    days.bins = vec![Bin { low: 1.0, high: 1.0, count: 1000 }];
    days.percentiles = DayPercentiles { p5: s(1.0, 0.0), p50: s(1.0, 0.0), p95: s(1.0, 0.0) };
    days.days_met = s(1.0, 0.0);
    for point in &mut answer.curve {
        point.level = e(1.0, 0.0);
        point.abandonment = e(0.0, 0.0);
        point.days = Some(DayRange { p5: 1.0, p95: 1.0 });
    }
    answer
}

/// An outcome of a model without anything that could be counted.
pub(super) fn nothing(model: &Model) -> Outcome {
    let mut outcome = outcome(model);
    outcome.total = Total::default();
    outcome.queues =
        vec![QueueOutcome { name: "phone".to_owned(), channel: "voice", ..QueueOutcome::default() }];
    outcome.groups = vec![GroupOutcome { name: "everyone".to_owned(), ..GroupOutcome::default() }];
    outcome.targets.clear();
    outcome
}
