//! How shifts cover the day: people in every interval, and hours in sum.

use super::kept::staffing;
use super::schedule::Schedule;
use crate::model::{GroupId, Model};

/// One group, interval by interval of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The group.
    pub group: GroupId,
    /// Fewest people on shift: what is needed, or the floor where the promise is over the day.
    pub needed: Vec<u32>,
    /// Whether that is a floor.
    pub is_floor: bool,
    /// People on shift and not on a break.
    pub on_shift: Vec<u32>,
    /// Those of them who are at work after shrinkage.
    pub at_work: Vec<u32>,
}

/// Hours over the whole run, all groups together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hours {
    /// Paid, extra time and paid breaks included, premiums not.
    pub paid: f64,
    /// On shift and not on a break.
    pub on_shift: f64,
    /// At work after shrinkage.
    pub at_work: f64,
    /// Needed on shift, or floors.
    pub needed: f64,
    /// On shift beyond that.
    pub over: f64,
    /// Needed, but not there.
    pub short: f64,
}

impl Hours {
    /// Of what is paid, the share that is at work; 1 where nothing is paid.
    pub fn productive(&self) -> f64 {
        if self.paid > 0.0 { self.at_work / self.paid } else { 1.0 }
    }

    /// Schedule efficiency: of those on shift, the share that is needed; 1 where nobody is.
    pub fn efficiency(&self) -> f64 {
        if self.on_shift > 0.0 { (self.on_shift - self.over) / self.on_shift } else { 1.0 }
    }
}

/// Every group that works shifts.
pub fn coverage(model: &Model, schedule: &Schedule) -> Vec<Coverage> {
    let staffing = staffing(model, schedule);
    let one = |need: &super::Need| Coverage {
        group: need.group,
        needed: need.people.clone(),
        is_floor: need.is_floor,
        on_shift: schedule.people(model, need.group),
        at_work: staffing.of(need.group).to_vec(),
    };
    schedule.needs.iter().map(one).collect()
}

/// What all of it sums up to, over the intervals that are asked for.
pub fn hours(
    model: &Model,
    schedule: &Schedule,
    groups: &[Coverage],
    which: impl Fn(usize) -> bool,
) -> Hours {
    let interval = model.grid().interval.as_hours_f64();
    let paid = schedule.used().filter(|(pattern, _)| which(pattern.start));
    let mut hours =
        Hours { paid: paid.map(|(pattern, n)| pattern.paid_hours * f64::from(n)).sum(), ..Hours::default() };
    let inside = |i: &usize| which(*i);
    for group in groups {
        for i in (0..group.needed.len()).filter(inside) {
            let (needed, there) = (group.needed[i], group.on_shift[i]);
            let add = |sum: &mut f64, people: u32| *sum += f64::from(people) * interval;
            add(&mut hours.needed, needed);
            add(&mut hours.on_shift, there);
            add(&mut hours.at_work, group.at_work[i]);
            add(&mut hours.over, there.saturating_sub(needed));
            add(&mut hours.short, needed.saturating_sub(there));
        }
    }
    hours
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_hours_by_hand() {
        let hours = Hours { paid: 10.0, on_shift: 9.0, at_work: 8.0, needed: 6.0, over: 3.0, short: 0.0 };
        assert!((hours.productive() - 0.8).abs() < 1e-12 && (hours.efficiency() - 6.0 / 9.0).abs() < 1e-12);
        assert_eq!((Hours::default().productive(), Hours::default().efficiency()), (1.0, 1.0));
    }
}
