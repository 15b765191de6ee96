//! From shifts to people's weeks: the fewest open shifts against every deal there is, every rule recomputed from the text of
//! the roster that is written, and the words.

mod common;
#[path = "common/written.rs"]
mod written;

use common::desk::{run, run_in, told};
use headcount::model::{GroupId, Model};
use headcount::scenario;
use headcount::shifts::solver::Effort;
use headcount::shifts::tours::Tours;
use headcount::shifts::{Need, Schedule, cover, tours};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use written::{Written, written};

/// A contract as it is drawn.
#[derive(Clone, Debug)]
struct Drawn {
    people: u32,
    /// Paid hours of a week: the least that the contract gives, and the most.
    hours: (u32, u32),
    /// Paid hours of a shift, least and most.
    of_day: Option<(u32, u32)>,
    days_a_week: u32,
    in_a_row: u32,
    off_in_a_row: u32,
    rest: u32,
    /// Whether it works nights.
    nights: bool,
}

prop_compose! {
    fn drawn()(
        people in 1..4_u32,
        most in 6..46_u32,
        least in prop::sample::select(vec![0.0, 0.0, 0.3, 0.6, 0.9]),
        of_day in prop::sample::select(vec![None, None, Some((4, 8)), Some((7, 9)), Some((7, 7)), Some((6, 6))]),
        days_a_week in 2..7_u32,
        in_a_row in 1..6_u32,
        off_in_a_row in prop::sample::select(vec![1, 1, 2, 3]),
        rest in prop::sample::select(vec![0, 11, 11, 16]),
        nights in any::<bool>(),
    ) -> Drawn {
        let hours = ((f64::from(most) * least) as u32, most);
        Drawn { people, hours, of_day, days_a_week, in_a_row, off_in_a_row, rest, nights }
    }
}

/// The people's file, if there is one: for each person what is drawn about them.
#[derive(Clone, Debug)]
struct Someone {
    available: usize,
    off: Option<usize>,
    away: Option<usize>,
    second: bool,
}

const AVAILABLE: [&str; 5] = ["", "mon-fri", "06:00-22:00", "mon wed fri + sat 06:00-14:00", "thu-sun"];

prop_compose! {
    fn someone()(
        available in 0..AVAILABLE.len(),
        off in prop::option::of(0..7_usize),
        away in prop::option::weighted(0.3, 0..7_usize),
        second in any::<bool>(),
    ) -> Someone {
        Someone { available, off, away, second }
    }
}

#[derive(Clone, Debug)]
struct Case {
    days: usize,
    repeats: bool,
    contracts: Vec<Drawn>,
    people: Option<Vec<Someone>>,
    /// People who work early, late and at night on each day, for each of two groups.
    chosen: Vec<u32>,
}

fn case(days: std::ops::Range<usize>, most: u32) -> impl Strategy<Value = Case> {
    days.prop_flat_map(move |days| {
        let parts = (
            any::<bool>(),
            prop::collection::vec(drawn(), 1..3),
            prop::option::of(prop::collection::vec(someone(), 9)),
            prop::collection::vec(prop::sample::select(vec![0, 0, 0, 1, most]), days * 6),
        );
        parts.prop_map(move |(repeats, contracts, people, chosen)| Case {
            days,
            repeats,
            contracts,
            people,
            chosen,
        })
    })
}

