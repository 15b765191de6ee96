//! The bound of theory: the cheapest whole agents that satisfy every subset cut.

use super::super::answer::LowerBound;
use super::lines::Lines;
use super::price::Price;
use super::program::{Row, whole};
use super::subsets::{Set, Subsets};
use super::task::Task;

/// What a subset cut takes for granted.
const ASSUMES: &str = "first come first served, agents pooled as well as can be, exponential times and patience (Erlang A); with other routing or other laws less may do";

/// Rows over the levels of groups with one number each: every set of queues has the agents that it needs over its day.
pub(super) fn rows(lines: &Lines<'_, '_>, subsets: &Subsets<'_, '_>, sets: &[Set]) -> Vec<Row> {
    let task = lines.task;
    let least = |g: usize| f64::from(task.groups[g].least.iter().copied().max().unwrap_or(0));
    let open = |set: &Set| {
        let groups = task.groups.iter().zip(&set.groups).filter(|(_, serves)| **serves);
        let mut open: Vec<usize> = groups.flat_map(|(job, _)| job.open.iter().copied()).collect();
        open.sort_unstable();
        open.dedup();
        open
    };
    let one = |serves: &bool| if *serves { 1.0 } else { 0.0 };
    let row = |set: &Set| {
        let coefficients: Vec<f64> = set.groups.iter().map(one).collect();
        let there: f64 = coefficients.iter().enumerate().map(|(g, c)| c * least(g)).sum();
        Row { coefficients, least: subsets.whole(set, &open(set)) - there }
    };
    let mut rows: Vec<Row> = sets.iter().map(row).filter(|row| row.least > 0.0).collect();
    rows.extend(headcount(task));
    rows
}

/// The centre's headcount as a row, where all groups have one number.
fn headcount(task: &Task<'_>) -> Option<Row> {
    let most = task.model.plan.headcount?;
    let given = (0..task.model.grid().intervals()).map(|i| task.given_at(i)).max().unwrap_or(0);
    let least = |g: usize| task.groups[g].least.iter().copied().max().unwrap_or(0);
    let there: u32 = (0..task.groups.len()).map(least).sum();
    let left = f64::from(most) - f64::from(given) - f64::from(there);
    Some(Row { coefficients: vec![-1.0; task.groups.len()], least: -left })
}

/// The bound beside the answer; nothing where the answer is below it, which shows that its assumptions do not hold here.
pub(super) fn bound(lines: &Lines<'_, '_>, rows: &[Row], answer: &Price) -> Option<LowerBound> {
    if !lines.task.is_flat() {
        return None;
    }
    let value = lines.price(&whole(&lines.columns(), rows)?).value();
    let answer = answer.value();
    (value <= answer).then(|| LowerBound { value, answer, assumes: ASSUMES.to_owned() })
}
