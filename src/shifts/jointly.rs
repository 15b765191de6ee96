//! The cheapest shifts of groups that share queues: people of one group make up for those of another, and one interval for
//! another where the promise is over the day.
//!
//! It begins with shifts that cover the plan, which keep the promise, and looks for cheaper ones:
//!
//! 1. What one person more or less brings in each group and interval is simulated ([`crate::plan::joint`]), there and at
//!    the cheapest by theory alone, which misses something. The solver finds the cheapest shifts that bring enough by these
//!    curves, no further away than they can be trusted, with the people that theory asks of every set of groups in each
//!    interval.
//! 2. What was found is simulated on the customers of the search, and the curves are found anew from there. The cheapest
//!    by curves is mostly one of which they promise too much: so by what choices lately kept less than was foreseen, more
//!    is asked for.
//! 3. The cheapest that kept the promise is confirmed on customers that the search never saw; where they contradict it,
//!    the next, or what it takes beyond it. Where nothing cheaper is confirmed, the plan is covered.

use super::error::ShiftsError;
use super::kept::at_work;
use super::needs::{Jointly, Need, Sum};
use super::schedule::{Chooser, Schedule, people};
use super::solver::{Effort, Means, Solved};
use crate::model::{GroupId, Model};
use crate::montecarlo::{Staffing, Verdict};
use crate::plan::joint::{Ahead, Joint, Judged, Lever, Together};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// Rounds of simulating and solving.
const ROUNDS: u32 = 60;
/// Rounds without cheaper shifts that keep the promise, after which there will be none.
const IDLE: u32 = 8;
/// Most programs start from known shifts: such a share of the effort is enough for each.
const SHARE: u64 = 100;
/// The last grounds are looked at first, so many.
const LAST: usize = 2;
/// What is asked for in turn by the last grounds, then by all others, then by the last again.
const ASKED: [Asked; 4] = [
    Asked { more: 1.0, less: 0.0 },
    Asked { more: 0.5, less: 0.0 },
    Asked { more: 0.0, less: 0.0 },
    Asked { more: 0.0, less: 0.01 },
];
const ASKED_AT_LAST: [Asked; 2] = [Asked { more: 0.0, less: 0.03 }, Asked { more: 0.0, less: 0.1 }];
/// What choices keep less than the curves had said is averaged over them, the last with such a weight.
const LATELY: f64 = 0.7;
/// Confirmations before the plan is covered instead.
const CONFIRMATIONS: u32 = 6;
/// Costs that differ by less are one.
const CLOSE: f64 = 1e-6;

/// What was found for groups that share queues.
#[derive(Clone, Debug)]
pub struct Found {
    /// The shifts.
    pub schedule: Schedule,
    /// What covering the plan costs.
    pub covering: f64,
    /// How the shifts were confirmed; nothing where they cover the plan, because nothing cheaper was confirmed.
    pub judged: Option<Judged>,
    /// Every choice that was tried, and how it did on the customers of the search.
    pub tried: Vec<(f64, Verdict)>,
    /// Whether it was ended from outside.
    pub interrupted: bool,
}

/// Shifts that cost no more than `covering`, which covers a plan of the groups of `joint`; `goes_on` is told the steps of
/// work that are done and ends the search by saying no.
///
/// # Errors
/// There are no shifts, or too many.
pub fn jointly(
    model: &Model,
    covering: Schedule,
    joint: &mut Joint<'_, '_>,
    means: impl Into<Means>,
    goes_on: &dyn Fn(u64) -> bool,
) -> Result<Found, ShiftsError> {
    let chooser = Chooser::new(model)?;
    let groups = joint.groups();
    let mine = |need: &&Need| groups.contains(&need.group);
    let others = covering.needs.iter().filter(|need| !mine(need)).cloned().collect();
    let means = means.into().share(SHARE);
    let mut hunt = Hunt {
        model,
        chooser,
        others,
        joint,
        means,
        goes_on,
        more: Vec::new(),
        broken: BTreeSet::new(),
        tried: Vec::new(),
        work: 0,
    };
    let first = Choice { cost: covering.solved.cost, x: covering.solved.x.clone() };
    hunt.joint.ease(&hunt.on_shift(&first));
    let good = hunt.search(first);
    Ok(hunt.confirm(good, covering))
}

/// What a program asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Asked {
    /// Times what choices before missed promises by, which the curves did not foresee.
    more: f64,
    /// Less than the curves say is needed, by such a share of what people bring.
    less: f64,
}

/// Shifts that are tried.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    cost: f64,
    x: Vec<u32>,
}

/// A choice, how it stands, and what people bring near it.
#[derive(Clone, Debug)]
struct Ground {
    choice: Choice,
    stakes: Vec<Ahead>,
    levers: Vec<Vec<Lever>>,
}

