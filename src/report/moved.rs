//! What everything that is turned down and up does to a figure: the rows of a tornado, before anybody draws them.

use super::compare::{Comparison, LEVEL, amount, change, title};
use super::words::{goal_percent, seconds};
use crate::montecarlo::compare::Figure;
use crate::stats::Estimate;

/// One figure with what moves it.
pub(super) struct Moved {
    /// The queue whose figure it is.
    pub(super) of: String,
    /// The figure in words: "phone: answered within 2m".
    pub(super) what: String,
    /// What it is as the scenario stands: "91.2% ± 0.3".
    pub(super) now: String,
    /// Whether it is a share, so that changes are in points, else in seconds.
    pub(super) is_share: bool,
    /// Everything that was turned, the widest first.
    pub(super) rows: Vec<Row>,
}

/// One thing turned down and up.
pub(super) struct Row {
    /// What: "volume".
    pub(super) of: String,
    /// By how much: "10%".
    pub(super) by: String,
    /// The change with less and with more of it, in shares or seconds; nothing where that scenario has no such figure.
    pub(super) ends: [Option<Estimate>; 2],
}

impl Row {
    /// The farther of its two ends.
    pub(super) fn width(&self) -> f64 {
        self.ends.iter().flatten().map(|e| e.mean.abs()).fold(0.0, f64::max)
    }
}

impl Comparison {
    /// The first figure of every queue that can be better or worse, with what every swing does to it.
    pub(super) fn moved(&self) -> Vec<Moved> {
        let mut found: Vec<Moved> = Vec::new();
        for figure in self.figures().into_iter().filter(|figure| figure.more_is_better().is_some()) {
            if found.iter().all(|other| other.of != figure.of) {
                found.extend(self.moved_figure(figure));
            }
        }
        found
    }

    fn moved_figure(&self, figure: &Figure) -> Option<Moved> {
        let base = &self.scenarios.first()?.side;
        let now = base.value(figure)?;
        let end = |k: usize| self.scenarios.get(k)?.side.beyond(base, figure, LEVEL);
        let row = |swing: &super::compare::Swing| Row {
            of: swing.of.clone(),
            by: swing.by.clone(),
            ends: swing.down_and_up.map(end),
        };
        let mut rows: Vec<Row> = self.swings.iter().map(row).collect();
        rows.sort_by(|a, b| b.width().total_cmp(&a.width()));
        Some(Moved {
            of: figure.of.clone(),
            what: title(figure),
            now: amount(figure, now),
            is_share: figure.is_share(),
            rows,
        })
    }
}

impl Moved {
    /// A place on the axis in words: "−5 points" as `−5`, or "1m 30s".
    pub(super) fn mark(&self, x: f64) -> String {
        let text = if self.is_share {
            goal_percent(x.abs()).trim_end_matches('%').to_owned()
        } else {
            seconds(x.abs())
        };
        match x {
            x if x > 0.0 => format!("+{text}"),
            x if x < 0.0 => format!("−{text}"),
            _ => text,
        }
    }

    /// A change with its computing error: "+1.8 ± 0.2", in points or in seconds.
    pub(super) fn change(&self, e: Estimate) -> String {
        change(self.is_share, e)
    }
}
