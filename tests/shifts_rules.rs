//! The rules of a schedule: whatever shifts are chosen keep every one of them, recomputed here from the text of the roster
//! that is written.

#[path = "common/written.rs"]
mod written;

use headcount::model::{GroupId, Model};
use headcount::scenario;
use headcount::shifts::solver::Effort;
use headcount::shifts::{Need, Schedule, cover, patterns};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use written::{Written, written};

/// A week from a Monday in hours; what is drawn about one shift.
#[derive(Clone, Debug)]
struct Drawn {
    /// First start, how many more, and from one to the next, in hours.
    starts: (usize, usize, usize),
    length: usize,
    /// Earliest and latest start of a break after the shift's start.
    after: Option<(usize, usize)>,
    /// Hours of the day inside which it lies.
    between: Option<(usize, usize)>,
    at_least: u32,
    at_most: Option<u32>,
    /// Whether only Monday, Tuesday and Saturday.
    some_days: bool,
}

prop_compose! {
    fn drawn()(
        first in 0..20_usize,
        more in 0..4_usize,
        every in 1..3_usize,
        length in 3..10_usize,
        after in prop::option::of((1..4_usize, 0..3_usize)),
        between in prop::option::of((0..20_usize, 3..8_usize)),
        at_least in prop::sample::select(vec![0, 0, 0, 1, 2]),
        at_most in prop::option::of(2..9_u32),
        some_days in any::<bool>(),
    ) -> Drawn {
        Drawn {
            starts: (first, more.min(23 - first), every),
            length,
            after: after.map(|(from, wide)| (from, from + wide)),
            between: between.map(|(from, wide)| (from, from + wide)),
            at_least,
            at_most,
            some_days,
        }
    }
}

#[derive(Clone, Debug)]
struct Case {
    shifts: Vec<Drawn>,
    seats: Option<u32>,
    people: Option<u32>,
    repeats: bool,
    /// People needed in the eight parts of each day.
    need: Vec<u32>,
}

prop_compose! {
    fn case()(
        shifts in prop::collection::vec(drawn(), 1..4),
        seats in prop::option::of(4..12_u32),
        people in prop::option::of(6..25_u32),
        repeats in any::<bool>(),
        need in prop::collection::vec(0..4_u32, 56),
    ) -> Case {
        Case { shifts, seats, people, repeats, need }
    }
}

/// The case as somebody would write it.
fn text(case: &Case) -> String {
    let mut text = "[calendar]\nstart = \"2026-11-23\"\ndays = 7\ninterval = \"60m\"\n[queue.phone]\n\
                    arrivals = { per_hour = 10 }\naht = { fixed = \"5m\" }\n[group.desk]\nserves = [\"phone\"]\n\
                    agents = 1\n"
        .to_owned();
    let mut line = |words: String| text.push_str(&(words + "\n"));
    line(format!("[schedule]\nrepeats = {}", case.repeats));
    if let Some(n) = case.seats {
        line(format!("seats = {n}"));
    }
    if let Some(n) = case.people {
        line(format!("people = {n}"));
    }
    for (k, shift) in case.shifts.iter().enumerate() {
        let (first, more, every) = shift.starts;
        line(format!(
            "[shifts.s{k}]\nstarts = \"{first:02}:00-{:02}:00\"\nevery = \"{every}h\"",
            first + more
        ));
        line(format!("length = \"{}h\"\nat_least = {}", shift.length, shift.at_least));
        if let Some(n) = shift.at_most {
            line(format!("at_most = {n}"));
        }
        if shift.some_days {
            line("days = [\"mon\", \"tue\", \"sat\"]".to_owned());
        }
        let after = shift.after.map(|(from, to)| format!("after = \"{from}h-{to}h\""));
        let clock = |hour: usize| format!("{:02}:00", hour % 24);
        let between = shift.between.map(|(from, to)| format!("between = \"{}-{}\"", clock(from), clock(to)));
        let windows: Vec<String> = after.into_iter().chain(between).collect();
        if !windows.is_empty() {
            line(format!("breaks = [{{ length = \"1h\", {} }}]", windows.join(", ")));
        }
    }
    text
}