/// Name, first hour, length, and when a break of an hour may begin after the start.
type Kind = (&'static str, usize, usize, Option<(usize, usize)>);
const SHIFTS: [Kind; 3] =
    [("early", 6, 6, None), ("late", 14, 8, Some((3, 4))), ("night", 22, 10, Some((5, 5)))];

/// Paid hours of a shift.
fn paid(kind: usize) -> u32 {
    let (_, _, length, pause) = SHIFTS[kind];
    length as u32 - u32::from(pause.is_some())
}

/// The case as somebody would write it.
fn text(case: &Case) -> String {
    let mut text = format!(
        "[calendar]\nstart = \"2026-11-23\"\ndays = {}\ninterval = \"60m\"\n[queue.a]\narrivals = {{ per_hour = 10 }}\n\
         aht = {{ fixed = \"5m\" }}\n[queue.b]\narrivals = {{ per_hour = 10 }}\naht = {{ fixed = \"5m\" }}\n\
         [group.a]\nserves = [\"a\"]\nagents = 1\n[group.b]\nserves = [\"b\"]\nagents = 1\n[schedule]\nrepeats = {}\n",
        case.days, case.repeats
    );
    if case.people.is_some() {
        text += "named = \"people.csv\"\n";
    }
    for (name, start, length, pause) in SHIFTS {
        writeln!(text, "[shifts.{name}]\nstarts = \"{start:02}:00\"\nlength = \"{length}h\"").expect("text");
        if let Some((from, to)) = pause {
            writeln!(text, "breaks = [{{ length = \"1h\", after = \"{from}h-{to}h\" }}]").expect("text");
        }
    }
    for (c, one) in case.contracts.iter().enumerate() {
        let nights = if one.nights { ", \"night\"" } else { "" };
        writeln!(
            text,
            "[contract.c{c}]\nshifts = [\"early\", \"late\"{nights}]\nhours_a_week = \"{}h-{}h\"\ndays_a_week = {}\n\
             days_in_a_row = {}\ndays_off_in_a_row = {}\nrest = \"{}h\"",
            one.hours.0, one.hours.1, one.days_a_week, one.in_a_row, one.off_in_a_row, one.rest
        )
        .expect("text");
        if let Some((least, most)) = one.of_day {
            writeln!(text, "hours_a_day = \"{least}h-{most}h\"").expect("text");
        }
        if case.people.is_none() {
            writeln!(text, "people = {}", one.people).expect("text");
        }
    }
    text
}

/// The people's file; at least one of each contract.
fn people(case: &Case) -> String {
    let mut file = "agent,contract,groups,available,away,off\n".to_owned();
    let Some(all) = &case.people else { return file };
    let mut k = 0;
    for (c, one) in case.contracts.iter().enumerate() {
        for _ in 0..one.people {
            let who = &all[k];
            let date =
                |day: Option<usize>| day.map_or_else(String::new, |day| format!("2026-11-{}", 23 + day));
            let groups = if who.second { "a + b" } else { "a" };
            writeln!(
                file,
                "P{k},c{c},{groups},{},{},{}",
                AVAILABLE[who.available],
                date(who.away),
                date(who.off)
            )
            .expect("text");
            k += 1;
        }
    }
    file
}

/// The model of a case.
fn model(case: &Case, folder: &std::path::Path) -> Model {
    std::fs::write(folder.join("people.csv"), people(case)).expect("it can be written");
    scenario::from_text("case.toml", &text(case), Some(folder), &[])
        .unwrap_or_else(|faults| panic!("{faults}"))
        .model
}

/// A schedule that chooses what the case says, whoever can work it.
fn chosen(model: &Model, case: &Case) -> Schedule {
    let ways = headcount::shifts::patterns(model).expect("few ways");
    let mut x = vec![0; ways.len()];
    for (at, &n) in case.chosen.iter().enumerate() {
        let (day, kind, group) = (at / 6, at % 3, (at / 3) % 2);
        let is = |way: &headcount::shifts::Pattern| {
            way.start == day * 24 + SHIFTS[kind].1 && way.group == GroupId(group)
        };
        if let Some(j) = ways.iter().position(is) {
            x[j] = n;
        }
    }
    let solved = headcount::shifts::solver::Solved { x, cost: 0.0, linear: 0.0, bound: 0.0, nodes: 0 };
    Schedule { patterns: ways, solved, needs: Vec::new() }
}

/// One shift as somebody works it: day, first hour and one past the last since midnight of the first day, kind, group.
type Worked = (usize, i64, i64, usize, usize);

/// Whether somebody's shifts keep every rule of their week; written anew from the words of the documentation.
fn keeps(case: &Case, person: usize, contract: usize, worked: &[Worked]) -> Result<(), String> {
    let rules = &case.contracts[contract];
    let days: BTreeSet<usize> = worked.iter().map(|one| one.0).collect();
    if days.len() < worked.len() {
        return Err("two shifts on one day".into());
    }
    let weeks = case.days.div_ceil(7);
    for week in 0..weeks {
        let on = |day: &usize| *day / 7 == week;
        let n = days.iter().filter(|day| on(day)).count() as u32;
        let whole = week * 7 + 7 <= case.days;
        let mut free = 0;
        let mut best = 0;
        for day in week * 7..week * 7 + 7 {
            free = if days.contains(&day) { 0 } else { free + 1 };
            best = best.max(free);
        }
        let hours: u32 = worked.iter().filter(|one| on(&one.0)).map(|one| paid(one.3)).sum();
        if n > rules.days_a_week
            || hours > rules.hours.1
            || (whole && rules.off_in_a_row > 1 && best < rules.off_in_a_row)
        {
            return Err(format!("week {week}: {n} days, {best} off in a row"));
        }
    }
    let round = case.repeats && case.days >= 7;
    let laps = if round { 3 } else { 1 };
    let all: Vec<(i64, i64)> = (0..laps)
        .flat_map(|lap| {
            worked
                .iter()
                .map(move |one| (one.1 + lap * case.days as i64 * 24, one.2 + lap * case.days as i64 * 24))
        })
        .collect();
    if all.windows(2).any(|pair| pair[1].0 - pair[0].1 < i64::from(rules.rest)) {
        return Err("rest".into());
    }
    let mut run = 0;
    for day in 0..laps as usize * case.days {
        run = if days.contains(&(day % case.days)) { run + 1 } else { 0 };
        if run > rules.in_a_row {
            return Err("days in a row".into());
        }
    }
    for &(_, from, to, kind, group) in worked {
        if kind == 2 && !rules.nights {
            return Err("nights".into());
        }
        if rules.of_day.is_some_and(|(least, most)| !(least..=most).contains(&paid(kind))) {
            return Err("hours of a day".into());
        }
        if let Some(who) = case.people.as_ref().map(|all| &all[person]) {
            if group == 1 && !who.second {
                return Err("skill".into());
            }
            let touches = |day: i64| {
                (from..to).any(|hour| {
                    (if case.repeats { (hour / 24) % case.days as i64 } else { hour / 24 }) == day
                })
            };
            if who.away.is_some_and(|day| touches(day as i64)) {
                return Err("away".into());
            }
            let free = |hour: i64| {
                let (weekday, of_day) = ((hour / 24) % 7, hour % 24);
                match who.available {
                    0 => true,
                    1 => weekday < 5,
                    2 => (6..22).contains(&of_day),
                    3 => [0, 2, 4].contains(&weekday) || (weekday == 5 && (6..14).contains(&of_day)),
                    _ => weekday >= 3,
                }
            };
            if !(from..to).all(free) {
                return Err("availability".into());
            }
        }
    }
    Ok(())
}

/// The contract of every person.
fn contracts(case: &Case) -> Vec<usize> {
    case.contracts
        .iter()
        .enumerate()
        .flat_map(|(c, one)| std::iter::repeat_n(c, one.people as usize))
        .collect()
}

/// Somebody's name: as in the people's file, or contract and number.
fn name(case: &Case, person: usize) -> String {
    if case.people.is_some() {
        return format!("P{person}");
    }
    let of = contracts(case);
    let before = of[..person].iter().filter(|contract| **contract == of[person]).count();
    format!("c{} {}", of[person], before + 1)
}

/// A row of the roster as a shift that was asked for, its breaks where they may be.
fn shift(row: &Written) -> Worked {
    let kind = SHIFTS.iter().position(|one| one.0 == row.shift).expect("a shift of the case");
    let group = ["a", "b"].iter().position(|one| *one == row.group).expect("a group of the case");
    let (_, start, length, pause) = SHIFTS[kind];
    assert_eq!((row.from.rem_euclid(24), row.to - row.from), (start as i64, length as i64), "{row:?}");
    assert_eq!(row.breaks.len(), usize::from(pause.is_some()), "{row:?}");
    for ((from, to), (first, last)) in row.breaks.iter().zip(pause) {
        let after = from - row.from;
        assert!(to - from == 1 && (first as i64..=last as i64).contains(&after), "{row:?}");
    }
    assert_eq!(row.works().len() as u32, paid(kind));
    (row.day() as usize, row.from, row.to, kind, group)
}

/// What somebody works, by day.
fn worked(rows: &[Written], agent: &str) -> Vec<Worked> {
    let mut mine: Vec<Worked> = rows.iter().filter(|row| row.agent == agent).map(shift).collect();
    mine.sort_unstable();
    mine
}

/// Hours that the contract gives in a whole week; a day away takes its share of the week's days off.
fn due(case: &Case, person: usize, contract: usize, week: usize) -> f64 {
    let rules = &case.contracts[contract];
    let away = case.people.as_ref().and_then(|all| all[person].away).is_some_and(|day| day / 7 == week);
    let days_away = f64::from(u32::from(away));
    f64::from(rules.hours.0) * (1.0 - days_away / f64::from(rules.days_a_week)).max(0.0)
}

/// Hours by which whole weeks fall short of what the contract gives.
fn short(case: &Case, person: usize, contract: usize, worked: &[Worked]) -> f64 {
    let of_week = |week: usize| {
        let hours: u32 = worked.iter().filter(|one| one.0 / 7 == week).map(|one| paid(one.3)).sum();
        (due(case, person, contract, week) - f64::from(hours)).max(0.0)
    };
    (0..case.days / 7).map(of_week).sum()
}

/// Every deal of the shifts, one after another: how few can stay open.
fn fewest(
    case: &Case,
    of: &[usize],
    shifts: &[Worked],
    given: &mut Vec<Vec<Worked>>,
    open: usize,
    best: &mut usize,
) {
    if open >= *best {
        return;
    }
    let Some((&shift, rest)) = shifts.split_first() else {
        *best = open;
        return;
    };
    for person in 0..of.len() {
        given[person].push(shift);
        // Rules only forbid: who breaks one with fewer shifts breaks it with more.
        if keeps(case, person, of[person], &given[person]).is_ok() {
            fewest(case, of, rest, given, open, best);
        }
        given[person].pop();
    }
    fewest(case, of, rest, given, open + 1, best);
}

const DEALS: u32 = 400;

#[test]
fn as_few_shifts_stay_open_as_in_the_best_of_all_deals() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut runner = TestRunner::new(Config { cases: DEALS, failure_persistence: None, ..Config::default() });
    let with_open = std::cell::Cell::new(0);
    runner
        .run(&case(2..9, 2), |mut case| {
            // Few enough to go through every deal.
            let mut left = 7_u32;
            for n in &mut case.chosen {
                *n = (*n).min(left);
                left -= *n;
            }
            let model = model(&case, folder.path());
            let schedule = chosen(&model, &case);
            let Some(found) = tours(&model, &schedule, &|| true) else { panic!("it has contracts") };
            let shifts: Vec<Worked> = found
                .turns
                .iter()
                .map(|turn| {
                    let way = &schedule.patterns[turn.pattern];
                    (
                        way.start / 24,
                        way.start as i64,
                        (way.start + way.length) as i64,
                        way.template,
                        way.group.0,
                    )
                })
                .collect();
            let of = contracts(&case);
            let mut best = shifts.len() + 1;
            fewest(&case, &of, &shifts, &mut vec![Vec::new(); of.len()], 0, &mut best);
            let open = found.open().count();
            with_open.set(with_open.get() + u32::from(open > 0));
            prop_assert_eq!(open, best, "{:?}", shifts);
            prop_assert_eq!(found.least_open, best);
            prop_assert!(found.open().all(|turn| turn.person.is_none()));
            Ok(())
        })
        .expect("as few as can be");
    assert!(with_open.get() >= DEALS / 10, "only {} cases left any open", with_open.get());
}

