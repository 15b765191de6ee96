//! Giving shifts to people: a first deal, chains that find a taker for what is left, and exchanges that make it even.
//!
//! A chain gives an open shift to somebody who must give up one of theirs for it, which goes to a third, and so on
//! (ejection chains; Glover 1996). Exchanges are kept where the table is no worse, so that the search moves sideways
//! between tables that are as good. Every step is drawn from a hash of its number: the same deal on every machine.

use super::super::mixed::mixed;
use super::facts::{Facts, week_of};
use super::table::{NONE, Score, Table};

/// People through whom a chain may pass.
const CHAIN: u32 = 4;
/// Looks at a person that one chain may take.
const LOOKS: u64 = 40_000;
/// Steps for every shift, and most of all.
const STEPS: u64 = 4_000;
const MOST_STEPS: u64 = 3_000_000;
/// Times that exchanges and chains take turns.
const TURNS: u64 = 12;

/// The best table found; `goes_on` hears of the steps and ends the search by saying no.
pub(super) fn deal<'f>(facts: &'f Facts<'f>, goes_on: &dyn Fn() -> bool) -> Table<'f> {
    let mut table = Table::new(facts);
    first(&mut table);
    close(&mut table);
    evened(table, goes_on)
}

/// The same with the weeks made even.
pub(super) fn evened<'f>(mut table: Table<'f>, goes_on: &dyn Fn() -> bool) -> Table<'f> {
    let facts = table.facts;
    let steps = (STEPS * facts.jobs.len() as u64).min(MOST_STEPS) / TURNS;
    for turn in 0..TURNS {
        exchange(&mut table, turn * steps..(turn + 1) * steps, goes_on);
        close(&mut table);
        days_off(&mut table);
        if !goes_on() {
            break;
        }
    }
    table
}

/// Day by day, the shifts first that fewest could take; to whoever has least of their hours.
fn first(table: &mut Table<'_>) {
    let facts = table.facts;
    let takers = |job: usize| (0..facts.people.len()).filter(|&p| table.can(p, job)).count();
    let mut order: Vec<(usize, usize, usize)> =
        (0..facts.jobs.len()).map(|job| (facts.kind(job).day, takers(job), job)).collect();
    order.sort_unstable();
    for (_, _, job) in order {
        let fits = (0..facts.people.len()).filter(|&p| table.fits(p, job).is_ok());
        if let Some(person) = fits.min_by_key(|&p| (need(table, p, job), p)) {
            table.give(person, job);
        }
    }
}

/// How little a person should be given a job: first whoever the contract has for certain and did not ask for the day off,
/// then by the share of the hours that they have.
fn need(table: &Table<'_>, person: usize, job: usize) -> (bool, bool, i64) {
    let facts = table.facts;
    let kind = facts.kind(job);
    let asked = facts.people[person].who.off.iter().any(|day| kind.touches.contains(day));
    let paid = table.paid[person][week_of(kind.day)] as f64;
    (asked, !facts.people[person].is_certain, (1e3 * paid / facts.measure(person)) as i64)
}

/// Finds takers for what is open.
pub(super) fn close(table: &mut Table<'_>) {
    for job in 0..table.people.len() {
        if table.people[job] == NONE {
            let mut looks = LOOKS;
            chain(table, job, CHAIN, &mut vec![], &mut looks);
        }
    }
}

/// Gives an open job to somebody who is none of `passed`, through others if need be; true if it was given.
fn chain(table: &mut Table<'_>, job: usize, length: u32, passed: &mut Vec<usize>, looks: &mut u64) -> bool {
    let crew = 0..table.jobs.len();
    let free = |p: &usize| table.can(*p, job) && !passed.contains(p);
    let takers: Vec<usize> = crew.filter(free).collect();
    *looks = looks.saturating_sub(takers.len() as u64);
    let best = takers.iter().copied().filter(|&p| table.fits(p, job).is_ok());
    if let Some(person) = best.min_by_key(|&p| (need(table, p, job), p)) {
        table.give(person, job);
        return true;
    }
    if length == 0 {
        return false;
    }
    for person in takers {
        for other in in_the_way(table, person, job) {
            if *looks == 0 {
                return false;
            }
            table.take(other);
            *looks -= 1;
            if table.fits(person, job).is_ok() {
                table.give(person, job);
                passed.push(person);
                let given = chain(table, other, length - 1, passed, looks);
                passed.pop();
                if given {
                    return true;
                }
                table.take(job);
            }
            table.give(person, other);
        }
    }
    false
}

