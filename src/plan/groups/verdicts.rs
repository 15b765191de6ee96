//! From search to verdict: finalists before new customers, round by round, until one is shown to keep every goal.

use super::super::confirm::Standing;
use super::super::customers::Customers;
use super::super::errand::Errand;
use super::super::job::Crew;
use super::super::trial::Tried;
use super::super::watch::Event;
use super::finalists::Court;
use super::intervals::Watched;
use super::lines::{Lines, Point};
use super::pledges::Pledges;
use super::price::Price;
use super::seek::{FINALISTS, Sought};
use crate::montecarlo::Verdict;

/// Rounds of new customers before a plan ends undecided.
const ROUNDS: u32 = 6;
/// Rounds in which single intervals are repaired.
const REPAIRS: u32 = 8;

/// What has been shown.
pub(super) struct Shown<'m> {
    pub(super) point: Point,
    /// The staff of the point, with what repairs single intervals needed.
    pub(super) crews: Vec<Crew>,
    pub(super) tried: Tried,
    /// How single intervals stand, pair by pair.
    pub(super) standings: Vec<Vec<Standing>>,
    /// Cheaper finalists that could not be told apart from their goals.
    pub(super) open: Vec<Point>,
    /// The customers of the last round.
    pub(super) customers: Customers<'m>,
}

/// One finalist that was heard and not shown to keep its goals.
struct Unproven {
    price: Price,
    point: Point,
    tried: Tried,
}

/// Tests finalists on new customers, the cheapest first; where none of them is shown to keep its goals, what has one agent
/// more than the best of them, on others.
pub(super) fn prove<'m>(
    lines: &Lines<'_, 'm>,
    pledges: &Pledges,
    errand: &Errand<'_>,
    watched: &Watched,
    sought: &Sought,
    error: f64,
) -> Shown<'m> {
    let shown = finalists(lines, pledges, errand, watched, sought, error);
    settle(lines, pledges, errand, watched, shown, error)
}

/// Tests the finalists, and what is dearer where none of them does.
fn finalists<'m>(
    lines: &Lines<'_, 'm>,
    pledges: &Pledges,
    errand: &Errand<'_>,
    watched: &Watched,
    sought: &Sought,
    error: f64,
) -> Shown<'m> {
    errand.stage("confirming on new customers");
    let court = Court::new(lines.task, pledges, errand);
    let mut points = sought.finalists.clone();
    for round in 1.. {
        let mut customers = new_customers(lines, errand);
        let share = error / f64::from(round * (round + 1)) / FINALISTS.max(points.len()) as f64;
        let mut unproven: Vec<Unproven> = Vec::new();
        for (k, point) in points.iter().enumerate() {
            let (number, of) = (k as u64 + 1, points.len() as u64);
            errand.watch.event(&Event::Next { what: "finalist", number, of, done: None });
            let staffing = lines.staffing(point);
            let one = court.hear(&mut customers, &staffing, &watched.by_interval, share, sought.stuck);
            let interrupted = one.tried.interrupted;
            if one.tried.verdict == Verdict::Met {
                let open = unproven.into_iter().filter(|other| other.tried.looks_met());
                let open = open.map(|other| other.point).collect();
                return Shown::of(lines, point.clone(), one.tried, open, customers);
            }
            unproven.push(Unproven { price: lines.price(point), point: point.clone(), tried: one.tried });
            if interrupted {
                break;
            }
        }
        let best = best(lines, pledges, unproven);
        let next = dearer(lines, &best);
        if best.tried.interrupted || sought.stuck || round == ROUNDS || next.is_empty() {
            return Shown::of(lines, best.point, best.tried, Vec::new(), customers);
        }
        points = next;
    }
    unreachable!("rounds end")
}

impl<'m> Shown<'m> {
    fn of(
        lines: &Lines<'_, 'm>,
        point: Point,
        tried: Tried,
        open: Vec<Point>,
        customers: Customers<'m>,
    ) -> Self {
        let crews = lines.crews(&point);
        Self { point, crews, tried, standings: vec![Vec::new(); lines.task.pairs.len()], open, customers }
    }
}

/// Looks at single intervals; where one does not keep what it must, it gets one agent more, and all is tested again on
/// others.
fn settle<'m>(
    lines: &Lines<'_, 'm>,
    pledges: &Pledges,
    errand: &Errand<'_>,
    watched: &Watched,
    shown: Shown<'m>,
    error: f64,
) -> Shown<'m> {
    let (task, settings) = (lines.task, errand.settings);
    let court = Court::new(task, pledges, errand);
    let mut shown = shown;
    if watched.is_empty() {
        return shown;
    }
    for round in 2.. {
        let wanted = settings.to_confirm() as usize;
        let staffing = task.staffing(&shown.crews);
        let row = shown.customers.row(&staffing, Some(watched.by_interval.clone()), 0);
        shown.tried.interrupted |= !court.read(&mut shown.customers, row, wanted);
        let known = shown.customers.known(row);
        shown.standings = watched.standings(task, shown.customers.known_readings(row, known));
        shown.tried.replications = shown.tried.replications.max(known as u64);
        let mut crews = shown.crews.clone();
        let repaired = watched.repair(task, &mut crews, &shown.standings, settings);
        if shown.tried.interrupted || !repaired || round > REPAIRS {
            return shown;
        }
        shown.customers = new_customers(lines, errand);
        let share = error / f64::from(round * (round + 1)) / FINALISTS as f64;
        let staffing = task.staffing(&crews);
        shown.tried = court.hear(&mut shown.customers, &staffing, &watched.by_interval, share, true).tried;
        shown.crews = crews;
        shown.open.clear();
    }
    unreachable!("rounds end")
}

/// Customers that nobody has seen.
pub(super) fn new_customers<'m>(lines: &Lines<'_, 'm>, errand: &Errand<'_>) -> Customers<'m> {
    let settings = errand.settings;
    Customers::new(lines.task.model, &lines.task.pairs, settings.seed, errand.fresh(), settings.tape_bytes)
}

/// The finalist that comes closest to being shown to keep its goals: by the least margin, in the goals' units.
fn best(lines: &Lines<'_, '_>, pledges: &Pledges, unproven: Vec<Unproven>) -> Unproven {
    let least = |one: &Unproven| {
        let margins = one.tried.claims.iter().zip(&pledges.list).map(|(judged, pledge)| {
            judged.margin.map_or(f64::NEG_INFINITY, |margin| margin.mean / pledge.scale(lines.task))
        });
        margins.fold(f64::INFINITY, f64::min)
    };
    let by_margin = |a: &Unproven, b: &Unproven| least(a).total_cmp(&least(b)).then(b.price.cmp(&a.price));
    unproven.into_iter().max_by(by_margin).expect("a search has a finalist")
}

/// One unit more in one group, the cheapest first.
fn dearer(lines: &Lines<'_, '_>, best: &Unproven) -> Vec<Point> {
    let more = |g: usize| {
        let mut point = best.point.clone();
        point[g] = (point[g] + (lines.units[g] / 4).max(1)).min(lines.top(g));
        (lines.price(&point), point)
    };
    let mut points: Vec<(Price, Point)> = (0..best.point.len())
        .map(more)
        .filter(|(price, point)| *price > best.price && lines.task.fits(&lines.staffing(point)))
        .collect();
    points.sort();
    points.into_iter().map(|(_, point)| point).collect()
}
