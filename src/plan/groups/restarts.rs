//! Restarts: other staffings that look as cheap, far from the one found.
//!
//! The landscape is flat, and good staffings lie far apart. The integer program is solved again where one group must have
//! clearly more, or clearly less, than in the best staffing found, and with each simulation cut left out in turn. From the
//! cheapest of these the search climbs and descends anew, on more replications.

use super::cuts::{Climb, Climbed, solve};
use super::descent::{Hopeless, Reach, descend};
use super::lines::{Lines, Point};
use super::program::{Column, Row};
use super::sample::{Patience, Sample};

/// Starts that are followed: where every group has one number, and where staff follows the day, which smooths the
/// landscape.
const STARTS: [usize; 2] = [10, 2];
/// Rounds of cuts that a restart may take.
const ROUNDS: usize = 6;
/// Units by which a start differs from the best in one group.
const APART: u32 = 2;

/// The best point after restarts; `best` keeps every goal.
pub(super) fn restart<'m>(
    lines: &Lines<'_, 'm>,
    sample: &mut Sample<'_, 'm>,
    hopeless: &mut Hopeless,
    rows: &[Row],
    best: Point,
    total: usize,
) -> Point {
    let mut best = best;
    for (columns, start) in starts(lines, rows, &best) {
        let limit = lines.price(&best);
        let below = Some(limit);
        let mut mine = rows.to_vec();
        let mut climb = Climb { columns, total, rounds: ROUNDS, below, rows: &mut mine };
        if let Climbed::Good(point) = climb.from(lines, sample, start) {
            let found = descend(lines, sample, hopeless, point, total, Reach::Likely);
            let price = lines.price(&found);
            let mut margin =
                |point: &Point| sample.judge(&lines.staffing(point), total, Patience::Endless).worst();
            if price.main < limit.main || (price.main == limit.main && margin(&found) > margin(&best)) {
                best = found;
            }
        }
    }
    best
}

/// Starts no dearer than the best, the cheapest first, each with the bounds that it came from.
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
        .filter_map(|(columns, rows)| {
            let point = solve(lines, &columns, &rows)?;
            let price = lines.price(&point);
            (price.main <= limit.main && point != best).then_some((price, point, columns))
        })
        .collect();
    starts.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    starts.dedup_by(|a, b| a.1 == b.1);
    let most = STARTS[usize::from(!lines.task.is_flat())];
    starts.into_iter().take(most).map(|(_, point, columns)| (columns, point)).collect()
}
