//! Restarts: other staffings that look as cheap, far from the one found.
//!
//! The landscape is flat, and good staffings lie far apart. The integer program is solved again where one group must have
//! clearly more, or clearly less, than in the best staffing found, and with each simulation cut left out in turn. From the
//! cheapest of these the search climbs and descends anew, on more replications.

use super::cuts::{Climb, Climbed};
use super::descent::{Hopeless, descend};
use super::lines::{Lines, Point};
use super::program::{Column, Row};
use super::sample::Sample;

/// Starts that are followed.
const STARTS: usize = 10;
/// Rounds of cuts that a restart may take.
const ROUNDS: usize = 6;
/// Units by which a start differs from the best in one group.
const APART: u32 = 2;

/// The best point after restarts; `best` keeps every goal.
pub(super) fn restart(
    lines: &Lines<'_, '_>,
    sample: &mut Sample<'_, '_>,
    hopeless: &mut Hopeless,
    rows: &[Row],
    best: Point,
    total: usize,
) -> Point {
    let mut best = best;
    for (columns, start) in starts(lines, rows, &best) {
        let below = Some(lines.price(&best));
        let mut mine = rows.to_vec();
        let mut climb = Climb { columns, total, rounds: ROUNDS, below, rows: &mut mine };
        if let Climbed::Good(point) = climb.from(lines, sample, start) {
            let found = descend(lines, sample, hopeless, point, total);
            if lines.price(&found) < lines.price(&best) {
                best = found;
            }
        }
    }
    best
}

/// Starts cheaper than the best, the cheapest first, each with the bounds that it came from.
fn starts(lines: &Lines<'_, '_>, rows: &[Row], best: &[u32]) -> Vec<(Vec<Column>, Point)> {
    let columns = lines.columns();
    let mut found = Vec::new();
    for g in 0..columns.len() {
        let apart = APART * lines.units[g];
        let mut more = columns.clone();
        more[g].least = best[g] + apart;
        if more[g].least <= more[g].most {
            found.push((more, rows.to_vec()));
        }
        if let Some(most) = best[g].checked_sub(apart) {
            let mut fewer = columns.clone();
            fewer[g].most = most;
            found.push((fewer, rows.to_vec()));
        }
    }
    for left_out in 0..rows.len() {
        let others = rows.iter().enumerate().filter(|(k, _)| *k != left_out).map(|(_, row)| row.clone());
        found.push((columns.clone(), others.collect()));
    }
    let limit = lines.price(best);
    let mut starts: Vec<_> = found
        .into_iter()
        .filter_map(|(columns, mut rows)| {
            let climb = Climb { columns, total: 0, rounds: 0, below: None, rows: &mut rows };
            let point = climb.solve(lines)?;
            let price = lines.price(&point);
            (price < limit).then_some((price, point, climb.columns))
        })
        .collect();
    starts.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    starts.dedup_by(|a, b| a.1 == b.1);
    starts.into_iter().take(STARTS).map(|(_, point, columns)| (columns, point)).collect()
}
