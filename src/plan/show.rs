//! What a staffing gives, on customers that the search never saw: the figures beside every number of agents.

use super::answer::{DayRange, Promise};
use super::carry::Carry;
use super::customers::{Customers, RowId};
use super::errand::Errand;
use super::watch::cancelled;
use crate::model::{GroupId, Model, QueueId};
use crate::montecarlo::{Finished, Pair, Reading, Staffing};
use crate::stats::{DayLevels, Estimate, MeanMoments, RatioMoments, wilson};

/// Confidence level of every interval that is shown.
pub(super) const LEVEL: f64 = 0.95;
/// Contacts up to which what stands beside the answer, formulas and neighbours, is shown on as many replications.
const CHEAP: f64 = 1e6;
/// Beyond, it is played on so many times fewer, and carried over to all from the plan's.
const BESIDE: u64 = 4;
/// Fewest replications of that.
const FEWEST_BESIDE: u64 = 250;
/// Replications of a search that was ended early: enough for an estimate, few enough to be no wait.
const HURRIED: u64 = 32;

/// A stage on which staffings are shown: the same customers for all of them.
pub(super) struct Show<'a, 'm> {
    model: &'m Model,
    pairs: &'a [(QueueId, GroupId)],
    customers: &'a mut Customers<'m>,
    /// The plan itself, once it has been shown, and on how many replications.
    plan: Option<(RowId, u64)>,
    pub(super) replications: u64,
}

/// What one staffing gives.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// The figure that the first target promises: a share, or seconds.
    pub(super) promised: Estimate,
    /// The service level by which the first planned queue is reported.
    pub(super) level: Estimate,
    /// The share of its offered contacts that hang up.
    pub(super) abandonment: Estimate,
    /// Share of days on which every target was kept.
    pub(super) days_met: Estimate,
    /// Who hangs up per day, all queues.
    pub(super) lost_per_day: Estimate,
    /// Where nine days in ten lie.
    pub(super) days: Option<DayRange>,
}

impl<'a, 'm> Show<'a, 'm> {
    /// On customers that the search never saw.
    pub(super) fn new(
        errand: &Errand<'_>,
        model: &'m Model,
        pairs: &'a [(QueueId, GroupId)],
        customers: &'a mut Customers<'m>,
    ) -> Self {
        let settings = errand.settings;
        let hurried = settings.replications.min(HURRIED);
        let replications = if cancelled(errand.watch) { hurried } else { settings.replications };
        Self { model, pairs, customers, plan: None, replications }
    }

    /// Number of the first replication.
    pub(super) fn first(&self) -> u64 {
        self.customers.first()
    }

    /// Says that a staffing will be shown beside the answer.
    pub(super) fn expect_beside(&mut self, staffing: &Staffing) {
        let most = self.replications_beside();
        self.customers.expect(staffing, most);
    }

    /// Says that a staffing will be shown as a promise.
    pub(super) fn expect_promise(&mut self, staffing: &Staffing) {
        self.customers.expect(staffing, self.replications);
    }

    /// All sums over at least `replications` replications of a staffing.
    pub(super) fn gathered(&mut self, staffing: &Staffing, replications: u64) -> Finished {
        let row = self.customers.expect(staffing, replications);
        self.plan = Some((row, replications));
        self.customers.gathered(row, replications)
    }

    /// Shows a staffing that stands beside the answer.
    pub(super) fn beside(&mut self, staffing: &Staffing) -> Shown {
        self.show(staffing, self.replications_beside())
    }

    fn replications_beside(&self) -> u64 {
        let contacts = self.model.expected_contacts() * self.replications as f64;
        let fewer = (self.replications / BESIDE).max(FEWEST_BESIDE).min(self.replications);
        if contacts <= CHEAP { self.replications } else { fewer }
    }

    /// On so many replications; where those are fewer than the plan was played on, what can be is carried over to all.
    fn show(&mut self, staffing: &Staffing, replications: u64) -> Shown {
        let (few, all) = (replications as usize, self.replications as usize);
        let row = self.customers.expect(staffing, replications);
        let few = if self.customers.known(row) >= all { all } else { few };
        self.customers.read(row, few);
        let readings = self.customers.known_readings(row, few);
        let plan = self.plan.map(|(plan, _)| plan);
        let plan = plan.filter(|&plan| plan != row && few < all && self.customers.known(plan) >= all);
        let shown = self.sum(readings);
        let carry = |plan| Carry { plan: self.customers.known_readings(plan, all), readings };
        plan.map(|plan| carry(plan).over(&shown, self.model.open_days() as f64)).unwrap_or(shown)
    }

    fn sum(&self, readings: &[Reading]) -> Shown {
        let ratio = |figure: &dyn Fn(&Reading) -> Pair| ratio(readings, figure);
        let mut lost = MeanMoments::default();
        for reading in readings {
            lost.push(reading.lost);
        }
        let level = ratio(&|reading| reading.queues[0].level).ratio_share(LEVEL).unwrap_or(NOBODY);
        Shown {
            promised: self.promised(&ratio(&|reading| figure(reading))).unwrap_or(level),
            level,
            abandonment: ratio(&|reading| reading.queues[0].lost)
                .ratio_share(LEVEL)
                .unwrap_or(Estimate::exact(0.0)),
            days_met: days_met(&ratio(&|reading| reading.days)).unwrap_or(NOBODY),
            lost_per_day: lost
                .mean(LEVEL)
                .map_or(Estimate::exact(0.0), |estimate| estimate.scale(1.0 / self.model.open_days() as f64)),
            days: day_range(readings),
        }
    }