impl Ground {
    /// Nothing where the search was ended before what people bring was known.
    fn known(self) -> Option<Self> {
        (!self.levers.is_empty()).then_some(self)
    }
}

struct Hunt<'a, 'w, 'm> {
    model: &'a Model,
    chooser: Chooser<'a>,
    others: Vec<Need>,
    joint: &'a mut Joint<'w, 'm>,
    means: Means,
    goes_on: &'a dyn Fn(u64) -> bool,
    /// What is asked for beyond what curves say is enough, by promise.
    more: Vec<f64>,
    /// Floors that a choice was shown to break, by their place among the stakes: only of these the curves are asked.
    broken: BTreeSet<usize>,
    tried: Vec<(f64, Verdict)>,
    work: u64,
}

impl Hunt<'_, '_, '_> {
    /// Every choice that kept the promise on the customers of the search, from `first` on, each cheaper than the one before.
    fn search(&mut self, first: Choice) -> Vec<Choice> {
        let mut good: Vec<Choice> = Vec::new();
        let (mut seen, mut grounds) = (vec![first.clone()], Vec::new());
        let (mut at, mut idle, mut expected) = (first, 0, Vec::new());
        for _ in 0..ROUNDS {
            let (here, is_good) = self.look(at);
            idle = if is_good { 0 } else { idle + 1 };
            if is_good {
                good.push(here.choice.clone());
            }
            let Some(here) = here.known() else { break };
            if idle >= IDLE && !good.is_empty() || !self.may_go_on() {
                break;
            }
            self.learn(&here.stakes, &expected);
            grounds.push(here);
            let below = good.last().map_or(f64::INFINITY, |best| best.cost);
            let hopeful = if grounds.len() == 1 { self.hopeful(below) } else { None };
            let Some(choice) = hopeful.or_else(|| self.next(&grounds, below, &seen)) else { break };
            (at, expected) = choice;
            seen.push(at.clone());
        }
        good
    }

    /// Whether there are means and leave to go on.
    fn may_go_on(&self) -> bool {
        self.work <= SHARE * self.means.effort.nodes && (self.goes_on)(self.work)
    }

    /// Judges a choice, and finds what people bring near it; whether it keeps the promise.
    fn look(&mut self, choice: Choice) -> (Ground, bool) {
        let (staffing, on_shift) = (self.staffing(&choice), self.on_shift(&choice));
        let judged = self.joint.judge(&staffing);
        self.tried.push((choice.cost, if judged.looks_good { Verdict::Met } else { judged.verdict }));
        let ended = judged.interrupted || !(self.goes_on)(self.work);
        let levers = if ended { None } else { self.joint.brings(&staffing, &on_shift) };
        let is_good = judged.looks_good;
        (Ground { choice, stakes: judged.stakes, levers: levers.unwrap_or_default() }, is_good)
    }

    /// Learns which floors are broken, and what choices lately kept less than the curves had said, by promise.
    fn learn(&mut self, stakes: &[Ahead], expected: &[f64]) {
        self.more.resize(stakes.len(), 0.0);
        self.note_broken(stakes);
        for ((more, ahead), expected) in self.more.iter_mut().zip(stakes).zip(expected) {
            *more += LATELY * ((expected - ahead.by).max(0.0) - *more);
        }
    }

    fn note_broken(&mut self, stakes: &[Ahead]) {
        let broken = stakes.iter().enumerate().filter(|(_, ahead)| ahead.is_floor && ahead.by < 0.0);
        self.broken.extend(broken.map(|(k, _)| k));
    }

    /// The first choice that is new and cheaper than `below`, by the curves of the last grounds, and how it stands by them:
    /// asking for more than they say, by what they were wrong lately; then for half of that; then for what they say; then
    /// for a little less, for they are not quite right.
    fn next(&mut self, grounds: &[Ground], below: f64, seen: &[Choice]) -> Option<(Choice, Vec<f64>)> {
        let (before, last) = grounds.split_at(grounds.len().saturating_sub(LAST));
        let (newest, older) = (|| last.iter().rev(), || before.iter().rev());
        let first = ASKED.into_iter().flat_map(|asked| newest().map(move |ground| (asked, ground)));
        let then = ASKED.into_iter().flat_map(|asked| older().map(move |ground| (asked, ground)));
        let at_last = ASKED_AT_LAST.into_iter().flat_map(|asked| newest().map(move |ground| (asked, ground)));
        for (asked, ground) in first.chain(then).chain(at_last) {
            if !self.may_go_on() {
                return None;
            }
            let found = self.solve(ground, asked, below).filter(|found| !seen.contains(found));
            if let Some(found) = found {
                let expected = self.expected(ground, &found);
                return Some((found, expected));
            }
        }
        None
    }

    /// The cheapest by theory alone, which sees the queues of a set of groups as one: it misses something, and from there
    /// what is missing is bought.
    fn hopeful(&mut self, below: f64) -> Option<(Choice, Vec<f64>)> {
        Some((self.choose(&self.pooled(), None, below)?, Vec::new()))
    }

    /// Confirms the cheapest of these choices on new customers, or what it takes instead; else the plan is covered.
    fn confirm(mut self, good: Vec<Choice>, covering: Schedule) -> Found {
        let cost = covering.solved.cost;
        let mut open: Vec<Choice> = good.into_iter().filter(|choice| choice.cost < cost - CLOSE).collect();
        let mut interrupted = !(self.goes_on)(self.work);
        for _ in 0..CONFIRMATIONS {
            open.sort_by(|a, b| b.cost.total_cmp(&a.cost));
            let Some(choice) = open.pop().filter(|_| !interrupted) else { break };
            let judged = self.joint.confirm(&self.staffing(&choice));
            interrupted = judged.interrupted || !(self.goes_on)(self.work);
            if judged.verdict == Verdict::Met {
                let schedule = self.schedule(choice);
                let (tried, judged) = (self.tried, Some(judged));
                return Found { schedule, covering: cost, judged, tried, interrupted };
            }
            // On new customers it did worse than on those of the search.
            let known = self
                .tried
                .iter_mut()
                .find(|(tried, verdict)| *tried == choice.cost && *verdict == Verdict::Met);
            if let Some((_, verdict)) = known {
                *verdict = judged.verdict;
            }
            open.extend(
                self.dearer(&choice, &judged, cost)
                    .filter(|next| next.cost < cost - CLOSE && next.cost > choice.cost),
            );
        }
        Found { schedule: covering, covering: cost, judged: None, tried: self.tried, interrupted }
    }

    /// What keeps by so much more what new customers did not see kept.
    fn dearer(&mut self, choice: &Choice, judged: &Judged, below: f64) -> Option<Choice> {
        let on_shift = self.on_shift(choice);
        let levers = self.joint.brings(&self.staffing(choice), &on_shift)?;
        let stakes = judged.stakes.clone();
        self.note_broken(&stakes);
        self.solve(&Ground { choice: choice.clone(), stakes, levers }, Asked { more: 0.0, less: 0.0 }, below)
    }

    /// The cheapest choice that keeps every promise by the curves of a ground and has the floors.
    fn solve(&mut self, ground: &Ground, how: Asked, below: f64) -> Option<Choice> {
        let more: Vec<f64> = self.more.iter().map(|more| more * how.more).collect();
        let jointly = self.asked(ground, &more, how.less);
        self.choose(&jointly, Some(&ground.choice.x), below)
    }

    /// The cheapest choice below `below` that gives what is asked. What finds nothing is work too.
    fn choose(&mut self, jointly: &Jointly, start: Option<&[u32]>, below: f64) -> Option<Choice> {
        let (done, used) = (self.work, Cell::new(0));
        let told = |nodes| {
            used.set(nodes);
            (self.goes_on)(done + nodes)
        };
        let means = Means { below, ..self.means };
        let solved = self.chooser.solve_jointly(&self.others, jointly, start, means, &told);
        self.work += solved.as_ref().map_or(used.get(), |solved| solved.nodes);
        solved.ok().map(|solved| Choice { cost: solved.cost, x: solved.x })
    }

    /// What the curves of a ground ask for, `more` of each promise, less a share of what people bring there; with the floors.
    fn asked(&self, ground: &Ground, more: &[f64], less: f64) -> Jointly {
        let mut jointly = Jointly { sums: floors(self.joint.floors()), ..Jointly::default() };
        let mut trusted = BTreeMap::new();
        for (k, (ahead, levers)) in ground.stakes.iter().zip(&ground.levers).enumerate() {
            let now: f64 = levers.iter().map(|lever| lever.now).sum();
            let more = more.get(k).copied().unwrap_or(0.0);
            let wanted = (1.0 - less) * now + ahead.closest - ahead.by + more;
            let counts = wanted > 0.0 && (!ahead.is_floor || self.broken.contains(&k));
            let gain = jointly.gains.len();
            for lever in levers {
                let (groups, interval, least) = (lever.groups.clone(), lever.interval, lever.least);
                let slopes = if counts { lever.slopes.clone() } else { Vec::new() };
                let sum = Sum { groups, interval, least, slopes, gain };
                if !sum.slopes.is_empty() {
                    jointly.sums.push(sum);
                } else if sum.least > 0 {
                    trusted.insert((sum.groups.clone(), interval), sum);
                }
            }
            if counts {
                jointly.gains.push(wanted);
            }
        }
        // No further away than the curves can be trusted, where nobody brings anything too; where theory has a floor, that
        // is trusted instead.
        let known: BTreeSet<(Vec<GroupId>, usize)> =
            jointly.sums.iter().map(|sum| (sum.groups.clone(), sum.interval)).collect();
        jointly
            .sums
            .extend(trusted.into_values().filter(|sum| !known.contains(&(sum.groups.clone(), sum.interval))));
        jointly
    }

    /// How far every promise is from being just kept by a choice, as the curves of a ground have it.
    fn expected(&self, ground: &Ground, choice: &Choice) -> Vec<f64> {
        let on_shift = self.on_shift(choice);
        let brings = |lever: &Lever| {
            let beyond = self.there(lever, &on_shift).saturating_sub(lever.least);
            lever.slopes.iter().take(beyond as usize).sum::<f64>() - lever.now
        };
        let all = ground.stakes.iter().zip(&ground.levers);
        all.map(|(ahead, levers)| ahead.by + levers.iter().map(brings).sum::<f64>()).collect()
    }

    /// People of a lever's groups on shift.
    fn there(&self, lever: &Lever, on_shift: &[Vec<u32>]) -> u32 {
        let mine =
            self.joint.groups().into_iter().zip(on_shift).filter(|(group, _)| lever.groups.contains(group));
        mine.map(|(_, people)| people[lever.interval]).sum()
    }

    /// People on shift, by group of the joint plan and interval.
    fn on_shift(&self, choice: &Choice) -> Vec<Vec<u32>> {
        let groups = self.joint.groups();
        groups.into_iter().map(|group| people(self.model, &self.chooser.patterns, &choice.x, group)).collect()
    }

    fn staffing(&self, choice: &Choice) -> Staffing {
        at_work(self.model, &self.chooser.patterns, &choice.x, &self.needs())
    }

    /// What the other groups need, and of these the floors of each alone.
    fn needs(&self) -> Vec<Need> {
        let floors = self.joint.floors();
        let floor = |group| {
            let alone = floors.iter().find(|floor| floor.groups == [group]);
            let none = || vec![0; self.model.grid().intervals()];
            Need::floor(group, alone.map_or_else(none, |floor| floor.people.clone()))
        };
        let mut needs: Vec<Need> =
            self.others.iter().cloned().chain(self.joint.groups().into_iter().map(floor)).collect();
        needs.sort_by_key(|need| need.group);
        needs
    }

    /// A choice as the answer, with the bound of theory.
    fn schedule(&self, choice: Choice) -> Schedule {
        let pooled =
            self.bound(&self.pooled(), &choice.x).filter(|solved| solved.bound <= choice.cost + CLOSE);
        // Where theory asks for more than was found to do, it says nothing here.
        let known = pooled.or_else(|| self.bound(&Jointly::default(), &choice.x));
        let (linear, bound) = known.map_or((0.0, 0.0), |solved| (solved.linear, solved.bound));
        let needs = self.needs();
        let solved = Solved {
            x: choice.x,
            cost: choice.cost,
            linear,
            bound: bound.min(choice.cost),
            nodes: self.work,
        };
        Schedule { patterns: self.chooser.patterns.clone(), solved, needs }
    }

    /// What nothing that gives this can cost less than; `known` shows that something does.
    fn bound(&self, jointly: &Jointly, known: &[u32]) -> Option<Solved> {
        self.chooser.solve_jointly(&self.others, jointly, Some(known), Effort { nodes: 1 }, &|_| true).ok()
    }

    /// What theory alone asks of groups together.
    fn pooled(&self) -> Jointly {
        let mut jointly = Jointly { sums: floors(self.joint.floors()), ..Jointly::default() };
        for pool in self.joint.pools() {
            let gain = jointly.gains.len();
            for (interval, curve) in
                pool.intervals.into_iter().enumerate().filter(|(_, c)| !c.slopes.is_empty())
            {
                let groups = pool.groups.clone();
                jointly.sums.push(Sum { groups, interval, least: curve.least, slopes: curve.slopes, gain });
            }
            jointly.gains.push(pool.wanted);
        }
        jointly
    }
}

/// The floors as sums without slopes.
fn floors(together: &[Together]) -> Vec<Sum> {
    let of = |floor: &Together| {
        let asked = floor.people.iter().enumerate().filter(|(_, people)| **people > 0);
        let sum = |(interval, &least): (usize, &u32)| Sum {
            groups: floor.groups.clone(),
            interval,
            least,
            slopes: Vec::new(),
            gain: 0,
        };
        asked.map(sum).collect::<Vec<Sum>>()
    };
    together.iter().flat_map(of).collect()
}
