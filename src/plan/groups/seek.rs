//! The search of one plan: climb by cuts, descend, restart, and look again on more customers.

use super::super::errand::Errand;
use super::super::watch::cancelled;
use super::cuts::{Climb, Climbed};
use super::descent::{Hopeless, Reach, descend};
use super::lines::{Lines, Point};
use super::pledges::Pledges;
use super::price::Price;
use super::program::{Column, Row};
use super::restarts::restart;
use super::sample::{Patience, Sample};
use std::collections::BTreeSet;

/// Contacts of a first judgement: enough to know a share to about half a point.
const CONTACTS: f64 = 400e3;
/// Bounds on the replications of a first judgement.
const FEWEST: f64 = 32.0;
const MOST: f64 = 128.0;
/// Rounds of cuts before a search gives up.
const ROUNDS: usize = 60;
/// So many times as many replications decide in the end who is put to the test: where every group has one number, and
/// where staff follows the day.
const CLOSER: [usize; 2] = [8, 4];
/// Most staffings that are put to the test.
pub(super) const FINALISTS: usize = 20;
/// How much dearer than the best they may be.
const WITHIN: f64 = 0.03;
/// Rounds of climbing again where a closer look finds goals missed.
const AGAIN: usize = 4;

/// How thorough a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// With restarts.
    Whole,
    /// Add to the start, climb and descend once: for what is said besides.
    Besides,
}

/// What a search found.
pub(super) struct Sought {
    /// Points that keep every goal as far as the search saw, the cheapest first; never empty.
    pub(super) finalists: Vec<Point>,
    /// Whether none was found: the finalist is the best that was tried.
    pub(super) stuck: bool,
    pub(super) candidates: u64,
    pub(super) longest: usize,
}

/// Searches for the cheapest point that keeps the pledges, from `start`, with rows that theory knows.
pub(super) fn seek(
    lines: &Lines<'_, '_>,
    pledges: &Pledges,
    errand: &Errand<'_>,
    theory: &[Row],
    start: &Point,
    effort: Effort,
) -> Sought {
    let mut sample = Sample::new(lines.task, pledges, errand, 0);
    let total = replications(lines);
    let mut rows = theory.to_vec();
    errand.stage("looking where agents help");
    let mut columns = lines.columns();
    if effort == Effort::Besides {
        columns.iter_mut().zip(start).for_each(|(column, &level)| column.least = level);
    }
    let mut climb = Climb { columns: columns.clone(), total, rounds: ROUNDS, below: None, rows: &mut rows };
    let (mut best, reached) = match climb.from(lines, &mut sample, start.clone()) {
        Climbed::Good(point) => (point, true),
        Climbed::Stuck(point) | Climbed::Open(point) => (point, false),
    };
    if reached {
        errand.stage("looking for cheaper agents");
        let mut hopeless = Hopeless::default();
        let reach = if effort == Effort::Whole { Reach::Likely } else { Reach::Coarse };
        best = descend(lines, &mut sample, &mut hopeless, best, total, reach);
        if effort == Effort::Whole {
            errand.stage("looking elsewhere");
            let mut hopeless = Hopeless::default();
            best = restart(lines, &mut sample, &mut hopeless, &rows[theory.len()..], best, 2 * total);
        }
    }
    let mut finalists = vec![best.clone()];
    if reached && !cancelled(errand.watch) {
        errand.stage("looking closer at the best");
        let (times, reach) = match effort {
            Effort::Whole => (CLOSER[usize::from(!lines.task.is_flat())], Reach::Whole),
            Effort::Besides => (2, Reach::Coarse),
        };
        finalists = closer(lines, &mut sample, columns, &mut rows, best, times * total, reach);
    }
    let stuck = !reached && !cancelled(errand.watch);
    Sought { finalists, stuck, candidates: sample.candidates(), longest: sample.longest }
}

/// Replications of a first judgement.
fn replications(lines: &Lines<'_, '_>) -> usize {
    let wanted = (CONTACTS / lines.task.model.expected_contacts().max(1.0)).clamp(FEWEST, MOST);
    1 << wanted.log2() as u32
}

/// The best on more customers, and those around it that do as well there: the cheapest first.
fn closer<'m>(
    lines: &Lines<'_, 'm>,
    sample: &mut Sample<'_, 'm>,
    columns: Vec<Column>,
    rows: &mut Vec<Row>,
    best: Point,
    total: usize,
    reach: Reach,
) -> Vec<Point> {
    let mut climb = Climb { columns, total, rounds: AGAIN, below: None, rows };
    let mut at = match climb.from(lines, sample, best) {
        Climbed::Good(point) => point,
        Climbed::Stuck(point) | Climbed::Open(point) => return vec![point],
    };
    at = descend(lines, sample, &mut Hopeless::default(), at, total, reach);
    let mut found = BTreeSet::from([(lines.price(&at), at.clone())]);
    for point in around(lines, &at) {
        let stand = sample.judge(&lines.staffing(&point), total, Patience::GOAL);
        if stand.interrupted {
            break;
        }
        if stand.is_good() && lines.task.fits(&lines.staffing(&point)) {
            found.insert((lines.price(&point), point));
        }
    }
    found.into_iter().map(|(_, point)| point).take(FINALISTS).collect()
}

/// Points that are a little dearer: in one or two groups a unit more, in another perhaps one less.
fn around(lines: &Lines<'_, '_>, at: &[u32]) -> Vec<Point> {
    let limit = lines.price(at).main as f64 * (1.0 + WITHIN);
    let here = lines.price(at);
    let mut found: BTreeSet<(Price, Point)> = BTreeSet::new();
    let unit = |g: usize| (lines.units[g] / 4).max(1);
    let groups = 0..at.len();
    let mut add = |point: Point| {
        let price = lines.price(&point);
        let inside = point.iter().enumerate().all(|(g, &level)| level <= lines.top(g));
        if price > here && (price.main as f64 <= limit || found.len() < at.len()) && inside {
            found.insert((price, point));
        }
    };
    for a in groups.clone() {
        let mut one = at.to_vec();
        one[a] += unit(a);
        add(one.clone());
        for b in groups.clone() {
            let mut two = one.clone();
            two[b] += unit(b);
            add(two);
            if let Some(level) = at[b].checked_sub(unit(b)).filter(|_| a != b) {
                let mut swapped = one.clone();
                swapped[b] = level;
                add(swapped);
            }
        }
    }
    found.into_iter().map(|(_, point)| point).take(2 * FINALISTS).collect()
}