/// Every rule of everybody's weeks, from the text of the roster alone; how many shifts somebody works.
fn keeps_every_rule(case: &Case, rows: &[Written], found: &Tours) -> Result<usize, TestCaseError> {
    let of = contracts(case);
    let is_known = |row: &Written| {
        row.agent.starts_with("open ") || (0..of.len()).any(|person| name(case, person) == row.agent)
    };
    prop_assert!(rows.iter().all(is_known), "{rows:?}");
    let open: Vec<Worked> = rows.iter().filter(|row| row.agent.starts_with("open ")).map(shift).collect();
    for (person, &contract) in of.iter().enumerate() {
        let mine = worked(rows, &name(case, person));
        prop_assert_eq!(keeps(case, person, contract, &mine), Ok(()), "{:?}", mine);
        // What is told of missing hours is what is missing.
        let missing = short(case, person, contract, &mine);
        prop_assert!((found.people[person].short - missing).abs() < 1e-3, "{mine:?} lack {missing}");
        for &one in &open {
            let mut more = mine.clone();
            more.push(one);
            more.sort_unstable();
            prop_assert!(keeps(case, person, contract, &more).is_err(), "{person} could take {one:?}");
        }
    }
    prop_assert_eq!(open.len(), found.open().count());
    prop_assert!(found.least_open <= open.len());
    Ok(rows.len() - open.len())
}