    /// The first target's figure, in its unit.
    fn promised(&self, moments: &RatioMoments) -> Option<Estimate> {
        let first = self.model.queues[self.pairs[0].0.0].targets.first()?;
        if first.goal.is_share() {
            return moments.ratio_share(LEVEL);
        }
        moments.ratio(LEVEL).map(|estimate| estimate.scale(1e-6))
    }

    /// A promise kept by a staffing of the planned groups. If that is the plan, its figures are those of all replications
    /// that the plan was confirmed on.
    pub(super) fn promise(&mut self, staffing: &Staffing) -> Promise {
        let row = self.customers.expect(staffing, self.replications);
        let shown = match self.plan {
            Some((plan, replications)) if plan == row && replications > self.replications => {
                self.customers.read(row, replications as usize);
                self.sum(self.customers.known_readings(row, replications as usize))
            }
            _ => self.show(staffing, self.replications),
        };
        let size = Size::of(self.model, self.pairs, staffing);
        Promise {
            agents: size.peak,
            scheduled: size.scheduled_peak,
            agent_hours: size.hours,
            scheduled_hours: size.scheduled_hours,
            cost: size.cost,
            level: shown.promised,
            days_met: shown.days_met,
            lost_per_day: shown.lost_per_day,
        }
    }
}

fn ratio(readings: &[Reading], figure: &dyn Fn(&Reading) -> Pair) -> RatioMoments {
    let mut moments = RatioMoments::default();
    readings.iter().map(figure).for_each(|(x, y)| moments.push(x, y));
    moments
}

/// A promise to nobody is kept.
const NOBODY: Estimate = Estimate::exact(1.0);

fn figure(reading: &Reading) -> Pair {
    reading.queues[0].figures.first().copied().unwrap_or_default()
}

/// Wilson's interval where every replication is one day.
fn days_met(days: &RatioMoments) -> Option<Estimate> {
    let [kept, all] = [days.numerator().sum(), days.denominator().sum()].map(|sum| sum as u64);
    if all > days.replications() { days.ratio_share(LEVEL) } else { wilson(kept, all, LEVEL) }
}

pub(super) fn day_range(readings: &[Reading]) -> Option<DayRange> {
    let mut days = DayLevels::new(None);
    for reading in readings {
        days.record(&reading.queues[0].levels);
    }
    let percentile = |p: f64| Some(days.percentile(p, LEVEL)?.mean);
    Some(DayRange { p5: percentile(5.0)?, p95: percentile(95.0)? })
}

/// How big a staffing of the planned groups is: hours and cost per day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) peak: u32,
    pub(super) scheduled_peak: u32,
    pub(super) hours: f64,
    pub(super) scheduled_hours: f64,
    pub(super) cost: Option<f64>,
}

impl Size {
    pub(super) fn of(model: &Model, pairs: &[(QueueId, GroupId)], staffing: &Staffing) -> Self {
        let per_day = model.grid().interval.as_hours_f64() / model.open_days() as f64;
        let hours = |agents: &[u32]| agents.iter().map(|&n| f64::from(n)).sum::<f64>() * per_day;
        let at_work = || pairs.iter().map(|(_, group)| staffing.of(*group).to_vec());
        let paid = || pairs.iter().map(|(_, group)| scheduled(model, *group, staffing.of(*group)));
        let cost = |(paid, (_, id)): (Vec<u32>, &(QueueId, GroupId))| {
            Some(hours(&paid) * model.groups[id.0].cost_per_hour?)
        };
        Self {
            peak: peak(at_work()),
            scheduled_peak: peak(paid()),
            hours: at_work().map(|agents| hours(&agents)).sum(),
            scheduled_hours: paid().map(|agents| hours(&agents)).sum(),
            cost: paid().zip(pairs).map(cost).sum(),
        }
    }
}

/// Most agents at once, all groups together.
fn peak(groups: impl Iterator<Item = Vec<u32>>) -> u32 {
    let add = |sum: Vec<u32>, group: Vec<u32>| {
        let longest = sum.len().max(group.len());
        let at = |agents: &[u32], i: usize| agents.get(i).copied().unwrap_or(0);
        (0..longest).map(|i| at(&sum, i) + at(&group, i)).collect()
    };
    groups.fold(Vec::new(), add).into_iter().max().unwrap_or(0)
}

/// Agents to schedule in every interval of the run, so that `agents` are at work after shrinkage.
pub(super) fn scheduled(model: &Model, group: GroupId, agents: &[u32]) -> Vec<u32> {
    let shrinkage = &model.groups[group.0].shrinkage;
    agents.iter().enumerate().map(|(i, &n)| before_shrinkage(n, shrinkage.at(i))).collect()
}

/// The fewest of whom `agents` are left after a share of them is away.
pub(super) fn before_shrinkage(agents: u32, share: f64) -> u32 {
    (f64::from(agents) / (1.0 - share) - 1e-9).ceil() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_at_work_at_30_percent_shrinkage_are_ten_scheduled() {
        assert_eq!([0, 7, 8].map(|n| before_shrinkage(n, 0.3)), [0, 10, 12]);
        assert_eq!(before_shrinkage(9, 0.0), 9);
    }
}