/// The jobs of a person one of which may be all that keeps them from another: that of the day, else all of them.
fn in_the_way(table: &Table<'_>, person: usize, job: usize) -> Vec<usize> {
    match table.jobs[person][table.facts.kind(job).day] {
        NONE => table.of(person).collect(),
        busy => vec![busy],
    }
}

/// Tries to give the days off that were asked for and could not be given, if that leaves the table no worse.
fn days_off(table: &mut Table<'_>) {
    for person in 0..table.jobs.len() {
        for (_, job) in table.denied(person) {
            if table.people[job] != person {
                continue;
            }
            let before = table.clone();
            table.take(job);
            let mut looks = LOOKS;
            let given = chain(table, job, CHAIN, &mut vec![person], &mut looks);
            if !given || table.score() >= before.score() {
                *table = before;
            }
        }
    }
}

/// So many exchanges: two people give each other what they have on a day, or on two or three.
fn exchange(table: &mut Table<'_>, steps: std::ops::Range<u64>, goes_on: &dyn Fn() -> bool) {
    let (jobs, people, days) = (table.people.len() as u64, table.jobs.len() as u64, table.facts.days as u64);
    if jobs == 0 || people < 2 {
        return;
    }
    for step in steps {
        if step.is_multiple_of(4096) && !goes_on() {
            return;
        }
        let job = (draw(step, 0) % jobs) as usize;
        let other = (draw(step, 1) % people) as usize;
        let person = table.people[job];
        if person == NONE || person == other || !table.can(other, job) {
            continue;
        }
        let first = table.facts.kind(job).day;
        let mut which = vec![first];
        for k in 0..draw(step, 2) % 3 {
            // Days near each other: what stands against one exchange is often the neighbour.
            let day = (first as u64 + draw(step, 3 + k) % 7) % days;
            if !which.contains(&(day as usize)) {
                which.push(day as usize);
            }
        }
        swap(table, person, other, &which);
    }
}

/// Exchanges what two people have on these days, if they may and it leaves the table no worse.
fn swap(table: &mut Table<'_>, person: usize, other: usize, days: &[usize]) {
    let both: Vec<(usize, usize)> =
        days.iter().map(|&day| (table.jobs[person][day], table.jobs[other][day])).collect();
    let may = |who: usize, job: usize| job == NONE || table.can(who, job);
    if !both.iter().all(|&(mine, theirs)| may(other, mine) && may(person, theirs)) {
        return;
    }
    let before = sum(table.cost(person), table.cost(other));
    for &(mine, theirs) in &both {
        [mine, theirs].into_iter().filter(|job| *job != NONE).for_each(|job| table.take(job));
    }
    let turned = both.iter().flat_map(|&(mine, theirs)| [(other, mine), (person, theirs)]);
    let mut given = Vec::new();
    for (who, job) in turned.filter(|(_, job)| *job != NONE) {
        if table.fits(who, job).is_err() {
            break;
        }
        table.give(who, job);
        given.push(job);
    }
    let all = both.iter().flat_map(|&(mine, theirs)| [mine, theirs]).filter(|job| *job != NONE).count();
    if given.len() == all && sum(table.cost(person), table.cost(other)) <= before {
        return;
    }
    for job in given {
        table.take(job);
    }
    for &(mine, theirs) in &both {
        let back = [(person, mine), (other, theirs)].into_iter().filter(|(_, job)| *job != NONE);
        back.for_each(|(who, job)| table.give(who, job));
    }
}

fn sum(a: Score, b: Score) -> Score {
    std::array::from_fn(|k| a[k] + b[k])
}

/// A draw: number `k` of a step.
fn draw(step: u64, k: u64) -> u64 {
    mixed(step << 3 ^ k)
}
