//! Whether a promise is kept, by its estimate or by an end of its interval.

use crate::montecarlo::{TargetKind, TargetOutcome};

/// Which number of an interval counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The estimate.
    Estimate,
    /// The end where the promise is kept worse.
    Worse,
    /// The end where it is kept better.
    Better,
}

/// Whether the promise is kept, going by that number; a promise to nobody is. Of a promise in every interval the worst
/// one is looked at.
pub(super) fn keeps(target: &TargetOutcome, end: End) -> bool {
    let more = matches!(
        target.kind,
        TargetKind::Answered | TargetKind::Done | TargetKind::Replied | TargetKind::CalledBack
    );
    let (figure, goal, more) = match target.on_days {
        Some(share) => (target.days_met, share, true),
        None => (target.achieved, target.goal, more),
    };
    let Some(e) = figure else { return true };
    let (worse, better) = if more { (e.low, e.high) } else { (e.high, e.low) };
    let number = match end {
        End::Estimate => e.mean,
        End::Worse => worse,
        End::Better => better,
    };
    if more { number >= goal } else { number <= goal }
}