#[test]
fn every_rule_of_a_week_is_kept_and_nobody_is_left_who_could_take_an_open_shift() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut runner = TestRunner::new(Config { cases: 128, failure_persistence: None, ..Config::default() });
    let (dealt, lacking) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    runner
        .run(&case(5..16, 3), |case| {
            let model = model(&case, folder.path());
            let schedule = chosen(&model, &case);
            let Some(found) = tours(&model, &schedule, &|| true) else { panic!("it has contracts") };
            prop_assert_eq!(found.people.len(), contracts(&case).len());
            let rows = written(&model, &schedule, Some(&found));
            // Every shift that was chosen is written once.
            prop_assert_eq!(rows.len(), schedule.solved.x.iter().sum::<u32>() as usize);
            dealt.set(dealt.get() + keeps_every_rule(&case, &rows, &found)?);
            lacking.set(lacking.get() + u32::from(found.people.iter().any(|one| one.short > 0.0)));
            Ok(())
        })
        .expect("every rule is kept");
    assert!(dealt.get() > 600, "only {} shifts were given", dealt.get());
    assert!((16..120).contains(&lacking.get()), "in {} weeks hours were missing", lacking.get());
}

/// The same where the shifts are chosen for the contracts: together they hold the hours that contracts give. What nobody can
/// cover, and contracts that give no hours, do not count as cases.
#[test]
fn shifts_chosen_for_contracts_hold_the_hours_that_they_give() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut runner = TestRunner::new(Config { cases: 32, failure_persistence: None, ..Config::default() });
    runner
        .run(&case(7..15, 1), |case| {
            let model = model(&case, folder.path());
            // At the start of early and late shifts, on every other day: few enough for whoever there is.
            let need = |group: usize| {
                let of = |hour: usize| {
                    let kind = SHIFTS[..2]
                        .iter()
                        .position(|one| one.1 == hour % 24 && (hour / 24).is_multiple_of(2));
                    kind.map_or(0, |kind| case.chosen[hour / 24 * 6 + group * 3 + kind])
                };
                Need::covered(GroupId(group), (0..case.days * 24).map(of).collect())
            };
            let Ok(schedule) = cover(&model, vec![need(0), need(1)], Effort { nodes: 60 }, &|_| true) else {
                return Err(TestCaseError::reject("nobody can cover it"));
            };
            let Some(found) = tours(&model, &schedule, &|| true) else { panic!("it has contracts") };
            let rows = written(&model, &schedule, Some(&found));
            keeps_every_rule(&case, &rows, &found)?;
            let of = contracts(&case);
            let mut gives_hours = false;
            for week in 0..case.days / 7 {
                let within = |row: &&Written| row.day() as usize / 7 == week;
                let hours: usize = rows.iter().filter(within).map(|row| row.works().len()).sum();
                // Whoever is there at certain hours only may be given none.
                let is_free =
                    |person: &usize| case.people.as_ref().is_none_or(|all| all[*person].available == 0);
                let due = |person: usize| due(&case, person, of[person], week);
                let due: f64 = (0..of.len()).filter(is_free).map(due).sum();
                prop_assert!(hours as f64 >= due - 1e-6, "week {week}: {hours} of {due}");
                gives_hours |= due > 0.0;
            }
            if gives_hours { Ok(()) } else { Err(TestCaseError::reject("no hours are given")) }
        })
        .expect("hours are given");
}