/// Everything that must hold of one shift.
fn is_allowed(shift: &Drawn, repeats: bool, duty: &Written) -> Result<(), TestCaseError> {
    let (day, hour) = (duty.day(), duty.from as usize % 24);
    let (first, more, every) = shift.starts;
    prop_assert!((0..7).contains(&day), "{duty:?}");
    prop_assert!((first..=first + more).contains(&hour) && (hour - first).is_multiple_of(every));
    prop_assert!(!shift.some_days || [0, 1, 5].contains(&day), "day {day}");
    prop_assert_eq!(duty.to - duty.from, shift.length as i64);
    prop_assert!(repeats || duty.to <= 7 * 24, "past the last midnight");
    let windows = usize::from(shift.after.is_some() || shift.between.is_some());
    prop_assert_eq!(duty.breaks.len(), windows);
    for &(from, to) in &duty.breaks {
        prop_assert!(to - from == 1 && from > duty.from && to < duty.to);
        if let Some((first, last)) = shift.after {
            prop_assert!((first as i64..=last as i64).contains(&(from - duty.from)));
        }
        if let Some((first, last)) = shift.between {
            // The window of the day on which the shift starts, of the next, or of the night before.
            let at = (from - day * 24 + 24) as usize;
            prop_assert!([0, 24, 48].iter().any(|day| (first + day..last + day).contains(&at)));
        }
    }
    Ok(())
}

/// Everything that must hold of all shifts together.
fn keeps_the_rules(
    case: &Case,
    model: &Model,
    schedule: &Schedule,
    need: &[u32],
) -> Result<(), TestCaseError> {
    let duties = written(model, schedule, None);
    let mut there = vec![0; need.len()];
    let (mut of_day, mut of_kind, mut names) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
    let mut hours = 0;
    for duty in &duties {
        let day = duty.day();
        let kind: usize = duty.shift[1..].parse().expect("a shift of the case");
        is_allowed(&case.shifts[kind], case.repeats, duty)?;
        for hour in duty.works() {
            there[hour as usize % (7 * 24)] += 1;
            hours += 1;
        }
        prop_assert!(names.insert((day, duty.agent.clone())), "{} is there twice", duty.agent);
        prop_assert_eq!(&duty.group, "desk");
        *of_day.entry(day).or_insert(0) += 1;
        *of_kind.entry((kind, day)).or_insert(0) += 1;
    }
    for (i, &there) in there.iter().enumerate() {
        prop_assert!(there >= need[i] && case.seats.is_none_or(|seats| there <= seats), "hour {i}: {there}");
    }
    prop_assert!(of_day.values().all(|n| case.people.is_none_or(|most| *n <= most)));
    for (k, shift) in case.shifts.iter().enumerate() {
        let days = if shift.some_days { vec![0, 1, 5] } else { (0..7).collect() };
        for day in days {
            let n = of_kind.get(&(k, day)).copied().unwrap_or(0);
            prop_assert!(
                n >= shift.at_least && shift.at_most.is_none_or(|most| n <= most),
                "{k} on {day}: {n}"
            );
        }
    }
    // What is told besides agrees with what is written.
    prop_assert_eq!(schedule.people(model, GroupId(0)), there);
    prop_assert!((schedule.paid_hours() - f64::from(hours)).abs() < 1e-9);
    Ok(())
}

/// What the shifts reach of what is needed.
fn within_reach(model: &Model, case: &Case) -> Option<Vec<u32>> {
    let mut reached = [false; 7 * 24];
    patterns(model).ok()?.iter().flat_map(|pattern| &pattern.works).for_each(|&i| reached[i] = true);
    let need = |i: usize| if reached[i] { case.need[i / 3] } else { 0 };
    Some((0..7 * 24).map(need).collect())
}

#[test]
fn every_rule_is_kept() {
    use proptest::test_runner::{Config, TestCaseError, TestRunner};
    // What has no shifts does not count: 128 weeks have some.
    let config =
        Config { cases: 128, max_global_rejects: 8192, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    runner
        .run(&case(), |case| {
            // Breaks that no shift has room for are faults of the scenario; they have tests of their own.
            let Ok(read) = scenario::from_text("week.toml", &text(&case), None, &[]) else {
                return Err(TestCaseError::reject("breaks without room"));
            };
            let Some(need) = within_reach(&read.model, &case) else {
                return Err(TestCaseError::reject("nobody is within reach"));
            };
            let needs = vec![Need::covered(GroupId(0), need.clone())];
            let Ok(schedule) = cover(&read.model, needs, Effort { nodes: 60 }, &|_| true) else {
                return Err(TestCaseError::reject("no shifts cover it"));
            };
            keeps_the_rules(&case, &read.model, &schedule, &need)
        })
        .expect("every rule is kept");
}
