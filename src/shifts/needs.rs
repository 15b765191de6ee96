//! What a group needs: people in every interval, and what people beyond them must bring together.

use crate::model::GroupId;
use crate::plan::trade::Curves;

/// People that one group needs, shrinkage included: one number for every interval of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// The group.
    pub group: GroupId,
    /// Fewest people on shift and not on a break, in each interval.
    pub people: Vec<u32>,
    /// What more of them must bring, where a promise over the day lets one interval make up for another: then `people`
    /// are the floors.
    pub gain: Option<Gain>,
    /// Whether `people` are floors below which no interval may be.
    pub is_floor: bool,
}

/// What several groups need together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Jointly {
    /// People of several groups in single intervals.
    pub sums: Vec<Sum>,
    /// What the sums with slopes must bring together, by the number that they name.
    pub gains: Vec<f64>,
}

/// People of some groups, together, in one interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// The groups.
    pub groups: Vec<GroupId>,
    /// The interval of the run.
    pub interval: usize,
    /// Fewest on shift and not on a break.
    pub least: u32,
    /// What the first, second … person beyond brings; never rising.
    pub slopes: Vec<f64>,
    /// To which of [`Jointly::gains`].
    pub gain: usize,
}

/// What people beyond the floors must bring together.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// What the first, second … person beyond the floor brings, for every interval; never rising.
    pub slopes: Vec<Vec<f64>>,
    /// How much all of them must bring.
    pub wanted: f64,
}

impl Need {
    /// So many people in every interval, as given or planned.
    pub fn covered(group: GroupId, people: Vec<u32>) -> Self {
        Self { group, people, gain: None, is_floor: false }
    }

    /// At least so many people in every interval; more are asked of several groups together.
    pub fn floor(group: GroupId, people: Vec<u32>) -> Self {
        Self { group, people, gain: None, is_floor: true }
    }

    /// The floors and curves of a promise over the day; `more` is asked for beyond what theory thinks enough.
    pub fn traded(curves: Curves, more: f64) -> Self {
        let wanted = (curves.wanted + more).max(0.0);
        let (people, slopes) = curves.intervals.into_iter().map(|curve| (curve.least, curve.slopes)).unzip();
        Self { group: curves.group, people, gain: Some(Gain { slopes, wanted }), is_floor: true }
    }

    /// Most people of whom any is of use in an interval.
    pub(super) fn most(&self) -> u32 {
        let beyond = |i: usize| self.gain.as_ref().map_or(0, |gain| gain.slopes[i].len() as u32);
        self.people.iter().enumerate().map(|(i, people)| people + beyond(i)).max().unwrap_or(0)
    }
}