/// What contracts ask of the program never forbids what people can work: whatever they can be given, the limits allow.
#[test]
fn the_bound_holds_for_every_roster_that_keeps_the_contracts() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut runner = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
    runner
        .run(&case(5..16, 3), |case| {
            let model = model(&case, folder.path());
            let mut schedule = chosen(&model, &case);
            let Some(found) = tours(&model, &schedule, &|| true) else { panic!("it has contracts") };
            // The shifts as they are worked, each under the contract of whoever works it.
            let mut x = vec![0; schedule.patterns.len()];
            for turn in &found.turns {
                let Some(person) = turn.person else { continue };
                let (way, contract) =
                    (&schedule.patterns[turn.pattern], found.people[person].person.who.contract);
                let same = |other: &headcount::shifts::Pattern| {
                    (other.start, other.group, other.template) == (way.start, way.group, way.template)
                        && other.contract == Some(contract)
                };
                let at = schedule.patterns.iter().position(same).expect("the contract has the shift");
                x[at] += 1;
            }
            schedule.solved.x.clone_from(&x);
            let needs: Vec<Need> =
                [0, 1].map(|g| Need::covered(GroupId(g), schedule.people(&model, GroupId(g)))).into();
            let program = headcount::shifts::schedule::program(&model, &schedule.patterns, &needs);
            // Where hours are missing the rows that ask for the least hours cannot hold.
            let is_short = found.people.iter().any(|one| one.short > 0.0);
            let asks = |limit: &&headcount::shifts::solver::Limit| !is_short || limit.at_most >= 0.0;
            for limit in program.limits.iter().filter(asks) {
                let used: f64 = limit.terms.iter().map(|&(j, weight)| weight * f64::from(x[j])).sum();
                prop_assert!(used <= limit.at_most + 1e-6, "{used} of {}", limit.at_most);
            }
            Ok(())
        })
        .expect("the limits allow it");
}

