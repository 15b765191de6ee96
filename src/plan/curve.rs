//! The answer's neighbours: what an agent more or less in every interval would change, on the same customers.

use super::answer::CurvePoint;
use super::job::Job;
use super::show::{Show, Size};
use crate::model::{GroupId, QueueId};
use crate::montecarlo::Staffing;

/// Agents more or fewer than the answer.
const REACH: i32 = 3;

/// From three agents fewer to three more; points that would be the same staffing twice are left out.
pub(super) fn around(
    staffing: &Staffing,
    pairs: &[(QueueId, GroupId)],
    show: &mut Show<'_, '_>,
    jobs: &[Job<'_>],
) -> Vec<CurvePoint> {
    let neighbours = neighbours(staffing, jobs);
    neighbours.iter().map(|(offset, shifted)| point(shifted, pairs, show, jobs, *offset)).collect()
}

/// The staffings of the curve, each with its offset.
pub(super) fn neighbours(staffing: &Staffing, jobs: &[Job<'_>]) -> Vec<(i32, Staffing)> {
    let mut found: Vec<(i32, Staffing)> = Vec::new();
    for offset in -REACH..=REACH {
        let shifted = shifted(staffing, jobs, offset);
        if found.last().is_none_or(|(_, last)| *last != shifted) {
            found.push((offset, shifted));
        }
    }
    found
}

fn point(
    staffing: &Staffing,
    pairs: &[(QueueId, GroupId)],
    show: &mut Show<'_, '_>,
    jobs: &[Job<'_>],
    offset: i32,
) -> CurvePoint {
    let shown = show.beside(staffing);
    let size = Size::of(jobs[0].model, pairs, staffing);
    CurvePoint {
        agents: size.peak,
        offset,
        agent_hours: size.hours,
        level: shown.level,
        days: shown.days,
        abandonment: shown.abandonment,
        lost_per_day: shown.lost_per_day,
        days_met: shown.days_met,
        cost: size.cost,
    }
}

/// Every planned group with `offset` agents more wherever it has any; never below none.
fn shifted(staffing: &Staffing, jobs: &[Job<'_>], offset: i32) -> Staffing {
    let mut shifted = staffing.clone();
    for job in jobs {
        for &i in &job.open {
            let agents = staffing.at(job.group, i);
            if agents > 0 {
                shifted.set(job.group, i, agents.saturating_add_signed(offset));
            }
        }
    }
    shifted
}