/// The scenario that is shipped.
fn shipped(name: &str) -> String {
    std::fs::read_to_string(format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("it is shipped")
}

#[test]
fn the_shipped_week_is_pinned() {
    let (toml, csv) = (shipped("shifts-people.toml"), shipped("shifts-people.csv"));
    let desk = [("shifts-people.toml", toml.as_str()), ("shifts-people.csv", csv.as_str())];
    let lines = [
        "shifts shifts-people.toml --no-files --quiet",
        "shifts shifts-people.toml --no-files --quiet --format csv",
        "shifts shifts-people.toml --no-files --quiet --format json",
        "check shifts-people.toml",
    ];
    insta::assert_snapshot!(told(&desk, &lines));
}

#[test]
fn threads_change_nothing() {
    let (toml, csv) = (shipped("shifts-people.toml"), shipped("shifts-people.csv"));
    let desk = [("shifts-people.toml", toml.as_str()), ("shifts-people.csv", csv.as_str())];
    let line = "shifts shifts-people.toml --no-files --quiet --format json --threads";
    let one = run(&desk, &format!("{line} 1"));
    assert_eq!(one.0, Some(0), "{}", one.2);
    assert_eq!(one, run(&desk, &format!("{line} 2")));
}

/// `headcount roster` reads the roster back and finds nobody's rest too short, nobody in two places; the workbook holds the
/// same shifts.
#[test]
fn the_roster_reads_back_with_no_rest_violated() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let desk = tempfile::tempdir().expect("a folder");
    for name in ["shifts-people.toml", "shifts-people.csv"] {
        std::fs::write(desk.path().join(name), shipped(name)).expect("it can be written");
    }
    let (code, _, err) = run_in(desk.path(), "shifts shifts-people.toml --quiet --out there --workbook");
    assert_eq!(code, Some(0), "{err}");
    let line =
        "roster shifts-people.toml --roster there/roster.csv --quiet --no-files --no-repairs --format json";
    let (_, out, err) = run_in(desk.path(), line);
    let judged: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
    let findings = judged["findings"].as_array().expect("findings");
    let personal = |one: &&serde_json::Value| one["kind"] != "breaks_at_peak";
    assert_eq!(findings.iter().filter(personal).count(), 0, "{findings:?}");
    let roster = std::fs::read_to_string(desk.path().join("there/roster.csv")).expect("a roster");
    let mut book: Xlsx<_> = open_workbook(desk.path().join("there/roster.xlsx")).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Roster", "Week by person", "Coverage", "Rules", "Definitions"]);
    let sheet = book.worksheet_range("Roster").expect("a sheet");
    let text = |cell: &Data| cell.to_string();
    let theirs: Vec<String> =
        sheet.rows().skip(1).map(|row| row[..5].iter().map(text).collect::<Vec<_>>().join(",")).collect();
    let ours: Vec<String> =
        roster.lines().skip(1).map(|line| line.split(',').take(5).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(theirs, ours);
    let weeks = book.worksheet_range("Week by person").expect("a sheet");
    let given: usize =
        weeks.rows().skip(1).map(|row| row[2..9].iter().filter(|cell| **cell != Data::Empty).count()).sum();
    assert_eq!(given, ours.len());
}

/// A day for two whom the rest keeps apart.
const SMALL: &str = r#"
name = "Small desk"
[calendar]
start = "2026-11-23"
days = 3
interval = "60m"
open = "06:00-22:00"
[run]
replications = 50
[queue.phone]
arrivals = { per_hour = 6 }
aht = { fixed = "5m" }
target = "80% in 60s"
[group.desk]
serves = ["phone"]
agents = 1
[shifts.early]
starts = "06:00"
length = "8h"
[shifts.late]
starts = "14:00"
length = "8h"
[contract.full]
people = 2
hours_a_week = "0h-24h"
"#;

#[test]
fn what_cannot_be_met_is_named() {
    let three = SMALL
        .replace("people = 2\n", "")
        .replace("[contract.full]", "[schedule]\nnamed = \"people.csv\"\n[contract.full]");
    let people = "agent,available,off,wishes\nAnn,06:00-14:00,2026-11-24,early\nBob,,2026-11-23,\nCem,14:00-22:00,,late\n";
    let one = "agent,away\nAnn,\nBob,2026-11-24\n";
    // Nobody but Ann is left for the seventh day, and a day is less than her contract gives.
    let short = three
        .replace("days = 3", "days = 7")
        .replace("06:00-22:00", "06:00-14:00")
        .replace("people.csv", "short.csv")
        .replace("0h-24h", "24h-48h");
    let desk = [
        ("small.toml", SMALL),
        ("three.toml", &three),
        ("people.csv", people),
        ("one.csv", one),
        ("short.toml", &short),
        ("short.csv", "agent,available\nAnn,mon\nBob,\n"),
    ];
    let lines = [
        "shifts small.toml --no-files --quiet",
        "shifts small.toml --no-files --quiet --set contract.full.rest=17h",
        "shifts three.toml --no-files --quiet",
        "shifts three.toml --no-files --quiet --people one.csv",
        "shifts small.toml --no-files --quiet --prices --effort 100",
        "shifts small.toml --no-files --quiet --set contract.full.people=1",
        "shifts small.toml --no-files --quiet --set calendar.days=7 --set contract.full.hours_a_week=37h",
        "check small.toml --set contract.full.hours_a_day=9h",
        "shifts small.toml --no-files --quiet --set calendar.days=7 --set contract.full.people=12 --set contract.full.hours_a_week=32h-40h --set schedule.seats=2",
        "shifts short.toml --no-files --quiet",
        "check small.toml --set contract.full.hours_a_week=37h10m-40h --set contract.full.rest=11h10m",
    ];
    insta::assert_snapshot!(told(&desk, &lines));
}

#[test]
fn faults_of_contracts_and_of_the_peoples_file_are_explained() {
    let broken = SMALL
        .replace("people = 2", "people = \"9-2\"\ngroups = [\"desks\"]\nshifts = [\"erly\"]\ndays = [\"monday\"]\nhours_a_day = \"9h-4h\"\ntolerance = \"2h\"\ndays_a_week = 8\ndays_in_a_row = 0\ndays_off_in_a_row = 7\nrest = \"9d\"\npersons = 3");
    let more = SMALL.replace("people = 2\nhours_a_week = \"0h-24h\"", "hours_a_week = \"200h\"")
        + "[contract.part]\nhours_a_week = \"0h\"\npeople = 9000\n";
    let counted = SMALL
        .replace("[contract.full]", "[schedule]\nnamed = \"people.csv\"\n[contract.part]\n[contract.full]");
    let two = counted.replace("[group.desk]", "[group.mail]\nserves = [\"phone\"]\nagents = 1\n[group.desk]")
        + "groups = [\"desk\"]\n";
    let undated = counted.replace("start = \"2026-11-23\"\n", "");
    let mut many = "agent,contract\n".to_owned();
    (0..=5000).for_each(|k| writeln!(many, "P{k},full").expect("text"));
    let people = "agent,contract,groups,available,away,off,wishes,unpopular_before\n\
                  Ann,full,desk,mon-fri 08:00-18:00,,,,3h\n\
                  Ann,half,dsk,monday,25.11.2026,2026-11-25..2026-11-24,erly,many\n\
                  ,,,mon 8-12,,,,\n";
    let desk = [
        ("broken.toml", broken.as_str()),
        ("more.toml", &more),
        ("counted.toml", &counted),
        ("people.csv", people),
        ("three.csv", "agent,contract\nAnn,full\nBob,full\nCem,full\n"),
        ("nobody.csv", "agent,contract\n"),
        ("columns.csv", "who,contract\nAnn,full\n"),
        ("twice.csv", "agent,name\nAnn,Ann\n"),
        ("none.csv", "agent\nAnn\n"),
        ("work.csv", "agent,contract,groups\nAnn,full,desk\nBob,full,mail\nopen 1,full,\n"),
        ("undated.csv", "agent,contract,available\nAnn,full,8-12\nBob,full,mon-fri\n"),
        ("many.csv", many.as_str()),
        ("two.toml", two.as_str()),
        ("undated.toml", undated.as_str()),
        ("small.toml", SMALL),
        ("bare.toml", SMALL.split_once("[contract.full]").expect("it has one").0),
    ];
    let lines = [
        "shifts broken.toml --no-files --quiet",
        "shifts more.toml --no-files --quiet",
        "shifts counted.toml --no-files --quiet",
        "shifts counted.toml --no-files --quiet --people three.csv",
        "shifts counted.toml --no-files --quiet --people nobody.csv",
        "shifts counted.toml --no-files --quiet --people columns.csv",
        "shifts counted.toml --no-files --quiet --people twice.csv",
        "shifts counted.toml --no-files --quiet --people none.csv",
        "shifts counted.toml --no-files --quiet --people missing.csv",
        "shifts bare.toml --no-files --quiet --people three.csv",
        "shifts two.toml --no-files --quiet --people work.csv",
        "shifts undated.toml --no-files --quiet --people undated.csv",
        "shifts counted.toml --no-files --quiet --people many.csv",
        "check small.toml --set contract.open.people=2",
        "shifts small.toml --quiet --no-files --workbook",
    ];
    insta::assert_snapshot!(told(&desk, &lines));
}

/// Unpopular hours are spread evenly where nothing stands against it: ten evenings for five people are two each.
#[test]
fn unpopular_hours_are_even_where_they_can_be() {
    let text = "[calendar]\nstart = \"2026-11-23\"\ndays = 7\ninterval = \"60m\"\n[queue.phone]\narrivals = { per_hour = 10 }\n\
                aht = { fixed = \"5m\" }\n[group.desk]\nserves = [\"phone\"]\nagents = 1\n[shifts.day]\nstarts = \"08:00\"\n\
                length = \"8h\"\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]\n[shifts.evening]\nstarts = \"14:00\"\n\
                length = \"8h\"\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]\n\
                premium = [{ hours = \"18:00-22:00\", share = \"20%\" }]\n\
                [contract.full]\npeople = 5\nhours_a_week = \"32h-40h\"\n";
    let model = scenario::from_text("even.toml", text, None, &[]).expect("a scenario").model;
    let mut need = vec![0; 7 * 24];
    for day in 0..5 {
        (8..14).for_each(|hour| need[day * 24 + hour] = 2);
        (14..16).for_each(|hour| need[day * 24 + hour] = 4);
        (16..22).for_each(|hour| need[day * 24 + hour] = 2);
    }
    let schedule = cover(&model, vec![Need::covered(GroupId(0), need)], Effort { nodes: 400 }, &|_| true)
        .expect("shifts");
    let found = tours(&model, &schedule, &|| true).expect("contracts");
    assert_eq!(found.open().count(), 0);
    // Ten evenings of four unpopular hours for five people, and twenty shifts: two evenings and four shifts each.
    for one in &found.people {
        assert!((one.unpopular - 8.0).abs() < 1e-9 && (one.hours - 32.0).abs() < 1e-9, "{one:?}");
    }
}

/// Real hours: on the night when the clocks go forward, eleven hours by the clock on the wall are ten.
#[test]
fn a_rest_is_as_long_as_it_really_is() {
    let text = |date: &str| {
        format!(
            "[calendar]\nstart = \"{date}\"\ndays = 2\ninterval = \"60m\"\ntimezone = \"Europe/Berlin\"\n[queue.phone]\n\
             arrivals = {{ per_hour = 10 }}\naht = {{ fixed = \"5m\" }}\n[group.desk]\nserves = [\"phone\"]\nagents = 1\n\
             [shifts.late]\nstarts = \"12:00\"\nlength = \"8h\"\n[shifts.early]\nstarts = \"07:00\"\nlength = \"8h\"\n\
             [contract.full]\npeople = 1\n"
        )
    };
    for (date, open) in [("2026-03-28", 1), ("2026-03-21", 0)] {
        let (model, schedule) = given("night.toml", &text(date), &[12, 24 + 7]);
        let found = tours(&model, &schedule, &|| true).expect("contracts");
        assert_eq!(found.open().count(), open, "{date}");
    }
}

/// A scenario in which exactly these ways to work are chosen, by the interval of their start.
fn given(name: &str, text: &str, starts: &[usize]) -> (Model, Schedule) {
    let model = scenario::from_text(name, text, None, &[]).unwrap_or_else(|faults| panic!("{faults}")).model;
    let patterns = headcount::shifts::patterns(&model).expect("few ways");
    let x = patterns.iter().map(|way| u32::from(starts.contains(&way.start))).collect();
    let solved = headcount::shifts::solver::Solved { x, cost: 0.0, linear: 0.0, bound: 0.0, nodes: 0 };
    (model, Schedule { patterns, solved, needs: Vec::new() })
}

const DESK: &str = "[queue.phone]\narrivals = { per_hour = 10 }\naht = { fixed = \"5m\" }\n[group.desk]\n\
                    serves = [\"phone\"]\nagents = 1\n";

/// Real hours too where the program forbids: on the night when the clocks go back, ten hours on the wall are eleven, and
/// what people's weeks allow the program must not forbid.
#[test]
fn the_program_forbids_no_rest_that_is_long_enough() {
    for (date, open) in [("2026-10-24", 0), ("2026-10-17", 1)] {
        let text = format!(
            "[calendar]\nstart = \"{date}\"\ndays = 2\ninterval = \"60m\"\ntimezone = \"Europe/Berlin\"\n{DESK}\
             [shifts.day]\nstarts = \"08:00\"\nlength = \"14h\"\n[contract.full]\npeople = 1\n"
        );
        let (model, schedule) = given("back.toml", &text, &[8, 24 + 8]);
        let found = tours(&model, &schedule, &|| true).expect("contracts");
        assert_eq!(found.open().count(), open, "{date}");
        let program = headcount::shifts::schedule::program(&model, &schedule.patterns, &[]);
        let is_kept = program.limits.iter().all(|limit| {
            let used: f64 = limit.terms.iter().map(|&(j, w)| w * f64::from(schedule.solved.x[j])).sum();
            used <= limit.at_most + 1e-6
        });
        assert_eq!(is_kept, open == 0, "{date}");
    }
}

/// A week in which the clocks change comes again as another one: Sunday until 22:00, then Monday from 8:00, are ten hours
/// of rest, though the Monday of this week was before the change.
#[test]
fn a_week_that_comes_again_rests_by_the_wall() {
    for (rest, open) in [("11h", 1), ("10h", 0)] {
        let text = format!(
            "[calendar]\nstart = \"2026-03-23\"\ndays = 7\ninterval = \"60m\"\ntimezone = \"Europe/Berlin\"\n{DESK}\
             [shifts.early]\nstarts = \"08:00\"\nlength = \"8h\"\n[shifts.late]\nstarts = \"14:00\"\nlength = \"8h\"\n\
             [schedule]\nrepeats = true\n[contract.full]\npeople = 1\nrest = \"{rest}\"\n"
        );
        let (model, schedule) = given("again.toml", &text, &[8, 6 * 24 + 14]);
        let found = tours(&model, &schedule, &|| true).expect("contracts");
        assert_eq!(found.open().count(), open, "{rest}");
    }
}

/// Shifts of many lengths: 4 x 8 h 7 min + 7 h 7 min are 39 h 35 min, so a week of 39 to 40 hours can be kept.
#[test]
fn a_week_that_shifts_add_up_to_is_not_refused() {
    let mut text = format!(
        "[calendar]\nstart = \"2026-11-23\"\ndays = 7\ninterval = \"60m\"\n{DESK}[contract.full]\npeople = 1\n\
                 hours_a_week = \"39h-40h\"\ndays_a_week = 5\n"
    );
    for extra in [7, 11, 13, 17, 19, 23, 29, 31, 37, 41] {
        writeln!(
            text,
            "[shifts.s{extra}]\nstarts = \"08:00\"\nlength = [\"4h\", \"5h\", \"6h\", \"7h\", \"8h\"]\nextra = \"{extra}m\""
        )
        .expect("text");
    }
    let model = scenario::from_text("many.toml", &text, None, &[]).expect("a scenario").model;
    let found =
        cover(&model, vec![Need::covered(GroupId(0), vec![0; 7 * 24])], Effort { nodes: 400 }, &|_| true)
            .expect("a week of 39 to 40 hours");
    assert!((39.0 - 1e-6..40.0 + 1e-6).contains(&found.paid_hours()), "{}", found.paid_hours());
}

/// Days away take hours off the least only where there is work on them; who is away all week is given none.
#[test]
fn days_away_without_work_take_nothing_off_the_hours() {
    let text = format!(
        "[calendar]\nstart = \"2026-11-23\"\ndays = 7\ninterval = \"60m\"\n{DESK}[shifts.day]\nstarts = \"08:00\"\n\
         length = \"8h\"\n[schedule]\nnamed = \"people.csv\"\n[contract.full]\nhours_a_week = \"40h\"\n\
         days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]\n"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let file =
        "agent,away\nAda,2026-11-28..2026-11-29\nBen,2026-11-23..2026-11-24\nCem,2026-11-23..2026-11-27\n";
    std::fs::write(folder.path().join("people.csv"), file).expect("it can be written");
    let model = |more: &str| {
        let text = format!("{text}{more}");
        scenario::from_text("away.toml", &text, Some(folder.path()), &[]).expect("a scenario").model
    };
    let five = model("days_a_week = 5\n");
    let least = |person: &headcount::shifts::crew::Person| {
        person.week_hours(&five.shifts.contracts[0], &(0..7)).map(|(least, _)| least.round() as i64)
    };
    let all = headcount::shifts::crew::crew(&five);
    assert_eq!(all.iter().map(least).collect::<Vec<_>>(), [Some(40), Some(24), Some(0)]);
    // With six days a week a sixth of Cem's hours is left on paper, and no day to work them on.
    std::fs::write(folder.path().join("people.csv"), "agent,away\nAda,\nCem,2026-11-23..2026-11-27\n")
        .expect("it can be written");
    let need = Need::covered(GroupId(0), vec![0; 7 * 24]);
    let found =
        cover(&model("days_a_week = 6\n"), vec![need], Effort { nodes: 400 }, &|_| true).expect("shifts");
    assert!((found.paid_hours() - 40.0).abs() < 1e-6, "{}", found.paid_hours());
}

/// Sixteen shifts a day on five days for thirty who do the work, two days each: twenty stay open, however many others
/// there are.
#[test]
fn how_few_stay_open_is_counted_by_group() {
    let text = "[calendar]\nstart = \"2026-11-23\"\ndays = 7\ninterval = \"60m\"\n[queue.a]\narrivals = { per_hour = 10 }\n\
                aht = { fixed = \"5m\" }\n[queue.b]\narrivals = { per_hour = 10 }\naht = { fixed = \"5m\" }\n[group.a]\n\
                serves = [\"a\"]\nagents = 1\n[group.b]\nserves = [\"b\"]\nagents = 1\n[shifts.day]\nstarts = \"08:00\"\n\
                length = \"8h\"\n[schedule]\nnamed = \"people.csv\"\n[contract.full]\ndays_a_week = 2\n";
    let folder = tempfile::tempdir().expect("a folder");
    let mut file = "agent,groups\n".to_owned();
    for k in 0..60 {
        writeln!(file, "P{k},{}", if k < 30 { "a" } else { "b" }).expect("text");
    }
    std::fs::write(folder.path().join("people.csv"), file).expect("it can be written");
    let model = scenario::from_text("two.toml", text, Some(folder.path()), &[]).expect("a scenario").model;
    let patterns = headcount::shifts::patterns(&model).expect("few ways");
    let x =
        patterns.iter().map(|way| if way.group == GroupId(1) && way.start < 120 { 16 } else { 0 }).collect();
    let solved = headcount::shifts::solver::Solved { x, cost: 0.0, linear: 0.0, bound: 0.0, nodes: 0 };
    let schedule = Schedule { patterns, solved, needs: Vec::new() };
    let found = tours(&model, &schedule, &|| true).expect("contracts");
    assert_eq!((found.least_open, found.open().count()), (20, 20));
}
